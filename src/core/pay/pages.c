/*
 * Handlers of a business's wallet and of a person's payouts.
 *
 * Must not know: SQL, HTML, how money is posted. Read next: core/pay/in.c, core/pay/out.c.
 */
#include "core/pay/pages.h"

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/pay/page_lines.h"
#include "core/pay/page_queries.h"
#include "core/pay/parts.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"
#include "core/login/address.h"
#include "core/reward/queries.h"
#include "core/reward/rows.h"

static struct currency own_currency(void)
{
    return setting_currency("site.currency");
}

const struct problem *pay_payment_lines(struct request *request,
                                        const struct payment_listed_list *rows,
                                        struct payment_line_list *out)
{
    size_t count = rows->count < PAY_SHOWN ? rows->count : PAY_SHOWN;
    struct payment_line *items = memory_take_array(request->memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++)
        items[i] = pay_payment_line(&rows->items[i]);
    *out = (struct payment_line_list){items, count};
    return NULL;
}

struct payment_line pay_payment_line(const struct payment_listed *row)
{
    return (struct payment_line){.payment = row->id,
                                 .name = row->name,
                                 .rail = text_is(row->rail, "test") ? RAIL_TEST : RAIL_BANK,
                                 .amount = row->amount,
                                 .reference = row->reference,
                                 .state = row->state,
                                 .at = row->at,
                                 .moved = row->moved};
}

/* ---- the wallet of a business ---- */

const struct problem *core_wallet_show(struct request *request, const struct wallet_query *query,
                                       struct wallet_view *view)
{
    struct party_id organisation = request->viewer.organisation;
    struct ledger_balance balance;
    struct payment_listed_list waiting;
    const struct problem *problem = ledger_balance(request->db, request->memory, organisation,
                                                   ACCOUNT_WALLET, own_currency(), &balance);
    if (!problem)
        problem = payments_waiting_of(request->db, request->memory, organisation, &waiting);
    if (!problem)
        problem = pay_payment_lines(request, &waiting, &view->waiting);
    if (problem)
        return problem;
    view->name = request->viewer.organisation_name;
    view->balance = balance.balance;
    view->held = balance.held;
    view->free = balance.free;
    view->may_pay_in = request->viewer.role >= MEMBER_OWNER;
    view->bank = rail_open(&rail_bank);
    view->test = rail_open(&rail_test);
    view->last_month = pay_last_month(request->memory, request->now);
    return pay_movements(request, organisation, ACCOUNT_WALLET, query->before, &view->lines,
                         &view->later);
}

const struct problem *core_wallet_pay_in(struct request *request, const struct pay_in_form *form,
                                         struct payment_query *view)
{
    const struct rail *rail = form->rail == RAIL_TEST ? &rail_test : &rail_bank;
    if (!text_is(setting_text("site.currency"), form->amount.currency.code))
        return request_refuse(request, "amount", "problem.pay.other_currency");
    const struct problem *problem = payment_begin(
        request->store, request->memory, rail, request->viewer.organisation, request->viewer.person,
        form->amount, request->once, request->now, &view->payment);
    if (problem == &pay_rail_off)
        return request_refuse(request, "rail", "problem.pay.rail_off");
    if (problem)
        return problem;
    if (rail->at_once)
        request_go_saying(request, "pay.paid_in", "/biz/wallet");
    else
        request_go(request, "/biz/wallet/payments/%s", id_text("pay", view->payment.value).text);
    return NULL;
}

/* "DE89 3704 0044 0532 0130 00": as people read it aloud. */
static struct text in_fours(struct memory *memory, const char *iban)
{
    struct builder out = builder_make(memory, 64);
    struct text written = {NULL, 0};
    for (size_t i = 0; iban[i]; i++) {
        if (i > 0 && i % 4 == 0)
            builder_add_char(&out, ' ');
        builder_add_char(&out, iban[i]);
    }
    return builder_end(&out, &written) ? (struct text){NULL, 0} : written;
}

const struct problem *core_payment_show(struct request *request, const struct payment_query *query,
                                        struct payment_view *view)
{
    struct payment_listed row;
    char iban[35] = "";
    const struct problem *problem = payment_of(request->db, request->memory, query->payment,
                                               request->viewer.organisation, &row);
    if (problem)
        return problem;
    view->payment = pay_payment_line(&row);
    view->may_cancel = row.state == PAYMENT_ANNOUNCED && request->viewer.role >= MEMBER_OWNER;
    view->holder = setting_text("pay.debtor_name");
    view->bic = setting_text("pay.debtor_bic");
    (void)iban_parse(setting_text("pay.debtor_iban"), iban);
    view->iban = *iban ? in_fours(request->memory, iban) : (struct text){"", 0};
    return view->iban.data ? NULL : &out_of_memory;
}

const struct problem *core_payment_call_off(struct request *request,
                                            const struct payment_query *form, struct nothing *view)
{
    struct payment_listed row;
    (void)view;
    const struct problem *problem =
        payment_of(request->db, request->memory, form->payment, request->viewer.organisation, &row);
    if (!problem)
        problem = request_move(request, &(struct move){.flow = &payment_flow,
                                                       .subject = row.id.value,
                                                       .event = PAYMENT_CANCEL,
                                                       .by = BY_BUYER});
    if (!problem)
        request_go_saying(request, "pay.called_off", "/biz/wallet");
    return problem;
}

/* ---- a person's account and payouts ---- */

static const struct problem *show_payouts(struct request *request, const struct money_query *query,
                                          struct money_view *view)
{
    struct payout_listed_list rows;
    struct payout_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem =
        payouts_of(request->db, request->memory, request->viewer.person, before, &rows);
    if (!problem)
        problem = list_cut(request->memory, &payout_listed_shape, &rows, PAY_SHOWN, &view->later,
                           "?before=");
    if (problem)
        return problem;
    struct payout_line *items = memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct payout_listed *row = &rows.items[i];
        items[i] = (struct payout_line){.payout = row->id,
                                        .amount = row->amount,
                                        .to = iban_hint(request->memory, row->iban),
                                        .state = row->state,
                                        .reason = {row->reason.size > 0, row->reason},
                                        .at = row->at,
                                        .moved = row->moved};
        if (!items[i].to.data)
            return &out_of_memory;
    }
    view->payouts = (struct payout_line_list){items, rows.count};
    return NULL;
}

static const struct problem *show_bank(struct request *request, struct money_view *view)
{
    struct bank_row bank;
    const struct problem *problem =
        pay_bank(request->db, request->memory, request->viewer.person, &bank);
    view->holder = request->viewer.name;
    if (problem)
        return problem == &pay_no_bank ? NULL : problem;
    view->holder = bank.holder;
    view->to = (struct maybe_text){true, iban_hint(request->memory, bank.iban)};
    return view->to.value.data ? NULL : &out_of_memory;
}

const struct problem *core_money_show(struct request *request, const struct money_query *query,
                                      struct money_view *view)
{
    struct party_id person = request->viewer.person;
    struct ledger_balance earnings;
    struct ledger_balance payouts;
    const struct problem *problem = ledger_balance(request->db, request->memory, person,
                                                   ACCOUNT_EARNINGS, own_currency(), &earnings);
    if (!problem)
        problem = ledger_balance(request->db, request->memory, person, ACCOUNT_PAYOUTS,
                                 own_currency(), &payouts);
    struct reward_any rewards;
    if (!problem)
        problem = show_bank(request, view);
    if (!problem)
        problem = reward_any_of(request->db, request->memory, person, &rewards);
    if (problem)
        return problem;
    view->rewards = rewards.number > 0;
    view->free = earnings.free;
    /* Below zero nothing can be spent; by how much is what is owed. */
    if (view->free.minor < 0)
        view->free.minor = 0;
    view->owed = earnings.owed;
    view->under_way = payouts.balance;
    view->minimum = (struct money){setting_integer("pay.minimum"), own_currency()};
    view->enough = view->free.minor >= view->minimum.minor;
    view->may_ask = view->enough && view->to.present;
    return show_payouts(request, query, view);
}

const struct problem *core_money_bank(struct request *request, const struct bank_form *form,
                                      struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        payout_bank(request->store, request->memory, request->viewer.person, form->holder,
                    form->iban, request->now);
    if (problem == &pay_bad_iban)
        return request_refuse(request, "iban", "problem.pay.bad_iban");
    if (!problem)
        request_go_saying(request, "pay.bank_set", "/me/money");
    return problem;
}

const struct problem *core_money_ask(struct request *request, const struct payout_form *form,
                                     struct payout_made *view)
{
    const struct problem *problem =
        address_needed(request->db, request->memory, request->viewer.person);
    if (problem)
        return request_blame(request, "amount", problem);
    problem = payout_begin(request->store, request->memory, request->viewer.person, form->amount,
                           request->once, request->now, &view->payout);
    if (problem == &pay_below_minimum)
        return request_refuse(request, "amount", "problem.pay.below_minimum");
    if (problem == &pay_other_currency)
        return request_refuse(request, "amount", "problem.pay.other_currency");
    if (problem == &ledger_not_enough)
        return request_refuse(request, "amount", "payout.not_enough");
    if (!problem)
        request_go_saying(request, "pay.asked", "/me/money");
    return problem;
}

const struct problem *core_money_withdraw(struct request *request, const struct payout_query *form,
                                          struct nothing *view)
{
    struct move move = {.flow = &payout_flow,
                        .subject = form->payout.value,
                        .event = PAYOUT_WITHDRAW,
                        .by = BY_SUPPLIER};
    (void)view;
    const struct problem *problem = request_move(request, &move);
    if (!problem)
        request_go_saying(request, "pay.taken_back", "/me/money");
    return problem;
}
