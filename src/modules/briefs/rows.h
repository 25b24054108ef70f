/*
 * Rows and parameters of the module's own statements. Private to the module.
 */
#ifndef CONTRAFLOW_BRIEFS_ROWS_H
#define CONTRAFLOW_BRIEFS_ROWS_H

#include "modules/briefs/briefs.h"

struct briefs_brief_new {   /* shape: What a brief asks beyond its call, to write */
    struct call_id call;    /* Which call */
    struct party_id person; /* Who published it */
    int64_t wanted;         /* How many */
    struct money budget;    /* At most for each */
    struct text criteria;   /* Names, one a line */
};
struct briefs_places { /* shape: How many places of a brief are taken */
    int64_t accepted;  /* Taken */
    int64_t wanted;    /* In all */
};
struct briefs_offer_new { /* shape: What an answer is about, to write */
    struct deal_id deal;  /* Which deal */
    struct call_id brief; /* Which brief */
    struct text title;    /* What the thing is called */
    struct text media;    /* Hash of its picture; empty when it has none */
    struct text href;     /* Its public page */
    struct text note;     /* What its owner says */
    struct text scores;   /* A digit for each criterion */
    struct text fees;     /* Rules of fees as they are now */
};
struct briefs_offer_hit { /* shape: The answer that a statement found */
    struct deal_id deal;  /* Names it */
};
LIST_OF(briefs_offer_hit);
struct briefs_count { /* shape: A number of things */
    int64_t number;   /* How many */
};
struct briefs_counts {    /* shape: How the answers to a brief stand */
    int64_t received;     /* In all */
    int64_t waiting;      /* Not yet answered */
    int64_t accepted;     /* Taken */
    int64_t thanked;      /* Declined */
    int64_t agreed_minor; /* Prices of those taken */
};

struct briefs_undecided {          /* shape: A brief with answers that wait for the business */
    struct call_id call;           /* Names it */
    enum briefs_brief_state state; /* Where it stands */
    struct text title;             /* In a few words */
    struct instant until;          /* Answers are taken until */
    int64_t wanted;                /* How many */
    int64_t accepted;              /* How many were accepted */
    int64_t waiting;               /* Answers not yet decided */
};
LIST_OF(briefs_undecided);

struct briefs_audit_row {   /* shape: An accepted answer and the deal it ended in */
    struct deal_id deal;    /* Which answer */
    struct money price;     /* Agreed for it */
    struct maybe_text fees; /* Rules of fees it was given under */
    int64_t deals;          /* Deals of the same call, price and sides it ended in; one is right */
    int64_t rights;         /* Rights that deal granted; one is right */
    int64_t paid;           /* What left the wallet because of that deal */
    int64_t taken;          /* The same without the fees on top */
};
LIST_OF(briefs_audit_row);
struct briefs_audit_brief_row { /* shape: A brief and its accepted answers */
    struct call_id call;        /* Which brief */
    int64_t accepted;           /* What it says */
    int64_t counted;            /* What there are */
};
LIST_OF(briefs_audit_brief_row);

#endif
