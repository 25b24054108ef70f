/*
 * Decisions of the intermediary: accept, or refuse with a reason and the words the person reads.
 *
 * Who may decide what is the state table's to say, inside the write. Must not know: what follows from
 * a decision. Read next: states.c, evaluate.c.
 */
#include "modules/stock/desk_rows.h"
#include "modules/stock/queries.h"

static const struct problem *go_on(struct request *request, const char *notice,
                                   const struct maybe_stock_photo_id *next,
                                   const struct maybe_instant *after,
                                   const struct maybe_stock_photo_id *beyond)
{
    struct text href = stock_desk_href(request->memory, next, after, beyond);
    if (!href.data)
        return &out_of_memory;
    request_go_saying(request, notice, "%.*s", TEXT_ARGS(href));
    return NULL;
}

const struct problem *stock_desk_accept(struct request *request,
                                        const struct stock_desk_acceptance *input,
                                        struct stock_desk_decided *view)
{
    const struct problem *problem =
        stock_photo_move(request->store, request->memory, input->photo, PHOTO_ACCEPT, BY_OPERATOR,
                         request->viewer.person, 0, text_of(""), request->now);
    if (problem)
        return request_blame(request, "photo", problem);
    *view = (struct stock_desk_decided){input->photo, PHOTO_ACCEPTED};
    return go_on(request, "stock.desk_accepted", &input->next, &input->after, &input->beyond);
}

/* The words the person reads: as they were edited, or those that belong to the reason. */
static const struct problem *note_of(struct request *request,
                                     const struct stock_desk_refusal *input,
                                     const struct stock_photo_row *photo, struct text *out)
{
    struct stock_desk_author_row author;
    if (input->note.present) {
        *out = input->note.value;
        return NULL;
    }
    if (input->reason == REASON_OTHER)
        return request_refuse(request, "note", "stock.desk.note_missing");
    const struct problem *problem = stock_desk_author_of(request, photo->author, &author);
    if (!problem) {
        *out = stock_desk_sentence(request->memory, author.language, input->reason, photo);
        problem = out->data ? NULL : &out_of_memory;
    }
    return problem;
}

const struct problem *stock_desk_refuse(struct request *request,
                                        const struct stock_desk_refusal *input,
                                        struct stock_desk_decided *view)
{
    struct stock_photo_row photo;
    struct text note;
    const struct problem *problem =
        stock_photo_by_id(request->db, request->memory, input->photo, &photo);
    if (!problem)
        problem = note_of(request, input, &photo, &note);
    if (problem)
        return problem;
    problem =
        stock_photo_move(request->store, request->memory, input->photo, PHOTO_REFUSE, BY_OPERATOR,
                         request->viewer.person, input->reason, note, request->now);
    if (problem)
        return request_blame(request, "reason", problem);
    *view = (struct stock_desk_decided){
        input->photo, photo.state == PHOTO_APPEALED ? PHOTO_CLOSED : PHOTO_REFUSED};
    return go_on(request, "stock.desk_refused", &input->next, &input->after, &input->beyond);
}
