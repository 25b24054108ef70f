/*
 * A program's results as its business reads them.
 *
 * All comes from sums by day, month and fact, so that it costs the same after ten clicks and ten million.
 * Must not know: how sums are kept. Read next: keep.c, digest.c.
 */
#include <stdio.h>

#include "core/program/terms.h"
#include "modules/referrals/results/digest.h"
#include "modules/referrals/results/pages.shapes.h"
#include "modules/referrals/results/report_queries.h"
#include "modules/referrals/results/report_rows.h"

enum { STEPS = 5, COHORTS = 12, CELLS = 6, GROUPS = 40, BAR = 100, WHOLE = 10000 };

/* What the parts of the page are read with. */
struct reading {
    struct request *request;
    const struct program_row *program;
    struct currency currency;
    struct results_sum sum; /* of all days */
    int64_t selling;        /* partners with an order */
    int64_t free;           /* orders that can't be taken back any more */
};

static struct maybe_integer part_of(int64_t count, int64_t of)
{
    return (struct maybe_integer){of > 0 && count >= 0 && count <= of,
                                  of > 0 ? count * WHOLE / of : 0};
}

/* ---- steps ------------------------------------------------------------------------------------ */

static const struct problem *steps_of(struct memory *memory, enum results_step first,
                                      const int64_t *counts, size_t count,
                                      struct results_step_shown_list *out)
{
    struct results_step_shown *items = memory_take_array(memory, STEPS, sizeof *items);
    int64_t greatest = 1;
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++)
        greatest = counts[i] > greatest ? counts[i] : greatest;
    int64_t before = counts[0];
    for (size_t i = 0; i < count; i++) {
        enum results_step step = (enum results_step)((int)first + (int)i);
        items[i] = (struct results_step_shown){
            .step = step, .count = counts[i], .bar = counts[i] * BAR / greatest};
        /* A shop need not tell of sign-ups; orders are compared with clicks then. */
        if (i == 0 || (step == STEP_SIGNED_UP && counts[i] == 0))
            continue;
        items[i].part = part_of(counts[i], before);
        items[i].lost = (struct maybe_integer){items[i].part.present, before - counts[i]};
        before = counts[i];
    }
    *out = (struct results_step_shown_list){items, count};
    return NULL;
}

static const struct problem *show_steps(const struct reading *reading, struct results_page *view)
{
    const struct results_sum *sum = &reading->sum;
    const int64_t partners[] = {sum->views, sum->joined, sum->shared, reading->selling};
    const int64_t customers[] = {sum->clicks, sum->signups, sum->orders, sum->orders - sum->gone,
                                 reading->free};
    const struct problem *problem =
        steps_of(reading->request->memory, STEP_SEEN, partners, 4, &view->partners);
    return problem
               ? problem
               : steps_of(reading->request->memory, STEP_CLICKED, customers, 5, &view->customers);
}

/* ---- who -------------------------------------------------------------------------------------- */

static struct text say_value(struct request *request, const struct results_audience_row *row)
{
    char key[60];
    const char *value = text_c(request->memory, row->value);
    const struct word_place *place;
    if (!value || row->value.size == 0)
        return words_text(request->memory, request->language, "referrals.results.unknown", NULL, 0);
    if (row->fact == FACTS_CUSTOMER) { /* shops tell whatever they like */
        place = words_place(request->language, PLACES_COUNTRIES, row->value);
        return place ? place->name : row->value;
    }
    snprintf(key, sizeof key, "referrals.results.%s.%s",
             words_name(&results_fact_words, (int)row->fact), value);
    return words_text(request->memory, request->language, key, NULL, 0);
}

static const struct problem *read_groups(struct reading *reading, struct results_page *view)
{
    struct request *request = reading->request;
    struct results_audience_row_list rows;
    struct results_group *groups = memory_take_array(request->memory, GROUPS, sizeof *groups);
    struct results_group *countries = memory_take_array(request->memory, GROUPS, sizeof *countries);
    const struct problem *problem =
        groups && countries
            ? results_audience(request->db, request->memory, reading->program->id, &rows)
            : &out_of_memory;
    view->groups.items = groups;
    view->countries.items = countries;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct results_audience_row *row = &rows.items[i];
        struct results_group group = {.fact = row->fact,
                                      .value = row->value,
                                      .said = say_value(request, row),
                                      .joined = row->joined,
                                      .selling = row->selling,
                                      .part = part_of(row->selling, row->joined),
                                      .orders = row->orders,
                                      .value_sum = {row->value_minor, reading->currency}};
        if (row->fact == FACTS_CUSTOMER)
            countries[view->countries.count++] = group;
        else
            groups[view->groups.count++] = group;
        if (row->fact == FACTS_CAME)
            reading->selling += row->selling;
        problem = group.said.data ? NULL : &out_of_memory;
    }
    return problem;
}

/* ---- rules ------------------------------------------------------------------------------------ */

/* How long what the rules of a version give may be taken back, days. */
static int64_t longest_hold(const struct program_rules *rules)
{
    int64_t days = 0;
    for (size_t i = 0; i < rules->rules.count; i++)
        days = rules->rules.items[i].hold_days > days ? rules->rules.items[i].hold_days : days;
    return days;
}

/* One version's days: from the one on which it came into force until the next version's. */
static const struct problem *read_version(struct reading *reading,
                                          const struct results_rules_row *row, int64_t before,
                                          struct results_version *out)
{
    struct request *request = reading->request;
    struct program_rules rules;
    struct program_said_list said;
    struct results_sum sum, over;
    struct program_id id = reading->program->id;
    int64_t first = row->version == 1 ? 0 : results_day(row->at);
    const struct problem *problem =
        program_rules_of(request->db, request->memory, id, row->version, &rules);
    if (problem)
        return problem;
    int64_t free = results_day(request->now) - longest_hold(&rules);
    problem =
        program_say(request->memory, request->language, &rules, reading->program->currency, &said);
    if (!problem)
        problem = results_between(request->db, request->memory, id, first, before, &sum);
    if (!problem)
        problem = results_between(request->db, request->memory, id, first,
                                  free < before ? free : before, &over);
    if (problem)
        return problem;
    reading->free += over.orders - over.gone;
    *out = (struct results_version){
        .version = row->version,
        .since = row->at,
        .gives = said.count ? said.items[0].gives : text_of(""),
        .clicks = sum.clicks,
        .orders = sum.orders,
        .part = part_of(sum.orders, sum.clicks),
        .value_sum = {sum.value_minor - sum.back_minor, reading->currency},
    };
    return NULL;
}

static const struct problem *read_versions(struct reading *reading, struct results_page *view)
{
    struct request *request = reading->request;
    struct results_rules_row_list rows;
    const struct problem *problem =
        results_versions(request->db, request->memory, reading->program->id, &rows);
    struct results_version *items =
        memory_take_array(request->memory, (problem ? 0 : rows.count) + 1, sizeof *items);
    int64_t before = INT32_MAX;
    if (problem || !items)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        problem = read_version(reading, &rows.items[i], before, &items[i]);
        before = results_day(rows.items[i].at);
    }
    view->versions = (struct results_version_list){items, rows.count};
    return problem;
}

/* ---- money ------------------------------------------------------------------------------------ */

static void show_cost(const struct reading *reading, struct results_cost *out)
{
    const struct results_sum *sum = &reading->sum;
    int64_t given = reading->program->given_minor, kept = sum->value_minor - sum->back_minor;
    struct currency currency = reading->currency;
    *out = (struct results_cost){
        .value_sum = {sum->value_minor, currency},
        .back = {sum->back_minor, currency},
        .kept = {kept, currency},
        .given = {given, currency},
        .customers = sum->customers,
        .part = part_of(given, kept),
    };
    if (sum->customers > 0)
        out->per_customer = (struct maybe_money){true, {given / sum->customers, currency}};
}

/* ---- customers by month ----------------------------------------------------------------------- */

static const struct problem *begin_cohort(const struct reading *reading, int64_t month,
                                          struct results_cohort *out)
{
    struct results_cell *cells = memory_take_array(reading->request->memory, CELLS, sizeof *cells);
    if (!cells)
        return &out_of_memory;
    for (int64_t later = 0; later < CELLS; later++)
        cells[later] = (struct results_cell){later, 0, {0, reading->currency}};
    *out = (struct results_cohort){
        .month = instant_of(
            (struct civil){.year = (int)(month / 12), .month = (int)(month % 12) + 1, .day = 15}),
        .cells = {cells, CELLS},
        .total = {0, reading->currency},
    };
    return NULL;
}

static const struct problem *read_cohorts(const struct reading *reading, struct results_page *view)
{
    struct request *request = reading->request;
    struct results_cohort_row_list rows;
    int64_t month = -1, since = results_month(request->now) - COHORTS + 1;
    struct results_cohort *items = memory_take_array(request->memory, COHORTS + 1, sizeof *items);
    const struct problem *problem =
        items ? results_cohorts(request->db, request->memory, reading->program->id, since, &rows)
              : &out_of_memory;
    size_t count = 0;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct results_cohort_row *row = &rows.items[i];
        if (row->month != month && count > COHORTS)
            break;
        if (row->month != month)
            problem = begin_cohort(reading, row->month, &items[count++]);
        if (problem)
            return problem;
        struct results_cohort *cohort = &items[count - 1];
        struct results_cell *cells = (struct results_cell *)cohort->cells.items;
        month = row->month;
        cohort->customers += row->customers;
        cohort->total.minor += row->kept_minor;
        if (row->later < CELLS) {
            cells[row->later].orders = row->orders;
            cells[row->later].value_sum.minor = row->kept_minor;
        }
    }
    view->cohorts = (struct results_cohort_list){items, count};
    return problem;
}

static const struct problem *read_week(const struct reading *reading, struct results_page *view)
{
    struct request *request = reading->request;
    struct digest_about about;
    int64_t monday = digest_monday(results_day(request->now));
    const struct problem *problem =
        digest_read(request->db, request->memory, reading->program, monday, &about);
    view->week_ends = (struct instant){monday * DAY};
    return problem ? problem : digest_say(request->memory, request->language, &about, &view->week);
}

const struct problem *referrals_results_show(struct request *request,
                                             const struct results_query *query,
                                             struct results_page *view)
{
    struct program_row program;
    struct results_owned_row owned;
    struct reading reading = {.request = request, .program = &program};
    const struct problem *problem = results_owned(request->db, request->memory, query->program,
                                                  request->viewer.organisation, &owned);
    if (!problem)
        problem = program_find(request->db, request->memory, query->program, &program);
    if (!problem)
        problem = results_between(request->db, request->memory, query->program, 0, INT32_MAX,
                                  &reading.sum);
    if (problem || !currency_parse(program.currency, &reading.currency))
        return problem ? problem : &our_fault;
    view->program = program.id;
    view->title = program.title;
    problem = read_groups(&reading, view);
    if (!problem)
        problem = read_versions(&reading, view);
    if (!problem)
        problem = show_steps(&reading, view);
    if (!problem)
        problem = quiz_find(request, &program, program.version, &view->quiz);
    if (!problem)
        problem = read_week(&reading, view);
    show_cost(&reading, &view->cost);
    return problem ? problem : read_cohorts(&reading, view);
}
