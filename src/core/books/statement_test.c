/*
 * Statements: what they begin and end with, line by line, and that each byte of them counts.
 */
#include "base/settings.h"
#include "core/books/statement.h"
#include "core/sign/sign_test_bed.h"
#include "ledger/day.h"

static const struct currency eur = {"EUR"};
static const struct party_id person = {102};
static const struct posting_template earn = {
    .name = "test.earn",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, 0}, 0, "test.earned"},
             {{ACCOUNT_EARNINGS, 0}, {ACCOUNT_FEES, LEDGER_PLATFORM}, 1, "test.fee"}},
    .count = 2,
};
static const struct setting own[] = {
    {"site.name", SETTING_TEXT, "Here", 0, 0, false, "Who runs this"},
};

/* One call of the ledger as a write. */
struct call {
    struct posting posting;          /* what is posted; or */
    struct ledger_reversal reversal; /* what is taken back, when its posting is set */
    struct posting_id made;
};

/* Ids never go back, so each test has days of its own. */
static int64_t fresh_day(void)
{
    static int64_t day = 30000;
    return day += 100;
}

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct call *call = context;
    return call->reversal.posting.value ? ledger_reverse(db, memory, &call->reversal, &call->made)
                                        : ledger_post(db, memory, &call->posting, &call->made);
}

static struct posting_id earned(struct bed *bed, struct instant at, int64_t minor, int64_t fee)
{
    struct call call = {.posting = {.template = &earn,
                                    .parties = {person},
                                    .amounts = {{minor, eur}, {fee, eur}},
                                    .subject = 7,
                                    .at = at}};
    clock_set(at);
    assert_null(store_write(bed->store, bed->memory, work, &call));
    return call.made;
}

static void taken_back(struct bed *bed, struct instant at, struct posting_id posting, int64_t minor)
{
    struct call call = {.reversal = {posting, {minor, eur}, TEXT("test.refund"), at}};
    clock_set(at);
    assert_null(store_write(bed->store, bed->memory, work, &call));
}

static struct bed begin(void **state)
{
    static bool declared;
    struct bed bed;
    static const struct schema *const schemas[] = {&ledger_schema};
    static const char *const places[] = {"src/ledger/", "src/core/books/statement"};
    bed = bed_begin_with(state, schemas, 1, places, COUNT_OF(places));
    if (!declared)
        settings_declare(own, COUNT_OF(own));
    declared = true;
    return bed;
}

static struct text statement(struct bed *bed, int64_t from, int64_t through,
                             const struct problem *expected)
{
    struct builder out = builder_make(bed->memory, 1 << 20);
    struct journal_sink sink = {&out, collect};
    struct text file = {0};
    struct sign_key key;
    struct statement_order order = {.party = person,
                                    .name = TEXT("Inés"),
                                    .purpose = ACCOUNT_EARNINGS,
                                    .currency = eur,
                                    .from = from,
                                    .through = through,
                                    .language = LANGUAGE_EN,
                                    .at = clock_now()};
    assert_null(sign_key_make(text_of(bed->folder), &key));
    assert_ptr_equal(statement_write(bed->reader, bed->memory, &key, &order, &sink), expected);
    sign_key_end(&key);
    if (!expected)
        assert_null(builder_end(&out, &file));
    return file;
}

static bool has(struct text file, const char *words)
{
    return strstr(file.data, words) != NULL;
}

/* Something before, a day with an earning and half of it taken back, something after. */
static struct text of_one_day(struct bed *bed, int64_t day)
{
    earned(bed, (struct instant){(day - 1) * DAY + 23 * HOUR}, 1000, 0);
    struct posting_id posting = earned(bed, (struct instant){day * DAY + HOUR}, 500, 40);
    taken_back(bed, (struct instant){day * DAY + 2 * HOUR}, posting, 250);
    earned(bed, (struct instant){(day + 1) * DAY}, 7, 0);
    return statement(bed, day, day, NULL);
}

static void says_what_was_there_before_and_after(void **state)
{
    struct bed bed = begin(state);
    int64_t day = fresh_day();
    struct text file = of_one_day(&bed, day);
    assert_true(has(file, "\"name\":\"Inés\",\"account\":\"earnings\",\"currency\":\"EUR\""));
    assert_true(has(file, "\"opening_minor\":1000}"));
    assert_true(has(file, "\"minor\":500,\"other\":\"world\",\"reason\":\"test.earned\",\"words\":"
                          "\"test.earned\",\"takes_back\":null,\"balance_minor\":1500"));
    assert_true(has(file, "\"minor\":-40,\"other\":\"fees\""));
    assert_true(has(file, "\"minor\":20,\"other\":\"fees\",\"reason\":\"ledger.leg.back\""));
    assert_true(has(file, "\"takes_back\":\"trf_"));
    assert_true(has(file, "{\"transfers\":4,\"came_minor\":520,\"went_minor\":290,"
                          "\"closing_minor\":1230,\"owed_minor\":0}"));
    struct sign_report report = look(file, text_of(""));
    assert_int_equal(report.verdict, SIGN_GOOD);
    assert_true(text_is(report.kind, STATEMENT_KIND));
    file = statement(&bed, day - 30, day - 20, NULL);
    assert_true(has(file, "\"opening_minor\":0}"));
    assert_true(has(file, "{\"transfers\":0,"));
    file = statement(&bed, day + 1, day + 1, NULL);
    assert_true(has(file, "\"opening_minor\":1230}"));
    bed_end(&bed);
}

/* What was paid out and taken back afterwards is owed. */
static void says_what_is_owed(void **state)
{
    struct bed bed = begin(state);
    int64_t day = fresh_day();
    struct posting_id posting = earned(&bed, (struct instant){day * DAY}, 500, 0);
    earned(&bed, (struct instant){day * DAY + HOUR}, 100, 600);
    taken_back(&bed, (struct instant){day * DAY + 2 * HOUR}, posting, 300);
    struct text file = statement(&bed, day, day, NULL);
    assert_true(has(file, "\"balance_minor\":-300,\"owed_minor\":300}"));
    assert_true(has(file, "\"closing_minor\":-300,\"owed_minor\":300}"));
    bed_end(&bed);
}

static void takes_more_than_a_page(void **state)
{
    struct bed bed = begin(state);
    int64_t day = fresh_day();
    for (int i = 0; i < 600; i++)
        earned(&bed, (struct instant){day * DAY + i * MINUTE}, 10, 1);
    struct text file = statement(&bed, day, day, NULL);
    assert_true(has(file, "{\"line\":1202,"));
    assert_true(has(file, "{\"transfers\":1200,\"came_minor\":6000,\"went_minor\":600,"));
    assert_int_equal(look(file, text_of("")).verdict, SIGN_GOOD);
    bed_end(&bed);
}

static void refuses_days_that_make_no_period(void **state)
{
    struct bed bed = begin(state);
    int64_t day = fresh_day();
    clock_set((struct instant){day * DAY + HOUR});
    statement(&bed, day, day - 1, &statement_period);
    statement(&bed, day + 1, day + 1, &statement_period);
    bed_end(&bed);
}

static void each_byte_of_a_statement_counts(void **state)
{
    struct bed bed = begin(state);
    finds_each_byte(of_one_day(&bed, fresh_day()));
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(says_what_was_there_before_and_after),
        ON_BOTH(says_what_is_owed),
        ON_BOTH(takes_more_than_a_page),
        ON_BOTH(refuses_days_that_make_no_period),
        {"each_byte_of_a_statement_counts", each_byte_of_a_statement_counts, NULL, NULL, sqlite},
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
