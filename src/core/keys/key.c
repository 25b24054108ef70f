/*
 * Making keys, finding out whom they act for, ending them.
 *
 * Must not know: pages, headers. Read next: core/keys/scopes.c, core/login/session.c for how people come.
 */
#include "core/keys/key.h"

#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/act.h"
#include "core/keys/queries.h"
#include "core/keys/rows.h"
#include "core/keys/secret.h"
#include "core/login/session.h"
#include "core/mail/mail.h"
#include "core/people/party_rows.h"
#include "web/request.shapes.h"

const struct problem keys_unknown = {"keys.unknown", 401, FAULT_CLIENT, false};
const struct problem keys_expired = {"keys.expired", 401, FAULT_CLIENT, false};
const struct problem keys_revoked = {"keys.revoked", 401, FAULT_CLIENT, false};
const struct problem keys_repeated = {"keys.repeated", 409, FAULT_CLIENT, false};
const struct problem keys_too_many = {"keys.too_many", 409, FAULT_CLIENT, false};

enum { TAIL = 4 };

bool key_is_formed(struct text key)
{
    return secret_is_formed(key, KEY_LIVE_PREFIX, 0);
}

/* ---- making one ------------------------------------------------------------------------------- */

struct making {
    struct key_new row;
    struct instant at;
};

static const struct problem *tell(struct database *db, struct memory *memory, const char *mail,
                                  struct party_id maker, struct text name, struct instant until,
                                  struct instant at)
{
    struct text site;
    const struct problem *problem = mail_site(memory, &site);
    const struct word_argument arguments[] = {
        {.name = "name", .kind = FIELD_TEXT, .text = name},
        {.name = "until", .kind = FIELD_INSTANT, .instant = until},
        {.name = "site", .kind = FIELD_TEXT, .text = site},
    };
    return problem ? problem : mail_send(db, memory, maker, mail, ALL(arguments), at);
}

static const struct problem *make_work(struct database *db, struct memory *memory, void *context)
{
    const struct making *making = context;
    const struct key_new *row = &making->row;
    struct key_count count;
    struct key_hit hit;
    const struct problem *problem = keys_live(db, memory, row->owner, making->at, &count);
    if (!problem && count.live >= KEYS_MAX)
        return &keys_too_many;
    if (!problem)
        problem = key_insert(db, memory, row, &hit);
    if (problem == &not_found)
        return &keys_repeated;
    if (!problem)
        problem = event_emit(db, memory, "core.key.made", row->id.value, row->maker, row->name,
                             making->at);
    struct act act = {.owner = row->owner,
                      .topic = ACT_KEYS,
                      .actor = row->maker,
                      .name = text_of("core.key.made"),
                      .subject = row->id.value,
                      .became = row->scopes,
                      .note = row->name,
                      .at = making->at};
    if (!problem)
        problem = act_note(db, memory, act);
    struct instant warn = instant_add(row->until, -KEY_WARNING);
    if (!problem && warn.ms > making->at.ms)
        problem = job_enqueue(db, memory, &key_warn_job, row->id.value, (struct text){"", 0}, warn);
    return problem
               ? problem
               : tell(db, memory, "mail.key_made", row->maker, row->name, row->until, making->at);
}

const struct problem *key_make(struct store *store, struct memory *memory,
                               const struct key_order *order, struct key_id *id,
                               struct text *secret)
{
    struct making making = {.at = order->at,
                            .row = {.id = {id_new()},
                                    .owner = order->owner,
                                    .maker = order->maker,
                                    .name = order->name,
                                    .scopes = order->scopes,
                                    .made = order->at,
                                    .until = order->until,
                                    .once = order->once}};
    const struct problem *problem = secret_make(memory, text_of(KEY_LIVE_PREFIX), secret);
    if (!problem)
        problem = party_secret_hash(memory, *secret, &making.row.secret);
    if (problem)
        return problem;
    making.row.tail = (struct text){secret->data + KEY_TEXT - TAIL, TAIL};
    problem = store_write(store, memory, make_work, &making);
    *id = making.row.id;
    return problem;
}

/* ---- ending one ------------------------------------------------------------------------------- */

struct ending {
    struct party_id owner;
    struct key_id id;
    struct party_id by;
    struct instant at;
};

static const struct problem *end_work(struct database *db, struct memory *memory, void *context)
{
    const struct ending *ending = context;
    struct key_gone gone = {0};
    const struct problem *problem =
        key_revoke(db, memory, ending->owner, ending->id, ending->at, &gone);
    struct act act = {.owner = ending->owner,
                      .topic = ACT_KEYS,
                      .actor = ending->by,
                      .name = text_of("core.key.revoked"),
                      .subject = ending->id.value,
                      .was = gone.scopes,
                      .note = gone.name,
                      .at = ending->at};
    if (!problem)
        problem = act_note(db, memory, act);
    return problem ? problem
                   : event_emit(db, memory, "core.key.revoked", ending->id.value, ending->by,
                                (struct text){"", 0}, ending->at);
}

const struct problem *key_end(struct store *store, struct memory *memory, struct party_id owner,
                              struct key_id id, struct party_id by, struct instant at)
{
    struct ending ending = {owner, id, by, at};
    return store_write(store, memory, end_work, &ending);
}

static const struct problem *take_claimed(struct database *db, struct memory *memory,
                                          const struct event *event)
{
    return keys_revoke_of(db, memory, (struct party_id){event->subject}, event->at);
}

const struct consumer key_claimed = {"core.keys.claimed", LOGIN_CLAIMED, take_claimed};

/* Two weeks before its end. */
static const struct problem *warn_work(struct database *db, struct memory *memory, void *context)
{
    const struct job_run *run = context;
    struct key_ending_list keys;
    const struct problem *problem =
        key_warn(db, memory, (struct key_id){run->subject}, run->now, &keys);
    for (size_t i = 0; !problem && i < keys.count; i++)
        problem = tell(db, memory, "mail.key_ending", keys.items[i].maker, keys.items[i].name,
                       keys.items[i].until, run->now);
    return problem;
}

static const struct problem *warn(struct job_run *run)
{
    return store_write(run->store, run->memory, warn_work, run);
}

const struct job_kind key_warn_job = {.name = "core.key.warn", .lane = LANE_SLOW, .run = warn};

/* ---- whom it acts for ------------------------------------------------------------------------- */

struct use {
    struct key_id id;
    struct instant at;
};

static const struct problem *use_work(struct database *db, struct memory *memory, void *context)
{
    const struct use *use = context;
    return key_note_use(db, memory, use->id, use->at);
}

/* Once an hour, so that reading writes nothing. The request goes on when it can't be written. */
static void note_use(const struct request *request, struct key_id id)
{
    struct use use = {id, request->now};
    const struct problem *problem = store_write(request->store, request->memory, use_work, &use);
    if (problem)
        log_write(LOG_WARNING, "key.use_not_noted", "problem=%s", problem->name);
}

/* Rights of the desk are there only where a scope names them. */
static bool names_desk(struct text scopes)
{
    return memmem(scopes.data, scopes.size, ".desk.", 6) != NULL;
}

const struct problem *key_load(struct request *request, struct text key, struct viewer *out)
{
    struct key_viewer_row row;
    struct text hash;
    *out = (struct viewer){0};
    if (!key_is_formed(key))
        return &keys_unknown;
    const struct problem *problem = party_secret_hash(request->memory, key, &hash);
    if (!problem)
        problem = key_viewer(request->db, request->memory, hash, &row);
    if (problem)
        return problem == &not_found ? &keys_unknown : problem;
    bool own = row.owner.value == row.maker.value;
    if (row.revoked.ms || row.suspended.ms || (!own && row.role.size == 0))
        return &keys_revoked;
    if (row.until.ms <= request->now.ms)
        return &keys_expired;
    if (request->now.ms - row.used.ms >= HOUR)
        note_use(request, row.id);
    bool desk = own && names_desk(row.scopes) && row.operator;
    *out = (struct viewer){
        .signed_in = true,
        .operator_ = desk,
        .desk = desk ? row.desk : 0,
        .person = row.maker,
        .name = row.name,
        .consumer = own,
        .keyed = true,
        .key = row.id.value,
        .scopes = row.scopes,
    };
    if (!own) {
        out->organisation = row.owner;
        out->organisation_name = row.organisation_name;
        out->role = (enum member_role)words_value(&member_role_words, row.role);
    }
    return NULL;
}
