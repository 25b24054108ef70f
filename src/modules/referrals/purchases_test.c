/*
 * Real purchases through a program with three rules, on both engines: what each partner got equals sums worked out
 * here as one would in a spreadsheet, and what a proposal of other rules foretells is what they give when they
 * are in force from the start, minor unit by minor unit.
 *
 * Read from TEST_DATA, file purchases/cdnow.txt (P. Fader and B. Hardie: 69,659 purchases of 23,570 customers);
 * absent, the tests are skipped. Every 20th customer on SQLite, every 100th on PostgreSQL, which needs a round trip for
 * each statement; all of them with TEST_NIGHTLY.
 */
#include "core/program/proposal.h"
#include "core/shop/shop.h"
#include "modules/referrals/convert.h"
#include "modules/referrals/referrals_test_bed.h"

enum {
    PARTY = 1000,  /* parties of partners are numbered from here */
    PARTNERS = 24, /* each but the first was brought by number (n - 1) / 2 */
    PURCHASES_MAX = 70000,
    CUSTOMERS_MAX = 30000,
    PERIODS = 110, /* weeks or months of the file */
    LEVELS = 3,
    TOGETHER = 50, /* orders judged in one write */
    SLICE = 20,
    SLICE_POSTGRESQL = 100,
};

struct purchase {
    int64_t customer;
    int64_t day;         /* since 1970 */
    int64_t week, month; /* from 0 on */
    int64_t minor;
    size_t line; /* of the file */
};

static struct purchase purchases[PURCHASES_MAX];
static size_t purchase_count;
static struct program_rules rules;

/* ---- the file --------------------------------------------------------------------------------- */

static int by_day(const void *a, const void *b)
{
    const struct purchase *first = a, *second = b;
    if (first->day != second->day)
        return first->day < second->day ? -1 : 1;
    return first->line < second->line ? -1 : 1;
}

static FILE *open_file(void)
{
    char path[500];
    const char *data = getenv("TEST_DATA");
    (void)snprintf(path, sizeof path, "%s/purchases/cdnow.txt", data ? data : "");
    FILE *file = data ? fopen(path, "r") : NULL;
    if (!file) {
        print_message("skipped: TEST_DATA holds no purchases/cdnow.txt\n");
        skip();
    }
    return file;
}

static void read_purchases(bool postgresql)
{
    long customer, date, pieces, whole, cents;
    int64_t slice = getenv("TEST_NIGHTLY") ? 1 : postgresql ? SLICE_POSTGRESQL : SLICE;
    FILE *file = open_file();
    purchase_count = 0;
    for (size_t line = 0;
         fscanf(file, "%ld %ld %ld %ld.%ld", &customer, &date, &pieces, &whole, &cents) == 5;
         line++) {
        struct civil civil = {.year = (int)(date / 10000),
                              .month = (int)(date / 100 % 100),
                              .day = (int)(date % 100)};
        assert_true(purchase_count < PURCHASES_MAX && customer < CUSTOMERS_MAX);
        if (customer % slice == 0)
            purchases[purchase_count++] =
                (struct purchase){.customer = customer,
                                  .day = instant_of(civil).ms / DAY,
                                  .month = (civil.year - 2021) * 12 + civil.month - 1,
                                  .minor = whole * 100 + cents,
                                  .line = line};
    }
    assert_true(feof(file));
    (void)fclose(file);
    assert_true(purchase_count > 500);
    qsort(purchases, purchase_count, sizeof *purchases, by_day);
    /* 28 December 2020 was a Monday. */
    int64_t monday = instant_of((struct civil){.year = 2020, .month = 12, .day = 28}).ms / DAY;
    for (size_t i = 0; i < purchase_count; i++)
        purchases[i].week = (purchases[i].day - monday) / 7;
}

/* Who brought a customer; nobody did one in 25. */
static int64_t partner_of(int64_t customer)
{
    int64_t number = customer / SLICE_POSTGRESQL;
    return number % 25 == 24 ? -1 : number % PARTNERS;
}

/* ---- two sets of rules, as numbers ------------------------------------------------------------ */

struct set {
    int64_t first[LEVELS], first_each_month; /* basis points of a first order; to one a month */
    int64_t regular[LEVELS], regular_orders, regular_total, regular_all_week;
    int64_t other[LEVELS], other_number, other_total; /* a fixed amount */
};
static const struct set set_before = {{1000, 300, 100}, 3000, {500, 100, 0}, 20, 2000, 2500,
                                      {25, 5, 1},       4,    5000};
static const struct set set_after = {
    {800, 400, 200}, 6000, {700, 100, 50}, 35, 3000, 4000, {30, 5, 0}, 3, 6000};

/* ---- the spreadsheet -------------------------------------------------------------------------- */

struct sheet {
    int64_t sum[PARTNERS];
    int64_t orders[PARTNERS]; /* that counted */
    int64_t first_used[PARTNERS][PERIODS];
    int64_t regular_used[PERIODS];
    int64_t of_customer[CUSTOMERS_MAX]; /* orders so far */
};

static void shrink(int64_t part[LEVELS], int64_t left, int64_t of)
{
    for (int i = 0; i < LEVELS; i++)
        part[i] = part[i] * left / of;
}

static int64_t total(const int64_t part[LEVELS])
{
    return part[0] + part[1] + part[2];
}

/* What an order gives to three levels; 1 to 3, which rule it was; 0: none. */
static int decide(const struct set *set, struct sheet *sheet, const struct purchase *order,
                  int64_t partner, int64_t part[LEVELS])
{
    int64_t number = sheet->of_customer[order->customer];
    int rule = number == 1 ? 1
               : sheet->orders[partner] >= set->regular_orders && order->minor >= set->regular_total
                   ? 2
               : number >= set->other_number || order->minor >= set->other_total ? 3
                                                                                 : 0;
    for (int i = 0; i < LEVELS; i++)
        part[i] = rule == 1   ? order->minor * set->first[i] / 10000
                  : rule == 2 ? order->minor * set->regular[i] / 10000
                  : rule == 3 ? set->other[i]
                              : 0;
    int64_t left_each = set->first_each_month - sheet->first_used[partner][order->month];
    int64_t left_all = set->regular_all_week - sheet->regular_used[order->week];
    if (rule == 1 && part[0] > left_each)
        shrink(part, left_each, part[0]);
    if (rule == 2 && total(part) > left_all)
        shrink(part, left_all, total(part));
    return rule;
}

static void add_order(const struct set *set, struct sheet *sheet, const struct purchase *order)
{
    int64_t partner = partner_of(order->customer), part[LEVELS];
    sheet->of_customer[order->customer]++;
    if (partner < 0 || order->minor == 0)
        return;
    int rule = decide(set, sheet, order, partner, part);
    int64_t given = 0, at = partner;
    for (int i = 0; i < LEVELS && at >= 0; i++) {
        sheet->sum[at] += part[i];
        given += part[i];
        at = at == 0 ? -1 : (at - 1) / 2;
    }
    if (rule == 1)
        sheet->first_used[partner][order->month] += part[0];
    if (rule == 2)
        sheet->regular_used[order->week] += given;
    if (given > 0)
        sheet->orders[partner]++;
}

static const struct sheet *add_up(const struct set *set, struct sheet *sheet)
{
    *sheet = (struct sheet){.sum = {0}};
    for (size_t i = 0; i < purchase_count; i++)
        add_order(set, sheet, &purchases[i]);
    return sheet;
}

/* ---- the same as rules ------------------------------------------------------------------------ */

static struct program_level_list levels_of(const int64_t part[LEVELS])
{
    struct program_level *levels = memory_take_array(bed.memory, LEVELS, sizeof *levels);
    assert_non_null(levels);
    for (int i = 0; i < LEVELS; i++)
        levels[i].part = part[i];
    return (struct program_level_list){levels, LEVELS};
}

static struct program_condition_list conditions_of(struct program_condition first,
                                                   struct program_condition second, size_t count)
{
    struct program_condition *list = memory_take_array(bed.memory, 2, sizeof *list);
    assert_non_null(list);
    list[0] = first;
    list[1] = second;
    return (struct program_condition_list){list, count};
}

static struct program_condition counted(enum program_fact fact, enum program_comparison is,
                                        int64_t number, int64_t any)
{
    return (struct program_condition){.any = any, .fact = fact, .is = is, .number = {true, number}};
}

static struct program_condition amounting(int64_t minor, int64_t any)
{
    return (struct program_condition){
        .any = any, .fact = FACT_TOTAL, .is = COMPARE_AT_LEAST, .amount = {true, {minor, eur}}};
}

static struct program_rules rules_of(const struct set *set)
{
    struct program_rule *list = memory_take_array(bed.memory, 3, sizeof *list);
    struct program_condition first = counted(FACT_ORDER_NUMBER, COMPARE_IS, 1, 0);
    assert_non_null(list);
    list[0] = (struct program_rule){.name = text_of("First orders"),
                                    .benefit = BENEFIT_PERCENT,
                                    .levels = levels_of(set->first),
                                    .conditions = conditions_of(first, first, 1),
                                    .most_each = {true, set->first_each_month},
                                    .period = PERIOD_MONTH};
    list[1] = (struct program_rule){
        .name = text_of("Regulars"),
        .benefit = BENEFIT_PERCENT,
        .levels = levels_of(set->regular),
        .conditions =
            conditions_of(counted(FACT_PARTNER_ORDERS, COMPARE_AT_LEAST, set->regular_orders, 0),
                          amounting(set->regular_total, 0), 2),
        .most = {true, set->regular_all_week},
        .period = PERIOD_WEEK};
    list[2] = (struct program_rule){
        .name = text_of("All others"),
        .benefit = BENEFIT_AMOUNT,
        .levels = levels_of(set->other),
        .conditions =
            conditions_of(counted(FACT_ORDER_NUMBER, COMPARE_AT_LEAST, set->other_number, 1),
                          amounting(set->other_total, 1), 2),
        .period = PERIOD_EVER};
    for (int i = 0; i < 3; i++) {
        list[i].trigger = TRIGGER_ORDER;
        list[i].each = 1;
    }
    return (struct program_rules){{list, 3}};
}

/* ---- the program ------------------------------------------------------------------------------ */

enum { BUDGET = 500000000 };

static const struct problem *join_all(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = NULL;
    (void)context;
    for (int i = 0; !problem && i < PARTNERS; i++) {
        struct referrals_joining_in joining = {
            .program = program,
            .person = {PARTY + i},
            .by = i == 0 ? text_of("") : text_format(memory, "PARTNER%d", 100 + (i - 1) / 2),
            .code = text_format(memory, "PARTNER%d", 100 + i),
            .at = start};
        problem = referrals_join(db, memory, &joining);
    }
    return problem;
}

static void begin(void **state, const struct set *set)
{
    static const struct job_kind *const jobs[] = {&proposal_job};
    struct wanted_program wanted = {.terms = usual_terms(), .budget = BUDGET};
    start = (struct instant){purchases[0].day * DAY};
    begin_world(state);
    job_register(jobs, 1);
    bed_damage(&bed,
               "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 23) "
               "INSERT INTO core_party (id, kind, name, joined) "
               "SELECT 1000 + i, 'person', 'Partner', 1 FROM n");
    rules = rules_of(set);
    wanted.rules = rules.rules;
    wanted.terms.code_first = true;
    begin_program(wanted);
    assert_null(store_write(bed.store, bed.memory, join_all, NULL));
}

/* ---- orders ----------------------------------------------------------------------------------- */

static const struct problem *take(struct database *db, struct memory *memory,
                                  const struct purchase *purchase)
{
    int64_t partner = partner_of(purchase->customer);
    const struct order_told told = {.number = text_format(memory, "n%zu", purchase->line),
                                    .placed = {purchase->day * DAY},
                                    .total = {purchase->minor, eur}};
    const struct order_given given = {
        .told = &told,
        .reference = text_format(memory, "c%lld", (long long)purchase->customer),
        .mail = text_of(""),
        .fingerprint = told.number,
        .codes = partner < 0 ? text_of("")
                             : text_format(memory, "PARTNER%lld", (long long)partner + 100)};
    const struct keeping keeping = {.business = {FIRM},
                                    .person = {MAREN},
                                    .source = ORDER_BY_PROGRAM,
                                    .at = {purchase->day * DAY}};
    struct kept kept;
    const struct problem *problem = orders_keep(db, memory, &keeping, &given, 1, &kept);
    if (problem || kept.problem)
        return problem ? problem : kept.problem;
    return referrals_order(db, memory, (struct order_id){kept.id},
                           (struct maybe_instant){.present = false}, keeping.at);
}

static const struct problem *take_some(struct database *db, struct memory *memory, void *context)
{
    size_t first = *(const size_t *)context;
    const struct problem *problem = NULL;
    for (size_t i = first; !problem && i < purchase_count && i < first + TOGETHER; i++)
        problem = take(db, memory, &purchases[i]);
    return problem;
}

static void take_all(void)
{
    for (size_t first = 0; first < purchase_count; first += TOGETHER) {
        struct memory *memory = memory_scratch(bed.memory);
        assert_non_null(memory);
        assert_null(store_write(bed.store, memory, take_some, &first));
        memory_end(memory);
    }
}

static int64_t given_to(int64_t partner)
{
    struct ledger_balance balance;
    assert_null(ledger_balance(bed.reader, bed.memory, (struct party_id){PARTY + partner},
                               ACCOUNT_EARNINGS, eur, &balance));
    return balance.balance.minor;
}

/* Returns what all partners got. */
static int64_t expect_as_in(const struct sheet *sheet)
{
    int64_t sum = 0;
    for (int64_t i = 0; i < PARTNERS; i++) {
        if (given_to(i) != sheet->sum[i])
            fail_msg("partner %d got %lld, not %lld", (int)i, (long long)given_to(i),
                     (long long)sheet->sum[i]);
        sum += sheet->sum[i];
    }
    return sum;
}

/* ---- the proposal ----------------------------------------------------------------------------- */

static const struct problem *propose(struct database *db, struct memory *memory, void *context)
{
    struct program_row row;
    struct proposal_id id;
    const struct problem *problem = program_find(db, memory, program, &row);
    return problem ? problem
                   : proposal_make(db, memory, &row, context, (struct party_id){MAREN}, clock_now(),
                                   &id);
}

/* What the rules of `set` would change for each partner. */
static void foretell(const struct set *set, int64_t change[PARTNERS])
{
    struct program_rules changed = rules_of(set), kept;
    struct proposal_row proposal;
    struct proposal_sum_list lines, totals;
    int64_t ran = 0, sum = 0;
    assert_null(store_write(bed.store, bed.memory, propose, &changed));
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 10, &ran));
    assert_null(proposal_of(bed.reader, bed.memory, program, &proposal, &kept));
    assert_true(proposal.counted.ms > 0 && proposal.looked > 0);
    assert_null(proposal_changes(bed.reader, bed.memory, &proposal, 0, 1000, &lines));
    assert_null(proposal_totals(bed.reader, bed.memory, &proposal, &totals));
    assert_int_equal(lines.count, proposal.changed);
    assert_int_equal(totals.count, 1);
    for (size_t i = 0; i < lines.count; i++) {
        int64_t partner = lines.items[i].party.value - PARTY;
        change[partner] = lines.items[i].after_minor - lines.items[i].before_minor;
        assert_int_equal(lines.items[i].before_minor, given_to(partner));
        sum += change[partner];
    }
    assert_int_equal(totals.items[0].after_minor - totals.items[0].before_minor, sum);
}

static void what_partners_got_is_as_in_a_spreadsheet_and_other_rules_are_foretold(void **state)
{
    static struct sheet before, after;
    int64_t change[PARTNERS] = {0}, changed = 0;
    read_purchases(strcmp(*state, "postgresql") == 0);
    begin(state, &set_before);
    take_all();
    int64_t sum = expect_as_in(add_up(&set_before, &before));
    foretell(&set_after, change);
    end();
    begin(state, &set_after);
    take_all();
    int64_t other = expect_as_in(add_up(&set_after, &after));
    for (int64_t i = 0; i < PARTNERS; i++) {
        assert_int_equal(given_to(i) - before.sum[i], change[i]);
        changed += change[i] != 0 ? 1 : 0;
    }
    end();
    assert_true(sum > 0 && other != sum && changed > PARTNERS / 2);
    print_message("%zu purchases, %lld given, %lld by the other rules\n", purchase_count,
                  (long long)sum, (long long)other);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_partners_got_is_as_in_a_spreadsheet_and_other_rules_are_foretold),
    };
    return cmocka_run_group_tests_name("modules/referrals/purchases", tests, NULL, NULL);
}
