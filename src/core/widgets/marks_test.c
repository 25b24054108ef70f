/*
 * Marks of forms and links: what is ours opens, what was changed in one letter does not.
 *
 * Read next: core/widgets/marks.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/settings.h"
#include "core/widgets/parts.h"

static char folder[] = "/tmp/contraflow-marks.XXXXXX";
static struct memory *memory;
static const struct party_id shop = {1001};
static const struct party_id other = {1002};
static const struct instant noon = {INT64_C(1780000000000)};

static int begin(void **state)
{
    static const struct setting settings[] = {
        {"data", SETTING_TEXT, "", 0, 0, false, "Folder of the data"}};
    struct text complaint = {"", 0};
    (void)state;
    memory = memory_create(1 << 20);
    if (!memory || !mkdtemp(folder) || setenv("CONTRAFLOW_DATA", folder, 1) != 0)
        return -1;
    settings_declare(settings, 1);
    return settings_load(memory, "/nonexistent", &complaint) ? -1 : 0;
}

static enum stamp_verdict judge(struct party_id business, struct text stamp, int64_t after)
{
    enum stamp_verdict verdict = 0;
    assert_null(feedback_stamp_judge(business, stamp, instant_add(noon, after), &verdict));
    return verdict;
}

static void a_stamp_is_good_after_two_seconds_and_for_a_day(void **state)
{
    struct text stamp;
    (void)state;
    assert_null(feedback_stamp(memory, shop, noon, &stamp));
    assert_int_equal(judge(shop, stamp, 0), STAMP_EARLY);
    assert_int_equal(judge(shop, stamp, FEEDBACK_HASTE - 1), STAMP_EARLY);
    assert_int_equal(judge(shop, stamp, FEEDBACK_HASTE), STAMP_GOOD);
    assert_int_equal(judge(shop, stamp, FEEDBACK_LIFE), STAMP_GOOD);
    assert_int_equal(judge(shop, stamp, FEEDBACK_LIFE + 1), STAMP_LATE);
    assert_int_equal(judge(shop, stamp, -HOUR), STAMP_EARLY);
}

static void a_stamp_is_for_one_business_and_unlike_any_other(void **state)
{
    struct text stamp, again;
    (void)state;
    assert_null(feedback_stamp(memory, shop, noon, &stamp));
    assert_null(feedback_stamp(memory, shop, noon, &again));
    assert_false(text_equal(stamp, again));
    assert_int_equal(judge(other, stamp, MINUTE), STAMP_WRONG);
}

static void a_stamp_changed_in_any_letter_is_none(void **state)
{
    struct text stamp;
    (void)state;
    assert_null(feedback_stamp(memory, shop, noon, &stamp));
    for (size_t i = 0; i < stamp.size; i++) {
        struct text changed = text_copy(memory, stamp);
        ((char *)(uintptr_t)changed.data)[i] = stamp.data[i] == '0' ? '1' : '0';
        assert_int_equal(judge(shop, changed, MINUTE), STAMP_WRONG);
    }
    for (size_t size = 0; size < stamp.size; size++)
        assert_int_equal(judge(shop, (struct text){stamp.data, size}, MINUTE), STAMP_WRONG);
}

static void a_link_opens_its_conversation_only(void **state)
{
    struct text link, stamp;
    struct feedback_id id;
    (void)state;
    assert_null(feedback_link(memory, (struct feedback_id){77}, &link));
    assert_null(feedback_of_link(link, &id));
    assert_int_equal(id.value, 77);
    for (size_t i = 0; i < link.size; i++) {
        struct text changed = text_copy(memory, link);
        ((char *)(uintptr_t)changed.data)[i] = link.data[i] == '0' ? '1' : '0';
        assert_ptr_equal(feedback_of_link(changed, &id), &not_found);
    }
    /* What opens one thing opens no other. */
    assert_null(feedback_stamp(memory, shop, noon, &stamp));
    assert_ptr_equal(feedback_of_link(stamp, &id), &not_found);
    assert_int_equal(judge(shop, link, MINUTE), STAMP_WRONG);
}

static void an_address_has_another_mark_for_each_business(void **state)
{
    struct text here, same, there;
    (void)state;
    assert_null(feedback_sender(memory, shop, text_of("192.0.2.7"), &here));
    assert_null(feedback_sender(memory, shop, text_of("192.0.2.7"), &same));
    assert_null(feedback_sender(memory, other, text_of("192.0.2.7"), &there));
    assert_true(text_equal(here, same));
    assert_false(text_equal(here, there));
    assert_null(memmem(here.data, here.size, "192", 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stamp_is_good_after_two_seconds_and_for_a_day),
        cmocka_unit_test(a_stamp_is_for_one_business_and_unlike_any_other),
        cmocka_unit_test(a_stamp_changed_in_any_letter_is_none),
        cmocka_unit_test(a_link_opens_its_conversation_only),
        cmocka_unit_test(an_address_has_another_mark_for_each_business),
    };
    return cmocka_run_group_tests_name("core/widgets/marks", tests, begin, NULL);
}
