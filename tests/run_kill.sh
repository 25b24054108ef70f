#!/bin/bash
# Kills the server at random moments while eight connections buy, and looks afterwards: nothing that
# was acknowledged is lost, nothing is half done, no key gives two licences, the books are right.
# alone
#
# KILL_ROUNDS   rounds on each engine: 3, in the nightly run (TEST_NIGHTLY=1) 50
# TEST_POSTGRESQL   a throw-away server for the second engine
#
# Read next: tests/kill_client.c.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
program=${CONTRAFLOW:-$build/contraflow$variant}
client=$build/aid$variant/kill_client
rounds=${KILL_ROUNDS:-$([ -n "${TEST_NIGHTLY:-}" ] && echo 50 || echo 3)}
failed=0
server=
buyers=
data=

cleanup() {
    [ -n "$server" ] && kill -9 "$server" 2>/dev/null
    [ -n "$buyers" ] && kill "$buyers" 2>/dev/null
    [ -n "$data" ] && rm -rf "$data"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# Starts the server and waits until it says its address; sets $server and $port.
start() {
    : >"$data/said"
    CONTRAFLOW_WEB_RATE_LIMITS=off "$program" serve --data "$data" --port 0 2>"$data/said" &
    server=$!
    port=
    for _ in $(seq 400); do
        port=$(sed -n 's/.*http:\/\/127\.0\.0\.1:\([0-9]*\).*/\1/p' "$data/said")
        [ -n "$port" ] && return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
    done
    echo "# the server does not start: $(tail -3 "$data/said")"
    return 1
}

# One round: buy, kill at a moment between 0.05 and 1.5 seconds, start again, repeat every key.
round() {
    local moment
    start || return 1
    "$client" buy "$data" "$port" >"$data/bought" 2>&1 &
    buyers=$!
    moment=$((RANDOM % 1450 + 50))
    sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
    kill -9 "$server"
    wait "$server" 2>/dev/null
    server=
    wait "$buyers" || { sed 's/^/# /' "$data/bought"; return 1; }
    buyers=
    echo "# killed after $moment ms, $(tail -1 "$data/bought")"
    "$program" audit --data "$data" >"$data/audit" 2>&1
    grep -qx '0 discrepancies' "$data/audit" || { sed 's/^/# /' "$data/audit"; return 1; }
    start || return 1
    "$client" again "$data" "$port" >"$data/again" 2>&1 || { sed 's/^/# /' "$data/again"; return 1; }
    # Answered for good: this end is a kill too.
    kill -9 "$server"
    wait "$server" 2>/dev/null
    server=
    "$client" check "$data" >"$data/check" 2>&1 || { sed 's/^/# /' "$data/check"; return 1; }
    echo "# $(tail -1 "$data/again"); $(tail -1 "$data/check")"
}

# Rounds in one installation, of which each repeats the keys of those before.
series() { # engine, number of the first round, number of the last
    data=$(mktemp -d /tmp/contraflow-kill.XXXXXX)
    if ! "$client" prepare "$data"; then
        echo "not ok kill $2 on $1: no installation to begin with"
        return 1
    fi
    : >"$data/keys"
    for number in $(seq "$2" "$3"); do
        if ! round; then
            echo "not ok kill $number on $1"
            return 1
        fi
        echo "ok kill $number on $1"
    done
}

# A new installation after each 25 rounds, else 500 of them would mostly repeat.
engine() { # name, what begins a series, what ends it
    local first last result
    for ((first = 1; first <= rounds; first += 25)); do
        last=$((first + 24 < rounds ? first + 24 : rounds))
        "$2" || { echo "not ok kill on $1: no database could be made"; failed=1; return; }
        series "$1" "$first" "$last"
        result=$?
        [ -n "$server" ] && kill -9 "$server" 2>/dev/null
        server=
        rm -rf "$data"
        data=
        "$3"
        [ "$result" = 0 ] || { failed=1; return; }
    done
}

make_database() {
    psql -q "$TEST_POSTGRESQL" -c "CREATE DATABASE kill_$$" &&
        export CONTRAFLOW_DATABASE=${TEST_POSTGRESQL%/*}/kill_$$
}

# Connections of the killed server end by themselves; WITH (FORCE) does not wait for them.
drop_database() {
    unset CONTRAFLOW_DATABASE
    psql -q "$TEST_POSTGRESQL" -c "DROP DATABASE kill_$$ WITH (FORCE)"
}

for needed in "$program" "$client"; do
    if [ ! -x "$needed" ]; then
        echo "not ok kill: $needed is not built"
        exit 1
    fi
done

engine SQLite true true
if [ -n "${TEST_POSTGRESQL:-}" ]; then
    engine PostgreSQL make_database drop_database
else
    echo "ok kill on PostgreSQL # SKIP TEST_POSTGRESQL names no server"
fi
exit $failed
