#!/bin/bash
# Media in a bucket: the unit tests, and stories from upload to download, with s3rver on loopback.
#
# npm packages go to $BUILD/s3. s3rver keeps what it gets and knows keys, but checks no signatures: the
# unit tests do (src/core/media/s3_test.c). Read next: src/core/media/s3.h.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
tests=$build/tests$variant
failed=0
server=

skip() {
    echo "ok s3 # SKIP $1"
    exit 0
}
for needed in node npm; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
work=$(mktemp -d /tmp/contraflow-s3.XXXXXX)
cleanup() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

install_packages() {
    cmp -s tests/s3/package-lock.json "$build/s3/installed.json" && return
    mkdir -p "$build/s3"
    cp tests/s3/package.json tests/s3/package-lock.json "$build/s3/"
    (cd "$build/s3" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    cp tests/s3/package-lock.json "$build/s3/installed.json"
}
install_packages >"$work/npm" 2>&1 || skip "npm can't install the packages: $(tail -1 "$work/npm")"

port=$((20000 + $$ % 20000))
while command -v ss >/dev/null && ss -Hltn "sport = :$port" | grep -q .; do
    port=$((port + 1))
done
node "$build/s3/node_modules/.bin/s3rver" -d "$work/kept" -a 127.0.0.1 -p "$port" --configure-bucket test \
    >"$work/s3rver" 2>&1 &
server=$!
for _ in $(seq 200); do
    grep -q 'listening' "$work/s3rver" && break
    kill -0 "$server" 2>/dev/null || { sed 's/^/# /' "$work/s3rver"; echo "not ok s3: s3rver does not start"; exit 1; }
    sleep 0.1
done

check() { # name, command...
    local name=$1
    shift
    if "$@" >"$work/said" 2>&1 && ! grep -q '^not ok' "$work/said"; then
        echo "ok s3: $name"
    else
        echo "not ok s3: $name"
        tail -40 "$work/said" | sed 's/^/# /'
        failed=1
    fi
}

export TEST_S3=http://127.0.0.1:$port
check "unit tests with a server" "$tests/core/media/s3_test"
check "none of them is left out" test "$(grep -ci skipped "$work/said")" = 0
check "photographs and clips, as in the folder" "$tests/core/media/media_test"

export CONTRAFLOW_MEDIA_STORE=s3://test/stories CONTRAFLOW_MEDIA_ENDPOINT=$TEST_S3
export CONTRAFLOW_MEDIA_KEY=S3RVER CONTRAFLOW_MEDIA_SECRET=S3RVER
check "from upload to download" "$tests/scenario_test" 020
cp "$work/said" "$work/story"
check "it was told" test "$(grep -c '^ok 020_photo_cycle.story on SQLite' "$work/story")" = 1
check "originals and renditions lie in the bucket" \
    test "$(find "$work/kept/test/stories" -name '*-640m.webp._S3rver_object' | wc -l)" -gt 0

# The store goes away: what comes is refused as the world's fault, and nothing crashes.
kill "$server"
wait "$server" 2>/dev/null
server=
"$tests/scenario_test" 020 >"$work/away" 2>&1
check "without the store the story stops" grep -q '^not ok 020_photo_cycle.story on SQLite' "$work/away"
check "and says that the store failed" grep -q 'media.store_failed step=s3_' "$work/away"
check "no secret in any log" test "$(grep -c 'S3RVER' "$work/away")" = 0
exit $failed
