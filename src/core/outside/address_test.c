/*
 * Addresses of other hosts: every way in which one may be wrong, machines out of reach, one form for all spellings.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <string.h>

#include "core/outside/address.h"

static enum outside_address_fault look(const char *address, bool loopback)
{
    struct memory *memory = memory_create(1 << 16);
    enum outside_address_fault fault = outside_address_look(memory, text_of(address), loopback);
    memory_end(memory);
    return fault;
}

static void takes_addresses_of_the_public_internet(void **state)
{
    static const char *const fine[] = {
        "https://example.org/hooks",     "https://example.org",
        "https://example.org:443/a?b=c", "https://example.org:8443/x",
        "https://8.8.8.8/hooks",         "HTTPS://Example.ORG/Hooks",
        "https://[2606:4700::1111]/x",   "https://xn--bcher-kva.example/",
        "https://example.org:65535/",
    };
    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        assert_int_equal(look(fine[i], false), OUTSIDE_ADDRESS_FINE);
}

static void refuses_all_others(void **state)
{
    static const struct {
        const char *address;
        enum outside_address_fault fault;
    } wrong[] = {
        {"", OUTSIDE_ADDRESS_MALFORMED},
        {"example.org/hooks with blanks", OUTSIDE_ADDRESS_MALFORMED},
        {"https://", OUTSIDE_ADDRESS_MALFORMED},
        {"https:///hooks", OUTSIDE_ADDRESS_INSIDE},
        {"https://name@example.org/", OUTSIDE_ADDRESS_MALFORMED},
        {"https://name:word@example.org/", OUTSIDE_ADDRESS_MALFORMED},
        {"https://example.org@127.0.0.1/", OUTSIDE_ADDRESS_MALFORMED},
        {"https://example.org/#part", OUTSIDE_ADDRESS_MALFORMED},
        {"https://example.org:70000/", OUTSIDE_ADDRESS_MALFORMED},
        {"https://example.org/\r\nX: y", OUTSIDE_ADDRESS_MALFORMED},
        {"https://b\xc3\xbc"
         "cher.example/",
         OUTSIDE_ADDRESS_MALFORMED},
        {"https://[fe80::1%25eth0]/", OUTSIDE_ADDRESS_MALFORMED},
        {"http://example.org/hooks", OUTSIDE_ADDRESS_PLAIN},
        {"ftp://example.org/hooks", OUTSIDE_ADDRESS_PLAIN},
        {"file:///etc/passwd", OUTSIDE_ADDRESS_MALFORMED},
        {"gopher://example.org/", OUTSIDE_ADDRESS_PLAIN},
        {"https://example.org:22/", OUTSIDE_ADDRESS_PORT},
        {"https://example.org:80/", OUTSIDE_ADDRESS_PORT},
        {"https://example.org:1023/", OUTSIDE_ADDRESS_PORT},
        {"https://localhost/", OUTSIDE_ADDRESS_INSIDE},
        {"https://LOCALHOST:8443/", OUTSIDE_ADDRESS_INSIDE},
        {"https://printer/", OUTSIDE_ADDRESS_INSIDE},
        {"https://db.internal/", OUTSIDE_ADDRESS_INSIDE},
        {"https://metadata.google.internal./", OUTSIDE_ADDRESS_INSIDE},
        {"https://nas.local/", OUTSIDE_ADDRESS_INSIDE},
        {"https://127.0.0.1/", OUTSIDE_ADDRESS_INSIDE},
        {"https://2130706433/", OUTSIDE_ADDRESS_INSIDE},
        {"https://0x7f.1/", OUTSIDE_ADDRESS_INSIDE},
        {"https://0177.0.0.1/", OUTSIDE_ADDRESS_INSIDE},
        {"https://10.0.0.1/", OUTSIDE_ADDRESS_INSIDE},
        {"https://169.254.169.254/latest/", OUTSIDE_ADDRESS_INSIDE},
        {"https://[::1]/", OUTSIDE_ADDRESS_INSIDE},
        {"https://[::ffff:127.0.0.1]/", OUTSIDE_ADDRESS_INSIDE},
        {"https://[::ffff:8.8.8.8]/", OUTSIDE_ADDRESS_INSIDE},
        {"https://[fd00:ec2::254]/", OUTSIDE_ADDRESS_INSIDE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (look(wrong[i].address, false) != wrong[i].fault)
            fail_msg("%s: %d", wrong[i].address, look(wrong[i].address, false));
    char longer[OUTSIDE_ADDRESS_MAX + 40] = "https://example.org/";
    memset(longer + strlen(longer), 'x', OUTSIDE_ADDRESS_MAX);
    assert_int_equal(look(longer, false), OUTSIDE_ADDRESS_MALFORMED);
}

/* The setting opens this machine, and nothing else. */
static void reaches_this_machine_where_the_setting_says_so(void **state)
{
    (void)state;
    assert_int_equal(look("http://127.0.0.1:8080/hooks", true), OUTSIDE_ADDRESS_FINE);
    assert_int_equal(look("http://localhost:8080/hooks", true), OUTSIDE_ADDRESS_FINE);
    assert_int_equal(look("https://[::1]:8443/", true), OUTSIDE_ADDRESS_FINE);
    assert_int_equal(look("http://127.0.0.1/hooks", true), OUTSIDE_ADDRESS_PORT);
    assert_int_equal(look("http://10.0.0.1:8080/", true), OUTSIDE_ADDRESS_PLAIN);
    assert_int_equal(look("https://10.0.0.1:8080/", true), OUTSIDE_ADDRESS_INSIDE);
    assert_int_equal(look("http://example.org:8080/", true), OUTSIDE_ADDRESS_PLAIN);
}

static bool is_public(const char *written)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, written, &four.sin_addr) == 1)
        return outside_address_public((const struct sockaddr *)(const void *)&four);
    assert_int_equal(inet_pton(AF_INET6, written, &six.sin6_addr), 1);
    return outside_address_public((const struct sockaddr *)(const void *)&six);
}

static void knows_which_machines_are_out_of_reach(void **state)
{
    static const char *const inside[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.255",
        "168.63.129.16",
        "169.254.0.0",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "3fff::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "4000::1",
    };
    static const char *const outside[] = {
        "1.1.1.1",      "9.255.255.255",    "11.0.0.0",        "100.63.255.255",
        "100.128.0.0",  "126.255.255.255",  "128.0.0.0",       "172.15.255.255",
        "172.32.0.0",   "192.167.255.255",  "192.169.0.0",     "198.17.255.255",
        "198.20.0.0",   "223.255.255.255",  "2606:4700::1111", "2a00:1450::1",
        "2001:4860::1", "64:ff9b::808:808",
    };
    (void)state;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (is_public(inside[i]))
            fail_msg("%s", inside[i]);
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++)
        if (!is_public(outside[i]))
            fail_msg("%s", outside[i]);
    struct sockaddr other = {.sa_family = AF_UNIX};
    assert_false(outside_address_public(&other));
    assert_false(outside_address_own(&other));
}

static void has_one_form_for_all_spellings(void **state)
{
    static const struct {
        const char *typed, *plain;
    } spellings[] = {
        {"HTTPS://Blog.Example:443/Post?b=1#part", "https://blog.example/Post?b=1"},
        {"https://blog.example", "https://blog.example/"},
        {"https://blog.example:8443/a/../b", "https://blog.example:8443/b"},
        {"https://b\xC3\xBC"
         "cher.example/\xC3\xA9t\xC3\xA9",
         "https://xn--bcher-kva.example/%c3%a9t%c3%a9"},
    };
    struct memory *memory = memory_create(1 << 16);
    struct text plain;
    (void)state;
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        assert_true(outside_address_plain(memory, text_of(spellings[i].typed), &plain));
        assert_string_equal(plain.data, spellings[i].plain);
    }
    assert_false(outside_address_plain(memory, text_of("blog example"), &plain));
    assert_true(text_is(outside_address_host(memory, text_of("https://a.example/x")), "a.example"));
    memory_end(memory);
}

static void has_one_page_for_all_links_to_it(void **state)
{
    static const struct {
        const char *address, *page;
    } links[] = {
        {"https://blog.example/", "https://blog.example/"},
        {"https://blog.example/?utm_source=mail", "https://blog.example/"},
        {"https://blog.example/post/", "https://blog.example/post"},
        {"https://blog.example/post", "https://blog.example/post"},
        {"https://blog.example/post/?utm_source=a&fbclid=b&gclid=c", "https://blog.example/post"},
        {"https://blog.example/?p=7&utm_medium=x&b=2", "https://blog.example/?p=7&b=2"},
        {"https://blog.example/?p=8", "https://blog.example/?p=8"},
        {"https://blog.example/post?&&", "https://blog.example/post"},
        {"https://blog.example/a?next=/b/", "https://blog.example/a?next=/b/"},
        {"https://blog.example/a?utm=1&gclids=2", "https://blog.example/a?utm=1&gclids=2"},
        {"", ""},
    };
    struct memory *memory = memory_create(1 << 16);
    (void)state;
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        struct text page = outside_address_page(memory, text_of(links[i].address));
        assert_true(text_is(page, links[i].page));
    }
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_addresses_of_the_public_internet),
        cmocka_unit_test(refuses_all_others),
        cmocka_unit_test(reaches_this_machine_where_the_setting_says_so),
        cmocka_unit_test(knows_which_machines_are_out_of_reach),
        cmocka_unit_test(has_one_form_for_all_spellings),
        cmocka_unit_test(has_one_page_for_all_links_to_it),
    };
    return cmocka_run_group_tests_name("addresses", tests, NULL, NULL);
}
