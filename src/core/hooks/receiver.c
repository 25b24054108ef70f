/*
 * What their owners do with receivers.
 *
 * Must not know: pages, how messages are posted. Read next: core/hooks/message.c.
 */
#include "core/hooks/receiver.h"

#include <sodium.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/act.h"
#include "core/outside/address.h"
#include "core/hooks/message.h"
#include "core/hooks/queries.h"
#include "core/hooks/rows.shapes.h"
#include "core/sign/sign.h"
#include "ledger/ledger.h"
#include "web/version.h"

const struct problem hook_malformed = {"hook.malformed", 422, FAULT_CLIENT, false};
const struct problem hook_plain = {"hook.plain", 422, FAULT_CLIENT, false};
const struct problem hook_port = {"hook.port", 422, FAULT_CLIENT, false};
const struct problem hook_inside = {"hook.inside", 422, FAULT_CLIENT, false};
const struct problem hook_no_event = {"hook.no_event", 422, FAULT_CLIENT, false};
const struct problem hook_crowded = {"hook.crowded", 409, FAULT_CLIENT, false};
const struct problem hook_not_active = {"hook.not_active", 409, FAULT_CLIENT, false};

static const char purpose[] = "core.hook";
static struct text folder; /* where the installation's key lies */

const struct problem *hook_start(struct memory *process, struct text data)
{
    folder = text_copy(process, data);
    return folder.data ? NULL : &out_of_memory;
}

/* ---- secrets ---- */

static const struct problem *seal(struct memory *memory, struct hook_id id,
                                  const unsigned char secret[HOOK_SECRET], struct text *out)
{
    struct sign_key key;
    const struct problem *problem = sign_key_make(folder, &key);
    if (problem)
        return problem;
    problem = sign_seal(memory, &key, purpose, id.value, (struct bytes){secret, HOOK_SECRET}, out);
    sign_key_end(&key);
    return problem;
}

bool hook_unseal(const struct sign_key *key, struct hook_id id, struct text sealed,
                 unsigned char out[HOOK_SECRET])
{
    return sign_unseal(key, purpose, id.value, sealed, out, HOOK_SECRET);
}

const struct problem *hook_key(struct sign_key *out)
{
    return sign_key_make(folder, out);
}

/* The secret of a receiver as people write it, from what is kept. */
static const struct problem *reveal(struct database *db, struct memory *memory, struct hook_id id,
                                    char out[HOOK_SECRET_TEXT])
{
    struct hook_row row;
    struct sign_key key;
    unsigned char secret[HOOK_SECRET];
    const struct problem *problem = hook_by_id(db, memory, id, &row);
    if (!problem)
        problem = sign_key_make(folder, &key);
    if (problem)
        return problem;
    bool fine = hook_unseal(&key, id, row.secret, secret);
    sign_key_end(&key);
    if (fine)
        hook_secret_write(secret, out);
    sodium_memzero(secret, sizeof secret);
    return fine ? NULL : &our_fault;
}

/* ---- what is asked for ---- */

static const struct problem *check_address(struct memory *memory, struct text address)
{
    switch (outside_address_look(memory, address, setting_flag("hooks.loopback"))) {
    case OUTSIDE_ADDRESS_FINE:
        return NULL;
    case OUTSIDE_ADDRESS_MALFORMED:
        return &hook_malformed;
    case OUTSIDE_ADDRESS_PLAIN:
        return &hook_plain;
    case OUTSIDE_ADDRESS_PORT:
        return &hook_port;
    case OUTSIDE_ADDRESS_INSIDE:
        return &hook_inside;
    }
    return &our_fault;
}

static bool is_event(struct text name)
{
    const char *known;
    for (size_t i = 0; (known = hook_event_name(i)); i++)
        if (text_is(name, known))
            return true;
    return false;
}

/* Names with blanks between. */
static const struct problem *write_events(struct memory *memory, const struct text_list *events,
                                          struct text *out)
{
    struct builder b = builder_make(memory, 8 << 10);
    for (size_t i = 0; i < events->count; i++) {
        if (!is_event(events->items[i]))
            return &hook_no_event;
        if (i > 0)
            builder_add_char(&b, ' ');
        builder_add(&b, events->items[i]);
    }
    return events->count ? builder_end(&b, out) : &hook_no_event;
}

/* An act about a receiver, but for what was before and after. */
static struct act act_of(const char *name, const struct hook_row *row, struct party_id by,
                         struct instant at)
{
    return (struct act){.owner = row->owner,
                        .topic = ACT_WEBHOOKS,
                        .actor = by,
                        .name = text_of(name),
                        .subject = row->id.value,
                        .note = row->address,
                        .at = at};
}

static struct hook_wording said_now(const struct hook_row *row)
{
    return (struct hook_wording){row->id, row->owner, row->address, row->about, row->events};
}

/* ---- registering ---- */

/* One call that is answered the same however often it is made. */
struct pressing {
    struct party_id owner, by;
    struct text key;
    struct text content;
    struct instant at;
    struct hook_row row; /* to be kept, or with a new secret */
    int64_t id;          /* filled: of what was made */
    char *shown;         /* the secret; NULL: none is asked for */
};

typedef const struct problem *first_press(struct database *db, struct memory *memory,
                                          struct pressing *pressing);

static const struct problem *press(struct database *db, struct memory *memory,
                                   struct pressing *pressing, first_press *first)
{
    int64_t before = 0;
    const struct problem *problem = ledger_once(db, memory, pressing->owner, pressing->key,
                                                pressing->content, pressing->at, &before);
    if (problem)
        return problem;
    if (before) {
        pressing->id = before;
    } else {
        problem = first(db, memory, pressing);
        if (!problem)
            problem = ledger_once_result(db, memory, pressing->owner, pressing->key, pressing->id);
    }
    return problem || !pressing->shown
               ? problem
               : reveal(db, memory, (struct hook_id){pressing->id}, pressing->shown);
}

static const struct problem *keep(struct database *db, struct memory *memory,
                                  struct pressing *pressing)
{
    struct hook_row_list all;
    const struct problem *problem = hooks_of(db, memory, pressing->owner, &all);
    if (!problem && all.count >= HOOKS_MOST)
        problem = &hook_crowded;
    pressing->id = pressing->row.id.value;
    if (!problem)
        problem = hook_insert(db, memory, &pressing->row);
    struct hook_wording said = said_now(&pressing->row);
    return problem ? problem
                   : act_note_change(
                         db, memory,
                         act_of("core.hook.registered", &pressing->row, pressing->by, pressing->at),
                         &hook_wording_shape, NULL, &said);
}

static const struct problem *register_work(struct database *db, struct memory *memory,
                                           void *context)
{
    return press(db, memory, context, keep);
}

/* A new secret for the receiver of `row`, sealed. */
static const struct problem *new_secret(struct memory *memory, struct hook_row *row)
{
    unsigned char secret[HOOK_SECRET];
    hook_secret_make(secret);
    const struct problem *problem = seal(memory, row->id, secret, &row->secret);
    sodium_memzero(secret, sizeof secret);
    return problem;
}

const struct problem *hook_register_receiver(struct store *store, struct memory *memory,
                                             const struct hook_wish *wish, struct text key,
                                             struct instant at, struct hook_id *out,
                                             char secret[HOOK_SECRET_TEXT])
{
    struct pressing pressing = {
        .owner = wish->owner, .by = wish->by, .key = key, .at = at, .shown = secret};
    struct hook_row *row = &pressing.row;
    const struct problem *problem = check_address(memory, wish->address);
    if (!problem)
        problem = write_events(memory, &wish->events, &row->events);
    if (problem)
        return problem;
    row->id.value = id_new();
    row->owner = wish->owner;
    row->address = wish->address;
    row->about = wish->about;
    row->former = text_of("");
    row->state = HOOK_ACTIVE;
    row->at = at;
    pressing.content = text_format(memory, "hook %.*s %.*s %.*s", TEXT_ARGS(wish->address),
                                   TEXT_ARGS(row->events), TEXT_ARGS(wish->about));
    problem = pressing.content.data ? new_secret(memory, row) : &out_of_memory;
    if (!problem)
        problem = store_write(store, memory, register_work, &pressing);
    out->value = pressing.id;
    return problem;
}

/* ---- changing ---- */

const struct problem *hook_version(struct memory *memory, const struct hook_row *row,
                                   struct text *out)
{
    struct hook_wording now = said_now(row);
    return version_of(memory, &hook_wording_shape, &now, out);
}

struct changing {
    struct hook_wording said;
    struct maybe_text seen;
    struct party_id by;
    struct instant at;
};

static const struct problem *change_work(struct database *db, struct memory *memory, void *context)
{
    const struct changing *changing = context;
    const struct hook_wording *said = &changing->said;
    struct hook_row row;
    struct hook_hit hit;
    const struct problem *problem = hook_of(db, memory, said->id, said->owner, &row);
    if (problem)
        return problem;
    struct hook_wording now = said_now(&row);
    problem = version_check(memory, changing->seen, &hook_wording_shape, &now, said);
    if (!problem)
        problem = hook_change(db, memory, said, &hit);
    return problem ? problem
                   : act_note_change(db, memory,
                                     act_of("core.hook.changed", &row, changing->by, changing->at),
                                     &hook_wording_shape, &now, said);
}

const struct problem *hook_change_receiver(struct store *store, struct memory *memory,
                                           struct hook_id id, const struct hook_wish *wish,
                                           struct instant at)
{
    struct changing changing = {
        .said = {.id = id, .owner = wish->owner, .address = wish->address, .about = wish->about},
        .seen = wish->seen,
        .by = wish->by,
        .at = at};
    const struct problem *problem = check_address(memory, wish->address);
    if (!problem)
        problem = write_events(memory, &wish->events, &changing.said.events);
    return problem ? problem : store_write(store, memory, change_work, &changing);
}

static const struct problem *rotate(struct database *db, struct memory *memory,
                                    struct pressing *pressing)
{
    struct hook_hit hit;
    struct hook_row row;
    pressing->id = pressing->row.id.value;
    const struct problem *problem = hook_of(db, memory, pressing->row.id, pressing->owner, &row);
    if (!problem)
        problem = hook_rotate(db, memory, pressing->row.id, pressing->owner, pressing->row.secret,
                              instant_add(pressing->at, HOOK_FORMER), &hit);
    return problem ? problem
                   : act_note(db, memory,
                              act_of("core.hook.rotated", &row, pressing->by, pressing->at));
}

static const struct problem *rotate_work(struct database *db, struct memory *memory, void *context)
{
    return press(db, memory, context, rotate);
}

const struct problem *hook_rotate_secret(struct store *store, struct memory *memory,
                                         struct party_id owner, struct hook_id id,
                                         struct party_id by, struct text key, struct instant at,
                                         char secret[HOOK_SECRET_TEXT])
{
    struct pressing pressing = {
        .owner = owner, .by = by, .key = key, .at = at, .row = {.id = id}, .shown = secret};
    pressing.content = text_format(memory, "hook rotate %lld", (long long)id.value);
    const struct problem *problem =
        pressing.content.data ? new_secret(memory, &pressing.row) : &out_of_memory;
    return problem ? problem : store_write(store, memory, rotate_work, &pressing);
}

struct moving {
    struct party_id owner;
    struct hook_id id;
    enum hook_state state;
    struct party_id by;
    struct instant at;
};

static const struct problem *note_move(struct database *db, struct memory *memory,
                                       const struct moving *moving, const struct hook_row *row)
{
    const char *name = moving->state == HOOK_REMOVED  ? "core.hook.removed"
                       : moving->state == HOOK_ACTIVE ? "core.hook.resumed"
                                                      : "core.hook.paused";
    struct act act = act_of(name, row, moving->by, moving->at);
    act.was = text_of(words_name(&hook_state_words, (int)row->state));
    act.became = text_of(words_name(&hook_state_words, (int)moving->state));
    return act_note(db, memory, act);
}

/* Taken up again, it has three days anew, and what waits is tried at once. */
static const struct problem *move_work(struct database *db, struct memory *memory, void *context)
{
    const struct moving *moving = context;
    struct hook_row row;
    struct hook_message_hit_list woken;
    const struct problem *problem = hook_lock(db, memory, moving->id, &row);
    if (!problem && (row.owner.value != moving->owner.value || row.state == HOOK_REMOVED))
        problem = &not_found;
    if (problem || row.state == moving->state)
        return problem;
    problem = note_move(db, memory, moving, &row);
    if (problem)
        return problem;
    if (moving->state == HOOK_REMOVED)
        return hook_remove(db, memory, row.id);
    if (moving->state != HOOK_ACTIVE)
        return hook_set_state(db, memory, row.id, moving->state, row.failing, row.resumed);
    problem = hook_wake(db, memory, row.id, moving->at, &woken);
    if (problem)
        return problem;
    struct instant failing = {woken.count == HOOK_WAKE_MOST ? moving->at.ms : 0};
    return hook_set_state(db, memory, row.id, HOOK_ACTIVE, failing, moving->at);
}

const struct problem *hook_move_receiver(struct store *store, struct memory *memory,
                                         struct party_id owner, struct hook_id id,
                                         enum hook_state state, struct party_id by,
                                         struct instant at)
{
    struct moving moving = {owner, id, state, by, at};
    return store_write_locking(store, memory, move_work, &moving);
}
