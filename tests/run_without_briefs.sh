#!/bin/bash
# A module is one folder and one line: without the line of briefs the program builds, starts, passes and
# shows no trace of them, in no page and not in the API.
#
# A copy of the tree is built in $BUILD/without-briefs, beginning with the objects that are there, so
# that only what differs is compiled. TEST_NIGHTLY=1 builds and runs all of its tests, not only those that
# see the whole program.
#
# alone
set -uo pipefail
cd "$(dirname "$0")/.."

module=briefs word=brief
# Names of icons, not of ours: the mark of a business is a briefcase.
fine=(briefcase)
build=${BUILD:-build}
case $build in /*) folder=$build ;; *) folder=$PWD/$build ;; esac
tree=$folder/without-$module/tree
log=$folder/without-$module/build.log

skip() {
    echo "ok without $module # SKIP $*"
    exit 0
}
grep -q "^MODULE($module)" src/modules/modules.def || skip "src/modules/modules.def has no line of it"
[ -z "${TEST_VARIANT:-}" ] || skip "the ordinary build shows it"

# ---- the copy ---------------------------------------------------------------------------------------

# Times are kept, so that make sees what changed and nothing else. What was built stays for the next run.
mkdir -p "$tree"
find "$tree" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
tar -c --exclude=./build --exclude=./.git --exclude=./data --exclude="./${build%/}" --exclude=node_modules . |
    tar -x -C "$tree"
# Objects name the headers they were made from by their path, which is the same only below "build".
if [ "$build" = build ] && [ ! -d "$tree/build" ]; then
    mkdir "$tree/build"
    for part in bin gen obj assets ui flags packages.mk inputs.list objects.list embedded.list; do
        [ -e "build/$part" ] && cp -a "build/$part" "$tree/build/"
    done
fi
sed -i "/^MODULE($module)/d" "$tree/src/modules/modules.def"

failed=0
result() { # what, 0 when it went well
    if [ "$2" -eq 0 ]; then
        echo "ok without $module: $1"
    else
        echo "not ok without $module: $1"
        failed=1
    fi
}

# A program of the tree whose lines count as one; its bad ones are shown.
passes() { # what, program and arguments
    local what=$1 said code
    shift
    said=$(cd "$tree" && "$@" 2>&1)
    code=$?
    ! grep -q '^not ok' <<<"$said" || code=1
    [ "$code" -eq 0 ] || { grep -B8 -A8 '^not ok' <<<"$said" || tail -n 20 <<<"$said"; } | sed 's/^/# /'
    result "$what ($(grep -c '^ok' <<<"$said") lines)" "$code"
}

# ---- it builds --------------------------------------------------------------------------------------

wanted=(build/contraflow)
spans=(roles_test states_test plans_test scenario_test)
for span in "${spans[@]}"; do
    wanted+=("build/tests/$span")
done
export CCACHE_NOHASHDIR=1
unset BUILD MAKEFLAGS MFLAGS MAKELEVEL
make -C "$tree" --no-print-directory JOBS=2 "${wanted[@]}" >"$log" 2>&1 </dev/null
built=$?
[ $built -eq 0 ] || grep -v '^  [a-z]' "$log" | tail -n 30 | sed 's/^/# /'
result "it builds" $built
[ $built -eq 0 ] || exit 1

# ---- no trace of it ---------------------------------------------------------------------------------

# Whether what the program says at its command line, and all pages and words in it, names the module.
said=$(cd "$tree" && build/contraflow help 2>&1; cd "$tree" && build/contraflow config 2>&1)
grep -i "$word" <<<"$said" | sed 's/^/# /'
! grep -qi "$word" <<<"$said"
result "the command line does not name it" $?
! grep -aq "modules/$module/" "$tree/build/gen/embedded.c"
result "none of its pages and words is in the program" $?
grep -aoE "\b${module}_[a-z_]+" "$tree/build/gen/all_statements.c" "$tree/build/gen/all_shapes.c" | sort -u | head | sed 's/^/# /'
! grep -q "\b${module}_" "$tree/build/gen/all_statements.c" "$tree/build/gen/all_shapes.c"
result "none of its statements and shapes is in the program" $?
passes "no answer to anybody and no part of the API document names it" \
    build/tests/roles_test "$word" "${fine[@]}"
passes "every state with every event" build/tests/states_test
passes "every statement finds an index" build/tests/plans_test

# ---- it starts --------------------------------------------------------------------------------------

data=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$data"
}
trap finish EXIT
"$tree/build/contraflow" serve --data "$data/world" --port 0 >"$data/log" 2>&1 </dev/null &
server=$!
port=
for _ in $(seq 100); do
    port=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$data/log" | head -1 | grep -oE '[0-9]+$')
    [ -n "$port" ] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
status() { # path
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$1" >&3
    head -n 1 <&3 | cut -d ' ' -f 2
    exec 3>&-
}
[ -n "$port" ] || sed 's/^/# /' "$data/log"
[ -n "$port" ] && [ "$(status /)" = 200 ]
result "it starts and answers" $?
[ -n "$port" ] && [ "$(status /$module)" = 404 ] && [ "$(status "/api/v1/$module")" = 404 ]
result "its paths are gone" $?

# ---- the other stories ------------------------------------------------------------------------------

passes "the stories of the others" build/tests/scenario_test

if [ -n "${TEST_NIGHTLY:-}" ]; then
    passes "all of its tests" ./test
fi
exit $failed
