/*
 * The portals of referrals: what comes in, what pages show, and their handlers.
 *
 * Anyone reads what running programs promise; a person takes part; a business makes programs and lets people in;
 * its shop's program tells of clicks and orders. Read next: public_pages.c, me_pages.c, biz_pages.c, shop_calls.c.
 */
#ifndef CONTRAFLOW_REFERRALS_PORTAL_H
#define CONTRAFLOW_REFERRALS_PORTAL_H

#include "core/program/terms.h"
#include "modules/referrals/convert.h"
#include "modules/referrals/doubts/pages.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/hours/hours.h"
#include "modules/referrals/kit/kit_pages.h"
#include "modules/referrals/personal/personal_pages.h"
#include "modules/referrals/partner.h"
#include "web/route.h"

/* ---- everybody: public_pages.c ---------------------------------------------------------------- */

struct referrals_card {             /* shape: A program in a list */
    struct program_id program;      /* Names it */
    struct text title;              /* What it is called */
    struct text business;           /* Who promises */
    struct text gives;              /* What its first rule gives, in words */
    enum program_state state;       /* Where it stands */
    enum referrals_joining joining; /* How one comes to take part */
};
LIST_OF(referrals_card);
struct referrals_list_query {       /* shape: Which programs to list */
    struct maybe_program_id before; /* Older than this one */
};
struct referrals_list {                  /* shape: Programs, newest first */
    struct referrals_card_list programs; /* At most 20 */
    struct maybe_text later;             /* url: Older ones */
};
struct referrals_program_query { /* shape: Which program */
    struct program_id program;   /* Names it */
    struct maybe_text by;        /* ..40: Code of who told the reader */
};
struct referrals_offer {                       /* shape: What a program promises */
    struct referrals_card program;             /* Which */
    struct text about;                         /* What it is about */
    struct program_said_list rules;            /* Its rules; the first that fits decides */
    struct text empty;                         /* What happens when its budget is used up */
    struct maybe_referrals_partner_id partner; /* for party: The reader takes part, as this */
    struct maybe_text by;                      /* Code of who told the reader */
    bool takes;                                /* One can join now */
};
const struct problem *referrals_list_show(struct request *request,
                                          const struct referrals_list_query *input,
                                          struct referrals_list *view);
const struct problem *referrals_offer_show(struct request *request,
                                           const struct referrals_program_query *input,
                                           struct referrals_offer *view);

/* What a page tells of a program, in the reader's language. */
const struct problem *referrals_say_rules(struct request *request,
                                          const struct program_row *program,
                                          struct program_said_list *rules, struct text *empty);

/* ---- a person: me_pages.c --------------------------------------------------------------------- */

struct referrals_join_input {  /* shape: To join a program */
    struct program_id program; /* Which */
    struct maybe_text by;      /* ..40: Code of who told you */
    struct maybe_text code;    /* 3..32: The code you want; otherwise one is made up */
};
struct referrals_joined {                /* shape: That somebody takes part */
    struct referrals_partner_id partner; /* Names them in the program */
};
struct referrals_own {                   /* shape: A program in which the reader takes part */
    struct referrals_partner_id partner; /* Names the reader in it */
    struct program_id program;           /* Which */
    struct text title;                   /* What it is called */
    struct text business;                /* Who promises */
    enum referrals_partner_state state;  /* Where the reader stands */
    enum program_state program_state;    /* Where the program stands */
    struct text code;                    /* The reader's first code */
    int64_t orders;                      /* Orders that count */
    struct maybe_money earned;           /* Money they got by it, less what was taken back */
};
LIST_OF(referrals_own);
struct referrals_own_query {                  /* shape: Which of the reader's programs to list */
    struct maybe_referrals_partner_id before; /* Joined before this one */
};
struct referrals_own_programs {         /* shape: Programs in which the reader takes part */
    struct referrals_own_list programs; /* At most 20, the newest first */
    struct maybe_text later;            /* url: Older ones */
};
struct referrals_partner_query {         /* shape: Which partner */
    struct referrals_partner_id partner; /* Names it */
};
struct referrals_seen {  /* shape: What came of a partner's links */
    int64_t impressions; /* How often something was shown */
    int64_t clicks;      /* How often they were followed by people */
    int64_t marked;      /* How often they were followed and it did not count */
    int64_t signups;     /* Customers who came by them before they ordered, as the shop tells */
    int64_t orders;      /* Orders that count */
    int64_t kept;        /* Of these not given back whole */
};
struct referrals_earned {      /* shape: What somebody got by a program */
    struct money given;        /* Money in all, less what was taken back */
    struct money held;         /* Of that, may still be taken back */
    struct money free;         /* Of that, theirs for good */
    struct money taken_back;   /* Taken back */
    struct money credit;       /* Store credit beside it, less what was taken back */
    struct maybe_instant next; /* When the next of what is held becomes theirs for good */
    struct money next_sum;     /* How much that is */
    struct money
        owed; /* Of all earnings here: came back after it was paid out, and later ones make it up */
};
struct referrals_line {        /* shape: What was found about something a partner brought */
    struct verdict_id verdict; /* Names it */
    enum verdict_state state;  /* What was found */
    struct text reason;        /* Text key: why, for programs to compare */
    struct text why;           /* The same in the reader's language */
    int64_t below;             /* Steps below the reader stands who brought it; 0: the reader did */
    struct maybe_money sum;    /* What the reader got, less what was taken back */
    struct maybe_money back;   /* What was taken back of it, if anything */
    struct maybe_instant due;  /* Theirs for good from then on, if that is yet to come */
    struct instant at;         /* Of the event */
    struct maybe_referrals_hour_id hour; /* The hour of clicks or impressions it is about */
    int64_t events;                      /* So many of these */
    bool shown;                          /* These are impressions */
    struct maybe_money total;            /* What the order came to, if it is about one */
    bool post;                           /* It is about a post */
};
LIST_OF(referrals_line);
struct referrals_level { /* shape: Partners so many steps below */
    int64_t level;       /* Number 1 are those the reader brought */
    int64_t partners;    /* How many */
};
LIST_OF(referrals_level);
struct referrals_mine {           /* shape: One's own part in a program */
    struct referrals_own program; /* Which */
    struct text link;             /* url: The link to share */
    struct text mail;             /* url: Begins a mail with the link, to be sent by the reader */
    struct text site;             /* url: Where the script of its banner comes from */
    struct party_id business;     /* Who promises */
    struct text invitation;       /* url: The page to join by, under the reader */
    struct kit_own_all kit;       /* What the business lends the reader */
    struct personal_line_list offers; /* Personal offers to the reader, the newest ten */
    struct text currency;             /* Of fees */
    struct referrals_seen seen;       /* What came of it */
    struct referrals_earned earned;   /* What it gave */
    struct referrals_level_list team; /* Partners below the reader */
    struct program_said_list rules;   /* The program's rules */
    struct text empty;                /* What happens when its budget is used up */
    struct referrals_line_list lines; /* At most 20, the newest first */
    struct maybe_text later;          /* url: Older ones */
    bool asks;                        /* Questions about the rules wait, and may be left out */
    int64_t accepted; /* Version of the rules in force when the reader joined; 0: not known */
    int64_t version;  /* Of the rules in force */
    struct doubt_shown_list doubts; /* Of what was held or rejected, the three newest */
    bool wants_none;                /* The reader wants nothing more from this business */
};
struct referrals_mine_query {            /* shape: Which part in a program */
    struct referrals_partner_id partner; /* Names it */
    struct maybe_verdict_id before;      /* Lines older than this one */
};
struct referrals_click_line {        /* shape: A click on one's link */
    struct referrals_click_id click; /* Names it */
    struct instant at;               /* When it came */
    bool counts;                     /* It was a person's */
    struct text why;                 /* Why not, in the reader's language; empty: it counts */
};
LIST_OF(referrals_click_line);
struct referrals_hour_query {               /* shape: Which hour of one's links */
    struct referrals_partner_id partner;    /* Whose */
    struct maybe_referrals_hour_id hour;    /* Which; without it none is shown */
    struct maybe_referrals_click_id before; /* Clicks before this one */
};
struct referrals_hour_view {                 /* shape: What a partner was paid for by the hour */
    struct maybe_referrals_hour_id hour;     /* Names it */
    struct referrals_partner_id partner;     /* Whose */
    struct text title;                       /* Of the program */
    struct text code;                        /* Of the link */
    enum program_trigger what;               /* Clicks or impressions */
    struct maybe_instant since;              /* The hour begins */
    struct maybe_instant until;              /* And ends */
    int64_t events;                          /* That count */
    int64_t before;                          /* Left over by hours before */
    int64_t rest;                            /* Left to the next, as less than a cent */
    int64_t passed;                          /* Held at first, paid by themselves since */
    bool unique_clicks;                      /* A visitor's clicks pay once a day */
    struct referrals_click_line_list clicks; /* At most 20, the newest first */
    struct maybe_text later;                 /* url: Older ones */
};
const struct problem *referrals_hour_show(struct request *request,
                                          const struct referrals_hour_query *input,
                                          struct referrals_hour_view *view);
const struct problem *referrals_join_make(struct request *request,
                                          const struct referrals_join_input *input,
                                          struct referrals_joined *view);
const struct problem *referrals_own_show(struct request *request,
                                         const struct referrals_own_query *input,
                                         struct referrals_own_programs *view);
const struct problem *referrals_mine_show(struct request *request,
                                          const struct referrals_mine_query *input,
                                          struct referrals_mine *view);
const struct problem *referrals_mine_leave(struct request *request,
                                           const struct referrals_partner_query *input,
                                           struct nothing *view);

/* ---- a business: biz_pages.c ------------------------------------------------------------------ */

struct referrals_biz_card {    /* shape: A program of the business in a list */
    struct program_id program; /* Names it */
    struct text title;         /* What it is called */
    enum program_state state;  /* Where it stands */
    struct money left;         /* Of its budget */
    struct money given;        /* Less what was taken back */
    int64_t partners;          /* Who ever took part */
};
LIST_OF(referrals_biz_card);
struct referrals_biz_list {                  /* shape: Programs of the business, newest first */
    struct referrals_biz_card_list programs; /* At most 20 */
    struct maybe_text later;                 /* url: Older ones */
};
struct referrals_new_view { /* shape: The form for a new program */
    int64_t hold_days;      /* It begins with */
    int64_t window_days;    /* It begins with */
    int64_t bound_months;   /* It begins with */
    struct text currency;   /* Of its money */
    struct money free;      /* In the business's wallet */
};
struct referrals_new_input {     /* shape: A new program */
    struct text title;           /* 1..120: What it is called */
    struct maybe_text about;     /* ..2000: What it is about, for who takes part */
    struct text landing;         /* 1..2000, url: Where its links lead */
    struct text percent;         /* 1..6: Percent of an order for who brought it */
    struct maybe_text percent_2; /* ..6: Percent for who brought them */
    struct maybe_text percent_3; /* ..6: Percent for who brought those */
    struct maybe_money gift;     /* 1..100000000: Credit for the customer, with their first order */
    int64_t hold_days;           /* 0..90: It may be taken back so long */
    enum attribution_model model;   /* Who has an order that several brought */
    int64_t window_days;            /* 1..365: A click counts so long */
    int64_t bound_months;           /* 0..1200: A customer stays a partner's so long */
    bool code_first;                /* A code goes before a link */
    enum referrals_joining joining; /* How one comes to take part */
    enum program_empty empty;       /* What happens when the budget is used up */
    bool unique_clicks;             /* Where clicks are paid, a visitor's once a day */
    struct maybe_money click;       /* 1..100000000: For each click by their link */
    struct maybe_text action;       /* ..100: An action that is paid, as the shop calls it */
    struct maybe_money action_pay;  /* 1..100000000: For each of these */
};
struct referrals_made {        /* shape: A program that was made */
    struct program_id program; /* Names it */
};
struct referrals_partner_card {          /* shape: A partner as the business sees them */
    struct referrals_partner_id partner; /* Names it */
    struct text name;                    /* How they are called */
    enum referrals_partner_state state;  /* Where they stand */
    int64_t orders;                      /* Orders that count */
    struct money brought;                /* What these came to */
    struct instant at;                   /* Joined */
};
LIST_OF(referrals_partner_card);
struct referrals_biz_query {                  /* shape: Which program, and which partners of it */
    struct program_id program;                /* Names it */
    struct maybe_referrals_partner_id before; /* Partners who joined before this one */
};
struct referrals_biz_program {         /* shape: A program as its business sees it */
    struct referrals_biz_card program; /* Which */
    struct text about;                 /* What it is about */
    struct text currency;              /* Of its money */
    struct money budget;               /* Set aside so far */
    struct money free;                 /* In the business's wallet */
    struct maybe_instant settles;      /* Ended: what is left goes back to the wallet then */
    struct referrals_terms_row terms;  /* How it attributes */
    struct program_said_list rules;    /* Its rules */
    struct text empty;                 /* What happens when its budget is used up */
    struct referrals_partner_card_list partners; /* At most 20, the newest first */
    struct maybe_text later;                     /* url: Older ones */
    int64_t doubts;                              /* Held until the business decides, at most 100 */
};
struct referrals_fund_input {  /* shape: Money for a program */
    struct program_id program; /* Which */
    struct money sum;          /* 1..100000000000: So much more */
};
struct referrals_rules_input {      /* shape: The next version of a program's rules */
    struct program_id program;      /* Which */
    struct program_rule_list rules; /* 1..20: The first that fits decides */
};
struct referrals_partner_move {          /* shape: Which partner of which program */
    struct program_id program;           /* Which */
    struct referrals_partner_id partner; /* Who */
    struct maybe_text reason;            /* ..500: Why, for the partner */
};
struct referrals_program_move { /* shape: Which program */
    struct program_id program;  /* Names it */
};
const struct problem *referrals_biz_show(struct request *request,
                                         const struct referrals_list_query *input,
                                         struct referrals_biz_list *view);
const struct problem *referrals_new_show(struct request *request, const struct nothing *input,
                                         struct referrals_new_view *view);
const struct problem *referrals_new_make(struct request *request,
                                         const struct referrals_new_input *input,
                                         struct referrals_made *view);
const struct problem *referrals_program_show(struct request *request,
                                             const struct referrals_biz_query *input,
                                             struct referrals_biz_program *view);
const struct problem *referrals_program_fund(struct request *request,
                                             const struct referrals_fund_input *input,
                                             struct nothing *view);
const struct problem *referrals_program_rules(struct request *request,
                                              const struct referrals_rules_input *input,
                                              struct nothing *view);
const struct problem *referrals_program_start(struct request *request,
                                              const struct referrals_program_move *input,
                                              struct nothing *view);
const struct problem *referrals_program_pause(struct request *request,
                                              const struct referrals_program_move *input,
                                              struct nothing *view);
const struct problem *referrals_program_end(struct request *request,
                                            const struct referrals_program_move *input,
                                            struct nothing *view);
const struct problem *referrals_partner_admit(struct request *request,
                                              const struct referrals_partner_move *input,
                                              struct nothing *view);
const struct problem *referrals_partner_refuse(struct request *request,
                                               const struct referrals_partner_move *input,
                                               struct nothing *view);
const struct problem *referrals_partner_pause(struct request *request,
                                              const struct referrals_partner_move *input,
                                              struct nothing *view);
const struct problem *referrals_partner_resume(struct request *request,
                                               const struct referrals_partner_move *input,
                                               struct nothing *view);

/* "7.5" percent as basis points, 100 % at most. */
bool referrals_read_percent(struct text typed, int64_t *out);

/* ---- its shop's program: shop_calls.c --------------------------------------------------------- */

struct referrals_bind_input {   /* shape: To whom a click led */
    struct text click;          /* 1..100: cf_click of the landing address */
    struct maybe_text customer; /* 1..100: The shop's own number of the customer */
    struct maybe_text mail; /* 1..254, mail: The customer's address; only a mark of it is kept */
};
struct referrals_bound {         /* shape: The customer to whom something is bound */
    struct customer_id customer; /* Names them */
};
struct referrals_order_input {   /* shape: An order with what led to it */
    struct order_told order;     /* The order, as the shop tells it */
    struct maybe_text click;     /* ..100: cf_click of the landing address, as it is */
    struct maybe_instant basket; /* When the basket was opened */
};
LIST_OF(referrals_order_input);
struct referrals_order_found { /* shape: What came of an order */
    struct order_id order;     /* Names it */
    enum keep_outcome outcome; /* Whether it is new */
    int64_t partners;          /* Who have a share in it */
    bool click_known;          /* The click was one of a link of yours; else it is left out */
    struct text claim; /* url: Where its buyer may say who sent them, for the confirmation */
    struct maybe_doubt_id
        doubt; /* The first share that is held or does not count by the rules against abuse */
};
struct referrals_order_batch {               /* shape: Orders with what led to them */
    struct referrals_order_input_list lines; /* 1..500: Each by itself */
};
struct referrals_order_line {    /* shape: What became of an order of several */
    struct maybe_order_id order; /* Names it */
    struct text outcome;         /* "made", "changed", "same", or "refused" */
    struct maybe_text problem;   /* Why it was refused */
    int64_t partners;            /* Who have a share in it */
    bool click_known;            /* The click was one of a link of yours; else it is left out */
    struct maybe_doubt_id doubt; /* The first share that is held or does not count */
};
LIST_OF(referrals_order_line);
struct referrals_orders_found {             /* shape: What became of several orders */
    struct referrals_order_line_list lines; /* In the order in which they came */
};
const struct problem *referrals_click_bind(struct request *request,
                                           const struct referrals_bind_input *input,
                                           struct referrals_bound *view);
const struct problem *referrals_order_take(struct request *request,
                                           const struct referrals_order_input *input,
                                           struct referrals_order_found *view);
const struct problem *referrals_orders_take(struct request *request,
                                            const struct referrals_order_batch *input,
                                            struct referrals_orders_found *view);

#endif
