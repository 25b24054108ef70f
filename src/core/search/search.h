/*
 * Search: one tokenizer of ours for both engines, filters as tokens, newest first.
 *
 * Text becomes tokens: runs of letters and digits, case and accents folded by ICU; runs of Han, Hiragana, Katakana
 * and Thai become overlapping pairs (bigrams), so that a two-character Chinese word is found. A filter
 * value is a token of its own with a leading underscore ("_shape_wide"), so that filters and words are
 * one index intersection and results come in the order of ids, newest first, without sorting all hits.
 * A word nobody used is replaced by the most used word within one edit (two from eight letters on).
 */
#ifndef CONTRAFLOW_CORE_SEARCH_SEARCH_H
#define CONTRAFLOW_CORE_SEARCH_SEARCH_H

#include "base/shape.h"
#include "store/store.h"

/* Tokens of `words` (what people may type) and `facets` ("_shape_wide _colour_red"), joined by blanks;
 * duplicates left out. Pure. */
const struct problem *search_tokens(struct memory *memory, struct text words, struct text facets,
                                    struct text *out);

/* Puts a thing in, replacing what was known of it; empty tokens take it out. Inside a write. */
const struct problem *search_put(struct database *db, struct memory *memory, int64_t subject,
                                 struct text tokens);

/* Inside the write that moved everything to another database: makes the engine's index, which is not
 * copied. */
const struct problem *search_moved(struct database *db, struct memory *memory);

/* Builds or renews in memory what searches are answered from, when it is time to; a second or more
 * with a million things. A running server calls it from the background, so that no search waits. */
const struct problem *search_tend(struct database *db, struct memory *memory);

struct search_hit {  /* shape: A thing that was found */
    int64_t subject; /* Its id */
};
LIST_OF(search_hit);

struct search_result {
    struct search_hit_list hits; /* newest first, at most `most` */
    struct text
        corrected; /* the query as it was understood, when a typo was forgiven; else empty */
};

/* Things that have all words and all facets (a set of facets joined by '|' means any of them), with
 * ids below `before` (0: from the newest). An empty query with no facets finds nothing: list by table. */
const struct problem *search_find(struct database *db, struct memory *memory, struct text query,
                                  struct text facets, int64_t before, int64_t most,
                                  struct search_result *out);

#endif
