/*
 * Rights: what passed to whom, over which territory, until when; and what may not pass any more.
 *
 * Conflict rules, checked inside the write that grants:
 *   - after ownership passed, nothing more is granted by the former owner (&right_passed_on);
 *   - while an exclusive right runs, nothing else is granted (&right_exclusive_runs);
 *   - nothing exclusive, and no ownership, while somebody else's right runs (&right_still_licensed).
 * A subject's grants are made one after another: each takes the subject's row in core_right_turn.
 */
#ifndef CONTRAFLOW_CORE_RIGHT_H
#define CONTRAFLOW_CORE_RIGHT_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"

struct right_id { /* shape id rgt: A right that passed */
    int64_t value;
};
MAYBE(right_id);

enum right_kind {                    /* shape: What passed */
                  RIGHT_LICENCE = 1, /* licence: May be used within its scope */
                  RIGHT_OWNERSHIP,   /* ownership: All rights passed for good */
                  RIGHT_LIEN,        /* lien: Security for a debt */
                  RIGHT_LEASE,       /* lease: Use for a time */
                  RIGHT_CONSENT,     /* consent: May process or show */
};

struct right {                 /* shape: A right that passed */
    struct right_id id;        /* Names it */
    enum right_kind kind;      /* What passed */
    struct party_id grantor;   /* From whom */
    struct party_id holder;    /* To whom */
    int64_t subject;           /* Over what */
    struct text scope;         /* What it allows: a word the module declares */
    struct text territory;     /* Where: ISO 3166 codes, or "world" */
    bool exclusive;            /* Nobody else meanwhile */
    struct instant begins;     /* First moment */
    struct maybe_instant ends; /* Last moment; absent: for good */
    int64_t deal;              /* The deal it came from */
};
LIST_OF(right);
struct right_hit {      /* shape: The right that a statement found */
    struct right_id id; /* Names it */
};

extern const struct problem right_passed_on;      /* 409 */
extern const struct problem right_exclusive_runs; /* 409 */
extern const struct problem right_still_licensed; /* 409 */

/* Grants after checking the rules at right->begins. Inside a write. The id is made here. */
const struct problem *right_grant(struct database *db, struct memory *memory,
                                  const struct right *right, struct right_id *out);
/* Whether such a right could be granted now: NULL or the rule's problem. For pages; the write checks
 * again. */
const struct problem *right_check(struct database *db, struct memory *memory,
                                  const struct right *right);
/* Ends a right that runs; from `at` on it stands in nobody's way. Inside a write. &not_found: there is
 * none of that name, or it has ended before. */
const struct problem *right_end(struct database *db, struct memory *memory, struct right_id right,
                                struct instant at);

#endif
