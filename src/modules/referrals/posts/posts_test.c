/*
 * Posts on both engines: what follows from a look, and that a job which is run again is not a further look.
 */
#include "modules/referrals/posts/post.h"

#include "modules/referrals/posts/check.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/rows.h"
#include "modules/referrals/referrals_test_bed.h"

static struct post_id post;

/* ---- the world -------------------------------------------------------------------------------- */

static const struct problem *take_posts(struct database *db, struct memory *memory, void *context)
{
    const struct post_terms_row terms = {program, true, text_of("")};
    (void)context;
    return post_terms_set(db, memory, &terms);
}

static const struct problem *hand_in(struct database *db, struct memory *memory, void *context)
{
    const struct referrals_partner_id *partner = context;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &post_flow,
                        .subject = id_new(),
                        .by = BY_SUPPLIER,
                        .actor = {INES},
                        .at = start};
    post.value = move.subject;
    return post_hand_in(&move, *partner, text_of("https://blog.example/post"));
}

static void begin(void **state)
{
    static const struct program_level levels[] = {{1200}};
    static const struct program_rule rules[] = {{.name = TEXT("A post"),
                                                 .trigger = TRIGGER_POST,
                                                 .each = 1,
                                                 .benefit = BENEFIT_AMOUNT,
                                                 .levels = {levels, 1},
                                                 .period = PERIOD_EVER,
                                                 .hold_days = 14}};
    begin_world(state);
    begin_program((struct wanted_program){.rules = {rules, 1}, .terms = usual_terms()});
    assert_null(store_write(bed.store, bed.memory, take_posts, NULL));
    struct referrals_partner_id partner = joined(INES, "INES", "");
    assert_null(store_write(bed.store, bed.memory, hand_in, &partner));
}

/* ---- what happens ----------------------------------------------------------------------------- */

static struct post_row now(void)
{
    struct post_row row;
    assert_null(post_by_id(bed.reader, bed.memory, post, &row));
    return row;
}

static const struct problem *settle(struct database *db, struct memory *memory, void *context)
{
    return post_settle(db, memory, context);
}

static void look(struct post_row stood, enum post_found found, int64_t after)
{
    struct post_seen seen = {
        .post = stood, .page = stood.page, .found = found, .at = instant_add(start, after)};
    assert_null(store_write(bed.store, bed.memory, settle, &seen));
}

static void a_first_look_that_is_run_again_is_not_the_second(void **state)
{
    begin(state);
    look(now(), POST_ALL, MINUTE);
    struct job_run again = {.store = bed.store,
                            .db = bed.reader,
                            .memory = bed.memory,
                            .subject = post.value,
                            .note = text_of("1 0"),
                            .now = instant_add(start, 2 * MINUTE)};
    assert_null(post_look_job.run(&again));
    struct post_row row = now();
    assert_int_equal(row.state, POST_ACCEPTED);
    assert_int_equal(row.tries, 0);
    assert_int_equal(row.looked.ms, start.ms + MINUTE);
    assert_int_equal(row.due.ms, start.ms + MINUTE + 14 * DAY - POST_AGAIN_BEFORE);
    end();
}

static void what_a_look_found_counts_only_while_the_post_stands_as_it_did(void **state)
{
    begin(state);
    struct post_row stood = now();
    look(stood, POST_ALL, MINUTE);
    look(stood, POST_NO_DISCLOSURE, 2 * MINUTE);
    assert_int_equal(now().state, POST_ACCEPTED);
    assert_int_equal(now().found, POST_ALL);
    end();
}

struct step {
    enum post_event event;
    unsigned by;
    int64_t after;
};

static const struct problem *make_step(struct database *db, struct memory *memory, void *context)
{
    const struct step *step = context;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &post_flow,
                        .subject = post.value,
                        .event = (int)step->event,
                        .by = step->by,
                        .actor = {MAREN},
                        .note = text_of("Why"),
                        .at = instant_add(start, step->after)};
    return flow_move(&move);
}

static const struct problem *goes(enum post_event event, unsigned by, int64_t after)
{
    struct step step = {event, by, after};
    return store_write(bed.store, bed.memory, make_step, &step);
}

/* The budget is empty: it waits for money as before, and what was to be looked at for the first reward waits for the
 * second one's day. */
static void what_is_taken_after_an_appeal_is_looked_at_by_its_own_days(void **state)
{
    begin(state);
    look(now(), POST_ALL, MINUTE);
    struct verdict_id verdict = now().verdict;
    assert_true(verdict.value > 0);
    assert_null(goes(POST_REJECT, BY_BUYER, DAY));
    assert_non_null(goes(POST_READMIT, BY_OPERATOR, DAY));
    assert_null(goes(POST_APPEAL, BY_SUPPLIER, 2 * DAY));
    assert_null(goes(POST_READMIT, BY_OPERATOR, 10 * DAY));
    assert_int_equal(now().state, POST_HANDED_IN);
    assert_int_equal(now().found, POST_NOT_LOOKED);
    look(now(), POST_ALL, 10 * DAY + MINUTE);
    struct post_row taken = now();
    assert_int_equal(taken.state, POST_ACCEPTED);
    assert_int_equal(taken.verdict.value, verdict.value);
    assert_int_equal(taken.due.ms, start.ms + 24 * DAY + MINUTE - POST_AGAIN_BEFORE);
    struct job_run old = {.store = bed.store,
                          .db = bed.reader,
                          .memory = bed.memory,
                          .subject = post.value,
                          .note = text_of("2 0"),
                          .now = instant_add(start, 14 * DAY)};
    assert_null(post_look_job.run(&old));
    assert_int_equal(now().looked.ms, taken.looked.ms);
    assert_int_equal(now().due.ms, taken.due.ms);
    assert_ptr_equal(goes(POST_REJECT, BY_BUYER, 15 * DAY), &post_decided);
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    static const struct job_kind *const jobs[] = {&post_look_job};
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_first_look_that_is_run_again_is_not_the_second),
        ON_BOTH(what_a_look_found_counts_only_while_the_post_stands_as_it_did),
        ON_BOTH(what_is_taken_after_an_appeal_is_looked_at_by_its_own_days),
    };
    job_register(jobs, 1);
    job_register(program_part.jobs, program_part.job_count);
    return cmocka_run_group_tests_name("modules/referrals/posts", tests, NULL, NULL);
}
