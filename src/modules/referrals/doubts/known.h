/*
 * What the verdict rules remember, in tables: read for one judgement, written back in the same write.
 *
 * Must not know: rules, orders. Read next: known.c, modules/referrals/suspects/memory.h.
 */
#ifndef CONTRAFLOW_REFERRALS_DOUBTS_KNOWN_H
#define CONTRAFLOW_REFERRALS_DOUBTS_KNOWN_H

#include "modules/referrals/referrals.h"
#include "modules/referrals/suspects/memory.h"

enum { KNOWN_KEYS = 16 /* looked up at once, at most */ };

/* What a partner brought so far; all 0 of one who brought nothing yet. */
const struct problem *known_read(struct database *db, struct memory *memory,
                                 struct referrals_partner_id partner, struct suspect_sums *out);
/* Inside a write. */
const struct problem *known_write(struct database *db, struct memory *memory,
                                  const struct suspect_sums *sums);
/* What of clicks looks made, of a partner or a program (suspects/made.h); all 0 where nothing is known. */
const struct problem *known_read_made(struct database *db, struct memory *memory, int64_t owner,
                                      struct suspect_made *out);
/* Inside a write. */
const struct problem *known_write_made(struct database *db, struct memory *memory, int64_t owner,
                                       const struct suspect_made *made);
/* Puts what is kept under keys, 1..KNOWN_KEYS of them, into a memory. */
const struct problem *known_read_marks(struct database *db, struct memory *memory,
                                       const uint64_t *keys, size_t count,
                                       struct suspect_memory *into);
/* Inside a write: keeps what a memory has under them by now. */
const struct problem *known_write_marks(struct database *db, struct memory *memory,
                                        const uint64_t *keys, size_t count,
                                        const struct suspect_memory *from);

#endif
