/*
 * Rows of the statements about kits. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_KIT_ROWS_H
#define CONTRAFLOW_REFERRALS_KIT_ROWS_H

#include "modules/referrals/kit/kit.h"

struct kit_ends {  /* shape: How many things a kit has */
    int64_t count; /* So many */
    int64_t last;  /* Place of the last one; 0: none */
};
struct kit_hit {           /* shape: A thing that a statement changed */
    struct kit_item_id id; /* Which */
};
struct kit_words {          /* shape: What can be edited of a thing */
    struct kit_item_id id;  /* Which */
    enum language language; /* Of its words */
    struct text title;      /* What it is for */
    struct text body;       /* The words */
};
struct kit_looked {           /* shape: What became of a picture */
    struct kit_item_id id;    /* Which */
    struct text media;        /* Hash of the file as it came; empty: not taken */
    struct text copy;         /* Hash of what is downloaded */
    enum media_format format; /* Of that */
    struct text problem;      /* Name of the problem; empty: none */
};

#endif
