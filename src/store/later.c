/*
 * Works that nobody waits for, one after the other on a thread of their own: for an engine whose writes need the
 * thread of who asks.
 *
 * Must not know: SQL, which engine it is. Read next: store/engine.h.
 */
#include <pthread.h>

#include "store/engine.h"

/* Lies in the memory of its work. */
struct errand {
    store_work *work;
    void *context;
    store_done *done;
    struct memory *memory;
    struct errand *next;
};

struct later {
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t came;
    struct errand *first, **last;
    bool ending;
};

/* NULL: it is over. */
static struct errand *next_errand(struct later *later)
{
    pthread_mutex_lock(&later->lock);
    while (!later->first && !later->ending)
        pthread_cond_wait(&later->came, &later->lock);
    struct errand *errand = later->first;
    if (errand)
        later->first = errand->next;
    if (!later->first)
        later->last = &later->first;
    pthread_mutex_unlock(&later->lock);
    return errand;
}

static void *run(void *context)
{
    struct later *later = context;
    for (struct errand *errand; (errand = next_errand(later)) != NULL;)
        errand->done(errand->context,
                     later->store->engine->write(later->store, errand->memory, errand->work,
                                                 errand->context, true));
    return NULL;
}

struct later *later_start(struct memory *memory, struct store *store)
{
    struct later *later = memory_take(memory, sizeof *later);
    if (!later)
        return NULL;
    later->store = store;
    later->last = &later->first;
    pthread_mutex_init(&later->lock, NULL);
    pthread_cond_init(&later->came, NULL);
    return pthread_create(&later->thread, NULL, run, later) == 0 ? later : NULL;
}

void later_stop(struct later *later)
{
    pthread_mutex_lock(&later->lock);
    later->ending = true;
    pthread_cond_signal(&later->came);
    pthread_mutex_unlock(&later->lock);
    pthread_join(later->thread, NULL);
    pthread_cond_destroy(&later->came);
    pthread_mutex_destroy(&later->lock);
}

void later_write(struct later *later, struct memory *memory, store_work *work, void *context,
                 store_done *done)
{
    struct errand *errand = memory_take(memory, sizeof *errand);
    if (!errand) {
        done(context, &out_of_memory);
        return;
    }
    *errand = (struct errand){.work = work, .context = context, .done = done, .memory = memory};
    pthread_mutex_lock(&later->lock);
    *later->last = errand;
    later->last = &errand->next;
    pthread_cond_signal(&later->came);
    pthread_mutex_unlock(&later->lock);
}
