/*
 * Who brought whom, on both engines: circles through one account and through several, levels, teams, two
 * links at the same moment, and random links and merges against walks over plain arrays.
 */
#include <pthread.h>

#include "ledger/ledger_test_bed.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/schema.h"

enum { CROWD = 40, DEEP = 3000 };

static struct bed bed;
static int64_t first_of_round; /* of random rounds: the partner before their number 1 */

static struct referrals_partner_id partner(int64_t number)
{
    return (struct referrals_partner_id){number};
}

/* Partners 1 to `count` of program 1, and 100001 of program 2; each a person of their own. */
static void begin(void **state, int count)
{
    static const struct schema *const schemas[] = {&referrals_schema};
    static const char *const places[] = {"src/modules/referrals/downline/queries.sql"};
    char sql[500];
    first_of_round = 0;
    bed = bed_begin_with(state, schemas, COUNT_OF(schemas), places, COUNT_OF(places));
    bed_damage(
        &bed,
        "INSERT INTO referrals_program (program, landing, hosts, model, window_days, "
        "code_first, late_days, bound_months, joining) VALUES "
        "(1, '', '', 'last', 30, 0, 30, 0, 'open'), (2, '', '', 'last', 30, 0, 30, 0, 'open')");
    (void)snprintf(sql, sizeof sql,
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                   "INSERT INTO referrals_partner (id, program, person, state, moved, at) "
                   "SELECT i, 1, i + 500000, 'active', 1, 1 FROM n",
                   count);
    bed_damage(&bed, sql);
    bed_damage(&bed, "INSERT INTO referrals_partner (id, program, person, state, moved, at) "
                     "VALUES (100001, 2, 500001, 'active', 1, 1)");
}

struct two {
    int64_t one, other; /* partners */
};

static const struct problem *link_work(struct database *db, struct memory *memory, void *context)
{
    const struct two *pair = context;
    return downline_link(db, memory, partner(pair->one), partner(pair->other));
}

static const struct problem *merge_work(struct database *db, struct memory *memory, void *context)
{
    const struct two *pair = context;
    return downline_merge(db, memory, partner(pair->one), partner(pair->other));
}

static const struct problem *link_to(int64_t one, int64_t upline)
{
    struct two pair = {one, upline};
    return store_write(bed.store, bed.memory, link_work, &pair);
}

static const struct problem *merge(int64_t one, int64_t other)
{
    struct two pair = {one, other};
    return store_write(bed.store, bed.memory, merge_work, &pair);
}

/* Each of a run of partners below the one before. */
static const struct problem *chain_work(struct database *db, struct memory *memory, void *context)
{
    const struct two *run = context;
    const struct problem *problem = NULL;
    for (int64_t i = run->one; !problem && i <= run->other; i++)
        problem = downline_link(db, memory, partner(i), partner(i - 1));
    return problem;
}

static void linked(int64_t one, int64_t upline)
{
    const struct problem *problem = link_to(one, upline);
    if (problem)
        fail_msg("%d below %d: %s", (int)one, (int)upline, problem->name);
}

/* Levels from the first, written as "3 2 1". */
static void above_is(int64_t of, const char *expected)
{
    struct downline_step levels[DOWNLINE_LEVELS];
    char text[200] = "";
    size_t count;
    size_t size = 0;
    assert_null(
        downline_above(bed.reader, bed.memory, partner(first_of_round + of), levels, &count));
    for (size_t i = 0; i < count; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%d", i ? " " : "",
                                 (int)(levels[i].partner.value - first_of_round));
    assert_string_equal(text, expected);
}

/* Partners by level, written as "2 1". */
static void team_is(int64_t of, const char *expected)
{
    struct downline_team team;
    char text[200] = "";
    size_t size = 0;
    assert_null(downline_team(bed.reader, bed.memory, partner(first_of_round + of), &team));
    for (size_t i = 0; i < team.count; i++) {
        assert_int_equal(team.levels[i].level, i + 1);
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%d", i ? " " : "",
                                 (int)team.levels[i].partners);
    }
    assert_string_equal(text, expected);
    assert_false(team.more);
}

static void circles_are_refused(void **state)
{
    begin(state, 10);
    linked(2, 1);
    linked(3, 2);
    assert_ptr_equal(link_to(1, 3), &referrals_circle); /* A-B-C-A */
    assert_ptr_equal(link_to(1, 2), &referrals_circle);
    assert_ptr_equal(link_to(1, 1), &referrals_own_upline);
    linked(1, 4); /* whom they had brought comes along */
    above_is(3, "3 2 1 4");
    assert_ptr_equal(link_to(4, 3), &referrals_circle);
    assert_ptr_equal(link_to(3, 5), &referrals_brought);
    linked(3, 2); /* known */
    above_is(3, "3 2 1 4");
    assert_ptr_equal(link_to(100001, 1), &not_found);
    assert_ptr_equal(link_to(1, 99), &not_found);
    assert_ptr_equal(link_to(99, 1), &not_found);
    team_is(4, "1 1 1");
    team_is(3, "");
    bed_end(&bed);
}

static void a_line_may_be_deep_and_costs_the_same(void **state)
{
    begin(state, DEEP + 1);
    for (int64_t i = 1; i < DEEP; i += 300) {
        struct two run = {i == 1 ? 2 : i, i + 299};
        assert_null(store_write(bed.store, bed.memory, chain_work, &run));
    }
    above_is(DEEP, "3000 2999 2998 2997 2996 2995 2994 2993 2992 2991");
    team_is(1, "1 1 1 1 1 1 1 1 1 1");
    assert_ptr_equal(link_to(1, DEEP), &referrals_circle);
    size_t before = store_count();
    linked(DEEP + 1, DEEP);
    assert_true(store_count() - before <= 6);
    bed_end(&bed);
}

static void circles_through_several_accounts_are_refused(void **state)
{
    begin(state, 10);
    linked(2, 1);
    linked(3, 2); /* 3 below 2 below 1 */
    linked(5, 4); /* 5 below 4 */
    assert_null(merge(5, 1));
    assert_null(merge(1, 5));                           /* known */
    assert_ptr_equal(link_to(4, 3), &referrals_circle); /* 1, who is 5, would be above 4 above 5 */
    assert_ptr_equal(link_to(4, 1), &referrals_circle);
    assert_ptr_equal(link_to(1, 5), &referrals_own_upline);
    assert_ptr_equal(link_to(1, 6), &referrals_brought); /* 4 brought that person */
    linked(4, 6);
    linked(7, 5); /* by the link of the second account: stands where that stands */
    above_is(7, "7 5 4 6");
    above_is(3, "3 2 1");
    team_is(1, "2 1"); /* of both accounts */
    team_is(5, "2 1");
    assert_ptr_equal(merge(1, 100001), &not_found);
    assert_ptr_equal(merge(1, 99), &not_found);
    bed_end(&bed);
}

/* 1 above 2 above 3, each with people of their own, and 3 is a second account of 1. */
static void a_merge_in_one_line_of_descent_moves_nobody(void **state)
{
    struct downline_step levels[DOWNLINE_LEVELS];
    size_t count;
    begin(state, 10);
    linked(1, 9);
    linked(2, 1);
    linked(3, 2);
    linked(4, 3);
    above_is(4, "4 3 2 1 9");
    assert_null(merge(3, 1));
    above_is(4, "4 3 2 9"); /* once, at the nearest place; 2 has brought the account and stays */
    assert_null(downline_above(bed.reader, bed.memory, partner(4), levels, &count));
    assert_int_equal(levels[1].self.value, 1);
    assert_int_equal(levels[1].person.value, 500001); /* whose the pay is */
    above_is(3, "3 2 9");                             /* brings an order by their second account */
    above_is(2, "2 1 9");
    team_is(1, "2"); /* 2 and 4, and not themselves */
    team_is(2, "1 1");
    assert_ptr_equal(link_to(9, 4), &referrals_circle);
    linked(5, 4); /* and life goes on */
    linked(9, 6);
    above_is(5, "5 4 3 2 9 6");
    bed_end(&bed);
}

/* Two lines that only a merge made one: the top of one may still come below the other. */
static void a_merge_alone_closes_no_circle(void **state)
{
    begin(state, 10);
    linked(2, 1);
    linked(4, 3);
    assert_null(merge(2, 4));
    linked(3, 1);
    above_is(4, "4 3 1");
    assert_ptr_equal(link_to(1, 3), &referrals_circle);
    bed_end(&bed);
}

/* ---- two at the same moment ---- */

static void *link_alone(void *context)
{
    struct memory *memory = memory_create(16 << 20);
    const struct problem *problem;
    do {
        problem = store_write(bed.store, memory, link_work, context);
    } while (problem == &store_busy);
    memory_end(memory);
    return (void *)problem;
}

static void of_two_links_that_close_a_circle_one_is_made(void **state)
{
    begin(state, 80);
    for (int round = 0; round < 20; round++) {
        int64_t first = round * 4 + 1;
        struct two one = {first, first + 3};
        struct two other = {first + 2, first + 1};
        pthread_t threads[2];
        void *answers[2];
        linked(first + 1, first); /* first above first + 1, and first + 2 above first + 3 */
        linked(first + 3, first + 2);
        assert_int_equal(pthread_create(&threads[0], NULL, link_alone, &one), 0);
        assert_int_equal(pthread_create(&threads[1], NULL, link_alone, &other), 0);
        assert_int_equal(pthread_join(threads[0], &answers[0]), 0);
        assert_int_equal(pthread_join(threads[1], &answers[1]), 0);
        assert_true((answers[0] == NULL) != (answers[1] == NULL));
        assert_ptr_equal(answers[0] ? answers[0] : answers[1], &referrals_circle);
    }
    bed_end(&bed);
}

/* ---- against walks over arrays ---- */

static int64_t upline_of[CROWD + 1]; /* 0: nobody */
static int64_t person_of[CROWD + 1];
static uint64_t seed;

static int64_t any_partner(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return 1 + (int64_t)((seed * UINT64_C(2685821657736338717)) >> 33) % CROWD;
}

/* Marks the person of `from` and all who are above any account of theirs. */
static void mark_above(bool *marked, int64_t from)
{
    if (marked[person_of[from]])
        return;
    marked[person_of[from]] = true;
    for (int64_t i = 1; i <= CROWD; i++) {
        if (person_of[i] == person_of[from] && upline_of[i])
            mark_above(marked, upline_of[i]);
    }
}

static const struct problem *expected_of(int64_t one, int64_t upline)
{
    bool marked[CROWD + 1] = {false};
    if (upline_of[one] == upline)
        return NULL;
    if (person_of[one] == person_of[upline])
        return &referrals_own_upline;
    for (int64_t i = 1; i <= CROWD; i++) {
        if (person_of[i] == person_of[one] && upline_of[i])
            return &referrals_brought;
    }
    mark_above(marked, upline);
    return marked[person_of[one]] ? &referrals_circle : NULL;
}

static void be_one(int64_t one, int64_t other)
{
    int64_t first = person_of[one] < person_of[other] ? person_of[one] : person_of[other];
    int64_t second = person_of[one] < person_of[other] ? person_of[other] : person_of[one];
    for (int64_t i = 1; i <= CROWD; i++) {
        if (person_of[i] == second)
            person_of[i] = first;
    }
}

/* The levels above a partner and the team of a person, walked one by one. */
static void compare(int64_t of)
{
    char above[200] = "";
    char team[200] = "";
    int64_t below[CROWD + 1] = {0};
    bool placed[CROWD + 1] = {false};
    size_t size = 0;
    int level = 0;
    for (int64_t at = of; at && level < DOWNLINE_LEVELS; at = upline_of[at]) {
        if (placed[person_of[at]])
            continue;
        placed[person_of[at]] = true;
        size += (size_t)snprintf(above + size, sizeof above - size, "%s%d", level++ ? " " : "",
                                 (int)at);
    }
    above_is(of, above);
    for (int64_t i = 1; i <= CROWD; i++) {
        int64_t steps = 0;
        int64_t at = i;
        for (; at && person_of[at] != person_of[of]; at = upline_of[at])
            steps++;
        below[at ? steps : 0]++;
    }
    size = 0;
    for (int i = 1; i <= DOWNLINE_LEVELS && below[i]; i++)
        size += (size_t)snprintf(team + size, sizeof team - size, "%s%d", i > 1 ? " " : "",
                                 (int)below[i]);
    team_is(of, team);
}

enum { STEPS = 5 * CROWD, ROUNDS = 20 };
static struct trial {
    struct two pair;
    bool merges;
    const struct problem *expected, *got;
} trials[STEPS];

static const struct problem *trials_work(struct database *db, struct memory *memory, void *context)
{
    (void)context;
    for (int i = 0; i < STEPS; i++) {
        struct trial *t = &trials[i];
        struct two pair = {first_of_round + t->pair.one, first_of_round + t->pair.other};
        t->got = t->merges ? merge_work(db, memory, &pair) : link_work(db, memory, &pair);
    }
    return NULL;
}

/* A step, and what the arrays make of it. */
static struct trial any_trial(void)
{
    struct trial made = {.pair = {any_partner(), any_partner()}};
    for (int again = 0; again < 10 && upline_of[made.pair.one];
         again++) /* most were brought soon */
        made.pair.one = any_partner();
    made.merges = any_partner() <= CROWD / 12;
    if (made.merges)
        be_one(made.pair.one, made.pair.other);
    else
        made.expected = expected_of(made.pair.one, made.pair.other);
    if (!made.merges && !made.expected)
        upline_of[made.pair.one] = made.pair.other;
    return made;
}

static void random_links_and_merges_equal_plain_walks(void **state)
{
    int met[3] = {0};
    begin(state, ROUNDS * CROWD);
    for (int round = 0; round < ROUNDS; round++) {
        first_of_round = (int64_t)round * CROWD;
        seed = (uint64_t)(round + 1) * UINT64_C(0x9e3779b97f4a7c15);
        for (int i = 1; i <= CROWD; i++) {
            upline_of[i] = 0;
            person_of[i] = i;
        }
        for (int step = 0; step < STEPS; step++)
            trials[step] = any_trial();
        const struct problem *problem = store_write(bed.store, bed.memory, trials_work, NULL);
        if (problem)
            fail_msg("round %d: %s", round, problem->name);
        for (int step = 0; step < STEPS; step++) {
            const struct problem *expected = trials[step].expected;
            assert_ptr_equal(trials[step].got, expected);
            met[0] += !trials[step].merges && !expected;
            met[1] += expected == &referrals_circle;
            met[2] += expected == &referrals_brought;
        }
        for (int64_t i = 1; i <= CROWD; i++)
            compare(i);
    }
    bed_end(&bed);
    print_message("%d links, %d circles, %d brought before\n", met[0], met[1], met[2]);
    assert_true(met[0] >= 100 && met[1] >= 100 && met[2] >= 100);
}

/* ---- big teams ---- */

static void a_big_team_is_counted_as_far_as_it_is_shown(void **state)
{
    struct downline_team team;
    begin(state, DOWNLINE_TEAM_MOST + 2);
    bed_damage(&bed, "UPDATE referrals_partner SET upline = 1 WHERE id BETWEEN 2 AND 6000");
    bed_damage(&bed, "UPDATE referrals_partner SET upline = 2, state = 'left' "
                     "WHERE id BETWEEN 6001 AND 10001");
    assert_null(downline_team(bed.reader, bed.memory, partner(1), &team));
    assert_int_equal(team.partners, 10000);
    assert_int_equal(team.count, 2);
    assert_int_equal(team.levels[0].partners, 5999);
    assert_int_equal(team.levels[1].partners, 4001);
    assert_int_equal(team.levels[1].taking_part, 0);
    bed_damage(&bed, "UPDATE referrals_partner SET upline = 2 WHERE id = 10002");
    assert_null(downline_team(bed.reader, bed.memory, partner(1), &team));
    assert_true(team.more);
    bed_end(&bed);
}

/* ---- pure ---- */

static void levels_are_ten(void **state)
{
    struct downline_step levels[DOWNLINE_LEVELS];
    (void)state;
    size_t count = 0;
    for (int i = 0; count < DOWNLINE_LEVELS; i++) { /* 100 and 101 in turns, then 102, 103, ... */
        const struct downline_step step = {.partner = {i + 1},
                                           .self = {i < 20 ? 100 + i % 2 : 82 + i}};
        count = downline_level_up(levels, count, &step);
        assert_int_equal(count, i == 0 ? 1 : i < 20 ? 2 : i - 17);
    }
    assert_int_equal(levels[1].partner.value, 2);
    assert_int_equal(levels[2].partner.value, 21);
    assert_int_equal(levels[9].partner.value, 28);
}

static void what_can_not_be_looked_through_is_refused(void **state)
{
    struct downline_link_facts facts = {
        .partner = {.program = 1, .self = {1}},
        .upline = {.program = 1, .self = {2}},
        .one_line = true,
        .above = {.persons = DOWNLINE_ABOVE_MOST - 1},
    };
    (void)state;
    assert_null(downline_may_link(&facts));
    facts.above.persons++;
    assert_ptr_equal(downline_may_link(&facts), &referrals_circle);
    facts.one_line = false;
    assert_null(downline_may_link(&facts));
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_are_ten),
        cmocka_unit_test(what_can_not_be_looked_through_is_refused),
        ON_BOTH(circles_are_refused),
        ON_BOTH(a_line_may_be_deep_and_costs_the_same),
        ON_BOTH(circles_through_several_accounts_are_refused),
        ON_BOTH(a_merge_in_one_line_of_descent_moves_nobody),
        ON_BOTH(a_merge_alone_closes_no_circle),
        ON_BOTH(of_two_links_that_close_a_circle_one_is_made),
        ON_BOTH(random_links_and_merges_equal_plain_walks),
        ON_BOTH(a_big_team_is_counted_as_far_as_it_is_shown),
    };
    return cmocka_run_group_tests_name("modules/referrals/downline", tests, NULL, NULL);
}
