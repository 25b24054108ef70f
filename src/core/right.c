/*
 * Grants and ends rights and keeps them from contradicting each other.
 *
 * Must not know: what is licensed, or what it costs. Read next: core/deal.h.
 */
#include "core/right.h"

#include "base/ids.h"
#include "core/right_queries.h"

const struct problem right_passed_on = {"right.passed_on", 409, FAULT_CLIENT, false};
const struct problem right_exclusive_runs = {"right.exclusive_runs", 409, FAULT_CLIENT, false};
const struct problem right_still_licensed = {"right.still_licensed", 409, FAULT_CLIENT, false};

static bool binds(enum right_kind kind)
{
    return kind == RIGHT_LICENCE || kind == RIGHT_OWNERSHIP;
}

/* What one running right has against a new one. */
static const struct problem *against(const struct right *running, const struct right *wanted)
{
    if (!binds(running->kind) || !binds(wanted->kind))
        return NULL;
    if (running->kind == RIGHT_OWNERSHIP && running->holder.value != wanted->grantor.value)
        return &right_passed_on;
    if (running->holder.value == wanted->holder.value)
        return NULL;
    if (running->exclusive)
        return &right_exclusive_runs;
    if (wanted->exclusive || wanted->kind == RIGHT_OWNERSHIP)
        return running->kind == RIGHT_LICENCE ? &right_still_licensed : NULL;
    return NULL;
}

/* A right that begins after the wanted one still stands in its way unless that ends before: two people
 * who press within milliseconds are written in either order. */
static bool overlap(const struct right *other, const struct right *wanted)
{
    return !wanted->ends.present || other->begins.ms < wanted->ends.value.ms;
}

const struct problem *right_check(struct database *db, struct memory *memory,
                                  const struct right *right)
{
    struct right_list others;
    const struct problem *problem = rights_from(db, memory, right->subject, right->begins, &others);
    for (size_t i = 0; !problem && i < others.count; i++) {
        if (overlap(&others.items[i], right))
            problem = against(&others.items[i], right);
    }
    return problem;
}

const struct problem *right_grant(struct database *db, struct memory *memory,
                                  const struct right *right, struct right_id *out)
{
    const struct problem *problem = right_turn(db, memory, right->subject);
    if (!problem)
        problem = right_check(db, memory, right);
    if (problem)
        return problem;
    struct right granted = *right;
    granted.id.value = id_new();
    problem = right_insert(db, memory, &granted);
    if (!problem)
        *out = granted.id;
    return problem;
}

const struct problem *right_end(struct database *db, struct memory *memory, struct right_id right,
                                struct instant at)
{
    struct right_hit hit;
    return right_set_end(db, memory, right, at, &hit);
}
