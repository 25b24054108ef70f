/*
 * Gifts that wait for a mail address, shown to and taken by whose it is.
 *
 * Must not know: how gifts come to be. Read next: core/program/gift.c.
 */
#include "core/gift/gifts.h"

#include "core/gift/gifts.shapes.h"
#include "core/gift/queries.h"
#include "core/module.h"
#include "core/program/gift.h"
#include "core/reward/reward.h"
#include "core/shop/shop.h"
#include "web/words.h"

/* The mark of the reader's address; empty where they have not confirmed one. */
static const struct problem *find_mark(struct request *request, struct text *out)
{
    struct gift_mail found;
    *out = text_of("");
    const struct problem *problem =
        gift_mail_of(request->db, request->memory, request->viewer.person, &found);
    if (problem)
        return problem == &not_found ? NULL : problem;
    return shop_mail_mark(request->memory, found.mail, out);
}

static const struct problem *find_gifts(struct request *request, struct text *mark,
                                        struct program_gift_shown_list *out)
{
    *out = (struct program_gift_shown_list){NULL, 0};
    const struct problem *problem = find_mark(request, mark);
    return problem || mark->size == 0 ? problem
                                      : program_gifts(request->db, request->memory, *mark, out);
}

const struct problem *core_gifts_show(struct request *request, const struct gifts_query *query,
                                      struct gifts_view *view)
{
    struct program_gift_shown_list gifts;
    struct text mark;
    (void)query;
    const struct problem *problem = find_gifts(request, &mark, &gifts);
    struct gift_card *cards =
        problem ? NULL : memory_take_array(request->memory, gifts.count, sizeof *cards);
    if (problem || !cards)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < gifts.count; i++) {
        const struct program_gift_shown *gift = &gifts.items[i];
        cards[i] = (struct gift_card){
            .business = gift->business,
            .program = gift->program,
            .amount = reward_units(request->memory, request->language, gift->left, false),
            .at = gift->at};
        if (!cards[i].amount.data)
            return &out_of_memory;
    }
    view->gifts = (struct gift_card_list){cards, gifts.count};
    view->confirmed = mark.size > 0;
    return NULL;
}

/* `taken` is filled anew each time it is run. */
struct taking {
    struct text mark;
    struct party_id person;
    struct instant at;
    int64_t taken;
};

static const struct problem *take(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    return program_claim(db, memory, taking->mark, taking->person, taking->at, &taking->taken);
}

const struct problem *core_gifts_take(struct request *request, const struct gifts_query *input,
                                      struct gifts_taken *view)
{
    struct taking taking = {.person = request->viewer.person, .at = request->now};
    (void)input;
    const struct problem *problem = find_mark(request, &taking.mark);
    if (!problem && taking.mark.size > 0)
        problem = store_write(request->store, request->memory, take, &taking);
    view->taken = taking.taken;
    if (!problem)
        request_go_saying(request, "gift.taken", "/me/rewards");
    return problem;
}

static const struct problem *waits(struct request *request, enum portal portal,
                                   struct waiting_said *said)
{
    struct program_gift_shown_list gifts = {NULL, 0};
    struct text mark;
    const struct problem *problem = portal == PORTAL_ME ? find_gifts(request, &mark, &gifts) : NULL;
    if (problem || gifts.count == 0)
        return problem;
    const struct word_argument arguments[] = {
        {.name = "units",
         .kind = FIELD_TEXT,
         .text = reward_units(request->memory, request->language, gifts.items[0].left, false)},
        {.name = "business", .kind = FIELD_TEXT, .text = gifts.items[0].business},
    };
    waiting_add(
        said,
        (struct waiting){
            .what = words_text(request->memory, request->language, "gift.waits", arguments, 2),
            .why = words_text(request->memory, request->language, "gift.waits_why", NULL, 0),
            .href = text_of("/me/gifts"),
            .action = words_text(request->memory, request->language, "gift.look", NULL, 0),
            .turn = true,
        });
    return NULL;
}

static const struct route routes[] = {
    {GET, "/me/gifts", &core_gifts_show_handler, SIGNED_IN, .page = "core/gift/pages/gifts.html",
     .api = "/api/v1/me/gifts",
     .summary = "Points and credit from orders before there was an account, by the confirmed mail "
                "address"},
    {POST, "/me/gifts", &core_gifts_take_handler, SIGNED_IN, .again = "/me/gifts",
     .api = "/api/v1/me/gifts", .repeat = REPEAT_SAME, .summary = "Takes all of them"},
};
static const struct route_table table = {"reward", ALL(routes)};
static const struct route_table *const tables[] = {&table};

const struct module gift_part = {
    .name = "gift",
    .routes = ALL(tables),
    .waits = waits,
};
