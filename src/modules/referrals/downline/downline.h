/*
 * Who brought whom: links between partners that never close a circle, the levels above a partner, how
 * many stand below.
 *
 * Who brought somebody is said once and stays. Partners who hang together are one line, and a line has
 * one partner nobody brought; so the link of that one to any other of its line would close a circle, and a
 * link to another line can't. Whether two are of one line is known after at most log2(partners) steps,
 * however deep the line is.
 *
 * Two accounts of one person are told so by downline_merge(). It moves nobody: each goes on standing where
 * they were brought to, so it takes nothing from anybody else, wherever in a line the two stand. A person is
 * paid once for an order, at the place nearest to it, and a link that would put somebody above themselves
 * through any of their accounts is refused. docs/decisions/0026-attribution.md says why.
 *
 * Must not know: clicks, programs, money. Read next: downline.c, queries.sql.
 */
#ifndef CONTRAFLOW_REFERRALS_DOWNLINE_DOWNLINE_H
#define CONTRAFLOW_REFERRALS_DOWNLINE_DOWNLINE_H

#include "modules/referrals/referrals.h"
#include "store/store.h"

#define DOWNLINE_LEVELS     10    /* that are paid, the partner's own among them, and shown */
#define DOWNLINE_CHAIN      40    /* steps up in which these are looked for */
#define DOWNLINE_ABOVE_MOST 1000  /* persons above who are looked at where accounts were merged */
#define DOWNLINE_TEAM_MOST  10000 /* partners below who are counted */

extern const struct problem referrals_own_upline; /* 409: both are one person */
extern const struct problem referrals_brought;    /* 409: somebody else brought them */
extern const struct problem referrals_circle;     /* 409: they stand above whom they would join */

struct downline_partner {                     /* shape: A partner and where they stand */
    struct referrals_partner_id id;           /* Names it */
    int64_t program;                          /* In which */
    struct maybe_referrals_partner_id upline; /* Who brought this account */
    struct referrals_partner_id self;         /* The first account of the same person */
    bool brought;                             /* Somebody brought one of the person's accounts */
};
struct downline_line {                   /* shape: What names a line */
    struct referrals_partner_id partner; /* One of it */
    int64_t height;                      /* Steps that lead to it, at most */
};
struct downline_looked { /* shape: What a look at those above found */
    int64_t persons;     /* How many were looked at */
    int64_t met;         /* How often who was looked for is among them: 1 or 0 */
};
struct downline_step {                   /* shape: A partner above another */
    struct referrals_partner_id partner; /* Who stands there */
    struct referrals_partner_id self;   /* The first account of the same person: whose the pay is */
    struct party_id person;             /* Who that is */
    enum referrals_partner_state state; /* Where that account stands */
    struct referrals_partner_id upline; /* Who brought them; 0: nobody */
};
struct downline_level {  /* shape: Partners so many steps below */
    int64_t level;       /* Number 1 are those the person brought */
    int64_t partners;    /* How many */
    int64_t taking_part; /* Of these, let in and not gone */
};
LIST_OF(downline_level);

/* ---- pure ---- */

/* What is known before a link is made. */
struct downline_link_facts {
    struct downline_partner partner; /* who would get an upline */
    struct downline_partner upline;  /* which */
    bool one_line;                   /* both are of one line */
    struct downline_looked
        above; /* only when they are: a look at who stands above the upline, and the upline */
};
/* Whether it may be: NULL, &not_found (two programs), &referrals_own_upline, &referrals_brought or
 * &referrals_circle, in this order. */
const struct problem *downline_may_link(const struct downline_link_facts *facts);

/* Who is paid at which level: level 1 is levels[0]. Of `count` levels so far, fewer than DOWNLINE_LEVELS, takes in the
 * next step up, unless its person has a place: that is the nearest. Returns how many levels there are. */
size_t downline_level_up(struct downline_step levels[DOWNLINE_LEVELS], size_t count,
                         const struct downline_step *step);

/* ---- in the database ---- */

/* Inside a write: `upline` brought `partner`. NULL also when that was known. Besides what
 * downline_may_link() says, &not_found when there is no such partner. */
const struct problem *downline_link(struct database *db, struct memory *memory,
                                    struct referrals_partner_id partner,
                                    struct referrals_partner_id upline);

/* Inside a write: two partners of one program are one person. The pay of both is from now on that of who
 * joined first. NULL also when that was known; &not_found: no such partner, or of two programs. */
const struct problem *downline_merge(struct database *db, struct memory *memory,
                                     struct referrals_partner_id one,
                                     struct referrals_partner_id other);

/* The levels above a partner, themselves first; &not_found: no such partner. Of somebody with several accounts, `partner` is the one by
 * which an order came: who is above is a matter of the account. */
const struct problem *downline_above(struct database *db, struct memory *memory,
                                     struct referrals_partner_id partner,
                                     struct downline_step levels[DOWNLINE_LEVELS], size_t *count);

/* Who is paid on each level now, level 1 first: the partner's own person whatever became of them, and above it those
 * who take part; 0: nobody, for who left or is paused gets nothing and nobody takes their place. */
struct downline_paid {
    struct downline_step levels[DOWNLINE_LEVELS]; /* as downline_above() has them */
    struct party_id chain[DOWNLINE_LEVELS];       /* who is paid */
    size_t count;                                 /* of both */
};
const struct problem *downline_paid(struct database *db, struct memory *memory,
                                    struct referrals_partner_id partner, struct downline_paid *out);

struct downline_team {
    struct downline_level levels[DOWNLINE_LEVELS]; /* from level 1, as far as there is anybody */
    size_t count;                                  /* of them */
    int64_t partners;                              /* in all of them together */
    bool more; /* there are more, at the last level or below it */
};
/* Those below all accounts of a person; `partner` is any of them. */
const struct problem *downline_team(struct database *db, struct memory *memory,
                                    struct referrals_partner_id partner, struct downline_team *out);

#endif
