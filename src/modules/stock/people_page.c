/*
 * A person's page and a collection's page: lists of what is in the catalogue.
 *
 * Must not know: drafts, sums, sessions beyond the initials. Read next: public_queries.sql.
 */
#include "base/ids.h"
#include "core/people/party.h"
#include "core/login/session.h"
#include "modules/stock/public.h"
#include "modules/stock/public_queries.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"

/* stock_licences_since() counts no further. */
enum { LICENCES_COUNTED = 1000 };

static int64_t from(struct maybe_stock_photo_id before)
{
    return before.present ? before.value.value : INT64_MAX;
}

/* Rows fetched with one more than is shown become cards and the address of the rest. */
static const struct problem *show_list(struct request *request, const char *path, struct id_text id,
                                       struct stock_public_card_row_list *rows,
                                       struct stock_public_card_list *cards,
                                       struct maybe_text *more)
{
    const struct problem *problem =
        list_cut(request->memory, &stock_public_card_row_shape, rows, STOCK_PUBLIC_PAGE, more,
                 "%s/%s?before=", path, id.text);
    return problem ? problem : stock_public_cards(request->memory, rows, STOCK_PUBLIC_PAGE, cards);
}

static const struct problem *show_facts(struct request *request, const struct party_row *party,
                                        struct stock_public_person *view)
{
    struct stock_count counted;
    const struct problem *problem = stock_licences_since(request->db, request->memory, party->id,
                                                         (struct instant){0}, &counted);
    if (problem)
        return problem;
    *view = (struct stock_public_person){
        .id = party->id,
        .name = party->name,
        .place = party->place,
        .about = party->about,
        .website = party->website,
        .joined = party->joined,
        .licences = counted.number,
        .licences_more = counted.number == LICENCES_COUNTED,
    };
    return session_initials(request->memory, party->name, &view->initials);
}

const struct problem *stock_public_person_show(struct request *request,
                                               const struct stock_public_person_query *input,
                                               struct stock_public_person *view)
{
    struct party_row party;
    struct stock_public_card_row_list rows;
    const struct problem *problem = party_find(request->db, request->memory, input->party, &party);
    if (!problem && party.kind != PARTY_PERSON)
        problem = &not_found;
    if (!problem)
        problem = show_facts(request, &party, view);
    if (!problem)
        problem = stock_public_of_author(request->db, request->memory, input->party,
                                         from(input->before), STOCK_PUBLIC_FETCH, &rows);
    return problem ? problem
                   : show_list(request, "/people", id_text("pty", party.id.value), &rows,
                               &view->photos, &view->more);
}

const struct problem *
stock_public_collection_show(struct request *request,
                             const struct stock_public_collection_query *input,
                             struct stock_public_collection *view)
{
    struct stock_public_collection_row row;
    struct stock_public_card_row_list rows;
    const struct problem *problem =
        stock_public_collection_by_id(request->db, request->memory, input->collection, &row);
    if (!problem)
        problem = stock_public_of_collection(request->db, request->memory, input->collection,
                                             from(input->before), STOCK_PUBLIC_FETCH, &rows);
    if (problem)
        return problem;
    *view = (struct stock_public_collection){
        .id = row.id,
        .title = row.title,
        .about = row.about,
        .owner = row.owner,
        .owner_name = row.owner_name,
    };
    return show_list(request, "/collections", id_text("col", row.id.value), &rows, &view->photos,
                     &view->more);
}
