#!/bin/bash
# The API document as others read it: two linters find no error in it, and prism no difference between it
# and what the program answers, for every operation that takes a key; nightly (TEST_NIGHTLY=1) also for what the stories ask.
# portman's contract tests run on what reads; nightly on what changes something, too.
#
# npm packages go to $BUILD/api. Read next: tests/api/prism.mjs, tests/api/contract.mjs, tests/api/stories.mjs, tests/api_test.c.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
packages=$build/api/node_modules/.bin
children=()

skip() {
    echo "ok api # SKIP $1"
    exit 0
}
for needed in node npm curl; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
work=$(mktemp -d /tmp/contraflow-api.XXXXXX)
cleanup() {
    for child in ${children[@]+"${children[@]}"}; do
        kill "$child" 2>/dev/null && wait "$child" 2>/dev/null
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

install_packages() {
    cmp -s tests/api/package-lock.json "$build/api/installed.json" && return
    mkdir -p "$build/api"
    cp tests/api/package.json tests/api/package-lock.json "$build/api/"
    (cd "$build/api" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    cp tests/api/package-lock.json "$build/api/installed.json"
}
install_packages >"$work/npm" 2>&1 || skip "npm can't install the packages: $(tail -1 "$work/npm")"

failed=0
check() { # name, command...
    local name=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "ok api: $name"
    else
        echo "not ok api: $name"
        tail -40 "$work/said" | sed 's/^/# /'
        failed=1
    fi
}

# Serves a copy of the demo world, with the rate limits on or off; its address is then in `site`.
serve() { # name, on|off
    CONTRAFLOW_WEB_RATE_LIMITS=$2 "$CONTRAFLOW" serve --data "$work/$1" --port 0 >"$work/$1.out" 2>&1 &
    children+=($!)
    for _ in $(seq 400); do
        site=$(grep -ohE 'http://127\.0\.0\.1:[0-9]+' "$work/$1.out" | head -1)
        [ -n "$site" ] && return
        sleep 0.05
    done
}
tests/world.sh "$work/data" >"$work/demo" 2>&1 || {
    echo "not ok api: the demo world"
    tail -5 "$work/demo" | sed 's/^/# /'
    exit 1
}
cp -a "$work/data" "$work/trial" && cp -a "$work/data" "$work/asked"
serve data off
check "the program serves its document" curl -sf -o "$work/openapi.json" "$site/api/v1/openapi.json"

export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
check "redocly finds no error" "$packages/redocly" lint "$work/openapi.json"
check "spectral finds no error" "$packages/spectral" lint -q -D -r tests/api/.spectral.yaml "$work/openapi.json"

port=$((20000 + $$ % 20000))
while command -v ss >/dev/null && ss -Hltn "sport = :$port" | grep -q .; do
    port=$((port + 1))
done
"$packages/prism" proxy --port "$port" "$work/openapi.json" "$site" >"$work/prism" 2>&1 &
children+=($!)
for _ in $(seq 600); do
    grep -q 'Prism is listening' "$work/prism" && break
    kill -0 "${children[-1]}" 2>/dev/null || break
    sleep 0.1
done
node tests/api/prism.mjs "$site" "http://127.0.0.1:$port" "$work/openapi.json" || failed=1

serve trial off
trial=$site
serve asked on
node tests/api/contract.mjs "$trial" "$site" "$work/openapi.json" "$build/api" "$work" "$([ -n "${TEST_NIGHTLY:-}" ] && echo all || echo reading)" || failed=1

if [ -n "${TEST_NIGHTLY:-}" ]; then
    check "the stories are told" env -u TEST_POSTGRESQL STORY_RECORD="$work/record" "$build/tests$variant/scenario_test"
    node tests/api/stories.mjs "$work/record" "$work/openapi.json" "$packages/prism" || failed=1
else
    echo "ok api: what the stories ask, through prism # SKIP only in the nightly run (TEST_NIGHTLY=1)"
fi
exit $failed
