#!/bin/bash
# A demo world for a test: made once for each build of the program, and anew after an hour, since much in it
# depends on the day; each test gets a copy. Media are never changed in place, so they are links.
#
#   tests/world.sh DATA
set -euo pipefail

world=${BUILD:-build}/world
mkdir -p "${BUILD:-build}"
exec 9>"$world.lock"
flock 9
if [ -z "$(find "$world/made" -newer "$CONTRAFLOW" -mmin -60 2>/dev/null)" ]; then
    rm -rf "$world"
    mkdir "$world"
    "$CONTRAFLOW" demo --data "$world/data"
    touch "$world/made"
fi
mkdir -m 700 "$1"
for part in "$world"/data/*; do
    if [ "${part##*/}" = media ]; then
        cp -al "$part" "$1/" 2>/dev/null || cp -a "$part" "$1/"
    else
        cp -a "$part" "$1/"
    fi
done
