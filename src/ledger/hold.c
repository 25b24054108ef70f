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

const struct problem *hold_in(struct database *db, struct memory *memory,
                              const struct ledger_account_key *key, struct money amount,
                              int64_t subject, struct instant at, struct instant until,
                              struct hold_id *out)
{
    struct sheet *sheet = sheet_begin(db, memory, at, 1, 0, 0);
    if (!sheet)
        return &out_of_memory;
    const struct problem *problem = sheet_open(sheet, key, 1);
    if (problem)
        return problem;
    struct ledger_account_row *account = sheet_account(sheet, key);
    struct ledger_hold_new hold = {.id = {id_new()},
                                   .account = account->id,
                                   .amount = amount,
                                   .subject = subject,
                                   .at = at,
                                   .until = until};
    problem = account_reserve(account, amount.minor);
    if (!problem)
        problem = sheet_write(sheet);
    if (!problem)
        problem = ledger_hold_insert(db, memory, &hold);
    if (!problem)
        *out = hold.id;
    return problem;
}

/* As much of it as is free. */
static const struct problem *reserve(struct ledger_account_row *account, struct ledger_held *held)
{
    const struct problem *problem = account_reserve(account, held->amount.minor);
    if (problem != &ledger_not_enough)
        return problem;
    held->amount.minor = account->balance_minor - account->held_minor;
    return held->amount.minor > 0 ? account_reserve(account, held->amount.minor) : NULL;
}

static const struct problem *keep_holds(struct sheet *sheet, const struct posting *posting,
                                        int64_t subject, struct ledger_held *held, size_t count)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < count; i++) {
        if (held[i].amount.minor <= 0)
            continue;
        struct ledger_account_key key = post_side(posting, held[i].side, &held[i].amount.currency);
        struct ledger_hold_new hold = {.id = {id_new()},
                                       .account = sheet_account(sheet, &key)->id,
                                       .amount = held[i].amount,
                                       .subject = subject,
                                       .at = posting->at,
                                       .until = held[i].until};
        problem = ledger_hold_insert(sheet->db, sheet->memory, &hold);
        held[i].hold = hold.id;
    }
    return problem;
}

const struct problem *ledger_post_held(struct database *db, struct memory *memory,
                                       const struct posting *posting, int64_t subject,
                                       struct ledger_held *held, size_t count,
                                       struct posting_id *out)
{
    struct post_leg legs[POSTING_ALL];
    struct post_head head = post_head(posting);
    size_t place, leg_count = post_legs(posting, legs);
    struct sheet *sheet = post_sheet(db, memory, posting->at, leg_count);
    if (!sheet)
        return &out_of_memory;
    const struct problem *problem = post_open(sheet, legs, leg_count);
    if (!problem)
        problem = post_on(sheet, &head, legs, leg_count, &place);
    for (size_t i = 0; !problem && i < count; i++) {
        struct ledger_account_key key = post_side(posting, held[i].side, &held[i].amount.currency);
        problem = reserve(sheet_account(sheet, &key), &held[i]);
    }
    if (!problem)
        problem = sheet_write_one(sheet, place, out);
    return problem ? problem : keep_holds(sheet, posting, subject, held, count);
}

const struct problem *ledger_hold(struct database *db, struct memory *memory, struct party_id party,
                                  enum account_purpose purpose, struct money amount,
                                  int64_t subject, struct instant at, struct instant until,
                                  struct hold_id *out)
{
    struct ledger_account_key key =
        post_key(party, purpose, &amount.currency, (struct party_id){0});
    return hold_in(db, memory, &key, amount, subject, at, until, out);
}

/* Ends a hold and frees what it reserved, on a sheet that is yet to be written. */
static const struct problem *hold_end(struct sheet *sheet, struct hold_id id, enum hold_state state,
                                      struct ledger_hold_row *out)
{
    struct ledger_account_row *account;
    const struct problem *problem = ledger_hold_end(sheet->db, sheet->memory, id, state, out);
    if (problem)
        return problem == &not_found ? &ledger_hold_over : problem;
    problem = sheet_open_id(sheet, out->account, &account);
    return problem ? problem : account_release(account, out->amount.minor);
}

/* The same for one that becomes nothing. */
static const struct problem *hold_drop(struct database *db, struct memory *memory,
                                       struct hold_id id, enum hold_state state)
{
    struct ledger_hold_row row;
    struct sheet *sheet = sheet_begin(db, memory, (struct instant){0}, 1, 0, 0);
    if (!sheet)
        return &out_of_memory;
    const struct problem *problem = hold_end(sheet, id, state, &row);
    return problem ? problem : sheet_write(sheet);
}

/* What the legs take out of an account altogether. */
static int64_t taken_from(struct sheet *sheet, const struct post_leg *legs, size_t count,
                          struct account_id account)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        if (sheet_account(sheet, &legs[i].from)->id.value == account.value)
            sum += legs[i].amount.minor;
    return sum;
}

const struct problem *ledger_hold_post(struct database *db, struct memory *memory,
                                       struct hold_id hold, const struct posting *posting,
                                       struct posting_id *out)
{
    struct ledger_hold_row row;
    struct post_leg legs[POSTING_ALL];
    struct post_head head = post_head(posting);
    size_t count = post_legs(posting, legs);
    struct sheet *sheet = post_sheet(db, memory, posting->at, count);
    if (!sheet)
        return &out_of_memory;
    const struct problem *problem = hold_end(sheet, hold, HOLD_POSTED, &row);
    if (problem)
        return problem;
    problem = post_open(sheet, legs, count);
    if (problem)
        return problem;
    if (taken_from(sheet, legs, count, row.account) > row.amount.minor)
        return &ledger_hold_too_small;
    size_t place;
    problem = post_on(sheet, &head, legs, count, &place);
    if (!problem)
        problem = sheet_write_one(sheet, place, out);
    return problem ? problem : ledger_hold_note(db, memory, hold, *out);
}

const struct problem *ledger_hold_void(struct database *db, struct memory *memory,
                                       struct hold_id hold)
{
    return hold_drop(db, memory, hold, HOLD_VOIDED);
}

const struct problem *ledger_hold_expire(struct database *db, struct memory *memory,
                                         struct instant at, int64_t *expired)
{
    struct ledger_hold_row_list due;
    const struct problem *problem = ledger_holds_due(db, memory, at, &due);
    *expired = 0;
    for (size_t i = 0; !problem && i < due.count; i++) {
        problem = hold_drop(db, memory, due.items[i].id, HOLD_EXPIRED);
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
