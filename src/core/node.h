/*
 * Node numbers: each process leases one from the database, and puts it into the ids it makes.
 *
 * Two things keep ids apart. A number is held by one process at a time, for NODE_LEASE by the database's
 * clock and longer while it renews. And ids of a number are made only for times that were reserved with
 * it, so that whoever takes it next begins after them: a process that stood still beyond its lease, or
 * whose clock jumped, still makes no id of another. When the database is away the reserve lasts;
 * a process that lost its number takes another one.
 *
 * Must not know: what ids name. Read next: base/ids.h, docs/decisions/0010-processes.md.
 */
#ifndef CONTRAFLOW_CORE_NODE_H
#define CONTRAFLOW_CORE_NODE_H

#include "store/store.h"

extern const struct problem node_none; /* 503, retry: all numbers are held */

#define NODE_LEASE (2 * MINUTE)
#define NODE_RENEW (15 * SECOND)

struct node;

/* Takes a number; from now on this process may make ids. */
const struct problem *node_begin(struct memory *process, struct store *store, struct node **out);
/* Its number, 0..1023. */
int node_number(const struct node *node);

/* Renews it now, or takes another when it was lost. */
const struct problem *node_renew_now(struct node *node);

/* Whom to tell after each renewal how many processes answer requests, this one included. */
typedef void node_told(void *context, int64_t serving);

/* Renews it every NODE_RENEW from a thread of its own. With `told` this process counts as one that
 * answers requests. */
const struct problem *node_keep(struct node *node, node_told *told, void *context);

/* Ends the thread and gives the number back: no more ids. NULL does nothing. */
void node_end(struct node *node);

#endif
