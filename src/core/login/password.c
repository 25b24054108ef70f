/*
 * The password lane: two at once, a few more may wait, the others come back later.
 *
 * Must not know: people, sessions, the store. Read next: core/login/session.c.
 */
#include "core/login/password.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "base/log.h"

enum { AT_ONCE = 2, WAITING_MAX = 6, WAIT_SECONDS = 5 };

const struct problem password_lane_full = {"party.lane_full", 503, FAULT_WORLD, true};

static struct {
    pthread_mutex_t lock;
    pthread_cond_t free;
    int running; /* at most AT_ONCE */
    int waiting; /* at most WAITING_MAX */
} lane = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};

static bool lane_enter(void)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_SECONDS;
    pthread_mutex_lock(&lane.lock);
    bool entered = lane.running < AT_ONCE;
    if (!entered && lane.waiting < WAITING_MAX) {
        lane.waiting++;
        int late = 0;
        while (lane.running >= AT_ONCE && late != ETIMEDOUT)
            late = pthread_cond_timedwait(&lane.free, &lane.lock, &until);
        lane.waiting--;
        entered = lane.running < AT_ONCE;
    }
    if (entered)
        lane.running++;
    pthread_mutex_unlock(&lane.lock);
    return entered;
}

static void lane_leave(void)
{
    pthread_mutex_lock(&lane.lock);
    lane.running--;
    pthread_cond_signal(&lane.free);
    pthread_mutex_unlock(&lane.lock);
}

const struct problem *password_hash(struct memory *memory, struct text plain, struct text *out)
{
    ensure(sodium_init() >= 0);
    char hash[crypto_pwhash_STRBYTES];
    if (!lane_enter())
        return &password_lane_full;
    int failed =
        crypto_pwhash_str(hash, plain.data ? plain.data : "", plain.size,
                          crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
    lane_leave();
    if (failed)
        return &out_of_memory;
    *out = text_copy(memory, text_of(hash));
    return out->data ? NULL : &out_of_memory;
}

/* The work of a check without anything to compare with. */
static int waste(struct text plain)
{
    static const unsigned char salt[crypto_pwhash_SALTBYTES];
    unsigned char key[crypto_pwhash_STRBYTES];
    return crypto_pwhash(key, 32, plain.data ? plain.data : "", plain.size, salt,
                         crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                         crypto_pwhash_ALG_ARGON2ID13);
}

const struct problem *password_check(struct memory *memory, struct text hash, struct text plain,
                                     bool *right)
{
    ensure(sodium_init() >= 0);
    *right = false;
    const char *stored = text_c(memory, hash);
    if (!stored)
        return &out_of_memory;
    if (!lane_enter())
        return &password_lane_full;
    int failed = 0;
    if (hash.size == 0)
        failed = waste(plain);
    else
        *right = crypto_pwhash_str_verify(stored, plain.data ? plain.data : "", plain.size) == 0;
    lane_leave();
    return failed ? &out_of_memory : NULL;
}
