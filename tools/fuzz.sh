#!/bin/bash
# Fuzzes each target for a while and keeps what reached new code.
#
#   tools/fuzz.sh SECONDS build/fuzz/NAME...
#
# Starts from tests/corpus/NAME/, collects into build/fuzz/NAME.found/, and merges the inputs that
# cover something new back into tests/corpus/NAME/ (at most 64 KiB each). An input that breaks the
# target stands in build/fuzz/NAME.broken/: copy it to the corpus with its fix.
set -uo pipefail
cd "$(dirname "$0")/.."

seconds=$1
shift
if [ $# -eq 0 ]; then
    echo "There is no tests/fuzz_*.c to run." >&2
    exit 1
fi

broken=0
for target in "$@"; do
    name=$(basename "$target")
    corpus=tests/corpus/$name
    found=$target.found
    mkdir -p "$corpus" "$found" "$target.broken"
    echo "fuzz $name for $seconds s"
    if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
        -print_final_stats=1 -artifact_prefix="$target.broken/" \
        "$found" "$corpus" >"$target.log" 2>&1 </dev/null; then
        grep -E 'number_of_executed_units|average_exec_per_sec' "$target.log" | sed 's/^/    /'
        "$target" -merge=1 -max_len=65536 "$corpus" "$found" >>"$target.log" 2>&1 </dev/null
        echo "    corpus: $(find "$corpus" -type f | wc -l) inputs"
    else
        tail -n 40 "$target.log" | sed 's/^/    /'
        echo "    $name broke; input in $target.broken/"
        broken=$((broken + 1))
    fi
done
[ $broken -eq 0 ]
