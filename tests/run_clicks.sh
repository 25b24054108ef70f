#!/bin/bash
# Kills the server at random moments while eight people follow links, and looks afterwards: every click that
# was answered is there once, and the hours count what there is. Then two servers of one PostgreSQL: a link
# made by another process redirects on both, and one that was paused counts on neither.
# alone
#
# KILL_ROUNDS   rounds on each engine: 3, in the nightly run (TEST_NIGHTLY=1) 100
# TEST_POSTGRESQL   a throw-away server for the second engine
#
# Read next: tests/clicks_client.c.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
program=${CONTRAFLOW:-$build/contraflow$variant}
client=$build/aid$variant/clicks_client
rounds=${KILL_ROUNDS:-$([ -n "${TEST_NIGHTLY:-}" ] && echo 100 || echo 3)}
agent='Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'
failed=0
servers=()
people=
data=$(mktemp -d /tmp/contraflow-clicks.XXXXXX)

cleanup() {
    for server in ${servers[@]+"${servers[@]}"}; do kill -9 "$server" 2>/dev/null; done
    [ -n "$people" ] && kill "$people" 2>/dev/null
    rm -rf "$data"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# Starts a server and waits until it says its address; adds it to servers, sets $port.
start() { # data folder
    : >"$1/said"
    CONTRAFLOW_WEB_RATE_LIMITS=off "$program" serve --data "$1" --port 0 2>"$1/said" &
    servers+=($!)
    for _ in $(seq 400); do
        port=$(sed -n 's/.*http:\/\/127\.0\.0\.1:\([0-9]*\).*/\1/p' "$1/said")
        [ -n "$port" ] && return 0
        sleep 0.05
    done
    echo "# the server does not start: $(tail -3 "$1/said")"
    return 1
}

end_servers() {
    for server in "${servers[@]}"; do
        kill -9 "$server"
        wait "$server" 2>/dev/null
    done
    servers=()
}

# Follow, kill at a moment between 0.2 and 1.7 seconds, look.
round() { # data folder
    local moment=$((RANDOM % 1500 + 200))
    start "$1" || return 1
    "$client" follow "$1" "$port" >"$1/followed" 2>&1 &
    people=$!
    sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
    end_servers
    wait "$people" || { sed 's/^/# /' "$1/followed"; return 1; }
    people=
    "$program" audit --data "$1" >"$1/audit" 2>&1
    grep -qx '0 discrepancies' "$1/audit" || { sed 's/^/# /' "$1/audit"; return 1; }
    "$client" check "$1" >"$1/check" 2>&1 || { sed 's/^/# /' "$1/check"; return 1; }
    echo "# killed after $moment ms, $(tail -1 "$1/followed"); $(tail -1 "$1/check")"
}

engine() { # name
    local folder=$data/$1
    mkdir -p "$folder"
    if ! "$client" prepare "$folder" 2000 2>"$data/complaint"; then
        sed 's/^/# /' "$data/complaint"
        echo "not ok clicks on $1: no installation to begin with"
        failed=1
        return
    fi
    for number in $(seq "$rounds"); do
        # A new list now and then, since each line of it is looked up.
        if [ $((number % 25)) = 0 ]; then
            "$client" count "$folder" | cut -d' ' -f1 >"$folder/before"
            : >"$folder/answered"
            : >"$folder/runs"
        fi
        if ! round "$folder"; then
            echo "not ok clicks killed $number on $1"
            failed=1
            return
        fi
        echo "ok clicks killed $number on $1"
    done
}

status() { # port, code
    curl -s -o /dev/null -A "$agent" -w '%{http_code}' "http://127.0.0.1:$1/r/$2"
}

marked() { "$client" count "$data/PostgreSQL" | cut -d' ' -f3; }

# Waits until clicks on a server are marked: how many tries of 0.1 seconds it took, or nothing.
until_marked() { # port
    local before try
    for try in $(seq 300); do
        before=$(marked)
        status "$1" l0000007 >/dev/null
        [ "$(marked)" -gt "$before" ] && { echo "$try"; return; }
        sleep 0.1
    done
}

two_servers() {
    local first second folder=$data/PostgreSQL
    mkdir -p "$data/other"
    start "$folder" || return 1
    first=$port
    start "$data/other" || return 1
    second=$port
    [ "$(status "$first" new-link)" = 404 ] && [ "$(status "$second" new-link)" = 404 ] || return 1
    "$client" more "$folder" New-Link || return 1
    # The one asks the database for what its index does not know, so there is nothing to wait for.
    [ "$(status "$first" new-link)" = 303 ] || [ "$(status "$first" new-link)" = 302 ] || return 1
    for _ in $(seq 300); do
        [ "$(status "$second" NEW-L1NK)" = 302 ] && break
        sleep 0.1
    done
    [ "$(status "$second" newlink)" = 302 ] || { echo "# the second server never learned the link"; return 1; }
    "$client" pause "$folder" 7 || return 1
    for server in "$first" "$second"; do
        tries=$(until_marked "$server")
        [ -n "$tries" ] || { echo "# a server goes on counting a paused link"; return 1; }
        echo "# a paused link is not counted any more after $tries tries"
    done
    end_servers
    "$program" audit --data "$folder" | grep -qx '0 discrepancies'
}

for needed in "$program" "$client"; do
    if [ ! -x "$needed" ]; then
        echo "not ok clicks: $needed is not built"
        exit 1
    fi
done

engine SQLite
if [ -n "${TEST_POSTGRESQL:-}" ]; then
    psql -q "$TEST_POSTGRESQL" -c "CREATE DATABASE clicks_$$" || exit 1
    export CONTRAFLOW_DATABASE=${TEST_POSTGRESQL%/*}/clicks_$$
    engine PostgreSQL
    if [ $failed = 0 ]; then
        if two_servers; then
            echo "ok clicks on two servers"
        else
            echo "not ok clicks on two servers"
            failed=1
        fi
    fi
    unset CONTRAFLOW_DATABASE
    psql -q "$TEST_POSTGRESQL" -c "DROP DATABASE clicks_$$ WITH (FORCE)"
else
    echo "ok clicks on PostgreSQL # SKIP TEST_POSTGRESQL names no server"
fi
exit $failed
