/*
 * Days that close by themselves, and what anybody finds in their files afterwards: good as they are,
 * changed in any byte, and with lines taken out, added or put elsewhere.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/closing.h"
#include "core/sign.h"
#include "core/terms.shapes.h"
#include "ledger/day.h"
#include "ledger/ledger_test_bed.h"

static const struct currency eur = {"EUR"};
static const struct party_id firm = {101};
static const int64_t first_day = 30000;
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

static const struct problem *collect(void *context, struct text piece)
{
    builder_add(context, piece);
    return NULL;
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

/* The report lives until the next look. */
static struct sign_report look(struct text file, struct text trusted)
{
    static struct memory *memory;
    struct sign_report report;
    memory_end(memory);
    memory = memory_create(8 << 20);
    struct bytes bytes = {(const unsigned char *)file.data, file.size};
    assert_null(sign_verify(memory, bytes, trusted, &report));
    return report;
}

static bool says(const struct sign_report *report, const char *name, enum sign_finding finding)
{
    for (size_t i = 0; i < report->facts.count; i++) {
        const struct sign_fact *fact = &report->facts.items[i];
        if (text_is(fact->name, name) && fact->finding == finding)
            return true;
    }
    return false;
}

/* Each byte becomes its neighbour, then (letters) one of the other case, then a blank. */
static void finds_each_byte(struct text file)
{
    char *copy = malloc(file.size);
    assert_int_equal(look(file, text_of("")).verdict, SIGN_GOOD);
    memcpy(copy, file.data, file.size);
    for (size_t i = 0; i < file.size; i++) {
        const char tried[] = {(char)(file.data[i] ^ 1), (char)(file.data[i] ^ 0x20), ' '};
        for (size_t j = 0; j < sizeof tried; j++) {
            if (tried[j] == file.data[i])
                continue;
            copy[i] = tried[j];
            struct sign_report report = look((struct text){copy, file.size}, text_of(""));
            if (report.verdict == SIGN_GOOD)
                fail_msg("byte %zu, \"%.*s\" for '%c', was not found", i, 20, &copy[i],
                         file.data[i]);
        }
        copy[i] = file.data[i];
    }
    free(copy);
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
    struct sign_report report = look(day_file(&bed, first_day + 1729), text_of(""));
    assert_int_equal(report.verdict, SIGN_GOOD);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
