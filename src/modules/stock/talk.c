/*
 * What a business and a person do in a talk about a licence: buy, offer, answer. Each one write.
 *
 * Must not know: pages, sums. Read next: sale.c for what the moves do.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/offering.h"
#include "core/terms.h"
#include "modules/stock/offering.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/sale.h"
#include "modules/stock/states.h"
#include "modules/stock/sums.h"

/* A talk that begins, and how. */
struct beginning {
    const struct stock_purchase *purchase;
    enum stock_deal_event event; /* DEAL_BUY, or DEAL_OFFER */
    struct text note;
    struct maybe_call_id call;
    struct hold_id hold;    /* money that another deal has set aside; 0: none */
    struct maybe_text fees; /* rules that another deal was made under; absent: today's */
    struct instant at;
    struct deal_id deal;             /* filled */
    struct stock_licence_id licence; /* filled by DEAL_BUY */
};

/* Writes the deal and what it is about, in its first state. */
static const struct problem *begin_deal(struct move *move, struct beginning *beginning,
                                        const struct stock_photo_row *photo)
{
    const struct stock_purchase *purchase = beginning->purchase;
    struct money asked = stock_list_price(photo, purchase->licence);
    struct text name = text_format(move->memory, "stock.%s",
                                   words_name(&stock_licence_kind_words, (int)purchase->licence));
    struct terms_row terms;
    const struct problem *problem =
        name.data ? terms_now(move->db, move->memory, name, purchase->language, move->at, &terms)
                  : &out_of_memory;
    if (!problem)
        problem = deal_begin(move, photo->id.value, beginning->call, purchase->seen, photo->author,
                             purchase->organisation, &beginning->deal);
    if (problem)
        return problem;
    struct stock_deal_new about = {
        .deal = beginning->deal,
        .photo = photo->id,
        .licence = purchase->licence,
        .asked_minor = asked.minor,
        .hold = beginning->hold,
        .person = purchase->person,
        .terms = terms.hash,
        .fees = beginning->fees.present ? beginning->fees.value : setting_text("stock.fees"),
    };
    problem = stock_deal_insert(move->db, move->memory, &about);
    if (!problem)
        problem = terms_accept(move->db, move->memory, purchase->organisation, terms.hash,
                               beginning->deal.value, move->at);
    return problem;
}

static const struct problem *begin_talk(struct move *move)
{
    struct beginning *beginning = move->context;
    const struct stock_purchase *purchase = beginning->purchase;
    struct stock_photo_row photo;
    const struct problem *problem =
        stock_photo_by_id(move->db, move->memory, purchase->photo, &photo);
    if (problem)
        return problem;
    if (photo.author.value == purchase->person.value)
        return &stock_own_photo;
    /* Nobody is told that somebody has a draft of that name. */
    if (!stock_was_public(&photo))
        return &not_found;
    if (photo.state != PHOTO_ACCEPTED)
        return &stock_not_for_sale;
    struct stock_words words = {.price = purchase->seen, .total = purchase->total};
    move->context = &words;
    problem = begin_deal(move, beginning, &photo);
    if (!problem)
        problem = flow_move(move);
    return problem;
}

static struct move move_of(struct beginning *beginning)
{
    return (struct move){
        .flow = &stock_deal_flow,
        .event = (int)beginning->event,
        .by = BY_BUYER,
        .actor = beginning->purchase->person,
        .at = beginning->at,
        .note = beginning->note,
        .context = beginning,
    };
}

static const struct problem *begin_once(struct database *db, struct memory *memory, void *context)
{
    struct beginning *beginning = context;
    const struct stock_purchase *purchase = beginning->purchase;
    struct move move = move_of(beginning);
    struct once once = {purchase->organisation, purchase->once,
                        text_format(memory, "stock:%d:%lld:%d:%lld:%lld", (int)beginning->event,
                                    (long long)purchase->photo.value, (int)purchase->licence,
                                    (long long)purchase->organisation.value,
                                    (long long)purchase->seen.minor)};
    struct stock_licence_row licence;
    move.db = db;
    move.memory = memory;
    const struct problem *problem = flow_begin_once(&move, &once, begin_talk);
    beginning->deal.value = move.subject;
    if (problem || beginning->event != DEAL_BUY)
        return problem;
    problem = stock_licence_of_deal(db, memory, beginning->deal, &licence);
    beginning->licence = licence.id;
    return problem;
}

/* Another module's deal ends in a standard licence, paid with the money that deal set aside. */
static const struct problem *sell(struct database *db, struct memory *memory,
                                  struct offering_sale *sale)
{
    struct stock_purchase purchase = {
        .photo = {sale->subject},
        .licence = LICENCE_STANDARD,
        .organisation = sale->buyer,
        .person = sale->person,
        .seen = sale->price,
        .language = text_of("en"),
    };
    struct beginning beginning = {.purchase = &purchase,
                                  .event = DEAL_ACCEPT,
                                  .call = sale->call,
                                  .hold = sale->hold,
                                  .fees = sale->fees,
                                  .at = sale->at};
    struct move move = move_of(&beginning);
    move.db = db;
    move.memory = memory;
    const struct problem *problem = begin_talk(&move);
    sale->deal = beginning.deal;
    return problem;
}

static void offering_of(struct memory *memory, const struct stock_photo_row *photo,
                        struct offering *out)
{
    struct id_text name = id_text("pho", photo->id.value);
    *out = (struct offering){
        .subject = photo->id.value,
        .name = text_copy(memory, text_of(name.text)),
        .owner = photo->author,
        .title = photo->title,
        .media = photo->media,
        .href = text_format(memory, "/photos/%s", name.text),
        .available = photo->state == PHOTO_ACCEPTED && photo->standard_minor > 0,
    };
}

static const struct problem *find(struct database *db, struct memory *memory, int64_t subject,
                                  struct offering *out)
{
    struct stock_photo_row photo;
    struct stock_photo_id id = {subject};
    const struct problem *problem = stock_photo_by_id(db, memory, id, &photo);
    if (!problem)
        offering_of(memory, &photo, out);
    return problem;
}

static const struct problem *of_person(struct database *db, struct memory *memory,
                                       struct party_id person, int64_t before,
                                       struct offering_list *out)
{
    struct stock_photo_row_list photos;
    const struct problem *problem =
        stock_photos_of_author(db, memory, person, before ? before : INT64_MAX, 50, &photos);
    if (problem)
        return problem;
    struct offering *items = memory_take_array(memory, photos.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < photos.count; i++)
        offering_of(memory, &photos.items[i], &items[i]);
    *out = (struct offering_list){items, photos.count};
    return NULL;
}

static struct text fees(void)
{
    return setting_text("stock.fees");
}

static const struct problem *pays(struct memory *memory, struct maybe_text fees_kept,
                                  struct money price, struct money *out)
{
    struct stock_rules rules;
    const struct problem *problem = stock_rules_of(memory, fees_kept, &rules);
    return problem ? problem : stock_pays(&rules, price, out);
}

static const struct problem *split(struct database *db, struct memory *memory,
                                   struct maybe_text fees_kept, struct party_id owner,
                                   struct money price, struct instant at, struct fee_breakdown *out)
{
    struct stock_rules rules;
    struct stock_split made;
    const struct problem *problem = stock_rules_of(memory, fees_kept, &rules);
    if (!problem)
        problem = stock_split_for(db, memory, &rules, owner, price, at, &made);
    if (!problem)
        *out = made.sum;
    return problem;
}

const struct offering_kind stock_offering = {.name = "photo",
                                             .find = find,
                                             .of_person = of_person,
                                             .sell = sell,
                                             .fees = fees,
                                             .pays = pays,
                                             .split = split};

const struct problem *stock_buy(struct store *store, struct memory *memory,
                                const struct stock_purchase *purchase, struct instant at,
                                struct stock_licence_id *out)
{
    struct beginning beginning = {.purchase = purchase, .event = DEAL_BUY, .at = at};
    const struct problem *problem = store_write(store, memory, begin_once, &beginning);
    if (!problem)
        *out = beginning.licence;
    return problem;
}

const struct problem *stock_offer(struct store *store, struct memory *memory,
                                  const struct stock_purchase *purchase, struct text note,
                                  struct instant at, struct deal_id *out)
{
    struct beginning beginning = {
        .purchase = purchase, .event = DEAL_OFFER, .note = note, .at = at};
    const struct problem *problem = store_write(store, memory, begin_once, &beginning);
    if (!problem)
        *out = beginning.deal;
    return problem;
}

const struct problem *stock_answer(struct store *store, struct memory *memory, struct deal_id deal,
                                   enum stock_deal_event event, enum by by, struct party_id actor,
                                   struct money price, struct text note, struct instant at)
{
    struct stock_words words = {.price = price};
    struct move move = {
        .flow = &stock_deal_flow,
        .subject = deal.value,
        .event = (int)event,
        .by = by,
        .actor = actor,
        .at = at,
        .note = note,
        .context = &words,
    };
    return flow_make(store, memory, &move);
}
