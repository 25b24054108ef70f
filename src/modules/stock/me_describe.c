/*
 * What a person says and does about their own photograph: words and prices, offering it, mending it,
 * appealing, taking it back.
 *
 * Must not know: pages. Read next: evaluate.c, states.c.
 */
#include <stdio.h>

#include "base/ids.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/stock.shapes.h"

/* The photograph as its author has it; another's is not found. */
static const struct problem *own(struct request *request, struct stock_photo_id id,
                                 struct stock_photo_row *out)
{
    return stock_photo_of_author(request->db, request->memory, id, request->viewer.person, out);
}

static void go_on(struct request *request, struct stock_photo_id photo, const char *notice)
{
    request_go_saying(request, notice, "/me/offers/%s", id_text("pho", photo.value).text);
}

/* What can be put right in the form is said beside it; everything else is a page of its own. */
static const struct problem *blame(struct request *request, const char *field,
                                   const struct problem *problem)
{
    if (problem == &stock_not_described && !request->json)
        return request_refuse(request, field, "problem.stock.not_described.detail");
    if (problem == &stock_appeal_over && !request->json)
        return request_refuse(request, field, "problem.stock.appeal_over.detail");
    return problem;
}

/* All that is missing, and not just the first of it. */
static const struct problem *check_whole(struct request *request,
                                         const struct stock_me_words *input)
{
    const struct problem *problem = NULL;
    if (!input->title.present || text_empty(input->title.value))
        problem = request_refuse(request, "title", "field.missing");
    if (!input->tags.present || text_empty(input->tags.value))
        problem = request_refuse(request, "tags", "field.missing");
    if (!input->standard.present && !input->extended.present && !input->editorial.present &&
        !input->buyout.present)
        problem = request_refuse(request, "standard", "stock.me.price_missing");
    return problem;
}

/* `within` stands before the names of the fields that are blamed: "" or "lines.7.". */
static const struct problem *check_currency(struct request *request,
                                            const struct stock_me_words *input, const char *within)
{
    static const char *const names[] = {"standard", "extended", "editorial", "buyout"};
    const struct maybe_money *prices[] = {&input->standard, &input->extended, &input->editorial,
                                          &input->buyout};
    const struct problem *problem = NULL;
    for (size_t i = 0; i < sizeof prices / sizeof prices[0]; i++) {
        if (!prices[i]->present || currency_equal(prices[i]->value.currency, stock_me_currency()))
            continue;
        struct text field = text_format(request->memory, "%s%s", within, names[i]);
        problem = field.data ? request_refuse(request, field.data, "stock.me.other_currency")
                             : &out_of_memory;
    }
    return problem;
}

static struct money price(struct maybe_money typed)
{
    struct money none = {0, stock_me_currency()};
    return typed.present ? typed.value : none;
}

static struct text words(struct maybe_text typed)
{
    return typed.present ? text_trim(typed.value) : text_of("");
}

static const struct problem *keep(struct request *request, const struct stock_me_words *input)
{
    struct stock_description description = {
        .title = words(input->title),
        .description = words(input->description),
        .tags = words(input->tags),
        .category = input->category,
        .prices = {.standard = price(input->standard),
                   .extended = price(input->extended),
                   .editorial = price(input->editorial),
                   .buyout = price(input->buyout)},
        .seen = input->version,
    };
    return stock_describe(request->store, request->memory, input->photo, request->viewer.person,
                          &description, request->now);
}

static const struct problem *move(struct request *request, struct stock_photo_id photo,
                                  enum stock_photo_event event, struct text note)
{
    return stock_photo_move(request->store, request->memory, photo, event, BY_SUPPLIER,
                            request->viewer.person, REASON_OTHER, note, request->now);
}

const struct problem *stock_me_photo_describe(struct request *request,
                                              const struct stock_me_words *input,
                                              struct stock_me_photo_now *view)
{
    struct stock_photo_row photo;
    const struct problem *problem = own(request, input->photo, &photo);
    if (!problem)
        problem = check_currency(request, input, "");
    if (!problem && photo.state != PHOTO_DRAFT)
        problem = check_whole(request, input);
    if (!problem)
        problem = keep(request, input);
    if (problem)
        return problem;
    *view = (struct stock_me_photo_now){input->photo, photo.state};
    go_on(request, input->photo,
          photo.state == PHOTO_DRAFT ? "stock.me.draft_kept" : "stock.me.described");
    return NULL;
}

/* What a photograph that is no draft must say, as the page for one checks it field by field. */
static bool is_whole(const struct stock_me_words *input)
{
    bool priced = input->standard.present || input->extended.present || input->editorial.present ||
                  input->buyout.present;
    return priced && words(input->title).size > 0 && words(input->tags).size > 0;
}

static const struct problem *describe_line(struct request *request, const void *lines, size_t line,
                                           struct batch_made *out)
{
    const struct stock_me_words *input = (const struct stock_me_words *)lines + line;
    struct stock_photo_row photo;
    const struct problem *problem = own(request, input->photo, &photo);
    if (!problem && photo.state != PHOTO_DRAFT && !is_whole(input))
        problem = &stock_not_described;
    if (!problem)
        problem = keep(request, input);
    return problem ? problem
                   : batch_tell(request->memory, "pho", input->photo.value, "changed", out);
}

const struct problem *stock_me_photos_describe(struct request *request,
                                               const struct stock_me_words_batch *input,
                                               struct batch_result *view)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < input->lines.count; i++) {
        char within[40];
        snprintf(within, sizeof within, "lines.%zu.", i);
        problem = check_currency(request, &input->lines.items[i], within);
    }
    return problem
               ? problem
               : batch_run(request, input->lines.items, input->lines.count, describe_line, view);
}

/* Describes and offers: the words are kept even when the move is refused. */
static const struct problem *offer(struct request *request, const struct stock_me_words *input,
                                   enum stock_photo_event event, const char *notice,
                                   struct stock_me_photo_now *view)
{
    struct stock_photo_row photo;
    const struct problem *problem = own(request, input->photo, &photo);
    if (!problem)
        problem = check_whole(request, input);
    if (!problem)
        problem = check_currency(request, input, "");
    if (!problem)
        problem = keep(request, input);
    if (!problem)
        problem = blame(request, "title", move(request, input->photo, event, text_of("")));
    if (problem)
        return problem;
    *view = (struct stock_me_photo_now){input->photo, PHOTO_WAITING};
    go_on(request, input->photo, notice);
    return NULL;
}

const struct problem *stock_me_photo_submit(struct request *request,
                                            const struct stock_me_words *input,
                                            struct stock_me_photo_now *view)
{
    return offer(request, input, PHOTO_SUBMIT, "stock.me.submitted", view);
}

const struct problem *stock_me_photo_improve(struct request *request,
                                             const struct stock_me_words *input,
                                             struct stock_me_photo_now *view)
{
    return offer(request, input, PHOTO_IMPROVE, "stock.me.improved", view);
}

const struct problem *stock_me_photo_appeal(struct request *request,
                                            const struct stock_me_appeal *input,
                                            struct stock_me_photo_now *view)
{
    struct stock_photo_row photo;
    const struct problem *problem = own(request, input->photo, &photo);
    if (!problem)
        problem = blame(request, "appeal",
                        move(request, input->photo, PHOTO_APPEAL, text_trim(input->appeal)));
    if (problem)
        return problem;
    *view = (struct stock_me_photo_now){input->photo, PHOTO_APPEALED};
    go_on(request, input->photo, "stock.me.appealed");
    return NULL;
}

/* A move without words: done, and shown on the photograph's page. */
static const struct problem *just_move(struct request *request, struct stock_photo_id id,
                                       enum stock_photo_event event, enum stock_photo_state to,
                                       const char *notice, struct stock_me_photo_now *view)
{
    struct stock_photo_row photo;
    const struct problem *problem = own(request, id, &photo);
    if (!problem)
        problem = move(request, id, event, text_of(""));
    if (problem)
        return problem;
    *view = (struct stock_me_photo_now){id, to};
    go_on(request, id, notice);
    return NULL;
}

const struct problem *stock_me_photo_withdraw(struct request *request,
                                              const struct stock_me_photo_query *input,
                                              struct stock_me_photo_now *view)
{
    return just_move(request, input->photo, PHOTO_WITHDRAW, PHOTO_WITHDRAWN, "stock.me.withdrawn",
                     view);
}

const struct problem *stock_me_photo_restore(struct request *request,
                                             const struct stock_me_photo_query *input,
                                             struct stock_me_photo_now *view)
{
    return just_move(request, input->photo, PHOTO_RESTORE, PHOTO_WAITING, "stock.me.restored",
                     view);
}
