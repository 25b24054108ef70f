/*
 * Conversions: orders and actions that partners brought, found by what is bound to them.
 *
 * An order comes here by whatever way it is told: each is judged once for each program, in the write that
 * keeps it or by a follower of its event. What comes of it is a verdict of core (core/program/program.h) for
 * each partner who has a share. What is given back later comes back in the same part.
 *
 * Must not know: HTTP. Read next: convert.c, attribution.h.
 */
#ifndef CONTRAFLOW_REFERRALS_CONVERT_H
#define CONTRAFLOW_REFERRALS_CONVERT_H

#include "core/program/program.h"
#include "core/shop/shop.h"
#include "modules/referrals/attribution/attribution.h"

struct referrals_conversion_id { /* shape id cnv: An order or an action that somebody brought */
    int64_t value;
};

struct referrals_touch_row {             /* shape: A touch as stored */
    struct referrals_touch_id id;        /* Names it */
    struct program_id program;           /* Of which */
    struct referrals_partner_id partner; /* Whose */
    enum touch_kind kind;                /* By what */
    int64_t source;                      /* The click, or the link whose code was typed; 0: none */
    struct customer_id customer;         /* To whom it is bound; 0: to nobody */
    int64_t event;                       /* The only conversion it is bound to; 0: each */
    struct instant at;                   /* When it came */
    struct instant until;                /* Of a lead: protected until */
};

extern const struct problem referrals_unknown_click; /* 404: no click of a link of this business */

/* Inside a write: what somebody followed leads to a customer or to one conversion; either may be 0. The same
 * again changes nothing. &referrals_unknown_click. */
struct referrals_binding {
    struct party_id business;        /* who says so */
    struct referrals_click_id click; /* what was followed */
    struct customer_id customer;     /* to whom */
    int64_t event;                   /* or to what */
};
const struct problem *referrals_bind(struct database *db, struct memory *memory,
                                     const struct referrals_binding *binding);

/* Inside a write: judges an order for each program of its business that it was not judged for yet, and takes
 * back what was given back of it since. `basket` is when it was opened, where that is known. */
const struct problem *referrals_order(struct database *db, struct memory *memory,
                                      struct order_id order, struct maybe_instant basket,
                                      struct instant at);

/* The same for several orders in one write: what they are judged by is read once for those of one business. The
 * first three are the caller's, all else is zero at first. */
struct referrals_sitting {
    struct database *db;              /* inside the write */
    struct memory *memory;            /* of what is read */
    struct instant at;                /* now */
    struct party_id business;         /* whose programs were read; 0: nobody's yet */
    struct instant since;             /* but for those that ended before */
    struct program_row_list programs; /* these */
    struct referrals_ruled *ruled;    /* by what each judges */
};
/* What came of an order. */
struct referrals_judged {
    int64_t partners; /* who share it, in all programs */
    bool doubtful;    /* it may have doubts: a share is not counted, or it was judged before */
};
/* Of `memory` nothing is needed afterwards. */
const struct problem *referrals_judge(struct referrals_sitting *sitting, struct memory *memory,
                                      struct order_id order, struct maybe_instant basket,
                                      struct referrals_judged *judged);

/* The same for an action (actions/action.h); what was given for one that was reversed comes back in full. */
const struct problem *referrals_action(struct database *db, struct memory *memory, int64_t action,
                                       struct instant at);

extern const struct consumer referrals_orders; /* follows core.order. */
/* Orders that come by file are told of as a whole (files.c): they are judged by a job once the file is in, and what
 * was given for them comes back when the file is taken back. */
extern const struct consumer referrals_files;
extern const struct job_kind referrals_files_job;

#endif
