/*
 * Imports whose process is killed between any two writes and in the middle of them, again and again: at the next
 * start they go on, nothing comes twice and nothing is lost, neither taking in nor taking back.
 *
 *   import_kill_test                            the test
 *   import_kill_test work URL FOLDER WRITES     what is killed: works as a server does from its start, and kills
 *                                               itself in or after the write that follows so many
 */
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include "core/imports/imports_test_bed.h"

/* A life gets a write of 50 lines through, on average. */
enum { ORDERS = 6000, KILLS_MOST = 400 };

extern char **environ;
static char *program; /* of this test */

/* ---- what is killed --------------------------------------------------------------------------- */

static int writes_wanted;

/* All that a write of an import changes in its row. */
static int64_t progress(struct database *reader)
{
    struct memory *memory = memory_create(1 << 20);
    struct import_row_list rows;
    int64_t mark = 0;
    if (memory &&
        !imports_listed(reader, memory, (struct party_id){FIRM}, (struct import_id){INT64_MAX},
                        &rows) &&
        rows.count > 0)
        mark = rows.items[0].place + rows.items[0].made - rows.items[0].stayed;
    memory_end(memory);
    return mark;
}

static void *kill_after(void *context)
{
    struct memory *memory = memory_create(8 << 20);
    struct database *reader;
    (void)context;
    if (!memory || store_reader(bed.store, memory, &reader))
        _exit(3);
    int64_t before = progress(reader);
    for (int writes = 0; writes < writes_wanted;) {
        usleep(100);
        int64_t now = progress(reader);
        writes += now != before ? 1 : 0;
        before = now;
    }
    /* A write takes some milliseconds, so that this falls into it or behind it. */
    usleep((useconds_t)(clock_ticks() / 1000 % 8000));
    kill(getpid(), SIGKILL);
    return NULL;
}

static int work_until_killed(char **arguments)
{
    static const struct job_kind *const kinds[] = {&import_job};
    struct text complaint;
    pthread_t thread;
    int64_t ran = 1;
    (void)shop_prepare(NULL);
    writes_wanted = atoi(arguments[4]);
    (void)snprintf(bed.folder, sizeof bed.folder, "%s", arguments[3]);
    bed.process = memory_create(64 << 20);
    bed.memory = memory_create(64 << 20);
    const struct problem *problem =
        shop_open(&bed, text_of(arguments[2]), text_of(arguments[3]), &complaint);
    job_register(kinds, 1);
    if (!problem)
        problem = imports_resume(bed.store, bed.memory);
    if (problem || pthread_create(&thread, NULL, kill_after, NULL))
        return 3;
    while (!problem && ran > 0)
        problem = job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran);
    _exit(problem ? 3 : 0);
}

/* ---- the test --------------------------------------------------------------------------------- */

/* Starts it again and again until it comes to its end; how often it was killed. */
static int kill_until_over(void)
{
    for (int kills = 0; kills < KILLS_MOST; kills++) {
        pid_t child;
        int status = 0;
        static char work_word[] = "work";
        static char writes[3][2] = {"1", "2", "0"};
        char *arguments[] = {program, work_word, bed.url, bed.folder, writes[kills % 3], NULL};
        assert_int_equal(posix_spawn(&child, program, NULL, NULL, arguments, environ), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFEXITED(status)) {
            assert_int_equal(WEXITSTATUS(status), 0);
            return kills;
        }
        assert_int_equal(WTERMSIG(status), SIGKILL);
    }
    fail_msg("it never comes to its end");
    return 0;
}

static void killed_imports_go_on(void **state)
{
    shop_begin(state);
    struct world before = some_world();
    struct text text = many_orders(ORDERS);
    struct import_id import = arrive(&shop_orders, "o.csv", text.data, text.size);
    bed_damage(&bed, "UPDATE core_job SET state = 'done'");
    /* From here the clock goes, since each process makes ids by it. */
    clock_set((struct instant){0});
    assert_null(move(import, IMPORT_CHECKING));
    int checking = kill_until_over();
    assert_int_equal(row_of(import).state, IMPORT_CHECKED);
    assert_int_equal(row_of(import).records, ORDERS);
    assert_null(move(import, IMPORT_RUNNING));
    int running = kill_until_over();
    assert_int_equal(row_of(import).state, IMPORT_DONE);
    assert_int_equal(row_of(import).records, ORDERS);
    assert_int_equal(row_of(import).made, ORDERS - 2);
    assert_int_equal(row_of(import).changed, 2);
    assert_int_equal(row_of(import).same, 0);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), ORDERS);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_line"), ORDERS);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer"), ORDERS / 3 + 3);
    assert_int_equal(shop_count("SELECT SUM(total_minor) FROM core_order"), 1000 * ORDERS);
    assert_int_equal(shop_count("SELECT count(*) FROM core_event WHERE name = 'core.import.done' "
                                "AND subject = (SELECT MAX(id) FROM core_import)"),
                     1);
    assert_null(move(import, IMPORT_UNDOING));
    int undoing = kill_until_over();
    assert_int_equal(row_of(import).state, IMPORT_UNDONE);
    assert_int_equal(row_of(import).stayed, 0);
    expect_same(before);
    print_message("killed %d times checking, %d taking in, %d taking back\n", checking, running,
                  undoing);
    assert_true(checking + running + undoing > 0);
    bed_end(&bed);
}

int main(int argc, char **argv)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {ON_BOTH(killed_imports_go_on)};
    program = argv[0];
    if (argc == 5 && strcmp(argv[1], "work") == 0)
        return work_until_killed(argv);
    return cmocka_run_group_tests_name("core/imports/kill", tests, shop_prepare, NULL);
}
