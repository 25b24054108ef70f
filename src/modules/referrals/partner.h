/*
 * Programs of referrals and who takes part in them.
 *
 * A program's own money and rules are core's (core/program/program.h); here is where its links lead, how it
 * attributes and who may join. Each function is inside a write. Must not know: HTTP.
 * Read next: partner.c, downline.h, link.h.
 */
#ifndef CONTRAFLOW_REFERRALS_PARTNER_H
#define CONTRAFLOW_REFERRALS_PARTNER_H

#include "core/program/program.h"
#include "modules/referrals/attribution/attribution.h"
#include "modules/referrals/code.h"

enum referrals_partner_event { /* shape: What happens to a partner */
                               PARTNER_ADMIT =
                                   1, /* admit: The business lets them in, or the program does */
                               PARTNER_REFUSE, /* refuse: The business does not want them */
                               PARTNER_PAUSE,  /* pause: The business stops counting for a while */
                               PARTNER_RESUME, /* resume: The business counts again */
                               PARTNER_LEAVE,  /* leave: They don't take part any more */
                               PARTNER_RETURN, /* return: They come again */
                               PARTNER_INVITE, /* invite: The business would like them to take part */
                               PARTNER_ACCEPT, /* accept: Who was invited takes part */
                               PARTNER_END, /* end: The invitation's last offer ended without an agreement */
};

/* What a program says beyond core's. */
struct referrals_terms_row {      /* shape: How a program of referrals works, as stored */
    struct program_id program;    /* Which */
    struct text landing;          /* Where its links lead */
    struct text hosts;            /* Hosts to which links may lead, one a line */
    enum attribution_model model; /* Among several partners */
    int64_t window_days;          /* A touch counts so long */
    bool code_first;              /* Codes go before links */
    int64_t late_days;            /* A buyer may say so long after who sent them; 0: not */
    int64_t bound_months; /* A customer stays a partner's so long; 0: no longer than a touch */
    enum referrals_joining joining; /* How one comes to take part */
    bool unique_clicks;             /* A visitor's clicks pay once a day (UTC) */
};

struct referrals_partner_row {          /* shape: A partner as stored */
    struct referrals_partner_id id;     /* Names it */
    struct program_id program;          /* In which */
    struct party_id person;             /* Who */
    struct text name;                   /* How they are called */
    enum referrals_partner_state state; /* Where they stand */
    struct instant at;                  /* Joined */
};
LIST_OF(referrals_partner_row);

extern const struct flow referrals_partner_flow;
extern const struct problem referrals_not_open;    /* 409: nobody can join for now */
extern const struct problem referrals_not_invited; /* 409: only who is invited can join */
extern const struct problem referrals_takes_part;  /* 409: they take part, or asked to */
extern const struct problem
    referrals_bad_landing; /* 422: no https address of the program's hosts */

/* Makes a program with its terms, as a draft; move->subject is its id. */
struct referrals_beginning {
    struct program_row program;       /* business, title, about, currency, empty, since, until */
    struct referrals_terms_row terms; /* all but the program */
    struct program_rules rules;       /* the first version */
};
const struct problem *referrals_begin(struct move *move,
                                      const struct referrals_beginning *beginning);

/* Somebody joins, with a first link; its code counts at the till, too. `by` is a code of who brought them; empty: nobody.
 * The same once more changes nothing. &referrals_not_open, &referrals_not_invited, what downline_link() says. */
struct referrals_joining_in {
    struct program_id program;
    struct party_id person;
    struct text by;   /* code of a link */
    struct text code; /* as they want to be known; empty: one is made up */
    struct instant at;
    struct referrals_partner_id partner; /* filled */
};
const struct problem *referrals_join(struct database *db, struct memory *memory,
                                     struct referrals_joining_in *joining);

/* A business would like somebody to take part: move->actor, by (BY_BUYER), at and note are the caller's; a partner is
 * made where there is none, without a link, and named by move->subject. The program is running and the business's.
 * &referrals_takes_part unless they never took part, left, or an invitation of theirs ended. */
const struct problem *referrals_invite(struct move *move, struct program_id program,
                                       struct party_id person);
/* Whoever was invited takes part, with a first link; of anybody else nothing changes. `by` and `actor` say who
 * moves: the person, or the business that takes what they wanted instead. `joining` names program, partner, person,
 * code and time. What links say. */
const struct problem *referrals_take_up(struct database *db, struct memory *memory, enum by by,
                                        struct party_id actor,
                                        struct referrals_joining_in *joining);
/* The invitation ends with its last offer: whoever was invited takes no part, and can be invited again; of anybody
 * else nothing changes. `by` and `actor` say who ended it: the person, the business, or time. */
const struct problem *referrals_end_invitation(struct database *db, struct memory *memory,
                                               enum by by, struct party_id actor,
                                               struct referrals_partner_id partner,
                                               struct instant at);

const struct problem *referrals_terms_find(struct database *db, struct memory *memory,
                                           struct program_id program,
                                           struct referrals_terms_row *out);

#endif
