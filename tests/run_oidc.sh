#!/bin/bash
# Signing in with accounts elsewhere: the program over HTTP against the npm providers oauth2-mock-server, which
# lies as it is told, and oidc-provider, which keeps to the standards; and against servers that are slow or dead.
#
# npm packages go to $BUILD/oidc. Read next: tests/oidc/story.mjs, tests/oidc/standard.mjs.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
export CONTRAFLOW=${CONTRAFLOW:-$build/contraflow$variant}
export OIDC_PACKAGES=$build/oidc
failed=0

skip() {
    echo "ok oidc # SKIP $1"
    exit 0
}
for needed in node npm; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
work=$(mktemp -d /tmp/contraflow-oidc.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

install_packages() {
    cmp -s tests/oidc/package-lock.json "$build/oidc/installed.json" && return
    mkdir -p "$build/oidc"
    cp tests/oidc/package.json tests/oidc/package-lock.json "$build/oidc/"
    (cd "$build/oidc" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    cp tests/oidc/package-lock.json "$build/oidc/installed.json"
}
install_packages >"$work/npm" 2>&1 || skip "npm can't install the packages: $(tail -1 "$work/npm")"

for story in story standard; do
    mkdir "$work/$story"
    OIDC_DATA=$work/$story node "tests/oidc/$story.mjs" 2>"$work/said" || {
        failed=1
        sed "s/^/# /" "$work/said"
    }
done
exit $failed
