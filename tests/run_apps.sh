#!/bin/bash
# Apps of third parties before a client that knows nothing of the program: npm's oauth4webapi goes all the
# way from discovery to revocation, as an app with a secret and as one without.
#
# npm packages go to $BUILD/apps. Read next: tests/apps/story.mjs, src/core/apps/apps_test.c.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
export CONTRAFLOW=${CONTRAFLOW:-$build/contraflow}
export APPS_PACKAGES=$build/apps
server=

skip() {
    echo "ok apps # SKIP $1"
    exit 0
}
for needed in node npm; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
work=$(mktemp -d /tmp/contraflow-apps.XXXXXX)
cleanup() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

install_packages() {
    cmp -s tests/apps/package-lock.json "$build/apps/installed.json" && return
    mkdir -p "$build/apps"
    cp tests/apps/package.json tests/apps/package-lock.json "$build/apps/"
    (cd "$build/apps" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    cp tests/apps/package-lock.json "$build/apps/installed.json"
}
install_packages >"$work/npm" 2>&1 || skip "npm can't install the packages: $(tail -1 "$work/npm")"

tests/world.sh "$work/data" >"$work/demo" 2>&1 || {
    echo "not ok apps: the demo world"
    tail -5 "$work/demo" | sed 's/^/# /'
    exit 1
}
CONTRAFLOW_WEB_RATE_LIMITS=off "$CONTRAFLOW" serve --data "$work/data" --port 0 >"$work/serve" 2>&1 &
server=$!
site=
for _ in $(seq 400); do
    site=$(grep -sohE 'http://127\.0\.0\.1:[0-9]+' "$work/serve" | head -1)
    [ -n "$site" ] && break
    sleep 0.05
done
[ -n "$site" ] || {
    echo "not ok apps: the server starts"
    tail -5 "$work/serve" | sed 's/^/# /'
    exit 1
}
node tests/apps/story.mjs "$site"
