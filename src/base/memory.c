/*
 * Lifetimes over talloc: a budget, blocks to take from, and destructors in order.
 *
 * A take moves a pointer forward in the current block, a talloc chunk below the lifetime; a large
 * one gets a chunk of its own. talloc's pools do the same but put a header of 96 bytes before each
 * take. Builds with CONTRAFLOW_SANITIZE make each take a chunk, so that the sanitizers see its ends.
 *
 * Must not know: what is kept in it. Read next: base/text.h.
 */
#include "base/memory.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <talloc.h>

#include "base/log.h"

enum {
    ALIGNMENT = alignof(max_align_t),
    CREATE_BLOCK = 16 * 1024, /* enough for most requests without a second malloc */
    SCRATCH_BLOCK = 2 * 1024,
    NEXT_BLOCK = 32 * 1024
};

/* Something to do when a lifetime ends; the scratches below are notes too, so that one list keeps
 * the order of age. */
struct note {
    struct note *older;              /* made before this one, NULL at the end */
    struct note *younger;            /* made after it, NULL at the head */
    void (*destructor)(void *thing); /* what to call */
    void *thing;                     /* with what */
};

struct budget {
    size_t limit; /* bytes at most */
    size_t taken; /* bytes taken and not yet given back */
};

struct memory {
    struct memory *parent; /* NULL for one of memory_create() */
    struct budget *budget; /* the outermost lifetime's */
    struct budget own;     /* used by the outermost only */
    size_t taken;          /* bytes this lifetime alone counted, given back at its end */
    struct note *youngest; /* what to do at the end */
    struct note in_parent; /* a scratch's place among its parent's notes */
    char *free;            /* next byte of the current block */
    size_t room;           /* bytes left in it */
};

static _Atomic long successes_left = -1;

static bool test_refuses(void)
{
    if (atomic_load_explicit(&successes_left, memory_order_relaxed) < 0) {
        return false;
    }
    return atomic_fetch_sub_explicit(&successes_left, 1, memory_order_relaxed) == 0;
}

void memory_fail_after(long successes)
{
    atomic_store(&successes_left, successes < 0 ? -1 : successes);
}

static bool count(struct memory *memory, size_t size)
{
    struct budget *budget = memory->budget;
    if (size > budget->limit - budget->taken) {
        return false;
    }
    budget->taken += size;
    memory->taken += size;
    return true;
}

static size_t round_up(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* A chunk that begins with the struct; what is behind it is the first block. */
static struct memory *make(struct memory *parent, size_t block)
{
    size_t head = round_up(sizeof(struct memory));
#ifdef CONTRAFLOW_SANITIZE
    block = head;
#endif
    char *chunk = talloc_size(parent, block);
    if (!chunk) {
        return NULL;
    }
    struct memory *memory = (struct memory *)(void *)chunk;
    *memory = (struct memory){.parent = parent, .free = chunk + head, .room = block - head};
    return memory;
}

struct memory *memory_create(size_t limit)
{
    if (test_refuses()) {
        return NULL;
    }
    struct memory *memory = make(NULL, CREATE_BLOCK);
    if (memory) {
        memory->own.limit = limit;
        memory->budget = &memory->own;
    }
    return memory;
}

static void add_note(struct memory *memory, struct note *note)
{
    note->older = memory->youngest;
    note->younger = NULL;
    if (note->older) {
        note->older->younger = note;
    }
    memory->youngest = note;
}

static void remove_note(struct memory *memory, struct note *note)
{
    if (note->older) {
        note->older->younger = note->younger;
    }
    if (note->younger) {
        note->younger->older = note->older;
    } else {
        memory->youngest = note->older;
    }
}

static void end_scratch(void *thing);

struct memory *memory_scratch(struct memory *parent)
{
    if (sizeof(struct memory) > parent->budget->limit - parent->budget->taken || test_refuses()) {
        return NULL;
    }
    struct memory *memory = make(parent, SCRATCH_BLOCK);
    if (!memory) {
        return NULL;
    }
    memory->budget = parent->budget;
    bool counted = count(memory, sizeof(struct memory));
    ensure(counted);
    memory->in_parent.destructor = end_scratch;
    memory->in_parent.thing = memory;
    add_note(parent, &memory->in_parent);
    return memory;
}

/* Runs the destructors. One may still take and note. */
static void empty(struct memory *memory)
{
    while (memory->youngest) {
        struct note *note = memory->youngest;
        remove_note(memory, note);
        note->destructor(note->thing);
    }
}

/* Everything but leaving the parent's list. */
static void end(struct memory *memory)
{
    empty(memory);
    memory->budget->taken -= memory->taken;
    talloc_free(memory);
}

static void end_scratch(void *thing)
{
    end(thing);
}

void memory_end(struct memory *memory)
{
    if (!memory) {
        return;
    }
    if (memory->parent) {
        remove_note(memory->parent, &memory->in_parent);
    }
    end(memory);
}

void memory_renew(struct memory *memory)
{
    ensure(!memory->parent);
    empty(memory);
    talloc_free_children(memory);
    memory->own.taken = 0;
    memory->taken = 0;
#ifndef CONTRAFLOW_SANITIZE
    memory->free = (char *)memory + round_up(sizeof *memory);
    memory->room = CREATE_BLOCK - round_up(sizeof *memory);
#endif
}

#ifndef CONTRAFLOW_SANITIZE
/* From the current block, a new block, or for a large size a chunk that leaves the block as it is. */
static char *take_bytes(struct memory *memory, size_t size)
{
    if (size > memory->room) {
        if (size > NEXT_BLOCK / 4) {
            return talloc_size(memory, size);
        }
        char *block = talloc_size(memory, NEXT_BLOCK);
        if (!block) {
            return NULL;
        }
        memory->free = block;
        memory->room = NEXT_BLOCK;
    }
    char *bytes = memory->free;
    memory->free += size;
    memory->room -= size;
    return bytes;
}
#endif

void *memory_take_room(struct memory *memory, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) {
        return NULL;
    }
    size_t counted = round_up(size ? size : 1);
    if (test_refuses() || !count(memory, counted)) {
        return NULL;
    }
#ifdef CONTRAFLOW_SANITIZE
    void *bytes = talloc_size(memory, size);
#else
    void *bytes = take_bytes(memory, counted);
#endif
    if (!bytes) {
        memory->budget->taken -= counted;
        memory->taken -= counted;
    }
    return bytes;
}

void *memory_take(struct memory *memory, size_t size)
{
    void *bytes = memory_take_room(memory, size);
    if (bytes) {
        memset(bytes, 0, size);
    }
    return bytes;
}

void *memory_take_array(struct memory *memory, size_t count_of, size_t size)
{
    size_t product;
    if (__builtin_mul_overflow(count_of, size, &product)) {
        return NULL;
    }
    return memory_take(memory, product);
}

void *memory_copy(struct memory *memory, const void *source, size_t size)
{
    void *bytes = memory_take_room(memory, size);
    if (bytes && size > 0) {
        memcpy(bytes, source, size);
    }
    return bytes;
}

int memory_on_end(struct memory *memory, void (*destructor)(void *thing), void *thing)
{
    struct note *note = memory_take(memory, sizeof *note);
    if (!note) {
        destructor(thing);
        return -1;
    }
    note->destructor = destructor;
    note->thing = thing;
    add_note(memory, note);
    return 0;
}

size_t memory_used(const struct memory *memory)
{
    return memory->budget->taken;
}
