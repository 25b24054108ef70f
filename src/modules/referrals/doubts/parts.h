/*
 * What the files about doubts share. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_DOUBTS_PARTS_H
#define CONTRAFLOW_REFERRALS_DOUBTS_PARTS_H

#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/doubts/rows.h"

/* An hour of clicks is judged so long after it ended, when all are written; before clicks are paid. */
#define DOUBT_LATE (4 * MINUTE)

/* Lets a job run again in an hour, as long as there are programs. Outside a write. */
const struct problem *doubt_ask_again(struct job_run *job, const struct job_kind *kind);
/* A click as it is stored. */
struct doubt_clicked {
    int64_t partner;        /* the first account of whose link it is */
    int64_t program;        /* in which program */
    int64_t link;           /* which */
    int64_t visitor;        /* mark of who */
    int64_t network;        /* mark of its address without the last part */
    struct instant at;      /* when it came */
    int64_t marks;          /* click_mark, added up */
    int64_t seen;           /* what its request said (clicks/seen.h) */
    struct instant reports; /* since when the shop's pages report; 0: they don't */
    bool paged;             /* this one did */
    int64_t visible;        /* milliseconds in sight, by that report */
    int64_t touches;        /* events, by that report */
    struct maybe_integer scrolled, source, device,
        hosted; /* by that report, where it says (widgets/rows.h) */
};
/* The same as the rules look at it. */
struct suspect_click doubt_click_of(const struct doubt_clicked *clicked);
/* Inside a write: keeps a new doubt, and lets followers know. */
const struct problem *doubt_begin(struct database *db, struct memory *memory,
                                  const struct doubt_row *row);
/* The same of a share of an order; `verdict` says that it does not count. */
const struct problem *doubt_begin_order(struct database *db, struct memory *memory,
                                        const struct doubt_order *order, struct verdict_id subject,
                                        const struct suspect_verdict *verdict);
/* Notes that a member of the business decided; operators' moves note themselves. */
const struct problem *doubt_note(const struct move *move, const struct doubt_row *row);

#endif
