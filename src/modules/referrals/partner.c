/*
 * Programs begun, partners in and out.
 *
 * Must not know: HTTP, clicks. Read next: core/program/program.c, downline.c, link.c.
 */
#include "modules/referrals/partner.h"

#include "base/ids.h"
#include "base/log.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/link.h"
#include "modules/referrals/partner_queries.h"
#include "modules/referrals/partner_rows.h"
#include "modules/referrals/results/results.h"

const struct problem referrals_not_open = {"referrals.not_open", 409, FAULT_CLIENT, false};
const struct problem referrals_not_invited = {"referrals.not_invited", 409, FAULT_CLIENT, false};
const struct problem referrals_takes_part = {"referrals.takes_part", 409, FAULT_CLIENT, false};
const struct problem referrals_bad_landing = {"referrals.bad_landing", 422, FAULT_CLIENT, false};

/* ---- programs --------------------------------------------------------------------------------- */

const struct problem *referrals_begin(struct move *move,
                                      const struct referrals_beginning *beginning)
{
    struct program_row program;
    struct referrals_terms_row terms = beginning->terms;
    if (!referrals_landing_allowed(terms.landing, terms.hosts))
        return &referrals_bad_landing;
    const struct problem *problem = program_begin(move, &beginning->program);
    terms.program.value = move->subject;
    if (!problem)
        problem = referrals_terms_insert(move->db, move->memory, &terms);
    if (!problem)
        problem = program_find(move->db, move->memory, terms.program, &program);
    return problem ? problem
                   : program_set_rules(move->db, move->memory, &program, &beginning->rules,
                                       move->actor, move->at);
}

const struct problem *referrals_terms_find(struct database *db, struct memory *memory,
                                           struct program_id program,
                                           struct referrals_terms_row *out)
{
    return referrals_terms_by_id(db, memory, program, out);
}

/* ---- partners --------------------------------------------------------------------------------- */

/* Whoever's link they came by is above them; a code nobody has is as if there were none. */
static const struct problem *link_up(struct database *db, struct memory *memory,
                                     const struct referrals_joining_in *joining)
{
    struct code code;
    struct partner_link_row link;
    if (joining->by.size == 0 || !referrals_fold_code(joining->by, &code))
        return NULL;
    const struct problem *problem = partner_link_by_code(
        db, memory, joining->program, (struct text){code.text, code.size}, &link);
    if (problem)
        return problem == &not_found ? NULL : problem;
    return downline_link(db, memory, joining->partner, link.partner);
}

/* Where whoever wants to may take part, nobody has to let them in. */
static const struct problem *admit(const struct referrals_terms_row *terms, struct move *move)
{
    if (terms->joining != JOINING_OPEN)
        return NULL;
    move->event = PARTNER_ADMIT;
    move->by = BY_TIMER;
    move->actor.value = 0;
    return flow_move(move);
}

/* A first link, and one more who joined. */
static const struct problem *begin_counting(struct database *db, struct memory *memory,
                                            const struct program_row *program,
                                            const struct referrals_terms_row *terms,
                                            struct referrals_joining_in *joining)
{
    struct referrals_link_new link = {.partner = joining->partner,
                                      .program = joining->program.value,
                                      .spelling = joining->code,
                                      .target = terms->landing,
                                      .at = joining->at};
    const struct problem *problem = link_up(db, memory, joining);
    if (!problem)
        problem = referrals_links_make(db, memory, &link, 1);
    return problem ? problem : results_joined(db, memory, program, joining->partner, joining->at);
}

static const struct problem *begin(struct database *db, struct memory *memory,
                                   const struct program_row *program,
                                   const struct referrals_terms_row *terms,
                                   struct referrals_joining_in *joining)
{
    struct referrals_partner_new row = {.id = {id_new()},
                                        .program = joining->program,
                                        .person = joining->person,
                                        .at = joining->at};
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &referrals_partner_flow,
                        .subject = row.id.value,
                        .by = BY_SUPPLIER,
                        .actor = joining->person,
                        .at = joining->at};
    joining->partner = row.id;
    const struct problem *problem = referrals_partner_insert(db, memory, &row);
    if (!problem)
        problem = flow_begin(&move);
    if (!problem)
        problem = begin_counting(db, memory, program, terms, joining);
    return problem ? problem : admit(terms, &move);
}

/* Who comes again has their link and was counted; who was only invited once has and was not. */
static const struct problem *count_once(struct database *db, struct memory *memory,
                                        const struct program_row *program,
                                        const struct referrals_terms_row *terms,
                                        struct referrals_joining_in *joining)
{
    struct partner_link_row link;
    const struct problem *problem = partner_first_link(db, memory, joining->partner, &link);
    return problem == &not_found ? begin_counting(db, memory, program, terms, joining) : problem;
}

/* Who had left, or whose invitation ended, is where a new one begins. */
static const struct problem *come_again(struct database *db, struct memory *memory,
                                        const struct program_row *program,
                                        const struct referrals_terms_row *terms,
                                        struct referrals_joining_in *joining)
{
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &referrals_partner_flow,
                        .subject = joining->partner.value,
                        .event = PARTNER_RETURN,
                        .by = BY_SUPPLIER,
                        .actor = joining->person,
                        .at = joining->at};
    const struct problem *problem = flow_move(&move);
    if (!problem)
        problem = count_once(db, memory, program, terms, joining);
    return problem ? problem : admit(terms, &move);
}

/* They take no part, and nothing stands: they begin, or begin again. */
static bool is_out(enum referrals_partner_state state)
{
    return state == PARTNER_LEFT || state == PARTNER_OVER;
}

const struct problem *referrals_join(struct database *db, struct memory *memory,
                                     struct referrals_joining_in *joining)
{
    struct referrals_partner_row known;
    struct referrals_terms_row terms;
    struct program_row program;
    const struct problem *problem =
        referrals_partner_of(db, memory, joining->program, joining->person, &known);
    bool again = !problem;
    joining->partner = known.id;
    bool invited = again && known.state == PARTNER_INVITED;
    if ((again && !is_out(known.state) && !invited) || (problem && problem != &not_found))
        return problem;
    problem = program_find(db, memory, joining->program, &program);
    if (!problem && program.state != PROGRAM_RUNNING)
        return &referrals_not_open;
    if (!problem && invited)
        return referrals_take_up(db, memory, BY_SUPPLIER, joining->person, joining);
    if (!problem)
        problem = referrals_terms_by_id(db, memory, joining->program, &terms);
    if (!problem && terms.joining == JOINING_INVITED)
        return &referrals_not_invited;
    if (problem)
        return problem;
    return again ? come_again(db, memory, &program, &terms, joining)
                 : begin(db, memory, &program, &terms, joining);
}

/* ---- who is invited --------------------------------------------------------------------------- */

const struct problem *referrals_invite(struct move *move, struct program_id program,
                                       struct party_id person)
{
    struct referrals_partner_row known;
    const struct problem *problem =
        referrals_partner_of(move->db, move->memory, program, person, &known);
    move->flow = &referrals_partner_flow;
    move->event = PARTNER_INVITE;
    if (!problem && !is_out(known.state) && known.state != PARTNER_INVITED)
        return &referrals_takes_part;
    if (problem && problem != &not_found)
        return problem;
    if (!problem) {
        move->subject = known.id.value;
        return known.state == PARTNER_INVITED ? NULL : flow_move(move);
    }
    struct referrals_partner_new row = {
        .id = {id_new()}, .program = program, .person = person, .at = move->at};
    move->subject = row.id.value;
    problem = referrals_partner_insert(move->db, move->memory, &row);
    if (!problem)
        problem = flow_begin(move);
    return problem ? problem : flow_move(move);
}

const struct problem *referrals_take_up(struct database *db, struct memory *memory, enum by by,
                                        struct party_id actor, struct referrals_joining_in *joining)
{
    struct referrals_partner_row known;
    struct program_row program;
    struct referrals_terms_row terms;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &referrals_partner_flow,
                        .event = PARTNER_ACCEPT,
                        .by = by,
                        .actor = actor,
                        .at = joining->at};
    const struct problem *problem =
        referrals_partner_of(db, memory, joining->program, joining->person, &known);
    if (problem || known.state != PARTNER_INVITED)
        return problem;
    move.subject = known.id.value;
    joining->partner = known.id;
    problem = program_find(db, memory, joining->program, &program);
    if (!problem)
        problem = referrals_terms_by_id(db, memory, joining->program, &terms);
    if (!problem)
        problem = count_once(db, memory, &program, &terms, joining);
    return problem ? problem : flow_move(&move);
}

const struct problem *referrals_end_invitation(struct database *db, struct memory *memory,
                                               enum by by, struct party_id actor,
                                               struct referrals_partner_id partner,
                                               struct instant at)
{
    struct partner_state_row known;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &referrals_partner_flow,
                        .subject = partner.value,
                        .event = PARTNER_END,
                        .by = by,
                        .actor = actor,
                        .at = at};
    const struct problem *problem = partner_state_of(db, memory, partner, &known);
    return problem || known.state != PARTNER_INVITED ? problem : flow_move(&move);
}
