/*
 * What a reader sees of a page, and what only its source holds; pages that are broken or lie about their letters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/outside/html.h"

static struct memory *memory;

static struct outside_html read_bytes(const char *page, size_t size, const char *charset)
{
    struct outside_html out;
    struct bytes bytes = {(const unsigned char *)page, size};
    assert_null(outside_html_read(memory, bytes, text_of(charset), &out));
    assert_true(text_valid((struct bytes){(const unsigned char *)out.words.data, out.words.size}));
    return out;
}

static struct outside_html page(const char *page)
{
    return read_bytes(page, strlen(page), "");
}

static void sees_words_and_links(void **state)
{
    struct outside_html seen = page("<!doctype html><html><head><title>Not on the "
                                    "page</title></head><body><h1>Night  train</h1>"
                                    "<p>W<b>er</b>bung.<br>See <a class=x href=' "
                                    "https://site.example/r/INES '>this</a>&nbsp;now"
                                    "<area href=/map></p></body></html>");
    (void)state;
    assert_string_equal(seen.words.data, "Night train Werbung. See this now ");
    assert_int_equal(seen.link_count, 2);
    assert_true(text_is(seen.links[0], "https://site.example/r/INES"));
    assert_true(text_is(seen.links[1], "/map"));
}

static void leaves_out_what_nobody_sees(void **state)
{
    static const char *const unseen[] = {
        "<!-- Werbung -->",
        "<script>var a = 'Werbung <b>';</script>",
        "<style>p::after { content: 'Werbung' }</style>",
        "<template><p>Werbung</p></template>",
        "<noscript>Werbung</noscript>",
        "<p hidden>Werbung <b>Werbung</b></p>",
        "<div hidden><p>Werbung<br>Werbung<img src=x>Werbung</p></div>",
        "<p style='color: red; Display : NONE'>Werbung</p>",
        "<p style='visibility:hidden'>Werbung</p>",
        "<p style='font-size: 0'>Werbung</p>",
        "<p style='font-size:0px;'>Werbung</p>",
        ("<img alt='Werbung' title='Werbung'><input value='Werbung'><meta name=description "
         "content=Werbung>"),
        "<iframe srcdoc='Werbung'>Werbung</iframe>",
        "<textarea>Werbung</textarea>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++) {
        char whole[400];
        (void)snprintf(whole, sizeof whole, "<body><p>Before</p>%s<p>After</p></body>", unseen[i]);
        struct outside_html seen = page(whole);
        if (strstr(seen.words.data, "Werbung") || !strstr(seen.words.data, "Before") ||
            !strstr(seen.words.data, "After"))
            fail_msg("%s: %s", unseen[i], seen.words.data);
    }
    assert_non_null(strstr(page("<p style='font-size:0.9em'>Werbung</p>").words.data, "Werbung"));
    assert_int_equal(page("<p hidden><a href=x>y</a></p>").link_count, 0);
}

static void reads_the_letters_that_a_page_has(void **state)
{
    static const char utf8[] = "<p>\xD0\xA0\xD0\xB5\xD0\xBA\xD0\xBB\xD0\xB0\xD0\xBC\xD0\xB0</p>";
    static const char latin[] = "<p>Publicit\xE9</p>";
    static const char said[] = "<meta charset=koi8-r><p>\xF2\xC5\xCB\xCC\xC1\xCD\xC1</p>";
    static const char lies[] = "<meta charset=utf-8><p>Publicit\xE9 ad</p>";
    (void)state;
    assert_non_null(strstr(page(utf8).words.data, "\xD0\xA0\xD0\xB5\xD0\xBA"));
    assert_non_null(strstr(read_bytes(utf8, strlen(utf8), "UTF-8").words.data, "\xD0\xA0"));
    assert_non_null(strstr(page(latin).words.data, "Publicit\xC3\xA9"));
    assert_non_null(strstr(page(said).words.data, "\xD0\xA0\xD0\xB5\xD0\xBA\xD0\xBB"));
    assert_non_null(
        strstr(read_bytes(said, strlen(said), "koi8-r").words.data, "\xD0\xA0\xD0\xB5"));
    assert_non_null(strstr(page(lies).words.data, "ad"));
    assert_non_null(strstr(page("<p>&#1056;&eacute;</p>").words.data, "\xD0\xA0\xC3\xA9"));
}

/* A megabyte of anything ends soon, and in bounds. */
static void bears_what_is_no_page(void **state)
{
    enum { SIZE = 1 << 20 };
    static const char *const again[] = {"<a href=x>", "<div><p>",   "</p>", "&amp;",
                                        "<",          "\"",         "<!--", "<table><tr><td>",
                                        "\xFF",       "<b hidden>x"};
    char *whole = malloc(SIZE);
    (void)state;
    assert_non_null(whole);
    for (size_t i = 0; i < sizeof again / sizeof again[0]; i++) {
        struct memory *all = memory;
        size_t size = strlen(again[i]), filled = 0;
        for (; filled + size <= SIZE; filled += size)
            memcpy(whole + filled, again[i], size);
        memory = memory_create(48 << 20);
        assert_true(read_bytes(whole, filled, "").link_count <= OUTSIDE_LINKS);
        memory_end(memory);
        memory = all;
    }
    free(whole);
    assert_int_equal(page("").words.size, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sees_words_and_links),
        cmocka_unit_test(leaves_out_what_nobody_sees),
        cmocka_unit_test(reads_the_letters_that_a_page_has),
        cmocka_unit_test(bears_what_is_no_page),
    };
    memory = memory_create(32 << 20);
    int failed = cmocka_run_group_tests_name("pages as read", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
