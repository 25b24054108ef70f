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

static const struct problem *collect(struct memory *memory, bool business,
                                     const struct viewer *viewer, struct scope_choice *choices,
                                     size_t *count)
{
    const struct problem *problem = NULL;
    char scope[SCOPE_MAX];
    for (const struct module *const *part = module_all(); !problem && *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            const struct route_table *table = (*part)->routes[i];
            for (size_t j = 0; !problem && j < table->count; j++) {
                const struct route *route = &table->routes[j];
                if (is_within_reach(route, business, viewer) &&
                    access_scope(table->owner, route, scope))
                    problem = add(memory, choices, count, scope);
            }
        }
    }
    return problem;
}

static const struct problem *label(const struct request *request, struct scope_choice *choices,
                                   size_t count, struct scope_choice_list *out)
{
    for (size_t i = 0; i < count; i++) {
        struct text key = text_format(request->memory, "scope.%.*s", TEXT_ARGS(choices[i].topic));
        if (!key.data)
            return &out_of_memory;
        choices[i].label = words_text(request->memory, request->language, key.data, NULL, 0);
    }
    *out = (struct scope_choice_list){choices, count};
    return NULL;
}

const struct problem *key_choices(const struct request *request, bool business,
                                  struct scope_choice_list *out)
{
    size_t count = 0;
    struct scope_choice *choices = memory_take_array(request->memory, TOPICS_MAX, sizeof *choices);
    if (!choices)
        return &out_of_memory;
    const struct problem *problem =
        collect(request->memory, business, &request->viewer, choices, &count);
    return problem ? problem : label(request, choices, count, out);
}

static const struct viewer nobody;

const struct problem *scope_choices(const struct request *request, struct scope_choice_list *out)
{
    size_t count = 0;
    struct scope_choice *choices = memory_take_array(request->memory, TOPICS_MAX, sizeof *choices);
    if (!choices)
        return &out_of_memory;
    const struct problem *problem = collect(request->memory, false, &nobody, choices, &count);
    if (!problem)
        problem = collect(request->memory, true, &nobody, choices, &count);
    return problem ? problem : label(request, choices, count, out);
}

/* What a member must be for a route of their business; 0: it is no matter of businesses. */
static enum member_role role_for(enum who who)
{
    switch (who) {
    case VIEWER:
        return MEMBER_VIEWER;
    case BUYER:
        return MEMBER_BUYER;
    case OWNER:
        return MEMBER_OWNER;
    default:
        return 0;
    }
}

bool scope_reaches(struct text scope, bool business, enum member_role *least)
{
    char own[SCOPE_MAX];
    bool reaches = false;
    *least = 0;
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            const struct route_table *table = (*part)->routes[i];
            for (size_t j = 0; j < table->count; j++) {
                const struct route *route = &table->routes[j];
                enum member_role role = role_for(route->who);
                if (!is_within_reach(route, business, &nobody) ||
                    !access_scope(table->owner, route, own) || !text_is(scope, own))
                    continue;
                reaches = true;
                if (role && (!*least || role < *least))
                    *least = role;
            }
        }
    }
    if (reaches && !*least)
        *least = MEMBER_VIEWER;
    return reaches;
}
