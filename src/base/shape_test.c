/*
 * Tests of base/shape.c: every kind of field from text, every fault.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/shape.h"

struct lamp_id {
    int64_t value;
};
enum lamp_state { LAMP_OFF = 1, LAMP_ON };

struct lamp {
    struct lamp_id id;
    struct text title;
    struct maybe_text note;
    struct text empty;
    struct money price;
    int64_t watts;
    struct maybe_integer volts;
    bool dimmed;
    enum lamp_state state;
    struct instant made;
    struct text page;
    struct text mail;
};

static const struct word lamp_words[] = {{LAMP_OFF, "off", "Dark"}, {LAMP_ON, "on", "Shines"}};
static const struct words lamp_state_words = {"lamp_state", "Whether it shines", lamp_words, 2};

#define AT(member)     .name = #member, .meaning = "Tested", .offset = offsetof(struct lamp, member)
#define NO_LIMITS      .low = INT64_MIN, .high = INT64_MAX
#define MAYBE_OF(type) .optional = true, .value_offset = offsetof(struct type, value)
static const struct field lamp_fields[] = {
    {AT(id), .kind = FIELD_ID, .prefix = "lmp", NO_LIMITS},
    {AT(title), .kind = FIELD_TEXT, .low = 2, .high = 5},
    {AT(note), .kind = FIELD_TEXT, MAYBE_OF(maybe_text), .low = INT64_MIN, .high = 3},
    {AT(empty), .kind = FIELD_TEXT, .low = 0, .high = 3},
    {AT(price), .kind = FIELD_MONEY, .low = 1, .high = 100000},
    {AT(watts), .kind = FIELD_INTEGER, NO_LIMITS},
    {AT(volts), .kind = FIELD_INTEGER, MAYBE_OF(maybe_integer), .low = -5, .high = 5},
    {AT(dimmed), .kind = FIELD_FLAG, NO_LIMITS},
    {AT(state), .kind = FIELD_WORD, .words = &lamp_state_words, NO_LIMITS},
    {AT(made), .kind = FIELD_INSTANT, NO_LIMITS},
    {AT(page), .kind = FIELD_TEXT, .format = FORMAT_URL, NO_LIMITS},
    {AT(mail), .kind = FIELD_TEXT, .format = FORMAT_MAIL, NO_LIMITS},
};
static const struct shape lamp_shape = {"lamp", "A lamp", sizeof(struct lamp), lamp_fields,
                                        sizeof lamp_fields / sizeof lamp_fields[0]};

static const struct currency EUR = {"EUR"};
static struct memory *memory;
static struct lamp lamp;
static struct field_error error;

static enum field_fault read_sized(const char *name, const char *raw, size_t size)
{
    const struct field *field = shape_find(&lamp_shape, text_of(name));
    assert_non_null(field);
    struct lamp before = lamp;
    enum field_fault fault =
        field_read(memory, field, (struct text){raw, size}, EUR, &lamp, &error);
    if (fault != FIELD_FINE) {
        assert_memory_equal(&before, &lamp, sizeof lamp);
        assert_string_equal(error.field, name);
        assert_int_equal(error.fault, fault);
    }
    return fault;
}

static enum field_fault read(const char *name, const char *raw)
{
    return read_sized(name, raw, strlen(raw));
}

static int open_test(void **state)
{
    (void)state;
    memory = memory_create(1 << 20);
    memset(&lamp, 0, sizeof lamp);
    return 0;
}

static int close_test(void **state)
{
    (void)state;
    memory_end(memory);
    return 0;
}

static void names_are_found(void **state)
{
    (void)state;
    assert_ptr_equal(shape_find(&lamp_shape, text_of("price")), &lamp_fields[4]);
    assert_null(shape_find(&lamp_shape, text_of("pric")));
    assert_null(shape_find(&lamp_shape, text_of("")));
    assert_string_equal(words_name(&lamp_state_words, LAMP_ON), "on");
    assert_null(words_name(&lamp_state_words, 0));
    assert_int_equal(words_value(&lamp_state_words, text_of("off")), LAMP_OFF);
    assert_int_equal(words_value(&lamp_state_words, text_of("OFF")), 0);
}

static void texts_count_code_points(void **state)
{
    (void)state;
    assert_int_equal(read("title", "\xE5\xA4\x9C\xE5\xB8\x82"), FIELD_FINE);
    assert_true(text_is(lamp.title, "\xE5\xA4\x9C\xE5\xB8\x82"));
    assert_int_equal(read("title", "\xE5\xA4\x9C"), FIELD_TOO_SHORT);
    assert_int_equal(error.limit, 2);
    assert_int_equal(error.found, 1);
    assert_int_equal(read("title", "123456"), FIELD_TOO_LONG);
    assert_int_equal(error.limit, 5);
    assert_int_equal(error.found, 6);
    assert_int_equal(read("title", ""), FIELD_MISSING);
    assert_int_equal(read("title", "   "), FIELD_MISSING);
    assert_int_equal(read("title", "ab\xFF"), FIELD_NOT_TEXT);
    assert_int_equal(read_sized("title", "a\0b", 3), FIELD_NOT_TEXT);
    assert_int_equal(read("note", "abc"), FIELD_FINE);
    assert_true(lamp.note.present && text_is(lamp.note.value, "abc"));
    assert_int_equal(read("note", ""), FIELD_FINE);
    assert_false(lamp.note.present);
    assert_int_equal(read("empty", ""), FIELD_FINE);
    assert_non_null(lamp.empty.data);
}

static void numbers_have_limits(void **state)
{
    (void)state;
    assert_int_equal(read("watts", " 9007199254740991 "), FIELD_FINE);
    assert_int_equal(lamp.watts, MONEY_MAX);
    assert_int_equal(read("watts", "9007199254740992"), FIELD_TOO_LARGE);
    assert_int_equal(read("watts", "-9007199254740992"), FIELD_TOO_SMALL);
    assert_int_equal(read("watts", "99999999999999999999999"), FIELD_TOO_LARGE);
    assert_int_equal(read("watts", "-99999999999999999999999"), FIELD_TOO_SMALL);
    assert_int_equal(read("watts", "1e309"), FIELD_NOT_NUMBER);
    assert_int_equal(read("watts", "12,3.4"), FIELD_NOT_NUMBER);
    assert_int_equal(read("watts", ""), FIELD_MISSING);
    assert_int_equal(read("volts", "6"), FIELD_TOO_LARGE);
    assert_int_equal(error.limit, 5);
    assert_int_equal(read("volts", "-6"), FIELD_TOO_SMALL);
    assert_int_equal(read("volts", "-5"), FIELD_FINE);
    assert_true(lamp.volts.present && lamp.volts.value == -5);
    assert_int_equal(read("volts", " "), FIELD_FINE);
    assert_false(lamp.volts.present);
}

static void money_is_typed_by_people(void **state)
{
    (void)state;
    assert_int_equal(read("price", "12,50"), FIELD_FINE);
    assert_int_equal(lamp.price.minor, 1250);
    assert_true(currency_equal(lamp.price.currency, EUR));
    static const char *const bad[] = {"1e309", "-0", "12,3.4", "12.345", "-5", "free"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(read("price", bad[i]), FIELD_NOT_MONEY);
    }
    assert_int_equal(read("price", "0"), FIELD_TOO_SMALL);
    assert_int_equal(read("price", "1000.01"), FIELD_TOO_LARGE);
    assert_int_equal(read("price", "99999999999999999999"), FIELD_TOO_LARGE);
    assert_int_equal(read("price", ""), FIELD_MISSING);
    struct currency unset = {""};
    assert_int_equal(field_read(memory, &lamp_fields[4], text_of("1"), unset, &lamp, NULL),
                     FIELD_NOT_MONEY);
}

static void the_other_kinds(void **state)
{
    (void)state;
    assert_int_equal(read("dimmed", "on"), FIELD_FINE);
    assert_true(lamp.dimmed);
    assert_int_equal(read("dimmed", "yes!"), FIELD_NOT_FLAG);
    assert_int_equal(read("dimmed", ""), FIELD_FINE);
    assert_false(lamp.dimmed);
    assert_int_equal(read("dimmed", "1"), FIELD_FINE);
    assert_int_equal(read("dimmed", "false"), FIELD_FINE);
    assert_false(lamp.dimmed);
    assert_int_equal(read("state", "on"), FIELD_FINE);
    assert_int_equal(lamp.state, LAMP_ON);
    assert_int_equal(read("state", "broken"), FIELD_NOT_WORD);
    assert_int_equal(read("made", "2026-06-10"), FIELD_FINE);
    assert_int_equal(lamp.made.ms, 1781049600000);
    assert_int_equal(read("made", "tomorrow"), FIELD_NOT_DATE);
    assert_int_equal(read("id", "lmp_000000000000A"), FIELD_FINE);
    assert_int_equal(lamp.id.value, 10);
    assert_int_equal(read("id", "pho_000000000000A"), FIELD_NOT_ID);
    assert_int_equal(read("id", "10"), FIELD_NOT_ID);
}

static void addresses_are_sane(void **state)
{
    (void)state;
    static const char *const mails[] = {"a@b.c", "o'neil+x@mail.example.org",
                                        " x@b\xC3\xBC.example "};
    static const char *const not_mails[] = {"a",
                                            "a@b",
                                            "@b.c",
                                            "a@",
                                            "a@b@c.d",
                                            "a b@c.d",
                                            "a@b..c",
                                            "a@.b.c",
                                            "a@b.c.",
                                            "a@-b.c",
                                            "a@b.c\r\nBcc: x@y.z",
                                            "a\x01@b.c",
                                            "a,b@c.d",
                                            "<a@b.c>",
                                            ".a@b.c",
                                            "a.@b.c",
                                            "a@b_c.d"};
    static const char *const urls[] = {"https://a.example", "http://a.example:81/x?y=1#z",
                                       "HTTPS://a.example/@me", "https://b\xC3\xBC.example/"};
    static const char *const not_urls[] = {"javascript:alert(1)",
                                           "ftp://a.example",
                                           "//a.example",
                                           "/x",
                                           "https://",
                                           "http:///x",
                                           "https://user@a.example",
                                           "https://a.example/\"x",
                                           "https://a.example/ x",
                                           "https://?x",
                                           "https://a.example/<x>",
                                           "https://a\\b.example",
                                           "data:text/html,x"};
    for (size_t i = 0; i < sizeof mails / sizeof mails[0]; i++) {
        assert_int_equal(read("mail", mails[i]), FIELD_FINE);
    }
    for (size_t i = 0; i < sizeof not_mails / sizeof not_mails[0]; i++) {
        assert_int_equal(read("mail", not_mails[i]), FIELD_NOT_MAIL);
    }
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        assert_int_equal(read("page", urls[i]), FIELD_FINE);
    }
    for (size_t i = 0; i < sizeof not_urls / sizeof not_urls[0]; i++) {
        assert_int_equal(read("page", not_urls[i]), FIELD_NOT_URL);
    }
    char long_mail[300];
    memset(long_mail, 'a', sizeof long_mail);
    memcpy(long_mail + 10, "@", 1);
    for (size_t i = 60; i < 290; i += 50) {
        long_mail[i] = '.';
    }
    assert_int_equal(read_sized("mail", long_mail, 254), FIELD_FINE);
    assert_int_equal(read_sized("mail", long_mail, 255), FIELD_NOT_MAIL);
}

static void no_memory_is_no_fault_of_the_field(void **state)
{
    (void)state;
    memory_fail_after(0);
    assert_int_equal(read("title", "abc"), FIELD_REFUSED);
    assert_string_equal(error.rule, "problem.out_of_memory");
    memory_fail_after(-1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
LIST_OF(lamp);

static void a_list_is_cut_and_says_where_it_goes_on(void **state)
{
    (void)state;
    static const struct lamp lamps[3] = {{.id = {1000}}, {.id = {977}}, {.id = {3}}};
    struct memory *own = memory_create(1 << 20);
    struct lamp_list list = {lamps, 3};
    struct maybe_text later = {0};
    assert_null(list_cut(own, &lamp_shape, &list, 3, &later, "?before="));
    assert_true(list.count == 3 && !later.present);
    assert_null(list_cut(own, &lamp_shape, &list, 2, &later, "/%s?before=", "lamps"));
    assert_true(list.count == 2 && later.present);
    /* 977 = 30 x 32 + 17, in Crockford's base 32: "YH". */
    assert_true(text_is(later.value, "/lamps?before=lmp_00000000000YH"));
    memory_end(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_are_found),     TEST(texts_count_code_points),
        TEST(numbers_have_limits), TEST(money_is_typed_by_people),
        TEST(the_other_kinds),     TEST(a_list_is_cut_and_says_where_it_goes_on),
        TEST(addresses_are_sane),  TEST(no_memory_is_no_fault_of_the_field),
    };
    return cmocka_run_group_tests_name("base/shape", tests, NULL, NULL);
}
