/*
 * Lists: for each token the things that have it, in memory, in the order of their ids.
 *
 * Built once from all things, then only read; a thing that changed meanwhile is hidden and kept
 * elsewhere (live.c). A token that many things have is a set of bits, a rarer one an array, so
 * that "all of these" walks the shortest list and asks the others, newest first, without sorting.
 * Inverted lists: Zobel and Moffat 2006, "Inverted files for text search engines".
 * Must not know: the database. Private to core/search. Read next: live.c.
 */
#ifndef CONTRAFLOW_CORE_SEARCH_LISTS_H
#define CONTRAFLOW_CORE_SEARCH_LISTS_H

#include <stdbool.h>

#include "base/text.h"

#define SEARCH_GROUPS_MAX 24 /* conditions of one search */
#define SEARCH_ANY_MAX    12 /* words of which one is enough */

/* What is wanted: of each group any word, and that of all groups. */
struct search_group {
    struct text words[SEARCH_ANY_MAX];
    size_t count;
};
struct search_wanted {
    struct search_group groups[SEARCH_GROUPS_MAX];
    size_t count;
};

struct search_lists; /* lives until search_lists_end() */

/* Empty lists that may take `limit` bytes; NULL when there is no memory. */
struct search_lists *search_lists_begin(size_t limit);
/* Adds a thing with its tokens, joined by blanks; ids rise. False when the limit is reached. */
bool search_lists_add(struct search_lists *lists, int64_t id, struct text tokens);
/* Makes them ready to be searched; nothing is added any more. False when the limit is reached. */
bool search_lists_ready(struct search_lists *lists);
void search_lists_end(struct search_lists *lists); /* NULL is fine */

size_t search_lists_count(const struct search_lists *lists); /* things in them */
/* Leaves a thing out from now on; nothing when it is not in them. Not while others search. */
void search_lists_hide(struct search_lists *lists, int64_t id);

/* Things with ids below `before` that have what is wanted, newest first; returns how many, at most
 * `most`. No group wants nothing and finds nothing. Safe from many threads. */
size_t search_lists_find(const struct search_lists *lists, const struct search_wanted *wanted,
                         int64_t before, size_t most, int64_t *out);

/* Whether tokens, joined by blanks, are what is wanted. */
bool search_wanted_by(const struct search_wanted *wanted, struct text tokens);

#endif
