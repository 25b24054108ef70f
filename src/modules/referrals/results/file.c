/*
 * Writes the tables of the page as CSV: the words of its heads in the reader's language, numbers as numbers.
 *
 * Every text goes through table_cell(), which guards what a spreadsheet would run; sums stand in the program's
 * money, which the last column names. Read next: core/files/table.h.
 */
#include "modules/referrals/results/file.h"

#include "core/files/table.h"
#include "modules/referrals/results/file.shapes.h"
#include "modules/referrals/results/pages.shapes.h"

enum { FILE_MAX = 1 << 20, LATER = 6 };

struct writing {
    struct request *request;
    struct builder b;
    bool begun; /* a cell of this line is written */
};

static void cell(struct writing *writing, struct text text)
{
    if (writing->begun)
        builder_add_char(&writing->b, ',');
    writing->begun = true;
    table_cell(&writing->b, text);
}

static void line_end(struct writing *writing)
{
    builder_add_c(&writing->b, "\r\n");
    writing->begun = false;
}

static void cell_words(struct writing *writing, const char *key)
{
    cell(writing, words_text(writing->request->memory, writing->request->language, key, NULL, 0));
}

static void cell_number(struct writing *writing, int64_t number)
{
    cell(writing, text_format(writing->request->memory, "%lld", (long long)number));
}

static void cell_part(struct writing *writing, struct maybe_integer part)
{
    cell(writing, part.present
                      ? text_format(writing->request->memory, "%lld.%02lld",
                                    (long long)(part.value / 100), (long long)(part.value % 100))
                      : text_of(""));
}

/* A sum is a number of its own even below zero, so it needs no guard. */
static void cell_sum(struct writing *writing, struct money sum)
{
    builder_add_char(&writing->b, ',');
    builder_add_money(&writing->b, sum);
}

static void heads(struct writing *writing, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cell_words(writing, keys[i]);
    line_end(writing);
}

static void write_steps(struct writing *writing, const struct results_step_shown_list *steps)
{
    static const char *const keys[] = {"referrals.results.step", "referrals.results.count",
                                       "referrals.results.of_before_percent",
                                       "referrals.results.lost"};
    heads(writing, keys, sizeof keys / sizeof *keys);
    for (size_t i = 0; i < steps->count; i++) {
        const struct results_step_shown *step = &steps->items[i];
        struct text key = text_format(writing->request->memory, "results_step.%s",
                                      words_name(&results_step_words, (int)step->step));
        cell_words(writing, key.data ? key.data : "");
        cell_number(writing, step->count);
        cell_part(writing, step->part);
        cell_number(writing, step->lost.present ? step->lost.value : 0);
        line_end(writing);
    }
}

static void write_groups(struct writing *writing, const struct results_group_list *groups)
{
    static const char *const keys[] = {
        "referrals.results.group", "referrals.results.joined",      "referrals.results.selling",
        "referrals.mine.orders",   "referrals.results.value_short", "referrals.results.money_of"};
    heads(writing, keys, sizeof keys / sizeof *keys);
    for (size_t i = 0; i < groups->count; i++) {
        const struct results_group *group = &groups->items[i];
        cell(writing, group->said);
        cell_number(writing, group->joined);
        cell_number(writing, group->selling);
        cell_number(writing, group->orders);
        cell_sum(writing, group->value_sum);
        cell(writing, text_of(group->value_sum.currency.code));
        line_end(writing);
    }
}

static void write_countries(struct writing *writing, const struct results_group_list *countries)
{
    static const char *const keys[] = {"referrals.results.country", "referrals.mine.orders",
                                       "referrals.results.value_short",
                                       "referrals.results.money_of"};
    heads(writing, keys, sizeof keys / sizeof *keys);
    for (size_t i = 0; i < countries->count; i++) {
        const struct results_group *country = &countries->items[i];
        cell(writing, country->said);
        cell_number(writing, country->orders);
        cell_sum(writing, country->value_sum);
        cell(writing, text_of(country->value_sum.currency.code));
        line_end(writing);
    }
}

static void write_versions(struct writing *writing, const struct results_version_list *versions)
{
    static const char *const keys[] = {
        "referrals.results.version_short", "referrals.results.rules",
        "referrals.mine.clicks",           "referrals.mine.orders",
        "referrals.results.kept_short",    "referrals.results.money_of"};
    heads(writing, keys, sizeof keys / sizeof *keys);
    for (size_t i = 0; i < versions->count; i++) {
        const struct results_version *version = &versions->items[i];
        cell_number(writing, version->version);
        cell(writing, version->gives);
        cell_number(writing, version->clicks);
        cell_number(writing, version->orders);
        cell_sum(writing, version->value_sum);
        cell(writing, text_of(version->value_sum.currency.code));
        line_end(writing);
    }
}

static void write_months(struct writing *writing, const struct results_cohort_list *cohorts)
{
    struct memory *memory = writing->request->memory;
    cell_words(writing, "referrals.results.first_month");
    cell_words(writing, "referrals.results.new");
    for (int64_t later = 0; later < LATER; later++) {
        struct word_argument argument = {.name = "later", .kind = FIELD_INTEGER, .integer = later};
        cell(writing, words_text(memory, writing->request->language, "referrals.results.later",
                                 &argument, 1));
    }
    cell_words(writing, "referrals.results.total");
    cell_words(writing, "referrals.results.money_of");
    line_end(writing);
    for (size_t i = 0; i < cohorts->count; i++) {
        const struct results_cohort *cohort = &cohorts->items[i];
        struct civil month = civil_of(cohort->month);
        cell(writing, text_format(memory, "%04d-%02d", month.year, month.month));
        cell_number(writing, cohort->customers);
        for (size_t k = 0; k < cohort->cells.count; k++)
            cell_sum(writing, cohort->cells.items[k].value_sum);
        cell_sum(writing, cohort->total);
        cell(writing, text_of(cohort->total.currency.code));
        line_end(writing);
    }
}

static void write_table(struct writing *writing, enum results_table table,
                        const struct results_page *page)
{
    switch (table) {
    case TABLE_PARTNERS:
        write_steps(writing, &page->partners);
        break;
    case TABLE_CUSTOMERS:
        write_steps(writing, &page->customers);
        break;
    case TABLE_GROUPS:
        write_groups(writing, &page->groups);
        break;
    case TABLE_COUNTRIES:
        write_countries(writing, &page->countries);
        break;
    case TABLE_VERSIONS:
        write_versions(writing, &page->versions);
        break;
    case TABLE_MONTHS:
        write_months(writing, &page->cohorts);
        break;
    }
}

const struct problem *referrals_results_file(struct request *request,
                                             const struct results_file_query *query,
                                             struct nothing *view)
{
    struct results_page page = {.title = text_of("")};
    struct results_query which = {query->program};
    struct writing writing = {.request = request, .b = builder_make(request->memory, FILE_MAX)};
    struct text bytes;
    (void)view;
    const struct problem *problem = referrals_results_show(request, &which, &page);
    if (problem)
        return problem;
    write_table(&writing, query->table, &page);
    problem = builder_end(&writing.b, &bytes);
    struct text name = text_format(request->memory, "results-%s.csv",
                                   words_name(&results_table_words, (int)query->table));
    if (!problem && name.data)
        request_send_bytes(request, bytes, "text/csv; charset=utf-8", name);
    return problem || name.data ? problem : &out_of_memory;
}
