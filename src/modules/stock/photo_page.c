/*
 * The page of one photograph: what may be done with it, at which price, and who gets what of it; and
 * its two forms, buying and offering another price.
 *
 * Few statements: the photograph, what its author's level counts, the conflict check of all rights,
 * who may use it when anybody does, three more by its author, and a buyer's wallet. The writes check
 * everything again. Must not know: how a sale is made. Read next: stock.h, rules.h.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/login/session.h"
#include "modules/stock/public.h"
#include "modules/stock/public_queries.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/stock.shapes.h"
#include "web/request.shapes.h"
#include "web/words.h"

enum { MORE_PHOTOS = 3, TAGS_MAX = 60, CHOICES = LICENCE_BUYOUT };

static bool is_buyer(const struct request *request)
{
    const struct viewer *viewer = &request->viewer;
    return viewer->signed_in && viewer->organisation.value && viewer->role >= MEMBER_BUYER;
}

static const struct problem *split_tags(struct memory *memory, struct text tags,
                                        struct text_list *out)
{
    struct text *items = memory_take_array(memory, TAGS_MAX, sizeof *items);
    if (!items)
        return &out_of_memory;
    size_t count = 0;
    struct text tag;
    while (count < TAGS_MAX && text_split(&tags, ',', &tag)) {
        if (!text_empty(text_trim(tag)))
            items[count++] = text_trim(tag);
    }
    *out = (struct text_list){items, count};
    return NULL;
}

static const struct problem *show_facts(const struct request *request,
                                        const struct stock_photo_row *photo,
                                        struct stock_public_photo *view)
{
    *view = (struct stock_public_photo){
        .id = photo->id,
        .available = photo->state == PHOTO_ACCEPTED,
        .sold = photo->state == PHOTO_SOLD,
        .title = photo->title,
        .description = photo->description,
        .category = photo->category,
        .author = photo->author,
        .author_name = photo->author_name,
        .author_place = photo->author_place,
        .preview = stock_public_preview_of(photo->media, photo->width, photo->height),
        .format = photo->format,
        .size = photo->size,
        .clip = photo->clip,
        .seconds = (photo->duration + 500) / 1000,
        .camera = photo->camera,
        .taken = photo->taken,
        .at = photo->at,
        .licences = photo->licences,
        .own = request->viewer.signed_in && request->viewer.person.value == photo->author.value,
    };
    const struct problem *problem =
        session_initials(request->memory, photo->author_name, &view->author_initials);
    return problem ? problem : split_tags(request->memory, photo->tags, &view->tags);
}

/* What stands against a licence: only all rights can be in conflict with what runs already. */
static const struct problem *check(const struct request *request,
                                   const struct stock_photo_row *photo,
                                   enum stock_licence_kind kind)
{
    if (stock_list_price(photo, kind).minor == 0)
        return &stock_not_offered;
    if (kind != LICENCE_BUYOUT)
        return NULL;
    struct right right = {
        .kind = RIGHT_OWNERSHIP,
        .grantor = photo->author,
        .holder = request->viewer.organisation,
        .subject = photo->id.value,
        .exclusive = true,
        .begins = request->now,
    };
    return right_check(request->db, request->memory, &right);
}

/* What makes sums of this photograph's prices: the rules, and its author's last twelve months. */
struct counting {
    struct stock_rules rules;
    int64_t counted; /* licences */
};

static const struct problem *count(const struct request *request,
                                   const struct stock_photo_row *photo, struct counting *out)
{
    struct stock_split any;
    const struct problem *problem = stock_rules_now(request->memory, &out->rules);
    if (!problem)
        problem = stock_split_for(request->db, request->memory, &out->rules, photo->author,
                                  stock_list_price(photo, LICENCE_STANDARD), request->now, &any);
    if (!problem)
        out->counted = any.counted;
    return problem;
}

/* One licence with its price and what its author receives of it. */
static const struct problem *show_choice(const struct request *request,
                                         const struct stock_photo_row *photo,
                                         enum stock_licence_kind kind,
                                         const struct counting *counting,
                                         struct stock_public_choice *out)
{
    struct stock_split split;
    const struct problem *against = check(request, photo, kind);
    if (against && against->fault != FAULT_CLIENT)
        return against;
    const struct problem *problem = stock_split_price(stock_list_price(photo, kind),
                                                      &counting->rules, counting->counted, &split);
    *out = (struct stock_public_choice){
        .licence = kind,
        .possible = !against,
        .price = split.sum.price,
        .earned = split.sum.gets,
        .why = text_of(against ? against->name : ""),
    };
    return problem;
}

/* The one asked for when it is possible, else the first that is; when none is, the first. */
static struct stock_public_choice *choose(struct stock_public_choice *choices,
                                          struct maybe_text asked)
{
    int wanted = asked.present ? words_value(&stock_licence_kind_words, asked.value) : 0;
    struct stock_public_choice *chosen = &choices[0];
    for (size_t i = 0; i < CHOICES; i++) {
        if (!choices[i].possible)
            continue;
        if (!chosen->possible || (int)choices[i].licence == wanted)
            chosen = &choices[i];
    }
    return chosen;
}

static const struct problem *show_choices(const struct request *request,
                                          const struct stock_photo_row *photo,
                                          struct maybe_text asked, struct stock_public_photo *view)
{
    struct counting counting = {.counted = 0};
    struct stock_split split;
    struct stock_public_choice *choices =
        memory_take_array(request->memory, CHOICES, sizeof *choices);
    const struct problem *problem = choices ? count(request, photo, &counting) : &out_of_memory;
    for (int kind = LICENCE_STANDARD; !problem && kind <= LICENCE_BUYOUT; kind++)
        problem = show_choice(request, photo, (enum stock_licence_kind)kind, &counting,
                              &choices[kind - LICENCE_STANDARD]);
    if (problem)
        return problem;
    struct stock_public_choice *chosen = choose(choices, asked);
    if (view->available)
        view->choices = (struct stock_public_choice_list){choices, CHOICES};
    chosen->chosen = chosen->possible;
    view->chosen = *chosen;
    problem = stock_split_price(chosen->price, &counting.rules, counting.counted, &split);
    return problem ? problem : stock_public_sum_of(request, &split, &view->sum);
}

static const struct problem *show_till(const struct request *request,
                                       struct stock_public_photo *view)
{
    struct ledger_balance balance;
    struct money pays = view->sum.pays;
    const struct problem *problem =
        ledger_balance(request->db, request->memory, request->viewer.organisation, ACCOUNT_WALLET,
                       pays.currency, &balance);
    if (problem)
        return problem;
    struct stock_public_till *till = memory_take(request->memory, sizeof *till);
    if (!till)
        return &out_of_memory;
    *till = (struct stock_public_till){.free = balance.free, .missing = {0, pays.currency}};
    till->enough = balance.free.minor >= pays.minor;
    if (!till->enough)
        till->missing.minor = pays.minor - balance.free.minor;
    view->tills = (struct stock_public_till_list){till, 1};
    return NULL;
}

/* Leaves the photograph itself out of its author's newest. */
static const struct problem *show_more(const struct request *request,
                                       const struct stock_photo_row *photo,
                                       struct stock_public_photo *view)
{
    struct stock_public_card_row_list rows;
    struct stock_public_card_row others[MORE_PHOTOS];
    const struct problem *problem = stock_public_of_author(
        request->db, request->memory, photo->author, INT64_MAX, MORE_PHOTOS + 1, &rows);
    if (problem)
        return problem;
    size_t count = 0;
    for (size_t i = 0; i < rows.count && count < MORE_PHOTOS; i++) {
        if (rows.items[i].id.value != photo->id.value)
            others[count++] = rows.items[i];
    }
    rows = (struct stock_public_card_row_list){others, count};
    return stock_public_cards(request->memory, &rows, MORE_PHOTOS, &view->more);
}

const struct problem *stock_public_photo_show(struct request *request,
                                              const struct stock_public_photo_query *input,
                                              struct stock_public_photo *view)
{
    struct stock_photo_row photo;
    const struct problem *problem =
        stock_photo_by_id(request->db, request->memory, input->photo, &photo);
    if (!problem && !stock_was_public(&photo))
        problem = &not_found;
    if (!problem)
        problem = show_facts(request, &photo, view);
    if (!problem)
        problem = show_choices(request, &photo, input->licence, view);
    if (!problem && view->chosen.possible && is_buyer(request))
        problem = show_till(request, view);
    if (!problem && photo.licences > 0)
        problem = stock_public_uses(request->db, request->memory, photo.id, &view->uses);
    if (problem)
        return problem;
    view->uses_more = (int64_t)view->uses.count < photo.licences;
    return show_more(request, &photo, view);
}

/* ---- buying and offering ---------------------------------------------------------------------- */

static struct stock_purchase purchase_of(const struct request *request, struct stock_photo_id photo,
                                         enum stock_licence_kind licence, struct money price)
{
    return (struct stock_purchase){
        .photo = photo,
        .licence = licence,
        .organisation = request->viewer.organisation,
        .person = request->viewer.person,
        .seen = price,
        .language = text_of(words_name(&language_words, (int)request->language)),
        .once = request->once,
    };
}

const struct problem *stock_public_photo_buy(struct request *request,
                                             const struct stock_public_buy *input,
                                             struct stock_public_bought *view)
{
    struct stock_purchase purchase =
        purchase_of(request, input->photo, input->licence, input->seen);
    if (input->total.present)
        purchase.total = input->total.value;
    const struct problem *problem =
        stock_buy(request->store, request->memory, &purchase, request->now, &view->licence);
    if (problem)
        return request_blame(request, "seen", problem);
    request_go_saying(request, "stock.bought", "/biz/licences/%s",
                      id_text("lic", view->licence.value).text);
    return NULL;
}

const struct problem *stock_public_photo_offer(struct request *request,
                                               const struct stock_public_offer *input,
                                               struct stock_public_offered *view)
{
    struct stock_purchase purchase =
        purchase_of(request, input->photo, input->licence, input->price);
    struct text note = input->note.present ? input->note.value : (struct text){"", 0};
    const struct problem *problem =
        stock_offer(request->store, request->memory, &purchase, note, request->now, &view->deal);
    if (problem)
        return request_blame(request, "price", problem);
    request_go_saying(request, "stock.offered", "/biz/deals/%s",
                      id_text("del", view->deal.value).text);
    return NULL;
}
