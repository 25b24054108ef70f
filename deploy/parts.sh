# What the deployments share: free ports, starting a program, waiting for it, ending it by its number.
#
# Sourced by one.sh, haproxy.sh and patroni.sh. On a real machine systemd does all of this: each
# run_as/run_here below is the ExecStart= of one unit, with Restart=always.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${CONTRAFLOW:-$here/build/contraflow}

# Debian keeps PostgreSQL's programs out of PATH, a folder a version, and haproxy in sbin.
for folder in /usr/lib/postgresql/*/bin /usr/sbin; do
    PATH=$folder:$PATH
done

refuse() {
    echo "${0##*/}: $1" >&2
    exit 1
}

# A deployment needs these programs; exit code 3 says that some are absent.
need() {
    local wanted
    for wanted in "$@"; do
        command -v "$wanted" >/dev/null ||
            { echo "${0##*/}: $wanted is not installed (tools/packages.txt)" >&2; exit 3; }
    done
}

# A port that nobody uses, never the same twice. In production each has the one of its unit file.
last_port=$((20000 + ($$ * 7) % 12000))
free_port() {
    last_port=$((last_port + 1))
    while ss -Hltn "sport = :$last_port" | grep -q .; do
        last_port=$((last_port + 1))
    done
    port=$last_port
}

# PostgreSQL and Patroni refuse to run as root: User=postgres in a unit.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        cd /
        exec setpriv --reuid=postgres --regid=postgres --init-groups --no-new-privs "$@"
    fi
    exec "$@"
}

# Notes a process by its number and the moment it began, so that no other is taken for it later.
began() { # number
    cut -d ' ' -f 22 "/proc/$1/stat" 2>/dev/null
}
note() { # name, number
    echo "$2 $(began "$2")" >"$dir/$1.pid"
}
number_of() { # name; nothing when it does not run
    local number moment
    read -r number moment 2>/dev/null <"$dir/$1.pid" || return 1
    [ -n "$number" ] && [ "$(began "$number")" = "$moment" ] && echo "$number"
}

run_here() { # name, command...
    local name=$1
    shift
    "$@" >>"$dir/$name.log" 2>&1 </dev/null &
    note "$name" $!
}
run_as() { # name, command...: as the user postgres
    local name=$1
    shift
    (as_postgres "$@") >>"$dir/$name.log" 2>&1 </dev/null &
    note "$name" $!
}

# Until the command succeeds; the log of the program that did not come when it never does.
wait_until() { # seconds, name of the program, command...
    local until=$((SECONDS + $1)) name=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ! number_of "$name" >/dev/null || [ $SECONDS -ge $until ]; then
            echo "$name does not come:" >&2
            tail -20 "$dir/$name.log" >&2
            return 1
        fi
        sleep 0.2
    done
}

# Ends a process and waits for it.
end() { # name, signal
    local number
    number=$(number_of "$1") || return 0
    kill "-$2" "$number" 2>/dev/null
    for _ in $(seq 300); do
        number_of "$1" >/dev/null || return 0
        sleep 0.1
    done
    echo "${0##*/}: $1 ($number) does not end, killed" >&2
    kill -9 "$number" 2>/dev/null
}

# One `contraflow serve`. $1: its name; $2: its port.
serve() {
    run_here "$1" "$program" serve --data "$dir/data" --port "$2"
}
ready() { # port
    curl -fsS --max-time 2 "http://127.0.0.1:$1/healthz"
}

# The settings that all its processes read.
settings() { # lines...
    mkdir -p "$dir/data"
    printf '%s\n' "$@" >"$dir/data/contraflow.conf"
    chmod 600 "$dir/data/contraflow.conf" # the database's URL may hold a password
}

usage() {
    sed -n '2,/^set /s/^# \{0,1\}//p' "$0" | sed '$d' >&2
    exit 2
}

# Runs `start`, `stop` or what else the deployment offers, in the folder DIR.
main() { # arguments of the script
    [ $# -ge 2 ] || usage
    local what=$1
    case $what in
        start)
            mkdir -p "$2"
            dir=$(cd "$2" && pwd)
            [ -z "$(ls -A "$dir")" ] || refuse "$dir is not empty"
            trap 'code=$?; [ $code -eq 0 ] || stop; exit $code' EXIT
            start
            ;;
        *)
            [ -d "$2" ] || refuse "there is no folder $2"
            dir=$(cd "$2" && pwd)
            shift 2
            [[ $what =~ ^(stop|crash|revive)$ ]] && declare -F "$what" >/dev/null || usage
            "$what" "$@"
            ;;
    esac
}
