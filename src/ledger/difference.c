/*
 * Adds up what happened to the accounts that everybody touches.
 *
 * Each difference is taken out and added in one write, so that readers, who see both, always see the
 * same sum. Must not know: why there are any. Read next: ledger/sets.c.
 */
#include "base/log.h"
#include "ledger/ledger.h"
#include "ledger/queries.h"
#include "ledger/rows.h"

enum { TAKEN = 5000, ACCOUNTS = 64 /* summed; of more each difference is added by itself */ };

static const struct problem *add_up(struct database *db, struct memory *memory, void *context)
{
    int64_t *added = context;
    struct ledger_difference_row_list rows;
    struct ledger_difference_row sums[ACCOUNTS];
    size_t count = 0;
    const struct problem *problem = ledger_differences_take(db, memory, TAKEN, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct ledger_difference_row *row = &rows.items[i];
        size_t at = 0;
        while (at < count && sums[at].account.value != row->account.value)
            at++;
        if (at < count) {
            sums[at].balance_minor += row->balance_minor;
        } else if (count < ACCOUNTS) {
            sums[count++] = *row;
        } else {
            problem = ledger_account_add(db, memory, row->account, row->balance_minor);
        }
    }
    for (size_t i = 0; !problem && i < count; i++)
        problem = ledger_account_add(db, memory, sums[i].account, sums[i].balance_minor);
    *added = problem ? 0 : (int64_t)rows.count;
    return problem;
}

const struct problem *ledger_settle_differences(struct database *db, struct memory *memory)
{
    const struct problem *problem = NULL;
    for (int64_t added = TAKEN; !problem && added == TAKEN;) {
        struct memory *scratch = memory_scratch(memory);
        problem = scratch ? add_up(db, scratch, &added) : &out_of_memory;
        memory_end(scratch);
    }
    return problem;
}

const struct problem *ledger_add_up(struct store *store, struct database *reader,
                                    struct memory *memory, int64_t *added)
{
    struct ledger_count waiting;
    *added = 0;
    if (!store_is_postgresql(store))
        return NULL;
    const struct problem *problem = ledger_differences_any(reader, memory, 1, &waiting);
    if (problem || waiting.number == 0)
        return problem;
    return store_write(store, memory, add_up, added);
}
