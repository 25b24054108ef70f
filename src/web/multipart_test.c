/*
 * One multipart form, fed whole, in two pieces split at every byte, and byte by byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "web/multipart.h"

/* What came, written down: "name|file|bytes;" a part. */
struct record {
    char data[4096];
    size_t size;
};

static bool note(struct record *record, const char *data, size_t size)
{
    if (record->size + size > sizeof record->data)
        return false;
    memcpy(record->data + record->size, data, size);
    record->size += size;
    return true;
}

static bool on_begin(void *context, struct text name, struct text file)
{
    return note(context, name.data, name.size) && note(context, "|", 1) &&
           note(context, file.data ? file.data : "-", file.data ? file.size : 1) &&
           note(context, "|", 1);
}

static bool on_data(void *context, const char *data, size_t size)
{
    return note(context, data, size);
}

static bool on_end(void *context)
{
    return note(context, ";", 1);
}

static const struct multipart_sink sink = {on_begin, on_data, on_end};

static void feed(struct multipart *multipart, const char *body, size_t size, size_t step,
                 size_t first)
{
    multipart_feed(multipart, body, first);
    for (size_t i = first; i < size; i += step)
        multipart_feed(multipart, body + i, size - i < step ? size - i : step);
}

/* Feeds it in every way; each must come to `expected`. */
static void all_ways(const char *body, size_t size, const char *expected, bool complete)
{
    for (size_t first = 0; first <= size; first++) {
        struct multipart multipart;
        struct record record = {.size = 0};
        multipart_begin(&multipart, text_of("XX"), &sink, &record);
        feed(&multipart, body, size, first == 0 ? 1 : size, first);
        record.data[record.size] = '\0';
        assert_string_equal(record.data, expected);
        assert_int_equal(multipart_complete(&multipart), complete);
    }
}

#define PART(name, data) "--XX\r\nContent-Disposition: form-data; " name "\r\n\r\n" data "\r\n"
#define ALL(body)        body, sizeof(body) - 1

static void parts(void **state)
{
    (void)state;
    all_ways(ALL("--XX--\r\n"), "", true);
    all_ways(ALL(PART("name=\"a\"", "1") PART("name=b; filename=\"x y.jpg\"", "2\r\n--X")
                     PART("name=\"c\"; filename=\"\"", "") "--XX--\r\nepilogue"),
             "a|-|1;b|x y.jpg|2\r\n--X;c||;", true);
    all_ways(ALL("preamble\r\n" PART("NAME=\"a\"", "\r\n\r\n\r\r\n-") "--XX--"),
             "a|-|\r\n\r\n\r\r\n-;", true);
    all_ways(ALL("--XX\r\nContent-Type: text/plain; name=\"no\"\r\n"
                 "content-disposition:form-data;name=\"a;\\\"b\" ;filename=q\r\n\r\nz\r\n--XX--"),
             "a;\\\"b|q|z;", true);
}

static void cut_off_and_broken(void **state)
{
    (void)state;
    all_ways(ALL(PART("name=a", "1") "--XX"), "a|-|1;", false);
    all_ways(ALL("--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nhal"), "a|-|hal", false);
    all_ways(ALL(PART("name=a", "1") "--XXY\r\n\r\nmore"), "a|-|1;", false);
    all_ways(ALL("--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--"), "", false);
    all_ways(ALL("--XX\r\n\r\n1\r\n--XX--"), "", false);
    all_ways(ALL(""), "", false);
}

static void heads_have_an_end(void **state)
{
    (void)state;
    struct multipart multipart;
    struct record record = {.size = 0};
    char line[64];
    memset(line, 'a', sizeof line);
    multipart_begin(&multipart, text_of("XX"), &sink, &record);
    assert_true(multipart_feed(&multipart, "--XX\r\n", 6));
    bool fine = true;
    for (int i = 0; i < 100; i++)
        fine = multipart_feed(&multipart, line, sizeof line);
    assert_false(fine);
}

static void boundaries(void **state)
{
    (void)state;
    struct text boundary;
    assert_true(multipart_boundary(text_of("multipart/form-data; boundary=abc"), &boundary));
    assert_true(text_is(boundary, "abc"));
    assert_false(multipart_boundary(text_of("multipart/form-data; boundary=\"a;b\""), &boundary));
    assert_true(multipart_boundary(text_of("multipart/form-data;boundary=\"a b\""), &boundary));
    assert_true(text_is(boundary, "a b"));
    assert_false(multipart_boundary(text_of("multipart/form-data"), &boundary));
    assert_false(multipart_boundary(text_of("multipart/form-data; boundary="), &boundary));
    assert_false(multipart_boundary(text_of("multipart/form-data; boundary=\"a\r\n\""), &boundary));
    assert_false(multipart_boundary(
        text_of("multipart/form-data; boundary="
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        &boundary));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts),
        cmocka_unit_test(cut_off_and_broken),
        cmocka_unit_test(heads_have_an_end),
        cmocka_unit_test(boundaries),
    };
    return cmocka_run_group_tests_name("multipart", tests, NULL, NULL);
}
