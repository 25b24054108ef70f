#!/bin/bash
# Moves an installation from SQLite to PostgreSQL and back, and looks whether all of it arrived: statements
# and closed days to the byte, every row of every table, the full-text index, the audit. Then what must
# be refused, and moves that are killed.
#
# MOVE_TRANSFERS    how many: 6,000, in the nightly run (TEST_NIGHTLY=1) 1,000,000
# TEST_POSTGRESQL   a throw-away server
#
# Read next: tests/move_books.c, src/store/move.h.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
program=${CONTRAFLOW:-$build/contraflow$variant}
books=$build/aid$variant/move_books
transfers=${MOVE_TRANSFERS:-$([ -n "${TEST_NIGHTLY:-}" ] && echo 1000000 || echo 6000)}
failed=0
child=

if [ -z "${TEST_POSTGRESQL:-}" ]; then
    echo "ok move # SKIP TEST_POSTGRESQL names no server"
    exit 0
fi
for needed in "$program" "$books"; do
    [ -x "$needed" ] || { echo "not ok move: $needed is not built"; exit 1; }
done

work=$(mktemp -d /tmp/contraflow-move.XXXXXX)
data=$work/data
address=${TEST_POSTGRESQL%/*}
made=()
cleanup() {
    [ -n "$child" ] && kill -9 "$child" 2>/dev/null
    for name in ${made[@]+"${made[@]}"}; do
        psql -q "$TEST_POSTGRESQL" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" >/dev/null 2>&1
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

check() { # name, then a command that must succeed
    local name=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "ok move: $name"
    else
        echo "not ok move: $name"
        tail -20 "$work/said" | sed 's/^/# /'
        failed=1
    fi
}
fresh() { # a new database; sets $url
    local name=move_$$_${#made[@]}
    psql -q "$TEST_POSTGRESQL" -c "CREATE DATABASE $name" || exit 1
    made+=("$name")
    url=$address/$name
}
on() { # url, command...: with that database
    CONTRAFLOW_DATABASE=$1 "${@:2}"
}
move() { on "$1" "$program" move --to "$2" --data "$data" "${@:3}"; }
refuses() { # exit code, words that it must say, command...
    local code=0
    "${@:3}" >"$work/refused" 2>&1 || code=$?
    cat "$work/refused"
    echo "exit code $code, expected $1; expected to hear: $2"
    [ "$code" = "$1" ] && grep -qF -- "$2" "$work/refused"
}
rows_of() { "$books" rows "$1" | LC_ALL=C sort | sha256sum; }
timed() { # name, command...: prints how long it took
    local began=$EPOCHREALTIME
    check "$@"
    echo "# $1: $(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f s", b - a }')"
}
start() { # url: a server; sets $child
    : >"$work/serving"
    CONTRAFLOW_DATABASE=$1 "$program" serve --data "$data" --port 0 2>"$work/serving" &
    child=$!
    for _ in $(seq 400); do
        grep -q 'answers on' "$work/serving" && return 0
        kill -0 "$child" 2>/dev/null || break
        sleep 0.05
    done
    cat "$work/serving"
    return 1
}
stop() {
    kill "$child"
    rest
}
rest() {
    wait "$child" 2>/dev/null
    child=
    # PostgreSQL's processes see a moment later that nobody listens.
    for _ in $(seq 100); do
        [ "$(psql -At "$TEST_POSTGRESQL" -c "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname LIKE 'move_$$_%'")" = 0 ] && break
        sleep 0.1
    done
}

# ---- there and back -------------------------------------------------------------------------------

mkdir "$data"
at=$(date +%s)000
check "$transfers transfers on SQLite" "$books" fill "$data" "$transfers" 20
check "statements of SQLite" "$books" statements "$data" "$at" "$work/first"
[ "$(find "$work/first" -name 'day-*' | wc -l)" -ge 20 ] || { echo "not ok move: no days were closed"; failed=1; }

fresh
there=$url
timed "to PostgreSQL" move "" "$there"
cp "$work/said" "$work/told"
check "every count is told" grep -q "^ledger_transfer  *$((transfers + 1)) rows" "$work/told"
check "what to set is told" grep -qF "    database = $there" "$work/told"
check "statements of PostgreSQL" on "$there" "$books" statements "$data" "$at" "$work/second"
check "statements and days are the same on PostgreSQL" diff -rq "$work/first" "$work/second"
check "PostgreSQL's index finds" test "$(psql -At "$there" -c "SELECT count(*) FROM core_search WHERE tokens @@ 'harbour'")" = 12
check "indexes and references are back" test "$(psql -At "$there" -c "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated")" -gt 20

mv "$data/contraflow.db" "$work/old.db"
timed "back to SQLite" move "$there" sqlite --json
cp "$work/said" "$work/told.json"
check "as JSON" grep -q '"discrepancies":0,"setting":"database =",' "$work/told.json"
check "statements of SQLite again" "$books" statements "$data" "$at" "$work/third"
check "statements and days are the same on SQLite" diff -rq "$work/first" "$work/third"
check "every row is the same" test "$(rows_of "$work/old.db")" = "$(rows_of "$data/contraflow.db")"
for file in "$work/third"/statement-*.jsonl "$work/third"/day-*.jsonl; do
    "$program" verify "$file" >"$work/said" 2>&1 || { echo "not ok move: $file does not verify"; failed=1; break; }
done

# What PostgreSQL keeps beside its accounts is in the balances of SQLite; its turns of events are none there.
check "more on PostgreSQL" on "$there" "$books" fill "$data" 200 0
check "differences wait" test "$(psql -At "$there" -c "SELECT count(*) FROM ledger_difference")" -gt 0
on "$there" "$books" statements "$data" "$at" "$work/fourth"
mv "$data/contraflow.db" "$work/second.db"
check "with differences" move "$there" sqlite
"$books" statements "$data" "$at" "$work/fifth"
check "statements with differences are the same" diff -rq "$work/fourth" "$work/fifth"
check "they were more than before" test "$(cat "$work"/fifth/statement-* | wc -l)" -gt "$(cat "$work"/third/statement-* | wc -l)"
check "no difference is left" test "$("$books" rows "$data/contraflow.db" | grep -c '^ledger_difference')" = 0
check "followers go on behind the last event" test "$("$books" rows "$data/contraflow.db" | grep -c 'unread.*:0$')" = 1
check "an audit there" "$program" audit --data "$data"

# ---- what is refused ------------------------------------------------------------------------------

check "a target with rows" refuses 2 "the target is not empty: core_act (" move "" "$there"
check "a file that is there" refuses 2 "the target is not empty: $data/contraflow.db is there" move "" sqlite
check "no target" refuses 2 "Usage: contraflow move" "$program" move --data "$data"
check "another kind of target" refuses 2 "Usage: contraflow move" move "" mysql://localhost/x
check "no source" refuses 2 "there is nothing to move" "$program" move --to "$there" --data "$work/none"
check "a server that isn't there" refuses 3 "PostgreSQL:" move "" "postgresql://127.0.0.1:1/none"
fresh
check "a server starts on SQLite" start ""
check "while it serves on SQLite" refuses 3 "somebody uses the source" move "" "$url"
stop
check "a server starts on PostgreSQL" start "$there"
check "while it serves on PostgreSQL" refuses 3 "somebody uses the source" move "$there" "sqlite:$work/other.db"
stop
check "nothing was left behind" test ! -e "$work/other.db" -a ! -e "$work/other.db.moving"
psql -q "$there" -c "CREATE TABLE gone_thing (id bigint PRIMARY KEY); INSERT INTO gone_thing VALUES (7)"
check "a table nobody knows" refuses 2 "gone_thing holds 1 rows" move "$there" "sqlite:$work/other.db"
psql -q "$there" -c "DELETE FROM gone_thing"
check "an empty one is passed over" move "$there" "sqlite:$work/other.db"

# ---- killed ---------------------------------------------------------------------------------------

# Killed later and later until one is whole. Until then the target is empty, so that the same command
# does it again.
killed=0
step=$([ -n "${TEST_NIGHTLY:-}" ] && echo 50 || echo 200)
arrived=0
while [ "$arrived" = 0 ]; do
    CONTRAFLOW_DATABASE='' "$program" move --to "$url" --data "$data" >"$work/said" 2>&1 &
    child=$!
    moment=$(((killed + 1) * step))
    sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
    was=$killed
    kill -9 "$child" 2>/dev/null && killed=$((killed + 1))
    rest
    arrived=$(psql -At "$url" -c "SELECT count(*) FROM ledger_transfer" 2>/dev/null || echo 0)
    case $arrived in
        0 | $((transfers + 201))) ;;
        *) echo "not ok move: $arrived transfers after a kill at $moment ms"; failed=1 ;;
    esac
    [ "$arrived" = 0 ] && [ "$killed" = "$was" ] && { cat "$work/said"; echo "not ok move: it ends by itself"; exit 1; }
done
echo "# whole at $moment ms, killed $killed times"
check "moves were killed" test "$killed" -gt 0
on "$url" "$books" statements "$data" "$at" "$work/sixth"
check "statements after kills are the same" diff -rq "$work/fifth" "$work/sixth"

CONTRAFLOW_DATABASE=$url "$program" move --to "sqlite:$work/killed.db" --data "$data" >"$work/said" 2>&1 &
child=$!
sleep 0.3
kill -9 "$child" 2>/dev/null
rest
[ -e "$work/killed.db" ] || check "again to SQLite" move "$url" "sqlite:$work/killed.db"
check "all of it is in the file" test "$("$books" rows "$work/killed.db" | grep -c '^ledger_transfer')" = $((transfers + 201))
exit $failed
