/*
 * What passed to whom, and a person's own collections.
 *
 * Must not know: sums. Read next: people_page.c, which shows collections to others.
 */
#include "base/ids.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/queries.h"

enum { COLLECTIONS = 100 };

const struct problem *stock_me_rights_show(struct request *request,
                                           const struct stock_me_rights_query *input,
                                           struct stock_me_rights *view)
{
    struct stock_me_right_row_list rows;
    struct stock_me_rights_row counted;
    struct party_id person = request->viewer.person;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem =
        stock_me_rights(request->db, request->memory, person, before, STOCK_ME_FETCH, &rows);
    if (!problem)
        problem =
            stock_me_rights_count(request->db, request->memory, person, request->now, &counted);
    if (!problem)
        problem = list_cut(request->memory, &stock_me_right_row_shape, &rows, STOCK_ME_PAGE,
                           &view->more, "/me/rights?before=");
    if (problem)
        return problem;
    struct stock_me_right *items = memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct stock_me_right_row *row = &rows.items[i];
        items[i] = (struct stock_me_right){
            .id = row->id,
            .photo = row->photo,
            .title = row->title,
            .preview = stock_public_preview_of(row->media, row->width, row->height),
            .scope = stock_me_say(request, "stock_licence_kind", row->scope),
            .holder_name = row->holder_name,
            .territory = row->territory,
            .world = text_is(row->territory, "world"),
            .exclusive = row->exclusive,
            .begins = row->begins,
            .ends = row->ends,
        };
    }
    view->rights = (struct stock_me_right_list){items, rows.count};
    view->running = counted.running;
    view->exclusive = counted.exclusive;
    return NULL;
}

/* ---- collections ------------------------------------------------------------------------------ */

static struct stock_me_collection collection_of(const struct stock_me_collection_row *row)
{
    return (struct stock_me_collection){
        .id = row->id,
        .title = row->title,
        .about = row->about,
        .photos = row->number,
        .at = row->at,
    };
}

const struct problem *stock_me_collections_show(struct request *request,
                                                const struct nothing *input,
                                                struct stock_me_collections *view)
{
    struct stock_me_collection_row_list rows;
    (void)input;
    const struct problem *problem = stock_me_collections(
        request->db, request->memory, request->viewer.person, INT64_MAX, COLLECTIONS, &rows);
    if (problem)
        return problem;
    struct stock_me_collection *items =
        memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++)
        items[i] = collection_of(&rows.items[i]);
    view->collections = (struct stock_me_collection_list){items, rows.count};
    return NULL;
}

static const struct problem *tiles_of(struct memory *memory,
                                      const struct stock_me_tile_row_list *rows,
                                      struct stock_me_tile_list *out)
{
    struct stock_me_tile *items = memory_take_array(memory, rows->count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows->count; i++) {
        const struct stock_me_tile_row *row = &rows->items[i];
        items[i] = (struct stock_me_tile){
            .id = row->id,
            .title = row->title,
            .preview = stock_public_preview_of(row->media, row->width, row->height),
            .found = row->state == PHOTO_ACCEPTED,
        };
    }
    *out = (struct stock_me_tile_list){items, rows->count};
    return NULL;
}

/* The address of what comes after a list, or none. */
static const struct problem *more_of(struct memory *memory, struct stock_collection_id collection,
                                     const char *name, struct stock_me_tile_row_list *rows,
                                     struct maybe_text *out)
{
    return list_cut(memory, &stock_me_tile_row_shape, rows, STOCK_ME_PAGE, out,
                    "/me/collections/%s?%s=", id_text("col", collection.value).text, name);
}

const struct problem *stock_me_collection_show(struct request *request,
                                               const struct stock_me_collection_query *input,
                                               struct stock_me_collection_page *view)
{
    struct stock_me_collection_row row;
    struct stock_me_tile_row_list inside;
    struct stock_me_tile_row_list others;
    struct memory *memory = request->memory;
    struct party_id owner = request->viewer.person;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    int64_t from = input->from.present ? input->from.value.value : INT64_MAX;
    const struct problem *problem =
        stock_me_collection(request->db, memory, input->collection, owner, &row);
    if (!problem)
        problem = stock_me_collected(request->db, memory, row.id, before, STOCK_ME_FETCH, &inside);
    if (!problem)
        problem =
            stock_me_collectable(request->db, memory, row.id, owner, from, STOCK_ME_FETCH, &others);
    if (!problem)
        problem = more_of(memory, row.id, "before", &inside, &view->more);
    if (!problem)
        problem = more_of(memory, row.id, "from", &others, &view->others_more);
    if (!problem)
        problem = tiles_of(memory, &inside, &view->photos);
    if (!problem)
        problem = tiles_of(memory, &others, &view->others);
    if (!problem)
        view->collection = collection_of(&row);
    return problem;
}

/* A change of a collection as a write. */
struct changing {
    struct stock_collection_id collection;
    struct stock_photo_id photo; /* to put in or take out */
    struct party_id owner;
    struct text title;
    struct text about;
    struct text once; /* idempotency key of one that is begun */
    struct instant at;
};

static const struct problem *begin(struct database *db, struct memory *memory, void *context)
{
    struct changing *changing = context;
    int64_t before = 0;
    struct text content = text_format(memory, "collection\n%.*s\n%.*s", TEXT_ARGS(changing->title),
                                      TEXT_ARGS(changing->about));
    if (!content.data)
        return &out_of_memory;
    const struct problem *problem =
        ledger_once(db, memory, changing->owner, changing->once, content, changing->at, &before);
    if (problem || before) {
        changing->collection.value = before;
        return problem;
    }
    problem = stock_me_collection_insert(db, memory, changing->collection, changing->owner,
                                         changing->title, changing->about, changing->at);
    return problem ? problem
                   : ledger_once_result(db, memory, changing->owner, changing->once,
                                        changing->collection.value);
}

static const struct problem *change(struct database *db, struct memory *memory, void *context)
{
    const struct changing *changing = context;
    struct stock_me_collection_hit hit;
    return stock_me_collection_set(db, memory, changing->collection, changing->owner,
                                   changing->title, changing->about, &hit);
}

static const struct problem *collect(struct database *db, struct memory *memory, void *context)
{
    const struct changing *changing = context;
    struct stock_me_collection_row row;
    struct stock_photo_row photo;
    const struct problem *problem =
        stock_me_collection(db, memory, changing->collection, changing->owner, &row);
    if (!problem)
        problem = stock_photo_of_author(db, memory, changing->photo, changing->owner, &photo);
    if (problem)
        return problem;
    if (photo.state != PHOTO_ACCEPTED)
        return &stock_not_for_sale;
    return stock_me_collect(db, memory, changing->collection, changing->photo, changing->owner,
                            changing->at);
}

static const struct problem *uncollect(struct database *db, struct memory *memory, void *context)
{
    const struct changing *changing = context;
    struct stock_me_collection_row row;
    const struct problem *problem =
        stock_me_collection(db, memory, changing->collection, changing->owner, &row);
    return problem ? problem
                   : stock_me_uncollect(db, memory, changing->collection, changing->photo);
}

static const struct problem *make(struct request *request, store_work *work,
                                  struct changing *changing, const char *notice,
                                  struct stock_me_collection_made *view)
{
    changing->owner = request->viewer.person;
    changing->once = request->once;
    changing->at = request->now;
    const struct problem *problem = store_write(request->store, request->memory, work, changing);
    if (problem)
        return problem;
    view->collection = changing->collection;
    request_go_saying(request, notice, "/me/collections/%s",
                      id_text("col", changing->collection.value).text);
    return NULL;
}

static struct text words(struct maybe_text typed)
{
    return typed.present ? text_trim(typed.value) : text_of("");
}

const struct problem *stock_me_collection_begin(struct request *request,
                                                const struct stock_me_collection_new *input,
                                                struct stock_me_collection_made *view)
{
    struct changing changing = {
        .collection = {id_new()}, .title = text_trim(input->title), .about = words(input->about)};
    return make(request, begin, &changing, "stock.me.collection_begun", view);
}

const struct problem *stock_me_collection_change(struct request *request,
                                                 const struct stock_me_collection_words *input,
                                                 struct stock_me_collection_made *view)
{
    struct changing changing = {.collection = input->collection,
                                .title = text_trim(input->title),
                                .about = words(input->about)};
    return make(request, change, &changing, "stock.me.collection_changed", view);
}

const struct problem *stock_me_collection_add(struct request *request,
                                              const struct stock_me_collecting *input,
                                              struct stock_me_collection_made *view)
{
    struct changing changing = {.collection = input->collection, .photo = input->photo};
    return make(request, collect, &changing, "stock.me.collected", view);
}

const struct problem *stock_me_collection_remove(struct request *request,
                                                 const struct stock_me_collecting *input,
                                                 struct stock_me_collection_made *view)
{
    struct changing changing = {.collection = input->collection, .photo = input->photo};
    return make(request, uncollect, &changing, "stock.me.uncollected", view);
}
