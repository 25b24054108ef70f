/*
 * Pages about obligations: a calendar for people and for businesses, a plan, the desk's part in both.
 *
 * Read next: core/owed/obligation_routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_OWED_OBLIGATION_PAGES_H
#define CONTRAFLOW_CORE_OWED_OBLIGATION_PAGES_H

#include "core/owed/obligation.h"
#include "web/request.h"

/* ---- the calendar ---- */

struct calendar_query {               /* shape: Which obligations to list */
    bool settled;                     /* Those that were paid, forgiven or cancelled, last first */
    struct maybe_obligation_id after; /* Behind this one */
};
struct calendar_line {               /* shape: A sum that is owed on a day */
    struct obligation_id obligation; /* Names it */
    struct plan_id plan;             /* Because of which plan */
    bool owing;                      /* The reader owes it; otherwise it is owed to them */
    struct text who;                 /* The other side */
    struct text what;                /* What for, in the reader's language */
    struct money amount;             /* How much */
    struct maybe_money fee;          /* Added since it was late */
    struct maybe_money paid;         /* Paid so far, when it was a part */
    struct money rest;               /* Still owed */
    enum obligation_state state;     /* How it stands */
    struct maybe_text date;          /* The day, as 2026-06-30; absent: when it is reached */
    struct maybe_instant due;        /* Its first moment */
    struct maybe_instant closed;     /* When it was settled */
    struct text why;                 /* What happens when, in the reader's language */
    struct maybe_text reason;        /* Why it was let go */
    bool may_pay;                    /* The reader may pay it now */
    bool may_forgive;                /* The reader may let it go */
    bool may_reach;                  /* The reader may say that it is reached */
};
LIST_OF(calendar_line);
struct plan_line {         /* shape: A plan in a list */
    struct plan_id plan;   /* Names it */
    struct text what;      /* What for, in the reader's language */
    struct text debtor;    /* Who owes */
    struct text creditor;  /* To whom */
    enum plan_state state; /* How it stands */
    struct text terms;     /* What it says, in the reader's language */
    struct instant at;     /* Written */
};
LIST_OF(plan_line);
struct calendar_view {               /* shape: What somebody owes and is owed, by date */
    bool settled;                    /* These are settled, the last first */
    struct plan_line_list proposed;  /* ..20: Plans that wait for the reader's word */
    struct calendar_line_list lines; /* ..50: First due first */
    struct maybe_text later;         /* url: Those that follow */
    struct maybe_text link;          /* url: Under which the calendar can be subscribed to */
    bool may_link;                   /* The reader may make such a link or take it back */
};
const struct problem *core_calendar_me(struct request *request, const struct calendar_query *query,
                                       struct calendar_view *view);
const struct problem *core_calendar_biz(struct request *request, const struct calendar_query *query,
                                        struct calendar_view *view);

enum calendar_change {                     /* shape: What becomes of a calendar's link */
                       CALENDAR_RENEW = 1, /* renew: A new one; the one before is no longer valid */
                       CALENDAR_REVOKE,    /* revoke: It is no longer valid */
};
struct calendar_link_form {      /* shape: What becomes of a calendar's link */
    enum calendar_change change; /* What */
};
const struct problem *core_calendar_link_me(struct request *request,
                                            const struct calendar_link_form *form,
                                            struct nothing *view);
const struct problem *core_calendar_link_biz(struct request *request,
                                             const struct calendar_link_form *form,
                                             struct nothing *view);
struct calendar_feed_query { /* shape: A calendar by its link */
    struct text link;        /* 1..200: What stands in the link */
};
/* The file; whoever knows the link may read it. */
const struct problem *core_calendar_feed(struct request *request,
                                         const struct calendar_feed_query *query,
                                         struct nothing *view);

struct obligation_pay_form {         /* shape: Money for an obligation */
    struct obligation_id obligation; /* Which */
    struct maybe_money amount;       /* 1..: A part; absent: all that is left */
};
struct obligation_forgive_form {     /* shape: An obligation that is let go */
    struct obligation_id obligation; /* Which */
    struct text note;                /* 1..500: Why; both sides read it */
};
struct obligation_query {            /* shape: Which obligation */
    struct obligation_id obligation; /* Names it */
};
const struct problem *core_obligation_pay_me(struct request *request,
                                             const struct obligation_pay_form *form,
                                             struct nothing *view);
const struct problem *core_obligation_pay_biz(struct request *request,
                                              const struct obligation_pay_form *form,
                                              struct nothing *view);
const struct problem *core_obligation_forgive_me(struct request *request,
                                                 const struct obligation_forgive_form *form,
                                                 struct nothing *view);
const struct problem *core_obligation_forgive_biz(struct request *request,
                                                  const struct obligation_forgive_form *form,
                                                  struct nothing *view);
const struct problem *core_obligation_forgive_desk(struct request *request,
                                                   const struct obligation_forgive_form *form,
                                                   struct nothing *view);
const struct problem *core_obligation_reach_me(struct request *request,
                                               const struct obligation_query *form,
                                               struct nothing *view);
const struct problem *core_obligation_reach_biz(struct request *request,
                                                const struct obligation_query *form,
                                                struct nothing *view);

/* ---- a plan ---- */

struct plan_query {             /* shape: Which plan, from which part on */
    struct plan_id plan;        /* Names it */
    struct maybe_integer after; /* 0..600: Parts behind this one */
};
enum plan_reader {                    /* shape: Who looks at a plan */
                   READER_DEBTOR = 1, /* debtor: Who owes */
                   READER_CREDITOR,   /* creditor: To whom it is owed */
                   READER_DESK,       /* desk: The intermediary */
};
struct plan_day {             /* shape: A part that will be owed when the plan is agreed on */
    int64_t number;           /* Which */
    struct money amount;      /* How much */
    struct maybe_instant due; /* First moment of its day; absent: when it is reached */
};
LIST_OF(plan_day);
struct plan_view {             /* shape: A plan and what follows from it */
    struct plan_line about;    /* What it is */
    enum plan_reader reader;   /* Who looks at it */
    struct maybe_money total;  /* Sum of all its parts; absent: without end */
    struct text late;          /* What happens when a part is not paid, in the reader's language */
    struct plan_day_list days; /* ..24: What it would ask, while it is not agreed on */
    bool more_days;            /* And so on */
    struct calendar_line_list lines; /* ..50: Its obligations */
    struct maybe_text later;         /* url: Those that follow */
    bool may_answer;                 /* The reader may accept or decline it */
    bool may_end;                    /* The reader may end it */
};
const struct problem *core_plan_me(struct request *request, const struct plan_query *query,
                                   struct plan_view *view);
const struct problem *core_plan_biz(struct request *request, const struct plan_query *query,
                                    struct plan_view *view);
const struct problem *core_plan_desk(struct request *request, const struct plan_query *query,
                                     struct plan_view *view);

enum plan_answer {                         /* shape: What a debtor says to a plan */
                   PLAN_ANSWER_ACCEPT = 1, /* accept: Agreed */
                   PLAN_ANSWER_DECLINE,    /* decline: Not wanted */
};
struct plan_answer_form {    /* shape: An answer to a plan */
    struct plan_id plan;     /* Which */
    enum plan_answer answer; /* What is said */
};
const struct problem *core_plan_answer_me(struct request *request,
                                          const struct plan_answer_form *form,
                                          struct nothing *view);
const struct problem *core_plan_answer_biz(struct request *request,
                                           const struct plan_answer_form *form,
                                           struct nothing *view);

/* ---- the desk ---- */

struct desk_plans_query {        /* shape: Which plans to list */
    struct maybe_plan_id before; /* Written before this one */
    struct maybe_text state;     /* ..20: Word of a state; running unless given */
};
struct desk_plans_view {         /* shape: Plans of one state, newest first */
    enum plan_state state;       /* Which state */
    struct plan_line_list plans; /* ..50: Of it */
    struct maybe_text later;     /* url: Older ones */
};
struct plan_form {            /* shape: A plan between two parties */
    struct party_id debtor;   /* Who will owe, when they accept it */
    struct party_id creditor; /* To whom */
    struct text title;        /* 1..200: What for */
    enum plan_term term;      /* What it is made of */
    struct money sum; /* 1..: All of it; each time, when recurring; the principal of interest */
    struct maybe_integer parts; /* 0..600: How many; absent or 0: without end */
    bool first_takes_rest;      /* The first part takes what dividing leaves over, not the last */
    enum plan_unit unit;        /* How its days follow each other */
    struct maybe_integer every; /* 1..1200: Units from one day to the next; one unless given */
    struct maybe_instant first; /* Day of the first part; not of milestones */
    struct maybe_integer
        month_day;             /* 1..31: Wanted day of each month; the first one's unless given */
    struct maybe_integer rate; /* 1..1000000: Of interest: parts per million in a year */
    bool thirty_360;           /* Interest by months of thirty days, not by days of the calendar */
    struct maybe_instant accrues; /* Day from which interest is counted */
    struct maybe_integer grace;   /* 0..3660: Days after its day before a part is late */
    struct maybe_money fee;       /* 0..: Added to a part that is late */
    struct maybe_integer
        patience;   /* 0..3660: Days late after which the plan ends; absent or 0: never */
    bool automatic; /* Paid from the debtor's account when due */
};
struct plan_made {       /* shape: A plan that was written */
    struct plan_id plan; /* Names it */
};
struct plan_end_form {   /* shape: A plan that ends */
    struct plan_id plan; /* Which */
    struct text note;    /* 1..500: Why; both sides read it */
};
const struct problem *core_desk_plans(struct request *request, const struct desk_plans_query *query,
                                      struct desk_plans_view *view);
const struct problem *core_desk_plan_write(struct request *request, const struct plan_form *form,
                                           struct plan_made *view);
const struct problem *core_desk_plan_end(struct request *request, const struct plan_end_form *form,
                                         struct nothing *view);

#endif
