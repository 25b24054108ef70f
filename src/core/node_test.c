/*
 * Tests of core/node.c: who holds which number, what follows when it was lost, processes side by side.
 */
#include "core/node.h"

#include <sys/wait.h>

#include "base/ids.h"
#include "core/module.h"
#include "ledger/ledger_test_bed.h"

static const char *const places[] = {"src/ledger/", "src/core/"};

static struct bed begin(void **state)
{
    const struct schema *schemas[] = {&ledger_schema, module_all()[0]->schema};
    return bed_begin_with(state, schemas, COUNT_OF(schemas), places, COUNT_OF(places));
}

static struct node *node_of(struct bed *bed)
{
    struct node *node = NULL;
    assert_null(node_begin(bed->process, bed->store, &node));
    return node;
}

static void each_holds_a_number_of_its_own(void **state)
{
    struct bed bed = begin(state);
    struct node *first = node_of(&bed);
    struct node *second = node_of(&bed);
    assert_int_equal(node_number(first), 0);
    assert_int_equal(node_number(second), 1);
    int64_t id = id_new();
    assert_int_equal(id >> 11 & 1023, 1);
    node_end(first);
    struct node *third = node_of(&bed);
    assert_int_equal(node_number(third), 0);
    assert_true(id_new() > id);
    node_end(third);
    node_end(second);
    bed_end(&bed);
}

/* The number of a process that died is free after its lease; the next one begins after its reserve. */
static void a_number_goes_on_where_it_ended(void **state)
{
    struct bed bed = begin(state);
    int64_t reserved = id_first_at(instant_add(ids_used(), NODE_LEASE - SECOND));
    struct node *dead = node_of(&bed);
    assert_true(id_new() < reserved);
    bed_damage(&bed, "UPDATE core_node SET until = 1");
    struct node *next = node_of(&bed);
    assert_int_equal(node_number(next), 0);
    assert_true(id_new() > reserved);
    node_end(next);
    node_end(dead);
    bed_end(&bed);
}

static void who_lost_its_number_takes_another(void **state)
{
    struct bed bed = begin(state);
    struct node *node = node_of(&bed);
    int64_t before = id_new();
    assert_null(node_renew_now(node));
    assert_int_equal(node_number(node), 0);
    bed_damage(&bed, "UPDATE core_node SET holder = 'another'");
    assert_null(node_renew_now(node));
    assert_int_equal(node_number(node), 1);
    int64_t after = id_new();
    assert_true(after > before);
    assert_int_equal(after >> 11 & 1023, 1);
    node_end(node);
    bed_end(&bed);
}

static void there_are_no_more_than_there_are(void **state)
{
    struct bed bed = begin(state);
    struct node *node = NULL;
    bed_damage(&bed, "INSERT INTO core_node (number, holder, serving, until, through) "
                     "VALUES (1023, 'last', 0, 9000000000000, 0)");
    assert_ptr_equal(node_begin(bed.process, bed.store, &node), &node_none);
    assert_null(node);
    bed_damage(&bed, "UPDATE core_node SET until = 0");
    node = node_of(&bed);
    assert_int_equal(node_number(node), 1023);
    node_end(node);
    bed_end(&bed);
}

static void hear(void *heard, int64_t serving)
{
    *(int64_t *)heard = serving;
}

static void who_answers_requests_is_counted(void **state)
{
    struct bed bed = begin(state);
    int64_t heard[2] = {0};
    struct node *first = node_of(&bed);
    struct node *import = node_of(&bed);
    struct node *second = node_of(&bed);
    assert_null(node_keep(first, hear, &heard[0]));
    assert_null(node_keep(import, NULL, NULL));
    assert_null(node_keep(second, hear, &heard[1]));
    assert_int_equal(heard[0], 1);
    assert_int_equal(heard[1], 2);
    assert_null(node_renew_now(first));
    assert_int_equal(heard[0], 2);
    node_end(second);
    assert_null(node_renew_now(first));
    assert_int_equal(heard[0], 1);
    node_end(import);
    node_end(first);
    bed_end(&bed);
}

/* ---- processes -------------------------------------------------------------------------------- */

enum { PROCESSES = 6, EACH = 5000 };

struct child {
    pid_t process;
    int told;  /* the address of the database */
    int heard; /* ids that it made */
};

static bool transfer_whole(int file, void *bytes, size_t size, bool in)
{
    for (size_t done = 0; done < size;) {
        char *at = (char *)bytes + done;
        ssize_t part = in ? read(file, at, size - done) : write(file, at, size - done);
        if (part <= 0)
            return false;
        done += (size_t)part;
    }
    return true;
}

/* Leases a number, makes ids, and dies without giving it back. */
static void make_ids(int told, int heard)
{
    static int64_t ids[EACH];
    char url[512];
    struct store *store = NULL;
    struct node *node = NULL;
    struct text complaint;
    struct memory *memory = memory_create(64 << 20);
    const struct schema *schemas[] = {&ledger_schema, module_all()[0]->schema};
    bool fine = transfer_whole(told, url, sizeof url, true) &&
                !store_open_statements(memory, text_of(url), schemas, COUNT_OF(schemas),
                                       bed_statements(memory, places, COUNT_OF(places)), &store,
                                       &complaint) &&
                !node_begin(memory, store, &node);
    for (int i = 0; i < EACH; i++)
        ids[i] = fine ? id_new() : 0;
    _exit(transfer_whole(heard, ids, sizeof ids, false) ? 0 : 1);
}

static struct child begin_child(void)
{
    int down[2];
    int up[2];
    assert_int_equal(pipe(down) | pipe(up), 0);
    struct child child = {fork(), down[1], up[0]};
    if (child.process == 0) {
        close(down[1]);
        make_ids(down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    return child;
}

static int by_value(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void processes_never_share_an_id(void **state)
{
    static int64_t ids[PROCESSES * EACH];
    struct child children[PROCESSES];
    /* Before there is a store: neither engine's connections survive a fork. */
    for (int i = 0; i < PROCESSES; i++)
        children[i] = begin_child();
    struct bed bed = begin(state);
    for (int i = 0; i < PROCESSES; i++)
        assert_true(transfer_whole(children[i].told, bed.url, sizeof bed.url, false));
    for (int i = 0; i < PROCESSES; i++) {
        int status = 1;
        assert_true(
            transfer_whole(children[i].heard, &ids[(ptrdiff_t)i * EACH], EACH * sizeof *ids, true));
        waitpid(children[i].process, &status, 0);
        assert_int_equal(status, 0);
        close(children[i].told);
        close(children[i].heard);
    }
    qsort(ids, COUNT_OF(ids), sizeof *ids, by_value);
    assert_true(ids[0] > 0);
    for (size_t i = 1; i < COUNT_OF(ids); i++)
        assert_true(ids[i] > ids[i - 1]);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_holds_a_number_of_its_own),    ON_BOTH(a_number_goes_on_where_it_ended),
        ON_BOTH(who_lost_its_number_takes_another), ON_BOTH(there_are_no_more_than_there_are),
        ON_BOTH(who_answers_requests_is_counted),   ON_BOTH(processes_never_share_an_id),
    };
    return cmocka_run_group_tests_name("core/node", tests, NULL, NULL);
}
