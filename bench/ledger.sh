#!/bin/bash
# Measures durable transfers a second, one run, one table: `make bench-ledger`.
#
#   BENCH_SECONDS=5      how long each load lasts
#   BENCH_POSTGRESQL=URL a server to use; else one is started on loopback and ended
#   PEERS=no             leaves other ledgers out; where they are found: bench/peers.sh
#
# A transfer is a posting with one leg: its head, the transfer under two accounts, two balances, durable
# when it is answered. The bare loop writes the same rows through SQLite alone, with the same settings;
# it is measured before and after ours, since it swings, and ours stands beside the mean. Over HTTP an
# operator books (POST /api/v1/desk/bookings and .../batch); wrk takes its part of the processors.
# Read next: bench/ledger.c, bench/accounts.c, bench/bookings.lua, bench/peers.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

build=${BUILD:-build}
program=${CONTRAFLOW:-$build/contraflow}
tool=$build/bench/ledger
seconds=${BENCH_SECONDS:-5}
work=$(mktemp -d "${TMPDIR:-/tmp}/contraflow-ledger.XXXXXX")
postgresql=${BENCH_POSTGRESQL:-}
started=
url= # of our rows on it, while there are any

# shellcheck source=bench/measure.sh
. bench/measure.sh
# shellcheck source=bench/peers.sh
. bench/peers.sh
need_wrk

cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait
    [ -z "$url" ] || drop_schema || true
    [ -z "${PEER_PGLEDGER:-}" ] || forget_pgledger || true
    [ -z "$started" ] || sh tests/postgres.sh STOP "$started" >/dev/null 2>&1 || true
    rm -rf "$work" "$started"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

row() { printf '%-46s %9s  %s\n' "$@"; }
head_of() { printf '\n%s\n' "$1"; }
mean() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.0f", (a + b) / 2 }'; }
loop="of the bare loop"

# Our rows wait in $kept until what they stand beside was measured a second time.
kept=()
declare -A floor  # by how a row says it ("times pgledger at 20"), a rate; none: it could not be measured
declare -A spread # by label: our rate on 1,000 accounts

keep() { kept+=("$1|$2|$3|${4:-}"); } # label, rate, what it stands beside, more to say

show() { # accounts, engine
    local line label rate of more said
    for line in "${kept[@]}"; do
        IFS='|' read -r label rate of more <<<"$line"
        said=
        [ -z "${floor[$of]:-}" ] || said="$(part_of "$rate" "${floor[$of]}") $of"
        if [ "$1" != 1 ]; then
            spread[$2 $label]=$rate
        elif [ "$2" = PostgreSQL ]; then
            said+="${said:+, }$(part_of "$rate" "${spread[$2 $label]}") of the spread ones"
        fi
        row "  $label" "$rate" "$said${more:+${said:+, }$more}"
    done
    kept=()
}

# ---- over HTTP ----------------------------------------------------------------------------------

# A new installation with 1,000 people that listens; CONTRAFLOW_DATABASE says where its rows are.
begin_http() {
    rm -rf "$work/data"
    mkdir "$work/data"
    "$build/bench/accounts" "$work/data" 1000
    start "$work/data"
}

http() { # label, what it stands beside, accounts, connections, lines a request (0: by itself), keys
    local run result before
    for run in 1 "$seconds"; do # the first warms up
        before=$(spent)
        result=$(BENCH_DATA=$work/data BENCH_ACCOUNTS=$3 BENCH_LINES=$5 BENCH_KEYS=$6 \
            wrk -t2 -c"$4" -d"${run}s" -s bench/bookings.lua "http://127.0.0.1:$port" | sed -n 's/^RESULT //p')
    done
    read -r -a result <<<"$result"
    keep "$1" "${result[0]}" "$2" "$(each "$before" "${result[0]}" "$seconds")$(wrong "${result[4]}")"
}

# What the loads left must be books without a fault.
end_http() {
    stop
    books=$("$program" audit --data "$work/data" 2>&1 | tail -1)
}

# ---- SQLite -------------------------------------------------------------------------------------

new_file() { # sets $file
    rm -f "$work"/*.db*
    file=$work/$((++files)).db
}
files=0

bare() { # accounts, together; sets $rate
    new_file
    "$tool" fill "sqlite:$file" "$1"
    rate=$("$tool" bare "$file" "$1" "$2" "$seconds")
}

on_sqlite() { # accounts, what
    local together before
    head_of "SQLite, $2"
    begin_http
    for together in 64 500; do
        bare "$1" "$together"
        before=$rate
        new_file
        if [ "$together" = 64 ]; then
            keep "in process, 64 callers" "$("$tool" single "sqlite:$file" "$1" 64 "$seconds")" "$loop"
            http "HTTP, 64 connections" "$loop" "$1" 64 0 no
        else
            keep "in process, 4 callers with 500 each" "$("$tool" batch "sqlite:$file" "$1" 500 4 "$seconds")" "$loop"
            http "HTTP, 4 connections with 500 each" "$loop" "$1" 4 500 no
            http "HTTP, the same, a key for each line" "$loop" "$1" 4 500 yes
        fi
        bare "$1" "$together"
        floor[$loop]=$(mean "$before" "$rate")
        row "  bare loop, $together a commit" "${floor[$loop]}" "$before before, $rate after"
        show "$1" SQLite
    done
    end_http
    row "  the books after it" "" "$books"
}

# ---- PostgreSQL ---------------------------------------------------------------------------------

schema=0
in_schema() { # sets $url
    local between='?'
    case $postgresql in *\?*) between='&' ;; esac
    schema=$((schema + 1))
    psql "$postgresql" -qc "CREATE SCHEMA ledger_bench_$$_$schema"
    url="$postgresql${between}options=-csearch_path%3Dledger_bench_$$_$schema"
}

drop_schema() {
    psql "$postgresql" -qc "SET client_min_messages = warning" -c "DROP SCHEMA ledger_bench_$$_$schema CASCADE"
    url=
}

in_process() { # label, what it stands beside; of `ledger`: load, accounts, numbers
    in_schema
    keep "$1" "$("$tool" "$3" "$url" "${@:4}" "$seconds")" "$2"
    drop_schema
}

on_postgresql() { # accounts, what
    local clients at="times pgledger at"
    declare -A before
    head_of "PostgreSQL, $2"
    for clients in 20 64; do
        pgledger "$1" "$clients"
        before[$clients]=$rate
    done
    in_process "in process, 20 callers" "$at 20" single "$1" 20
    in_process "in process, 64 callers" "$at 64" single "$1" 64
    in_process "in process, 4 callers with 500 each" "$at 20" batch "$1" 500 4
    in_schema
    export CONTRAFLOW_DATABASE=$url
    begin_http
    http "HTTP, 20 connections" "$at 20" "$1" 20 0 no
    http "HTTP, 64 connections" "$at 64" "$1" 64 0 no
    http "HTTP, 4 connections with 500 each" "$at 20" "$1" 4 500 no
    http "HTTP, the same, a key for each line" "$at 20" "$1" 4 500 yes
    end_http
    unset CONTRAFLOW_DATABASE
    drop_schema
    for clients in 20 64; do
        pgledger "$1" "$clients"
        floor[$at $clients]=
        if [ -n "$why" ]; then
            missing "pgledger, $clients clients" "$why"
        else
            floor[$at $clients]=$(mean "${before[$clients]}" "$rate")
            row "  pgledger, $clients clients" "${floor[$at $clients]}" "${before[$clients]} before, $rate after"
        fi
    done
    show "$1" PostgreSQL
    row "  the books after it" "" "$books"
}

# ---- the table ----------------------------------------------------------------------------------

machine
echo "SQLite     WAL, synchronous=FULL"
if [ -z "$postgresql" ]; then
    started=$(mktemp -d /tmp/contraflow-postgres.XXXXXX)
    postgresql=$(sh tests/postgres.sh START "$started") || postgresql=
fi
[ -z "$postgresql" ] || psql "$postgresql" -Atc "SELECT 'PostgreSQL ' || current_setting('server_version') ||
    ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit') ||
    ', full_page_writes ' || current_setting('full_page_writes') ||
    ', shared_buffers ' || current_setting('shared_buffers')"
echo "Each row   $seconds s; over HTTP wrk with two threads, after 1 s of warming up"
echo
row "transfers, durable" "a second" ""
on_sqlite 1000 "1,000 accounts"
on_sqlite 1 "one account pays 1,000"
if [ -n "$postgresql" ]; then
    on_postgresql 1000 "1,000 accounts"
    on_postgresql 1 "one account pays 1,000"
else
    head_of "PostgreSQL: not measured, it is not installed"
fi
head_of "TigerBeetle, one replica, 1,000 accounts"
tigerbeetle
echo
echo "Load       $(cut -d' ' -f1-3 /proc/loadavg) after the run"
