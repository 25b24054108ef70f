/*
 * One's own photograph: where it stands and why, what can be said and done about it, what it brought.
 *
 * Must not know: how it is changed. Read next: me_describe.c, states.c.
 */
#include "base/log.h"
#include "core/flow_queries.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/states.h"
#include "modules/stock/stock.shapes.h"

/* "4.00", as money_parse() reads it. */
static struct text typed(struct memory *memory, struct money price)
{
    struct builder out = builder_make(memory, 64);
    struct text text;
    builder_add_money(&out, price);
    return builder_end(&out, &text) ? (struct text){NULL, 0} : text;
}

static const struct problem *show_price(const struct request *request,
                                        const struct stock_rules *rules, int64_t counted,
                                        struct money price, struct stock_me_price *out)
{
    struct stock_split split;
    *out = (struct stock_me_price){.price = price, .typed = text_of("")};
    if (price.minor == 0)
        return NULL;
    const struct problem *problem = stock_split_price(price, rules, counted, &split);
    out->typed = typed(request->memory, price);
    out->earned = (struct maybe_money){true, split.sum.gets};
    return problem;
}

static const struct problem *show_prices(struct request *request,
                                         const struct stock_photo_row *photo,
                                         struct stock_me_photo_page *view)
{
    struct stock_me_price *const prices[] = {
        [LICENCE_STANDARD] = &view->standard,
        [LICENCE_EXTENDED] = &view->extended,
        [LICENCE_EDITORIAL] = &view->editorial,
        [LICENCE_BUYOUT] = &view->buyout,
    };
    struct stock_split now;
    struct stock_rules rules;
    struct money none = {0, stock_me_currency()};
    const struct problem *problem = stock_rules_now(request->memory, &rules);
    if (!problem)
        problem = stock_split_for(request->db, request->memory, &rules, photo->author, none,
                                  request->now, &now);
    if (problem)
        return problem;
    view->level = now.level;
    view->rate = now.rate;
    view->handling = stock_only_handling(&now.sum);
    view->currency = photo->currency;
    for (int kind = LICENCE_STANDARD; !problem && kind <= LICENCE_BUYOUT; kind++)
        problem = show_price(request, &rules, now.counted,
                             stock_list_price(photo, (enum stock_licence_kind)kind), prices[kind]);
    return problem;
}

/* The photograph it resembles. Of somebody else's only what the catalogue shows anyway. */
static const struct problem *show_alike(struct request *request,
                                        const struct stock_photo_row *photo,
                                        struct stock_me_photo_page *view)
{
    struct stock_photo_row other;
    if (!photo->like_photo.present)
        return NULL;
    const struct problem *problem =
        stock_photo_by_id(request->db, request->memory, photo->like_photo.value, &other);
    if (problem)
        return problem == &not_found ? NULL : problem;
    bool own = other.author.value == photo->author.value;
    if (!own && other.state != PHOTO_ACCEPTED)
        return NULL;
    struct stock_me_alike *alike = memory_take(request->memory, sizeof *alike);
    if (!alike)
        return &out_of_memory;
    *alike = (struct stock_me_alike){
        .photo = other.id,
        .title = other.title.size ? other.title : other.file,
        .own = own,
        .author_name = other.author_name,
        .preview = stock_public_preview_of(other.media, other.width, other.height),
        .points = photo->like_points * 10000 / 64,
    };
    view->alike = (struct stock_me_alike_list){alike, 1};
    return NULL;
}

static const struct problem *show_sales(struct request *request, struct stock_me_photo_page *view)
{
    struct stock_me_line_row_list rows;
    const struct problem *problem =
        stock_me_sales(request->db, request->memory, view->id, request->viewer.person, &rows);
    if (problem)
        return problem;
    struct stock_me_sale *items = memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct stock_me_line_row *row = &rows.items[i];
        items[i] = (struct stock_me_sale){
            .licence = row->id,
            .kind = row->kind,
            .holder_name = row->holder_name,
            .price = row->price,
            .earned = {row->earned_minor - row->back_earned_minor, row->price.currency},
            .ended = row->ended.ms != 0,
            .at = row->at,
        };
    }
    view->sales = (struct stock_me_sale_list){items, rows.count};
    return NULL;
}

/* The history, newest first; what the operator and the person said last stands out. */
static const struct problem *show_steps(struct request *request, struct stock_me_photo_page *view)
{
    struct flow_step_list history;
    const struct problem *problem =
        flow_history(request->db, request->memory, view->id.value, &history);
    if (problem)
        return problem;
    struct stock_me_step *steps = memory_take_array(request->memory, history.count, sizeof *steps);
    if (!steps)
        return &out_of_memory;
    for (size_t i = 0; i < history.count; i++) {
        const struct flow_step *from = &history.items[i];
        bool refused = text_is(from->event, "refuse");
        int state = words_value(&stock_photo_state_words, from->to_state);
        ensure(state != 0);
        steps[history.count - 1 - i] = (struct stock_me_step){
            .state = (enum stock_photo_state)state,
            .own = from->actor.value == request->viewer.person.value,
            .note = from->note,
            .at = from->at,
        };
        if (refused)
            view->note = from->note;
        if (refused || text_is(from->event, "accept"))
            view->decided = (struct maybe_instant){true, from->at};
        if (text_is(from->event, "appeal"))
            view->appealed = from->note;
    }
    view->steps = (struct stock_me_step_list){steps, history.count};
    return NULL;
}

static const struct problem *show_record(struct request *request, struct stock_me_photo_page *view)
{
    int64_t counts[PHOTO_SOLD + 1];
    const struct problem *problem = stock_me_count_states(request, counts);
    if (problem)
        return problem;
    view->refused = counts[PHOTO_REFUSED] + counts[PHOTO_APPEALED] + counts[PHOTO_CLOSED];
    view->counted = view->refused + counts[PHOTO_ACCEPTED] + counts[PHOTO_SOLD];
    return NULL;
}

static void show_facts(const struct request *request, const struct stock_photo_row *photo,
                       struct stock_me_photo_page *view)
{
    *view = (struct stock_me_photo_page){
        .id = photo->id,
        .name = photo->title.size ? photo->title : photo->file,
        .title = photo->title,
        .file = photo->file,
        .description = photo->description,
        .tags = photo->tags,
        .category = photo->category,
        .state = photo->state,
        .preview = stock_public_preview_of(photo->media, photo->width, photo->height),
        .format = photo->format,
        .size = photo->size,
        .clip = photo->clip,
        .seconds = (photo->duration + SECOND / 2) / SECOND,
        .camera = photo->camera,
        .taken = photo->taken,
        .licences = photo->licences,
        .at = photo->at,
        .moved = photo->moved,
        .may_describe = photo->state == PHOTO_DRAFT || photo->state == PHOTO_REFUSED ||
                        photo->state == PHOTO_ACCEPTED || photo->state == PHOTO_WITHDRAWN,
        .may_withdraw =
            flow_possible(&stock_photo_flow, (int)photo->state, PHOTO_WITHDRAW, BY_SUPPLIER),
        .appeal_until = instant_add(photo->moved, STOCK_APPEAL_WITHIN),
        .reason = photo->reason,
        .reason_says = stock_me_say(request, "stock.me.reason", photo->reason),
        .rule = stock_me_say(request, "stock.me.rule", photo->reason),
    };
    view->may_appeal = photo->state == PHOTO_REFUSED && request->now.ms <= view->appeal_until.ms;
}

const struct problem *stock_me_photo_show(struct request *request,
                                          const struct stock_me_photo_query *input,
                                          struct stock_me_photo_page *view)
{
    struct stock_photo_row photo;
    const struct problem *problem = stock_photo_of_author(
        request->db, request->memory, input->photo, request->viewer.person, &photo);
    if (problem)
        return problem;
    show_facts(request, &photo, view);
    problem = stock_words_version(request->memory, &photo, &view->version);
    if (!problem)
        problem = show_prices(request, &photo, view);
    if (!problem)
        problem = show_alike(request, &photo, view);
    if (!problem)
        problem = show_sales(request, view);
    if (!problem)
        problem = show_steps(request, view);
    return problem ? problem : show_record(request, view);
}
