/*
 * The front page: real photographs, the newest sum with its reason, what it earned others.
 *
 * Every figure is counted over so many of the newest that the page stays cheap. An empty installation
 * shows the same page with a worked example. Must not know: other modules. Read next: public_queries.sql.
 */
#include "modules/stock/public.h"
#include "modules/stock/public_queries.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"

enum { FRONT_PICTURES = 4, PEOPLE_COUNTED = 5000, TOO_FEW = 5 };

static const struct problem *show_pictures(struct request *request, struct stock_public_front *view)
{
    struct stock_public_card_row_list rows;
    const struct problem *problem =
        stock_public_liked(request->db, request->memory, FRONT_PICTURES, &rows);
    struct stock_public_card_list cards = {NULL, 0};
    if (!problem)
        problem = stock_public_cards(request->memory, &rows, FRONT_PICTURES, &cards);
    if (problem || cards.count == 0)
        return problem;
    view->hero = (struct stock_public_card_list){cards.items, 1};
    if (cards.count == FRONT_PICTURES)
        view->strip = (struct stock_public_card_list){cards.items + 1, FRONT_PICTURES - 1};
    struct stock_count licences;
    problem = stock_public_licensed(request->db, request->memory, cards.items[0].id, &licences);
    view->hero_licences = problem ? 0 : licences.number;
    return problem;
}

static const struct problem *sum_of_sale(struct request *request,
                                         const struct stock_public_sale_row *sale,
                                         struct stock_public_sum *out)
{
    struct stock_kept kept = {
        .price = sale->price,
        .level = sale->level,
        .counted = sale->counted,
        .rate = sale->rate,
        .share_minor = sale->share_minor,
        .earned_minor = sale->earned_minor,
    };
    struct stock_fee_row_list fees;
    const struct problem *problem = stock_fees_of(request->db, request->memory, sale->id, &fees);
    return problem ? problem : stock_public_sum_kept(request, &kept, fees.items, fees.count, out);
}

/* Before the first licence: what one at the suggested price would bring. */
static const struct problem *work_out(const struct request *request, struct stock_public_sum *out)
{
    struct stock_rules rules;
    struct stock_split split;
    const struct problem *problem = stock_rules_now(request->memory, &rules);
    if (!problem)
        problem = stock_public_worked_example(&rules, &split);
    return problem ? problem : stock_public_sum_of(request, &split, out);
}

static const struct problem *show_example(struct request *request, struct stock_public_front *view)
{
    struct stock_public_sale_row sale;
    const struct problem *problem =
        stock_public_last_sale(request->db, request->memory, INT64_MAX, &sale);
    if (problem == &not_found)
        return work_out(request, &view->sum);
    if (!problem)
        problem = sum_of_sale(request, &sale, &view->sum);
    if (problem)
        return problem;
    struct stock_public_example *example = memory_take(request->memory, sizeof *example);
    if (!example)
        return &out_of_memory;
    *example = (struct stock_public_example){
        .photo = sale.photo,
        .title = sale.title,
        .preview = stock_public_preview_of(sale.media, sale.width, sale.height),
        .licence = sale.kind,
        .author_name = sale.author_name,
        .author_place = sale.author_place,
        .holder_name = sale.holder_name,
        .holder_place = sale.holder_place,
        .at = sale.at,
        .sum = view->sum,
    };
    view->examples = (struct stock_public_example_list){example, 1};
    return NULL;
}

static const struct problem *show_earned(struct request *request, struct stock_public_earned *out)
{
    struct stock_public_decisions decisions;
    struct stock_public_figures figures;
    struct currency currency = stock_public_currency();
    const struct problem *problem =
        stock_public_decided(request->db, request->memory, INT64_MAX, &decisions);
    if (!problem)
        problem = stock_public_earned_half(request->db, request->memory, INT64_MAX,
                                           text_of(currency.code), &figures);
    if (problem)
        return problem;
    out->decided = decisions.accepted + decisions.refused;
    if (out->decided > 0)
        out->accepted = (decisions.accepted * 100 + out->decided / 2) / out->decided;
    out->licences = figures.licences;
    /* With a handful of licences the middle one would tell what a single person earned. */
    if (figures.half.present && figures.licences >= TOO_FEW)
        out->half = (struct maybe_money){true, {figures.half.value, currency}};
    return NULL;
}

const struct problem *stock_public_front_show(struct request *request, const struct nothing *input,
                                              struct stock_public_front *view)
{
    struct stock_count people;
    (void)input;
    const struct problem *problem = show_pictures(request, view);
    if (!problem)
        problem = show_example(request, view);
    if (!problem)
        problem = show_earned(request, &view->earned);
    if (!problem)
        problem = stock_public_people(request->db, request->memory, PEOPLE_COUNTED + 1, &people);
    if (problem)
        return problem;
    view->people_more = people.number > PEOPLE_COUNTED;
    view->people = view->people_more ? PEOPLE_COUNTED : people.number;
    return NULL;
}
