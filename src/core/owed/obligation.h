/*
 * Obligations over time: who owes what to whom, when; and the plans they follow from.
 *
 * A plan is what two sides agreed on: instalments, rent, interest, milestones (core/owed/schedule.h), with days of grace, a
 * fee for what is late and how long a creditor waits. Its debtor accepts it, or the module whose it is
 * says that they did. Obligations are made from it some time ahead, fall due on their day and are paid:
 * by themselves from the debtor's account when the plan says so and it holds enough, tried again each
 * day and whenever money comes in; or by the debtor, earlier or later, in parts if they like: the rest
 * stays owed, the amount before its fee. What is forgiven is forgiven with a reason.
 *
 * A day begins in the installation's time zone (setting site.time_zone, UTC unless set). What is paid is
 * posted by the template of the plan's kind, in the write that changes the state.
 *
 * Must not know: any particular model. Read next: core/owed/schedule.h, core/owed/plan.c, core/owed/obligation.c.
 */
#ifndef CONTRAFLOW_CORE_OWED_OBLIGATION_H
#define CONTRAFLOW_CORE_OWED_OBLIGATION_H

#include "core/flow.h"
#include "core/owed/schedule.h"
#include "ledger/ledger.h"

struct plan_id { /* shape id pln: What two sides agreed on about sums over time */
    int64_t value;
};
struct obligation_id { /* shape id obl: A sum that is owed on a day */
    int64_t value;
};
MAYBE(plan_id);
MAYBE(obligation_id);

enum plan_state {                    /* shape: How a plan stands */
                  PLAN_PROPOSED = 1, /* proposed: Waits for the debtor's word */
                  PLAN_RUNNING,      /* running: Agreed on */
                  PLAN_COMPLETED,    /* completed: Nothing is owed any more */
                  PLAN_ENDED,        /* ended: Ended before everything was paid */
                  PLAN_DECLINED,     /* declined: Not agreed on */
};
enum plan_event {                  /* shape: What happens to a plan */
                  PLAN_ACCEPT = 1, /* accept: The debtor agrees */
                  PLAN_DECLINE,    /* decline: One side does not want it */
                  PLAN_COMPLETE,   /* complete: Its last part was settled */
                  PLAN_END,        /* end: What it was for is over, or nobody paid */
};
enum obligation_state {                          /* shape: How an obligation stands */
                        OBLIGATION_UPCOMING = 1, /* upcoming: Waits for its day */
                        OBLIGATION_DUE,          /* due: Its day has come */
                        OBLIGATION_LATE,         /* late: Its days of grace are over */
                        OBLIGATION_PAID,         /* paid: Paid in full */
                        OBLIGATION_FORGIVEN,     /* forgiven: Let go, with a reason */
                        OBLIGATION_CANCELLED,    /* cancelled: Its plan has ended */
};
enum obligation_event {                        /* shape: What happens to an obligation */
                        OBLIGATION_REMIND = 1, /* remind: Its day is near */
                        OBLIGATION_FALL,       /* fall: Its day has come */
                        OBLIGATION_REACH,      /* reach: What it waited for is done */
                        OBLIGATION_PART,       /* part: A part of it was paid */
                        OBLIGATION_PAY,        /* pay: The rest of it was paid */
                        OBLIGATION_LAPSE,      /* lapse: Its days of grace are over */
                        OBLIGATION_FORGIVE,    /* forgive: The creditor lets it go */
                        OBLIGATION_CANCEL,     /* cancel: Its plan has ended */
                        OBLIGATION_DEFAULT,    /* default: It was late for too long */
};

struct plan_row {                  /* shape: A plan as stored */
    struct plan_id id;             /* Names it */
    struct text kind;              /* Name of its kind */
    int64_t subject;               /* What it is for; 0: what the title says */
    struct text title;             /* What it is for, in words */
    struct party_id debtor;        /* Who owes */
    struct party_id creditor;      /* To whom */
    enum plan_state state;         /* How it stands */
    enum plan_term term;           /* What it is made of */
    struct money sum;              /* All of it; each time; or the principal */
    int64_t parts;                 /* How many; 0: without end */
    enum plan_remainder remainder; /* Who takes what dividing leaves over */
    enum plan_unit unit;           /* How its days follow each other */
    int64_t every;                 /* Units from one day to the next */
    int64_t first;                 /* Day of the first part */
    int64_t month_day;             /* Wanted day of each month */
    int64_t rate;                  /* Parts per million in a year */
    enum plan_basis basis;         /* How days of interest are counted */
    int64_t accrues;               /* Day from which interest is counted */
    int64_t grace;                 /* Days after its day before a part is late */
    int64_t fee_minor;             /* Added to a part that is late, minor units */
    int64_t patience;              /* Days late after which the plan ends; 0: never */
    bool automatic;                /* Paid from the debtor's account when due */
    int64_t made;                  /* Parts that are obligations so far */
    int64_t next;                  /* Day on which the next one is to be made; 0: none */
    struct instant at;             /* Written */
    struct instant moved;          /* State last changed */
};
LIST_OF(plan_row);

struct obligation_row {          /* shape: An obligation as stored */
    struct obligation_id id;     /* Names it */
    struct plan_id plan;         /* Because of which plan */
    int64_t number;              /* Which part of it, from 1 */
    struct party_id debtor;      /* Who owes */
    struct party_id creditor;    /* To whom */
    struct money amount;         /* How much */
    int64_t fee_minor;           /* Added since it was late, minor units */
    int64_t paid_minor;          /* Of both, so far, minor units */
    enum obligation_state state; /* How it stands */
    int64_t due;                 /* Day since 1970-01-01; 0: when it is reached */
    struct instant closed;       /* Paid, forgiven or cancelled; 0: open */
    struct instant collect;      /* When it is next tried to be paid by itself; 0: not */
    struct instant moved;        /* State last changed */
};
LIST_OF(obligation_row);

/* What a module lends to the plans it makes. Constant; registered at start. */
struct plan_kind {
    const char *name; /* dotted, kept with the plan: "stock.buyout" */
    /* The text key of what it is for, with {title}. */
    const char *sentence;
    /* Fills template, parties and amounts of the posting by which `amount` of what is owed and `fee` of
     * what was added are paid. Inside the write; either may be zero, not both. */
    const struct problem *(*posting)(struct database *db, struct memory *memory,
                                     const struct plan_row *plan,
                                     const struct obligation_row *obligation, struct money amount,
                                     struct money fee, struct posting *out);
    /* The plan has come to PLAN_COMPLETED or PLAN_ENDED, by plan->state. Inside the write; NULL: nothing
     * follows. */
    const struct problem *(*over)(struct move *move, const struct plan_row *plan);
};
void plan_register(const struct plan_kind *kind);

/* Plans between any two parties that an operator writes down and the debtor accepts: paid from wallet or
 * earnings of the one into those of the other. */
extern const struct plan_kind plan_agreed;

extern const struct problem plan_bad_terms; /* 422: no such schedule, or sums beyond counting */
extern const struct problem plan_no_reason; /* 422: forgiving or ending without a word of why */
extern const struct problem obligation_too_much; /* 422: more than is owed */

extern const struct flow plan_flow, obligation_flow;

#define PLAN_AHEAD 400 /* days for which obligations are made ahead; 60 where they count by days */

/* The schedule of a plan. */
struct schedule plan_schedule(const struct plan_row *plan);
/* NULL, or &plan_bad_terms: what no plan may say. Pure. */
const struct problem *plan_terms_check(const struct plan_row *plan);

/* Writes a plan in state proposed; fills id, state, made, next, at and moved of the row. move->actor, by
 * and at are the caller's. Inside a write; a module goes on with plan_accept(). */
const struct problem *plan_begin(struct move *move, struct plan_row *plan);
/* The debtor has agreed; the first obligations are made. Inside a write. */
const struct problem *plan_accept(struct move *move, struct plan_id plan);
/* Ends a running plan: what is open is cancelled. Inside a write, with move->note as the reason. */
const struct problem *plan_end(struct move *move, struct plan_id plan);
const struct problem *plan_find(struct database *db, struct memory *memory, struct plan_id id,
                                struct plan_row *out);

/* What is still owed of an obligation, its fee included. */
int64_t obligation_rest(const struct obligation_row *obligation);
const struct problem *obligation_find(struct database *db, struct memory *memory,
                                      struct obligation_id id, struct obligation_row *out);

/* Pays of an obligation: all that is left of it, or a part. */
struct obligation_payment {
    struct obligation_id obligation;
    struct party_id debtor;    /* whose it must be; another's is not found */
    struct party_id person;    /* who does it, for themselves or for the debtor */
    struct maybe_money amount; /* absent: the rest */
    struct text once;          /* idempotency key */
    struct instant at;
};
const struct problem *obligation_pay(struct store *store, struct memory *memory,
                                     const struct obligation_payment *payment);

/* One round: makes obligations that come into sight and pays what is due by itself, some hundred at most; *moved counts
 * them. */
const struct problem *obligation_tend(struct store *store, struct database *reader,
                                      struct memory *memory, struct instant now, int64_t *moved);

struct demo; /* core/demo.h */
/* Plans between people and businesses of the demo world; after the modules' parts. */
const struct problem *obligation_demo(struct demo *demo);

#endif
