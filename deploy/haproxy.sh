#!/bin/bash
# Several processes behind HAProxy, on one PostgreSQL.
#
#   deploy/haproxy.sh start DIR        starts it on free loopback ports with everything in the empty DIR
#   deploy/haproxy.sh crash DIR N      kills process N (1 or 2), or the database when N is postgresql,
#                                      without a word, as a crash does
#   deploy/haproxy.sh revive DIR N     starts it again, as systemd would
#   deploy/haproxy.sh stop DIR         ends what `start` started; the data stays
#
# In production: a unit each (contraflow@8081, contraflow@8082, or on several machines with the data
# folder on a shared file system), Debian's postgresql and haproxy units, DIR/haproxy.cfg as
# /etc/haproxy/haproxy.cfg with the lines for TLS that stand in it as comments, a password in
# contraflow.conf's URL, and `pg_dump` or WAL archiving by a timer.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/parts.sh"

# Each process keeps some fifty connections: a worker one, the writers eight, the background six.
start_postgresql() {
    [ "$(id -u)" -ne 0 ] || { mkdir "$dir/postgresql" && chown postgres "$dir/postgresql"; }
    (as_postgres initdb --pgdata="$dir/postgresql" --username=contraflow --auth=trust \
        --encoding=UTF8 --locale=C --data-checksums) >"$dir/initdb.log" 2>&1 ||
        { cat "$dir/initdb.log" >&2; exit 1; }
    free_port
    database_port=$port
    echo "$port" >"$dir/database-port"
    serve_postgresql
    createdb -h 127.0.0.1 -p "$port" -U contraflow contraflow
}

serve_postgresql() {
    local port
    port=$(cat "$dir/database-port")
    # A transaction that somebody left open holds back the outbox and the vacuum; a minute is enough.
    run_as postgresql postgres -D "$dir/postgresql" -p "$port" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories= -c max_connections=200 \
        -c idle_in_transaction_session_timeout=60s
    wait_until 30 postgresql pg_isready -h 127.0.0.1 -p "$port" || exit 1
}

# /healthz says within a second that a process is gone, stopping, or has no database. When all are
# out, `last` asks them all the same: they tell people what is the matter in their own language.
write_configuration() { # the proxy's port, ports of the processes
    local proxy=$1 number=0 each
    shift
    cat <<TEXT
global
    maxconn 4000
    # log /dev/log local0

defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 60s
    timeout http-keep-alive 15s
    option http-keep-alive
    option forwardfor          # web.trusted_proxies believes it from this machine only
    option redispatch
    retries 3
    # A process that was not reached has seen nothing of the request; one that ended without an
    # answer may have, so that only what changes nothing is sent again.
    retry-on conn-failure empty-response

frontend people
    bind 127.0.0.1:$proxy
    # bind :443 ssl crt /etc/haproxy/certificate.pem alpn h2,http/1.1
    # bind :80
    # http-request redirect scheme https unless { ssl_fc }
    use_backend last if { nbsrv(processes) eq 0 }
    default_backend processes

backend processes
    balance leastconn
    http-request disable-l7-retry unless METH_GET
    option httpchk GET /healthz
    default-server check inter 1s fall 2 rise 1
TEXT
    for each in "$@"; do
        number=$((number + 1))
        echo "    server contraflow-$number 127.0.0.1:$each"
    done
    printf '\nbackend last\n    http-request disable-l7-retry unless METH_GET\n'
    number=0
    for each in "$@"; do
        number=$((number + 1))
        echo "    server contraflow-$number 127.0.0.1:$each"
    done
}

start() {
    need ss curl haproxy initdb "$program"
    start_postgresql
    free_port
    local proxy=$port
    free_port
    local first=$port
    free_port
    local second=$port
    settings "site.name = Several processes" \
        "database = postgresql://contraflow@127.0.0.1:$database_port/contraflow" \
        "web.trusted_proxies = 127.0.0.1" \
        "web.drain = 3"
    echo "$first $second" >"$dir/ports"
    serve contraflow-1 "$first"
    # The first one makes the schema; others would wait for it.
    wait_until 60 contraflow-1 ready "$first" || exit 1
    serve contraflow-2 "$second"
    wait_until 60 contraflow-2 ready "$second" || exit 1
    write_configuration "$proxy" "$first" "$second" >"$dir/haproxy.cfg"
    haproxy -c -q -f "$dir/haproxy.cfg" || exit 1
    run_here haproxy haproxy -db -f "$dir/haproxy.cfg"
    wait_until 20 haproxy ready "$proxy" || exit 1
    echo "site http://127.0.0.1:$proxy"
    echo "process http://127.0.0.1:$first"
    echo "process http://127.0.0.1:$second"
    echo "database postgresql://contraflow@127.0.0.1:$database_port/contraflow"
    echo "admin postgresql://contraflow@127.0.0.1:$database_port/postgres"
}

crash() { # N
    if [ "$1" = postgresql ]; then
        end postgresql QUIT # at once and without writing anything more: it recovers from its WAL
        return
    fi
    kill -9 "$(number_of "contraflow-$1")"
}

revive() { # N
    if [ "$1" = postgresql ]; then
        serve_postgresql
        return
    fi
    local ports
    read -r -a ports <"$dir/ports"
    serve "contraflow-$1" "${ports[$1 - 1]}"
    wait_until 60 "contraflow-$1" ready "${ports[$1 - 1]}"
}

stop() {
    end haproxy TERM
    end contraflow-1 TERM
    end contraflow-2 TERM
    end postgresql INT
}

main "$@"
