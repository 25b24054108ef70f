/*
 * The list of kinds of offerings. Must not know: any of them.
 */
#include "core/offering.h"

#include <string.h>

#include "base/log.h"

enum { KINDS_MAX = 32 };
static const struct offering_kind *known[KINDS_MAX];
static size_t known_count;

void offering_register(const struct offering_kind *kind)
{
    ensure(known_count < KINDS_MAX && !offering_named(kind->name));
    known[known_count++] = kind;
}

const struct offering_kind *offering_named(const char *name)
{
    for (size_t i = 0; i < known_count; i++) {
        if (strcmp(known[i]->name, name) == 0)
            return known[i];
    }
    return NULL;
}
