/*
 * Handlers of the pages about webhooks.
 *
 * A receiver is its business's; of another it is not found. Must not know: SQL, HTML, how messages are
 * posted. Read next: core/hooks/receiver.c.
 */
#include "core/hooks/pages.h"

#include "base/ids.h"
#include "core/hooks/hooks.shapes.h"
#include "core/hooks/queries.h"
#include "core/hooks/rows.shapes.h"
#include "web/version.h"
#include "web/words.h"

enum { SHOWN = 50, EVENTS_SHOWN = 128 };

/* ---- what is shown ---- */

static const struct problem *split_events(struct memory *memory, struct text events,
                                          struct text_list *out)
{
    struct text *items = memory_take_array(memory, EVENTS_SHOWN, sizeof *items);
    struct text rest = events;
    size_t count = 0;
    if (!items)
        return &out_of_memory;
    while (count < EVENTS_SHOWN && text_split(&rest, ' ', &items[count]))
        count++;
    *out = (struct text_list){items, count};
    return NULL;
}

static const struct problem *line_of(struct request *request, const struct hook_row *row,
                                     struct hook_line *out)
{
    bool former = row->former.size > 0 && request->now.ms < row->former_until.ms;
    *out = (struct hook_line){.id = row->id,
                              .address = row->address,
                              .about = row->about,
                              .state = row->state,
                              .failing = {row->failing.ms != 0, row->failing},
                              .former = {former, row->former_until},
                              .at = row->at};
    return split_events(request->memory, row->events, &out->events);
}

static bool has(const struct text_list *list, const char *name)
{
    for (size_t i = 0; list && i < list->count; i++)
        if (text_is(list->items[i], name))
            return true;
    return false;
}

static const struct problem *show_events(struct request *request, const struct text_list *chosen,
                                         struct hook_event_shown_list *out)
{
    struct hook_event_shown *items =
        memory_take_array(request->memory, EVENTS_SHOWN, sizeof *items);
    const char *name;
    size_t count = 0;
    if (!items)
        return &out_of_memory;
    while (count < EVENTS_SHOWN && (name = hook_event_name(count))) {
        struct text key = text_format(request->memory, "hook_event.%s", name);
        if (!key.data)
            return &out_of_memory;
        struct text meaning = words_text(request->memory, request->language, key.data, NULL, 0);
        items[count++] = (struct hook_event_shown){text_of(name), meaning, has(chosen, name)};
    }
    *out = (struct hook_event_shown_list){items, count};
    return NULL;
}

static const struct problem *find(struct request *request, struct hook_id id, struct hook_row *row,
                                  struct hook_line *line)
{
    const struct problem *problem =
        hook_of(request->db, request->memory, id, request->viewer.organisation, row);
    return problem ? problem : line_of(request, row, line);
}

/* ---- the list ---- */

const struct problem *core_hooks_show(struct request *request, const struct nothing *query,
                                      struct hooks_view *view)
{
    struct hook_row_list rows;
    (void)query;
    const struct problem *problem =
        hooks_of(request->db, request->memory, request->viewer.organisation, &rows);
    if (problem)
        return problem;
    struct hook_line *items = memory_take_array(request->memory, rows.count, sizeof *items);
    problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = line_of(request, &rows.items[i], &items[i]);
    view->webhooks = (struct hook_line_list){items, rows.count};
    view->room = rows.count < HOOKS_MOST;
    return problem ? problem : show_events(request, NULL, &view->events);
}

static const struct problem *blame(struct request *request, const struct problem *problem)
{
    bool events = problem == &hook_no_event;
    if (problem == &web_changed)
        return problem;
    return request_blame(request, events ? "events" : "address", problem);
}

static struct hook_wish wish_of(const struct request *request, struct text address,
                                const struct maybe_text *about, const struct text_list *events)
{
    return (struct hook_wish){.owner = request->viewer.organisation,
                              .by = request->viewer.person,
                              .address = text_trim(address),
                              .about = about->present ? text_trim(about->value) : text_of(""),
                              .events = *events};
}

static const struct problem *show_secret(struct request *request, struct hook_id id,
                                         const char *secret, struct hook_secret_view *view)
{
    view->webhook = id;
    view->secret = text_copy(request->memory, text_of(secret));
    return view->secret.data ? NULL : &out_of_memory;
}

const struct problem *core_hook_register(struct request *request, const struct hook_form *form,
                                         struct hook_secret_view *view)
{
    char secret[HOOK_SECRET_TEXT] = "";
    struct hook_id id;
    struct hook_wish wish = wish_of(request, form->address, &form->about, &form->events);
    const struct problem *problem = hook_register_receiver(
        request->store, request->memory, &wish, request->once, request->now, &id, secret);
    return problem ? blame(request, problem) : show_secret(request, id, secret, view);
}

/* ---- one ---- */

static const struct problem *message_line(struct request *request,
                                          const struct hook_message_row *row,
                                          struct hook_message_line *out)
{
    bool waits = row->state == HOOK_WAITING;
    *out = (struct hook_message_line){.id = row->id,
                                      .type = row->kind,
                                      .state = row->state,
                                      .outcome = row->outcome,
                                      .said = text_of(""),
                                      .status = row->status,
                                      .attempts = row->attempts,
                                      .due = {waits && row->due.ms != 0, row->due},
                                      .behind = waits && row->due.ms == 0,
                                      .at = row->at};
    if (row->outcome.size == 0)
        return NULL;
    struct text key = text_format(request->memory, "hook_outcome.%.*s", TEXT_ARGS(row->outcome));
    if (!key.data)
        return &out_of_memory;
    out->said = words_text(request->memory, request->language, key.data, NULL, 0);
    return NULL;
}

static const struct problem *read_messages(struct request *request, struct hook_id hook,
                                           const struct hook_query *query,
                                           struct hook_message_row_list *rows, struct text *only)
{
    struct hook_message_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    int state = query->only.present ? words_value(&hook_message_state_words, query->only.value) : 0;
    *only = text_of(state ? words_name(&hook_message_state_words, state) : "");
    if (!state)
        return hook_messages_of(request->db, request->memory, hook, before, SHOWN + 1, rows);
    return hook_messages_in_state(request->db, request->memory, hook,
                                  (enum hook_message_state)state, before, SHOWN + 1, rows);
}

static const struct problem *show_messages(struct request *request, const struct hook_query *query,
                                           struct hook_view *view)
{
    struct hook_message_row_list rows;
    const struct problem *problem =
        read_messages(request, query->webhook, query, &rows, &view->only);
    if (!problem)
        problem = list_cut(request->memory, &hook_message_row_shape, &rows, SHOWN, &view->later,
                           "?only=%.*s&before=", TEXT_ARGS(view->only));
    if (problem)
        return problem;
    struct hook_message_line *items = memory_take_array(request->memory, rows.count, sizeof *items);
    problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = message_line(request, &rows.items[i], &items[i]);
    view->messages = (struct hook_message_line_list){items, rows.count};
    return problem;
}

const struct problem *core_hook_show(struct request *request, const struct hook_query *query,
                                     struct hook_view *view)
{
    struct hook_row row;
    const struct problem *problem = find(request, query->webhook, &row, &view->webhook);
    if (!problem)
        problem = show_events(request, &view->webhook.events, &view->events);
    if (!problem)
        problem = hook_version(request->memory, &row, &view->version);
    return problem ? problem : show_messages(request, query, view);
}

const struct problem *core_hook_change(struct request *request, const struct hook_change_form *form,
                                       struct hook_made *view)
{
    struct hook_wish wish = wish_of(request, form->address, &form->about, &form->events);
    wish.seen = form->version;
    const struct problem *problem =
        hook_change_receiver(request->store, request->memory, form->webhook, &wish, request->now);
    if (problem)
        return blame(request, problem);
    view->webhook = form->webhook;
    request_go_saying(request, "hook.changed", "/biz/webhooks/%s",
                      id_text("whk", form->webhook.value).text);
    return NULL;
}

const struct problem *core_hook_rotate(struct request *request, const struct hook_id_form *form,
                                       struct hook_secret_view *view)
{
    char secret[HOOK_SECRET_TEXT] = "";
    const struct problem *problem = hook_rotate_secret(
        request->store, request->memory, request->viewer.organisation, form->webhook,
        request->viewer.person, request->once, request->now, secret);
    view->former = (struct maybe_instant){true, instant_add(request->now, HOOK_FORMER)};
    return problem ? problem : show_secret(request, form->webhook, secret, view);
}

static const struct problem *move(struct request *request, struct hook_id id, enum hook_state state,
                                  const char *notice)
{
    const struct problem *problem =
        hook_move_receiver(request->store, request->memory, request->viewer.organisation, id, state,
                           request->viewer.person, request->now);
    if (problem)
        return problem;
    if (state == HOOK_REMOVED)
        request_go_saying(request, notice, "/biz/webhooks");
    else
        request_go_saying(request, notice, "/biz/webhooks/%s", id_text("whk", id.value).text);
    return NULL;
}

const struct problem *core_hook_pause(struct request *request, const struct hook_id_form *form,
                                      struct nothing *view)
{
    (void)view;
    return move(request, form->webhook, HOOK_PAUSED, "hook.paused");
}

const struct problem *core_hook_resume(struct request *request, const struct hook_id_form *form,
                                       struct nothing *view)
{
    (void)view;
    return move(request, form->webhook, HOOK_ACTIVE, "hook.resumed");
}

const struct problem *core_hook_remove(struct request *request, const struct hook_id_form *form,
                                       struct nothing *view)
{
    (void)view;
    return move(request, form->webhook, HOOK_REMOVED, "hook.removed");
}

/* ---- messages ---- */

const struct problem *core_hook_test(struct request *request, const struct hook_id_form *form,
                                     struct hook_test_made *view)
{
    const struct problem *problem =
        hook_send_test(request->store, request->memory, request->viewer.organisation, form->webhook,
                       request->once, request->now, &view->message);
    if (!problem)
        request_go_saying(request, "hook.tested", "/biz/webhooks/%s/messages/%s",
                          id_text("whk", form->webhook.value).text,
                          id_text("whm", view->message.value).text);
    return problem;
}

const struct problem *core_hook_replay(struct request *request, const struct hook_replay_form *form,
                                       struct nothing *view)
{
    (void)view;
    const struct problem *problem = hook_replay_since(
        request->store, request->memory, request->viewer.organisation, form->webhook, form->since,
        form->which == HOOK_REPLAY_FAILED, request->now);
    if (!problem)
        request_go_saying(request, "hook.replaying", "/biz/webhooks/%s",
                          id_text("whk", form->webhook.value).text);
    return problem;
}

static const struct problem *show_attempts(struct request *request,
                                           const struct hook_message_query *query,
                                           struct hook_message_view *view)
{
    struct hook_attempt_row_list rows;
    int64_t before = query->before.present ? query->before.value : INT64_MAX;
    const struct problem *problem =
        hook_attempts_of(request->db, request->memory, query->message, before, &rows);
    size_t count = problem || rows.count < SHOWN ? rows.count : SHOWN;
    struct hook_attempt_line *items =
        problem ? NULL : memory_take_array(request->memory, count, sizeof *items);
    if (!items)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct hook_attempt_row *row = &rows.items[i];
        items[i] = (struct hook_attempt_line){row->number, row->at,   row->outcome,
                                              row->status, row->took, row->answer};
    }
    view->tried = (struct hook_attempt_line_list){items, count};
    if (rows.count <= SHOWN)
        return NULL;
    return maybe_text_format(request->memory, &view->later, "?before=%lld",
                             (long long)items[count - 1].number);
}

const struct problem *core_hook_message_show(struct request *request,
                                             const struct hook_message_query *query,
                                             struct hook_message_view *view)
{
    struct hook_row hook;
    struct hook_message_row row;
    const struct problem *problem = find(request, query->webhook, &hook, &view->webhook);
    if (!problem)
        problem = hook_message_by_id(request->db, request->memory, query->message, &row);
    if (!problem && row.hook.value != hook.id.value)
        problem = &not_found;
    if (!problem)
        problem = message_line(request, &row, &view->message);
    if (problem)
        return problem;
    view->body = row.body;
    return show_attempts(request, query, view);
}

const struct problem *core_hook_message_replay(struct request *request,
                                               const struct hook_message_form *form,
                                               struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        hook_replay_one(request->store, request->memory, request->viewer.organisation,
                        form->webhook, form->message, request->now);
    if (!problem)
        request_go_saying(request, "hook.replayed", "/biz/webhooks/%s/messages/%s",
                          id_text("whk", form->webhook.value).text,
                          id_text("whm", form->message.value).text);
    return problem;
}
