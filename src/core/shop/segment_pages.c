/*
 * Segments as the business sees them: make one, see who is in it now, count all, take it away.
 *
 * Must not know: SQL, HTML. Read next: core/shop/segment.h.
 */
#include "core/shop/segment_pages.h"

#include "base/ids.h"
#include "core/shop/parts.h"
#include "core/shop/segment.shapes.h"
#include "core/shop/segment_queries.h"

enum { SHOWN = 50, STEPS = 10 /* of SEGMENT_STEP customers, for one page */ };

static struct maybe_text if_any(struct text text)
{
    return (struct maybe_text){text.size > 0, text};
}

static struct maybe_integer if_some(int64_t number)
{
    return (struct maybe_integer){number > 0, number};
}

static struct segment_card card_of(const struct segment_row *row)
{
    bool counted = row->counted_at.ms != 0;
    return (struct segment_card){
        .segment = row->id,
        .name = row->name,
        .within_days = if_some(row->within_days),
        .idle_days = if_some(row->idle_days),
        .orders_least = if_some(row->orders_least),
        .sum_least = row->sum_least,
        .product = if_any(row->product),
        .category = if_any(row->category),
        .country = if_any(row->country),
        .reason = row->reason,
        .counted = {counted, row->counted},
        .counted_at = {counted, row->counted_at},
        .at = row->at,
    };
}

const struct problem *core_segments_show(struct request *request,
                                         const struct segments_query *query,
                                         struct segments_view *view)
{
    struct segment_row_list rows;
    struct segment_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem =
        segments_listed(request->db, request->memory, request->viewer.organisation, before, &rows);
    if (!problem)
        problem =
            list_cut(request->memory, &segment_row_shape, &rows, SHOWN, &view->later, "?before=");
    if (problem)
        return problem;
    struct segment_card *cards = memory_take_array(request->memory, rows.count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++)
        cards[i] = card_of(&rows.items[i]);
    view->segments = (struct segment_card_list){cards, rows.count};
    view->later_page = query->before.present;
    view->may = request->viewer.role >= MEMBER_BUYER;
    return NULL;
}

/* ---- one -------------------------------------------------------------------------------------- */

static const struct problem *show_members(struct request *request, const struct segment_row *row,
                                          struct customer_id after, struct segment_view *view)
{
    struct customer_card *cards = memory_take_array(request->memory, SHOWN, sizeof *cards);
    struct customer_id last = after;
    const struct problem *problem = cards ? NULL : &out_of_memory;
    size_t count = 0;
    bool over = false;
    bool full = false;
    for (int i = 0; !problem && !over && !full && i < STEPS; i++) {
        struct customer_row_list members = {0};
        problem =
            segment_next(request->db, request->memory, row, request->now, &after, &members, &over);
        for (size_t j = 0; !problem && !full && j < members.count; j++) {
            full = count == SHOWN;
            if (!full)
                cards[count++] = customer_card_of(&members.items[j]);
            last = full ? last : members.items[j].id;
        }
        last = full ? last : after;
    }
    view->members = (struct customer_card_list){cards, count};
    return problem || (over && !full)
               ? problem
               : maybe_text_format(request->memory, &view->later, "?after=%s",
                                   id_text("cus", last.value).text);
}

static const struct problem *show_count(struct request *request, const struct segment_row *row,
                                        struct segment_view *view)
{
    struct customer_id after = {0};
    const struct problem *problem = NULL;
    for (int i = 0; !problem && !view->all && i < STEPS; i++) {
        int64_t count = 0;
        problem = segment_count_next(request->db, request->memory, row, request->now, &after,
                                     &count, &view->all);
        view->count += count;
        view->looked_at += SEGMENT_STEP;
    }
    return problem;
}

const struct problem *core_segment_show(struct request *request, const struct segment_query *query,
                                        struct segment_view *view)
{
    struct segment_row row;
    struct customer_id after = query->after.present ? query->after.value : (struct customer_id){0};
    const struct problem *problem = segment_of(request->db, request->memory, query->segment,
                                               request->viewer.organisation, &row);
    if (problem)
        return problem;
    view->card = card_of(&row);
    view->may = request->viewer.role >= MEMBER_BUYER;
    problem = show_count(request, &row, view);
    return problem ? problem : show_members(request, &row, after, view);
}

/* ---- doing ------------------------------------------------------------------------------------ */

static const struct problem *insert(struct database *db, struct memory *memory, void *context)
{
    const struct segment_row *row = context;
    const struct problem *problem = segment_insert(db, memory, row);
    return problem ? problem
                   : job_enqueue(db, memory, &segment_job, row->id.value, text_of(""), row->at);
}

/* Letters of a country as everybody writes them. */
static struct text capitals(struct memory *memory, struct text country)
{
    struct text copy = text_copy(memory, country);
    char *letters = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; letters && i < copy.size; i++)
        if (letters[i] >= 'a' && letters[i] <= 'z')
            letters[i] = (char)(letters[i] - 'a' + 'A');
    return copy;
}

const struct problem *core_segment_make(struct request *request, const struct segment_form *input,
                                        struct segment_made *view)
{
    struct segment_row row = {
        .id = {id_new()},
        .business = request->viewer.organisation,
        .name = input->name,
        .within_days = input->within_days.present ? input->within_days.value : 0,
        .idle_days = input->idle_days.present ? input->idle_days.value : 0,
        .orders_least = input->orders_least.present ? input->orders_least.value : 0,
        .sum_least = input->sum_least,
        .product = text_or_empty(input->product),
        .category = text_or_empty(input->category),
        .country = capitals(request->memory, text_or_empty(input->country)),
        .reason = input->reason,
        .at = request->now,
    };
    if (!row.country.data)
        return &out_of_memory;
    if (row.within_days && row.idle_days >= row.within_days)
        return request_refuse(request, "idle_days", "segment.wrong.nobody");
    view->segment = row.id;
    const struct problem *problem = store_write(request->store, request->memory, insert, &row);
    if (!problem)
        request_go(request, "/biz/segments/%s", id_text("seg", row.id.value).text);
    return problem;
}

static const struct problem *count_anew(struct database *db, struct memory *memory, void *context)
{
    const struct segment_row *row = context;
    return job_enqueue(db, memory, &segment_job, row->id.value, text_of(""), clock_now());
}

const struct problem *core_segment_count(struct request *request, const struct segment_do *input,
                                         struct segment_made *view)
{
    struct segment_row row;
    const struct problem *problem = segment_of(request->db, request->memory, input->segment,
                                               request->viewer.organisation, &row);
    view->segment = input->segment;
    if (!problem)
        problem = store_write(request->store, request->memory, count_anew, &row);
    if (!problem)
        request_go_saying(request, "segment.counting", "/biz/segments/%s",
                          id_text("seg", input->segment.value).text);
    return problem;
}

struct ending {
    struct segment_id segment;
    struct party_id business;
    struct instant at;
};

static const struct problem *end(struct database *db, struct memory *memory, void *context)
{
    const struct ending *ending = context;
    struct segment_number number;
    return segment_end(db, memory, ending->segment, ending->business, ending->at, &number);
}

const struct problem *core_segment_end(struct request *request, const struct segment_do *input,
                                       struct nothing *view)
{
    struct ending ending = {input->segment, request->viewer.organisation, request->now};
    (void)view;
    const struct problem *problem = store_write(request->store, request->memory, end, &ending);
    if (!problem)
        request_go_saying(request, "segment.ended", "/biz/segments");
    return problem;
}
