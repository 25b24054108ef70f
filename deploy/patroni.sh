#!/bin/bash
# A database that survives its machine: PostgreSQL three times, kept by Patroni, which agrees in etcd on
# who leads, and acknowledges nothing that is not on two of them. In front of it one process.
#
#   deploy/patroni.sh start DIR        starts it on free loopback ports with everything in the empty DIR
#   deploy/patroni.sh crash DIR        kills the leader, its Patroni and its PostgreSQL, without a word
#   deploy/patroni.sh revive DIR       starts what was killed again, as systemd would
#   deploy/patroni.sh stop DIR         ends what `start` started; the data stays
#
# In production: three machines, each with etcd (unit etcd), Patroni (unit patroni, which reads
# /etc/patroni/config.yml and starts PostgreSQL itself: disable Debian's postgresql unit) and as many
# contraflow processes behind HAProxy as are wanted (haproxy.sh). Where this writes 127.0.0.1 and a port,
# write the machine's address and 5432, 8008, 2379; where it writes `trust`, hostssl and scram-sha-256;
# etcd and Patroni's REST with client certificates. Backups: pg_basebackup and WAL archiving
# (archive_command) from Patroni's parameters, so that every leader does it.
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/parts.sh"

members="1 2 3"

# One on loopback; three in production, since a majority of them must agree.
start_etcd() {
    free_port
    etcd_port=$port
    free_port
    run_here etcd etcd --name etcd-1 --data-dir "$dir/etcd" \
        --listen-client-urls "http://127.0.0.1:$etcd_port" \
        --advertise-client-urls "http://127.0.0.1:$etcd_port" \
        --listen-peer-urls "http://127.0.0.1:$port" \
        --initial-advertise-peer-urls "http://127.0.0.1:$port" \
        --initial-cluster "etcd-1=http://127.0.0.1:$port"
    wait_until 30 etcd curl -fs "http://127.0.0.1:$etcd_port/health" || exit 1
}

# Who dies without a word is missed after ttl seconds at most; ttl >= loop_wait + 2 * retry_timeout,
# and not below 20. synchronous_mode_strict: with no second copy to be had, writes wait instead of
# being acknowledged on one disk.
write_configuration() { # member, port of PostgreSQL, port of Patroni
    cat <<TEXT
scope: contraflow
name: member-$1

restapi:
  listen: 127.0.0.1:$3
  connect_address: 127.0.0.1:$3

etcd3:
  hosts: 127.0.0.1:$etcd_port

bootstrap:
  dcs:
    ttl: 20
    loop_wait: 5
    retry_timeout: 5
    maximum_lag_on_failover: 1048576
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters:
        max_connections: 200
        wal_level: replica
        hot_standby: 'on'
        max_wal_senders: 10
        max_replication_slots: 10
        # A transaction that somebody left open holds back the outbox and the vacuum.
        idle_in_transaction_session_timeout: 60s
  initdb:
    - encoding: UTF8
    - locale: C
    - data-checksums
  pg_hba:
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust

postgresql:
  listen: 127.0.0.1:$2
  connect_address: 127.0.0.1:$2
  data_dir: $dir/member-$1/data
  bin_dir: $(dirname "$(command -v postgres)")
  pgpass: $dir/member-$1/pgpass
  authentication:
    superuser:
      username: postgres
    replication:
      username: replicator
    rewind:
      username: postgres
  parameters:
    unix_socket_directories: ''

tags:
  nofailover: false
  nosync: false
TEXT
}

start_member() { # number
    run_as "patroni-$1" patroni "$dir/member-$1/config.yml"
}

# Patroni's own answer to whether a member leads, or is the standby that has everything.
is() { # role, number
    curl -fs --max-time 2 "http://127.0.0.1:$(sed -n 2p "$dir/member-$2/ports")/$1"
}
leader() {
    local each
    for each in $members; do
        is leader "$each" >/dev/null && { echo "$each"; return 0; }
    done
    return 1
}
has_synchronous() {
    local each
    for each in $members; do
        is sync "$each" >/dev/null && return 0
    done
    return 1
}

start() {
    need ss curl etcd patroni initdb "$program"
    start_etcd
    local each hosts=
    for each in $members; do
        mkdir "$dir/member-$each"
        free_port
        local database=$port
        hosts=$hosts${hosts:+,}127.0.0.1:$database
        free_port
        printf '%s\n' "$database" "$port" >"$dir/member-$each/ports"
        write_configuration "$each" "$database" "$port" >"$dir/member-$each/config.yml"
        [ "$(id -u)" -ne 0 ] || chown -R postgres "$dir/member-$each"
    done
    start_member 1
    wait_until 60 patroni-1 is leader 1 || exit 1
    start_member 2
    start_member 3
    wait_until 60 patroni-2 has_synchronous || exit 1
    local admin="postgresql://postgres@$hosts/postgres?target_session_attrs=read-write"
    psql -qX "$admin" -c "CREATE ROLE contraflow LOGIN" || exit 1
    psql -qX "$admin" -c "CREATE DATABASE contraflow OWNER contraflow" || exit 1
    # All members are named; the program looks for the one that leads, now and after a loss.
    local url="postgresql://contraflow@$hosts/contraflow?target_session_attrs=read-write"
    settings "site.name = Three databases" "database = $url"
    free_port
    serve contraflow "$port"
    wait_until 60 contraflow ready "$port" || exit 1
    echo "site http://127.0.0.1:$port"
    echo "database $url"
    echo "admin $admin"
}

crash() {
    local each patroni
    each=$(leader) || refuse "nobody leads"
    patroni=$(number_of "patroni-$each") || refuse "member $each does not run"
    local database
    database=$(head -1 "$dir/member-$each/data/postmaster.pid")
    # Patroni first, or it would start PostgreSQL again. Then PostgreSQL's first process and all its
    # children: without their parent they would still answer who is connected.
    kill -9 "$patroni"
    local children
    children=$(ps -o pid= --ppid "$database")
    kill -9 "$database" $children 2>/dev/null # some end by themselves
    echo "$each" >"$dir/crashed"
    echo "killed member $each"
}

# It finds another leader, turns back what only it had (pg_rewind), and follows.
revive() {
    local each
    each=$(cat "$dir/crashed")
    start_member "$each"
    wait_until 120 "patroni-$each" is replica "$each"
}

stop() {
    end contraflow TERM
    local each
    for each in $members; do
        end "patroni-$each" TERM # which stops its PostgreSQL
    done
    # A member that was killed and not revived may have left nothing but its number.
    end etcd TERM
}

main "$@"
