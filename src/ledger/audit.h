/*
 * The audit: the books recomputed from the transfers, sharing no code with those who write them.
 *
 * It reads accounts, postings with their transfers, and holds by cursor in one snapshot, a page at a
 * time, so that its memory does not grow with the books. Read next: ledger/audit.c, ledger/journal.h.
 */
#ifndef CONTRAFLOW_LEDGER_AUDIT_H
#define CONTRAFLOW_LEDGER_AUDIT_H

#include "store/store.h"

/* Who hears of what is wrong. */
struct ledger_audit_listener {
    void *context; /* the listener's own */
    /* One discrepancy in one line of English that begins with the account, posting, transfer, hold or
     * currency it is about; `line` is terminated and lives until the call returns. */
    void (*hear)(void *context, const char *line);
};

/*
 * Checks that each account's balance is what its transfers sum up to and its held part what its open
 * holds sum up to; that no account but the world's is below what is held of it and none that sales
 * pass through keeps anything; that each posting has the number of transfers and the digest it was
 * written with, all in the currency of their accounts; that holds and postings agree; that the
 * balances of each currency add up to zero; and that closed days follow each other, hold what was
 * posted in them and nothing else, are signed, and keep the right balances.
 *
 * *discrepancies counts the lines. A problem means that the audit itself could not be finished.
 */
const struct problem *ledger_audit(struct database *db, struct memory *memory,
                                   const struct ledger_audit_listener *listener,
                                   int64_t *discrepancies);

/* ---- for audits of other folders ---- */

/* Says what is wrong, and how often something was. */
struct audit_voice {
    const struct ledger_audit_listener *listener;
    int64_t discrepancies; /* lines so far */
};
void audit_say(struct audit_voice *voice, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Says so when what is found is not what is expected; `prefix` and `id` name the thing. */
void audit_compare(struct audit_voice *voice, const char *prefix, int64_t id, const char *what,
                   int64_t expected, int64_t found);

/* Checks the rows behind `*after`, moves it to the last of them and says how many there were. */
typedef const struct problem *audit_page(struct audit_voice *voice, struct database *db,
                                         struct memory *page, int64_t *after, size_t *count);
/* Runs checks one after another in one snapshot, page after page until one is empty, each page in memory
 * of its own. Form and meaning of ledger_audit(). */
const struct problem *audit_run(struct database *db, struct memory *memory,
                                audit_page *const *checks, size_t count,
                                const struct ledger_audit_listener *listener,
                                int64_t *discrepancies);

#endif
