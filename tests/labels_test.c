/*
 * What a page asks people to fill in has a name in their language: what is said about a field that was
 * left empty names it.
 *
 * Walks every form that comes back with its faults. Must not know: what any form is for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/module.h"
#include "web/route.h"
#include "web/words.h"

static bool in_path(const struct route *route, const struct field *field)
{
    char name[128];
    snprintf(name, sizeof name, "{%s}", field->name);
    return strstr(route->path, name) != NULL;
}

/* Ids stand in hidden inputs, flags are ticked or not, files have their own place to drop them. */
static bool is_asked_for(const struct route *route, const struct field *field)
{
    return !field->optional && field->kind != FIELD_ID && field->kind != FIELD_FLAG &&
           field->kind != FIELD_UPLOAD && !in_path(route, field);
}

static int nameless_fields_of(const struct route *route)
{
    const struct shape *shape = route->handler->takes;
    int nameless = 0;
    for (size_t i = 0; i < shape->count; i++) {
        char key[160];
        snprintf(key, sizeof key, "%s.%s", shape->name, shape->fields[i].name);
        if (!is_asked_for(route, &shape->fields[i]) || words_have(key))
            continue;
        print_error("%s: no words say what %s is called\n", route->path, key);
        nameless++;
    }
    return nameless;
}

static void what_must_be_filled_in_has_a_name(void **state)
{
    (void)state;
    int nameless = 0;
    int forms = 0;
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->route_count; i++) {
            const struct route_table *table = (*part)->routes[i];
            for (size_t j = 0; j < table->count; j++) {
                if (!table->routes[j].again)
                    continue;
                nameless += nameless_fields_of(&table->routes[j]);
                forms++;
            }
        }
    }
    assert_true(forms > 10);
    assert_int_equal(nameless, 0);
}

static int start(void **state)
{
    struct text complaint = {"", 0};
    struct memory *process = memory_create(64 << 20);
    *state = process;
    return process && !words_load(process, &complaint) ? 0 : -1;
}

static int stop(void **state)
{
    memory_end(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_must_be_filled_in_has_a_name)};
    return cmocka_run_group_tests_name("labels", tests, start, stop);
}
