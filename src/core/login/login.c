/*
 * Signing up, and shutting out.
 *
 * Must not know: requests, pages. Read next: core/login/session.c for signing in.
 */
#include "core/login/login.h"

#include <string.h>

#include "base/ids.h"
#include "core/act.h"
#include "core/event.h"
#include "core/login/address.h"
#include "core/login/password.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/people/party_queries.h"

const struct problem party_mail_taken = {"party.mail_taken", 409, FAULT_CLIENT, false};
const struct problem party_weak_password = {"party.weak_password", 422, FAULT_CLIENT, false};

enum { PASSWORD_CHARACTERS = 10, LIKE_BYTES = 4 };

const struct problem *password_fits(struct memory *memory, struct text password, struct text mail)
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

/* ---- inside a write ---- */

const struct problem *login_insert_person(struct database *db, struct memory *memory,
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
    problem = party_insert_named(db, memory, person->id, PARTY_PERSON, person->name,
                                 (struct text){"", 0}, person->at);
    if (!problem)
        problem = event_emit(db, memory, "core.party.joined", person->id.value, person->id,
                             (struct text){"", 0}, person->at);
    return problem;
}

/* ---- writes ---- */

static const struct problem *sign_up_work(struct database *db, struct memory *memory, void *context)
{
    return login_insert_person(db, memory, context);
}

const struct problem *login_sign_up(struct store *store, struct memory *memory, struct text name,
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
        problem = password_fits(memory, password, mail);
    if (!problem && password.size > 0)
        problem = password_hash(memory, password, &person.hash);
    if (!problem)
        problem = store_write(store, memory, sign_up_work, &person);
    if (!problem)
        *out = person.id;
    return problem;
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

const struct problem *login_suspend(struct store *store, struct memory *memory,
                                    struct party_id party, bool suspended, struct party_id by,
                                    struct instant at)
{
    if (party.value == by.value)
        return &not_allowed;
    struct shutting shutting = {party, by, {suspended ? at.ms : 0}, at};
    return store_write(store, memory, suspend_work, &shutting);
}

int64_t login_retry_after(const struct problem *problem)
{
    return problem == &password_lane_full ? password_lane_seconds() : 1;
}
