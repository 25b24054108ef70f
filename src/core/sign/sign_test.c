/*
 * Signed files: what was signed is found good, whatever was changed is named, another's key is told.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/sign/sign.h"
#include "core/terms.shapes.h"

struct bed {
    struct memory *memory;
    char folder[40];
    struct sign_key key;
    struct text file; /* signed facts */
};

static struct terms_row facts_of(struct text body)
{
    return (struct terms_row){
        text_of("00ff"), text_of("stock.standard"), text_of("2026-03-01"), text_of("ru"), body,
        {1780000000000}};
}

static int begin(void **state)
{
    struct bed *bed = calloc(1, sizeof *bed);
    bed->memory = memory_create(8 << 20);
    snprintf(bed->folder, sizeof bed->folder, "/tmp/sign_test.XXXXXX");
    assert_non_null(mkdtemp(bed->folder));
    assert_null(sign_key_make(text_of(bed->folder), &bed->key));
    struct terms_row facts = facts_of(text_of("\"Свет\" / 光\n\x01\\ é"));
    assert_null(
        sign_file(bed->memory, &bed->key, "test.terms", &terms_row_shape, &facts, &bed->file));
    *state = bed;
    return 0;
}

static int end(void **state)
{
    struct bed *bed = *state;
    struct text key = text_format(bed->memory, "%s/signing.key", bed->folder);
    unlink(key.data);
    rmdir(bed->folder);
    memory_end(bed->memory);
    free(bed);
    return 0;
}

static struct sign_report look(struct bed *bed, struct text file, struct text trusted)
{
    struct sign_report report;
    struct bytes bytes = {(const unsigned char *)file.data, file.size};
    assert_null(sign_verify(bed->memory, bytes, trusted, &report));
    return report;
}

/* The file with the first `old` after `after` replaced. */
static struct text changed(struct bed *bed, const char *after, const char *old, const char *new)
{
    const char *from = strstr(bed->file.data, after);
    assert_non_null(from);
    const char *at = strstr(from, old);
    assert_non_null(at);
    return text_format(bed->memory, "%.*s%s%s", (int)(at - bed->file.data), bed->file.data, new,
                       at + strlen(old));
}

static const struct sign_fact *fact(const struct sign_report *report, const char *name)
{
    for (size_t i = 0; i < report->facts.count; i++) {
        if (text_is(report->facts.items[i].name, name))
            return &report->facts.items[i];
    }
    fail_msg("there is no fact %s", name);
    return NULL;
}

static void finds_what_was_signed_good(void **state)
{
    struct bed *bed = *state;
    char open[SIGN_HEX_MAX];
    sign_key_write(&bed->key, open);
    struct sign_report report = look(bed, bed->file, text_of(open));
    assert_int_equal(report.verdict, SIGN_GOOD);
    assert_true(text_is(report.kind, "test.terms"));
    assert_true(text_is(report.key, open));
    assert_int_equal(report.facts.count, 6);
    assert_true(text_is(fact(&report, "version")->value, "2026-03-01"));
    assert_true(text_is(fact(&report, "body")->value, "\"Свет\" / 光  \\ é"));
}

static void names_the_fact_that_was_altered(void **state)
{
    struct bed *bed = *state;
    struct sign_report report =
        look(bed, changed(bed, "\"facts\"", "2026-03-01", "2026-03-02"), text_of(""));
    assert_int_equal(report.verdict, SIGN_ALTERED);
    for (size_t i = 0; i < report.facts.count; i++) {
        bool version = text_is(report.facts.items[i].name, "version");
        assert_int_equal(report.facts.items[i].finding, version ? FACT_ALTERED : FACT_AS_SIGNED);
    }
}

static void names_what_was_added_and_taken_out(void **state)
{
    struct bed *bed = *state;
    struct sign_report report =
        look(bed, changed(bed, "\"facts\"", "\"version\"", "\"edition\""), text_of(""));
    assert_int_equal(report.verdict, SIGN_ALTERED);
    assert_int_equal(fact(&report, "edition")->finding, FACT_ADDED);
    assert_int_equal(fact(&report, "version")->finding, FACT_MISSING);
}

static void tells_another_layout(void **state)
{
    struct bed *bed = *state;
    struct sign_report report = look(bed, changed(bed, "{", "{", "\n\t {"), text_of(""));
    assert_int_equal(report.verdict, SIGN_RELAID);
    report = look(bed, changed(bed, "\"facts\"", "2026-03-01", "2026\\u002d03-01"), text_of(""));
    assert_int_equal(report.verdict, SIGN_RELAID);
}

static void finds_altered_digests_and_kind_broken(void **state)
{
    struct bed *bed = *state;
    char other[SIGN_HEX_MAX];
    const char *digest = strstr(strstr(bed->file.data, "\"digests\""), "\"version\": \"");
    char old[SIGN_HEX_MAX];
    snprintf(old, sizeof old, "%.64s", digest + strlen("\"version\": \""));
    memcpy(other, old, sizeof other);
    other[0] = other[0] == 'a' ? 'b' : 'a';
    assert_int_equal(look(bed, changed(bed, "\"digests\"", old, other), text_of("")).verdict,
                     SIGN_BROKEN);
    assert_int_equal(
        look(bed, changed(bed, "\"kind\"", "test.terms", "test.other"), text_of("")).verdict,
        SIGN_BROKEN);
}

static void tells_another_key(void **state)
{
    struct bed *bed = *state;
    struct sign_key other = bed->key;
    char open[SIGN_HEX_MAX];
    char own[SIGN_HEX_MAX];
    char folder[] = "/tmp/sign_test.XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_null(sign_key_make(text_of(folder), &other));
    sign_key_write(&other, open);
    sign_key_write(&bed->key, own);
    assert_string_not_equal(open, own);
    assert_int_equal(look(bed, bed->file, text_of(open)).verdict, SIGN_OTHER_KEY);
    /* The other's key put into the file does not make the signature theirs. */
    assert_int_equal(look(bed, changed(bed, "\"public_key\"", own, open), text_of("")).verdict,
                     SIGN_BROKEN);
    unlink(text_format(bed->memory, "%s/signing.key", folder).data);
    rmdir(folder);
}

static void refuses_what_is_no_signed_file(void **state)
{
    struct bed *bed = *state;
    const char *const others[] = {"",
                                  "{",
                                  "[]",
                                  "{}",
                                  "null",
                                  "{\"kind\":\"a\",\"kind\":\"b\"}",
                                  "{\"facts\":{},\"digests\":{},\"kind\":1}",
                                  "\xff"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_int_equal(look(bed, text_of(others[i]), text_of("")).verdict, SIGN_UNREADABLE);
    struct text cut = bed->file;
    cut.size /= 2;
    assert_int_equal(look(bed, cut, text_of("")).verdict, SIGN_UNREADABLE);
}

static void makes_the_key_once_and_for_its_owner_only(void **state)
{
    struct bed *bed = *state;
    struct sign_key again;
    struct stat facts;
    assert_null(sign_key_make(text_of(bed->folder), &again));
    assert_memory_equal(again.seed, bed->key.seed, sizeof again.seed);
    assert_int_equal(stat(text_format(bed->memory, "%s/signing.key", bed->folder).data, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_ptr_equal(sign_key_read(text_of("/tmp/sign_test.absent"), &again), &not_found);
}

static void marks_differ_by_purpose_text_and_key(void **state)
{
    struct bed *bed = *state;
    char first[SIGN_HEX_MAX];
    char second[SIGN_HEX_MAX];
    sign_mark(&bed->key, "download", text_of("lic_1"), first);
    sign_mark(&bed->key, "download", text_of("lic_1"), second);
    assert_true(sign_mark_fits(first, text_of(second)));
    sign_mark(&bed->key, "download", text_of("lic_2"), second);
    assert_false(sign_mark_fits(first, text_of(second)));
    sign_mark(&bed->key, "upload", text_of("lic_1"), second);
    assert_false(sign_mark_fits(first, text_of(second)));
    assert_false(sign_mark_fits(first, text_of("")));
}

static void verifies_a_file_on_disk(void **state)
{
    struct bed *bed = *state;
    struct sign_report report;
    struct text path = text_format(bed->memory, "%s/certificate.json", bed->folder);
    FILE *out = fopen(path.data, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(bed->file.data, 1, bed->file.size, out), bed->file.size);
    fclose(out);
    assert_null(sign_verify_file(bed->memory, path.data, text_of(""), &report));
    assert_int_equal(report.verdict, SIGN_GOOD);
    unlink(path.data);
    assert_ptr_equal(sign_verify_file(bed->memory, path.data, text_of(""), &report), &not_found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_what_was_signed_good, begin, end),
        cmocka_unit_test_setup_teardown(names_the_fact_that_was_altered, begin, end),
        cmocka_unit_test_setup_teardown(names_what_was_added_and_taken_out, begin, end),
        cmocka_unit_test_setup_teardown(tells_another_layout, begin, end),
        cmocka_unit_test_setup_teardown(finds_altered_digests_and_kind_broken, begin, end),
        cmocka_unit_test_setup_teardown(tells_another_key, begin, end),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_signed_file, begin, end),
        cmocka_unit_test_setup_teardown(makes_the_key_once_and_for_its_owner_only, begin, end),
        cmocka_unit_test_setup_teardown(marks_differ_by_purpose_text_and_key, begin, end),
        cmocka_unit_test_setup_teardown(verifies_a_file_on_disk, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
