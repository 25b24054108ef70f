/*
 * Rows of the statements about links. Private to the module.
 */
#ifndef CONTRAFLOW_REFERRALS_ROWS_H
#define CONTRAFLOW_REFERRALS_ROWS_H

#include "modules/referrals/referrals.h"

struct referrals_link_hit {      /* shape: A link that a statement changed */
    struct referrals_link_id id; /* Which */
};
LIST_OF(referrals_link_hit);

#endif
