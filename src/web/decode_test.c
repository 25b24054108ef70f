/*
 * Percent-encoding, forms, cookies and header lists, right and wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/decode.h"

static struct memory *memory;

static void percent(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *plain;
        bool plus, fine;
    } cases[] = {
        {"abc", "abc", false, true},        {"a%20b", "a b", false, true},
        {"a+b", "a+b", false, true},        {"a+b", "a b", true, true},
        {"%c3%A9", "\xC3\xA9", true, true}, {"%", "%", true, false},
        {"%2", "%2", true, false},          {"a%zz", "a%zz", true, false},
        {"%2%41", "%2A", true, false},      {"100%", "100%", true, false},
        {"%41", "A", false, true},          {"%2541", "%41", false, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text out;
        assert_int_equal(decode_percent(memory, text_of(cases[i].raw), cases[i].plus, &out),
                         cases[i].fine);
        if (!text_is(out, cases[i].plain))
            fail_msg("%s gave %.*s", cases[i].raw, TEXT_ARGS(out));
    }
    struct text nul;
    assert_true(decode_percent(memory, text_of("%00"), false, &nul));
    assert_int_equal(nul.size, 1);
    assert_false(text_valid((struct bytes){(const unsigned char *)nul.data, nul.size}));
}

static void pairs(void **state)
{
    (void)state;
    struct pairs out;
    assert_null(decode_pairs(memory, text_of("a=1&b=&c&&=x&a=2&%FF=y&d=%26%3D"), &out));
    assert_int_equal(out.count, 6);
    assert_true(text_is(pairs_find(&out, "a"), "1"));
    assert_true(text_is(out.items[4].value, "2"));
    assert_true(text_is(pairs_find(&out, "d"), "&="));
    assert_int_equal(pairs_find(&out, "c").size, 0);
    static char many[2 * (DECODE_PAIRS_MAX + 2)];
    for (size_t i = 0; i + 1 < sizeof many; i += 2)
        memcpy(many + i, "a&", 2);
    assert_ptr_equal(decode_pairs(memory, (struct text){many, sizeof many}, &out), &too_large);
}

static void repair(void **state)
{
    (void)state;
    struct text raw = {"a\xFFz\0\xE2\x82q", 7};
    assert_true(
        text_is(decode_repair(memory, raw), "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDq"));
    assert_true(text_is(decode_repair(memory, text_of("\xE2\x82\xAC")), "\xE2\x82\xAC"));
}

static void cookies(void **state)
{
    (void)state;
    struct text header = text_of("xsession=1; session=abc-DEF_1.2;language=fr ;bad=a b; q=\"x\"");
    assert_true(text_is(decode_cookie(header, "session"), "abc-DEF_1.2"));
    assert_true(text_is(decode_cookie(header, "language"), "fr"));
    assert_int_equal(decode_cookie(header, "bad").size, 0);
    assert_int_equal(decode_cookie(header, "q").size, 0);
    assert_int_equal(decode_cookie(header, "sess").size, 0);
    assert_int_equal(decode_cookie((struct text){NULL, 0}, "a").size, 0);
}

static void languages(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        enum language language;
    } cases[] = {
        {"", LANGUAGE_EN},
        {"fr", LANGUAGE_FR},
        {"de, ru;q=0.8, fr;q=0.9", LANGUAGE_FR},
        {"zh-CN,zh;q=0.9,en;q=0.8", LANGUAGE_ZH},
        {"zh-Hant-TW", LANGUAGE_ZH},
        {"fr;q=0, ru;q=0.001", LANGUAGE_RU},
        {"de, ja", LANGUAGE_EN},
        {";;;,,,q=1", LANGUAGE_EN},
        {",", LANGUAGE_EN},
        {"FR-ca;q=1.0", LANGUAGE_FR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (decode_accept_language(text_of(cases[i].header)) != cases[i].language)
            fail_msg("%s", cases[i].header);
    assert_int_equal(decode_language(text_of("zh-hant")), LANGUAGE_ZH);
    assert_int_equal(decode_language(text_of("zh")), 0);
}

static void accepts(void **state)
{
    (void)state;
    assert_false(decode_prefers_json(text_of("")));
    assert_false(decode_prefers_json(text_of("*/*")));
    assert_true(decode_prefers_json(text_of("application/json")));
    assert_false(decode_prefers_json(text_of("text/html,application/json;q=0.9")));
    assert_true(decode_prefers_json(text_of("text/html;q=0.5, application/json")));
    assert_true(decode_accepts_gzip(text_of("br, gzip;q=0.5")));
    assert_false(decode_accepts_gzip(text_of("gzip;q=0, br")));
    assert_false(decode_accepts_gzip(text_of("")));
    assert_true(decode_type_is(text_of("Application/JSON; charset=utf-8"), "application/json"));
    assert_false(decode_type_is(text_of("application/jsonx"), "application/json"));
}

static void local_paths(void **state)
{
    (void)state;
    static const char *const local[] = {"/", "/a?b=c#d", "/a//b"};
    static const char *const other[] = {"",         "a",    "//a",        "/\\a",
                                        "http://a", "/a b", "/a\r\nX: y", "/a\\b"};
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        assert_true(decode_is_local(text_of(local[i])));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(decode_is_local(text_of(other[i])));
}

static void ranges(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        bool taken;
        int64_t first, last;
    } cases[] = {
        {"bytes=0-9", true, 0, 9},    {"bytes=90-", true, 90, 99}, {"bytes=-5", true, 95, 99},
        {"bytes=0-500", true, 0, 99}, {"bytes=-500", true, 0, 99}, {"bytes=100-", true, 100, 99},
        {"bytes=5-4", false, 0, 0},   {"bytes=-", false, 0, 0},    {"bytes=0-1,3-4", false, 0, 0},
        {"items=0-9", false, 0, 0},   {"bytes=a-b", false, 0, 0},  {"bytes=--5", false, 0, 0},
        {"bytes=-0", true, 100, 99},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t first = 0;
        int64_t last = 0;
        bool taken = decode_range(text_of(cases[i].header), 100, &first, &last);
        if (taken != cases[i].taken ||
            (taken && (first != cases[i].first || last != cases[i].last)))
            fail_msg("%s: %d %lld-%lld", cases[i].header, taken, (long long)first, (long long)last);
    }
}

static int start(void **state)
{
    (void)state;
    memory = memory_create(16 * 1024 * 1024);
    return memory ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    memory_end(memory);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percent),     cmocka_unit_test(pairs),     cmocka_unit_test(repair),
        cmocka_unit_test(cookies),     cmocka_unit_test(languages), cmocka_unit_test(accepts),
        cmocka_unit_test(local_paths), cmocka_unit_test(ranges),
    };
    return cmocka_run_group_tests_name("decode", tests, start, stop);
}
