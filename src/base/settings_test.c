/*
 * Tests of base/settings.c: the three sources in rising order, and complaints that name the place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/settings.h"

static const struct setting table[] = {
    {"mail.server", SETTING_TEXT, "", 0, 0, false, "Where mail goes"},
    {"port", SETTING_INTEGER, "8080", 1, 65535, false, "Where to listen"},
    {"demo", SETTING_FLAG, "off", 0, 0, false, "Shows the demo world"},
    {"mail.secret", SETTING_TEXT, "none", 0, 0, true, "Opens the server"},
};

static char file[] = "/tmp/settings_test_XXXXXX";
static struct memory *process;
static struct text complaint;

static const struct problem *load(const char *content, size_t size)
{
    FILE *stream = fopen(file, "w");
    assert_non_null(stream);
    assert_int_equal(fwrite(content, 1, size, stream), size);
    assert_int_equal(fclose(stream), 0);
    return settings_load(process, file, &complaint);
}

static const struct problem *load_c(const char *content)
{
    return load(content, strlen(content));
}

static bool complains(const char *words)
{
    return complaint.data && strstr(complaint.data, words);
}

static int open_group(void **state)
{
    (void)state;
    clearenv();
    process = memory_create(64 << 20);
    settings_declare(table, sizeof table / sizeof table[0]);
    int descriptor = mkstemp(file);
    return descriptor < 0 || close(descriptor);
}

static int close_group(void **state)
{
    (void)state;
    memory_end(process);
    return unlink(file);
}

static void standards_hold_without_a_file(void **state)
{
    (void)state;
    assert_null(settings_load(process, "/nonexistent/contraflow.conf", &complaint));
    assert_int_equal(setting_integer("port"), 8080);
    assert_false(setting_flag("demo"));
    assert_true(text_is(setting_text("mail.server"), ""));
    const struct setting *const *list;
    assert_int_equal(settings_list(&list), 4);
    assert_string_equal(list[3]->name, "mail.secret");
}

static void bad_files_name_the_line(void **state)
{
    (void)state;
    assert_ptr_equal(load_c("# x\n\ncolour = red\n"), &invalid_input);
    assert_true(complains("line 3") && complains("colour") && complains(file));
    assert_ptr_equal(load_c("port = many\n"), &invalid_input);
    assert_true(complains("line 1") && complains("1 to 65535"));
    assert_ptr_equal(load_c("port = 65536\n"), &invalid_input);
    assert_ptr_equal(load_c("port = 1\nport = 2\n"), &invalid_input);
    assert_true(complains("line 2") && complains("line 1"));
    assert_ptr_equal(load_c("demo = maybe\n"), &invalid_input);
    assert_true(complains("on or off"));
    assert_ptr_equal(load_c("demo\n"), &invalid_input);
    assert_ptr_equal(load_c("mail.server = \xFF\n"), &invalid_input);
    assert_ptr_equal(load("mail.server = a\0b\n", 18), &invalid_input);
    assert_true(complains("UTF-8"));
    assert_ptr_equal(settings_load(process, "/", &complaint), &world_failed);
    assert_true(complains("/: "));
}

static void a_huge_file_is_refused(void **state)
{
    (void)state;
    size_t size = (1 << 20) + 1;
    char *content = malloc(size);
    assert_non_null(content);
    memset(content, '#', size);
    assert_ptr_equal(load(content, size), &too_large);
    free(content);
}

static void sources_override_in_order(void **state)
{
    (void)state;
    assert_null(load_c("  mail.server=\" smtp # x \" \r\nport = 81\n#port = 9\ndemo = yes"));
    assert_true(text_is(setting_text("mail.server"), " smtp # x "));
    assert_int_equal(setting_integer("port"), 81);
    assert_true(setting_flag("demo"));
    setenv("CONTRAFLOW_MAIL_SERVER", "from=environment", 1);
    setenv("CONTRAFLOW_PORT", "82", 1);
    assert_null(load_c("port = 83\nmail.server = file\n"));
    assert_int_equal(setting_integer("port"), 82);
    assert_true(text_is(setting_text("mail.server"), "from=environment"));
    assert_null(settings_set(process, text_of("port"), text_of("84"), &complaint));
    assert_null(load_c("port = 85\n"));
    assert_int_equal(setting_integer("port"), 84);
    assert_ptr_equal(settings_set(process, text_of("port"), text_of("0"), &complaint),
                     &invalid_input);
    assert_true(complains("command line") && complains("port"));
    assert_int_equal(setting_integer("port"), 84);
}

static void bad_variables_are_named(void **state)
{
    (void)state;
    setenv("CONTRAFLOW_PROT", "1", 1);
    assert_ptr_equal(load_c(""), &invalid_input);
    assert_true(complains("CONTRAFLOW_PROT") && complains("unknown"));
    unsetenv("CONTRAFLOW_PROT");
    setenv("CONTRAFLOW_DEMO", "2", 1);
    assert_ptr_equal(load_c(""), &invalid_input);
    assert_true(complains("CONTRAFLOW_DEMO"));
    unsetenv("CONTRAFLOW_DEMO");
    assert_null(load_c(""));
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    bool succeeded = false;
    for (long n = 0; n < 100 && !succeeded; n++) {
        memory_fail_after(n);
        const struct problem *problem = load_c("mail.secret = x\ndemo = on\n");
        memory_fail_after(-1);
        succeeded = problem == NULL;
        assert_true(succeeded || problem == &out_of_memory);
        assert_true(succeeded || n < 99);
    }
    assert_true(succeeded && text_is(setting_text("mail.secret"), "x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standards_hold_without_a_file),
        cmocka_unit_test(bad_files_name_the_line),
        cmocka_unit_test(a_huge_file_is_refused),
        cmocka_unit_test(sources_override_in_order),
        cmocka_unit_test(bad_variables_are_named),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("base/settings", tests, open_group, close_group);
}
