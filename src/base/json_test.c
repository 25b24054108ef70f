/*
 * Tests of base/json_read.c, json_scan.c and json_write.c: there and back, limits, errors with their path.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/shape.h"
#include "base/shape.shapes.h"

struct tree_id {
    int64_t value;
};
LIST_OF(tree_id);
enum tree_state { TREE_YOUNG = 1, TREE_OLD };
struct leaf {
    struct text title;
    struct maybe_integer veins;
};
LIST_OF(leaf);
struct tree {
    struct tree_id id;
    struct text title;
    struct maybe_text note;
    struct money price;
    struct maybe_money bid;
    int64_t height;
    bool green;
    enum tree_state state;
    struct instant planted;
    struct leaf crown;
    struct leaf_list leaves;
    struct text_list tags;
    struct tree_id_list near;
    struct maybe_text secret;
};

static const struct word tree_words[] = {{TREE_YOUNG, "young", "Thin"}, {TREE_OLD, "old", "Thick"}};
static const struct words tree_state_words = {"tree_state", "How old", tree_words, 2};

#define AT(type, member)                                                                           \
    .name = #member, .meaning = "Tested", .offset = offsetof(struct type, member)
#define NO_LIMITS      .low = INT64_MIN, .high = INT64_MAX
#define MAYBE_OF(type) .optional = true, .value_offset = offsetof(struct type, value)
static const struct field leaf_fields[] = {
    {AT(leaf, title), .kind = FIELD_TEXT, .low = 1, .high = 5},
    {AT(leaf, veins), .kind = FIELD_INTEGER, MAYBE_OF(maybe_integer), .low = 0, .high = 9},
};
static const struct shape leaf_shape = {"leaf", "A leaf", sizeof(struct leaf), leaf_fields, 2};
static const struct field tree_fields[] = {
    {AT(tree, id), .kind = FIELD_ID, .prefix = "tre", NO_LIMITS},
    {AT(tree, title), .kind = FIELD_TEXT, .low = 1, .high = 20},
    {AT(tree, note), .kind = FIELD_TEXT, MAYBE_OF(maybe_text), .audience = FOR_PARTY, NO_LIMITS},
    {AT(tree, price), .kind = FIELD_MONEY, .low = 1, .high = 5000},
    {AT(tree, bid), .kind = FIELD_MONEY, MAYBE_OF(maybe_money), NO_LIMITS},
    {AT(tree, height), .kind = FIELD_INTEGER, NO_LIMITS},
    {AT(tree, green), .kind = FIELD_FLAG, NO_LIMITS},
    {AT(tree, state), .kind = FIELD_WORD, .words = &tree_state_words, NO_LIMITS},
    {AT(tree, planted), .kind = FIELD_INSTANT, NO_LIMITS},
    {AT(tree, crown), .kind = FIELD_STRUCT, .shape = &leaf_shape, NO_LIMITS},
    {AT(tree, leaves), .kind = FIELD_LIST, .item_kind = FIELD_STRUCT, .shape = &leaf_shape,
     .low = INT64_MIN, .high = 3},
    {AT(tree, tags), .kind = FIELD_LIST, .item_kind = FIELD_TEXT, .low = 1, .high = 3},
    {AT(tree, near), .kind = FIELD_LIST, .item_kind = FIELD_ID, .prefix = "tre", NO_LIMITS},
    {AT(tree, secret), .kind = FIELD_TEXT, MAYBE_OF(maybe_text), .audience = FOR_OPERATOR,
     NO_LIMITS},
};
static const struct shape tree_shape = {"tree", "A tree", sizeof(struct tree), tree_fields,
                                        sizeof tree_fields / sizeof tree_fields[0]};

static const char whole[] =
    "{\"id\":\"tre_000000000000A\",\"title\":\"O\\u00e9\\\"k\",\"note\":\"n\","
    "\"price\":{\"minor\":1250,\"currency\":\"EUR\"},\"bid\":{\"minor\":0,\"currency\":\"JPY\"},"
    "\"height\":-9007199254740991,\"green\":true,\"state\":\"old\","
    "\"planted\":\"2026-06-10T14:02:11.007Z\",\"crown\":{\"title\":\"c\",\"veins\":3},"
    "\"leaves\":[{\"title\":\"a\"},{\"title\":\"b\",\"veins\":0}],\"tags\":[\"x\",\"y\"],"
    "\"near\":[\"tre_000000000000B\"],\"secret\":\"s\"}";

static struct memory *memory;
static struct tree tree;
static struct field_errors errors;

static const struct problem *read_sized(const struct shape *shape, const char *json, size_t size,
                                        void *target)
{
    return shape_read_json(memory, shape, (struct bytes){(const unsigned char *)json, size}, target,
                           &errors);
}

static const struct problem *read_leaf(const char *json)
{
    struct leaf leaf;
    return read_sized(&leaf_shape, json, strlen(json), &leaf);
}

static int open_test(void **state)
{
    (void)state;
    memory = memory_create(4 << 20);
    return 0;
}

static int close_test(void **state)
{
    (void)state;
    memory_end(memory);
    return 0;
}

static void expect(size_t at, const char *field, enum field_fault fault)
{
    assert_true(at < errors.count);
    assert_string_equal(errors.items[at].field, field);
    assert_int_equal(errors.items[at].fault, fault);
}

static struct text written(enum audience audience)
{
    struct builder b = builder_make(memory, 1 << 20);
    struct text out;
    shape_write_json(&b, &tree_shape, &tree, audience);
    assert_null(builder_end(&b, &out));
    return out;
}

static void there_and_back(void **state)
{
    (void)state;
    assert_null(read_sized(&tree_shape, whole, sizeof whole - 1, &tree));
    assert_int_equal(errors.count, 0);
    assert_true(text_is(tree.title, "O\xC3\xA9\"k"));
    assert_int_equal(tree.leaves.count, 2);
    assert_true(tree.leaves.items[1].veins.present && !tree.leaves.items[0].veins.present);
    assert_int_equal(tree.near.items[0].value, 11);
    struct text out = written(FOR_OPERATOR);
    struct tree first = tree;
    assert_null(read_sized(&tree_shape, out.data, out.size, &tree));
    assert_true(text_equal(written(FOR_OPERATOR), out));
    assert_true(text_equal(first.title, tree.title));
    assert_int_equal(first.planted.ms, tree.planted.ms);
    assert_non_null(strstr(out.data, "\"title\":\"O\xC3\xA9\\\"k\""));
}

static void audiences_see_their_part(void **state)
{
    (void)state;
    assert_null(read_sized(&tree_shape, whole, sizeof whole - 1, &tree));
    struct text everyone = written(FOR_PUBLIC);
    struct text party = written(FOR_PARTY);
    struct text operator_ = written(FOR_OPERATOR);
    assert_null(strstr(everyone.data, "\"note\""));
    assert_null(strstr(everyone.data, "\"secret\""));
    assert_non_null(strstr(party.data, "\"note\":\"n\""));
    assert_null(strstr(party.data, "\"secret\""));
    assert_non_null(strstr(operator_.data, "\"secret\":\"s\""));
    tree.note.present = false;
    assert_null(strstr(written(FOR_PARTY).data, "\"note\""));
}

static void nothing_has_no_members(void **state)
{
    (void)state;
    struct builder b = builder_make(memory, 100);
    struct nothing nothing = {.unused = true};
    struct text out;
    shape_write_json(&b, &nothing_shape, &nothing, FOR_OPERATOR);
    assert_null(builder_end(&b, &out));
    assert_string_equal(out.data, "{}");
}

static void unset_values_are_null(void **state)
{
    (void)state;
    struct leaf leaf = {{"x", 1}, {false, 0}};
    struct builder b = builder_make(memory, 1000);
    struct text out;
    shape_write_json(&b, &leaf_shape, &leaf, FOR_PUBLIC);
    assert_null(builder_end(&b, &out));
    assert_string_equal(out.data, "{\"title\":\"x\"}");
    memset(&tree, 0, sizeof tree);
    assert_string_equal(written(FOR_PUBLIC).data,
                        "{\"id\":null,\"title\":\"\",\"price\":null,\"height\":0,\"green\":false,"
                        "\"state\":null,\"planted\":null,\"crown\":{\"title\":\"\"},\"leaves\":[],"
                        "\"tags\":[],\"near\":[]}");
}

static void every_wrong_field_is_named(void **state)
{
    (void)state;
    static const char json[] =
        "{\"id\":\"x\",\"title\":5,\"note\":null,\"price\":{\"minor\":1.5,\"currency\":\"EUR\"},"
        "\"bid\":{\"minor\":-1,\"currency\":\"EUR\",\"rate\":1},\"height\":9007199254740992,"
        "\"green\":\"yes\",\"state\":\"dead\",\"planted\":7,\"crown\":[],"
        "\"leaves\":[{\"title\":\"a\"},{\"title\":\"123456\",\"veins\":10,\"x\":1},3],"
        "\"tags\":[],\"near\":[\"tre_000000000000B\",\"pho_000000000000B\"],\"extra\":{}}";
    assert_ptr_equal(read_sized(&tree_shape, json, sizeof json - 1, &tree), &invalid_input);
    assert_int_equal(errors.count, 17);
    expect(0, "id", FIELD_NOT_ID);
    expect(1, "title", FIELD_NOT_TEXT);
    expect(2, "price", FIELD_NOT_MONEY);
    expect(3, "bid.rate", FIELD_UNKNOWN);
    expect(4, "bid", FIELD_TOO_SMALL);
    expect(5, "height", FIELD_TOO_LARGE);
    expect(6, "green", FIELD_NOT_FLAG);
    expect(7, "state", FIELD_NOT_WORD);
    expect(8, "planted", FIELD_NOT_DATE);
    expect(9, "crown", FIELD_REFUSED);
    assert_string_equal(errors.items[9].rule, "field.not_object");
    expect(10, "leaves.1.title", FIELD_TOO_LONG);
    assert_int_equal(errors.items[10].limit, 5);
    assert_int_equal(errors.items[10].found, 6);
    expect(11, "leaves.1.veins", FIELD_TOO_LARGE);
    expect(12, "leaves.1.x", FIELD_UNKNOWN);
    expect(13, "leaves.2", FIELD_REFUSED);
    expect(14, "tags", FIELD_MISSING);
    expect(15, "near.1", FIELD_NOT_ID);
    expect(16, "extra", FIELD_UNKNOWN);
}

static void absent_fields(void **state)
{
    (void)state;
    assert_ptr_equal(read_sized(&tree_shape, "{}", 2, &tree), &invalid_input);
    static const char *const missing[] = {"id",    "title",   "price", "height",
                                          "state", "planted", "crown", "tags"};
    assert_int_equal(errors.count, 8);
    for (size_t i = 0; i < 8; i++) {
        expect(i, missing[i], FIELD_MISSING);
    }
    assert_null(read_leaf("{\"title\":\"a\",\"veins\":null}"));
    assert_ptr_equal(read_leaf("{\"title\":\"\"}"), &invalid_input);
    expect(0, "title", FIELD_MISSING);
}

static void malformed_json(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      " ",
                                      "{",
                                      "nul",
                                      "{\"title\":\"a\"}x",
                                      "{title:1}",
                                      "{\"title\":\"a\",}",
                                      "{'title':'a'}",
                                      "{\"title\":NaN}",
                                      "\"open",
                                      "{\"title\":01}",
                                      "}",
                                      "]]]"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_ptr_equal(read_leaf(bad[i]), &invalid_input);
        assert_int_equal(errors.count, 1);
        expect(0, "", FIELD_REFUSED);
        assert_string_equal(errors.items[0].rule, "field.malformed_json");
    }
    assert_ptr_equal(read_leaf("[]"), &invalid_input);
    expect(0, "", FIELD_REFUSED);
    assert_string_equal(errors.items[0].rule, "field.not_object");
    assert_ptr_equal(read_sized(&leaf_shape, NULL, 0, &tree), &invalid_input);
}

static void refused_by_the_parser_with_a_path(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        const char *field;
        enum field_fault fault;
    } cases[] = {
        {"{\"title\":\"a\",\"veins\":1e309}", "veins", FIELD_TOO_LARGE},
        {"{\"title\":\"a\",\"veins\": -1e309}", "veins", FIELD_TOO_SMALL},
        {"{\"veins\":99999999999999999999,\"title\":\"a\"}", "veins", FIELD_TOO_LARGE},
        {"{\"price\":{\"minor\":1e309}}", "price.minor", FIELD_TOO_LARGE},
        {"{\"leaves\":[{\"veins\":1},{\"x\":[0,1e400]}]}", "leaves.1.x.1", FIELD_TOO_LARGE},
        {"{\"title\":\"a\",\"title\":\"b\"}", "title", FIELD_REPEATED},
        {"{\"leaves\":[{},{\"veins\":1,\"veins\":2}]}", "leaves.1.veins", FIELD_REPEATED},
        {"{\"title\":\"\xFF\"}", "title", FIELD_NOT_TEXT},
        {"{\"title\":\"a\\u0000b\"}", "title", FIELD_NOT_TEXT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_ptr_equal(read_leaf(cases[i].json), &invalid_input);
        assert_int_equal(errors.count, 1);
        expect(0, cases[i].field, cases[i].fault);
    }
    assert_ptr_equal(read_leaf("{\"title\":\"a\",\"veins\":-0}"), NULL);
    assert_ptr_equal(read_leaf("{\"title\":\"a\",\"veins\":1e2}"), &invalid_input);
    expect(0, "veins", FIELD_NOT_NUMBER);
}

static void depth_is_refused_quickly(void **state)
{
    (void)state;
    enum { DEEP = 100000 };
    char *json = malloc(DEEP * 6);
    assert_non_null(json);
    memset(json, '[', DEEP);
    assert_ptr_equal(read_sized(&leaf_shape, json, DEEP, &tree), &too_large);
    for (size_t i = 0; i < DEEP; i++) {
        memcpy(json + i * 6, "{\"a\": ", 6);
    }
    assert_ptr_equal(read_sized(&leaf_shape, json, DEEP * 6, &tree), &too_large);
    memset(json, '[', 33);
    memset(json + 33, ']', 33);
    assert_ptr_equal(read_sized(&leaf_shape, json, 66, &tree), &too_large);
    assert_ptr_equal(read_sized(&leaf_shape, json + 1, 64, &tree), &invalid_input);
    free(json);
}

static void members_are_counted(void **state)
{
    (void)state;
    for (int count = 1999; count <= 2001; count++) {
        struct builder b = builder_make(memory, 1 << 20);
        struct text json;
        builder_add_char(&b, '{');
        for (int i = 0; i < count; i++) {
            builder_add_format(&b, "%s\"k%d\":0", i ? "," : "", i);
        }
        builder_add_char(&b, '}');
        assert_null(builder_end(&b, &json));
        assert_ptr_equal(read_sized(&leaf_shape, json.data, json.size, &tree),
                         count > 2000 ? &too_large : &invalid_input);
        assert_int_equal(errors.count, count > 2000 ? 0 : 1000);
    }
}

static void a_cut_document_never_passes(void **state)
{
    (void)state;
    for (size_t size = 0; size < sizeof whole - 1; size++) {
        char *cut = malloc(size + 1);
        assert_non_null(cut);
        memcpy(cut, whole, size);
        assert_ptr_equal(read_sized(&tree_shape, cut, size, &tree), &invalid_input);
        free(cut);
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    bool succeeded = false;
    for (long n = 0; n < 100 && !succeeded; n++) {
        memory_fail_after(n);
        const struct problem *problem = read_sized(&tree_shape, whole, sizeof whole - 1, &tree);
        memory_fail_after(-1);
        succeeded = problem == NULL;
        assert_true(succeeded || problem == &out_of_memory);
    }
    assert_true(succeeded);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(there_and_back),
        TEST(audiences_see_their_part),
        TEST(nothing_has_no_members),
        TEST(unset_values_are_null),
        TEST(every_wrong_field_is_named),
        TEST(absent_fields),
        TEST(malformed_json),
        TEST(refused_by_the_parser_with_a_path),
        TEST(depth_is_refused_quickly),
        TEST(members_are_counted),
        TEST(a_cut_document_never_passes),
        TEST(every_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("base/json", tests, NULL, NULL);
}
