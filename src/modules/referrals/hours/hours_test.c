/*
 * Pay for clicks and impressions on both engines: each hour of a link once, some minutes after it ended, of people's
 * clicks alone; what is less than a minor unit goes to the next hour; visitors once a day where the program says so.
 */
#include "modules/referrals/hours/hours.h"

#include "modules/referrals/clicks/click.h"
#include "modules/referrals/clicks/queries.h"
#include "modules/referrals/clicks/rows.h"
#include "modules/referrals/referrals_test_bed.h"

/* ---- the world -------------------------------------------------------------------------------- */

static void begin(void **state, struct program_rule_list rules, bool unique, int64_t budget)
{
    struct wanted_program wanted = {rules, usual_terms(), budget};
    wanted.terms.unique_clicks = unique;
    begin_world(state);
    bed_damage(&bed, "INSERT INTO referrals_judged (id, hour, click) VALUES (1, 10000000, 0)");
    begin_program(wanted);
    (void)joined(INES, "INES", "");
    (void)joined(JONAS, "JONAS", "");
}

/* ---- what happens ----------------------------------------------------------------------------- */

static int64_t link_of(const char *code)
{
    struct referrals_index_row link;
    struct code folded;
    assert_true(referrals_fold_code(text_of(code), &folded));
    assert_null(referrals_index_code(bed.reader, bed.memory,
                                     (struct text){folded.text, folded.size}, &link));
    return link.link.value;
}

/* So many clicks or impressions, a second apart, of visitors with these numbers on. */
static void come_at(const char *code, struct instant first, int64_t count, int64_t visitor,
                    int64_t marks, bool impressions)
{
    struct click *clicks = memory_take_array(bed.memory, (size_t)count, sizeof *clicks);
    struct click **list = memory_take_array(bed.memory, (size_t)count, sizeof(void *));
    for (int64_t i = 0; i < count; i++) {
        clicks[i] = (struct click){.found = {.link = link_of(code)},
                                   .impression = impressions,
                                   .at = instant_add(first, i * SECOND),
                                   .marks = marks,
                                   .visitor = {visitor + i, 1}};
        list[i] = &clicks[i];
    }
    assert_null(clicks_write(bed.store, bed.memory, list, (size_t)count));
}

static void come(const char *code, int64_t minute, int64_t count, int64_t visitor, int64_t marks,
                 bool impressions)
{
    come_at(code, instant_add(start, minute * MINUTE), count, visitor, marks, impressions);
}

static const struct problem *ask(struct database *db, struct memory *memory, void *context)
{
    return job_enqueue(db, memory, &referrals_hours_job, 0, text_of("test"),
                       *(const struct instant *)context);
}

/* What is due so many milliseconds after the start, by the clock of who does it. */
static void at(int64_t after)
{
    struct instant now = instant_add(start, after);
    int64_t ran = 0;
    clock_set(now);
    assert_null(store_write(bed.store, bed.memory, ask, &now));
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 10, &ran));
}

static void at_minute(int64_t minute)
{
    at(minute * MINUTE);
}

static const struct program_level seven[] = {{7}};

static struct program_rule pay(enum program_trigger what, int64_t each)
{
    return (struct program_rule){.name =
                                     what == TRIGGER_CLICK ? text_of("Clicks") : text_of("Shown"),
                                 .trigger = what,
                                 .each = each,
                                 .benefit = BENEFIT_AMOUNT,
                                 .levels = {seven, 1},
                                 .period = PERIOD_DAY};
}

/* ---- tests ------------------------------------------------------------------------------------ */

static void an_hour_of_a_link_is_paid_once_and_not_before_it_is_over(void **state)
{
    struct program_rule rules[] = {pay(TRIGGER_CLICK, 1), pay(TRIGGER_IMPRESSION, 1)};
    begin(state, (struct program_rule_list){rules, 2}, false, 100000);
    come("INES", 10, 5, 1, 0, false);
    come("INES", 11, 3, 1, CLICK_BOT, false);
    come("JONAS", 12, 2, 1, 0, true);
    at_minute(62);
    assert_int_equal(earned(INES), 0);
    come("INES", 59, 1, 9, 0, false); /* written late, by a clock behind */
    at_minute(66);
    assert_int_equal(earned(INES), 6 * 7);
    assert_int_equal(earned(JONAS), 2 * 7);
    at_minute(67);
    come("INES", 70, 4, 1, 0, false);
    at_minute(186);
    assert_int_equal(earned(INES), 10 * 7);
    bed_damage(&bed, "DELETE FROM referrals_closed"); /* as if it had been killed before the end */
    at_minute(187);
    assert_int_equal(earned(INES), 10 * 7);
    end();
}

/* Whoever was killed got so far: only what comes after is counted, and from the next hour on all links again. */
static void what_was_left_in_the_middle_goes_on_from_its_place(void **state)
{
    struct program_rule rules[] = {pay(TRIGGER_CLICK, 1)};
    begin(state, (struct program_rule_list){rules, 1}, false, 100000);
    assert_true(link_of("INES") < link_of("JONAS"));
    come("INES", 10, 5, 1, 0, false);
    come("JONAS", 10, 2, 1, 0, false);
    come("INES", 70, 1, 1, 0, false);
    bed_damage(&bed, "INSERT INTO referrals_closed (program, hour, until, link) "
                     "SELECT p.program, 480009, 480010, MIN(l.id) "
                     "FROM referrals_program p JOIN referrals_link l ON l.program = p.program "
                     "GROUP BY p.program");
    at_minute(66);
    assert_int_equal(earned(INES), 0); /* its hour was before that place */
    assert_int_equal(earned(JONAS), 2 * 7);
    at_minute(126);
    assert_int_equal(earned(INES), 1 * 7);
    assert_int_equal(earned(JONAS), 2 * 7);
    end();
}

/* The clicks of the first hour may not be judged yet when it could be counted: it waits for that. */
static void an_hour_waits_until_its_clicks_are_judged(void **state)
{
    struct program_rule rules[] = {pay(TRIGGER_CLICK, 1)};
    begin(state, (struct program_rule_list){rules, 1}, false, 100000);
    bed_damage(&bed, "DELETE FROM referrals_judged");
    come("INES", 10, 5, 1, 0, false);
    at_minute(66);
    assert_int_equal(earned(INES), 0);
    bed_damage(&bed, "INSERT INTO referrals_judged (id, hour, click) VALUES (1, 10000000, 0)");
    at_minute(126);
    assert_int_equal(earned(INES), 5 * 7);
    end();
}

static const struct problem *change_rules(struct database *db, struct memory *memory, void *context)
{
    struct program_row row;
    const struct problem *problem = program_find(db, memory, program, &row);
    return problem ? problem
                   : program_set_rules(db, memory, &row, context, (struct party_id){MAREN},
                                       clock_now());
}

static void rules_are(struct program_rule *rule, int64_t minute)
{
    struct program_rules rules = {{rule, 1}};
    clock_set(instant_add(start, minute * MINUTE));
    assert_null(store_write(bed.store, bed.memory, change_rules, &rules));
}

/* Changed in the middle of the second hour, and to nothing in the third, before either was counted. */
static void an_hour_is_paid_by_the_rules_in_force_when_it_began(void **state)
{
    static const struct program_level ten[] = {{10}};
    struct program_rule rule = pay(TRIGGER_CLICK, 1), higher = rule,
                        none = pay(TRIGGER_IMPRESSION, 1);
    higher.levels = (struct program_level_list){ten, 1};
    begin(state, (struct program_rule_list){&rule, 1}, false, 100000);
    for (int64_t hour = 0; hour < 4; hour++)
        come("INES", hour * 60 + 40, 5, 1, 0, false);
    rules_are(&higher, 90);
    rules_are(&none, 150);
    at_minute(4 * 60 + 6);
    assert_int_equal(earned(INES), (5 + 5) * 7 + 5 * 10);
    end();
}

/* Whoever brought the partner is paid, too, as for orders; less than a whole one is kept for level one alone. */
static void levels_are_paid_for_clicks(void **state)
{
    static const struct program_level levels[] = {{7}, {2}};
    struct program_rule rule = pay(TRIGGER_CLICK, 1);
    struct program_fault fault;
    rule.levels = (struct program_level_list){levels, 2};
    begin(state, (struct program_rule_list){&rule, 1}, false, 100000);
    bed_damage(&bed,
               "UPDATE referrals_partner SET upline = (SELECT id FROM referrals_partner WHERE "
               "person = 104) WHERE person = 103");
    come("INES", 10, 5, 1, 0, false);
    at_minute(66);
    assert_int_equal(earned(INES), 5 * 7);
    assert_int_equal(earned(JONAS), 5 * 2);
    rule.each = 1000;
    assert_false(program_rules_check(bed.memory, &(struct program_rules){{&rule, 1}}, eur, &fault));
    assert_string_equal(fault.rule, "program.wrong.levels_of_clicks");
    end();
}

/* Two servers stamp the end of an hour, and close it, 5 s apart. */
static void clocks_five_seconds_apart_count_each_click_once(void **state)
{
    struct program_rule rules[] = {pay(TRIGGER_CLICK, 1)};
    begin(state, (struct program_rule_list){rules, 1}, false, 100000);
    for (int i = 0; i < 2; i++) {
        clock_set(instant_add(start, HOUR - SECOND - 5 * SECOND * i));
        come_at("INES", instant_add(start, HOUR + SECOND - 5 * SECOND * i), 2, 1, 0, false);
    }
    at(HOUR + HOURS_LATE - 4 * SECOND); /* behind: not yet */
    assert_int_equal(earned(INES), 0);
    at(HOUR + HOURS_LATE + SECOND);
    assert_int_equal(earned(INES), 2 * 7);
    at(HOUR + HOURS_LATE - 4 * SECOND); /* the one behind again */
    assert_int_equal(earned(INES), 2 * 7);
    at(2 * HOUR + HOURS_LATE);
    assert_int_equal(earned(INES), 4 * 7);
    at(2 * HOUR + HOURS_LATE - 4 * SECOND);
    assert_int_equal(earned(INES), 4 * 7);
    end();
}

static const struct problem *pass(struct database *db, struct memory *memory, void *context)
{
    return hours_pay_passed(db, memory, context);
}

/* Held when the hour was paid, and let through later: paid once, and not before the hour is. */
static void clicks_that_count_after_all_are_paid_once(void **state)
{
    struct program_rule rules[] = {pay(TRIGGER_CLICK, 1)};
    begin(state, (struct program_rule_list){rules, 1}, false, 100000);
    come("INES", 10, 5, 1, 0, false);
    struct hours_passed passed = {.program = program,
                                  .partner = joined(INES, "", ""),
                                  .link = link_of("INES"),
                                  .hour = start.ms / HOUR,
                                  .doubt = id_new(),
                                  .clicks = 3,
                                  .at = clock_now()};
    bed_damage(&bed, "UPDATE referrals_hour SET held = 3");
    assert_null(store_write(bed.store, bed.memory, pass, &passed));
    assert_int_equal(earned(INES), 0);
    at_minute(66);
    assert_int_equal(earned(INES), 2 * 7);
    bed_damage(&bed, "DELETE FROM referrals_closed"); /* counted, and killed before it was closed */
    assert_null(store_write(bed.store, bed.memory, pass, &passed));
    assert_int_equal(earned(INES), 5 * 7);
    assert_ptr_equal(store_write(bed.store, bed.memory, pass, &passed), &conflict);
    assert_int_equal(earned(INES), 5 * 7);
    end();
}

static void what_is_less_than_a_cent_goes_to_the_next_hour(void **state)
{
    struct program_rule rule = pay(TRIGGER_IMPRESSION, 1000);
    begin(state, (struct program_rule_list){&rule, 1}, false, 100000);
    for (int64_t hour = 0; hour < 20; hour++) /* 7 cents a thousand: one for 143 */
        come("INES", hour * 60, 50, 1, 0, true);
    at_minute(10 * 60 + 6);
    assert_int_equal(earned(INES), 3);
    at_minute(20 * 60 + 6);
    assert_in_range(earned(INES), 6, 7);
    end();
}

static void visitors_pay_once_a_day_where_the_program_says_so(void **state)
{
    struct program_rule rule = pay(TRIGGER_CLICK, 1);
    begin(state, (struct program_rule_list){&rule, 1}, true, 100000);
    come("INES", 1, 3, 1, 0, false);
    come("INES", 2, 3, 2, 0, false); /* two of them again */
    come("INES", 70, 5, 1, 0, false);
    come("JONAS", 71, 1, 4, 0, false); /* who came by Ines, too */
    at_minute(66);
    assert_int_equal(earned(INES), 4 * 7);
    at_minute(126);
    assert_int_equal(earned(INES), 5 * 7);
    assert_int_equal(earned(JONAS), 0);
    come("INES", 24 * 60, 2, 1, 0, false); /* the day after */
    at_minute(25 * 60 + 6);
    assert_int_equal(earned(INES), 7 * 7);
    end();
}

static void caps_and_the_budget_hold_for_hours(void **state)
{
    struct program_rule rule = pay(TRIGGER_CLICK, 1);
    int64_t more = 1000;
    rule.most_each = (struct maybe_integer){true, 50};
    begin(state, (struct program_rule_list){&rule, 1}, false, 70);
    come("INES", 1, 10, 1, 0, false);
    come("JONAS", 1, 4, 1, 0, false);
    at_minute(66);
    assert_int_equal(earned(INES), 50);
    assert_int_equal(earned(JONAS), 0); /* 28 are more than is left, so they wait */
    assert_null(store_write(bed.store, bed.memory, fund, &more));
    at_minute(67);
    assert_int_equal(earned(JONAS), 28);
    end();
}

static void hear_hour(void *context, const char *line)
{
    int *heard = context;
    *heard += strstr(line, "hev_") != NULL;
}

static int wrong_hours(const char *damage)
{
    int heard = 0;
    struct ledger_audit_listener listener = {&heard, hear_hour};
    int64_t all = 0;
    bed_damage(&bed, damage);
    assert_null(referrals_audit(bed.reader, bed.memory, &listener, &all));
    return heard;
}

/* More paid for than came, what was left over twice or nowhere, a verdict too few. */
static void the_audit_compares_hours_with_what_was_paid_for_them(void **state)
{
    struct program_rule rule = pay(TRIGGER_IMPRESSION, 1000);
    begin(state, (struct program_rule_list){&rule, 1}, false, 100000);
    for (int64_t hour = 0; hour < 3; hour++)
        come("INES", hour * 60, 100, 1, 0, true);
    at_minute(3 * 60 + 6);
    assert_int_equal(wrong_hours("UPDATE core_node SET number = number"), 0);
    assert_int_equal(wrong_hours("UPDATE referrals_hour_event SET before = before + 1 "
                                 "WHERE id = (SELECT MAX(id) FROM referrals_hour_event)"),
                     1);
    assert_int_equal(wrong_hours("UPDATE referrals_hour_event SET before = before - 1 "
                                 "WHERE id = (SELECT MAX(id) FROM referrals_hour_event)"),
                     0);
    assert_int_equal(wrong_hours("UPDATE referrals_hour_event SET events = 101, rest = rest + 1 "
                                 "WHERE id = (SELECT MAX(id) FROM referrals_hour_event)"),
                     1);
    assert_int_equal(
        wrong_hours("UPDATE referrals_hour_event SET events = 0, before = 0, rest = 0"), 2);
    bed_damage(&bed, "DELETE FROM referrals_hour_event");
    end();
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    static const struct job_kind *const jobs[] = {&referrals_hours_job};
    const struct CMUnitTest tests[] = {
        ON_BOTH(an_hour_of_a_link_is_paid_once_and_not_before_it_is_over),
        ON_BOTH(what_was_left_in_the_middle_goes_on_from_its_place),
        ON_BOTH(an_hour_waits_until_its_clicks_are_judged),
        ON_BOTH(an_hour_is_paid_by_the_rules_in_force_when_it_began),
        ON_BOTH(levels_are_paid_for_clicks),
        ON_BOTH(clocks_five_seconds_apart_count_each_click_once),
        ON_BOTH(clicks_that_count_after_all_are_paid_once),
        ON_BOTH(what_is_less_than_a_cent_goes_to_the_next_hour),
        ON_BOTH(visitors_pay_once_a_day_where_the_program_says_so),
        ON_BOTH(caps_and_the_budget_hold_for_hours),
        ON_BOTH(the_audit_compares_hours_with_what_was_paid_for_them),
    };
    job_register(jobs, 1);
    job_register(program_part.jobs, program_part.job_count);
    return cmocka_run_group_tests_name("modules/referrals/hours", tests, NULL, NULL);
}
