/*
 * The whole table of who may call what: every demand against every kind of person.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/access.h"

struct someone {
    const char *what;
    struct viewer viewer;
    const char *
        may; /* demands that are met, a letter each: Any, Signed in, Viewer, Buyer, oWner, Operator,
                Moderator, sUpport, Finance, aDmin */
};

static const struct someone people[] = {
    {"nobody", {.signed_in = false}, "A"},
    {"leftovers of nobody",
     {.signed_in = false,
      .operator_ = true,
      .desk = DESK_BIT(DESK_ADMIN),
      .organisation = {7},
      .role = MEMBER_OWNER},
     "A"},
    {"a person", {.signed_in = true, .consumer = true}, "AS"},
    {"a former member", {.signed_in = true, .role = MEMBER_OWNER}, "AS"},
    {"a member without a role", {.signed_in = true, .organisation = {7}}, "AS"},
    {"a viewer", {.signed_in = true, .organisation = {7}, .role = MEMBER_VIEWER}, "ASV"},
    {"a buyer", {.signed_in = true, .organisation = {7}, .role = MEMBER_BUYER}, "ASVB"},
    {"an owner", {.signed_in = true, .organisation = {7}, .role = MEMBER_OWNER}, "ASVBW"},
    {"a role beyond all", {.signed_in = true, .organisation = {7}, .role = MEMBER_OWNER + 1}, "AS"},
    {"an operator", {.signed_in = true, .operator_ = true}, "ASO"},
    {"an operator who buys",
     {.signed_in = true, .operator_ = true, .organisation = {7}, .role = MEMBER_BUYER},
     "ASVBO"},
    {"a moderator",
     {.signed_in = true, .operator_ = true, .desk = DESK_BIT(DESK_MODERATION)},
     "ASOM"},
    {"a supporter", {.signed_in = true, .operator_ = true, .desk = DESK_BIT(DESK_SUPPORT)}, "ASOU"},
    {"who sees to money",
     {.signed_in = true, .operator_ = true, .desk = DESK_BIT(DESK_FINANCE)},
     "ASOF"},
    {"who sees to money and people",
     {.signed_in = true,
      .operator_ = true,
      .desk = DESK_BIT(DESK_FINANCE) + DESK_BIT(DESK_SUPPORT)},
     "ASOUF"},
    {"an admin", {.signed_in = true, .operator_ = true, .desk = DESK_BIT(DESK_ADMIN)}, "ASOMUFD"},
    {"a former admin", {.signed_in = true, .desk = DESK_BIT(DESK_ADMIN)}, "AS"},
};

static void every_demand_against_everyone(void **state)
{
    static const char letters[] = "?ASVBWOMUFD";
    (void)state;
    assert_int_equal(sizeof letters - 1, WHO_COUNT);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        for (int who = ANYONE; who < WHO_COUNT; who++) {
            bool wanted = strchr(people[i].may, letters[who]) != NULL;
            if (access_allows((enum who)who, &people[i].viewer) != wanted)
                fail_msg("%s and %s", people[i].what, access_name((enum who)who));
        }
}

static void nothing_outside_the_list(void **state)
{
    (void)state;
    static const int outside[] = {0, -1, WHO_COUNT, WHO_COUNT + 1, 1000};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        for (size_t j = 0; j < sizeof outside / sizeof *outside; j++)
            assert_false(access_allows((enum who)outside[j], &people[i].viewer));
}

static void a_proof_lasts_a_quarter_of_an_hour(void **state)
{
    static const struct route plain = {.who = SIGNED_IN};
    static const struct route guarded = {.who = SIGNED_IN, .proof = true};
    struct viewer viewer = {.signed_in = true, .proven = {1000}};
    (void)state;
    assert_true(access_proven(&guarded, &viewer, (struct instant){1000 + PROOF_LIFE - 1}));
    assert_false(access_proven(&guarded, &viewer, (struct instant){1000 + PROOF_LIFE}));
    assert_true(access_proven(&plain, &viewer, (struct instant){1000 + PROOF_LIFE}));
    viewer.proven.ms = 0;
    assert_false(access_proven(&guarded, &viewer, (struct instant){1}));
    viewer = (struct viewer){.signed_in = false, .proven = {1000}};
    assert_false(access_proven(&guarded, &viewer, (struct instant){1001}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_demand_against_everyone),
        cmocka_unit_test(nothing_outside_the_list),
        cmocka_unit_test(a_proof_lasts_a_quarter_of_an_hour),
    };
    return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
