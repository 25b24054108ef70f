/*
 * When given units end. Private to src/ledger.
 */
#ifndef CONTRAFLOW_LEDGER_GRANT_H
#define CONTRAFLOW_LEDGER_GRANT_H

#include "ledger/post.h"
#include "ledger/promise.h"

/* Whether the leg's units may move so: money by everybody, units between who promised them and who
 * has them. NULL or &promise_units_stay. */
const struct problem *grant_check(const struct post_leg *leg);
/* Notes on the sheet that its transfer at `place` gives units or takes given ones back. &promise_none: no
 * rules say when they end. */
const struct problem *grant_note(struct sheet *sheet, const struct post_leg *leg, size_t place);
/* Writes what was noted, after the transfers were. */
const struct problem *grant_write(struct sheet *sheet);

#endif
