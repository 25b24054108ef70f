/*
 * What pages report of the visits that clicks began, on both engines: the first report of a click is kept, within
 * what can be true, and the audit misses clicks that are gone.
 */
#include "modules/referrals/widgets/widgets.h"

#include "base/ids.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "modules/referrals/audit.h"
#include "modules/referrals/lists/lists.h"
#include "modules/referrals/schema.h"
#include "modules/referrals/suspects/suspect.h"
#include "modules/referrals/widgets/queries.h"
#include "modules/referrals/widgets/rows.h"

static const struct instant start = {INT64_C(20000) * DAY + 9 * HOUR};
static struct bed bed;
static struct referrals_click_id click = {7001};

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema, &referrals_schema};
    static const char *const places[] = {"src/ledger/", "src/core/", "src/modules/referrals/"};
    char sql[300];
    bed = bed_begin_with(state, schemas, COUNT_OF(schemas), places, COUNT_OF(places));
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO referrals_click (id, link, prior, at, marks, visitor, network) "
                   "VALUES (7001, 5, 0, %lld, 0, 1, 1)",
                   (long long)start.ms);
    bed_damage(&bed, sql);
}

static const struct problem *tell(int64_t after, int64_t visible, int64_t touches)
{
    struct request request = {.store = bed.store,
                              .db = bed.reader,
                              .memory = bed.memory,
                              .agent = text_of("Mozilla/5.0 (X11; Linux x86_64) Safari"),
                              .address = text_of("192.0.2.7"),
                              .now = instant_add(start, after)};
    const struct landing_report report = {
        .visible = visible, .touches = touches, .scrolled = {true, 40}, .source = {true, 0}};
    return landing_tell(&request, click, &report);
}

static void expect_kept(int64_t visible, int64_t touches)
{
    struct referrals_landing_row row;
    assert_null(referrals_landing_of(bed.reader, bed.memory, click, &row));
    assert_int_equal(row.visible, visible);
    assert_int_equal(row.touches, touches);
}

static void the_first_report_of_a_click_is_kept(void **state)
{
    begin(state);
    assert_null(tell(30 * SECOND, 12000, 4));
    expect_kept(12000, 4);
    assert_null(tell(40 * SECOND, 40000, 900));
    expect_kept(12000, 4);
    bed_end(&bed);
}

static void what_reported_is_kept_as_a_kind_and_a_place_on_a_list(void **state)
{
    struct referrals_landing_row row;
    begin(state);
    assert_null(lists_take(bed.memory, text_of("192.0.2.0/24"), (struct text){NULL, 0}));
    assert_null(tell(30 * SECOND, 12000, 4));
    assert_null(lists_take(bed.memory, (struct text){NULL, 0}, (struct text){NULL, 0}));
    assert_null(referrals_landing_of(bed.reader, bed.memory, click, &row));
    assert_int_equal(row.device.value, SUSPECT_COMPUTER);
    assert_true(row.hosted.present && row.hosted.value == 1);
    assert_true(row.scrolled.value == 40 && row.source.present && row.source.value == 0);
    bed_end(&bed);
}

static void nobody_looks_longer_than_since_the_click(void **state)
{
    begin(state);
    assert_null(tell(5 * SECOND, 999999999, 999999999));
    expect_kept(5000 + CLOCKS_APART, LANDING_TOUCHES);
    bed_end(&bed);
}

/* The server that the page reports to may be behind the one that was followed: the visit is no glance for that. */
static void a_report_by_a_clock_behind_is_kept(void **state)
{
    begin(state);
    assert_null(tell(-3 * SECOND, 1500, 2));
    expect_kept(1500, 2);
    bed_end(&bed);
}

static void what_comes_too_late_or_from_nowhere_is_not_kept(void **state)
{
    struct referrals_landing_row row;
    begin(state);
    assert_null(tell(LANDING_LIFE + CLOCKS_APART + 1, 1000, 1));
    assert_null(tell(-CLOCKS_APART - 1, 1000, 1));
    assert_ptr_equal(referrals_landing_of(bed.reader, bed.memory, click, &row), &not_found);
    click.value = 7002;
    assert_ptr_equal(tell(1, 1000, 1), &not_found);
    click.value = 7001;
    bed_end(&bed);
}

static void silent(void *context, const char *line)
{
    (void)context;
    (void)line;
}

static void the_audit_misses_a_click_that_is_gone(void **state)
{
    struct ledger_audit_listener listener = {NULL, silent};
    int64_t missing = -1;
    begin(state);
    assert_null(tell(SECOND, 500, 0));
    bed_damage(&bed, "DELETE FROM referrals_click");
    assert_null(referrals_audit(bed.reader, bed.memory, &listener, &missing));
    assert_int_equal(missing, 1);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_first_report_of_a_click_is_kept),
        ON_BOTH(what_reported_is_kept_as_a_kind_and_a_place_on_a_list),
        ON_BOTH(nobody_looks_longer_than_since_the_click),
        ON_BOTH(a_report_by_a_clock_behind_is_kept),
        ON_BOTH(what_comes_too_late_or_from_nowhere_is_not_kept),
        ON_BOTH(the_audit_misses_a_click_that_is_gone),
    };
    return cmocka_run_group_tests_name("modules/referrals/widgets/landing", tests, NULL, NULL);
}
