/*
 * What `listed` gives and what it refuses.
 */
#include "store/sqlite_listed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* What a statement about an array gives, each row followed by a comma, or what SQLite says. */
static const char *said_by(const char *sql, const char *array)
{
    static char said[200];
    sqlite3 *handle = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(":memory:", &handle), SQLITE_OK);
    assert_int_equal(sqlite_listed_offer(handle), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(statement, 1, array, -1, SQLITE_STATIC), SQLITE_OK);
    size_t size = 0;
    int code;
    said[0] = '\0';
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        size += (size_t)snprintf(said + size, sizeof said - size, "%s,",
                                 (const char *)sqlite3_column_text(statement, 0));
    if (code != SQLITE_DONE)
        snprintf(said, sizeof said, "%s", sqlite3_errmsg(handle));
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return said;
}

static const char *listed(const char *array)
{
    return said_by("SELECT value FROM listed(?)", array);
}

/* Two to a row. */
static const char *paired(const char *array)
{
    return said_by("SELECT value || ' ' || second FROM listed(?, 2)", array);
}

static void integers_in_their_order(void **state)
{
    (void)state;
    assert_string_equal(listed("[]"), "");
    assert_string_equal(listed("[7]"), "7,");
    assert_string_equal(listed("[9223372036854775807,-1,0,9]"), "9223372036854775807,-1,0,9,");
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    const char *const others[] = {"",    "7",     "[",   "[7",   "[7,]",
                                  "[,]", "[7 8]", "[a]", "[7]x", "[\"7\"]"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_string_equal(listed(others[i]), "listed: no array of integers");
    assert_string_equal(listed(NULL), "listed: no array of integers");
}

static void several_to_a_row(void **state)
{
    (void)state;
    assert_string_equal(paired("[]"), "");
    assert_string_equal(paired("[1,-2,3,4]"), "1 -2,3 4,");
    assert_string_equal(paired("[1,2,3]"), "listed: no array of integers");
    assert_string_equal(paired("[1]"), "listed: no array of integers");
    assert_string_equal(said_by("SELECT value || ' ' || eighth FROM listed(?, 8)",
                                "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]"),
                        "1 8,9 16,");
    assert_string_equal(said_by("SELECT value FROM listed(?, 0)", "[1]"),
                        "listed: no array of integers");
    assert_string_equal(said_by("SELECT value FROM listed(?, 9)", "[1]"),
                        "listed: no array of integers");
}

/* Used twice in one statement, each keeps its own array. */
static void two_at_once(void **state)
{
    (void)state;
    sqlite3 *handle = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(":memory:", &handle), SQLITE_OK);
    assert_int_equal(sqlite_listed_offer(handle), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle,
                                        "SELECT sum(a.value * b.value) FROM listed('[1,2,3]') a "
                                        "CROSS JOIN listed('[10,20]') b",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int64(statement, 0), 180);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_in_their_order),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(several_to_a_row),
        cmocka_unit_test(two_at_once),
    };
    return cmocka_run_group_tests_name("sqlite_listed", tests, NULL, NULL);
}
