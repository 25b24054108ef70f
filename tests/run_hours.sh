#!/bin/bash
# Kills servers at random moments while they count hours of links and pay for them, again and again until all hours of a
# backlog are counted: each is paid once, for the clicks of it that count. On PostgreSQL two servers do it at once.
#
# KILL_ROUNDS   lives of servers on each engine, about: 2, in the nightly run (TEST_NIGHTLY=1) 100
# TEST_POSTGRESQL   a throw-away server for the second engine
#
# Read next: tests/hours_client.c.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
program=${CONTRAFLOW:-$build/contraflow$variant}
client=$build/aid$variant/hours_client
rounds=${KILL_ROUNDS:-$([ -n "${TEST_NIGHTLY:-}" ] && echo 100 || echo 2)}
failed=0
servers=()
data=$(mktemp -d /tmp/contraflow-hours.XXXXXX)
export CONTRAFLOW_PAY_TEST_RAIL=on

cleanup() {
    for server in ${servers[@]+"${servers[@]}"}; do kill -9 "$server" 2>/dev/null; done
    rm -rf "$data"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# Starts a server and waits until it says its address; adds it to servers.
start() { # data folder
    mkdir -p "$1"
    : >"$1/said"
    "$program" serve --data "$1" --port 0 2>"$1/said" &
    servers+=($!)
    for _ in $(seq 400); do
        grep -q 'http://127\.0\.0\.1:[0-9]' "$1/said" && return 0
        sleep 0.05
    done
    echo "# the server does not start: $(tail -3 "$1/said")"
    return 1
}

rest() { # milliseconds at least, at most so many more
    local moment=$(($1 + RANDOM % $2))
    sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
}

end_servers() {
    for server in "${servers[@]}"; do
        kill -9 "$server"
        wait "$server" 2>/dev/null
        rest 0 60
    done
    servers=()
}

right() { # folder
    "$program" audit --data "$1" >"$1/audit" 2>&1
    grep -qx '0 discrepancies' "$1/audit" || { sed 's/^/# /' "$1/audit"; return 1; }
    "$client" check "$1" >"$1/check" 2>&1 || { sed 's/^/# /' "$1/check"; return 1; }
}

# Lives until all hours are counted: what a life leaves is counted by the next ones.
count_all() { # folder
    local life left=1
    for ((life = 1; left > 0 && life <= 10 * rounds + 20; life++)); do
        "$client" wake "$1" "$life" || return 1
        for folder in "$@"; do start "$folder" || return 1; done
        rest 500 700 # jobs begin half a second after the server answers
        end_servers
        left=$("$client" left "$1") || return 1
        [ $((life % 10)) = 0 ] && { right "$1" || return 1; }
    done
    [ "$left" = 0 ] || { echo "# $left hours are left after $life lives"; return 1; }
    right "$1" || return 1
    echo "# $((life - 1)) lives of $# servers; $(tail -1 "$1/check")"
}

engine() { # name, hours for each life, folders ...
    local name=$1 hours=$((rounds * $2))
    shift 2
    if "$client" prepare "$1" "$hours" 2>"$data/complaint" && count_all "$@"; then
        echo "ok hours counted by servers that are killed, on $name"
    else
        sed 's/^/# /' "$data/complaint"
        echo "not ok hours counted by servers that are killed, on $name"
        failed=1
    fi
}

for needed in "$program" "$client"; do
    if [ ! -x "$needed" ]; then
        echo "not ok hours: $needed is not built"
        exit 1
    fi
done

mkdir -p "$data/SQLite" "$data/PostgreSQL" "$data/other"
engine SQLite 8 "$data/SQLite"
if [ -n "${TEST_POSTGRESQL:-}" ]; then
    psql -q "$TEST_POSTGRESQL" -c "CREATE DATABASE hours_$$" || exit 1
    export CONTRAFLOW_DATABASE=${TEST_POSTGRESQL%/*}/hours_$$
    engine PostgreSQL 8 "$data/PostgreSQL" "$data/other"
    unset CONTRAFLOW_DATABASE
    psql -q "$TEST_POSTGRESQL" -c "DROP DATABASE hours_$$ WITH (FORCE)"
else
    echo "ok hours on PostgreSQL # SKIP TEST_POSTGRESQL names no server"
fi
exit $failed
