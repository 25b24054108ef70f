/*
 * The ledger: every amount, double entry, immutable, with holds.
 *
 * An account holds one currency for one party and purpose. A posting is a set of linked transfers
 * that happen all or none; modules declare it as a template (which purpose of which role, which
 * amount) and supply parties and amounts: they never write a ledger row. A hold reserves; it is later
 * posted in full or part, voided, or expires. Corrections are new postings that name what they
 * correct. Everything here runs inside a store_write().
 *
 * Order of the checks of every call that moves money, so that callers can rely on which problem they
 * see: 1. already done (idempotency), 2. the template and its amounts, 3. the hold's state, 4. leg
 * by leg: range, enough money, the day's limit of who pays, range and ceiling of who gets.
 *
 * Must not know: HTTP, deals, what is bought. Read next: ledger/post.c, ledger/audit.c.
 */
#ifndef CONTRAFLOW_LEDGER_LEDGER_H
#define CONTRAFLOW_LEDGER_LEDGER_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"

struct account_id { /* shape id acc: An account of the ledger */
    int64_t value;
};
struct posting_id { /* shape id pst: Linked transfers that happened together */
    int64_t value;
};
struct transfer_id { /* shape id trf: One transfer between two accounts */
    int64_t value;
};
struct hold_id { /* shape id hld: Money reserved for something */
    int64_t value;
};
MAYBE(account_id);
MAYBE(posting_id);
MAYBE(transfer_id);
MAYBE(hold_id);

enum account_purpose { /* shape: What an account is for */
                       ACCOUNT_WORLD =
                           1,          /* world: Money outside, by rail; negative by what came in */
                       ACCOUNT_WALLET, /* wallet: What a business has paid in and not yet spent */
                       ACCOUNT_EARNINGS, /* earnings: What a person has earned and not yet taken out */
                       ACCOUNT_SALE, /* sale: Passes through while a sale is shared out; zero between postings */
                       ACCOUNT_INCOME, /* income: The intermediary's share of prices */
                       ACCOUNT_FEES,   /* fees: The intermediary's handling fees */
                       ACCOUNT_PAYOUTS, /* payouts: Left a person's balance, not yet confirmed by the bank */
                       ACCOUNT_REWARDS, /* rewards: Points, tickets and credit that a party was promised */
                       ACCOUNT_ISSUED, /* issued: What an issuer promised and nobody used yet; negative */
                       ACCOUNT_EXCHANGE, /* exchange: One currency given for another */
                       ACCOUNT_BUDGET,   /* budget: What a business set aside for its programs */
};

enum hold_state {                /* shape: What became of a hold */
                  HOLD_OPEN = 1, /* open: Reserved */
                  HOLD_POSTED,   /* posted: Became transfers, in full or part */
                  HOLD_VOIDED,   /* voided: Given back */
                  HOLD_EXPIRED,  /* expired: Given back because its time was over */
};

extern const struct problem ledger_not_enough;   /* 402: the free balance is too small */
extern const struct problem ledger_daily_limit;  /* 409: more than may leave in a day */
extern const struct problem ledger_ceiling;      /* 409: more than the account may hold */
extern const struct problem ledger_out_of_range; /* 409: beyond what can be counted exactly */
extern const struct problem
    ledger_hold_over; /* 409: the hold was posted, voided or expired already */
extern const struct problem
    ledger_hold_too_small; /* 409: more was to be posted than was reserved */
extern const struct problem ledger_wrong_currency; /* 409: the account holds another currency */
extern const struct problem ledger_once_conflict;  /* 409: the key was used with other content */

/* One side of a leg: an account purpose and whose, as an index into the parties of the call. */
struct posting_side {
    enum account_purpose purpose;
    int party; /* index into posting.parties; LEDGER_PLATFORM for the intermediary's own */
};
#define LEDGER_PLATFORM (-1)

struct posting_leg {
    struct posting_side from, to;
    int amount;         /* index into posting.amounts */
    const char *reason; /* dotted, a text key: "stock.leg.share" */
};

#define POSTING_LEGS    12
#define POSTING_FEES    6
#define POSTING_ALL     (POSTING_LEGS + POSTING_FEES) /* transfers of one posting */
#define POSTING_AMOUNTS 12
#define POSTING_PARTIES 12

struct posting_template {
    const char *name;                      /* dotted: "stock.licence" */
    const char *parties[POSTING_PARTIES];  /* names of the roles, for the documentation */
    const char *amounts[POSTING_AMOUNTS];  /* names of the amounts */
    struct posting_leg legs[POSTING_LEGS]; /* in the order they are posted */
    int count;
};

/* A fee beside the template's legs: one transfer into the intermediary's fees, after all of them. Made
 * by fees_post(), ledger/fees.h. */
struct posting_fee {
    struct posting_side from; /* whose account bears it */
    struct money amount;      /* not negative; zero is left out */
    struct text reason;       /* the rule's name, a text key: "fee.handling" */
};

/* What a caller supplies to a template. */
struct posting {
    const struct posting_template *template;
    struct party_id parties[POSTING_PARTIES];
    struct money amounts[POSTING_AMOUNTS]; /* none negative; a leg of zero is left out */
    struct posting_fee fees[POSTING_FEES]; /* in the order they are posted */
    int fee_count;                         /* how many of them */
    int64_t subject;                       /* id of the deal, payment or payout it belongs to */
    struct party_id issuer;                /* whose promise all amounts are; 0: money, nobody's */
    struct maybe_posting_id corrects;      /* the posting this one takes back, if any */
    struct maybe_posting_id follows; /* the posting whose money this one shares on, if any: taking
                                      * that one back takes this one back in the same part */
    struct instant at;               /* when */
};

/* Posts all legs or none. */
const struct problem *ledger_post(struct database *db, struct memory *memory,
                                  const struct posting *posting, struct posting_id *out);

/* Reserves `amount` of the party's account until `until` ({0}: without end). Checked against the free
 * balance: balance less what other open holds reserve. */
const struct problem *ledger_hold(struct database *db, struct memory *memory, struct party_id party,
                                  enum account_purpose purpose, struct money amount,
                                  int64_t subject, struct instant at, struct instant until,
                                  struct hold_id *out);
/* Posts, and holds at once of what arrives; of what makes up for what was owed nothing can be held. */
struct ledger_held {
    struct posting_side side; /* where it arrives */
    struct money amount;      /* above 0; filled: as much of it as is free */
    struct instant until;     /* {0}: without end */
    struct hold_id hold;      /* filled; 0: nothing of it is free */
};
const struct problem *ledger_post_held(struct database *db, struct memory *memory,
                                       const struct posting *posting, int64_t subject,
                                       struct ledger_held *held, size_t count,
                                       struct posting_id *out);
/* Ends the hold and posts in its place. What the posting takes from the hold's account may be less
 * than was reserved, never more; the rest is free again. */
const struct problem *ledger_hold_post(struct database *db, struct memory *memory,
                                       struct hold_id hold, const struct posting *posting,
                                       struct posting_id *out);
const struct problem *ledger_hold_void(struct database *db, struct memory *memory,
                                       struct hold_id hold);
/* Expires up to 500 open holds whose time is over at `at`; *expired says how many. */
const struct problem *ledger_hold_expire(struct database *db, struct memory *memory,
                                         struct instant at, int64_t *expired);

/* Whether any hold's time is over, so that no write begins in vain. */
const struct problem *ledger_hold_any_due(struct database *db, struct memory *memory,
                                          struct instant at, bool *out);

/*
 * Takes a posting back, in full or part, following the money to everyone who got some of it: each leg
 * is turned round by the same part, and so is every posting that `follows` it. Who has not got the
 * money any more (it was paid out) owes it: the account goes below its floor, `owed` says by how much,
 * and what it earns later makes that up first.
 *
 * `amount` is how much of the first leg comes back, above 0. What passes through a sale is divided by
 * what is left of each share, rounded down, single units of the rest to the shares in their order; of
 * other legs the part is rounded down. So parts never add up to more than there was, and taking back
 * all that is left leaves nothing. Checked in this order: 1. it is there, 2. it takes nothing back
 * itself, 3. something is left, 4. the amount's currency, 5. not more than is left.
 */
struct ledger_reversal {
    struct posting_id posting; /* what is taken back */
    struct money amount;       /* of its first leg */
    struct text template;      /* what the new postings are called: "stock.refund" */
    struct instant at;         /* when */
};
extern const struct problem ledger_is_correction;  /* 409: it takes something back itself */
extern const struct problem ledger_nothing_left;   /* 409: all of it was taken back already */
extern const struct problem ledger_more_than_left; /* 409: more than is left of it */
const struct problem *ledger_reverse(struct database *db, struct memory *memory,
                                     const struct ledger_reversal *reversal,
                                     struct posting_id *out);
/* How much of a posting's first leg can still be taken back. */
const struct problem *ledger_left(struct database *db, struct memory *memory,
                                  struct posting_id posting, struct money *out);

/*
 * Many postings at once, each like ledger_post() with its own idempotency key.
 *
 * BATCH_ALL: all or none; the first line that can't be posted ends it, *wrong says which (from 0) and
 * the answer is its problem. BATCH_EACH: each on its own; lines say what became of them, and the answer
 * is NULL. Lines are taken in their order, each seeing what those before it did. A line whose key was
 * used before with the same fingerprint, in the batch or earlier, is answered as then.
 */
enum batch_mode { BATCH_ALL = 1, BATCH_EACH };
#define LEDGER_LINES_MAX 10000

struct ledger_line {
    struct posting posting;
    struct party_id caller;        /* whose key it is */
    struct text key;               /* idempotency key; empty: none */
    struct text fingerprint;       /* of the content, with a key */
    const struct problem *problem; /* filled: why it was not posted; NULL: it was */
    struct posting_id posted;      /* filled */
    bool again;                    /* filled: it was posted before, by the same key */
};
const struct problem *ledger_batch(struct database *db, struct memory *memory,
                                   struct ledger_line *lines, size_t count, enum batch_mode mode,
                                   size_t *wrong);

/*
 * One line, posted together with those of others who wait at the moment: a thread takes all of them into
 * one write, so that an account they share is read, locked and written once for all. Waits until the line
 * is durable or refused: its problem, or the store's. Not inside a write.
 */
const struct problem *ledger_gather(struct store *store, struct ledger_line *line);

/* Adds up to 5,000 differences to the accounts of the intermediary (PostgreSQL only; elsewhere there
 * are none); *added says how many. Nobody sees a change of any balance. Not inside a write. */
const struct problem *ledger_add_up(struct store *store, struct database *reader,
                                    struct memory *memory, int64_t *added);
/* Inside the write that moves the books to another engine: adds up all differences, since only
 * PostgreSQL's readers look for them. */
const struct problem *ledger_settle_differences(struct database *db, struct memory *memory);

/*
 * One currency for another. A rate says how many whole units of `to` one whole unit of `from` is worth,
 * as a fraction: 1.0837 USD for a EUR is 10837 / 10000. What comes out is rounded down to a minor unit of
 * `to`; the difference stays with the intermediary.
 */
#define LEDGER_RATE_MAX INT64_C(1000000000000)
struct ledger_rate {
    struct currency from, to;
    int64_t numerator, denominator; /* 1..LEDGER_RATE_MAX */
    struct text source;             /* who says so: "ECB"; not empty */
    struct instant at;              /* of when it is */
};
struct ledger_exchange {
    struct party_id party;
    enum account_purpose purpose; /* of the account that gives, and of the one that gets */
    struct money given;           /* in rate.from, above 0 */
    struct ledger_rate rate;
    int64_t subject;   /* what it is for */
    struct instant at; /* when */
};
extern const struct problem ledger_bad_rate; /* 422: not above 0, too large, or nothing comes out */
/* What an amount is worth. Pure. False: as &ledger_bad_rate says. */
bool ledger_rate_apply(const struct ledger_rate *rate, struct money given, struct money *out);
/* Both transfers or none; *got is what came out. */
const struct problem *ledger_exchange(struct database *db, struct memory *memory,
                                      const struct ledger_exchange *exchange, struct money *got,
                                      struct posting_id *out);

/* What an account may do. Absent: no end. A floor is kept by everybody but the intermediary. */
struct ledger_limits {
    struct maybe_integer floor;   /* what is free may not be spent below, minor units; 0 at first */
    struct maybe_integer ceiling; /* the balance may not come above */
    struct maybe_integer daily;   /* what may leave in a day (UTC), counted from now on */
};
const struct problem *ledger_limit(struct database *db, struct memory *memory,
                                   struct party_id party, enum account_purpose purpose,
                                   struct currency currency, const struct ledger_limits *limits);

/* Balance and what is free of it; zero in `currency` when the account was never used. */
struct ledger_balance {   /* shape: What an account holds */
    struct money balance; /* Posted */
    struct money held;    /* Reserved by open holds */
    struct money free;    /* What can be spent; below zero while something is owed */
    struct money owed;    /* What corrections took that was not there; later earnings make it up */
};
const struct problem *ledger_balance(struct database *db, struct memory *memory,
                                     struct party_id party, enum account_purpose purpose,
                                     struct currency currency, struct ledger_balance *out);

/* What an account held at a moment of the past: all postings made before it. Starts from what was kept
 * when days were closed and adds up the transfers since, of one day at most where days are closed. */
const struct problem *ledger_balance_at(struct database *db, struct memory *memory,
                                        struct party_id party, enum account_purpose purpose,
                                        struct currency currency, struct instant at,
                                        struct money *out);

/*
 * Idempotency. Inside the write, before anything else: was this key used by this party?
 * NULL with *result 0: it is new and now kept with `fingerprint`; call ledger_once_result() with what
 * was made. NULL with *result set: done before with the same content, answer the same.
 * &ledger_once_conflict: done before with other content. An empty key is always new and not kept.
 */
const struct problem *ledger_once(struct database *db, struct memory *memory, struct party_id party,
                                  struct text key, struct text fingerprint, struct instant at,
                                  int64_t *result);
const struct problem *ledger_once_result(struct database *db, struct memory *memory,
                                         struct party_id party, struct text key, int64_t result);

/* Transfers have ids after that of their posting and within this many milliseconds of it. */
#define LEDGER_TRANSFERS_WITHIN MINUTE

/* The transfers of a posting, for "why this much". */
struct ledger_leg {                    /* shape: One transfer of a posting */
    struct transfer_id id;             /* Names it in statements */
    enum account_purpose from_purpose; /* Where it came from */
    enum account_purpose to_purpose;   /* Where it went */
    struct party_id from_party;        /* Whose account it left; pty of 0 is the intermediary */
    struct party_id to_party;          /* Whose account it reached */
    struct money amount;               /* How much */
    struct text reason; /* Text key of the sentence why; that of what it takes back */
    struct instant at;  /* When */
};
LIST_OF(ledger_leg);

extern const struct schema ledger_schema;

#endif
