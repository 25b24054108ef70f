/*
 * What happens on a server when somebody comes: single facts, and the whole way of an honest visitor.
 * Also what the crowd is made of, for the files of this folder alone.
 *
 * Everything said here lies in the future of the stream: a fact waits until its time has come.
 * Read next: tests/crowd/good.c, tests/crowd/bad.c, tests/crowd/crowd.c.
 */
#ifndef CONTRAFLOW_TESTS_CROWD_JOURNEY_H
#define CONTRAFLOW_TESTS_CROWD_JOURNEY_H

#include "crowd.h"
#include "dice.h"
#include "people.h"

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

enum { LINKS_EACH = 4 };

/* A partner and what drives him. */
struct actor {
    struct crowd_partner told; /* what the platform knows */
    struct person self;        /* the human being */
    struct crowd_truth truth;  /* what he is */
    uint64_t seed;             /* of his own streams of chance */
    int64_t joined;            /* milliseconds */
    int64_t rate;              /* clicks a day, hundredths */
    int64_t buys;              /* of 10,000 visits end in an order */
    int64_t peak;              /* day of his promotion, spike or mailing, -1 none */
    uint32_t group;            /* partner who is the first of his ring or accounts, 0 none */
    uint32_t next;             /* partner behind him in it, round and round */
    uint32_t links;            /* how many he has */
    bool banner;               /* his links stand under pictures whose showing is counted */
};

/* A fact that waits. */
struct waiting {
    struct crowd_fact fact;   /* what will be told */
    struct crowd_truth truth; /* what it is */
    int64_t near; /* of an order: 0 the shop numbers it, -1 it has its text, else an invented
                                 number so far ahead of the shop's */
};

struct crowd {
    struct actor *actors;     /* partners, 1 at [1] */
    uint32_t count;           /* of partners */
    uint32_t days;            /* of action */
    uint32_t day;             /* next one to be thought out */
    uint64_t seed;            /* of everything */
    uint64_t made;            /* ids given so far */
    int64_t floor;            /* no fact before: earlier ones may have been given */
    int64_t pool;             /* shared addresses of a network of many */
    int64_t shop_number;      /* of the shop's last order */
    struct waiting *slots;    /* waiting facts in any order */
    struct place *heap;       /* of them, soonest first */
    uint32_t *unused;         /* numbers of free slots */
    uint32_t room;            /* for so many */
    uint32_t waits;           /* so many wait */
    uint32_t most;            /* so many waited at once */
    uint64_t told;            /* how many were put in: settles ties */
    struct crowd_truth truth; /* of the last fact */
    bool failed;              /* memory was short */
};

/* How a browser says it asks. */
struct manner {
    const char *site;    /* Sec-Fetch-Site */
    const char *mode;    /* Sec-Fetch-Mode */
    const char *dest;    /* Sec-Fetch-Dest */
    const char *user;    /* Sec-Fetch-User */
    const char *purpose; /* Sec-Purpose */
};

extern const struct manner by_hand, by_script, by_typing, as_image, as_frame, ahead;

/* Says the fact at its time; NULL when memory is short, else for a last change. */
struct waiting *crowd_tell(struct crowd *crowd, enum crowd_fact_kind kind, int64_t at,
                           struct crowd_truth truth);

/* A number that nobody has yet and that shows nothing. */
uint64_t crowd_new_id(struct crowd *crowd);

/* One of the actor's links. */
uint32_t actor_link(const struct actor *actor, struct dice *dice);

/* A good partner who has joined long ago. */
const struct actor *crowd_any_good(const struct crowd *crowd, struct dice *dice);

struct crowd_truth truth_of(enum crowd_label label, enum crowd_kind kind,
                            const struct actor *actor);

/* A time of day at which people are awake: hours by weight, in UTC. */
int64_t hour_of_people(struct dice *dice);

/* Who comes, to whom, and what it is. */
struct visit {
    struct crowd *crowd;       /* where it is told */
    struct dice *dice;         /* chance */
    const struct actor *actor; /* whose link */
    struct person person;      /* who comes */
    struct crowd_truth truth;  /* of each fact */
    int64_t at;                /* when */
    uint64_t click;            /* last one told; 0 at first */
    uint64_t session;          /* of the shop */
    const char *referrer;      /* of the click; NULL: as honest ones are */
    int64_t buys;              /* of 10,000 end in an order */
    int64_t signs;             /* of 10,000 leave an account */
    int64_t patience;          /* median of the delay to an order, 0: as most people */
};

struct visit visit_of(struct crowd *crowd, struct dice *dice, const struct actor *actor,
                      struct person person, int64_t at);

void visit_click(struct visit *visit, const struct manner *manner);

/* The click of a person: with a referrer or without, by hand, out of an app. */
void visit_arrives(struct visit *visit);

void visit_page(struct visit *visit, int64_t visible, int64_t scrolled, int64_t touches);

/* A page with scrolling between the two and so many hundredths of touches expected. */
void visit_reads(struct visit *visit, int64_t visible, int64_t least, int64_t most,
                 int64_t touches);
void visit_signs_up(struct visit *visit, int64_t at);

void visit_basket(struct visit *visit, int64_t at);

/* The order, for a last change. */
struct waiting *visit_orders(struct visit *visit, int64_t at);

/* Takes back so many percent of an order. */
void visit_takes_back(struct visit *visit, const struct waiting *order, int64_t at,
                      enum crowd_reversal kind, int64_t percent);

/* As some customers do with orders that they meant: 8 % send back, 2 % a part, 0.3 % dispute. */
void visit_may_return(struct visit *visit, const struct waiting *order);

/* The whole way of somebody who means it: click, page, perhaps an account, a return, an order. */
void visit_honestly(struct visit *visit);

/* A desk in the partner's office: its network and browser are those of all. */
struct person actor_office(const struct crowd *crowd, const struct actor *actor);

/* Honest visits of a day, so many hundredths expected. */
void good_visits(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day,
                 int64_t hundredths);

/* One day of one actor; bad_orders is the part of those who lie about orders and accounts. */
void good_day(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day);
void bad_day(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day);
void bad_orders(struct crowd *crowd, struct dice *dice, const struct actor *actor, uint32_t day);

/* Orders that nobody brought, of one day. */
void organic_day(struct crowd *crowd, struct dice *dice, uint32_t day);

/* Gives each partner his part. */
bool crowd_cast(struct crowd *crowd);

#endif
