/*
 * Licences of all businesses, newest first, found by an id or by words of the photograph's title, its
 * author or the business.
 *
 * Words are compared page of rows by page of rows, as in a business' own library, and a page of results
 * ends at the latest after LOOKED_AT rows. Must not know: what is given back. Read next: desk_licence.c.
 */
#include "modules/stock/desk_licences.h"

#include "base/ids.h"
#include "core/search/search.h"
#include "modules/stock/desk_licences_queries.h"
#include "modules/stock/matching.h"
#include "modules/stock/public_rows.h"

enum { PAGE = 50, FETCH = PAGE + 1, ROWS_AT_ONCE = 200, LOOKED_AT = 4000 };

/* What is looked for, what was found so far, and where the next look begins. */
struct looking {
    struct text wanted;              /* tokens; empty: everything, or what an id names */
    struct stock_licence_id licence; /* 0: none */
    struct deal_id deal;             /* 0: none */
    struct stock_photo_id photo;     /* 0: none */
    struct stock_desk_licence_row found[FETCH];
    size_t count;
    int64_t before; /* ids below are still to be looked at */
    bool all;       /* none is left */
};

static const struct problem *fits(struct memory *memory, const struct stock_desk_licence_row *row,
                                  struct text wanted, bool *out)
{
    struct text all = text_format(memory, "%.*s %.*s %.*s", TEXT_ARGS(row->title),
                                  TEXT_ARGS(row->author_name), TEXT_ARGS(row->holder_name));
    return all.data ? stock_words_match(memory, all, wanted, out) : &out_of_memory;
}

static const struct problem *look_through(struct memory *memory,
                                          const struct stock_desk_licence_row_list *rows,
                                          struct looking *looking)
{
    struct memory *scratch = memory_scratch(memory);
    const struct problem *problem = scratch ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rows->count && looking->count < FETCH; i++) {
        bool found = true;
        looking->before = rows->items[i].id.value;
        if (looking->wanted.size)
            problem = fits(scratch, &rows->items[i], looking->wanted, &found);
        if (!problem && found)
            looking->found[looking->count++] = rows->items[i];
    }
    memory_end(scratch);
    return problem;
}

static const struct problem *fetch(struct request *request, const struct looking *looking,
                                   int64_t most, struct stock_desk_licence_row_list *rows)
{
    if (looking->licence.value || looking->deal.value)
        return stock_desk_licences_named(request->db, request->memory, looking->licence,
                                         looking->deal, rows);
    if (looking->photo.value)
        return stock_desk_licences_of_photo(request->db, request->memory, looking->photo,
                                            looking->before, most, rows);
    return stock_desk_licences_newest(request->db, request->memory, looking->before, most, rows);
}

static const struct problem *look(struct request *request, struct looking *looking)
{
    int64_t most = looking->wanted.size ? ROWS_AT_ONCE : FETCH;
    for (int64_t seen = 0; looking->count < FETCH && !looking->all && seen < LOOKED_AT;) {
        struct stock_desk_licence_row_list rows;
        const struct problem *problem = fetch(request, looking, most, &rows);
        if (!problem)
            problem = look_through(request->memory, &rows, looking);
        if (problem)
            return problem;
        looking->all = (int64_t)rows.count < most;
        seen += (int64_t)rows.count;
    }
    return NULL;
}

static const struct problem *show_lines(struct memory *memory, const struct looking *looking,
                                        struct stock_desk_licence_line_list *out)
{
    size_t count = looking->count < PAGE ? looking->count : PAGE;
    struct stock_desk_licence_line *items = memory_take_array(memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct stock_desk_licence_row *row = &looking->found[i];
        items[i] = (struct stock_desk_licence_line){
            .id = row->id,
            .photo = row->photo,
            .title = row->title,
            .preview = stock_public_preview_of(row->media, row->width, row->height),
            .author_name = row->author_name,
            .holder_name = row->holder_name,
            .kind = row->kind,
            .price = row->price,
            .paid = {row->paid_minor, row->price.currency},
            .back = {row->back_minor, row->price.currency},
            .ended = row->ended.ms != 0,
            .at = row->at,
        };
    }
    *out = (struct stock_desk_licence_line_list){items, count};
    return NULL;
}

static const struct problem *show_more(struct request *request, const struct looking *looking,
                                       struct stock_desk_licences *view)
{
    bool full = looking->count > PAGE;
    if (!full && looking->all)
        return NULL;
    int64_t last = full ? looking->found[PAGE - 1].id.value : looking->before;
    struct builder b = builder_make(request->memory, 4096);
    builder_add_format(&b, "/desk/licences?before=%s", id_text("lic", last).text);
    if (view->q.size) {
        builder_add_c(&b, "&q=");
        builder_add_url(&b, view->q);
    }
    view->more.present = true;
    return builder_end(&b, &view->more.value);
}

/* An id says what it names; anything else is words. */
static const struct problem *begin(struct memory *memory, struct text q, struct looking *looking)
{
    if (id_parse(q, "lic", &looking->licence.value) || id_parse(q, "del", &looking->deal.value) ||
        id_parse(q, "pho", &looking->photo.value))
        return NULL;
    return search_tokens(memory, q, text_of(""), &looking->wanted);
}

const struct problem *stock_desk_licences_show(struct request *request,
                                               const struct stock_desk_licences_query *input,
                                               struct stock_desk_licences *view)
{
    struct looking *looking = memory_take(request->memory, sizeof *looking);
    const struct problem *problem = looking ? NULL : &out_of_memory;
    if (problem)
        return problem;
    view->later = input->before.present;
    view->q = input->q.present ? text_trim(input->q.value) : text_of("");
    looking->before = view->later ? input->before.value.value : INT64_MAX;
    problem = begin(request->memory, view->q, looking);
    if (!problem)
        problem = look(request, looking);
    if (!problem)
        problem = show_lines(request->memory, looking, &view->licences);
    return problem ? problem : show_more(request, looking, view);
}
