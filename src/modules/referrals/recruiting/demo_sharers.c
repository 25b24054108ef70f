/*
 * Three people of the demo world who want to be found.
 *
 * Must not know: pages. Read next: profile.c, modules/referrals/demo.c.
 */
#include "modules/referrals/demo_parts.h"
#include "modules/referrals/recruiting/recruit.h"

static const struct {
    const char *person, *name, *about, *topics, *languages, *countries, *address, *second;
    int64_t reach, beside; /* people at the first and the second address */
} people[] = {
    {"ines", "Inés on rails",
     "Long journeys by train with children, every second Sunday. Most who read it plan a holiday.",
     "travel family", "es en", "ES DE", "https://rails.example/ines", "https://video.example/ines",
     18400, 5200},
    {"jonas", "Jonas reist", "Night trains, huts and maps, in words rather than in pictures.",
     "travel nature", "de", "DE AT CH", "https://reist.example/", "", 3100, 0},
    {"bao", "Bao cooks", "What one eats on the way, with prices.", "food travel", "en zh", "DE TW",
     "https://bao-cooks.example/", "", 860, 0},
};

struct telling {
    struct demo *demo;
    size_t which;
};

static const struct problem *tell(struct database *db, struct memory *memory, void *context)
{
    const struct telling *telling = context;
    size_t i = telling->which;
    const struct sharer_channel channels[] = {
        {text_of(people[i].address), people[i].reach, KIND_SITE},
        {text_of(people[i].second), people[i].beside, KIND_VIDEO}};
    const struct sharer_channel_list list = {channels, *people[i].second ? 2 : 1};
    struct sharer_row sharer = {.person = demo_party(telling->demo, people[i].person),
                                .shown = true,
                                .name = text_of(people[i].name),
                                .about = text_of(people[i].about),
                                .topics = text_of(people[i].topics),
                                .languages = text_of(people[i].languages),
                                .countries = text_of(people[i].countries),
                                .at = telling->demo->end};
    return sharer_keep(db, memory, &sharer, &list);
}

const struct problem *referrals_demo_sharers(struct demo *demo)
{
    struct telling telling = {.demo = demo};
    const struct problem *problem = NULL;
    for (; !problem && telling.which < sizeof people / sizeof people[0]; telling.which++)
        problem = store_write(demo->store, demo->memory, tell, &telling);
    return problem;
}
