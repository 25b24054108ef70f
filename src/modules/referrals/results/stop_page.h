/*
 * Where the weekly mails are stopped, by a link alone (RFC 8058).
 *
 * Read next: stop_page.c.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_STOP_PAGE_H
#define CONTRAFLOW_REFERRALS_RESULTS_STOP_PAGE_H

#include "modules/referrals/results/results.h"
#include "web/route.h"

/* The path of the page on which somebody stops the mails about a program; "/one-click" behind it is where a mail
 * program does. */
const struct problem *digest_stop_link(struct memory *memory, struct program_id program,
                                       struct party_id person, struct text *out);

struct digest_stop_query { /* shape: Whose mails about what */
    struct text link;      /* 1..200: Out of a mail */
};
struct digest_stop_page { /* shape: The page that asks once more */
    struct text link;     /* Out of a mail */
    struct text title;    /* Of the program */
};
const struct problem *referrals_digest_stop_show(struct request *request,
                                                 const struct digest_stop_query *query,
                                                 struct digest_stop_page *view);
const struct problem *referrals_digest_stop_make(struct request *request,
                                                 const struct digest_stop_query *query,
                                                 struct nothing *view);
const struct problem *referrals_digest_one_click(struct request *request,
                                                 const struct digest_stop_query *query,
                                                 struct nothing *view);

#endif
