/*
 * Personal offers on pages: a business makes them and answers, a partner answers.
 *
 * Must not know: how they are paid. Read next: personal.c.
 */
#include "modules/referrals/personal/personal_pages.h"

#include "base/ids.h"
#include "base/settings.h"
#include "modules/referrals/personal/delivery.h"
#include "modules/referrals/personal/personal_pages.shapes.h"
#include "modules/referrals/personal/queries.h"
#include "modules/referrals/personal/rows.h"
#include "modules/referrals/portal.h"
#include "web/words.h"

enum { SHOWN = 10, DAYS = 14 };

/* ---- what both see ---------------------------------------------------------------------------- */

static const struct problem *say_rate(struct request *request, bool there, int64_t part,
                                      struct maybe_text *out)
{
    struct builder b = builder_make(request->memory, 40);
    out->present = there;
    if (!there)
        return NULL;
    words_percent(&b, request->language, part);
    return builder_end(&b, &out->value);
}

static const struct problem *line_of(struct request *request, const struct personal_row *row,
                                     struct personal_line *out)
{
    *out = (struct personal_line){.offer = row->deal,
                                  .state = row->state,
                                  .fee = {row->price.minor > 0, row->price},
                                  .message = row->message,
                                  .answer = row->answer,
                                  .until = row->until,
                                  .at = row->at};
    struct personal_delivery delivery;
    const struct problem *problem =
        personal_delivery(request->db, request->memory, row->deal, &delivery);
    out->on_post = delivery.on_post && row->price.minor > 0;
    out->posted = delivery.done;
    out->post_until = (struct maybe_instant){delivery.until.ms > 0, delivery.until};
    if (!problem)
        problem = say_rate(request, row->levels > 0, row->level_1, &out->rate_1);
    if (!problem)
        problem = say_rate(request, row->levels > 1, row->level_2, &out->rate_2);
    return problem ? problem : say_rate(request, row->levels > 2, row->level_3, &out->rate_3);
}

const struct problem *personal_read(struct request *request, struct referrals_partner_id partner,
                                    struct personal_line_list *out)
{
    struct personal_row_list rows;
    struct personal_line *lines = memory_take_array(request->memory, SHOWN, sizeof *lines);
    const struct problem *problem =
        lines ? personal_offers(request->db, request->memory, partner, INT64_MAX, SHOWN, &rows)
              : &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = line_of(request, &rows.items[i], &lines[i]);
    if (!problem)
        *out = (struct personal_line_list){lines, rows.count};
    return problem;
}

/* ---- what is typed ---------------------------------------------------------------------------- */

static struct text words_of(struct maybe_text typed)
{
    return typed.present ? text_trim(typed.value) : text_of("");
}

/* A rate of a level further up counts only with those below it. */
const struct problem *personal_read_terms(struct request *request,
                                          struct personal_counter_input input,
                                          struct personal_terms *out)
{
    static const char *const names[] = {"percent", "percent_2", "percent_3"};
    const struct text typed[] = {words_of(input.percent), words_of(input.percent_2),
                                 words_of(input.percent_3)};
    struct currency own = setting_currency("site.currency");
    *out = (struct personal_terms){.fee = {0, own}, .words = words_of(input.words)};
    for (size_t i = 0; i < PERSONAL_LEVELS; i++) {
        if (text_empty(typed[i]))
            continue;
        if (out->count != (int64_t)i)
            return request_refuse(request, names[i], "referrals.personal.wrong.gap");
        if (!referrals_read_percent(typed[i], &out->levels[out->count++]))
            return request_refuse(request, names[i], "referrals.wrong.percent");
    }
    if (!input.fee.present)
        return NULL;
    if (!currency_equal(input.fee.value.currency, own))
        return request_refuse(request, "fee", "problem.ledger.wrong_currency");
    out->fee = input.fee.value;
    return NULL;
}

/* Beside which field a problem stands. */
static const struct problem *blame(struct request *request, const struct problem *problem)
{
    bool fee = problem == &ledger_not_enough;
    return request_blame(request, fee ? "fee" : "percent", problem);
}

/* ---- a business ------------------------------------------------------------------------------- */

/* A partner of the business acted for. */
static const struct problem *
own_partner(struct request *request, struct referrals_partner_id partner, struct personal_to *out)
{
    const struct problem *problem = personal_to_partner(request->db, request->memory, partner, out);
    if (!problem && out->business.value != request->viewer.organisation.value)
        problem = &not_found;
    return problem;
}

const struct problem *personal_biz_show(struct request *request, const struct personal_query *input,
                                        struct personal_view *view)
{
    struct personal_to to;
    struct program_level levels[PERSONAL_LEVELS];
    size_t count = 0;
    const struct problem *problem = own_partner(request, input->partner, &to);
    if (!problem)
        problem = personal_read(request, input->partner, &view->offers);
    if (!problem)
        problem = personal_agreed(request->db, request->memory, input->partner, levels, &count);
    if (problem)
        return problem;
    view->partner = input->partner;
    view->name = to.name;
    view->program = to.program;
    view->title = to.title;
    view->currency = setting_text("site.currency");
    view->days = DAYS;
    view->takes = to.takes_part && !to.wants_none;
    view->wants_none = to.wants_none;
    for (size_t i = 0; i < view->offers.count; i++)
        view->takes &= view->offers.items[i].state != PERSONAL_OFFERED &&
                       view->offers.items[i].state != PERSONAL_COUNTERED;
    problem = say_rate(request, count > 0, levels[0].part, &view->agreed_1);
    if (!problem)
        problem = say_rate(request, count > 1, levels[1].part, &view->agreed_2);
    return problem ? problem : say_rate(request, count > 2, levels[2].part, &view->agreed_3);
}

static const struct problem *make(struct move *move)
{
    return personal_make(move, move->context);
}

const struct problem *personal_biz_make(struct request *request,
                                        const struct personal_make_input *input,
                                        struct personal_made *view)
{
    const struct personal_counter_input typed = {.percent = input->percent,
                                                 .percent_2 = input->percent_2,
                                                 .percent_3 = input->percent_3,
                                                 .fee = input->fee,
                                                 .words = input->words};
    struct personal_to to;
    struct personal_making making = {
        .business = request->viewer.organisation, .partner = input->partner, .days = input->days};
    struct move move = {.flow = &personal_flow,
                        .by = BY_BUYER,
                        .actor = request->viewer.person,
                        .at = request->now,
                        .context = &making};
    const struct problem *problem = own_partner(request, input->partner, &to);
    if (!problem)
        problem = personal_read_terms(request, typed, &making.terms);
    if (problem)
        return problem;
    if (input->on_post && making.terms.fee.minor == 0)
        return request_refuse(request, "fee", "referrals.personal.wrong.post_fee");
    making.program = to.program;
    making.terms.on_post = input->on_post;
    move.note = making.terms.words;
    struct once once = {
        making.business, request->once,
        text_format(request->memory, "offer %lld %lld %lld %lld %lld %d",
                    (long long)input->partner.value, (long long)making.terms.levels[0],
                    (long long)making.terms.levels[1], (long long)making.terms.levels[2],
                    (long long)making.terms.fee.minor, making.terms.on_post)};
    problem = flow_once(request->store, request->memory, &move, &once, make);
    if (problem)
        return blame(request, problem);
    view->offer.value = move.subject;
    request_go_saying(request, "referrals.personal.offered", "/biz/partners/%s/offers",
                      id_text("rpt", input->partner.value).text);
    return NULL;
}

/* ---- answers ---------------------------------------------------------------------------------- */

struct answering {
    struct move move;
    struct party_id side;
    struct personal_terms *terms;
    struct referrals_partner_id partner; /* to whom the offer was made */
};

static const struct problem *answer(struct database *db, struct memory *memory, void *context)
{
    struct answering *answering = context;
    answering->move.db = db;
    answering->move.memory = memory;
    return personal_answer(&answering->move, answering->partner, answering->side, answering->terms);
}

static const struct problem *give_answer(struct request *request, struct personal_move_input offer,
                                         enum personal_event event, struct personal_terms *terms)
{
    bool business =
        event == PERSONAL_TAKE || event == PERSONAL_DECLINE || event == PERSONAL_WITHDRAW;
    struct answering answering = {
        .move = {.flow = &personal_flow,
                 .subject = offer.offer.value,
                 .event = (int)event,
                 .by = business ? BY_BUYER : BY_SUPPLIER,
                 .actor = request->viewer.person,
                 .at = request->now,
                 .note = terms ? terms->words : text_of("")},
        .side = business ? request->viewer.organisation : request->viewer.person,
        .terms = terms,
        .partner = offer.partner,
    };
    const struct problem *problem =
        store_write(request->store, request->memory, answer, &answering);
    if (problem)
        return terms || problem == &ledger_not_enough ? blame(request, problem) : problem;
    request_go_saying(request, "referrals.personal.answered",
                      business ? "/biz/partners/%s/offers" : "/me/programs/%s",
                      id_text("rpt", answering.partner.value).text);
    return NULL;
}

const struct problem *personal_biz_take(struct request *request,
                                        const struct personal_move_input *input,
                                        struct nothing *view)
{
    (void)view;
    return give_answer(request, *input, PERSONAL_TAKE, NULL);
}

const struct problem *personal_biz_decline(struct request *request,
                                           const struct personal_move_input *input,
                                           struct nothing *view)
{
    (void)view;
    return give_answer(request, *input, PERSONAL_DECLINE, NULL);
}

const struct problem *personal_biz_withdraw(struct request *request,
                                            const struct personal_move_input *input,
                                            struct nothing *view)
{
    (void)view;
    return give_answer(request, *input, PERSONAL_WITHDRAW, NULL);
}

const struct problem *personal_me_accept(struct request *request,
                                         const struct personal_move_input *input,
                                         struct nothing *view)
{
    (void)view;
    return give_answer(request, *input, PERSONAL_ACCEPT, NULL);
}

const struct problem *personal_me_refuse(struct request *request,
                                         const struct personal_move_input *input,
                                         struct nothing *view)
{
    (void)view;
    return give_answer(request, *input, PERSONAL_REFUSE, NULL);
}

const struct problem *personal_me_counter(struct request *request,
                                          const struct personal_counter_input *input,
                                          struct nothing *view)
{
    struct personal_terms terms;
    const struct problem *problem = personal_read_terms(request, *input, &terms);
    (void)view;
    return problem
               ? problem
               : give_answer(request, (struct personal_move_input){input->partner, input->offer},
                             PERSONAL_COUNTER, &terms);
}

/* ---- the routes ------------------------------------------------------------------------------- */

static const struct route routes[] = {
    {GET, "/biz/partners/{partner}/offers", &personal_biz_show_handler, VIEWER,
     .page = "modules/referrals/pages/personal.html",
     .api = "/api/v1/biz/partners/{partner}/offers",
     .summary = "What was offered to a partner, and what is agreed with them"},
    {POST, "/biz/partners/{partner}/offers", &personal_biz_make_handler, BUYER,
     .again = "/biz/partners/{partner}/offers", .api = "/api/v1/biz/partners/{partner}/offers",
     .once = true, .summary = "Offers a partner rates of their own, a fee, or both"},
    {POST, "/biz/partners/{partner}/offers/{offer}/take", &personal_biz_take_handler, BUYER,
     .again = "/biz/partners/{partner}/offers",
     .api = "/api/v1/biz/partners/{partner}/offers/{offer}/take", .repeat = REPEAT_REFUSED,
     .summary = "Agrees to what a partner wants instead"},
    {POST, "/biz/partners/{partner}/offers/{offer}/decline", &personal_biz_decline_handler, BUYER,
     .again = "/biz/partners/{partner}/offers",
     .api = "/api/v1/biz/partners/{partner}/offers/{offer}/decline", .repeat = REPEAT_REFUSED,
     .summary = "Does not agree to what a partner wants instead"},
    {POST, "/biz/partners/{partner}/offers/{offer}/withdraw", &personal_biz_withdraw_handler, BUYER,
     .again = "/biz/partners/{partner}/offers",
     .api = "/api/v1/biz/partners/{partner}/offers/{offer}/withdraw", .repeat = REPEAT_REFUSED,
     .summary = "Takes a personal offer back"},
    {POST, "/me/programs/{partner}/offers/{offer}/accept", &personal_me_accept_handler, SIGNED_IN,
     .again = "/me/programs/{partner}",
     .api = "/api/v1/me/programs/{partner}/offers/{offer}/accept", .repeat = REPEAT_REFUSED,
     .summary = "Agrees to a personal offer"},
    {POST, "/me/programs/{partner}/offers/{offer}/refuse", &personal_me_refuse_handler, SIGNED_IN,
     .again = "/me/programs/{partner}",
     .api = "/api/v1/me/programs/{partner}/offers/{offer}/refuse", .repeat = REPEAT_REFUSED,
     .summary = "Does not want a personal offer"},
    {POST, "/me/programs/{partner}/offers/{offer}/counter", &personal_me_counter_handler, SIGNED_IN,
     .again = "/me/programs/{partner}",
     .api = "/api/v1/me/programs/{partner}/offers/{offer}/counter", .repeat = REPEAT_REFUSED,
     .summary = "Says what one wants instead"},
};

const struct route_table personal_routes = {"referrals", ALL(routes)};
