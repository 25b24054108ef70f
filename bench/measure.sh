# What the measurements share: the machine they ran on, a server under load, a number beside another.
#
# Sourced by bench/run.sh and bench/ledger.sh, which set $program and the folder $work.
# shellcheck shell=bash disable=SC2154

server=

machine() {
    echo "Machine    $(sed -n 's/^model name\t*: //p' /proc/cpuinfo | head -1), $(nproc) cores," \
        "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)"
    echo "Kernel     $(uname -sr)"
    echo "Commit     $(git describe --always --dirty 2>/dev/null || echo unknown)"
    echo "Load       $(cut -d' ' -f1-3 /proc/loadavg) before the run (1, 5, 15 minutes)"
}

need_wrk() {
    command -v wrk >/dev/null && return
    echo "bench: wrk is missing; apt-get install wrk" >&2
    exit 1
}

start() { # data folder, what the log must say before it counts as started; sets $server and $port
    : >"$work/said"
    CONTRAFLOW_WEB_RATE_LIMITS=off "$program" serve --data "$1" --port 0 2>"$work/said" &
    server=$!
    for _ in $(seq 600); do
        port=$(sed -n 's/.*http:\/\/127\.0\.0\.1:\([0-9]*\).*/\1/p' "$work/said" | head -1)
        [ -n "$port" ] && grep -q "${2:-}" "$work/said" && return 0
        sleep 0.05
    done
    cat "$work/said" >&2
    return 1
}

stop() {
    kill "$server"
    wait "$server" || true
    server=
}

wrong() { [ "$1" = 0 ] || echo ", $1 wrong answers"; }

part_of() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }

# Processor time the server took so far, in microseconds: says on a shared machine too what costs.
spent() { awk -v tick="$(getconf CLK_TCK)" '{ printf "%.0f", ($14 + $15) * 1e6 / tick }' "/proc/$server/stat"; }

# What an answer took of it: "57 us of processor".
each() { # spent before, rate, seconds
    awk -v a="$1" -v b="$(spent)" -v n="$2" -v s="$3" 'BEGIN { printf "%.0f us of processor each", (b - a) / (n * s + 1) }'
}
