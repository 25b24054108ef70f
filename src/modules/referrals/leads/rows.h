/*
 * Rows of leads. Private to the folder.
 */
#ifndef CONTRAFLOW_REFERRALS_LEADS_ROWS_H
#define CONTRAFLOW_REFERRALS_LEADS_ROWS_H

#include "modules/referrals/leads/lead.h"
#include "modules/referrals/partner.h"

struct lead_hit {      /* shape: A lead that a statement changed */
    struct lead_id id; /* Which */
};
struct lead_partner_row {               /* shape: A partner who may register leads */
    struct program_id program;          /* In which */
    struct text title;                  /* What that is called */
    enum program_state program_state;   /* Where that stands */
    enum referrals_partner_state state; /* Where they stand */
    struct text mail;                   /* Where they sign in */
    int64_t days;                       /* A lead is protected so long; 0: none is taken */
    int64_t most;                       /* At once */
};
struct lead_counts_row { /* shape: How many leads a partner has */
    int64_t open;        /* Protected and not ordered yet, 1,000 at most */
    int64_t today;       /* Registered within 24 hours, 1,000 at most */
};
struct lead_bound_row {                  /* shape: A lead that turns out to be a customer */
    struct lead_id id;                   /* Which */
    struct referrals_partner_id partner; /* Who met them */
    struct instant at;                   /* Registered */
    struct instant until;                /* Protected until */
    bool known;                          /* They had ordered before */
};
LIST_OF(lead_bound_row);

#endif
