/*
 * What customers and partners get beside money: points that come back with the order, what waits for a mail address,
 * early access; on both engines.
 */
#include "core/program/gift.h"

#include "core/program/access.h"
#include "core/program/program_test_bed.h"

static const struct problem *claim(struct database *db, struct memory *memory, void *context)
{
    return program_claim(db, memory, text_of("mark"), (struct party_id){PAULA}, clock_now(),
                         context);
}

static int64_t claimed(void)
{
    int64_t count = -1;
    assert_null(store_write(bed.store, bed.memory, claim, &count));
    return count;
}

static void a_customer_gets_points_that_come_back_with_the_order(void **state)
{
    static const struct program_guest jonas = {.party = {true, {JONAS}}};
    struct program_rule rule = with_gift();
    begin(state, &rule, 1, 100000);
    assert_int_equal(order(1, 20000, 1).found, VERDICT_COUNTED);
    assert_int_equal(points_of(JONAS), 0); /* nobody knows who bought */
    buyer = (struct program_guest_list){&jonas, 1};
    assert_int_equal(order(2, 20000, 1).found, VERDICT_COUNTED);
    assert_int_equal(points_of(JONAS), 30);
    assert_int_equal(points_of(INES), 0);
    assert_int_equal(refund(2, 3333, 20000), 334);
    assert_int_equal(points_of(JONAS), 25); /* 30 x 16,667 / 20,000, rounded down */
    assert_int_equal(refund(2, 20000, 20000), 1666);
    assert_int_equal(points_of(JONAS), 0);
    end();
}

static void a_stranger_finds_what_is_left_by_the_address(void **state)
{
    static const struct program_guest stranger = {.mail = {"mark", 4}};
    struct program_rule rule = with_gift();
    struct program_gift_shown_list waiting;
    begin(state, &rule, 1, 100000);
    buyer = (struct program_guest_list){&stranger, 1};
    for (int64_t subject = 1; subject <= 3; subject++)
        assert_int_equal(order(subject, 20000, 1).found, VERDICT_COUNTED);
    (void)refund(2, 3333, 20000);
    (void)refund(3, 20000, 20000);
    assert_null(program_gifts(bed.reader, bed.memory, text_of("mark"), &waiting));
    assert_int_equal(waiting.count, 2);
    assert_int_equal(waiting.items[1].left.minor, 25);
    assert_null(program_gifts(bed.reader, bed.memory, text_of(""), &waiting));
    assert_int_equal(waiting.count, 0);
    assert_int_equal(claimed(), 2);
    assert_int_equal(claimed(), 0);
    assert_int_equal(points_of(PAULA), 55);
    assert_int_equal(discrepancies(), 0);
    /* Further parts are worked out from the whole, as if it had been theirs from the start. */
    (void)refund(2, 10000, 20000);
    assert_int_equal(points_of(PAULA), 45);
    (void)refund(2, 20000, 20000);
    assert_int_equal(points_of(PAULA), 30);
    end();
}

/* ---- early access ----------------------------------------------------------------------------- */

static const struct problem *look(struct party_id party, const char *mark, const char *name,
                                  struct access_shown *out)
{
    struct access_asked asked = {{FIRM}, party, text_of(mark), text_of(name), clock_now()};
    return program_access_find(bed.reader, bed.memory, &asked, out);
}

static void early_access_goes_with_the_whole_order(void **state)
{
    static const struct program_guest stranger = {.mail = {"mark", 4}};
    struct program_access access = {
        .name = {"spring", 6}, .whom = WHOM_CUSTOMER, .until = {INT64_C(1) << 42}};
    struct program_rule rule = usual();
    struct access_shown found;
    rule.accesses = (struct program_access_list){&access, 1};
    begin(state, &rule, 1, 100000);
    buyer = (struct program_guest_list){&stranger, 1};
    assert_ptr_equal(look((struct party_id){0}, "mark", "spring", &found), &not_found);
    assert_int_equal(order(1, 20000, 1).found, VERDICT_COUNTED);
    assert_null(look((struct party_id){0}, "mark", "spring", &found));
    assert_int_equal(found.ends.ms, access.until.ms);
    assert_ptr_equal(look((struct party_id){0}, "mark", "autumn", &found), &not_found);
    assert_ptr_equal(look((struct party_id){0}, "", "spring", &found), &not_found);
    assert_ptr_equal(look((struct party_id){INES}, "", "spring", &found), &not_found);
    (void)refund(1, 10000, 20000);
    assert_null(look((struct party_id){0}, "mark", "spring", &found));
    (void)refund(1, 20000, 20000);
    assert_ptr_equal(look((struct party_id){0}, "mark", "spring", &found), &not_found);
    end();
}

static void early_access_of_a_partner_begins_when_it_says(void **state)
{
    struct program_access access = {.name = {"spring", 6}, .whom = WHOM_PARTNER};
    struct program_rule rule = usual();
    struct access_shown found;
    struct access_shown_list all;
    access.from = (struct maybe_instant){true, {INT64_C(1) << 41}};
    access.until = (struct instant){INT64_C(1) << 42};
    rule.accesses = (struct program_access_list){&access, 1};
    begin(state, &rule, 1, 100000);
    assert_int_equal(order(1, 20000, 1).found, VERDICT_COUNTED);
    assert_int_equal(order(2, 20000, 1).found, VERDICT_COUNTED);
    assert_null(look((struct party_id){INES}, "", "spring", &found));
    assert_int_equal(found.begins.ms, access.from.value.ms);
    assert_null(program_accesses(bed.reader, bed.memory, (struct party_id){INES}, text_of(""),
                                 clock_now(), &all));
    assert_int_equal(all.count, 1); /* given twice, seen once */
    assert_null(program_accesses(bed.reader, bed.memory, (struct party_id){INES}, text_of(""),
                                 access.until, &all));
    assert_int_equal(all.count, 0);
    end();
}

static void a_gift_waits_with_its_verdict(void **state)
{
    static const struct program_guest jonas = {.party = {true, {JONAS}}};
    struct program_rule rule = with_gift();
    int64_t more = 100000;
    begin(state, &rule, 1, 0);
    buyer = (struct program_guest_list){&jonas, 1};
    struct program_heard heard = order(1, 20000, 3);
    assert_int_equal(heard.found, VERDICT_WAITING);
    assert_int_equal(points_of(JONAS), 0);
    assert_null(store_write(bed.store, bed.memory, top_up, &more));
    assert_null(store_write(bed.store, bed.memory, release, &heard));
    assert_int_equal(heard.found, VERDICT_COUNTED);
    assert_int_equal(points_of(JONAS), 30);
    assert_null(store_write(bed.store, bed.memory, hold_back, &heard));
    assert_int_equal(points_of(JONAS), 0);
    assert_null(store_write(bed.store, bed.memory, release, &heard));
    assert_int_equal(points_of(JONAS), 30);
    end();
}

/* A waiting gift goes with what holds it back, and comes anew with what is left of the order. */
static void a_gift_of_a_stranger_waits_once(void **state)
{
    static const struct program_guest stranger = {.mail = {"mark", 4}};
    struct program_rule rule = with_gift();
    struct program_gift_shown_list waiting;
    rule.most = (struct maybe_integer){true, 5732}; /* twice 2,866 */
    begin(state, &rule, 1, 100000);
    buyer = (struct program_guest_list){&stranger, 1};
    struct program_heard heard = order(1, 20000, 3);
    assert_null(store_write(bed.store, bed.memory, hold_back, &heard));
    assert_null(program_gifts(bed.reader, bed.memory, text_of("mark"), &waiting));
    assert_int_equal(waiting.count, 0);
    assert_int_equal(refund(1, 10000, 20000), 0);
    assert_null(store_write(bed.store, bed.memory, release, &heard));
    assert_null(program_gifts(bed.reader, bed.memory, text_of("mark"), &waiting));
    assert_int_equal(waiting.count, 1);
    assert_int_equal(waiting.items[0].left.minor, 15);
    assert_int_equal(claimed(), 1);
    assert_int_equal(points_of(PAULA), 15);
    assert_null(store_write(bed.store, bed.memory, hold_back, &heard));
    assert_int_equal(points_of(PAULA), 0);
    /* The cap holds money of levels alone: two whole orders fit below it, as before. */
    assert_int_equal(order(2, 20000, 3).judgement.dues[0].sum, 2866);
    assert_int_equal(order(3, 20000, 3).judgement.dues[0].sum, 2866);
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_customer_gets_points_that_come_back_with_the_order),
        ON_BOTH(a_stranger_finds_what_is_left_by_the_address),
        ON_BOTH(early_access_goes_with_the_whole_order),
        ON_BOTH(early_access_of_a_partner_begins_when_it_says),
        ON_BOTH(a_gift_waits_with_its_verdict),
        ON_BOTH(a_gift_of_a_stranger_waits_once),
    };
    static const struct job_kind *const jobs[] = {&program_release_job, &program_settle_job};
    job_register(jobs, 2);
    return cmocka_run_group_tests_name("core/program/gift", tests, NULL, NULL);
}
