/*
 * Rows of claims. Private to the folder.
 */
#ifndef CONTRAFLOW_REFERRALS_CLAIMS_ROWS_H
#define CONTRAFLOW_REFERRALS_CLAIMS_ROWS_H

#include "modules/referrals/claims/claim.h"
#include "modules/referrals/partner.h"

struct claim_order_row {         /* shape: An order whose buyer may name somebody */
    struct order_id id;          /* Names it */
    struct party_id business;    /* Who sold */
    struct text business_name;   /* What it is called */
    struct text number;          /* The shop's own */
    struct customer_id customer; /* Who ordered; 0: not known */
    struct party_id party;       /* Who of us that is; 0: nobody */
    struct text mail;            /* Mark of their address; empty: not known */
    enum order_state state;      /* Where it stands */
    struct instant placed;       /* When */
    int64_t late_days;           /* The most that a program of the business gives; 0: none does */
};
LIST_OF(claim_order_row);
struct claim_partner_row {                      /* shape: Whom a code names */
    struct referrals_link_id link;              /* Of which it is */
    enum referrals_link_state state;            /* Where that stands */
    struct program_id program;                  /* In which */
    enum program_state program_state;           /* Where that stands */
    int64_t late_days;                          /* It takes claims so long; 0: none */
    struct referrals_partner_id partner;        /* Whose */
    enum referrals_partner_state partner_state; /* Where they stand */
    struct party_id person;                     /* Who */
    struct text mail;                           /* Where they sign in; empty: nowhere */
};
struct claim_said_row {        /* shape: What was said about an order */
    struct program_id program; /* In which */
    struct party_id person;    /* Who was named */
    struct text code;          /* By what */
    struct instant at;         /* When */
};
struct claim_mail_row { /* shape: A confirmed address */
    struct text mail;   /* That */
};

#endif
