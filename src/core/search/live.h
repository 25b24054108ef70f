/*
 * The lists of lists.h kept in step with the database. Private to core/search.
 */
#ifndef CONTRAFLOW_CORE_SEARCH_LIVE_H
#define CONTRAFLOW_CORE_SEARCH_LIVE_H

#include "core/search/lists.h"
#include "core/search/search.h"

/* The event that search_put() writes for each change. */
#define SEARCH_CHANGED "search.changed"

/* Finds in the lists, building or following up first. *done says whether they could answer; when not
 * (they are being built, or take too much memory) the database's own index has to. */
const struct problem *search_live_find(struct database *db, struct memory *memory,
                                       const struct search_wanted *wanted, int64_t before,
                                       int64_t most, struct search_hit_list *hits, bool *done);

#endif
