/*
 * Open addressing, half full at most. See ids.h.
 */
#include "ids.h"

#include <stdlib.h>

/* Of an id, or a free one. */
static size_t place_of(const struct ids *ids, uint64_t id)
{
    size_t at = id & (ids->room - 1);
    while (ids->ids[at] && ids->ids[at] != id)
        at = (at + 1) & (ids->room - 1);
    return at;
}

void *ids_find(const struct ids *ids, uint64_t id)
{
    return id && ids->room ? ids->things[place_of(ids, id)] : NULL;
}

static bool grow(struct ids *ids)
{
    struct ids wider = {.room = ids->room ? ids->room * 2 : 1024, .count = ids->count};
    wider.ids = calloc(wider.room, sizeof *wider.ids);
    wider.things = calloc(wider.room, sizeof *wider.things);
    for (size_t i = 0; wider.ids && wider.things && i < ids->room; i++) {
        if (!ids->ids[i])
            continue;
        size_t at = place_of(&wider, ids->ids[i]);
        wider.ids[at] = ids->ids[i];
        wider.things[at] = ids->things[i];
    }
    ids_free(ids);
    *ids = wider;
    return wider.ids && wider.things;
}

bool ids_put(struct ids *ids, uint64_t id, void *thing)
{
    if (ids->count * 2 >= ids->room && !grow(ids))
        return false;
    size_t at = place_of(ids, id);
    ids->ids[at] = id;
    ids->things[at] = thing;
    ids->count++;
    return true;
}

void ids_free(struct ids *ids)
{
    free(ids->ids);
    free(ids->things);
}
