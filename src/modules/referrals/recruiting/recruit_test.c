/*
 * Who is found by what, in which order and on which page, on both engines.
 */
#include "modules/referrals/recruiting/recruit.h"

#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "modules/referrals/recruiting/queries.h"
#include "modules/referrals/recruiting/rows.h"
#include "modules/referrals/schema.h"

static struct bed bed;
static const struct party_id business = {101};

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema, &referrals_schema};
    static const char *const places[] = {"src/ledger/", "src/core/", "src/modules/referrals/"};
    bed = bed_begin_with(state, schemas, COUNT_OF(schemas), places, COUNT_OF(places));
}

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    struct sharer_row *sharer = context;
    const struct sharer_channel channel = {text_of("https://blog.example/"), sharer->reach,
                                           sharer->reach > 100 ? KIND_VIDEO : KIND_SITE};
    const struct sharer_channel_list list = {&channel, 1};
    return sharer_keep(db, memory, sharer, &list);
}

static struct sharer_id say(int64_t person, const char *topics, const char *countries,
                            int64_t reach, bool shown)
{
    struct sharer_row sharer = {.person = {person},
                                .shown = shown,
                                .name = text_of("Inés"),
                                .about = text_of(""),
                                .reach = reach,
                                .topics = text_of(topics),
                                .languages = text_of("en"),
                                .countries = text_of(countries),
                                .at = {1}};
    assert_null(store_write(bed.store, bed.memory, keep, &sharer));
    return sharer.id;
}

static struct sharer_found_row_list look(const char *fact, const char *value, const char *topic,
                                         const char *kind, int64_t reach, int64_t before,
                                         int64_t least)
{
    struct sharer_found_row_list rows = {NULL, 0};
    assert_null(sharers_found(bed.reader, bed.memory, text_of(fact), text_of(value), text_of(topic),
                              text_of(""), text_of(kind), reach, before, least, business, 2,
                              &rows));
    return rows;
}

static struct sharer_found_row_list find(const char *fact, const char *value, const char *topic,
                                         int64_t reach, int64_t before, int64_t least)
{
    return look(fact, value, topic, "", reach, before, least);
}

static struct sharer_found_row_list find_of_kind(const char *fact, const char *value,
                                                 const char *kind)
{
    return look(fact, value, "", kind, INT64_MAX, INT64_MAX, 0);
}

static void those_with_most_reach_come_first_and_pages_do_not_repeat(void **state)
{
    begin(state);
    struct sharer_id few = say(1, "travel", "DE", 10, true);
    struct sharer_id same = say(2, "travel food", "DE", 10, true);
    struct sharer_id most = say(3, "travel", "FR", 900, true);
    say(4, "travel", "DE", 5000, false);
    struct sharer_found_row_list rows = find("topic", "travel", "", INT64_MAX, INT64_MAX, 0);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.items[0].sharer.value, most.value);
    assert_int_equal(rows.items[1].sharer.value, same.value);
    rows = find("topic", "travel", "", 10, same.value, 0);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].sharer.value, few.value);
    assert_int_equal(find("topic", "travel", "", INT64_MAX, INT64_MAX, 901).count, 0);
    rows = find("country", "DE", "food", INT64_MAX, INT64_MAX, 0);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].sharer.value, same.value);
    rows = find("kind", "video", "", INT64_MAX, INT64_MAX, 0);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].sharer.value, most.value);
    rows = find_of_kind("topic", "travel", "site");
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.items[0].sharer.value, same.value);
    assert_int_equal(find_of_kind("country", "DE", "video").count, 0);
    bed_end(&bed);
}

static void what_is_said_anew_is_found_in_place_of_what_was_said(void **state)
{
    begin(state);
    struct sharer_id first = say(1, "travel", "DE", 10, true);
    assert_int_equal(say(1, "food", "FR", 20, true).value, first.value);
    assert_int_equal(find("topic", "travel", "", INT64_MAX, INT64_MAX, 0).count, 0);
    assert_int_equal(find("all", "", "", INT64_MAX, INT64_MAX, 0).count, 1);
    say(1, "food", "FR", 20, false);
    assert_int_equal(find("topic", "food", "", INT64_MAX, INT64_MAX, 0).count, 0);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(those_with_most_reach_come_first_and_pages_do_not_repeat),
        ON_BOTH(what_is_said_anew_is_found_in_place_of_what_was_said),
    };
    return cmocka_run_group_tests_name("modules/referrals/recruiting", tests, NULL, NULL);
}
