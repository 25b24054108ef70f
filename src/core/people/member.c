/*
 * Who belongs where: memberships, the last owner, invitations.
 *
 * Every change first takes the organisation's turn, so that two owners who leave at once don't both
 * find the other still there. Must not know: pages, mail. Read next: core/profile/member_pages.c.
 */
#include "core/people/member.h"

#include "core/act.h"
#include "core/event.h"
#include "core/people/member_queries.h"
#include "core/people/party_rows.h"
#include "web/request.shapes.h"

const struct problem party_last_owner = {"party.last_owner", 409, FAULT_CLIENT, false};

/* An organisation keeps an owner whatever becomes of this one. */
static const struct problem *keep_owner(struct database *db, struct memory *memory,
                                        struct party_id organisation, struct party_id person,
                                        enum member_role role)
{
    struct member_row now;
    struct owner_count count;
    const struct problem *problem = member_find(db, memory, person, organisation, &now);
    if (problem)
        return problem == &not_found ? NULL : problem;
    if (now.ended.ms || now.role != MEMBER_OWNER || role == MEMBER_OWNER)
        return NULL;
    problem = member_owners(db, memory, organisation, &count);
    if (problem)
        return problem;
    return count.owners <= 1 ? &party_last_owner : NULL;
}

static const struct problem *end_member(struct database *db, struct memory *memory,
                                        struct party_id organisation, struct party_id person,
                                        struct instant at)
{
    struct party_hit hit;
    const struct problem *problem = member_end(db, memory, person, organisation, at, &hit);
    if (!problem)
        problem = sessions_leave(db, memory, person, organisation);
    if (!problem)
        problem = event_emit(db, memory, "core.member.left", organisation.value, person,
                             (struct text){"", 0}, at);
    return problem;
}

const struct problem *party_set_member(struct database *db, struct memory *memory,
                                       struct party_id organisation, struct party_id person,
                                       enum member_role role, struct instant at)
{
    struct party_hit hit;
    const struct problem *problem = member_turn(db, memory, organisation, &hit);
    if (!problem)
        problem = member_able(db, memory, person, &hit);
    if (!problem)
        problem = keep_owner(db, memory, organisation, person, role);
    if (!problem && role == 0)
        return end_member(db, memory, organisation, person, at);
    struct member_new member = {
        .person = person, .organisation = organisation, .role = role, .since = at};
    if (!problem)
        problem = member_put(db, memory, &member);
    if (!problem)
        problem = sessions_join(db, memory, person, organisation);
    if (!problem)
        problem = event_emit(db, memory, "core.member.joined", organisation.value, person,
                             text_of(words_name(&member_role_words, (int)role)), at);
    return problem;
}

struct membership {
    struct party_id organisation, person;
    enum member_role role;
    struct instant at;
};

static const struct problem *member_work(struct database *db, struct memory *memory, void *context)
{
    const struct membership *change = context;
    return party_set_member(db, memory, change->organisation, change->person, change->role,
                            change->at);
}

const struct problem *party_member(struct store *store, struct memory *memory,
                                   struct party_id organisation, struct party_id person,
                                   enum member_role role, struct instant at)
{
    struct membership change = {organisation, person, role, at};
    return store_write(store, memory, member_work, &change);
}

/* ---- invitations ---- */

const struct problem *member_invite(struct database *db, struct memory *memory,
                                    struct party_id organisation, struct party_id inviter,
                                    struct text mail, enum member_role role, struct text secret,
                                    struct instant at)
{
    struct invitation_new invitation = {.organisation = organisation,
                                        .mail = party_fold(memory, mail),
                                        .role = role,
                                        .inviter = inviter,
                                        .at = at,
                                        .until = instant_add(at, INVITATION_LIFE)};
    if (!invitation.mail.data)
        return &out_of_memory;
    const struct problem *problem = party_secret_hash(memory, secret, &invitation.secret);
    if (!problem)
        problem = invitations_end(db, memory, organisation, invitation.mail, at);
    return problem ? problem : invitation_insert(db, memory, &invitation);
}

const struct problem *member_invitation(struct database *db, struct memory *memory,
                                        struct text secret, struct instant at,
                                        struct invitation_row *out)
{
    struct text hash;
    const struct problem *problem = party_secret_hash(memory, secret, &hash);
    if (!problem)
        problem = invitation_find(db, memory, hash, at, out);
    return problem == &not_found ? &party_link_over : problem;
}

struct acceptance {
    struct text secret;
    struct party_id person;
    struct instant at;
    struct party_id organisation; /* filled */
};

static const struct problem *accept_work(struct database *db, struct memory *memory, void *context)
{
    struct acceptance *acceptance = context;
    struct invitation_row invitation;
    struct secret_hit hit;
    struct member_row now;
    struct text hash;
    const struct problem *problem =
        member_invitation(db, memory, acceptance->secret, acceptance->at, &invitation);
    if (!problem)
        problem = party_secret_hash(memory, acceptance->secret, &hash);
    if (problem)
        return problem;
    acceptance->organisation = invitation.organisation;
    problem = invitation_use(db, memory, hash, acceptance->at, &hit);
    if (problem)
        return problem == &not_found ? &party_link_over : problem;
    /* An invitation never takes away what somebody may do already. */
    problem = member_find(db, memory, acceptance->person, invitation.organisation, &now);
    if (problem && problem != &not_found)
        return problem;
    if (!problem && now.ended.ms == 0 && now.role >= invitation.role)
        return NULL;
    struct act act = {.owner = invitation.organisation,
                      .topic = ACT_MEMBERS,
                      .actor = acceptance->person,
                      .name = text_of("core.member.joined"),
                      .subject = acceptance->person.value,
                      .was = !problem && !now.ended.ms
                                 ? text_of(words_name(&member_role_words, (int)now.role))
                                 : text_of(""),
                      .became = text_of(words_name(&member_role_words, (int)invitation.role)),
                      .note = invitation.inviter,
                      .at = acceptance->at};
    problem = party_set_member(db, memory, invitation.organisation, acceptance->person,
                               invitation.role, acceptance->at);
    return problem ? problem : act_note(db, memory, act);
}

const struct problem *member_accept(struct store *store, struct memory *memory, struct text secret,
                                    struct party_id person, struct instant at,
                                    struct party_id *organisation)
{
    struct acceptance acceptance = {.secret = secret, .person = person, .at = at};
    const struct problem *problem = store_write(store, memory, accept_work, &acceptance);
    if (!problem)
        *organisation = acceptance.organisation;
    return problem;
}
