/*
 * What the lines of a closed day say, as text that is hashed. Private to src/ledger; the audit writes
 * the same with code of its own (ledger/audit_days.c).
 */
#ifndef CONTRAFLOW_LEDGER_DAY_ENTRY_H
#define CONTRAFLOW_LEDGER_DAY_ENTRY_H

#include "ledger/day.h"
#include "ledger/day_rows.h"

/* The first line: which day, which ids. */
const struct problem *day_head(struct memory *memory, const struct ledger_day_row *day,
                               struct text *out);
/* The last line: how many, and the hash of the day before. */
const struct problem *day_tail(struct memory *memory, const struct ledger_day_row *day,
                               struct text *out);
/* A posting with those of `transfers` that are its own, which come first; returns how many, those
 * whose posting is none of the day's (and which stand before) included. */
size_t day_write_posting(struct builder *out, const struct day_posting *posting,
                         const struct day_transfer *transfers, size_t count);

#endif
