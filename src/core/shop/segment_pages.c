/*
 * Segments as the business sees them: make one, see who is in it now, change it, count all, take it away.
 *
 * Must not know: SQL, HTML. Read next: core/shop/segment.h.
 */
#include "core/shop/segment_pages.h"

#include "base/ids.h"
#include "core/shop/parts.h"
#include "core/shop/segment.shapes.h"
#include "core/shop/segment_pages.shapes.h"
#include "core/shop/segment_queries.h"
#include "web/version.h"

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

/* What can be changed of it. */
static struct segment_form form_of(const struct segment_row *row)
{
    return (struct segment_form){
        .name = row->name,
        .within_days = if_some(row->within_days),
        .idle_days = if_some(row->idle_days),
        .orders_least = if_some(row->orders_least),
        .sum_least = row->sum_least,
        .product = if_any(row->product),
        .category = if_any(row->category),
        .country = if_any(row->country),
        .reason = row->reason,
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

static struct text typed_number(struct memory *memory, int64_t number)
{
    return number > 0 ? text_format(memory, "%lld", (long long)number) : text_of("");
}

static const struct problem *show_typed(struct memory *memory, const struct segment_row *row,
                                        struct segment_typed *out)
{
    struct builder sum = builder_make(memory, 40);
    *out = (struct segment_typed){
        .within_days = typed_number(memory, row->within_days),
        .idle_days = typed_number(memory, row->idle_days),
        .orders_least = typed_number(memory, row->orders_least),
        .product = row->product,
        .category = row->category,
        .country = row->country,
    };
    if (row->sum_least.present) {
        builder_add_money(&sum, row->sum_least.value);
        out->currency = text_copy(memory, text_of(row->sum_least.value.currency.code));
    }
    return out->within_days.data && out->idle_days.data && out->orders_least.data
               ? builder_end(&sum, &out->sum_least)
               : &out_of_memory;
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
    struct segment_form now = form_of(&row);
    problem = version_of(request->memory, &segment_form_shape, &now, &view->version);
    if (!problem)
        problem = show_typed(request->memory, &row, &view->typed);
    if (problem)
        return problem;
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

static struct segment_row row_of(struct request *request, struct segment_id id,
                                 const struct segment_form *input)
{
    return (struct segment_row){
        .id = id,
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
}

static const struct problem *refuse(struct request *request, const struct segment_row *row)
{
    if (!row->country.data)
        return &out_of_memory;
    return row->within_days && row->idle_days >= row->within_days
               ? request_refuse(request, "idle_days", "segment.wrong.nobody")
               : NULL;
}

const struct problem *core_segment_make(struct request *request, const struct segment_form *input,
                                        struct segment_made *view)
{
    struct segment_row row = row_of(request, (struct segment_id){id_new()}, input);
    view->segment = row.id;
    const struct problem *problem = refuse(request, &row);
    if (!problem)
        problem = store_write(request->store, request->memory, insert, &row);
    if (!problem)
        request_go(request, "/biz/segments/%s", id_text("seg", row.id.value).text);
    return problem;
}

struct changing {
    struct segment_row *row; /* as it is to be; made when it was made */
    struct maybe_text seen;
};

static const struct problem *change(struct database *db, struct memory *memory, void *context)
{
    const struct changing *changing = context;
    struct segment_row *row = changing->row;
    struct segment_row found;
    struct segment_number number;
    const struct problem *problem = segment_of(db, memory, row->id, row->business, &found);
    if (problem)
        return problem;
    const struct segment_form now = form_of(&found), wanted = form_of(row);
    row->at = found.at;
    problem = version_check(memory, changing->seen, &segment_form_shape, &now, &wanted);
    if (!problem)
        problem = segment_set(db, memory, row, &number);
    return problem ? problem
                   : job_enqueue(db, memory, &segment_job, row->id.value, text_of(""), clock_now());
}

const struct problem *core_segment_change(struct request *request,
                                          const struct segment_change *input,
                                          struct segment_made *view)
{
    const struct segment_form form = {input->name,         input->within_days, input->idle_days,
                                      input->orders_least, input->sum_least,   input->product,
                                      input->category,     input->country,     input->reason};
    struct segment_row row = row_of(request, input->segment, &form);
    struct changing changing = {&row, input->version};
    view->segment = input->segment;
    const struct problem *problem = refuse(request, &row);
    if (!problem)
        problem = store_write(request->store, request->memory, change, &changing);
    if (!problem)
        request_go_saying(request, "segment.changed", "/biz/segments/%s",
                          id_text("seg", row.id.value).text);
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
