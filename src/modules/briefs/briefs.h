/*
 * Briefs: a business says what it needs, people answer with things of theirs, the business compares.
 *
 * What the module is made of: its states and rows, and the writes that pages, the demo world and tests
 * call. Pages are in pages.h, decisions in rules.h. Must not know: any other module; what people answer
 * with is found through core/offering.h. Read next: README.md, states.c.
 */
#ifndef CONTRAFLOW_BRIEFS_BRIEFS_H
#define CONTRAFLOW_BRIEFS_BRIEFS_H

#include "core/call.h"
#include "core/module.h"

enum briefs_brief_state {                 /* shape: Where a brief stands */
                          BRIEF_OPEN = 1, /* open: People can answer */
                          BRIEF_CLOSED,   /* closed: No more answers; the business still chooses */
                          BRIEF_FULL,     /* full: As many as wanted were accepted */
};
enum briefs_brief_event {                  /* shape: What happens to a brief */
                          BRIEF_CLOSE = 1, /* close: The business or its deadline ends it */
                          BRIEF_FILL,      /* fill: The last one wanted was accepted */
};

enum briefs_offer_state {                     /* shape: Where an answer stands */
                          ANSWER_OFFERED = 1, /* offered: The business has it */
                          ANSWER_SHORTLISTED, /* shortlisted: The business may well take it */
                          ANSWER_ACCEPTED,    /* accepted: Agreed, paid and licensed */
                          ANSWER_THANKED,     /* thanked: Not taken, with a reason */
                          ANSWER_WITHDRAWN,   /* withdrawn: Taken back by its owner */
                          ANSWER_LAPSED,      /* lapsed: The business did not answer in time */
};
enum briefs_offer_event {                       /* shape: What happens to an answer */
                          ANSWER_SHORTLIST = 1, /* shortlist: The business keeps it in mind */
                          ANSWER_RETURN,        /* return: It is put back among the others */
                          ANSWER_ACCEPT,        /* accept: The business takes it and pays */
                          ANSWER_THANK,         /* thank: The business does not take it */
                          ANSWER_WITHDRAW,      /* withdraw: Its owner takes it back */
                          ANSWER_LAPSE,         /* lapse: The time to answer is over */
};

struct briefs_brief_row {           /* shape: A brief as stored */
    struct call_id call;            /* Names it */
    enum briefs_brief_state state;  /* Where it stands */
    struct party_id organisation;   /* Who asks */
    struct text organisation_name;  /* How they are called */
    struct text organisation_place; /* Where they are */
    struct text title;              /* In a few words */
    struct text body;               /* What is wanted */
    struct party_id person;         /* Who published it */
    int64_t wanted;                 /* How many */
    int64_t accepted;               /* How many were accepted */
    int64_t answers;                /* How many were offered */
    struct money budget;            /* At most for each */
    struct text criteria;           /* Names of what is scored, one a line */
    struct instant at;              /* Published */
    struct instant until;           /* Answers are taken until */
};
LIST_OF(briefs_brief_row);

struct briefs_offer_row {                /* shape: An answer as stored */
    struct deal_id deal;                 /* Names it */
    enum briefs_offer_state state;       /* Where it stands */
    struct call_id brief;                /* What it answers */
    struct text brief_title;             /* In a few words */
    enum briefs_brief_state brief_state; /* Where the brief stands */
    struct instant until;                /* Answers are taken until */
    struct party_id buyer;               /* The business */
    struct text buyer_name;              /* How it is called */
    struct party_id supplier;            /* Whose thing it is */
    struct text supplier_name;           /* How they are called */
    struct text supplier_place;          /* Where they live */
    int64_t subject;                     /* The thing */
    struct text title;                   /* What it was called when offered */
    struct text media;                   /* Hash of its picture; empty when it has none */
    struct text href;                    /* Its public page */
    struct money price;                  /* Asked for it */
    struct text note;                    /* What its owner says */
    struct text scores;                  /* A digit for each criterion */
    int64_t sum;                         /* Of the scores */
    struct text remark;                  /* The business's own note */
    struct text reason;                  /* Why it was declined */
    struct maybe_text fees;              /* Rules of fees it was given under; absent: today's */
    struct maybe_deal_id agreed;         /* The deal that its acceptance ended in */
    struct instant at;                   /* Offered */
    struct instant moved;                /* Last changed */
};
LIST_OF(briefs_offer_row);

extern const struct problem briefs_not_open;        /* 409: answers are no longer taken */
extern const struct problem briefs_full;            /* 409: as many as wanted were accepted */
extern const struct problem briefs_over_budget;     /* 409: more than the budget for each */
extern const struct problem briefs_answered_before; /* 409: this thing answers it already */
extern const struct problem briefs_crowded; /* 409: it has as many answers as can be compared */
extern const struct problem briefs_own_business;  /* 409: you work for the business that asks */
extern const struct problem briefs_not_available; /* 409: not yours, or not in the catalogue */
extern const struct problem briefs_no_reason;     /* 422: declining needs a reason */

extern const struct flow briefs_brief_flow;
extern const struct flow briefs_offer_flow;
extern const struct module briefs_module;

#define BRIEFS_ANSWERS_MAX                                                                         \
    200                   /* a brief takes so many; a page and a write can still hold them all */
#define BRIEFS_AT_ONCE 20 /* accepted or offered in one write */

/* Each of these is one durable write. */

struct briefs_publication {
    struct party_id organisation; /* asks */
    struct party_id person;       /* acts for it */
    struct text title;            /* 1..120 code points */
    struct text body;             /* 1..4000 */
    int64_t wanted;               /* 1..100 */
    struct money budget;          /* at most for each */
    struct text criteria;         /* names, one a line, six at most */
    struct instant until;         /* answers are taken until */
    struct text once;             /* idempotency key; may be empty */
};
const struct problem *briefs_publish(struct store *store, struct memory *memory,
                                     const struct briefs_publication *publication,
                                     struct instant at, struct call_id *out);
/* Takes no more answers; what was offered can still be accepted. */
const struct problem *briefs_close(struct store *store, struct memory *memory, struct call_id brief,
                                   struct party_id organisation, struct party_id person,
                                   struct instant at);

struct briefs_answer {
    struct call_id brief;
    struct party_id person;  /* whose things they are */
    const int64_t *subjects; /* ids of things of the kind "photo" */
    size_t count;            /* 1..BRIEFS_AT_ONCE */
    struct money price;      /* for each */
    struct text note;        /* ..1000; may be empty */
    struct text once;        /* idempotency key; may be empty */
};
/* Offers things in answer to a brief, all or none; *out is the first. */
const struct problem *briefs_answer_with(struct store *store, struct memory *memory,
                                         const struct briefs_answer *answer, struct instant at,
                                         struct deal_id *out);
const struct problem *briefs_withdraw(struct store *store, struct memory *memory,
                                      struct deal_id offer, struct party_id person,
                                      struct instant at);

struct briefs_choice {
    struct call_id brief;
    struct party_id organisation;  /* whose brief it is */
    struct party_id person;        /* acts for it */
    enum briefs_offer_event event; /* ANSWER_SHORTLIST, _RETURN, _ACCEPT or _THANK */
    const struct deal_id *offers;  /* NULL: all that wait for an answer */
    size_t count;                  /* BRIEFS_AT_ONCE at most when accepting */
    struct text reason;            /* for ANSWER_THANK; reaches each person */
    struct text once;              /* idempotency key; may be empty */
};
/* Moves several answers of one brief, all or none. Accepting holds each price in the business's
 * wallet, makes the licence deal and pays, in the same write. *moved says how many. */
const struct problem *briefs_choose(struct store *store, struct memory *memory,
                                    const struct briefs_choice *choice, struct instant at,
                                    int64_t *moved);
/* Keeps the business's scores (a digit for each criterion) and its own note. */
const struct problem *briefs_score(struct store *store, struct memory *memory, struct deal_id offer,
                                   struct party_id organisation, struct text scores,
                                   struct text remark);

#endif
