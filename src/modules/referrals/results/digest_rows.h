/*
 * Rows of the weekly mail. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_DIGEST_ROWS_H
#define CONTRAFLOW_REFERRALS_RESULTS_DIGEST_ROWS_H

#include "modules/referrals/results/digest.h"

struct digest_reader_row {  /* shape: Who is told */
    struct party_id person; /* Names them */
    enum language language; /* Which they read */
};
LIST_OF(digest_reader_row);
struct digest_hit {            /* shape: That a program is told of now */
    struct program_id program; /* Which */
};
struct digest_ruled_row { /* shape: A version of rules of those days */
    int64_t version;      /* Which */
};

#endif
