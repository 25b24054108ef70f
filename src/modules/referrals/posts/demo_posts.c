/*
 * Posts of the demo world: one paid, one that waits for its second look, one without a word that says it is an
 * advertisement, and one that the business does not want.
 *
 * Nothing is fetched: what a look would have found is said here. Must not know: pages. Read next: check.h,
 * modules/referrals/demo_ways.c.
 */
#include "base/ids.h"
#include "modules/referrals/demo_parts.h"
#include "modules/referrals/posts/check.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/rows.h"

enum { FIRST_LOOK = 10 * SECOND, SECOND_LOOK = 14 * DAY - POST_AGAIN_BEFORE };

static const struct {
    const char *address;
    int64_t days_ago; /* handed in */
    enum post_found found;
    bool again;           /* the second look was, and found all */
    const char *rejected; /* the business's words */
} posts[] = {
    {"https://rails.example/ines/seven-days-at-the-lake", 26, POST_ALL, true, ""},
    {"https://rails.example/ines/what-we-packed", 9, POST_NO_DISCLOSURE, false, ""},
    {"https://rails.example/ines/with-children-on-the-water", 5, POST_ALL, false, ""},
    {"https://rails.example/ines/ten-hotels-by-the-sea", 2, POST_ALL, false,
     "Most of it is about other hotels, and ours stands last. Write about your stay with us, and "
     "we are glad to have it."},
};

struct telling {
    const struct demo_posts *given;
    struct instant end;
    size_t which;
};

static const struct problem *look(struct move *move, struct instant at, enum post_found found)
{
    struct post_seen seen = {.found = found, .at = at};
    const struct problem *problem =
        post_by_id(move->db, move->memory, (struct post_id){move->subject}, &seen.post);
    seen.page = seen.post.page;
    return problem ? problem : post_settle(move->db, move->memory, &seen);
}

static const struct problem *reject(const struct move *handed_in, const struct telling *telling)
{
    struct move move = *handed_in;
    move.event = POST_REJECT;
    move.by = BY_BUYER;
    move.actor = telling->given->owner;
    move.at = instant_add(handed_in->at, 8 * HOUR);
    move.note = text_of(posts[telling->which].rejected);
    return flow_move(&move);
}

static const struct problem *tell(struct database *db, struct memory *memory, void *context)
{
    const struct telling *telling = context;
    size_t i = telling->which;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &post_flow,
                        .subject = id_new(),
                        .by = BY_SUPPLIER,
                        .actor = telling->given->person,
                        .at = instant_add(telling->end, -posts[i].days_ago * DAY)};
    const struct problem *problem =
        post_hand_in(&move, telling->given->partner, text_of(posts[i].address));
    if (!problem)
        problem = look(&move, instant_add(move.at, FIRST_LOOK), posts[i].found);
    if (!problem && posts[i].again)
        problem = look(&move, instant_add(move.at, SECOND_LOOK), POST_ALL);
    return problem || !*posts[i].rejected ? problem : reject(&move, telling);
}

static const struct problem *take(struct database *db, struct memory *memory, void *context)
{
    const struct telling *telling = context;
    const struct post_terms_row terms = {telling->given->program, true, text_of("")};
    return post_terms_set(db, memory, &terms);
}

const struct problem *referrals_demo_posts(struct demo *demo, const struct demo_posts *given)
{
    struct telling telling = {.given = given, .end = demo->end};
    const struct problem *problem = store_write(demo->store, demo->memory, take, &telling);
    for (; !problem && telling.which < sizeof posts / sizeof posts[0]; telling.which++)
        problem = store_write(demo->store, demo->memory, tell, &telling);
    return problem;
}
