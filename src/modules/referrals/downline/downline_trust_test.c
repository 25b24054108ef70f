/*
 * A web of trust as who brought whom: 35,592 ratings in the order of their times, where the first positive
 * one that a person gets makes the rater their upline. What the database refuses and keeps equals a walk
 * over an array. Read from TEST_DATA, file trust/soc-sign-bitcoinotc.csv; absent, the tests are skipped.
 */
#include "ledger/ledger_test_bed.h"
#include "modules/referrals/downline/downline.h"
#include "modules/referrals/downline/queries.h"
#include "modules/referrals/schema.h"

enum { PEOPLE_MAX = 7000, RATINGS_MAX = 40000, TOGETHER = 300 };

struct rating {
    int64_t from, to;           /* people, who are partners of the same number */
    const struct problem *said; /* by the database */
    bool positive;
};

static struct bed bed;
static struct rating ratings[RATINGS_MAX];
static size_t rating_count;
static int64_t people;                /* the highest number */
static int64_t upline_of[PEOPLE_MAX]; /* 0: nobody */

static struct referrals_partner_id partner(int64_t number)
{
    return (struct referrals_partner_id){number};
}

static void read_ratings(void)
{
    char path[500];
    long from, to, stars;
    double at;
    double before = 0;
    const char *data = getenv("TEST_DATA");
    (void)snprintf(path, sizeof path, "%s/trust/soc-sign-bitcoinotc.csv", data ? data : "");
    FILE *file = data ? fopen(path, "r") : NULL;
    if (!file) {
        print_message("skipped: TEST_DATA holds no trust/soc-sign-bitcoinotc.csv\n");
        skip();
    }
    rating_count = 0;
    while (fscanf(file, "%ld,%ld,%ld,%lf", &from, &to, &stars, &at) == 4) {
        assert_true(rating_count < RATINGS_MAX && from > 0 && from < PEOPLE_MAX && to > 0 &&
                    to < PEOPLE_MAX && at >= before);
        ratings[rating_count++] = (struct rating){from, to, NULL, stars > 0};
        people = from > people ? from : people;
        people = to > people ? to : people;
        before = at;
    }
    assert_true(feof(file));
    (void)fclose(file);
}

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&referrals_schema};
    static const char *const places[] = {"src/modules/referrals/downline/queries.sql"};
    char sql[500];
    read_ratings();
    if (strcmp(*state, "postgresql") == 0 && !getenv("TEST_NIGHTLY")) {
        print_message("skipped: takes 40,000 round trips; TEST_NIGHTLY is not set\n");
        skip();
    }
    bed = bed_begin_with(state, schemas, COUNT_OF(schemas), places, COUNT_OF(places));
    bed_damage(&bed, "INSERT INTO referrals_program (program, landing, hosts, model, window_days, "
                     "code_first, late_days, bound_months, joining) VALUES "
                     "(1, '', '', 'last', 30, 0, 30, 0, 'open')");
    (void)snprintf(sql, sizeof sql,
                   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
                   "INSERT INTO referrals_partner (id, program, person, state, moved, at) "
                   "SELECT i, 1, i, 'active', 1, 1 FROM n",
                   (int)people);
    bed_damage(&bed, sql);
}

struct stretch {
    size_t first, end;
};

static const struct problem *link_work(struct database *db, struct memory *memory, void *context)
{
    const struct stretch *some = context;
    for (size_t i = some->first; i < some->end; i++) {
        struct rating *rating = &ratings[i];
        if (rating->positive)
            rating->said = downline_link(db, memory, partner(rating->to), partner(rating->from));
    }
    return NULL;
}

static void load(void)
{
    for (size_t first = 0; first < rating_count; first += TOGETHER) {
        size_t end = first + TOGETHER < rating_count ? first + TOGETHER : rating_count;
        struct stretch some = {first, end};
        struct memory *memory = memory_create(16 << 20);
        const struct problem *problem = store_write(bed.store, memory, link_work, &some);
        if (problem)
            fail_msg("%s", problem->name);
        memory_end(memory);
    }
}

static bool is_above(int64_t who, int64_t from)
{
    for (; from; from = upline_of[from]) {
        if (from == who)
            return true;
    }
    return false;
}

/* What a rating must have led to, and notes it. */
static const struct problem *expected_of(const struct rating *rating)
{
    if (upline_of[rating->to] == rating->from)
        return NULL;
    if (rating->from == rating->to)
        return &referrals_own_upline;
    if (upline_of[rating->to])
        return &referrals_brought;
    if (is_above(rating->to, rating->from))
        return &referrals_circle;
    upline_of[rating->to] = rating->from;
    return NULL;
}

static void compare_people(void)
{
    static int64_t below[PEOPLE_MAX][DOWNLINE_LEVELS + 1];
    memset(below, 0, sizeof below);
    for (int64_t i = 1; i <= people; i++) {
        int64_t level = 1;
        for (int64_t at = upline_of[i]; at && level <= DOWNLINE_LEVELS; at = upline_of[at])
            below[at][level++]++;
    }
    for (int64_t i = 1; i <= people; i++) {
        struct memory *memory = memory_create(16 << 20);
        struct downline_partner kept;
        struct downline_team team;
        assert_null(downline_partner_by_id(bed.reader, memory, partner(i), &kept));
        assert_int_equal(kept.upline.present ? kept.upline.value.value : 0, upline_of[i]);
        assert_null(downline_team(bed.reader, memory, partner(i), &team));
        assert_false(team.more);
        for (size_t level = 1; level <= DOWNLINE_LEVELS; level++) {
            int64_t counted = level <= team.count ? team.levels[level - 1].partners : 0;
            assert_int_equal(counted, below[i][level]);
        }
        memory_end(memory);
    }
}

static void check(const char *what)
{
    int made = 0;
    int circles = 0;
    memset(upline_of, 0, sizeof upline_of);
    load();
    for (size_t i = 0; i < rating_count; i++) {
        if (!ratings[i].positive)
            continue;
        int64_t before = upline_of[ratings[i].to];
        assert_ptr_equal(ratings[i].said, expected_of(&ratings[i]));
        made += !before && upline_of[ratings[i].to];
        circles += ratings[i].said == &referrals_circle;
    }
    compare_people();
    print_message("%s: %d links, %d circles refused\n", what, made, circles);
    assert_true(made > 0 && circles > 0);
    bed_end(&bed);
}

/* As it is asked: whose first positive rating would close a circle stays without an upline. */
static void first_ratings_make_the_downlines_of_a_plain_walk(void **state)
{
    bool rated[PEOPLE_MAX] = {false};
    begin(state);
    for (size_t i = 0; i < rating_count; i++) {
        bool first = ratings[i].positive && !rated[ratings[i].to];
        rated[ratings[i].to] |= first;
        ratings[i].positive = first;
    }
    check("the first positive rating of each");
}

/* Harder: every positive rating asks, until one is taken. */
static void all_ratings_make_the_downlines_of_a_plain_walk(void **state)
{
    begin(state);
    check("every positive rating");
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(first_ratings_make_the_downlines_of_a_plain_walk),
        {"sqlite: all_ratings_make_the_downlines_of_a_plain_walk",
         all_ratings_make_the_downlines_of_a_plain_walk, NULL, NULL, sqlite},
    };
    return cmocka_run_group_tests_name("modules/referrals/downline_trust", tests, NULL, NULL);
}
