/*
 * Countries and languages as each language calls them, in the order in which it lists them.
 *
 * ICU is asked once at start for the codes and the names. Must not know: sentences, HTML.
 * Read next: words_parts.h.
 */
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "web/words_parts.h"

enum { PLACES = 300, PLACE_ROOM = 120, KINDS = PLACES_LANGUAGES + 1 };

struct named {
    char code[4];
    char name[PLACE_ROOM];
};

static struct named named[LANGUAGE_LIMIT][KINDS][PLACES];
static struct word_place places[LANGUAGE_LIMIT][KINDS][PLACES];
static size_t counts[KINDS];
static UCollator *order; /* while places are loaded */

/* ICU's list is ISO 3166-1 with XK and these, which ISO only keeps free. */
static bool is_country(const char *code)
{
    static const char *const kept_free[] = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA"};
    for (size_t i = 0; i < sizeof kept_free / sizeof kept_free[0]; i++) {
        if (strcmp(code, kept_free[i]) == 0) {
            return false;
        }
    }
    return true;
}

/* ISO 639-1 has two letters. */
static bool is_wanted(enum word_place_kind kind, const char *code)
{
    return strlen(code) == 2 && (kind == PLACES_LANGUAGES || is_country(code));
}

static int compare(const void *left, const void *right)
{
    const struct word_place *a = left, *b = right;
    UErrorCode error = U_ZERO_ERROR;
    return (int)ucol_strcollUTF8(order, a->name.data, (int32_t)a->name.size, b->name.data,
                                 (int32_t)b->name.size, &error);
}

static void name_one(const ULocaleDisplayNames *names, enum word_place_kind kind, const char *code,
                     struct named *out, UErrorCode *error)
{
    UChar wide[PLACE_ROOM];
    memcpy(out->code, code, 3);
    if (kind == PLACES_COUNTRIES) {
        uldn_regionDisplayName(names, code, wide, PLACE_ROOM, error);
    } else {
        uldn_languageDisplayName(names, code, wide, PLACE_ROOM, error);
    }
    u_strToUTF8(out->name, PLACE_ROOM, NULL, wide, -1, error);
}

static void read_kind(const ULocaleDisplayNames *names, enum language language,
                      enum word_place_kind kind, UErrorCode *error)
{
    const char *const *codes =
        kind == PLACES_COUNTRIES ? uloc_getISOCountries() : uloc_getISOLanguages();
    size_t count = 0;
    for (; *codes && count < PLACES && U_SUCCESS(*error); codes++) {
        struct named *one = &named[language][kind][count];
        if (is_wanted(kind, *codes)) {
            name_one(names, kind, *codes, one, error);
            places[language][kind][count++] =
                (struct word_place){text_of(one->code), text_of(one->name)};
        }
    }
    counts[kind] = count;
    qsort(places[language][kind], count, sizeof places[language][kind][0], compare);
}

static bool read_language(enum language language)
{
    UErrorCode error = U_ZERO_ERROR;
    UDisplayContext contexts[] = {UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU};
    const char *locale = language_locale(language);
    ULocaleDisplayNames *names = uldn_openForContext(locale, contexts, 1, &error);
    order = ucol_open(locale, &error);
    if (U_SUCCESS(error)) {
        read_kind(names, language, PLACES_COUNTRIES, &error);
        read_kind(names, language, PLACES_LANGUAGES, &error);
    }
    ucol_close(order);
    uldn_close(names);
    return U_SUCCESS(error) && counts[PLACES_COUNTRIES] > 0 && counts[PLACES_LANGUAGES] > 0;
}

const struct problem *places_load(struct text *complaint)
{
    for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
        if (!read_language(language)) {
            *complaint = (struct text)TEXT("ICU has no names of countries for a language");
            return &world_failed;
        }
    }
    return NULL;
}

struct word_place_list words_places(enum language language, enum word_place_kind kind)
{
    return (struct word_place_list){places[language][kind], counts[kind]};
}

/* Letters of ASCII in any case. */
static bool is_code(struct text code, struct text typed)
{
    if (code.size != typed.size) {
        return false;
    }
    for (size_t i = 0; i < code.size; i++) {
        char c = typed.data[i];
        if ((c | 0x20) != (code.data[i] | 0x20) || (c & 0x40) == 0) {
            return false;
        }
    }
    return true;
}

/* Case and accents make no difference. */
static const struct word_place *find_name(enum language language, enum word_place_kind kind,
                                          struct text typed)
{
    UErrorCode error = U_ZERO_ERROR;
    UCollator *same = ucol_open(language_locale(language), &error);
    const struct word_place *found = NULL;
    if (U_SUCCESS(error)) {
        ucol_setStrength(same, UCOL_PRIMARY);
    }
    for (size_t i = 0; i < counts[kind] && !found && U_SUCCESS(error); i++) {
        const struct word_place *place = &places[language][kind][i];
        if (ucol_strcollUTF8(same, place->name.data, (int32_t)place->name.size, typed.data,
                             (int32_t)typed.size, &error) == UCOL_EQUAL) {
            found = place;
        }
    }
    ucol_close(same);
    return found;
}

const struct word_place *words_place(enum language language, enum word_place_kind kind,
                                     struct text typed)
{
    for (size_t i = 0; i < counts[kind]; i++) {
        if (is_code(places[language][kind][i].code, typed)) {
            return &places[language][kind][i];
        }
    }
    return text_empty(typed) ? NULL : find_name(language, kind, typed);
}
