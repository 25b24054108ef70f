/*
 * Files taken in, stopped, died and taken back, on both engines; what stays is compared with exports.
 */
#include "core/imports/imports_test_bed.h"

static const char orders[] = "Order ID;Date;Customer ID;E-Mail;Name;Currency;Total;SKU;Qty\n"
                             "1;2026-05-01;7;ada@example.org;Ada;EUR;20,00;A;2\n"
                             "1;;;;;;;B;1\n"
                             "2;01.05.2026;8;;Ben;EUR;5,00;A;1\n";

static void a_file_is_looked_at_then_taken_in(void **state)
{
    shop_begin(state);
    struct import_id import = arrive_text(&shop_orders, "shop.csv", orders);
    assert_true(text_is(row_of(import).mapping,
                        "number,placed,customer,mail,name,currency,total,product,quantity"));
    assert_ptr_equal(move(import, IMPORT_RUNNING), &import_not_now);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_int_equal(row_of(import).records, 2);
    assert_int_equal(row_of(import).faults, 0);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 0);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 2);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_line"), 3);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer"), 2);
    assert_int_equal(shop_count("SELECT SUM(total_minor) FROM core_order"), 2500);
    /* The same file again changes nothing. */
    import = arrive_text(&shop_orders, "shop.csv", orders);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).same, 2);
    assert_int_equal(row_of(import).made, 0);
    bed_end(&bed);
}

static void an_export_taken_in_again_changes_nothing(void **state)
{
    shop_begin(state);
    struct import_id import = arrive_text(
        &shop_orders, "a.csv",
        "number,placed,customer,name,total,discount,codes,product,title,quantity,line_total\n"
        "1,2026-05-01,7,\"'=1+1\",20.00,1.00,\"MAY,TEA\",A,\"Tea, green\",2,15.00\n"
        "1,,,,,,,B,\"A \"\"cup\"\"\",1,5.00\n"
        "2,2026-05-02T10:00:00Z,,,0.00,,,,,,\n");
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 2);
    for (int format = IMPORT_CSV; format <= IMPORT_LINES; format++) {
        struct text before = shop_exported(&shop_orders, (enum import_format)format);
        import = arrive(&shop_orders, format == IMPORT_CSV ? "b.csv" : "b.jsonl", before.data,
                        before.size);
        go(import, IMPORT_CHECKING, IMPORT_CHECKED);
        assert_int_equal(row_of(import).faults, 0);
        go(import, IMPORT_RUNNING, IMPORT_DONE);
        assert_int_equal(row_of(import).same, 2);
        struct text after = shop_exported(&shop_orders, (enum import_format)format);
        assert_true(text_equal(before, after));
    }
    assert_non_null(strstr(shop_exported(&shop_orders, IMPORT_CSV).data, ",'=1+1,"));
    assert_non_null(strstr(shop_exported(&shop_orders, IMPORT_LINES).data, "\"=1+1\""));
    bed_end(&bed);
}

/* ---- how files are written ---- */

static void letters_of_any_kind_are_read(void **state)
{
    static const char utf8[] = "\xEF\xBB\xBFid,name\n7,Ren\xC3\xA9\n";
    static const char latin[] = "id,name\n7,Ren\xE9\n";
    static const char little[] = "\xFF\xFEi\0d\0\t\0n\0a\0m\0e\0\n\0"
                                 "7\0\t\0R\0e\0n\0\xE9\0\n";
    static const char big[] = "\0i\0d\0;\0n\0a\0m\0e\0\n\0"
                              "7\0;\0R\0e\0n\0\xE9\0\n";
    static const struct {
        const char *bytes;
        size_t size;
        enum import_charset charset;
    } files[] = {{utf8, sizeof utf8 - 1, IMPORT_UTF8},
                 {latin, sizeof latin - 1, IMPORT_WINDOWS},
                 {little, sizeof little, IMPORT_UTF16_LITTLE},
                 {big, sizeof big - 1, IMPORT_UTF16_BIG}};
    shop_begin(state);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct import_id import = arrive(&shop_customers, "c.csv", files[i].bytes, files[i].size);
        assert_int_equal(row_of(import).charset, files[i].charset);
        go(import, IMPORT_CHECKING, IMPORT_CHECKED);
        go(import, IMPORT_RUNNING, IMPORT_DONE);
        assert_int_equal(row_of(import).made + row_of(import).same, 1);
        assert_int_equal(
            shop_count("SELECT count(*) FROM core_customer WHERE name = 'Ren\xC3\xA9'"), 1);
    }
    bed_end(&bed);
}

static void a_wrong_guess_of_letters_can_be_put_right(void **state)
{
    shop_begin(state);
    struct import_id import = arrive_text(&shop_customers, "c.csv", "id;name\n7;Ren\xC3\xA9\n");
    struct import_say say = {.import = import,
                             .owner = {FIRM},
                             .charset = IMPORT_WINDOWS,
                             .separator = IMPORT_COMMA,
                             .mapping = {"", 0},
                             .at = clock_now()};
    assert_null(import_recast(bed.store, bed.reader, bed.memory, &say));
    assert_ptr_equal(move(import, IMPORT_CHECKING), &import_no_number);
    say.separator = IMPORT_SEMICOLON;
    say.charset = IMPORT_UTF8;
    say.owner.value = OTHER_FIRM;
    assert_ptr_equal(import_recast(bed.store, bed.reader, bed.memory, &say), &not_found);
    say.owner.value = FIRM;
    assert_null(import_recast(bed.store, bed.reader, bed.memory, &say));
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    bed_end(&bed);
}

static void what_a_column_is_said_to_be_is_remembered(void **state)
{
    shop_begin(state);
    struct import_id import = arrive_text(&shop_customers, "c.csv", "Wer,Woher\n7,Ada\n");
    assert_true(text_is(row_of(import).mapping, ","));
    struct import_say say = {
        .import = import, .owner = {FIRM}, .mapping = text_of("number,name"), .at = clock_now()};
    assert_null(import_move(bed.store, bed.memory, &say, IMPORT_CHECKING));
    work(import);
    import = arrive_text(&shop_customers, "d.csv", "woher,WER \nBen,8\n");
    assert_true(text_is(row_of(import).mapping, "name,number"));
    bed_end(&bed);
}

/* ---- what is wrong ---- */

static void errors_are_named_by_line_and_column(void **state)
{
    shop_begin(state);
    struct import_fault_row_list faults;
    struct import_id import =
        arrive_text(&shop_orders, "o.csv",
                    "number,placed,total,quantity\n1,2026-05-01,20.00,1\n2,yesterday,5.00,1\n"
                    "3,2026-05-01,-5.00,1\n4,2026-05-01,1.00,none\n,2026-05-01,1.00,1\n");
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_int_equal(row_of(import).records, 5);
    assert_int_equal(row_of(import).refused, 4);
    assert_null(import_faults(bed.reader, bed.memory, import, 0, &faults));
    assert_int_equal(faults.count, 4);
    static const struct {
        int64_t line;
        const char *field, *rule, *value;
    } expected[] = {{3, "placed", "import.wrong.date", "yesterday"},
                    {4, "total", "import.wrong.money", "-5.00"},
                    {5, "quantity", "import.wrong.number", "none"},
                    {6, "number", "import.wrong.missing", ""}};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_int_equal(faults.items[i].line, expected[i].line);
        assert_true(text_is(faults.items[i].field, expected[i].field));
        assert_true(text_is(faults.items[i].rule, expected[i].rule));
        assert_true(text_is(faults.items[i].value, expected[i].value));
    }
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 1);
    assert_int_equal(row_of(import).refused, 4);
    bed_end(&bed);
}

static void an_order_of_tomorrow_is_refused_by_its_line(void **state)
{
    struct import_fault_row_list faults;
    shop_begin(state);
    struct import_id import = arrive_text(&shop_orders, "soon.csv",
                                          "number,placed,total\n1,2026-05-01,20.00\n"
                                          "2,2027-05-01T10:00:00Z,20.00\n");
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_null(import_faults(bed.reader, bed.memory, import, 0, &faults));
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.items[0].line, 3);
    assert_true(text_is(faults.items[0].field, "placed"));
    assert_true(text_is(faults.items[0].rule, "problem.shop.ahead"));
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 1);
    bed_end(&bed);
}

static void a_thousand_errors_are_kept_and_all_counted(void **state)
{
    shop_begin(state);
    struct builder b = builder_make(bed.memory, 1 << 20);
    struct text text;
    builder_add_c(&b, "number,title,price\n");
    for (int i = 0; i < 2500; i++)
        builder_add_format(&b, "%d,Thing,dear\n", i);
    assert_null(builder_end(&b, &text));
    struct import_id import = arrive(&shop_products, "p.csv", text.data, text.size);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_int_equal(row_of(import).records, 2500);
    assert_int_equal(row_of(import).faults, 2500);
    assert_int_equal(row_of(import).refused, 2500);
    assert_int_equal(shop_count("SELECT count(*) FROM core_import_fault"), 1000);
    bed_end(&bed);
}

static void a_quote_never_closed_leaves_nothing(void **state)
{
    shop_begin(state);
    struct import_id import =
        arrive_text(&shop_customers, "c.csv", "number,name\n1,Ada\n2,\"Ben\n3,Cleo\n4,Dan\n");
    go(import, IMPORT_CHECKING, IMPORT_FAILED);
    assert_true(text_is(row_of(import).refusal, "import.refused.open_quote"));
    assert_int_equal(shop_count("SELECT line FROM core_import_fault ORDER BY number DESC LIMIT 1"),
                     3);
    assert_ptr_equal(move(import, IMPORT_RUNNING), &import_not_now);
    bed_end(&bed);
}

static void a_feed_becomes_products(void **state)
{
    static const char feed[] =
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\">"
        "<channel><title>Shop</title><link>https://shop.example</link>"
        "<item><g:id>A</g:id><g:title>Tea &amp; cup</g:title><g:price>12.99 EUR</g:price>"
        "<g:product_type><![CDATA[Drinks > Tea]]></g:product_type>"
        "<g:link>https://shop.example/a</g:link></item>"
        "<item><g:id>B</g:id><title>Cup</title><g:price>3.00 EUR</g:price>"
        "<g:sale_price>2.50 EUR</g:sale_price></item></channel></rss>";
    static const char bomb[] =
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY f SYSTEM "
        "\"file:///etc/passwd\">]><rss><channel><item><id>&a;</id><title>&f;</title></item>"
        "</channel></rss>";
    shop_begin(state);
    struct import_id import = arrive_text(&shop_products, "feed.xml", feed);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 2);
    assert_int_equal(shop_count("SELECT price_minor FROM core_product WHERE title = 'Tea & cup' "
                                "AND category = 'Drinks > Tea'"),
                     1299);
    assert_int_equal(shop_count("SELECT price_minor FROM core_product WHERE number = 'B'"), 250);
    struct text path = text_format(bed.memory, "%s/arriving", bed.folder);
    int fd = open(path.data, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_int_equal(write(fd, bomb, sizeof bomb - 1), sizeof bomb - 1);
    close(fd);
    struct import_arrival arrival = {.owner = {FIRM},
                                     .person = {MAREN},
                                     .kind = &shop_products,
                                     .name = text_of("bomb.xml"),
                                     .path = path,
                                     .at = clock_now()};
    assert_ptr_equal(import_arrive(bed.store, bed.memory, &arrival), &import_bad_feed);
    bed_end(&bed);
}

/* ---- taking back ---- */

static void undoing_restores_every_byte(void **state)
{
    shop_begin(state);
    struct world before = some_world();
    struct text text = many_orders(3000);
    struct import_id import = arrive(&shop_orders, "o.csv", text.data, text.size);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 2998);
    assert_int_equal(row_of(import).changed, 2);
    go(import, IMPORT_UNDOING, IMPORT_UNDONE);
    assert_int_equal(row_of(import).stayed, 0);
    expect_same(before);
    import = arrive_text(&shop_products, "p.csv", "number,title\nA,Coffee\nZ,Sugar\n");
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    go(import, IMPORT_UNDOING, IMPORT_UNDONE);
    import = arrive_text(&shop_customers, "c.csv", "number,name\nc9,Other\nc10,New\n");
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(row_of(import).changed, 1);
    go(import, IMPORT_UNDOING, IMPORT_UNDONE);
    expect_same(before);
    bed_end(&bed);
}

/* One step of the job at a time: `until` lies in the past after the first. */
static void step(struct import_id import)
{
    struct import_row row = row_of(import);
    int64_t place = row.place;
    bool more;
    for (int i = 0; i < 1000 && row.place == place; i++) {
        assert_null(
            import_work(bed.store, bed.reader, bed.memory, import, clock_ticks() + 100000, &more));
        row = row_of(import);
    }
}

static void cancelled_half_way_nothing_is_left(void **state)
{
    shop_begin(state);
    struct world before = some_world();
    struct text text = many_orders(20000);
    struct import_id import = arrive(&shop_orders, "o.csv", text.data, text.size);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_null(move(import, IMPORT_RUNNING));
    step(import);
    step(import);
    assert_int_equal(row_of(import).state, IMPORT_RUNNING);
    assert_true(row_of(import).made > IMPORT_ROWS);
    assert_true(row_of(import).made < 20000);
    go(import, IMPORT_CANCELLING, IMPORT_CANCELLED);
    expect_same(before);
    assert_int_equal(shop_count("SELECT count(*) FROM core_import_batch WHERE import <> 0 AND "
                                "import = (SELECT MAX(id) FROM core_import)"),
                     0);
    bed_end(&bed);
}

/* A write that fails and a process that dies leave the import where its last write was. */
static void a_write_that_fails_is_gone_on_from(void **state)
{
    shop_begin(state);
    struct text text = many_orders(5000);
    struct import_id import = arrive(&shop_orders, "o.csv", text.data, text.size);
    bool more = true;
    int failures = 0;
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_null(move(import, IMPORT_RUNNING));
    for (long after = 3; more; after += 4) {
        store_fail_after(after);
        const struct problem *problem =
            import_work(bed.store, bed.reader, bed.memory, import, INT64_MAX, &more);
        failures += problem ? 1 : 0;
    }
    store_fail_after(-1);
    assert_true(failures > 3);
    assert_int_equal(row_of(import).state, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 5000);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 5000);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_line"), 5000);
    bed_end(&bed);
}

/* The job of a process that died is due again when its lease ends, or at the next start. */
static void an_import_goes_on_at_the_next_start(void **state)
{
    static const struct job_kind *const kinds[] = {&import_job};
    shop_begin(state);
    struct text text = many_orders(3000);
    struct import_id import = arrive(&shop_orders, "o.csv", text.data, text.size);
    int64_t ran = 0;
    job_register(kinds, 1);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
    assert_null(move(import, IMPORT_RUNNING));
    step(import);
    bed_damage(&bed, "UPDATE core_job SET due = due + 900000 WHERE state = 'waiting'");
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
    assert_int_equal(ran, 0);
    assert_int_equal(row_of(import).state, IMPORT_RUNNING);
    assert_null(imports_resume(bed.store, bed.memory));
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
    assert_int_equal(row_of(import).state, IMPORT_DONE);
    assert_int_equal(row_of(import).made, 3000);
    bed_end(&bed);
}

static void what_was_changed_since_stays(void **state)
{
    shop_begin(state);
    struct import_id first = arrive_text(&shop_products, "p.csv", "number,title\nA,Tea\nB,Cup\n");
    go(first, IMPORT_CHECKING, IMPORT_CHECKED);
    go(first, IMPORT_RUNNING, IMPORT_DONE);
    take_in(&shop_products, "number,title\nA,Coffee\n");
    go(first, IMPORT_UNDOING, IMPORT_UNDONE);
    assert_int_equal(row_of(first).stayed, 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_product WHERE title = 'Coffee'"), 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_product"), 1);
    bed_end(&bed);
}

static void refunds_wait_again_for_an_order_that_is_taken_back(void **state)
{
    shop_begin(state);
    bed_damage(&bed, "INSERT INTO core_order (id, business, number, state, source, total_minor, "
                     "total_currency, discount_minor, refunded_minor, codes, placed, updated, "
                     "cancelled, fingerprint) VALUES (5, 101, '1', 'expected', 'program', 0, "
                     "'EUR', 0, 0, '', 0, 0, 0, '')");
    bed_damage(&bed, "INSERT INTO core_order_refund (id, of_order, number, amount_minor, "
                     "amount_currency, note, state, at) VALUES (6, 5, 'r', 700, 'EUR', '', "
                     "'waiting', 1)");
    struct import_id import = arrive_text(&shop_orders, "shop.csv", orders);
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    assert_int_equal(shop_count("SELECT refunded_minor FROM core_order WHERE id = 5"), 700);
    go(import, IMPORT_UNDOING, IMPORT_UNDONE);
    assert_int_equal(shop_count("SELECT refunded_minor FROM core_order WHERE id = 5"), 0);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_refund WHERE state = 'waiting'"),
                     1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order"), 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_order_line"), 0);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer"), 0);
    bed_end(&bed);
}

/* The reason says why something was done, and is kept even when it holds no more. */
static void whom_a_reason_is_kept_about_stays(void **state)
{
    shop_begin(state);
    struct import_id import = arrive_text(&shop_customers, "c.csv", "number,name\n7,Ada\n8,Ben\n");
    go(import, IMPORT_CHECKING, IMPORT_CHECKED);
    go(import, IMPORT_RUNNING, IMPORT_DONE);
    bed_damage(&bed, "INSERT INTO core_consent (id, business, customer, what, basis, source, at, "
                     "withdrawn) SELECT id, business, id, 'mail', 'consent', 'Form', 1, 2 FROM "
                     "core_customer WHERE name = 'Ada'");
    go(import, IMPORT_UNDOING, IMPORT_UNDONE);
    assert_int_equal(row_of(import).stayed, 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer WHERE name = 'Ada'"), 1);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer"), 1);
    bed_end(&bed);
}

/* ---- files that stay behind ---- */

static bool is_there(struct import_id import, bool raw)
{
    return access(import_path(bed.memory, import, raw).data, F_OK) == 0;
}

static void a_day_later(int days)
{
    int64_t ran = 0;
    clock_set(instant_add(clock_now(), days * DAY));
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
}

static void files_go_a_week_after_the_last_change(void **state)
{
    static const struct job_kind *const kinds[] = {&import_tidy_job};
    static bool registered;
    shop_begin(state);
    if (!registered)
        job_register(kinds, 1);
    registered = true;
    struct import_id idle = arrive_text(&shop_customers, "idle.csv", "number,name\n7,Ada\n");
    struct import_id done = arrive_text(&shop_customers, "done.csv", "number,name\n8,Ben\n");
    a_day_later(5);
    go(done, IMPORT_CHECKING, IMPORT_CHECKED);
    go(done, IMPORT_RUNNING, IMPORT_DONE);
    a_day_later(3);
    assert_false(is_there(idle, true) || is_there(idle, false));
    assert_true(is_there(done, true) && is_there(done, false));
    assert_int_equal(row_of(idle).state, IMPORT_CANCELLED);
    assert_ptr_equal(move(idle, IMPORT_CHECKING), &import_not_now);
    a_day_later(5);
    assert_false(is_there(done, true) || is_there(done, false));
    assert_int_equal(row_of(done).state, IMPORT_DONE);
    /* What was taken in can be taken back without its file. */
    go(done, IMPORT_UNDOING, IMPORT_UNDONE);
    assert_int_equal(shop_count("SELECT count(*) FROM core_customer"), 0);
    bed_end(&bed);
}

/* A process died after the file came and before its row did. */
static void a_file_without_an_import_goes(void **state)
{
    shop_begin(state);
    struct import_id import = arrive_text(&shop_customers, "c.csv", "number,name\n7,Ada\n");
    struct import_id lost = {id_new()};
    int fd = open(import_path(bed.memory, lost, true).data, O_WRONLY | O_CREAT, 0600);
    const struct timespec old[2] = {{shop_now.ms / 1000, 0}, {shop_now.ms / 1000, 0}};
    assert_int_equal(futimens(fd, old), 0);
    close(fd);
    a_day_later(1);
    assert_true(is_there(lost, true));
    a_day_later(7);
    assert_false(is_there(lost, true));
    assert_false(is_there(import, true));
    bed_end(&bed);
}

static void a_full_disk_is_told(void **state)
{
    int64_t size;
    shop_begin(state);
    struct import_id import = arrive_text(&shop_customers, "c.csv", "number,name\n7,Ada\n");
    const char *raw = import_path(bed.memory, import, true).data;
    assert_ptr_equal(import_recode(raw, "/dev/full", IMPORT_UTF8, &size), &disk_full);
    struct text feed = text_format(bed.memory, "%s/feed", bed.folder);
    FILE *out = fopen(feed.data, "we");
    fprintf(out, "<rss><channel><item><id>A</id><title>Tea</title></item></channel></rss>");
    fclose(out);
    assert_ptr_equal(feed_to_lines(feed.data, "/dev/full", &size), &disk_full);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_file_is_looked_at_then_taken_in),
        ON_BOTH(an_export_taken_in_again_changes_nothing),
        ON_BOTH(letters_of_any_kind_are_read),
        ON_BOTH(a_wrong_guess_of_letters_can_be_put_right),
        ON_BOTH(what_a_column_is_said_to_be_is_remembered),
        ON_BOTH(errors_are_named_by_line_and_column),
        ON_BOTH(an_order_of_tomorrow_is_refused_by_its_line),
        ON_BOTH(a_thousand_errors_are_kept_and_all_counted),
        ON_BOTH(a_quote_never_closed_leaves_nothing),
        ON_BOTH(a_feed_becomes_products),
        ON_BOTH(undoing_restores_every_byte),
        ON_BOTH(cancelled_half_way_nothing_is_left),
        ON_BOTH(a_write_that_fails_is_gone_on_from),
        ON_BOTH(an_import_goes_on_at_the_next_start),
        ON_BOTH(what_was_changed_since_stays),
        ON_BOTH(refunds_wait_again_for_an_order_that_is_taken_back),
        ON_BOTH(whom_a_reason_is_kept_about_stays),
        ON_BOTH(files_go_a_week_after_the_last_change),
        ON_BOTH(a_file_without_an_import_goes),
        ON_BOTH(a_full_disk_is_told),
    };
    return cmocka_run_group_tests_name("core/imports/import", tests, shop_prepare, NULL);
}
