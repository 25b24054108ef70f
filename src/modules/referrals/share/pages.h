/*
 * What a partner hands out: a link to a certain page of the shop, its QR code, a sheet of cards, codes.
 *
 * Read next: pages.c, core/qr.h.
 */
#ifndef CONTRAFLOW_REFERRALS_SHARE_PAGES_H
#define CONTRAFLOW_REFERRALS_SHARE_PAGES_H

#include "modules/referrals/coupons/pages.h"

struct share_query {                     /* shape: What to hand out */
    struct referrals_partner_id partner; /* The reader's part in a program */
    struct maybe_text to; /* ..1000: A page of the shop, by its path or whole address */
};
struct share_code {   /* shape: A code of the reader's that takes something off */
    struct text code; /* As it is shown */
    struct text off;  /* What it takes off, in words */
};
LIST_OF(share_code);
struct share_page {                      /* shape: What a partner hands out */
    struct referrals_partner_id partner; /* The reader's part in the program */
    struct text title;                   /* What the program is called */
    struct text business;                /* Whose it is */
    struct text code;                    /* The reader's */
    struct text link;                    /* url: The link */
    struct text shown;                   /* The link as people type it */
    struct text landing;                 /* Where links of the program lead */
    struct maybe_text to;                /* The page of the shop it leads to */
    struct text query;                   /* The same behind an address of ours; may be empty */
    bool wrong;                   /* That is none of the shop; the link leads to its beginning */
    struct text picture;          /* Path of the QR code's drawing */
    int64_t side;                 /* Its modules, with what stays light around it */
    struct share_code_list codes; /* Codes that take something off, at most 20 */
    struct text_list cards;       /* One for each card of a sheet; all are alike */
};
const struct problem *referrals_share_show(struct request *request, const struct share_query *input,
                                           struct share_page *view);

extern const struct route_table referrals_share_routes;

#endif
