/*
 * Providers: settings that are wrong, and addresses that are never called.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/oidc/provider.h"

static struct memory *memory;

static const struct problem *set(const char *name, const char *value)
{
    struct text complaint;
    assert_null(settings_set(memory, text_of(name), text_of(value), &complaint));
    return oidc_providers_start(memory, &complaint);
}

static void an_issuer_is_an_https_address(void **state)
{
    static const char *const wrong[] = {
        "id.example",
        "http://id.example",
        "ftp://id.example",
        "https://",
        "https:///path",
        "https://name:word@id.example",
        "https://id.example#a",
        "https://id.example?a=b",
        "https://id example",
        "http://127.0.0.1.id.example",
        "http://localhost.example",
        "http://[::1].example",
        "https://id.example\r\nX: y",
    };
    static const char *const fine[] = {
        "https://id.example",    "https://id.example/realms/people/", "https://id.example:8443",
        "http://127.0.0.1:9000", "http://localhost:9000/a",           "http://[::1]:9000"};
    (void)state;
    assert_null(set("oidc.2.client", "us"));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_ptr_equal(set("oidc.2.issuer", wrong[i]), &invalid_input);
        assert_null(oidc_provider_of(2));
    }
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        assert_null(set("oidc.2.issuer", fine[i]));
        assert_non_null(oidc_provider_of(2));
    }
    assert_ptr_equal(set("oidc.2.client", ""), &invalid_input);
    assert_null(set("oidc.2.issuer", ""));
    assert_null(oidc_provider_of(2));
}

static void is_known_by_number_and_issuer(void **state)
{
    struct oidc_provider_line_list lines;
    (void)state;
    assert_null(set("oidc.3.client", "us"));
    assert_null(set("oidc.3.issuer", "https://id.example/a"));
    assert_ptr_equal(oidc_provider_by(text_of("https://id.example/a")), oidc_provider_of(3));
    assert_null(oidc_provider_by(text_of("https://id.example/a/")));
    assert_null(oidc_provider_by(text_of("")));
    assert_null(oidc_provider_of(0));
    assert_null(oidc_provider_of(OIDC_PROVIDERS + 1));
    assert_null(oidc_provider_of(INT64_MIN));
    assert_null(oidc_providers(memory, &lines));
    assert_int_equal(lines.count, 1);
    assert_true(text_is(lines.items[0].name, "id.example"));
    assert_null(set("oidc.3.name", "Example"));
    assert_true(text_is(oidc_provider_of(3)->name, "Example"));
}

static void its_endpoints_are_not_this_machine(void **state)
{
    struct oidc_provider public = {.number = 1};
    struct oidc_provider own = {.number = 1, .loopback = true};
    (void)state;
    assert_true(oidc_address_fine(&public, text_of("https://id.example/token?a=b")));
    assert_false(oidc_address_fine(&public, text_of("http://id.example/token")));
    assert_false(oidc_address_fine(&public, text_of("http://127.0.0.1/token")));
    assert_false(oidc_address_fine(&public, text_of("https://a@id.example/token")));
    assert_false(oidc_address_fine(&public, text_of("file:///etc/passwd")));
    assert_false(oidc_address_fine(&public, text_of("")));
    assert_true(oidc_address_fine(&own, text_of("http://127.0.0.1:9000/token")));
    assert_true(oidc_address_fine(&own, text_of("https://id.example/token")));
    assert_false(oidc_address_fine(&own, text_of("http://id.example/token")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_issuer_is_an_https_address),
        cmocka_unit_test(is_known_by_number_and_issuer),
        cmocka_unit_test(its_endpoints_are_not_this_machine),
    };
    struct text complaint;
    memory = memory_create(16 << 20);
    settings_declare(oidc_settings, OIDC_SETTINGS);
    if (!memory || settings_load(memory, "/nonexistent", &complaint))
        return 1;
    int failed = cmocka_run_group_tests_name("core/oidc/provider", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
