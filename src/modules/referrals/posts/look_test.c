/*
 * What counts as a way back and as disclosure, what a failed fetch means, and which addresses can be handed in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/settings.h"
#include "modules/referrals/posts/look.h"
#include "web/words.h"

static struct memory *memory;

static const struct setting settings[] = {
    {"hooks.loopback", SETTING_FLAG, "off", 0, 0, false, "Loopback is reached"},
};

static enum post_found look(const char *page, const char *words)
{
    const struct text codes[] = {TEXT("INES-7"), TEXT("Maren")};
    struct post_wanted wanted = {
        .site = text_of("https://site.example"), .codes = codes, .code_count = 2};
    struct outside_html html;
    struct bytes bytes = {(const unsigned char *)page, strlen(page)};
    enum post_found found;
    assert_null(post_words(memory, text_of(words), &wanted.words));
    assert_null(outside_html_read(memory, bytes, text_of("utf-8"), &html));
    assert_null(post_look(memory, &html, &wanted, &found));
    return found;
}

/* Whether this leads back to the partner. */
static bool leads(const char *page)
{
    return look(page, "x") == POST_NO_DISCLOSURE;
}

static void knows_links_and_codes_of_the_partner(void **state)
{
    static const char *const back[] = {
        "<a href='https://site.example/r/INES-7'>y</a>",
        "<a href='HTTPS://Site.Example:443/r/ines7?to=/trains#b'>y</a>",
        "<a href='https://site.example/r/1NES7'>y</a>",
        "<p>Type INES-7, please</p>",
        "<p>https://site.example/r/INES-7</p>",
        "<p>(INES-7)</p>",
    };
    static const char *const others[] = {
        "<a href='https://site.example/r/JONAS'>y</a>",
        "<a href='https://site.example.evil.example/r/INES-7'>y</a>",
        "<a href='https://evil.example/?u=https://site.example/r/ines7'>y</a>",
        "<a href='https://site.example/programs'>y</a>",
        "<a href='/r/INES-7'>y</a>",
        "<p>INES-77 and MYINES-7 and ines-7 and maren</p>",
        "<p hidden>INES-7</p>",
        "<img alt='INES-7'>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof back / sizeof back[0]; i++)
        if (!leads(back[i]))
            fail_msg("%s", back[i]);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (leads(others[i]))
            fail_msg("%s", others[i]);
}

/* Whether this says that it is an advertisement. */
static bool says(const char *page, const char *words)
{
    return look(page, words) == POST_NO_LINK;
}

static void knows_words_of_disclosure(void **state)
{
    static const char *const usual[] = {
        "<b>Advertisement</b>",
        "<p>(ad) our trip</p>",
        "<p>#ad</p>",
        "<p>WERBUNG!</p>",
        "<p>Publicite</p>",
        "<p>PUBLICIT\u00c9</p>",
        "<p>Реклама. Про</p>",
        "<p>本文為廣告內容</p>",
        "<p>ＡＤ</p>",
        "<p>W<i>er</i>bung</p>",
        "<p>Paid\n  partnership with</p>",
    };
    static const char *const none[] = {
        "<p>We had a bad and a sad day in Bad Aussee</p>",
        "<p>Werbungskosten</p>",
        "<p>рекламация</p>",
        "<p>A<br>d</p>",
        "<p title='Werbung'>x</p>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (!says(usual[i], ""))
            fail_msg("%s", usual[i]);
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        if (says(none[i], ""))
            fail_msg("%s", none[i]);
    assert_true(says("<p>paid by nordlicht</p>", "Paid by Nordlicht\r\n\nGift of Nordlicht"));
    assert_true(says("<p>Gift of NORDLICHT.</p>", "Paid by Nordlicht\r\n\nGift of Nordlicht"));
    assert_false(says("<p>Ad</p>", "Paid by Nordlicht"));
    assert_int_equal(look("<p>Ad INES-7</p>", ""), POST_ALL);
    assert_int_equal(look("", ""), POST_NEITHER);
}

static void tells_what_a_failed_fetch_means(void **state)
{
    static const struct {
        struct outside_page page;
        enum post_found found;
        bool passes;
    } cases[] = {
        {{.found = OUTSIDE_STATUS, .status = 404}, POST_MISSING, false},
        {{.found = OUTSIDE_STATUS, .status = 410}, POST_MISSING, false},
        {{.found = OUTSIDE_STATUS, .status = 403}, POST_FORBIDDEN, false},
        {{.found = OUTSIDE_STATUS, .status = 429}, POST_FAILING, true},
        {{.found = OUTSIDE_STATUS, .status = 500}, POST_FAILING, true},
        {{.found = OUTSIDE_NO_PAGE}, POST_NO_PAGE, false},
        {{.found = OUTSIDE_TOO_LARGE}, POST_TOO_LARGE, false},
        {{.found = OUTSIDE_WANDERS}, POST_WANDERS, false},
        {{.found = OUTSIDE_NO_WAY}, POST_INSIDE, false},
        {{.found = OUTSIDE_NOTHING, .outcome = OUTSIDE_NO_NAME}, POST_NO_NAME, true},
        {{.found = OUTSIDE_NOTHING, .outcome = OUTSIDE_SLOW}, POST_SLOW, true},
        {{.found = OUTSIDE_NOTHING, .outcome = OUTSIDE_UNSAFE}, POST_UNSAFE, true},
        {{.found = OUTSIDE_NOTHING, .outcome = OUTSIDE_BROKEN}, POST_UNREACHED, true},
        {{.found = OUTSIDE_PAGE, .status = 200}, POST_ALL, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(post_fetched(&cases[i].page), cases[i].found);
        assert_int_equal(post_may_pass(cases[i].found), cases[i].passes);
    }
}

static void takes_addresses_that_everybody_can_open(void **state)
{
    static const struct {
        const char *typed;
        const struct problem *problem;
    } cases[] = {
        {"https://blog.example/post", NULL},
        {" https://Blog.Example/post#top ", NULL},
        {"my blog", &post_malformed},
        {"", &post_malformed},
        {"https://me:secret@blog.example/", &post_malformed},
        {"http://blog.example/", &post_plain},
        {"ftp://blog.example/", &post_plain},
        {"https://blog.example:8/", &post_inside},
        {"https://127.0.0.1/", &post_inside},
        {"https://192.168.0.1/", &post_inside},
        {"https://[::1]/", &post_inside},
        {"https://router.local/", &post_inside},
        {"https://site.example/r/INES-7", &post_own},
        {"https://SITE.example:443/", &post_own},
        {"https://shop.example/trains", &post_own},
        {"https://www.shop.example/", &post_own},
    };
    struct text plain;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (post_address(memory, text_of(cases[i].typed), text_of("https://site.example"),
                         text_of("shop.example\nwww.shop.example"), &plain) != cases[i].problem)
            fail_msg("%s", cases[i].typed);
    assert_null(post_address(memory, text_of("HTTPS://Blog.Example:443/Post#a"),
                             text_of("https://site.example"), text_of(""), &plain));
    assert_string_equal(plain.data, "https://blog.example/Post");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_links_and_codes_of_the_partner),
        cmocka_unit_test(knows_words_of_disclosure),
        cmocka_unit_test(tells_what_a_failed_fetch_means),
        cmocka_unit_test(takes_addresses_that_everybody_can_open),
    };
    memory = memory_create(64 << 20);
    struct text complaint;
    settings_declare(settings, 1);
    if (!memory || words_load(memory, &complaint) ||
        settings_load(memory, "/nonexistent/contraflow.conf", &complaint))
        return 1;
    int failed = cmocka_run_group_tests_name("posts looked at", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
