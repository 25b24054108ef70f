/*
 * Promises: units that somebody gives out instead of money: points, lottery tickets, store credit.
 *
 * Who promises makes the rules: how long units live, when their end is told, what they pay for. Units
 * lie in a party's account for rewards, in the issuer's name; what was given out and not used yet is
 * what the issuer's own account of promises is below zero by. They move between these two only:
 * nobody hands them on.
 *
 * When units end is kept for each grant, and what is used is counted against the grants that end
 * first: at any moment what has to end is what is there less all that ends later. So no unit is
 * followed through the accounts, and a grant whose rule was better than that of older ones never ends
 * before its day. A day is that of UTC; units live to its end.
 *
 * Must not know: why units are given, what they buy. Read next: ledger/promise.c, ledger/grant.c.
 */
#ifndef CONTRAFLOW_LEDGER_PROMISE_H
#define CONTRAFLOW_LEDGER_PROMISE_H

#include "ledger/ledger.h"

enum promise_kind {                     /* shape: What is promised */
                    PROMISE_POINTS = 1, /* points: Units with a worth at the issuer's */
                    PROMISE_TICKETS,    /* tickets: Parts in a draw; they pay for nothing */
                    PROMISE_CREDIT,     /* credit: Money to spend at the issuer's only */
};

/* What an issuer promises of one kind; later terms hold for what is given or used after them. */
struct ledger_promise {     /* shape: The rules of units that somebody promises */
    struct party_id issuer; /* Who promises */
    enum promise_kind kind; /* What */
    struct text currency;   /* ZZP points, ZZT tickets, of credit its currency */
    int64_t days;           /* 0..3660: A grant ends so many days after it was made; 0: never */
    int64_t told_days;      /* 0..3660: The end is told so many days before; 0: not */
    int64_t least;          /* 1..1000000000: Units that are used at once, at least */
    int64_t part;           /* 0..10000: At most this of a price is paid with them, basis points */
    struct maybe_money
        worth;            /* What `per` units pay; absent of tickets, of credit the same again */
    int64_t per;          /* 1..1000000000: Units that are worth so much */
    struct instant since; /* In force from then on */
};

extern const struct problem promise_bad_terms;  /* 422: the kind, its unit and its worth disagree */
extern const struct problem promise_none;       /* 409: nobody made rules for such units */
extern const struct problem promise_units_stay; /* 409: units move between issuer and holder only */
extern const struct problem promise_too_few;    /* 409: fewer units than are used at once */
extern const struct problem promise_too_much;   /* 409: more of the price than units may pay */

/* Makes or replaces the rules for one unit of one issuer. */
const struct problem *promise_set(struct database *db, struct memory *memory,
                                  const struct ledger_promise *promise);
/* The rules in force; &promise_none. */
const struct problem *promise_find(struct database *db, struct memory *memory,
                                   struct party_id issuer, struct currency unit,
                                   struct ledger_promise *out);

/* What units pay, rounded down to a minor unit. False: nothing (tickets), or beyond MONEY_MAX. Pure. */
bool promise_worth(const struct ledger_promise *promise, int64_t units, struct money *out);

/* Units given or used. */
struct promise_move {
    struct party_id issuer, party; /* between whom */
    struct money units;            /* above 0 */
    int64_t subject;               /* what for */
    const char *reason;            /* text key */
    struct instant at;             /* when */
};
/* Gives units; they end by the rules in force. */
const struct problem *promise_grant(struct database *db, struct memory *memory,
                                    const struct promise_move *move, struct posting_id *out);
/* The same as a posting, for ledger_batch(); `units` outlives it. */
struct posting promise_granting(const struct promise_move *units,
                                struct posting_template *template);
/*
 * Pays a part of a price with units; *paid is what they paid. Checked in this order: 1. the rules are
 * there and let units pay, 2. not fewer than `least`, 3. not more of the price than `part`, 4. enough
 * units are free.
 */
const struct problem *promise_pay(struct database *db, struct memory *memory,
                                  const struct promise_move *move, struct money price,
                                  struct money *paid, struct posting_id *out);
/* Reserves units that are to pay a part of a price, until promise_take() or ledger_hold_void(); checked
 * as promise_pay() is. *paid is what they will pay. */
const struct problem *promise_hold(struct database *db, struct memory *memory,
                                   const struct promise_move *move, struct money price,
                                   struct money *paid, struct hold_id *out);
/* Ends the hold and uses units in its place, not more than were reserved; the rest is free again.
 * &ledger_hold_over, &ledger_hold_too_small. */
const struct problem *promise_take(struct database *db, struct memory *memory,
                                   const struct promise_move *move, struct hold_id hold,
                                   struct posting_id *out);
/* Uses units for what is no price: a draw. Only 4. of the checks above. */
const struct problem *promise_use(struct database *db, struct memory *memory,
                                  const struct promise_move *move, struct posting_id *out);

/* Ends what has to end in up to 100 accounts; what is held at the moment waits a day, and so does an
 * account that refuses, which is logged. *ended counts the accounts looked at. Inside a write. */
const struct problem *promise_end_due(struct database *db, struct memory *memory, struct instant at,
                                      int64_t *ended);
/* Whether anything has to end, so that no write begins in vain. */
const struct problem *promise_any_due(struct database *db, struct memory *memory, struct instant at,
                                      bool *out);

/* Units whose owner is to be told that they end. */
struct promise_telling {    /* shape: Units that end soon */
    struct party_id issuer; /* Who promised them */
    struct party_id party;  /* Whose they are */
    struct text currency;   /* The unit */
    int64_t units;          /* So many, if none is used before */
    struct instant until;   /* The end of their last day */
};
LIST_OF(promise_telling);
/* Those of up to 100 accounts, each told once; inside the write that tells. */
const struct problem *promise_tell_due(struct database *db, struct memory *memory,
                                       struct instant at, struct promise_telling_list *out);

/* What ends on which day, soonest first, if nothing is used before. */
struct promise_ending {   /* shape: Units that end together */
    struct instant until; /* The end of their last day */
    int64_t units;        /* So many */
};
LIST_OF(promise_ending);
const struct problem *promise_endings(struct database *db, struct memory *memory,
                                      struct party_id issuer, struct party_id party,
                                      struct currency unit, struct promise_ending_list *out);

#endif
