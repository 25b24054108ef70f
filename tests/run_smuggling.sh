#!/bin/bash
# Request smuggling: what two readers could read differently, sent through nginx, through HAProxy, and through
# both one after the other in either order, to the program behind them, whose connections everybody shares.
#
# Runs nightly (TEST_NIGHTLY=1). Read next: tests/security/smuggling.mjs, src/web/intake.c.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
variant=${TEST_VARIANT:+-$TEST_VARIANT}
contraflow=${CONTRAFLOW:-$PWD/$build/contraflow$variant}
failed=0
children=()

skip() {
    echo "ok smuggling # SKIP $1"
    exit 0
}
[ -n "${TEST_NIGHTLY:-}" ] || skip "only in the nightly run (TEST_NIGHTLY=1)"
bash tools/install.sh nightly test >/dev/null 2>&1
for needed in node nginx haproxy ss; do
    PATH=$PATH:/usr/sbin command -v $needed >/dev/null || skip "$needed is not installed"
done
PATH=$PATH:/usr/sbin
work=$(mktemp -d /tmp/contraflow-smuggling.XXXXXX)
chmod 755 "$work"
cleanup() {
    for child in ${children[@]+"${children[@]}"}; do
        kill "$child" 2>/dev/null && wait "$child" 2>/dev/null
    done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

port=$((20000 + RANDOM % 20000))
next_port() {
    port=$((port + 1))
    while ss -Hltn "sport = :$port" | grep -q .; do port=$((port + 1)); done
}

wait_for_port() { # port, log
    for _ in $(seq 400); do
        ss -Hltn "sport = :$1" | grep -q . && return 0
        sleep 0.05
    done
    echo "# nothing listens on $1"
    tail -5 "$2" | sed 's/^/# /'
    return 1
}

# Keeps connections open to what is behind and lets everybody share them, as installations do.
start_nginx() { # name, behind; sets $port
    next_port
    cat >"$work/$1.conf" <<TEXT
daemon off;
master_process off;
pid $work/$1.pid;
error_log $work/$1.errors;
events {}
http {
    log_format passed 'passed \$upstream_addr \$upstream_status';
    access_log $work/$1.log passed;
    client_body_temp_path $work/$1-body;
    proxy_temp_path $work/$1-proxy;
    fastcgi_temp_path $work/$1-fastcgi;
    uwsgi_temp_path $work/$1-uwsgi;
    scgi_temp_path $work/$1-scgi;
    upstream behind { server 127.0.0.1:$2; keepalive 2; }
    server {
        listen 127.0.0.1:$port;
        location / {
            proxy_pass http://behind;
            proxy_http_version 1.1;
            proxy_request_buffering off;
            proxy_set_header Connection "";
            proxy_set_header Host \$host;
        }
    }
}
TEXT
    nginx -c "$work/$1.conf" -e "$work/$1.errors" >"$work/$1.said" 2>&1 &
    children+=($!)
    wait_for_port $port "$work/$1.errors"
}

start_haproxy() { # name, behind; sets $port
    next_port
    cat >"$work/$1.cfg" <<TEXT
global
    log stdout format raw local0
defaults
    mode http
    log global
    option httplog
    timeout connect 2s
    timeout client 10s
    timeout server 10s
    option http-keep-alive
    http-reuse always
frontend people
    bind 127.0.0.1:$port
    default_backend behind
backend behind
    server behind 127.0.0.1:$2 pool-max-conn 2
TEXT
    haproxy -db -f "$work/$1.cfg" >"$work/$1.log" 2>&1 &
    children+=($!)
    wait_for_port $port "$work/$1.log"
}

next_port
program_port=$port
mkdir "$work/data"
CONTRAFLOW_WEB_RATE_LIMITS=off "$contraflow" serve --data "$work/data" --port $program_port >"$work/program" 2>&1 &
children+=($!)
wait_for_port $program_port "$work/program" || { echo "not ok smuggling: the program does not start"; exit 1; }

try() { # name, logs of the proxies, the nearest first
    node tests/security/smuggling.mjs "$port" "$1" "$program_port" "${@:2}" || failed=1
}
start_nginx alone $program_port && try "nginx" "$work/alone.log" || failed=1
start_haproxy single $program_port && try "haproxy" "$work/single.log" || failed=1
start_haproxy inner $program_port && start_nginx outer $port && try "nginx, then haproxy" "$work/outer.log" "$work/inner.log" || failed=1
start_nginx low $program_port && start_haproxy high $port && try "haproxy, then nginx" "$work/high.log" "$work/low.log" || failed=1
exit $failed
