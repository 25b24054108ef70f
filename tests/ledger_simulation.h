/*
 * A crowd's model of the ledger: balances as plain numbers, what each step makes of them, and what the
 * ledger is compared with. For tests/ledger_simulation*_test.c only.
 *
 * The model shares no code with the ledger. Read next: tests/ledger_simulation_test.c.
 */
#ifndef CONTRAFLOW_TESTS_LEDGER_SIMULATION_H
#define CONTRAFLOW_TESTS_LEDGER_SIMULATION_H

#include "ledger/audit.h"
#include "ledger/journal.h"
#include "ledger/ledger_test_bed.h"

enum {
    FIRMS = 12,
    PEOPLE = 60,
    SALES_MAX = 4000, /* older ones are forgotten */
    HOLDS_MAX = 500,
    COMPARED = 1000, /* steps after which all balances are */
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
    int64_t made, round; /* with several processes: by which step; when it was last touched */
};

struct kept {
    struct hold_id hold; /* in the ledger */
    int firm;
    int64_t amount;
    struct instant until;
    int64_t made, round; /* as of a sale */
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

/* ---- comparing -------------------------------------------------------------------------------- */

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

#endif
