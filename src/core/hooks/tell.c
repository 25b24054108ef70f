/*
 * From events to messages: which are public, who wants them, and what they say.
 *
 * Nobody is told of what happened before they registered, nor while they are shut out. Must not know: how
 * messages are posted. Read next: core/hooks/message.c.
 */
#include <string.h>

#include "base/log.h"
#include "core/hooks/message.h"
#include "core/hooks/queries.h"
#include "core/hooks/receiver.h"
#include "core/hooks/receiver.shapes.h"

enum { KINDS_MAX = 128 };
static const struct hook_kind *known[KINDS_MAX];
static size_t known_count;

void hook_register(const struct hook_kind *kinds, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ensure(known_count < KINDS_MAX);
        known[known_count++] = &kinds[i];
    }
}

/* The first kind of each name. */
static const struct hook_kind *kind_at(size_t number)
{
    for (size_t i = 0; i < known_count; i++) {
        bool first = true;
        for (size_t j = 0; first && j < i; j++)
            first = strcmp(known[i]->name, known[j]->name) != 0;
        if (first && number-- == 0)
            return known[i];
    }
    return NULL;
}

const char *hook_event_name(size_t number)
{
    const struct hook_kind *kind = kind_at(number);
    return kind ? kind->name : NULL;
}

bool hook_described(size_t number, const char **name, const struct shape **shape)
{
    const struct hook_kind *kind = number ? kind_at(number - 1) : NULL;
    *name = kind ? kind->name : HOOK_TEST;
    *shape = kind ? kind->shape : &hook_test_shape;
    return number == 0 || kind;
}

static bool wants(const struct hook_row *hook, const char *name)
{
    struct text rest = hook->events;
    struct text word;
    while (text_split(&rest, ' ', &word))
        if (text_is(word, name))
            return true;
    return false;
}

static const struct problem *tell_all(struct database *db, struct memory *memory,
                                      const struct hook_kind *kind, const struct event *event,
                                      const struct hook_said *said)
{
    struct hook_row_list hooks;
    struct text body = {NULL, 0};
    const struct problem *problem = hooks_told(db, memory, said->party, event->at, &hooks);
    for (size_t i = 0; !problem && i < hooks.count; i++) {
        struct hook_message_id id;
        if (!wants(&hooks.items[i], kind->name))
            continue;
        if (!body.data)
            problem =
                hook_message_write(memory, kind->name, event->at, kind->shape, said->data, &body);
        if (!problem)
            problem = hook_message_queue(db, memory, hooks.items[i].id, kind->name, event->subject,
                                         body, event->at, &id);
    }
    return problem;
}

static const struct problem *take_kind(struct database *db, struct memory *memory,
                                       const struct hook_kind *kind, const struct event *event)
{
    struct hook_said said = {{0}, NULL};
    const struct problem *problem = kind->tell(db, memory, event, &said);
    if (problem || said.party.value == 0)
        return problem == &not_found ? NULL : problem;
    return tell_all(db, memory, kind, event, &said);
}

/* Where nobody wants to be told, an event costs one look. */
static const struct problem *take(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    const struct problem *problem = NULL;
    bool asked = false;
    for (size_t i = 0; !problem && i < known_count; i++) {
        struct hook_hit any;
        if (!text_is(event->name, known[i]->follows))
            continue;
        if (!asked)
            problem = hooks_any(db, memory, &any);
        asked = true;
        if (!problem)
            problem = take_kind(db, memory, known[i], event);
    }
    return problem == &not_found ? NULL : problem;
}

const struct consumer hook_tell = {.name = "core.hooks.tell", .follows = "", .take = take};
