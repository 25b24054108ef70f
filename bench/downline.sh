#!/bin/bash
# Measures who brought whom, one run, one table: `make bench-downline`.
#
#   TEST_DATA=FOLDER       that has trust/soc-sign-bitcoinotc.csv; needed
#
# Read next: bench/downline.c.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

ratings=${TEST_DATA:?names the folder that has trust/soc-sign-bitcoinotc.csv}/trust/soc-sign-bitcoinotc.csv
work=$(mktemp -d "${TMPDIR:-/tmp}/contraflow-downline.XXXXXX")
trap 'rm -rf "$work"' EXIT

# shellcheck source=bench/measure.sh
. bench/measure.sh

machine
echo "SQLite     WAL, synchronous=FULL"
mkdir "$work/data"
"${BUILD:-build}/bench/downline" "$work/data" "$ratings"
printf 'Load       %s after the run\n' "$(cut -d' ' -f1-3 /proc/loadavg)"
