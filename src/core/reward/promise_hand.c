/*
 * Units from hand to hand: a business gives some, takes some for what a person buys, gives a use back.
 *
 * Whoever has no account, is no person or is shut out is told of in the same words; who takes units learns
 * of nobody who has none of theirs. Must not know: SQL, HTML. Read next: core/reward/reward.h.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/people/party.h"
#include "core/reward/pages.h"
#include "core/reward/parts.h"
#include "core/reward/queries.h"
#include "core/reward/rows.h"
#include "ledger/promise.shapes.h"

/* ---- who ------------------------------------------------------------------------------------- */

/* A field of a form, or of a line of one, is wrong. */
static const struct problem *refuse(struct request *request, const char *line, const char *field,
                                    const char *rule)
{
    struct text path = text_format(request->memory, "%s%s", line, field);
    return path.data ? request_refuse(request, path.data, rule) : &out_of_memory;
}

const struct problem *reward_find_person(struct request *request, const struct reward_named *named,
                                         struct party_id *out)
{
    struct party_row row;
    const char *field = named->mail->present ? "mail" : "person";
    if (named->mail->present == named->person->present)
        return refuse(request, named->line, "mail", "reward.wrong.who");
    const struct problem *problem =
        named->mail->present ? party_by_mail(request->db, request->memory, named->mail->value, &row)
                             : party_find(request->db, request->memory, named->person->value, &row);
    if (problem && problem != &not_found)
        return problem;
    if (problem || row.kind != PARTY_PERSON || row.suspended.ms)
        return refuse(request, named->line, field, named->unknown);
    *out = row.id;
    return NULL;
}

/* Units of the business that somebody has; nobody who never had any is there. */
static const struct problem *find_units(struct request *request, const struct reward_named *named,
                                        struct currency unit, struct party_id *out)
{
    struct reward_account account;
    const struct problem *problem = reward_find_person(request, named, out);
    if (problem)
        return problem;
    problem = reward_account_at(request->db, request->memory, *out, request->viewer.organisation,
                                text_of(unit.code), &account);
    if (problem == &not_found)
        return request_refuse(request, named->mail->present ? "mail" : "person", named->unknown);
    return problem;
}

/* ---- how much -------------------------------------------------------------------------------- */

const struct problem *reward_read_units(struct request *request, enum promise_kind kind,
                                        const char *line, const struct maybe_integer *units,
                                        const struct maybe_money *sum, struct money *out)
{
    out->currency = reward_unit(kind);
    if (kind == PROMISE_CREDIT) {
        if (!sum->present || units->present)
            return refuse(request, line, "sum", "reward.wrong.sum");
        if (!currency_equal(sum->value.currency, out->currency))
            return refuse(request, line, "sum", "problem.pay.other_currency");
        out->minor = sum->value.minor;
        return NULL;
    }
    if (!units->present || sum->present)
        return refuse(request, line, "units", "reward.wrong.units");
    out->minor = units->value;
    return NULL;
}

const struct problem *reward_need_rules(struct request *request, enum promise_kind kind)
{
    struct ledger_promise promise;
    const struct problem *problem = promise_find(
        request->db, request->memory, request->viewer.organisation, reward_unit(kind), &promise);
    return problem == &promise_none ? request_blame(request, "kind", problem) : problem;
}

/* ---- done ------------------------------------------------------------------------------------ */

static const struct problem *tell(struct request *request, const struct reward_act *act,
                                  struct reward_done *view)
{
    struct reward_account account;
    const struct problem *problem =
        reward_account_at(request->db, request->memory, act->party, act->issuer,
                          text_of(act->units.currency.code), &account);
    if (problem)
        return problem;
    *view = (struct reward_done){.posting = act->posting,
                                 .what = act->what,
                                 .kind = reward_kind(act->units.currency),
                                 .units = act->units.minor,
                                 .price = act->price,
                                 .paid = act->paid,
                                 .left = account.balance_minor};
    return NULL;
}

static struct text note_of(const struct maybe_text *note)
{
    return note->present ? note->value : text_of("");
}

static struct reward_act act_of(const struct request *request, enum reward_what what,
                                const struct maybe_text *note)
{
    return (struct reward_act){.what = what,
                               .issuer = request->viewer.organisation,
                               .actor = request->viewer.person,
                               .note = note_of(note),
                               .once = request->once,
                               .at = request->now};
}

/* What the rules or the account refused, beside the field that it is about. */
static const struct problem *blame(struct request *request, enum promise_kind kind,
                                   const struct problem *problem)
{
    const char *field = kind == PROMISE_CREDIT ? "sum" : "units";
    if (problem == &ledger_not_enough)
        return request_refuse(request, field, "reward.wrong.not_enough");
    if (problem == &ledger_wrong_currency)
        return request_refuse(request, "price", "problem.pay.other_currency");
    bool rule = problem == &promise_too_few || problem == &promise_too_much ||
                problem == &promise_none || problem == &ledger_ceiling;
    return rule ? request_blame(request, field, problem) : problem;
}

const struct problem *core_promise_give(struct request *request, const struct grant_form *form,
                                        struct reward_done *view)
{
    struct reward_named named = {"", &form->person, &form->mail, "reward.wrong.nobody"};
    struct reward_act act = act_of(request, REWARD_GIVEN, &form->note);
    const struct problem *problem = reward_need_rules(request, form->kind);
    if (!problem)
        problem = reward_read_units(request, form->kind, "", &form->units, &form->sum, &act.units);
    if (!problem)
        problem = reward_find_person(request, &named, &act.party);
    if (problem)
        return problem;
    problem = reward_make(request->store, request->memory, &act);
    if (problem)
        return blame(request, form->kind, problem);
    request_go_saying(request, "reward.given", "/biz/promises");
    return tell(request, &act, view);
}

const struct problem *core_promise_take(struct request *request, const struct use_form *form,
                                        struct reward_done *view)
{
    struct reward_named named = {"", &form->person, &form->mail, "reward.wrong.holds_none"};
    struct reward_act act = act_of(request, REWARD_USED, &form->note);
    bool pays = form->kind != PROMISE_TICKETS;
    act.price = form->price;
    const struct problem *problem = reward_need_rules(request, form->kind);
    if (!problem)
        problem = reward_read_units(request, form->kind, "", &form->units, &form->sum, &act.units);
    if (!problem && form->price.present != pays)
        problem =
            request_refuse(request, "price", pays ? "reward.wrong.price" : "reward.wrong.no_price");
    if (!problem)
        problem = find_units(request, &named, act.units.currency, &act.party);
    if (problem)
        return problem;
    problem = reward_make(request->store, request->memory, &act);
    if (problem)
        return blame(request, form->kind, problem);
    request_go_saying(request, "reward.used", "/biz/promises");
    return tell(request, &act, view);
}

const struct problem *core_promise_return(struct request *request, const struct return_form *form,
                                          struct reward_done *view)
{
    struct reward_act act = act_of(request, REWARD_RETURNED, &form->note);
    act.use = (struct maybe_posting_id){true, form->posting};
    const struct problem *problem = reward_make(request->store, request->memory, &act);
    if (problem)
        return problem;
    request_go_saying(request, "reward.returned", "/biz/promises");
    return tell(request, &act, view);
}

/* ---- the pages of giving and taking ----------------------------------------------------------- */

const struct problem *core_promise_hand(struct request *request,
                                        const struct promise_hand_query *query,
                                        struct promise_hand_view *view)
{
    int kind = query->kind.present ? words_value(&promise_kind_words, query->kind.value) : 0;
    const struct problem *problem = reward_promises(request, &view->promises);
    view->currency = setting_text("site.currency");
    if (problem || view->promises.count == 0)
        return problem;
    const struct promise_shown *chosen = &view->promises.items[0];
    for (size_t i = 0; i < view->promises.count; i++) {
        if ((int)view->promises.items[i].kind == kind)
            chosen = &view->promises.items[i];
    }
    view->chosen = (struct promise_shown_list){chosen, 1};
    return NULL;
}
