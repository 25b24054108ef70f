/*
 * The queue of photographs that wait for a decision, oldest first, and the page around it.
 *
 * A page of the queue begins after a moment and an id, both in the address, so that it stays where it
 * is while others decide. Must not know: what is decided. Read next: desk_photo.c, desk_decide.c.
 */
#include "base/ids.h"
#include "modules/stock/desk_queries.h"
#include "modules/stock/desk_rows.h"

enum { COUNTED = 1000 };

struct text stock_desk_href(struct memory *memory, const struct maybe_stock_photo_id *photo,
                            const struct maybe_instant *after,
                            const struct maybe_stock_photo_id *beyond)
{
    char moment[INSTANT_TEXT_MAX];
    struct text out = {0};
    struct builder b = builder_make(memory, 300);
    builder_add_c(&b, "/desk");
    if (photo->present) {
        builder_add_format(&b, "/photos/%s", id_text("pho", photo->value.value).text);
    }
    if (after->present && beyond->present) {
        instant_print(moment, after->value);
        builder_add_format(&b, "?after=%s&beyond=%s", moment,
                           id_text("pho", beyond->value.value).text);
    }
    return builder_end(&b, &out) ? (struct text){0} : out;
}

static const struct problem *line_of(struct request *request, const struct stock_desk *view,
                                     const struct stock_desk_line_row *row,
                                     struct stock_desk_line *out)
{
    bool appeal = row->state == PHOTO_APPEALED;
    int64_t waited = request->now.ms > row->moved.ms ? request->now.ms - row->moved.ms : 0;
    struct maybe_stock_photo_id photo = {true, row->photo};
    *out = (struct stock_desk_line){
        .photo = row->photo,
        .title = row->title,
        .author_name = row->author_name,
        .clip = row->clip,
        .appeal = appeal,
        .decided_by_you = appeal && row->reviewer.value == request->viewer.person.value,
        .alike = row->like_points * 10000 / 64,
        .since = row->moved,
        .days = waited / DAY,
        .hours = waited % DAY / HOUR,
        .href = stock_desk_href(request->memory, &photo, &view->after, &view->beyond),
    };
    return out->href.data ? NULL : &out_of_memory;
}

static const struct problem *show_queue(struct request *request, struct stock_desk *view)
{
    struct stock_desk_line_row_list rows;
    struct instant after = {view->after.present ? view->after.value.ms : 0};
    struct stock_photo_id beyond = {view->beyond.present ? view->beyond.value.value : 0};
    const struct problem *problem =
        stock_desk_queue(request->db, request->memory, after, beyond, STOCK_DESK_FETCH, &rows);
    if (problem)
        return problem;
    size_t count = rows.count < STOCK_DESK_PAGE ? rows.count : STOCK_DESK_PAGE;
    struct stock_desk_line *lines = memory_take_array(request->memory, count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++)
        problem = line_of(request, view, &rows.items[i], &lines[i]);
    view->queue = (struct stock_desk_line_list){lines, count};
    if (problem || rows.count <= STOCK_DESK_PAGE)
        return problem;
    const struct maybe_stock_photo_id none = {.present = false};
    const struct maybe_instant last = {true, lines[count - 1].since};
    const struct maybe_stock_photo_id and = {true, lines[count - 1].photo};
    view->later.present = true;
    view->later.value = stock_desk_href(request->memory, &none, &last, &and);
    return view->later.value.data ? NULL : &out_of_memory;
}

/* Marks the chosen one in the queue and says what comes after it. */
static void mark(struct stock_desk *view, struct stock_photo_id photo)
{
    struct stock_desk_line *lines = (struct stock_desk_line *)view->queue.items;
    for (size_t i = 0; i < view->queue.count; i++) {
        lines[i].current = lines[i].photo.value == photo.value;
        if (!lines[i].current)
            continue;
        size_t next = i + 1 < view->queue.count ? i + 1 : i - 1;
        if (next < view->queue.count)
            view->next = (struct maybe_stock_photo_id){true, lines[next].photo};
    }
}

static const struct problem *show(struct request *request, struct maybe_stock_photo_id chosen,
                                  struct stock_desk *view)
{
    struct stock_count counted;
    struct stock_desk_photo *photo = memory_take(request->memory, sizeof *photo);
    const struct problem *problem = photo ? show_queue(request, view) : &out_of_memory;
    if (!problem)
        problem = stock_desk_count(request->db, request->memory, &counted);
    if (problem)
        return problem;
    view->waiting_more = counted.number > COUNTED;
    view->waiting = view->waiting_more ? COUNTED : counted.number;
    view->first.present = view->after.present;
    view->first.value = text_of("/desk");
    if (!chosen.present && view->queue.count)
        chosen = (struct maybe_stock_photo_id){true, view->queue.items[0].photo};
    if (!chosen.present)
        return NULL;
    mark(view, chosen.value);
    problem = stock_desk_photo_of(request, chosen.value, photo);
    if (!problem)
        view->photos = (struct stock_desk_photo_list){photo, 1};
    return problem;
}

const struct problem *stock_desk_show(struct request *request, const struct stock_desk_query *input,
                                      struct stock_desk *view)
{
    view->after = input->after;
    view->beyond = input->beyond;
    return show(request, (struct maybe_stock_photo_id){.present = false}, view);
}

const struct problem *stock_desk_photo_show(struct request *request,
                                            const struct stock_desk_photo_query *input,
                                            struct stock_desk *view)
{
    view->after = input->after;
    view->beyond = input->beyond;
    return show(request, (struct maybe_stock_photo_id){true, input->photo}, view);
}

const struct problem *stock_desk_waiting(struct request *request, int64_t *out)
{
    struct stock_count counted;
    const struct problem *problem = stock_desk_count(request->db, request->memory, &counted);
    *out = problem ? 0 : counted.number;
    return problem;
}
