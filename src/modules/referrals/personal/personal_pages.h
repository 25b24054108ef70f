/*
 * The pages of personal offers: what comes in, what they show, and their handlers.
 *
 * A business offers on a page of the partner; the partner answers on their own page of the program.
 * Read next: personal_pages.c.
 */
#ifndef CONTRAFLOW_REFERRALS_PERSONAL_PERSONAL_PAGES_H
#define CONTRAFLOW_REFERRALS_PERSONAL_PERSONAL_PAGES_H

#include "modules/referrals/personal/personal.h"
#include "web/route.h"

struct personal_line {               /* shape: A personal offer as both sides see it */
    struct deal_id offer;            /* Names it */
    enum personal_state state;       /* Where it stands */
    struct maybe_text rate_1;        /* Percent of an order for who brought it */
    struct maybe_text rate_2;        /* Percent for who brought them */
    struct maybe_text rate_3;        /* Percent for who brought those */
    struct maybe_money fee;          /* Once, at the agreement or with a post */
    bool on_post;                    /* The fee is paid when a post is accepted */
    struct maybe_instant post_until; /* Before then, once it is agreed */
    bool posted;                     /* A post released it */
    struct text message;             /* What the business says */
    struct text answer;              /* What the partner says who wants it otherwise */
    struct instant until;            /* Lapses then */
    struct instant at;               /* Made */
};
LIST_OF(personal_line);
/* The newest offers to a partner, ten at most; whoever asks is one of both sides. */
const struct problem *personal_read(struct request *request, struct referrals_partner_id partner,
                                    struct personal_line_list *out);

/* ---- a business ------------------------------------------------------------------------------- */

struct personal_query {                  /* shape: Offers to which partner */
    struct referrals_partner_id partner; /* Names it */
};
struct personal_view {                   /* shape: What a business offers a partner */
    struct referrals_partner_id partner; /* Whom */
    struct text name;                    /* How they are called */
    struct program_id program;           /* In which program */
    struct text title;                   /* What that is called */
    struct personal_line_list offers;    /* The newest ten */
    struct maybe_text agreed_1;          /* Percent agreed for who brought an order */
    struct maybe_text agreed_2;          /* Percent agreed for who brought them */
    struct maybe_text agreed_3;          /* Percent agreed for who brought those */
    struct text currency;                /* Of fees */
    int64_t days;                        /* An offer begins with */
    bool takes;                          /* One can be made now */
    bool wants_none;                     /* They want no more of them */
};
struct personal_make_input {             /* shape: A personal offer */
    struct referrals_partner_id partner; /* To whom */
    struct maybe_text percent;           /* ..6: Percent of an order for who brought it */
    struct maybe_text percent_2;         /* ..6: Percent for who brought them */
    struct maybe_text percent_3;         /* ..6: Percent for who brought those */
    struct maybe_money fee;  /* 1..100000000000: Once, at the agreement or with a post */
    struct maybe_text words; /* ..2000: What you say about it */
    int64_t days;            /* 1..90: It stands so long */
    bool on_post;            /* The fee is paid when a post of theirs is accepted */
};
struct personal_made {    /* shape: An offer that was made */
    struct deal_id offer; /* Names it */
};
struct personal_move_input {             /* shape: Which offer */
    struct referrals_partner_id partner; /* To whom */
    struct deal_id offer;                /* Names it */
};
struct personal_counter_input {          /* shape: What a partner wants instead */
    struct referrals_partner_id partner; /* Who wants it */
    struct deal_id offer;                /* Of which offer */
    struct maybe_text percent;           /* ..6: Percent of an order for who brought it */
    struct maybe_text percent_2;         /* ..6: Percent for who brought them */
    struct maybe_text percent_3;         /* ..6: Percent for who brought those */
    struct maybe_money fee;              /* 1..100000000000: Once, at the agreement */
    struct maybe_text words;             /* ..2000: What you say about it */
};
const struct problem *personal_biz_show(struct request *request, const struct personal_query *input,
                                        struct personal_view *view);
const struct problem *personal_biz_make(struct request *request,
                                        const struct personal_make_input *input,
                                        struct personal_made *view);
const struct problem *personal_biz_take(struct request *request,
                                        const struct personal_move_input *input,
                                        struct nothing *view);
const struct problem *personal_biz_decline(struct request *request,
                                           const struct personal_move_input *input,
                                           struct nothing *view);
const struct problem *personal_biz_withdraw(struct request *request,
                                            const struct personal_move_input *input,
                                            struct nothing *view);

/* ---- a partner -------------------------------------------------------------------------------- */

/* What a form says of rates, fee and words; a mistake stands beside its field. */
const struct problem *personal_read_terms(struct request *request,
                                          struct personal_counter_input input,
                                          struct personal_terms *out);
const struct problem *personal_me_accept(struct request *request,
                                         const struct personal_move_input *input,
                                         struct nothing *view);
const struct problem *personal_me_refuse(struct request *request,
                                         const struct personal_move_input *input,
                                         struct nothing *view);
const struct problem *personal_me_counter(struct request *request,
                                          const struct personal_counter_input *input,
                                          struct nothing *view);

/* Offers that wait for the reader's answer. */
const struct problem *personal_waits(struct request *request, enum portal portal,
                                     struct waiting_said *said);

extern const struct consumer personal_tell;
extern const struct route_table personal_routes;

#endif
