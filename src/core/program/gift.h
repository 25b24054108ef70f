/*
 * Gifts of programs that wait for whoever confirms a mail address.
 *
 * Nobody is written to about them: who has no account agreed to nothing. Addresses are known by their marks alone
 * (shop_mail_mark()), and it is the caller's to know that the person has confirmed the address.
 * Read next: core/program/gift.c.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_GIFT_H
#define CONTRAFLOW_CORE_PROGRAM_GIFT_H

#include "core/program/rows.h"

struct program_gift_shown { /* shape: A gift that waits */
    struct gift_id gift;    /* Names it */
    struct text business;   /* Who gives it */
    struct text program;    /* By which of its programs */
    struct money left;      /* How much is left of it */
    struct instant at;      /* Since when it waits */
};
LIST_OF(program_gift_shown);
/* What waits for an address, the oldest first, 100 at most; reads. */
const struct problem *program_gifts(struct database *db, struct memory *memory, struct text mail,
                                    struct program_gift_shown_list *out);
/* Inside a write: gives up to 100 of them to a person; *claimed says how many. */
const struct problem *program_claim(struct database *db, struct memory *memory, struct text mail,
                                    struct party_id person, struct instant at, int64_t *claimed);

#endif
