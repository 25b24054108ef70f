/*
 * Attribution: whose an order or an action is. Touches and a conversion in, credits and a reason for
 * every touch out.
 *
 * In this order, and docs/decisions/0026-attribution.md says why:
 * 1. A touch counts for the customer or the conversion that it was bound to, and for nobody else.
 * 2. It counts when it lies before the conversion, within the program's window, and before the basket
 *    was opened. A code is typed by the buyer, so the basket does not matter to it; and one that came with
 *    the conversion was used at it, whatever its time says. A lead counts as long as it is protected.
 *    Two servers' clocks differ: each of these limits is CLOCKS_APART wider than it says.
 * 3. Leads go before all, then codes and links as the program puts them, then what a buyer claims. The
 *    first of these kinds that has a touch left decides alone.
 * 4. Of leads and of claims the first counts: a protection would be none, and a buyer could take back
 *    what was given. Codes or links share by the model. A partner has one place in it, however many
 *    touches of theirs there are; only who comes first and last is told by touches.
 * Touches of the same millisecond stand in the order of their ids.
 *
 * Pure: no clock, no database, nothing kept from call to call; so what another model would have given
 * is the same call with other terms. Money follows the terms that were in force.
 *
 * Must not know: programs, money. Whether a click was a person's is judged before: touches that were
 * rejected are not handed in. Read next: attribution.c.
 */
#ifndef CONTRAFLOW_REFERRALS_ATTRIBUTION_ATTRIBUTION_H
#define CONTRAFLOW_REFERRALS_ATTRIBUTION_ATTRIBUTION_H

#include "core/shop/shop.h"
#include "modules/referrals/referrals.h"

struct referrals_touch_id { /* shape id tch: Something that led a customer to a business */
    int64_t value;
};
MAYBE(referrals_touch_id);

enum attribution_model { /* shape: How partners share what comes of several touches */
                         ATTRIBUTION_FIRST = 1, /* first: Who was first has all of it */
                         ATTRIBUTION_LAST,      /* last: Who was last has all of it */
                         ATTRIBUTION_LINEAR,    /* linear: All have the same */
                         ATTRIBUTION_POSITION, /* position: First and last 40 % each, who was between shares 20 % */
};
enum touch_kind {                 /* shape: By what a partner led a customer to a business */
                  TOUCH_LINK = 1, /* link: Their link was followed */
                  TOUCH_CODE,     /* code: Their code was typed in */
                  TOUCH_LEAD,     /* lead: They met the customer and registered it beforehand */
                  TOUCH_CLAIM,    /* claim: The customer said afterwards who had sent them */
};
enum touch_outcome {                     /* shape: Whether a touch counts, or why not */
                     TOUCH_COUNTS = 1,   /* counts: It brought the partner a share */
                     TOUCH_UNBOUND,      /* unbound: Nothing connects it with this customer */
                     TOUCH_AFTER_ORDER,  /* after_order: It came after the order */
                     TOUCH_UNPROTECTED,  /* unprotected: The protection of the lead was over */
                     TOUCH_AFTER_BASKET, /* after_basket: The basket had been opened before */
                     TOUCH_TOO_OLD, /* too_old: It came longer before the order than the program counts */
                     TOUCH_NO_CLAIMS,    /* no_claims: The program takes no claims afterwards */
                     TOUCH_CLAIM_LATE,   /* claim_late: The claim came too long after the order */
                     TOUCH_SAME_PARTNER, /* same_partner: Another touch of the same partner decided */
                     TOUCH_BEHIND_LEAD, /* behind_lead: A protected lead of another partner goes before */
                     TOUCH_BEHIND_CODE, /* behind_code: A code of another partner goes before */
                     TOUCH_BEHIND_LINK, /* behind_link: A link of another partner goes before */
                     TOUCH_CLAIM_NEEDLESS, /* claim_needless: Another partner had a link, a code or a lead */
                     TOUCH_NOT_FIRST, /* not_first: Another partner came first */
                     TOUCH_NOT_LAST,  /* not_last: Another partner came last */
};

#define ATTRIBUTION_WHOLE       10000 /* basis points, to which the credits add up */
#define ATTRIBUTION_WINDOW      30    /* days, unless the program says otherwise */
#define ATTRIBUTION_WINDOW_MAX  365   /* days */
#define ATTRIBUTION_LATE        30    /* days for a claim, unless the program says otherwise */
#define ATTRIBUTION_LATE_MAX    365   /* days */
#define ATTRIBUTION_TOUCHES_MAX 1000  /* of one conversion, so that every share is above nothing */
#define CLOCKS_APART            (5 * SECOND) /* by which servers that stamp touches and orders may differ */

/* What a program says of it; columns of referrals_program. */
struct attribution_terms {
    enum attribution_model model; /* how several partners share */
    int64_t window_days;          /* a touch counts so long, 1..ATTRIBUTION_WINDOW_MAX */
    bool code_first;              /* true: codes go before links; false: links before codes */
    int64_t late_days; /* a claim counts so long after, ..ATTRIBUTION_LATE_MAX; 0: never */
};

/* An order, or an action such as a sign-up. */
struct attribution_conversion {
    int64_t event;               /* its id; not 0 */
    struct customer_id customer; /* whose; 0: not known */
    struct instant at;           /* when */
    struct maybe_instant basket; /* when its basket was opened, where the shop tells */
};

struct attribution_touch {
    struct referrals_touch_id id; /* names it */
    struct referrals_partner_id
        partner;                 /* whose it is; of several accounts of a person the first */
    enum touch_kind kind;        /* by what */
    struct instant at;           /* when it came */
    struct instant until;        /* of a lead: how long it is protected */
    struct customer_id customer; /* to whom it was bound; 0: to nobody */
    int64_t event;               /* the only conversion it was bound to; 0: each of its customer */
    enum touch_outcome outcome;  /* filled: whether it counts, or why not */
};

struct attribution_credit {
    struct referrals_partner_id partner; /* who has it */
    int64_t share;                       /* basis points, above 0 */
    struct referrals_touch_id
        touch; /* by which touch: their first; of who has it for being last, their last */
};

/*
 * Puts `touches` into their order, fills the outcome of each, and writes the credits, one a partner in the
 * order of the touches that brought them; `credits` has room for as many as there are touches. Returns
 * how many: 0 when nobody led the customer here, else their shares add up to ATTRIBUTION_WHOLE. What
 * dividing leaves over goes to the first of those who share. At most ATTRIBUTION_TOUCHES_MAX touches:
 * who has kept more hands in the first and the last of each partner and kind.
 */
size_t attribution_decide(const struct attribution_terms *terms,
                          const struct attribution_conversion *conversion,
                          struct attribution_touch *touches, size_t count,
                          struct attribution_credit *credits);

#endif
