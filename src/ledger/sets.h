/*
 * A sheet's rows as sets: all of a kind in one statement. Private to src/ledger.
 */
#ifndef CONTRAFLOW_LEDGER_SETS_H
#define CONTRAFLOW_LEDGER_SETS_H

#include "ledger/sheet.h"

/* An array of JSON objects as it is written: rows, and in each its members. */
struct set {
    struct builder text;
    size_t rows;
    bool open; /* a row is under way and has no member yet */
};
struct set set_begin(struct memory *memory);
void set_row(struct set *set);
void set_integer(struct set *set, const char *name, int64_t value);
void set_text(struct set *set, const char *name, struct text value);
const struct problem *set_end(struct set *set, struct text *out);

/* Reads the accounts that were not read yet. On PostgreSQL it locks them, but not the
 * intermediary's own. */
const struct problem *sets_lock_accounts(struct sheet *sheet, struct ledger_account_row_list *out);
/* Write what changed and what was added. Of postings none is written when the name of one lies in a
 * day that is closed: &not_found. */
const struct problem *sets_write_accounts(struct sheet *sheet);
const struct problem *sets_write_postings(struct sheet *sheet);
const struct problem *sets_write_transfers(struct sheet *sheet);

#endif
