/*
 * Many links by one call, on both engines: a line that is refused keeps the others from nothing, the same call again
 * changes nothing, and a hundred thousand are there, and in the index, within seconds.
 */
#include "modules/referrals/links/calls.h"

#include <string.h>
#include <time.h>

#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/clicks/queries.h"
#include "modules/referrals/clicks/rows.h"
#include "modules/referrals/schema.h"

enum { FIRM = 101, OTHER = 102, INES = 103, PROGRAM = 7000, PARTNER = 7001, GONE = 7002 };

static struct bed bed;

/* ---- the world -------------------------------------------------------------------------------- */

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema, &referrals_schema};
    static const char *const places[] = {"src/ledger/", "src/core/", "src/modules/referrals/"};
    bed = bed_begin_with(state, schemas, COUNT_OF(schemas), places, COUNT_OF(places));
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'organisation', 'Haus', 1), "
                     "(103, 'person', 'Ines', 1)");
    bed_damage(&bed,
               "INSERT INTO core_program (id, business, module, state, title, about, currency, "
               "version, empty, budget_minor, given_minor, since, until, at, moved) VALUES "
               "(7000, 101, 'referrals', 'running', 'Prints', '', 'EUR', 1, 'wait', 0, 0, 1, 0, "
               "1, 1)");
    bed_damage(&bed, "INSERT INTO referrals_program (program, landing, hosts, model, window_days, "
                     "code_first, late_days, bound_months, joining) VALUES (7000, "
                     "'https://shop.example/', 'shop.example', 'last', 30, 0, 30, 0, 'open')");
    bed_damage(&bed, "INSERT INTO referrals_partner (id, program, person, state, moved, at) VALUES "
                     "(7001, 7000, 103, 'active', 1, 1), (7002, 7000, 102, 'left', 1, 1)");
}

static struct links_line line_of(int64_t partner, const char *code, const char *to)
{
    return (struct links_line){{partner}, text_of(code), {to != NULL, text_of(to ? to : "")}};
}

/* What came of a call by a business; lives as long as `memory`. */
static const struct problem *call(struct memory *memory, int64_t business,
                                  struct links_line_list lines, struct batch_result *out)
{
    struct links_batch batch = {{PROGRAM}, lines};
    struct request request = {.store = bed.store,
                              .db = bed.reader,
                              .memory = memory,
                              .viewer = {.organisation = {business}},
                              .now = clock_now()};
    return referrals_links_take(&request, &batch, out);
}

static void expect(const struct batch_result *result, size_t line, const char *outcome,
                   const char *problem)
{
    const struct batch_made *made = &result->lines.items[line];
    if (!text_is(made->outcome, outcome))
        fail_msg("line %zu: %.*s", line, TEXT_ARGS(made->outcome));
    assert_int_equal(made->id.present, !problem);
    assert_int_equal(made->problem.present, problem != NULL);
    if (problem && !text_is(made->problem.value, problem))
        fail_msg("line %zu: %.*s", line, TEXT_ARGS(made->problem.value));
}

static void leads_to(const char *typed, const char *target)
{
    struct referrals_index_row row;
    struct code code;
    assert_true(referrals_fold_code(text_of(typed), &code));
    assert_null(
        referrals_index_code(bed.reader, bed.memory, (struct text){code.text, code.size}, &row));
    assert_true(text_is(row.target, target));
    assert_true(row.counts);
}

/* ---- tests ------------------------------------------------------------------------------------ */

static void each_line_has_its_own_outcome(void **state)
{
    struct batch_result result;
    struct links_line lines[] = {
        line_of(PARTNER, "Lamp-1", "/lamps?colour=red#buy"),
        line_of(PARTNER, "LAMPI", NULL),                     /* looks like the first */
        line_of(PARTNER, "lamp 2", NULL),                    /* a blank in it */
        line_of(PARTNER, "LAMP-3", "https://evil.example/"), /* nowhere */
        line_of(PARTNER, "LAMP-4", "//evil.example/"),       /* a path of the shop */
        line_of(GONE, "LAMP-5", NULL),
        line_of(4711, "LAMP-6", NULL),
        line_of(PARTNER, "LAMP-7", NULL),
    };
    begin(state);
    assert_null(call(bed.memory, FIRM, (struct links_line_list){lines, COUNT_OF(lines)}, &result));
    expect(&result, 0, "made", NULL);
    expect(&result, 1, "refused", "referrals.code_taken");
    expect(&result, 2, "refused", "referrals.bad_code");
    expect(&result, 3, "refused", "referrals.bad_landing");
    expect(&result, 4, "made", NULL);
    expect(&result, 5, "refused", "not_found");
    expect(&result, 6, "refused", "not_found");
    expect(&result, 7, "made", NULL);
    assert_int_equal(result.done, 3);
    assert_int_equal(result.refused, 5);
    leads_to("1AMP1", "https://shop.example/lamps?colour=red#buy");
    leads_to("lamp-4", "https://shop.example//evil.example/");
    leads_to("lamp-7", "https://shop.example/");
    bed_end(&bed);
}

static void the_same_call_again_changes_nothing(void **state)
{
    struct batch_result first, again;
    struct links_line lines[] = {line_of(PARTNER, "LAMP-A", "/lamps"),
                                 line_of(PARTNER, "LAMP-B", NULL)};
    struct links_line_list all = {lines, COUNT_OF(lines)};
    begin(state);
    assert_ptr_equal(call(bed.memory, OTHER, all, &first), &not_found);
    assert_null(call(bed.memory, FIRM, all, &first));
    assert_null(call(bed.memory, FIRM, all, &again));
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        expect(&again, i, "same", NULL);
        assert_true(text_equal(first.lines.items[i].id.value, again.lines.items[i].id.value));
    }
    lines[0] = line_of(PARTNER, "LAMP-A", "/chairs"); /* elsewhere */
    assert_null(call(bed.memory, FIRM, all, &again));
    expect(&again, 0, "refused", "referrals.code_taken");
    leads_to("LAMP-A", "https://shop.example/lamps");
    bed_end(&bed);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* By 100 calls; another process would hear of them the same way as this follower does. */
static void a_hundred_thousand_are_made_and_found(void **state)
{
    enum { EACH = 1000 };
    /* PostgreSQL takes a round trip for each: all of them at night. */
    bool fewer = strcmp(*state, "postgresql") == 0 && !getenv("TEST_NIGHTLY");
    const int links = fewer ? 5 * EACH : 100 * EACH;
    static struct links_line lines[EACH];
    static char codes[EACH][20], targets[EACH][60];
    struct link_follower *follower = NULL;
    struct link_found found;
    struct code code;
    begin(state);
    struct link_index *index = link_index_make();
    struct memory *looking = memory_create(8 << 20);
    struct click_look *look = click_look_make(looking);
    assert_null(link_follow_start(bed.process, bed.store, index, look, &follower));
    double began = seconds();
    for (int i = 0; i < links; i += EACH) {
        struct memory *memory = memory_create(32 << 20); /* of a request */
        struct batch_result result;
        for (int k = 0; k < EACH; k++) {
            (void)snprintf(codes[k], sizeof codes[k], "BULK-%06d", i + k);
            (void)snprintf(targets[k], sizeof targets[k], "/products/%d", i + k);
            lines[k] = line_of(PARTNER, codes[k], targets[k]);
        }
        assert_null(call(memory, FIRM, (struct links_line_list){lines, EACH}, &result));
        assert_int_equal(result.done, EACH);
        memory_end(memory);
    }
    double made = seconds() - began;
    assert_true(referrals_fold_code(text_of(codes[EACH - 1]), &code));
    while (link_index_count(index) < (size_t)links && seconds() - began < made + 10)
        (void)nanosleep(&(struct timespec){0, 10000000}, NULL);
    print_message("%d links made in %.1f s, all followed %.2f s later\n", links, made,
                  seconds() - began - made);
    assert_int_equal(link_index_count(index), links);
    assert_true(link_index_find(index, &code, clock_now(), &found));
    assert_true(text_is(found.hosts, "shop.example") && found.counts);
    link_follow_stop(follower);
    memory_end(looking);
    link_index_end(index);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_line_has_its_own_outcome),
        ON_BOTH(the_same_call_again_changes_nothing),
        ON_BOTH(a_hundred_thousand_are_made_and_found),
    };
    return cmocka_run_group_tests_name("modules/referrals/links", tests, NULL, NULL);
}
