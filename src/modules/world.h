/*
 * The whole installation, opened: settings, words, store, core and every module that takes part.
 *
 * The command line, the scenarios and the benchmarks all begin here, so that there is one way in.
 * Read next: core/module.h, main.c.
 */
#ifndef CONTRAFLOW_MODULES_WORLD_H
#define CONTRAFLOW_MODULES_WORLD_H

#include "core/module.h"
#include "core/node.h"
#include "core/runner.h"
#include "web/server.h"

struct world {
    struct memory *memory; /* until world_close() */
    struct text data;      /* the data folder */
    struct store *store;
    struct memory *reading;                  /* of the reader, which ends before the store */
    struct database *reader;                 /* of the thread that opened it */
    const struct consumer *const *consumers; /* of core and modules */
    size_t consumer_count;
    struct node *node;     /* NULL until world_lease() */
    struct server *server; /* NULL until world_serve() */
    struct runner *runner; /* NULL until world_serve() */
};

/* Declares every setting there is, then reads DATA/contraflow.conf and the environment. */
const struct problem *world_settings(struct memory *memory, struct text data,
                                     struct text *complaint);

/* Opens everything but the listener, to look: without world_lease() no id can be made. Makes the data folder when it is absent. *complaint says what is
 * wrong in words an operator understands. */
const struct problem *world_open(struct memory *memory, struct text data, struct world *out,
                                 struct text *complaint);

/* Leases a number for ids; world_serve() does it by itself. Who writes for more than a minute keeps it
 * with node_keep(). */
const struct problem *world_lease(struct world *world, struct text *complaint);

/* Listens and starts the background work. Port 0 takes a free one; a negative one too, but without the
 * background: a test lets things happen with world_settle(). */
const struct problem *world_serve(struct world *world, int port, struct text *complaint);

/* Lets everything that is due happen now, on this thread. */
const struct problem *world_settle(struct world *world);

void world_close(struct world *world);

#endif
