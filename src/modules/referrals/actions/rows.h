/*
 * Rows of actions. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_ACTIONS_ROWS_H
#define CONTRAFLOW_REFERRALS_ACTIONS_ROWS_H

#include "modules/referrals/actions/action.h"

struct action_row {              /* shape: An action as stored */
    struct action_id id;         /* Names it */
    struct party_id business;    /* Whose customer */
    struct text number;          /* The shop's own number */
    struct text name;            /* What it is called */
    struct customer_id customer; /* Who; 0: not known */
    struct text code;            /* That was typed; empty: none */
    struct money total;          /* What it came to */
    struct instant at;           /* When */
};

#endif
