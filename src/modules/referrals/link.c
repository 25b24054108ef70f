/*
 * Links made and changed, each write telling of its own by one event.
 */
#include "modules/referrals/link.h"

#include "base/ids.h"
#include "core/event.h"
#include "modules/referrals/queries.h"

const struct problem referrals_code_taken = {"referrals.code_taken", 409, FAULT_CLIENT, false};
const struct problem referrals_bad_code = {"referrals.bad_code", 422, FAULT_CLIENT, false};

static const struct problem *make(struct database *db, struct memory *memory,
                                  struct referrals_link_new *link)
{
    struct code code;
    struct referrals_link_hit made;
    if (!link->spelling.size)
        link->spelling = referrals_code_made_up(memory);
    if (!link->spelling.data)
        return &out_of_memory;
    if (!referrals_fold_code(link->spelling, &code))
        return &referrals_bad_code;
    link->id.value = id_new();
    link->code = text_copy(memory, (struct text){code.text, code.size});
    if (!link->code.data)
        return &out_of_memory;
    const struct problem *problem = referrals_link_insert(db, memory, link, &made);
    return problem == &not_found ? &referrals_code_taken : problem;
}

const struct problem *referrals_links_try(struct database *db, struct memory *memory,
                                          struct referrals_link_new *links, size_t count,
                                          const struct problem **refused)
{
    const struct problem *problem = NULL;
    int64_t change = id_new();
    bool any = false;
    for (size_t i = 0; !problem && i < count; i++) {
        links[i].change = change;
        problem = make(db, memory, &links[i]);
        bool wrong = problem && problem->fault == FAULT_CLIENT;
        refused[i] = wrong ? problem : NULL;
        problem = wrong ? NULL : problem;
        any |= !refused[i];
    }
    return problem || !any ? problem
                           : event_emit(db, memory, REFERRALS_LINKS_CHANGED, change,
                                        (struct party_id){0}, text_of(""), links[0].at);
}

const struct problem *referrals_links_make(struct database *db, struct memory *memory,
                                           struct referrals_link_new *links, size_t count)
{
    const struct problem **refused = memory_take_array(memory, count + 1, sizeof *refused);
    if (!refused)
        return &out_of_memory;
    const struct problem *problem = referrals_links_try(db, memory, links, count, refused);
    for (size_t i = 0; !problem && i < count; i++)
        problem = refused[i];
    return problem;
}

const struct problem *referrals_link_changed(struct database *db, struct memory *memory,
                                             struct referrals_link_id link, struct instant at)
{
    int64_t change = id_new();
    struct referrals_link_hit hit;
    const struct problem *problem = referrals_link_touch(db, memory, link, change, &hit);
    return problem ? problem
                   : event_emit(db, memory, REFERRALS_LINKS_CHANGED, change, (struct party_id){0},
                                text_of(""), at);
}

const struct problem *referrals_partner_changed(struct database *db, struct memory *memory,
                                                struct referrals_partner_id partner,
                                                struct instant at)
{
    int64_t change = id_new();
    const struct problem *problem = referrals_partner_touch(db, memory, partner, change);
    return problem ? problem
                   : event_emit(db, memory, REFERRALS_LINKS_CHANGED, change, (struct party_id){0},
                                text_of(""), at);
}
