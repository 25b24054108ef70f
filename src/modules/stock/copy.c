/*
 * The copy a licensee downloads: the pixels as offered, every private tag gone, credit and licence
 * written in.
 *
 * A consumer of the sale's event enqueues the job, so that a purchase never waits for a file. Must not
 * know: who downloads. Read next: core/media/media.h, download.c.
 */
#include "modules/stock/copy.h"

#include <unistd.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/job.h"
#include "core/media/media.shapes.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"

/* What is written into the file: IPTC and XMP fields by the names of media.h. */
static struct media_notice notice_of(struct memory *memory, const struct stock_licence_row *licence,
                                     const struct stock_photo_row *photo)
{
    struct text site = setting_text("site.name");
    struct text url = setting_text("site.url");
    struct id_text licence_id = id_text("lic", licence->id.value);
    struct id_text photo_id = id_text("pho", photo->id.value);
    return (struct media_notice){
        .title = photo->title,
        .creator = photo->author_name,
        .credit =
            text_format(memory, "%.*s / %.*s", TEXT_ARGS(photo->author_name), TEXT_ARGS(site)),
        .copyright = text_format(memory, "© %.*s", TEXT_ARGS(photo->author_name)),
        .terms = text_format(memory, "%s licence %s of %.*s",
                             words_name(&stock_licence_kind_words, (int)licence->kind),
                             licence_id.text, TEXT_ARGS(site)),
        .licence_url = text_format(memory, "%.*s/licences/%s", TEXT_ARGS(url), licence_id.text),
        .licensor_url = text_format(memory, "%.*s/photos/%s", TEXT_ARGS(url), photo_id.text),
    };
}

const struct problem *stock_copy_make(const struct stock_photo_row *photo,
                                      const struct media_notice *notice, struct media_file *out)
{
    struct media_file original = {.format = photo->format};
    int file;
    int64_t bytes;
    if (!media_hash_parse(photo->media, &original.hash))
        return &our_fault;
    const struct problem *problem = media_open(&original, &file, NULL);
    if (problem)
        return problem;
    problem = media_licensed_copy(file, notice, out, &bytes);
    close(file);
    return problem;
}

struct copied {
    struct stock_licence_id licence;
    struct media_file file;
};

static const struct problem *note_copy(struct database *db, struct memory *memory, void *context)
{
    const struct copied *copied = context;
    return stock_licence_copied(db, memory, copied->licence, text_of(copied->file.hash.hex),
                                copied->file.format);
}

/* May run twice: the same copy has the same name. */
static const struct problem *make_copy(struct job_run *run)
{
    struct copied copied = {.licence = {run->subject}};
    struct stock_licence_row licence;
    struct stock_photo_row photo;
    const struct problem *problem =
        stock_licence_by_id(run->db, run->memory, copied.licence, &licence);
    if (!problem)
        problem = stock_photo_by_id(run->db, run->memory, licence.photo, &photo);
    if (problem)
        return problem;
    struct media_notice notice = notice_of(run->memory, &licence, &photo);
    problem = stock_copy_make(&photo, &notice, &copied.file);
    return problem ? problem : store_write(run->store, run->memory, note_copy, &copied);
}

const struct job_kind stock_copy_job = {"stock.copy", LANE_MEDIA, make_copy};

/* Any move of a talk may be the one that ended in a licence, but those after it. */
static const struct problem *take(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    struct stock_licence_row licence;
    struct deal_id deal = {event->subject};
    if (text_is(event->name, "stock.deal.refund") || text_is(event->name, "stock.deal.reduce"))
        return NULL;
    const struct problem *problem = stock_licence_of_deal(db, memory, deal, &licence);
    if (problem)
        return problem == &not_found ? NULL : problem;
    return job_enqueue(db, memory, &stock_copy_job, licence.id.value, text_of(""), event->at);
}

const struct consumer stock_copy_consumer = {"stock.copy", "stock.deal.", take};
