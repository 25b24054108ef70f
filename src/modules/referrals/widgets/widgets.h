/*
 * Widgets of referrals: what /w/1.js of core brings into a shop's pages and a partner's own.
 *
 *     invite, after-purchase   a link that opens what the program promises in a frame, and how to join
 *     code                     a field of the checkout that says whether a code counts
 *     banner                   a link of a partner; that it came into sight is counted
 *     landing                  the page that a click led to says once how it was looked at
 *
 * What a browser says is never believed more than that: nothing here gives money. No mail goes to anybody.
 * Read next: core/widgets/widget.h, ui/widgets/landing.js, docs/widgets.md.
 */
#ifndef CONTRAFLOW_REFERRALS_WIDGETS_WIDGETS_H
#define CONTRAFLOW_REFERRALS_WIDGETS_WIDGETS_H

#include "core/shop/shop.h"
#include "modules/referrals/portal.h"

#define LANDING_LIFE    (1 * HOUR) /* a click is reported on for so long */
#define LANDING_TOUCHES 1000       /* more are not counted */

extern const struct route_table referrals_widget_routes;

/* ---- what pages report: landing.c -------------------------------------------------------------- */

struct referrals_landed_query { /* shape: On which click a page reports */
    struct text click;          /* 1..100: cf_click of its address, which visitors can change */
};
/* The body is "visible=MILLISECONDS&touches=NUMBER&scrolled=PERCENT&source=1", the latter two if known, as
 * navigator.sendBeacon() sends a URLSearchParams. The first report of a click within LANDING_LIFE, by clocks that are
 * CLOCKS_APART, is kept, each other one is nothing. &not_found: no such click. */
const struct problem *referrals_landed(struct request *request,
                                       const struct referrals_landed_query *input,
                                       struct nothing *view);

struct landing_report {
    int64_t visible;               /* milliseconds in sight, not negative */
    int64_t touches;               /* uses of a pointer, key or wheel, not negative */
    struct maybe_integer scrolled; /* percent of the page, 0..100 */
    struct maybe_integer source;   /* 1: the browser names the page it came from; 0: it does not */
};
/* The same, of which `request` has store, db, memory and now; by its agent and address, of which neither is kept, it
 * is known what kind of device reports, and whether out of a data centre. */
const struct problem *landing_tell(struct request *request, struct referrals_click_id click,
                                   const struct landing_report *report);

/* ---- a code at the till: code_check.c ----------------------------------------------------------- */

struct referrals_code_query {   /* shape: A code that a buyer types */
    struct party_id business;   /* In whose shop */
    struct maybe_text code;     /* ..40: As it was typed */
    struct maybe_money sum;     /* 0..: What the basket comes to; then what is off is told */
    struct maybe_text language; /* ..20: In which it is told */
};
struct referrals_code_found { /* shape: What a code is */
    struct text code;         /* For the order; any spelling is the same code */
    bool counts;              /* It may be used, as far as the basket is known */
    struct maybe_money off;   /* What it takes off the basket */
    struct text says;         /* The same in words that fit into one line */
};
const struct problem *referrals_code_check(struct request *request,
                                           const struct referrals_code_query *input,
                                           struct referrals_code_found *view);

/* ---- the invitation: invite.c ------------------------------------------------------------------- */

struct referrals_invite_query {   /* shape: An invitation in a frame */
    struct program_id program;    /* To which program */
    struct maybe_text origin;     /* ..200: Website in whose page it is framed */
    struct maybe_text language;   /* ..20: In which it is shown */
    struct maybe_text theme;      /* ..10: "dark" or "light" */
    struct maybe_text invitation; /* ..200: What the shop got for an order; see below */
};
struct referrals_invite_frame {     /* shape: An invitation in a frame */
    struct program_id program;      /* To which program */
    struct text title;              /* What it is called */
    struct text business;           /* Who promises */
    struct text origin;             /* url: Website in whose page it is framed; empty: none */
    struct text theme;              /* "dark", "light" or empty */
    bool bought;                    /* Who reads it ordered something there */
    bool takes;                     /* One can join now */
    struct program_said_list rules; /* What is promised */
    struct text empty;              /* What happens when its budget is used up */
};
const struct problem *referrals_invite_show(struct request *request,
                                            const struct referrals_invite_query *input,
                                            struct referrals_invite_frame *view);

struct referrals_invitation_input { /* shape: An order whose buyer is invited */
    struct program_id program;      /* Into which program */
    struct text order;              /* 1..100: The shop's own number of the order */
};
struct referrals_invitation { /* shape: An invitation after a purchase */
    struct text invitation;   /* For data-invitation; only we can make it */
};
/* A mark over program and order. Nothing is kept, and the order's number can't be read from it. */
const struct problem *referrals_invitation_make(struct request *request,
                                                const struct referrals_invitation_input *input,
                                                struct referrals_invitation *view);

/* ---- what to copy: snippets.c ------------------------------------------------------------------- */

struct referrals_snippets {    /* shape: What goes into a business's pages */
    struct program_id program; /* Which program */
    struct text title;         /* What it is called */
    struct party_id business;  /* Whose */
    struct text site;          /* url: Where all of it comes from */
};
const struct problem *referrals_snippets_show(struct request *request,
                                              const struct referrals_program_move *input,
                                              struct referrals_snippets *view);

#endif
