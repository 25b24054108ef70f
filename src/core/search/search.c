/*
 * Puts things into the index and finds them; forgives a typo.
 *
 * Searches are answered from lists in memory (live.c); the engine's own index answers while
 * they are built. Must not know: what the things are. Read next: core/search/tokens.c, live.c.
 */
#include "core/search/search.h"

#include <string.h>

#include "core/event.h"
#include "core/search/live.h"
#include "core/search/queries.h"
#include "core/search/rows.h"
#include "core/search/words.h"

enum { QUERY_WORDS = 12, LETTERS = 48 };

/* Adds or takes one use of each word people may type; facets begin with an underscore. */
static const struct problem *count_words(struct database *db, struct memory *memory,
                                         struct text tokens, bool add)
{
    struct text word;
    const struct problem *problem = NULL;
    while (!problem && text_split(&tokens, ' ', &word)) {
        if (text_empty(word) || word.data[0] == '_')
            continue;
        problem = add ? search_word_add(db, memory, word) : search_word_take(db, memory, word);
    }
    return problem;
}

/* The lists in memory follow by this event. */
static const struct problem *tell(struct database *db, struct memory *memory, int64_t subject)
{
    return event_emit(db, memory, SEARCH_CHANGED, subject, (struct party_id){0}, text_of(""),
                      clock_now());
}

const struct problem *search_put(struct database *db, struct memory *memory, int64_t subject,
                                 struct text tokens)
{
    struct search_text_row before;
    const struct problem *problem = search_text_find(db, memory, subject, &before);
    if (problem && problem != &not_found)
        return problem;
    bool known = !problem;
    if (known && text_equal(before.tokens, tokens))
        return NULL;
    problem = NULL;
    if (known) {
        problem = search_index_drop(db, memory, subject, before.tokens);
        if (!problem)
            problem = count_words(db, memory, before.tokens, false);
        if (!problem)
            problem = search_text_drop(db, memory, subject);
    }
    if (problem)
        return problem;
    if (text_empty(tokens))
        return known ? tell(db, memory, subject) : NULL;
    problem = search_text_put(db, memory, subject, tokens);
    if (!problem)
        problem = search_index_put(db, memory, subject, tokens);
    if (!problem)
        problem = count_words(db, memory, tokens, true);
    return problem ? problem : tell(db, memory, subject);
}

const struct problem *search_moved(struct database *db, struct memory *memory)
{
    return search_index_fill(db, memory);
}

/* Code points of a word, at most LETTERS. */
static int letters_of(struct text word, uint32_t *out)
{
    int count = 0;
    for (size_t i = 0; i < word.size && count < LETTERS; count++) {
        unsigned char lead = (unsigned char)word.data[i];
        int more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        uint32_t c = more == 0 ? lead : (uint32_t)(lead & (0x3f >> more));
        for (i++; more > 0 && i < word.size; more--, i++)
            c = c << 6 | ((unsigned char)word.data[i] & 0x3f);
        out[count] = c;
    }
    return count;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

int search_distance(struct text a, struct text b, int most)
{
    uint32_t x[LETTERS];
    uint32_t y[LETTERS];
    int n = letters_of(a, x);
    int m = letters_of(b, y);
    if (n - m > most || m - n > most)
        return most + 1;
    int rows[3][LETTERS + 1]; /* of the matrix: two before, before, this one */
    for (int j = 0; j <= m; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *now = rows[i % 3];
        const int *last = rows[(i + 2) % 3];
        const int *before = rows[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= m; j++) {
            int change = last[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
            now[j] = least(change, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return least(rows[n % 3][m], most + 1);
}

/* The most used known word near a mistyped one, among those with the same first letter. */
static const struct problem *nearest(struct database *db, struct memory *memory, struct text word,
                                     struct text *out)
{
    uint32_t letters[LETTERS];
    int count = letters_of(word, letters);
    *out = word;
    if (count < 4)
        return NULL;
    size_t lead = 1;
    while (lead < word.size && ((unsigned char)word.data[lead] & 0xc0) == 0x80)
        lead++;
    struct text from = {word.data, lead};
    struct text to = text_format(memory, "%.*s\xf4\x8f\xbf\xbf", TEXT_ARGS(from));
    struct search_word_row_list near;
    const struct problem *problem =
        to.data ? search_words_near(db, memory, from, to, &near) : &out_of_memory;
    int most = count >= 8 ? 2 : 1;
    for (size_t i = 0; !problem && i < near.count; i++) {
        int distance = search_distance(word, near.items[i].word, most);
        if (distance > most)
            continue;
        *out = near.items[i].word;
        most = distance - 1; /* a later word must be nearer, since it is less used */
    }
    return problem;
}

/* Each word that nothing has is replaced by the nearest that something has. */
static const struct problem *forgive(struct database *db, struct memory *memory,
                                     struct search_words *words, bool *changed)
{
    *changed = false;
    for (size_t i = 0; i < words->count && i < QUERY_WORDS; i++) {
        struct search_word_row known;
        const struct problem *problem = search_word_find(db, memory, words->items[i], &known);
        if (!problem)
            continue;
        struct text better;
        if (problem == &not_found)
            problem = nearest(db, memory, words->items[i], &better);
        if (problem)
            return problem;
        *changed = *changed || !text_equal(better, words->items[i]);
        words->items[i] = better;
    }
    return NULL;
}

/* Each word is a group of its own, so is each facet with what may stand in its place. False when
 * there are more than the lists take. */
static bool groups_of(const struct search_words *words, struct text facets,
                      struct search_wanted *out)
{
    out->count = 0;
    for (size_t i = 0; i < words->count && i < QUERY_WORDS; i++)
        out->groups[out->count++] = (struct search_group){{words->items[i]}, 1};
    struct text facet;
    while (text_split(&facets, ' ', &facet)) {
        if (text_empty(facet))
            continue;
        if (out->count == SEARCH_GROUPS_MAX)
            return false;
        struct search_group *group = &out->groups[out->count++];
        group->count = 0;
        for (struct text one; text_split(&facet, '|', &one);) {
            if (group->count == SEARCH_ANY_MAX)
                return false;
            group->words[group->count++] = one;
        }
    }
    return true;
}

/* `("harbour") AND ("_shape_wide" OR "_shape_square")`, or the same for tsquery. */
static const struct problem *wanted_text(struct memory *memory, const struct search_wanted *groups,
                                         bool postgresql, struct text *out)
{
    const char *both = postgresql ? " & " : " AND ";
    const char *either = postgresql ? " | " : " OR ";
    char quote = postgresql ? '\'' : '"';
    struct builder wanted = builder_make(memory, 8 << 10);
    for (size_t g = 0; g < groups->count; g++) {
        builder_add_c(&wanted, g ? both : "");
        builder_add_char(&wanted, '(');
        for (size_t i = 0; i < groups->groups[g].count; i++)
            builder_add_format(&wanted, "%s%c%.*s%c", i ? either : "", quote,
                               TEXT_ARGS(groups->groups[g].words[i]), quote);
        builder_add_char(&wanted, ')');
    }
    return builder_end(&wanted, out);
}

static const struct problem *match(struct database *db, struct memory *memory,
                                   const struct search_words *words, struct text facets,
                                   int64_t before, int64_t most, struct search_hit_list *hits)
{
    struct search_wanted *groups = memory_take(memory, sizeof *groups);
    struct text wanted;
    bool done = false;
    if (!groups)
        return &out_of_memory;
    if (!groups_of(words, facets, groups))
        return &too_large;
    if (groups->count == 0)
        return NULL;
    before = before ? before : INT64_MAX;
    const struct problem *problem = NULL;
    /* PostgreSQL shows a follower an event only when all older transactions have ended, which a long
     * report can put off for an hour: there its own index, always up to date, answers. */
    if (!database_is_postgresql(db))
        problem = search_live_find(db, memory, groups, before, most, hits, &done);
    if (problem || done)
        return problem;
    problem = wanted_text(memory, groups, database_is_postgresql(db), &wanted);
    return problem ? problem : search_match(db, memory, wanted, before, most, hits);
}

const struct problem *search_find(struct database *db, struct memory *memory, struct text query,
                                  struct text facets, int64_t before, int64_t most,
                                  struct search_result *out)
{
    struct search_words words;
    *out = (struct search_result){0};
    const struct problem *problem = search_split(memory, query, &words);
    if (!problem)
        problem = match(db, memory, &words, facets, before, most, &out->hits);
    if (problem || out->hits.count || words.count == 0)
        return problem;
    bool changed;
    problem = forgive(db, memory, &words, &changed);
    if (problem || !changed)
        return problem;
    problem = match(db, memory, &words, facets, before, most, &out->hits);
    if (problem || out->hits.count == 0)
        return problem;
    struct builder corrected = builder_make(memory, 2 << 10);
    for (size_t i = 0; i < words.count && i < QUERY_WORDS; i++) {
        builder_add_c(&corrected, i ? " " : "");
        builder_add(&corrected, words.items[i]);
    }
    return builder_end(&corrected, &out->corrected);
}
