/*
 * Referrals in the demo world: a travel agency pays for orders, three people bring some, one is given back.
 *
 * Must not know: what else the demo world holds. Read next: core/demo.h, partner.c, convert.c.
 */
#include "modules/referrals/demo.h"

#include "base/ids.h"
#include "core/shop/shop.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/convert.h"
#include "modules/referrals/kit/kit.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/personal/personal.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/results/quiz_pages.h"

enum {
    DAYS_AGO = 60,
    BUDGET = 40000, /* minor units */
    VIEWS = 58,     /* of the program's page, of those who did not join */
    RULED_AGO = 24  /* days since the reward was raised */
};

static const struct {
    const char *person, *code, *by;
    int clicks;       /* in all */
    const char *quiz; /* what they answered */
} partners[] = {
    {"ines", "INES", "", 96, "123"},
    {"jonas", "JONAS-REIST", "INES", 41, "113"},
    {"bao", "BAO", "JONAS-REIST", 12, "000"},
};

static const struct {
    const char *number, *mail, *code;
    int64_t minor, back; /* given back of it */
    int days_ago;
} orders[] = {
    {"N-2041", "lena@example.net", "INES", 38900, 0, 52},
    {"N-2057", "karim@example.net", "ines", 12400, 0, 44},
    {"N-2060", "olga@example.net", "JONAS-REIST", 64000, 32000, 37},
    {"N-2088", "tom@example.net", "BAO", 21500, 0, 16},
    {"N-2093", "lena@example.net", "INES", 15900, 0, 12},
    {"N-2101", "mira@example.net", "INES", 7900, 0, 5},
    {"N-2104", "karim@example.net", "JONAS-REIST", 9900, 0, 4},
};

static const struct {
    enum language language;
    const char *title, *body;
} texts[] = {
    {LANGUAGE_EN, "A post about the night train",
     "Ad. We fell asleep in Hamburg and woke up to snow: {link}\n"
     "Type {code} when you book, and they know who told you."},
    {LANGUAGE_FR, "Un message à des amis",
     "Publicité. Endormis à Paris, réveillés au bord de la mer : {link}"},
};

static const struct program_level first_levels[] = {{800}, {200}, {50}};
static const struct program_level raised_levels[] = {{1000}, {200}, {50}};
static const struct program_rule first_rule = {.name = TEXT("Orders"),
                                               .trigger = TRIGGER_ORDER,
                                               .each = 1,
                                               .benefit = BENEFIT_PERCENT,
                                               .levels = {first_levels, 3},
                                               .period = PERIOD_EVER,
                                               .hold_days = 30};

struct world {
    struct party_id business, owner;
    struct program_id program;
    struct instant at;
    size_t which;                        /* partner or order being told of */
    struct referrals_partner_id partner; /* who joined last */
};

static const struct problem *begin(struct database *db, struct memory *memory, void *context)
{
    struct world *world = context;
    struct referrals_beginning beginning = {
        .program = {.business = world->business,
                    .module = text_of("referrals"),
                    .title = text_of("Night trains, told by friends"),
                    .about = text_of(
                        "Whoever travels with us by your word, you travel a little with them."),
                    .currency = text_of("EUR"),
                    .empty = EMPTY_WAIT,
                    .since = world->at},
        .terms = {.landing = text_of("https://nordlicht.example/night-trains"),
                  .hosts = text_of("nordlicht.example"),
                  .model = ATTRIBUTION_LAST,
                  .window_days = ATTRIBUTION_WINDOW,
                  .code_first = true,
                  .late_days = ATTRIBUTION_LATE,
                  .joining = JOINING_OPEN},
        .rules = {{&first_rule, 1}},
    };
    struct program_row program;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = id_new(),
                        .event = PROGRAM_START,
                        .by = BY_BUYER,
                        .actor = world->owner,
                        .at = world->at};
    const struct problem *problem = referrals_begin(&move, &beginning);
    world->program.value = move.subject;
    if (!problem)
        problem = program_find(db, memory, world->program, &program);
    if (!problem)
        problem = program_fund(db, memory, &program, BUDGET, world->at);
    return problem ? problem : flow_move(&move);
}

/* What the agency lends whoever recommends it. */
static const struct problem *lend(struct database *db, struct memory *memory, void *context)
{
    const struct world *world = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < sizeof texts / sizeof texts[0]; i++) {
        struct kit_item_row item = {.program = world->program,
                                    .kind = KIT_TEXT,
                                    .language = texts[i].language,
                                    .title = text_of(texts[i].title),
                                    .body = text_of(texts[i].body),
                                    .media = text_of(""),
                                    .copy = text_of(""),
                                    .format = MEDIA_JPEG,
                                    .problem = text_of(""),
                                    .at = world->at};
        problem = kit_add(db, memory, &item);
    }
    return problem;
}

static const struct problem *join(struct database *db, struct memory *memory, void *context)
{
    return referrals_join(db, memory, context);
}

/* Clicks of a partner, until yesterday; each seventh is a program's. */
static const struct problem *follow(struct demo *demo, const struct world *world, size_t which)
{
    struct partner_link_row link;
    const struct problem *problem =
        portal_link(demo->db, demo->memory, world->program, text_of(partners[which].code), &link);
    struct click clicks[100] = {{0}};
    struct click *all[100];
    size_t count = (size_t)partners[which].clicks;
    for (size_t i = 0; i < count; i++) {
        clicks[i] = (struct click){
            .found = {.link = link.id.value, .program = world->program.value, .counts = true},
            .at = instant_add(world->at, (int64_t)(i * (DAYS_AGO - 2) / count + 1) * DAY +
                                             (int64_t)(i % 7 + 9) * HOUR),
            .marks = i % 7 == 6 ? CLICK_BOT : 0,
        };
        all[i] = &clicks[i];
    }
    return problem ? problem : clicks_write(demo->store, demo->memory, all, count);
}

static const struct problem *order(struct database *db, struct memory *memory, void *context)
{
    const struct world *world = context;
    const struct text codes[] = {text_of(orders[world->which].code)};
    struct order_told told = {.number = text_of(orders[world->which].number),
                              .placed = world->at,
                              .mail = {true, text_of(orders[world->which].mail)},
                              .total = {orders[world->which].minor, {"EUR"}},
                              .codes = {codes, 1}};
    struct refund_told refund = {.order = told.number,
                                 .number = text_of("R-1"),
                                 .amount = {orders[world->which].back, {"EUR"}}};
    struct keeping keeping = {.business = world->business,
                              .person = world->owner,
                              .source = ORDER_BY_PROGRAM,
                              .at = world->at};
    struct order_given given;
    struct kept kept = {0}, back = {0};
    const struct problem *problem = order_prepare(memory, &told, &given);
    if (!problem)
        problem = orders_keep(db, memory, &keeping, &given, 1, &kept);
    if (!problem && orders[world->which].back > 0)
        problem = order_refund(db, memory, &keeping, &refund, &back);
    if (problem || kept.problem || back.problem)
        return problem ? problem : kept.problem ? kept.problem : back.problem;
    return referrals_order(db, memory, (struct order_id){kept.id},
                           (struct maybe_instant){.present = false}, world->at);
}

/* The reward is raised, and partners are asked about the rules in force then. */
static const struct problem *raise(struct database *db, struct memory *memory, void *context)
{
    const struct world *world = context;
    struct program_rule rule = first_rule;
    struct program_rules rules = {{&rule, 1}};
    struct program_row program;
    const struct problem *problem = program_find(db, memory, world->program, &program);
    rule.levels.items = raised_levels;
    if (!problem)
        problem = program_set_rules(db, memory, &program, &rules, world->owner, world->at);
    for (size_t i = 0; !problem && i < sizeof partners / sizeof partners[0]; i++) {
        struct partner_link_row link;
        problem = portal_link(db, memory, world->program, text_of(partners[i].code), &link);
        if (!problem)
            problem = quiz_keep(db, memory, link.partner, world->program, program.version + 1,
                                text_of(partners[i].quiz));
    }
    return problem;
}

/* Orders in their time, and between them the change of the rules. */
static const struct problem *let_order(struct demo *demo, struct world *world)
{
    const struct problem *problem = NULL;
    bool raised = false;
    for (size_t i = 0; !problem && i < sizeof orders / sizeof orders[0]; i++) {
        if (!raised && orders[i].days_ago < RULED_AGO) {
            raised = true;
            world->at = instant_add(demo->end, -RULED_AGO * DAY);
            clock_set(world->at);
            problem = store_write(demo->store, demo->memory, raise, world);
        }
        world->which = i;
        world->at = instant_add(demo->end, -orders[i].days_ago * DAY);
        clock_set(world->at);
        if (!problem)
            problem = store_write(demo->store, demo->memory, order, world);
    }
    return problem;
}

/* One offer waits for an answer. */
static const struct problem *offer(struct database *db, struct memory *memory, void *context)
{
    const struct world *world = context;
    struct personal_making making = {
        .program = world->program,
        .business = world->business,
        .partner = world->partner,
        .terms = {.levels = {1200},
                  .count = 1,
                  .fee = {2500, {"EUR"}},
                  .words =
                      text_of("Your post about the sleeper to Narvik brought us guests who come "
                              "back. Would you write about the route to Split in spring?")},
        .days = 30};
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &personal_flow,
                        .by = BY_BUYER,
                        .actor = world->owner,
                        .at = world->at,
                        .note = making.terms.words};
    return personal_make(&move, &making);
}

const struct problem *referrals_demo(struct demo *demo)
{
    struct world world = {.business = demo_party(demo, "nordlicht"),
                          .owner = demo_party(demo, "maren"),
                          .at = instant_add(demo->end, -DAYS_AGO * DAY)};
    struct instant begun = world.at;
    clock_set(world.at);
    const struct problem *problem = store_write(demo->store, demo->memory, begin, &world);
    if (!problem)
        problem = store_write(demo->store, demo->memory, lend, &world);
    for (size_t i = 0; !problem && i < sizeof partners / sizeof partners[0]; i++) {
        struct referrals_joining_in joining = {.program = world.program,
                                               .person = demo_party(demo, partners[i].person),
                                               .by = text_of(partners[i].by),
                                               .code = text_of(partners[i].code),
                                               .at = begun};
        problem = store_write(demo->store, demo->memory, join, &joining);
        if (!problem)
            problem = follow(demo, &world, i);
        world.partner = joining.partner;
    }
    for (int i = 0; !problem && i < VIEWS; i++)
        results_viewed(demo->store, demo->memory, world.program, instant_add(begun, i * DAY));
    if (!problem)
        problem = let_order(demo, &world);
    if (!problem)
        problem = results_look_at_links(demo->store, demo->db, demo->memory, world.program);
    return problem ? problem : store_write(demo->store, demo->memory, offer, &world);
}
