#!/bin/bash
# Measures imports, one run, one table: `make bench-imports`.
#
#   TEST_DATA=FOLDER       that has purchases/cdnow.txt; needed
#   BENCH_LINES=1000000    how long the second file is
#   BENCH_POSTGRESQL=URL   also there
#
# The file is checked, taken in to the half and cancelled, taken in, exported and undone; after cancelling and
# undoing the exports must be those of before. The bare loop of SQLite is measured in the same run.
# Read next: bench/imports.c.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

tool=${BUILD:-build}/bench/imports
purchases=${TEST_DATA:?names the folder that has purchases/cdnow.txt}/purchases/cdnow.txt
lines=${BENCH_LINES:-1000000}
work=$(mktemp -d "${TMPDIR:-/tmp}/contraflow-imports.XXXXXX")
trap 'rm -rf "$work"' EXIT

# shellcheck source=bench/measure.sh
. bench/measure.sh

run() { # what it is called, further arguments
    printf '\n%s\n' "$1"
    mkdir "$work/data"
    "$tool" "$work/data" "$purchases" "${@:2}"
    rm -rf "$work/data"
}

machine
echo "SQLite     WAL, synchronous=FULL, 499 orders to a commit"
run "cdnow.txt, 69,659 purchases"
run "the same repeated, $lines lines" "$lines"
if [ -n "${BENCH_POSTGRESQL:-}" ]; then
    CONTRAFLOW_DATABASE=$BENCH_POSTGRESQL run "cdnow.txt on PostgreSQL"
fi
printf '\nLoad       %s after the run\n' "$(cut -d' ' -f1-3 /proc/loadavg)"
