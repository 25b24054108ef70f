/*
 * Connections as stored. Private to core/shop.
 */
#ifndef CONTRAFLOW_CORE_SHOP_HOOK_ROWS_H
#define CONTRAFLOW_CORE_SHOP_HOOK_ROWS_H

#include "core/shop/hook.h"

struct connection_row {        /* shape: A connection as stored */
    struct connection_id id;   /* Names it */
    struct party_id business;  /* Whose shop */
    enum connection_kind kind; /* What it runs */
    struct text name;          /* What the business calls it */
    struct text secret;        /* Sealed */
    struct instant since;      /* Connected */
    struct instant ended;      /* Over since */
    int64_t taken;             /* Calls taken */
    int64_t refused;           /* Calls that could not be */
    struct instant last;       /* The last */
    struct text problem;       /* Of the last refused one */
};
LIST_OF(connection_row);
struct connection_hit {      /* shape: A connection that was changed */
    struct connection_id id; /* Which */
};

#endif
