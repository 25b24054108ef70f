/*
 * Pages of doubts: what comes in, what they show, and their handlers.
 *
 * A partner sees what was held or rejected and why, and may disagree; the business decides, and so may the
 * intermediary; the business sets from how many points on something is held. Must not know: rules.
 * Read next: show.c, me_doubts.c, biz_doubts.c, desk_doubts.c.
 */
#ifndef CONTRAFLOW_REFERRALS_DOUBTS_PAGES_H
#define CONTRAFLOW_REFERRALS_DOUBTS_PAGES_H

#include "modules/referrals/doubts/doubt.h"
#include "web/route.h"

/* ---- what is shown: show.c -------------------------------------------------------------------- */

struct doubt_reason {       /* shape: Something that speaks against it */
    enum suspect_rule rule; /* Which rule found it */
    struct text why;        /* What it found, in the reader's language */
    int64_t points;         /* So much it weighs */
};
LIST_OF(doubt_reason);
struct doubt_click_shown {            /* shape: A click that was held or rejected */
    struct referrals_click_id click;  /* Names it */
    struct instant at;                /* When it came */
    int64_t score;                    /* Points in all */
    struct doubt_reason_list reasons; /* What speaks against it */
};
LIST_OF(doubt_click_shown);
struct doubt_shown {                    /* shape: Something held or rejected, and why */
    struct doubt_id doubt;              /* Names it */
    enum doubt_what what;               /* What it is about */
    enum verdict_state found;           /* Held, rejected, or counted after all */
    enum doubt_state state;             /* Where it stands */
    struct instant at;                  /* Of the order, of the hour of the clicks */
    int64_t clicks;                     /* How many; of an order 0 */
    struct text number;                 /* The shop's number of the order; may be empty */
    struct maybe_money total;           /* What the order came to */
    struct text name;                   /* Whose it would be */
    struct text program;                /* Title of the program */
    int64_t score;                      /* Points in all; of clicks the most of one */
    struct doubt_reason_list reasons;   /* What speaks against it, most first */
    struct doubt_click_shown_list some; /* Of clicks: the ten newest */
    struct maybe_text said;             /* Why the partner disagrees */
    struct maybe_text answer;           /* What was answered */
    bool appeals;                       /* The partner can disagree */
    bool waits;                         /* Somebody can decide */
};
LIST_OF(doubt_shown);

/* What a partner reads, the newest first; fills at most `most`. */
const struct problem *doubts_of_partner(struct request *request,
                                        struct referrals_partner_id partner, int64_t before,
                                        int64_t most, struct doubt_shown_list *out);
/* The sentence of a verdict's reason, with the numbers of its findings where it is a rule's. */
struct text doubt_say_reason(struct request *request, struct text reason, struct text findings);

/* ---- a person: me_doubts.c -------------------------------------------------------------------- */

struct doubts_query {                    /* shape: Which part in a program */
    struct referrals_partner_id partner; /* Names it */
    struct maybe_doubt_id before;        /* Older than this one */
};
struct doubts_mine {                     /* shape: What was held or rejected of one's own */
    struct referrals_partner_id partner; /* Names the reader in the program */
    struct text title;                   /* Of the program */
    struct doubt_shown_list doubts;      /* At most 20, the newest first */
    struct maybe_text later;             /* url: Older ones */
};
struct doubt_appeal_input {              /* shape: Why something should count */
    struct referrals_partner_id partner; /* Whose part */
    struct doubt_id doubt;               /* Which */
    struct text said;                    /* 1..1000: Why it should count */
};
const struct problem *doubts_mine_show(struct request *request, const struct doubts_query *input,
                                       struct doubts_mine *view);
const struct problem *doubt_appeal_make(struct request *request,
                                        const struct doubt_appeal_input *input,
                                        struct nothing *view);

/* ---- a business: biz_doubts.c ----------------------------------------------------------------- */

struct doubts_biz_query {         /* shape: Which program, and how strict it would be */
    struct program_id program;    /* Names it */
    struct maybe_doubt_id before; /* Older than this one */
    struct maybe_integer
        hold_click; /* 1..1000: Count what would be held from so many points of a click */
    struct maybe_integer hold_claim; /* 1..1000: And of an order */
};
struct doubt_effect {  /* shape: What a threshold holds */
    int64_t threshold; /* Points from which something is held */
    int64_t held;      /* So many of the last 30 days would be held */
    int64_t now;       /* So many are, with the threshold as it is */
    int64_t judged;    /* Of so many */
};
struct doubts_biz {            /* shape: What waits to be decided, and from where on things wait */
    struct program_id program; /* Which program */
    struct text title;         /* Of the program */
    struct doubt_shown_list doubts; /* At most 20, the newest first */
    struct maybe_text later;        /* url: Older ones */
    int64_t hold_click;             /* Points from which a click is held */
    int64_t hold_claim;             /* Points from which an order is */
    int64_t site_click;             /* The same on the whole site */
    int64_t site_claim;             /* The same on the whole site */
    struct doubt_effect clicks;     /* What would be held of clicks */
    struct doubt_effect claims;     /* And of orders */
    bool tried;                     /* Others than those in force were tried */
};
struct doubt_decide_input {    /* shape: What becomes of something */
    struct program_id program; /* Of which program */
    struct doubt_id doubt;     /* Which */
    struct maybe_text answer;  /* ..1000: Why, for the partner */
};
struct doubts_terms_input {    /* shape: From how many points on something is held */
    struct program_id program; /* Of which program */
    int64_t hold_click;        /* 1..1000: Of a click */
    int64_t hold_claim;        /* 1..1000: Of an order */
};
const struct problem *doubts_biz_show(struct request *request, const struct doubts_biz_query *input,
                                      struct doubts_biz *view);
const struct problem *doubt_biz_pass(struct request *request,
                                     const struct doubt_decide_input *input, struct nothing *view);
const struct problem *doubt_biz_refuse(struct request *request,
                                       const struct doubt_decide_input *input,
                                       struct nothing *view);
const struct problem *doubts_terms_set(struct request *request,
                                       const struct doubts_terms_input *input,
                                       struct nothing *view);

/* ---- the intermediary: desk_doubts.c ---------------------------------------------------------- */

struct doubts_desk_query {        /* shape: Which appeals to list */
    struct maybe_doubt_id before; /* Older than this one */
};
struct doubts_desk {                /* shape: Appeals of all programs, the newest first */
    struct doubt_shown_list doubts; /* At most 20 */
    struct maybe_text later;        /* url: Older ones */
};
struct doubt_desk_input {     /* shape: What becomes of something */
    struct doubt_id doubt;    /* Which */
    struct maybe_text answer; /* ..1000: Why, for the partner */
};
const struct problem *doubts_desk_show(struct request *request,
                                       const struct doubts_desk_query *input,
                                       struct doubts_desk *view);
const struct problem *doubt_desk_pass(struct request *request, const struct doubt_desk_input *input,
                                      struct nothing *view);
const struct problem *doubt_desk_refuse(struct request *request,
                                        const struct doubt_desk_input *input, struct nothing *view);

extern const struct route_table doubt_routes;
/* What waits for the reader on a front page. */
const struct problem *doubt_waits(struct request *request, enum portal portal,
                                  struct waiting_said *said);

#endif
