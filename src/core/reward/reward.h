/*
 * Rewards: what a business does with the units it promises, and what becomes of them by themselves.
 *
 * The ledger keeps rules, accounts and ends (ledger/promise.h). Here is what a business gives and takes
 * for what a person buys, each once and with what the person reads about it; the sentences in which rules
 * are read; and the clockwork: units end, and their owner is told before.
 *
 * Must not know: pages. Read next: core/reward/reward.c, core/reward/words.c, core/reward/pages.h.
 */
#ifndef CONTRAFLOW_CORE_REWARD_REWARD_H
#define CONTRAFLOW_CORE_REWARD_REWARD_H

#include "ledger/promise.h"
#include "web/request.h"

struct module;
struct demo;

enum reward_what {                   /* shape: What happened to units */
                   REWARD_GIVEN = 1, /* given: Their issuer gave them */
                   REWARD_USED,      /* used: They paid or took part in a draw */
                   REWARD_ENDED,     /* ended: Their time was over */
                   REWARD_RETURNED,  /* returned: A use was taken back, so they are there again */
                   REWARD_WITHDRAWN, /* withdrawn: What was given was taken back */
};

/* The unit of a kind, and back; credit is in the installation's currency. */
struct currency reward_unit(enum promise_kind kind);
enum promise_kind reward_kind(struct currency unit);

/* ---- doing ------------------------------------------------------------------------------------ */

/* Something that an issuer does with units of a person. */
struct reward_act {
    enum reward_what what;       /* REWARD_GIVEN, REWARD_USED or REWARD_RETURNED */
    struct party_id issuer;      /* whose promise they are */
    struct party_id party;       /* who gets or uses them */
    struct party_id actor;       /* who of the issuer does it; whose key `once` is */
    struct money units;          /* how many; of a return what is left of the use */
    struct maybe_money price;    /* what they pay a part of; absent of tickets */
    struct maybe_posting_id use; /* the use that a return takes back */
    struct text note;            /* what the person reads; may be empty */
    struct text once;            /* idempotency key; empty: none */
    struct instant at;           /* when */
    struct maybe_money paid;     /* filled: what of the price they paid */
    struct posting_id posting;   /* filled: how it stands in the books */
};
/* Does it in a write of its own: once, by its key. Fails as promise_grant(), promise_pay(),
 * promise_use(), ledger_reverse() and ledger_once() do; &not_found: the issuer has no such use. */
const struct problem *reward_make(struct store *store, struct memory *memory,
                                  struct reward_act *act);

/* Inside a write: keeps what was said with units that `act->posting` moved. */
const struct problem *reward_keep(struct database *db, struct memory *memory,
                                  const struct reward_act *act);

/* How much a form says, by its kind; `line` before the names of fields: "" or "lines.7.". */
const struct problem *reward_read_units(struct request *request, enum promise_kind kind,
                                        const char *line, const struct maybe_integer *units,
                                        const struct maybe_money *sum, struct money *out);
/* The rules of the business for a kind; without any nothing is given or taken. */
const struct problem *reward_need_rules(struct request *request, enum promise_kind kind);
/* A number of units as money of its unit. */
struct money reward_units_of(int64_t minor, struct text currency);
/* What units pay now; absent when nothing. */
struct maybe_money reward_worth(const struct ledger_promise *promise, int64_t units);

/* ---- telling ---------------------------------------------------------------------------------- */

/* "1,000 points", "3 tickets", "5.00 EUR"; `sign` writes + or - before it. data NULL: no memory. */
struct text reward_units(struct memory *memory, enum language language, struct money units,
                         bool sign);
/* Rules as their holder reads them, one sentence a rule: made from what is run. */
const struct problem *reward_rules(struct memory *memory, enum language language,
                                   const struct ledger_promise *promise, struct text issuer,
                                   struct text_list *out);
/* Noon of the last day (UTC) of units that end at `until`: a date that every near time zone agrees on. */
struct instant reward_last_day(struct instant until);

/* ---- the clockwork ---------------------------------------------------------------------------- */

/* Ends units of up to 100 accounts; when none is left to end, tells the owners of up to 100 accounts by
 * mail what ends. *moved says how many. Not inside a write; begins none in vain. */
const struct problem *reward_tend(struct store *store, struct database *reader,
                                  struct memory *memory, struct instant at, int64_t *moved);

/* A business that promises points and two people who hold some; after all other parts. */
const struct problem *reward_demo(struct demo *demo);

extern const struct module reward_part;

#endif
