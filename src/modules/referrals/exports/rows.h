/*
 * Rows of a program's files. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_EXPORTS_ROWS_H
#define CONTRAFLOW_REFERRALS_EXPORTS_ROWS_H

#include "core/program/program.h"
#include "modules/referrals/referrals.h"

struct taken_partner {                    /* shape: A partner in a file */
    struct referrals_partner_id partner;  /* Names them in the program */
    struct text name;                     /* What they are called */
    struct text code;                     /* Their first code; empty before they take part */
    enum referrals_partner_state state;   /* Where they stand */
    struct maybe_referrals_partner_id by; /* Who brought them */
    struct instant joined;                /* Since when */
    int64_t clicks;                       /* Of people, that count */
    int64_t orders;                       /* That count */
    struct money brought;                 /* What these came to */
    struct money earned;                  /* Money given, less what was taken back */
};
LIST_OF(taken_partner);

struct taken_verdict {                   /* shape: A verdict in a file */
    struct verdict_id verdict;           /* Names it */
    struct referrals_partner_id partner; /* Who brought it */
    struct text name;                    /* What they are called */
    struct text what;                    /* order, action, click, impression or post */
    struct maybe_text number;            /* Of an order: the shop's own number */
    struct instant at;                   /* When it happened */
    struct maybe_money total;            /* Of an order: what it comes to */
    enum verdict_state state;            /* What was found */
    struct text reason;                  /* Text key: why */
    struct money given;                  /* Money on all levels, less what was taken back */
};
LIST_OF(taken_verdict);

#endif
