/*
 * The pages of briefs: what comes in, what they show, and their handlers.
 *
 * Anyone reads briefs; a person answers with their own things; a business compares the answers to its
 * own. Read next: public_pages.c, me_pages.c, biz_pages.c; routes.c.
 */
#ifndef CONTRAFLOW_BRIEFS_PAGES_H
#define CONTRAFLOW_BRIEFS_PAGES_H

#include "core/fees_shown.h"
#include "modules/briefs/briefs.h"
#include "web/route.h"

LIST_OF(deal_id);

struct briefs_card {                /* shape: A brief in a list */
    struct call_id id;              /* Names it */
    enum briefs_brief_state state;  /* Where it stands */
    struct text title;              /* In a few words */
    struct party_id organisation;   /* Who asks */
    struct text organisation_name;  /* How they are called */
    struct text organisation_place; /* Where they are */
    int64_t wanted;                 /* How many */
    int64_t accepted;               /* How many of them were accepted */
    int64_t left;                   /* How many are still wanted */
    int64_t answers;                /* How many were offered */
    struct money budget;            /* At most for each */
    struct instant at;              /* Published */
    struct instant until;           /* Answers are taken until */
};
LIST_OF(briefs_card);

struct briefs_mine {               /* shape: An answer as its owner sees it */
    struct deal_id id;             /* Names it */
    enum briefs_offer_state state; /* Where it stands */
    struct call_id brief;          /* What it answers */
    struct text brief_title;       /* In a few words */
    struct text buyer_name;        /* The business that asks */
    struct text title;             /* What the thing is called */
    struct text media;             /* Hash of its picture; empty when it has none */
    struct text href;              /* url: Its public page */
    struct money price;            /* Asked for it */
    struct text reason;            /* Why it was declined; empty otherwise */
    bool waits;                    /* The business has not decided */
    struct instant at;             /* Offered */
    struct instant decided_by;     /* It lapses then, if it still waits */
    struct instant moved;          /* Last changed */
};
LIST_OF(briefs_mine);

struct briefs_sum {              /* shape: How a price is divided, each fee by its rule */
    struct money price;          /* Named in the answer */
    struct fee_shown_list extra; /* Fees on top of it, in their order */
    struct money pays;           /* The business: the price and those */
    struct money share;          /* The supplier's, before fees */
    struct fee_shown_list fees;  /* Taken from the share, in their order */
    struct money gets;           /* The supplier: the share less those */
    struct fee_shown_list own;   /* Borne by the intermediary out of its part */
};
LIST_OF(briefs_sum);

/* ---- public_pages.c */

struct briefs_list_query {       /* shape: Which briefs to list */
    struct maybe_call_id before; /* Older than this one */
};
struct briefs_list {                /* shape: Briefs, newest first */
    struct briefs_card_list briefs; /* At most 20 */
    struct maybe_text later;        /* url: Older ones */
};
struct briefs_brief_query { /* shape: Which brief */
    struct call_id brief;   /* Names it */
};
struct briefs_brief {                /* shape: One brief */
    struct briefs_card brief;        /* What it asks */
    struct text body;                /* In sentences */
    struct text_list criteria;       /* What answers are scored by */
    bool takes;                      /* Answers are taken now */
    bool own;                        /* for party: The reader acts for the business that asks */
    struct briefs_mine_list answers; /* for party: What the reader answered */
};
const struct problem *briefs_list_show(struct request *request,
                                       const struct briefs_list_query *input,
                                       struct briefs_list *view);
const struct problem *briefs_brief_show(struct request *request,
                                        const struct briefs_brief_query *input,
                                        struct briefs_brief *view);

/* What the pages share. */
struct briefs_card briefs_card_of(const struct briefs_brief_row *row);
const struct problem *briefs_cards_of(struct memory *memory, struct briefs_brief_row_list *rows,
                                      const char *path, struct briefs_list *out);
const struct problem *briefs_criteria_of(struct memory *memory, struct text kept,
                                         struct text_list *out);
/* How a price is divided if the answer is taken now, under the rules that it keeps (absent: today's);
 * none when it can't be taken. In sum.c. */
const struct problem *briefs_sum_of(const struct request *request, struct maybe_text fees,
                                    struct party_id supplier, struct money price,
                                    struct briefs_sum_list *out);
const struct problem *briefs_mine_of(struct memory *memory,
                                     const struct briefs_offer_row_list *rows,
                                     struct briefs_mine_list *out);

/* ---- me_pages.c */

struct briefs_mine_query {       /* shape: Which answers to list */
    struct maybe_deal_id before; /* Older than this one */
};
struct briefs_mine_view {           /* shape: One's own answers, newest first */
    struct briefs_mine_list offers; /* At most 20 */
    struct maybe_text later;        /* url: Older ones */
};
struct briefs_offer_query { /* shape: Which answer */
    struct deal_id offer;   /* Names it */
};
struct briefs_own_offer {        /* shape: One answer of one's own */
    struct briefs_mine offer;    /* What was offered */
    struct text note;            /* What was said with it */
    struct briefs_sum_list sums; /* How its price is divided when it is taken; none once decided */
    struct maybe_deal_id agreed; /* The licence deal it ended in */
};
const struct problem *briefs_mine_show(struct request *request,
                                       const struct briefs_mine_query *input,
                                       struct briefs_mine_view *view);
const struct problem *briefs_own_offer_show(struct request *request,
                                            const struct briefs_offer_query *input,
                                            struct briefs_own_offer *view);
const struct problem *briefs_own_offer_withdraw(struct request *request,
                                                const struct briefs_offer_query *input,
                                                struct nothing *view);

struct briefs_choose_query { /* shape: What to answer with */
    struct call_id brief;    /* Which brief */
    struct maybe_integer
        before; /* 1..9007199254740991: Things older than this one, by its number */
};
struct briefs_thing {  /* shape: A thing one could answer with */
    struct text name;  /* Names it */
    struct text title; /* What it is called */
    struct text media; /* Hash of its picture; empty when it has none */
    struct text href;  /* url: Its public page */
    bool answered;     /* It answers this brief already */
};
LIST_OF(briefs_thing);
struct briefs_answer_view {          /* shape: What one could answer a brief with */
    struct briefs_card brief;        /* What it asks */
    struct text body;                /* In sentences */
    struct text_list criteria;       /* What answers are scored by */
    bool takes;                      /* Answers are taken now */
    struct briefs_sum_list sums;     /* How the whole budget would be divided under today's rules */
    struct briefs_thing_list things; /* One's own that are in the catalogue */
    struct maybe_text later;         /* url: Older ones */
};
struct briefs_answer_input { /* shape: An answer to a brief */
    struct call_id brief;    /* Which brief */
    struct text_list photos; /* 1..20: Names of one's own photographs in the catalogue */
    struct money price;      /* 1..100000000: For each */
    struct maybe_text note;  /* ..1000: A few sentences to the business */
};
struct briefs_answered {  /* shape: An answer that was given */
    struct deal_id offer; /* The first, when there are several */
};
const struct problem *briefs_answer_show(struct request *request,
                                         const struct briefs_choose_query *input,
                                         struct briefs_answer_view *view);
const struct problem *briefs_answer_give(struct request *request,
                                         const struct briefs_answer_input *input,
                                         struct briefs_answered *view);

/* ---- biz_pages.c */

struct briefs_new_view {  /* shape: The form for a new brief */
    struct text currency; /* Of the budget */
    struct money free;    /* What the wallet has free */
};
struct briefs_new_input {          /* shape: A new brief */
    struct text title;             /* 1..120: What you need, in a few words */
    struct text body;              /* 1..4000: What should be seen, and what for */
    int64_t wanted;                /* 1..100: How many you want */
    struct money budget;           /* 1..100000000: At most for each */
    struct instant until;          /* Answers are taken until */
    struct maybe_text criterion_1; /* ..40: What you will score by */
    struct maybe_text criterion_2; /* ..40: What you will score by */
    struct maybe_text criterion_3; /* ..40: What you will score by */
    struct maybe_text criterion_4; /* ..40: What you will score by */
    struct maybe_text criterion_5; /* ..40: What you will score by */
    struct maybe_text criterion_6; /* ..40: What you will score by */
};
struct briefs_published { /* shape: A brief that was published */
    struct call_id brief; /* Names it */
};
struct briefs_ended { /* shape: What a business did */
    int64_t moved;    /* How many answers it moved */
};
const struct problem *briefs_own_list_show(struct request *request,
                                           const struct briefs_list_query *input,
                                           struct briefs_list *view);
const struct problem *briefs_new_show(struct request *request, const struct nothing *input,
                                      struct briefs_new_view *view);
const struct problem *briefs_new_publish(struct request *request,
                                         const struct briefs_new_input *input,
                                         struct briefs_published *view);
const struct problem *briefs_own_close(struct request *request,
                                       const struct briefs_brief_query *input,
                                       struct briefs_ended *view);
/* Answers that wait for the business, for its menu. */
const struct problem *briefs_count_for_menu(struct request *request, int64_t *out);

/* ---- compare_pages.c */

struct briefs_compare_query {   /* shape: How to compare the answers to a brief */
    struct call_id brief;       /* Which brief */
    struct maybe_deal_id offer; /* The answer looked at */
    struct maybe_text sort;     /* ..10: sum or price; sum without */
};
struct briefs_mark {            /* shape: A score */
    int64_t place;              /* Of the criterion, from 1 */
    struct text criterion;      /* Its name */
    struct maybe_integer score; /* From 1 to 5, absent while not scored */
};
LIST_OF(briefs_mark);
struct briefs_line {               /* shape: An answer as the business compares it */
    struct deal_id id;             /* Names it */
    enum briefs_offer_state state; /* Where it stands */
    struct text title;             /* What the thing is called */
    struct text media;             /* Hash of its picture; empty when it has none */
    struct text href;              /* url: Its public page */
    struct party_id supplier;      /* Whose it is */
    struct text supplier_name;     /* How they are called */
    struct text supplier_place;    /* Where they live */
    struct money price;            /* Asked for it */
    struct money pays;             /* What taking it costs: the price and the fees on top of it */
    struct fee_shown_list extra;   /* Those fees, of the one looked at */
    struct maybe_money gets;       /* What its owner would receive, of the one looked at */
    struct briefs_sum_list sums;   /* How its price is divided, of the one looked at */
    struct text note;              /* What its owner says */
    struct briefs_mark_list marks; /* Its scores, one for each criterion */
    int64_t sum;                   /* Of the scores */
    struct text remark;            /* The business's own note */
    struct text reason;            /* Why it was declined */
    bool current;                  /* It is looked at */
    bool waits;                    /* Not yet decided */
    bool affordable;               /* The wallet has enough for it */
    struct money after;            /* Free in the wallet once it is paid */
    struct instant at;             /* Offered */
};
LIST_OF(briefs_line);
struct briefs_compare {              /* shape: The answers to a brief side by side */
    struct briefs_card brief;        /* What it asks */
    struct text body;                /* In sentences */
    struct text_list criteria;       /* What is scored */
    int64_t received;                /* Answers in all */
    int64_t waiting;                 /* Not yet decided */
    int64_t accepted;                /* Taken */
    int64_t thanked;                 /* Declined */
    struct money agreed;             /* Prices of those taken */
    struct money most;               /* Budget times number wanted */
    struct money free;               /* What the wallet has free */
    bool fees;                       /* Fees come on top of prices */
    bool by_price;                   /* Sorted by price; otherwise by sum */
    struct briefs_line_list offers;  /* Those that wait, sorted */
    struct briefs_line_list decided; /* The others */
    struct briefs_line_list chosen;  /* The one looked at; none when there is none */
    struct instant decide_by;        /* What waits lapses then */
};
const struct problem *briefs_compare_show(struct request *request,
                                          const struct briefs_compare_query *input,
                                          struct briefs_compare *view);

struct briefs_pick_input {     /* shape: Answers that are picked */
    struct call_id brief;      /* Which brief */
    struct deal_id_list offer; /* 1..20: Which answers */
};
struct briefs_thank_input {     /* shape: Answers that are declined */
    struct call_id brief;       /* Which brief */
    struct maybe_deal_id offer; /* Only this one; without, all that wait */
    struct text reason;         /* 1..1000: Why; it reaches each person */
};
struct briefs_score_input {       /* shape: What the business makes of an answer */
    struct call_id brief;         /* Which brief */
    struct deal_id offer;         /* Which answer */
    struct maybe_integer score_1; /* 1..5: For the first criterion */
    struct maybe_integer score_2; /* 1..5: For the second criterion */
    struct maybe_integer score_3; /* 1..5: For the third criterion */
    struct maybe_integer score_4; /* 1..5: For the fourth criterion */
    struct maybe_integer score_5; /* 1..5: For the fifth criterion */
    struct maybe_integer score_6; /* 1..5: For the sixth criterion */
    struct maybe_text remark;     /* ..2000: A note for yourselves */
};
const struct problem *briefs_pick_accept(struct request *request,
                                         const struct briefs_pick_input *input,
                                         struct briefs_ended *view);
const struct problem *briefs_pick_shortlist(struct request *request,
                                            const struct briefs_pick_input *input,
                                            struct briefs_ended *view);
const struct problem *briefs_pick_return(struct request *request,
                                         const struct briefs_pick_input *input,
                                         struct briefs_ended *view);
const struct problem *briefs_thank(struct request *request, const struct briefs_thank_input *input,
                                   struct briefs_ended *view);
const struct problem *briefs_score_keep(struct request *request,
                                        const struct briefs_score_input *input,
                                        struct nothing *view);

extern const struct route_table briefs_routes;

#endif
