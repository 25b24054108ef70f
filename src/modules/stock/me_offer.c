/*
 * Files that a person sends: each is noted as arrived and looked at in the background, or noted with
 * the reason why it was not kept.
 *
 * With script each file is a request of its own and gets its own answer; without, one request brings
 * them all. Must not know: what is in a file. Read next: take.c, me_offers.c.
 */
#include "base/ids.h"
#include "modules/stock/me.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"

/* What can be told of a file without opening it. */
static const struct problem *look_at(const struct upload *file)
{
    if (file->cut)
        return &media_truncated;
    if (file->size == 0)
        return &media_not_an_image;
    return file->size > media_standard_limits.clip_bytes ? &media_too_large_file : NULL;
}

static const struct problem *note(struct database *db, struct memory *memory, void *context)
{
    return stock_arrival_insert(db, memory, context);
}

/* A file that is not kept stands among the arrivals, so that its sender finds out why. */
static const struct problem *refuse(struct request *request, const struct upload *file,
                                    const struct problem *why)
{
    struct stock_arrival_row row = {
        .id = {id_new()},
        .person = request->viewer.person,
        .file = file->name,
        .size = file->size,
        .problem = text_of(why->name),
        .at = request->now,
    };
    return store_write(request->store, request->memory, note, &row);
}

const struct problem *stock_me_offer_take(struct request *request,
                                          const struct stock_me_files *input,
                                          struct stock_me_taken *view)
{
    struct stock_arrival_id id;
    const struct problem *last = NULL;
    for (size_t i = 0; i < input->file.count; i++) {
        const struct upload *file = &input->file.items[i];
        const struct problem *why = look_at(file);
        const struct problem *problem =
            why ? refuse(request, file, why)
                : stock_arrive(request->store, request->memory, request->viewer.person, file->path,
                               file->name, file->size, request->now, &id);
        if (problem)
            return problem;
        last = why ? why : last;
        view->refused += why ? 1 : 0;
        view->arrived += why ? 0 : 1;
    }
    if (last && request->json && input->file.count == 1)
        return last;
    if (view->refused)
        request_go_saying(request, "stock.me.some_refused", "/me/arrivals");
    else
        request_go_saying(request, "stock.me.arrived", "/me/offers");
    return NULL;
}
