/*
 * Many links in one write. Must not know: who follows them. Read next: modules/referrals/link.c.
 */
#include "modules/referrals/links/calls.h"

#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/link.h"
#include "modules/referrals/links/calls.shapes.h"
#include "modules/referrals/links/queries.h"
#include "modules/referrals/links/rows.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"

static const struct route routes[] = {
    {POST, "/biz/programs/{program}/links", &referrals_links_take_handler, BUYER,
     .api = "/api/v1/biz/programs/{program}/links", .repeat = REPEAT_SAME,
     .summary =
         "Makes up to 1,000 links of partners in one write; each line has its own outcome, and the "
         "same link again is the one that there is"},
};
const struct route_table referrals_links_routes = {"referrals", ALL(routes)};

struct making {
    const struct links_batch *wanted;
    struct referrals_terms_row terms;
    struct referrals_link_new *links; /* those of lines with nothing wrong */
    size_t *lines;                    /* where each of these came from */
    const struct problem **refused;   /* of each of these */
    size_t count;
    struct referrals_partner_id known; /* who was looked up last, and takes part; 0: nobody yet */
    struct batch_made *made;           /* of each line; filled */
    struct instant at;
};

static struct batch_made refusal(const struct problem *problem)
{
    return (struct batch_made){.outcome = text_of("refused"),
                               .problem = {true, text_of(problem->name)}};
}

/* Lines of one partner mostly stand together. */
static const struct problem *find_partner(struct database *db, struct memory *memory,
                                          struct making *making,
                                          struct referrals_partner_id partner)
{
    struct links_number found;
    if (making->known.value == partner.value)
        return NULL;
    const struct problem *problem =
        links_partner(db, memory, partner, making->wanted->program, &found);
    if (!problem)
        making->known = partner;
    return problem;
}

/* What a line alone says; a client's problem refuses it. */
static const struct problem *look_at(struct database *db, struct memory *memory,
                                     struct making *making, const struct links_line *line,
                                     struct referrals_link_new *out)
{
    struct landing landing;
    struct text to = line->to.present ? text_trim(line->to.value) : text_of("");
    const struct referrals_terms_row *terms = &making->terms;
    if (to.size && !referrals_landing_deep(terms->landing, terms->hosts, to, &landing))
        return &referrals_bad_landing;
    *out = (struct referrals_link_new){
        .partner = line->partner,
        .program = making->wanted->program.value,
        .spelling = line->code,
        .target =
            to.size ? text_copy(memory, (struct text){landing.text, landing.size}) : terms->landing,
        .at = making->at,
    };
    return out->target.data ? find_partner(db, memory, making, line->partner) : &out_of_memory;
}

/* A code that is taken may be taken by the same link. */
static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct referrals_link_new *link,
                                  const struct problem *refused, struct batch_made *out)
{
    struct links_number standing;
    const struct problem *problem = &not_found;
    if (!refused)
        return batch_tell(memory, "lnk", link->id.value, "made", out);
    if (refused == &referrals_code_taken)
        problem = links_standing(db, memory, link->code, link->partner, link->target, &standing);
    if (!problem)
        return batch_tell(memory, "lnk", standing.number, "same", out);
    *out = refusal(refused);
    return problem == &not_found ? NULL : problem;
}

static const struct problem *make(struct database *db, struct memory *memory, void *context)
{
    struct making *making = context;
    const struct links_line_list *lines = &making->wanted->lines;
    const struct problem *problem =
        referrals_terms_find(db, memory, making->wanted->program, &making->terms);
    making->count = 0;
    making->known.value = 0;
    for (size_t i = 0; !problem && i < lines->count; i++) {
        problem = look_at(db, memory, making, &lines->items[i], &making->links[making->count]);
        if (!problem)
            making->lines[making->count++] = i;
        else if (problem->fault == FAULT_CLIENT)
            making->made[i] = refusal(problem);
        problem = problem && problem->fault == FAULT_CLIENT ? NULL : problem;
    }
    if (!problem)
        problem = referrals_links_try(db, memory, making->links, making->count, making->refused);
    for (size_t i = 0; !problem && i < making->count; i++)
        problem = tell(db, memory, &making->links[i], making->refused[i],
                       &making->made[making->lines[i]]);
    return problem;
}

const struct problem *referrals_links_take(struct request *request, const struct links_batch *input,
                                           struct batch_result *view)
{
    struct portal_owned owned;
    size_t count = input->lines.count;
    struct making making = {
        .wanted = input,
        .links = memory_take_array(request->memory, count, sizeof *making.links),
        .lines = memory_take_array(request->memory, count, sizeof *making.lines),
        .refused = memory_take_array(request->memory, count, sizeof *making.refused),
        .made = memory_take_array(request->memory, count, sizeof *making.made),
        .at = request->now,
    };
    if (!making.links || !making.lines || !making.refused || !making.made)
        return &out_of_memory;
    const struct problem *problem = portal_program_of(request->db, request->memory, input->program,
                                                      request->viewer.organisation, &owned);
    if (!problem)
        problem = store_write(request->store, request->memory, make, &making);
    if (problem)
        return problem;
    *view = (struct batch_result){.lines = {making.made, count}};
    for (size_t i = 0; i < count; i++)
        view->refused += making.made[i].problem.present ? 1 : 0;
    view->done = (int64_t)count - view->refused;
    return NULL;
}
