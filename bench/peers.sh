# Other ledgers in the same run, where somebody has set them up; a row says why one is not measured.
#
#   PEER_PGLEDGER=URL           a database of the server of BENCH_POSTGRESQL in which pgledger is installed
#                               (the search path may say in which schema); 1,000 accounts are added to it
#   PEER_TIGERBEETLE=PROGRAM    a release build of tigerbeetle with `benchmark`; else the one in PATH
#                               (4 GB of memory and of $TMPDIR)
#   PEERS=no                    leaves both out
#
# Nothing of theirs is part of this project: whoever measures brings them. Sourced by bench/ledger.sh.
# shellcheck shell=bash disable=SC2154

missing() { row "  $1" - "not measured: $2"; }

# ---- pgledger -----------------------------------------------------------------------------------

# Why it can't be measured; nothing: it can.
no_pgledger() {
    local which="SELECT pg_postmaster_start_time(), inet_server_port()"
    if [ "${PEERS:-yes}" = no ]; then
        echo "PEERS=no"
    elif [ -z "${PEER_PGLEDGER:-}" ]; then
        echo "PEER_PGLEDGER names no database"
    elif ! command -v pgbench >/dev/null; then
        echo "pgbench is not installed"
    elif [ "$(psql "$PEER_PGLEDGER" -Atc "$which" 2>&1)" != "$(psql "$postgresql" -Atc "$which")" ]; then
        echo "PEER_PGLEDGER is not on the server of the rows below"
    elif [ "$(psql "$PEER_PGLEDGER" -Atc "SELECT count(*) FROM pg_proc WHERE proname = 'pgledger_create_transfer'")" = 0 ]; then
        echo "pgledger is not installed in PEER_PGLEDGER"
    fi
}

# The names that pgledger gave its accounts stand in a table of ours beside it, found by their number.
pgledger_accounts() {
    psql "$PEER_PGLEDGER" -q -v ON_ERROR_STOP=1 <<SQL
CREATE TABLE bench_account_$$ (number int PRIMARY KEY, id text NOT NULL);
INSERT INTO bench_account_$$ SELECT n, (pgledger_create_account('bench ' || n, 'EUR')).id FROM generate_series(0, 1000) n;
ANALYZE bench_account_$$;
SQL
}

forget_pgledger() {
    psql "$PEER_PGLEDGER" -qc "SET client_min_messages = warning" -c "DROP TABLE IF EXISTS bench_account_$$"
}

# Sets $rate, or $why it can't be measured. The hot account is number 0 and pays the others.
pgledger() { # accounts, clients
    local from="\\set from random(1, 1000)" run
    rate=
    why=$(no_pgledger)
    [ -z "$why" ] || return 0
    [ "$1" != 1 ] || from="\\set from 0"
    cat >"$work/pgledger.sql" <<SQL
$from
\\set to 1 + (:from + random(0, 998)) % 1000
SELECT id FROM pgledger_create_transfer((SELECT id FROM bench_account_$$ WHERE number = :from),
    (SELECT id FROM bench_account_$$ WHERE number = :to), 1);
SQL
    pgledger_accounts
    for run in 1 "$seconds"; do # the first warms up
        rate=$(pgbench -n -M prepared -c "$2" -j 2 -T "$run" -f "$work/pgledger.sql" "$PEER_PGLEDGER" 2>"$work/pgbench" |
            sed -n 's/^tps = \([0-9]*\).*/\1/p')
    done
    forget_pgledger
    [ -n "$rate" ] || why=$(tail -1 "$work/pgbench")
}

# ---- TigerBeetle --------------------------------------------------------------------------------

# It says what its own benchmark says: a load of its own client, on accounts drawn at random.
tigerbeetle() {
    local program_=${PEER_TIGERBEETLE:-$(command -v tigerbeetle || true)} load
    if [ "${PEERS:-yes}" = no ]; then
        missing "tigerbeetle" "PEERS=no"
    elif [ ! -x "$program_" ]; then
        missing "tigerbeetle" "PEER_TIGERBEETLE names no program"
    elif [ "$(awk '/MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)" -lt 6 ]; then
        missing "tigerbeetle" "less than 6 GB of memory are free"
    else
        program_=$(realpath "$program_")
        row "  $("$program_" version 2>&1 | head -1)" "" ""
        for load in "1 1000" "500 300000" "8190 2000000"; do
            # shellcheck disable=SC2086
            tigerbeetle_load $load
        done
    fi
}

# Ours in this process with as many together, beside it.
in_batches() { # lines a request, rate
    local engine label="in process, 4 callers with 500 each" said=
    [ "$1" = 500 ] || return 0
    for engine in SQLite PostgreSQL; do
        [ -z "${spread[$engine $label]:-}" ] || said+="${said:+, }on $engine ours is $(part_of "${spread[$engine $label]}" "$2") of it"
    done
    echo "$said"
}

tigerbeetle_load() { # lines a request, transfers
    local name="tigerbeetle, one caller with $1 each" accepted
    accepted=$(cd "$work" && timeout 180 "$program_" benchmark --account-count=1000 --transfer-count="$2" \
        --transfer-batch-size="$1" --query-count=1 2>"$work/tigerbeetle" | sed -n 's/^load accepted = \([0-9]*\).*/\1/p') || true
    rm -f "$work"/*.tigerbeetle.benchmark
    if [ -n "$accepted" ]; then
        row "  $name" "$accepted" "$(in_batches "$1" "$accepted")"
    else
        missing "$name" "$(tail -1 "$work/tigerbeetle" | cut -c1-100)"
    fi
}
