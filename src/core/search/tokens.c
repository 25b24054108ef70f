/*
 * Text becomes tokens: runs of letters, folding, pairs of ideographs. Pure.
 *
 * A word is a run of letters and digits; folding by NFKC_Casefold (UAX #15) with combining
 * marks dropped. Ideographs, kana and Thai have no blanks between words, so each run becomes its
 * overlapping pairs, and a run of one stays single. Must not know: the index.
 */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "core/search/search.h"
#include "core/search/words.h"

enum { UNITS = 8192 };

/* The code point at *at, and past it. ICU's own macro does not compile under -Wsign-conversion. */
static UChar32 next_of(const UChar *units, int32_t *at, int32_t size)
{
    uint32_t c = units[(*at)++];
    if ((c & 0xfc00) == 0xd800 && *at < size && (units[*at] & 0xfc00) == 0xdc00)
        c = 0x10000 + ((c & 0x3ff) << 10) + (units[(*at)++] & 0x3ffu);
    return (UChar32)c;
}

/* Scripts written without blanks between words. */
static bool runs_on(UChar32 c)
{
    UErrorCode error = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &error);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
           script == USCRIPT_THAI;
}

/* Folds case, width and accents: "Élan" and "ＥＬＡＮ" are "elan". Units of UTF-16, or -1. */
static int32_t fold(struct text words, UChar *out)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[UNITS];
    UChar apart[UNITS];
    int32_t size = 0;
    u_strFromUTF8(wide, UNITS, &size, words.data ? words.data : "", (int32_t)words.size, &error);
    const UNormalizer2 *folder = unorm2_getNFKCCasefoldInstance(&error);
    const UNormalizer2 *parter = unorm2_getNFDInstance(&error);
    size = unorm2_normalize(folder, wide, size, out, UNITS, &error);
    size = unorm2_normalize(parter, out, size, apart, UNITS, &error);
    if (U_FAILURE(error))
        return -1;
    int32_t kept = 0;
    for (int32_t i = 0; i < size;) {
        int32_t from = i;
        UChar32 c = next_of(apart, &i, size);
        /* Latin, Greek and Cyrillic lose their accents, but й stays another letter than и. */
        if (u_charType(c) == U_NON_SPACING_MARK &&
            !(c == 0x306 && from > 0 && apart[from - 1] == 0x438))
            continue;
        memcpy(&out[kept], &apart[from], (size_t)(i - from) * sizeof *out);
        kept += i - from;
    }
    return kept;
}

static void add_token(struct search_words *words, const UChar *units, int32_t size)
{
    char token[SEARCH_TOKEN_MAX];
    int32_t bytes = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8(token, sizeof token, &bytes, units, size, &error);
    if (U_FAILURE(error) || bytes == 0 || bytes >= (int32_t)sizeof token ||
        words->count == SEARCH_WORDS_MAX)
        return;
    struct text text = {token, (size_t)bytes};
    for (size_t i = 0; i < words->count; i++) {
        if (text_equal(words->items[i], text))
            return;
    }
    text = text_copy(words->memory, text);
    if (text.data)
        words->items[words->count++] = text;
    else
        words->failed = true;
}

/* A stretch without blanks between words becomes its pairs. */
static void add_pairs(struct search_words *words, const UChar *units, int32_t size)
{
    int32_t first = 0;
    int32_t second = 0;
    next_of(units, &second, size);
    if (second >= size) {
        add_token(words, units, size);
        return;
    }
    while (second < size) {
        int32_t end = second;
        next_of(units, &end, size);
        add_token(words, &units[first], end - first);
        first = second;
        second = end;
    }
}

/* Ends of the run that begins at `from`: same way of writing, letters and digits only. */
static int32_t run_end(const UChar *units, int32_t from, int32_t size, bool *pairs)
{
    int32_t at = from;
    *pairs = runs_on(next_of(units, &at, size));
    while (at < size) {
        int32_t next = at;
        UChar32 c = next_of(units, &next, size);
        if (!u_isalnum(c) || runs_on(c) != *pairs)
            break;
        at = next;
    }
    return at;
}

const struct problem *search_split(struct memory *memory, struct text text,
                                   struct search_words *out)
{
    UChar units[UNITS];
    *out = (struct search_words){.memory = memory};
    /* Longer texts are found by their beginning: four UTF-16 units never come from fewer bytes. */
    struct text head = {text.data, text.size < UNITS / 2 ? text.size : UNITS / 2};
    while (head.size < text.size && head.size > 0 &&
           ((unsigned char)text.data[head.size] & 0xc0) == 0x80)
        head.size--;
    int32_t size = fold(head, units);
    if (size < 0)
        return &our_fault;
    for (int32_t at = 0; at < size;) {
        int32_t next = at;
        if (!u_isalnum(next_of(units, &next, size))) {
            at = next;
            continue;
        }
        bool pairs;
        int32_t end = run_end(units, at, size, &pairs);
        if (pairs)
            add_pairs(out, &units[at], end - at);
        else
            add_token(out, &units[at], end - at);
        at = end;
    }
    return out->failed ? &out_of_memory : NULL;
}

const struct problem *search_tokens(struct memory *memory, struct text words, struct text facets,
                                    struct text *out)
{
    struct search_words split;
    const struct problem *problem = search_split(memory, words, &split);
    if (problem)
        return problem;
    struct builder tokens = builder_make(memory, 32 << 10);
    for (size_t i = 0; i < split.count; i++) {
        builder_add(&tokens, split.items[i]);
        builder_add_char(&tokens, ' ');
    }
    builder_add(&tokens, facets);
    return builder_end(&tokens, out);
}
