#!/bin/bash
# Starts each deployment of deploy/ on loopback, buys through it on eight connections, kills what may die
# meanwhile, and looks afterwards: nothing that was acknowledged is lost, nothing is done twice, and a
# backup taken meanwhile, restored elsewhere, is an installation whose books are right.
# alone
#
# One process: killed and started again. Behind HAProxy: each of two processes killed and started again,
# while the other answers, then the database under both. Patroni (TEST_NIGHTLY=1, or DEPLOY=patroni): the leader's Patroni and
# PostgreSQL killed, until writes go on at another member; then the first comes back and follows.
#
# DEPLOY   names of those to run, with blanks between: "one haproxy", in the nightly run patroni, too
#
# Read next: deploy/parts.sh, tests/kill_client.c.
set -uo pipefail
cd "$(dirname "$0")/.."

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
variant=${TEST_VARIANT:+-$TEST_VARIANT}
export CONTRAFLOW=${CONTRAFLOW:-$build/contraflow$variant}
export CONTRAFLOW_WEB_RATE_LIMITS=off # eight buyers from one address
client=$build/aid$variant/kill_client
deployments=${DEPLOY:-one haproxy${TEST_NIGHTLY:+ patroni}}
failed=0
name=
folder=
buyers=

cleanup() {
    [ -n "$buyers" ] && kill "$buyers" 2>/dev/null
    if [ -n "$folder" ]; then
        "deploy/$name.sh" stop "$folder" >/dev/null 2>&1
        rm -rf "$folder"
    fi
    folder=
}
trap cleanup EXIT
trap 'exit 130' INT TERM

said() { # what: the rest of that line of what `start` said
    sed -n "s/^$1 //p" "$folder.said" | head -1
}

complain() { # what, file
    echo "# $1"
    tail -20 "$2" | sed 's/^/# /'
    return 1
}

acknowledged() {
    grep -c '^got ' "$data/keys" || true
}

# Until so many more purchases are acknowledged than before; at most two minutes.
wait_for_more() { # how many
    local wanted=$(($(acknowledged) + $1))
    for _ in $(seq 1200); do
        [ "$(acknowledged)" -ge "$wanted" ] && return 0
        kill -0 "$buyers" 2>/dev/null || break
        sleep 0.1
    done
    return 1
}

# What dies while people buy, and comes back. Each is followed by purchases, so that none is missed.
trouble() {
    local began=$SECONDS
    case $name in
        one)
            deploy/one.sh crash "$folder" && sleep 1 && deploy/one.sh revive "$folder" ;;
        haproxy)
            deploy/haproxy.sh crash "$folder" 1 && wait_for_more 50 &&
                deploy/haproxy.sh revive "$folder" 1 && wait_for_more 50 &&
                deploy/haproxy.sh crash "$folder" 2 && wait_for_more 50 &&
                deploy/haproxy.sh revive "$folder" 2 &&
                deploy/haproxy.sh crash "$folder" postgresql && sleep 1 &&
                deploy/haproxy.sh revive "$folder" postgresql ;;
        patroni)
            echo "# $(deploy/patroni.sh crash "$folder")" && wait_for_more 8 &&
                echo "# writes went on $((SECONDS - began)) s after the leader was killed" &&
                deploy/patroni.sh revive "$folder" ;;
    esac && wait_for_more 50
}

# As docs/operating.md tells it; people go on buying.
back_up() {
    mkdir "$folder/restored"
    if [ -z "$CONTRAFLOW_DATABASE" ]; then
        "$CONTRAFLOW" backup "$folder/restored/contraflow.db" --data "$data"
    else
        pg_dump --format=custom --file="$folder/dump" "$CONTRAFLOW_DATABASE"
    fi >"$folder.log" 2>&1 || complain "no backup" "$folder.log"
}

audit() { # data folder
    "$CONTRAFLOW" audit --data "$1" >"$folder.log" 2>&1
    grep -qx '0 discrepancies' "$folder.log" || complain "audited $1" "$folder.log"
}

restore() {
    local admin elsewhere
    if [ -n "$CONTRAFLOW_DATABASE" ]; then
        admin=$(said admin)
        elsewhere=$(sed -E 's|/postgres(\?.*)?$|/restored\1|' <<<"$admin")
        psql -qX "$admin" -c "CREATE DATABASE restored ENCODING UTF8 LOCALE 'C' TEMPLATE template0" &&
            pg_restore --no-owner --exit-on-error --dbname="$elsewhere" "$folder/dump"
    fi >"$folder.log" 2>&1 || complain "not restored" "$folder.log" || return 1
    CONTRAFLOW_DATABASE=${elsewhere:-} audit "$folder/restored"
}

check() {
    "$client" again "$data" "$port" >"$folder.log" 2>&1 ||
        complain "asked again" "$folder.log" || return 1
    echo "# $(tail -1 "$folder.log")"
    "$client" check "$data" >"$folder.log" 2>&1 || complain "counted" "$folder.log" || return 1
    echo "# $(tail -1 "$folder.log")"
    audit "$data" && restore
}

run() {
    data=$folder/data
    port=$(said site | sed 's/.*://')
    export CONTRAFLOW_DATABASE
    CONTRAFLOW_DATABASE=$(said database)
    "$client" prepare "$data" >"$folder.log" 2>&1 ||
        complain "no installation to begin with" "$folder.log" || return 1
    : >"$data/keys"
    "$client" through "$data" "$port" >"$folder.bought" 2>&1 &
    buyers=$!
    local fine=yes
    wait_for_more 50 && back_up && trouble || fine=no
    touch "$data/enough"
    wait "$buyers" || fine=no
    buyers=
    echo "# $(tail -1 "$folder.bought")"
    [ $fine = yes ] || complain "purchases did not go on" "$folder.bought" || return 1
    check
}

for name in $deployments; do
    folder=$(mktemp -d /tmp/contraflow-deploy.XXXXXX)
    chmod 755 "$folder"
    "deploy/$name.sh" start "$folder" >"$folder.said" 2>"$folder.log"
    code=$?
    if [ $code -eq 3 ]; then
        echo "ok deploy $name # SKIP $(tail -1 "$folder.log")"
    elif [ $code -ne 0 ]; then
        complain "it does not start" "$folder.log"
        echo "not ok deploy $name"
        failed=1
    elif run; then
        echo "ok deploy $name"
    else
        echo "not ok deploy $name"
        failed=1
    fi
    rest=$folder
    cleanup
    rm -f "$rest.said" "$rest.log" "$rest.bought"
    unset CONTRAFLOW_DATABASE
done
case " $deployments " in
    *" patroni "*) ;;
    *) echo "ok deploy patroni # SKIP only in the nightly run (TEST_NIGHTLY=1)" ;;
esac
exit $failed
