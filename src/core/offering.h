/*
 * Offerings: things people offer in one module that a deal of another may end in.
 *
 * A module that keeps such things registers a kind; another finds them by the kind's name and never
 * includes the module. So a brief ends in a photo licence, and removing either leaves the other whole.
 */
#ifndef CONTRAFLOW_CORE_OFFERING_H
#define CONTRAFLOW_CORE_OFFERING_H

#include "core/deal.h"
#include "ledger/fees.h"

struct offering {          /* shape: A thing that a person offers */
    int64_t subject;       /* Its id */
    struct text name;      /* The id as it is written */
    struct party_id owner; /* Who offers it */
    struct text title;     /* What they call it */
    struct text media;     /* Hash of its picture; empty when it has none */
    struct text href;      /* url: Its public page */
    bool available;        /* It could be agreed on now */
};
LIST_OF(offering);

/* What an agreed deal hands over for the thing to pass. */
struct offering_sale {
    int64_t subject;
    struct party_id buyer;  /* the organisation that pays */
    struct party_id person; /* who acts for it */
    struct money price;
    struct maybe_text fees; /* the rules both agreed under, as fees() gave them; absent: today's */
    struct hold_id hold;    /* the buyer's money, open: what pays() said */
    struct maybe_call_id call; /* the call it answers */
    struct instant at;
    struct deal_id deal; /* filled: the deal that was made */
};

struct offering_kind {
    const char *name; /* "photo" */
    const struct problem *(*find)(struct database *db, struct memory *memory, int64_t subject,
                                  struct offering *out);
    /* A person's things, newest first, ids below `before` (0: from the newest), at most 50. */
    const struct problem *(*of_person)(struct database *db, struct memory *memory,
                                       struct party_id person, int64_t before,
                                       struct offering_list *out);
    /* Makes the deal, passes the right and the money. Inside a write. */
    const struct problem *(*sell)(struct database *db, struct memory *memory,
                                  struct offering_sale *sale);
    /* The rules of fees that are in force, to be kept by whoever agrees on a thing under them, and given
     * to the next two and to sell(). */
    struct text (*fees)(void);
    /* What a buyer pays for a thing at a price: with the fees they bear, which is what their hold must
     * reserve. */
    const struct problem *(*pays)(struct memory *memory, struct maybe_text fees, struct money price,
                                  struct money *out);
    /* What becomes of that price when the thing is this owner's, as it would be posted now. */
    const struct problem *(*split)(struct database *db, struct memory *memory,
                                   struct maybe_text fees, struct party_id owner,
                                   struct money price, struct instant at,
                                   struct fee_breakdown *out);
};

void offering_register(const struct offering_kind *kind);
const struct offering_kind *offering_named(const char *name); /* NULL: no module offers such */

#endif
