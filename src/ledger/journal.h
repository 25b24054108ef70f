/*
 * The journal: all transfers as text that hledger or beancount reads, so that others can check the
 * books. Read next: ledger/journal.c.
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

enum journal_format {
    JOURNAL_HLEDGER = 1, /* https://hledger.org/hledger.html#journal */
    JOURNAL_BEANCOUNT,   /* https://beancount.github.io/docs/beancount_language_syntax.html */
};

/*
 * Writes one transaction a posting, dated in UTC, with two lines a transfer; accounts are named by
 * purpose, owner and issuer ("earnings:pty_...", "income:platform"; to beancount "Equity:Earnings:Pty-...:EUR").
 * Ends with assertions of the balance of every account as kept, so that `hledger check` or `bean-check`
 * compares them with the transfers. Reads one snapshot by cursor in bounded memory.
 */
const struct problem *journal_write(struct database *db, struct memory *memory,
                                    enum journal_format format, const struct journal_sink *sink);

#endif
