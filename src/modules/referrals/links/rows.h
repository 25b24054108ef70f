/*
 * Rows of the statements about many links. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_LINKS_ROWS_H
#define CONTRAFLOW_REFERRALS_LINKS_ROWS_H

#include "modules/referrals/referrals.h"

struct links_number { /* shape: One number */
    int64_t number;   /* It */
};

#endif
