#!/bin/bash
# Measures what the ledger writes in this process, one run, one table: `make bench-ledger`.
#
#   BENCH_SECONDS=5      how long each load lasts
#   BENCH_POSTGRESQL=URL a server to use; else one is started on loopback and ended
#
# A transfer is a posting with one leg: its head, the transfer under two accounts, two balances, durable
# when it is answered. The bare loop writes the same rows through SQLite alone, with the same settings.
# Read next: bench/ledger.c.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

tool=${BUILD:-build}/bench/ledger
seconds=${BENCH_SECONDS:-5}
work=$(mktemp -d "${TMPDIR:-/tmp}/contraflow-ledger.XXXXXX")
server=${BENCH_POSTGRESQL:-}
started=

cleanup() {
    [ -z "$started" ] || sh tests/postgres.sh STOP "$started" >/dev/null 2>&1
    rm -rf "$work" "$started"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

row() { printf '%-58s %10s  %s\n' "$@"; }
part_of() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f of the bare loop", b ? a / b : 0 }'; }

echo "Machine    $(sed -n 's/^model name\t*: //p' /proc/cpuinfo | head -1), $(nproc) cores"
echo "Kernel     $(uname -sr)"
echo "Commit     $(git describe --always --dirty 2>/dev/null || echo unknown)"
echo "Load       $(cut -d' ' -f1-3 /proc/loadavg) before the run (1, 5, 15 minutes)"
echo
row "transfers, durable" "a second" ""

on_sqlite() { # accounts, what
    local single batch bare
    rm -f "$work"/*.db*
    single=$("$tool" single "sqlite:$work/a.db" "$1" 64 "$seconds")
    bare=$("$tool" bare "$work/a.db" "$1" 64 "$seconds")
    row "SQLite, $2, 64 callers, each by itself" "$single" "$(part_of "$single" "$bare")"
    row "  bare loop, 64 a commit" "$bare" ""
    rm -f "$work"/*.db*
    batch=$("$tool" batch "sqlite:$work/b.db" "$1" 500 4 "$seconds")
    bare=$("$tool" bare "$work/b.db" "$1" 500 "$seconds")
    row "SQLite, $2, 4 callers with 500 each" "$batch" "$(part_of "$batch" "$bare")"
    row "  bare loop, 500 a commit" "$bare" ""
}

schemas=0
on_postgresql() { # accounts, what
    local url between='?'
    case $server in *\?*) between='&' ;; esac
    for load in "single $1 20" "single $1 64" "batch $1 500 4"; do
        schemas=$((schemas + 1))
        psql "$server" -qc "CREATE SCHEMA ledger_bench_$$_$schemas"
        url="$server${between}options=-csearch_path%3Dledger_bench_$$_$schemas"
        # shellcheck disable=SC2086
        set -- "$1" "$2" $load
        row "PostgreSQL, $2, $([ "$3" = single ] && echo "$5 callers, each by itself" || echo "4 callers with 500 each")" \
            "$("$tool" "$3" "$url" "${@:4}" "$seconds")" ""
        psql "$server" -qc "SET client_min_messages = warning" -c "DROP SCHEMA ledger_bench_$$_$schemas CASCADE"
    done
}

on_sqlite 1000 "1,000 accounts"
on_sqlite 1 "one pays all"
if [ -z "$server" ]; then
    started=$(mktemp -d /tmp/contraflow-postgres.XXXXXX)
    server=$(sh tests/postgres.sh START "$started") || { echo "no PostgreSQL here: its rows are left out"; exit 0; }
fi
on_postgresql 1000 "1,000 accounts"
on_postgresql 1 "one pays all"
