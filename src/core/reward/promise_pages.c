/*
 * What a business promises: its rules, what is out, what it gives to people and takes at its checkout.
 *
 * Must not know: SQL, HTML, how units end. Read next: core/reward/reward.h.
 */
#include "core/act.h"
#include "core/reward/pages.h"
#include "core/reward/parts.h"
#include "core/reward/queries.h"
#include "core/reward/rows.h"
#include "core/reward/rules.h"
#include "ledger/promise.shapes.h"
#include "web/version.h"

enum { LINES_SHOWN = 30, COUNTED = 10000 };
static const enum promise_kind kinds[] = {PROMISE_POINTS, PROMISE_CREDIT, PROMISE_TICKETS};
enum { KINDS = sizeof kinds / sizeof kinds[0] };
static const int64_t soon = 30 * DAY;

/* ---- what is promised, and how much is out ---------------------------------------------------- */

static const struct problem *show_promise(struct request *request,
                                          const struct ledger_promise *promise,
                                          struct promise_shown *out)
{
    struct party_id issuer = request->viewer.organisation;
    struct reward_sum all, ends;
    const struct problem *problem =
        promise_out(request->db, request->memory, issuer, promise->currency, &all);
    if (!problem)
        problem = promise_ends_before(request->db, request->memory, issuer, promise->currency,
                                      instant_add(request->now, soon), &ends);
    if (problem)
        return problem;
    *out = (struct promise_shown){
        .kind = promise->kind,
        .currency = promise->currency,
        .since = promise->since,
        .units = all.units,
        .amount = reward_units(request->memory, request->language,
                               reward_units_of(all.units, promise->currency), false),
        .worth = reward_worth(promise, all.units),
        .ends = ends.units,
        .ends_amount = reward_units(request->memory, request->language,
                                    reward_units_of(ends.units, promise->currency), false),
        .ends_more = ends.accounts >= COUNTED};
    if (!out->amount.data || !out->ends_amount.data)
        return &out_of_memory;
    return reward_rules(request->memory, request->language, promise,
                        request->viewer.organisation_name, &out->rules);
}

const struct problem *reward_promises(struct request *request, struct promise_shown_list *out)
{
    struct promise_shown *shown = memory_take_array(request->memory, KINDS, sizeof *shown);
    size_t count = 0;
    if (!shown)
        return &out_of_memory;
    for (size_t i = 0; i < KINDS; i++) {
        struct ledger_promise promise;
        const struct problem *problem =
            promise_find(request->db, request->memory, request->viewer.organisation,
                         reward_unit(kinds[i]), &promise);
        if (problem == &promise_none)
            continue;
        if (!problem)
            problem = show_promise(request, &promise, &shown[count++]);
        if (problem)
            return problem;
    }
    *out = (struct promise_shown_list){shown, count};
    return NULL;
}

/* ---- what was given and used ------------------------------------------------------------------ */

static const struct problem *show_lines(struct request *request, const struct promises_query *query,
                                        struct promises_view *view)
{
    struct promise_line_row_list rows;
    struct posting_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem =
        promise_lines(request->db, request->memory, request->viewer.organisation, before, &rows);
    if (!problem)
        problem = list_cut(request->memory, &promise_line_row_shape, &rows, LINES_SHOWN,
                           &view->later, "?before=");
    if (problem)
        return problem;
    struct promise_line *lines = memory_take_array(request->memory, rows.count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct promise_line_row *row = &rows.items[i];
        lines[i] = (struct promise_line){
            .posting = row->posting,
            .what = row->what,
            .person = row->party,
            .name = row->name,
            .by = row->by,
            .kind = reward_kind(row->units.currency),
            .units = row->units.minor,
            .amount = reward_units(request->memory, request->language, row->units, false),
            .price = row->price,
            .paid = row->paid,
            .note = {row->note.size > 0, row->note},
            .returned = row->returned > 0,
            .at = row->at};
        if (!lines[i].amount.data)
            return &out_of_memory;
    }
    view->lines = (struct promise_line_list){lines, rows.count};
    view->later_page = query->before.present;
    return NULL;
}

/* ---- rules ------------------------------------------------------------------------------------ */

static struct promise_form form_of(const struct promises_query *query, enum promise_kind kind)
{
    return (struct promise_form){.kind = kind,
                                 .per = query->per,
                                 .worth = query->worth,
                                 .least = query->least,
                                 .least_sum = query->least_sum,
                                 .part = query->part,
                                 .days = query->days.value,
                                 .told_days = query->told_days.value};
}

/* The rules in force as they are compared; where none are, there is only what they would be for. */
static const struct problem *rules_now(struct database *db, struct memory *memory,
                                       struct party_id issuer, enum promise_kind kind, bool *held,
                                       struct ledger_promise *out)
{
    const struct problem *problem = promise_find(db, memory, issuer, reward_unit(kind), out);
    *held = !problem;
    if (problem == &promise_none) {
        *out = (struct ledger_promise){
            .issuer = issuer, .kind = kind, .currency = text_of(""), .per = 1, .least = 1};
        problem = NULL;
    }
    out->since = (struct instant){0};
    return problem;
}

/* The rules that the form shows: those looked at, or else those in force, or else usual ones. */
static const struct problem *show_draft(struct request *request, const struct promises_query *query,
                                        struct promises_view *view)
{
    int kind = query->kind.present ? words_value(&promise_kind_words, query->kind.value) : 0;
    struct ledger_promise promise;
    struct reward_fault fault;
    if (!kind)
        return NULL;
    struct promise_draft *draft = memory_take(request->memory, sizeof *draft);
    if (!draft)
        return &out_of_memory;
    bool held;
    const struct problem *problem =
        rules_now(request->db, request->memory, request->viewer.organisation,
                  (enum promise_kind)kind, &held, &promise);
    if (!problem)
        problem = version_of(request->memory, &ledger_promise_shape, &promise, &view->version);
    if (problem)
        return problem;
    if (!held)
        promise = reward_usual((enum promise_kind)kind);
    struct promise_form asked = form_of(query, (enum promise_kind)kind);
    struct ledger_promise looked_at;
    bool means = query->days.present && reward_rules_read(&asked, &looked_at, &fault);
    if (means)
        promise = looked_at;
    if (means && query->version.present)
        view->version = query->version.value;
    *draft = reward_draft(&promise);
    draft->held = held;
    view->draft = (struct promise_draft_list){draft, 1};
    return means ? reward_rules(request->memory, request->language, &promise,
                                request->viewer.organisation_name, &draft->means)
                 : NULL;
}

const struct problem *core_promises_show(struct request *request,
                                         const struct promises_query *query,
                                         struct promises_view *view)
{
    const struct problem *problem = reward_promises(request, &view->promises);
    for (size_t i = 0; i < view->promises.count; i++) {
        enum promise_kind kind = view->promises.items[i].kind;
        view->points = view->points || kind == PROMISE_POINTS;
        view->tickets = view->tickets || kind == PROMISE_TICKETS;
        view->credit = view->credit || kind == PROMISE_CREDIT;
    }
    view->may_rule = request->viewer.role >= MEMBER_OWNER;
    view->may_give = request->viewer.role >= MEMBER_BUYER;
    if (!problem)
        problem = show_draft(request, query, view);
    return problem ? problem : show_lines(request, query, view);
}

struct ruling {
    struct ledger_promise promise;
    struct maybe_text seen; /* version of the rules before */
    struct party_id by;
};

static const struct problem *set(struct database *db, struct memory *memory, void *context)
{
    const struct ruling *ruling = context;
    struct ledger_promise now, wanted = ruling->promise;
    bool held;
    const struct problem *problem = rules_now(db, memory, wanted.issuer, wanted.kind, &held, &now);
    wanted.since = now.since;
    if (!problem)
        problem = version_check(memory, ruling->seen, &ledger_promise_shape, &now, &wanted);
    if (!problem)
        problem = promise_set(db, memory, &ruling->promise);
    struct act act = {.owner = wanted.issuer,
                      .topic = ACT_PROMISES,
                      .actor = ruling->by,
                      .name = text_of("core.promise.ruled"),
                      .subject = wanted.issuer.value,
                      .note = text_of(words_name(&promise_kind_words, (int)wanted.kind)),
                      .at = ruling->promise.since};
    return problem ? problem
                   : act_note_change(db, memory, act, &ledger_promise_shape, held ? &now : NULL,
                                     &wanted);
}

/* The page on which the rules are read before they hold: all of them stand in its address. */
static const struct problem *go_look(struct request *request, const struct ledger_promise *promise,
                                     struct maybe_text version)
{
    struct promise_draft draft = reward_draft(promise);
    struct builder worth = builder_make(request->memory, 64);
    struct builder least = builder_make(request->memory, 64);
    struct text worth_text, least_text;
    builder_add_money(&worth, draft.worth);
    builder_add_money(&least, draft.least_sum);
    const struct problem *problem = builder_end(&worth, &worth_text);
    if (!problem)
        problem = builder_end(&least, &least_text);
    if (problem)
        return problem;
    bool points = promise->kind == PROMISE_POINTS;
    bool credit = promise->kind == PROMISE_CREDIT;
    struct text rules = text_of("");
    if (points)
        rules = text_format(request->memory, "&per=%lld&worth=%.*s&least=%lld&part=%lld",
                            (long long)draft.per, TEXT_ARGS(worth_text), (long long)draft.least,
                            (long long)draft.part);
    if (credit)
        rules = text_format(request->memory, "&least_sum=%.*s&part=%lld", TEXT_ARGS(least_text),
                            (long long)draft.part);
    if (!rules.data)
        return &out_of_memory;
    struct text seen = version.present ? version.value : text_of("");
    request_go(request, "/biz/promises?kind=%s%.*s&days=%lld&told_days=%lld&version=%.*s#rules",
               words_name(&promise_kind_words, (int)promise->kind), TEXT_ARGS(rules),
               (long long)draft.days, (long long)draft.told_days, TEXT_ARGS(seen));
    return NULL;
}

const struct problem *core_promise_rule(struct request *request, const struct promise_form *form,
                                        struct promise_ruled *view)
{
    struct ruling ruling = {.seen = form->version, .by = request->viewer.person};
    struct ledger_promise *promise = &ruling.promise;
    struct reward_fault fault;
    if (!reward_rules_read(form, promise, &fault))
        return request_refuse(request, fault.field, fault.rule);
    promise->issuer = request->viewer.organisation;
    promise->since = request->now;
    view->kind = promise->kind;
    view->preview = form->preview;
    const struct problem *problem = reward_rules(request->memory, request->language, promise,
                                                 request->viewer.organisation_name, &view->rules);
    if (problem || form->preview)
        return problem ? problem : go_look(request, promise, form->version);
    problem = store_write(request->store, request->memory, set, &ruling);
    if (!problem)
        request_go_saying(request, "reward.ruled", "/biz/promises");
    return problem;
}
