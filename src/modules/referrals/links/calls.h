/*
 * Many links of partners made by one call of a business's program.
 *
 * Each line says whose link it is, its code, and a page of the shop; all are made in one write, and a line that
 * is refused keeps the others from nothing. The same call again finds what it made.
 * Read next: calls.c, modules/referrals/link.h.
 */
#ifndef CONTRAFLOW_REFERRALS_LINKS_CALLS_H
#define CONTRAFLOW_REFERRALS_LINKS_CALLS_H

#include "core/batch.h"
#include "core/program/program.h"
#include "modules/referrals/referrals.h"
#include "web/route.h"

struct links_line {                      /* shape: A link to be made */
    struct referrals_partner_id partner; /* Whose */
    struct text code; /* 3..32: What stands in its address; no other looks like it */
    struct maybe_text
        to; /* 1..1000: A page of the shop, by its path or whole address; without it where the
                             program's links lead */
};
LIST_OF(links_line);
struct links_batch {              /* shape: Several links of a program */
    struct program_id program;    /* Which */
    struct links_line_list lines; /* 1..1000: Of its partners */
};
const struct problem *referrals_links_take(struct request *request, const struct links_batch *input,
                                           struct batch_result *view);

extern const struct route_table referrals_links_routes;

#endif
