/*
 * Notes what operators did. Must not know: what is done. Read next: core/flow.c.
 */
#include "core/act.h"

#include "base/ids.h"
#include "core/act_queries.h"

const struct problem *act_note(struct database *db, struct memory *memory, struct act act)
{
    act.id.value = id_new();
    return act_insert(db, memory, &act);
}
