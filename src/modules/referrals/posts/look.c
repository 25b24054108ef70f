/*
 * Looking for a way back and for a word of disclosure.
 *
 * Words are compared folded, since they stand in headings in capitals and lose accents there. Codes are compared as
 * they are shown: many are names, and a page by Ines says Ines somewhere. Must not know: how the page came.
 * Read next: look_test.c.
 */
#include "modules/referrals/posts/look.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "core/outside/address.h"
#include "modules/referrals/code.h"

/* ---- a way back ------------------------------------------------------------------------------- */

static bool is_code(const struct post_wanted *wanted, struct text typed)
{
    struct code code, own;
    if (!referrals_fold_code(typed, &code))
        return false;
    for (size_t i = 0; i < wanted->code_count; i++) {
        if (referrals_fold_code(wanted->codes[i], &own) && strcmp(code.text, own.text) == 0)
            return true;
    }
    return false;
}

/* "https://site.example/r/CODE?to=/trains" */
static bool leads_back(struct memory *memory, const struct post_wanted *wanted, struct text link)
{
    struct text plain;
    size_t from = wanted->site.size + 3, end = from;
    if (!outside_address_plain(memory, link, &plain) || plain.size <= from ||
        memcmp(plain.data, wanted->site.data, wanted->site.size) != 0 ||
        memcmp(plain.data + wanted->site.size, "/r/", 3) != 0)
        return false;
    while (end < plain.size && !strchr("?/&", plain.data[end]))
        end++;
    return is_code(wanted, (struct text){plain.data + from, end - from});
}

static bool in_code(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static bool says_code(const struct post_wanted *wanted, struct text words)
{
    for (size_t at = 0; at < words.size; at++) {
        size_t from = at;
        while (at < words.size && in_code(words.data[at]))
            at++;
        for (size_t i = 0; at > from && i < wanted->code_count; i++) {
            if (text_equal((struct text){words.data + from, at - from}, wanted->codes[i]))
                return true;
        }
    }
    return false;
}

/* ---- disclosure ------------------------------------------------------------------------------- */

struct folded {
    UChar *units;
    int32_t size; /* -1: no memory */
};

/* Case, width and accents folded (NFKC_Casefold, UAX #15, then without combining marks). */
static struct folded fold(struct memory *memory, struct text words)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t room = (int32_t)words.size + 16, wide_size = 0;
    struct folded out = {memory_take(memory, (size_t)room * 4 * sizeof(UChar)), -1};
    UChar *wide = memory_take(memory, (size_t)room * 4 * sizeof(UChar));
    if (!out.units || !wide)
        return out;
    const UNormalizer2 *folder = unorm2_getNFKCCasefoldInstance(&error);
    const UNormalizer2 *parter = unorm2_getNFDInstance(&error);
    u_strFromUTF8(out.units, room * 4, &wide_size, words.data, (int32_t)words.size, &error);
    wide_size = unorm2_normalize(folder, out.units, wide_size, wide, room * 4, &error);
    wide_size = unorm2_normalize(parter, wide, wide_size, out.units, room * 4, &error);
    if (U_FAILURE(error))
        return out;
    out.size = 0;
    for (int32_t i = 0; i < wide_size; i++) {
        if (u_charType(out.units[i]) != U_NON_SPACING_MARK)
            out.units[out.size++] = out.units[i];
    }
    return out;
}

/* Ideographs have no blanks between words. */
static bool joins(UChar unit)
{
    return u_isalnum(unit) && unit < 0x2E80;
}

static bool contains(const struct folded *page, const struct folded *word)
{
    const UChar *end = page->units + page->size;
    for (const UChar *at = page->units; at < end; at++) {
        at = u_strFindFirst(at, (int32_t)(end - at), word->units, word->size);
        if (!at)
            return false;
        const UChar *after = at + word->size;
        bool before_fine = at == page->units || !joins(at[-1]) || !joins(word->units[0]);
        bool after_fine = after == end || !joins(*after) || !joins(after[-1]);
        if (before_fine && after_fine)
            return true;
    }
    return false;
}

static const struct problem *discloses(struct memory *memory, const struct post_wanted *wanted,
                                       struct text words, bool *out)
{
    struct folded page = fold(memory, words);
    *out = false;
    for (size_t i = 0; page.size >= 0 && !*out && i < wanted->words.count; i++) {
        struct folded word = fold(memory, text_trim(wanted->words.items[i]));
        if (word.size < 0)
            return &out_of_memory;
        *out = word.size > 0 && contains(&page, &word);
    }
    return page.size < 0 ? &out_of_memory : NULL;
}

/* ---- both ------------------------------------------------------------------------------------- */

const struct problem *post_look(struct memory *memory, const struct outside_html *page,
                                const struct post_wanted *wanted, enum post_found *found)
{
    bool back = says_code(wanted, page->words), disclosed = false;
    for (size_t i = 0; !back && i < page->link_count; i++)
        back = leads_back(memory, wanted, page->links[i]);
    const struct problem *problem = discloses(memory, wanted, page->words, &disclosed);
    if (back)
        *found = disclosed ? POST_ALL : POST_NO_DISCLOSURE;
    else
        *found = disclosed ? POST_NO_LINK : POST_NEITHER;
    return problem;
}

static enum post_found of_status(int64_t status)
{
    if (status == 404 || status == 410)
        return POST_MISSING;
    if (status >= 500 || status == 408 || status == 429)
        return POST_FAILING;
    return POST_FORBIDDEN;
}

static enum post_found of_outcome(enum outside_outcome outcome)
{
    switch (outcome) {
    case OUTSIDE_NO_NAME:
        return POST_NO_NAME;
    case OUTSIDE_INSIDE:
        return POST_INSIDE;
    case OUTSIDE_UNSAFE:
        return POST_UNSAFE;
    case OUTSIDE_SLOW:
        return POST_SLOW;
    case OUTSIDE_ANSWERED:
    case OUTSIDE_UNREACHED:
    case OUTSIDE_BROKEN:
        break;
    }
    return POST_UNREACHED;
}

enum post_found post_fetched(const struct outside_page *page)
{
    switch (page->found) {
    case OUTSIDE_PAGE:
        return POST_ALL;
    case OUTSIDE_STATUS:
        return of_status(page->status);
    case OUTSIDE_NO_PAGE:
        return POST_NO_PAGE;
    case OUTSIDE_TOO_LARGE:
        return POST_TOO_LARGE;
    case OUTSIDE_WANDERS:
        return POST_WANDERS;
    case OUTSIDE_NO_WAY:
        return POST_INSIDE;
    case OUTSIDE_NOTHING:
        break;
    }
    return of_outcome(page->outcome);
}

bool post_may_pass(enum post_found found)
{
    return found == POST_FAILING || found == POST_NO_NAME || found == POST_UNREACHED ||
           found == POST_UNSAFE || found == POST_SLOW;
}
