/*
 * Personal offers: a business offers one partner rates of their own, a fee, or both, and they make a deal.
 *
 * The partner accepts, refuses, or names what they want instead, which the business takes or declines. The fee is
 * held in the business's wallet from the offer on and paid at the agreement, or with a post (delivery.h). Rates agreed hold for orders that
 * come from then on and go into the facts by which core judges them. Must not know: HTTP.
 * Read next: personal.c, core/deal.h, docs/decisions/0025-programs.md.
 */
#ifndef CONTRAFLOW_REFERRALS_PERSONAL_PERSONAL_H
#define CONTRAFLOW_REFERRALS_PERSONAL_PERSONAL_H

#include "core/deal.h"
#include "core/program/program.h"
#include "ledger/audit.h"
#include "modules/referrals/referrals.h"

enum {
    PERSONAL_LEVELS = 3,     /* for which rates can be agreed */
    PERSONAL_DAYS_MOST = 90, /* an offer stands so long at most */
    PERSONAL_QUIET = 90,     /* days after a refusal before the next offer */
    PERSONAL_A_DAY = 20,     /* new offers of one program in a day */
};

enum personal_state {                       /* shape: Where a personal offer stands */
                      PERSONAL_OFFERED = 1, /* offered: The partner has yet to answer */
                      PERSONAL_COUNTERED, /* countered: The partner wants it otherwise; the business has yet to answer */
                      PERSONAL_AGREED,  /* agreed: Both agree */
                      PERSONAL_REFUSED, /* refused: The partner does not want it */
                      PERSONAL_DECLINED, /* declined: The business does not want what the partner named */
                      PERSONAL_WITHDRAWN, /* withdrawn: The business took it back */
                      PERSONAL_LAPSED,    /* lapsed: Its time was over */
};
enum personal_event {                      /* shape: What happens to a personal offer */
                      PERSONAL_ACCEPT = 1, /* accept: The partner agrees */
                      PERSONAL_REFUSE,     /* refuse: The partner does not want it */
                      PERSONAL_COUNTER,    /* counter: The partner names what they want instead */
                      PERSONAL_TAKE,       /* take: The business agrees to that */
                      PERSONAL_DECLINE,    /* decline: The business does not */
                      PERSONAL_WITHDRAW,   /* withdraw: The business takes it back */
                      PERSONAL_LAPSE,      /* lapse: Its time is over */
};

/* What is offered, or wanted instead. */
struct personal_terms {
    int64_t levels[PERSONAL_LEVELS]; /* basis points of an order, each level */
    int64_t count;                   /* of these; 0: the rules' rates stay */
    struct money fee;                /* once; zero: none */
    bool
        on_post; /* paid when a post is delivered; else at the agreement. Of an offer, not of what is wanted instead */
    struct text words; /* what is said about it */
};

struct personal_row {                    /* shape: A personal offer as stored */
    struct deal_id deal;                 /* Names it */
    enum personal_state state;           /* Where it stands */
    struct referrals_partner_id partner; /* To whom */
    struct program_id program;           /* In which program */
    struct party_id supplier;            /* The partner's person */
    struct party_id buyer;               /* The business */
    struct money price;                  /* The fee as last named */
    int64_t levels;                      /* For so many levels a rate is named; 0: for none */
    int64_t level_1;                     /* Basis points of an order for who brought it */
    int64_t level_2;                     /* For who brought them */
    int64_t level_3;                     /* For who brought those */
    struct text message;                 /* What the business says */
    struct text answer;                  /* What the partner says */
    struct hold_id hold;                 /* The fee set aside; 0: none */
    struct instant until;                /* Lapses then */
    struct instant at;                   /* Made */
};
LIST_OF(personal_row);

extern const struct flow personal_flow;
extern const struct posting_template personal_fee_posting;
extern const struct problem personal_nothing;  /* 422: neither a rate nor a fee */
extern const struct problem personal_standing; /* 409: another one waits for an answer */
extern const struct problem
    personal_too_soon; /* 409: refused within the last PERSONAL_QUIET days */
extern const struct problem personal_too_many;   /* 409: PERSONAL_A_DAY were made today */
extern const struct problem personal_no_percent; /* 409: the program pays no percentage of orders */
extern const struct problem personal_unwanted;   /* 409: they want no offers of this business */
extern const struct problem personal_too_much; /* 422: all levels together above the whole order */
extern const struct problem
    personal_not_active; /* 409: they take no part now, or the program ended */

/* Inside a write, all of these. */

/* A business offers; move->flow, actor, by, at are the caller's, move->subject is the deal's afterwards.
 * `partner` is of that program. */
struct personal_making {
    struct program_id program;
    struct party_id business;
    struct referrals_partner_id partner;
    struct personal_terms terms;
    int64_t days; /* it stands so long */
};
const struct problem *personal_make(struct move *move, const struct personal_making *making);
/* One as stored; needs no write. */
const struct problem *personal_find(struct database *db, struct memory *memory, struct deal_id deal,
                                    struct personal_row *out);
/* Moves the offer to a partner for one of its two sides: the person, or the business; whoever is none finds nothing.
 * `terms` of a counter-offer, else NULL. &ledger_not_enough when the business can't pay what it takes. */
const struct problem *personal_answer(struct move *move, struct referrals_partner_id partner,
                                      struct party_id side, struct personal_terms *terms);
/* Pays the fee of an offer, from `hold` where there is one. */
const struct problem *personal_pay(struct database *db, struct memory *memory,
                                   const struct personal_row *offer, struct hold_id hold,
                                   struct instant at);
/* The rates agreed with a partner; *count 0: none. */
const struct problem *personal_agreed(struct database *db, struct memory *memory,
                                      struct referrals_partner_id partner,
                                      struct program_level levels[PERSONAL_LEVELS], size_t *count);

/* The same of fees that are due with a post: held, or free again after their days, until a post released them. */
const struct problem *personal_fees_audit(struct audit_voice *voice, struct database *db,
                                          struct memory *page, int64_t *after, size_t *count);
/* A page of the audit (audit_run()): an offer that waits holds its fee, any other nothing. */
const struct problem *personal_audit(struct audit_voice *voice, struct database *db,
                                     struct memory *page, int64_t *after, size_t *count);

#endif
