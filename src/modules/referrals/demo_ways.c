/*
 * What else happens in the demo world's programs: codes, somebody met, an appeal, and a program that pays for clicks
 * and posts.
 *
 * Must not know: orders. Read next: demo.c, demo_parts.h.
 */
#include "base/ids.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/coupons/coupon.h"
#include "modules/referrals/demo_parts.h"
#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/doubts/page_queries.h"
#include "modules/referrals/doubts/page_rows.h"
#include "modules/referrals/leads/lead.h"
#include "modules/referrals/leads/queries.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"

enum { LEAD_DAYS = 60, LEADS = 10, LAKE_BUDGET = 30000, LAKE_CLICKS = 60, LAKE_DAYS = 30 };

struct ways {
    struct program_id program;
    struct referrals_partner_id partner;
    struct instant at, met; /* codes made; somebody met */
    struct party_id person; /* who takes part as the partner */
};

static const struct problem *make_ways(struct database *db, struct memory *memory, void *context)
{
    const struct ways *ways = context;
    struct coupon_row coupons[] = {
        {.partner = {true, ways->partner}, .spelling = text_of("NORD-10"), .percent = 1000},
        {.spelling = text_of("WINTER-25"),
         .off_minor = 2500,
         .least_minor = 20000,
         .uses = 100,
         .uses_each = 1,
         .until = instant_add(ways->met, 45 * DAY)},
    };
    const struct lead_terms_row terms = {ways->program, LEAD_DAYS, LEADS};
    struct lead_row lead = {.partner = ways->partner,
                            .name = text_of("Familie Brandt"),
                            .met = text_of("Travel fair in Oviedo, at the stand of the hikers")};
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < sizeof coupons / sizeof coupons[0]; i++) {
        coupons[i].program = ways->program;
        coupons[i].since = coupons[i].at = ways->at;
        coupons[i].products = coupons[i].categories = text_of("");
        problem = coupon_make(db, memory, &coupons[i]);
    }
    if (!problem)
        problem = lead_terms_set(db, memory, &terms);
    if (!problem)
        problem = shop_mail_mark(memory, text_of("brandt@example.net"), &lead.mail);
    return problem ? problem : lead_register(db, memory, ways->person, ways->met, &lead);
}

const struct problem *referrals_demo_ways(struct demo *demo, struct program_id program,
                                          struct referrals_partner_id partner, struct instant at)
{
    struct ways ways = {.program = program,
                        .partner = partner,
                        .at = at,
                        .met = instant_add(demo->end, -6 * DAY),
                        .person = demo_party(demo, "ines")};
    return store_write(demo->store, demo->memory, make_ways, &ways);
}

const struct problem *referrals_demo_appeal(struct demo *demo, struct program_id program,
                                            const char *person)
{
    struct doubt_page_row_list held;
    struct move move = {.flow = &doubt_flow,
                        .event = DOUBT_APPEAL,
                        .by = BY_SUPPLIER,
                        .actor = demo_party(demo, person),
                        .at = instant_add(demo->end, -3 * DAY),
                        .note = text_of("That is my father; we have the same name. He booked for "
                                        "himself and my mother, and paid with his own card.")};
    const struct problem *problem =
        doubts_of_person(demo->db, demo->memory, move.actor, program, INT64_MAX, 1, &held);
    if (problem || held.count == 0)
        return problem;
    move.subject = held.items[0].id.value;
    clock_set(move.at);
    return flow_make(demo->store, demo->memory, &move);
}

/* ---- a program that pays for clicks ----------------------------------------------------------- */

static const struct program_level per_stay[] = {{1500}};
static const struct program_level per_click[] = {{4}};
static const struct program_level per_post[] = {{2000}};
static const struct program_rule lake_rules[] = {
    {.name = TEXT("Stays"),
     .trigger = TRIGGER_ORDER,
     .each = 1,
     .benefit = BENEFIT_AMOUNT,
     .levels = {per_stay, 1},
     .period = PERIOD_EVER,
     .hold_days = 14},
    {.name = TEXT("Readers who come"),
     .trigger = TRIGGER_CLICK,
     .each = 1,
     .benefit = BENEFIT_AMOUNT,
     .levels = {per_click, 1},
     .period = PERIOD_EVER,
     .hold_days = 14},
    {.name = TEXT("A post about us"),
     .trigger = TRIGGER_POST,
     .each = 1,
     .benefit = BENEFIT_AMOUNT,
     .levels = {per_post, 1},
     .period = PERIOD_EVER,
     .hold_days = 14},
};

struct lake {
    struct party_id business, owner;
    struct program_id program;
    struct instant at;
};

static const struct problem *begin(struct database *db, struct memory *memory, void *context)
{
    struct lake *lake = context;
    struct referrals_beginning beginning = {
        .program = {.business = lake->business,
                    .module = text_of("referrals"),
                    .title = text_of("A week at the lake, for your readers"),
                    .about = text_of("For people who write about the region. We read what you "
                                     "write before we let you in."),
                    .currency = text_of("EUR"),
                    .empty = EMPTY_WAIT,
                    .since = lake->at},
        .terms = {.landing = text_of("https://haus-am-see.example/weeks"),
                  .hosts = text_of("haus-am-see.example"),
                  .model = ATTRIBUTION_FIRST,
                  .window_days = ATTRIBUTION_WINDOW,
                  .late_days = ATTRIBUTION_LATE,
                  .joining = JOINING_ASKED,
                  .unique_clicks = true},
        .rules = {{lake_rules, sizeof lake_rules / sizeof lake_rules[0]}},
    };
    struct program_row program;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = id_new(),
                        .event = PROGRAM_START,
                        .by = BY_BUYER,
                        .actor = lake->owner,
                        .at = lake->at};
    const struct problem *problem = referrals_begin(&move, &beginning);
    lake->program.value = move.subject;
    if (!problem)
        problem = program_find(db, memory, lake->program, &program);
    if (!problem)
        problem = program_fund(db, memory, &program, LAKE_BUDGET, lake->at);
    return problem ? problem : flow_move(&move);
}

static const struct problem *join(struct database *db, struct memory *memory, void *context)
{
    return referrals_join(db, memory, context);
}

/* By different visitors, when something was written. */
static const struct problem *come(struct demo *demo, const struct lake *lake)
{
    struct partner_link_row link;
    const struct problem *problem =
        portal_link(demo->db, demo->memory, lake->program, text_of("INES-LAGO"), &link);
    struct click clicks[LAKE_CLICKS];
    struct click *all[LAKE_CLICKS];
    for (size_t i = 0; i < LAKE_CLICKS; i++) {
        clicks[i] = (struct click){
            .found = {.link = link.id.value, .program = lake->program.value, .counts = true},
            .visitor = {(int64_t)i + 1, (int64_t)i + 1},
            .at = instant_add(lake->at, (int64_t)(i / 6 * 3 - i / 30 + 1) * DAY +
                                            (int64_t)(i % 6) * 9 * MINUTE + 9 * HOUR)};
        all[i] = &clicks[i];
    }
    return problem ? problem : clicks_write(demo->store, demo->memory, all, LAKE_CLICKS);
}

const struct problem *referrals_demo_lake(struct demo *demo)
{
    static const struct {
        const char *person, *code;
    } askers[] = {{"oksana", "OZERO"}, {"ines", "INES-LAGO"}};
    struct lake lake = {.business = demo_party(demo, "haus"),
                        .owner = demo_party(demo, "tove"),
                        .at = instant_add(demo->end, -LAKE_DAYS * DAY)};
    struct referrals_joining_in joining = {0};
    const struct problem *problem = store_write(demo->store, demo->memory, begin, &lake);
    for (size_t i = 0; !problem && i < sizeof askers / sizeof askers[0]; i++) {
        joining = (struct referrals_joining_in){.program = lake.program,
                                                .person = demo_party(demo, askers[i].person),
                                                .by = text_of(""),
                                                .code = text_of(askers[i].code),
                                                .at = lake.at};
        problem = store_write(demo->store, demo->memory, join, &joining);
    }
    struct move admit = {.flow = &referrals_partner_flow,
                         .subject = joining.partner.value,
                         .event = PARTNER_ADMIT,
                         .by = BY_BUYER,
                         .actor = lake.owner,
                         .at = lake.at};
    if (!problem)
        problem = flow_make(demo->store, demo->memory, &admit);
    if (!problem)
        problem = come(demo, &lake);
    const struct demo_posts posts = {.program = lake.program,
                                     .owner = lake.owner,
                                     .person = joining.person,
                                     .partner = joining.partner};
    return problem ? problem : referrals_demo_posts(demo, &posts);
}
