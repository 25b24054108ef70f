/*
 * One photograph as the intermediary decides about it: the picture, what it resembles, its author's
 * record, what was said before, and what the person would read.
 *
 * Must not know: the queue. Read next: desk_decide.c.
 */
#include <string.h>

#include "base/ids.h"
#include "core/flow_queries.h"
#include "modules/stock/desk_queries.h"
#include "modules/stock/desk_rows.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/rules.h"
#include "modules/stock/stock.shapes.h"
#include "web/words.h"

const struct problem *stock_desk_author_of(struct request *request, struct party_id author,
                                           struct stock_desk_author_row *out)
{
    return stock_desk_author(request->db, request->memory, author, out);
}

struct text stock_desk_sentence(struct memory *memory, enum language language,
                                enum stock_reason reason, const struct stock_photo_row *photo)
{
    const struct word_argument title = {.name = "title", .kind = FIELD_TEXT, .text = photo->title};
    if (reason == REASON_OTHER)
        return text_of("");
    struct text key =
        text_format(memory, "stock.desk.reads.%s", words_name(&stock_reason_words, (int)reason));
    return key.data ? words_text(memory, language, key.data, &title, 1) : (struct text){0};
}

static const struct problem *show_choices(struct request *request,
                                          const struct stock_photo_row *photo,
                                          enum language language, struct stock_desk_photo *out)
{
    struct stock_desk_choice *items =
        memory_take_array(request->memory, REASON_OTHER, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (int reason = REASON_UNSHARP; reason <= REASON_OTHER; reason++) {
        struct stock_desk_choice *choice = &items[reason - REASON_UNSHARP];
        *choice = (struct stock_desk_choice){
            .reason = (enum stock_reason)reason,
            .key = reason,
            .sentence =
                stock_desk_sentence(request->memory, language, (enum stock_reason)reason, photo),
            .chosen = reason == REASON_COPY && out->pairs.count > 0,
        };
        if (!choice->sentence.data)
            return &out_of_memory;
    }
    out->choices = (struct stock_desk_choice_list){items, REASON_OTHER};
    return NULL;
}

static struct stock_desk_picture picture_of(const struct stock_photo_row *photo)
{
    return (struct stock_desk_picture){
        .photo = photo->id,
        .title = photo->title,
        .author = photo->author,
        .author_name = photo->author_name,
        .preview = stock_public_preview_of(photo->media, photo->width, photo->height),
        .camera = photo->camera,
        .licences = photo->licences,
        .at = photo->at,
    };
}

static const struct problem *show_pair(struct request *request, const struct stock_photo_row *photo,
                                       struct stock_desk_photo *out)
{
    struct stock_photo_row other;
    if (!photo->like_photo.present)
        return NULL;
    struct stock_desk_picture *pair = memory_take(request->memory, sizeof *pair);
    const struct problem *problem =
        pair ? stock_photo_by_id(request->db, request->memory, photo->like_photo.value, &other)
             : &out_of_memory;
    if (problem)
        return problem == &not_found ? NULL : problem;
    *pair = picture_of(&other);
    out->pairs = (struct stock_desk_picture_list){pair, 1};
    out->pair_own = other.author.value == photo->author.value;
    return NULL;
}

/* What was said last in a refusal and in the appeal against it. */
static const struct problem *show_said(struct request *request, const struct stock_photo_row *photo,
                                       struct stock_desk_photo *out)
{
    struct flow_step_list steps;
    if (photo->reason.size == 0)
        return NULL;
    out->reason = (struct maybe_text){true, photo->reason};
    const struct problem *problem =
        flow_history(request->db, request->memory, photo->id.value, &steps);
    for (size_t i = 0; !problem && i < steps.count; i++) {
        const struct flow_step *step = &steps.items[i];
        if (text_is(step->event, "refuse")) {
            out->refused_note = step->note;
            out->refused_by = step->actor_name;
            out->appeal = text_of("");
        }
        if (text_is(step->event, "appeal"))
            out->appeal = step->note;
    }
    return problem;
}

static struct text first_of(struct text name)
{
    struct text first;
    struct text rest = name;
    return text_split(&rest, ' ', &first) && first.size ? first : name;
}

static void show_facts(const struct stock_photo_row *photo, struct stock_desk_photo *out)
{
    *out = (struct stock_desk_photo){
        .picture = picture_of(photo),
        .state = photo->state,
        .author_place = photo->author_place,
        .author_first = first_of(photo->author_name),
        .description = photo->description,
        .tags = photo->tags,
        .category = photo->category,
        .file = photo->file,
        .format = photo->format,
        .size = photo->size,
        .clip = photo->clip,
        .seconds = (photo->duration + 500) / 1000,
        .taken = photo->taken,
        .standard = stock_list_price(photo, LICENCE_STANDARD),
        .extended = stock_list_price(photo, LICENCE_EXTENDED),
        .editorial = stock_list_price(photo, LICENCE_EDITORIAL),
        .buyout = stock_list_price(photo, LICENCE_BUYOUT),
        .points = photo->like_points,
        .alike = photo->like_points * 10000 / 64,
        .refused_note = text_of(""),
        .appeal = text_of(""),
        .refused_by = text_of(""),
    };
}

const struct problem *stock_desk_photo_of(struct request *request, struct stock_photo_id photo,
                                          struct stock_desk_photo *out)
{
    struct stock_photo_row row;
    struct stock_desk_author_row author;
    const struct problem *problem = stock_photo_by_id(request->db, request->memory, photo, &row);
    if (!problem && row.state == PHOTO_DRAFT)
        problem = &not_found;
    if (!problem)
        problem = stock_desk_author_of(request, row.author, &author);
    if (problem)
        return problem;
    show_facts(&row, out);
    out->decided_by_you =
        row.state == PHOTO_APPEALED && row.reviewer.value == request->viewer.person.value;
    out->decidable =
        (row.state == PHOTO_WAITING || row.state == PHOTO_APPEALED) && !out->decided_by_you;
    out->joined = author.joined;
    out->record = (struct stock_desk_record){author.offered, author.accepted, author.refused};
    problem = show_pair(request, &row, out);
    if (!problem)
        problem = stock_desk_decisions(request->db, request->memory, row.author, photo, &out->past);
    if (!problem)
        problem = show_said(request, &row, out);
    if (!problem && out->decidable)
        problem = show_choices(request, &row, author.language, out);
    return problem;
}
