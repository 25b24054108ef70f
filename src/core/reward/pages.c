/*
 * What a person holds of what businesses promised, and what came of it and went.
 *
 * Must not know: SQL, HTML, how rules are made. Read next: core/reward/reward.h.
 */
#include "core/reward/pages.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/reward/parts.h"
#include "core/reward/queries.h"
#include "core/reward/rows.h"
#include "web/words.h"

enum { HELD_SHOWN = 20, LINES_SHOWN = 50, ENDS_SHOWN = 12 };
static const int64_t soon = 30 * DAY;

struct money reward_units_of(int64_t minor, struct text currency)
{
    struct money units = {.minor = minor};
    ensure(currency_parse(currency, &units.currency));
    return units;
}

struct maybe_money reward_worth(const struct ledger_promise *promise, int64_t units)
{
    struct maybe_money worth = {0};
    worth.present = units >= 0 && promise_worth(promise, units, &worth.value);
    return worth;
}

/* ---- what is held ----------------------------------------------------------------------------- */

const struct problem *reward_ends(struct request *request, struct party_id person,
                                  const struct ledger_promise *promise, struct reward_end_list *out)
{
    struct promise_ending_list endings;
    struct money unit = reward_units_of(0, promise->currency);
    const struct problem *problem = promise_endings(request->db, request->memory, promise->issuer,
                                                    person, unit.currency, &endings);
    if (problem)
        return problem;
    size_t count = endings.count < ENDS_SHOWN ? endings.count : ENDS_SHOWN;
    struct reward_end *ends = memory_take_array(request->memory, count, sizeof *ends);
    if (!ends)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        unit.minor = endings.items[i].units;
        ends[i] = (struct reward_end){
            .until = endings.items[i].until,
            .day = reward_last_day(endings.items[i].until),
            .units = unit.minor,
            .amount = reward_units(request->memory, request->language, unit, false),
            .worth = reward_worth(promise, unit.minor)};
        if (!ends[i].amount.data)
            return &out_of_memory;
    }
    *out = (struct reward_end_list){ends, count};
    return NULL;
}

static const struct problem *
show_held(struct request *request, const struct reward_account *account, struct reward_held *out)
{
    struct ledger_promise promise;
    struct money units = reward_units_of(account->balance_minor, account->currency);
    const struct problem *problem =
        promise_find(request->db, request->memory, account->issuer, units.currency, &promise);
    if (problem)
        return problem;
    *out = (struct reward_held){.account = account->id,
                                .issuer = account->issuer,
                                .name = account->name,
                                .kind = promise.kind,
                                .units = units.minor,
                                .amount =
                                    reward_units(request->memory, request->language, units, false),
                                .worth = reward_worth(&promise, units.minor),
                                .reserved = account->held_minor};
    units.minor = account->held_minor;
    out->reserved_words = (struct maybe_text){
        units.minor > 0, reward_units(request->memory, request->language, units, false)};
    units.minor = account->balance_minor;
    if (!out->amount.data || !out->reserved_words.value.data)
        return &out_of_memory;
    problem =
        reward_rules(request->memory, request->language, &promise, account->name, &out->rules);
    return problem || units.minor <= 0
               ? problem
               : reward_ends(request, request->viewer.person, &promise, &out->ends);
}

const struct problem *core_rewards_show(struct request *request, const struct rewards_query *query,
                                        struct rewards_view *view)
{
    struct reward_account_list rows;
    struct account_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem =
        rewards_of(request->db, request->memory, request->viewer.person, before, &rows);
    if (!problem)
        problem = list_cut(request->memory, &reward_account_shape, &rows, HELD_SHOWN, &view->later,
                           "?before=");
    if (problem)
        return problem;
    struct reward_held *held = memory_take_array(request->memory, rows.count, sizeof *held);
    if (!held)
        return &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = show_held(request, &rows.items[i], &held[i]);
    view->held = (struct reward_held_list){held, rows.count};
    view->later_page = query->before.present;
    return problem;
}

/* ---- what came and went ----------------------------------------------------------------------- */

static enum reward_what what_of(const struct reward_line_row *row)
{
    if (row->minor > 0)
        return row->corrects.present ? REWARD_RETURNED : REWARD_GIVEN;
    if (row->corrects.present)
        return REWARD_WITHDRAWN;
    return text_is(row->reason, "ledger.leg.ended") ? REWARD_ENDED : REWARD_USED;
}

static const struct problem *show_lines(struct request *request, const struct reward_query *query,
                                        struct text currency, struct reward_view *view)
{
    struct reward_line_row_list rows;
    struct transfer_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem =
        reward_lines(request->db, request->memory, query->account, before, &rows);
    if (!problem)
        problem = list_cut(request->memory, &reward_line_row_shape, &rows, LINES_SHOWN,
                           &view->later, "?before=");
    if (problem)
        return problem;
    struct reward_line *lines = memory_take_array(request->memory, rows.count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct reward_line_row *row = &rows.items[i];
        lines[i] = (struct reward_line){
            .transfer = row->id,
            .posting = row->posting,
            .what = what_of(row),
            .units = row->minor,
            .amount = reward_units(request->memory, request->language,
                                   reward_units_of(row->minor, currency), true),
            .price = row->price,
            .paid = row->paid,
            .note = row->note,
            .at = row->at};
        lines[i].note.present = row->note.present && row->note.value.size > 0;
        if (!lines[i].amount.data)
            return &out_of_memory;
    }
    view->lines = (struct reward_line_list){lines, rows.count};
    return NULL;
}

const struct problem *core_reward_show(struct request *request, const struct reward_query *query,
                                       struct reward_view *view)
{
    struct reward_account account;
    const struct problem *problem = reward_account_of(request->db, request->memory, query->account,
                                                      request->viewer.person, &account);
    if (!problem)
        problem = show_held(request, &account, &view->held);
    return problem ? problem : show_lines(request, query, account.currency, view);
}

/* ---- what waits ------------------------------------------------------------------------------- */

static const struct problem *say_end(struct request *request, const struct reward_account *account,
                                     struct waiting_said *said)
{
    struct reward_held held;
    const struct problem *problem = show_held(request, account, &held);
    if (problem || held.ends.count == 0)
        return problem;
    const struct word_argument arguments[] = {
        {.name = "units", .kind = FIELD_TEXT, .text = held.ends.items[0].amount},
        {.name = "issuer", .kind = FIELD_TEXT, .text = held.name},
    };
    waiting_add(
        said,
        (struct waiting){
            .what = words_text(request->memory, request->language, "reward.soon", arguments, 2),
            .why = held.rules.items[0],
            .until = {true, held.ends.items[0].until},
            .href = text_format(request->memory, "/me/rewards/%s",
                                id_text("acc", account->id.value).text),
            .action = words_text(request->memory, request->language, "reward.soon_look", NULL, 0),
        });
    return NULL;
}

const struct problem *reward_waits(struct request *request, enum portal portal,
                                   struct waiting_said *said)
{
    struct reward_account_list rows = {0};
    const struct problem *problem =
        portal == PORTAL_ME ? rewards_soon(request->db, request->memory, request->viewer.person,
                                           instant_add(request->now, soon), &rows)
                            : NULL;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = say_end(request, &rows.items[i], said);
    return problem;
}
