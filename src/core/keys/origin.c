/*
 * Registering websites, and asking whether one is.
 *
 * Must not know: headers, pages. Read next: web/cross.c.
 */
#include "core/keys/origin.h"

#include <string.h>

#include "core/act.h"
#include "core/keys/pages.h"
#include "core/keys/queries.h"
#include "core/keys/rows.h"

static bool is_host(struct text host)
{
    static const char fine[] = "abcdefghijklmnopqrstuvwxyz0123456789.-:";
    bool port = false;
    for (size_t i = 0; i < host.size; i++) {
        char c = host.data[i];
        if (!memchr(fine, c, sizeof fine - 1) || (c == ':' && (port || i == 0)) ||
            (port && (c < '0' || c > '9')))
            return false;
        port = port || c == ':';
    }
    return host.size > 0 && host.data[host.size - 1] != ':';
}

bool origin_is_formed(struct text origin)
{
    static const struct text secure = TEXT("https://");
    static const struct text local[] = {TEXT("http://localhost"), TEXT("http://127.0.0.1")};
    if (text_starts(origin, secure.data))
        return is_host((struct text){origin.data + secure.size, origin.size - secure.size});
    for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
        struct text rest = {origin.data + local[i].size, origin.size - local[i].size};
        if (text_starts(origin, local[i].data) &&
            (rest.size == 0 ||
             (rest.data[0] == ':' && is_host((struct text){origin.data + 7, origin.size - 7}))))
            return true;
    }
    return false;
}

struct change {
    struct party_id owner;
    struct text origin;
    struct party_id by;
    struct instant at;
};

/* Twice is once. */
static const struct problem *note(struct database *db, struct memory *memory,
                                  const struct change *change, bool added,
                                  const struct problem *problem)
{
    struct act act = {.owner = change->owner,
                      .topic = ACT_KEYS,
                      .actor = change->by,
                      .name = text_of(added ? "core.origin.added" : "core.origin.removed"),
                      .subject = change->owner.value,
                      .was = added ? text_of("") : change->origin,
                      .became = added ? change->origin : text_of(""),
                      .at = change->at};
    if (problem)
        return problem == &not_found ? NULL : problem;
    return act_note(db, memory, act);
}

static const struct problem *register_work(struct database *db, struct memory *memory,
                                           void *context)
{
    const struct change *change = context;
    struct origin_hit hit;
    return note(db, memory, change, true,
                origin_insert(db, memory, change->origin, change->owner, change->at, &hit));
}

const struct problem *origin_register(struct store *store, struct memory *memory,
                                      struct party_id owner, struct text origin, struct party_id by,
                                      struct instant at)
{
    struct change change = {owner, origin, by, at};
    return store_write(store, memory, register_work, &change);
}

static const struct problem *remove_work(struct database *db, struct memory *memory, void *context)
{
    const struct change *change = context;
    struct origin_hit hit;
    return note(db, memory, change, false,
                origin_delete(db, memory, change->origin, change->owner, &hit));
}

const struct problem *origin_remove(struct store *store, struct memory *memory,
                                    struct party_id owner, struct text origin, struct party_id by,
                                    struct instant at)
{
    struct change change = {owner, origin, by, at};
    return store_write(store, memory, remove_work, &change);
}

const struct problem *origin_known(struct request *request, struct text origin, bool *known)
{
    const struct viewer *viewer = &request->viewer;
    struct party_id owner = {0};
    struct origin_hit_list hits;
    *known = false;
    if (viewer->keyed)
        owner = viewer->consumer ? viewer->person : viewer->organisation;
    const struct problem *problem = origin_find(request->db, request->memory, origin, owner, &hits);
    *known = !problem && hits.count > 0;
    return problem;
}
