#!/bin/sh
# A throw-away PostgreSQL for the tests: on loopback, on a free port, gone with its folder.
#
#   tests/postgres.sh START DIR   makes the folder DIR, starts a server in it, prints its URL
#   tests/postgres.sh STOP DIR    ends that server and removes DIR
#
# PostgreSQL refuses to run as root: root starts it as the user postgres.
set -eu

usage() {
    echo "usage: tests/postgres.sh START|STOP DIR" >&2
    exit 2
}

[ $# -eq 2 ] || usage
dir=$2

# Debian keeps the server's programs out of PATH, a folder a version.
for candidate in /usr/lib/postgresql/*/bin; do
    [ -x "$candidate/initdb" ] && PATH=$candidate:$PATH
done

as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups --no-new-privs "$@")
    else
        "$@"
    fi
}

free_port() {
    port=$((20000 + $$ % 20000))
    while command -v ss >/dev/null && ss -Hltn "sport = :$port" | grep -q .; do
        port=$((port + 1))
    done
    echo "$port"
}

start() {
    command -v initdb >/dev/null || { echo "tests/postgres.sh: PostgreSQL is not installed" >&2; exit 1; }
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    [ "$(id -u)" -ne 0 ] || chown postgres "$dir"
    as_server initdb --pgdata="$dir/data" --username=contraflow --auth=trust --encoding=UTF8 \
        --locale=C --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
    for attempt in 1 2 3 4 5; do
        port=$(free_port)
        port=$((port + attempt - 1))
        if as_server pg_ctl start --pgdata="$dir/data" --log="$dir/server.log" --wait --timeout=20 \
            --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" \
            >/dev/null 2>&1; then
            echo "postgresql://contraflow@127.0.0.1:$port/postgres"
            return
        fi
    done
    cat "$dir/server.log" >&2
    exit 1
}

# pg_ctl ends the process whose number stands in postmaster.pid, and no other.
stop() {
    [ -f "$dir/data/PG_VERSION" ] || { echo "tests/postgres.sh: no server in $dir" >&2; exit 1; }
    as_server pg_ctl stop --pgdata="$dir/data" --mode=fast --wait >/dev/null || true
    rm -rf "$dir"
}

case $1 in
START) start ;;
STOP) stop ;;
*) usage ;;
esac
