/*
 * Rows of search.c's statements. Private to it.
 */
#ifndef CONTRAFLOW_CORE_SEARCH_ROWS_H
#define CONTRAFLOW_CORE_SEARCH_ROWS_H

#include "core/search/search.h"

struct search_text_row { /* shape: What a thing is found by */
    struct text tokens;  /* Joined by blanks */
};
struct search_word_row { /* shape: A word that things have */
    struct text word;    /* Folded */
    int64_t uses;        /* In how many things */
};
LIST_OF(search_word_row);
struct search_thing_row { /* shape: A thing and what it is found by */
    int64_t subject;      /* Its id */
    struct text tokens;   /* Joined by blanks */
};
LIST_OF(search_thing_row);
struct search_event_row { /* shape: An event, as far as the index follows it */
    int64_t turn;         /* Its turn */
    int64_t id;           /* Its id */
    struct text name;     /* Dotted */
    int64_t subject;      /* What it happened to */
};
LIST_OF(search_event_row);

#endif
