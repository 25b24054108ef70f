/*
 * Codes hashed into a table of numbers of entries; entries and texts in blocks that never move. An entry has
 * 16 bytes, its slot 5 to 10, and its texts what they take.
 *
 * So a larger table can be made ready beside the one in use, and what was found stays readable after the
 * lock is given back.
 */
#include "modules/referrals/clicks/link_index.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "modules/referrals/clicks/landing.h"

enum {
    CHUNK = 1 << 16,    /* entries in a block */
    CHUNKS = 1 << 12,   /* blocks at most */
    ARENA = 1 << 18,    /* bytes of texts in a block */
    ARENAS = 1 << 14,   /* blocks at most, so that a place in them has 32 bits */
    HEAD = 3,           /* bytes before the texts of an entry */
    SLOTS_LEAST = 1024, /* of a table; always a power of two */
};
#define NOBODY UINT32_MAX
#define MOST   ((size_t)16 << 30) /* bytes */

struct entry {
    int64_t link;
    uint32_t text; /* where: one byte, size of the code; two: of the middle; the code; the middle */
    uint32_t form : 31; /* which */
    uint32_t counts : 1;
};

/* What many links have in common. Their names in a table are all of it. */
struct form {
    struct text name;      /* number of the program, beginning, ending */
    struct text beginning; /* of the address */
    struct text ending;    /* of it */
};

/* Numbers, by the hash of what they stand for; 0 is free, else one more than the number. */
struct table {
    struct memory *memory; /* its own, ended when a larger one takes its place */
    uint32_t *slots;
    size_t room;
};

struct program {
    int64_t id;
    struct text hosts;
    struct instant until;
    bool counts;
};

struct link_index {
    struct memory *memory;
    pthread_rwlock_t lock;    /* over all; who changes reads without it */
    pthread_mutex_t changing; /* held by who changes */
    unsigned char key[crypto_shorthash_KEYBYTES];
    struct table codes;
    struct entry *chunks[CHUNKS];
    size_t count;
    struct table form_names;
    struct form *forms;
    size_t form_count, form_room;
    struct program *programs; /* in the order in which they came; few */
    struct table program_ids;
    size_t program_count, program_room;
    char *arenas[ARENAS];
    size_t arena_count;
    size_t left; /* bytes in the last of them */
};

struct link_index *link_index_make(void)
{
    struct memory *memory = memory_create(MOST);
    struct link_index *index = memory ? memory_take(memory, sizeof *index) : NULL;
    if (!index) {
        memory_end(memory);
        return NULL;
    }
    index->memory = memory;
    pthread_rwlock_init(&index->lock, NULL);
    pthread_mutex_init(&index->changing, NULL);
    randombytes_buf(index->key, sizeof index->key);
    return index;
}

void link_index_end(struct link_index *index)
{
    if (!index)
        return;
    memory_end(index->codes.memory);
    memory_end(index->form_names.memory);
    memory_end(index->program_ids.memory);
    pthread_rwlock_destroy(&index->lock);
    pthread_mutex_destroy(&index->changing);
    memory_end(index->memory);
}

/* ---- what all tables share ---- */

/* Keyed, so that nobody chooses codes which all fall into one place. */
static uint64_t hash_of(const struct link_index *index, struct text t)
{
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t out;
    crypto_shorthash(hash, (const unsigned char *)t.data, t.size, index->key);
    memcpy(&out, hash, sizeof out);
    return out;
}

static const struct entry *entry_at(const struct link_index *index, uint32_t number)
{
    return &index->chunks[number / CHUNK][number % CHUNK];
}

static const char *bytes_at(const struct link_index *index, uint32_t place)
{
    return index->arenas[place / ARENA] + place % ARENA;
}

static struct text code_of(const struct link_index *index, const struct entry *entry)
{
    const char *bytes = bytes_at(index, entry->text);
    return (struct text){bytes + HEAD, (unsigned char)bytes[0]};
}

static struct text middle_of(const struct link_index *index, const struct entry *entry)
{
    uint16_t size;
    const char *bytes = bytes_at(index, entry->text);
    memcpy(&size, bytes + 1, sizeof size);
    return (struct text){bytes + HEAD + (unsigned char)bytes[0], size};
}

typedef struct text name_of(const struct link_index *index, uint32_t number);

static struct text code_name(const struct link_index *index, uint32_t number)
{
    return code_of(index, entry_at(index, number));
}

static struct text form_name(const struct link_index *index, uint32_t number)
{
    return index->forms[number].name;
}

static struct text program_name(const struct link_index *index, uint32_t number)
{
    return (struct text){(const char *)&index->programs[number].id, sizeof(int64_t)};
}

static uint32_t find(const struct link_index *index, const struct table *table, name_of *name,
                     struct text wanted)
{
    if (!table->room)
        return NOBODY;
    size_t mask = table->room - 1;
    for (size_t at = hash_of(index, wanted) & mask; table->slots[at]; at = (at + 1) & mask) {
        uint32_t number = table->slots[at] - 1;
        if (text_equal(name(index, number), wanted))
            return number;
    }
    return NOBODY;
}

static void enter(const struct link_index *index, const struct table *table, name_of *name,
                  uint32_t number)
{
    size_t mask = table->room - 1;
    size_t at = hash_of(index, name(index, number)) & mask;
    while (table->slots[at])
        at = (at + 1) & mask;
    table->slots[at] = number + 1;
}

/* Room for one more than `count`, at most four fifths full. A larger table is filled before it is used. */
static bool widen(struct link_index *index, struct table *table, name_of *name, size_t count)
{
    if (table->room && (count + 1) * 5 <= table->room * 4)
        return true;
    size_t room = table->room ? table->room * 2 : SLOTS_LEAST;
    struct memory *memory = memory_create(MOST);
    struct table wider = {memory, NULL, room};
    if (memory)
        wider.slots = memory_take_array(memory, room, sizeof *wider.slots);
    if (!wider.slots) {
        memory_end(memory);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        enter(index, &wider, name, (uint32_t)i);
    pthread_rwlock_wrlock(&index->lock);
    struct memory *old = table->memory;
    *table = wider;
    pthread_rwlock_unlock(&index->lock);
    memory_end(old);
    return true;
}

/* An array twice as long in the place of one that is full, which is not given back. */
static bool lengthen(struct link_index *index, void *array, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return true;
    size_t wanted = *room ? *room * 2 : 16;
    void *longer = memory_take_array(index->memory, wanted, size);
    void *old;
    if (!longer)
        return false;
    memcpy((void *)&old, array, sizeof old);
    if (count)
        memcpy(longer, old, count * size);
    pthread_rwlock_wrlock(&index->lock);
    memcpy(array, (void *)&longer, sizeof longer);
    *room = wanted;
    pthread_rwlock_unlock(&index->lock);
    return true;
}

/* Room for bytes that stay, and where it is; NULL: no memory. */
static char *keep(struct link_index *index, size_t size, uint32_t *place)
{
    if (size > ARENA)
        return NULL;
    if (size > index->left) {
        char *arena = index->arena_count < ARENAS ? memory_take_room(index->memory, ARENA) : NULL;
        if (!arena)
            return NULL;
        index->arenas[index->arena_count++] = arena;
        index->left = ARENA;
    }
    size_t at = ARENA - index->left;
    index->left -= size;
    *place = (uint32_t)((index->arena_count - 1) * ARENA + at);
    return index->arenas[index->arena_count - 1] + at;
}

/* ---- programs and forms ---- */

static uint32_t program_of(struct link_index *index, int64_t id)
{
    struct text name = {(const char *)&id, sizeof id};
    uint32_t number = find(index, &index->program_ids, program_name, name);
    if (number != NOBODY)
        return number;
    if (!widen(index, &index->program_ids, program_name, index->program_count) ||
        !lengthen(index, (void *)&index->programs, index->program_count, &index->program_room,
                  sizeof *index->programs))
        return NOBODY;
    pthread_rwlock_wrlock(&index->lock);
    number = (uint32_t)index->program_count++;
    index->programs[number] = (struct program){.id = id};
    enter(index, &index->program_ids, program_name, number);
    pthread_rwlock_unlock(&index->lock);
    return number;
}

bool link_index_program(struct link_index *index, int64_t program, struct text hosts, bool counts,
                        struct instant until)
{
    pthread_mutex_lock(&index->changing);
    uint32_t number = program_of(index, program);
    char *kept = NULL;
    uint32_t place;
    struct text old = {"", 0};
    if (number != NOBODY)
        old = index->programs[number].hosts;
    bool same = number != NOBODY && text_equal(old, hosts);
    if (number != NOBODY && !same && (kept = keep(index, hosts.size, &place)) != NULL)
        memcpy(kept, hosts.data, hosts.size);
    if (same || kept) {
        struct text now = same ? old : (struct text){kept, hosts.size};
        pthread_rwlock_wrlock(&index->lock);
        index->programs[number] = (struct program){program, now, until, counts};
        pthread_rwlock_unlock(&index->lock);
    }
    pthread_mutex_unlock(&index->changing);
    return same || kept;
}

/* An address in three: what others begin with, to the last "/" before its query; its own; its query and
 * fragment, with which others end. */
static void split(struct text target, struct text parts[3])
{
    size_t path = 0;
    size_t cut = 0;
    while (path < target.size && target.data[path] != '?' && target.data[path] != '#')
        path++;
    for (size_t i = 0; i < path; i++)
        cut = target.data[i] == '/' ? i + 1 : cut;
    parts[0] = (struct text){target.data, cut};
    parts[1] = (struct text){target.data + cut, path - cut};
    parts[2] = (struct text){target.data + path, target.size - path};
}

static uint32_t form_of(struct link_index *index, uint32_t program, struct text beginning,
                        struct text ending)
{
    char written[sizeof program + sizeof(uint16_t) + LANDING_MOST];
    uint16_t size = (uint16_t)beginning.size;
    uint32_t place;
    char *name = written;
    memcpy(name, &program, sizeof program);
    memcpy(name += sizeof program, &size, sizeof size);
    memcpy(name += sizeof size, beginning.data, beginning.size);
    memcpy(name += beginning.size, ending.data, ending.size);
    struct text whole = {written, (size_t)(name - written) + ending.size};
    uint32_t number = find(index, &index->form_names, form_name, whole);
    if (number != NOBODY)
        return number;
    if (!widen(index, &index->form_names, form_name, index->form_count) ||
        !lengthen(index, (void *)&index->forms, index->form_count, &index->form_room,
                  sizeof *index->forms) ||
        !(name = keep(index, whole.size, &place)))
        return NOBODY;
    memcpy(name, written, whole.size);
    const char *text = name + sizeof program + sizeof size;
    pthread_rwlock_wrlock(&index->lock);
    number = (uint32_t)index->form_count++;
    index->forms[number] = (struct form){.name = {name, whole.size},
                                         .beginning = {text, beginning.size},
                                         .ending = {text + beginning.size, ending.size}};
    enter(index, &index->form_names, form_name, number);
    pthread_rwlock_unlock(&index->lock);
    return number;
}

/* ---- links ---- */

static bool keep_text(struct link_index *index, struct text code, struct text middle,
                      uint32_t *place)
{
    uint16_t size = (uint16_t)middle.size;
    char *kept = keep(index, HEAD + code.size + middle.size, place);
    if (!kept)
        return false;
    kept[0] = (char)code.size;
    memcpy(kept + 1, &size, sizeof size);
    memcpy(kept + HEAD, code.data, code.size);
    memcpy(kept + HEAD + code.size, middle.data ? middle.data : "", middle.size);
    return true;
}

/* A place for one more. */
static bool make_room(struct link_index *index)
{
    struct entry **chunk = &index->chunks[index->count / CHUNK];
    if (index->count / CHUNK >= CHUNKS || !widen(index, &index->codes, code_name, index->count))
        return false;
    if (!*chunk)
        *chunk = memory_take_array(index->memory, CHUNK, sizeof **chunk);
    return *chunk;
}

static bool put(struct link_index *index, const struct link_put *put)
{
    struct text parts[3];
    struct text code = {put->code.text, put->code.size};
    uint32_t number = find(index, &index->codes, code_name, code);
    bool fresh = number == NOBODY;
    struct entry entry = {.link = put->link};
    split(put->target, parts);
    uint32_t program = program_of(index, put->program);
    uint32_t form = program == NOBODY ? NOBODY : form_of(index, program, parts[0], parts[2]);
    if (form == NOBODY || (fresh && !make_room(index)))
        return false;
    if (!fresh && text_equal(middle_of(index, entry_at(index, number)), parts[1]))
        entry.text = entry_at(index, number)->text;
    else if (!keep_text(index, code, parts[1], &entry.text))
        return false;
    entry.form = form & 0x7fffffff;
    entry.counts = put->counts;
    pthread_rwlock_wrlock(&index->lock);
    if (fresh)
        number = (uint32_t)index->count++;
    index->chunks[number / CHUNK][number % CHUNK] = entry;
    if (fresh)
        enter(index, &index->codes, code_name, number);
    pthread_rwlock_unlock(&index->lock);
    return true;
}

bool link_index_put(struct link_index *index, const struct link_put *link)
{
    if (link->target.size > LANDING_MOST || link->code.size > CODE_MOST)
        return false;
    pthread_mutex_lock(&index->changing);
    bool fine = put(index, link);
    pthread_mutex_unlock(&index->changing);
    return fine;
}

bool link_index_find(struct link_index *index, const struct code *code, struct instant now,
                     struct link_found *out)
{
    pthread_rwlock_rdlock(&index->lock);
    uint32_t number = find(index, &index->codes, code_name, (struct text){code->text, code->size});
    if (number != NOBODY) {
        const struct entry *entry = entry_at(index, number);
        const struct form *form = &index->forms[entry->form];
        uint32_t at;
        memcpy(&at, form->name.data, sizeof at);
        const struct program *program = &index->programs[at];
        *out = (struct link_found){
            .link = entry->link,
            .program = program->id,
            .address = {form->beginning, middle_of(index, entry), form->ending},
            .hosts = program->hosts,
            .counts = entry->counts && program->counts &&
                      (program->until.ms == 0 || now.ms < program->until.ms),
        };
    }
    pthread_rwlock_unlock(&index->lock);
    return number != NOBODY;
}

size_t link_index_count(struct link_index *index)
{
    pthread_rwlock_rdlock(&index->lock);
    size_t count = index->count;
    pthread_rwlock_unlock(&index->lock);
    return count;
}
