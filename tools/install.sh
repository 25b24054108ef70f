#!/bin/bash
# Installs the Debian packages of the purposes named that are missing, and says so.
#
#   tools/install.sh build run test     purposes as in tools/packages.txt
#
# Does nothing, quickly, when a stamp says that the same list was complete before. Needs root or
# sudo only when something is missing. Read next: tools/packages.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

list=tools/packages.txt
wanted=$(for purpose in "$@"; do awk -v p="$purpose" '$1 == p { print $2 }' "$list"; done)
stamp=build/installed-$(IFS=-; echo "$*")
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

have() {
    case $1 in
        nodejs) command -v node >/dev/null ;;
        npm) command -v npm >/dev/null ;;
        *) [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
    esac
}

missing=()
for package in $wanted; do
    have "$package" || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
    if ! command -v apt-get >/dev/null; then
        echo "Missing, and this is no Debian to install them on: ${missing[*]}" >&2
        exit 1
    fi
    as_root=()
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Missing Debian packages: ${missing[*]}" >&2
            echo "Run this as root, or install them:  apt-get install ${missing[*]}" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    echo "Installing from Debian: ${missing[*]}"
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    install_all() {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q \
            --no-install-recommends install "${missing[@]}" >"$log" 2>&1 </dev/null
    }
    if ! install_all; then
        "${as_root[@]}" apt-get -q update >"$log" 2>&1 </dev/null || { cat "$log" >&2; exit 1; }
        install_all || { cat "$log" >&2; exit 1; }
    fi
    for package in "${missing[@]}"; do
        have "$package" || { cat "$log" >&2; echo "$package is still missing." >&2; exit 1; }
    done
fi

mkdir -p build
printf '%s\n' "$wanted" >"$stamp"
