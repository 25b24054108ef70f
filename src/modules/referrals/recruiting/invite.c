/*
 * Inviting, and wanting no more of it.
 *
 * Must not know: HTTP. Read next: modules/referrals/partner.h, modules/referrals/personal/personal.h.
 */
#include "base/settings.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/recruiting/queries.h"
#include "modules/referrals/recruiting/rows.h"

const struct problem sharer_too_many = {"referrals.sharer_too_many", 409, FAULT_CLIENT, true};

/* The program is theirs and runs, and they did not invite too many. */
static const struct problem *may_invite(const struct move *move,
                                        const struct personal_making *making)
{
    struct program_row program;
    struct sharer_number sent;
    const struct problem *problem = program_find(move->db, move->memory, making->program, &program);
    if (!problem &&
        (program.business.value != making->business.value || !text_is(program.module, "referrals")))
        problem = &not_found;
    if (!problem && program.state != PROGRAM_RUNNING)
        problem = &referrals_not_open;
    if (!problem)
        problem = invitations_since(move->db, move->memory, making->business,
                                    instant_add(move->at, -DAY), &sent);
    if (problem)
        return problem;
    return sent.number >= setting_integer("referrals.invitations") ? &sharer_too_many : NULL;
}

const struct problem *sharer_invite(struct move *move, struct sharer_inviting *inviting)
{
    struct sharer_row sharer;
    struct personal_making *making = &inviting->making;
    struct move partner = {.db = move->db,
                           .memory = move->memory,
                           .by = BY_BUYER,
                           .actor = move->actor,
                           .at = move->at};
    const struct problem *problem =
        sharer_for(move->db, move->memory, inviting->sharer, making->business, &sharer);
    if (!problem)
        problem = may_invite(move, making);
    if (!problem)
        problem = referrals_invite(&partner, making->program, sharer.person);
    making->partner.value = partner.subject;
    if (!problem)
        problem =
            invitation_keep(move->db, move->memory, making->partner, making->business, move->at);
    return problem ? problem : personal_make(move, making);
}

const struct problem *sharer_block(struct database *db, struct memory *memory,
                                   struct referrals_partner_id partner, struct party_id person,
                                   struct instant at)
{
    struct sharer_part part;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &personal_flow,
                        .event = PERSONAL_REFUSE,
                        .by = BY_SUPPLIER,
                        .actor = person,
                        .at = at};
    const struct problem *problem = sharer_part_of(db, memory, partner, person, &part);
    if (!problem)
        problem = sharer_block_insert(db, memory, person, part.business, at);
    if (problem)
        return problem;
    if (!part.offer.present)
        return referrals_end_invitation(db, memory, BY_SUPPLIER, person, partner, at);
    move.subject = part.offer.value.value;
    return personal_answer(&move, partner, person, NULL);
}

const struct problem *sharer_blocks_it(struct database *db, struct memory *memory,
                                       struct party_id person, struct party_id business, bool *out)
{
    struct sharer_hit hit;
    const struct problem *problem = sharer_block_of(db, memory, person, business, &hit);
    *out = !problem;
    return problem == &not_found ? NULL : problem;
}
