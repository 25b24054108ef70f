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

engine() { # name
    data=$(mktemp -d /tmp/contraflow-kill.XXXXXX)
    if ! "$client" prepare "$data"; then
        echo "not ok $rounds kills on $1: no installation to begin with"
        failed=1
        return
    fi
    : >"$data/keys"
    for number in $(seq "$rounds"); do
        if round; then
            echo "ok kill $number on $1"
        else
            echo "not ok kill $number on $1"
            failed=1
            break
        fi
    done
    [ -n "$server" ] && kill -9 "$server" 2>/dev/null
    server=
    rm -rf "$data"
    data=
}

for needed in "$program" "$client"; do
    if [ ! -x "$needed" ]; then
        echo "not ok kill: $needed is not built"
        exit 1
    fi
done

engine SQLite
if [ -n "${TEST_POSTGRESQL:-}" ]; then
    name=kill_$$
    address=${TEST_POSTGRESQL%/*}
    if psql -q "$TEST_POSTGRESQL" -c "CREATE DATABASE $name" 2>/dev/null; then
        CONTRAFLOW_DATABASE=$address/$name
        export CONTRAFLOW_DATABASE
        engine PostgreSQL
        unset CONTRAFLOW_DATABASE
        # Connections of the killed server end by themselves; WITH (FORCE) does not wait for them.
        psql -q "$TEST_POSTGRESQL" -c "DROP DATABASE $name WITH (FORCE)"
    else
        echo "not ok kill on PostgreSQL: no database could be made"
        failed=1
    fi
else
    echo "ok kill on PostgreSQL # SKIP TEST_POSTGRESQL names no server"
fi
exit $failed
