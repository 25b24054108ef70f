/*
 * The original at full size, for an operator who judges it.
 *
 * What is sent is a copy without position, serial numbers and names, made by a job when somebody first
 * asks, since files from outside are only opened in a child process. Each look is an event of its own.
 * Must not know: what is decided. Read next: copy.c, core/media/media.h.
 */
#include <unistd.h>

#include "core/event.h"
#include "core/job.h"
#include "core/media/media.shapes.h"
#include "modules/stock/copy.h"
#include "modules/stock/desk_queries.h"
#include "modules/stock/desk_rows.h"
#include "modules/stock/queries.h"

struct inspecting {
    struct stock_photo_id photo;
    struct media_file file; /* of the job: what was made */
    struct party_id by;     /* of a look: whose */
    struct instant at;
};

static const struct problem *note_made(struct database *db, struct memory *memory, void *context)
{
    const struct inspecting *made = context;
    return stock_inspection_made(db, memory, made->photo, text_of(made->file.hash.hex),
                                 made->file.format);
}

/* May run twice: the same copy has the same name. */
static const struct problem *make_inspection(struct job_run *run)
{
    struct inspecting made = {.photo = {run->subject}};
    struct media_notice nothing = {0};
    struct stock_photo_row photo;
    const struct problem *problem = stock_photo_by_id(run->db, run->memory, made.photo, &photo);
    if (!problem)
        problem = stock_copy_make(&photo, &nothing, &made.file);
    return problem ? problem : store_write(run->store, run->memory, note_made, &made);
}

const struct job_kind stock_inspection_job = {"stock.inspection", LANE_MEDIA, make_inspection};

static const struct problem *ask_for(struct database *db, struct memory *memory, void *context)
{
    const struct inspecting *asked = context;
    return job_enqueue(db, memory, &stock_inspection_job, asked->photo.value, text_of(""),
                       asked->at);
}

static const struct problem *note_look(struct database *db, struct memory *memory, void *context)
{
    const struct inspecting *look = context;
    return event_emit(db, memory, "stock.photo.inspected", look->photo.value, look->by, text_of(""),
                      look->at);
}

/* &not_found when it was not made yet, or is gone. */
static const struct problem *open_made(struct request *request, struct stock_photo_id photo,
                                       struct stock_inspection_row *row, int *file)
{
    struct media_file name = {0};
    const struct problem *problem = stock_inspection_of(request->db, request->memory, photo, row);
    if (problem)
        return problem;
    name.format = row->format;
    return media_hash_parse(row->copy, &name.hash) ? media_open(&name, file, NULL) : &our_fault;
}

const struct problem *stock_desk_original_show(struct request *request,
                                               const struct stock_desk_original_query *input,
                                               struct stock_desk_original *view)
{
    struct stock_photo_row photo;
    struct stock_inspection_row row;
    int file;
    struct inspecting inspecting = {
        .photo = input->photo, .by = request->viewer.person, .at = request->now};
    const struct problem *problem =
        stock_photo_by_id(request->db, request->memory, input->photo, &photo);
    if (!problem && photo.state == PHOTO_DRAFT)
        problem = &not_found;
    if (problem)
        return problem;
    *view = (struct stock_desk_original){.photo = photo.id,
                                         .title = photo.title.size ? photo.title : photo.file};
    problem = open_made(request, input->photo, &row, &file);
    if (problem == &not_found)
        return store_write(request->store, request->memory, ask_for, &inspecting);
    if (problem)
        return problem;
    problem = store_write(request->store, request->memory, note_look, &inspecting);
    if (problem)
        close(file);
    else
        request_send_file(request, file, media_type(row.format), (struct text){0}, 0);
    return problem;
}
