/*
 * A crowd with a seed against a simple model of the ledger: payments in and out, sales by holds and at
 * once, parts of holds, expiries, refunds in part before and after payout, commissions that follow,
 * limits; on both engines.
 *
 *   SIMULATION_STEPS   how many things happen (20,000; 1,000,000 in `make nightly`)
 *   SIMULATION_SEED    which crowd (1)
 *
 * The model knows balances as plain numbers and decides by itself what must be refused and why. After
 * each thousand steps every balance is compared; at the end come the audit and bean-check.
 */
#include "ledger/audit.h"
#include "ledger/journal.h"
#include "ledger/ledger_test_bed.h"

enum {
    FIRMS = 12,
    PEOPLE = 60,
    SALES_MAX = 4000, /* older ones are forgotten */
    HOLDS_MAX = 500,
    TOGETHER = 40, /* steps in one write */
    COMPARED = 1000,
};

static const struct currency eur = {"EUR"};
static const struct party_id platform = {0};

enum { BUYER, SELLER, PROMOTER };
enum { PRICE, SHARE, REST, HANDLING, COMMISSION };

static const struct posting_template pay_in = {
    .name = "sim.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, BUYER}, PRICE, "sim.in"}},
    .count = 1,
};
static const struct posting_template sale = {
    .name = "sim.sale",
    .legs = {{{ACCOUNT_WALLET, BUYER}, {ACCOUNT_SALE, LEDGER_PLATFORM}, PRICE, "sim.price"},
             {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, SELLER}, SHARE, "sim.share"},
             {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_INCOME, LEDGER_PLATFORM}, REST, "sim.rest"},
             {{ACCOUNT_EARNINGS, SELLER}, {ACCOUNT_FEES, LEDGER_PLATFORM}, HANDLING, "sim.fee"}},
    .count = 4,
};
static const struct posting_template commission = {
    .name = "sim.commission",
    .legs = {{{ACCOUNT_INCOME, LEDGER_PLATFORM},
              {ACCOUNT_EARNINGS, PROMOTER},
              COMMISSION,
              "sim.commission"}},
    .count = 1,
};
static const struct posting_template pay_out = {
    .name = "sim.pay_out",
    .legs = {{{ACCOUNT_EARNINGS, SELLER}, {ACCOUNT_WORLD, LEDGER_PLATFORM}, PRICE, "sim.out"}},
    .count = 1,
};

/* ---- the model -------------------------------------------------------------------------------- */

struct sold {
    struct posting_id posting;    /* in the ledger */
    struct posting_id commission; /* that follows it; 0: none */
    int firm, person, promoter;
    int64_t price, share, rest, handling, promoted; /* what is left of each */
};

struct kept {
    struct hold_id hold; /* in the ledger */
    int firm;
    int64_t amount;
    struct instant until;
};

struct model {
    int64_t wallet[FIRMS], held[FIRMS];
    int64_t earnings[PEOPLE];
    int64_t world, income, fees;
    struct sold sales[SALES_MAX];
    size_t sale_count;
    struct kept holds[HOLDS_MAX];
    size_t hold_count;
    struct instant now;
    uint64_t random;
    int64_t refused, refunds,
        below; /* how often each happened: a crowd that never does shows nothing */
};

static uint64_t next_random(struct model *model)
{
    model->random ^= model->random << 13;
    model->random ^= model->random >> 7;
    model->random ^= model->random << 17;
    return model->random;
}

static int64_t below(struct model *model, int64_t limit)
{
    return (int64_t)(next_random(model) % (uint64_t)limit);
}

static struct party_id firm_of(int firm)
{
    return (struct party_id){1000 + firm};
}

static struct party_id person_of(int person)
{
    return (struct party_id){5000 + person};
}

static int64_t free_of(const struct model *model, int firm)
{
    return model->wallet[firm] - model->held[firm];
}

/* ---- steps ------------------------------------------------------------------------------------ */

enum kind { PAY_IN, SELL, SELL_HELD, HOLD, VOID, EXPIRE, REFUND, PAY_OUT, KINDS };

struct step {
    enum kind kind;
    int firm, person, promoter;
    int64_t amount, share, handling, promoted;
    size_t index;                  /* of a sale or hold */
    struct instant at;             /* when */
    const struct problem *refused; /* what the model expects */
    struct posting_id posted;      /* filled */
    struct posting_id followed;    /* filled */
    struct hold_id hold;           /* in or filled */
    int64_t expired;               /* filled */
};

static struct posting posting_of(const struct step *step, const struct posting_template *template)
{
    int64_t rest = step->amount - step->share;
    return (struct posting){
        .template = template,
        .parties = {firm_of(step->firm), person_of(step->person), person_of(step->promoter)},
        .amounts = {{step->amount, eur},
                    {step->share, eur},
                    {rest > 0 ? rest : 0, eur},
                    {step->handling, eur},
                    {step->promoted, eur}},
        .subject = 1,
        .at = step->at};
}

static const struct problem *follow(struct database *db, struct memory *memory, struct step *step)
{
    struct posting posting = posting_of(step, &commission);
    posting.follows = (struct maybe_posting_id){true, step->posted};
    return step->promoted ? ledger_post(db, memory, &posting, &step->followed) : NULL;
}

/* What a refund takes back: which sale, how much. Filled by the model before. */
static struct ledger_reversal reversal_of(const struct step *step)
{
    return (struct ledger_reversal){
        step->posted, {step->amount, eur}, TEXT("sim.refund"), step->at};
}

static const struct problem *make(struct database *db, struct memory *memory, struct step *step)
{
    struct posting posting = posting_of(step, step->kind == PAY_IN    ? &pay_in
                                              : step->kind == PAY_OUT ? &pay_out
                                                                      : &sale);
    struct ledger_reversal reversal = reversal_of(step);
    struct posting_id back;
    struct money money = {step->amount, eur};
    const struct problem *problem = NULL;
    switch (step->kind) {
    case PAY_IN:
    case PAY_OUT:
        return ledger_post(db, memory, &posting, &step->posted);
    case SELL:
        problem = ledger_post(db, memory, &posting, &step->posted);
        return problem ? problem : follow(db, memory, step);
    case SELL_HELD:
        problem = ledger_hold_post(db, memory, step->hold, &posting, &step->posted);
        return problem ? problem : follow(db, memory, step);
    case HOLD:
        return ledger_hold(db, memory, firm_of(step->firm), ACCOUNT_WALLET, money, 1, step->at,
                           instant_add(step->at, 20 * DAY), &step->hold);
    case VOID:
        return ledger_hold_void(db, memory, step->hold);
    case EXPIRE:
        return ledger_hold_expire(db, memory, step->at, &step->expired);
    case REFUND:
        return ledger_reverse(db, memory, &reversal, &back);
    default:
        return &our_fault;
    }
}

/* ---- what the model makes of a step ----------------------------------------------------------- */

static void model_sale(struct model *model, const struct step *step)
{
    if (model->sale_count == SALES_MAX)
        model->sales[below(model, SALES_MAX)] = model->sales[--model->sale_count];
    model->sales[model->sale_count++] = (struct sold){.firm = step->firm,
                                                      .person = step->person,
                                                      .promoter = step->promoter,
                                                      .price = step->amount,
                                                      .share = step->share,
                                                      .rest = step->amount - step->share,
                                                      .handling = step->handling,
                                                      .promoted = step->promoted};
    model->wallet[step->firm] -= step->amount;
    model->earnings[step->person] += step->share - step->handling;
    model->income += step->amount - step->share - step->promoted;
    model->fees += step->handling;
    model->earnings[step->promoter] += step->promoted;
}

static void model_refund(struct model *model, struct sold *sold, int64_t part)
{
    int64_t whole = sold->price;
    int64_t share = sold->share * part / whole;
    int64_t rest = sold->rest * part / whole;
    int64_t handling = sold->handling * part / whole;
    int64_t promoted = sold->promoted * part / whole;
    int64_t over = part - share - rest; /* at most one unit: two shares were rounded down */
    if (over && share < sold->share)
        share += over;
    else
        rest += over;
    sold->price -= part;
    sold->share -= share;
    sold->rest -= rest;
    sold->handling -= handling;
    sold->promoted -= promoted;
    model->wallet[sold->firm] += part;
    model->earnings[sold->person] += handling - share;
    model->earnings[sold->promoter] -= promoted;
    model->income += promoted - rest;
    model->fees -= handling;
    model->refunds++;
    model->below += model->earnings[sold->person] < 0;
}

static void drop_hold(struct model *model, size_t index)
{
    struct kept *kept = &model->holds[index];
    model->held[kept->firm] -= kept->amount;
    *kept = model->holds[--model->hold_count];
}

static void split(struct model *model, struct step *step)
{
    step->share = below(model, step->amount + 1);
    step->handling = below(model, step->share + 1) / 4;
    step->promoter = (int)below(model, PEOPLE);
    step->promoted = below(model, 3) ? 0 : below(model, step->amount - step->share + 1) / 2;
}

static void choose_sale(struct model *model, struct step *step)
{
    step->amount = 1 + below(model, 5000);
    split(model, step);
    if (free_of(model, step->firm) < step->amount)
        step->refused = &ledger_not_enough;
    else
        model_sale(model, step);
}

static void choose_held(struct model *model, struct step *step)
{
    step->index = (size_t)below(model, (int64_t)model->hold_count);
    const struct kept kept = model->holds[step->index];
    step->firm = kept.firm;
    step->hold = kept.hold;
    /* Sometimes more than was kept, which is refused, else a part or all of it. */
    bool more = below(model, 10) == 0;
    step->amount = more ? kept.amount + 1 : 1 + below(model, kept.amount);
    split(model, step);
    if (more) {
        step->refused = &ledger_hold_too_small;
        return;
    }
    drop_hold(model, step->index);
    model_sale(model, step);
}

static void choose_hold(struct model *model, struct step *step)
{
    step->amount = 1 + below(model, 3000);
    if (free_of(model, step->firm) < step->amount) {
        step->refused = &ledger_not_enough;
        return;
    }
    model->held[step->firm] += step->amount;
    model->holds[model->hold_count++] =
        (struct kept){.firm = step->firm, .amount = step->amount, .until = step->at};
}

static void choose_refund(struct model *model, struct step *step)
{
    step->index = (size_t)below(model, (int64_t)model->sale_count);
    struct sold *sold = &model->sales[step->index];
    step->posted = sold->posting;
    bool more = below(model, 10) == 0;
    step->amount = more || sold->price == 0 ? sold->price + 1
                   : below(model, 3)        ? sold->price
                                            : 1 + below(model, sold->price);
    if (sold->price == 0)
        step->refused = &ledger_nothing_left;
    else if (more)
        step->refused = &ledger_more_than_left;
    else
        model_refund(model, sold, step->amount);
}

static void choose_expiry(struct model *model, struct step *step)
{
    for (size_t i = model->hold_count; i-- > 0;)
        if (model->holds[i].until.ms + 20 * DAY <= step->at.ms)
            drop_hold(model, i);
}

static void choose_payout(struct model *model, struct step *step)
{
    int64_t has = model->earnings[step->person];
    step->amount = has > 0 && below(model, 4) ? has : 1 + below(model, 3000);
    if (has < step->amount) {
        step->refused = &ledger_not_enough;
        return;
    }
    model->earnings[step->person] -= step->amount;
    model->world += step->amount;
}

/* What happens next, and what the model makes of it. A step on a hold or sale needs one that the
 * ledger has named already. */
static void choose(struct model *model, struct step *step)
{
    static const enum kind often[] = {PAY_IN, PAY_IN, SELL,   SELL,      SELL,
                                      HOLD,   HOLD,   VOID,   SELL_HELD, SELL_HELD,
                                      REFUND, REFUND, EXPIRE, PAY_OUT};
    enum kind kind = often[below(model, COUNT_OF(often))];
    if ((kind == VOID || kind == SELL_HELD) && model->hold_count == 0)
        kind = HOLD;
    if (kind == HOLD && model->hold_count == HOLDS_MAX)
        kind = EXPIRE;
    if (kind == REFUND && model->sale_count == 0)
        kind = SELL;
    model->now.ms += 1 + below(model, 60 * MINUTE);
    *step = (struct step){.kind = kind,
                          .firm = (int)below(model, FIRMS),
                          .person = (int)below(model, PEOPLE),
                          .at = model->now};
    if (kind == PAY_IN) {
        step->amount = 1 + below(model, 9000);
        model->wallet[step->firm] += step->amount;
        model->world -= step->amount;
    } else if (kind == SELL) {
        choose_sale(model, step);
    } else if (kind == SELL_HELD) {
        choose_held(model, step);
    } else if (kind == HOLD) {
        choose_hold(model, step);
    } else if (kind == VOID) {
        step->index = (size_t)below(model, (int64_t)model->hold_count);
        step->hold = model->holds[step->index].hold;
        drop_hold(model, step->index);
    } else if (kind == REFUND) {
        choose_refund(model, step);
    } else if (kind == EXPIRE) {
        choose_expiry(model, step);
    } else {
        choose_payout(model, step);
    }
    model->refused += step->refused != NULL;
}

/* ---- the run ---------------------------------------------------------------------------------- */

/* Steps of one write. One that the model refuses, or that others will name, is the last of its write. */
struct group {
    struct step steps[TOGETHER];
    size_t count;
    size_t failed; /* which one, when one did */
};

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct group *group = context;
    for (size_t i = 0; i < group->count; i++) {
        const struct problem *problem = make(db, memory, &group->steps[i]);
        if (problem) {
            group->failed = i;
            return problem;
        }
    }
    return NULL;
}

static void run_group(struct bed *bed, struct group *group)
{
    struct memory *memory = memory_create(64 << 20);
    const struct problem *problem =
        group->count ? store_write(bed->store, memory, work, group) : NULL;
    memory_end(memory);
    if (problem)
        fail_msg("unexpected: %s of kind %d", problem->name, (int)group->steps[group->failed].kind);
}

static void compare(struct bed *bed, struct party_id party, enum account_purpose purpose,
                    int64_t balance, int64_t held, int64_t step)
{
    struct ledger_balance is;
    struct memory *memory = memory_create(1 << 20);
    assert_null(ledger_balance(bed->reader, memory, party, purpose, eur, &is));
    memory_end(memory);
    if (is.balance.minor != balance || is.held.minor != held)
        fail_msg("step %lld, party %lld, purpose %d: %lld held %lld, the model says %lld held %lld",
                 (long long)step, (long long)party.value, (int)purpose, (long long)is.balance.minor,
                 (long long)is.held.minor, (long long)balance, (long long)held);
}

static void compare_all(struct bed *bed, const struct model *model, int64_t step)
{
    for (int i = 0; i < FIRMS; i++)
        compare(bed, firm_of(i), ACCOUNT_WALLET, model->wallet[i], model->held[i], step);
    for (int i = 0; i < PEOPLE; i++)
        compare(bed, person_of(i), ACCOUNT_EARNINGS, model->earnings[i], 0, step);
    compare(bed, platform, ACCOUNT_WORLD, model->world, 0, step);
    compare(bed, platform, ACCOUNT_INCOME, model->income, 0, step);
    compare(bed, platform, ACCOUNT_FEES, model->fees, 0, step);
    compare(bed, platform, ACCOUNT_SALE, 0, 0, step);
}

/* A refused step runs alone and must leave nothing behind. */
static void run_refused(struct bed *bed, struct step *step)
{
    struct group alone = {.steps = {*step}, .count = 1};
    struct memory *memory = memory_create(64 << 20);
    const struct problem *problem = store_write(bed->store, memory, work, &alone);
    memory_end(memory);
    if (problem != step->refused)
        fail_msg("kind %d: %s, the model says %s", (int)step->kind,
                 problem ? problem->name : "done", step->refused->name);
}

/* Names that the ledger gave go into the model. */
static void take_names(struct model *model, const struct step *step)
{
    if (step->kind == HOLD)
        model->holds[model->hold_count - 1].hold = step->hold;
    if (step->kind == SELL || step->kind == SELL_HELD)
        model->sales[model->sale_count - 1].posting = step->posted;
}

static void hear(void *context, const char *line)
{
    (void)context;
    print_message("%s\n", line);
}

static const struct problem *write_piece(void *context, struct text piece)
{
    return fwrite(piece.data, 1, piece.size, context) == piece.size ? NULL : &world_failed;
}

static void check_with_beancount(struct bed *bed)
{
    char path[100];
    char command[160];
    if (system("bean-check --version >/dev/null 2>&1") != 0) {
        print_message("bean-check is not installed: the journal was not checked by it\n");
        return;
    }
    (void)snprintf(path, sizeof path, "%s/books.beancount", bed->folder);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    struct journal_sink sink = {file, write_piece};
    assert_null(journal_write(bed->reader, bed->memory, JOURNAL_BEANCOUNT, &sink));
    assert_int_equal(fclose(file), 0);
    (void)snprintf(command, sizeof command, "bean-check --no-cache %s", path);
    assert_int_equal(system(command), 0);
}

static int64_t setting(const char *name, int64_t usual)
{
    const char *value = getenv(name);
    return value ? strtoll(value, NULL, 10) : usual;
}

static void books_agree_with_the_model(void **state)
{
    struct bed bed = bed_begin(state);
    struct model *model = calloc(1, sizeof *model);
    struct group *group = calloc(1, sizeof *group);
    int64_t steps = setting("SIMULATION_STEPS", getenv("TEST_NIGHTLY") ? 1000000 : 20000);
    int64_t seed = setting("SIMULATION_SEED", 1);
    assert_true(model && group);
    model->random = (uint64_t)seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    model->now = (struct instant){1781100131000};
    for (int64_t i = 1; i <= steps; i++) {
        struct step *step = &group->steps[group->count];
        choose(model, step);
        bool named = step->kind == HOLD || step->kind == SELL || step->kind == SELL_HELD;
        if (step->refused) {
            struct step alone = *step;
            run_group(&bed, group);
            group->count = 0;
            run_refused(&bed, &alone);
        } else if (++group->count == TOGETHER || named) {
            run_group(&bed, group);
            take_names(model, &group->steps[group->count - 1]);
            group->count = 0;
        }
        if (i % COMPARED == 0 || i == steps) {
            run_group(&bed, group);
            group->count = 0;
            compare_all(&bed, model, i);
        }
    }
    print_message(
        "%s: seed %lld, %lld steps, %lld refused, %lld refunds, %lld of them below zero\n",
        bed.engine, (long long)seed, (long long)steps, (long long)model->refused,
        (long long)model->refunds, (long long)model->below);
    assert_true(model->refused && model->refunds && model->below);
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t found = -1;
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &found));
    assert_int_equal(found, 0);
    check_with_beancount(&bed);
    free(group);
    free(model);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {ON_BOTH(books_agree_with_the_model)};
    return cmocka_run_group_tests_name("ledger_simulation", tests, NULL, NULL);
}
