/*
 * Things of kits: words filled for each partner, their order, and pictures looked at.
 *
 * Must not know: HTTP, who partners are. Read next: kit_test.c, core/media/media.h.
 */
#include "modules/referrals/kit/kit.h"

#include <unistd.h>

#include "base/ids.h"
#include "core/job.h"
#include "core/media/arrival.h"
#include "core/media/queries.h"
#include "core/media/rows.h"
#include "modules/referrals/kit/queries.h"
#include "modules/referrals/kit/rows.h"

enum { FILLED_BYTES = 64 << 10 };

const struct problem kit_full = {"referrals.kit_full", 409, FAULT_CLIENT, false};

/* ---- words ------------------------------------------------------------------------------------ */

/* What stands for a partner's own. */
enum place { PLACE_NONE, PLACE_LINK, PLACE_CODE, PLACE_UNKNOWN };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* What begins at an opening brace; *size: bytes of it with both braces. Braces around anything but letters are
 * words like any other. */
static enum place place_at(struct text rest, size_t *size)
{
    size_t end = 1;
    while (end < rest.size && is_letter(rest.data[end]))
        end++;
    if (end == 1 || end >= rest.size || rest.data[end] != '}')
        return PLACE_NONE;
    struct text name = {rest.data + 1, end - 1};
    *size = end + 1;
    if (text_is(name, "link"))
        return PLACE_LINK;
    return text_is(name, "code") ? PLACE_CODE : PLACE_UNKNOWN;
}

const char *kit_words_wrong(enum kit_kind kind, struct text body)
{
    bool leads = false;
    for (size_t i = 0; i < body.size; i++) {
        size_t size;
        if (body.data[i] != '{')
            continue;
        enum place place = place_at((struct text){body.data + i, body.size - i}, &size);
        if (place == PLACE_UNKNOWN)
            return "referrals.kit.wrong.place";
        leads |= place != PLACE_NONE;
    }
    return kind == KIT_TEXT && !leads ? "referrals.kit.wrong.leads" : NULL;
}

const struct problem *kit_words_fill(struct memory *memory, struct text body, struct text link,
                                     struct text code, struct text *out)
{
    struct builder b = builder_make(memory, FILLED_BYTES);
    for (size_t i = 0; i < body.size;) {
        size_t size = 1;
        enum place place = body.data[i] == '{'
                               ? place_at((struct text){body.data + i, body.size - i}, &size)
                               : PLACE_NONE;
        if (place == PLACE_LINK || place == PLACE_CODE)
            builder_add(&b, place == PLACE_LINK ? link : code);
        else
            builder_add(&b, (struct text){body.data + i, size});
        i += size;
    }
    return builder_end(&b, out);
}

/* ---- what is lent ----------------------------------------------------------------------------- */

const struct problem *kit_add(struct database *db, struct memory *memory, struct kit_item_row *item)
{
    struct kit_ends ends;
    const struct problem *problem = kit_ends_of(db, memory, item->program, &ends);
    if (!problem && ends.count >= KIT_MOST)
        problem = &kit_full;
    if (problem)
        return problem;
    if (item->id.value == 0)
        item->id.value = id_new();
    item->place = ends.last + 1;
    problem = kit_insert(db, memory, item);
    if (!problem && item->kind == KIT_PICTURE)
        problem = job_enqueue(db, memory, &kit_look_job, item->id.value, text_of(""), item->at);
    return problem;
}

const struct problem *kit_raise(struct database *db, struct memory *memory,
                                const struct kit_item_row *item)
{
    struct kit_item_row before;
    struct kit_hit hit;
    const struct problem *problem = kit_before(db, memory, item->program, item->place, &before);
    if (problem)
        return problem == &not_found ? NULL : problem;
    problem = kit_stand(db, memory, before.id, 0, &hit);
    if (!problem)
        problem = kit_stand(db, memory, item->id, before.place, &hit);
    return problem ? problem : kit_stand(db, memory, before.id, item->place, &hit);
}

/* ---- pictures --------------------------------------------------------------------------------- */

struct looked {
    struct kit_looked row;
    struct media_row media;
};

static const struct problem *note(struct database *db, struct memory *memory, void *context)
{
    const struct looked *looked = context;
    const struct problem *problem =
        looked->row.media.size ? media_row_insert(db, memory, &looked->media) : NULL;
    return problem ? problem : kit_look_end(db, memory, &looked->row);
}

/* Keeps a small rendition for pages and a copy without what the camera wrote, to be downloaded. */
static const struct problem *take_in(struct job_run *run, int file, struct instant at,
                                     struct media_facts *facts, struct looked *looked)
{
    struct media_rendition wanted[] = {{.edge = 320, .format = MEDIA_WEBP},
                                       {.edge = 320, .format = MEDIA_JPEG}};
    const struct media_notice nothing = {0};
    struct media_file *copy = memory_take(run->memory, sizeof *copy);
    int64_t bytes;
    if (!copy)
        return &out_of_memory;
    const struct problem *problem = media_take_in(file, &media_standard_limits, wanted, 2, facts);
    if (!problem && media_is_clip(facts->format))
        problem = &media_not_an_image;
    if (!problem)
        problem = media_licensed_copy(file, &nothing, copy, &bytes);
    if (problem)
        return problem;
    looked->media = media_row_of(facts, run->memory, at);
    looked->row.media = looked->media.hash;
    looked->row.copy = text_of(copy->hash.hex);
    looked->row.format = copy->format;
    return NULL;
}

/* May run twice: the same file has the same names. */
static const struct problem *look(struct job_run *run)
{
    struct looked looked = {.row = {.id = {run->subject}, .format = MEDIA_JPEG}};
    struct media_facts facts;
    struct kit_item_row item;
    int file = -1;
    const struct problem *problem = kit_by_id(run->db, run->memory, looked.row.id, &item);
    if (problem)
        return problem == &not_found ? media_arrival_end(run->memory, run->subject) : problem;
    problem = media_arrival_open(run->memory, run->subject, &file);
    if (problem)
        return problem == &not_found && (item.media.size || item.problem.size) ? NULL : problem;
    problem = take_in(run, file, item.at, &facts, &looked);
    close(file);
    if (problem && problem->fault != FAULT_CLIENT)
        return problem;
    looked.row.problem = text_of(problem ? problem->name : "");
    problem = store_write(run->store, run->memory, note, &looked);
    return problem ? problem : media_arrival_end(run->memory, run->subject);
}

const struct job_kind kit_look_job = {"referrals.kit", LANE_MEDIA, look};
