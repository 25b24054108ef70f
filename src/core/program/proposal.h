/*
 * Rules proposed for a program: what they would have given, before they are in force.
 *
 * A proposal is counted by a job: all that was ever judged is judged again, from the facts that were kept, by the
 * rules in force and by those proposed, in the order in which it came (core/program/replay.h). Nothing of the
 * program changes until it is switched on. A program has one proposal at most; another one takes its place.
 *
 * Must not know: pages. Read next: core/program/proposal.c.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_PROPOSAL_H
#define CONTRAFLOW_CORE_PROGRAM_PROPOSAL_H

#include "core/job.h"
#include "core/program/program.h"

struct proposal_id { /* shape id ppl: Rules proposed for a program */
    int64_t value;
};
MAYBE(proposal_id);

struct proposal_row {          /* shape: A proposal as stored */
    struct program_id program; /* For which */
    struct proposal_id id;     /* Names it; another one each time it is changed */
    int64_t version;           /* Of the rules in force that it is compared with */
    struct text rules;         /* program_rules as JSON */
    struct party_id person;    /* Who proposed it */
    struct instant at;         /* When */
    int64_t looked;            /* Verdicts replayed so far */
    int64_t changed;           /* People who would get more or less */
    struct instant counted;    /* Replayed to the end; 0: not yet */
    struct text fault;         /* Text key: why it can't be counted; empty: it can */
};

struct proposal_sum {      /* shape: What somebody would have got */
    int64_t place;         /* 0..3: all together; then those for whom it changes most */
    struct party_id party; /* Who; 0: all */
    struct text name;      /* How they are called */
    struct text currency;  /* Of money, points or tickets */
    bool credit;           /* To be spent at the business only */
    int64_t before_minor;  /* By the rules in force, before anything was given back */
    int64_t after_minor;   /* By those proposed */
};
LIST_OF(proposal_sum);

extern const struct problem proposal_not_counted; /* 409: it is being counted still */
extern const struct problem
    proposal_old; /* 409: it, or what it is compared with, is another by now */

/* Inside a write: proposes rules in place of what was proposed before, and has them counted.
 * &program_bad_rules; the caller asks program_rules_check() before, to say what is wrong. */
const struct problem *proposal_make(struct database *db, struct memory *memory,
                                    const struct program_row *program,
                                    const struct program_rules *rules, struct party_id person,
                                    struct instant at, struct proposal_id *out);
/* What is proposed, with its rules; &not_found. */
const struct problem *proposal_of(struct database *db, struct memory *memory,
                                  struct program_id program, struct proposal_row *out,
                                  struct program_rules *rules);
/* What it comes to in all: a line for each kind of benefit, of those that are given at all. */
const struct problem *proposal_totals(struct database *db, struct memory *memory,
                                      const struct proposal_row *proposal,
                                      struct proposal_sum_list *out);
/* For whom it changes, those for whom it changes most first; `after` is the place of the last line seen, 0 at
 * first. */
const struct problem *proposal_changes(struct database *db, struct memory *memory,
                                       const struct proposal_row *proposal, int64_t after,
                                       int64_t most, struct proposal_sum_list *out);
/* Inside a write: puts what is proposed in force. &not_found, &proposal_old, &proposal_not_counted. */
const struct problem *proposal_switch(struct database *db, struct memory *memory,
                                      struct program_id program, struct proposal_id seen,
                                      struct party_id person, struct instant at);
/* Inside a write: nothing is proposed any more. */
const struct problem *proposal_drop(struct database *db, struct memory *memory,
                                    struct program_id program, struct instant at);

extern const struct job_kind proposal_job;

#endif
