/*
 * Building the demo world: by the same calls as real use, with the clock set.
 *
 * Each module adds its part in order of modules.def, over two years that end today. What it needs of the
 * others' people and firms it finds here by their mail address.
 */
#ifndef CONTRAFLOW_CORE_DEMO_H
#define CONTRAFLOW_CORE_DEMO_H

#include "core/event.h"
#include "ledger/party.h"
#include "store/store.h"

#define DEMO_PASSWORD "contraflow"

struct demo {
    struct store *store;
    struct database *db;   /* a reader */
    struct memory *memory; /* until the demo is built */
    struct instant begin;  /* two years ago, midnight UTC */
    struct instant end;    /* now */
    const struct consumer *const *consumers;
    size_t consumer_count;
    void (*progress)(const char *what, int64_t done, int64_t all); /* for the person who waits */
};

/* A person or organisation of the demo world by a short name ("ines", "nordlicht"); ensure()s that it
 * is there. */
struct party_id demo_party(const struct demo *demo, const char *name);
/* Sets the clock and lets everything that is due happen. */
const struct problem *demo_until(struct demo *demo, struct instant at);

/* Eight people, two operators, three businesses with members and money in their wallets. */
const struct problem *demo_people(struct demo *demo);
/* Payouts in each state, of what the models let people earn; after the modules' parts. */
const struct problem *demo_payouts(struct demo *demo);

#endif
