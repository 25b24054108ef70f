#!/bin/bash
# What slow and idle connections cost everybody else: 4,000 that send their head, their body or read
# their answer as slowly as slowhttptest can, then 10,000 that stay open after one request. Beside them
# four connections of wrk ask for the front page of the demo world.
#
#   bench/slow.sh PROGRAM
#
# Needs slowhttptest (Debian), wrk and python3. Read next: src/web/visit.c.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
. bench/measure.sh

program=${1:-build/contraflow}
need_wrk
for needed in slowhttptest python3; do
    command -v "$needed" >/dev/null || { echo "bench: $needed is missing; apt-get install $needed" >&2; exit 1; }
done
ulimit -n "$(ulimit -Hn)"
work=$(mktemp -d /tmp/contraflow-slow.XXXXXX)
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
"$program" demo --data "$work/demo" >/dev/null 2>&1 || { echo "bench: no demo world could be made" >&2; exit 1; }
start "$work/demo" || exit 1
at=http://127.0.0.1:$port

resident() { awk '/VmRSS/ {printf "%d MB", $2 / 1024}' "/proc/$server/status"; }

others() { # what holds meanwhile
    local said
    said=$(wrk -t1 -c4 -d8s --latency "$at/" | awk '/99%/ {p99 = $2} /Requests\/sec/ {rate = $2} END {print rate, p99}')
    printf '%-52s %10.0f %12s %10s\n' "$1" "${said% *}" "${said#* }" "$(resident)"
}

machine
printf '\n%-52s %10s %12s %10s\n' "beside" "a second" "p99" "resident"
others "nothing else"
slow() { # name, address, slowhttptest's words
    local name=$1 address=$2
    shift 2
    slowhttptest -c 4000 -r 1000 -i 5 -l 25 -p 3 -u "$address" "$@" >"$work/slow" 2>&1 &
    local attack=$!
    sleep 8
    others "$name"
    wait "$attack"
}
slow "4,000 that send their head slowly" "$at/sign-in" -H
slow "4,000 that send their body slowly" "$at/sign-in" -B -t POST -s 8192
slow "4,000 that read their answer slowly" "$at/" -X -w 10 -y 20 -n 5 -z 32

python3 - "$port" >"$work/idle" <<'END' &
import socket, sys, time
kept = []
for _ in range(10000):
    one = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    one.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    one.recv(4096)
    kept.append(one)
print(len(kept), flush=True)
time.sleep(12)
END
idle=$!
for _ in $(seq 300); do
    [ -s "$work/idle" ] && break
    sleep 0.1
done
others "$(cat "$work/idle") that stay open after one request"
wait "$idle"
stop
