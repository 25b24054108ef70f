/*
 * Links between partners, and what is above and below them.
 *
 * Must not know: why somebody is linked. Read next: modules/referrals/downline/downline.h.
 */
#include "modules/referrals/downline/downline.h"

#include "base/log.h"
#include "modules/referrals/downline/queries.h"

const struct problem referrals_own_upline = {"referrals.own_upline", 409, FAULT_CLIENT, false};
const struct problem referrals_brought = {"referrals.brought", 409, FAULT_CLIENT, false};
const struct problem referrals_circle = {"referrals.circle", 409, FAULT_CLIENT, false};

/* ---- pure ---- */

const struct problem *downline_may_link(const struct downline_link_facts *facts)
{
    if (facts->partner.program != facts->upline.program)
        return &not_found;
    if (facts->partner.self.value == facts->upline.self.value)
        return &referrals_own_upline;
    if (facts->partner.brought)
        return &referrals_brought;
    /* Who was not met among fewer than could be looked at stands in one line by a merge alone. */
    bool fine =
        !facts->one_line || (!facts->above.met && facts->above.persons < DOWNLINE_ABOVE_MOST);
    return fine ? NULL : &referrals_circle;
}

static bool has_place(const struct downline_step *levels, size_t count,
                      struct referrals_partner_id self)
{
    for (size_t i = 0; i < count; i++) {
        if (levels[i].self.value == self.value)
            return true;
    }
    return false;
}

size_t downline_level_up(struct downline_step levels[DOWNLINE_LEVELS], size_t count,
                         const struct downline_step *step)
{
    ensure(count < DOWNLINE_LEVELS);
    if (!has_place(levels, count, step->self))
        levels[count++] = *step;
    return count;
}

/* ---- lines ---- */

/* Who is alone names a line of height 0. */
static const struct problem *line_of(struct database *db, struct memory *memory,
                                     struct referrals_partner_id partner, struct downline_line *out)
{
    const struct problem *problem = downline_line_of(db, memory, partner, out);
    if (problem != &not_found)
        return problem;
    *out = (struct downline_line){partner, 0};
    return NULL;
}

/* The lower hangs itself below the higher, so that no way gets longer than it must; of two alike the later
 * one, so that two writes that unite the same lines meet at the same row instead of waiting for each other. */
static const struct problem *unite(struct database *db, struct memory *memory,
                                   struct downline_line one, struct downline_line other)
{
    struct maybe_referrals_partner_id none = {false, {0}};
    if (one.partner.value == other.partner.value)
        return NULL;
    bool below = one.height < other.height ||
                 (one.height == other.height && one.partner.value > other.partner.value);
    struct downline_line low = below ? one : other;
    struct downline_line high = below ? other : one;
    const struct problem *problem =
        downline_line_put(db, memory, low.partner,
                          (struct maybe_referrals_partner_id){true, high.partner}, low.height);
    if (!problem && low.height == high.height)
        problem = downline_line_put(db, memory, high.partner, none, high.height + 1);
    return problem;
}

/* ---- in the database ---- */

/* Both lines, and where they are one a look at who is above. */
static const struct problem *look_at_lines(struct database *db, struct memory *memory,
                                           struct downline_link_facts *facts,
                                           struct downline_line lines[2])
{
    const struct problem *problem = line_of(db, memory, facts->partner.id, &lines[0]);
    if (!problem)
        problem = line_of(db, memory, facts->upline.id, &lines[1]);
    facts->one_line = !problem && lines[0].partner.value == lines[1].partner.value;
    if (facts->one_line)
        problem = downline_look_above(db, memory, facts->upline.id, facts->partner.self,
                                      DOWNLINE_ABOVE_MOST, &facts->above);
    return problem;
}

const struct problem *downline_link(struct database *db, struct memory *memory,
                                    struct referrals_partner_id partner,
                                    struct referrals_partner_id upline)
{
    struct downline_link_facts facts = {.one_line = false};
    struct downline_line lines[2];
    const struct problem *problem = downline_partner_by_id(db, memory, partner, &facts.partner);
    if (!problem && facts.partner.upline.present &&
        facts.partner.upline.value.value == upline.value)
        return NULL;
    if (!problem)
        problem = downline_partner_by_id(db, memory, upline, &facts.upline);
    if (!problem && !facts.partner.brought)
        problem = look_at_lines(db, memory, &facts, lines);
    if (!problem)
        problem = downline_may_link(&facts);
    if (!problem)
        problem = downline_upline_set(db, memory, partner, upline);
    return problem ? problem : unite(db, memory, lines[0], lines[1]);
}

const struct problem *downline_merge(struct database *db, struct memory *memory,
                                     struct referrals_partner_id one,
                                     struct referrals_partner_id other)
{
    struct downline_partner first;
    struct downline_partner second = {.brought = false};
    struct downline_line line;
    struct downline_line other_line;
    const struct problem *problem = downline_partner_by_id(db, memory, one, &first);
    if (!problem)
        problem = downline_partner_by_id(db, memory, other, &second);
    if (!problem && first.program != second.program)
        problem = &not_found;
    if (problem || first.self.value == second.self.value)
        return problem;
    bool in_order = first.self.value < second.self.value; /* ids are in the order of time */
    problem = downline_same_set(db, memory, in_order ? first.self : second.self,
                                in_order ? second.self : first.self);
    if (!problem)
        problem = line_of(db, memory, one, &line);
    if (!problem)
        problem = line_of(db, memory, other, &other_line);
    return problem ? problem : unite(db, memory, line, other_line);
}

const struct problem *downline_above(struct database *db, struct memory *memory,
                                     struct referrals_partner_id partner,
                                     struct downline_step levels[DOWNLINE_LEVELS], size_t *count)
{
    *count = 0;
    for (int i = 0; i < DOWNLINE_CHAIN && partner.value && *count < DOWNLINE_LEVELS; i++) {
        struct downline_step step;
        const struct problem *problem = downline_step_of(db, memory, partner, &step);
        if (problem)
            return problem;
        *count = downline_level_up(levels, *count, &step);
        partner = step.upline;
    }
    return NULL;
}

const struct problem *downline_paid(struct database *db, struct memory *memory,
                                    struct referrals_partner_id partner, struct downline_paid *out)
{
    out->count = 0;
    const struct problem *problem = downline_above(db, memory, partner, out->levels, &out->count);
    for (size_t i = 0; !problem && i < out->count; i++) {
        bool gets = i == 0 || out->levels[i].state == PARTNER_ACTIVE;
        out->chain[i] = gets ? out->levels[i].person : (struct party_id){0};
    }
    return problem;
}

const struct problem *downline_team(struct database *db, struct memory *memory,
                                    struct referrals_partner_id partner, struct downline_team *out)
{
    struct downline_partner self;
    struct downline_level_list levels;
    int64_t looked = 0;
    *out = (struct downline_team){.count = 0};
    const struct problem *problem = downline_partner_by_id(db, memory, partner, &self);
    if (!problem)
        problem =
            downline_below(db, memory, self.self, DOWNLINE_LEVELS, DOWNLINE_TEAM_MOST + 1, &levels);
    for (size_t i = 0; !problem && i < levels.count; i++) {
        looked += levels.items[i].partners;
        if (levels.items[i].level == 0)
            continue;
        out->levels[out->count++] = levels.items[i];
        out->partners += levels.items[i].partners;
    }
    out->more = looked > DOWNLINE_TEAM_MOST;
    return problem;
}
