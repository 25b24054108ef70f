/*
 * Segments: saved conditions on a business's customers. Nothing is kept of who is in one; that is found out each
 * time, a bounded part of the customers at once.
 *
 * For models: read a segment by segment_of(), then go through it with segment_next() or ask segment_has(). Whether
 * a member may be written to is another question (core/shop/consent.h), unless the segment itself asks for it.
 * Read next: core/shop/segment.c.
 */
#ifndef CONTRAFLOW_CORE_SHOP_SEGMENT_H
#define CONTRAFLOW_CORE_SHOP_SEGMENT_H

#include "core/job.h"
#include "core/shop/rows.h"

struct segment_id { /* shape id seg: A part of a business's customers */
    int64_t value;
};
MAYBE(segment_id);

enum segment_reason {                      /* shape: What may be done with members' data */
                      SEGMENT_ANYBODY = 1, /* anybody: No matter what */
                      SEGMENT_MAY_MAIL,    /* mail: Write mails with offers */
                      SEGMENT_MAY_INVITE,  /* invite: Invite them to take part in a program */
                      SEGMENT_MAY_PROFILE, /* profile: Tailor offers to what they bought */
                      SEGMENT_MAY_SHARE,   /* share: Give their data on to others */
};

struct segment_row {              /* shape: A segment as stored */
    struct segment_id id;         /* Names it */
    struct party_id business;     /* Whose customers */
    struct text name;             /* What the business calls it */
    int64_t within_days;          /* Ordered in these last days; 0: no condition */
    int64_t idle_days;            /* Ordered nothing in these last days; 0: no condition */
    int64_t orders_least;         /* As many orders at least; 0: no condition */
    struct maybe_money sum_least; /* What they come to at least, less refunds */
    struct text product;          /* Number of a product they bought; empty: no condition */
    struct text category;         /* Category of a product they bought; empty: no condition */
    struct text country;          /* Where they are; empty: no condition */
    enum segment_reason reason;   /* What may be done with their data */
    int64_t counted;              /* Members when all were last counted */
    struct instant counted_at;    /* When; 0: never */
    struct instant at;            /* Made */
    struct instant ended;         /* Taken away; 0: it stands */
};
LIST_OF(segment_row);

enum { SEGMENT_STEP = 2000 /* customers looked at in one step */ };

/* Members among the next SEGMENT_STEP customers after *after, which is moved on; *over: these were the last. */
const struct problem *segment_next(struct database *db, struct memory *memory,
                                   const struct segment_row *segment, struct instant now,
                                   struct customer_id *after, struct customer_row_list *members,
                                   bool *over);
/* The same, only how many. */
const struct problem *segment_count_next(struct database *db, struct memory *memory,
                                         const struct segment_row *segment, struct instant now,
                                         struct customer_id *after, int64_t *count, bool *over);
/* Whether a customer is in it. */
const struct problem *segment_has(struct database *db, struct memory *memory,
                                  const struct segment_row *segment, struct instant now,
                                  struct customer_id customer, bool *has);

/* Counts all members of a segment; enqueued with its id. */
extern const struct job_kind segment_job;

/* ---- private to core/shop --------------------------------------------------------------------- */

struct segment_question {       /* shape: What a statement is asked of some customers */
    struct party_id business;   /* Whose */
    struct customer_id after;   /* Those after this one */
    struct customer_id until;   /* Up to this one */
    struct instant since;       /* Ordered then or later; 0: no condition */
    struct instant idle;        /* Ordered nothing then or later; 0: no condition */
    int64_t orders_least;       /* As in a segment */
    int64_t sum_minor;          /* As in a segment; 0: no condition */
    struct text currency;       /* Of that */
    struct text product;        /* As in a segment */
    struct text category;       /* As in a segment */
    struct text country;        /* As in a segment */
    enum segment_reason reason; /* As in a segment */
};
struct segment_window {      /* shape: Some customers in the order of their ids */
    struct customer_id last; /* The last of them; 0: there is none */
    int64_t count;           /* How many */
};
struct segment_number { /* shape: How many */
    int64_t count;      /* That */
};

#endif
