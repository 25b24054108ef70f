/*
 * Registering apps, changing them, finding out whether a program is one.
 *
 * Must not know: pages, tokens. Read next: core/apps/grant.c.
 */
#include "core/apps/app.h"

#include <sodium.h>

#include "base/ids.h"
#include "core/act.h"
#include "core/apps/app.shapes.h"
#include "core/apps/queries.h"
#include "core/apps/redirect.h"
#include "core/apps/rows.h"
#include "core/apps/rows.shapes.h"
#include "core/login/alert.h"
#include "core/people/party_rows.h"
#include "web/version.h"

const struct problem apps_unknown = {"apps.unknown", 400, FAULT_CLIENT, false};
const struct problem apps_redirect = {"apps.redirect", 400, FAULT_CLIENT, false};
const struct problem apps_repeated = {"apps.repeated", 409, FAULT_CLIENT, false};
const struct problem apps_too_many = {"apps.too_many", 409, FAULT_CLIENT, false};
const struct problem apps_public = {"apps.public", 409, FAULT_CLIENT, false};

enum { TAIL = 4 };

/* ---- secrets ---------------------------------------------------------------------------------- */

static const struct problem *make_secret(struct memory *memory, struct text *secret,
                                         struct text *hash, struct text *tail)
{
    const struct problem *problem = secret_make(memory, text_of(APP_SECRET_PREFIX), secret);
    if (!problem)
        problem = party_secret_hash(memory, *secret, hash);
    if (!problem)
        *tail = (struct text){secret->data + secret->size - TAIL, TAIL};
    return problem;
}

bool app_is_proven(struct memory *memory, const struct app_row *app, struct text secret)
{
    struct text hash;
    if (!app->confidential || secret.size == 0)
        return !app->confidential && secret.size == 0;
    return secret_is_formed(secret, APP_SECRET_PREFIX, 0) &&
           !party_secret_hash(memory, secret, &hash) && hash.size == app->secret.size &&
           sodium_memcmp(hash.data, app->secret.data, hash.size) == 0;
}

const struct problem *app_find(struct database *db, struct memory *memory, struct text client,
                               struct app_row *out)
{
    struct app_id id;
    if (!id_parse(client, "app", &id.value))
        return &apps_unknown;
    const struct problem *problem = app_by_id(db, memory, id, out);
    return problem == &not_found ? &apps_unknown : problem;
}

/* ---- changes ---------------------------------------------------------------------------------- */

static const struct problem *keep_origins(struct database *db, struct memory *memory,
                                          struct app_id app, struct text redirects)
{
    struct text one;
    const struct problem *problem = app_origins_clear(db, memory, app);
    while (!problem && text_split(&redirects, '\n', &one))
        problem = app_origin_insert(db, memory, app, redirect_origin(one));
    return problem;
}

/* Its developer is told of what opens doors. */
static const struct problem *tell(struct database *db, struct memory *memory, const char *what,
                                  struct party_id maker, struct text name, struct instant at)
{
    const struct word_argument arguments[] = {
        {.name = "name", .kind = FIELD_TEXT, .text = name},
    };
    return alert_send(db, memory, maker, what, ALL(arguments), at);
}

/* An act about an app, but for what was before and after. */
static struct act act_of(const char *name, struct party_id owner, struct app_id app,
                         struct party_id by, struct text called, struct instant at)
{
    return (struct act){.owner = owner,
                        .topic = ACT_APPS,
                        .actor = by,
                        .name = text_of(name),
                        .subject = app.value,
                        .note = called,
                        .at = at};
}

static const struct problem *register_work(struct database *db, struct memory *memory,
                                           void *context)
{
    const struct app_new *row = context;
    struct app_count count;
    struct app_hit hit;
    const struct problem *problem = apps_present(db, memory, row->owner, &count);
    if (!problem && count.present >= APPS_MAX)
        return &apps_too_many;
    if (!problem)
        problem = app_insert(db, memory, row, &hit);
    if (problem == &not_found)
        return &apps_repeated;
    if (!problem)
        problem = keep_origins(db, memory, row->id, row->redirects);
    struct app_said said = {row->id,      row->owner,     row->name,
                            row->website, row->redirects, row->scopes};
    if (!problem)
        problem = act_note_change(
            db, memory,
            act_of("core.app.registered", row->owner, row->id, row->maker, row->name, row->made),
            &app_said_shape, NULL, &said);
    if (!problem)
        problem = event_emit(db, memory, "core.app.registered", row->id.value, row->maker,
                             row->name, row->made);
    return problem ? problem : tell(db, memory, "app_registered", row->maker, row->name, row->made);
}

const struct problem *app_register(struct store *store, struct memory *memory,
                                   struct app_order *order, struct text *secret)
{
    struct app_new row = {.id = {id_new()},
                          .owner = order->owner,
                          .maker = order->maker,
                          .name = order->name,
                          .website = order->website,
                          .redirects = order->redirects,
                          .scopes = order->scopes,
                          .confidential = order->confidential,
                          .made = order->at,
                          .once = order->once};
    const struct problem *problem = NULL;
    *secret = (struct text){"", 0};
    if (order->confidential)
        problem = make_secret(memory, secret, &row.secret, &row.tail);
    order->id = row.id;
    return problem ? problem : store_write(store, memory, register_work, &row);
}

static struct app_said said_now(const struct app_row *app)
{
    return (struct app_said){app->id,      app->owner,     app->name,
                             app->website, app->redirects, app->scopes};
}

const struct problem *app_version(struct memory *memory, const struct app_row *app,
                                  struct text *out)
{
    struct app_said now = said_now(app);
    return version_of(memory, &app_said_shape, &now, out);
}

static const struct problem *change_work(struct database *db, struct memory *memory, void *context)
{
    const struct app_order *order = context;
    struct app_said said = {order->id,      order->owner,     order->name,
                            order->website, order->redirects, order->scopes};
    struct app_row app;
    struct app_hit hit;
    const struct problem *problem = app_of(db, memory, order->owner, order->id, &app);
    if (problem)
        return problem;
    struct app_said now = said_now(&app);
    problem = version_check(memory, order->seen, &app_said_shape, &now, &said);
    if (!problem)
        problem = app_update(db, memory, &said, &hit);
    if (!problem)
        problem = keep_origins(db, memory, order->id, order->redirects);
    if (!problem)
        problem = act_note_change(
            db, memory,
            act_of("core.app.changed", order->owner, order->id, order->maker, app.name, order->at),
            &app_said_shape, &now, &said);
    if (!problem)
        problem = event_emit(db, memory, "core.app.changed", order->id.value, order->maker,
                             order->name, order->at);
    return problem ? problem
                   : tell(db, memory, "app_changed", order->maker, order->name, order->at);
}

const struct problem *app_change(struct store *store, struct memory *memory,
                                 const struct app_order *order)
{
    return store_write(store, memory, change_work, (void *)(uintptr_t)order);
}

struct touching {
    struct party_id owner;
    struct app_id id;
    struct party_id by;
    struct instant at;
    struct text secret, tail; /* of another secret */
};

static const struct problem *renew_work(struct database *db, struct memory *memory, void *context)
{
    const struct touching *one = context;
    struct app_row app;
    struct app_hit hit;
    const struct problem *problem = app_of(db, memory, one->owner, one->id, &app);
    if (!problem && !app.confidential)
        return &apps_public;
    if (!problem)
        problem = app_set_secret(db, memory, one->id, one->owner, one->secret, one->tail, &hit);
    if (!problem)
        problem =
            act_note(db, memory,
                     act_of("core.app.renewed", one->owner, one->id, one->by, app.name, one->at));
    if (!problem)
        problem =
            event_emit(db, memory, "core.app.renewed", one->id.value, one->by, app.name, one->at);
    return problem ? problem : tell(db, memory, "app_renewed", one->by, app.name, one->at);
}

const struct problem *app_renew(struct store *store, struct memory *memory, struct party_id owner,
                                struct app_id id, struct party_id by, struct instant at,
                                struct text *secret)
{
    struct touching touching = {.owner = owner, .id = id, .by = by, .at = at};
    const struct problem *problem = make_secret(memory, secret, &touching.secret, &touching.tail);
    return problem ? problem : store_write(store, memory, renew_work, &touching);
}

static const struct problem *remove_work(struct database *db, struct memory *memory, void *context)
{
    const struct touching *one = context;
    struct app_row app;
    struct app_hit hit;
    const struct problem *problem = app_of(db, memory, one->owner, one->id, &app);
    if (problem)
        return problem;
    struct app_said now = said_now(&app);
    problem = app_set_removed(db, memory, one->id, one->owner, one->at, &hit);
    if (!problem)
        problem = app_origins_clear(db, memory, one->id);
    if (!problem)
        problem = act_note_change(
            db, memory, act_of("core.app.removed", one->owner, one->id, one->by, app.name, one->at),
            &app_said_shape, &now, NULL);
    return problem ? problem
                   : event_emit(db, memory, "core.app.removed", one->id.value, one->by,
                                (struct text){"", 0}, one->at);
}

const struct problem *app_remove(struct store *store, struct memory *memory, struct party_id owner,
                                 struct app_id id, struct party_id by, struct instant at)
{
    struct touching touching = {.owner = owner, .id = id, .by = by, .at = at};
    return store_write(store, memory, remove_work, &touching);
}
