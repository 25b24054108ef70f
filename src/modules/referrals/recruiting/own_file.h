/*
 * What somebody says about themselves, as a file to take along.
 *
 * Must not know: who looked. Read next: core/files/table.h.
 */
#ifndef CONTRAFLOW_REFERRALS_RECRUITING_OWN_FILE_H
#define CONTRAFLOW_REFERRALS_RECRUITING_OWN_FILE_H

#include "core/files/table.h"
#include "modules/referrals/recruiting/recruit.h"
#include "web/route.h"

struct sharer_file_row {          /* shape: What somebody says about themselves, in a file */
    struct sharer_id sharer;      /* Names it */
    struct text name;             /* As they want to be called */
    struct text about;            /* In their words */
    bool shown;                   /* Businesses find them */
    int64_t reach;                /* Of all channels together */
    struct text topics;           /* What their readers come for, a blank between */
    struct text languages;        /* Codes, a blank between */
    struct text countries;        /* Codes, a blank between */
    struct text address_1;        /* Where they reach people; empty: nowhere */
    struct text kind_1;           /* What that is */
    struct maybe_integer reach_1; /* How many people */
    struct text address_2;        /* A second place */
    struct text kind_2;           /* What that is */
    struct maybe_integer reach_2; /* How many people */
    struct text address_3;        /* A third place */
    struct text kind_3;           /* What that is */
    struct maybe_integer reach_3; /* How many people */
    struct instant said;          /* When */
};
LIST_OF(sharer_file_row);

const struct problem *sharing_send(struct request *request, const struct table_query *query,
                                   struct nothing *view);

enum { SHARING_EXPORTS = 1 };
extern const struct table_link sharing_exports[SHARING_EXPORTS];
extern const struct route_table sharing_file_routes;

#endif
