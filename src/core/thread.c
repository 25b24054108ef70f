/*
 * Messages as rows.
 *
 * Must not know: who may say something, what it is about. Read next: core/event.h.
 */
#include "core/thread.h"

#include "base/ids.h"
#include "core/event.h"
#include "core/thread_queries.h"
#include "core/thread_rows.h"

static const struct problem *say(struct database *db, struct memory *memory,
                                 const struct message_new *message, struct message_id *out)
{
    const struct problem *problem = message_insert(db, memory, message);
    if (!problem)
        problem = event_emit(db, memory, "core.message.said", message->subject,
                             message->author.value, (struct text){"", 0}, message->at);
    if (!problem)
        *out = message->id;
    return problem;
}

const struct problem *thread_say(struct database *db, struct memory *memory, int64_t subject,
                                 struct party_id author, struct party_id organisation,
                                 struct text body, struct instant at, struct message_id *out)
{
    struct message_new message = {.id = {id_new()},
                                  .subject = subject,
                                  .author = {true, author},
                                  .organisation = organisation,
                                  .body = body,
                                  .at = at,
                                  .guest = {"", 0}};
    return say(db, memory, &message, out);
}

const struct problem *thread_say_guest(struct database *db, struct memory *memory, int64_t subject,
                                       struct text name, struct text body, struct instant at,
                                       struct message_id *out)
{
    struct message_new message = {
        .id = {id_new()}, .subject = subject, .body = body, .at = at, .guest = name};
    return say(db, memory, &message, out);
}

const struct problem *thread_list(struct database *db, struct memory *memory, int64_t subject,
                                  struct message_id before, struct thread_message_list *out)
{
    struct thread_message_list newest;
    if (before.value == 0)
        before.value = INT64_MAX;
    const struct problem *problem = messages_before(db, memory, subject, before, &newest);
    if (problem)
        return problem;
    struct thread_message *items = memory_take_array(memory, newest.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < newest.count; i++)
        items[i] = newest.items[newest.count - 1 - i];
    *out = (struct thread_message_list){items, newest.count};
    return NULL;
}
