/*
 * What a business answers in a talk about a licence. Whose talk it is, and the price that was shown,
 * are checked inside the write: between looking and pressing the button anything may have happened.
 *
 * Must not know: what a sale is made of. Read next: states.c, sale.c.
 */
#include "base/ids.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/sale.h"
#include "modules/stock/talk_queries.h"

/* One answer as a write. */
struct answering {
    const struct stock_biz_answering *input;
    struct party_id organisation;
    struct party_id person;
    struct instant at;
    struct stock_talk_row row;       /* filled: as it was before */
    struct stock_licence_id licence; /* filled when it ends in one */
};

/* A second click, or a repeat after a broken connection: what was answered is so already. */
static bool answered_before(const struct stock_biz_answering *input,
                            const struct stock_talk_row *row)
{
    const struct money *named =
        input->answer == STOCK_BIZ_ACCEPT ? &input->seen.value : &input->price.value;
    bool same =
        named->minor == row->price.minor && currency_equal(named->currency, row->price.currency);
    if (input->answer == STOCK_BIZ_DECLINE)
        return row->state == DEAL_DECLINED;
    return same && row->state == (input->answer == STOCK_BIZ_ACCEPT ? DEAL_LICENSED : DEAL_OFFERED);
}

static const struct problem *find_licence(struct database *db, struct memory *memory,
                                          struct answering *answering)
{
    struct stock_licence_row licence;
    const struct problem *problem = stock_licence_of_deal(db, memory, answering->row.id, &licence);
    if (!problem)
        answering->licence = licence.id;
    return problem;
}

static const struct problem *answer(struct database *db, struct memory *memory, void *context)
{
    static const int events[] = {[STOCK_BIZ_ACCEPT] = DEAL_ACCEPT,
                                 [STOCK_BIZ_OFFER] = DEAL_OFFER,
                                 [STOCK_BIZ_DECLINE] = DEAL_DECLINE};
    struct answering *answering = context;
    const struct stock_biz_answering *input = answering->input;
    struct stock_talk_row *row = &answering->row;
    const struct problem *problem =
        stock_talk_of(db, memory, input->deal, answering->organisation, row);
    if (problem)
        return problem;
    if (answered_before(input, row))
        return row->state == DEAL_LICENSED ? find_licence(db, memory, answering) : NULL;
    bool seen = input->seen.value.minor == row->price.minor &&
                currency_equal(input->seen.value.currency, row->price.currency);
    if (input->answer == STOCK_BIZ_ACCEPT && row->state == DEAL_COUNTERED && !seen)
        return &stock_price_changed;
    struct stock_words words = {.price = input->price.value};
    struct move move = {
        .db = db,
        .memory = memory,
        .flow = &stock_deal_flow,
        .subject = input->deal.value,
        .event = events[input->answer],
        .by = BY_BUYER,
        .actor = answering->person,
        .at = answering->at,
        .note = input->note.present ? input->note.value : text_of(""),
        .context = &words,
    };
    problem = flow_move(&move);
    answering->licence = words.licence;
    return problem;
}

/* What only this side of the write can say in words about one field. */
static const struct problem *check(struct request *request, const struct stock_biz_answering *input)
{
    struct stock_talk_row row;
    const struct problem *problem = stock_talk_of(request->db, request->memory, input->deal,
                                                  request->viewer.organisation, &row);
    if (problem)
        return problem;
    if (input->answer == STOCK_BIZ_ACCEPT && !input->seen.present)
        return request_refuse(request, "seen", "stock.biz.seen_missing");
    if (input->answer == STOCK_BIZ_DECLINE && row.state == DEAL_COUNTERED && !input->note.present)
        return request_refuse(request, "note", "stock.biz.decline_needs_reason");
    if (input->answer != STOCK_BIZ_OFFER)
        return NULL;
    if (!input->price.present)
        return request_refuse(request, "price", "stock.biz.price_missing");
    bool same = currency_equal(input->price.value.currency, row.price.currency);
    return same ? NULL : request_refuse(request, "price", "stock.biz.other_currency");
}

/* Beside what a refusal is said. */
static const char *const fields[] = {
    [STOCK_BIZ_ACCEPT] = "seen", [STOCK_BIZ_OFFER] = "price", [STOCK_BIZ_DECLINE] = "note"};

static void go_on(struct request *request, const struct stock_biz_answering *input,
                  const struct stock_biz_answered *view)
{
    struct id_text name = id_text("del", input->deal.value);
    if (view->certificate.present)
        request_go_saying(request, "stock.bought", "%.*s", TEXT_ARGS(view->certificate.value));
    else if (input->answer == STOCK_BIZ_OFFER)
        request_go_saying(request, "stock.biz_offered", "/biz/deals/%s", name.text);
    else
        request_go_saying(request, "stock.biz_declined", "/biz/deals/%s", name.text);
}

const struct problem *stock_biz_deal_answer(struct request *request,
                                            const struct stock_biz_answering *input,
                                            struct stock_biz_answered *view)
{
    static const enum stock_deal_state states[] = {[STOCK_BIZ_ACCEPT] = DEAL_LICENSED,
                                                   [STOCK_BIZ_OFFER] = DEAL_OFFERED,
                                                   [STOCK_BIZ_DECLINE] = DEAL_DECLINED};
    struct answering answering = {.input = input,
                                  .organisation = request->viewer.organisation,
                                  .person = request->viewer.person,
                                  .at = request->now};
    const struct problem *problem = check(request, input);
    if (!problem)
        problem = store_write(request->store, request->memory, answer, &answering);
    if (problem)
        return request_blame(request, fields[input->answer], problem);
    *view = (struct stock_biz_answered){.deal = input->deal, .state = states[input->answer]};
    if (answering.licence.value) {
        problem = maybe_text_format(request->memory, &view->certificate, "/licences/%s",
                                    id_text("lic", answering.licence.value).text);
        if (problem)
            return problem;
    }
    go_on(request, input, view);
    return NULL;
}
