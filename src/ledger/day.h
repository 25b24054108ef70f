/*
 * Days of the journal: each is closed once it is over, with a hash chained to the day before.
 *
 * A posting belongs to the day in which its id was made (UTC), and a day is the range of those ids:
 * all of a day's postings are found by it, and none can come in later. Three things see to that:
 * a day is closed no earlier than LEDGER_DAY_REST after its end; the write that closes it waits for
 * postings under way (PostgreSQL) and counts once more what was hashed; and a posting whose id lies in a
 * closed day is not taken but gets another (ledger/post.c). From the first posting's day on no day is
 * left out.
 *
 * The hash of a day is that of lines (ledger/lines.h): the first says which day and ids, then one for each
 * posting with all its facts and transfers, the last counts them and holds the hash of the day before.
 *
 * Must not know: who signs. Read next: ledger/day.c, core/books/closing.h, docs/decisions/0007-days.md.
 */
#ifndef CONTRAFLOW_LEDGER_DAY_H
#define CONTRAFLOW_LEDGER_DAY_H

#include "ledger/journal.h"
#include "ledger/ledger.h"
#include "ledger/lines.h"

#define LEDGER_DAY_KIND "ledger.day"
#define LEDGER_DAY_REST (10 * MINUTE) /* after a day's end before it may be closed */
#define LEDGER_DAY_SMALL                                                                           \
    1000 /* postings of a day that is closed, with all that it keeps, in one write */

struct ledger_day_row {                /* shape: A closed day */
    int64_t day;                       /* Since 1970 in UTC */
    struct posting_id from_posting;    /* The first id that belongs to it */
    struct posting_id through_posting; /* The last id that belongs to it */
    int64_t postings;                  /* How many there are */
    int64_t transfers;                 /* How many those have */
    struct text previous;              /* Hash of the day before; zeros for the first, hex */
    struct text hash;                  /* Over all of it, hex */
    struct text signature;             /* Over the hash, hex */
    struct text public_key;            /* Whose, hex */
    struct instant at;                 /* Closed */
};

/*
 * The day after `last` (NULL: after the last closed one), when it is over at `at`: everything but
 * signature, public key and when. Reads a thousand postings at a time; texts live in `memory`.
 * &not_found: none is over, or nothing was posted yet.
 */
const struct problem *ledger_day_next(struct database *db, struct memory *memory, struct instant at,
                                      const struct ledger_day_row *last,
                                      struct ledger_day_row *out);

/* Before a day of more than LEDGER_DAY_SMALL postings is closed: writes what a thousand of the accounts
 * that moved on it, after `*after`, held at its end. *after is then the last of them, 0 when all are
 * done. The days before it must be closed. &conflict: it is closed already. */
const struct problem *ledger_day_prepare(struct store *store, struct database *reader,
                                         struct memory *memory, const struct ledger_day_row *day,
                                         struct account_id *after);

/* Inside a write, once for all days that are closed in it: waits for postings under way. */
const struct problem *ledger_day_wait(struct database *db, struct memory *memory);
/* Closes a day as ledger_day_next() gave it, signed. &conflict: it is not the next one any more, or
 * something came in since it was read. */
const struct problem *ledger_day_close(struct database *db, struct memory *memory,
                                       const struct ledger_day_row *day);

/* Writes a closed day as lines, a page of postings at a time in one snapshot. &not_found: it is not
 * closed. What was changed since is written as it is: who checks the file finds it. */
const struct problem *ledger_day_write(struct database *db, struct memory *memory, int64_t day,
                                       const struct journal_sink *sink);

#endif
