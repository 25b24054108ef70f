/*
 * Statements: what one account held before some days, what came and went in them and why, and what it
 * held after, signed, as lines that carry their own hash (ledger/lines.h).
 *
 * A transfer belongs to the day (UTC) in which its posting was booked, as in the journal.
 * Read next: core/books/statement.c, ledger/day.h.
 */
#ifndef CONTRAFLOW_CORE_BOOKS_STATEMENT_H
#define CONTRAFLOW_CORE_BOOKS_STATEMENT_H

#include "base/settings.h"
#include "core/sign/sign.h"
#include "ledger/journal.h"
#include "ledger/ledger.h"
#include "web/words.h"

#define STATEMENT_KIND "ledger.statement"

extern const struct problem statement_period; /* 422: it ends before it begins, or lies ahead */

/* What is wanted. */
struct statement_order {
    struct party_id party;        /* whose account */
    struct text name;             /* how they are called */
    enum account_purpose purpose; /* what for: earnings or a wallet */
    struct currency currency;
    int64_t from, through;  /* days since 1970, both included */
    enum language language; /* of the reasons */
    struct instant at;      /* now */
};

/* Writes it, some hundred lines at a time in one snapshot. An account that was never used has a
 * statement without lines. */
const struct problem *statement_write(struct database *db, struct memory *memory,
                                      const struct sign_key *key,
                                      const struct statement_order *order,
                                      const struct journal_sink *sink);

#endif
