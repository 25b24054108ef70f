/*
 * What happened is judged, kept with its facts and reason, and paid.
 *
 * Must not know: whose an event is. Read next: core/program/rule.c, core/program/give.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/program/parts.h"
#include "core/program/program.shapes.h"
#include "core/program/queries.h"
#include "core/program/rule.shapes.h"

#define FACTS_BYTES (256 << 10) /* of facts as JSON: 500 lines of an order */

/* What a reader is told; in the order of enum program_reason. */
static const char *reason_key(enum program_reason reason)
{
    static const char *const keys[] = {
        [REASON_GIVEN] = "program.why.given",       [REASON_PART] = "program.why.part",
        [REASON_CAP_EACH] = "program.why.cap_each", [REASON_CAP_ALL] = "program.why.cap_all",
        [REASON_NOTHING] = "program.why.nothing",   [REASON_NO_RULE] = "program.why.no_rule",
    };
    return keys[reason];
}

/* What the rules with caps gave in their periods so far. */
static const struct problem *look_up_used(struct database *db, struct memory *memory,
                                          const struct program_heard *heard,
                                          struct program_used used[PROGRAM_RULES])
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < heard->rules->rules.count; i++) {
        const struct program_rule *rule = &heard->rules->rules.items[i];
        struct instant begun = program_period_begin(rule->period, heard->facts->at);
        struct program_used_row row = {.minor = 0};
        if (rule->most_each.present)
            problem = program_used_of(db, memory, heard->program->id, rule->name, begun,
                                      heard->chain[0], &row);
        problem = problem == &not_found ? NULL : problem;
        used[i].each = row.minor;
        row.minor = 0;
        if (!problem && rule->most.present)
            problem = program_used_of(db, memory, heard->program->id, rule->name, begun,
                                      (struct party_id){0}, &row);
        problem = problem == &not_found ? NULL : problem;
        used[i].all = row.minor;
    }
    return problem;
}

/* One reason for a whole event: the best of what its rules say. */
static const char *best_reason(const struct program_judgement *judgement)
{
    enum program_reason best = REASON_NO_RULE;
    for (size_t i = 0; i < judgement->count; i++) {
        if (judgement->dues[i].reason < best)
            best = judgement->dues[i].reason;
    }
    return reason_key(best);
}

static bool gives(const struct program_judgement *judgement)
{
    for (size_t i = 0; i < judgement->count; i++) {
        if (judgement->dues[i].sum > 0)
            return true;
    }
    return false;
}

/* What waits is given in its order, so that what comes later can't take the money before it. */
const struct problem *program_find_queue(struct database *db, struct memory *memory,
                                         const struct program_row *program,
                                         struct verdict_id verdict, bool *waits)
{
    struct verdict_hit first;
    *waits = false;
    if (program->empty != EMPTY_WAIT)
        return NULL;
    const struct problem *problem = verdict_waits_first(db, memory, program->id, &first);
    *waits = !problem && first.id.value < verdict.value;
    return problem == &not_found ? NULL : problem;
}

/* By the rules and what they gave so far; nothing is given yet. */
static const struct problem *judge(struct database *db, struct memory *memory,
                                   struct program_heard *heard)
{
    struct program_used used[PROGRAM_RULES] = {{0}};
    const struct problem *problem = look_up_used(db, memory, heard, used);
    if (problem)
        return problem;
    program_judge(heard->rules, heard->facts, used, &heard->judgement);
    program_cut(&heard->judgement, heard->chain, heard->levels);
    heard->found = heard->state;
    heard->why = heard->reason ? heard->reason : best_reason(&heard->judgement);
    if (heard->state == VERDICT_COUNTED && !gives(&heard->judgement))
        heard->found = VERDICT_REJECTED;
    return NULL;
}

static bool pays_level_one(const struct program_judgement *judgement)
{
    for (size_t i = 0; i < judgement->count; i++) {
        if (judgement->dues[i].parts[0] > 0)
            return true;
    }
    return false;
}

/* What counts, as far as the budget goes. */
static const struct problem *give(struct database *db, struct memory *memory,
                                  struct program_heard *heard)
{
    bool waits = false;
    struct giving giving = {
        .db = db,
        .memory = memory,
        .program = heard->program,
        .rules = heard->rules,
        .verdict = heard->verdict,
        .subject = heard->subject,
        .chain = heard->chain,
        .levels = heard->levels,
        .guest = heard->facts->guest.count > 0 ? &heard->facts->guest.items[0] : NULL,
        .event = heard->facts->at,
        .at = heard->at,
    };
    if (heard->found != VERDICT_COUNTED)
        return NULL;
    const struct problem *problem =
        program_find_queue(db, memory, heard->program, heard->verdict, &waits);
    if (!problem)
        problem = waits ? &program_no_budget : program_give_all(&giving, &heard->judgement);
    if (!problem && !pays_level_one(&heard->judgement))
        problem = verdict_is_bare(db, memory, heard->verdict);
    if (problem != &program_no_budget)
        return problem;
    bool settled = program_settled(heard->program, heard->at); /* there will be no more money */
    bool waits_on = heard->program->empty == EMPTY_WAIT && !settled;
    heard->found = waits_on ? VERDICT_WAITING : VERDICT_REJECTED;
    heard->why = settled ? "program.why.ended" : "program.why.empty";
    return NULL;
}

const struct problem *program_write_facts(struct memory *memory, const struct program_facts *facts,
                                          struct text *out)
{
    struct builder b = builder_make(memory, FACTS_BYTES);
    shape_write_json(&b, &program_facts_shape, facts, FOR_OPERATOR);
    return builder_end(&b, out);
}

/* With who stood above, so that the same can be judged again by other rules. */
static const struct problem *write_facts(struct memory *memory, const struct program_heard *heard,
                                         struct text *out)
{
    struct program_above above[PROGRAM_LEVELS];
    struct program_facts facts = *heard->facts;
    size_t count = 0;
    for (size_t i = 1; i < heard->levels; i++) {
        if (heard->chain[i].value)
            above[count++] = (struct program_above){(int64_t)i + 1, heard->chain[i]};
    }
    facts.above = (struct program_above_list){above, count};
    return program_write_facts(memory, &facts, out);
}

const struct problem *program_keep_chain(struct database *db, struct memory *memory,
                                         struct verdict_id verdict, const struct party_id *chain,
                                         size_t levels)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < levels; i++) {
        const struct verdict_chain_row row = {verdict, (int64_t)i + 1, chain[i]};
        problem = verdict_chain_insert(db, memory, &row);
    }
    return problem;
}

/* Who stands above somebody may be another by the time it is decided. */
static const struct problem *keep_chain(struct database *db, struct memory *memory,
                                        const struct program_heard *heard)
{
    if (heard->found != VERDICT_WAITING && heard->found != VERDICT_HELD)
        return NULL;
    return program_keep_chain(db, memory, heard->verdict, heard->chain, heard->levels);
}

const struct problem *program_read_facts(struct memory *memory, struct text json,
                                         struct program_facts *out)
{
    struct field_errors errors = {NULL, 0};
    struct bytes bytes = {(const unsigned char *)json.data, json.size};
    const struct problem *problem =
        shape_read_json(memory, &program_facts_shape, bytes, out, &errors);
    return problem == &invalid_input ? &our_fault : problem;
}

const struct problem *program_hear(struct database *db, struct memory *memory,
                                   struct program_heard *heard)
{
    struct verdict_row row;
    struct text facts;
    ensure(heard->levels > 0 && heard->levels <= PROGRAM_LEVELS);
    const struct problem *problem =
        verdict_about(db, memory, heard->program->id, heard->subject, heard->chain[0], &row);
    if (!problem) {
        heard->verdict = row.id;
        heard->found = row.state;
        return &conflict;
    }
    if (problem != &not_found)
        return problem;
    problem = write_facts(memory, heard, &facts);
    heard->verdict.value = id_new();
    if (!problem)
        problem = judge(db, memory, heard);
    if (problem)
        return problem;
    enum verdict_state judged = heard->found;
    row = (struct verdict_row){
        .id = heard->verdict,
        .program = heard->program->id,
        .version = heard->program->version,
        .party = heard->chain[0],
        .subject = heard->subject,
        .state = heard->found,
        .reason = text_of(heard->why),
        .facts = facts,
        .at = heard->facts->at,
    };
    problem = verdict_insert(db, memory, &row);
    if (!problem)
        problem = give(db, memory, heard);
    struct verdict_change change = {row.id, heard->found, text_of(heard->why), row.at};
    if (!problem && heard->found != judged)
        problem = verdict_move(db, memory, &change);
    return problem ? problem : keep_chain(db, memory, heard);
}

/* What came to nothing while it was held or waited comes back at once, so that it is rounded like any other. */
static const struct problem *give_less(struct database *db, struct memory *memory,
                                       const struct program_heard *heard)
{
    struct verdict_gone gone;
    struct award_row_list awards = {NULL, 0};
    struct program_hit hit;
    const struct problem *problem = verdict_gone_of(db, memory, heard->verdict, &gone);
    if (problem || gone.minor == 0)
        return problem;
    struct program_return returned = {
        heard->program->id, heard->subject, gone.minor, gone.of, heard->at, 0};
    problem = awards_by(db, memory, heard->verdict, &awards);
    if (!problem)
        problem = program_take_awards_back(db, memory, &returned, &awards);
    if (!problem)
        problem = program_gift_back(db, memory, &returned, heard->verdict);
    if (!problem)
        problem = program_access_back(db, memory, &returned, heard->verdict);
    if (problem || returned.back == 0)
        return problem;
    return program_give(db, memory, heard->program->id, -returned.back, &hit);
}

static const struct problem *read_chain(struct database *db, struct memory *memory,
                                        struct verdict_id verdict,
                                        struct party_id chain[PROGRAM_LEVELS], size_t *levels)
{
    struct verdict_chain_row_list rows = {NULL, 0};
    const struct problem *problem = verdict_chain_of(db, memory, verdict, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++)
        chain[i] = rows.items[i].party;
    *levels = rows.count;
    return problem;
}

/* What waits when the budget goes back has waited in vain, whatever comes back to it later. */
static const struct problem *decide(struct database *db, struct memory *memory,
                                    struct program_heard *heard, const struct verdict_row *verdict)
{
    if (verdict->state == VERDICT_WAITING && program_settled(heard->program, heard->at)) {
        heard->found = VERDICT_REJECTED;
        heard->why = "program.why.ended";
        return NULL;
    }
    const struct problem *problem = judge(db, memory, heard);
    return problem ? problem : give(db, memory, heard);
}

static const struct problem *release(struct database *db, struct memory *memory,
                                     struct program_heard *heard, const struct verdict_row *verdict)
{
    struct program_row program;
    struct program_rules rules;
    struct program_facts facts;
    const struct problem *problem = program_find(db, memory, verdict->program, &program);
    if (!problem)
        problem = program_rules_of(db, memory, verdict->program, verdict->version, &rules);
    if (!problem)
        problem = program_read_facts(memory, verdict->facts, &facts);
    if (problem)
        return problem;
    heard->program = &program;
    heard->rules = &rules;
    heard->facts = &facts;
    problem = decide(db, memory, heard, verdict);
    if (problem)
        return problem;
    struct verdict_change change = {verdict->id, heard->found, text_of(heard->why), heard->at};
    problem = verdict_move(db, memory, &change);
    if (!problem)
        problem = verdict_chain_forget(db, memory, verdict->id);
    if (!problem)
        problem = keep_chain(db, memory, heard);
    if (!problem && heard->found == VERDICT_COUNTED)
        problem = give_less(db, memory, heard);
    return problem;
}

const struct problem *program_release(struct database *db, struct memory *memory,
                                      struct verdict_id verdict, const struct party_id *chain,
                                      size_t levels, struct instant at, enum verdict_state *found)
{
    struct party_id kept[PROGRAM_LEVELS];
    struct verdict_row row;
    const struct problem *problem = verdict_by_id(db, memory, verdict, &row);
    if (!problem && row.state != VERDICT_HELD && row.state != VERDICT_WAITING)
        return &conflict;
    if (!problem && row.state == VERDICT_WAITING && text_is(row.reason, PROGRAM_MORE_WAITS))
        return program_release_more(db, memory, &row, at, found);
    if (!problem && levels == 0) {
        problem = read_chain(db, memory, verdict, kept, &levels);
        chain = kept;
    }
    if (problem)
        return problem;
    ensure(levels > 0 && chain[0].value == row.party.value);
    struct program_heard heard = {
        .subject = row.subject,
        .chain = chain,
        .levels = levels,
        .at = at,
        .state = VERDICT_COUNTED,
        .verdict = verdict,
    };
    problem = release(db, memory, &heard, &row);
    *found = heard.found;
    return problem;
}

const struct problem *program_verdict(struct database *db, struct memory *memory,
                                      struct program_id program, int64_t subject,
                                      struct party_id party, struct verdict_row *out)
{
    return verdict_about(db, memory, program, subject, party, out);
}
