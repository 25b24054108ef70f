/*
 * The state machine of posts, and how a post is paid.
 *
 * The table is the truth: README.md's diagram is checked against it, and a generated test walks every state with
 * every event. Must not know: pages of others. Read next: check.c, core/program/program.h.
 */
#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/posts/check.h"
#include "modules/referrals/posts/post.shapes.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/rows.h"

/* ---- money ------------------------------------------------------------------------------------ */

static bool pays_posts(const struct program_rules *rules)
{
    for (size_t i = 0; i < rules->rules.count; i++) {
        if (rules->rules.items[i].trigger == TRIGGER_POST)
            return true;
    }
    return false;
}

/* The longest of what its rules hold. */
static struct instant free_at(const struct program_heard *heard)
{
    int64_t days = 0;
    for (size_t i = 0; i < heard->judgement.count; i++) {
        const struct program_due *due = &heard->judgement.dues[i];
        if (due->rule >= 0 && heard->rules->rules.items[due->rule].hold_days > days)
            days = heard->rules->rules.items[due->rule].hold_days;
    }
    return instant_add(heard->at, days * DAY);
}

/* What was taken back when the business did not want it is given again, by the rules of then and to who stands above
 * now. */
static const struct problem *pay_again(struct database *db, struct memory *memory,
                                       const struct post_row *post, struct instant at,
                                       struct post_payment *out)
{
    struct downline_paid paid;
    enum verdict_state found = VERDICT_REJECTED;
    struct post_free_row free = {{0}};
    *out = (struct post_payment){post->verdict, text_c(memory, post->why), {0}};
    if (post->why.size > 0)
        return NULL; /* it gave nothing then */
    const struct problem *problem =
        program_reopen(db, memory, post->verdict, text_of("referrals.why.passed"), at);
    if (!problem)
        problem = downline_paid(db, memory, post->partner, &paid);
    if (!problem)
        problem = program_release(db, memory, post->verdict, paid.chain, paid.count, at, &found);
    if (!problem)
        problem = post_free(db, memory, post->verdict, &free);
    out->why = found == VERDICT_REJECTED ? "program.why.ended" : "";
    out->free = free.free;
    return problem == &conflict ? NULL : problem; /* nothing is left to give */
}

const struct problem *post_pay(struct database *db, struct memory *memory,
                               const struct post_row *post, struct instant at,
                               struct post_payment *out)
{
    struct program_row program;
    struct program_rules rules;
    struct downline_paid paid;
    struct currency currency;
    if (post->verdict.value > 0)
        return pay_again(db, memory, post, at, out);
    *out = (struct post_payment){.why = "program.why.no_rule"};
    const struct problem *problem = program_find(db, memory, post->program, &program);
    if (!problem)
        problem = program_rules_of(db, memory, program.id, program.version, &rules);
    if (problem || !pays_posts(&rules))
        return problem;
    problem = downline_paid(db, memory, post->partner, &paid);
    if (problem || !currency_parse(program.currency, &currency))
        return problem ? problem : &our_fault;
    enum program_state stood; /* when it was handed in */
    problem = program_stood(db, memory, &program, post->at, &stood);
    if (problem)
        return problem;
    bool counts = stood != PROGRAM_ENDED && !program_settled(&program, at);
    const struct program_facts facts = {
        .trigger = TRIGGER_POST, .at = at, .events = 1, .part = 10000, .total = {0, currency}};
    struct program_heard heard = {.program = &program,
                                  .rules = &rules,
                                  .facts = &facts,
                                  .subject = post->id.value,
                                  .chain = paid.chain,
                                  .levels = paid.count,
                                  .at = at,
                                  .state = counts ? VERDICT_COUNTED : VERDICT_REJECTED,
                                  .reason = counts ? NULL : "program.why.ended"};
    problem = program_hear(db, memory, &heard);
    out->verdict = heard.verdict;
    out->why = heard.found == VERDICT_REJECTED ? heard.why : "";
    out->free = free_at(&heard);
    return problem;
}

/* All levels, and the caps have it again, so that a mended post can be handed in anew. */
static const struct problem *take_back(struct move *move, const char *reason)
{
    struct post_row post;
    const struct problem *problem =
        post_by_id(move->db, move->memory, (struct post_id){move->subject}, &post);
    if (problem || post.verdict.value == 0)
        return problem;
    problem = program_hold_back(move->db, move->memory, post.verdict, text_of(reason), move->at);
    if (problem == &conflict)
        return NULL; /* it gave nothing */
    return problem
               ? problem
               : program_reject(move->db, move->memory, post.verdict, text_of(reason), move->at);
}

/* ---- the states ------------------------------------------------------------------------------- */

static const struct problem *lose(struct move *move)
{
    return take_back(move, "referrals.why.post_gone");
}

static const struct problem *reject(struct move *move)
{
    struct post_hit hit;
    const struct problem *problem = take_back(move, "referrals.why.post_rejected");
    return problem ? problem
                   : post_say(move->db, move->memory, (struct post_id){move->subject}, move->note,
                              &hit);
}

/* What was taken after an appeal can't be rejected for the same taste again. */
static const struct problem *undecided(struct move *move)
{
    struct post_row post;
    const struct problem *problem =
        post_by_id(move->db, move->memory, (struct post_id){move->subject}, &post);
    return problem ? problem : post.appeal.size > 0 ? &post_decided : NULL;
}

static const struct problem *once(struct move *move)
{
    const struct problem *problem = undecided(move);
    return problem == &post_decided ? &doubt_appealed_once : problem;
}

static const struct problem *disagree(struct move *move)
{
    struct post_hit hit;
    return post_disagree(move->db, move->memory, (struct post_id){move->subject}, move->note, &hit);
}

static const struct problem *answer(struct move *move)
{
    struct post_hit hit;
    return post_answer(move->db, move->memory, (struct post_id){move->subject}, move->note, &hit);
}

/* Looked at as if it had been handed in now. */
static const struct problem *readmit(struct move *move)
{
    struct post_row post;
    struct post_hit hit;
    const struct problem *problem = answer(move);
    if (!problem)
        problem = post_by_id(move->db, move->memory, (struct post_id){move->subject}, &post);
    if (problem)
        return problem;
    const struct post_looked_row row = {.id = post.id,
                                        .page = post.page,
                                        .found = POST_NOT_LOOKED,
                                        .why = post.why,
                                        .looked = post.looked,
                                        .due = move->at,
                                        .verdict = post.verdict};
    post.state = POST_HANDED_IN;
    post.tries = 0;
    problem = post_looked(move->db, move->memory, &row, &hit);
    return problem ? problem : post_ask(move->db, move->memory, &post, move->at);
}

static const struct flow_move moves[] = {
    {POST_HANDED_IN, POST_ACCEPT, BY_TIMER, NULL, NULL, POST_ACCEPTED},
    {POST_HANDED_IN, POST_REFUSE, BY_TIMER, NULL, NULL, POST_REFUSED},
    {POST_HANDED_IN, POST_REJECT, BY_BUYER, undecided, reject, POST_REJECTED},
    {POST_ACCEPTED, POST_PASS, BY_TIMER, NULL, NULL, POST_PAID},
    {POST_ACCEPTED, POST_LOSE, BY_TIMER, NULL, lose, POST_GONE},
    {POST_ACCEPTED, POST_REJECT, BY_BUYER, undecided, reject, POST_REJECTED},
    {POST_REJECTED, POST_APPEAL, BY_SUPPLIER, once, disagree, POST_APPEALED},
    {POST_APPEALED, POST_READMIT, BY_BUYER | BY_OPERATOR, NULL, readmit, POST_HANDED_IN},
    {POST_APPEALED, POST_UPHOLD, BY_BUYER | BY_OPERATOR, NULL, answer, POST_REJECTED},
};
const struct flow post_flow = {
    .name = "referrals.post",
    .states = &post_state_words,
    .events = &post_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = POST_HANDED_IN,
    .table = &referrals_post_table,
};
