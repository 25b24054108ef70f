/*
 * Referrals in the demo world: a travel agency pays for orders on three levels, six people bring some, a few are
 * given back, and two look like a partner's own.
 *
 * Must not know: what else the demo world holds. Read next: demo_ways.c, core/demo.h, convert.c.
 */
#include "modules/referrals/demo.h"

#include "base/ids.h"
#include "core/shop/shop.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/convert.h"
#include "modules/referrals/demo_parts.h"
#include "modules/referrals/kit/kit.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/personal/personal.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/results/quiz_pages.h"

enum {
    DAYS_AGO = 60,
    BUDGET = 90000, /* minor units */
    VIEWS = 58,     /* of the program's page, of those who did not join */
    RULED_AGO = 24  /* days since the reward was raised */
};

static const struct {
    const char *person, *code, *by;
    int clicks;       /* in all */
    int shown;        /* how often a banner came into sight */
    const char *quiz; /* what they answered */
} partners[] = {
    {"ines", "INES", "", 96, 240, "123"},
    {"jonas", "JONAS-REIST", "INES", 41, 0, "113"},
    {"clem", "CLEM-VOYAGE", "INES", 73, 90, "122"},
    {"oksana", "OKSANA", "JONAS-REIST", 38, 0, "133"},
    {"mei", "MEI-TRAVEL", "CLEM-VOYAGE", 22, 0, ""},
    {"bao", "BAO", "JONAS-REIST", 12, 0, "000"},
};

static const struct {
    const char *number, *name, *mail, *country, *code;
    int64_t minor, back; /* given back of it */
    int days_ago;
} orders[] = {
    {"N-2041", "Lena Behrens", "lena@example.net", "DE", "INES", 38900, 0, 52},
    {"N-2044", "Paul Marchand", "paul@example.net", "FR", "CLEM-VOYAGE", 27800, 0, 50},
    {"N-2049", "Greta Holm", "greta@example.net", "SE", "INES", 18400, 18400, 47},
    {"N-2057", "Karim Saidi", "karim@example.net", "DE", "ines", 12400, 0, 44},
    {"N-2059", "Anna Petrova", "anna@example.net", "LV", "OKSANA", 21900, 0, 40},
    {"N-2060", "Olga Baum", "olga@example.net", "DE", "JONAS-REIST", 64000, 32000, 37},
    {"N-2068", "Luc Perrin", "luc@example.net", "FR", "CLEM-VOYAGE", 15600, 0, 33},
    {"N-2071", "Chen Yi-jun", "chen@example.net", "TW", "MEI-TRAVEL", 48200, 0, 29},
    {"N-2079", "Sofie Dahl", "sofie@example.net", "DK", "INES", 23700, 0, 26},
    {"N-2084", "Anna Petrova", "anna@example.net", "LV", "OKSANA", 9800, 0, 21},
    {"N-2086", "Paul Marchand", "paul@example.net", "FR", "CLEM-VOYAGE", 31200, 8000, 19},
    {"N-2088", "Tom Reuter", "tom@example.net", "DE", "BAO", 21500, 0, 16},
    {"N-2090", "Jonas Weiland", "j.weiland@example.com", "DE", "JONAS-REIST", 28600, 0, 14},
    {"N-2093", "Lena Behrens", "lena@example.net", "DE", "INES", 15900, 0, 12},
    {"N-2096", "Eva Lang", "eva@example.net", "AT", "NORD-10", 34100, 0, 10},
    {"N-2098", "Clem Aubert", "c.aubert@example.com", "FR", "CLEM-VOYAGE", 17300, 0, 8},
    {"N-2101", "Mira Kessler", "mira@example.net", "DE", "INES", 7900, 0, 5},
    {"N-2104", "Karim Saidi", "karim@example.net", "DE", "JONAS-REIST", 9900, 0, 4},
};

static const struct {
    enum kit_kind kind;
    enum language language;
    const char *title, *body;
} texts[] = {
    {KIT_TEXT, LANGUAGE_EN, "A post about the night train",
     "Ad. We fell asleep in Hamburg and woke up to snow: {link}\n"
     "Type {code} when you book, and they know who told you."},
    {KIT_TEXT, LANGUAGE_FR, "Un message à des amis",
     "Publicité. Endormis à Paris, réveillés au bord de la mer : {link}"},
    {KIT_SAMPLE, LANGUAGE_EN, "A night to try",
     "Tell us a date from Sunday to Wednesday: one berth for you, free, so that you know what you "
     "recommend."},
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
    struct referrals_partner_id first;   /* who joined first */
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
                                    .kind = texts[i].kind,
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

/* Clicks of a partner or what was shown of theirs, until yesterday; each seventh click is a program's. */
static const struct problem *come(struct demo *demo, const struct world *world, size_t which,
                                  bool impression)
{
    struct partner_link_row link;
    const struct problem *problem =
        portal_link(demo->db, demo->memory, world->program, text_of(partners[which].code), &link);
    size_t count = (size_t)(impression ? partners[which].shown : partners[which].clicks);
    struct click *clicks = memory_take_array(demo->memory, count + 1, sizeof *clicks);
    struct click **all = memory_take_array(demo->memory, count + 1, sizeof *all);
    if (problem || !clicks || !all)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        clicks[i] = (struct click){
            .found = {.link = link.id.value, .program = world->program.value, .counts = true},
            .impression = impression,
            .at = instant_add(world->at, (int64_t)(i * (DAYS_AGO - 2) / count + 1) * DAY +
                                             (int64_t)(i % 7 + 9) * HOUR),
            .marks = !impression && i % 7 == 6 ? CLICK_BOT : 0,
        };
        all[i] = &clicks[i];
    }
    return count > 0 ? clicks_write(demo->store, demo->memory, all, count) : NULL;
}

static const struct problem *order(struct database *db, struct memory *memory, void *context)
{
    const struct world *world = context;
    const struct text codes[] = {text_of(orders[world->which].code)};
    struct order_told told = {.number = text_of(orders[world->which].number),
                              .placed = world->at,
                              .mail = {true, text_of(orders[world->which].mail)},
                              .name = {true, text_of(orders[world->which].name)},
                              .country = {true, text_of(orders[world->which].country)},
                              .total = {orders[world->which].minor, {"EUR"}},
                              .codes = {codes, 1}};
    struct refund_told refund = {.order = told.number,
                                 .number = text_format(memory, "R-%s", orders[world->which].number),
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
        if (!problem && partners[i].quiz[0])
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
            problem = come(demo, &world, i, false);
        if (!problem)
            problem = come(demo, &world, i, true);
        world.partner = joining.partner;
        if (i == 0)
            world.first = joining.partner;
    }
    for (int i = 0; !problem && i < VIEWS; i++)
        results_viewed(demo->store, demo->memory, world.program, instant_add(begun, i * DAY));
    if (!problem)
        problem = referrals_demo_ways(demo, world.program, world.first, begun);
    if (!problem)
        problem = let_order(demo, &world);
    if (!problem)
        problem = results_look_at_links(demo->store, demo->db, demo->memory, world.program);
    if (!problem)
        problem = referrals_demo_appeal(demo, world.program, "jonas");
    if (!problem)
        problem = store_write(demo->store, demo->memory, offer, &world);
    if (!problem)
        problem = referrals_demo_sharers(demo);
    return problem ? problem : referrals_demo_lake(demo);
}
