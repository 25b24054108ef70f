/*
 * What a key can be allowed to do: read off the route tables.
 *
 * Must not know: keys. Read next: web/access.h.
 */
#include <string.h>

#include "core/keys/key.h"
#include "base/log.h"
#include "web/access.h"
#include "web/words.h"

enum { TOPICS_MAX = 64 };

/* A key of a person reaches no business, that of a business neither its maker's own side nor the desk. */
static bool is_within_reach(const struct route *route, bool business, const struct viewer *viewer)
{
    const struct viewer maker = {.keyed = true, .consumer = !business};
    if (!access_on_side(route, &maker))
        return false;
    switch (route->who) {
    case ANYONE:
    case SIGNED_IN:
        return true;
    case VIEWER:
    case BUYER:
    case OWNER:
        return business;
    case OPERATOR:
    case MODERATOR:
    case SUPPORT:
    case FINANCE:
    case ADMIN:
        return !business && access_allows(route->who, viewer);
    case WHO_COUNT:
        break;
    }
    return false;
}

static struct scope_choice *choice_of(struct scope_choice *choices, size_t *count,
                                      struct text topic)
{
    for (size_t i = 0; i < *count; i++) {
        if (text_equal(choices[i].topic, topic))
            return &choices[i];
    }
    ensure(*count < TOPICS_MAX);
    choices[*count] = (struct scope_choice){.topic = topic};
    return &choices[(*count)++];
}

static const struct problem *add(struct memory *memory, struct scope_choice *choices, size_t *count,
                                 const char *scope)
{
    struct text whole = text_copy(memory, text_of(scope));
    if (!whole.data)
        return &out_of_memory;
    const char *dot = strrchr(whole.data, '.');
    struct text topic = {whole.data, (size_t)(dot - whole.data)};
    struct scope_choice *choice = choice_of(choices, count, topic);
    bool reads = strcmp(dot, ".read") == 0;
    *(reads ? &choice->reads : &choice->writes) = (struct maybe_text){true, whole};
    return NULL;
}

static const struct problem *collect(const struct request *request, bool business,
                                     struct scope_choice *choices, size_t *count)
{
    const struct problem *problem = NULL;
    char scope[SCOPE_MAX];
    for (const struct module *const *part = module_all(); !problem && *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            const struct route_table *table = (*part)->routes[i];
            for (size_t j = 0; !problem && j < table->count; j++) {
                const struct route *route = &table->routes[j];
                if (is_within_reach(route, business, &request->viewer) &&
                    access_scope(table->owner, route, scope))
                    problem = add(request->memory, choices, count, scope);
            }
        }
    }
    return problem;
}

const struct problem *key_choices(const struct request *request, bool business,
                                  struct scope_choice_list *out)
{
    size_t count = 0;
    struct scope_choice *choices = memory_take_array(request->memory, TOPICS_MAX, sizeof *choices);
    if (!choices)
        return &out_of_memory;
    const struct problem *problem = collect(request, business, choices, &count);
    for (size_t i = 0; !problem && i < count; i++) {
        struct text key = text_format(request->memory, "scope.%.*s", TEXT_ARGS(choices[i].topic));
        if (!key.data)
            return &out_of_memory;
        choices[i].label = words_text(request->memory, request->language, key.data, NULL, 0);
    }
    *out = (struct scope_choice_list){choices, count};
    return problem;
}
