/*
 * Files that are not what they say: letters of all kinds, bytes that are none, too long, too wide, cut off.
 */
#include "core/imports/imports_test_bed.h"

/* A text as UTF-16, low or high byte first, with the mark at its begin. */
static struct import_id arrive_wide(const char *text, bool big)
{
    size_t size = 2 * strlen(text) + 2;
    char *bytes = memory_take(bed.memory, size);
    assert_non_null(bytes);
    memcpy(bytes, big ? "\xFE\xFF" : "\xFF\xFE", 2);
    for (size_t i = 0; text[i]; i++)
        bytes[2 * i + 2 + (big ? 1 : 0)] = text[i];
    return arrive(&shop_customers, "wide.csv", bytes, size);
}

static void utf16_with_its_mark_is_read_in_both_orders(void **state)
{
    shop_begin(state);
    for (int big = 0; big < 2; big++) {
        struct import_id import =
            arrive_wide(big ? "number,name\n8,Ben\n" : "number,name\n7,Ada\n", big);
        assert_int_equal(row_of(import).charset, big ? IMPORT_UTF16_BIG : IMPORT_UTF16_LITTLE);
        assert_true(text_is(row_of(import).mapping, "number,name"));
        go(import, IMPORT_CHECKING, IMPORT_CHECKED);
        go(import, IMPORT_RUNNING, IMPORT_DONE);
        assert_int_equal(row_of(import).made, 1);
    }
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer WHERE name IN ('Ada', 'Ben')"),
                     2);
    bed_end(&bed);
}

/* What begins like a formula is text here, and text in a spreadsheet that opens the export. */
static void formulas_stay_text(void **state)
{
    static const char *const formulas[] = {"=1+1", "+49 30", "-2", "@SUM(A1)",
                                           "=HYPERLINK(\"\"http://x\"\")"};
    shop_begin(state);
    struct builder b = builder_make(bed.memory, 1 << 16);
    struct text text;
    builder_add_c(&b, "number,title\n");
    for (size_t i = 0; i < COUNT_OF(formulas); i++)
        builder_add_format(&b, "%zu,\"%s\"\n", i, formulas[i]);
    assert_null(builder_end(&b, &text));
    take_in(&shop_products, text_c(bed.memory, text));
    assert_int_equal(shop_count("SELECT count(*) FROM core_product WHERE title IN ('=1+1', "
                                "'+49 30', '-2', '@SUM(A1)', '=HYPERLINK(\"http://x\")')"),
                     5);
    struct text csv = shop_exported(&shop_products, IMPORT_CSV);
    while (csv.size > 0) {
        struct text line, number;
        assert_true(text_split(&csv, '\n', &line));
        (void)text_split(&line, ',', &number);
        bool quoted = line.size > 0 && line.data[0] == '"';
        assert_true(line.size == 0 || !strchr("=+-@", line.data[quoted ? 1 : 0]));
    }
    bed_end(&bed);
}

/* How a check of bytes ends. */
static void expect_refused(const void *bytes, size_t size, const char *refusal, int64_t line)
{
    struct import_fault_row_list faults;
    struct import_id import = arrive(&shop_customers, "bad.csv", bytes, size);
    struct import_say say = {
        .import = import, .owner = {FIRM}, .mapping = text_of("number,name"), .at = clock_now()};
    assert_null(import_move(bed.store, bed.memory, &say, IMPORT_CHECKING));
    work(import);
    assert_int_equal(row_of(import).state, IMPORT_FAILED);
    assert_true(text_is(row_of(import).refusal, refusal));
    assert_null(import_faults(bed.reader, bed.memory, import, 0, &faults));
    assert_true(faults.count > 0);
    assert_true(text_is(faults.items[faults.count - 1].rule, refusal));
    assert_int_equal(faults.items[faults.count - 1].line, line);
    assert_ptr_equal(move(import, IMPORT_RUNNING), &import_not_now);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer"), 0);
}

static void what_can_not_be_read_is_refused_with_its_line(void **state)
{
    enum { LONG = 1 << 20 };
    shop_begin(state);
    static char text[LONG + 100];
    int head = snprintf(text, sizeof text, "number,name\n1,Ada\n2,");
    memset(text + head, 'x', LONG);
    expect_refused(text, (size_t)head + LONG, "import.refused.too_long", 3);
    for (int i = 0; i < LONG; i++)
        text[head + i] = ',';
    expect_refused(text, (size_t)head + 10000, "import.refused.too_wide", 3);
    text[head] = '"';
    memset(text + head + 1, '\n', 4000);
    expect_refused(text, (size_t)head + 4001, "import.refused.open_quote", 3);
    bed_end(&bed);
}

static void ten_thousand_columns_are_refused_in_the_first_line(void **state)
{
    static char text[20001];
    shop_begin(state);
    for (int i = 0; i < 10000; i++)
        memcpy(text + (size_t)2 * (size_t)i, "a,", 2);
    text[20000] = '\n';
    expect_refused(text, sizeof text, "import.refused.too_wide", 1);
    bed_end(&bed);
}

static void a_nul_is_told_by_line_and_column(void **state)
{
    static const char text[] = "number,name\n7,A\0da\n8,Ben\n";
    struct import_fault_row_list faults;
    shop_begin(state);
    struct import_id import = arrive(&shop_customers, "nul.csv", text, sizeof text - 1);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_null(import_faults(bed.reader, bed.memory, import, 0, &faults));
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.items[0].line, 2);
    assert_true(text_is(faults.items[0].field, "name"));
    assert_true(text_is(faults.items[0].rule, "import.wrong.letters"));
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 1);
    bed_end(&bed);
}

/* The last columns, like any other, may mean nothing here. */
static void columns_that_are_left_out_may_be_the_last(void **state)
{
    shop_begin(state);
    struct import_id import = arrive_text(&shop_customers, "c.csv",
                                          "number,name,colour,shoes\n7,Ada,red,39\n8,Ben,,\n");
    assert_true(text_is(row_of(import).mapping, "number,name,,"));
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_int_equal(row_of(import).faults, 0);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 2);
    import = arrive_text(&shop_customers, "d.csv", "number,name,colour\n9,Cleo,red,one more\n");
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_int_equal(row_of(import).refused, 1);
    bed_end(&bed);
}

/* No column of a picture is a number, so it is never read as lines. */
static void a_picture_is_refused(void **state)
{
    static const unsigned char png[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0"
                                       "\x1F\x15\xC4\x89\0\0\0\rIDATx\x9C\x63\xF8\xCF\xC0\0";
    static const struct import_kind *const kinds[] = {&shop_orders, &shop_products,
                                                      &shop_customers};
    shop_begin(state);
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct import_id import = arrive(kinds[i], "picture.png", png, sizeof png - 1);
        assert_ptr_equal(move(import, IMPORT_CHECKING), &import_no_number);
        assert_int_equal(row_of(import).state, IMPORT_ARRIVED);
    }
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(utf16_with_its_mark_is_read_in_both_orders),
        ON_BOTH(formulas_stay_text),
        ON_BOTH(what_can_not_be_read_is_refused_with_its_line),
        ON_BOTH(ten_thousand_columns_are_refused_in_the_first_line),
        ON_BOTH(a_nul_is_told_by_line_and_column),
        ON_BOTH(columns_that_are_left_out_may_be_the_last),
        ON_BOTH(a_picture_is_refused),
    };
    return cmocka_run_group_tests_name("core/imports/bad", tests, shop_prepare, NULL);
}
