#!/bin/bash
# People in a real browser: the two stories with script and without, a calendar before ical.js, accounts with
# passkeys and with an account elsewhere, programs that come in, the feedback tab and recommendations on another
# website, a shop's files, recommendations on one level and three and without cookies, and the weight of the first
# page; the walk over every page (run_pages.sh).
# alone
#
#   tests/run_browser.sh [story|no-script|calendar|passkey|provider|apps|widget|recommend|files|levels|cookieless|weight|pages]...
#                                                                  all of them but pages without a name
#
# CONTRAFLOW is the program; npm packages go to $BUILD/browser, and so do pictures of pages on which
# something went wrong. The demo world lies in a temporary folder. Read next: tests/browser/cycle.mjs.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
export CONTRAFLOW=${CONTRAFLOW:-$build/contraflow}
export BROWSER_PACKAGES=$build/browser BROWSER_FAILURES=$build/browser/failures OIDC_PACKAGES=$build/oidc
tests=("$@")
[ $# -gt 0 ] || tests=(weight calendar passkey provider apps widget recommend files levels appeal cookieless story no-script invite)

skip() {
    for test in "${tests[@]}"; do
        echo "ok browser: $test # SKIP $1"
    done
    exit 0
}

for needed in node npm java ffmpeg curl openssl; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "chromium is not installed"
export CHROMIUM

server=
provider=
world=$(mktemp -d /tmp/contraflow-browser.XXXXXX)
cleanup() {
    for child in $server $provider; do
        kill "$child" 2>/dev/null && wait "$child" 2>/dev/null
    done
    rm -rf "$world"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

install_packages() { # folder of tests and of the build
    cmp -s "tests/$1/package-lock.json" "$build/$1/installed.json" && return
    mkdir -p "$build/$1"
    cp "tests/$1/package.json" "tests/$1/package-lock.json" "$build/$1/"
    (cd "$build/$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    cp "tests/$1/package-lock.json" "$build/$1/installed.json"
}
for packages in browser oidc; do
    install_packages $packages >"$world/npm" 2>&1 || skip "npm can't install the packages: $(tail -1 "$world/npm")"
done

# Photographs that the demo world does not hold: one that is slightly damaged in the package, so that
# only an export of it is kept, and half of one that is there, which looks unlike the whole.
export BROWSER_PHOTOGRAPHS=$world/photographs
mkdir "$BROWSER_PHOTOGRAPHS"
export_anew() { # from, to, filter
    ffmpeg -nostdin -v quiet -i "/usr/share/backgrounds/$1" -vf "$3" -q:v 2 "$BROWSER_PHOTOGRAPHS/$2"
}
export_anew mate/nature/Wood.jpg surface.jpg null &&
    export_anew Bridge_by_Sander_Klootwijk.jpg bridge.jpg "crop=iw*0.6:ih:0:0" ||
    skip "lomiri-wallpapers-16.04 or mate-backgrounds is not installed"

# What a shop on another website shows to browsers that are told to trust it.
export BROWSER_TLS_KEY=$world/key.pem BROWSER_TLS_CERTIFICATE=$world/certificate.pem
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=shop \
    -addext subjectAltName=DNS:localhost -keyout "$BROWSER_TLS_KEY" -out "$BROWSER_TLS_CERTIFICATE" \
    >"$world/openssl" 2>&1 || skip "openssl makes no certificate"

export BROWSER_WORLD=$world/data
if ! tests/world.sh "$BROWSER_WORLD" >"$world/said" 2>&1; then
    echo "not ok browser: the demo world"
    sed 's/^/# /' "$world/said" | tail -5
    exit 1
fi
# A provider at which everybody has an account; it is told the site once that is known.
node tests/oidc/serve.mjs "$world/site" >"$world/provider" 2>"$world/provider-said" &
provider=$!
for _ in $(seq 200); do
    [ -s "$world/provider" ] && break
    sleep 0.05
done
export CONTRAFLOW_OIDC_1_NAME=Nordkonto CONTRAFLOW_OIDC_1_CLIENT=contraflow CONTRAFLOW_OIDC_1_SECRET="of a test"
CONTRAFLOW_OIDC_1_ISSUER=$(cat "$world/provider")
export CONTRAFLOW_OIDC_1_ISSUER

: >"$world/said"
CONTRAFLOW_WEB_RATE_LIMITS=off "$CONTRAFLOW" serve --data "$BROWSER_WORLD" --port 0 >"$world/said" 2>&1 &
server=$!
BROWSER_SITE=
for _ in $(seq 200); do
    BROWSER_SITE=$(grep -ohE 'http://127\.0\.0\.1:[0-9]+' "$world/said" | head -1)
    [ -n "$BROWSER_SITE" ] && break
    sleep 0.05
done
if [ -z "$BROWSER_SITE" ]; then
    echo "not ok browser: the server starts"
    sed 's/^/# /' "$world/said" | tail -5
    exit 1
fi
export BROWSER_SITE
echo "$BROWSER_SITE" >"$world/site"

code=0
for test in "${tests[@]}"; do
    started=$SECONDS
    node "tests/browser/$test.mjs" || code=1
    echo "# $test took $((SECONDS - started)) s"
done
exit $code
