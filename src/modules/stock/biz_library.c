/*
 * The licences a business holds, newest first, found by words of the photograph's title or author.
 *
 * Sold photographs are in no index of words any more, so the titles themselves are compared, folded as
 * the search folds them, page of rows by page of rows; a page of results ends at the latest after
 * LOOKED_AT rows and goes on from there. Must not know: one licence. Read next: biz_licence.c.
 */
#include "base/ids.h"
#include "core/search/search.h"
#include "modules/stock/biz_queries.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/matching.h"
#include "modules/stock/public_rows.h"

enum { ROWS_AT_ONCE = 200, LOOKED_AT = 4000 };

const struct problem *stock_biz_licences_of(struct memory *memory,
                                            const struct stock_biz_licence_row_list *rows,
                                            size_t most, struct stock_biz_licence_list *out)
{
    size_t count = rows->count < most ? rows->count : most;
    struct stock_biz_licence *items = memory_take_array(memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct stock_biz_licence_row *row = &rows->items[i];
        items[i] = (struct stock_biz_licence){
            .id = row->id,
            .photo = row->photo,
            .title = row->title,
            .preview = stock_public_preview_of(row->media, row->width, row->height),
            .author_name = row->author_name,
            .person_name = row->person_name,
            .kind = row->kind,
            .price = row->price,
            .paid = {row->paid_minor, row->price.currency},
            .back = {row->back_minor, row->price.currency},
            .ended = row->ended.ms != 0,
            .at = row->at,
        };
    }
    *out = (struct stock_biz_licence_list){items, count};
    return NULL;
}

/* Every word that is looked for begins a word of title or author. */
static const struct problem *fits(struct memory *memory, const struct stock_biz_licence_row *row,
                                  struct text wanted, bool *out)
{
    struct text all =
        text_format(memory, "%.*s %.*s", TEXT_ARGS(row->title), TEXT_ARGS(row->author_name));
    return all.data ? stock_words_match(memory, all, wanted, out) : &out_of_memory;
}

/* What was found so far, and where the next look begins. */
struct looking {
    struct text wanted; /* tokens */
    struct stock_biz_licence_row found[STOCK_BIZ_FETCH];
    size_t count;
    int64_t before; /* ids below are still to be looked at */
    bool all;       /* none is left */
};

static const struct problem *look_through(struct memory *memory,
                                          const struct stock_biz_licence_row_list *rows,
                                          struct looking *looking)
{
    struct memory *scratch = memory_scratch(memory);
    const struct problem *problem = scratch ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rows->count && looking->count < STOCK_BIZ_FETCH; i++) {
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

static const struct problem *look(struct request *request, struct looking *looking)
{
    bool words = looking->wanted.size > 0;
    int64_t most = words ? ROWS_AT_ONCE : STOCK_BIZ_FETCH;
    for (int64_t seen = 0; looking->count < STOCK_BIZ_FETCH && !looking->all && seen < LOOKED_AT;) {
        struct stock_biz_licence_row_list rows;
        const struct problem *problem =
            stock_biz_licences(request->db, request->memory, request->viewer.organisation,
                               looking->before, most, &rows);
        if (!problem)
            problem = look_through(request->memory, &rows, looking);
        if (problem)
            return problem;
        looking->all = (int64_t)rows.count < most;
        seen += (int64_t)rows.count;
    }
    return NULL;
}

static const struct problem *show_more(struct request *request, const struct looking *looking,
                                       struct stock_biz_library *view)
{
    bool full = looking->count > STOCK_BIZ_PAGE;
    if (!full && looking->all)
        return NULL;
    int64_t last = full ? looking->found[STOCK_BIZ_PAGE - 1].id.value : looking->before;
    struct builder b = builder_make(request->memory, 4096);
    builder_add_format(&b, "/biz/licences?before=%s", id_text("lic", last).text);
    if (view->q.size) {
        builder_add_c(&b, "&q=");
        builder_add_url(&b, view->q);
    }
    view->more.present = true;
    return builder_end(&b, &view->more.value);
}

const struct problem *stock_biz_library_show(struct request *request,
                                             const struct stock_biz_library_query *input,
                                             struct stock_biz_library *view)
{
    struct looking *looking = memory_take(request->memory, sizeof *looking);
    const struct problem *problem = looking ? NULL : &out_of_memory;
    if (problem)
        return problem;
    looking->before = INT64_MAX;
    view->later = input->before.present && id_parse(input->before.value, "lic", &looking->before);
    if (input->q.present) {
        view->q = text_trim(input->q.value);
        problem = search_tokens(request->memory, view->q, text_of(""), &looking->wanted);
    }
    if (!problem)
        problem = look(request, looking);
    struct stock_biz_licence_row_list rows = {looking->found, looking->count};
    if (!problem)
        problem = stock_biz_licences_of(request->memory, &rows, STOCK_BIZ_PAGE, &view->licences);
    return problem ? problem : show_more(request, looking, view);
}
