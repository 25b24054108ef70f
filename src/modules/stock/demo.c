/*
 * The stock's part of the demo world: two years of photographs, licences and talks, ended today.
 *
 * Everything goes through the calls that pages use, week by week with the clock set. What is bought when
 * follows from the week's number, so that each build is the same. Must not know: pages.
 */
#include "modules/stock/demo.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "modules/stock/demo_photos.h"
#include "modules/stock/stock.h"

enum { WEEKS = 104, PHOTOS_MAX = 64, TOGETHER = 2 };

struct building {
    struct demo *demo;
    struct stock_photo_id photos[PHOTOS_MAX]; /* by their place in demo_photos */
    size_t taken;                             /* how many came so far */
    size_t accepted;                          /* how many of these are decided */
    struct deal_id talk;                      /* the talk that began last */
    struct stock_licence_id bought;           /* at list price last; 0: it was not */
};

static struct text none(void)
{
    return text_of("");
}

/* ---- photographs ---- */

struct looking {
    struct building *building;
    size_t place;           /* in demo_photos */
    struct party_id person; /* who offers it */
    struct instant at;
    const struct problem *problem;
    pthread_t thread;
};

/* Decoding takes most of the time, so that each processor gets one. */
static void *look(void *argument)
{
    struct looking *looking = argument;
    const struct demo_photo *photo = &demo_photos[looking->place];
    struct demo *demo = looking->building->demo;
    struct memory *memory = memory_create(16 << 20);
    int file = open(photo->file, O_RDONLY | O_CLOEXEC);
    const char *name = photo->file;
    for (const char *at = photo->file; *at; at++)
        name = *at == '/' ? at + 1 : name;
    looking->problem =
        file < 0 || !memory
            ? &not_found
            : stock_take_file(demo->store, memory, looking->person, file, text_of(name),
                              looking->at, &looking->building->photos[looking->place]);
    if (looking->problem)
        log_write(LOG_ERROR, "demo.photo_not_taken", "file=%s problem=%s", photo->file,
                  looking->problem->name);
    if (file >= 0)
        close(file);
    memory_end(memory);
    return NULL;
}

static const struct problem *describe(struct building *building, size_t place, struct instant at)
{
    const struct demo_photo *photo = &demo_photos[place];
    struct demo *demo = building->demo;
    struct currency euro = {"EUR"};
    struct stock_description description = {
        .title = text_of(photo->title),
        .description = text_format(demo->memory, "Photograph: %s.", photo->credit),
        .tags = text_of(photo->tags),
        .category = photo->category,
        .prices = {{photo->standard, euro},
                   {photo->extended, euro},
                   {photo->editorial, euro},
                   {photo->buyout, euro}},
    };
    struct party_id author = demo_party(demo, photo->person);
    const struct problem *problem = stock_describe(
        demo->store, demo->memory, building->photos[place], author, &description, at);
    if (!problem)
        problem = stock_photo_move(demo->store, demo->memory, building->photos[place], PHOTO_SUBMIT,
                                   BY_SUPPLIER, author, 0, none(), at);
    return problem;
}

/* Takes the next few photographs in, side by side, then describes and submits them. */
static const struct problem *take_some(struct building *building, size_t until, struct instant at)
{
    struct looking looking[TOGETHER];
    size_t count = 0;
    for (; count < TOGETHER && building->taken + count < until; count++) {
        size_t place = building->taken + count;
        struct party_id person = demo_party(building->demo, demo_photos[place].person);
        looking[count] = (struct looking){building, place, person, at, NULL, 0};
        ensure(pthread_create(&looking[count].thread, NULL, look, &looking[count]) == 0);
    }
    for (size_t i = 0; i < count; i++)
        pthread_join(looking[i].thread, NULL);
    for (size_t i = 0; i < count; i++) {
        const struct problem *problem = looking[i].problem;
        if (!problem)
            problem = describe(building, looking[i].place, at);
        if (problem)
            return problem;
    }
    building->taken += count;
    building->demo->progress("Photographs", (int64_t)building->taken, (int64_t)demo_photo_count);
    return NULL;
}

static const struct problem *decide(struct building *building, size_t place,
                                    enum stock_photo_event event, const char *operator_name,
                                    enum stock_reason reason, const char *note, struct instant at)
{
    struct demo *demo = building->demo;
    return stock_photo_move(demo->store, demo->memory, building->photos[place], event, BY_OPERATOR,
                            demo_party(demo, operator_name), reason, text_of(note), at);
}

static const struct problem *by_author(struct building *building, size_t place,
                                       enum stock_photo_event event, const char *note,
                                       struct instant at)
{
    struct demo *demo = building->demo;
    return stock_photo_move(demo->store, demo->memory, building->photos[place], event, BY_SUPPLIER,
                            demo_party(demo, demo_photos[place].person), 0, text_of(note), at);
}

/* ---- licences ---- */

static const struct {
    const char *firm;
    const char *member; /* who buys for it */
} buyers[] = {{"nordlicht", "maren"}, {"haus", "tove"}, {"verein", "jonas"}};
enum { BUYERS = sizeof buyers / sizeof buyers[0] };

static int64_t list_price(const struct demo_photo *photo, enum stock_licence_kind kind)
{
    switch (kind) {
    case LICENCE_STANDARD:
        return photo->standard;
    case LICENCE_EXTENDED:
        return photo->extended;
    case LICENCE_EDITORIAL:
        return photo->editorial;
    case LICENCE_BUYOUT:
        return photo->buyout;
    }
    return 0;
}

static struct stock_purchase purchase_of(struct building *building, size_t place, size_t buyer,
                                         enum stock_licence_kind kind, int64_t minor)
{
    return (struct stock_purchase){
        .photo = building->photos[place],
        .licence = kind,
        .organisation = demo_party(building->demo, buyers[buyer].firm),
        .person = demo_party(building->demo, buyers[buyer].member),
        .seen = {minor, {"EUR"}},
        .language = text_of("en"),
        .once = none(),
    };
}

static const struct problem *buy(struct building *building, size_t place, size_t buyer,
                                 enum stock_licence_kind kind, struct instant at)
{
    const struct demo_photo *photo = &demo_photos[place];
    struct stock_purchase purchase =
        purchase_of(building, place, buyer, kind, list_price(photo, kind));
    building->bought.value = 0;
    clock_set(at);
    const struct problem *problem =
        stock_buy(building->demo->store, building->demo->memory, &purchase, at, &building->bought);
    /* Somebody's own photograph, or a wallet that is empty for now, is part of the story. */
    return problem == &stock_own_photo || problem == &ledger_not_enough ? NULL : problem;
}

/* Gives back so many cents of the licence bought last; 0: all. */
static const struct problem *refund(struct building *building, int64_t minor, const char *reason,
                                    struct instant at)
{
    struct demo *demo = building->demo;
    struct stock_refund_id refund;
    struct stock_giving_back asked = {
        .licence = building->bought,
        .amount = {minor != 0, {minor, {"EUR"}}},
        .reason = text_of(reason),
        .operator_ = demo_party(demo, "sam"),
        .once = none(),
    };
    if (building->bought.value == 0)
        return NULL;
    clock_set(at);
    return stock_refund(demo->store, demo->memory, &asked, at, &refund);
}

/* One of a person's photographs among the first `there`; any when they have none yet. */
static size_t by_person(const char *person, size_t pick, size_t there)
{
    size_t own[PHOTOS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < there; i++) {
        if (strcmp(demo_photos[i].person, person) == 0)
            own[count++] = i;
    }
    return count ? own[pick % count] : pick % there;
}

/* A week's purchases: more as the catalogue grows, more in autumn, dear ones now and then. */
static const struct problem *buy_some(struct building *building, int week, struct instant at)
{
    size_t there = building->accepted < DEMO_ACCEPTED ? building->accepted : DEMO_ACCEPTED;
    int count = there == 0 ? 0 : 1 + (int)there / 6 + (week % 52 > 34 && week % 52 < 46 ? 2 : 0);
    for (int i = 0; i < count; i++) {
        unsigned pick = (unsigned)(week * 7 + i * 13 + 5);
        size_t place = pick * 2654435761u % there;
        /* Every other one is by Inés, so that one person has climbed the levels. */
        if (i % 2 == 0)
            place = by_person("ines", pick, there);
        enum stock_licence_kind kind = LICENCE_STANDARD;
        if (pick % 9 == 0 && demo_photos[place].extended)
            kind = LICENCE_EXTENDED;
        else if (pick % 5 == 0 && demo_photos[place].editorial)
            kind = LICENCE_EDITORIAL;
        struct instant moment = instant_add(at, i * 7 * HOUR + (int64_t)(pick % 50) * MINUTE);
        const struct problem *problem = buy(building, place, pick % BUYERS, kind, moment);
        if (problem)
            return problem;
    }
    return NULL;
}

static const struct problem *offer(struct building *building, size_t place, size_t buyer,
                                   enum stock_licence_kind kind, int64_t minor, const char *note,
                                   struct instant at)
{
    struct stock_purchase purchase = purchase_of(building, place, buyer, kind, minor);
    clock_set(at);
    return stock_offer(building->demo->store, building->demo->memory, &purchase, text_of(note), at,
                       &building->talk);
}

static const struct problem *answer(struct building *building, size_t place,
                                    enum stock_deal_event event, int64_t minor, const char *note,
                                    struct instant at)
{
    struct demo *demo = building->demo;
    struct money price = {minor, {"EUR"}};
    clock_set(at);
    return stock_answer(demo->store, demo->memory, building->talk, event, BY_SUPPLIER,
                        demo_party(demo, demo_photos[place].person), price, text_of(note), at);
}

/* ---- the last days ---- */

enum { LAST_DAYS = 63 };

/* What happened on one of the last days, so that there is something in every state. */
static const struct problem *day_before(struct building *building, int days, struct instant at)
{
    switch (days) {
    case 60:
        return decide(building, DEMO_WITHDRAWN, PHOTO_ACCEPT, "sam", 0, "", at);
    case 59:
        return decide(building, DEMO_SOLD, PHOTO_ACCEPT, "sam", 0, "", at);
    case 40:
        return by_author(building, DEMO_WITHDRAWN, PHOTO_WITHDRAW, "I want to rework it.", at);
    case 30:
        return offer(building, 9, 0, LICENCE_EXTENDED, 1600,
                     "For the autumn catalogue, 20,000 copies.", at);
    case 29:
        return answer(building, 9, DEAL_ACCEPT, 0, "With pleasure.", at);
    case 28:
        return offer(building, 3, 1, LICENCE_STANDARD, 100, "Could you do it for one euro?", at);
    case 27:
        return answer(building, 3, DEAL_DECLINE, 0, "Not below four euros, sorry.", at);
    case 26: /* nobody answers this one */
        return offer(building, 5, 1, LICENCE_STANDARD, 300, "For our spring letter.", at);
    case 20:
        return buy(building, DEMO_SOLD, 0, LICENCE_BUYOUT, at);
    case 13:
        return buy(building, 7, 1, LICENCE_EXTENDED, at);
    case 12:
        return refund(
            building, 600,
            "The posters were printed in a smaller number than planned; the author agreed "
            "to a lower price.",
            at);
    case 11:
        return buy(building, 5, 0, LICENCE_STANDARD, at);
    case 10:
        return refund(building, 0, "Bought by mistake, and not used anywhere.", at);
    case 4:
        return offer(building, 4, 0, LICENCE_EXTENDED, 1800, "A poster for our autumn feast.", at);
    case 3:
        return decide(building, DEMO_APPEALED, PHOTO_REFUSE, "sam", REASON_COPY,
                      "It agrees with a picture that has been shown elsewhere.", at);
    case 2:
        return answer(building, 4, DEAL_COUNTER, 2200, "With my name on the poster I can do 22.00.",
                      at);
    case 1:
        return offer(
            building, 0, 0, LICENCE_EXTENDED, 1700,
            "The banner is the part we can't do without. In return your name stands beside "
            "the photograph.",
            at);
    default:
        return NULL;
    }
}

/* The evening of the same days. */
static const struct problem *evening_before(struct building *building, int days, struct instant at)
{
    if (days == 2)
        return decide(building, DEMO_REFUSED, PHOTO_REFUSE, "sam", REASON_UNSHARP,
                      "Rail and road are soft across the whole width, and the description does not "
                      "say that this is meant. The sky is very good.",
                      at);
    if (days == 1)
        return by_author(building, DEMO_APPEALED, PHOTO_APPEAL,
                         "I took both, a minute apart, from the dyke. I can send the original "
                         "files.",
                         at);
    return NULL;
}

/* The last nine weeks, day by day; most photographs of the odd states come first, those that still
 * wait to be looked at yesterday. */
static const struct problem *last_days(struct building *building)
{
    struct demo *demo = building->demo;
    const struct problem *problem = NULL;
    for (int days = LAST_DAYS; !problem && days > 0; days--) {
        struct instant at = instant_add(demo->end, -days * DAY);
        size_t until = days > 1 ? DEMO_WAITING : demo_photo_count;
        problem = demo_until(demo, at);
        while (!problem && building->taken < until)
            problem = take_some(building, until, at);
        if (!problem)
            problem = day_before(building, days, at);
        if (!problem && days % 7 == 0)
            problem = buy_some(building, WEEKS + days, instant_add(at, HOUR));
        if (!problem)
            problem = evening_before(building, days, instant_add(at, 8 * HOUR));
    }
    return problem;
}

static const struct problem *one_week(struct building *building, int week)
{
    struct demo *demo = building->demo;
    struct instant at = instant_add(demo->begin, (2 + week * 7) * DAY + 9 * HOUR);
    size_t due = (size_t)(week + 1) * DEMO_ACCEPTED / 70;
    size_t until = due < DEMO_ACCEPTED ? due : DEMO_ACCEPTED;
    const struct problem *problem = demo_until(demo, at);
    while (!problem && building->taken < until)
        problem = take_some(building, until, at);
    while (!problem && building->accepted < building->taken)
        problem = decide(building, building->accepted++, PHOTO_ACCEPT, week % 3 ? "sam" : "rosa", 0,
                         "", instant_add(at, 20 * HOUR));
    return problem ? problem : buy_some(building, week, instant_add(at, DAY));
}

const struct problem *stock_demo(struct demo *demo)
{
    struct building *building = memory_take(demo->memory, sizeof *building);
    const struct problem *problem = building ? NULL : &out_of_memory;
    ensure(demo_photo_count <= PHOTOS_MAX);
    if (building)
        building->demo = demo;
    enum { UNTIL = WEEKS - LAST_DAYS / 7 };
    for (int week = 0; !problem && week < UNTIL; week++) {
        problem = one_week(building, week);
        demo->progress("Two years of licences", week + 1, UNTIL);
    }
    return problem ? problem : last_days(building);
}
