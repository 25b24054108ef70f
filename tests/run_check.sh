#!/bin/bash
# Tests of the house checker: a small tree that breaks every rule is told so, rule by rule and line by
# line, and the same tree mended is left alone. Read next: tools/check.c.
set -uo pipefail
cd "$(dirname "$0")/.."

checker=$PWD/${BUILD:-build}/bin/check
case ${BUILD:-build} in /*) checker=$BUILD/bin/check ;; esac
if [ ! -x "$checker" ]; then
    echo "not ok check: $checker is not built"
    exit 1
fi
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0

fresh() {
    rm -rf "$tree"
    mkdir -p "$tree"/{src/base,src/web,src/core/text,src/core/schema,tools,docs}
    top='/*\n * A file of the test tree, with a header comment that is long enough to say something.\n */\n'
}

# NAME, what must be printed (a whole line's beginning; nothing: no finding at all)
expect() {
    local said
    said=$("$checker" "$tree" 2>&1)
    if [ -z "$2" ] && [ -z "$said" ]; then
        echo "ok check: $1"
    elif [ -n "$2" ] && grep -qF -- "$2" <<<"$said"; then
        echo "ok check: $1"
    else
        echo "not ok check: $1"
        echo "# expected: ${2:-nothing}"
        sed 's/^/# said: /' <<<"$said"
        failed=1
    fi
}

source_file() { # path, text after the header comment
    mkdir -p "$tree/$(dirname "$1")"
    printf "$top%b" "$2" >"$tree/$1"
}

broken() { # NAME, path, text, expected
    fresh
    source_file "$2" "$3"
    expect "$1" "$4"
}
fine() {
    fresh
    source_file "$2" "$3"
    expect "$1" ""
}

broken "a lower folder includes a higher one" src/base/a.c '#include "web/page.h"\n' 'src/base/a.c:4: include-direction:'
fine "a higher folder includes a lower one" src/web/a.c '#include "base/text.h"\n'
broken "a lower folder includes a topic of core" src/web/a.c '#include "core/pay/pay.h"\n' 'src/web/a.c:4: include-direction:'
broken "a topic of core includes a module" src/core/pay/a.c '#include "modules/stock/stock.h"\n' 'src/core/pay/a.c:4: include-direction:'
broken "a topic of core includes by a bare name" src/core/pay/a.c '#include "pay.h"\n' 'src/core/pay/a.c:4: include-path:'
fine "topics of core include core and each other" src/core/pay/a.c '#include "core/flow.h"\n#include "core/people/party.h"\n'
broken "an include without its folder" src/web/a.c '#include "text.h"\n' 'src/web/a.c:4: include-path:'
broken "SQL in a literal" src/core/a.c 'const char *a = "SELECT id FROM core_deal";\n' 'src/core/a.c:4: sql-literal:'
fine "a sentence that begins with Update" src/core/a.c 'const char *a = "Update the page; SELECTED";\n'
fine "SQL in a comment" src/core/a.c '/* "SELECT id FROM core_deal" */\n'
fine "SQL as data of a test" src/core/a_test.c 'const char *a = "DELETE FROM core_deal";\n'
broken "HTML in a literal" src/web/a.c 'const char *a = "<div class=x>";\n' 'src/web/a.c:4: html-literal:'
fine "XML that is no HTML" src/core/a.c 'const char *a = "<Document xmlns=x><Cdtr>";\n'
broken "raw HTML without a reason" src/web/a.c 'void f(void)\n{\n    x.markup = y;\n}\n' 'src/web/a.c:6: raw-html:'
fine "raw HTML with a reason" src/web/a.c 'void f(void)\n{\n    x.markup = y; /* html: digits only */\n}\n'
broken "a banned call" src/base/a.c 'void f(void)\n{\n    strcpy(a, b);\n}\n' 'src/base/a.c:6: banned-call: strcpy: use'
fine "a member called like a banned call" src/base/a.c 'void f(void)\n{\n    x->time(a);\n}\n'
fine "a declaration called like a banned call" src/base/a.c 'int random(void);\n'
broken "a return behind a macro" src/base/a.c '#define TRY(x) \\\\\n    if (x) \\\\\n        return x\n' 'src/base/a.c:6: macro-jump: a macro hides return'
lines=$(printf '    a();\\n%.0s' {1..70})
broken "a function that is too long" src/base/a.c "int long_one(int a)\n{\n$lines}\n" 'src/base/a.c:4: function-length: long_one has 73 lines'
lines=$(printf '    a();\\n%.0s' {1..67})
fine "a function of 70 lines" src/base/a.c "int long_one(int a)\n{\n$lines}\n"
lines=$(printf 'int a;\\n%.0s' {1..1000})
broken "a file that is too long" src/base/a.c "$lines" 'src/base/a.c:0: file-length: has 1003 lines'
broken "a header without its guard" src/base/a.h 'int a;\n' 'src/base/a.h:1: header-guard: has no #ifndef CONTRAFLOW_BASE_A_H'
broken "unfinished work" src/base/a.c "/* TO""DO: the rest */\n" 'src/base/a.c:4: unfinished:'
broken "a path of one machine" src/base/a.c '/* see /ho''me/ann/notes */\n' 'src/base/a.c:4: private-path:'
broken "a name that says nothing" src/base/utils.c 'int a;\n' 'src/base/utils.c:0: file-name:'

fresh
echo 'int a;' >"$tree/src/base/a.c"
expect "a file without a header comment" 'src/base/a.c:1: header-comment:'

fresh
printf '/*\n * The rules of a.\n */\n' >"$tree/src/base/a.c"
expect "a header comment that says little" 'src/base/a.c:1: header-comment: its first comment is shorter than 40'

fresh
printf '/*\n * A file that sends its reader on to one that is not there. Read next: base/gone.c.\n */\n' >"$tree/src/base/a.c"
expect "a reader sent to a missing file" 'src/base/a.c:2: read-next: there is no base/gone.c'

fresh
source_file src/modules/one/one.c '#include "modules/two/two.h"\n'
expect "modules that include each other" 'src/modules/one/one.c:4: include-direction: modules never'
expect "a module without its parts" 'src/modules/one:0: module-shape: has no states.c'
fresh
source_file src/modules/one/one.c '    .demo = one_demo,\n'
expect "a demo world that stands elsewhere" 'src/modules/one:0: module-shape: has no demo.c'

words() { # en fr
    fresh
    printf '%b' "$1" >"$tree/src/core/text/en.txt"
    printf '%b' "$2" >"$tree/src/core/text/fr.txt"
    cp "$tree/src/core/text/en.txt" "$tree/src/core/text/ru.txt"
    cp "$tree/src/core/text/en.txt" "$tree/src/core/text/zh-Hant.txt"
}
words 'a = Hello\nb = Bye\n' 'a = Bonjour\n'
expect "a missing translation" 'src/core/text/fr.txt:0: words-missing: has no b'
words 'a = Hello\n' 'a = Bonjour\nc = Trop\n'
expect "a translation of nothing" 'src/core/text/en.txt:0: words-missing: has no c'
words 'a = {count, plural, one {# file of {who}} other {# files of {who}}}\n' 'a = {count, plural, one {# fichier} other {# fichiers}}\n'
expect "an argument lost inside a plural" 'src/core/text/fr.txt:1: words-argument: a lacks {who}'
words 'a = {n}\n' 'a = {n\n'
expect "braces that do not match" 'src/core/text/fr.txt:1: words-format:'
words 'a = x\n' 'a = x\na = y\n'
expect "a key twice" 'src/core/text/fr.txt:2: words-format: a stands in line 1 already'
words '# note\na = {n, plural, one {# {b}}\n  other {# {b}}}\n' "a = L''ami {b} de {n, plural, one {un} other {#}}\n"
expect "equal words files" ''
words 'notice.kept = Kept\n' 'notice.kept = Fait\n'
source_file src/core/a.c 'void a(void) { request_go_saying(request(1, 2), "kept", "/"); request_refuse(r, "what", "lost"); }\n'
expect "a text that C names and nobody wrote" 'words-missing: no text/en.txt has lost'
words 'a = Hello\n' 'a = Bonjour\n'
rm "$tree/src/core/text/ru.txt"
expect "a missing language" 'src/core/text/ru.txt:0: words-missing: does not exist'

schema() {
    fresh
    mkdir -p "$tree/src/ledger/schema"
    printf -- "-- A migration of the test tree.\n\n$1" >"$tree/src/ledger/schema/0001_a.sql"
}
schema 'CREATE TABLE ledger_a (\n    id KEY -- a\n);\n'
expect "a table without a comment" '0001_a.sql:3: schema-note: table ledger_a'
schema '\n-- A.\nCREATE TABLE ledger_a (\n    id KEY, -- a\n    name WORDS NOT NULL,\n    CHECK (id > 0)\n);\n'
expect "a column without a comment" '0001_a.sql:7: schema-note: column name'
schema '\n-- A.\nCREATE TABLE other (\n    id KEY -- a\n);\n'
expect "a table named after another folder" '0001_a.sql:5: table-name: table other'
schema '\n-- A.\nCREATE TABLE ledger_a (\n    id KEY, -- a\n    name WORDS NOT NULL\n        CHECK (x), -- b\n    UNIQUE (id, name)\n);\n'
expect "a table with comments" ''

fresh
printf 'See `src/base/gone.c`, src/modules/NAME/pages and [this](gone.md).\n' >"$tree/docs/a.md"
expect "a document that names a missing file" 'docs/a.md:1: document: names src/base/gone.c'
expect "a link to a missing file" 'docs/a.md:1: document: links to gone.md'
fresh
source_file src/base/there.c 'int a;\n'
printf 'See `src/base/there.c`, src/modules/NAME/pages, `src/modules/<name>/` and [this](a.md#x).\n' >"$tree/docs/a.md"
expect "a document that names what exists" ''

fresh
source_file src/base/a.c 'void f(void)\n{\n    strcpy(a, b);\n    strcpy(a, b);\n}\n'
echo 'banned-call src/base/a.c 2' >"$tree/tools/check.conf"
expect "as many exceptions as needed" ''
echo 'banned-call src/base/a.c 1' >"$tree/tools/check.conf"
expect "more findings than exceptions" 'src/base/a.c:7: banned-call:'
echo 'banned-call src/base/a.c 3' >"$tree/tools/check.conf"
expect "an exception that is too wide" 'tools/check.conf:1: exception: src/base/a.c needs only 2 of the 3'
echo 'sql-literal src/base/a.c 1' >"$tree/tools/check.conf"
expect "an exception that is not needed" 'needs only 0 of the 1 allowed to sql-literal; remove the line'

exit $failed
