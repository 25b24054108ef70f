/*
 * What an account held at a moment of the past.
 *
 * Must not know: how days are hashed. Read next: ledger/day.h.
 */
#include "base/ids.h"
#include "ledger/day.h"
#include "ledger/day_queries.h"
#include "ledger/post.h"
#include "ledger/queries.h"

static const struct problem *sum_up(struct database *db, struct memory *memory,
                                    struct account_id account, struct instant at, int64_t *out)
{
    struct ledger_kept_row kept = {0};
    struct ledger_moved_row moved;
    /* The last day that ended by then, closed or not. */
    int64_t day = at.ms / DAY - 1;
    struct posting_id before = {id_first_at(at)};
    struct transfer_id last = {id_first_at(instant_add(at, LEDGER_TRANSFERS_WITHIN))};
    const struct problem *problem = ledger_kept(db, memory, account, day, &kept);
    if (problem && problem != &not_found)
        return problem;
    problem = ledger_moved(db, memory, account, kept.through, before, last, &moved);
    if (!problem)
        *out = kept.balance_minor + moved.minor;
    return problem;
}

/* Both statements of sum_up() see the same days. */
struct past {
    struct ledger_account_key key;
    struct instant at;
    int64_t minor;
};

static const struct problem *look_back(struct database *db, struct memory *memory, void *context)
{
    struct past *past = context;
    struct ledger_account_row row;
    const struct problem *problem = ledger_account_find(db, memory, &past->key, &row);
    if (problem)
        return problem == &not_found ? NULL : problem;
    return sum_up(db, memory, row.id, past->at, &past->minor);
}

const struct problem *ledger_balance_at(struct database *db, struct memory *memory,
                                        struct party_id party, enum account_purpose purpose,
                                        struct currency currency, struct instant at,
                                        struct money *out)
{
    struct past past = {post_key(party, purpose, &currency, (struct party_id){0}), at, 0};
    const struct problem *problem = store_read(db, memory, look_back, &past);
    if (!problem)
        *out = (struct money){past.minor, currency};
    return problem;
}
