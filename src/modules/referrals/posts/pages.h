/*
 * Pages of posts: a partner's own, those of a program, and those about which somebody disagrees.
 *
 * Read next: me_posts.c, biz_posts.c, appeals.c, post.h.
 */
#ifndef CONTRAFLOW_REFERRALS_POSTS_PAGES_H
#define CONTRAFLOW_REFERRALS_POSTS_PAGES_H

#include "core/program/terms.h"
#include "modules/referrals/posts/post.h"
#include "web/route.h"

struct post_card {                       /* shape: A post as both sides see it */
    struct post_id post;                 /* Names it */
    struct referrals_partner_id partner; /* Who handed it in */
    struct text title;                   /* What the program is called */
    struct text name;                    /* How they are called */
    enum post_state state;               /* Where it stands */
    struct text address;                 /* url: Where it is */
    enum post_found found;               /* What the last look found */
    struct maybe_text why;               /* Why the program gives nothing for it */
    struct maybe_text said;              /* What the business says who does not want it */
    struct maybe_text appeal;            /* Why the partner disagrees with that */
    struct maybe_text answer;            /* What was answered */
    bool appeals;                        /* The partner may still disagree */
    bool rejects;                        /* The business may still say that it does not want it */
    struct maybe_instant looked;         /* Last looked at */
    struct maybe_instant due;            /* Looked at again then, at the earliest */
    struct maybe_money sum;              /* What the partner has got for it, less what came back */
    struct maybe_instant free;           /* Until then it may be taken back */
    struct instant at;                   /* Handed in */
};
LIST_OF(post_card);

/* ---- a partner's: me_posts.c ------------------------------------------------------------------ */

struct posts_query {                     /* shape: Whose posts */
    struct referrals_partner_id partner; /* The reader's part in a program */
    struct maybe_post_id before;         /* Handed in before this one */
};
struct posts_page {                      /* shape: Posts of the reader in a program */
    struct referrals_partner_id partner; /* The reader's part in it */
    struct text title;                   /* What the program is called */
    bool taken;                          /* The program takes posts of the reader now */
    struct program_said_list gives;      /* Its rules for posts */
    struct maybe_money fee;              /* Agreed with the reader for the next post, besides */
    struct maybe_instant fee_until;      /* When that is accepted before */
    struct text words;                   /* One of these must stand on the page; commas between */
    int64_t a_day;                       /* That can be handed in within 24 hours */
    bool looking;                        /* One is about to be looked at */
    struct post_card_list posts;         /* At most 20, the newest first */
    struct maybe_text later;             /* url: Older ones */
};
struct post_input {                      /* shape: A post that is handed in */
    struct referrals_partner_id partner; /* The reader's part in the program */
    struct text address;                 /* 1..500: Where it is */
};
struct post_made {       /* shape: A post that was handed in */
    struct post_id post; /* Names it */
};
const struct problem *referrals_posts_show(struct request *request, const struct posts_query *input,
                                           struct posts_page *view);
const struct problem *referrals_post_make(struct request *request, const struct post_input *input,
                                          struct post_made *view);

/* ---- a program's: biz_posts.c ----------------------------------------------------------------- */

struct posts_biz_query {         /* shape: Of which program */
    struct program_id program;   /* Names it */
    struct maybe_post_id before; /* Handed in before this one */
};
struct posts_biz_page {        /* shape: Posts in a program, and how it takes them */
    struct program_id program; /* Which */
    struct text title;         /* What it is called */
    bool taken;                /* It takes posts */
    struct text words;         /* Of which one must stand on the page, one a line; empty: usual: */
    struct text usual;         /* These; commas between */
    struct program_said_list gives; /* Its rules for posts; none: it gives nothing for them */
    struct post_card_list posts;    /* At most 20, the newest first */
    struct maybe_text later;        /* url: Older ones */
};
struct post_terms_input {      /* shape: How a program is to take posts */
    struct program_id program; /* Which */
    bool taken;                /* Partners may hand posts in */
    struct maybe_text
        words; /* ..1000: One of these must stand on the page, one a line; none: the usual ones */
};
struct post_reject_input {     /* shape: A post that the business does not want */
    struct program_id program; /* In which program */
    struct post_id post;       /* Which */
    struct text said;          /* 1..500: Why, for the partner */
};
const struct problem *referrals_posts_biz_show(struct request *request,
                                               const struct posts_biz_query *input,
                                               struct posts_biz_page *view);
const struct problem *referrals_posts_set(struct request *request,
                                          const struct post_terms_input *input,
                                          struct nothing *view);
const struct problem *referrals_post_reject(struct request *request,
                                            const struct post_reject_input *input,
                                            struct nothing *view);

/* ---- who disagrees, and who decides: appeals.c ------------------------------------------------ */

struct post_appeal_input {               /* shape: Why a post should be paid */
    struct referrals_partner_id partner; /* Whose part */
    struct post_id post;                 /* Which */
    struct text appeal;                  /* 1..1000: Why */
};
struct post_decide_input {     /* shape: What becomes of a post about which somebody disagrees */
    struct program_id program; /* In which program */
    struct post_id post;       /* Which */
    struct maybe_text answer;  /* ..1000: Why, for the partner */
};
struct posts_desk_query {        /* shape: Which appeals to list */
    struct maybe_post_id before; /* About posts handed in before this one */
};
struct posts_desk_page {         /* shape: Posts about which somebody disagrees, of all programs */
    struct post_card_list posts; /* At most 20, the newest first */
    struct maybe_text later;     /* url: Older ones */
};
struct post_desk_input {      /* shape: What becomes of a post about which somebody disagrees */
    struct post_id post;      /* Which */
    struct maybe_text answer; /* ..1000: Why, for the partner */
};
const struct problem *referrals_post_appeal(struct request *request,
                                            const struct post_appeal_input *input,
                                            struct nothing *view);
const struct problem *referrals_post_readmit(struct request *request,
                                             const struct post_decide_input *input,
                                             struct nothing *view);
const struct problem *referrals_post_uphold(struct request *request,
                                            const struct post_decide_input *input,
                                            struct nothing *view);
const struct problem *referrals_posts_desk_show(struct request *request,
                                                const struct posts_desk_query *input,
                                                struct posts_desk_page *view);
const struct problem *referrals_post_desk_readmit(struct request *request,
                                                  const struct post_desk_input *input,
                                                  struct nothing *view);
const struct problem *referrals_post_desk_uphold(struct request *request,
                                                 const struct post_desk_input *input,
                                                 struct nothing *view);

extern const struct route_table referrals_post_routes;

#endif
