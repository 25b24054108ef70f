/*
 * Rules that were read lately, so that a busy program's are not read from their JSON for each event.
 *
 * They are kept by their text: two that are alike are the same, whatever became of the write that made them. Who
 * asks shares them until its memory ends. Must not know: what rules say. Read next: core/program/program.c.
 */
#include <pthread.h>
#include <string.h>

#include "core/program/parts.h"
#include "core/program/rule.shapes.h"

enum { PLACES = 64, BYTES_MAX = 4 << 20 };

struct kept {
    struct memory *memory; /* of all that follows */
    struct text json;
    struct program_rules rules;
    int users; /* its place among them; under the lock */
};

static struct kept *places[PLACES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* over places and users */

static void let_go(void *thing)
{
    struct kept *kept = thing;
    pthread_mutex_lock(&lock);
    bool last = --kept->users == 0;
    pthread_mutex_unlock(&lock);
    if (last)
        memory_end(kept->memory);
}

/* NULL: another text stands there, or none. */
static struct kept *find(size_t place, struct text json)
{
    pthread_mutex_lock(&lock);
    struct kept *kept = places[place];
    if (kept && !text_equal(kept->json, json))
        kept = NULL;
    if (kept)
        kept->users++;
    pthread_mutex_unlock(&lock);
    return kept;
}

/* Takes the place of what stood there; for the place and for who asked. */
static void put(size_t place, struct kept *kept)
{
    kept->users = 2;
    pthread_mutex_lock(&lock);
    struct kept *before = places[place];
    places[place] = kept;
    pthread_mutex_unlock(&lock);
    if (before)
        let_go(before);
}

static const struct problem *read(struct text json, struct kept **out)
{
    struct field_errors errors = {NULL, 0};
    struct memory *memory = memory_create(BYTES_MAX);
    struct kept *kept = memory ? memory_take(memory, sizeof *kept) : NULL;
    struct text copy = kept ? text_copy(memory, json) : (struct text){NULL, 0};
    struct bytes bytes = {(const unsigned char *)copy.data, copy.size};
    const struct problem *problem =
        copy.data ? shape_read_json(memory, &program_rules_shape, bytes, &kept->rules, &errors)
                  : &out_of_memory;
    if (problem) {
        memory_end(memory);
        return problem == &invalid_input ? &our_fault : problem;
    }
    kept->memory = memory;
    kept->json = copy;
    *out = kept;
    return NULL;
}

const struct problem *program_rules_kept(struct memory *memory, struct program_id program,
                                         struct text json, struct program_rules *out)
{
    size_t place = (size_t)((uint64_t)program.value * 0x9E3779B97F4A7C15u >> 58); /* of PLACES */
    struct kept *kept = find(place, json);
    if (!kept) {
        const struct problem *problem = read(json, &kept);
        if (problem)
            return problem;
        put(place, kept);
    }
    *out = kept->rules;
    return memory_on_end(memory, let_go, kept) == 0 ? NULL : &out_of_memory;
}
