/*
 * Things found by an id. Ids of the crowd are random: they are their own hash.
 */
#ifndef CONTRAFLOW_TESTS_CROWD_IDS_H
#define CONTRAFLOW_TESTS_CROWD_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All 0 is an empty one. */
struct ids {
    uint64_t *ids; /* 0 is free */
    void **things; /* beside */
    size_t count;  /* taken */
    size_t room;   /* a power of two */
};

/* NULL: there is none. */
void *ids_find(const struct ids *ids, uint64_t id);
/* An id that is not there yet. False: memory is short. */
bool ids_put(struct ids *ids, uint64_t id, void *thing);
/* Not the things. */
void ids_free(struct ids *ids);

#endif
