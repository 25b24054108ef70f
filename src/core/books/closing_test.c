/*
 * Days that close by themselves, and what anybody finds in their files afterwards: good as they are,
 * changed in any byte, and with lines taken out, added or put elsewhere.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/books/closing.h"
#include "core/sign/sign_test_bed.h"
#include "core/terms.shapes.h"
#include "ledger/audit.h"
#include "ledger/day.h"

static const struct currency eur = {"EUR"};
static const struct party_id firm = {101};
static int64_t first_day =
    30000; /* of each test another: ids go on, and those of closed days are behind */
static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "test.in"}},
    .count = 1,
};
static const struct setting own[] = {
    {"data", SETTING_TEXT, "data", 0, 0, false, "Folder with the key"},
};

static struct bed begin(void **state)
{
    static bool declared;
    struct text complaint;
    struct bed bed = bed_begin(state);
    first_day += 10;
    if (!declared)
        settings_declare(own, COUNT_OF(own));
    declared = true;
    assert_null(settings_set(bed.process, text_of("data"), text_of(bed.folder), &complaint));
    return bed;
}

static const struct problem *post_work(struct database *db, struct memory *memory, void *context)
{
    struct posting_id made;
    struct posting posting = {.template = &pay_in,
                              .parties = {firm},
                              .amounts = {{*(int64_t *)context, eur}},
                              .subject = 7,
                              .at = clock_now()};
    return ledger_post(db, memory, &posting, &made);
}

static void post(struct bed *bed, int64_t day, int64_t minor)
{
    clock_set((struct instant){day * DAY + HOUR});
    assert_null(store_write(bed->store, bed->memory, post_work, &minor));
}

static int64_t tend(struct bed *bed)
{
    int64_t closed;
    struct memory *round = memory_create(32 << 20);
    assert_null(closing_tend(bed->store, bed->reader, round, &closed));
    memory_end(round);
    return closed;
}

static struct text day_file(struct bed *bed, int64_t day)
{
    struct builder out = builder_make(bed->memory, 1 << 20);
    struct journal_sink sink = {&out, collect};
    struct text file;
    assert_null(ledger_day_write(bed->reader, bed->memory, day, &sink));
    assert_null(builder_end(&out, &file));
    return file;
}

/* Two postings in the file's day. */
static struct text two_postings(struct bed *bed)
{
    post(bed, first_day, 950000);
    post(bed, first_day, 420000);
    clock_set((struct instant){(first_day + 1) * DAY + HOUR});
    assert_int_equal(tend(bed), 1);
    return day_file(bed, first_day);
}

/* The file without the line that begins as told, or with it twice. */
static struct text lines_times(struct bed *bed, struct text file, const char *beginning, int times)
{
    struct builder out = builder_make(bed->memory, 1 << 20);
    struct text line;
    struct text result;
    while (text_split(&file, '\n', &line)) {
        for (int i = text_starts(line, beginning) ? times : 1; i > 0; i--) {
            builder_add(&out, line);
            builder_add_char(&out, '\n');
        }
    }
    assert_null(builder_end(&out, &result));
    return result;
}

static void a_day_says_what_was_changed(void **state)
{
    struct bed bed = begin(state);
    struct text file = two_postings(&bed);
    struct sign_report report = look(file, text_of(""));
    assert_int_equal(report.verdict, SIGN_GOOD);
    assert_true(text_is(report.kind, "ledger.day"));
    assert_true(says(&report, "postings", FACT_AS_SIGNED));
    struct text key = text_copy(bed.memory, report.key);
    assert_int_equal(look(file, key).verdict, SIGN_GOOD);
    ((char *)key.data)[3] = key.data[3] == '0' ? '1' : '0';
    assert_int_equal(look(file, key).verdict, SIGN_OTHER_KEY);
    char *changed = memory_copy(bed.memory, file.data, file.size);
    *(strstr(changed, "420000")) = '5';
    report = look((struct text){changed, file.size}, text_of(""));
    assert_int_equal(report.verdict, SIGN_ALTERED);
    assert_true(says(&report, "line 3", FACT_ALTERED));
    assert_false(says(&report, "line 2", FACT_ALTERED));
    report = look(lines_times(&bed, file, "{\"line\":2,", 0), text_of(""));
    assert_int_equal(report.verdict, SIGN_BROKEN);
    assert_true(says(&report, "line 2", FACT_MISSING));
    report = look(lines_times(&bed, file, "{\"line\":2,", 2), text_of(""));
    assert_int_equal(report.verdict, SIGN_BROKEN);
    assert_true(says(&report, "line 2", FACT_ADDED));
    report = look(lines_times(&bed, file, "{\"line\":4,", 0), text_of(""));
    assert_int_equal(report.verdict, SIGN_BROKEN);
    assert_true(says(&report, "the end", FACT_MISSING));
    bed_end(&bed);
}

static void each_byte_of_a_day_counts(void **state)
{
    struct bed bed = begin(state);
    finds_each_byte(two_postings(&bed));
    bed_end(&bed);
}

/* Whoever changes an entry and the hash beside it is found, too. */
static void a_line_hashed_anew_is_not_certified(void **state)
{
    struct bed bed = begin(state);
    struct text file = two_postings(&bed);
    struct text rest = file;
    struct text line;
    struct lines lines;
    struct builder out = builder_make(bed.memory, 1 << 20);
    lines_begin(&lines);
    for (int i = 1; text_split(&rest, '\n', &line); i++) {
        char *entry = (char *)text_copy(bed.memory, line).data;
        char *amount = strstr(entry, "420000");
        if (amount)
            *amount = '5';
        entry = strstr(entry, "\"entry\":") + strlen("\"entry\":");
        if (i < 4) {
            entry[strlen(entry) - 1] = '\0';
            lines_write(&lines, text_of(entry), &out);
        } else {
            builder_add(&out, line);
            builder_add_char(&out, '\n');
        }
    }
    assert_null(builder_end(&out, &file));
    assert_int_equal(look(file, text_of("")).verdict, SIGN_BROKEN);
    bed_end(&bed);
}

/* Two years without anybody looking are made up in rounds. */
static void makes_up_a_long_gap(void **state)
{
    struct bed bed = begin(state);
    int64_t closed = 0;
    int rounds = 0;
    post(&bed, first_day + 1000, 100);
    clock_set((struct instant){(first_day + 1730) * DAY + HOUR});
    for (int64_t now = 1; now > 0; rounds++)
        closed += now = tend(&bed);
    assert_int_equal(closed, 730);
    assert_in_range(rounds, 5, 20);
    first_day += 1729;
    struct sign_report report = look(day_file(&bed, first_day), text_of(""));
    assert_int_equal(report.verdict, SIGN_GOOD);
    bed_end(&bed);
}

struct heard {
    char lines[2000];
};

static void hear(void *context, const char *line)
{
    struct heard *heard = context;
    size_t size = strlen(heard->lines);
    (void)snprintf(heard->lines + size, sizeof heard->lines - size, "%s\n", line);
}

/* More postings than one write may hold, on more accounts than one page. */
static const struct problem *many_work(struct database *db, struct memory *memory, void *context)
{
    int64_t *party = context;
    struct posting_id made;
    const struct problem *problem = NULL;
    for (int i = 0; !problem && i < 500; i++) {
        struct posting posting = {.template = &pay_in,
                                  .parties = {{++*party}},
                                  .amounts = {{100 + i, eur}},
                                  .subject = 7,
                                  .at = clock_now()};
        problem = ledger_post(db, memory, &posting, &made);
    }
    return problem;
}

static void closes_a_long_day_alone(void **state)
{
    struct bed bed = begin(state);
    struct heard heard = {{0}};
    struct ledger_audit_listener listener = {&heard, hear};
    static int64_t day = 60000; /* ids never go back */
    int64_t party = 1000;
    int64_t found = -1;
    struct money held;
    day += 10;
    post(&bed, day, 100);
    clock_set((struct instant){(day + 1) * DAY});
    for (int i = 0; i < 5; i++)
        assert_null(store_write(bed.store, bed.memory, many_work, &party));
    post(&bed, day + 2, 100);
    clock_set((struct instant){(day + 3) * DAY + HOUR});
    assert_int_equal(tend(&bed), 1);
    assert_int_equal(tend(&bed), 1);
    assert_int_equal(tend(&bed), 1);
    assert_int_equal(tend(&bed), 0);
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &found));
    assert_string_equal(heard.lines, "");
    assert_null(ledger_balance_at(bed.reader, bed.memory, (struct party_id){3500}, ACCOUNT_WALLET,
                                  eur, (struct instant){(day + 3) * DAY}, &held));
    assert_int_equal(held.minor, 599);
    bed_end(&bed);
}

static void each_byte_of_a_certificate_counts(void **state)
{
    struct bed bed = begin(state);
    struct sign_key key;
    struct text file;
    struct terms_row facts = {text_of("00ff"), text_of("stock.standard"), text_of("2026-03-01"),
                              text_of("ru"),   text_of("\"Свет\" \\"),    {1780000000000}};
    assert_null(sign_key_make(text_of(bed.folder), &key));
    assert_null(sign_file(bed.memory, &key, "test.terms", &terms_row_shape, &facts, &file));
    sign_key_end(&key);
    finds_each_byte(file);
    bed_end(&bed);
}

/* ---- the audit -------------------------------------------------------------------------------- */

/* Three closed days with two, no and one postings, damaged; exactly `count` lines are heard, and
 * `words` among them. */
static void finds(void **state, const char *damage, int64_t count, const char *words)
{
    struct bed bed = begin(state);
    struct heard heard = {{0}};
    struct ledger_audit_listener listener = {&heard, hear};
    int64_t found = -1;
    static int64_t day = 40000; /* ids never go back */
    day += 10;
    post(&bed, day, 950000);
    post(&bed, day, 420000);
    post(&bed, day + 2, 5000);
    clock_set((struct instant){(day + 3) * DAY + HOUR});
    assert_int_equal(tend(&bed), 3);
    if (damage)
        bed_damage(&bed, damage);
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &found));
    if (found != count || !strstr(heard.lines, words))
        fail_msg("%s\nwas heard as %lld lines:\n%s", damage, (long long)found, heard.lines);
    bed_end(&bed);
}

static void the_audit_is_content_with_closed_days(void **state)
{
    finds(state, NULL, 0, "");
}

/* A fact that no digest covers. */
static void the_audit_finds_another_subject(void **state)
{
    finds(state,
          "UPDATE ledger_posting SET subject = 8 WHERE id = (SELECT MIN(id) FROM ledger_posting)",
          1, ": what it holds was changed");
}

static void the_audit_finds_another_owner(void **state)
{
    finds(state, "UPDATE ledger_account SET party = 102 WHERE purpose = 'wallet'", 2,
          ": what it holds was changed");
}

static void the_audit_finds_a_posting_slipped_in(void **state)
{
    finds(
        state,
        "INSERT INTO ledger_posting (id, template, subject, legs, digest, at) SELECT MAX(id) - 1, "
        "'test.pay_in', 7, 0, '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8', "
        "0 FROM ledger_posting",
        2, "has 2 postings and 1 transfers, was closed with 1 and 1");
}

static void the_audit_finds_a_missing_day(void **state)
{
    finds(state, "DELETE FROM ledger_day WHERE postings = 0", 2, "the day before it is not closed");
}

static void the_audit_finds_another_hash(void **state)
{
    finds(state, "UPDATE ledger_day SET hash = previous WHERE postings = 0", 3,
          "its signature does not fit");
}

static void the_audit_finds_another_kept_balance(void **state)
{
    finds(state,
          "UPDATE ledger_day_balance SET balance_minor = balance_minor + 1 WHERE balance_minor > 0 "
          "AND day = (SELECT MIN(day) FROM ledger_day)",
          2, "at the end of");
}

static void the_audit_finds_a_balance_kept_for_nothing(void **state)
{
    finds(
        state,
        "INSERT INTO ledger_day_balance (account, day, balance_minor) SELECT id, (SELECT MAX(day) "
        "- 1 FROM ledger_day), 1370000 FROM ledger_account WHERE purpose = 'wallet'",
        1, "balances are kept");
}

static void append(struct builder *sql, const char *format, ...)
{
    va_list arguments;
    char text[400];
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    builder_add_c(sql, text);
}

/* The digest of a posting with one transfer, as ledger/post.c makes it. */
static void digest(char hex[33], const int64_t facts[6], const char *reason)
{
    unsigned char hash[16];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)facts, 6 * sizeof facts[0]);
    crypto_generichash_update(&state, (const unsigned char *)"EUR", 3);
    crypto_generichash_update(&state, (const unsigned char *)reason, strlen(reason));
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(hex, 33, hash, sizeof hash);
}

static int64_t id_after(const char *pattern, const struct text *file)
{
    const char *at = strstr(file->data, pattern);
    struct text id = {at + strlen(pattern), strlen("pst_08ZJRGT00000W")};
    char prefix[4] = {id.data[0], id.data[1], id.data[2], '\0'};
    int64_t out = 0;
    assert_true(at && id_parse(id, prefix, &out));
    return out;
}

/* Amount, digest, balances and what is kept of them all changed to agree with each other. */
static void the_audit_finds_a_change_with_its_digest(void **state)
{
    struct bed bed = begin(state);
    struct heard heard = {{0}};
    struct ledger_audit_listener listener = {&heard, hear};
    char hex[33];
    int64_t found = -1;
    static int64_t day = 50000; /* ids never go back */
    day += 20;
    post(&bed, day, 950000);
    clock_set((struct instant){(day + 10) * DAY});
    tend(&bed);
    int64_t added;
    assert_null(ledger_add_up(bed.store, bed.reader, bed.memory, &added));
    struct text file = day_file(&bed, day);
    int64_t transfer = id_after("\"transfer\":\"", &file);
    const int64_t facts[] = {transfer,
                             id_after("\"from\":{\"account\":\"", &file),
                             id_after("\"to\":{\"account\":\"", &file),
                             950001,
                             0,
                             day * DAY + HOUR};
    struct builder sql = builder_make(bed.memory, 2000);
    struct text written;
    digest(hex, facts, "test.in");
    append(&sql, "UPDATE ledger_transfer SET amount_minor = 950001; ");
    append(&sql, "UPDATE ledger_posting SET digest = '%s'; ", hex);
    append(&sql,
           "UPDATE ledger_account SET balance_minor = CASE WHEN balance_minor > 0 THEN 950001 "
           "ELSE -950001 END; ");
    append(&sql, "UPDATE ledger_day_balance SET balance_minor = CASE WHEN balance_minor > 0 THEN "
                 "950001 ELSE -950001 END");
    assert_null(builder_end(&sql, &written));
    bed_damage(&bed, written.data);
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &found));
    if (found != 1 || !strstr(heard.lines, ": what it holds was changed"))
        fail_msg("heard %lld lines:\n%s", (long long)found, heard.lines);
    struct sign_report report = look(day_file(&bed, day), text_of(""));
    assert_int_equal(report.verdict, SIGN_BROKEN);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_day_says_what_was_changed),
        {"each_byte_of_a_day_counts", each_byte_of_a_day_counts, NULL, NULL, sqlite},
        {"a_line_hashed_anew_is_not_certified", a_line_hashed_anew_is_not_certified, NULL, NULL,
         sqlite},
        {"each_byte_of_a_certificate_counts", each_byte_of_a_certificate_counts, NULL, NULL,
         sqlite},
        ON_BOTH(makes_up_a_long_gap),
        ON_BOTH(the_audit_is_content_with_closed_days),
        ON_BOTH(the_audit_finds_another_subject),
        ON_BOTH(the_audit_finds_another_owner),
        ON_BOTH(the_audit_finds_a_posting_slipped_in),
        ON_BOTH(the_audit_finds_a_missing_day),
        ON_BOTH(the_audit_finds_another_hash),
        ON_BOTH(the_audit_finds_another_kept_balance),
        ON_BOTH(the_audit_finds_a_balance_kept_for_nothing),
        ON_BOTH(the_audit_finds_a_change_with_its_digest),
        ON_BOTH(closes_a_long_day_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
