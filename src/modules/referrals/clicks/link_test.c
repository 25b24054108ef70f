/*
 * Codes, addresses, agents, visitors, and the index of links.
 *
 * Read next: code.h, landing.h, agent.h, visitor.h, link_index.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "modules/referrals/clicks/agent.h"
#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/clicks/link_index.h"
#include "modules/referrals/clicks/seen.h"
#include "modules/referrals/clicks/visitor.h"

#define HOSTS "shop.example\nwww.shop.example:8443\n"

static const char *folded(const char *typed)
{
    static struct code code;
    return referrals_fold_code(text_of(typed), &code) ? code.text : "";
}

static void codes_that_look_alike_are_one(void **state)
{
    (void)state;
    assert_string_equal(folded("Lilo-Otto"), "11100TT0");
    assert_string_equal(folded("isabella"), "1SABE11A");
    assert_string_equal(folded("ISA-BEL-LA"), "1SABE11A");
    assert_string_equal(folded("OIl0"), "0110");
    assert_string_equal(folded("uvw"), "UVW");
    assert_string_equal(folded("12345678901234567890123456789012"),
                        "12345678901234567890123456789012");
}

static void what_is_no_code_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",       "ab",          "---",
        "a-b-",   "a b c",       "abc/",
        "abc%41", "caf\xc3\xa9", "123456789012345678901234567890123",
        "abc\n",  "a.b.c",       "../.."};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_string_equal(folded(wrong[i]), "");
    struct code code;
    assert_false(referrals_fold_code((struct text){"abc\0", 4}, &code));
}

static const char *marked(const char *target)
{
    static struct landing landing;
    referrals_landing_mark(text_of(target), text_of("clk_1"), &landing);
    return landing.text;
}

static void the_click_stands_behind_the_query_and_before_the_fragment(void **state)
{
    (void)state;
    assert_string_equal(marked("https://s.example"), "https://s.example?cf_click=clk_1");
    assert_string_equal(marked("https://s.example/"), "https://s.example/?cf_click=clk_1");
    assert_string_equal(marked("https://s.example/a?b=1"),
                        "https://s.example/a?b=1&cf_click=clk_1");
    assert_string_equal(marked("https://s.example/a?"), "https://s.example/a?cf_click=clk_1");
    assert_string_equal(marked("https://s.example/a#c"), "https://s.example/a?cf_click=clk_1#c");
    assert_string_equal(marked("https://s.example/a?b=1&c#d?e=f&g"),
                        "https://s.example/a?b=1&c&cf_click=clk_1#d?e=f&g");
    assert_string_equal(marked("https://s.example/#"), "https://s.example/?cf_click=clk_1#");
}

static void another_click_in_the_address_gives_way(void **state)
{
    struct landing landing;
    (void)state;
    assert_string_equal(marked("https://s.example/?cf_click=clk_0"),
                        "https://s.example/?cf_click=clk_1");
    assert_string_equal(marked("https://s.example/?a=1&cf_click=clk_0&b=2&cf_click"),
                        "https://s.example/?a=1&b=2&cf_click=clk_1");
    assert_string_equal(marked("https://s.example/?cf_clicks=2"),
                        "https://s.example/?cf_clicks=2&cf_click=clk_1");
    referrals_landing_mark(text_of("https://s.example/?a=1&cf_click=clk_0#b"), text_of(""),
                           &landing);
    assert_string_equal(landing.text, "https://s.example/?a=1#b");
}

static void links_lead_to_listed_hosts_only(void **state)
{
    static const char *const fine[] = {"https://shop.example",
                                       "https://shop.example/",
                                       "https://SHOP.example/a",
                                       "HTTPS://shop.example/a?b=c&d#e",
                                       "https://www.shop.example:8443/",
                                       "https://shop.example/%E4%BD%A0",
                                       "https://shop.example?https://evil.example"};
    static const char *const wrong[] = {"",
                                        "https://",
                                        "http://shop.example/",
                                        "//shop.example/",
                                        "/a",
                                        "javascript:alert(1)",
                                        "https://shop.example.evil.example/",
                                        "https://evil.example/",
                                        "https://evil.example/shop.example",
                                        "https://shop.example@evil.example/",
                                        "https://evil.example\\@shop.example/",
                                        "https://user@shop.example/",
                                        "https://shop.example:443/",
                                        "https://www.shop.example/",
                                        "https://shop.example\\.evil.example/",
                                        "https:///shop.example/",
                                        "https:/shop.example/",
                                        "https://shop.example/ a",
                                        "https://shop.example/\r\nSet-Cookie: a=b",
                                        "https://shop.example/\xc3\xa9",
                                        "https://shop.example/%zz",
                                        "https://shop.example/%4",
                                        " https://shop.example/",
                                        "https://shop.example\t/",
                                        "https://\nshop.example/",
                                        "https://shop.example./",
                                        "data:text/html,x",
                                        "https://[::1]/"};
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (!referrals_landing_allowed(text_of(fine[i]), text_of(HOSTS)))
            fail_msg("refused: %s", fine[i]);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (referrals_landing_allowed(text_of(wrong[i]), text_of(HOSTS)))
            fail_msg("allowed: %s", wrong[i]);
    assert_false(referrals_landing_allowed(text_of("https://shop.example/"), text_of("")));
}

static const char *deep(const char *to)
{
    static struct landing landing;
    if (!referrals_landing_deep(text_of("https://shop.example/start?a=1#b"), text_of(HOSTS),
                                text_of(to), &landing))
        return "";
    landing.text[landing.size] = '\0';
    return landing.text;
}

static void deep_links_stay_in_the_shop(void **state)
{
    (void)state;
    assert_string_equal(deep("/a/b?c=d#e"), "https://shop.example/a/b?c=d#e");
    assert_string_equal(deep("https://www.shop.example:8443/x"), "https://www.shop.example:8443/x");
    assert_string_equal(deep("https://shop.example"), "https://shop.example");
    /* What a browser would take for another host stands behind ours. */
    assert_string_equal(deep("//evil.example/"), "https://shop.example//evil.example/");
    assert_string_equal(deep("/\\evil.example"), "https://shop.example/%5Cevil.example");
    assert_string_equal(deep("/a b\xc3\xa9\r\nX: y"),
                        "https://shop.example/a%20b%C3%A9%0D%0AX:%20y");
    assert_string_equal(deep("/%41%zz#a#b"), "https://shop.example/%41%25zz#a%23b");
    static const char *const wrong[] = {"",
                                        "a",
                                        "https://evil.example/",
                                        "https://shop.example@evil.example/",
                                        "https://shop.example:1/",
                                        "https://shop.example\\@evil.example/",
                                        "http://shop.example/",
                                        "javascript:alert(1)",
                                        "\\\\evil.example",
                                        " /a",
                                        "https://",
                                        "https:///evil.example",
                                        "?a=b",
                                        "#a",
                                        "https://shop.example%2F@evil.example/"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_string_equal(deep(wrong[i]), "");
    char longest[LANDING_MOST + 2];
    memset(longest, 'a', sizeof longest);
    longest[0] = '/';
    longest[sizeof longest - 1] = '\0';
    assert_string_equal(deep(longest), "");
    longest[LANDING_MOST - strlen("https://shop.example")] = '\0';
    assert_int_equal(strlen(deep(longest)), LANDING_MOST);
    assert_int_equal(strlen(marked(deep(longest))), LANDING_MOST + strlen("?cf_click=clk_1"));
}

static void programs_that_say_so_are_bots(void **state)
{
    static const char *const bots[] = {
        "",
        "curl/7.88.1",
        "python-requests/2.31",
        "Wget/1.21",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23",
        "Slackbot-LinkExpanding 1.0",
        "Mozilla/5.0 (compatible; bingbot/2.0)"};
    static const char *const people[] = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
        "Gecko) Version/17.5 "
        "Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.0.0 "
        "Safari/537.36 Edg/126.0",
        "Mozilla/5.0 (Linux; Android 14; CUBOT X90) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0 Mobile "
        "Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605 Mobile [FBAN/FBIOS;FBAV/1]",
        "Opera/9.80 (Android; Opera Mini/12) Presto/2.12"};
    (void)state;
    for (size_t i = 0; i < sizeof bots / sizeof *bots; i++)
        if (!referrals_agent_is_bot(text_of(bots[i])))
            fail_msg("taken for a person: %s", bots[i]);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        if (referrals_agent_is_bot(text_of(people[i])))
            fail_msg("taken for a bot: %s", people[i]);
}

static void visitors_are_told_apart_for_a_day(void **state)
{
    static const unsigned char today[VISITOR_KEY] = {1};
    static const unsigned char tomorrow[VISITOR_KEY] = {2};
    struct text agent = text_of("Mozilla/5.0");
    (void)state;
    struct visitor a = referrals_visitor_mark(today, text_of("192.0.2.7"), agent);
    struct visitor again = referrals_visitor_mark(today, text_of("192.0.2.7"), agent);
    struct visitor near = referrals_visitor_mark(today, text_of("192.0.2.200"), agent);
    struct visitor far = referrals_visitor_mark(today, text_of("192.0.3.7"), agent);
    struct visitor later = referrals_visitor_mark(tomorrow, text_of("192.0.2.7"), agent);
    assert_true(a.visitor == again.visitor && a.network == again.network);
    assert_true(a.visitor != near.visitor && a.network == near.network);
    assert_true(a.network != far.network);
    assert_true(a.visitor != later.visitor && a.network != later.network);
    struct visitor six = referrals_visitor_mark(today, text_of("2001:db8:1::1"), agent);
    struct visitor house = referrals_visitor_mark(today, text_of("2001:db8:1:9::2"), agent);
    assert_true(six.network == house.network && six.visitor != house.visitor);
    (void)referrals_visitor_mark(today, text_of(""), text_of(""));
}

static void twenty_clicks_in_a_minute_are_many(void **state)
{
    struct memory *memory = memory_create(8 << 20);
    struct velocity *velocity = referrals_velocity_make(memory);
    int64_t begin = INT64_C(1800000000000);
    (void)state;
    assert_non_null(velocity);
    for (int i = 0; i < 19; i++)
        assert_false(
            referrals_velocity_is_high(velocity, 5, 6, (struct instant){begin + i * 1000}));
    assert_false(referrals_velocity_is_high(velocity, 5, 7, (struct instant){begin + 19000}));
    assert_true(referrals_velocity_is_high(velocity, 5, 6, (struct instant){begin + 59900}));
    /* Three seconds apart, there are never twenty within sixty. */
    for (int i = 0; i < 100; i++)
        assert_false(
            referrals_velocity_is_high(velocity, 8, 6, (struct instant){begin + i * 3200}));
    for (int64_t i = 0; i < 1000000; i++)
        assert_false(referrals_velocity_is_high(velocity, i * INT64_C(7919) << 20, 1,
                                                (struct instant){begin}));
    assert_true(memory_used(memory) < 4 << 20);
    memory_end(memory);
}

/* ---- the index ---- */

static void put_number(struct link_index *index, int number, const char *rest, bool counts)
{
    char code[40];
    char target[100];
    struct link_put put = {.link = number + 1, .program = 7, .counts = counts};
    snprintf(code, sizeof code, "NR-%d", number);
    snprintf(target, sizeof target, "https://shop.example/products/%d%s", number, rest);
    put.target = text_of(target);
    assert_true(referrals_fold_code(text_of(code), &put.code));
    assert_true(link_index_put(index, &put));
}

static bool find_number(struct link_index *index, int number, struct link_found *found)
{
    char typed[40];
    struct code code;
    snprintf(typed, sizeof typed, "nr%d", number);
    assert_true(referrals_fold_code(text_of(typed), &code));
    return link_index_find(index, &code, (struct instant){1000}, found);
}

static void a_hundred_thousand_links_are_found(void **state)
{
    enum { LINKS = 100000 };
    struct link_index *index = link_index_make();
    struct link_found found;
    char target[100];
    (void)state;
    assert_non_null(index);
    assert_false(find_number(index, 0, &found));
    assert_true(link_index_program(index, 7, text_of(HOSTS), true, (struct instant){0}));
    for (int i = 0; i < LINKS; i++)
        put_number(index, i, "?a=b", true);
    assert_int_equal(link_index_count(index), LINKS);
    for (int i = 0; i < LINKS; i++) {
        assert_true(find_number(index, i, &found));
        assert_int_equal(found.link, i + 1);
        int size = snprintf(target, sizeof target, "%.*s%.*s%.*s", TEXT_ARGS(found.address[0]),
                            TEXT_ARGS(found.address[1]), TEXT_ARGS(found.address[2]));
        char expected[100];
        assert_int_equal(
            snprintf(expected, sizeof expected, "https://shop.example/products/%d?a=b", i), size);
        assert_string_equal(target, expected);
        assert_true(found.counts && text_is(found.hosts, HOSTS));
    }
    assert_false(find_number(index, LINKS, &found));
    put_number(index, 5, "#new", false);
    assert_int_equal(link_index_count(index), LINKS);
    assert_true(find_number(index, 5, &found));
    assert_true(text_is(found.address[1], "5") && text_is(found.address[2], "#new") &&
                !found.counts);
    link_index_end(index);
}

static void programs_say_whether_links_count(void **state)
{
    struct link_index *index = link_index_make();
    struct link_found found;
    (void)state;
    put_number(index, 1, "", true);
    assert_true(find_number(index, 1, &found));
    assert_false(found.counts); /* its program is not known yet */
    assert_true(link_index_program(index, 7, text_of(HOSTS), true, (struct instant){0}));
    assert_true(find_number(index, 1, &found) && found.counts);
    assert_true(link_index_program(index, 7, text_of(HOSTS), true, (struct instant){1001}));
    assert_true(find_number(index, 1, &found) && found.counts);
    assert_true(link_index_program(index, 7, text_of("b.example"), true, (struct instant){1000}));
    assert_true(find_number(index, 1, &found) && !found.counts);
    assert_true(text_is(found.hosts, "b.example"));
    assert_true(link_index_program(index, 7, text_of(HOSTS), false, (struct instant){0}));
    assert_true(find_number(index, 1, &found) && !found.counts);
    link_index_end(index);
}

struct reading {
    struct link_index *index;
    atomic_int known;
    atomic_bool ending;
    long wrong;
};

static void *read_on(void *context)
{
    struct reading *reading = context;
    struct link_found found;
    for (int i = 0; !atomic_load(&reading->ending); i++) {
        int known = atomic_load(&reading->known);
        int number = known ? i % known : 0;
        if (known && (!find_number(reading->index, number, &found) || found.link != number + 1))
            reading->wrong++;
    }
    return NULL;
}

/* While tables grow, what was put is found all the time. */
static void reading_goes_on_while_it_grows(void **state)
{
    struct reading reading = {.index = link_index_make()};
    pthread_t thread;
    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, read_on, &reading), 0);
    for (int i = 0; i < 30000; i++) {
        put_number(reading.index, i, "", true);
        atomic_store(&reading.known, i + 1);
    }
    atomic_store(&reading.ending, true);
    pthread_join(thread, NULL);
    assert_int_equal(reading.wrong, 0);
    link_index_end(reading.index);
}

/* ---- what a request says ---------------------------------------------------------------------- */

static int64_t region(const char *address)
{
    const struct quick came = {.method = TEXT("GET"), .address = text_of(address)};
    int64_t found =
        click_seen_read(click_seen_write(&came, 0, (struct maybe_integer){false, 0})).region;
    assert_in_range(found, address[0] ? 1 : 0, SUSPECT_REGIONS);
    return found;
}

static void what_a_request_says_is_kept_in_a_small_number(void **state)
{
    (void)state;
    struct maybe_integer unknown = {.present = false}, hosted = {true, 1}, home = {true, 0};
    struct quick came = {.method = TEXT("GET"),
                         .fetch_site = TEXT("cross-site"),
                         .fetch_mode = TEXT("navigate"),
                         .fetch_user = TEXT("?1"),
                         .fetch_dest = TEXT("document"),
                         .referer = TEXT("https://blog.example/")};
    int64_t written = click_seen_write(&came, SUSPECT_PHONE, hosted);
    assert_true(written > 0 && written < 1 << 21);
    struct click_seen seen = click_seen_read(written);
    assert_true(seen.heads && seen.user && seen.source);
    assert_int_equal(seen.site, SITE_CROSS);
    assert_int_equal(seen.mode, MODE_NAVIGATE);
    assert_int_equal(seen.dest, DEST_DOCUMENT);
    assert_int_equal(seen.device, SUSPECT_PHONE);
    assert_true(seen.hosted.present && seen.hosted.value == 1);

    came = (struct quick){.method = TEXT("GET"),
                          .fetch_site = TEXT("same-origin"),
                          .fetch_mode = TEXT("no-cors"),
                          .fetch_dest = TEXT("iframe")};
    seen = click_seen_read(click_seen_write(&came, SUSPECT_APP, home));
    assert_true(seen.heads && !seen.user && !seen.source);
    assert_int_equal(seen.site, SITE_SAME);
    assert_int_equal(seen.mode, MODE_OTHER);
    assert_int_equal(seen.dest, DEST_FRAME);
    assert_int_equal(seen.device, SUSPECT_APP);
    assert_true(seen.hosted.present && seen.hosted.value == 0);

    /* Of the address only in which part of the net it is. */
    static const char *const same[][2] = {{"192.0.2.1", "192.0.113.77"},
                                          {"::ffff:192.0.2.1", "192.0.9.9"},
                                          {"2001:db8:1::1", "2001:db8:ffff::2"}};
    static const char *const others[] = {"192.1.2.1", "198.51.100.1", "2001:db9::1", "203.0.113.1"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_int_equal(region(same[i][0]), region(same[i][1]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_not_equal(region("192.0.2.1"), region(others[i]));
    assert_int_equal(region(""), 0);

    /* A worker that does not know the headers says nothing of them. */
    came.method = (struct text){"", 0};
    seen = click_seen_read(click_seen_write(&came, SUSPECT_COMPUTER, unknown));
    assert_true(!seen.heads && !seen.mode && !seen.dest && !seen.hosted.present);
    assert_int_equal(seen.device, SUSPECT_COMPUTER);
    assert_false(click_seen_read(0).heads || click_seen_read(0).device);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_that_look_alike_are_one),
        cmocka_unit_test(what_is_no_code_is_refused),
        cmocka_unit_test(the_click_stands_behind_the_query_and_before_the_fragment),
        cmocka_unit_test(another_click_in_the_address_gives_way),
        cmocka_unit_test(links_lead_to_listed_hosts_only),
        cmocka_unit_test(deep_links_stay_in_the_shop),
        cmocka_unit_test(programs_that_say_so_are_bots),
        cmocka_unit_test(visitors_are_told_apart_for_a_day),
        cmocka_unit_test(twenty_clicks_in_a_minute_are_many),
        cmocka_unit_test(what_a_request_says_is_kept_in_a_small_number),
        cmocka_unit_test(a_hundred_thousand_links_are_found),
        cmocka_unit_test(programs_say_whether_links_count),
        cmocka_unit_test(reading_goes_on_while_it_grows),
    };
    return cmocka_run_group_tests_name("modules/referrals/link", tests, NULL, NULL);
}
