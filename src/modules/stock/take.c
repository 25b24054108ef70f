/*
 * Files become drafts: arrival, the look in the sandbox, likeness to what is there.
 *
 * Must not know: how files are decoded. Read next: likeness.h, core/media/media.h, evaluate.c.
 */
#include "modules/stock/take.h"

#include <unistd.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/media/arrival.h"
#include "core/media/queries.h"
#include "core/media/rows.h"
#include "core/job.h"
#include "modules/stock/likeness.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/rules.h"
#include "modules/stock/states.h"

const struct problem stock_same_file = {"stock.same_file", 409, FAULT_CLIENT, false};

struct taking {
    const struct media_facts *facts;
    struct party_id author;
    struct text name;
    struct instant at;
    struct stock_photo_id photo; /* filled */
};

static const struct problem *write_draft(struct database *db, struct memory *memory,
                                         const struct taking *taking, const struct media_row *media)
{
    struct stock_alike alike = {.points = 0};
    struct stock_photo_new photo = {
        .id = taking->photo,
        .author = taking->author,
        .media = media->hash,
        .file = taking->name,
        .shape = stock_form_of(media->width, media->height),
        .colour = media->colour,
        .width = media->width,
        .height = media->height,
        .clip = media_is_clip(media->format),
        .currency = setting_text("site.currency"),
        .at = taking->at,
    };
    const struct problem *problem = stock_likeness_find(db, memory, taking->facts->phash, &alike);
    if (!problem)
        problem = stock_likeness_find(db, memory, taking->facts->phash_mirrored, &alike);
    photo.like_photo = (struct maybe_stock_photo_id){alike.points > 0, alike.photo};
    photo.like_points = alike.points;
    if (!problem)
        problem = stock_photo_insert(db, memory, &photo);
    if (!problem)
        problem = stock_likeness_put(db, memory, photo.id, taking->facts->phash);
    return problem;
}

static const struct problem *take(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    struct media_row media = media_row_of(taking->facts, memory, taking->at);
    struct stock_photo_hit hit;
    const struct problem *problem =
        stock_photo_with_file(db, memory, taking->author, media.hash, &hit);
    if (!problem)
        return &stock_same_file;
    if (problem != &not_found)
        return problem;
    taking->photo.value = id_new();
    problem = media_row_insert(db, memory, &media);
    if (!problem)
        problem = write_draft(db, memory, taking, &media);
    struct move move = {
        .db = db,
        .memory = memory,
        .flow = &stock_photo_flow,
        .subject = taking->photo.value,
        .by = BY_SUPPLIER,
        .actor = taking->author,
        .at = taking->at,
    };
    return problem ? problem : flow_begin(&move);
}

const struct problem *stock_take_file(struct store *store, struct memory *memory,
                                      struct party_id author, int file, struct text name,
                                      struct instant at, struct stock_photo_id *out)
{
    struct media_rendition wanted[MEDIA_LADDER_COUNT];
    for (int i = 0; i < MEDIA_LADDER_COUNT; i++)
        wanted[i] = media_ladder[i];
    struct media_facts facts;
    const struct problem *problem =
        media_take_in(file, &media_standard_limits, wanted, MEDIA_LADDER_COUNT, &facts);
    if (problem)
        return problem;
    struct taking taking = {.facts = &facts, .author = author, .name = name, .at = at};
    problem = store_write(store, memory, take, &taking);
    if (!problem)
        *out = taking.photo;
    return problem;
}

struct arriving {
    struct stock_arrival_row row;
};

static const struct problem *arrive(struct database *db, struct memory *memory, void *context)
{
    struct arriving *arriving = context;
    const struct problem *problem = stock_arrival_insert(db, memory, &arriving->row);
    if (!problem)
        problem = job_enqueue(db, memory, &stock_take_job, arriving->row.id.value, text_of(""),
                              arriving->row.at);
    return problem;
}

const struct problem *stock_arrive(struct store *store, struct memory *memory,
                                   struct party_id author, struct text path, struct text name,
                                   int64_t size, struct instant at, struct stock_arrival_id *out)
{
    struct arriving arriving = {.row = {.id = {id_new()},
                                        .person = author,
                                        .file = name,
                                        .size = size,
                                        .problem = text_of(""),
                                        .at = at}};
    const struct problem *problem = media_arrival_keep(memory, arriving.row.id.value, path);
    if (problem)
        return problem;
    problem = store_write(store, memory, arrive, &arriving);
    if (problem)
        media_arrival_end(memory, arriving.row.id.value);
    else
        *out = arriving.row.id;
    return problem;
}

struct arrived {
    struct stock_arrival_row row;
    struct maybe_stock_photo_id photo;
    const struct problem *problem;
};

static const struct problem *note_arrived(struct database *db, struct memory *memory, void *context)
{
    const struct arrived *arrived = context;
    return stock_arrival_end(db, memory, arrived->row.id, arrived->photo,
                             text_of(arrived->problem ? arrived->problem->name : ""));
}

/* The job: looks at one arrival, keeps what became of it, removes the file. May run twice. */
static const struct problem *take_arrival(struct job_run *run)
{
    struct arrived arrived = {0};
    struct stock_arrival_id id = {run->subject};
    const struct problem *problem = stock_arrival_by_id(run->db, run->memory, id, &arrived.row);
    int file = -1;
    if (problem)
        return problem;
    problem = media_arrival_open(run->memory, run->subject, &file);
    if (problem == &not_found)
        return arrived.row.photo.present || arrived.row.problem.size ? NULL : &our_fault;
    if (problem)
        return problem;
    arrived.problem = stock_take_file(run->store, run->memory, arrived.row.person, file,
                                      arrived.row.file, arrived.row.at, &arrived.photo.value);
    close(file);
    if (arrived.problem && arrived.problem->fault == FAULT_WORLD)
        return arrived.problem;
    arrived.photo.present = !arrived.problem;
    problem = store_write(run->store, run->memory, note_arrived, &arrived);
    return problem ? problem : media_arrival_end(run->memory, run->subject);
}

const struct job_kind stock_take_job = {"stock.take", LANE_MEDIA, take_arrival};
