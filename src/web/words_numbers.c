/*
 * Numbers, money, percentages and plural categories as each language writes them.
 *
 * ICU (CLDR) says how: signs and groups are asked once at start, and the digits are written here, since
 * a formatter call costs more than the rest of a table row. A test compares both. Must not know:
 * sentences, HTML. Read next: words_moments.c.
 */
#include <string.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include "web/words_parts.h"

#define TRUE_MINUS     "\xE2\x88\x92" /* U+2212 */
#define NO_BREAK_SPACE "\xC2\xA0"     /* U+00A0 */

enum { SIGN_ROOM = 16, SMALL_NUMBERS = 1000, NUMBER_ROOM = 160 };

/* How one language writes numbers. */
struct number_signs {
    char point[SIGN_ROOM]; /* between whole and fraction */
    char group[SIGN_ROOM]; /* between thousands */
    int group_from;        /* digits a number has at least before groups begin, minus three */
    char percent_before[SIGN_ROOM]; /* "%" and blanks on either side of the number */
    char percent_after[SIGN_ROOM];
};

static struct number_signs signs[LANGUAGE_LIMIT];
static UPluralRules *plurals[LANGUAGE_LIMIT];
static uint8_t small_plurals[LANGUAGE_LIMIT][SMALL_NUMBERS];

static bool narrow(char out[SIGN_ROOM], const UChar *wide, int32_t size)
{
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF8(out, SIGN_ROOM - 1, NULL, wide, size, &error);
    return U_SUCCESS(error);
}

static bool read_signs(UNumberFormat *format, struct number_signs *out)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[SIGN_ROOM];
    int32_t size = unum_getSymbol(format, UNUM_DECIMAL_SEPARATOR_SYMBOL, wide, SIGN_ROOM, &error);
    if (U_FAILURE(error) || !narrow(out->point, wide, size)) {
        return false;
    }
    size = unum_getSymbol(format, UNUM_GROUPING_SEPARATOR_SYMBOL, wide, SIGN_ROOM, &error);
    if (U_FAILURE(error) || !narrow(out->group, wide, size)) {
        return false;
    }
    size = unum_getSymbol(format, UNUM_ZERO_DIGIT_SYMBOL, wide, SIGN_ROOM, &error);
    out->group_from = unum_getAttribute(format, UNUM_MINIMUM_GROUPING_DIGITS);
    return U_SUCCESS(error) && size == 1 && wide[0] == '0' &&
           unum_getAttribute(format, UNUM_GROUPING_SIZE) == 3;
}

/* What stands around the digits of 50 percent. */
static bool read_percent(UNumberFormat *format, struct number_signs *out)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[2 * SIGN_ROOM];
    int32_t size = unum_formatDouble(format, 0.5, wide, 2 * SIGN_ROOM, NULL, &error);
    for (int32_t at = 0; U_SUCCESS(error) && at + 1 < size; at++) {
        if (wide[at] == '5' && wide[at + 1] == '0') {
            return narrow(out->percent_before, wide, at) &&
                   narrow(out->percent_after, wide + at + 2, size - at - 2);
        }
    }
    return false;
}

const struct problem *numbers_load(struct text *complaint)
{
    for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
        UErrorCode error = U_ZERO_ERROR;
        const char *locale = language_locale(language);
        UNumberFormat *decimal = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &error);
        UNumberFormat *percent = unum_open(UNUM_PERCENT, NULL, 0, locale, NULL, &error);
        bool fine = U_SUCCESS(error) && read_signs(decimal, &signs[language]) &&
                    read_percent(percent, &signs[language]);
        unum_close(percent);
        unum_close(decimal);
        if (!fine) {
            *complaint = (struct text)TEXT("ICU has no usable number format for a language");
            return &world_failed;
        }
    }
    return NULL;
}

static const char *const categories[PLURAL_CATEGORIES] = {"zero", "one",  "two",
                                                          "few",  "many", "other"};

int plural_named(struct text name)
{
    for (int i = 0; i < PLURAL_CATEGORIES; i++) {
        if (text_is(name, categories[i])) {
            return i;
        }
    }
    return -1;
}

static int ask_category(enum language language, int64_t number)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[SIGN_ROOM];
    char name[SIGN_ROOM];
    int32_t size = uplrules_select(plurals[language], (double)number, wide, SIGN_ROOM, &error);
    if (U_FAILURE(error) || !narrow(name, wide, size)) {
        return PLURAL_OTHER;
    }
    int category = plural_named(text_of(name));
    return category < 0 ? PLURAL_OTHER : category;
}

const struct problem *plurals_load(struct text *complaint)
{
    for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
        if (plurals[language]) {
            continue;
        }
        UErrorCode error = U_ZERO_ERROR;
        plurals[language] = uplrules_open(language_locale(language), &error);
        if (U_FAILURE(error)) {
            *complaint = (struct text)TEXT("ICU has no plural rules for a language");
            return &world_failed;
        }
        for (int number = 0; number < SMALL_NUMBERS; number++) {
            small_plurals[language][number] = (uint8_t)ask_category(language, number);
        }
    }
    return NULL;
}

int plural_category(enum language language, int64_t number)
{
    int64_t size = number < 0 ? -number : number;
    return size < SMALL_NUMBERS ? small_plurals[language][size] : ask_category(language, size);
}

bool plural_needed(enum language language, int category)
{
    return memchr(small_plurals[language], category, SMALL_NUMBERS) != NULL;
}

/* Writes from the end of `room` to its front. */
struct backwards {
    char room[NUMBER_ROOM]; /* digits, groups and sign of any int64_t fit */
    size_t at;              /* first byte written */
};

static void put(struct backwards *b, const char *text)
{
    size_t size = strlen(text);
    b->at -= size;
    memcpy(b->room + b->at, text, size);
}

static uint64_t put_fraction(struct backwards *b, uint64_t left, int digits, const char *point)
{
    for (int i = 0; i < digits; i++) {
        b->room[--b->at] = (char)('0' + left % 10);
        left /= 10;
    }
    if (digits > 0) {
        put(b, point);
    }
    return left;
}

static void put_whole(struct backwards *b, uint64_t left, const struct number_signs *how)
{
    int64_t thousand = 1000;
    for (int i = 1; i < how->group_from; i++) {
        thousand *= 10;
    }
    bool grouped = left >= (uint64_t)thousand;
    int written = 0;
    do {
        if (grouped && written > 0 && written % 3 == 0) {
            put(b, how->group);
        }
        b->room[--b->at] = (char)('0' + left % 10);
        left /= 10;
        written++;
    } while (left > 0);
}

void words_decimal(struct builder *out, enum language language, int64_t value, int digits)
{
    struct backwards b = {.at = NUMBER_ROOM};
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    left = put_fraction(&b, left, digits, signs[language].point);
    put_whole(&b, left, &signs[language]);
    if (value < 0) {
        put(&b, TRUE_MINUS);
    }
    builder_add_bytes(out, b.room + b.at, NUMBER_ROOM - b.at);
}

void words_number(struct builder *out, enum language language, int64_t number)
{
    words_decimal(out, language, number, 0);
}

void words_money(struct builder *out, enum language language, struct money money,
                 enum money_style style)
{
    if (style == MONEY_SIGNED && money.minor > 0) {
        builder_add_char(out, '+');
    }
    words_decimal(out, language, money.minor, currency_digits(money.currency));
    if (style != MONEY_NUMBER) {
        builder_add_bytes(out, NO_BREAK_SPACE, sizeof NO_BREAK_SPACE - 1);
        builder_add_c(out, money.currency.code);
    }
}

void words_percent(struct builder *out, enum language language, int64_t basis_points)
{
    int digits = basis_points % 100 == 0 ? 0 : basis_points % 10 == 0 ? 1 : 2;
    int64_t scaled = digits == 0   ? basis_points / 100
                     : digits == 1 ? basis_points / 10
                                   : basis_points;
    if (scaled < 0) {
        builder_add_bytes(out, TRUE_MINUS, sizeof TRUE_MINUS - 1);
        scaled = -scaled;
    }
    builder_add_c(out, signs[language].percent_before);
    words_decimal(out, language, scaled, digits);
    builder_add_c(out, signs[language].percent_after);
}
