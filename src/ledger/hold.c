/*
 * Holds: money reserved for something that is not decided yet.
 *
 * A hold is checked against the free balance when it is made and never again, so posting it can't
 * fail for want of money. It ends once: the update that ends it names the open state.
 * Must not know: what waits. Read next: ledger/post.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "ledger/post.h"
#include "ledger/queries.h"

const struct problem ledger_hold_over = {"ledger.hold_over", 409, FAULT_CLIENT, false};
const struct problem ledger_hold_too_small = {"ledger.hold_too_small", 409, FAULT_CLIENT, false};

const struct problem *ledger_hold(struct database *db, struct memory *memory, struct party_id party,
                                  enum account_purpose purpose, struct money amount,
                                  int64_t subject, struct instant at, struct instant until,
                                  struct hold_id *out)
{
    ensure(amount.minor > 0 && amount.minor <= MONEY_MAX);
    struct ledger_account_row account;
    const struct problem *problem =
        ledger_account(db, memory, party, purpose, amount.currency, &account);
    if (problem)
        return problem;
    struct ledger_account_hit hit;
    problem = ledger_account_reserve(db, memory, account.id, amount.minor, &hit);
    if (problem)
        return problem == &not_found ? &ledger_not_enough : problem;
    struct ledger_hold_new hold = {.id = {id_new()},
                                   .account = account.id,
                                   .amount = amount,
                                   .subject = subject,
                                   .at = at,
                                   .until = until};
    problem = ledger_hold_insert(db, memory, &hold);
    if (!problem)
        *out = hold.id;
    return problem;
}

static const struct problem *hold_end(struct database *db, struct memory *memory, struct hold_id id,
                                      enum hold_state state, struct ledger_hold_row *out)
{
    const struct problem *problem = ledger_hold_end(db, memory, id, state, out);
    if (problem)
        return problem == &not_found ? &ledger_hold_over : problem;
    struct ledger_account_hit hit;
    problem = ledger_account_release(db, memory, out->account, out->amount.minor, &hit);
    return problem == &not_found ? &our_fault : problem;
}

/* What the posting takes out of the held account altogether. */
static const struct problem *taken_from(struct database *db, struct memory *memory,
                                        const struct posting *posting, struct account_id account,
                                        int64_t *out)
{
    int64_t sum = 0;
    for (int i = 0; i < posting->template->count; i++) {
        const struct posting_leg *leg = &posting->template->legs[i];
        if (leg->from.party == LEDGER_PLATFORM)
            continue;
        struct money amount = posting->amounts[leg->amount];
        struct ledger_account_row from;
        const struct problem *problem =
            ledger_account(db, memory, posting->parties[leg->from.party], leg->from.purpose,
                           amount.currency, &from);
        if (problem)
            return problem;
        if (from.id.value == account.value)
            sum += amount.minor;
    }
    *out = sum;
    return NULL;
}

const struct problem *ledger_hold_post(struct database *db, struct memory *memory,
                                       struct hold_id hold, const struct posting *posting,
                                       struct posting_id *out)
{
    struct ledger_hold_row row;
    const struct problem *problem = hold_end(db, memory, hold, HOLD_POSTED, &row);
    if (problem)
        return problem;
    int64_t sum = 0;
    problem = taken_from(db, memory, posting, row.account, &sum);
    if (problem)
        return problem;
    if (sum > row.amount.minor)
        return &ledger_hold_too_small;
    problem = ledger_post(db, memory, posting, out);
    if (problem)
        return problem;
    return ledger_hold_note(db, memory, hold, *out);
}

const struct problem *ledger_hold_void(struct database *db, struct memory *memory,
                                       struct hold_id hold)
{
    struct ledger_hold_row row;
    return hold_end(db, memory, hold, HOLD_VOIDED, &row);
}

const struct problem *ledger_hold_expire(struct database *db, struct memory *memory,
                                         struct instant at, int64_t *expired)
{
    struct ledger_hold_row_list due;
    const struct problem *problem = ledger_holds_due(db, memory, at, &due);
    *expired = 0;
    for (size_t i = 0; !problem && i < due.count; i++) {
        struct ledger_hold_row row;
        problem = hold_end(db, memory, due.items[i].id, HOLD_EXPIRED, &row);
        *expired += problem ? 0 : 1;
    }
    return problem;
}

const struct problem *ledger_hold_any_due(struct database *db, struct memory *memory,
                                          struct instant at, bool *out)
{
    struct ledger_hold_row_list due;
    const struct problem *problem = ledger_holds_due(db, memory, at, &due);
    *out = !problem && due.count > 0;
    return problem;
}
