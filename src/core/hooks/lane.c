/*
 * The lane that delivers: claims messages, signs and posts them, and notes what came of it.
 *
 * A claim is a lease in the database, so that of several processes one posts a message, and another
 * does when the first died. Each receiver has few on their way at once, and receivers take turns, so
 * that a slow one delays nobody else. Must not know: what messages say. Read next: core/hooks/message.c,
 * core/hooks/wire.c.
 */
#include "core/hooks/lane.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/hooks/message.h"
#include "core/hooks/queries.h"

enum { IDLE_MS = 500, BUSY_MS = 50, LEAVE_MS = 3000, ROUND_MEMORY = 4 << 20 };
#define LEASE    MINUTE     /* longer than any transfer */
#define KEPT     (30 * DAY) /* messages, and what came of them */
#define CLEARING (HOUR)     /* between two looks for what is older */

struct sending {
    struct hook_work *work;
    struct memory *memory; /* holds it and its texts */
    struct hook_id hook;
    struct hook_message_id message;
    struct instant lease;
    struct instant begun;
    struct sending *next;
};

struct hook_work {
    struct store *store;
    struct database *reader;
    struct hook_wire *wire;
    struct sending *first; /* on their way */
    size_t count;          /* of them */
    int64_t noted;         /* attempts so far */
    struct hook_id turn;   /* receiver that was served last */
};

static void forget(struct sending *sending)
{
    struct sending **at = &sending->work->first;
    while (*at != sending)
        at = &(*at)->next;
    *at = sending->next;
    sending->work->count--;
    memory_end(sending->memory);
}

/* What is on its way then is posted again once its lease is over. */
static void end_work(void *thing)
{
    struct hook_work *work = thing;
    while (work->first)
        forget(work->first);
}

const struct problem *hook_work_make(struct memory *memory, struct store *store,
                                     const struct hook_wire_options *options,
                                     struct hook_work **out)
{
    struct hook_work *work = memory_take(memory, sizeof *work);
    if (!work)
        return &out_of_memory;
    work->store = store;
    *out = work;
    const struct problem *problem = store_reader(store, memory, &work->reader);
    /* Before the wire, whose end comes first then: it still reads their texts. */
    if (!problem && memory_on_end(memory, end_work, work))
        problem = &out_of_memory;
    return problem ? problem : hook_wire_make(memory, options, &work->wire);
}

size_t hook_work_under_way(const struct hook_work *work)
{
    return work->count;
}

int64_t hook_work_noted(const struct hook_work *work)
{
    return work->noted;
}

/* ---- what came of it ---- */

static const struct problem *note_work(struct database *db, struct memory *memory, void *context)
{
    return hook_message_attempted(db, memory, context);
}

/* What can't be noted is posted again once its lease is over. */
static void note(void *lane, void *context, const struct hook_result *result)
{
    struct hook_work *work = lane;
    struct sending *sending = context;
    struct hook_attempted attempted = {.hook = sending->hook,
                                       .message = sending->message,
                                       .lease = sending->lease,
                                       .begun = sending->begun,
                                       .at = clock_now(),
                                       .chance = randombytes_uniform(1001),
                                       .result = *result};
    const struct problem *problem =
        store_write_locking(work->store, sending->memory, note_work, &attempted);
    if (problem)
        log_write(LOG_WARNING, "hook.unnoted", "message=%s problem=%s",
                  id_text("whm", sending->message.value).text, problem->name);
    work->noted++;
    forget(sending);
}

/* ---- setting off ---- */

static void add_signature(struct builder *out, const struct sign_key *key,
                          const struct hook_row *hook, struct text sealed,
                          const struct hook_call *call)
{
    unsigned char secret[HOOK_SECRET];
    char signature[HOOK_SIGNATURE_TEXT];
    if (!hook_unseal(key, hook->id, sealed, secret)) {
        log_write(LOG_ERROR, "hook.unreadable", "hook=%s because=another signing.key",
                  id_text("whk", hook->id.value).text);
        return;
    }
    hook_sign(secret, call->id, call->seconds, call->body, signature);
    sodium_memzero(secret, sizeof secret);
    if (out->size)
        builder_add_char(out, ' ');
    builder_add_c(out, signature);
}

/* By the secret and, within its last day, by the former one. */
static const struct problem *sign_call(struct memory *memory, const struct sign_key *key,
                                       const struct hook_row *hook, struct instant at,
                                       struct hook_call *call)
{
    struct builder out = builder_make(memory, 2 * HOOK_SIGNATURE_TEXT);
    add_signature(&out, key, hook, hook->secret, call);
    if (hook->former.size && at.ms < hook->former_until.ms)
        add_signature(&out, key, hook, hook->former, call);
    const struct problem *problem = builder_end(&out, &call->signatures);
    return problem || call->signatures.size ? problem : &our_fault;
}

static const struct problem *set_off(struct hook_work *work, const struct sign_key *key,
                                     const struct hook_row *hook,
                                     const struct hook_sending *claimed, struct instant lease)
{
    struct memory *memory = memory_create(HOOK_BODY_MAX + (256 << 10));
    struct sending *sending = memory ? memory_take(memory, sizeof *sending) : NULL;
    if (!sending) {
        memory_end(memory);
        return &out_of_memory;
    }
    struct instant now = clock_now();
    *sending = (struct sending){work, memory, hook->id, claimed->id, lease, now, work->first};
    char id[ID_TEXT_MAX];
    id_write(id, "whm", claimed->id.value);
    struct hook_call call = {.address = hook->address,
                             .id = text_copy(memory, text_of(id)),
                             .seconds = now.ms / SECOND,
                             .body = text_copy(memory, claimed->body),
                             .context = sending};
    const struct problem *problem = call.id.data && call.body.data ? NULL : &out_of_memory;
    if (!problem)
        problem = sign_call(memory, key, hook, now, &call);
    if (!problem)
        problem = hook_wire_begin(work->wire, &call);
    if (problem) {
        memory_end(memory);
        return problem;
    }
    work->first = sending;
    work->count++;
    return NULL;
}

struct claim {
    struct hook_id id;
    struct instant at;
    struct instant lease;
    size_t most;
    struct hook_row hook;             /* filled */
    struct hook_sending_list claimed; /* filled */
};

static const struct problem *claim_work(struct database *db, struct memory *memory, void *context)
{
    struct claim *claim = context;
    const struct problem *problem = hook_try_lock(db, memory, claim->id, &claim->hook);
    claim->claimed.count = 0;
    if (problem || claim->hook.state != HOOK_ACTIVE)
        return problem == &not_found ? NULL : problem;
    return hook_messages_take(db, memory, claim->id, claim->at, claim->lease, claim->most,
                              &claim->claimed);
}

static size_t under_way_to(const struct hook_work *work, struct hook_id hook)
{
    size_t count = 0;
    for (const struct sending *at = work->first; at; at = at->next)
        count += at->hook.value == hook.value;
    return count;
}

/* Looking costs no transaction: most receivers have nothing due. */
static const struct problem *has_due(struct hook_work *work, struct memory *memory,
                                     struct hook_id id, struct instant at, bool *out)
{
    struct hook_message_hit due;
    struct hook_row hook;
    const struct problem *problem = hook_messages_due(work->reader, memory, id, at, &due);
    if (!problem)
        problem = hook_by_id(work->reader, memory, id, &hook);
    *out = !problem && hook.state == HOOK_ACTIVE;
    return problem == &not_found ? NULL : problem;
}

static const struct problem *serve(struct hook_work *work, struct memory *memory, struct hook_id id)
{
    size_t busy = under_way_to(work, id);
    size_t room = HOOK_LANE_ROOM - work->count;
    size_t most = busy < HOOK_LANE_EACH ? HOOK_LANE_EACH - busy : 0;
    struct instant now = clock_now();
    struct claim claim = {
        .id = id, .at = now, .lease = instant_add(now, LEASE), .most = most < room ? most : room};
    bool due = false;
    const struct problem *problem = most ? has_due(work, memory, id, now, &due) : NULL;
    if (problem || !due)
        return problem;
    struct sign_key key;
    problem = hook_key(&key);
    if (!problem)
        problem = store_write_locking(work->store, memory, claim_work, &claim);
    for (size_t i = 0; !problem && i < claim.claimed.count; i++)
        problem = set_off(work, &key, &claim.hook, &claim.claimed.items[i], claim.lease);
    sign_key_end(&key);
    return problem;
}

/* Receivers in the order of their ids, beginning behind the one that was served last. */
static const struct problem *serve_all(struct hook_work *work, struct memory *memory)
{
    struct hook_hit next;
    struct hook_id begin = work->turn;
    bool around = false;
    const struct problem *problem = NULL;
    while (!problem && work->count < HOOK_LANE_ROOM) {
        problem = hooks_waiting(work->reader, memory, work->turn, &next);
        if (problem == &not_found && !around) {
            around = true;
            work->turn.value = 0;
            problem = NULL;
            continue;
        }
        if (problem || (around && next.id.value > begin.value))
            break;
        work->turn = next.id;
        problem = serve(work, memory, next.id);
    }
    return problem == &not_found ? NULL : problem;
}

const struct problem *hook_work_round(struct hook_work *work, bool claim, int wait)
{
    struct memory *memory = memory_create(ROUND_MEMORY);
    const struct problem *problem = memory ? NULL : &out_of_memory;
    if (!problem && claim)
        problem = serve_all(work, memory);
    memory_end(memory);
    hook_wire_turn(work->wire, wait, note, work);
    return problem;
}

/* ---- what is old ---- */

struct clearing {
    struct hook_message_id before;
    int64_t gone; /* filled */
};

static const struct problem *clear_work(struct database *db, struct memory *memory, void *context)
{
    struct clearing *clearing = context;
    struct hook_message_hit_list attempts;
    struct hook_cleared_list messages = {NULL, 0};
    const struct problem *problem = hook_attempts_clear(db, memory, clearing->before, &attempts);
    if (!problem && attempts.count == 0)
        problem = hook_messages_clear(db, memory, clearing->before, &messages);
    /* What was parked behind one of a receiver that is paused waits for nothing any more. */
    for (size_t i = 0; !problem && i < messages.count; i++)
        if (messages.items[i].state == HOOK_WAITING)
            problem = hook_message_let_next(db, memory, messages.items[i].hook,
                                            messages.items[i].subject, clock_now());
    clearing->gone = problem ? 0 : (int64_t)(attempts.count + messages.count);
    return problem;
}

const struct problem *hook_work_clear(struct hook_work *work, int64_t *gone)
{
    struct hook_message_hit old;
    struct clearing clearing = {{id_first_at(instant_add(clock_now(), -KEPT))}, 0};
    struct memory *memory = memory_create(ROUND_MEMORY);
    const struct problem *problem =
        memory ? hook_messages_old(work->reader, memory, clearing.before, &old) : &out_of_memory;
    if (!problem)
        problem = store_write(work->store, memory, clear_work, &clearing);
    memory_end(memory);
    *gone = clearing.gone;
    return problem == &not_found ? NULL : problem;
}

/* ---- its thread ---- */

struct hook_lane {
    struct store *store;
    pthread_t thread;
    atomic_bool stopping;
};

static void clear_some(struct hook_work *work, int64_t *next)
{
    int64_t gone = 0;
    if (clock_ticks() < *next)
        return;
    const struct problem *problem = hook_work_clear(work, &gone);
    if (problem)
        log_write(LOG_WARNING, "hook.clearing_failed", "problem=%s", problem->name);
    if (gone == 0)
        *next = clock_ticks() + CLEARING * 1000000;
}

static void run_rounds(struct hook_lane *lane, struct hook_work *work)
{
    int64_t next_clearing = 0;
    const struct problem *problem = NULL;
    while (!atomic_load(&lane->stopping)) {
        /* After a round that failed, the world gets some time. */
        bool busy = !problem && hook_work_under_way(work) > 0;
        problem = hook_work_round(work, true, busy ? BUSY_MS : IDLE_MS);
        if (problem)
            log_write(LOG_WARNING, "hook.round_failed", "problem=%s", problem->name);
        clear_some(work, &next_clearing);
    }
    int64_t until = clock_ticks() + LEAVE_MS * INT64_C(1000000);
    while (hook_work_under_way(work) > 0 && clock_ticks() < until)
        (void)hook_work_round(work, false, BUSY_MS);
}

static void *run(void *argument)
{
    struct hook_lane *lane = argument;
    struct memory *memory = memory_create(ROUND_MEMORY);
    struct hook_wire_options options = {.loopback = setting_flag("hooks.loopback")};
    struct hook_work *work = NULL;
    const struct problem *problem =
        memory ? hook_work_make(memory, lane->store, &options, &work) : &out_of_memory;
    if (problem) {
        log_write(LOG_ERROR, "hook.no_lane", "problem=%s", problem->name);
    } else {
        run_rounds(lane, work);
    }
    memory_end(memory);
    return NULL;
}

const struct problem *hook_lane_start(struct memory *process, struct store *store,
                                      struct hook_lane **out)
{
    struct hook_lane *lane = memory_take(process, sizeof *lane);
    if (!lane)
        return &out_of_memory;
    lane->store = store;
    if (pthread_create(&lane->thread, NULL, run, lane) != 0)
        return &world_failed;
    *out = lane;
    return NULL;
}

void hook_lane_stop(struct hook_lane *lane)
{
    if (!lane)
        return;
    atomic_store(&lane->stopping, true);
    pthread_join(lane->thread, NULL);
}
