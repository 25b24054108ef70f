#!/bin/bash
# The program before people who mean harm and their tools: wapiti and sqlmap on every page, form, query and
# operation that a guest, a person, a business and an operator of the demo world can reach, and csp_evaluator
# on every policy. What is found and is none stands with its reason in tests/security/exceptions.txt.
#
# The scanners take an hour and run nightly (TEST_NIGHTLY=1); ./test goes through all pages and looks at the
# policies and for answers that fail. Each role has a copy of the world of its own.
#
#   SECURITY_ROLES   those to run, with blanks between: "guest person business operator"
#   SECURITY_TOOLS   "wapiti sqlmap"
#   SECURITY_SECONDS how long each module of wapiti may take (300)
#
# Read next: tests/security/door.mjs.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
contraflow=${CONTRAFLOW:-$build/contraflow$variant}
roles=${SECURITY_ROLES:-guest person business operator}
tools=${SECURITY_TOOLS:-wapiti sqlmap}
modules=sql,xss,permanentxss,exec,file,ssrf,redirect,crlf,xxe,csrf,http_headers,csp,cookieflags,methods,shellshock,htaccess,backup
failed=0
children=()

skip() {
    echo "ok security # SKIP $1"
    exit 0
}
for needed in node npm curl; do
    command -v $needed >/dev/null || skip "$needed is not installed"
done
work=$(mktemp -d /tmp/contraflow-security.XXXXXX)
cleanup() {
    for child in ${children[@]+"${children[@]}"}; do
        kill "$child" 2>/dev/null && wait "$child" 2>/dev/null
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

install_packages() {
    cmp -s tests/security/package-lock.json "$build/security/installed.json" && return
    mkdir -p "$build/security"
    cp tests/security/package.json tests/security/package-lock.json "$build/security/"
    (cd "$build/security" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || return
    cp tests/security/package-lock.json "$build/security/installed.json"
}
install_packages >"$work/npm" 2>&1 || skip "npm can't install the packages: $(tail -1 "$work/npm")"
if [ -n "${TEST_NIGHTLY:-}" ]; then
    bash tools/install.sh nightly >"$work/install" 2>&1 ||
        skip "the scanners can't be installed: $(tail -1 "$work/install")"
fi

# The exceptions that apply are taken out and remembered; what is left fails.
judge() { # name, file of findings, what was done
    local left=0 excepted=0 line rule met
    while IFS= read -r line; do
        met=
        while IFS= read -r rule; do
            [[ $rule =~ ^(#|$) ]] && continue
            [[ $line == *"$rule"* ]] && met=$rule && break
        done <tests/security/exceptions.txt
        if [ -n "$met" ]; then
            excepted=$((excepted + 1))
            echo "$met" >>"$work/met"
        else
            left=$((left + 1))
            echo "# $line"
        fi
    done <"$2"
    [ $left -eq 0 ] && echo "ok security: $1: 0 findings, $excepted excepted ($3)" && return
    echo "not ok security: $1: $left findings, $excepted excepted ($3)"
    failed=1
}

wait_for() { # pattern, file
    for _ in $(seq 1200); do
        grep -qE "$1" "$2" 2>/dev/null && return
        sleep 0.05
    done
    echo "# waited a minute for $1"
    tail -5 "$2" | sed 's/^/# /'
    return 1
}

scan_wapiti() { # role
    local at=http://127.0.0.1:$door folder=$work/$1
    (cd "$folder" && wapiti -u "$at/map" -s "$at/" --scope domain -d 1 -m "$modules" --max-attack-time "${SECURITY_SECONDS:-300}" \
        --endpoint "http://127.0.0.1:$endpoint/" --no-bugreport --flush-session --store-session "$folder/session" \
        -f json -o "$folder/wapiti.json" -v 0) >"$folder/wapiti" 2>&1 </dev/null
    [ -s "$folder/wapiti.json" ] || tail -3 "$folder/wapiti" >"$folder/found"
    [ -s "$folder/wapiti.json" ] && node tests/security/wapiti.mjs "$folder/wapiti.json" >"$folder/found"
    judge "wapiti as $1" "$folder/found" "$(grep -o '[0-9]* URLs and forms' "$folder/wapiti"), $(grep -c 'Launching module' "$folder/wapiti") modules, $(grep -c 'Max attack time' "$folder/wapiti") of them stopped by the clock"
}

scan_sqlmap() { # role, portals...
    local folder=$work/$1 name=$1
    shift
    node tests/security/sqlmap.mjs "http://127.0.0.1:$door" "$folder/sqlmap" 2 "$@" \
        <"$work/openapi.json" >"$folder/found" 2>"$folder/done"
    judge "sqlmap as $name" "$folder/found" "$(tail -1 "$folder/done")"
}

# What the door saw: answers that failed, and what the program called by itself.
judge_door() { # role
    node -e '
        const report = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").pop());
        report.faults.forEach((one) => console.log(`answer: ${JSON.stringify(one)}`));
        report.called.forEach((one) => console.log(`called: ${JSON.stringify(one)}`));
        console.error(`${report.requests} requests, ${report.map.length} kinds of links and forms, ${JSON.stringify(report.statuses)}`);
    ' "$work/$1/door" >"$work/$1/found" 2>"$work/$1/done"
    judge "answers to $1" "$work/$1/found" "$(tail -1 "$work/$1/done")"
    grep -hE 'assert|our_fault|panic' "$work/$1/serve" | head -20 >"$work/$1/found"
    judge "log of $1" "$work/$1/found" "$(wc -l <"$work/$1/serve") lines"
}

run_role() { # role, portals...
    local role=$1 who=() folder=$work/$1
    shift
    case $role in
        person) who=(ines@example.org contraflow) ;;
        business) who=(maren@example.org contraflow) ;;
        operator) who=(sam@example.org contraflow) ;;
    esac
    mkdir "$folder" && : >"$folder/serve" && : >"$folder/door"
    cp -al "$work/data" "$folder/data" && rm "$folder/data/contraflow.db"* && cp "$work/data/contraflow.db"* "$folder/data/"
    CONTRAFLOW_WEB_RATE_LIMITS=off "$contraflow" serve --data "$folder/data" --port 0 >"$folder/serve" 2>&1 &
    local server=$!
    children+=($server)
    wait_for 'http://127\.0\.0\.1:[0-9]+' "$folder/serve" || return
    local site
    site=$(grep -ohE 'http://127\.0\.0\.1:[0-9]+' "$folder/serve" | head -1)
    curl -sf -o "$work/openapi.json" "$site/api/v1/openapi.json"
    node tests/security/door.mjs "$site" ${who[@]+"${who[@]}"} >"$folder/door" 2>&1 &
    local doorman=$!
    children+=($doorman)
    wait_for '^door [0-9]' "$folder/door" || return
    read -r _ door _ endpoint <"$folder/door"
    if [ -n "${TEST_NIGHTLY:-}" ]; then
        [[ $tools == *wapiti* ]] && scan_wapiti "$role"
        [[ $tools == *sqlmap* ]] && scan_sqlmap "$role" "$@"
    fi
    kill -TERM $doorman && wait $doorman
    kill -TERM $server && wait $server
    judge_door "$role"
}

CONTRAFLOW=$contraflow tests/world.sh "$work/data" >"$work/demo" 2>&1 || {
    echo "not ok security: the demo world"
    tail -5 "$work/demo" | sed 's/^/# /'
    exit 1
}
for role in $roles; do
    case $role in
        guest) portals=(anyone) ;;
        person) portals=(signed_in) ;;
        business) portals=(viewer buyer owner) ;;
        operator) portals=(operator moderator support finance admin) ;;
    esac
    run_role "$role" "${portals[@]}" || { echo "not ok security: $role came in"; failed=1; }
done
policies=$(node tests/security/csp.mjs "$build/security" "$work"/*/door 2>&1 >"$work/found")
judge "csp_evaluator" "$work/found" "$policies policies"

if [ -n "${TEST_NIGHTLY:-}" ] && [ -z "${SECURITY_ROLES:-}${SECURITY_TOOLS:-}" ]; then
    grep -vE '^(#|$)' tests/security/exceptions.txt | grep -vxFf "$work/met" >"$work/found"
    judge "exceptions that are no longer needed" "$work/found" "tests/security/exceptions.txt"
elif [ -z "${TEST_NIGHTLY:-}" ]; then
    echo "ok security wapiti and sqlmap # SKIP only in the nightly run (TEST_NIGHTLY=1)"
fi
exit $failed
