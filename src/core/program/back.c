/*
 * What comes to nothing later, in full or part, comes back from every level in that part.
 *
 * What is left of a reward is worked out from the whole each time, rounded down like the reward itself, so
 * several parts take back the same as one. What is held for later is let go and the rest held anew; what was
 * paid out already is owed (ledger_reverse()). Must not know: why. Read next: ledger/reverse.c.
 */
#include "base/log.h"
#include "core/program/parts.h"
#include "core/program/queries.h"

/* One posting with its awards, which stand together. */
struct taking_back {
    struct database *db;
    struct memory *memory;
    struct program_return *returned;
    const struct award_row *awards; /* of one posting */
    size_t count;
};

static int64_t sum_of(const struct taking_back *taking)
{
    int64_t sum = 0;
    for (size_t i = 0; i < taking->count; i++)
        sum += taking->awards[i].sum.minor;
    return sum;
}

/* What is still to be taken back of it. */
static const struct problem *find_rest(const struct taking_back *taking, struct money *out)
{
    const struct program_return *returned = taking->returned;
    struct money left;
    const struct problem *problem =
        ledger_left(taking->db, taking->memory, taking->awards[0].posting, &left);
    if (problem)
        return problem;
    __int128 stays = (__int128)sum_of(taking) * (returned->of - returned->minor) / returned->of;
    *out = (struct money){left.minor - (int64_t)stays, left.currency};
    return NULL;
}

static const struct problem *let_go(const struct taking_back *taking)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < taking->count; i++) {
        const struct award_row *award = &taking->awards[i];
        if (award->hold.value && award->due.ms > taking->returned->at.ms)
            problem = ledger_hold_void(taking->db, taking->memory, award->hold);
        problem = problem == &ledger_hold_over ? NULL : problem;
    }
    return problem;
}

/* Counts what is gone of each award, as the books have it, and holds the rest anew. */
static const struct problem *count_back(const struct taking_back *taking)
{
    struct award_back_list backs;
    const struct problem *problem =
        awards_back(taking->db, taking->memory, taking->awards[0].posting, &backs);
    for (size_t i = 0; !problem && i < taking->count; i++) {
        const struct award_row *award = &taking->awards[i];
        struct award_change change = {.id = award->id};
        for (size_t k = 0; k < backs.count; k++) {
            if (backs.items[k].party.value == award->party.value)
                change.back_minor = backs.items[k].minor;
        }
        struct money rest = {award->sum.minor - change.back_minor, award->sum.currency};
        if (award->due.ms > taking->returned->at.ms && rest.minor > 0)
            problem = program_hold(taking->db, taking->memory, award->party, award->verdict.value,
                                   rest, taking->returned->at, award->due, &change.hold);
        int64_t more = change.back_minor - award->back_minor;
        struct program_sum_row sum = {
            award->program,          award->party, text_of(award->sum.currency.code), 0, more, 0,
            award->credit ? more : 0};
        if (!problem && award->level > 0)
            problem = program_sum_add(taking->db, taking->memory, &sum);
        if (!problem)
            problem = award_take_back(taking->db, taking->memory, &change);
    }
    return problem;
}

static const struct problem *take_posting_back(const struct taking_back *taking)
{
    struct ledger_reversal reversal = {.posting = taking->awards[0].posting,
                                       .template = text_of("program.return"),
                                       .at = taking->returned->at};
    struct posting_id made;
    const struct problem *problem = find_rest(taking, &reversal.amount);
    if (problem || reversal.amount.minor <= 0)
        return problem;
    problem = let_go(taking);
    if (!problem)
        problem = ledger_reverse(taking->db, taking->memory, &reversal, &made);
    if (!problem)
        problem = count_back(taking);
    if (!problem && !taking->awards[0].credit && !currency_is_unit(reversal.amount.currency))
        taking->returned->back += reversal.amount.minor;
    return problem;
}

const struct problem *program_take_awards_back(struct database *db, struct memory *memory,
                                               struct program_return *returned,
                                               const struct award_row_list *awards)
{
    const struct problem *problem = NULL;
    for (size_t i = 0, end = 0; !problem && i < awards->count; i = end) {
        while (end < awards->count &&
               awards->items[end].posting.value == awards->items[i].posting.value)
            end++;
        struct taking_back taking = {db, memory, returned, &awards->items[i], end - i};
        problem = take_posting_back(&taking);
    }
    return problem;
}

/* Kept in any case: what is held or waits is given less that later. */
static const struct problem *take_verdict_back(struct database *db, struct memory *memory,
                                               struct program_return *returned,
                                               const struct verdict_row *verdict)
{
    struct award_row_list awards;
    struct verdict_gone gone = {verdict->id, returned->minor, returned->of};
    const struct problem *problem = awards_by(db, memory, verdict->id, &awards);
    if (!problem)
        problem = program_take_awards_back(db, memory, returned, &awards);
    if (!problem)
        problem = program_gift_back(db, memory, returned, verdict->id);
    if (!problem)
        problem = program_access_back(db, memory, returned, verdict->id);
    if (!problem)
        problem = verdict_is_gone(db, memory, &gone);
    if (problem || returned->minor < returned->of || verdict->state == VERDICT_REJECTED)
        return problem;
    problem = verdict_chain_forget(db, memory, verdict->id);
    if (problem)
        return problem;
    struct verdict_change change = {verdict->id, VERDICT_REJECTED,
                                    text_of(verdict->state == VERDICT_HELD
                                                ? "program.why.returned_before"
                                                : "program.why.returned"),
                                    returned->at};
    return verdict_move(db, memory, &change);
}

const struct problem *program_take_back(struct database *db, struct memory *memory,
                                        struct program_return *returned)
{
    struct verdict_row_list verdicts;
    struct program_hit hit;
    ensure(returned->of > 0 && returned->minor >= 0 && returned->minor <= returned->of);
    returned->back = 0;
    const struct problem *problem =
        verdicts_about(db, memory, returned->program, returned->subject, &verdicts);
    for (size_t i = 0; !problem && i < verdicts.count; i++)
        problem = take_verdict_back(db, memory, returned, &verdicts.items[i]);
    if (problem || returned->back == 0)
        return problem;
    problem = program_give(db, memory, returned->program, -returned->back, &hit);
    return problem ? problem : program_money_back(db, memory, returned->program, returned->at);
}

/* ---- held and let go --------------------------------------------------------------------------- */

const struct problem *program_hold_back(struct database *db, struct memory *memory,
                                        struct verdict_id verdict, struct text reason,
                                        struct instant at)
{
    struct verdict_row row;
    struct program_rules rules;
    struct award_row_list awards;
    struct program_hit hit;
    const struct problem *problem = verdict_by_id(db, memory, verdict, &row);
    if (!problem && row.state != VERDICT_COUNTED && row.state != VERDICT_WAITING)
        return &conflict;
    if (!problem)
        problem = program_rules_of(db, memory, row.program, row.version, &rules);
    if (!problem)
        problem = awards_by(db, memory, verdict, &awards);
    if (problem)
        return problem;
    struct program_return whole = {row.program, row.subject, 1, 1, at, 0};
    for (size_t i = 0; !problem && i < awards.count; i++)
        problem = program_use_less(db, memory, &row, &rules, &awards.items[i]);
    if (!problem)
        problem = program_take_awards_back(db, memory, &whole, &awards);
    if (!problem)
        problem = program_gift_back(db, memory, &whole, verdict);
    if (!problem)
        problem = program_access_back(db, memory, &whole, verdict);
    if (!problem && whole.back > 0)
        problem = program_give(db, memory, row.program, -whole.back, &hit);
    if (!problem && whole.back > 0)
        problem = program_money_back(db, memory, row.program, at);
    struct verdict_change change = {verdict, VERDICT_HELD, reason, at};
    return problem ? problem : verdict_move(db, memory, &change);
}

const struct problem *program_reject(struct database *db, struct memory *memory,
                                     struct verdict_id verdict, struct text reason,
                                     struct instant at)
{
    struct verdict_row row;
    struct verdict_change change = {verdict, VERDICT_REJECTED, reason, at};
    const struct problem *problem = verdict_by_id(db, memory, verdict, &row);
    if (!problem && row.state != VERDICT_HELD)
        return &conflict;
    if (!problem)
        problem = verdict_chain_forget(db, memory, verdict);
    return problem ? problem : verdict_move(db, memory, &change);
}

const struct problem *program_reopen(struct database *db, struct memory *memory,
                                     struct verdict_id verdict, struct text reason,
                                     struct instant at)
{
    struct verdict_row row;
    struct verdict_gone gone;
    struct verdict_change change = {verdict, VERDICT_HELD, reason, at};
    const struct problem *problem = verdict_by_id(db, memory, verdict, &row);
    if (!problem)
        problem = verdict_gone_of(db, memory, verdict, &gone);
    if (problem)
        return problem;
    if (row.state != VERDICT_REJECTED || (gone.of > 0 && gone.minor >= gone.of))
        return &conflict;
    return verdict_move(db, memory, &change);
}
