/*
 * An event that is told anew and comes to more: an order to which something was added.
 *
 * What was given for it is taken back and given anew for the whole, in one write and by the rules and levels that
 * judged it at first, so that limits, thresholds and later parts come out as if it had been told so at once. The
 * awards of before go: the books keep them and why. Where the budget has not enough for it, what was given stays and
 * the verdict waits. Must not know: whose an event is. Read next: core/program/hear.c, core/program/back.c.
 */
#include "base/log.h"
#include "core/program/parts.h"
#include "core/program/queries.h"
#include "core/program/rule.shapes.h"

/* A verdict to be given anew. */
struct renewing {
    struct database *db;
    struct memory *memory;
    const struct program_row *program;
    const struct verdict_row *verdict; /* with its facts as they are now */
    struct program_facts facts;        /* these */
    struct party_id chain[PROGRAM_LEVELS];
    size_t levels;
    struct award_row_list awards; /* by it so far */
    struct instant at;
};

/* Who stood where when it was judged. */
static void read_chain(struct renewing *renewing)
{
    renewing->chain[0] = renewing->verdict->party;
    renewing->levels = 1;
    for (size_t i = 0; i < renewing->facts.above.count; i++) {
        const struct program_above *above = &renewing->facts.above.items[i];
        ensure(above->level > 1 && above->level <= PROGRAM_LEVELS);
        renewing->chain[above->level - 1] = above->party;
        if ((size_t)above->level > renewing->levels)
            renewing->levels = (size_t)above->level;
    }
}

/* Money of the budget that it has now. */
static int64_t given_so_far(const struct renewing *renewing)
{
    int64_t minor = 0;
    for (size_t i = 0; i < renewing->awards.count; i++) {
        const struct award_row *award = &renewing->awards.items[i];
        if (!award->credit && !currency_is_unit(award->sum.currency))
            minor += award->sum.minor - award->back_minor;
    }
    return minor;
}

/* At most so much money it is worth by the rules: without their limits. */
static const struct problem *find_worth(const struct renewing *renewing, int64_t *minor)
{
    static const struct program_used nothing_used[PROGRAM_RULES];
    struct program_rules rules;
    struct program_judgement judgement;
    const struct problem *problem = program_rules_of(
        renewing->db, renewing->memory, renewing->program->id, renewing->verdict->version, &rules);
    *minor = 0;
    if (problem)
        return problem;
    program_judge(&rules, &renewing->facts, nothing_used, &judgement);
    program_cut(&judgement, renewing->chain, renewing->levels);
    for (size_t i = 0; i < judgement.count; i++) {
        const struct program_due *due = &judgement.dues[i];
        if (due->rule >= 0 && program_pays_money(rules.rules.items[due->rule].benefit))
            *minor += due->sum;
    }
    return NULL;
}

/* Whether there is money for all of it, and nothing has waited longer. */
static const struct problem *can_give(const struct renewing *renewing, bool *can)
{
    bool waits;
    int64_t worth;
    int64_t left = renewing->program->budget_minor - renewing->program->given_minor;
    const struct problem *problem = find_worth(renewing, &worth);
    *can = !problem && worth <= left + given_so_far(renewing);
    if (problem || !*can)
        return problem;
    problem = program_find_queue(renewing->db, renewing->memory, renewing->program,
                                 renewing->verdict->id, &waits);
    *can = !waits;
    return problem;
}

/* The sums say what there is, not what was given twice. */
static const struct problem *forget_awards(const struct renewing *renewing)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < renewing->awards.count; i++) {
        const struct award_row *award = &renewing->awards.items[i];
        int64_t minor = -award->sum.minor, credit = award->credit ? minor : 0;
        struct program_sum_row sum = {
            award->program, award->party, text_of(award->sum.currency.code), minor, minor,
            credit,         credit};
        if (award->level > 0)
            problem = program_sum_add(renewing->db, renewing->memory, &sum);
    }
    return problem ? problem : awards_forget(renewing->db, renewing->memory, renewing->verdict->id);
}

static const struct problem *give_anew(const struct renewing *renewing, enum verdict_state *found)
{
    const struct verdict_row *verdict = renewing->verdict;
    const struct problem *problem = program_hold_back(renewing->db, renewing->memory, verdict->id,
                                                      verdict->reason, renewing->at);
    if (!problem)
        problem = forget_awards(renewing);
    if (!problem)
        problem = verdict_chain_forget(renewing->db, renewing->memory, verdict->id);
    return problem ? problem
                   : program_release(renewing->db, renewing->memory, verdict->id, renewing->chain,
                                     renewing->levels, renewing->at, found);
}

static const struct problem *move_to(const struct renewing *renewing, enum verdict_state state,
                                     const char *reason)
{
    struct verdict_change change = {renewing->verdict->id, state, text_of(reason), renewing->at};
    return verdict_move(renewing->db, renewing->memory, &change);
}

/* It keeps what it has, and waits for more; what has no hope of that counts as it is. */
static const struct problem *wait(const struct renewing *renewing)
{
    if (renewing->program->empty != EMPTY_WAIT || program_settled(renewing->program, renewing->at))
        return NULL;
    const struct problem *problem = program_keep_chain(
        renewing->db, renewing->memory, renewing->verdict->id, renewing->chain, renewing->levels);
    return problem ? problem : move_to(renewing, VERDICT_WAITING, PROGRAM_MORE_WAITS);
}

static const struct problem *begin(struct renewing *renewing)
{
    const struct problem *problem =
        program_read_facts(renewing->memory, renewing->verdict->facts, &renewing->facts);
    if (!problem)
        read_chain(renewing);
    return problem ? problem
                   : awards_by(renewing->db, renewing->memory, renewing->verdict->id,
                               &renewing->awards);
}

const struct problem *program_release_more(struct database *db, struct memory *memory,
                                           const struct verdict_row *verdict, struct instant at,
                                           enum verdict_state *found)
{
    struct program_row program;
    struct renewing renewing = {
        .db = db, .memory = memory, .program = &program, .verdict = verdict, .at = at};
    bool can = false;
    *found = VERDICT_WAITING;
    const struct problem *problem = program_find(db, memory, verdict->program, &program);
    if (!problem)
        problem = begin(&renewing);
    if (!problem)
        problem = can_give(&renewing, &can);
    if (problem || can)
        return problem ? problem : give_anew(&renewing, found);
    if (!program_settled(&program, at))
        return NULL;
    *found = VERDICT_COUNTED;
    problem = verdict_chain_forget(db, memory, verdict->id);
    return problem ? problem : move_to(&renewing, VERDICT_COUNTED, "program.why.given");
}

/* ---- what is told ----------------------------------------------------------------------------- */

/* Whether more is left of it than before; then its facts are those of now. */
static const struct problem *change_facts(struct database *db, struct memory *memory,
                                          const struct program_retold *retold,
                                          struct verdict_row *verdict, bool *more)
{
    struct program_facts facts;
    struct verdict_gone gone;
    const struct problem *problem = program_read_facts(memory, verdict->facts, &facts);
    if (!problem)
        problem = verdict_gone_of(db, memory, verdict->id, &gone);
    if (problem)
        return problem;
    *more = retold->total.minor - retold->returned_minor > facts.total.minor - gone.minor;
    if (!*more)
        return NULL;
    facts.total = retold->total;
    facts.lines = retold->lines;
    gone.minor = retold->returned_minor;
    gone.of = gone.minor > 0 ? retold->total.minor : 0;
    problem = program_write_facts(memory, &facts, &verdict->facts);
    if (!problem)
        problem = verdict_set_facts(db, memory, verdict->id, verdict->facts);
    return problem ? problem : verdict_is_gone(db, memory, &gone);
}

static const struct problem *retell(struct database *db, struct memory *memory,
                                    struct program_retold *retold, struct verdict_row *verdict)
{
    struct program_row program;
    struct renewing renewing = {
        .db = db, .memory = memory, .program = &program, .verdict = verdict, .at = retold->at};
    enum verdict_state found;
    bool more = false, can = false;
    const struct problem *problem = program_find(db, memory, verdict->program, &program);
    if (!problem && !program_settled(&program, retold->at))
        problem = change_facts(db, memory, retold, verdict, &more);
    if (problem || !more)
        return problem;
    retold->grown = true;
    if (verdict->state != VERDICT_COUNTED)
        return NULL; /* what is given for it once it is decided goes by its facts */
    problem = begin(&renewing);
    if (!problem)
        problem = can_give(&renewing, &can);
    if (problem)
        return problem;
    return can ? give_anew(&renewing, &found) : wait(&renewing);
}

const struct problem *program_retell(struct database *db, struct memory *memory,
                                     struct program_retold *retold)
{
    struct verdict_row_list verdicts;
    retold->grown = false;
    const struct problem *problem =
        verdicts_about(db, memory, retold->program, retold->subject, &verdicts);
    for (size_t i = 0; !problem && i < verdicts.count; i++) {
        struct verdict_row verdict = verdicts.items[i];
        problem = retell(db, memory, retold, &verdict);
    }
    return problem;
}

const struct problem *program_unhear(struct database *db, struct memory *memory,
                                     struct program_id program, int64_t subject, struct text also,
                                     bool *unheard)
{
    struct verdict_hit_list hits;
    const struct problem *problem = verdicts_unhear(db, memory, program, subject, also, &hits);
    *unheard = !problem && hits.count > 0;
    return problem;
}
