/*
 * The journal: all transfers as text that hledger reads, so that others can check the books.
 *
 * Format: https://hledger.org/hledger.html#journal. Read next: ledger/journal.c.
 */
#ifndef CONTRAFLOW_LEDGER_JOURNAL_H
#define CONTRAFLOW_LEDGER_JOURNAL_H

#include "store/store.h"

/* Where the journal goes; `write` gets a piece that lives until it returns, and may end the export by
 * a problem. */
struct journal_sink {
    void *context; /* the sink's own */
    const struct problem *(*write)(void *context, struct text piece);
};

/*
 * Writes one transaction a posting, dated in UTC, with two lines a transfer; accounts are named by
 * purpose and owner ("earnings:pty_...", "income:platform"). Ends with a transaction that asserts the
 * balance of every account as kept, so that `hledger check` compares them with the transfers. Reads
 * one snapshot by cursor in bounded memory.
 */
const struct problem *journal_write(struct database *db, struct memory *memory,
                                    const struct journal_sink *sink);

#endif
