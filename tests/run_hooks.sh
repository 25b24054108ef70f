#!/bin/bash
# Webhooks and their receivers: signatures before the libraries standardwebhooks and svix, a program killed
# with a message on its way, certificates good and bad.
#
# npm packages go to $BUILD/hooks. Read next: tests/hooks/story.mjs, src/core/hooks/wire_test.c.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
export CONTRAFLOW=${CONTRAFLOW:-$build/contraflow$variant}
export HOOKS_PACKAGES=$build/hooks
failed=0
server=

skip() {
    echo "ok hooks # SKIP $1"
    exit 0
}
for needed in node npm openssl; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
work=$(mktemp -d /tmp/contraflow-hooks.XXXXXX)
cleanup() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

install_packages() {
    cmp -s tests/hooks/package-lock.json "$build/hooks/installed.json" && return
    mkdir -p "$build/hooks"
    cp tests/hooks/package.json tests/hooks/package-lock.json "$build/hooks/"
    (cd "$build/hooks" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    cp tests/hooks/package-lock.json "$build/hooks/installed.json"
}
install_packages >"$work/npm" 2>&1 || skip "npm can't install the packages: $(tail -1 "$work/npm")"

# A certificate of its own authority, for 127.0.0.1 and no name.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=webhooks \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/certificate.pem" \
    >"$work/openssl" 2>&1 || { sed 's/^/# /' "$work/openssl"; echo "not ok hooks: no certificate"; exit 1; }
export HOOKS_KEY=$work/key.pem HOOKS_CERTIFICATE=$work/certificate.pem HOOKS_DATA=$work/data
mkdir "$work/data"

node tests/hooks/secure.mjs >"$work/port" 2>"$work/secure" &
server=$!
for _ in $(seq 100); do
    [ -s "$work/port" ] && break
    sleep 0.1
done
if TEST_HOOKS_TLS=$(cat "$work/port") TEST_HOOKS_AUTHORITY=$HOOKS_CERTIFICATE \
    "$build/tests$variant/core/hooks/wire_test" >"$work/said" 2>&1 && ! grep -qi 'skipped' "$work/said"; then
    echo "ok hooks: only certificates that fit are trusted"
else
    echo "not ok hooks: only certificates that fit are trusted"
    tail -40 "$work/said" | sed 's/^/# /'
    failed=1
fi

node tests/hooks/story.mjs || failed=1
exit $failed
