#!/bin/bash
# One process, SQLite: everything in one folder.
#
#   deploy/one.sh start DIR     starts it on a free loopback port with all its data in the empty DIR
#   deploy/one.sh crash DIR     kills it without a word
#   deploy/one.sh revive DIR    starts it again, as systemd would
#   deploy/one.sh stop DIR      ends it; the data stays
#
# In production: a unit with `ExecStart=/usr/bin/contraflow serve --data /var/lib/contraflow --port 8080`,
# `User=contraflow`, `Restart=always`; before it a proxy that speaks TLS (see haproxy.sh), site.url with
# https:// and web.trusted_proxies = 127.0.0.1 in contraflow.conf. `contraflow backup` by a timer.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/parts.sh"

start() {
    need ss curl "$program"
    settings "site.name = One process"
    free_port
    echo "$port" >"$dir/port"
    revive || exit 1
    echo "site http://127.0.0.1:$port"
}

crash() {
    kill -9 "$(number_of contraflow)"
}

revive() {
    local port
    port=$(cat "$dir/port")
    serve contraflow "$port"
    wait_until 60 contraflow ready "$port"
}

stop() {
    end contraflow TERM
}

main "$@"
