/*
 * Messages that somebody asks for: a test, and those of before once more.
 *
 * Must not know: pages, how messages are posted. Read next: core/hooks/message.c.
 */
#include "base/ids.h"
#include "core/hooks/message.h"
#include "core/hooks/queries.h"
#include "core/hooks/receiver.shapes.h"
#include "ledger/ledger.h"

/* ---- a test ---- */

struct testing {
    struct party_id owner;
    struct hook_id id;
    struct text key;
    struct instant at;
    struct hook_message_id message; /* filled */
};

static const struct problem *queue_test(struct database *db, struct memory *memory,
                                        struct testing *testing)
{
    struct hook_row row;
    struct text body;
    const struct problem *problem = hook_of(db, memory, testing->id, testing->owner, &row);
    if (!problem && row.state != HOOK_ACTIVE)
        problem = &hook_not_active;
    if (problem)
        return problem;
    struct hook_test test = {row.id, row.about};
    problem = hook_message_write(memory, HOOK_TEST, testing->at, &hook_test_shape, &test, &body);
    return problem ? problem
                   : hook_message_queue(db, memory, row.id, HOOK_TEST, row.id.value, body,
                                        testing->at, &testing->message);
}

static const struct problem *test_work(struct database *db, struct memory *memory, void *context)
{
    struct testing *testing = context;
    int64_t before = 0;
    struct text content = text_format(memory, "hook test %lld", (long long)testing->id.value);
    if (!content.data)
        return &out_of_memory;
    const struct problem *problem =
        ledger_once(db, memory, testing->owner, testing->key, content, testing->at, &before);
    testing->message.value = before;
    if (problem || before)
        return problem;
    problem = queue_test(db, memory, testing);
    return problem ? problem
                   : ledger_once_result(db, memory, testing->owner, testing->key,
                                        testing->message.value);
}

const struct problem *hook_send_test(struct store *store, struct memory *memory,
                                     struct party_id owner, struct hook_id id, struct text key,
                                     struct instant at, struct hook_message_id *out)
{
    struct testing testing = {.owner = owner, .id = id, .key = key, .at = at};
    const struct problem *problem = store_write(store, memory, test_work, &testing);
    *out = testing.message;
    return problem;
}

/* ---- once more ---- */

struct replaying {
    struct party_id owner;
    struct hook_id id;
    struct hook_message_id message; /* one */
    struct text note;               /* of the job: since when, and which */
    struct instant at;
};

static const struct problem *replay_one_work(struct database *db, struct memory *memory,
                                             void *context)
{
    const struct replaying *replaying = context;
    struct hook_row row;
    struct hook_message_row message;
    const struct problem *problem = hook_of(db, memory, replaying->id, replaying->owner, &row);
    if (!problem)
        problem = hook_message_by_id(db, memory, replaying->message, &message);
    if (!problem && message.hook.value != row.id.value)
        problem = &not_found;
    return problem ? problem : hook_message_requeue(db, memory, message.id, replaying->at);
}

const struct problem *hook_replay_one(struct store *store, struct memory *memory,
                                      struct party_id owner, struct hook_id id,
                                      struct hook_message_id message, struct instant at)
{
    struct replaying replaying = {.owner = owner, .id = id, .message = message, .at = at};
    return store_write(store, memory, replay_one_work, &replaying);
}

static const struct problem *replay_since_work(struct database *db, struct memory *memory,
                                               void *context)
{
    const struct replaying *replaying = context;
    struct hook_row row;
    const struct problem *problem = hook_of(db, memory, replaying->id, replaying->owner, &row);
    return problem ? problem
                   : job_enqueue(db, memory, &hook_replay_job, row.id.value, replaying->note,
                                 replaying->at);
}

/* The job is told "failed 1781100131000" or "all 1781100131000": asked for twice, it waits once. */
const struct problem *hook_replay_since(struct store *store, struct memory *memory,
                                        struct party_id owner, struct hook_id id,
                                        struct instant since, bool failed_only, struct instant at)
{
    struct replaying replaying = {.owner = owner, .id = id, .at = at};
    replaying.note =
        text_format(memory, "%s %lld", failed_only ? "failed" : "all", (long long)since.ms);
    return replaying.note.data ? store_write(store, memory, replay_since_work, &replaying)
                               : &out_of_memory;
}

struct requeueing {
    struct hook_message_hit_list hits;
    struct instant at;
};

static const struct problem *requeue_work(struct database *db, struct memory *memory, void *context)
{
    const struct requeueing *requeueing = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < requeueing->hits.count; i++)
        problem = hook_message_requeue(db, memory, requeueing->hits.items[i].id, requeueing->at);
    return problem;
}

/* In the order of events and some at a time, up to those that there were when it began. */
static const struct problem *replay_run(struct job_run *run)
{
    struct text rest = run->note;
    struct text which, since;
    int64_t ms = 0;
    if (!text_split(&rest, ' ', &which) || !text_split(&rest, ' ', &since) ||
        !text_to_integer(since, &ms))
        return &our_fault;
    struct hook_id hook = {run->subject};
    struct hook_message_id after = {id_first_at((struct instant){ms}) - 1};
    int64_t end = id_first_at(run->now);
    for (bool more = true; more;) {
        struct memory *memory = memory_scratch(run->memory);
        struct requeueing requeueing = {.at = run->now};
        const struct problem *problem = memory ? NULL : &out_of_memory;
        if (!problem && text_is(which, "failed"))
            problem = hook_messages_failed_since(run->db, memory, hook, after, &requeueing.hits);
        else if (!problem)
            problem = hook_messages_since(run->db, memory, hook, after, &requeueing.hits);
        more = !problem && requeueing.hits.count > 0;
        if (more)
            after = requeueing.hits.items[requeueing.hits.count - 1].id;
        more = more && after.value < end;
        if (!problem && requeueing.hits.count > 0)
            problem = store_write(run->store, memory, requeue_work, &requeueing);
        memory_end(memory);
        if (problem)
            return problem;
    }
    return NULL;
}

const struct job_kind hook_replay_job = {"core.hook.replay", LANE_SLOW, replay_run};
