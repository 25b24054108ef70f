/*
 * People and organisations as rows: signing up, founding, finding, profiles, shutting out.
 *
 * Must not know: requests, pages. Read next: core/login/session.c for signing in, core/people/member.c for who
 * belongs where.
 */
#include "core/act.h"
#include "core/people/party.h"

#include <sodium.h>
#include <string.h>
#include <unicode/ucasemap.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/event.h"
#include "core/login/address.h"
#include "core/people/party_queries.h"
#include "core/people/party_rows.h"
#include "core/login/password.h"

const struct problem party_mail_taken = {"party.mail_taken", 409, FAULT_CLIENT, false};
const struct problem party_weak_password = {"party.weak_password", 422, FAULT_CLIENT, false};

enum { PASSWORD_CHARACTERS = 10, LIKE_BYTES = 4 };

struct text party_fold(struct memory *memory, struct text typed)
{
    UErrorCode error = U_ZERO_ERROR;
    size_t room = typed.size * 3 + 1;
    char *folded = memory_take(memory, room);
    UCaseMap *map = ucasemap_open("", 0, &error);
    int32_t size = 0;
    if (folded && U_SUCCESS(error) && typed.size > 0)
        size = ucasemap_utf8ToLower(map, folded, (int32_t)room, typed.data, (int32_t)typed.size,
                                    &error);
    if (map)
        ucasemap_close(map);
    if (!folded || U_FAILURE(error))
        return (struct text){NULL, 0};
    return (struct text){folded, (size_t)size};
}

const struct problem *party_password_fits(struct memory *memory, struct text password,
                                          struct text mail)
{
    if (text_length(password) < PASSWORD_CHARACTERS)
        return &party_weak_password;
    struct text folded = party_fold(memory, password);
    struct text address = party_fold(memory, mail);
    struct text local;
    if (!folded.data || !address.data)
        return &out_of_memory;
    struct text rest = address;
    if (!text_split(&rest, '@', &local) || local.size < LIKE_BYTES)
        local = address;
    bool like = local.size > 0 && memmem(folded.data, folded.size, local.data, local.size);
    /* A long sentence that merely holds the name is fine; the name with a few signs is not. */
    return like && folded.size < local.size + PASSWORD_CHARACTERS ? &party_weak_password : NULL;
}

const struct problem *party_secret_make(struct memory *memory, struct text *out)
{
    ensure(sodium_init() >= 0);
    unsigned char raw[32];
    char written[sodium_base64_ENCODED_LEN(sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    randombytes_buf(raw, sizeof raw);
    sodium_bin2base64(written, sizeof written, raw, sizeof raw,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(raw, sizeof raw);
    *out = text_copy(memory, text_of(written));
    return out->data ? NULL : &out_of_memory;
}

const struct problem *party_secret_hash(struct memory *memory, struct text secret, struct text *out)
{
    unsigned char hash[32];
    char hex[sizeof hash * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)secret.data, secret.size, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    *out = text_copy(memory, text_of(hex));
    return out->data ? NULL : &out_of_memory;
}

/* ---- inside a write ---- */

static const struct problem *insert_party(struct database *db, struct memory *memory,
                                          struct party_id id, enum party_kind kind,
                                          struct text name, struct text place, struct instant at)
{
    struct party_new party = {.id = id,
                              .kind = kind,
                              .name = name,
                              .folded = party_fold(memory, name),
                              .place = place,
                              .joined = at};
    return party.folded.data ? party_insert(db, memory, &party) : &out_of_memory;
}

const struct problem *party_insert_person(struct database *db, struct memory *memory,
                                          const struct person_new *person)
{
    struct party_hit hit;
    struct login_new login = {.person = person->id,
                              .mail = party_fold(memory, person->mail),
                              .password = person->hash,
                              .language = person->language,
                              .operator= person->operator_,
                              .desk = person->operator_ ? DESK_BIT(DESK_ADMIN) : 0,
                              .confirmed = {person->confirmed ? person->at.ms : 0}};
    if (!login.mail.data)
        return &out_of_memory;
    const struct problem *problem = address_free(db, memory, login.mail, person->id, person->at);
    if (!problem)
        problem = login_insert(db, memory, &login, &hit);
    if (problem)
        return problem == &not_found ? &party_mail_taken : problem;
    problem = insert_party(db, memory, person->id, PARTY_PERSON, person->name, (struct text){"", 0},
                           person->at);
    if (!problem)
        problem = event_emit(db, memory, "core.party.joined", person->id.value, person->id,
                             (struct text){"", 0}, person->at);
    return problem;
}

const struct problem *party_insert_organisation(struct database *db, struct memory *memory,
                                                struct party_id id, struct text name,
                                                struct text place, struct party_id owner,
                                                struct instant at)
{
    const struct problem *problem =
        insert_party(db, memory, id, PARTY_ORGANISATION, name, place, at);
    if (!problem)
        problem = party_set_member(db, memory, id, owner, MEMBER_OWNER, at);
    if (!problem)
        problem =
            event_emit(db, memory, "core.party.founded", id.value, owner, (struct text){"", 0}, at);
    return problem;
}

/* ---- writes ---- */

static const struct problem *sign_up_work(struct database *db, struct memory *memory, void *context)
{
    return party_insert_person(db, memory, context);
}

const struct problem *party_sign_up(struct store *store, struct memory *memory, struct text name,
                                    struct text mail, struct text password, enum language language,
                                    bool operator_, struct instant at, struct party_id *out)
{
    struct person_new person = {.id = {id_new()},
                                .name = name,
                                .mail = mail,
                                .hash = {"", 0},
                                .language = language,
                                .operator_ = operator_,
                                .confirmed = true,
                                .at = at};
    const struct problem *problem = NULL;
    if (password.size > 0)
        problem = party_password_fits(memory, password, mail);
    if (!problem && password.size > 0)
        problem = password_hash(memory, password, &person.hash);
    if (!problem)
        problem = store_write(store, memory, sign_up_work, &person);
    if (!problem)
        *out = person.id;
    return problem;
}

struct founding {
    struct party_id id;
    struct text name, place;
    struct party_id owner;
    struct instant at;
};

static const struct problem *found_work(struct database *db, struct memory *memory, void *context)
{
    const struct founding *founding = context;
    return party_insert_organisation(db, memory, founding->id, founding->name, founding->place,
                                     founding->owner, founding->at);
}

const struct problem *party_found(struct store *store, struct memory *memory, struct text name,
                                  struct text place, struct party_id owner, struct instant at,
                                  struct party_id *out)
{
    struct founding founding = {{id_new()}, name, place, owner, at};
    const struct problem *problem = store_write(store, memory, found_work, &founding);
    if (!problem)
        *out = founding.id;
    return problem;
}

static const struct problem *describe_work(struct database *db, struct memory *memory,
                                           void *context)
{
    struct party_hit hit;
    return party_keep(db, memory, context, &hit);
}

const struct problem *party_describe(struct store *store, struct memory *memory,
                                     struct party_id party, struct text name, struct text place,
                                     struct text about, struct text website)
{
    struct party_profile profile = {party, name, party_fold(memory, name), place, about, website};
    return profile.folded.data ? store_write(store, memory, describe_work, &profile)
                               : &out_of_memory;
}

struct shutting {
    struct party_id party, by;
    struct instant since; /* 0: lets in again */
    struct instant at;
};

static const struct problem *suspend_work(struct database *db, struct memory *memory, void *context)
{
    const struct shutting *shutting = context;
    struct party_hit hit;
    const struct problem *problem =
        party_set_suspended(db, memory, shutting->party, shutting->since, &hit);
    if (!problem && shutting->since.ms)
        problem = sessions_end(db, memory, shutting->party);
    if (!problem)
        problem = event_emit(
            db, memory, shutting->since.ms ? "core.party.suspended" : "core.party.restored",
            shutting->party.value, shutting->by, (struct text){"", 0}, shutting->at);
    if (!problem)
        problem =
            act_note(db, memory,
                     (struct act){.actor = shutting->by,
                                  .name = text_of(shutting->since.ms ? "core.party.suspend"
                                                                     : "core.party.restore"),
                                  .subject = shutting->party.value,
                                  .was = text_of(shutting->since.ms ? "active" : "suspended"),
                                  .became = text_of(shutting->since.ms ? "suspended" : "active"),
                                  .note = {"", 0},
                                  .at = shutting->at});
    return problem;
}

const struct problem *party_suspend(struct store *store, struct memory *memory,
                                    struct party_id party, bool suspended, struct party_id by,
                                    struct instant at)
{
    if (party.value == by.value)
        return &not_allowed;
    struct shutting shutting = {party, by, {suspended ? at.ms : 0}, at};
    return store_write(store, memory, suspend_work, &shutting);
}

/* ---- reading ---- */

const struct problem *party_find(struct database *db, struct memory *memory, struct party_id id,
                                 struct party_row *out)
{
    return party_by_id(db, memory, id, out);
}

const struct problem *party_by_mail(struct database *db, struct memory *memory, struct text mail,
                                    struct party_row *out)
{
    struct text folded = party_fold(memory, mail);
    return folded.data ? party_by_login_mail(db, memory, folded, out) : &out_of_memory;
}
