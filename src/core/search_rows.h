/*
 * Rows of search.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_SEARCH_ROWS_H
#define CONTRAFLOW_CORE_SEARCH_ROWS_H

#include "core/search.h"

struct search_text_row {   /* shape: What a thing is found by */
    struct text tokens;    /* Joined by blanks */
};
struct search_word_row {   /* shape: A word that things have */
    struct text word;      /* Folded */
    int64_t uses;          /* In how many things */
};
LIST_OF(search_word_row);

#endif
