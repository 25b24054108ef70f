#!/bin/bash
# Credential stuffing against the program as it is served: one address with a list of leaked pairs, many
# addresses at one account, and what is said to each. Rate limits are on; addresses come by X-Forwarded-For.
#
# Read next: tests/security/stuffing.mjs, src/core/login/session.c, src/core/login/stranger.c.
set -uo pipefail
cd "$(dirname "$0")/.."

for needed in node curl; do
    command -v $needed >/dev/null || {
        echo "ok stuffing # SKIP $needed is not installed"
        exit 0
    }
done
work=$(mktemp -d /tmp/contraflow-stuffing.XXXXXX)
server=
cleanup() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

tests/world.sh "$work/data" >"$work/demo" 2>&1 || {
    echo "not ok stuffing: the demo world"
    tail -5 "$work/demo" | sed 's/^/# /'
    exit 1
}
CONTRAFLOW_WEB_TRUSTED_PROXIES=127.0.0.1 "$CONTRAFLOW" serve --data "$work/data" --port 0 >"$work/serve" 2>&1 &
server=$!
site=
for _ in $(seq 400); do
    site=$(grep -ohE 'http://127\.0\.0\.1:[0-9]+' "$work/serve" | head -1)
    [ -n "$site" ] && break
    sleep 0.05
done
node tests/security/stuffing.mjs "$site" "$server"
