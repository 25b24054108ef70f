/*
 * The quick routes of a server: found by their prefix, started and stopped with it.
 *
 * Must not know: libmicrohttpd, any module. Read next: web/listen.c.
 */
#include "web/quick.h"

#include <string.h>

void quick_suspend(struct quick *quick)
{
    quick->suspend(quick);
}

void quick_resume(struct quick *quick)
{
    quick->next = NULL;
    quick_resume_all(quick);
}

void quick_resume_all(struct quick *first)
{
    void (*ring)(void *loop) = first->ring;
    void *loop = first->loop;
    while (first) {
        struct quick *next = first->next;
        first->resume(first);
        first = next;
    }
    ring(loop);
}

void quick_taken(const struct quick_route *const *routes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (routes[i]->taken)
            routes[i]->taken();
}

const struct quick_route *quick_find(const struct quick_route *const *routes, size_t count,
                                     struct text path)
{
    for (size_t i = 0; i < count; i++)
        if (text_starts(path, routes[i]->prefix))
            return routes[i];
    return NULL;
}

void quick_stop(const struct quick_route *const *routes, size_t count)
{
    while (count-- > 0)
        routes[count]->stop();
}

const struct problem *quick_start(const struct quick_route *const *routes, size_t count,
                                  struct memory *process, struct store *store)
{
    for (size_t i = 0; i < count; i++) {
        const struct problem *problem = routes[i]->start(process, store);
        if (problem) {
            quick_stop(routes, i);
            return problem;
        }
    }
    return NULL;
}
