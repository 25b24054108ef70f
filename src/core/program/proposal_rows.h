/*
 * Rows of proposals that only core/program reads. Private to it.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_PROPOSAL_ROWS_H
#define CONTRAFLOW_CORE_PROGRAM_PROPOSAL_ROWS_H

#include "core/program/proposal.h"

struct proposal_hit {      /* shape: A proposal that is there */
    struct proposal_id id; /* Which */
};
LIST_OF(proposal_hit);
struct proposal_progress {     /* shape: How far a proposal is counted */
    struct program_id program; /* For which */
    struct proposal_id id;     /* Which */
    int64_t looked;            /* Verdicts replayed so far */
    int64_t changed;           /* People who would get more or less */
    struct instant counted;    /* Replayed to the end; 0: not yet */
    struct text fault;         /* Text key: why it can't be counted; empty: it can */
};
struct proposal_sum_row {        /* shape: What somebody would have got, as stored */
    struct program_id program;   /* For which */
    struct proposal_id proposal; /* By which */
    int64_t place;               /* In the order of the page */
    struct party_id party;       /* Who; 0: all */
    struct text currency;        /* Of it */
    bool credit;                 /* To be spent at the business only */
    int64_t before_minor;        /* By the rules in force */
    int64_t after_minor;         /* By those proposed */
};
struct replay_verdict {       /* shape: A verdict to be judged again */
    struct verdict_id id;     /* Names it */
    struct party_id party;    /* To whom it is counted */
    enum verdict_state state; /* What was found */
    struct text reason;       /* Text key: why */
    struct text facts;        /* program_facts as JSON */
};
LIST_OF(replay_verdict);

#endif
