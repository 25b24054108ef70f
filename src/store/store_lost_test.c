/*
 * The database going away: between two statements of a work, in the middle of its commit, for a while.
 *
 * Stops and starts a PostgreSQL of its own (tests/postgres.sh), since others use the one of
 * TEST_POSTGRESQL. A commit is caught in its middle by asking for a synchronous standby that is not there.
 */
#include <pthread.h>

#include "store/store_test_bed.h"

static char folder[] = "/tmp/contraflow_lost_XXXXXX";
static char server[128]; /* the URL */
static bool running;     /* it was started at all */

/* ---- the server -------------------------------------------------------------------------------- */

static int shell(const char *format, const char *argument)
{
    char command[512];
    (void)snprintf(command, sizeof command, format, folder, argument);
    return system(command);
}

/* As tests/postgres.sh does it: root is the user postgres for this. */
static void control(const char *arguments)
{
    static const char as_root[] =
        "cd / && PATH=$PATH:$(echo /usr/lib/postgresql/*/bin | tr ' ' ':') "
        "setpriv --reuid=postgres --regid=postgres --clear-groups "
        "pg_ctl --pgdata=%s/data --wait %s >/dev/null 2>&1";
    static const char as_self[] = "PATH=$PATH:$(echo /usr/lib/postgresql/*/bin | tr ' ' ':') "
                                  "pg_ctl --pgdata=%s/data --wait %s >/dev/null 2>&1";
    assert_int_equal(shell(geteuid() == 0 ? as_root : as_self, arguments), 0);
}

/* As it ends when the machine fails. */
static void stop_server(void)
{
    control("stop --mode=immediate");
}

static void start_server(void)
{
    char arguments[200];
    int port = 0;
    assert_int_equal(sscanf(server, "postgresql://contraflow@127.0.0.1:%d/", &port), 1);
    (void)snprintf(arguments, sizeof arguments,
                   "start --log=/dev/null --options='-p %d -c listen_addresses=127.0.0.1 "
                   "-c unix_socket_directories='",
                   port);
    control(arguments);
}

static int start_group(void **state)
{
    (void)state;
    char command[128];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(command, sizeof command, "sh tests/postgres.sh START %s 2>/dev/null", folder);
    FILE *said = popen(command, "r");
    running = said && fgets(server, sizeof server, said);
    if (said) {
        (void)pclose(said);
    }
    server[strcspn(server, "\n")] = '\0';
    return setenv("TEST_POSTGRESQL", server, 1);
}

static int stop_group(void **state)
{
    (void)state;
    return shell(running ? "sh tests/postgres.sh STOP %s 2>/dev/null" : "rm -rf %s", "");
}

static struct bed begin(void **state)
{
    if (!running) {
        print_message("skipped: no PostgreSQL could be started\n");
        skip();
    }
    struct bed bed = bed_begin(state);
    bed_open(&bed);
    return bed;
}

/* ---- what happens to it ------------------------------------------------------------------------ */

/* Ends every connection of the store. */
static void end_connections(struct bed *bed)
{
    bed_command("DO $$BEGIN PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE application_name = '%s'; END$$",
                bed->schema);
}

static void stop_it(struct bed *bed)
{
    (void)bed;
    stop_server();
}

/* Two things, and between them what takes the database away. */
struct halves {
    struct bed *bed;
    void (*between)(struct bed *bed);
    bool begun; /* the first statement was run */
};

static const struct problem *write_halves(struct database *db, struct memory *memory, void *context)
{
    struct halves *halves = context;
    struct thing first = bed_thing(1, "first");
    struct thing second = bed_thing(2, "second");
    const struct problem *problem = store_run(db, memory, &thing_add, &first, NULL);
    halves->begun = !problem;
    if (!problem && halves->between) {
        halves->between(halves->bed);
    }
    return problem ? problem : store_run(db, memory, &thing_add, &second, NULL);
}

static void lost_between_statements(void **state)
{
    struct bed bed = begin(state);
    struct halves halves = {&bed, end_connections, false};
    assert_ptr_equal(store_write(bed.store, bed.memory, write_halves, &halves), &store_away);
    assert_true(halves.begun);
    assert_int_equal(bed_number(&bed, &thing_count), 0);
    halves.between = NULL;
    assert_null(store_write(bed.store, bed.memory, write_halves, &halves));
    assert_int_equal(bed_number(&bed, &thing_count), 2);
    bed_end(&bed);
}

static void away_for_a_while(void **state)
{
    struct bed bed = begin(state);
    struct halves halves = {&bed, stop_it, false};
    struct total total;
    assert_ptr_equal(store_write(bed.store, bed.memory, write_halves, &halves), &store_away);
    assert_true(halves.begun);
    /* More often than there are connections to be found lost. */
    for (int i = 0; i < 20; i++) {
        assert_ptr_equal(store_run(bed.reader, bed.memory, &thing_count, NULL, &total),
                         &store_away);
        assert_ptr_equal(bed_add(&bed, bed_thing(3, "nowhere")), &store_away);
    }
    assert_true(store_away.retry);
    start_server();
    assert_int_equal(bed_number(&bed, &thing_count), 0);
    halves.between = NULL;
    assert_null(store_write(bed.store, bed.memory, write_halves, &halves));
    assert_int_equal(bed_number(&bed, &thing_count), 2);
    bed_end(&bed);
}

/* ---- in the middle of a commit ----------------------------------------------------------------- */

static void wait_for_standby(const char *name)
{
    bed_command("ALTER SYSTEM SET synchronous_standby_names = '%s'", name);
    bed_command("DO $$BEGIN PERFORM pg_reload_conf(); END$$", "");
}

/* A caller who commits one thing after another until one of the commits fails. */
struct committer {
    struct bed *bed;
    int64_t last; /* the thing whose commit failed; those before it, from 1, are there */
    const struct problem *problem;
};

/* More than one, since the server takes up its setting some time after it was told to. */
static void *commit_until_it_fails(void *context)
{
    struct committer *committer = context;
    struct memory *memory = memory_create(1 << 20);
    do {
        struct thing thing = bed_thing(++committer->last, "");
        thing.title = text_format(memory, "in the middle %lld", (long long)committer->last);
        committer->problem = store_write(committer->bed->store, memory, bed_add_work, &thing);
    } while (!committer->problem);
    memory_end(memory);
    return NULL;
}

/* Until a commit waits for the standby; then `what` happens to it. */
static void meet_commit(const char *what)
{
    bed_command("DO $$BEGIN "
                "FOR tries IN 1 .. 3000 LOOP "
                "PERFORM %s FROM pg_stat_activity WHERE wait_event = 'SyncRep'; "
                "IF FOUND THEN RETURN; END IF; "
                "PERFORM pg_sleep(0.01), pg_stat_clear_snapshot(); "
                "END LOOP; "
                "RAISE 'no commit waits for the standby'; END$$",
                what);
}

/* Whatever ends the wait, the commit is not acknowledged; afterwards it is there, once. */
static void in_the_middle(struct bed *bed, const char *what)
{
    pthread_t thread;
    struct committer committer = {.bed = bed};
    wait_for_standby("nobody");
    assert_int_equal(pthread_create(&thread, NULL, commit_until_it_fails, &committer), 0);
    meet_commit(what ? what : "1");
    if (!what) {
        stop_server();
    }
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_ptr_equal(committer.problem, &store_away);
    if (!what) {
        start_server();
    }
    wait_for_standby("");
    assert_int_equal(bed_number(bed, &thing_count), committer.last);
    assert_ptr_equal(bed_add(bed, bed_thing(committer.last, "in the middle")), &conflict);
}

static void lost_in_commit(void **state)
{
    struct bed bed = begin(state);
    in_the_middle(&bed, "pg_terminate_backend(pid, 5000)");
    bed_end(&bed);
}

static void stopped_in_commit(void **state)
{
    struct bed bed = begin(state);
    in_the_middle(&bed, NULL);
    bed_end(&bed);
}

static void cancelled_in_commit(void **state)
{
    struct bed bed = begin(state);
    in_the_middle(&bed, "pg_cancel_backend(pid)");
    bed_end(&bed);
}

/* ---- several hosts ----------------------------------------------------------------------------- */

static void first_host_is_away(void **state)
{
    struct bed bed = begin(state);
    char rest[512];
    store_close(bed.store);
    bed_close(&bed);
    /* postgresql://contraflow@HOST:PORT/... becomes ...@127.0.0.1:1,HOST:PORT/... */
    const char *host = strchr(bed.url, '@');
    assert_non_null(host);
    (void)snprintf(rest, sizeof rest, "%s", host + 1);
    (void)snprintf(strchr(bed.url, '@'), sizeof bed.url - (size_t)(host - bed.url),
                   "@127.0.0.1:1,%s", rest);
    bed.memory = memory_create(64 << 20);
    bed_open(&bed);
    assert_null(bed_add(&bed, bed_thing(1, "here")));
    end_connections(&bed);
    assert_null(bed_add(&bed, bed_thing(2, "here again")));
    assert_int_equal(bed_number(&bed, &thing_count), 2);
    bed_end(&bed);
}

/* A server that only reads, as a standby does, is none to go to. */
static void standby_is_refused(void **state)
{
    struct bed bed = begin(state);
    struct total total;
    bed_command("ALTER SYSTEM SET default_transaction_read_only = on", "");
    stop_server();
    start_server();
    assert_ptr_equal(store_run(bed.reader, bed.memory, &thing_count, NULL, &total), &store_away);
    assert_ptr_equal(bed_add(&bed, bed_thing(1, "nowhere")), &store_away);
    bed_command("ALTER SYSTEM RESET default_transaction_read_only", "");
    stop_server();
    start_server();
    assert_null(bed_add(&bed, bed_thing(1, "here")));
    bed_end(&bed);
}

int main(void)
{
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        {"lost_between_statements", lost_between_statements, NULL, NULL, postgresql},
        {"away_for_a_while", away_for_a_while, NULL, NULL, postgresql},
        {"lost_in_commit", lost_in_commit, NULL, NULL, postgresql},
        {"stopped_in_commit", stopped_in_commit, NULL, NULL, postgresql},
        {"cancelled_in_commit", cancelled_in_commit, NULL, NULL, postgresql},
        {"first_host_is_away", first_host_is_away, NULL, NULL, postgresql},
        {"standby_is_refused", standby_is_refused, NULL, NULL, postgresql},
    };
    return cmocka_run_group_tests_name("store_lost", tests, start_group, stop_group);
}
