/*
 * Claims: after an order its buyer says who sent them, within the days of the program.
 *
 * A buyer needs no account: the shop puts an address of ours on its confirmation, which nobody else can make and of
 * which nothing is stored. A claim is a touch like any other, counts only where nothing else does, and the order is
 * judged again in the same write (docs/decisions/0026-attribution.md). The first claim of an order stands.
 *
 * Must not know: HTTP. Read next: claim.c, modules/referrals/convert.h.
 */
#ifndef CONTRAFLOW_REFERRALS_CLAIMS_CLAIM_H
#define CONTRAFLOW_REFERRALS_CLAIMS_CLAIM_H

#include "modules/referrals/code.h"
#include "modules/referrals/convert.h"

extern const struct problem referrals_claim_unknown; /* 422: no partner of the business has it */
extern const struct problem referrals_claim_late;    /* 409: the days are over */
extern const struct problem referrals_claim_made;    /* 409: somebody was named already */
extern const struct problem
    referrals_claim_needless;                    /* 409: it counts for somebody by a link or code */
extern const struct problem referrals_claim_own; /* 409: the buyer is the partner */
extern const struct problem referrals_claim_closed; /* 409: program or partner takes no part now */
extern const struct problem referrals_claim_off;    /* 409: the order is off, or not told yet */

/* The last part of the address under which the buyer of an order says who sent them, and back: &not_found when it is
 * not one of ours. */
const struct problem *referrals_claim_link(struct memory *memory, struct order_id order,
                                           struct text *out);
const struct problem *referrals_claim_of_link(struct text link, struct order_id *out);

/* Reads a code out of what a buyer typed: a code, or the address of a link. False: neither. */
bool referrals_claim_read(struct text typed, struct code *out);

/* Inside a write: the buyer of an order names a partner by a code; whose the order then is, is judged and paid. The
 * same again is &referrals_claim_made. */
struct referrals_claiming {
    struct order_id order;  /* which */
    struct party_id person; /* who says it; 0: whoever has the link */
    struct text typed;      /* a code, or the address of a link */
    struct instant at;      /* now */
};
const struct problem *referrals_claim(struct database *db, struct memory *memory,
                                      const struct referrals_claiming *claiming);

#endif
