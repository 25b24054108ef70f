/*
 * Pages about promised units: what a person holds, what a business promises, gives and takes.
 *
 * Amounts are told twice: as a number of units (of credit minor units) for programs, and in words.
 * Read next: core/reward/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_REWARD_PAGES_H
#define CONTRAFLOW_CORE_REWARD_PAGES_H

#include "core/books/booking.h"
#include "core/reward/reward.h"

/* ---- a person ---- */

struct rewards_query {              /* shape: Which units to list */
    struct maybe_account_id before; /* Older than these */
};
struct reward_end {           /* shape: Units that end together */
    struct instant until;     /* They end then */
    struct instant day;       /* Within their last day (UTC) */
    int64_t units;            /* So many, if none is used before */
    struct text amount;       /* The same in words */
    struct maybe_money worth; /* What they pay now */
};
LIST_OF(reward_end);
struct reward_held {                  /* shape: Units of one issuer that a person has or had */
    struct account_id account;        /* Names them */
    struct party_id issuer;           /* Whose promise they are */
    struct text name;                 /* How the issuer is called */
    enum promise_kind kind;           /* What they are */
    int64_t units;                    /* How many; of credit minor units */
    struct text amount;               /* The same in words */
    struct maybe_money worth;         /* What they pay at the issuer's now */
    int64_t reserved;                 /* Of these are reserved for orders at the issuer's */
    struct maybe_text reserved_words; /* The same in words; absent: none */
    struct text_list rules;           /* Which rules hold */
    struct reward_end_list ends;      /* ..12: What ends on which day, soonest first */
};
LIST_OF(reward_held);
struct rewards_view {             /* shape: What businesses promised to a person */
    struct reward_held_list held; /* ..20: The newest kind first */
    struct maybe_text later;      /* url: Further ones */
    bool later_page;              /* Not the first page */
};
struct reward_query {                /* shape: One kind of units */
    struct account_id account;       /* Which */
    struct maybe_transfer_id before; /* Lines older than this one */
};
struct reward_line {             /* shape: What happened to units */
    struct transfer_id transfer; /* Names it */
    struct posting_id posting;   /* All that was booked with it */
    enum reward_what what;       /* What happened */
    int64_t units;               /* Above zero what came, below what went */
    struct text amount;          /* The same in words */
    struct maybe_money price;    /* Of what was bought */
    struct maybe_money paid;     /* What of it the units paid */
    struct maybe_text note;      /* What the issuer says about it */
    struct instant at;           /* When */
};
LIST_OF(reward_line);
struct reward_view {               /* shape: One kind of units, and what came and went */
    struct reward_held held;       /* The units */
    struct reward_line_list lines; /* ..50: Newest first */
    struct maybe_text later;       /* url: Older lines */
};

/* ---- a business ---- */

struct promises_query {           /* shape: Rules to look at before they hold, and which lines */
    struct maybe_text kind;       /* ..20: points, tickets or credit; shows the form for it */
    struct maybe_integer per;     /* 1..1000000000: As in promise_form; so are those that follow */
    struct maybe_money worth;     /* 1..100000000: What so many units pay */
    struct maybe_integer least;   /* 1..1000000000: Units that are used at once, at least */
    struct maybe_money least_sum; /* 1..100000000: Credit that is used at once, at least */
    struct maybe_integer part;    /* 1..100: Percent of a price, at most */
    struct maybe_integer days;    /* 0..3660: How long units live */
    struct maybe_integer told_days; /* 0..3660: How long before their end it is told */
    struct maybe_text version;      /* ..40: As in promise_form, of rules that are looked at */
    struct maybe_posting_id before; /* Lines older than this one */
};
struct promise_form {             /* shape: Rules for units that a business promises */
    enum promise_kind kind;       /* What is promised */
    struct maybe_integer per;     /* 1..1000000000: So many points pay `worth` */
    struct maybe_money worth;     /* 1..100000000: What `per` points pay; points need both */
    struct maybe_integer least;   /* 1..1000000000: Points used at once, at least; 1 unless given */
    struct maybe_money least_sum; /* 1..100000000: Credit used at once, at least */
    struct maybe_integer
        part;          /* 1..100: Percent of a price that they pay at most; 100 unless given */
    int64_t days;      /* 0..3660: What is given ends so many days after; 0: never */
    int64_t told_days; /* 0..3660: The end is told so many days before; 0: not */
    bool preview;      /* Only say what the rules would mean */
    struct maybe_text version; /* ..40: What the rules of this kind were when they were read */
};
struct promise_draft {      /* shape: Rules as the form shows them */
    enum promise_kind kind; /* What is promised */
    int64_t per;            /* So many points pay `worth` */
    struct money worth;     /* What they pay */
    int64_t least;          /* Points used at once, at least */
    struct money least_sum; /* Credit used at once, at least */
    int64_t part;           /* Percent of a price, at most */
    int64_t days;           /* How long units live */
    int64_t told_days;      /* How long before their end it is told */
    bool held;              /* Other rules hold now */
    struct text_list means; /* What these would mean; empty before they were looked at */
};
LIST_OF(promise_draft);
struct promise_shown {        /* shape: What a business promises of one kind */
    enum promise_kind kind;   /* What */
    struct text currency;     /* ZZP points, ZZT tickets, of credit its currency */
    struct instant since;     /* These rules hold from then on */
    struct text_list rules;   /* As the person reads them */
    int64_t units;            /* Given and not used yet */
    struct text amount;       /* The same in words */
    struct maybe_money worth; /* What is owed for them */
    int64_t ends;             /* Of them end within 30 days, if none is used before */
    struct text ends_amount;  /* The same in words */
    bool ends_more;           /* More may end: only 10,000 people's were counted */
};
LIST_OF(promise_shown);
struct promise_line {          /* shape: Units that a business gave or took */
    struct posting_id posting; /* Names it */
    enum reward_what what;     /* What happened */
    struct party_id person;    /* Who got or used them */
    struct text name;          /* How they are called */
    struct text by;            /* Who of the business did it */
    enum promise_kind kind;    /* What the units are */
    int64_t units;             /* How many; of credit minor units */
    struct text amount;        /* The same in words */
    struct maybe_money price;  /* Of what was bought */
    struct maybe_money paid;   /* What of it the units paid */
    struct maybe_text note;    /* What the person reads */
    bool returned;             /* The use was taken back */
    struct instant at;         /* When */
};
LIST_OF(promise_line);
struct promises_view {                  /* shape: What a business promises */
    struct promise_shown_list promises; /* ..3: Kinds with rules */
    bool points;                        /* There are rules for points */
    bool tickets;                       /* For tickets */
    bool credit;                        /* For credit */
    bool may_rule;                      /* The reader makes rules and takes uses back */
    bool may_give;                      /* The reader gives units and takes them */
    struct promise_draft_list draft;    /* ..1: The form's, when a kind is asked for */
    struct promise_line_list lines;     /* ..30: What was given and used, newest first */
    struct maybe_text later;            /* url: Older lines */
    bool later_page;                    /* Not the first page */
    struct text
        version; /* Of the kind that is asked for, to be sent back with a change; may be empty */
};
struct promise_ruled {      /* shape: Rules that were made, or looked at */
    enum promise_kind kind; /* For what */
    bool preview;           /* They were only looked at */
    struct text_list rules; /* What they mean, as the person reads it */
};

struct promise_hand_query { /* shape: Which units to give or take */
    struct maybe_text kind; /* ..20: points, tickets or credit; the first with rules unless given */
};
struct promise_hand_view {              /* shape: The page on which units are given or taken */
    struct promise_shown_list promises; /* ..3: Kinds with rules */
    struct promise_shown_list chosen;   /* ..1: The one to give or take */
    struct text currency;               /* Of prices */
};
struct grant_form {               /* shape: Units for a person */
    enum promise_kind kind;       /* What */
    struct maybe_party_id person; /* Whom; either this or `mail` */
    struct maybe_text mail;       /* ..254, mail: The address with which the person signs in */
    struct maybe_integer units;   /* 1..1000000000: How many points or tickets */
    struct maybe_money sum;       /* 1..100000000: How much credit */
    struct maybe_text note;       /* ..200: What the person reads with it */
};
struct grant_line {               /* shape: Units for one of many */
    struct maybe_party_id person; /* Whom; either this or `mail` */
    struct maybe_text mail;       /* ..254, mail: The address with which the person signs in */
    struct maybe_integer units;   /* 1..1000000000: How many points or tickets */
    struct maybe_money sum;       /* 1..100000000: How much credit */
    struct maybe_text note;       /* ..200: What the person reads with it */
    struct maybe_text key;        /* 1..100: Idempotency key; without, the call's with its number */
};
LIST_OF(grant_line);
struct grant_batch {              /* shape: Units for many people at once */
    enum promise_kind kind;       /* What */
    bool each;                    /* Each line on its own; otherwise all or none */
    struct grant_line_list lines; /* 1..1000: In this order */
};
struct grants_made {                /* shape: What became of units for many */
    int64_t given;                  /* Lines given now */
    int64_t before;                 /* Lines given before */
    int64_t refused;                /* Lines refused */
    struct booking_made_list lines; /* ..1000: In the order they came */
};
struct use_form {                 /* shape: Units that a person uses at a business's checkout */
    enum promise_kind kind;       /* What */
    struct maybe_party_id person; /* Who; either this or `mail` */
    struct maybe_text mail;       /* ..254, mail: The address with which the person signs in */
    struct maybe_integer units;   /* 1..1000000000: How many points or tickets */
    struct maybe_money sum;       /* 1..100000000: How much credit */
    struct maybe_money price;     /* 1..100000000: Of which they pay a part; not of tickets */
    struct maybe_text note;       /* ..200: What the person reads with it */
};
struct return_form {           /* shape: A use to take back */
    struct posting_id posting; /* Which */
    struct maybe_text note;    /* ..200: What the person reads with it */
};
struct reward_done {           /* shape: Units that moved */
    struct posting_id posting; /* Names it */
    enum reward_what what;     /* What happened */
    enum promise_kind kind;    /* To which units */
    int64_t units;             /* How many; of credit minor units */
    struct maybe_money price;  /* Of what was bought */
    struct maybe_money paid;   /* What of it the units paid */
    int64_t left;              /* Units of the business that the person has now */
};

/* What of a person's units ends on which day, by the rules of their issuer. */
const struct problem *reward_ends(struct request *request, struct party_id person,
                                  const struct ledger_promise *promise,
                                  struct reward_end_list *out);

const struct problem *core_rewards_show(struct request *request, const struct rewards_query *query,
                                        struct rewards_view *view);
const struct problem *core_reward_show(struct request *request, const struct reward_query *query,
                                       struct reward_view *view);
const struct problem *core_promises_show(struct request *request,
                                         const struct promises_query *query,
                                         struct promises_view *view);
const struct problem *core_promise_rule(struct request *request, const struct promise_form *form,
                                        struct promise_ruled *view);
const struct problem *core_promise_hand(struct request *request,
                                        const struct promise_hand_query *query,
                                        struct promise_hand_view *view);
const struct problem *core_promise_give(struct request *request, const struct grant_form *form,
                                        struct reward_done *view);
const struct problem *core_promise_give_all(struct request *request,
                                            const struct grant_batch *batch,
                                            struct grants_made *view);
const struct problem *core_promise_take(struct request *request, const struct use_form *form,
                                        struct reward_done *view);
const struct problem *core_promise_return(struct request *request, const struct return_form *form,
                                          struct reward_done *view);

#endif
