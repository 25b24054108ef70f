/*
 * A person's photographs and the files that are still on their way to become some.
 *
 * Must not know: one photograph's page, how files are looked at. Read next: me_photo.c, take.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/states.h"
#include "modules/stock/stock.shapes.h"

enum { ARRIVALS_BESIDE = 5, ARRIVALS_UNDER = 10 };

/* ---- photographs ------------------------------------------------------------------------------ */

static struct stock_me_photo photo_of(const struct request *request,
                                      const struct stock_me_photo_row *row)
{
    struct instant appeal = instant_add(row->moved, STOCK_APPEAL_WITHIN);
    struct stock_me_photo photo = {
        .id = row->id,
        .title = row->title.size ? row->title : row->file,
        .named = row->title.size > 0,
        .preview = stock_public_preview_of(row->media, row->width, row->height),
        .clip = row->clip,
        .state = row->state,
        .price = {.minor = row->from_minor},
        .reason = stock_me_say(request, "stock.me.reason", row->reason),
        .licences = row->licences,
        .at = row->at,
        .moved = row->moved,
        .appeal = {row->state == PHOTO_REFUSED && appeal.ms >= request->now.ms, appeal},
    };
    ensure(currency_parse(row->currency, &photo.price.currency));
    return photo;
}

const struct problem *stock_me_photos_of(const struct request *request,
                                         const struct stock_me_photo_row_list *rows, size_t most,
                                         struct stock_me_photo_list *out)
{
    size_t count = rows->count < most ? rows->count : most;
    struct stock_me_photo *items = memory_take_array(request->memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++)
        items[i] = photo_of(request, &rows->items[i]);
    *out = (struct stock_me_photo_list){items, count};
    return NULL;
}

const struct problem *stock_me_count_states(struct request *request, int64_t *counts)
{
    struct stock_me_state_row_list rows;
    for (int state = 0; state <= PHOTO_SOLD; state++)
        counts[state] = 0;
    const struct problem *problem =
        stock_me_states(request->db, request->memory, request->viewer.person, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++)
        counts[rows.items[i].state] = rows.items[i].number;
    return problem;
}

/* ---- files that arrived ----------------------------------------------------------------------- */

/* Why a file was not kept: the problem's own sentence, or its name when nobody wrote one. */
static struct text why_of(const struct request *request, struct text problem)
{
    struct text why = stock_me_say(request, "stock.me.arrival", problem);
    if (why.size == 0)
        why = stock_me_say(request, "problem", problem);
    return why.size ? why : problem;
}

static const struct problem *arrivals_of(const struct request *request,
                                         const struct stock_me_arrival_row_list *rows,
                                         struct stock_me_arrival_list *out)
{
    struct stock_me_arrival *items = memory_take_array(request->memory, rows->count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows->count; i++) {
        const struct stock_me_arrival_row *row = &rows->items[i];
        items[i] = (struct stock_me_arrival){
            .id = row->id,
            .file = row->file,
            .size = row->size,
            .photo = row->photo,
            .draft = row->state.present && text_is(row->state.value, "draft"),
            .hash = row->media.present ? row->media.value : text_of(""),
            .problem = row->problem,
            .why = row->problem.size ? why_of(request, row->problem) : text_of(""),
            .at = row->at,
        };
    }
    *out = (struct stock_me_arrival_list){items, rows->count};
    return NULL;
}

/* The newest arrivals of the last day and how all of that day fared. */
static const struct problem *show_newest(struct request *request, size_t most,
                                         struct stock_me_arrived *arrived,
                                         struct stock_me_arrival_list *out)
{
    struct stock_me_arrived_row row;
    struct stock_me_arrival_row_list rows = {NULL, 0};
    struct party_id person = request->viewer.person;
    int64_t since = id_first_at(instant_add(request->now, -DAY));
    const struct problem *problem =
        stock_me_arrived(request->db, request->memory, person, since, &row);
    if (problem)
        return problem;
    *arrived = (struct stock_me_arrived){
        .all = row.waiting + row.ready + row.refused,
        .waiting = row.waiting,
        .ready = row.ready,
        .refused = row.refused,
    };
    if (arrived->all > 0)
        problem = stock_me_arrivals(request->db, request->memory, person, INT64_MAX, (int64_t)most,
                                    &rows);
    return problem ? problem : arrivals_of(request, &rows, out);
}

const struct problem *stock_me_arrivals_show(struct request *request,
                                             const struct stock_me_arrivals_query *input,
                                             struct stock_me_arrivals *view)
{
    struct stock_me_arrival_row_list rows;
    struct stock_me_arrival_list newest;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem = show_newest(request, 1, &view->arrived, &newest);
    if (!problem)
        problem = stock_me_arrivals(request->db, request->memory, request->viewer.person, before,
                                    STOCK_ME_LINES + 1, &rows);
    if (!problem)
        problem = list_cut(request->memory, &stock_me_arrival_row_shape, &rows, STOCK_ME_LINES,
                           &view->more, "/me/arrivals?before=");
    return problem ? problem : arrivals_of(request, &rows, &view->arrivals);
}

const struct problem *stock_me_offer_show(struct request *request, const struct nothing *input,
                                          struct stock_me_offer *view)
{
    (void)input;
    view->photo_bytes = media_standard_limits.photo_bytes;
    view->clip_bytes = media_standard_limits.clip_bytes;
    view->edge = media_standard_limits.edge;
    return show_newest(request, ARRIVALS_UNDER, &view->arrived, &view->arrivals);
}

/* ---- the list --------------------------------------------------------------------------------- */

/* The tabs, and the states behind each. */
static const struct {
    const char *name;
    const char *states[3];
} tabs[] = {
    {"waiting", {"draft", "refused", ""}},
    {"reading", {"waiting", "appealed", ""}},
    {"catalogue", {"accepted", "", ""}},
    {"ended", {"withdrawn", "sold", "closed"}},
};

static size_t tab_of(struct maybe_text which)
{
    for (size_t i = 1; which.present && i < sizeof tabs / sizeof tabs[0]; i++) {
        if (text_is(which.value, tabs[i].name))
            return i;
    }
    return 0;
}

static const struct problem *show_counts(struct request *request, struct stock_me_offers *view)
{
    int64_t counts[PHOTO_SOLD + 1];
    const struct problem *problem = stock_me_count_states(request, counts);
    if (problem)
        return problem;
    view->waiting = counts[PHOTO_DRAFT] + counts[PHOTO_REFUSED];
    view->reading = counts[PHOTO_WAITING] + counts[PHOTO_APPEALED];
    view->catalogue = counts[PHOTO_ACCEPTED];
    view->ended = counts[PHOTO_WITHDRAWN] + counts[PHOTO_SOLD] + counts[PHOTO_CLOSED];
    view->none = view->waiting + view->reading + view->catalogue + view->ended == 0;
    return NULL;
}

const struct problem *stock_me_offers_show(struct request *request,
                                           const struct stock_me_offers_query *input,
                                           struct stock_me_offers *view)
{
    size_t tab = tab_of(input->which);
    const char *const *states = tabs[tab].states;
    struct stock_me_photo_row_list rows;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem = show_counts(request, view);
    if (!problem)
        problem = stock_me_photos(request->db, request->memory, request->viewer.person,
                                  text_of(states[0]), text_of(states[1]), text_of(states[2]),
                                  before, STOCK_ME_FETCH, &rows);
    if (!problem)
        problem = list_cut(request->memory, &stock_me_photo_row_shape, &rows, STOCK_ME_PAGE,
                           &view->more, "/me/offers?which=%s&before=", tabs[tab].name);
    if (!problem)
        problem = stock_me_photos_of(request, &rows, STOCK_ME_PAGE, &view->photos);
    if (!problem)
        problem = show_newest(request, ARRIVALS_BESIDE, &view->arrived, &view->arrivals);
    view->which = text_of(tabs[tab].name);
    view->later = input->before.present;
    return problem;
}
