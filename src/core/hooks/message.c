/*
 * Messages in their order, and what follows from each attempt.
 *
 * Of the messages to one receiver about one thing only the first goes; a claim that meets another parks
 * it, without a due time, until the one ahead is through, given up, or late. So each message is looked at
 * a few times, however many wait. Claims and outcomes of one receiver come one after another (hook_lock),
 * which writing a message down need not wait for.
 * Must not know: how messages are posted. Read next: core/hooks/lane.c.
 */
#include "core/hooks/message.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/hooks/queries.h"
#include "core/mail/mail.h"

const struct problem *hook_message_write(struct memory *memory, const char *kind, struct instant at,
                                         const struct shape *shape, const void *data,
                                         struct text *out)
{
    struct builder body = builder_make(memory, HOOK_BODY_MAX);
    char written[INSTANT_TEXT_MAX];
    instant_print(written, at);
    builder_add_c(&body, "{\"type\":");
    builder_add_json(&body, text_of(kind));
    builder_add_c(&body, ",\"timestamp\":");
    builder_add_json(&body, text_of(written));
    builder_add_c(&body, ",\"data\":");
    shape_write_json(&body, shape, data, FOR_PARTY);
    builder_add_char(&body, '}');
    return builder_end(&body, out);
}

const struct problem *hook_message_queue(struct database *db, struct memory *memory,
                                         struct hook_id hook, const char *kind, int64_t subject,
                                         struct text body, struct instant at,
                                         struct hook_message_id *out)
{
    struct hook_message_hit last;
    const struct problem *problem = hook_message_last(db, memory, hook, &last);
    if (problem && problem != &not_found)
        return problem;
    if (!problem)
        ids_follow(last.id.value);
    struct hook_message_new message = {.id = {id_new()},
                                       .hook = hook,
                                       .kind = text_of(kind),
                                       .subject = subject,
                                       .body = body,
                                       .due = clock_now(),
                                       .since = clock_now(),
                                       .at = at};
    *out = message.id;
    return hook_message_insert(db, memory, &message);
}

const struct problem *hook_message_requeue(struct database *db, struct memory *memory,
                                           struct hook_message_id id, struct instant at)
{
    struct hook_message_hit hit;
    const struct problem *problem = hook_message_again(db, memory, id, at, at, &hit);
    return problem == &not_found ? NULL : problem;
}

/* ---- claiming ---- */

const struct problem *hook_messages_take(struct database *db, struct memory *memory,
                                         struct hook_id hook, struct instant at,
                                         struct instant lease, size_t most,
                                         struct hook_sending_list *out)
{
    struct hook_candidate_list candidates;
    struct hook_sending *items = memory_take_array(memory, most, sizeof *items);
    size_t count = 0;
    const struct problem *problem =
        items ? hook_candidates(db, memory, hook, at, &candidates) : &out_of_memory;
    for (size_t i = 0; !problem && count < most && i < candidates.count; i++) {
        const struct hook_candidate *one = &candidates.items[i];
        struct hook_message_hit ahead;
        problem = hook_message_ahead(db, memory, hook, one->subject, one->id, &ahead);
        if (!problem)
            problem = hook_message_due(db, memory, one->id, (struct instant){0});
        else if (problem == &not_found)
            problem = hook_claim(db, memory, one->id, lease, &items[count++]);
    }
    *out = (struct hook_sending_list){items, count};
    return problem;
}

int64_t hook_pause_after(int64_t tries, int64_t chance, int64_t asked)
{
    static const int64_t pauses[] = {5 * SECOND, 30 * SECOND, 2 * MINUTE, 15 * MINUTE, HOUR,
                                     3 * HOUR,   6 * HOUR,    12 * HOUR,  DAY};
    int64_t count = (int64_t)(sizeof pauses / sizeof pauses[0]);
    ensure(tries > 0 && chance >= 0 && chance <= 1000);
    int64_t pause = pauses[tries < count ? tries - 1 : count - 1];
    pause += pause / 5 * chance / 1000;
    int64_t wished = asked < DAY / SECOND ? asked * SECOND : DAY;
    return pause > wished ? pause : wished;
}

/* ---- what an attempt leaves behind ---- */

const struct problem *hook_message_let_next(struct database *db, struct memory *memory,
                                            struct hook_id hook, int64_t subject, struct instant at)
{
    struct hook_message_hit next;
    struct hook_message_hit ahead;
    const struct problem *problem = hook_message_behind(db, memory, hook, subject, &next);
    if (!problem)
        problem = hook_message_ahead(db, memory, hook, subject, next.id, &ahead);
    else if (problem == &not_found)
        return NULL;
    return problem == &not_found ? hook_message_due(db, memory, next.id, at) : problem;
}

static struct hook_settled settled_of(const struct hook_message_row *row,
                                      const struct hook_row *hook,
                                      const struct hook_attempted *attempted)
{
    const struct hook_result *result = &attempted->result;
    int64_t now = attempted->at.ms;
    int64_t since = row->since.ms > hook->resumed.ms ? row->since.ms : hook->resumed.ms;
    int64_t over = since + HOOK_TRIED_FOR;
    struct hook_settled out = {.id = row->id,
                               .state = HOOK_WAITING,
                               .due = attempted->at,
                               .late = row->late || now >= since + HOOK_HELD_FOR,
                               .tries = row->tries + 1,
                               .attempts = row->attempts + 1,
                               .outcome = result->outcome,
                               .status = result->status};
    if (result->outcome == HOOK_DELIVERED) {
        out.state = HOOK_THROUGH;
    } else if (now >= over) {
        out.state = HOOK_GIVEN_UP;
    } else {
        out.due.ms += hook_pause_after(out.tries, attempted->chance, result->wait);
        if (out.due.ms > over)
            out.due.ms = over;
    }
    return out;
}

static const struct problem *tell_owners(struct database *db, struct memory *memory,
                                         const struct hook_row *hook, const char *key,
                                         struct instant at)
{
    struct hook_owner_hit_list owners;
    struct text site;
    const struct problem *problem = mail_site(memory, &site);
    if (!problem)
        problem = hook_owners(db, memory, hook->owner, &owners);
    if (problem)
        return problem;
    struct text link = text_format(memory, "%.*s/biz/webhooks/%s", TEXT_ARGS(site),
                                   id_text("whk", hook->id.value).text);
    if (!link.data)
        return &out_of_memory;
    const struct word_argument arguments[] = {
        {.name = "address", .kind = FIELD_TEXT, .text = hook->address},
        {.name = "since", .kind = FIELD_INSTANT, .instant = hook->failing.ms ? hook->failing : at},
        {.name = "link", .kind = FIELD_TEXT, .text = link},
    };
    for (size_t i = 0; !problem && i < owners.count; i++)
        problem = mail_send(db, memory, owners.items[i].person, key, arguments, 3, at);
    return problem;
}

static const struct problem *stop_receiver(struct database *db, struct memory *memory,
                                           const struct hook_row *hook, enum hook_state state,
                                           struct instant at)
{
    const struct problem *problem =
        hook_set_state(db, memory, hook->id, state, hook->failing, hook->resumed);
    log_write(LOG_INFO, "hook.paused", "hook=%s because=%s", id_text("whk", hook->id.value).text,
              state == HOOK_DEAD ? "failing" : "gone");
    if (problem)
        return problem;
    return tell_owners(db, memory, hook, state == HOOK_DEAD ? "mail.hook_dead" : "mail.hook_left",
                       at);
}

/* It answers again: what waits for a later try is tried now. With more than one write takes, it counts
 * as failing until the next success wakes the others. */
static const struct problem *receiver_took(struct database *db, struct memory *memory,
                                           const struct hook_row *hook, struct instant at)
{
    struct hook_message_hit_list woken = {NULL, 0};
    const struct problem *problem = NULL;
    if (hook->failing.ms == 0)
        return NULL;
    if (at.ms - hook->failing.ms >= HOOK_BACK_AFTER)
        problem = hook_wake(db, memory, hook->id, at, &woken);
    if (problem || woken.count == HOOK_WAKE_MOST)
        return problem;
    return hook_set_failing(db, memory, hook->id, (struct instant){0});
}

static const struct problem *receiver_failed(struct database *db, struct memory *memory,
                                             const struct hook_row *hook, enum hook_outcome outcome,
                                             struct instant at)
{
    if (hook->state != HOOK_ACTIVE)
        return NULL;
    if (outcome == HOOK_GONE)
        return stop_receiver(db, memory, hook, HOOK_LEFT, at);
    if (hook->failing.ms == 0)
        return hook_set_failing(db, memory, hook->id, at);
    if (at.ms - hook->failing.ms >= HOOK_TRIED_FOR)
        return stop_receiver(db, memory, hook, HOOK_DEAD, at);
    return NULL;
}

const struct problem *hook_message_attempted(struct database *db, struct memory *memory,
                                             const struct hook_attempted *attempted)
{
    const struct hook_result *result = &attempted->result;
    struct hook_message_row row;
    struct hook_row hook;
    const struct problem *problem = hook_lock(db, memory, attempted->hook, &hook);
    if (!problem)
        problem = hook_message_by_id(db, memory, attempted->message, &row);
    if (problem) /* cleared meanwhile */
        return problem == &not_found ? NULL : problem;
    struct hook_attempt_row attempt = {row.id,          row.attempts + 1, attempted->begun,
                                       result->outcome, result->status,   result->took,
                                       result->answer};
    problem = hook_attempt_insert(db, memory, &attempt);
    if (problem)
        return problem;
    /* Whoever's lease ended long ago, and whose message another took, says nothing about it but success. */
    struct hook_settled settled = settled_of(&row, &hook, attempted);
    if (row.lease.ms != attempted->lease.ms && settled.state != HOOK_THROUGH) {
        settled.state = row.state;
        settled.due = row.due;
        settled.late = row.late;
    }
    problem = hook_message_settle(db, memory, &settled);
    if (!problem && (settled.state != HOOK_WAITING || settled.late))
        problem = hook_message_let_next(db, memory, row.hook, row.subject, attempted->at);
    if (problem)
        return problem;
    return result->outcome == HOOK_DELIVERED
               ? receiver_took(db, memory, &hook, attempted->at)
               : receiver_failed(db, memory, &hook, result->outcome, attempted->at);
}
