/*
 * Tests of base/text.c and base/builder.c: UTF-8, numbers, cutting, escaping, limits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"

static bool valid(const char *data, size_t size)
{
    return text_valid((struct bytes){(const unsigned char *)data, size});
}

static void utf8_is_checked(void **state)
{
    (void)state;
    static const struct text good[] = {TEXT(""),
                                       TEXT("plain ASCII, longer than eight"),
                                       TEXT("caf\xC3\xA9"),
                                       TEXT("\xE5\xA4\x9C\xE5\xB8\x82"),
                                       TEXT("\xF0\x9F\x93\xB7"),
                                       TEXT("\xED\x9F\xBF"),
                                       TEXT("\xEE\x80\x80"),
                                       TEXT("\xF4\x8F\xBF\xBF"),
                                       TEXT("\xC2\x80"),
                                       TEXT("\xE0\xA0\x80"),
                                       TEXT("\xF0\x90\x80\x80")};
    static const struct text bad[] = {TEXT("\x80"),
                                      TEXT("\xC0\x80"),
                                      TEXT("\xC1\xBF"),
                                      TEXT("\xC3"),
                                      TEXT("\xC3("),
                                      TEXT("\xE0\x9F\xBF"),
                                      TEXT("\xE2\x82"),
                                      TEXT("\xED\xA0\x80"),
                                      TEXT("\xED\xBF\xBF"),
                                      TEXT("\xF0\x8F\xBF\xBF"),
                                      TEXT("\xF4\x90\x80\x80"),
                                      TEXT("\xF5\x80\x80\x80"),
                                      TEXT("\xFF"),
                                      TEXT("\xFE"),
                                      TEXT("\xF0\x9F\x93"),
                                      TEXT("a\0b"),
                                      TEXT("12345678\0"),
                                      TEXT("1234567\xC3"),
                                      TEXT("\0"),
                                      TEXT("01234567\x80"
                                           "12345678")};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(valid(good[i].data, good[i].size));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(valid(bad[i].data, bad[i].size));
    }
}

static size_t encode(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    out[0] = (char)(0xF00 >> size | point);
    return size;
}

static void every_code_point_is_judged(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x120000; point++) {
        char bytes[4];
        size_t size = encode(point, bytes);
        bool expected = point != 0 && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
        assert_int_equal(valid(bytes, size), expected);
        if (expected) {
            assert_int_equal(text_length((struct text){bytes, size}), 1);
            assert_false(size > 1 && valid(bytes, size - 1));
        }
    }
}

static void integers_are_whole(void **state)
{
    (void)state;
    int64_t n = 7;
    assert_true(text_to_integer(text_of("9223372036854775807"), &n) && n == INT64_MAX);
    assert_true(text_to_integer(text_of("-9223372036854775808"), &n) && n == INT64_MIN);
    assert_true(text_to_integer(text_of("+12"), &n) && n == 12);
    assert_true(text_to_integer(text_of("-0"), &n) && n == 0);
    n = 7;
    static const char *const bad[] = {"",
                                      "+",
                                      "-",
                                      " 1",
                                      "1 ",
                                      "1e309",
                                      "0x1",
                                      "1.0",
                                      "--1",
                                      "9223372036854775808",
                                      "-9223372036854775809"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(text_to_integer(text_of(bad[i]), &n));
        assert_int_equal(n, 7);
    }
}

static void cutting_and_comparing(void **state)
{
    (void)state;
    struct text rest = text_of("a,,b,");
    struct text part;
    assert_true(text_split(&rest, ',', &part) && text_is(part, "a"));
    assert_true(text_split(&rest, ',', &part) && text_is(part, ""));
    assert_true(text_split(&rest, ',', &part) && text_is(part, "b"));
    assert_false(text_split(&rest, ',', &part));
    assert_true(text_is(text_trim(text_of(" \t\r\n x y \f")), "x y"));
    assert_true(text_empty(text_trim(text_of("   "))));
    assert_true(text_compare(text_of("a"), text_of("ab")) < 0);
    assert_true(text_compare(text_of("b"), text_of("ab")) > 0);
    assert_int_equal(text_compare(text_of(""), (struct text){NULL, 0}), 0);
    assert_true(text_starts(text_of("abc"), "ab") && !text_starts(text_of("a"), "ab"));
    assert_true(text_equal((struct text){NULL, 0}, text_of("")));
}

static void builders_escape(void **state)
{
    (void)state;
    struct memory *memory = memory_create(1 << 20);
    struct builder b = builder_make(memory, 1000);
    struct text out;
    builder_add_html(&b, text_of("<a href=\"x\">'&</a>"));
    builder_add_char(&b, '|');
    builder_add_url(&b, text_of("a b/\xC3\xA9~"));
    builder_add_char(&b, '|');
    builder_add_json(&b, text_of("\"\\\b\f\n\r\t\x01\x1F/\x7F"));
    builder_add_char(&b, '|');
    builder_add_integer(&b, INT64_MIN);
    builder_add_integer(&b, 0);
    builder_add_format(&b, "%s-%d", "x", 5);
    assert_null(builder_end(&b, &out));
    assert_string_equal(out.data,
                        "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&lt;/a&gt;|a%20b%2F%C3%A9~|"
                        "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f/\x7F\"|"
                        "-92233720368547758080x-5");
    assert_int_equal(out.size, strlen(out.data));
    memory_end(memory);
}

static void builders_keep_their_limit(void **state)
{
    (void)state;
    struct memory *memory = memory_create(1 << 16);
    struct builder b = builder_make(memory, 10);
    struct text out;
    builder_add_format(&b, "%s", "0123456789");
    assert_null(builder_end(&b, &out));
    assert_int_equal(out.size, 10);
    builder_add_char(&b, 'x');
    builder_add_c(&b, "");
    assert_ptr_equal(builder_end(&b, &out), &too_large);
    struct builder long_one = builder_make(memory, 1 << 20);
    for (int i = 0; i < 20000; i++) {
        builder_add_format(&long_one, "%d,", i);
    }
    assert_ptr_equal(builder_end(&long_one, &out), &out_of_memory);
    struct builder empty = builder_make(memory, 0);
    assert_null(builder_end(&empty, &out));
    assert_string_equal(out.data, "");
    memory_end(memory);
}

static void formatting_is_exact(void **state)
{
    (void)state;
    struct memory *memory = memory_create(1 << 20);
    struct builder b = builder_make(memory, 1 << 18);
    size_t expected = 0;
    for (int i = 0; i < 3000; i++) {
        builder_add_format(&b, "%*d", i % 40 + 1, 5);
        expected += (size_t)(i % 40 + 1);
    }
    struct text out;
    assert_null(builder_end(&b, &out));
    assert_int_equal(out.size, expected);
    assert_int_equal(strlen(out.data), expected);
    struct text text = text_format(memory, "%s=%d", "a", 3);
    assert_true(text_is(text, "a=3") && text.data[3] == '\0');
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_checked),     cmocka_unit_test(every_code_point_is_judged),
        cmocka_unit_test(integers_are_whole),  cmocka_unit_test(cutting_and_comparing),
        cmocka_unit_test(builders_escape),     cmocka_unit_test(builders_keep_their_limit),
        cmocka_unit_test(formatting_is_exact),
    };
    return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
