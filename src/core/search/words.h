/*
 * What tokens.c and search.c share. Private to them.
 */
#ifndef CONTRAFLOW_CORE_SEARCH_WORDS_H
#define CONTRAFLOW_CORE_SEARCH_WORDS_H

#include "base/text.h"

#define SEARCH_WORDS_MAX 400 /* tokens of one thing; further ones are left out */
#define SEARCH_TOKEN_MAX 128 /* bytes of one token with its NUL; longer ones are left out */

struct search_words {
    struct memory *memory; /* where the tokens live */
    struct text items[SEARCH_WORDS_MAX];
    size_t count;
    bool failed; /* no memory was left */
};

/* The distinct tokens of a text in their order. */
const struct problem *search_split(struct memory *memory, struct text text,
                                   struct search_words *out);

/* Edits (insert, drop, change, swap neighbours) between two words, counted by code points, as far as
 * `most`; more gives most + 1. Damerau-Levenshtein, restricted (optimal string alignment). */
int search_distance(struct text a, struct text b, int most);

#endif
