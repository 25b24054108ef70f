/*
 * What a person answers to an offer. Whose photograph it is about, and the price that was shown, are
 * checked inside the write: between looking and pressing the button anything may have happened.
 *
 * Must not know: what a sale is made of. Read next: states.c, sale.c.
 */
#include "base/ids.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/sale.h"
#include "modules/stock/talk_queries.h"

static const int events[] = {[STOCK_ME_ACCEPT] = DEAL_ACCEPT,
                             [STOCK_ME_COUNTER] = DEAL_COUNTER,
                             [STOCK_ME_DECLINE] = DEAL_DECLINE};

/* One answer as a write. */
struct answering {
    const struct stock_me_answering *input;
    struct party_id person;
    struct instant at;
    enum stock_deal_state state; /* filled: where it stands then */
};

static const struct problem *answer(struct database *db, struct memory *memory, void *context)
{
    struct answering *answering = context;
    const struct stock_me_answering *input = answering->input;
    struct stock_talk_row row;
    const struct problem *problem = stock_talk_of(db, memory, input->deal, answering->person, &row);
    if (problem)
        return problem;
    bool seen = input->seen.value.minor == row.price.minor &&
                currency_equal(input->seen.value.currency, row.price.currency);
    if (input->answer == STOCK_ME_ACCEPT && row.state == DEAL_OFFERED && !seen)
        return &stock_price_changed;
    struct stock_words words = {.price = input->price.value};
    struct move move = {
        .db = db,
        .memory = memory,
        .flow = &stock_deal_flow,
        .subject = input->deal.value,
        .event = events[input->answer],
        .by = BY_SUPPLIER,
        .actor = answering->person,
        .at = answering->at,
        .note = input->note.present ? input->note.value : text_of(""),
        .context = &words,
    };
    problem = flow_move(&move);
    answering->state = (enum stock_deal_state)move.to;
    return problem;
}

/* What only this side of the write can say in words about one field. */
static const struct problem *check(struct request *request, const struct stock_me_answering *input)
{
    struct stock_talk_row row;
    const struct problem *problem =
        stock_talk_of(request->db, request->memory, input->deal, request->viewer.person, &row);
    if (problem)
        return problem;
    if (input->answer == STOCK_ME_ACCEPT && !input->seen.present)
        return request_refuse(request, "seen", "field.missing");
    if (input->answer != STOCK_ME_COUNTER)
        return NULL;
    if (!input->price.present)
        return request_refuse(request, "price", "field.missing");
    if (!currency_equal(input->price.value.currency, row.price.currency))
        return request_refuse(request, "price", "stock.me.other_currency");
    bool same = row.state == DEAL_OFFERED && input->price.value.minor == row.price.minor;
    return same ? request_refuse(request, "price", "stock.me.same_price") : NULL;
}

const struct problem *stock_me_deal_answer(struct request *request,
                                           const struct stock_me_answering *input,
                                           struct stock_me_answered *view)
{
    static const char *const notices[] = {[STOCK_ME_ACCEPT] = "stock.me.deal_accepted",
                                          [STOCK_ME_COUNTER] = "stock.me.deal_countered",
                                          [STOCK_ME_DECLINE] = "stock.me.deal_declined"};
    struct answering answering = {
        .input = input, .person = request->viewer.person, .at = request->now};
    const struct problem *problem = check(request, input);
    if (!problem)
        problem = store_write(request->store, request->memory, answer, &answering);
    /* Another price than the one that was read is shown on the page, for a second look. */
    if (problem == &stock_price_changed && !request->json)
        return request_refuse(request, "seen", "problem.stock.price_changed.detail");
    if (problem)
        return problem;
    *view = (struct stock_me_answered){input->deal, answering.state};
    request_go_saying(request, notices[input->answer], "/me/deals/%s",
                      id_text("del", input->deal.value).text);
    return NULL;
}
