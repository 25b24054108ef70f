/*
 * Rows of the statements about fees that are due with a post. Private to the folder.
 */
#ifndef CONTRAFLOW_REFERRALS_PERSONAL_DELIVERY_ROWS_H
#define CONTRAFLOW_REFERRALS_PERSONAL_DELIVERY_ROWS_H

#include "modules/referrals/personal/delivery.h"

struct delivery_row {                    /* shape: A fee that is due with a post */
    struct deal_id deal;                 /* Of which offer */
    struct referrals_partner_id partner; /* To whom */
    struct hold_id hold;                 /* Set aside for it; 0: not agreed */
    struct instant until;                /* The post must be accepted before; 0: not agreed */
    struct post_id post;                 /* That released it; 0: none yet */
};

#endif
