/*
 * Rows of deal.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_DEAL_ROWS_H
#define CONTRAFLOW_CORE_DEAL_ROWS_H

#include "core/deal.h"

struct deal_hit {      /* shape: The deal that a change found */
    struct deal_id id; /* Names it */
};
struct obligation_new {          /* shape: An obligation to write */
    struct obligation_id id;     /* Names it */
    struct deal_id deal;         /* Because of which deal */
    struct party_id debtor;      /* Who owes */
    struct party_id creditor;    /* To whom */
    struct money amount;         /* How much */
    enum obligation_state state; /* How it stands */
    struct instant due;          /* By when */
    struct instant met;          /* Done; 0: not yet */
};

#endif
