#!/bin/bash
# Orders a second that are told over HTTP, judged by three rules and paid on three levels, beside a bare SQLite loop of
# as many transfers; and a partner's page with few clicks and many. One run, one table.
#
#   bench/conversions.sh
#
# CONVERSIONS_SECONDS=8      how long each load lasts
# CONVERSIONS_PARTNERS=999   partners, in chains of three
# CONVERSIONS_CONNECTIONS=64
# CONVERSIONS_BULK=PATH      of the call that takes many: {"lines": [one as the single call has it, ...]}
# FULL=1                     the page with 10,000,000 clicks, too
#
# Read next: bench/conversions.c, bench/conversions.lua.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C

build=${BUILD:-build}
program=${CONTRAFLOW:-$build/contraflow}
tool=$build/bench/conversions
seconds=${CONVERSIONS_SECONDS:-8}
partners=${CONVERSIONS_PARTNERS:-999}
connections=${CONVERSIONS_CONNECTIONS:-64}
bulk=${CONVERSIONS_BULK:-/api/v1/referrals/orders/batch}
work=$(mktemp -d "${TMPDIR:-/tmp}/contraflow-conversions.XXXXXX")
failed=0

# shellcheck source=bench/measure.sh
. bench/measure.sh
need_wrk

cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

row() { printf '%-44s %10s %9s %9s  %s\n' "$@"; }

load() { # connections, orders a request, seconds
    BENCH_DATA=$work/data BENCH_PARTNERS=$partners BENCH_LINES=$2 BENCH_BULK=$bulk \
        wrk -t1 -c"$1" -d"$3"s -s bench/conversions.lua "http://127.0.0.1:$port" | sed -n 's/^RESULT //p'
}

transfers=4
conversions() { # label, connections, orders a request, wanted
    local result before after
    load "$2" "$3" 1 >/dev/null
    sleep 1
    before=($("$tool" count "$work/data"))
    began=$(spent)
    read -r -a result <<<"$(load "$2" "$3" "$seconds")"
    sleep 1
    after=($("$tool" count "$work/data"))
    local judged=$((after[0] - before[0]))
    transfers=$((judged ? (after[1] - before[1]) / judged : transfers))
    row "$1" "${result[0]}" "${result[1]}" "${result[2]}" \
        "wanted: $4; $(each "$began" "${result[0]}" "$seconds"); $judged judged, $transfers transfers each$(wrong "${result[4]}")"
    if [ "${result[4]}" != 0 ] || [ "$judged" -lt "$(awk -v r="${result[0]}" -v s="$seconds" 'BEGIN { print int(r * s * 0.98) }')" ]; then
        echo "bench: not every order was judged" >&2
        failed=1
    fi
}

bare() { # transfers a conversion, conversions a commit
    local rate
    rm -f "$work"/bare.db*
    "$build/bench/ledger" fill "sqlite:$work/bare.db" 1000
    rate=$("$build/bench/ledger" bare "$work/bare.db" 1000 $(($1 * $2)) "$seconds")
    row "  bare loop, $1 transfers each, $2 a commit" "$((rate / $1))" - - "$rate transfers a second: the limit"
}

# The partner's page: p50 with so many clicks, beside that with the fewest.
least=
page() { # clicks
    local result partner
    "$tool" clicks "$work/data" "$1"
    start "$work/data" || return 1
    partner=$(cat "$work/data/partner")
    for run in 1 "$seconds"; do
        result=$(BENCH_SESSION_READER=$(cat "$work/data/reader") BENCH_PATH=/api/v1/me/programs/$partner \
            wrk -t1 -c8 -d"$run"s -s bench/partner.lua "http://127.0.0.1:$port" | sed -n 's/^RESULT //p')
    done
    read -r -a result <<<"$result"
    least=${least:-${result[1]}}
    row "a partner's page, $1 clicks" "${result[0]}" "${result[1]}" "${result[2]}" \
        "p50 is $(part_of "${result[1]}" "$least") times that with the fewest$(wrong "${result[4]}")"
    stop
}

machine
echo "SQLite     WAL, synced before the answer; wrk on the same processors, $seconds s each after 1 s of warming up"
echo
row "" "a second" "p50 ms" "p99 ms" ""
mkdir "$work/data"
"$tool" prepare "$work/data" "$partners" 2>/dev/null || exit 1
start "$work/data" || exit 1
conversions "orders, $connections connections" "$connections" 0 4000
if [ "$(curl -s -o /dev/null -w '%{http_code}' -X POST "http://127.0.0.1:$port$bulk")" = 404 ]; then
    row "orders, 4 connections with 100 each" - - - "wanted: 7000; there is no $bulk"
    failed=1
else
    conversions "orders, 4 connections with 100 each" 4 100 7000
fi
stop
bare "${transfers:-4}" 64
books=$("$program" audit --data "$work/data" 2>&1 | tail -1)
for clicks in 10000 1000000 ${FULL:+10000000}; do
    page "$clicks"
done
echo
echo "Books      $books"
echo "Load       $(cut -d' ' -f1-3 /proc/loadavg) after the run"
exit $failed
