/*
 * Feedback in the demo world: a travel agency takes some; one conversation is answered, two wait.
 *
 * Must not know: what else the demo world holds. Read next: core/demo.h.
 */
#include "core/demo.h"
#include "core/widgets/feedback.shapes.h"
#include "core/widgets/queries.h"
#include "core/widgets/rows.h"

/* What was written how long ago, oldest first. */
static const struct {
    const char *person; /* NULL: a guest */
    const char *name;   /* of a guest */
    const char *page;
    const char *body;
    const char *answer; /* NULL: it waits */
    int days_ago;
} told[] = {
    {"ines", "", "https://nordlicht.example/trips/somiedo",
     "The second night of the walk around Somiedo is listed twice, with two different huts. Which "
     "one is "
     "it?",
     "Thank you, it is the hut in Valle de Lago. We have put the page right.", 9},
    {NULL, "Henrik", "https://nordlicht.example/night-trains",
     "Can I take a bicycle on the night train from Hamburg to Stockholm?", NULL, 2},
    {"bao", "", "https://nordlicht.example/ferries",
     "Your page of the fjord ferries does not load on my phone when I turn it sideways.", NULL, 1},
};

static const struct problem *take(struct database *db, struct memory *memory, void *context)
{
    return feedback_box_put(db, memory, context);
}

static const struct problem *tell(struct demo *demo, struct party_id business, size_t i)
{
    struct instant at = instant_add(demo->end, -told[i].days_ago * DAY);
    struct text once = text_format(demo->memory, "demo-feedback-%zu", i);
    struct feedback_begin begin = {.business = business,
                                   .name = text_of(told[i].name),
                                   .mail = text_of(""),
                                   .language = LANGUAGE_EN,
                                   .page = text_of(told[i].page),
                                   .address = text_of("192.0.2.7"),
                                   .body = text_of(told[i].body),
                                   .once = once,
                                   .at = at};
    struct feedback_id id;
    if (told[i].person)
        begin.person = demo_party(demo, told[i].person);
    clock_set(at);
    const struct problem *problem =
        once.data ? feedback_begin(demo->store, demo->memory, &begin, &id) : &out_of_memory;
    if (problem || !told[i].answer)
        return problem;
    struct feedback_say say = {.feedback = id,
                               .person = demo_party(demo, "maren"),
                               .organisation = business,
                               .body = text_of(told[i].answer),
                               .once = once,
                               .at = instant_add(at, 3 * HOUR)};
    clock_set(say.at);
    return feedback_say(demo->store, demo->memory, &say);
}

const struct problem *feedback_demo(struct demo *demo)
{
    struct feedback_box_row box = {.business = demo_party(demo, "nordlicht"),
                                   .taking = true,
                                   .side = FEEDBACK_RIGHT,
                                   .tone = FEEDBACK_INK,
                                   .label = text_of(""),
                                   .at = instant_add(demo->end, -30 * DAY)};
    const struct problem *problem = store_write(demo->store, demo->memory, take, &box);
    for (size_t i = 0; !problem && i < sizeof told / sizeof told[0]; i++)
        problem = tell(demo, box.business, i);
    return problem;
}
