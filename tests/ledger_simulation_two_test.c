/*
 * The crowd of ledger_simulation.h on PostgreSQL, played by two processes that post to the same accounts
 * all the time.
 *
 *   SIMULATION_STEPS   how many things happen (6,000; 1,000,000 in `make nightly`)
 *   SIMULATION_SEED    which crowd (1)
 *
 * Both processes have the whole model and the same seed, and each plays every other step of a thousand;
 * then they meet, tell each other what the ledger called things, and every balance is compared. Within a
 * thousand nobody knows in which order steps of the two come, so those are chosen whose outcome is the
 * same in each: what must succeed would even if all that takes came before all that gives, what
 * must be refused would even the other way round, and a sale or hold is touched once. At the end come the
 * audit and bean-check.
 */
#include "ledger_simulation.h"

#include <stdatomic.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/ids.h"

enum { PROCESSES = 2, KEY = 32 };
#define GIVEN_MOST INT64_C(10000000) /* more than a thousand steps can give to one account */

/* What both see. */
struct shared {
    char url[512];
    atomic_int arrived; /* at barriers, in all */
    atomic_bool failed; /* one gave up */
    atomic_llong busy;  /* writes that had to be sent again */
    struct step steps[COMPARED];
};

/* The least and most that may be free while a thousand is under way. */
struct bounds {
    int64_t wallet_low[FIRMS], wallet_high[FIRMS], wallet[FIRMS];
    int64_t earnings_low[PEOPLE], earnings_high[PEOPLE], earnings[PEOPLE];
};

struct player {
    struct shared *shared;
    int number; /* 0: the test's own process, which compares */
    int met;    /* how often */
    struct store *store;
    struct model model;
    struct bounds bounds;
    int64_t round;            /* which thousand, from 1 */
    int64_t paid_out[PEOPLE]; /* in which thousand each was last paid out */
    struct step steps[COMPARED];
};

__attribute__((format(printf, 2, 3))) _Noreturn static void give_up(struct player *player,
                                                                    const char *format, ...)
{
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    atomic_store(&player->shared->failed, true);
    if (player->number)
        print_message("process %d: %s\n", player->number, text);
    else
        fail_msg("%s", text);
    _exit(1);
}

/* Waits for the other. */
static void meet(struct player *player)
{
    struct shared *shared = player->shared;
    atomic_fetch_add(&shared->arrived, 1);
    player->met++;
    while (atomic_load(&shared->arrived) < player->met * PROCESSES) {
        if (atomic_load(&shared->failed))
            give_up(player, "the other process failed");
        usleep(200);
    }
}

/* ---- choosing --------------------------------------------------------------------------------- */

static void bounds_begin(struct player *player)
{
    struct bounds *bounds = &player->bounds;
    for (int i = 0; i < FIRMS; i++)
        bounds->wallet[i] = bounds->wallet_low[i] = bounds->wallet_high[i] =
            free_of(&player->model, i);
    for (int i = 0; i < PEOPLE; i++)
        bounds->earnings[i] = bounds->earnings_low[i] = bounds->earnings_high[i] =
            player->model.earnings[i];
}

static void widen(int64_t now, int64_t *before, int64_t *low, int64_t *high)
{
    if (now < *before)
        *low += now - *before;
    else
        *high += now - *before;
    *before = now;
}

/* After a step: what it took may come first, what it gave last. */
static void bounds_follow(struct player *player)
{
    struct bounds *bounds = &player->bounds;
    for (int i = 0; i < FIRMS; i++)
        widen(free_of(&player->model, i), &bounds->wallet[i], &bounds->wallet_low[i],
              &bounds->wallet_high[i]);
    for (int i = 0; i < PEOPLE; i++)
        widen(player->model.earnings[i], &bounds->earnings[i], &bounds->earnings_low[i],
              &bounds->earnings_high[i]);
}

/* A sum that is there in every order of steps stays; any other becomes one that is there in none. */
static void settle(struct step *step, int64_t low, int64_t high)
{
    if (step->amount <= low)
        return;
    step->amount = (high > 0 ? high : 0) + GIVEN_MOST;
    step->refused = &ledger_not_enough;
}

static void settle_for_firm(struct player *player, struct step *step)
{
    settle(step, player->bounds.wallet_low[step->firm], player->bounds.wallet_high[step->firm]);
}

static bool try_sell(struct player *player, struct step *step)
{
    struct model *model = &player->model;
    step->amount = 1 + below(model, 5000);
    settle_for_firm(player, step);
    split(model, step);
    if (!step->refused)
        model_sale(model, step);
    return true;
}

static bool try_hold(struct player *player, struct step *step)
{
    struct model *model = &player->model;
    if (model->hold_count == HOLDS_MAX)
        return false;
    step->amount = 1 + below(model, 3000);
    settle_for_firm(player, step);
    if (step->refused)
        return true;
    model->held[step->firm] += step->amount;
    model->holds[model->hold_count++] =
        (struct kept){.firm = step->firm, .amount = step->amount, .until = step->at};
    return true;
}

static bool try_payout(struct player *player, struct step *step)
{
    struct model *model = &player->model;
    int64_t low = player->bounds.earnings_low[step->person];
    step->amount = low > 0 && below(model, 4) ? low : 1 + below(model, 3000);
    settle(step, low, player->bounds.earnings_high[step->person]);
    if (step->refused)
        return true;
    player->paid_out[step->person] = player->round;
    model->earnings[step->person] -= step->amount;
    model->world += step->amount;
    return true;
}

/* Takes a hold of an earlier thousand; VOID or SELL_HELD. */
static bool try_held(struct player *player, struct step *step)
{
    struct model *model = &player->model;
    if (model->hold_count == 0)
        return false;
    step->index = (size_t)below(model, (int64_t)model->hold_count);
    struct kept *kept = &model->holds[step->index];
    const struct kept was = *kept;
    if (was.round == player->round)
        return false;
    kept->round = player->round;
    step->firm = was.firm;
    step->hold = was.hold;
    if (step->kind == SELL_HELD) {
        bool more = below(model, 10) == 0;
        step->amount = more ? was.amount + 1 : 1 + below(model, was.amount);
        split(model, step);
        step->refused = more ? &ledger_hold_too_small : NULL;
    }
    if (!step->refused)
        drop_hold(model, step->index);
    if (!step->refused && step->kind == SELL_HELD)
        model_sale(model, step);
    return true;
}

static bool try_refund(struct player *player, struct step *step)
{
    struct model *model = &player->model;
    if (model->sale_count == 0)
        return false;
    step->index = (size_t)below(model, (int64_t)model->sale_count);
    struct sold *sold = &model->sales[step->index];
    /* It takes from who earned without asking whether they have it: a payout would depend on it. */
    if (sold->round == player->round || player->paid_out[sold->person] == player->round ||
        player->paid_out[sold->promoter] == player->round)
        return false;
    sold->round = player->round;
    step->posted = sold->posting;
    bool more = below(model, 10) == 0 || sold->price == 0;
    step->amount = more              ? sold->price + 1
                   : below(model, 3) ? sold->price
                                     : 1 + below(model, sold->price);
    if (more)
        step->refused = sold->price ? &ledger_more_than_left : &ledger_nothing_left;
    else
        model_refund(model, sold, step->amount);
    return true;
}

static bool try_kind(struct player *player, struct step *step)
{
    switch (step->kind) {
    case SELL:
        return try_sell(player, step);
    case HOLD:
        return try_hold(player, step);
    case VOID:
    case SELL_HELD:
        return try_held(player, step);
    case REFUND:
        return try_refund(player, step);
    case PAY_OUT:
        return try_payout(player, step);
    default:
        return false;
    }
}

/* The same in both processes. */
static void choose_step(struct player *player, struct step *step, int64_t number)
{
    static const enum kind often[] = {PAY_IN, PAY_IN,    SELL,      SELL,   SELL,   HOLD,   HOLD,
                                      VOID,   SELL_HELD, SELL_HELD, REFUND, REFUND, PAY_OUT};
    struct model *model = &player->model;
    size_t sales = model->sale_count;
    size_t holds = model->hold_count;
    model->now.ms += 1 + below(model, 60 * MINUTE);
    struct step begun = {.kind = often[below(model, COUNT_OF(often))],
                         .firm = (int)below(model, FIRMS),
                         .person = (int)below(model, PEOPLE),
                         .at = model->now};
    *step = begun;
    if (!try_kind(player, step)) {
        *step = begun;
        step->kind = PAY_IN;
        step->amount = 1 + below(model, 9000);
        model->wallet[step->firm] += step->amount;
        model->world -= step->amount;
    }
    bool sold = !step->refused && (step->kind == SELL || step->kind == SELL_HELD);
    if (sold) {
        ensure(model->sale_count > 0 && model->sale_count >= sales);
        model->sales[model->sale_count - 1].made = number;
        model->sales[model->sale_count - 1].round = player->round;
    }
    if (step->kind == HOLD && !step->refused) {
        ensure(model->hold_count == holds + 1);
        model->holds[holds].made = number;
        model->holds[holds].round = player->round;
    }
    model->refused += step->refused != NULL;
    bounds_follow(player);
}

/* ---- playing ---------------------------------------------------------------------------------- */

static const struct problem *make_one(struct database *db, struct memory *memory, void *context)
{
    return make(db, memory, context);
}

/* Money that comes in needs nothing but the ledger, so it is gathered, under a key. */
static const struct problem *pay_in_gathered(struct player *player, struct step *step,
                                             int64_t number)
{
    char key[KEY];
    (void)snprintf(key, sizeof key, "in %lld %lld", (long long)player->round, (long long)number);
    struct ledger_line line = {.caller = firm_of(step->firm),
                               .key = text_of(key),
                               .fingerprint = text_of("in"),
                               .posting = posting_of(step, &pay_in)};
    const struct problem *problem = ledger_gather(player->store, &line);
    step->posted = line.posted;
    return problem;
}

static void play(struct player *player, int64_t number)
{
    struct step *step = &player->steps[number];
    const struct problem *problem = &store_busy;
    while (problem == &store_busy) {
        struct memory *memory = memory_create(64 << 20);
        problem = step->kind == PAY_IN ? pay_in_gathered(player, step, number)
                                       : store_write(player->store, memory, make_one, step);
        memory_end(memory);
        if (problem == &store_busy)
            atomic_fetch_add(&player->shared->busy, 1);
    }
    if (problem != step->refused)
        give_up(player, "step %lld of thousand %lld, kind %d: %s, the model says %s",
                (long long)number, (long long)player->round, (int)step->kind,
                problem ? problem->name : "done", step->refused ? step->refused->name : "done");
    player->shared->steps[number] = *step;
}

/* Names that the ledger gave go into the model. */
static void learn_names(struct player *player)
{
    struct model *model = &player->model;
    for (size_t i = 0; i < model->sale_count; i++)
        if (model->sales[i].made >= 0)
            model->sales[i].posting = player->shared->steps[model->sales[i].made].posted;
    for (size_t i = 0; i < model->hold_count; i++)
        if (model->holds[i].made >= 0)
            model->holds[i].hold = player->shared->steps[model->holds[i].made].hold;
    for (size_t i = 0; i < model->sale_count; i++)
        model->sales[i].made = -1;
    for (size_t i = 0; i < model->hold_count; i++)
        model->holds[i].made = -1;
}

/* What is due ends between two thousands: within one, a hold could be posted and end. */
static void expire(struct player *player)
{
    struct model *model = &player->model;
    struct step step = {.kind = EXPIRE, .at = model->now};
    for (size_t i = model->hold_count; i-- > 0;)
        if (model->holds[i].until.ms + 20 * DAY <= step.at.ms)
            drop_hold(model, i);
    if (player->number)
        return;
    do {
        struct memory *memory = memory_create(64 << 20);
        if (store_write(player->store, memory, make_one, &step))
            give_up(player, "holds do not expire");
        memory_end(memory);
    } while (step.expired > 0);
}

static void add_up(struct player *player, struct database *reader)
{
    int64_t added;
    struct memory *memory = memory_create(64 << 20);
    const struct problem *problem = ledger_add_up(player->store, reader, memory, &added);
    memory_end(memory);
    if (problem && problem != &store_busy)
        give_up(player, "adding up: %s", problem->name);
}

static void play_thousand(struct player *player, struct database *reader, int64_t count)
{
    player->round++;
    bounds_begin(player);
    for (int64_t i = 0; i < count; i++)
        choose_step(player, &player->steps[i], i);
    for (int64_t i = player->number; i < count; i += PROCESSES) {
        play(player, i);
        if (i % 100 == 1)
            add_up(player, reader);
    }
    meet(player);
    learn_names(player);
    expire(player);
}

static int64_t steps_wanted(void)
{
    return setting("SIMULATION_STEPS", getenv("TEST_NIGHTLY") ? 1000000 : 6000);
}

static struct player *player_begin(struct shared *shared, int number)
{
    struct player *player = calloc(1, sizeof *player);
    ensure(player);
    player->shared = shared;
    player->number = number;
    player->model.random =
        (uint64_t)setting("SIMULATION_SEED", 1) * UINT64_C(0x9E3779B97F4A7C15) + 1;
    player->model.now = (struct instant){1781100131000};
    return player;
}

/* Each process with a number of its own, as if leased. */
static void take_node(int number)
{
    ids_take_node(1 + number, (struct instant){0}, instant_add(clock_now(), DAY));
}

/* The other process's whole life. */
_Noreturn static void other_plays(struct shared *shared)
{
    static const struct schema *const schemas[] = {&ledger_schema};
    static const char *const places[] = {"src/ledger/"};
    struct text complaint;
    struct database *reader;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails does not wait for it */
    struct player *player = player_begin(shared, 1);
    struct memory *memory = memory_create(64 << 20);
    meet(player); /* until there is a database */
    take_node(1);
    if (store_open_statements(memory, text_of(shared->url), schemas, 1,
                              bed_statements(memory, places, 1), &player->store, &complaint) ||
        store_reader(player->store, memory, &reader))
        give_up(player, "no store");
    int64_t steps = steps_wanted();
    for (int64_t i = 0; i < steps; i += COMPARED) {
        play_thousand(player, reader, steps - i < COMPARED ? steps - i : COMPARED);
        meet(player); /* while the other compares, this one does nothing */
    }
    _exit(0);
}

static void two_processes_agree_with_the_model(void **state)
{
    struct shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(shared, MAP_FAILED);
    if (!bed_server())
        skip();
    pid_t other = fork();
    if (other == 0)
        other_plays(shared);
    struct bed bed = bed_begin(state);
    struct player *player = player_begin(shared, 0);
    struct model *model = &player->model;
    int64_t steps = steps_wanted();
    player->store = bed.store;
    (void)snprintf(shared->url, sizeof shared->url, "%s", bed.url);
    take_node(0);
    meet(player);
    for (int64_t i = 0; i < steps; i += COMPARED) {
        play_thousand(player, bed.reader, steps - i < COMPARED ? steps - i : COMPARED);
        compare_all(&bed, model, i + COMPARED);
        meet(player);
    }
    int status = 1;
    waitpid(other, &status, 0);
    assert_int_equal(status, 0);
    print_message("two processes: %lld steps, %lld refused, %lld refunds, %lld of them below zero, "
                  "%lld writes sent again\n",
                  (long long)steps, (long long)model->refused, (long long)model->refunds,
                  (long long)model->below, (long long)atomic_load(&shared->busy));
    assert_true(model->refused && model->refunds && model->below);
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t found = -1;
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &found));
    assert_int_equal(found, 0);
    check_with_beancount(&bed);
    free(player);
    bed_end(&bed);
    munmap(shared, sizeof *shared);
}

int main(void)
{
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {{"postgresql: two_processes_agree_with_the_model",
                                        two_processes_agree_with_the_model, NULL, NULL,
                                        postgresql}};
    return cmocka_run_group_tests_name("ledger_simulation_two", tests, NULL, NULL);
}
