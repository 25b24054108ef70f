#!/bin/bash
# What a sign-in storm costs everybody else: a thousand sign in at once, rightly and wrongly, from an address
# each, while others load pages. Rate limits are on, as they are for everybody.
#
#   bench/storm.sh [PROGRAM [COUNT]]
#
# Read next: bench/storm.c, src/core/login/password.c.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2
. bench/measure.sh

build=${BUILD:-build}
program=${1:-$build/contraflow}
count=${2:-1000}
people=${STORM_PEOPLE:-250}
ulimit -n "$(ulimit -Hn)"
work=$(mktemp -d /tmp/contraflow-storm.XXXXXX)
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
"$program" demo --data "$work/data" >/dev/null 2>&1 || { echo "bench: no demo world could be made" >&2; exit 1; }
"$build/bench/storm" fill "$work/data" "$people" || exit 1

: >"$work/said"
CONTRAFLOW_WEB_TRUSTED_PROXIES=127.0.0.1 "$program" serve --data "$work/data" --port 0 2>"$work/said" &
server=$!
for _ in $(seq 600); do
    port=$(sed -n 's/.*http:\/\/127\.0\.0\.1:\([0-9]*\).*/\1/p' "$work/said" | head -1)
    [ -n "$port" ] && break
    sleep 0.05
done
curl -s -c "$work/cookies" -o "$work/page" "http://127.0.0.1:$port/sign-in"
token=$(grep -o 'name="token" value="[0-9a-f]*"' "$work/page" | head -1 | grep -oE '[0-9a-f]{64}')
cookie=$(awk 'NF == 7 { sub("^#HttpOnly_", ""); print $6 "=" $7 }' "$work/cookies" | head -1)
resident() { awk -v what="$1" '$1 == what ":" { printf "%d MB", $2 / 1024 }' "/proc/$server/status"; }

machine
echo
echo "memory      $(resident VmRSS) before"
"$build/bench/storm" run "$port" "$people" "$count" "$cookie" "$token"
code=$?
echo "memory      $(resident VmHWM) at most, $(resident VmRSS) after"
stop
exit $code
