/*
 * Rows of programs and partners that only partner.c and pages read. Private to the module.
 */
#ifndef CONTRAFLOW_REFERRALS_PARTNER_ROWS_H
#define CONTRAFLOW_REFERRALS_PARTNER_ROWS_H

#include "modules/referrals/partner.h"

struct referrals_partner_new {      /* shape: A partner to be made */
    struct referrals_partner_id id; /* Names it */
    struct program_id program;      /* In which */
    struct party_id person;         /* Who */
    struct instant at;              /* When */
};
struct partner_state_row {              /* shape: Where a partner stands */
    enum referrals_partner_state state; /* There */
};
struct partner_link_row {                /* shape: Whose a link is */
    struct referrals_link_id id;         /* Which */
    struct referrals_partner_id partner; /* Whose */
};

#endif
