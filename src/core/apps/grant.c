/*
 * Codes and tokens: given, exchanged, ended; and whom an access token acts for.
 *
 * What is wrong with a code or refresh token is not told apart to whoever brings it (RFC 6749, 5.2). A
 * second use is a write of its own, though it is refused: the grant ends by it.
 * Must not know: HTTP, forms. Read next: core/apps/token_pages.c.
 */
#include "core/apps/grant.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "core/act.h"
#include "base/log.h"
#include "core/apps/queries.h"
#include "core/apps/rows.h"
#include "core/keys/origin.h"
#include "core/login/alert.h"
#include "core/login/session.h"
#include "core/people/party_rows.h"
#include "web/access.h"
#include "web/request.shapes.h"

const struct problem apps_token_unknown = {"apps.token_unknown", 401, FAULT_CLIENT, false};
const struct problem apps_token_expired = {"apps.token_expired", 401, FAULT_CLIENT, false};
const struct problem apps_token_ended = {"apps.token_ended", 401, FAULT_CLIENT, false};
const struct problem apps_invalid_grant = {"apps.invalid_grant", 400, FAULT_CLIENT, false};

const struct problem apps_invalid_scope = {"apps.invalid_scope", 400, FAULT_CLIENT, false};

static const struct party_id nobody;

/* ---- allowing --------------------------------------------------------------------------------- */

struct giving {
    const struct app_grant_order *order;
    struct app_grant_new row;
};

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct app_grant_order *order)
{
    const struct word_argument arguments[] = {
        {.name = "name", .kind = FIELD_TEXT, .text = order->app_name},
        {.name = "business", .kind = FIELD_TEXT, .text = order->organisation_name},
    };
    return alert_send(db, memory, order->person,
                      order->organisation.value ? "app_access_business" : "app_access", arguments,
                      order->organisation.value ? 2 : 1, order->at);
}

static const struct problem *give_work(struct database *db, struct memory *memory, void *context)
{
    const struct giving *giving = context;
    const struct app_grant_order *order = giving->order;
    const struct problem *problem = app_grants_forget(db, memory, order->person, order->at);
    if (!problem)
        problem =
            app_grants_end_oldest(db, memory, order->person, order->app, order->at, GRANTS_MAX - 1);
    if (!problem)
        problem = app_grant_insert(db, memory, &giving->row);
    struct act act = {.owner = order->organisation.value ? order->organisation : order->person,
                      .topic = ACT_APPS,
                      .actor = order->person,
                      .name = text_of("core.grant.given"),
                      .subject = giving->row.id.value,
                      .became = giving->row.scopes,
                      .note = order->app_name,
                      .at = order->at};
    if (!problem)
        problem = act_note(db, memory, act);
    if (!problem)
        problem = event_emit(db, memory, "core.grant.given", giving->row.id.value, order->person,
                             order->app_name, order->at);
    return problem ? problem : tell(db, memory, order);
}

const struct problem *app_grant_give(struct store *store, struct memory *memory,
                                     const struct app_grant_order *order, struct text *code)
{
    struct giving giving = {.order = order,
                            .row = {.id = {id_new()},
                                    .app = order->app,
                                    .person = order->person,
                                    .organisation = order->organisation,
                                    .scopes = order->scopes,
                                    .given = order->at,
                                    .until = instant_add(order->at, CODE_LIFE),
                                    .redirect = order->redirect,
                                    .challenge = order->challenge}};
    struct text family;
    const struct problem *problem = secret_random(memory, FAMILY, &family);
    if (problem)
        return problem;
    struct text beginning = text_format(memory, "%s%.*s", CODE_PREFIX, TEXT_ARGS(family));
    problem = beginning.data ? secret_make(memory, beginning, code) : &out_of_memory;
    if (!problem)
        problem = party_secret_hash(memory, family, &giving.row.family);
    if (!problem)
        problem = party_secret_hash(memory, *code, &giving.row.code);
    return problem ? problem : store_write(store, memory, give_work, &giving);
}

/* ---- exchanging ------------------------------------------------------------------------------- */

struct exchanging {
    bool by_code;                  /* else by a refresh token */
    struct app_id app;             /* who comes */
    struct text family, brought;   /* hashes */
    struct text redirect;          /* of a code; may be empty */
    struct text challenge;         /* that the verifier leads to */
    struct text asked;             /* scopes; may be empty */
    struct app_grant_renewed next; /* what replaces it */
    struct instant at;
    struct text scopes;            /* filled */
    const struct problem *refused; /* filled: why nothing was given */
};

/* BASE64URL(SHA256(verifier)), RFC 7636, 4.6. Empty: no verifier can be like this. */
static const struct problem *challenge_of(struct memory *memory, struct text verifier,
                                          struct text *out)
{
    static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    unsigned char hash[crypto_hash_sha256_BYTES];
    char written[CHALLENGE_SIZE + 1];
    *out = (struct text){"", 0};
    if (verifier.size < 43 || verifier.size > 128)
        return NULL;
    for (size_t i = 0; i < verifier.size; i++) {
        if (!memchr(fine, verifier.data[i], sizeof fine - 1))
            return NULL;
    }
    crypto_hash_sha256(hash, (const unsigned char *)verifier.data, verifier.size);
    sodium_bin2base64(written, sizeof written, hash, sizeof hash,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    *out = text_copy(memory, text_of(written));
    return out->data ? NULL : &out_of_memory;
}

static bool may_still(const struct app_grant_row *row)
{
    return !row->ended.ms && !row->gone && !row->suspended.ms &&
           (row->organisation.value == 0 || row->role.size > 0);
}

/* It was used before: by its thief or by who it was stolen from, which nobody can tell. */
static const struct problem *end_for_reuse(struct database *db, struct memory *memory,
                                           const struct exchanging *one, struct app_grant_id id)
{
    const struct problem *problem = app_grant_set_ended(db, memory, id, one->at);
    log_write(LOG_WARNING, "apps.used_twice", "grant=%s what=%s", id_text("gnt", id.value).text,
              one->by_code ? "code" : "refresh");
    return problem ? problem
                   : event_emit(db, memory, "core.grant.reused", id.value, nobody,
                                (struct text){"", 0}, one->at);
}

bool app_grant_holds(struct text scopes, struct text some)
{
    struct text one;
    while (text_split(&some, ' ', &one)) {
        char name[SCOPE_MAX];
        if (one.size >= sizeof name)
            return false;
        snprintf(name, sizeof name, "%.*s", TEXT_ARGS(one));
        if (one.size && !access_holds(scopes, name))
            return false;
    }
    return true;
}

static bool was_used(const struct exchanging *one, const struct app_grant_row *row)
{
    return one->by_code ? row->refresh.size > 0 && text_equal(one->brought, row->code)
                        : row->refresh.size > 0 && !text_equal(one->brought, row->refresh);
}

static bool is_good(const struct exchanging *one, const struct app_grant_row *row)
{
    if (row->until.ms <= one->at.ms || !may_still(row))
        return false;
    if (!one->by_code)
        return row->refresh.size > 0 && text_equal(one->brought, row->refresh);
    return text_equal(one->brought, row->code) && one->challenge.size > 0 &&
           text_equal(one->challenge, row->challenge) &&
           (one->redirect.size == 0 || text_equal(one->redirect, row->redirect));
}

static const struct problem *exchange_work(struct database *db, struct memory *memory,
                                           void *context)
{
    struct exchanging *one = context;
    struct app_grant_row row;
    struct app_grant_hit hit;
    one->refused = &apps_invalid_grant;
    const struct problem *problem = app_grant_by_family(db, memory, one->family, &row);
    if (problem || row.app.value != one->app.value)
        return problem == &not_found ? NULL : problem;
    if (was_used(one, &row))
        return row.ended.ms ? NULL : end_for_reuse(db, memory, one, row.id);
    if (!is_good(one, &row))
        return NULL;
    if (!app_grant_holds(row.scopes, one->asked)) {
        one->refused = &apps_invalid_scope;
        return NULL;
    }
    one->next.id = row.id;
    one->next.before = row.refresh;
    problem = app_grant_renew(db, memory, &one->next, &hit);
    if (problem == &not_found)
        return end_for_reuse(db, memory, one, row.id);
    one->scopes = row.scopes;
    one->refused = problem;
    return problem;
}

static const struct problem *exchange(struct store *store, struct memory *memory,
                                      struct exchanging *one, struct text brought, size_t prefix,
                                      struct app_grant_pair *out)
{
    struct text family = {brought.data + prefix, FAMILY};
    struct text beginning = text_format(memory, "%s%.*s", REFRESH_PREFIX, TEXT_ARGS(family));
    if (!beginning.data)
        return &out_of_memory;
    const struct problem *problem = party_secret_hash(memory, family, &one->family);
    if (!problem)
        problem = party_secret_hash(memory, brought, &one->brought);
    if (!problem)
        problem = secret_make(memory, beginning, &out->refresh);
    if (!problem)
        problem = secret_make(memory, text_of(ACCESS_PREFIX), &out->access);
    if (!problem)
        problem = party_secret_hash(memory, out->refresh, &one->next.refresh);
    if (!problem)
        problem = party_secret_hash(memory, out->access, &one->next.access);
    one->next.access_until = instant_add(one->at, ACCESS_LIFE);
    one->next.until = instant_add(one->at, REFRESH_LIFE);
    if (!problem)
        problem = store_write(store, memory, exchange_work, one);
    if (!problem)
        problem = one->refused;
    if (!problem)
        out->scopes = text_copy(memory, one->scopes);
    return problem || out->scopes.data ? problem : &out_of_memory;
}

const struct problem *app_grant_redeem(struct store *store, struct memory *memory,
                                       struct app_id app, struct text code, struct text redirect,
                                       struct text verifier, struct instant at,
                                       struct app_grant_pair *out)
{
    struct exchanging one = {.by_code = true, .app = app, .redirect = redirect, .at = at};
    if (!secret_is_formed(code, CODE_PREFIX, FAMILY))
        return &apps_invalid_grant;
    const struct problem *problem = challenge_of(memory, verifier, &one.challenge);
    return problem ? problem : exchange(store, memory, &one, code, sizeof CODE_PREFIX - 1, out);
}

const struct problem *app_grant_refresh(struct store *store, struct memory *memory,
                                        struct app_id app, struct text refresh, struct text scopes,
                                        struct instant at, struct app_grant_pair *out)
{
    struct exchanging one = {.app = app, .asked = scopes, .at = at};
    if (!secret_is_formed(refresh, REFRESH_PREFIX, FAMILY))
        return &apps_invalid_grant;
    return exchange(store, memory, &one, refresh, sizeof REFRESH_PREFIX - 1, out);
}

/* ---- ending ----------------------------------------------------------------------------------- */

struct ending {
    struct app_id app;            /* that gives a token back */
    struct text family, access;   /* its hash; one of them is empty */
    struct party_id person;       /* or who ends it */
    struct party_id organisation; /* or for which business */
    struct app_grant_id id;
    struct instant at;
};

static const struct problem *revoke_work(struct database *db, struct memory *memory, void *context)
{
    const struct ending *ending = context;
    struct app_grant_row row;
    const struct problem *problem = ending->family.size
                                        ? app_grant_by_family(db, memory, ending->family, &row)
                                        : app_grant_by_access(db, memory, ending->access, &row);
    if (problem || row.ended.ms)
        return problem == &not_found ? NULL : problem;
    if (row.app.value != ending->app.value)
        return &apps_invalid_grant;
    problem = app_grant_set_ended(db, memory, row.id, ending->at);
    return problem ? problem
                   : event_emit(db, memory, "core.grant.ended", row.id.value, nobody,
                                (struct text){"", 0}, ending->at);
}

const struct problem *app_grant_revoke(struct store *store, struct memory *memory,
                                       struct app_id app, struct text token, struct instant at)
{
    struct ending ending = {.app = app, .at = at};
    const struct problem *problem;
    if (secret_is_formed(token, REFRESH_PREFIX, FAMILY))
        problem = party_secret_hash(
            memory, (struct text){token.data + sizeof REFRESH_PREFIX - 1, FAMILY}, &ending.family);
    else if (secret_is_formed(token, ACCESS_PREFIX, 0))
        problem = party_secret_hash(memory, token, &ending.access);
    else
        return NULL;
    return problem ? problem : store_write(store, memory, revoke_work, &ending);
}

static const struct problem *end_work(struct database *db, struct memory *memory, void *context)
{
    const struct ending *ending = context;
    struct app_grant_gone gone = {0};
    const struct problem *problem =
        ending->organisation.value
            ? app_grant_end_by_business(db, memory, ending->organisation, ending->id, ending->at,
                                        &gone)
            : app_grant_end_by_person(db, memory, ending->person, ending->id, ending->at, &gone);
    struct act act = {.owner = ending->organisation.value ? ending->organisation : ending->person,
                      .topic = ACT_APPS,
                      .actor = ending->person,
                      .name = text_of("core.grant.ended"),
                      .subject = ending->id.value,
                      .was = gone.scopes,
                      .note = gone.app,
                      .at = ending->at};
    if (!problem)
        problem = act_note(db, memory, act);
    return problem ? problem
                   : event_emit(db, memory, "core.grant.ended", ending->id.value, ending->person,
                                (struct text){"", 0}, ending->at);
}

const struct problem *app_grant_end_of_person(struct store *store, struct memory *memory,
                                              struct party_id person, struct app_grant_id id,
                                              struct instant at)
{
    struct ending ending = {.person = person, .id = id, .at = at};
    return store_write(store, memory, end_work, &ending);
}

static const struct problem *take_claimed(struct database *db, struct memory *memory,
                                          const struct event *event)
{
    return app_grants_end_of(db, memory, (struct party_id){event->subject}, event->at);
}

const struct consumer app_grant_claimed = {"core.apps.claimed", LOGIN_CLAIMED, take_claimed};

const struct problem *app_grant_end_of_business(struct store *store, struct memory *memory,
                                                struct party_id organisation,
                                                struct app_grant_id id, struct party_id by,
                                                struct instant at)
{
    struct ending ending = {.organisation = organisation, .person = by, .id = id, .at = at};
    return store_write(store, memory, end_work, &ending);
}

/* ---- whom an access token acts for ------------------------------------------------------------ */

struct use {
    struct app_grant_id id;
    struct instant at;
};

static const struct problem *use_work(struct database *db, struct memory *memory, void *context)
{
    const struct use *use = context;
    return app_grant_note_use(db, memory, use->id, use->at);
}

/* Once an hour, so that reading writes nothing. The request goes on when it can't be written. */
static void note_use(const struct request *request, struct app_grant_id id)
{
    struct use use = {id, request->now};
    const struct problem *problem = store_write(request->store, request->memory, use_work, &use);
    if (problem)
        log_write(LOG_WARNING, "apps.use_not_noted", "problem=%s", problem->name);
}

const struct problem *app_grant_load(struct request *request, struct text key, struct viewer *out)
{
    struct app_grant_row row;
    struct text hash;
    if (!text_starts(key, ACCESS_PREFIX))
        return key_load(request, key, out);
    *out = (struct viewer){0};
    if (!secret_is_formed(key, ACCESS_PREFIX, 0))
        return &apps_token_unknown;
    const struct problem *problem = party_secret_hash(request->memory, key, &hash);
    if (!problem)
        problem = app_grant_by_access(request->db, request->memory, hash, &row);
    if (problem)
        return problem == &not_found ? &apps_token_unknown : problem;
    if (!may_still(&row))
        return &apps_token_ended;
    if (row.access_until.ms <= request->now.ms)
        return &apps_token_expired;
    if (request->now.ms - row.used.ms >= HOUR)
        note_use(request, row.id);
    *out = (struct viewer){
        .signed_in = true,
        .person = row.person,
        .name = row.name,
        .organisation = row.organisation,
        .organisation_name = row.organisation_name,
        .consumer = row.organisation.value == 0,
        .keyed = true,
        .key = row.id.value,
        .app = row.app.value,
        .scopes = row.scopes,
    };
    if (row.organisation.value)
        out->role = (enum member_role)words_value(&member_role_words, row.role);
    return NULL;
}

const struct problem *app_grant_origin_known(struct request *request, struct text origin,
                                             bool *known)
{
    const struct viewer *viewer = &request->viewer;
    struct app_origin_hit_list hits;
    const struct problem *problem = NULL;
    *known = false;
    if (viewer->app == 0)
        problem = origin_known(request, origin, known);
    if (problem || *known || (viewer->keyed && viewer->app == 0))
        return problem;
    problem =
        app_origin_find(request->db, request->memory, origin, (struct app_id){viewer->app}, &hits);
    *known = !problem && hits.count > 0;
    return problem;
}
