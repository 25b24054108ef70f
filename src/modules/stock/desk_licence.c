/*
 * One licence at the desk: who bought what, each transfer of its money, what came back of it, and giving
 * more of it back.
 *
 * Must not know: how money is taken back. Read next: refund.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/desk_licences.h"
#include "modules/stock/public_rows.h"

static const struct problem *show_money(struct request *request,
                                        const struct stock_biz_whole_row *row,
                                        struct stock_desk_licence *view)
{
    const struct stock_sides sides = {row->author, row->holder, row->author_name, row->holder_name};
    struct ledger_balance author;
    const struct problem *problem = stock_legs_of(request, &sides, row->posting, &view->legs);
    if (!problem)
        problem = stock_refunds_shown(request, &sides, row->id, &view->refunds);
    if (!problem)
        problem = ledger_left(request->db, request->memory, row->posting, &view->left);
    if (!problem)
        problem = ledger_balance(request->db, request->memory, row->author, ACCOUNT_EARNINGS,
                                 row->price.currency, &author);
    if (problem)
        return problem;
    view->some_left = view->left.minor > 0;
    view->back = (struct money){row->back_minor, row->price.currency};
    view->earnings = author.free;
    if (author.owed.minor > 0)
        view->earnings.minor = 0;
    view->owed = author.owed;
    return NULL;
}

const struct problem *stock_desk_licence_show(struct request *request,
                                              const struct stock_desk_licence_query *input,
                                              struct stock_desk_licence *view)
{
    struct stock_biz_whole_row row;
    const struct problem *problem = stock_biz_whole(request, input->licence, &row);
    if (problem)
        return problem;
    *view = (struct stock_desk_licence){
        .id = row.id,
        .deal = row.deal,
        .photo = row.photo,
        .title = row.title,
        .preview = stock_public_preview_of(row.media, row.width, row.height),
        .kind = row.kind,
        .author_name = row.author_name,
        .author = row.author,
        .holder_name = row.holder_name,
        .holder = row.holder,
        .person_name = row.person_name,
        .at = row.at,
        .ended = {row.ended.ms != 0, row.ended},
        .posting = row.posting,
    };
    problem = stock_biz_sum_of(request, &row, &view->sum);
    return problem ? problem : show_money(request, &row, view);
}

/* What is refused belongs onto the page, beside what was typed; a program gets the problem. */
static const struct problem *blame(struct request *request, const struct problem *problem)
{
    static const struct {
        const struct problem *problem;
        const char *field, *rule;
    } rules[] = {
        {&ledger_nothing_left, "amount", "stock.desk.nothing_left"},
        {&ledger_more_than_left, "amount", "stock.desk.more_than_left"},
        {&ledger_wrong_currency, "amount", "stock.desk.other_currency"},
        {&stock_refund_unsaid, "reason", "problem.stock.refund_unsaid.detail"},
    };
    for (size_t i = 0; !request->json && i < sizeof rules / sizeof rules[0]; i++) {
        if (rules[i].problem == problem)
            return request_refuse(request, rules[i].field, rules[i].rule);
    }
    return problem;
}

const struct problem *stock_desk_licence_refund(struct request *request,
                                                const struct stock_desk_refunding *input,
                                                struct stock_desk_refunded *view)
{
    const struct stock_giving_back giving = {
        .licence = input->licence,
        .amount = input->amount,
        .reason = input->reason,
        .operator_ = request->viewer.person,
        .once = request->once,
    };
    const struct problem *problem =
        stock_refund(request->store, request->memory, &giving, request->now, &view->refund);
    if (problem)
        return blame(request, problem);
    view->licence = input->licence;
    request_go_saying(request, "stock.desk_refunded", "/desk/licences/%s",
                      id_text("lic", input->licence.value).text);
    return NULL;
}
