/*
 * The briefs' part of the demo world: briefs and answers in each state.
 *
 * Everything goes through the calls that pages use. People answer with what they have in the catalogue
 * by then, found as the pages find it. Must not know: what a photograph is. Read next: core/demo.h.
 */
#include "modules/briefs/demo.h"

#include "base/log.h"
#include "modules/briefs/rules.h"

/* Who answers which brief, with which of their things, and what becomes of it. */
struct demo_answer {
    const char *person;
    size_t
        place; /* of their things in the catalogue, from the newest; beyond the last begins anew */
    int64_t price;    /* cents */
    const char *note; /* to the business */
    const char *scores;
    const char *remark;
    enum briefs_offer_event event; /* what happens to it in the end; 0: nothing */
    const char *reason;            /* for ANSWER_THANK */
};

enum { ANSWERS = 5 };

struct demo_brief {
    const char *firm;
    const char *member; /* who acts for it */
    const char *title;
    const char *body;
    const char *criteria;
    int64_t wanted;
    int64_t budget; /* cents */
    int begun;      /* days before today */
    int until;      /* days after today, negative when over */
    bool close;     /* ended by the business, two days after the last answer */
    struct demo_answer answers[ANSWERS];
};

static const struct demo_brief demo_briefs[] = {
    {"haus",
     "tove",
     "The lake in winter, without people",
     "For the cover of our winter letter: cold light, water or frost, no people and no boats.",
     "Light\nRoom for a title",
     1,
     4000,
     75,
     -62,
     true,
     {{"bao", 0, 3500, "Taken from the north shore before sunrise.", "", "", ANSWER_WITHDRAW, ""},
      {"mei", 0, 4000, "", "22", "", 0, ""}}},
    {"verein",
     "jonas",
     "Two pictures for the walking calendar",
     "March and October, wide format, a path or a ridge somewhere in the picture. Printed at A3.",
     "Season\nPath visible\nSharp at A3",
     2,
     3000,
     50,
     -30,
     false,
     {{"ines", 1, 3000, "October, early. The path runs along the left edge.", "554",
       "Best of all for October.", ANSWER_ACCEPT, ""},
      {"clem", 0, 2500, "March, after the thaw.", "443", "", ANSWER_ACCEPT, ""},
      {"tove", 0, 2800, "", "233", "", ANSWER_THANK,
       "Both months are taken now. We liked the light in yours and will ask again for next "
       "year."}}},
    {"nordlicht",
     "maren",
     "Nine quiet pictures for the reading room",
     "For the waiting corner of our office in Kiel: calm, no text, no people, at least 2,000 "
     "pixels.",
     "Calm\nFits beside others",
     9,
     2000,
     24,
     -3,
     false,
     {{"oksana", 0, 1800, "It hangs in my own kitchen.", "54", "First choice.", ANSWER_SHORTLIST,
       ""},
      {"mei", 1, 2000, "", "44", "", ANSWER_SHORTLIST, ""},
      {"bao", 1, 1500, "There are two more from that evening.", "", "", 0, ""}}},
    {"haus",
     "tove",
     "Something green for the garden page",
     "One upright or square picture for our garden page: leaves, moss, rain. Only on the web.",
     "Green\nSimple",
     2,
     2500,
     14,
     10,
     false,
     {{"oksana", 1, 2000, "After a shower in June.", "55", "", ANSWER_ACCEPT, ""},
      {"ines", 2, 2500, "", "31", "Too busy for a small square.", ANSWER_THANK,
       "It is a fine picture, but there is too much in it for a small square on a web page."},
      {"clem", 1, 2200, "Can be cut to a square.", "", "", 0, ""}}},
    {"nordlicht",
     "maren",
     "Five photographs of walks above the tree line",
     "For the autumn catalogue, 20,000 copies, and our web pages: mountain walks, clear weather, "
     "no "
     "people who can be recognised. Wide or upright. We print at A4.",
     "Autumn light\nNo people\nSharp at A4\nFits the route",
     5,
     8000,
     9,
     21,
     false,
     {{"ines", 0, 7500, "Second week of October, the one morning without wind.", "5544",
       "The one for the double page.", ANSWER_SHORTLIST, ""},
      {"jonas", 0, 6000, "There are five more from the same path.", "4354", "", 0, ""},
      {"clem", 2, 4500, "", "3533", "", 0, ""},
      {"bao", 2, 4500, "Taken on the third day of the traverse.", "", "", 0, ""},
      {"oksana", 2, 3000, "Morning, after the rain.", "", "", 0, ""}}},
    {"verein",
     "jonas",
     "A ford, a bridge or stepping stones",
     "One picture for the cover of our statutes. Any season.",
     "",
     1,
     1500,
     1,
     29,
     false,
     {{0}}},
};

enum { BRIEFS = sizeof demo_briefs / sizeof demo_briefs[0] };

/* A person's thing that can be agreed on now; 0 when they have none. */
static const struct problem *thing_of(struct demo *demo, struct party_id person, size_t place,
                                      int64_t *out)
{
    const struct offering_kind *kind = offering_named("photo");
    struct offering_list own = {0};
    int64_t available[50];
    size_t count = 0;
    const struct problem *problem =
        kind ? kind->of_person(demo->db, demo->memory, person, 0, &own) : NULL;
    for (size_t i = 0; i < own.count && count < 50; i++) {
        if (own.items[i].available)
            available[count++] = own.items[i].subject;
    }
    *out = count ? available[place % count] : 0;
    return problem;
}

static const struct problem *give_answer(struct demo *demo, struct call_id brief,
                                         const struct demo_answer *answer, struct instant at,
                                         struct deal_id *out)
{
    struct party_id person = demo_party(demo, answer->person);
    int64_t subject;
    const struct problem *problem = thing_of(demo, person, answer->place, &subject);
    *out = (struct deal_id){0};
    if (problem || !subject)
        return problem;
    struct briefs_answer given = {
        .brief = brief,
        .person = person,
        .subjects = &subject,
        .count = 1,
        .price = {answer->price, {"EUR"}},
        .note = text_of(answer->note),
        .once = text_of(""),
    };
    clock_set(at);
    return briefs_answer_with(demo->store, demo->memory, &given, at, out);
}

static const struct problem *decide(struct demo *demo, const struct demo_brief *brief,
                                    struct call_id call, const struct demo_answer *answer,
                                    struct deal_id offer, struct instant at)
{
    struct party_id firm = demo_party(demo, brief->firm);
    const struct problem *problem = NULL;
    clock_set(at);
    if (answer->scores[0] || answer->remark[0])
        problem = briefs_score(demo->store, demo->memory, offer, firm, text_of(answer->scores),
                               text_of(answer->remark));
    if (problem || !answer->event)
        return problem;
    if (answer->event == ANSWER_WITHDRAW)
        return briefs_withdraw(demo->store, demo->memory, offer, demo_party(demo, answer->person),
                               at);
    struct briefs_choice choice = {
        .brief = call,
        .organisation = firm,
        .person = demo_party(demo, brief->member),
        .event = answer->event,
        .offers = &offer,
        .count = 1,
        .reason = text_of(answer->reason),
        .once = text_of(""),
    };
    int64_t moved;
    return briefs_choose(demo->store, demo->memory, &choice, at, &moved);
}

static const struct problem *publish(struct demo *demo, const struct demo_brief *brief,
                                     struct instant at, struct call_id *out)
{
    struct instant today = {demo->end.ms - demo->end.ms % DAY};
    struct briefs_publication publication = {
        .organisation = demo_party(demo, brief->firm),
        .person = demo_party(demo, brief->member),
        .title = text_of(brief->title),
        .body = text_of(brief->body),
        .wanted = brief->wanted,
        .budget = {brief->budget, {"EUR"}},
        .criteria = text_of(brief->criteria),
        .until = briefs_deadline(instant_add(today, brief->until * DAY)),
        .once = text_of(""),
    };
    clock_set(at);
    return briefs_publish(demo->store, demo->memory, &publication, at, out);
}

static const struct problem *build_brief(struct demo *demo, const struct demo_brief *brief)
{
    struct instant begun = instant_add(demo->end, -brief->begun * DAY);
    struct instant day = begun;
    struct call_id call;
    struct deal_id offers[ANSWERS] = {{0}};
    const struct problem *problem = publish(demo, brief, begun, &call);
    for (size_t i = 0; !problem && i < ANSWERS && brief->answers[i].person; i++) {
        day = instant_add(begun, (int64_t)(i + 1) * 20 * HOUR);
        problem = give_answer(demo, call, &brief->answers[i], day, &offers[i]);
    }
    for (size_t i = 0; !problem && i < ANSWERS && brief->answers[i].person; i++) {
        day = instant_add(day, 3 * HOUR);
        if (offers[i].value)
            problem = decide(demo, brief, call, &brief->answers[i], offers[i], day);
    }
    day = instant_add(day, 2 * DAY);
    if (!problem && brief->close) {
        clock_set(day);
        problem = briefs_close(demo->store, demo->memory, call, demo_party(demo, brief->firm),
                               demo_party(demo, brief->member), day);
    }
    return problem;
}

const struct problem *briefs_demo(struct demo *demo)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < BRIEFS; i++) {
        problem = build_brief(demo, &demo_briefs[i]);
        demo->progress("Briefs", (int64_t)i + 1, BRIEFS);
    }
    return problem ? problem : demo_until(demo, demo->end);
}
