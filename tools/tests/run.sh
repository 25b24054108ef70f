#!/bin/bash
# Tests of the generators: what they refuse, with which place and words, and that what they write
# compiles under gcc and clang and says the truth about the structs.
#
# tools/tests/run.sh [FOLDER]     FOLDER holds the built generators, build/bin when not given
#
# Prints a line `ok NAME` or `not ok NAME` a test; the status is 1 when any failed.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$(cd "${1:-$root/build/bin}" && pwd) || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir -p src
failed=0

report() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        echo "ok $1"
    else
        echo "not ok $1"
        failed=1
    fi
}

# The command must end with status 1, say exactly one line that begins with START, and write nothing.
expect_refusal() { # NAME START COMMAND...
    local name=$1 start=$2 status
    shift 2
    rm -rf out
    "$@" >said 2>&1
    status=$?
    if [ $status -eq 1 ] && [ "$(wc -l <said)" -eq 1 ] && [ ! -e out ] &&
        [[ "$(cat said)" == "$start"* ]]; then
        report "$name" 0
    else
        echo "# status $status, expected: $start" >&2
        sed 's/^/# said: /' said >&2
        report "$name" 1
    fi
}

bad_header() { # NAME START; the header comes from standard input
    cat >src/bad.h
    expect_refusal "header: $1" "$2" "$bin/shapes" out src/bad.h
}

bad_sql() { # NAME START; the file comes from standard input
    cat >src/queries.sql
    expect_refusal "sql: $1" "$2" "$bin/statements" out "$root/src/base/shape.h" src/good.h \
        -- src/queries.sql
}

. "$root/tools/tests/bad_headers.sh"
. "$root/tools/tests/good.sh"
. "$root/tools/tests/bad_sql.sh"
. "$root/tools/tests/files.sh"
exit $failed
