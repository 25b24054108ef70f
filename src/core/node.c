/*
 * Leases a number for ids: taken, renewed and given back by conditional writes.
 *
 * Must not know: what ids name. Read next: base/ids.c.
 */
#include "core/node.h"

#include <pthread.h>
#include <sodium.h>
#include <time.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/node_queries.h"
#include "core/node_rows.h"

const struct problem node_none = {"node.none", 503, FAULT_WORLD, true};

enum { NUMBERS = 1024, TRIES = 20, HOLDER_MAX = 120 };
static const size_t write_memory = 1 << 20;

struct node {
    struct store *store;
    char holder[HOLDER_MAX]; /* names this process, and this lease */
    int number;
    struct instant through; /* reserved in the database; what is in ids.h is never more */
    int64_t serving;        /* processes that answer requests, when it was last asked */
    node_told *told;        /* NULL: this process answers none */
    void *context;          /* of told */
    pthread_mutex_t lock;   /* guards ending */
    pthread_cond_t bell;    /* rings at the end */
    bool ending;
    bool kept; /* there is a thread to join */
    pthread_t thread;
};

static void name_holder(char out[HOLDER_MAX])
{
    char host[65] = "";
    (void)gethostname(host, sizeof host - 1);
    (void)snprintf(out, HOLDER_MAX, "%s %d %08x", host, (int)getpid(), randombytes_random());
}

/* What to reserve: from what was used and what the number has behind it. */
static struct instant reserve_after(struct instant passed)
{
    struct instant used = ids_used();
    return instant_add(used.ms > passed.ms ? used : passed, NODE_LEASE);
}

/* ---- taking ----------------------------------------------------------------------------------- */

struct taking {
    struct node *node;
    int64_t number;         /* filled */
    struct instant after;   /* filled: what its last holder had reserved */
    struct instant through; /* filled */
};

static const struct problem *take_number(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    struct node_row row = {0};
    struct node_unused_row unused;
    const struct problem *problem = node_free(db, memory, &row);
    if (problem == &not_found) {
        problem = node_unused(db, memory, &unused);
        if (!problem && unused.number >= NUMBERS)
            problem = &node_none;
        if (!problem)
            row = (struct node_row){.number = unused.number};
    }
    if (problem)
        return problem;
    taking->number = row.number;
    taking->after = row.through;
    taking->through = reserve_after(row.through);
    return node_take(db, memory, row.number, text_of(taking->node->holder), NODE_LEASE,
                     taking->through, &row);
}

/* Another may be faster, many times over when many processes start at once. */
static const struct problem *take(struct node *node, struct memory *memory)
{
    struct taking taking = {.node = node};
    const struct problem *problem = &conflict;
    name_holder(node->holder);
    for (int try = 0; try < TRIES; try++) {
        problem = store_write(node->store, memory, take_number, &taking);
        if (problem != &conflict && problem != &not_found && problem != &store_busy)
            break;
        (void)nanosleep(&(struct timespec){0, (long)randombytes_uniform(20000000)}, NULL);
    }
    if (problem)
        return problem == &not_found ? &store_busy : problem;
    node->number = (int)taking.number;
    node->through = taking.through;
    ids_take_node(node->number, taking.after, taking.through);
    log_write(LOG_INFO, "node.taken", "number=%d", node->number);
    return NULL;
}

const struct problem *node_begin(struct memory *process, struct store *store, struct node **out)
{
    struct node *node = memory_take(process, sizeof *node);
    struct memory *memory = node ? memory_create(write_memory) : NULL;
    if (!memory)
        return &out_of_memory;
    node->store = store;
    pthread_mutex_init(&node->lock, NULL);
    pthread_cond_init(&node->bell, NULL);
    const struct problem *problem = take(node, memory);
    memory_end(memory);
    if (!problem)
        *out = node;
    return problem;
}

int node_number(const struct node *node)
{
    return node->number;
}

/* ---- keeping ---------------------------------------------------------------------------------- */

struct renewal {
    struct node *node;
    struct instant through;
    struct node_count count; /* filled */
};

static const struct problem *renew_number(struct database *db, struct memory *memory, void *context)
{
    struct renewal *renewal = context;
    struct node *node = renewal->node;
    struct node_row row;
    const struct problem *problem =
        node_renew(db, memory, node->number, text_of(node->holder), node->told != NULL, NODE_LEASE,
                   renewal->through, &row);
    return problem ? problem : nodes_serving(db, memory, &renewal->count);
}

const struct problem *node_renew_now(struct node *node)
{
    struct memory *memory = memory_create(write_memory);
    if (!memory)
        return &out_of_memory;
    struct renewal renewal = {.node = node, .through = reserve_after((struct instant){0})};
    /* Never less than before: the database must know of all that may be made. */
    if (renewal.through.ms < node->through.ms)
        renewal.through = node->through;
    const struct problem *problem =
        store_write_locking(node->store, memory, renew_number, &renewal);
    if (!problem) {
        node->through = renewal.through;
        ids_reserve(node->through);
        if (node->told)
            node->told(node->context, renewal.count.serving);
    } else if (problem == &not_found) {
        log_write(LOG_WARNING, "node.lost", "number=%d", node->number);
        problem = take(node, memory);
    }
    memory_end(memory);
    return problem;
}

/* Waits for NODE_RENEW or the end; true when it is to go on. */
static bool rest(struct node *node)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += NODE_RENEW / SECOND;
    pthread_mutex_lock(&node->lock);
    if (!node->ending)
        pthread_cond_timedwait(&node->bell, &node->lock, &until);
    bool go_on = !node->ending;
    pthread_mutex_unlock(&node->lock);
    return go_on;
}

static void *keep(void *context)
{
    struct node *node = context;
    while (rest(node)) {
        const struct problem *problem = node_renew_now(node);
        if (problem)
            log_write(LOG_WARNING, "node.not_renewed", "number=%d problem=%s", node->number,
                      problem->name);
    }
    return NULL;
}

const struct problem *node_keep(struct node *node, node_told *told, void *context)
{
    node->told = told;
    node->context = context;
    const struct problem *problem = node_renew_now(node);
    if (problem)
        return problem;
    node->kept = pthread_create(&node->thread, NULL, keep, node) == 0;
    return node->kept ? NULL : &world_failed;
}

static const struct problem *give_back(struct database *db, struct memory *memory, void *context)
{
    const struct node *node = context;
    return node_give_back(db, memory, node->number, text_of(node->holder), node->through);
}

void node_end(struct node *node)
{
    if (!node)
        return;
    pthread_mutex_lock(&node->lock);
    node->ending = true;
    pthread_cond_broadcast(&node->bell);
    pthread_mutex_unlock(&node->lock);
    if (node->kept)
        pthread_join(node->thread, NULL);
    ids_stop();
    node->through = ids_used();
    struct memory *memory = memory_create(write_memory);
    const struct problem *problem =
        memory ? store_write(node->store, memory, give_back, node) : &out_of_memory;
    if (problem)
        log_write(LOG_WARNING, "node.kept", "number=%d problem=%s", node->number, problem->name);
    memory_end(memory);
    pthread_cond_destroy(&node->bell);
    pthread_mutex_destroy(&node->lock);
}
