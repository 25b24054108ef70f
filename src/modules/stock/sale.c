/*
 * The talk about a licence, and the sale it may end in.
 *
 * A sale is one write: money held, right granted, sums posted, licence written, and with all rights the
 * photograph leaves the catalogue. Must not know: pages. Read next: states.c, rules.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/terms.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/sale.h"
#include "modules/stock/states.h"
#include "modules/stock/sums.h"

const struct problem stock_own_photo = {"stock.own_photo", 409, FAULT_CLIENT, false};
const struct problem stock_not_for_sale = {"stock.not_for_sale", 409, FAULT_CLIENT, false};
const struct problem stock_not_offered = {"stock.not_offered", 409, FAULT_CLIENT, false};
const struct problem stock_price_changed = {"stock.price_changed", 409, FAULT_CLIENT, false};

enum { PAYER = 0, AUTHOR = 1 };           /* parties */
enum { PAYS = 0, SHARE = 1, INCOME = 2 }; /* amounts */

/* Beside it stand the fees, each with its rule's name (ledger/fees.h). */
const struct posting_template stock_licence_posting = {
    .name = "stock.licence",
    .parties = {"buyer", "author"},
    .amounts = {"price and buyer's fees", "share", "income"},
    .legs =
        {
            {{ACCOUNT_WALLET, PAYER}, {ACCOUNT_SALE, LEDGER_PLATFORM}, PAYS, "stock.leg.price"},
            {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, AUTHOR}, SHARE, "stock.leg.share"},
            {{ACCOUNT_SALE, LEDGER_PLATFORM},
             {ACCOUNT_INCOME, LEDGER_PLATFORM},
             INCOME,
             "stock.leg.income"},
        },
    .count = 3,
};

/* A talk with the photograph it is about, as they are inside this write. */
struct talk {
    struct stock_deal_row deal;
    struct stock_photo_row photo;
};

static const struct problem *talk_load(const struct move *move, struct talk *out)
{
    struct deal_id id = {move->subject};
    const struct problem *problem = stock_deal_by_id(move->db, move->memory, id, &out->deal);
    if (!problem)
        problem = stock_photo_by_id(move->db, move->memory, out->deal.photo, &out->photo);
    return problem;
}

/* A price with the buyer's fees, by the rules that the talk began under. */
static const struct problem *pays_of(const struct move *move, const struct stock_deal_row *deal,
                                     struct money price, struct money *out)
{
    struct stock_rules rules;
    const struct problem *problem = stock_rules_of(move->memory, deal->fees, &rules);
    return problem ? problem : stock_pays(&rules, price, out);
}

const struct problem *stock_guard_for_sale(struct move *move)
{
    struct talk talk;
    const struct problem *problem = talk_load(move, &talk);
    if (problem)
        return problem;
    if (talk.photo.state != PHOTO_ACCEPTED)
        return &stock_not_for_sale;
    return stock_list_price(&talk.photo, talk.deal.licence).minor > 0 ? NULL : &stock_not_offered;
}

const struct problem *stock_guard_list_price(struct move *move)
{
    const struct stock_words *words = move->context;
    const struct problem *problem = stock_guard_for_sale(move);
    struct talk talk;
    struct money pays;
    if (!problem)
        problem = talk_load(move, &talk);
    if (problem)
        return problem;
    struct money price = stock_list_price(&talk.photo, talk.deal.licence);
    bool same =
        price.minor == words->price.minor && currency_equal(price.currency, words->price.currency);
    if (!same || words->total.minor == 0)
        return same ? NULL : &stock_price_changed;
    problem = pays_of(move, &talk.deal, price, &pays);
    same = !problem && pays.minor == words->total.minor &&
           currency_equal(pays.currency, words->total.currency);
    return problem || same ? problem : &stock_price_changed;
}

/* Gives the held money back, if any is. */
static const struct problem *let_go(struct move *move, const struct stock_deal_row *deal)
{
    if (deal->hold.value == 0)
        return NULL;
    const struct problem *problem = ledger_hold_void(move->db, move->memory, deal->hold);
    if (!problem)
        problem = stock_deal_hold(move->db, move->memory, deal->deal, (struct hold_id){0});
    return problem;
}

static const struct problem *hold_money(struct move *move, const struct stock_deal_row *deal,
                                        struct money price, struct hold_id *out)
{
    struct money pays;
    const struct problem *problem = pays_of(move, deal, price, &pays);
    if (!problem)
        problem = ledger_hold(move->db, move->memory, deal->buyer, ACCOUNT_WALLET, pays,
                              deal->deal.value, move->at, (struct instant){0}, out);
    if (!problem)
        problem = stock_deal_hold(move->db, move->memory, deal->deal, *out);
    return problem;
}

const struct problem *stock_effect_hold(struct move *move)
{
    const struct stock_words *words = move->context;
    struct talk talk;
    struct hold_id hold;
    const struct problem *problem = talk_load(move, &talk);
    if (!problem)
        problem = let_go(move, &talk.deal);
    if (!problem)
        problem = hold_money(move, &talk.deal, words->price, &hold);
    if (!problem)
        problem = deal_price(move, words->price);
    return problem;
}

const struct problem *stock_effect_free(struct move *move)
{
    const struct stock_words *words = move->context;
    struct talk talk;
    const struct problem *problem = talk_load(move, &talk);
    if (!problem)
        problem = let_go(move, &talk.deal);
    if (!problem && move->event == DEAL_COUNTER)
        problem = deal_price(move, words->price);
    return problem;
}

static const struct problem *pass_right(struct move *move, const struct talk *talk,
                                        struct right_id *out)
{
    bool buyout = talk->deal.licence == LICENCE_BUYOUT;
    struct right right = {
        .kind = buyout ? RIGHT_OWNERSHIP : RIGHT_LICENCE,
        .grantor = talk->deal.supplier,
        .holder = talk->deal.buyer,
        .subject = talk->photo.id.value,
        .scope = text_of(words_name(&stock_licence_kind_words, (int)talk->deal.licence)),
        .territory = text_of("world"),
        .exclusive = buyout,
        .begins = move->at,
        .deal = talk->deal.deal.value,
    };
    return right_grant(move->db, move->memory, &right, out);
}

/* With all rights gone the photograph can't be found or licensed any more. */
static const struct problem *leave_catalogue(const struct move *move, const struct talk *talk)
{
    struct move sell = {
        .db = move->db,
        .memory = move->memory,
        .flow = &stock_photo_flow,
        .subject = talk->photo.id.value,
        .event = PHOTO_SELL,
        .by = move->by,
        .actor = move->actor,
        .at = move->at,
    };
    return flow_move(&sell);
}

static const struct problem *write_licence(struct move *move, const struct talk *talk,
                                           const struct stock_split *split,
                                           struct posting_id posting, struct right_id right)
{
    struct stock_words *words = move->context;
    const struct fee_breakdown *sum = &split->sum;
    struct stock_licence_row licence = {
        .id = {id_new()},
        .deal = talk->deal.deal,
        .photo = talk->photo.id,
        .author = talk->deal.supplier,
        .holder = talk->deal.buyer,
        .person = talk->deal.person,
        .kind = talk->deal.licence,
        .price = sum->price,
        .level = split->level,
        .counted = split->counted,
        .rate = split->rate,
        .share_minor = sum->share.minor,
        .earned_minor = sum->gets.minor,
        .paid_minor = sum->pays.minor,
        .posting = posting,
        .rights = right,
        .terms = talk->deal.terms,
        .at = move->at,
    };
    words->licence = licence.id;
    const struct problem *problem = stock_licence_insert(move->db, move->memory, &licence);
    if (!problem)
        problem = stock_fees_keep(move->db, move->memory, licence.id, sum);
    if (!problem)
        problem = stock_photo_licensed(move->db, move->memory, talk->photo.id);
    return problem;
}

const struct problem *stock_effect_license(struct move *move)
{
    const struct stock_words *words = move->context;
    struct talk talk;
    const struct problem *problem = talk_load(move, &talk);
    if (problem)
        return problem;
    struct money price = move->event == DEAL_BUY ? words->price : talk.deal.price;
    struct hold_id hold = talk.deal.hold;
    if (hold.value == 0)
        problem = hold_money(move, &talk.deal, price, &hold);
    struct right_id right;
    if (!problem)
        problem = pass_right(move, &talk, &right);
    struct stock_rules rules;
    struct stock_split split;
    if (!problem)
        problem = stock_rules_of(move->memory, talk.deal.fees, &rules);
    if (!problem)
        problem = stock_split_for(move->db, move->memory, &rules, talk.deal.supplier, price,
                                  move->at, &split);
    if (problem)
        return problem;
    struct posting posting = {
        .template = &stock_licence_posting,
        .parties = {talk.deal.buyer, talk.deal.supplier},
        .amounts = {split.sum.pays, split.sum.share, split.sum.income},
        .subject = talk.deal.deal.value,
        .at = move->at,
    };
    struct posting_id posted;
    fees_post(&split.sum, AUTHOR, &posting);
    problem = ledger_hold_post(move->db, move->memory, hold, &posting, &posted);
    if (!problem)
        problem = write_licence(move, &talk, &split, posted, right);
    if (!problem && talk.deal.licence == LICENCE_BUYOUT)
        problem = leave_catalogue(move, &talk);
    return problem;
}
