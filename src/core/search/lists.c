/*
 * Builds the lists and walks them.
 *
 * A thing is known by its place among all ids, so that a list needs four bytes for each. While they
 * are built, the tokens of all things stand one after another in a draft of their own, which is given
 * back. Read next: live.c.
 */
#include "core/search/lists.h"

#include <string.h>

#include "base/memory.h"

#define BUCKETS  65536
#define CHUNK    16384
#define LAST     UINT32_C(0x80000000) /* marks a thing's last token in the draft */
#define NOWHERE  UINT32_MAX
#define BITS_PER 64

/* One token's things. */
struct list {
    struct list *next; /* in its bucket */
    struct text word;
    uint32_t number; /* among all tokens */
    uint32_t count;  /* how many things have it */
    uint32_t *array; /* their places, rising; or */
    uint64_t *bits;  /* a bit for each thing */
};

struct chunk {
    struct chunk *next;
    size_t used;
    uint32_t items[CHUNK];
};

struct id_chunk {
    struct id_chunk *next;
    size_t used;
    int64_t items[CHUNK];
};

struct search_lists {
    struct memory *memory;
    struct memory *draft; /* NULL when ready */
    struct list **buckets;
    uint32_t tokens;
    struct chunk *first, *last;
    struct id_chunk *first_ids, *last_ids;
    uint32_t count;   /* things */
    int64_t *ids;     /* of all things, rising */
    uint64_t *hidden; /* a bit for each thing */
};

struct search_lists *search_lists_begin(size_t limit)
{
    struct memory *memory = memory_create(limit);
    struct search_lists *lists = memory ? memory_take(memory, sizeof *lists) : NULL;
    if (lists) {
        lists->memory = memory;
        lists->draft = memory_create(limit);
        lists->buckets = memory_take_array(memory, BUCKETS, sizeof(struct list *));
    }
    if (lists && lists->draft && lists->buckets)
        return lists;
    if (lists)
        memory_end(lists->draft);
    memory_end(memory);
    return NULL;
}

void search_lists_end(struct search_lists *lists)
{
    if (!lists)
        return;
    memory_end(lists->draft);
    memory_end(lists->memory);
}

size_t search_lists_count(const struct search_lists *lists)
{
    return lists->count;
}

/* ---- building --------------------------------------------------------------------------------- */

static size_t bucket_of(struct text word)
{
    uint32_t hash = 2166136261; /* FNV-1a */
    for (size_t i = 0; i < word.size; i++)
        hash = (hash ^ (unsigned char)word.data[i]) * 16777619;
    return (hash ^ hash >> 16) % BUCKETS;
}

static struct list *find_list(const struct search_lists *lists, struct text word)
{
    struct list *list = lists->buckets[bucket_of(word)];
    while (list && !text_equal(list->word, word))
        list = list->next;
    return list;
}

static struct list *need_list(struct search_lists *lists, struct text word)
{
    struct list *list = find_list(lists, word);
    if (list)
        return list;
    list = memory_take(lists->memory, sizeof *list);
    struct text kept = list ? text_copy(lists->memory, word) : (struct text){NULL, 0};
    if (!kept.data)
        return NULL;
    size_t bucket = bucket_of(word);
    *list = (struct list){.next = lists->buckets[bucket], .word = kept, .number = lists->tokens++};
    lists->buckets[bucket] = list;
    return list;
}

static bool draft_token(struct search_lists *lists, uint32_t number)
{
    struct chunk *chunk = lists->last;
    if (!chunk || chunk->used == CHUNK) {
        chunk = memory_take(lists->draft, sizeof *chunk);
        if (!chunk)
            return false;
        if (lists->last)
            lists->last->next = chunk;
        else
            lists->first = chunk;
        lists->last = chunk;
    }
    chunk->items[chunk->used++] = number;
    return true;
}

static bool draft_id(struct search_lists *lists, int64_t id)
{
    struct id_chunk *chunk = lists->last_ids;
    if (!chunk || chunk->used == CHUNK) {
        chunk = memory_take(lists->draft, sizeof *chunk);
        if (!chunk)
            return false;
        if (lists->last_ids)
            lists->last_ids->next = chunk;
        else
            lists->first_ids = chunk;
        lists->last_ids = chunk;
    }
    chunk->items[chunk->used++] = id;
    return true;
}

bool search_lists_add(struct search_lists *lists, int64_t id, struct text tokens)
{
    struct text word;
    bool any = false;
    while (text_split(&tokens, ' ', &word)) {
        if (text_empty(word))
            continue;
        struct list *list = need_list(lists, word);
        if (!list || !draft_token(lists, list->number))
            return false;
        list->count++;
        any = true;
    }
    if (!any)
        return true;
    lists->last->items[lists->last->used - 1] |= LAST;
    lists->count++;
    return draft_id(lists, id);
}

static uint32_t words_of_bits(uint32_t count)
{
    return (count + BITS_PER - 1) / BITS_PER;
}

/* Room for each list, as bits where that is smaller. Counts start anew, for filling. */
static bool make_room(struct search_lists *lists, struct list **by_number)
{
    for (size_t bucket = 0; bucket < BUCKETS; bucket++) {
        for (struct list *list = lists->buckets[bucket]; list; list = list->next) {
            by_number[list->number] = list;
            if (list->count > lists->count / 32)
                list->bits = memory_take_array(lists->memory, words_of_bits(lists->count),
                                               sizeof *list->bits);
            else
                list->array = memory_take_array(lists->memory, list->count, sizeof *list->array);
            if (!list->bits && !list->array)
                return false;
            list->count = 0;
        }
    }
    return true;
}

/* A token that a thing has twice is counted once. */
static void fill_one(struct list *list, uint32_t place)
{
    if (list->bits) {
        uint64_t bit = UINT64_C(1) << (place % BITS_PER);
        list->count += (list->bits[place / BITS_PER] & bit) == 0;
        list->bits[place / BITS_PER] |= bit;
    } else if (list->count == 0 || list->array[list->count - 1] != place) {
        list->array[list->count++] = place;
    }
}

static void fill(const struct search_lists *lists, struct list **by_number)
{
    uint32_t place = 0;
    for (const struct chunk *chunk = lists->first; chunk; chunk = chunk->next) {
        for (size_t i = 0; i < chunk->used; i++) {
            fill_one(by_number[chunk->items[i] & ~LAST], place);
            place += (chunk->items[i] & LAST) != 0;
        }
    }
}

bool search_lists_ready(struct search_lists *lists)
{
    struct list **by_number = memory_take_array(lists->draft, lists->tokens, sizeof(struct list *));
    lists->ids = memory_take_array(lists->memory, lists->count, sizeof *lists->ids);
    lists->hidden =
        memory_take_array(lists->memory, words_of_bits(lists->count), sizeof *lists->hidden);
    if (!by_number || !lists->ids || !lists->hidden || !make_room(lists, by_number))
        return false;
    fill(lists, by_number);
    size_t at = 0;
    for (const struct id_chunk *chunk = lists->first_ids; chunk; chunk = chunk->next) {
        memcpy(&lists->ids[at], chunk->items, chunk->used * sizeof *lists->ids);
        at += chunk->used;
    }
    memory_end(lists->draft);
    lists->draft = NULL;
    return true;
}

/* ---- finding ---------------------------------------------------------------------------------- */

/* How many ids are below one. */
static uint32_t places_below(const struct search_lists *lists, int64_t id)
{
    uint32_t low = 0;
    uint32_t high = lists->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lists->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void search_lists_hide(struct search_lists *lists, int64_t id)
{
    uint32_t place = places_below(lists, id);
    if (place < lists->count && lists->ids[place] == id)
        lists->hidden[place / BITS_PER] |= UINT64_C(1) << (place % BITS_PER);
}

static bool has_bit(const uint64_t *bits, uint32_t place)
{
    return bits[place / BITS_PER] >> (place % BITS_PER) & 1;
}

/* A list on the way from its newest thing to its oldest. */
struct walk {
    const struct list *list;
    uint32_t end; /* of the array's part that was not passed yet */
};

/* Passes what is at or above `place`: by doubled steps, then by halves (Bentley and Yao 1976). */
static void pass(struct walk *walk, uint32_t place)
{
    const uint32_t *array = walk->list->array;
    uint32_t step = 1;
    uint32_t high = walk->end;
    while (high > 0 && array[high - 1] >= place) {
        walk->end = high - 1;
        high = high > step ? high - step : 0;
        step *= 2;
    }
    while (high < walk->end) {
        uint32_t middle = high + (walk->end - high) / 2;
        if (array[middle] < place)
            high = middle + 1;
        else
            walk->end = middle;
    }
}

static uint32_t step_below(struct walk *walk, uint32_t place)
{
    pass(walk, place);
    return walk->end ? walk->list->array[walk->end - 1] : NOWHERE;
}

static bool has(struct walk *walk, uint32_t place)
{
    if (walk->list->bits)
        return has_bit(walk->list->bits, place);
    pass(walk, place + 1);
    return walk->end > 0 && walk->list->array[walk->end - 1] == place;
}

/* A search on its way. */
struct search {
    struct walk walks[SEARCH_GROUPS_MAX][SEARCH_ANY_MAX];
    size_t counts[SEARCH_GROUPS_MAX]; /* of walks in a group */
    bool bits[SEARCH_GROUPS_MAX];     /* all of them are: the group is looked at by whole words */
    size_t groups;
    struct walk *leader; /* the shortest list that every hit is in; NULL: look at all things */
};

/* False when some group has nothing at all. */
static bool begin(const struct search_lists *lists, const struct search_wanted *wanted,
                  struct search *search)
{
    search->groups = wanted->count;
    search->leader = NULL;
    for (size_t g = 0; g < wanted->count; g++) {
        search->counts[g] = 0;
        search->bits[g] = true;
        for (size_t i = 0; i < wanted->groups[g].count; i++) {
            const struct list *list = find_list(lists, wanted->groups[g].words[i]);
            if (!list)
                continue;
            search->walks[g][search->counts[g]++] = (struct walk){list, list->count};
            search->bits[g] = search->bits[g] && list->bits;
        }
        struct walk *only = search->walks[g];
        if (search->counts[g] == 0)
            return false;
        if (search->counts[g] == 1 &&
            (!search->leader || only->list->count < search->leader->list->count))
            search->leader = only;
    }
    return search->groups > 0;
}

/* Do the groups have this place? Those of bits are asked only when `bits`. */
static bool fits(struct search *search, uint32_t place, bool bits)
{
    for (size_t g = 0; g < search->groups; g++) {
        bool any = search->walks[g] == search->leader || (search->bits[g] && !bits);
        for (size_t i = 0; !any && i < search->counts[g]; i++)
            any = has(&search->walks[g][i], place);
        if (!any)
            return false;
    }
    return true;
}

/* The leader is short: each of its places is looked up in the other groups. */
static size_t find_along(const struct search_lists *lists, struct search *search, uint32_t place,
                         size_t most, int64_t *out)
{
    size_t found = 0;
    while (found < most && (place = step_below(search->leader, place)) != NOWHERE) {
        if (!has_bit(lists->hidden, place) && fits(search, place, true))
            out[found++] = lists->ids[place];
    }
    return found;
}

/* Of 64 places those that are not hidden and that each group of bits has. */
static uint64_t agreed(const struct search_lists *lists, const struct search *search, uint32_t word)
{
    uint64_t all = ~lists->hidden[word];
    for (size_t g = 0; g < search->groups; g++) {
        uint64_t any = 0;
        for (size_t i = 0; search->bits[g] && i < search->counts[g]; i++)
            any |= search->walks[g][i].list->bits[word];
        all &= search->bits[g] ? any : UINT64_MAX;
    }
    return all;
}

/* All lists are long: 64 places are looked at at once. */
static size_t find_across(const struct search_lists *lists, struct search *search, uint32_t place,
                          size_t most, int64_t *out)
{
    size_t found = 0;
    while (found < most && place > 0) {
        uint32_t word = (place - 1) / BITS_PER;
        uint64_t rest = agreed(lists, search, word);
        rest &= UINT64_MAX >> (BITS_PER - 1 - (place - 1) % BITS_PER);
        place = word * BITS_PER;
        while (found < most && rest) {
            uint32_t bit = (uint32_t)(BITS_PER - 1 - __builtin_clzll(rest));
            rest ^= UINT64_C(1) << bit;
            if (fits(search, place + bit, false))
                out[found++] = lists->ids[place + bit];
        }
    }
    return found;
}

size_t search_lists_find(const struct search_lists *lists, const struct search_wanted *wanted,
                         int64_t before, size_t most, int64_t *out)
{
    struct search search;
    if (!begin(lists, wanted, &search))
        return 0;
    uint32_t place = places_below(lists, before);
    if (search.leader && !search.leader->list->bits)
        return find_along(lists, &search, place, most, out);
    return find_across(lists, &search, place, most, out);
}

static bool has_word(struct text tokens, struct text wanted)
{
    struct text word;
    while (text_split(&tokens, ' ', &word)) {
        if (text_equal(word, wanted))
            return true;
    }
    return false;
}

bool search_wanted_by(const struct search_wanted *wanted, struct text tokens)
{
    for (size_t g = 0; g < wanted->count; g++) {
        bool any = false;
        for (size_t i = 0; !any && i < wanted->groups[g].count; i++)
            any = has_word(tokens, wanted->groups[g].words[i]);
        if (!any)
            return false;
    }
    return wanted->count > 0;
}
