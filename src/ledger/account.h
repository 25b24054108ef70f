/*
 * The rules of one account, without database: what may leave, come, be reserved. Private to src/ledger.
 *
 * Free is the balance less what is held. Spending keeps what is free at or above the floor. A
 * correction may take below it, since what it takes back was never the account's: how much is kept as
 * owed, and shrinks by whatever comes in. What leaves in a day is counted from when there is a limit to
 * it; days are those of UTC, and one that lies before the last is taken as the last, so that a clock
 * that jumps back opens no second allowance.
 */
#ifndef CONTRAFLOW_LEDGER_ACCOUNT_H
#define CONTRAFLOW_LEDGER_ACCOUNT_H

#include "ledger/rows.h"

enum taking {
    TAKING_SPENDS = 1, /* floor and daily limit hold */
    TAKING_CORRECTS,   /* neither does */
    TAKING_PASSES,     /* nor of what the same posting brought: it was never there to be spent */
};

/* Each changes the row or leaves it untouched and says why not. Amounts are above 0. */
const struct problem *account_take(struct ledger_account_row *account, int64_t minor,
                                   enum taking how, struct instant at);
const struct problem *account_give(struct ledger_account_row *account, int64_t minor,
                                   enum taking how);
const struct problem *account_reserve(struct ledger_account_row *account, int64_t minor);
const struct problem *account_release(struct ledger_account_row *account, int64_t minor);
/* Owed under the row's own floor, after anything else was changed. */
int64_t account_owed(const struct ledger_account_row *account);

#endif
