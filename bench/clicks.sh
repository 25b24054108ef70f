#!/bin/bash
# Redirects a second, every click durable, beside what redirects without writing: one run, one table.
#
#   bench/clicks.sh
#
# CLICKS_SECONDS=8       how long each load lasts
# CLICKS_LINKS=1000000   links of the largest case
# CLICKS_CONNECTIONS=120  visitors at once; with fewer the disk's latency is measured, not what a processor does, and with
#                        128 or 256 libmicrohttpd 0.9.75 stands still: it asks for 128 events at a time
# TEST_DATA=DIR          with purchases/cdnow.txt in it, which is taken in as 3,000,000 orders in one row
# KUTT=URL YOURLS=URL    a link of a peer that was started by hand on this machine (what it needs stands in their
#                        manuals); without one its row says so
#
# wrk has one processor for itself (the last), what is measured has one too (the first), its database included.
# Read next: bench/clicks.lua, bench/bare_redirect.c, tests/clicks_client.c.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C

build=${BUILD:-build}
program=${CONTRAFLOW:-$build/contraflow}
client=$build/aid/clicks_client
seconds=${CLICKS_SECONDS:-8}
links=${CLICKS_LINKS:-1000000}
connections=${CLICKS_CONNECTIONS:-120}
ours=0
theirs=$(($(nproc) - 1))
work=$(mktemp -d "${TMPDIR:-/tmp}/contraflow-clicks.XXXXXX")
others=()
failed=0

# shellcheck source=bench/measure.sh
. bench/measure.sh
need_wrk

cleanup() {
    for child in $server ${others[@]+"${others[@]}"}; do kill "$child" 2>/dev/null; done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

free_port() {
    local port=$((20000 + RANDOM % 20000))
    while ss -Hltn "sport = :$port" | grep -q .; do port=$((port + 1)); done
    echo "$port"
}

# "rate p50 p99 wrong requests"
load() { # address, spread, links, form of a path, seconds
    BENCH_SPREAD=$2 BENCH_LINKS=$3 BENCH_FORM=$4 \
        taskset -c "$theirs" wrk -t1 -c"$connections" -d"$5"s -s bench/clicks.lua "$1" | sed -n 's/^RESULT //p'
}

row() { printf '%-50s %10s %9s %9s  %s\n' "$@"; }
counted() { "$client" count "$1" | cut -d' ' -f1; }

bare_rate=0
bare() {
    local port result
    port=$(free_port)
    mkfifo "$work/bare"
    taskset -c $ours "$build/bench/bare_redirect" "$port" <"$work/bare" &
    others+=($!)
    exec 3>"$work/bare"
    sleep 0.3
    load "http://127.0.0.1:$port" hot 1 /r/L%07d 1 >/dev/null
    read -r -a result <<<"$(load "http://127.0.0.1:$port" hot 1 /r/L%07d "$seconds")"
    exec 3>&-
    rm "$work/bare"
    bare_rate=${result[0]}
    row "bare libmicrohttpd, 302 from memory" "${result[0]}" "${result[1]}" "${result[2]}" "$(wrong "${result[3]}")"
}

nginx_redirect() {
    local port result
    if ! command -v nginx >/dev/null; then
        row "nginx, return 302 with access log" - - - "nginx is not installed"
        return
    fi
    port=$(free_port)
    mkdir -p "$work/nginx"
    cat >"$work/nginx/conf" <<END
daemon off; worker_processes 1; error_log $work/nginx/error; pid $work/nginx/pid;
events { worker_connections 4096; }
http { access_log $work/nginx/access; client_body_temp_path $work/nginx/body; proxy_temp_path $work/nginx/proxy;
  fastcgi_temp_path $work/nginx/fastcgi; uwsgi_temp_path $work/nginx/uwsgi; scgi_temp_path $work/nginx/scgi;
  keepalive_requests 100000000;
  server { listen 127.0.0.1:$port; location / { return 302 https://shop.example/products/1?from=friend; } } }
END
    taskset -c $ours nginx -p "$work/nginx" -c "$work/nginx/conf" 2>"$work/nginx/said" &
    others+=($!)
    sleep 0.5
    load "http://127.0.0.1:$port" hot 1 /r/L%07d 1 >/dev/null
    read -r -a result <<<"$(load "http://127.0.0.1:$port" hot 1 /r/L%07d "$seconds")"
    row "nginx, return 302 with access log" "${result[0]:--}" "${result[1]:--}" "${result[2]:--}" "$(wrong "${result[3]:-1}")"
    kill "${others[-1]}"
}

peer() { # name, address of a link of it
    local result
    if [ -z "$2" ]; then
        row "$1" - - - "not measured: none was started (see the head of bench/clicks.sh)"
        return
    fi
    read -r -a result <<<"$(load "${2%/"${2#*://*/}"}" hot 1 "/${2#*://*/}" "$seconds")"
    row "$1, one hot link" "${result[0]}" "${result[1]}" "${result[2]}" "$(wrong "${result[3]}")"
}

# One load against a fresh server; clicks in the database must be as many as 302s.
ours_row() { # data folder, name, spread, links
    local result before began after
    start "$1" referrals.links_ready || return 1
    taskset -ap -c $ours "$server" >/dev/null
    # Whatever wrk leaves unanswered at its end is a click too: at most one a connection, in each of its runs.
    load "http://127.0.0.1:$port" "$3" "$4" /r/L%07d 1 >/dev/null
    sleep 1
    before=$(counted "$1")
    began=$(spent)
    read -r -a result <<<"$(load "http://127.0.0.1:$port" "$3" "$4" /r/L%07d "$seconds")"
    sleep 1
    after=$(counted "$1")
    row "$2" "${result[0]}" "${result[1]}" "${result[2]}" \
        "$(part_of "${result[0]}" "$bare_rate") of bare; $(each "$began" "${result[0]}" "$seconds"); \
$((after - before)) clicks for ${result[4]} answers$(wrong "${result[3]}")"
    if [ $((after - before)) -lt "${result[4]}" ] || [ $((after - before)) -gt $((result[4] + connections)) ]; then
        echo "bench: clicks and answers differ" >&2
        failed=1
    fi
    if [ -n "${5:-}" ]; then
        printf '%-50s %7.0f MB\n' "resident memory, $4 links, after this load" \
            "$(awk '/VmRSS/ { print $2 / 1024 }' "/proc/$server/status")"
    fi
    stop
}

# How far the import had come when the load ended: its rows are there in parts.
taken_in() {
    echo "  orders taken in until then: $("$client" orders "$work/small")"
}

machine
echo "SQLite     WAL, synced before the answer; wrk -t1 -c$connections on one processor, $seconds s each after 1 s of warming up"
echo
row "" "a second" "p50 ms" "p99 ms" ""
bare
nginx_redirect
mkdir "$work/small" "$work/large"
"$client" prepare "$work/small" 10000 2>/dev/null && "$client" prepare "$work/large" "$links" 2>/dev/null || exit 1
ours_row "$work/small" "ours, one hot link" hot 1
ours_row "$work/small" "ours, 10,000 links, Zipf" zipf 10000
ours_row "$work/large" "ours, $links links, uniform" uniform "$links" memory
if [ -f "${TEST_DATA:-}/purchases/cdnow.txt" ]; then
    "$build/bench/imports" --left "$work/small" "$TEST_DATA/purchases/cdnow.txt" 3000000 || exit 1
    ours_row "$work/small" "ours, Zipf, while orders are imported" zipf 10000
    taken_in
else
    row "ours, Zipf, while orders are imported" - - - "not measured: no TEST_DATA with purchases/cdnow.txt"
fi
peer Kutt "${KUTT:-}"
peer "YOURLS on MariaDB" "${YOURLS:-}"
echo
echo "Load       $(cut -d' ' -f1-3 /proc/loadavg) after the run"
exit $failed
