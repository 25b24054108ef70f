/*
 * Programs: what businesses promise to whoever does something for them, with a budget and rules.
 *
 * A model says what happened and who brought it (program_hear()); here it is judged by the rules in force,
 * kept with the facts and the reason, and paid: one posting for all levels, out of the budget. What is taken
 * back later (program_take_back()) comes back from all levels in the same part. A program never gives more
 * than was set aside for it.
 *
 * Must not know: whose an event is, how people are brought. Read next: core/program/rule.h, core/program/hear.c,
 * docs/decisions/0025-programs.md.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_PROGRAM_H
#define CONTRAFLOW_CORE_PROGRAM_PROGRAM_H

#include "core/flow.h"
#include "core/program/rule.h"
#include "ledger/ledger.h"

struct module;

struct program_id { /* shape id prg: What a business promises for something */
    int64_t value;
};
MAYBE(program_id);
struct verdict_id { /* shape id vrd: What was found about an event of a program */
    int64_t value;
};
MAYBE(verdict_id);
struct award_id { /* shape id awd: What somebody got by a verdict */
    int64_t value;
};

enum program_state {                    /* shape: Where a program stands */
                     PROGRAM_DRAFT = 1, /* draft: Only the business sees it */
                     PROGRAM_RUNNING,   /* running: What happens counts */
                     PROGRAM_PAUSED,    /* paused: What happens does not count for now */
                     PROGRAM_ENDED, /* ended: What happens counts no more; what was given stays */
};
enum program_event {                    /* shape: What happens to a program */
                     PROGRAM_START = 1, /* start: The business opens it, or goes on */
                     PROGRAM_PAUSE,     /* pause: The business stops it for a while */
                     PROGRAM_END,       /* end: The business ends it */
};
enum program_empty {                   /* shape: What happens when the budget is used up */
                     EMPTY_REFUSE = 1, /* refuse: Nothing more is given until there is money */
                     EMPTY_WAIT,       /* wait: What was earned waits and is given in its order */
};
enum verdict_state {                      /* shape: What was found about an event */
                     VERDICT_COUNTED = 1, /* counted: It was given what the rules promise */
                     VERDICT_WAITING,     /* waiting: It counts, and waits for the budget */
                     VERDICT_HELD,        /* held: Somebody has to look at it */
                     VERDICT_REJECTED,    /* rejected: It does not count, with a reason */
};

struct program_row {          /* shape: A program as stored */
    struct program_id id;     /* Names it */
    struct party_id business; /* Who promises */
    struct text module;       /* Whose program */
    enum program_state state; /* Where it stands */
    struct text title;        /* What it is called */
    struct text about;        /* What it is about */
    struct text currency;     /* Of its money */
    int64_t version;          /* Of its rules in force; 0: none yet */
    enum program_empty empty; /* What happens when the budget is used up */
    int64_t budget_minor;     /* Set aside so far */
    int64_t given_minor;      /* Given, less what was taken back */
    struct instant since;     /* Counts from then on */
    struct instant until;     /* And before; 0: without end */
    struct instant at;        /* Made */
    struct instant moved;     /* In its state since then */
};
LIST_OF(program_row);

struct verdict_row {           /* shape: A verdict as stored */
    struct verdict_id id;      /* Names it */
    struct program_id program; /* Of which */
    int64_t version;           /* Of the rules that decided */
    struct party_id party;     /* To whom it is counted */
    int64_t subject;           /* What happened */
    enum verdict_state state;  /* What was found */
    struct text reason;        /* Text key: why */
    struct text facts;         /* program_facts as JSON */
    struct instant at;         /* Of the event */
};
LIST_OF(verdict_row);

struct award_row {             /* shape: What somebody got, as stored */
    struct award_id id;        /* Names it */
    struct verdict_id verdict; /* By which */
    struct program_id program; /* Of which */
    struct party_id party;     /* Who gets it */
    int64_t level;             /* First: brought it; second: brought who did */
    struct text rule;          /* Name of the rule */
    struct money sum;          /* How much at first */
    bool credit;               /* To be spent at the business only */
    int64_t back_minor;        /* Taken back so far */
    struct posting_id posting; /* By which */
    struct hold_id hold;       /* Until it can't be taken back; 0: none */
    struct instant due;        /* Free from then on */
    struct instant at;         /* Given */
    bool late;                 /* More than a day after its verdict was made */
};
LIST_OF(award_row);

extern const struct problem
    program_bad_rules; /* 422: rules that make no sense, program_rules_check() */
extern const struct problem program_no_rules; /* 409: without rules it can't begin */
extern const struct problem
    program_no_promise; /* 409: it gives points or credit that the business made no rules for */
extern const struct problem
    program_no_budget; /* 409: more was to be taken out than is left in it */

extern const struct flow program_flow;

/* ---- making ----------------------------------------------------------------------------------- */

/* Inside a write, all of these. */

/* Keeps a new program as a draft; `program->id` is move->subject. */
const struct problem *program_begin(struct move *move, const struct program_row *program);
/* Makes the next version of its rules; in force from `at` on. &program_bad_rules; the caller asks
 * program_rules_check() before, to say what is wrong. &program_no_promise: what it gives can't be given. */
const struct problem *program_set_rules(struct database *db, struct memory *memory,
                                        const struct program_row *program,
                                        const struct program_rules *rules, struct party_id person,
                                        struct instant at);
/* A program as it stands. */
const struct problem *program_find(struct database *db, struct memory *memory, struct program_id id,
                                   struct program_row *out);
/* Those of a business that were ever opened, but for those that ended before a moment, newest first. */
const struct problem *programs_begun(struct database *db, struct memory *memory,
                                     struct party_id business, struct text module,
                                     struct instant since, struct program_row_list *out);
/* The rules of one version. */
const struct problem *program_rules_of(struct database *db, struct memory *memory,
                                       struct program_id program, int64_t version,
                                       struct program_rules *out);
/* Rules with the moment from which on they were in force. */
struct program_version {
    int64_t version;            /* from 1 */
    struct instant at;          /* in force from then on, until the next */
    struct program_rules rules; /* of it */
};
LIST_OF(program_version);
/* Those in force at a moment, and those that came after it, in their order; at most 100. */
const struct problem *program_rules_since(struct database *db, struct memory *memory,
                                          struct program_id program, struct instant since,
                                          struct program_version_list *out);
/* Moves money of the business from its wallet into the program's budget, or back when `minor` is below 0. What waits
 * for it is given soon, in its order.
 * &ledger_not_enough, &program_no_budget. */
const struct problem *program_fund(struct database *db, struct memory *memory,
                                   const struct program_row *program, int64_t minor,
                                   struct instant at);

/* So long after the end the budget stays set aside for what happened before and is told later: a month, as shops send
 * files of one. */
enum { PROGRAM_SETTLE_DAYS = 31 };
/* When that is over; 0 of a program that has not ended. Pure, both. */
struct instant program_settles(const struct program_row *program);
bool program_settled(const struct program_row *program, struct instant now);
/* In which state a program was at a moment, by its history; a draft before it began. Reads, and asks nothing of what
 * happened since it was moved last. */
const struct problem *program_stood(struct database *db, struct memory *memory,
                                    const struct program_row *program, struct instant at,
                                    enum program_state *out);

/* ---- what happens ----------------------------------------------------------------------------- */

/* An event that somebody brought. */
struct program_heard {
    const struct program_row *program;  /* of which; as it stands inside this write */
    const struct program_rules *rules;  /* of its version */
    const struct program_facts *facts;  /* of the whole event */
    int64_t subject;                    /* what happened */
    const struct party_id *chain;       /* who brought it, who brought them ...; 0: nobody */
    size_t levels;                      /* of these, 1..PROGRAM_LEVELS */
    struct instant at;                  /* now */
    enum verdict_state state;           /* COUNTED; HELD or REJECTED with .reason */
    const char *reason;                 /* text key; NULL: what the rules say */
    struct verdict_id verdict;          /* filled */
    enum verdict_state found;           /* filled */
    const char *why;                    /* filled: text key */
    struct program_judgement judgement; /* filled: what the rules say */
};
/* Judges it, keeps the verdict and gives what follows. The same event of the same party again is
 * &conflict. */
const struct problem *program_hear(struct database *db, struct memory *memory,
                                   struct program_heard *heard);

/* Verdicts up to this one hold nothing any more, but by awards that were given late. Pure. */
struct verdict_id program_may_hold(struct instant now);

/* What was found about an event for somebody; &not_found. */
const struct problem *program_verdict(struct database *db, struct memory *memory,
                                      struct program_id program, int64_t subject,
                                      struct party_id party, struct verdict_row *out);

/* Gives what a verdict that was held or waited for money is worth by its own version of the rules, less what came
 * to nothing meanwhile; the budget must hold the whole for a moment. Without levels the chain is the one that was
 * heard. *found is what it is now: counted; waiting, when there is not enough money or something else has waited
 * longer; rejected, when nothing is left to give or the program is settled. &conflict: it was decided
 * before. What waits is given by itself when money is set aside or comes back. */
const struct problem *program_release(struct database *db, struct memory *memory,
                                      struct verdict_id verdict, const struct party_id *chain,
                                      size_t levels, struct instant at, enum verdict_state *found);

/* Takes back all that a verdict gave, and holds it for the reason (a text key) until it is released or rejected;
 * caps have what it used again. &conflict: it is neither counted nor waiting. */
const struct problem *program_hold_back(struct database *db, struct memory *memory,
                                        struct verdict_id verdict, struct text reason,
                                        struct instant at);
/* A verdict that was held does not count, for the reason (a text key). &conflict: it is not held. */
const struct problem *program_reject(struct database *db, struct memory *memory,
                                     struct verdict_id verdict, struct text reason,
                                     struct instant at);

/* A verdict that was rejected is held again, to be released. &conflict: it is not rejected, or all of its event came to
 * nothing. */
const struct problem *program_reopen(struct database *db, struct memory *memory,
                                     struct verdict_id verdict, struct text reason,
                                     struct instant at);

/* Of the event `minor` of `of` came to nothing in all so far: what was given for it comes back in that part, less
 * what came back before, from every level. What is held or waits is given less that later, and all of it is rejected;
 * what was rejected before keeps its reason. *back is what came back to the budget now. */
struct program_return {
    struct program_id program; /* of which */
    int64_t subject;           /* what happened */
    int64_t minor, of;         /* 0..of; of is above 0 */
    struct instant at;         /* now */
    int64_t back;              /* filled: minor units that came back, of money */
};
const struct problem *program_take_back(struct database *db, struct memory *memory,
                                        struct program_return *returned);

/* An event is told anew. Where more is left of it than before, what its verdicts gave is given anew for the whole, by
 * the rules that judged it and to those who stood above then; what is held or waits is given so once it is. What the
 * budget has too little for keeps what it has, and waits when the program's promise is to wait. */
struct program_retold {
    struct program_id program;      /* of which */
    int64_t subject;                /* what happened */
    struct money total;             /* what it comes to now, in the currency it came in at first */
    struct program_line_list lines; /* of it now */
    int64_t returned_minor;         /* of that came to nothing so far */
    struct instant at;              /* now */
    bool grown;                     /* filled: more is left of it than before */
};
const struct problem *program_retell(struct database *db, struct memory *memory,
                                     struct program_retold *retold);
/* Forgets what was found about an event, if all of it was that it comes to too little: no rule fits, it is worth
 * nothing, or the caller's reason `also`, a text key. It can then be heard again. */
const struct problem *program_unhear(struct database *db, struct memory *memory,
                                     struct program_id program, int64_t subject, struct text also,
                                     bool *unheard);

extern const struct posting_template program_reward_posting;
extern const struct posting_template program_fund_posting;
extern const struct posting_template program_unfund_posting;
extern const struct module program_part;

#endif
