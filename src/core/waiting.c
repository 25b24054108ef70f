/*
 * Asks the parts what waits and puts their answers into one list. See waiting.h.
 */
#include "core/waiting.h"

#include "core/module.h"

void waiting_add(struct waiting_said *said, struct waiting waiting)
{
    if (said->count < WAITING_EACH)
        said->items[said->count++] = waiting;
}

/* Addresses that there was no memory for lead nowhere. */
static bool is_whole(const struct waiting_said *said)
{
    for (size_t i = 0; i < said->count; i++) {
        if (!said->items[i].href.data)
            return false;
    }
    return true;
}

/* Appends those in which it is the reader's turn, or those in which it is not. */
static size_t append(const struct waiting_said *said, bool turn, struct waiting *items,
                     size_t count)
{
    for (size_t i = 0; i < said->count; i++) {
        if (said->items[i].turn == turn)
            items[count++] = said->items[i];
    }
    return count;
}

const struct problem *waiting_for(struct request *request, enum portal portal,
                                  struct waiting_list *out, int64_t *turns)
{
    size_t parts = 0;
    for (const struct module *const *part = module_all(); *part; part++)
        parts++;
    struct waiting_said *said = memory_take_array(request->memory, parts, sizeof *said);
    struct waiting *items = memory_take_array(request->memory, parts * WAITING_EACH, sizeof *items);
    if (!said || !items)
        return &out_of_memory;
    for (size_t i = 0; i < parts; i++) {
        const struct module *part = module_all()[i];
        const struct problem *problem = part->waits ? part->waits(request, portal, &said[i]) : NULL;
        if (problem)
            return problem;
        if (!is_whole(&said[i]))
            return &out_of_memory;
    }
    size_t count = 0;
    for (size_t i = 0; i < parts; i++)
        count = append(&said[i], true, items, count);
    *turns = (int64_t)count;
    for (size_t i = 0; i < parts; i++)
        count = append(&said[i], false, items, count);
    *out = (struct waiting_list){items, count};
    return NULL;
}
