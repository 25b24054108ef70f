/*
 * Obligations and plans in words and sums, for whoever reads them.
 *
 * Must not know: routes, how money is posted. Read next: core/owed/obligation_pages.c.
 */
#include "core/owed/obligation_lines.h"

#include <string.h>

#include "core/owed/obligation.shapes.h"
#include "core/owed/obligation_page_queries.h"
#include "core/owed/obligation_parts.h"
#include "core/owed/obligation_queries.h"
#include "core/owed/schedule.shapes.h"
#include "core/people/party.h"
#include "web/words.h"

static struct word_argument text_argument(const char *name, struct text text)
{
    return (struct word_argument){.name = name, .kind = FIELD_TEXT, .text = text};
}

static struct word_argument number_argument(const char *name, int64_t number)
{
    return (struct word_argument){.name = name, .kind = FIELD_INTEGER, .integer = number};
}

static struct word_argument money_argument(const char *name, int64_t minor,
                                           struct currency currency)
{
    return (struct word_argument){.name = name, .kind = FIELD_MONEY, .money = {minor, currency}};
}

static struct word_argument word_argument(const char *name, const char *word)
{
    return (struct word_argument){.name = name, .kind = FIELD_TEXT, .text = text_of(word)};
}

/* What a plan is for: its kind's sentence, or its title where the module was taken out. */
static struct text sentence_of(struct memory *memory, enum language language, struct text kind,
                               struct text title)
{
    const struct plan_kind *known;
    struct plan_row named = {.kind = kind};
    const struct word_argument argument = text_argument("title", title);
    if (plan_kind_of(&named, &known))
        return title;
    return words_text(memory, language, known->sentence, &argument, 1);
}

struct text obligation_what(struct memory *memory, enum language language,
                            const struct obligation_listed *row)
{
    const struct word_argument arguments[] = {
        text_argument("what", sentence_of(memory, language, row->kind, row->title)),
        number_argument("number", row->number),
        number_argument("parts", row->parts),
    };
    return words_text(memory, language, row->parts > 0 ? "obligation.part_of" : "obligation.part",
                      arguments, 3);
}

/* ---- an obligation ---- */

static struct text why_of(struct request *request, const struct obligation_listed *row)
{
    static const char *const keys[] = {
        [OBLIGATION_UPCOMING] = "obligation.why.upcoming",
        [OBLIGATION_DUE] = "obligation.why.due",
        [OBLIGATION_LATE] = "obligation.why.late",
        [OBLIGATION_PAID] = "obligation.why.paid",
        [OBLIGATION_FORGIVEN] = "obligation.why.forgiven",
        [OBLIGATION_CANCELLED] = "obligation.why.cancelled",
    };
    const struct word_argument arguments[] = {
        word_argument("how", row->automatic ? "automatic" : "hand"),
        word_argument("late", row->late_minor > 0 ? "fee" : "none"),
        money_argument("fee", row->late_minor, row->amount.currency),
        number_argument("days", row->grace),
    };
    const char *key = row->state == OBLIGATION_UPCOMING && row->due == 0
                          ? "obligation.why.milestone"
                          : keys[row->state];
    return words_text(request->memory, request->language, key, arguments, 4);
}

static struct text date_of(struct memory *memory, int64_t day)
{
    struct civil civil = civil_of((struct instant){day * DAY});
    return text_format(memory, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

/* The words with which it was let go. */
static const struct problem *reason_of(struct request *request, const struct obligation_listed *row,
                                       struct maybe_text *out)
{
    struct obligation_said said;
    if (row->state != OBLIGATION_FORGIVEN && row->state != OBLIGATION_CANCELLED)
        return NULL;
    const struct problem *problem =
        obligation_let_go(request->db, request->memory, row->id.value, &said);
    if (problem == &not_found)
        return NULL;
    *out = (struct maybe_text){!problem && !text_empty(said.note), said.note};
    return problem;
}

static struct maybe_money some(int64_t minor, struct currency currency)
{
    return (struct maybe_money){minor > 0, {minor, currency}};
}

const struct problem *obligation_line(struct request *request, const struct obligation_side *side,
                                      const struct obligation_listed *row,
                                      struct calendar_line *out)
{
    struct currency currency = row->amount.currency;
    bool owing = row->debtor.value == side->party.value;
    bool open = row->closed.ms == 0;
    int64_t rest = open ? row->amount.minor + row->fee_minor - row->paid_minor : 0;
    *out = (struct calendar_line){
        .obligation = row->id,
        .plan = row->plan,
        .owing = owing,
        .who = owing ? row->creditor_name : row->debtor_name,
        .what = obligation_what(request->memory, request->language, row),
        .amount = row->amount,
        .fee = some(row->fee_minor, currency),
        .paid = some(open ? row->paid_minor : 0, currency),
        .rest = {rest, currency},
        .state = row->state,
        .date = {row->due > 0, row->due > 0 ? date_of(request->memory, row->due) : row->title},
        .due = {row->due > 0, row->due > 0 ? words_day_begins(row->due) : row->moved},
        .closed = {!open, row->closed},
        .why = why_of(request, row),
        .may_pay = open && owing && side->may_pay,
        .may_forgive = open && (side->party.value == 0 || (!owing && side->may_forgive)),
        .may_reach = open && owing && side->may_pay && row->due == 0,
    };
    if (!out->date.value.data || !out->why.data || !out->what.data)
        return &out_of_memory;
    return reason_of(request, row, &out->reason);
}

const struct problem *obligation_lines(struct request *request, const struct obligation_side *side,
                                       const struct obligation_listed_list *rows,
                                       struct calendar_line_list *out)
{
    struct calendar_line *items = memory_take_array(request->memory, rows->count, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rows->count; i++)
        problem = obligation_line(request, side, &rows->items[i], &items[i]);
    *out = (struct calendar_line_list){items, rows->count};
    return problem;
}

/* ---- a plan ---- */

static struct text terms_of(struct request *request, const struct plan_row *plan)
{
    static const char *const keys[] = {
        [PLAN_INSTALMENTS] = "plan.says.instalments",
        [PLAN_RECURRING] = "plan.says.recurring",
        [PLAN_INTEREST] = "plan.says.interest",
        [PLAN_MILESTONES] = "plan.says.milestones",
    };
    const struct word_argument arguments[] = {
        money_argument("sum", plan->sum.minor, plan->sum.currency),
        number_argument("parts", plan->parts),
        word_argument("unit", words_name(&plan_unit_words, (int)plan->unit)),
        number_argument("every", plan->every),
        text_argument("rate",
                      text_format(request->memory, "%lld.%04lld", (long long)(plan->rate / 10000),
                                  (long long)(plan->rate % 10000))),
        word_argument("basis", words_name(&plan_basis_words, (int)plan->basis)),
        word_argument("remainder", plan->parts > 0 && plan->sum.minor % plan->parts != 0
                                       ? words_name(&plan_remainder_words, (int)plan->remainder)
                                       : "none"),
    };
    return words_text(request->memory, request->language, keys[plan->term], arguments,
                      sizeof arguments / sizeof arguments[0]);
}

struct text plan_late_words(struct request *request, const struct plan_row *plan)
{
    const struct word_argument arguments[] = {
        word_argument("how", plan->automatic ? "automatic" : "hand"),
        number_argument("grace", plan->grace),
        word_argument("fees", plan->fee_minor > 0 ? "yes" : "no"),
        money_argument("fee", plan->fee_minor, plan->sum.currency),
        word_argument("ends", plan->patience > 0 ? "yes" : "no"),
        number_argument("patience", plan->patience),
    };
    return words_text(request->memory, request->language, "plan.late", arguments,
                      sizeof arguments / sizeof arguments[0]);
}

const struct problem *plan_line_of(struct request *request, const struct plan_row *plan,
                                   struct plan_line *out)
{
    struct party_row debtor;
    struct party_row creditor;
    const struct problem *problem = party_find(request->db, request->memory, plan->debtor, &debtor);
    if (!problem)
        problem = party_find(request->db, request->memory, plan->creditor, &creditor);
    if (problem)
        return problem;
    *out = (struct plan_line){
        .plan = plan->id,
        .what = sentence_of(request->memory, request->language, plan->kind, plan->title),
        .debtor = debtor.name,
        .creditor = creditor.name,
        .state = plan->state,
        .terms = terms_of(request, plan),
        .at = plan->at,
    };
    return out->what.data && out->terms.data ? NULL : &out_of_memory;
}

const struct problem *plan_lines(struct request *request, const struct plan_listed_list *rows,
                                 struct plan_line_list *out)
{
    struct plan_line *items = memory_take_array(request->memory, rows->count, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rows->count; i++) {
        struct plan_row plan;
        problem = plan_by_id(request->db, request->memory, rows->items[i].id, &plan);
        if (!problem)
            problem = plan_line_of(request, &plan, &items[i]);
    }
    *out = (struct plan_line_list){items, rows->count};
    return problem;
}
