/*
 * Orders that are told anew with more: worth what they would be had they been told so at once, on both engines.
 */
#include "core/program/program_test_bed.h"

static const struct problem *retell(struct database *db, struct memory *memory, void *context)
{
    return program_retell(db, memory, context);
}

/* The order comes to `minor` now, of which `returned` was given back; whether that is more than before. */
static bool told_anew(int64_t subject, int64_t minor, int64_t returned)
{
    struct program_retold retold = {.program = program.id,
                                    .subject = subject,
                                    .total = {minor, eur},
                                    .returned_minor = returned,
                                    .at = clock_now()};
    assert_null(store_write(bed.store, bed.memory, retell, &retold));
    return retold.grown;
}

static void what_is_told_anew_counts_once_for_caps(void **state)
{
    struct program_rule rule = usual();
    rule.most_each = (struct maybe_integer){true, 3000};
    begin(state, &rule, 1, 100000);
    order(1, 20000, 3);
    assert_false(told_anew(1, 20000, 0));
    assert_false(told_anew(1, 19000, 0));
    assert_true(told_anew(1, 25000, 0));
    assert_int_equal(earned(INES).balance.minor, 2500);
    assert_true(told_anew(1, 90000, 0));
    assert_int_equal(earned(INES).balance.minor, 3000);
    assert_string_equal(text_c(bed.memory, verdict_of(1).reason), "program.why.part");
    assert_int_equal(order(2, 20000, 3).found, VERDICT_REJECTED); /* the cap is used up */
    end();
}

/* Units, gifts and what is fixed come once; a threshold is one of the whole. */
static void what_is_told_anew_gives_no_gift_twice(void **state)
{
    static const struct program_guest jonas = {.party = {true, {JONAS}}};
    static const struct program_level levels[] = {{700}};
    struct program_rule rule = with_gift();
    rule.benefit = BENEFIT_AMOUNT;
    rule.levels = (struct program_level_list){levels, 1};
    begin(state, &rule, 1, 100000);
    buyer = (struct program_guest_list){&jonas, 1};
    order(1, 10000, 1);
    assert_true(told_anew(1, 40000, 0));
    assert_int_equal(points_of(JONAS), 30);
    assert_int_equal(earned(INES).balance.minor, 700);
    assert_int_equal(refund(1, 20000, 40000), 350);
    assert_int_equal(points_of(JONAS), 15);
    assert_true(told_anew(1, 80000, 20000)); /* three quarters are left, no longer a half */
    assert_int_equal(earned(INES).balance.minor, 525);
    assert_int_equal(points_of(JONAS), 22);
    end();
}

/* However it came to what it is, it is worth what it would be had it been told so at once. */
static void told_often_is_worth_what_it_is_told_once(void **state)
{
    struct program_rule rule = usual();
    uint64_t random = 20;
    begin(state, &rule, 1, 10000000);
    for (int64_t subject = 1; subject <= 40; subject++) {
        int64_t total = 1000, returned = 0;
        order(subject, total, 3);
        for (int step = 0; step < 6; step++) {
            random = random * UINT64_C(6364136223846793005) + 1;
            int64_t more = (int64_t)(random >> 48);
            if (random >> 40 & 1) {
                total += more;
            } else {
                returned += more % (total - returned + 1);
            }
            if (!told_anew(subject, total, returned))
                (void)refund(subject, returned, total);
        }
        int64_t before = left(), twin = 1000 + subject;
        order(twin, total, 3);
        (void)refund(twin, returned, total);
        int64_t once = before - left();
        (void)refund(twin, total, total);
        assert_int_equal(left(), before);
        before = left();
        (void)refund(subject, total, total);
        assert_int_equal(left() - before, once);
    }
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_is_told_anew_counts_once_for_caps),
        ON_BOTH(what_is_told_anew_gives_no_gift_twice),
        ON_BOTH(told_often_is_worth_what_it_is_told_once),
    };
    static const struct job_kind *const jobs[] = {&program_release_job, &program_settle_job};
    job_register(jobs, 2);
    return cmocka_run_group_tests_name("core/program/retell", tests, NULL, NULL);
}
