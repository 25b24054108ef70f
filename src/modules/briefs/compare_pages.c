/*
 * The answers to a brief side by side, and what a business does with them.
 *
 * Must not know: how an acceptance is paid. Read next: choose.c.
 */
#include "base/ids.h"
#include "core/offering.h"
#include "modules/briefs/pages.h"
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"
#include "modules/briefs/rules.h"

/* A comparison being made. */
struct comparing {
    struct request *request;
    const struct briefs_compare_query *input;
    struct briefs_compare *view;
    struct briefs_criteria criteria;
};

static const struct problem *show_marks(const struct comparing *comparing,
                                        const struct briefs_offer_row *offer,
                                        struct briefs_mark_list *out)
{
    const struct briefs_criteria *criteria = &comparing->criteria;
    struct briefs_mark *marks =
        memory_take_array(comparing->request->memory, criteria->count, sizeof *marks);
    if (!marks)
        return &out_of_memory;
    for (size_t i = 0; i < criteria->count; i++) {
        int64_t score = briefs_score_at(offer->scores, i);
        marks[i] = (struct briefs_mark){(int64_t)i + 1, criteria->names[i], {score != 0, score}};
    }
    *out = (struct briefs_mark_list){marks, criteria->count};
    return NULL;
}

static const struct problem *show_line(const struct comparing *comparing,
                                       const struct briefs_offer_row *offer,
                                       struct briefs_line *out)
{
    struct memory *memory = comparing->request->memory;
    struct money free = comparing->view->free;
    struct money pays = offer->price;
    const struct offering_kind *kind = offering_named("photo");
    const struct problem *problem =
        kind ? kind->pays(memory, offer->fees, offer->price, &pays) : NULL;
    if (problem)
        return problem;
    *out = (struct briefs_line){
        .id = offer->deal,
        .state = offer->state,
        .title = offer->title,
        .media = offer->media,
        .href = offer->href,
        .supplier = offer->supplier,
        .supplier_name = offer->supplier_name,
        .supplier_place = offer->supplier_place,
        .price = offer->price,
        .pays = pays,
        .note = offer->note,
        .sum = offer->sum,
        .remark = offer->remark,
        .reason = offer->reason,
        .waits = offer->state == ANSWER_OFFERED || offer->state == ANSWER_SHORTLISTED,
        .affordable = pays.minor <= free.minor,
        .after = {free.minor - pays.minor, free.currency},
        .at = offer->at,
    };
    return show_marks(comparing, offer, &out->marks);
}

static const struct problem *load_offers(const struct comparing *comparing,
                                         struct briefs_offer_row_list *out)
{
    struct request *request = comparing->request;
    struct call_id brief = comparing->input->brief;
    return comparing->view->by_price
               ? briefs_offers_by_price(request->db, request->memory, brief, out)
               : briefs_offers_by_sum(request->db, request->memory, brief, out);
}

/* The one asked for; or else the first that waits. */
static struct briefs_line *choose(struct maybe_deal_id asked, struct briefs_line *waiting,
                                  size_t waiting_count, struct briefs_line *decided,
                                  size_t decided_count)
{
    for (size_t i = 0; asked.present && i < waiting_count + decided_count; i++) {
        struct briefs_line *line = i < waiting_count ? &waiting[i] : &decided[i - waiting_count];
        if (line->id.value == asked.value.value)
            return line;
    }
    return waiting_count ? &waiting[0] : NULL;
}

/* Who gets what of the one looked at, if it is taken now. */
static const struct problem *show_sums(const struct request *request,
                                       const struct briefs_offer_row_list *offers,
                                       struct briefs_line *line)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && line->waits && i < offers->count; i++) {
        const struct briefs_offer_row *offer = &offers->items[i];
        if (offer->deal.value == line->id.value)
            problem =
                briefs_sum_of(request, offer->fees, offer->supplier, offer->price, &line->sums);
    }
    if (problem || line->sums.count == 0)
        return problem;
    line->gets = (struct maybe_money){true, line->sums.items[0].gets};
    line->extra = line->sums.items[0].extra;
    return NULL;
}

static const struct problem *show_offers(const struct comparing *comparing)
{
    struct briefs_compare *view = comparing->view;
    struct briefs_offer_row_list offers;
    const struct problem *problem = load_offers(comparing, &offers);
    if (problem)
        return problem;
    struct memory *memory = comparing->request->memory;
    struct briefs_line *waiting = memory_take_array(memory, offers.count, sizeof *waiting);
    struct briefs_line *decided = memory_take_array(memory, offers.count, sizeof *decided);
    if (!waiting || !decided)
        return &out_of_memory;
    size_t waiting_count = 0;
    size_t decided_count = 0;
    for (size_t i = 0; i < offers.count; i++) {
        struct briefs_line line;
        problem = show_line(comparing, &offers.items[i], &line);
        if (problem)
            return problem;
        view->fees = view->fees || line.pays.minor != line.price.minor;
        if (line.waits)
            waiting[waiting_count++] = line;
        else
            decided[decided_count++] = line;
    }
    struct briefs_line *chosen =
        choose(comparing->input->offer, waiting, waiting_count, decided, decided_count);
    if (chosen) {
        chosen->current = true;
        problem = show_sums(comparing->request, &offers, chosen);
    }
    view->offers = (struct briefs_line_list){waiting, waiting_count};
    view->decided = (struct briefs_line_list){decided, decided_count};
    view->chosen = (struct briefs_line_list){chosen, chosen ? 1 : 0};
    return problem;
}

static const struct problem *show_counts(const struct comparing *comparing,
                                         const struct briefs_brief_row *brief)
{
    struct request *request = comparing->request;
    struct briefs_compare *view = comparing->view;
    struct briefs_counts counts;
    struct ledger_balance balance;
    const struct problem *problem =
        briefs_counts_of(request->db, request->memory, brief->call, &counts);
    if (!problem)
        problem = ledger_balance(request->db, request->memory, brief->organisation, ACCOUNT_WALLET,
                                 brief->budget.currency, &balance);
    if (problem)
        return problem;
    view->received = counts.received;
    view->waiting = counts.waiting;
    view->accepted = counts.accepted;
    view->thanked = counts.thanked;
    view->agreed = (struct money){counts.agreed_minor, brief->budget.currency};
    view->most = (struct money){brief->budget.minor * brief->wanted, brief->budget.currency};
    view->free = balance.free;
    return NULL;
}

const struct problem *briefs_compare_show(struct request *request,
                                          const struct briefs_compare_query *input,
                                          struct briefs_compare *view)
{
    struct comparing comparing = {.request = request, .input = input, .view = view};
    struct briefs_brief_row brief;
    const struct problem *problem =
        briefs_brief_by_id(request->db, request->memory, input->brief, &brief);
    if (!problem && brief.organisation.value != request->viewer.organisation.value)
        problem = &not_found;
    if (!problem)
        problem = briefs_criteria_of(request->memory, brief.criteria, &view->criteria);
    if (!problem)
        problem = show_counts(&comparing, &brief);
    if (problem)
        return problem;
    briefs_criteria_read(brief.criteria, &comparing.criteria);
    view->brief = briefs_card_of(&brief);
    view->body = brief.body;
    view->by_price = input->sort.present && text_is(input->sort.value, "price");
    view->decide_by = briefs_lapse_at(brief.until);
    return show_offers(&comparing);
}

/* ---- what is done with them ------------------------------------------------------------------- */

static void go_back(struct request *request, const char *notice, struct call_id brief)
{
    request_go_saying(request, notice, "/biz/briefs/%s", id_text("cal", brief.value).text);
}

static struct briefs_choice choice_of(const struct request *request, struct call_id brief,
                                      enum briefs_offer_event event)
{
    return (struct briefs_choice){
        .brief = brief,
        .organisation = request->viewer.organisation,
        .person = request->viewer.person,
        .event = event,
        .reason = text_of(""),
        .once = event == ANSWER_ACCEPT ? request->once : text_of(""),
    };
}

static const struct problem *pick(struct request *request, const struct briefs_pick_input *input,
                                  enum briefs_offer_event event, const char *notice,
                                  struct briefs_ended *view)
{
    struct briefs_choice choice = choice_of(request, input->brief, event);
    choice.offers = input->offer.items;
    choice.count = input->offer.count;
    const struct problem *problem =
        briefs_choose(request->store, request->memory, &choice, request->now, &view->moved);
    if (problem)
        return request_blame(request, "offer", problem);
    go_back(request, notice, input->brief);
    return NULL;
}

const struct problem *briefs_pick_accept(struct request *request,
                                         const struct briefs_pick_input *input,
                                         struct briefs_ended *view)
{
    return pick(request, input, ANSWER_ACCEPT, "briefs.accepted", view);
}

const struct problem *briefs_pick_shortlist(struct request *request,
                                            const struct briefs_pick_input *input,
                                            struct briefs_ended *view)
{
    return pick(request, input, ANSWER_SHORTLIST, "briefs.shortlisted", view);
}

const struct problem *briefs_pick_return(struct request *request,
                                         const struct briefs_pick_input *input,
                                         struct briefs_ended *view)
{
    return pick(request, input, ANSWER_RETURN, "briefs.returned", view);
}

const struct problem *briefs_thank(struct request *request, const struct briefs_thank_input *input,
                                   struct briefs_ended *view)
{
    struct briefs_choice choice = choice_of(request, input->brief, ANSWER_THANK);
    choice.reason = text_trim(input->reason);
    if (input->offer.present) {
        choice.offers = &input->offer.value;
        choice.count = 1;
    }
    const struct problem *problem =
        briefs_choose(request->store, request->memory, &choice, request->now, &view->moved);
    if (problem)
        return request_blame(request, "reason", problem);
    go_back(request, "briefs.thanked", input->brief);
    return NULL;
}

const struct problem *briefs_score_keep(struct request *request,
                                        const struct briefs_score_input *input,
                                        struct nothing *view)
{
    const struct maybe_integer typed[BRIEFS_CRITERIA] = {input->score_1, input->score_2,
                                                         input->score_3, input->score_4,
                                                         input->score_5, input->score_6};
    int64_t scores[BRIEFS_CRITERIA];
    char written[BRIEFS_CRITERIA + 1];
    (void)view;
    for (size_t i = 0; i < BRIEFS_CRITERIA; i++)
        scores[i] = typed[i].present ? typed[i].value : 0;
    briefs_scores_write(written, scores);
    struct text remark = input->remark.present ? text_trim(input->remark.value) : text_of("");
    const struct problem *problem =
        briefs_score(request->store, request->memory, input->offer, request->viewer.organisation,
                     text_of(written), remark);
    if (problem)
        return problem;
    struct id_text offer = id_text("del", input->offer.value);
    request_go_saying(request, "briefs.scored", "/biz/briefs/%s?offer=%s",
                      id_text("cal", input->brief.value).text, offer.text);
    return NULL;
}
