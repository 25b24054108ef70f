/*
 * Points in the demo world: a travel agency promises some, two people hold some, one with an end in sight.
 *
 * Must not know: what else the demo world holds. Read next: core/demo.h.
 */
#include "core/demo.h"
#include "core/reward/reward.h"

/* What happened how long ago. */
static const struct {
    enum reward_what what;
    const char *person;
    int64_t units;
    int64_t price; /* of which they paid a part, minor units */
    const char *note;
    int days_ago;
} told[] = {
    {REWARD_GIVEN, "ines", 1200, 0, "For your photographs in our winter catalogue", 351},
    {REWARD_GIVEN, "ines", 500, 0, "For your review of the walk around Somiedo", 120},
    {REWARD_USED, "ines", 800, 6400, "Night train from Hamburg to Kiel", 75},
    {REWARD_GIVEN, "bao", 300, 0, "For answering our questions about night trains", 40},
    {REWARD_USED, "bao", 100, 1900, "Day ticket for the fjord ferry", 12},
};

static const struct problem *set(struct database *db, struct memory *memory, void *context)
{
    return promise_set(db, memory, context);
}

const struct problem *reward_demo(struct demo *demo)
{
    struct party_id issuer = demo_party(demo, "nordlicht");
    struct ledger_promise points = {.issuer = issuer,
                                    .kind = PROMISE_POINTS,
                                    .currency = text_of(currency_points.code),
                                    .days = 365,
                                    .told_days = 30,
                                    .least = 50,
                                    .part = 5000,
                                    .worth = {true, {100, {"EUR"}}},
                                    .per = 100,
                                    .since = instant_add(demo->end, -360 * DAY)};
    const struct problem *problem = store_write(demo->store, demo->memory, set, &points);
    for (size_t i = 0; !problem && i < sizeof told / sizeof told[0]; i++) {
        struct instant at = instant_add(demo->end, -told[i].days_ago * DAY);
        struct reward_act act = {.what = told[i].what,
                                 .issuer = issuer,
                                 .party = demo_party(demo, told[i].person),
                                 .actor = demo_party(demo, "maren"),
                                 .units = {told[i].units, currency_points},
                                 .price = {told[i].price > 0, {told[i].price, {"EUR"}}},
                                 .note = text_of(told[i].note),
                                 .at = at};
        clock_set(at);
        problem = reward_make(demo->store, demo->memory, &act);
    }
    return problem;
}
