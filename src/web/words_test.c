/*
 * Words: sentences, plurals, numbers, money and dates in the four languages.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "web/words_parts.h"

static struct memory *memory;

static struct embedded file(const char *name, const char *text)
{
    return (struct embedded){name, (const unsigned char *)text, strlen(text)};
}

static const char english[] =
    "# comment\n"
    "photos = {n, plural, =0 {no photos} one {# photo} other {# photos}}\n"
    "sold = {who} sold {what}\n"
    "   for {price}.\n"
    "quoted = it''s '{'{who}'}' and it's '{n}'\n"
    "kind = {kind, select, print {on paper} web {on screens} other {anywhere}}\n"
    "when = {at, moment} / {at}\n"
    "nested = {n, plural, one {{kind, select, print {{n} # print} other {# thing}}} other {# "
    "things}}\n"
    "lines = one\\ntwo\n"
    "only.english = still here\n";
static const char french[] =
    "photos = {n, plural, =0 {aucune photo} one {# photo} other {# photos}}\n"
    "sold = {what} : vendu par {who} pour {price}.\n";
static const char russian[] = "photos = {n, plural, one {# фотография} few {# фотографии} "
                              "many {# фотографий} other {# фотографии}}\n";
static const char chinese[] = "photos = {n, plural, other {# 張}}\n"
                              "sold = 由{who}\n  賣出\n";

static int set_up(void **state)
{
    (void)state;
    const struct embedded files[] = {
        file("ui/text/en.txt", english), file("ui/text/fr.txt", french),
        file("modules/trial/text/ru.txt", russian), file("ui/text/zh-Hant.txt", chinese),
        file("ui/other.txt", "no words")};
    struct text complaint = {"", 0};
    memory = memory_create(16 << 20);
    const struct problem *problem = words_load_from(memory, files, 5, &complaint);
    if (problem) {
        print_error("%.*s\n", TEXT_ARGS(complaint));
    }
    return problem ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    memory_end(memory);
    return 0;
}

static struct word_argument number(const char *name, int64_t integer)
{
    return (struct word_argument){.name = name, .kind = FIELD_INTEGER, .integer = integer};
}

static struct word_argument word(const char *name, const char *text)
{
    return (struct word_argument){.name = name, .kind = FIELD_TEXT, .text = text_of(text)};
}

static void assert_count(enum language language, int64_t n, const char *expected)
{
    struct word_argument argument = number("n", n);
    struct text said = words_text(memory, language, "photos", &argument, 1);
    assert_string_equal(said.data, expected);
}

static void plurals(void **state)
{
    (void)state;
    assert_count(LANGUAGE_EN, 0, "no photos");
    assert_count(LANGUAGE_EN, 1, "1 photo");
    assert_count(LANGUAGE_EN, 2, "2 photos");
    assert_count(LANGUAGE_EN, 12345, "12,345 photos");
    assert_count(LANGUAGE_FR, 0, "aucune photo");
    assert_count(LANGUAGE_FR, 1, "1 photo");
    assert_count(LANGUAGE_FR, 2, "2 photos");
    assert_count(LANGUAGE_FR, 1000000, "1\u202F000\u202F000 photos");
    assert_count(LANGUAGE_RU, 1, "1 фотография");
    assert_count(LANGUAGE_RU, 2, "2 фотографии");
    assert_count(LANGUAGE_RU, 5, "5 фотографий");
    assert_count(LANGUAGE_RU, 11, "11 фотографий");
    assert_count(LANGUAGE_RU, 21, "21 фотография");
    assert_count(LANGUAGE_RU, 1021, "1\u00A0021 фотография");
    assert_count(LANGUAGE_ZH, 1, "1 張");
    assert_count(LANGUAGE_ZH, 5000, "5,000 張");
}

static void arguments_and_quotes(void **state)
{
    (void)state;
    struct word_argument sold[] = {word("who", "Inés"),
                                   word("what", "Harbour <b>"),
                                   {.name = "price", .kind = FIELD_MONEY, .money = {184, {"EUR"}}}};
    assert_string_equal(words_text(memory, LANGUAGE_EN, "sold", sold, 3).data,
                        "Inés sold Harbour <b> for 1.84\u00A0EUR.");
    assert_string_equal(words_text(memory, LANGUAGE_FR, "sold", sold, 3).data,
                        "Harbour <b> : vendu par Inés pour 1,84\u00A0EUR.");
    assert_string_equal(words_text(memory, LANGUAGE_ZH, "sold", sold, 3).data, "由Inés賣出");
    assert_string_equal(words_text(memory, LANGUAGE_EN, "quoted", sold, 1).data,
                        "it's {Inés} and it's {n}");
    struct word_argument print = word("kind", "print"), radio = word("kind", "radio");
    assert_string_equal(words_text(memory, LANGUAGE_EN, "kind", &print, 1).data, "on paper");
    assert_string_equal(words_text(memory, LANGUAGE_EN, "kind", &radio, 1).data, "anywhere");
    struct word_argument both[] = {number("n", 1), word("kind", "print")};
    assert_string_equal(words_text(memory, LANGUAGE_EN, "nested", both, 2).data, "1 # print");
    assert_string_equal(words_text(memory, LANGUAGE_EN, "lines", NULL, 0).data, "one\ntwo");
}

static void missing_words_and_arguments(void **state)
{
    (void)state;
    struct word_argument who = word("who", "Inés");
    assert_true(words_have("sold"));
    assert_false(words_have("sold.no"));
    assert_string_equal(words_text(memory, LANGUAGE_EN, "no.such", NULL, 0).data, "no.such");
    assert_string_equal(words_text(memory, LANGUAGE_EN, "sold", &who, 1).data,
                        "Inés sold {what} for {price}.");
    assert_string_equal(words_text(memory, LANGUAGE_RU, "only.english", NULL, 0).data,
                        "still here");
}

static const char *money(enum language language, int64_t minor, const char *code,
                         enum money_style style)
{
    struct builder out = builder_make(memory, 200);
    struct money amount = {.minor = minor};
    struct text text;
    memcpy(amount.currency.code, code, 4);
    words_money(&out, language, amount, style);
    assert_null(builder_end(&out, &text));
    return text.data;
}

static void amounts(void **state)
{
    (void)state;
    assert_string_equal(money(LANGUAGE_EN, 184, "EUR", MONEY_PLAIN), "1.84\u00A0EUR");
    assert_string_equal(money(LANGUAGE_EN, -184, "EUR", MONEY_PLAIN), "\u22121.84\u00A0EUR");
    assert_string_equal(money(LANGUAGE_EN, 184, "EUR", MONEY_SIGNED), "+1.84\u00A0EUR");
    assert_string_equal(money(LANGUAGE_EN, -5, "EUR", MONEY_SIGNED), "\u22120.05\u00A0EUR");
    assert_string_equal(money(LANGUAGE_EN, 0, "EUR", MONEY_SIGNED), "0.00\u00A0EUR");
    assert_string_equal(money(LANGUAGE_EN, 123456789, "EUR", MONEY_NUMBER), "1,234,567.89");
    assert_string_equal(money(LANGUAGE_FR, 123456, "EUR", MONEY_PLAIN), "1\u202F234,56\u00A0EUR");
    assert_string_equal(money(LANGUAGE_RU, 123456, "RUB", MONEY_PLAIN), "1\u00A0234,56\u00A0RUB");
    assert_string_equal(money(LANGUAGE_ZH, 123456, "TWD", MONEY_PLAIN), "1,234.56\u00A0TWD");
    assert_string_equal(money(LANGUAGE_EN, 1500, "JPY", MONEY_PLAIN), "1,500\u00A0JPY");
}

static const char *formatted(enum language language, int64_t integer, enum value_format format)
{
    struct builder out = builder_make(memory, 200);
    struct word_argument argument = number("n", integer);
    struct text text;
    format_write(&out, language, &argument, format);
    assert_null(builder_end(&out, &text));
    return text.data;
}

static void percentages(void **state)
{
    (void)state;
    assert_string_equal(formatted(LANGUAGE_EN, 5000, AS_PERCENT), "50%");
    assert_string_equal(formatted(LANGUAGE_EN, 1250, AS_PERCENT), "12.5%");
    assert_string_equal(formatted(LANGUAGE_EN, -5, AS_PERCENT), "\u22120.05%");
    assert_string_equal(formatted(LANGUAGE_FR, 1250, AS_PERCENT), "12,5\u00A0%");
    assert_string_equal(formatted(LANGUAGE_RU, 5000, AS_PERCENT), "50\u00A0%");
    assert_string_equal(formatted(LANGUAGE_ZH, 5000, AS_PERCENT), "50%");
    assert_string_equal(formatted(LANGUAGE_FR, 1250, AS_PLAIN), "1250");
}

/* What we write by hand is what ICU's own formatter writes. */
static void numbers_agree_with_icu(void **state)
{
    (void)state;
    int64_t n = 1;
    for (enum language language = LANGUAGE_EN; language < LANGUAGE_LIMIT; language++) {
        UErrorCode error = U_ZERO_ERROR;
        UNumberFormat *icu =
            unum_open(UNUM_DECIMAL, NULL, 0, language_locale(language), NULL, &error);
        assert_true(U_SUCCESS(error));
        for (int i = 0; i<18; i++, n = n> INT64_MAX / 7 ? 3 : n * 7 + i) {
            UChar wide[100];
            char expected[300];
            unum_formatInt64(icu, n, wide, 100, NULL, &error);
            u_strToUTF8(expected, sizeof expected, NULL, wide, -1, &error);
            assert_string_equal(formatted(language, n, AS_STANDARD), expected);
        }
        unum_close(icu);
    }
    assert_string_equal(formatted(LANGUAGE_EN, INT64_MIN, AS_STANDARD),
                        "\u22129,223,372,036,854,775,808");
}

static const char *moment(enum language language, enum moment_style style, struct instant at)
{
    struct builder out = builder_make(memory, 200);
    struct text text;
    words_moment(&out, language, at, style);
    assert_null(builder_end(&out, &text));
    return text.data;
}

static void dates(void **state)
{
    (void)state;
    struct instant at;
    assert_true(instant_parse(text_of("2026-06-10T14:02:11Z"), &at));
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_DATE, at), "10 June 2026");
    assert_string_equal(moment(LANGUAGE_FR, MOMENT_DATE, at), "10 juin 2026");
    assert_string_equal(moment(LANGUAGE_RU, MOMENT_DATE, at), "10 июня 2026\u202Fг.");
    assert_string_equal(moment(LANGUAGE_ZH, MOMENT_DATE, at), "2026年6月10日");
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_TIME, at), "14:02");
    assert_string_equal(moment(LANGUAGE_ZH, MOMENT_TIME, at), "14:02");
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_MONTH, at), "June 2026");
    assert_string_equal(moment(LANGUAGE_RU, MOMENT_MONTH, at), "июнь 2026\u202Fг.");
    assert_string_equal(moment(LANGUAGE_FR, MOMENT_DAY_MONTH, at), "10 juin");
    assert_string_equal(moment(LANGUAGE_RU, MOMENT_DAY_MONTH, at), "10 июня");
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_WEEKDAY, at), "Wednesday");
    assert_string_equal(moment(LANGUAGE_RU, MOMENT_WEEKDAY, at), "среда");
    assert_string_equal(moment(LANGUAGE_ZH, MOMENT_WEEKDAY, at), "星期三");
    assert_string_equal(moment(LANGUAGE_FR, MOMENT_BOTH, at), "10 juin 2026 à 14:02");
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_DATE, (struct instant){0}), "");
    struct word_argument when = {.name = "at", .kind = FIELD_INSTANT, .instant = at};
    assert_string_equal(words_text(memory, LANGUAGE_EN, "when", &when, 1).data,
                        "10 June 2026 at 14:02 / 10 June 2026");
}

static void time_zone_moves_the_clock(void **state)
{
    (void)state;
    struct instant winter, summer;
    struct text complaint;
    assert_true(instant_parse(text_of("2026-01-10T23:30:00Z"), &winter));
    assert_true(instant_parse(text_of("2026-07-10T22:30:00Z"), &summer));
    assert_null(moments_load("Europe/Paris", &complaint));
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_BOTH, winter), "11 January 2026 at 00:30");
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_BOTH, summer), "11 July 2026 at 00:30");
    assert_null(moments_load("America/New_York", &complaint));
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_BOTH, winter), "10 January 2026 at 18:30");
    assert_string_equal(moment(LANGUAGE_EN, MOMENT_TIME, (struct instant){1}), "00:00");
    assert_non_null(moments_load("Europe/Pariss", &complaint));
    assert_null(moments_load("UTC", &complaint));
}

static const char *code(enum language language, enum word_place_kind kind, const char *typed)
{
    const struct word_place *place = words_place(language, kind, text_of(typed));
    return place ? place->code.data : "";
}

static void places_have_codes_and_names(void **state)
{
    (void)state;
    assert_string_equal(code(LANGUAGE_EN, PLACES_COUNTRIES, "de"), "DE");
    assert_string_equal(code(LANGUAGE_EN, PLACES_COUNTRIES, "germany"), "DE");
    assert_string_equal(code(LANGUAGE_EN, PLACES_COUNTRIES, "Germania"), "");
    assert_string_equal(code(LANGUAGE_EN, PLACES_COUNTRIES, "IC"), "");
    assert_string_equal(code(LANGUAGE_EN, PLACES_COUNTRIES, ""), "");
    assert_string_equal(code(LANGUAGE_EN, PLACES_COUNTRIES, "$%"), "");
    assert_string_equal(code(LANGUAGE_FR, PLACES_COUNTRIES, "emirats arabes unis"), "AE");
    assert_string_equal(code(LANGUAGE_RU, PLACES_COUNTRIES, "германия"), "DE");
    assert_string_equal(code(LANGUAGE_ZH, PLACES_LANGUAGES, "德文"), "de");
    assert_string_equal(code(LANGUAGE_RU, PLACES_LANGUAGES, "ES"), "es");
    struct word_place_list all = words_places(LANGUAGE_FR, PLACES_COUNTRIES);
    assert_in_range(all.count, 240, 260);
    assert_string_equal(all.items[0].name.data, "Afghanistan");
    for (size_t i = 0; i < all.count; i++) {
        assert_int_equal(all.items[i].code.size, 2);
        assert_ptr_equal(words_place(LANGUAGE_FR, PLACES_COUNTRIES, all.items[i].name),
                         &all.items[i]);
    }
}

static void refused(const char *text, const char *expected)
{
    struct memory *own = memory_create(1 << 20);
    struct embedded files[] = {file("x/text/ru.txt", text)};
    struct text complaint = {"", 0};
    assert_ptr_equal(words_load_from(own, files, 1, &complaint), &invalid_input);
    if (strncmp(complaint.data, expected, strlen(expected)) != 0) {
        fail_msg("%s instead of %s", complaint.data, expected);
    }
    memory_end(own);
}

static void bad_files(void **state)
{
    (void)state;
    refused("a = 1\nno sense\n", "x/text/ru.txt:2: expected key = text");
    refused("  goes on\n", "x/text/ru.txt:1: goes on");
    refused("a b = 1\n", "x/text/ru.txt:1: a key");
    refused("a = 1\nb = 2\na = 3\n", "x/text/ru.txt:3: a is already in x/text/ru.txt:1");
    refused("\n\na = {n\n", "x/text/ru.txt:3: a: an argument's brace is not closed");
    refused("a = {n, plural, one {x} other {y}}\n", "x/text/ru.txt:1: a: the plural lacks");
    refused("a = {n, plural, one {x} few {} many {}}\n", "x/text/ru.txt:1: a: a plural or select");
    refused("a = {n, select, b {x}}\n", "x/text/ru.txt:1: a: a plural or select");
    refused("a = {n, money}\n", "x/text/ru.txt:1: a: no such format");
    refused("a = {n}}\n", "x/text/ru.txt:1: a: a closing brace too many");
    refused("a = {}\n", "x/text/ru.txt:1: a: a brace wants");
    refused("a = '{ open\n", "x/text/ru.txt:1: a: a quoting apostrophe");
    refused("a = {n, plural, some {x} other {}}\n", "x/text/ru.txt:1: a: a plural's branch");
    refused("a = \xff\n", "x/text/ru.txt:1: not UTF-8");
}

static void no_memory_is_told(void **state)
{
    (void)state;
    struct text complaint = {"", 0};
    for (long after = 0; after < 60; after++) {
        struct embedded files[] = {file("x/text/en.txt", "a = {n, plural, one {x} other {{b}}}\n")};
        struct memory *own = memory_create(1 << 20);
        memory_fail_after(after);
        const struct problem *problem = words_load_from(own, files, 1, &complaint);
        memory_fail_after(-1);
        if (!problem) {
            assert_true(after > 3);
            assert_true(words_have("a"));
        }
        memory_end(own);
    }
}

static void sizes_and_ages(void **state)
{
    (void)state;
    struct text complaint = {"", 0};
    assert_null(words_load(memory, &complaint));
    assert_string_equal(formatted(LANGUAGE_EN, 1, AS_BYTES), "1 byte");
    assert_string_equal(formatted(LANGUAGE_EN, 999, AS_BYTES), "999 bytes");
    assert_string_equal(formatted(LANGUAGE_EN, 4100000, AS_BYTES), "4.1\u00A0MB");
    assert_string_equal(formatted(LANGUAGE_EN, 240000000, AS_BYTES), "240\u00A0MB");
    assert_string_equal(formatted(LANGUAGE_EN, 999999, AS_BYTES), "1.0\u00A0MB");
    assert_string_equal(formatted(LANGUAGE_FR, 4100000, AS_BYTES), "4,1\u00A0Mo");
    assert_string_equal(formatted(LANGUAGE_RU, 4100000, AS_BYTES), "4,1\u00A0МБ");
    struct builder out = builder_make(memory, 200);
    struct text text;
    clock_set((struct instant){1000 * DAY});
    struct word_argument at = {.kind = FIELD_INSTANT, .instant = {1000 * DAY - 3 * HOUR}};
    format_write(&out, LANGUAGE_EN, &at, AS_AGO);
    at.instant.ms = 1000 * DAY + 5 * DAY;
    format_write(&out, LANGUAGE_RU, &at, AS_AGO);
    clock_set((struct instant){0});
    assert_null(builder_end(&out, &text));
    assert_string_equal(text.data, "3 hours agoчерез 5 дней");
}

/* The files that the build embedded: every key and argument of English in every language. */
static void languages_say_the_same(void **state)
{
    (void)state;
    struct text complaint = {"", 0};
    const struct problem *problem = words_load(memory, &complaint);
    if (!problem) {
        problem = words_compare(memory, &complaint);
    }
    if (problem) {
        fail_msg("%.*s", TEXT_ARGS(complaint));
    }
    assert_true(words_have("field.missing"));
    assert_true(words_have("problem.not_found.detail"));
}

static void compare_finds_differences(void **state)
{
    (void)state;
    struct text complaint = {"", 0};
    assert_ptr_equal(words_compare(memory, &complaint), &our_fault);
    assert_non_null(strstr(complaint.data, "fr lacks kind"));
    const struct embedded files[] = {
        file("text/en.txt", "a = {b}\n"), file("text/fr.txt", "\na = {c}\n"),
        file("text/ru.txt", "a = {b}\n"), file("text/zh-Hant.txt", "a = {b}\n")};
    assert_null(words_load_from(memory, files, 4, &complaint));
    assert_ptr_equal(words_compare(memory, &complaint), &our_fault);
    assert_string_equal(complaint.data, "text/fr.txt:2: a: not the arguments of English");
}

#define WITH_WORDS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORDS(plurals),
        WITH_WORDS(arguments_and_quotes),
        WITH_WORDS(missing_words_and_arguments),
        WITH_WORDS(amounts),
        WITH_WORDS(percentages),
        WITH_WORDS(numbers_agree_with_icu),
        WITH_WORDS(dates),
        WITH_WORDS(time_zone_moves_the_clock),
        WITH_WORDS(places_have_codes_and_names),
        WITH_WORDS(bad_files),
        WITH_WORDS(no_memory_is_told),
        WITH_WORDS(sizes_and_ages),
        WITH_WORDS(languages_say_the_same),
        WITH_WORDS(compare_finds_differences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
