/*
 * Keeps a list of connections and shuts those that take too long.
 *
 * The socket is shut here and closed by its owner, who then ends the visit; both hold the lock, so that
 * no number of a socket is shut that belongs to somebody else by then. Must not know: requests.
 * Read next: web/visit_test.c.
 */
#include "web/visit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"

static const struct visit_limits usual = {
    .idle = 75 * SECOND, .head = 15 * SECOND, .body = 30 * SECOND, .rate = 1000, .each = SECOND};

struct visit {
    struct visit *next, **here; /* in the list, and what points to this one there */
    int fd;
    /* Changed by the thread of the connections, looked at by ours. */
    atomic_int part;
    atomic_int_least64_t since; /* of the part, milliseconds of clock_ticks() */
    atomic_int_least64_t bytes; /* of it */
};

struct visits {
    struct visit_limits limits;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t ends;
    struct visit *first;
    struct visit *free; /* room for more */
    bool ending;
};

static int64_t now(void)
{
    return clock_ticks() / 1000000;
}

bool visit_is_over(const struct visit_limits *limits, enum visit_part part, int64_t lasted,
                   int64_t bytes)
{
    switch (part) {
    case VISIT_IDLE:
        return lasted > limits->idle;
    case VISIT_HEAD:
        return lasted > limits->head;
    case VISIT_BODY:
    case VISIT_ANSWER:
        return lasted > limits->body && (lasted - limits->body) / 1000 > bytes / limits->rate;
    case VISIT_OURS:
        break;
    }
    return false;
}

static void shut_slow(struct visits *visits)
{
    int64_t at = now();
    for (struct visit *visit = visits->first; visit; visit = visit->next)
        if (visit_is_over(&visits->limits, (enum visit_part)visit->part, at - visit->since,
                          visit->bytes))
            (void)shutdown(visit->fd, SHUT_RDWR);
}

static void *look(void *context)
{
    struct visits *visits = context;
    pthread_mutex_lock(&visits->lock);
    while (!visits->ending) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        int64_t nanoseconds = until.tv_nsec + visits->limits.each * 1000000;
        until.tv_sec += nanoseconds / 1000000000;
        until.tv_nsec = nanoseconds % 1000000000;
        pthread_cond_timedwait(&visits->ends, &visits->lock, &until);
        shut_slow(visits);
    }
    pthread_mutex_unlock(&visits->lock);
    return NULL;
}

const struct problem *visits_start(struct memory *process, size_t most,
                                   const struct visit_limits *limits, struct visits **out)
{
    struct visits *visits = memory_take(process, sizeof *visits);
    struct visit *free = memory_take_array(process, most, sizeof *free);
    if (!visits || !free)
        return &out_of_memory;
    for (size_t i = 0; i < most; i++) {
        free[i].next = visits->free;
        visits->free = &free[i];
    }
    visits->limits = limits ? *limits : usual;
    pthread_mutex_init(&visits->lock, NULL);
    pthread_cond_init(&visits->ends, NULL);
    if (pthread_create(&visits->thread, NULL, look, visits) != 0)
        return &world_failed;
    *out = visits;
    return NULL;
}

void visits_stop(struct visits *visits)
{
    pthread_mutex_lock(&visits->lock);
    visits->ending = true;
    pthread_cond_signal(&visits->ends);
    pthread_mutex_unlock(&visits->lock);
    pthread_join(visits->thread, NULL);
    ensure(!visits->first);
    pthread_cond_destroy(&visits->ends);
    pthread_mutex_destroy(&visits->lock);
}

struct visit *visit_begin(struct visits *visits, int fd)
{
    pthread_mutex_lock(&visits->lock);
    struct visit *visit = visits->free;
    if (visit) {
        visits->free = visit->next;
        visit->fd = fd;
        visit_enter(visit, VISIT_IDLE, 0);
        visit->next = visits->first;
        visit->here = &visits->first;
        if (visit->next)
            visit->next->here = &visit->next;
        visits->first = visit;
    }
    pthread_mutex_unlock(&visits->lock);
    return visit;
}

void visit_end(struct visits *visits, struct visit *visit)
{
    if (!visit)
        return;
    pthread_mutex_lock(&visits->lock);
    *visit->here = visit->next;
    if (visit->next)
        visit->next->here = visit->here;
    visit->next = visits->free;
    visits->free = visit;
    pthread_mutex_unlock(&visits->lock);
}

void visit_enter(struct visit *visit, enum visit_part part, int64_t bytes)
{
    if (!visit)
        return;
    /* For a moment all of it is ours, so that nobody looks at the old part with the new time. */
    visit->part = VISIT_OURS;
    visit->since = now();
    visit->bytes = bytes;
    visit->part = (int)part;
}

void visit_came(struct visit *visit, size_t bytes)
{
    if (visit)
        visit->bytes += (int64_t)bytes;
}
