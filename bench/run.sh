#!/bin/bash
# Measures what issue and design promise, one run, one table: `make bench`.
#
#   bench/run.sh               100,000 photographs, and 1,000 to compare with
#   FULL=1 bench/run.sh        also 1,000,000
#
# BENCH_SIZES="1000 100000"   other sizes; the last but one of them is not left out
# BENCH_MAIN=100000           the size at which rates, purchases, memory and start are measured
# BENCH_SECONDS=6             how long each load lasts
# BENCH_HASHES=1000000        perceptual hashes for the check of near-duplicates
#
# Answer caches: there are none. Rate limits are off (web.rate_limits). The load (wrk, two threads, 32
# connections) runs on the same machine and takes its part of the processors.
# Read next: bench/measure.sh, bench/fill.c, bench/load.lua.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C

build=${BUILD:-build}
program=${CONTRAFLOW:-$build/contraflow}
tools=$build/bench
main=${BENCH_MAIN:-100000}
sizes=${BENCH_SIZES:-1000 $main${FULL:+ 1000000}}
seconds=${BENCH_SECONDS:-6}
hashes=${BENCH_HASHES:-1000000}
bare=
importing=
work=$(mktemp -d "${TMPDIR:-/tmp}/contraflow-bench.XXXXXX")

cleanup() {
    for child in $server $bare $importing; do
        kill "$child" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# shellcheck source=bench/measure.sh
. bench/measure.sh
need_wrk

free_port() {
    local port=$((20000 + RANDOM % 20000))
    while ss -Hltn "sport = :$port" | grep -q .; do port=$((port + 1)); done
    echo "$port"
}

load() { # file with paths, seconds: "rate p50 p99 bytes wrong"
    BENCH_PATHS=$1 wrk -t2 -c32 -d"$2"s -s bench/load.lua "http://127.0.0.1:$port" |
        sed -n 's/^RESULT //p'
}

row() { printf '%-46s %10s %9s %9s %8s  %s\n' "$@"; }

# Which paths the load asks for, from what fill left.
paths() { # data folder
    sed 's#^#/photos?#' "$1/queries" >"$1/search-html"
    sed 's#^#/api/v1/photos?#' "$1/queries" >"$1/search-json"
    sed 's#^\([^ ]*\) .*#/photos/\1#' "$1/photos" >"$1/photo-html"
    sed 's#^#/api/v1#' "$1/photo-html" >"$1/photo-json"
}

declare -A median
pages() { # size, data folder
    local kind result began
    start "$2" search.ready # the lists that answer searches, built in the background
    for kind in search-html search-json photo-html photo-json; do
        load "$2/$kind" 1 >/dev/null
        began=$(spent)
        read -r -a result <<<"$(load "$2/$kind" "$seconds")"
        median[$kind,$1]=${result[1]}
        row "$kind, $1 photographs" "${result[0]}" "${result[1]}" "${result[2]}" "${result[3]}" \
            "$(each "$began" "${result[0]}" "$seconds")$(wrong "${result[4]}")"
        [ "$1" = "$main" ] && beside "$kind" "${result[0]}" "${result[3]}"
    done
    [ "$1" = "$main" ] && memory
    stop
}

# The same number of bytes by libmicrohttpd alone, right after.
beside() { # kind, rate, bytes
    local result served=$port
    port=$(free_port)
    mkfifo "$work/bare"
    "$tools/bare" "$port" "$3" <"$work/bare" &
    bare=$!
    exec 3>"$work/bare"
    echo / >"$work/root"
    sleep 0.2
    load "$work/root" 1 >/dev/null
    read -r -a result <<<"$(load "$work/root" "$((seconds / 2 + 1))")"
    exec 3>&-
    wait "$bare" || true
    bare=
    rm "$work/bare"
    port=$served
    row "  bare libmicrohttpd, as many bytes" "${result[0]}" "${result[1]}" "${result[2]}" \
        "${result[3]}" "ours is $(part_of "$2" "${result[0]}") of it"
}

memory() {
    awk '/VmRSS/ { now = $2 / 1024 } /VmHWM/ { most = $2 / 1024 }
        END { printf "%-46s %7.0f MB at most %.0f MB\n", "resident memory after these loads", now, most }' \
        "/proc/$server/status"
}

# Takes pictures in until it is ended, and ends with the import that runs.
import_on() { # data folder
    local child=
    trap 'kill "$child" 2>/dev/null; exit 0' TERM
    while :; do
        "$program" import photos "$work/import" --as author0@example.org --data "$1" >"$work/imported" 2>&1 &
        child=$!
        wait "$child" || true
    done
}

purchases() { # data folder
    local alone during single group began
    cp "$1/contraflow.db" "$work/before.db"
    start "$1" search.ready
    BENCH_SESSION=$(cat "$1/session")
    export BENCH_SESSION
    load "$1/photos" 1 >/dev/null
    began=$(spent)
    read -r -a alone <<<"$(load "$1/photos" "$seconds")"
    row "purchases over HTTP, 32 at once" "${alone[0]}" "${alone[1]}" "${alone[2]}" "${alone[3]}" \
        "$(each "$began" "${alone[0]}" "$seconds")$(wrong "${alone[4]}")"
    if [ -d /usr/share/backgrounds ]; then
        mkdir "$work/import"
        find /usr/share/backgrounds -type f \( -name '*.jpg' -o -name '*.png' \) -size +50k |
            sort | head -40 | while read -r file; do cp "$file" "$work/import/"; done
        import_on "$1" &
        importing=$!
        sleep 0.5
        read -r -a during <<<"$(load "$1/photos" "$seconds")"
        kill "$importing"
        wait "$importing" 2>/dev/null || true
        importing=
        row "  while an import runs" "${during[0]}" "${during[1]}" "${during[2]}" "${during[3]}" \
            "$(wrong "${during[4]}")"
    else
        row "  while an import runs" - - - - "no pictures in /usr/share/backgrounds"
    fi
    unset BENCH_SESSION
    stop
    single=$("$tools/bare_purchase" "$1/contraflow.db" bench/bare_purchase.sql "$seconds" 1)
    group=$("$tools/bare_purchase" "$1/contraflow.db" bench/bare_purchase.sql "$seconds" 32)
    row "  bare loop, a commit each" "$single" "" "" "" "ours is $(part_of "${alone[0]}" "$single") of it"
    row "  bare loop, 32 to a commit" "$group" "" "" "" "ours is $(part_of "${alone[0]}" "$group") of it"
    mv "$work/before.db" "$1/contraflow.db"
    rm -f "$1/contraflow.db-wal" "$1/contraflow.db-shm"
}

starting() { # data folder
    local port took=() i
    for i in 1 2 3 4 5; do
        port=$(free_port)
        took+=("$("$tools/first" "$port" /photos "$program" serve --data "$1" --port "$port")")
    done
    printf '%-46s %7.0f ms (median of five, warm)\n' "start to first answered request" \
        "$(printf '%s\n' "${took[@]}" | sort -n | sed -n 3p)"
}

alike() { # data folder, how many hashes it holds
    local times
    read -r -a times <<<"$("$tools/alike" "$1" 400)"
    printf '%-46s %7.2f ms, 99%% within %.2f ms, longest %.2f ms\n' \
        "near-duplicate check, $2 hashes" "${times[@]}"
}

machine
echo "SQLite     WAL, synchronous=FULL; wrk -t2 -c32, ${seconds} s each after 1 s of warming up"
echo
row "" "a second" "p50 ms" "p99 ms" "bytes" ""
first_size=
for size in $sizes; do
    data=$work/$size
    mkdir "$data"
    more=0
    # The largest world of the run carries the hashes that are asked for beyond its own photographs.
    [ "$size" = "${sizes##* }" ] && more=$((hashes > size ? hashes - size : 0))
    "$tools/fill" "$data" "$size" bench/tags.txt "$more" 2>"$work/filled" || { cat "$work/filled" >&2; exit 1; }
    paths "$data"
    pages "$size" "$data"
    [ "$size" = "$main" ] && starting "$data"
    [ "$size" = "$main" ] && purchases "$data"
    [ "$size" = "${sizes##* }" ] && alike "$data" "$((size + more))"
    if [ -n "$first_size" ]; then
        for kind in search-html search-json photo-html photo-json; do
            printf '%-46s %7.2f times\n' "p50 of $kind, $first_size to $size" \
                "$(part_of "${median[$kind,$size]}" "${median[$kind,$first_size]}")"
        done
    fi
    first_size=${first_size:-$size}
    rm -rf "$data"
done
echo
echo "Load       $(cut -d' ' -f1-3 /proc/loadavg) after the run"
