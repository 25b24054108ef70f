/*
 * Memory by lifetime: process, request, scratch. Nobody frees a single thing.
 *
 * A `struct memory` is a talloc context with a budget shared by all scratches below it. Files,
 * statements and locks hang on it with memory_on_end(). Allocation beyond the budget, or one that a
 * test made fail, returns NULL; callers hand up &out_of_memory.
 *
 * One memory is used by one thread at a time; it may be handed over while its owner waits.
 */
#ifndef CONTRAFLOW_BASE_MEMORY_H
#define CONTRAFLOW_BASE_MEMORY_H

#include <stddef.h>

struct memory;

/* A new lifetime of its own with at most `limit` bytes in it. NULL when the system has none left. */
struct memory *memory_create(size_t limit);

/* A lifetime inside `parent`, counted against the parent's budget and ended with it at the latest. */
struct memory *memory_scratch(struct memory *parent);

/* Ends the lifetime: runs the destructors, youngest first, then gives everything back. NULL is fine. */
void memory_end(struct memory *memory);

/* The same, and begins anew in one of memory_create(), as one just made: for many short lifetimes after each other.
 * What was in it is gone. */
void memory_renew(struct memory *memory);

/* `size` zeroed bytes, aligned for any type, that live as long as `memory`. NULL: limit reached. */
void *memory_take(struct memory *memory, size_t size);

/* The same without zeroing, for bytes that are written before they are read. */
void *memory_take_room(struct memory *memory, size_t size);

/* As memory_take() for an array; checks the product. count 0 gives a pointer that must not be read. */
void *memory_take_array(struct memory *memory, size_t count, size_t size);

/* Copies `size` bytes to a longer or other lifetime. */
void *memory_copy(struct memory *memory, const void *source, size_t size);

/* Calls `destructor(thing)` when `memory` ends. Returns 0, or -1 when there is no memory for the
 * note itself: the destructor has then been called already. */
int memory_on_end(struct memory *memory, void (*destructor)(void *thing), void *thing);

/* Bytes taken so far from the whole budget, for tests and the log. */
size_t memory_used(const struct memory *memory);

/* Tests: the allocation after `successes` more of them fails, once. Negative switches it off. */
void memory_fail_after(long successes);

#endif
