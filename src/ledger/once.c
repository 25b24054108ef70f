/*
 * Idempotency: the same key with the same content is answered as before.
 *
 * The key is kept in the same write as what the call did, so there is no moment at which one exists
 * without the other. Must not know: what the call was. Read next: ledger/ledger.h.
 */
#include "ledger/ledger.h"
#include "ledger/queries.h"
#include "ledger/rows.h"

const struct problem ledger_once_conflict = {"ledger.once_conflict", 409, FAULT_CLIENT, false};

const struct problem *ledger_once(struct database *db, struct memory *memory, struct party_id party,
                                  struct text key, struct text fingerprint, struct instant at,
                                  int64_t *result)
{
    *result = 0;
    if (text_empty(key))
        return NULL;
    struct ledger_once_row row;
    const struct problem *problem = ledger_once_find(db, memory, party, key, &row);
    if (problem == &not_found)
        return ledger_once_insert(db, memory, party, key, fingerprint, at);
    if (problem)
        return problem;
    if (!text_equal(row.fingerprint, fingerprint))
        return &ledger_once_conflict;
    *result = row.result;
    return NULL;
}

const struct problem *ledger_once_result(struct database *db, struct memory *memory,
                                         struct party_id party, struct text key, int64_t result)
{
    if (text_empty(key))
        return NULL;
    return ledger_once_finish(db, memory, party, key, result);
}
