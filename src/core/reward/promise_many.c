/*
 * Units for many people in one call of a business's program, all or none, or each on its own.
 *
 * One write: the lines as a batch of the ledger, and what was said with each. A line has a key of its own,
 * or else the call's with its number; so a call that is repeated gives nothing twice, and one in which some
 * lines were refused can be sent again with these put right. Must not know: how ends are kept.
 * Read next: core/reward/promise_hand.c for one person, ledger/ledger.h (ledger_batch).
 */
#include "core/reward/pages.h"
#include "core/reward/parts.h"

/* A batch as a write. */
struct giving {
    struct reward_act *acts;
    struct ledger_line *lines;
    size_t count;
    enum batch_mode mode;
    size_t wrong; /* filled when the batch is refused: which line; `count`: none */
};

/* One line read into an act. */
static const struct problem *read_line(struct request *request, const struct grant_batch *batch,
                                       size_t number, struct reward_act *out)
{
    const struct grant_line *line = &batch->lines.items[number];
    struct text within = text_format(request->memory, "lines.%zu.", number);
    *out = (struct reward_act){
        .what = REWARD_GIVEN,
        .issuer = request->viewer.organisation,
        .actor = request->viewer.person,
        .note = line->note.present ? line->note.value : text_of(""),
        .once = line->key.present
                    ? line->key.value
                    : text_format(request->memory, "%.*s#%zu", TEXT_ARGS(request->once), number),
        .at = request->now,
    };
    if (!within.data || !out->once.data)
        return &out_of_memory;
    struct reward_named named = {within.data, &line->person, &line->mail, "reward.wrong.nobody"};
    const struct problem *problem =
        reward_read_units(request, batch->kind, within.data, &line->units, &line->sum, &out->units);
    return problem ? problem : reward_find_person(request, &named, &out->party);
}

static const struct problem *read_all(struct request *request, const struct grant_batch *batch,
                                      struct giving *out)
{
    struct memory *memory = request->memory;
    size_t count = batch->lines.count;
    struct reward_act *acts = memory_take_array(memory, count, sizeof *acts);
    struct ledger_line *lines = memory_take_array(memory, count, sizeof *lines);
    struct posting_template *templates = memory_take_array(memory, count, sizeof *templates);
    const struct problem *problem = acts && lines && templates ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++) {
        problem = read_line(request, batch, i, &acts[i]);
        if (problem)
            return problem;
        struct promise_move move = reward_move(&acts[i]);
        lines[i] = (struct ledger_line){
            .posting = promise_granting(&move, &templates[i]),
            .caller = acts[i].actor,
            .key = acts[i].once,
            .fingerprint = reward_fingerprint(memory, &acts[i]),
        };
        problem = lines[i].fingerprint.data ? NULL : &out_of_memory;
    }
    *out = (struct giving){acts, lines, count, batch->each ? BATCH_EACH : BATCH_ALL, count};
    return problem;
}

static const struct problem *give_all(struct database *db, struct memory *memory, void *context)
{
    struct giving *giving = context;
    giving->wrong = giving->count;
    const struct problem *problem =
        ledger_batch(db, memory, giving->lines, giving->count, giving->mode, &giving->wrong);
    for (size_t i = 0; !problem && i < giving->count; i++) {
        const struct ledger_line *line = &giving->lines[i];
        giving->acts[i].posting = line->posted;
        if (!line->problem && !line->again)
            problem = reward_keep(db, memory, &giving->acts[i]);
    }
    return problem;
}

static const struct problem *tell(struct request *request, const struct giving *giving,
                                  struct grants_made *view)
{
    struct booking_result told;
    const struct problem *problem =
        booking_tell(request->memory, giving->lines, giving->count, &told);
    if (!problem)
        *view = (struct grants_made){told.booked, told.before, told.refused, told.lines};
    return problem;
}

const struct problem *core_promise_give_all(struct request *request,
                                            const struct grant_batch *batch,
                                            struct grants_made *view)
{
    struct giving giving;
    const struct problem *problem = reward_need_rules(request, batch->kind);
    if (!problem)
        problem = read_all(request, batch, &giving);
    if (problem)
        return problem;
    problem = store_write_locking(request->store, request->memory, give_all, &giving);
    if (problem && giving.wrong < giving.count && problem->fault == FAULT_CLIENT) {
        struct text path = text_format(request->memory, "lines.%zu", giving.wrong);
        struct text rule = text_format(request->memory, "problem.%s.detail", problem->name);
        return path.data && rule.data ? request_refuse(request, path.data, rule.data)
                                      : &out_of_memory;
    }
    return problem ? problem : tell(request, &giving, view);
}
