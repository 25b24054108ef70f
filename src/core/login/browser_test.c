/*
 * User-Agents as browsers and programs send them, and what becomes of odd ones.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/login/browser.h"

static void check(const char *agent, const char *wanted)
{
    struct memory *memory = memory_create(1 << 20);
    struct text name;
    assert_null(browser_name(memory, text_of(agent), &name));
    assert_int_equal(name.size, text_of(wanted).size);
    assert_true(text_is(name, wanted));
    memory_end(memory);
}

static void names_browsers(void **state)
{
    (void)state;
    check("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
          "Firefox, Linux");
    check("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
          "Edge, Windows");
    check("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/140.0.0.0 Mobile Safari/537.36",
          "Chrome, Android");
    check(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
        "Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        "Safari, iPhone");
    check(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/18.5 Safari/605.1.15",
        "Safari, macOS");
}

static void names_programs(void **state)
{
    (void)state;
    check("curl/8.5.0", "curl");
    check("python-requests/2.32 Linux", "python-requests, Linux");
}

static void bears_anything(void **state)
{
    (void)state;
    check("", "");
    check("(; Linux", "");
    check("<script>alert(1)</script>", "");
    check("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeee",
          "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_browsers),
        cmocka_unit_test(names_programs),
        cmocka_unit_test(bears_anything),
    };
    return cmocka_run_group_tests_name("core/login/browser", tests, NULL, NULL);
}
