/*
 * What can be seen of a click at once: whether a browser or a program asks, what for, how often, and marks
 * of the visitor under the key of the day.
 *
 * Must not know: the answer. Read next: visitor.h, agent.h.
 */
#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "modules/referrals/clicks/agent.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/clicks/queries.h"
#include "modules/referrals/clicks/seen.h"
#include "modules/referrals/lists/lists.h"

enum { AGENTS = 4096, KEPT_DAYS = 2 };
#define TRY_AGAIN (10 * SECOND)
#define AHEAD     HOUR /* the next day's key is made */

/* Agents repeat: what was found out about one is kept by its hash. */
struct agent {
    uint64_t hash;
    bool bot;
    enum suspect_device device;
};

struct day_key {
    unsigned char key[VISITOR_KEY];
    int64_t day;       /* whose key that is; 0: none yet */
    bool own;          /* it is the process's own, since the database gave none */
    struct instant at; /* when it was asked last */
};

struct click_look {
    pthread_mutex_t lock; /* over all of it */
    struct velocity *velocity;
    struct agent agents[AGENTS];
    unsigned char hashing[crypto_shorthash_KEYBYTES];
    struct day_key keys[2]; /* by the day's last bit: of today, and of tomorrow or yesterday */
};

struct click_look *click_look_make(struct memory *memory)
{
    struct click_look *look = memory_take(memory, sizeof *look);
    if (!look)
        return NULL;
    pthread_mutex_init(&look->lock, NULL);
    look->velocity = referrals_velocity_make(memory);
    randombytes_buf(look->hashing, sizeof look->hashing);
    return look->velocity ? look : NULL;
}

/* ---- the key of the day ---- */

struct keeping {
    int64_t day;
    struct text fresh; /* kept when there is none */
    unsigned char key[VISITOR_KEY];
};

static const struct problem *keep_key(struct database *db, struct memory *memory, void *context)
{
    struct keeping *keeping = context;
    struct referrals_day_row row;
    size_t size = 0;
    const struct problem *problem = referrals_day_keep(db, memory, keeping->day, keeping->fresh);
    if (!problem)
        problem = referrals_day_key(db, memory, keeping->day, &row);
    if (!problem && (sodium_hex2bin(keeping->key, VISITOR_KEY, row.secret.data, row.secret.size,
                                    NULL, &size, NULL) != 0 ||
                     size != VISITOR_KEY))
        problem = &our_fault;
    return problem ? problem : referrals_days_forget(db, memory, keeping->day - KEPT_DAYS);
}

static void put_key(struct click_look *look, const struct day_key *fresh)
{
    struct day_key *key = &look->keys[fresh->day & 1];
    /* An own key that has served stays until the database gives one. */
    bool stays = fresh->own && key->day == fresh->day;
    struct instant at = fresh->at;
    if (!stays)
        *key = *fresh;
    key->at = at;
}

static void keep_day(struct click_look *look, struct store *store, struct memory *memory,
                     int64_t day, struct instant at)
{
    char fresh[2 * VISITOR_KEY + 1];
    struct keeping keeping = {.day = day};
    pthread_mutex_lock(&look->lock);
    const struct day_key *known = &look->keys[day & 1];
    bool kept = known->day == day && (!known->own || at.ms - known->at.ms < TRY_AGAIN);
    pthread_mutex_unlock(&look->lock);
    if (kept)
        return;
    randombytes_buf(keeping.key, VISITOR_KEY);
    sodium_bin2hex(fresh, sizeof fresh, keeping.key, VISITOR_KEY);
    keeping.fresh = text_of(fresh);
    const struct problem *problem = store_write(store, memory, keep_key, &keeping);
    if (problem)
        log_write(LOG_WARNING, "referrals.no_day_key", "problem=%s", problem->name);
    struct day_key key = {.day = day, .own = problem != NULL, .at = at};
    memcpy(key.key, keeping.key, VISITOR_KEY);
    pthread_mutex_lock(&look->lock);
    put_key(look, &key);
    pthread_mutex_unlock(&look->lock);
}

void click_look_keep(struct click_look *look, struct store *store, struct memory *memory,
                     struct instant at)
{
    keep_day(look, store, memory, at.ms / DAY, at);
    if (at.ms / DAY != instant_add(at, AHEAD).ms / DAY)
        keep_day(look, store, memory, at.ms / DAY + 1, at);
}

/* Of a day for which none was kept it is the process's own. */
static const unsigned char *key_of(struct click_look *look, struct instant at)
{
    struct day_key *key = &look->keys[at.ms / DAY & 1];
    if (key->day != at.ms / DAY) {
        *key = (struct day_key){.day = at.ms / DAY, .own = true};
        randombytes_buf(key->key, VISITOR_KEY);
    }
    return key->key;
}

/* ---- marks ---- */

static const struct agent *agent_of(struct click_look *look, struct text agent)
{
    uint64_t hash;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)agent.data, agent.size,
                     look->hashing);
    struct agent *known = &look->agents[hash % AGENTS];
    if (known->hash != hash)
        *known = (struct agent){hash, referrals_agent_is_bot(agent), suspect_read_device(agent)};
    return known;
}

/* What a browser says that it wants it for (https://www.w3.org/TR/fetch-metadata/); older ones say
 * nothing. */
static int64_t mark_of_use(struct text dest)
{
    static const char *const frames[] = {"iframe", "frame", "embed", "object", "fencedframe"};
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (text_is(dest, frames[i]))
            return CLICK_FRAME;
    return dest.size == 0 || text_is(dest, "document") ? 0 : CLICK_IMAGE;
}

static bool says_prefetch(struct text purpose)
{
    for (size_t i = 0; i + 3 <= purpose.size; i++)
        if (strncasecmp(purpose.data + i, "pre", 3) == 0) /* prefetch, prerender, preview */
            return true;
    return false;
}

void click_look(struct click_look *look, struct click *click, const struct quick *came)
{
    pthread_mutex_lock(&look->lock);
    const struct agent *agent = agent_of(look, came->agent);
    click->visitor = referrals_visitor_mark(key_of(look, click->at), came->address, came->agent);
    if (text_is(came->method, "HEAD") || agent->bot)
        click->marks |= CLICK_BOT;
    if (says_prefetch(came->purpose))
        click->marks |= CLICK_PREFETCH;
    if (!click->impression)
        click->marks |= mark_of_use(came->fetch_dest);
    click->seen = click_seen_write(came, agent->device, list_is_hosted(came->address));
    if (referrals_velocity_is_high(look->velocity, click->visitor.visitor ^ click->impression,
                                   click->found.link, click->at))
        click->marks |= CLICK_VELOCITY;
    if (!click->found.counts)
        click->marks |= CLICK_NOT_COUNTED;
    pthread_mutex_unlock(&look->lock);
}
