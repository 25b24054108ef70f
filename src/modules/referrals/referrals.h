/*
 * Referrals: people bring others to a business, and are paid for what comes of it.
 *
 * What the module is made of: its ids, states and rows. What is promised and paid is a program of core
 * (core/program/program.h); here is whose an event is. Must not know: any other module.
 * Read next: README.md, link.h, click.h.
 */
#ifndef CONTRAFLOW_REFERRALS_REFERRALS_H
#define CONTRAFLOW_REFERRALS_REFERRALS_H

#include "core/module.h"

struct referrals_partner_id { /* shape id rpt: Somebody who takes part in a program */
    int64_t value;
};
MAYBE(referrals_partner_id);
struct referrals_link_id { /* shape id lnk: An address that leads to a business */
    int64_t value;
};
MAYBE(referrals_link_id);
struct referrals_click_id { /* shape id clk: Somebody followed a link */
    int64_t value;
};
MAYBE(referrals_click_id);

enum referrals_joining {                   /* shape: How one comes to take part */
                         JOINING_OPEN = 1, /* open: Whoever wants to, at once */
                         JOINING_ASKED,    /* asked: The business lets each in */
                         JOINING_INVITED,  /* invited: Whom the business invites */
};
enum referrals_partner_state {                    /* shape: Where a partner stands */
                               PARTNER_ASKED = 1, /* asked: The business has yet to let them in */
                               PARTNER_ACTIVE,    /* active: Takes part */
                               PARTNER_PAUSED, /* paused: What comes by them does not count for now */
                               PARTNER_LEFT,   /* left: Does not take part any more */
                               PARTNER_REFUSED, /* refused: The business does not want them, with a reason */
                               PARTNER_INVITED, /* invited: The business invited them; they have yet to answer */
                               PARTNER_OVER, /* over: The invitation ended before they took part */
};
enum referrals_link_state {                /* shape: Where a link stands */
                            LINK_LIVE = 1, /* live: Leads on, and clicks count */
                            LINK_PAUSED,   /* paused: Leads on, and clicks don't count */
                            LINK_GONE, /* gone: Leads on, and clicks don't count; not shown any more */
};

/* What can be seen of a click the moment it comes; added up in referrals_click.marks. Each is a reason that a
 * partner reads. Numbers are never used for something else. */
enum click_mark {
    CLICK_BOT = 1,      /* its agent says that it is a program, or says nothing */
    CLICK_PREFETCH = 2, /* a browser fetched it in advance (Sec-Purpose, Purpose: prefetch) */
    CLICK_IMAGE = 4,    /* it was loaded as a picture or another part of a page (Sec-Fetch-Dest) */
    CLICK_FRAME = 8, /* it was loaded into a frame (Sec-Fetch-Dest: iframe, frame, embed, object) */
    CLICK_VELOCITY = 16,   /* one visitor followed one link 20 times in 60 s */
    CLICK_NOT_COUNTED = 32 /* its link, partner or program was paused or over */
};

extern const struct problem referrals_unknown_code; /* 404: no link has that code */

#endif
