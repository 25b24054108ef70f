/*
 * The password lane: two threads hash, a few people wait for them, the others come back later.
 *
 * The threads are nice, so that whoever loads a page meanwhile comes first. Who is sent away is told to come
 * when the lane gets to them, one after the other, since all at once would only be sent away again.
 * Must not know: people, sessions, the store. Read next: core/login/session.c.
 */
#include "core/login/password.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum { AT_ONCE = 2, WAITING_MAX = 10, WAIT_SECONDS = 5, NICE = 10, AWAY_MAX = 120 };

#define SECOND_TICKS  INT64_C(1000000000)
#define COST_AT_FIRST (SECOND_TICKS / 10) /* of one password, until some were hashed */

const struct problem password_lane_full = {"party.lane_full", 503, FAULT_WORLD, true};

/* What somebody waits for. Theirs, but for `next` and `begun`, until it is done. */
struct task {
    void (*run)(struct task *task);
    const char *plain;                 /* the password */
    size_t size;                       /* bytes of it */
    const char *stored;                /* to compare with; NULL: nothing */
    char hash[crypto_pwhash_STRBYTES]; /* filled by make() */
    bool failed;                       /* there is no memory for it */
    bool right;                        /* it is the password of `stored` */
    bool begun;                        /* a thread works on it */
    bool done;                         /* and is through */
    struct task *next;                 /* comes after it */
};

struct lane {
    pthread_mutex_t lock;
    pthread_cond_t come; /* there is a task */
    pthread_cond_t done; /* one is through */
    struct task *first;  /* that nobody has begun; NULL: none */
    int inside;          /* tasks begun or not, at most AT_ONCE + WAITING_MAX */
    bool staffed;        /* the threads are there */
    int64_t cost;        /* ticks that one password takes, lately */
    int64_t turn;        /* when the next who is sent away is to come */
};

#define EMPTY                                                                                      \
    {                                                                                              \
        .lock = PTHREAD_MUTEX_INITIALIZER, .come = PTHREAD_COND_INITIALIZER,                       \
        .done = PTHREAD_COND_INITIALIZER, .cost = COST_AT_FIRST                                    \
    }

static const struct lane empty = EMPTY;
static struct lane lane = EMPTY;

/* ---- the threads ------------------------------------------------------------------------------ */

static void *hash_on(void *nothing)
{
    (void)nothing;
    /* Of this thread alone, on Linux; where it may not, all are equal. */
    (void)setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
    pthread_mutex_lock(&lane.lock);
    for (;;) {
        while (!lane.first)
            pthread_cond_wait(&lane.come, &lane.lock);
        struct task *task = lane.first;
        lane.first = task->next;
        task->begun = true;
        pthread_mutex_unlock(&lane.lock);
        int64_t began = clock_ticks();
        task->run(task);
        int64_t took = clock_ticks() - began;
        pthread_mutex_lock(&lane.lock);
        lane.cost = (7 * lane.cost + took) / 8;
        lane.inside--;
        task->done = true;
        pthread_cond_broadcast(&lane.done);
    }
    return NULL;
}

/* A new process has none of the threads, and nobody who waits. */
static void forget(void)
{
    lane = empty;
}

static void staff(void)
{
    static bool told;
    pthread_t thread;
    for (int i = 0; i < AT_ONCE; i++) {
        ensure(pthread_create(&thread, NULL, hash_on, NULL) == 0);
        pthread_detach(thread);
    }
    if (!told)
        ensure(pthread_atfork(NULL, NULL, forget) == 0);
    told = lane.staffed = true;
}

/* ---- those who wait --------------------------------------------------------------------------- */

static void append(struct task *task)
{
    struct task **end = &lane.first;
    while (*end)
        end = &(*end)->next;
    *end = task;
    lane.inside++;
    pthread_cond_signal(&lane.come);
}

static void take_back(struct task *task)
{
    struct task **at = &lane.first;
    while (*at != task)
        at = &(*at)->next;
    *at = task->next;
    lane.inside--;
}

static const struct problem *wait_for(struct task *task)
{
    struct timespec until;
    int late = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WAIT_SECONDS;
    while (!task->done && !(late && !task->begun))
        late = task->begun ? pthread_cond_wait(&lane.done, &lane.lock)
                           : pthread_cond_timedwait(&lane.done, &lane.lock, &until) == ETIMEDOUT;
    if (task->done)
        return task->failed ? &out_of_memory : NULL;
    take_back(task);
    return &password_lane_full;
}

static const struct problem *have_done(struct task *task)
{
    const struct problem *problem = &password_lane_full;
    ensure(sodium_init() >= 0);
    pthread_mutex_lock(&lane.lock);
    if (!lane.staffed)
        staff();
    if (lane.inside < AT_ONCE + WAITING_MAX) {
        append(task);
        problem = wait_for(task);
    }
    pthread_mutex_unlock(&lane.lock);
    return problem;
}

/* Two for every three that could be hashed meanwhile, since others come, too. */
int64_t password_lane_seconds(void)
{
    int64_t now = clock_ticks();
    pthread_mutex_lock(&lane.lock);
    if (lane.turn < now)
        lane.turn = now;
    if (lane.turn < now + AWAY_MAX * SECOND_TICKS)
        lane.turn += lane.cost * 3 / (2 * AT_ONCE);
    int64_t seconds = (lane.turn - now + SECOND_TICKS - 1) / SECOND_TICKS;
    pthread_mutex_unlock(&lane.lock);
    return seconds;
}

/* ---- what is done for them -------------------------------------------------------------------- */

static void make(struct task *task)
{
    task->failed =
        crypto_pwhash_str(task->hash, task->plain, task->size, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

static void compare(struct task *task)
{
    task->right = crypto_pwhash_str_verify(task->stored, task->plain, task->size) == 0;
}

/* The work of a check without anything to compare with. */
static void waste(struct task *task)
{
    static const unsigned char salt[crypto_pwhash_SALTBYTES];
    unsigned char key[32];
    task->failed =
        crypto_pwhash(key, sizeof key, task->plain, task->size, salt,
                      crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                      crypto_pwhash_ALG_ARGON2ID13) != 0;
}

const struct problem *password_hash(struct memory *memory, struct text plain, struct text *out)
{
    struct task task = {.run = make, .plain = plain.data ? plain.data : "", .size = plain.size};
    const struct problem *problem = have_done(&task);
    if (problem)
        return problem;
    *out = text_copy(memory, text_of(task.hash));
    return out->data ? NULL : &out_of_memory;
}

const struct problem *password_check(struct memory *memory, struct text hash, struct text plain,
                                     bool *right)
{
    struct task task = {.run = hash.size == 0 ? waste : compare,
                        .plain = plain.data ? plain.data : "",
                        .size = plain.size,
                        .stored = text_c(memory, hash)};
    *right = false;
    const struct problem *problem = task.stored ? have_done(&task) : &out_of_memory;
    if (!problem)
        *right = task.right;
    return problem;
}
