/*
 * Records of files as they come: quotes, line ends, what is never closed, a stop and going on.
 */
#include "core/imports/csv.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static struct memory *memory;
static struct csv csv;
static int fd = -1;

static int begin(void **state)
{
    (void)state;
    memory = memory_create(16 << 20);
    fd = memfd_create("csv", 0);
    return 0;
}

static int end(void **state)
{
    (void)state;
    close(fd);
    memory_end(memory);
    return 0;
}

static void write_all(const char *text, size_t size)
{
    assert_int_equal(write(fd, text, size), (ssize_t)size);
}

static void open_text(const char *text, char separator)
{
    write_all(text, strlen(text));
    assert_null(csv_begin(&csv, memory, fd, separator, 0, 1));
}

static void expect(int64_t line, size_t count, const char *const *fields)
{
    assert_int_equal(csv_next(&csv), CSV_RECORD);
    assert_int_equal(csv.line, line);
    assert_int_equal(csv.count, count);
    for (size_t i = 0; i < count; i++)
        assert_true(text_is(csv.fields[i], fields[i]));
}
#define EXPECT(line, ...)                                                                          \
    expect(line, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *),                           \
           (const char *const[]){__VA_ARGS__})

static void fields_are_split_and_quotes_taken_off(void **state)
{
    (void)state;
    open_text("a,b,c\r\n\"x, y\",\"say \"\"so\"\"\",\n\n1,,\"two\nlines\"\r2,3,4", ',');
    EXPECT(1, "a", "b", "c");
    EXPECT(2, "x, y", "say \"so\"", "");
    EXPECT(4, "1", "", "two\nlines");
    EXPECT(6, "2", "3", "4");
    assert_int_equal(csv_next(&csv), CSV_OVER);
}

static void a_quote_that_is_no_beginning_is_a_letter(void **state)
{
    (void)state;
    open_text("5\" nails;\"a\"b;\"\"\n\"last\"", ';');
    EXPECT(1, "5\" nails", "ab", "");
    EXPECT(2, "last");
    assert_int_equal(csv_next(&csv), CSV_OVER);
}

static void a_quote_that_is_never_closed_is_named_by_its_line(void **state)
{
    (void)state;
    open_text("a,b\n1,2\n3,\"four\n5,6\n7,8\n", ',');
    EXPECT(1, "a", "b");
    EXPECT(2, "1", "2");
    assert_int_equal(csv_next(&csv), CSV_OPEN_QUOTE);
    assert_int_equal(csv.line, 3);
}

static void a_quote_alone_at_the_end_is_open(void **state)
{
    (void)state;
    open_text("a\n\"", ',');
    EXPECT(1, "a");
    assert_int_equal(csv_next(&csv), CSV_OPEN_QUOTE);
}

static void a_doubled_quote_at_the_end_is_open(void **state)
{
    (void)state;
    open_text("a\n\"b\"\"", ',');
    EXPECT(1, "a");
    assert_int_equal(csv_next(&csv), CSV_OPEN_QUOTE);
}

static void a_record_has_an_end_to_its_length(void **state)
{
    (void)state;
    static char piece[4096];
    memset(piece, 'x', sizeof piece);
    for (int i = 0; i < 80; i++)
        write_all(piece, sizeof piece);
    assert_null(csv_begin(&csv, memory, fd, ',', 0, 1));
    assert_int_equal(csv_next(&csv), CSV_TOO_LONG);
}

static void a_record_has_an_end_to_its_width(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++)
        write_all("1,", 2);
    assert_null(csv_begin(&csv, memory, fd, ',', 0, 1));
    assert_int_equal(csv_next(&csv), CSV_TOO_WIDE);
}

static void lines_are_taken_whole(void **state)
{
    (void)state;
    open_text("{\"a\":\"b,c\"}\r\n{}\n", '\0');
    EXPECT(1, "{\"a\":\"b,c\"}");
    EXPECT(2, "{}");
    assert_int_equal(csv_next(&csv), CSV_OVER);
}

/* Far more than the buffer holds; stopped and gone on from everywhere, each record comes once. */
static void reading_goes_on_where_it_stopped(void **state)
{
    enum { RECORDS = 120000 };
    (void)state;
    static char line[64];
    for (int i = 0; i < RECORDS; i++) {
        int size = snprintf(line, sizeof line, "%d,\"number\n%d\",x\n", i, i);
        write_all(line, (size_t)size);
    }
    int64_t place = 0;
    int64_t at = 1;
    struct memory *own = NULL;
    for (int i = 0; i < RECORDS; i++) {
        int64_t number;
        if (i % 7001 == 0) {
            memory_end(own);
            own = memory_create(8 << 20);
            assert_null(csv_begin(&csv, own, fd, ',', place, at));
        }
        assert_int_equal(csv_next(&csv), CSV_RECORD);
        assert_true(text_to_integer(csv.fields[0], &number));
        assert_int_equal(number, i);
        assert_int_equal(csv.line, 2 * i + 1);
        assert_int_equal(csv.count, 3);
        place = csv.place;
        at = csv.next_line;
    }
    assert_int_equal(csv_next(&csv), CSV_OVER);
    memory_end(own);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(fields_are_split_and_quotes_taken_off),
        CASE(a_quote_that_is_no_beginning_is_a_letter),
        CASE(a_quote_that_is_never_closed_is_named_by_its_line),
        CASE(a_quote_alone_at_the_end_is_open),
        CASE(a_doubled_quote_at_the_end_is_open),
        CASE(a_record_has_an_end_to_its_length),
        CASE(a_record_has_an_end_to_its_width),
        CASE(lines_are_taken_whole),
        CASE(reading_goes_on_where_it_stopped),
    };
    return cmocka_run_group_tests_name("core/imports/csv", tests, NULL, NULL);
}
