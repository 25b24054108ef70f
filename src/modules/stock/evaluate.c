/*
 * Photographs on their way into the catalogue: guards, effects, and the writes behind them.
 *
 * Must not know: deals, money. Read next: states.c, take.c.
 */
#include "base/ids.h"
#include "core/media/media.shapes.h"
#include "core/search/search.h"
#include "core/event.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.shapes.h"
#include "web/version.h"
#include "modules/stock/rows.h"
#include "modules/stock/rules.h"
#include "modules/stock/states.h"

const struct problem stock_same_reviewer = {"stock.same_reviewer", 409, FAULT_CLIENT, false};
const struct problem stock_not_described = {"stock.not_described", 409, FAULT_CLIENT, false};
const struct problem stock_appeal_over = {"stock.appeal_over", 409, FAULT_CLIENT, false};
const struct problem stock_no_reason = {"stock.no_reason", 422, FAULT_CLIENT, false};

static const struct problem *photo_of(const struct move *move, struct stock_photo_row *out)
{
    struct stock_photo_id id = {move->subject};
    return stock_photo_by_id(move->db, move->memory, id, out);
}

const struct problem *stock_guard_described(struct move *move)
{
    struct stock_photo_row photo;
    const struct problem *problem = photo_of(move, &photo);
    if (problem)
        return problem;
    bool described = photo.title.size && photo.tags.size && photo.from_minor > 0;
    return described ? NULL : &stock_not_described;
}

const struct problem *stock_guard_reason(struct move *move)
{
    const enum stock_reason *reason = move->context;
    bool given = reason && *reason && (*reason != REASON_OTHER || !text_empty(move->note));
    return given ? NULL : &stock_no_reason;
}

/* Once, with a sentence, and while the refusal is fresh. That it is once follows from the table. */
const struct problem *stock_guard_appeal(struct move *move)
{
    struct stock_photo_row photo;
    const struct problem *problem = photo_of(move, &photo);
    if (problem)
        return problem;
    if (text_empty(move->note))
        return &stock_no_reason;
    return move->at.ms - photo.moved.ms <= STOCK_APPEAL_WITHIN ? NULL : &stock_appeal_over;
}

const struct problem *stock_guard_other_reviewer(struct move *move)
{
    struct stock_photo_row photo;
    const struct problem *problem = photo_of(move, &photo);
    if (problem)
        return problem;
    if (photo.reviewer.value == move->actor.value)
        return &stock_same_reviewer;
    return move->event == PHOTO_REFUSE ? stock_guard_reason(move) : NULL;
}

/* What makes a photograph findable: its card, its words, and its facts as filters. */
static const struct problem *put_in_catalogue(struct database *db, struct memory *memory,
                                              const struct stock_photo_row *photo)
{
    struct text words = text_format(memory, "%.*s %.*s %.*s", TEXT_ARGS(photo->title),
                                    TEXT_ARGS(photo->tags), TEXT_ARGS(photo->author_name));
    struct builder facets = builder_make(memory, 500);
    builder_add_format(&facets, "_photo _category_%s _shape_%s _colour_%s",
                       words_name(&stock_category_words, (int)photo->category),
                       words_name(&stock_form_words, (int)photo->shape),
                       words_name(&media_colour_words, (int)photo->colour));
    if (photo->clip)
        builder_add_c(&facets, " _clip");
    for (int kind = LICENCE_STANDARD; kind <= LICENCE_BUYOUT; kind++) {
        if (stock_list_price(photo, (enum stock_licence_kind)kind).minor > 0)
            builder_add_format(&facets, " _licence_%s",
                               words_name(&stock_licence_kind_words, kind));
    }
    struct text all;
    struct text tokens;
    const struct problem *problem = builder_end(&facets, &all);
    if (!problem)
        problem = words.data ? search_tokens(memory, words, all, &tokens) : &out_of_memory;
    if (!problem)
        problem = search_put(db, memory, photo->id.value, tokens);
    return problem ? problem : stock_card_put(db, memory, photo->id);
}

const struct problem *stock_effect_accept(struct move *move)
{
    struct stock_photo_row photo;
    const struct problem *problem = photo_of(move, &photo);
    if (!problem)
        problem = stock_photo_decided(move->db, move->memory, photo.id, move->actor, text_of(""));
    if (!problem)
        problem = put_in_catalogue(move->db, move->memory, &photo);
    return problem;
}

const struct problem *stock_effect_refuse(struct move *move)
{
    const enum stock_reason *reason = move->context;
    struct stock_photo_id id = {move->subject};
    return stock_photo_decided(move->db, move->memory, id, move->actor,
                               text_of(words_name(&stock_reason_words, (int)*reason)));
}

const struct problem *stock_effect_hide(struct move *move)
{
    struct stock_photo_id id = {move->subject};
    const struct problem *problem = stock_card_remove(move->db, move->memory, id);
    return problem ? problem : search_put(move->db, move->memory, id.value, text_of(""));
}

const struct problem *stock_photo_move(struct store *store, struct memory *memory,
                                       struct stock_photo_id photo, enum stock_photo_event event,
                                       enum by by, struct party_id actor, enum stock_reason reason,
                                       struct text note, struct instant at)
{
    struct move move = {
        .flow = &stock_photo_flow,
        .subject = photo.value,
        .event = (int)event,
        .by = by,
        .actor = actor,
        .at = at,
        .note = note,
        .context = &reason,
    };
    return flow_make(store, memory, &move);
}

/* What its author says about a photograph, as stored. */
struct stock_photo_words stock_words_now(const struct stock_photo_row *photo)
{
    return (struct stock_photo_words){.id = photo->id,
                                      .author = photo->author,
                                      .title = photo->title,
                                      .description = photo->description,
                                      .tags = photo->tags,
                                      .category = photo->category,
                                      .standard_minor = photo->standard_minor,
                                      .extended_minor = photo->extended_minor,
                                      .editorial_minor = photo->editorial_minor,
                                      .buyout_minor = photo->buyout_minor,
                                      .from_minor = photo->from_minor,
                                      .currency = photo->currency};
}

const struct problem *stock_words_version(struct memory *memory,
                                          const struct stock_photo_row *photo, struct text *out)
{
    struct stock_photo_words now = stock_words_now(photo);
    return version_of(memory, &stock_photo_words_shape, &now, out);
}

const struct problem *stock_words_changed(struct database *db, struct memory *memory,
                                          struct stock_photo_id id, struct instant at)
{
    struct stock_photo_row photo;
    const struct problem *problem = stock_photo_by_id(db, memory, id, &photo);
    if (!problem)
        problem = event_emit(db, memory, "stock.photo.described", id.value, photo.author,
                             text_of(""), at);
    return problem || photo.state != PHOTO_ACCEPTED ? problem
                                                    : put_in_catalogue(db, memory, &photo);
}

const struct problem *stock_words_change(struct database *db, struct memory *memory,
                                         const struct stock_photo_words *words,
                                         struct maybe_text seen, struct instant at)
{
    struct stock_photo_hit hit;
    struct stock_photo_row photo = {0};
    const struct problem *problem =
        stock_photo_of_author(db, memory, words->id, words->author, &photo);
    struct stock_photo_words now = stock_words_now(&photo);
    if (!problem)
        problem = version_check(memory, seen, &stock_photo_words_shape, &now, words);
    if (!problem)
        problem = stock_photo_describe(db, memory, words, &hit);
    if (problem)
        return problem == &not_found && photo.id.value ? &flow_no_such_move : problem;
    return stock_words_changed(db, memory, words->id, at);
}

struct describing {
    struct stock_photo_words words;
    struct maybe_text seen; /* version of those before */
    struct instant at;
};

static const struct problem *describe(struct database *db, struct memory *memory, void *context)
{
    const struct describing *describing = context;
    return stock_words_change(db, memory, &describing->words, describing->seen, describing->at);
}

const struct problem *stock_describe(struct store *store, struct memory *memory,
                                     struct stock_photo_id photo, struct party_id author,
                                     const struct stock_description *description, struct instant at)
{
    const struct stock_prices *prices = &description->prices;
    struct describing describing = {
        .words =
            {
                .id = photo,
                .author = author,
                .title = description->title,
                .description = description->description,
                .tags = description->tags,
                .category = description->category,
                .standard_minor = prices->standard.minor,
                .extended_minor = prices->extended.minor,
                .editorial_minor = prices->editorial.minor,
                .buyout_minor = prices->buyout.minor,
                .from_minor = stock_lowest_price(prices),
                .currency = text_of(prices->standard.currency.code),
            },
        .seen = description->seen,
        .at = at,
    };
    return store_write(store, memory, describe, &describing);
}
