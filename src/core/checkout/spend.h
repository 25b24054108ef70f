/*
 * What customers pay with points and credit at a shop: reserved for an order, then used or let go, and given
 * back when the order is cancelled or a part of it returned.
 *
 * A spend is known by the shop's own number of the order and by what it is of, so that a shop may ask again:
 * the same is answered as before, anything else under a known number is a conflict. Two at once never use more
 * than there is, since the ledger reserves. What pays how much is fixed when it is reserved; one that nobody
 * takes up is let go by itself. What was given back is what the ledger says came back (ledger_left()), so it
 * does not matter who gave it back.
 *
 * An order that is cancelled gives back what paid for it by itself, soon after; a refund does not, since a shop
 * may give back goods and keep units, or the other way round.
 *
 * Must not know: pages, why units were given. Read next: core/checkout/spend.c, ledger/promise.h.
 */
#ifndef CONTRAFLOW_CORE_CHECKOUT_SPEND_H
#define CONTRAFLOW_CORE_CHECKOUT_SPEND_H

#include "core/flow.h"
#include "core/reward/reward.h"

struct spend_id { /* shape id spn: Units that pay a part of an order */
    int64_t value;
};
MAYBE(spend_id);

enum spend_state {                 /* shape: Where units that pay a part of an order stand */
                   SPEND_HELD = 1, /* held: Reserved */
                   SPEND_TAKEN,    /* taken: Used */
                   SPEND_RELEASED, /* released: Let go */
};
enum spend_event {                 /* shape: What happens to them */
                   SPEND_TAKE = 1, /* take: The order was placed */
                   SPEND_RELEASE,  /* release: There is no order */
                   SPEND_LAPSE,    /* lapse: Nobody took them up in time */
};

struct spend_row {             /* shape: Units that pay a part of an order, as stored */
    struct spend_id id;        /* Names it */
    struct party_id business;  /* At whose checkout */
    struct party_id party;     /* Whose units */
    struct party_id actor;     /* Who of the business reserved them */
    struct text number;        /* The shop's own number of the order */
    enum spend_state state;    /* Where it stands */
    struct money units;        /* Reserved at first */
    struct money price;        /* Of which they pay a part */
    struct money paid;         /* What all of them pay */
    struct hold_id hold;       /* What reserves them */
    struct posting_id posting; /* By which they were used; 0: not yet */
    int64_t used_minor;        /* Units that were used */
    struct instant at;         /* Reserved */
    struct instant until;      /* Let go then, unless used before */
};
LIST_OF(spend_row);

extern const struct problem spend_differs; /* 409: known with other content */
extern const struct flow spend_flow;

/* Reserves spend->units of spend->party for spend->price until spend->until; fills the rest. Known already:
 * the same is answered as it stands now, other content is &spend_differs. Fails as promise_hold() does. In a
 * write of its own. */
const struct problem *spend_reserve(struct store *store, struct memory *memory,
                                    struct spend_row *spend);

/* What a business does with one. */
struct spending {
    struct spend_id id;
    struct party_id business; /* whose it must be; otherwise &not_found */
    struct party_id actor;    /* who of it */
    int64_t units;            /* to use, or given back in all; of what is let go: not looked at */
    struct text note;         /* what the person reads; may be empty */
    struct instant at;        /* now */
    struct spend_row spend;   /* filled: as it stands then */
    int64_t back_minor;       /* filled: units given back in all */
};
/* Uses up to all units that are reserved; the rest is free again. Done already with as many: nothing more;
 * with others: &spend_differs. &ledger_hold_too_small, &flow_no_such_move. */
const struct problem *spend_take(struct store *store, struct memory *memory,
                                 struct spending *spending);
/* Lets go what is reserved; done already: nothing more. &flow_no_such_move: they were used. */
const struct problem *spend_release(struct store *store, struct memory *memory,
                                    struct spending *spending);
/* Gives back what of spending->units in all was not given back before; less than before changes nothing.
 * &ledger_more_than_left: more than were used. */
const struct problem *spend_give_back(struct store *store, struct memory *memory,
                                      struct spending *spending);
/* One of a business; &not_found. */
const struct problem *spend_find(struct database *db, struct memory *memory,
                                 struct party_id business, struct spend_id id,
                                 struct spend_row *out);
/* How many units of one were given back; reads. */
const struct problem *spend_back(struct database *db, struct memory *memory,
                                 const struct spend_row *spend, int64_t *out);
/* What `units` of those reserved pay, rounded down. Pure. */
struct money spend_worth(const struct spend_row *spend, int64_t units);

extern const struct module checkout_part;

#endif
