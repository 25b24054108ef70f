/*
 * Plans in the demo world: one that is being paid, two that wait for their debtors' word, one that is late.
 *
 * Must not know: what else the demo world holds. Read next: core/demo.h.
 */
#include "core/demo.h"
#include "core/owed/obligation_parts.h"
#include "web/words.h"

/* What was agreed on how long ago. The days of a month differ, so a third part after `first` 58 days ago is
 * one to four days ahead. */
static const struct {
    const char *debtor;
    const char *creditor;
    const char *title;
    enum plan_term term;
    int64_t sum; /* minor units */
    int64_t parts;
    int days_ago;
    int first; /* days from now to the first part */
    int64_t grace;
    int64_t fee; /* minor units */
    bool automatic;
    const char *accepted; /* by whom, an hour after it was written; NULL: it waits */
} told[] = {
    {"nordlicht", "ines", "Series “By night train to the north”", PLAN_INSTALMENTS, 90000, 5, 65,
     -58, 5, 0, true, "maren"},
    {"ines", "verein", "Telephoto lens on loan", PLAN_RECURRING, 3500, 6, 50, -12, 7, 500, false,
     "ines"},
    {"nordlicht", "oksana", "Series “Riga under snow”", PLAN_MILESTONES, 120000, 3, 4, 0, 5, 0,
     true, NULL},
    {"ines", "haus", "Weekend course “Evening light at the lake”", PLAN_INSTALMENTS, 24000, 3, 2,
     20, 7, 0, false, NULL},
};

/* One plan, written and perhaps accepted. */
struct telling {
    struct plan_row plan;
    struct move move;
    struct party_id accepted; /* 0: nobody yet */
};

static const struct problem *write_plan(struct database *db, struct memory *memory, void *context)
{
    struct telling *telling = context;
    telling->move.db = db;
    telling->move.memory = memory;
    const struct problem *problem = plan_begin(&telling->move, &telling->plan);
    if (problem || telling->accepted.value == 0)
        return problem;
    struct move accept = telling->move;
    accept.actor = telling->accepted;
    accept.at = instant_add(accept.at, HOUR);
    return plan_accept(&accept, telling->plan.id);
}

static const struct problem *tell(struct demo *demo, size_t i, struct instant at)
{
    int64_t first = words_day_of(demo->end) + told[i].first;
    bool on_days = told[i].term != PLAN_MILESTONES;
    struct telling telling = {
        .plan = {.kind = text_of(plan_agreed.name),
                 .title = text_of(told[i].title),
                 .debtor = demo_party(demo, told[i].debtor),
                 .creditor = demo_party(demo, told[i].creditor),
                 .term = told[i].term,
                 .sum = {told[i].sum, {"EUR"}},
                 .parts = told[i].parts,
                 .remainder = REMAINDER_LAST,
                 .unit = PLAN_MONTH,
                 .every = 1,
                 .first = on_days ? first : 0,
                 .month_day = civil_of((struct instant){first * DAY}).day,
                 .basis = BASIS_ACTUAL_365,
                 .grace = told[i].grace,
                 .fee_minor = told[i].fee,
                 .automatic = told[i].automatic},
        .move = {.flow = &plan_flow, .by = BY_OPERATOR, .actor = demo_party(demo, "sam"), .at = at},
    };
    if (told[i].accepted)
        telling.accepted = demo_party(demo, told[i].accepted);
    return store_write(demo->store, demo->memory, write_plan, &telling);
}

const struct problem *obligation_demo(struct demo *demo)
{
    const struct problem *problem = NULL;
    for (int days = told[0].days_ago; !problem && days > 0; days--) {
        struct instant at = instant_add(demo->end, -days * DAY);
        clock_set(at);
        for (size_t i = 0; !problem && i < sizeof told / sizeof told[0]; i++) {
            if (told[i].days_ago == days)
                problem = tell(demo, i, at);
        }
        if (!problem)
            problem = demo_until(demo, at);
    }
    return problem;
}
