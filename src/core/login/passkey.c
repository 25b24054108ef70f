/*
 * Passkeys as rows: challenges, new ones, signing in and proving by one.
 *
 * Must not know: pages, cookies, how an answer is encoded. Read next: core/login/webauthn.c.
 */
#include "core/login/passkey.h"

#include "base/ids.h"
#include "core/login/alert.h"
#include "core/login/identity.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/passkey_queries.h"
#include "core/login/passkey_rows.h"

const struct problem party_passkey_over = {"party.passkey_over", 410, FAULT_CLIENT, false};
const struct problem party_passkey_unknown = {"party.passkey_unknown", 401, FAULT_CLIENT, false};
const struct problem party_passkey_copied = {"party.passkey_copied", 403, FAULT_CLIENT, false};
const struct problem party_passkey_unverified = {"party.passkey_unverified", 422, FAULT_CLIENT,
                                                 false};
const struct problem party_passkey_known = {"party.passkey_known", 409, FAULT_CLIENT, false};
const struct problem party_passkey_many = {"party.passkey_many", 409, FAULT_CLIENT, false};
const struct problem party_passkey_last = {"party.passkey_last", 409, FAULT_CLIENT, false};
const struct problem party_passkey_nowhere = {"party.passkey_nowhere", 409, FAULT_CLIENT, false};

/* ---- challenges ---- */

static const struct problem *ask_work(struct database *db, struct memory *memory, void *context)
{
    const struct challenge_row *challenge = context;
    struct instant asked = instant_add(challenge->until, -CHALLENGE_LIFE);
    const struct problem *problem = challenges_clear(db, memory, asked);
    return problem ? problem : challenge_insert(db, memory, challenge);
}

const struct problem *passkey_ask(struct store *store, struct memory *memory,
                                  const struct passkey_asker *asker, enum challenge_purpose purpose,
                                  struct party_id person, struct text *challenge)
{
    struct challenge_row row = {
        .purpose = purpose, .person = person, .until = instant_add(asker->at, CHALLENGE_LIFE)};
    const struct problem *problem = party_secret_make(memory, challenge);
    if (!problem)
        problem = party_secret_hash(memory, *challenge, &row.challenge);
    if (!problem)
        problem = party_secret_hash(memory, asker->browser, &row.browser);
    return problem ? problem : store_write(store, memory, ask_work, &row);
}

struct taking {
    struct text challenge; /* its hash */
    struct challenge_row row;
};

static const struct problem *take_work(struct database *db, struct memory *memory, void *context)
{
    struct taking *taking = context;
    const struct problem *problem = challenge_take(db, memory, taking->challenge, &taking->row);
    return problem == &not_found ? &party_passkey_over : problem;
}

/* Uses up the challenge that the browser says it was given, before anything else is looked at. */
static const struct problem *take_challenge(struct store *store, struct memory *memory,
                                            const struct passkey_asker *asker,
                                            enum challenge_purpose purpose, struct text challenge,
                                            struct party_id *person)
{
    struct taking taking;
    struct text browser;
    const struct problem *problem = party_secret_hash(memory, challenge, &taking.challenge);
    if (!problem)
        problem = party_secret_hash(memory, asker->browser, &browser);
    if (!problem)
        problem = store_write(store, memory, take_work, &taking);
    if (problem)
        return problem;
    *person = taking.row.person;
    return taking.row.purpose == purpose && taking.row.until.ms > asker->at.ms &&
                   text_equal(taking.row.browser, browser)
               ? NULL
               : &party_passkey_over;
}

/* ---- new ones ---- */

const struct problem *passkey_made(struct store *store, struct memory *memory,
                                   const struct passkey_asker *asker,
                                   enum challenge_purpose purpose,
                                   const struct passkey_answer *answer, struct webauthn_made *made,
                                   struct party_id *person)
{
    struct webauthn_client client;
    const struct problem *problem =
        webauthn_client(memory, &asker->site, "webauthn.create", answer->said, &client);
    if (!problem)
        problem = take_challenge(store, memory, asker, purpose, client.challenge, person);
    return problem ? problem : webauthn_made(memory, &asker->site, answer->data, made);
}

const struct problem *passkey_keep(struct database *db, struct memory *memory,
                                   struct party_id person, const struct webauthn_made *made,
                                   struct text name, struct instant at)
{
    struct passkey_line_list others;
    struct passkey_hit hit;
    struct passkey_new passkey = {.id = {id_new()},
                                  .person = person,
                                  .credential = made->credential,
                                  .algorithm = made->algorithm,
                                  .public = made->key,
                                  .counter = made->counter,
                                  .name = name,
                                  .made = at};
    const struct problem *problem = passkeys_of(db, memory, person, &others);
    if (!problem && others.count >= PASSKEYS_MAX)
        return &party_passkey_many;
    if (!problem)
        problem = passkey_insert(db, memory, &passkey, &hit);
    return problem == &not_found ? &party_passkey_known : problem;
}

struct adding {
    struct party_id person;
    struct webauthn_made made;
    struct text name;
    struct instant at;
};

static const struct problem *tell(struct database *db, struct memory *memory,
                                  struct party_id person, const char *what, struct text name,
                                  struct instant at)
{
    struct word_argument argument = {.name = "name", .kind = FIELD_TEXT, .text = name};
    return alert_send(db, memory, person, what, &argument, 1, at);
}

static const struct problem *add_work(struct database *db, struct memory *memory, void *context)
{
    const struct adding *adding = context;
    const struct problem *problem =
        passkey_keep(db, memory, adding->person, &adding->made, adding->name, adding->at);
    return problem ? problem
                   : tell(db, memory, adding->person, "passkey_added", adding->name, adding->at);
}

const struct problem *passkey_add(struct store *store, struct memory *memory,
                                  const struct passkey_asker *asker, struct party_id person,
                                  const struct passkey_answer *answer, struct text name)
{
    struct adding adding = {.name = name, .at = asker->at};
    const struct problem *problem =
        passkey_made(store, memory, asker, CHALLENGE_ADD, answer, &adding.made, &adding.person);
    if (!problem && adding.person.value != person.value)
        problem = &party_passkey_over;
    return problem ? problem : store_write(store, memory, add_work, &adding);
}

struct naming {
    struct party_id person;
    struct passkey_id passkey;
    struct text name;
};

static const struct problem *name_work(struct database *db, struct memory *memory, void *context)
{
    const struct naming *naming = context;
    struct passkey_hit hit;
    return passkey_rename(db, memory, naming->person, naming->passkey, naming->name, &hit);
}

const struct problem *passkey_call(struct store *store, struct memory *memory,
                                   struct party_id person, struct passkey_id passkey,
                                   struct text name)
{
    struct naming naming = {person, passkey, name};
    return store_write(store, memory, name_work, &naming);
}

struct removing {
    struct party_id person;
    struct passkey_id passkey;
    struct instant at;
};

/* Without a password the way back in is mail, and that to an unconfirmed address may reach nobody. */
static const struct problem *remove_work(struct database *db, struct memory *memory, void *context)
{
    const struct removing *removing = context;
    struct passkey_named gone;
    bool left = false;
    const struct problem *problem =
        passkey_delete(db, memory, removing->person, removing->passkey, &gone);
    if (!problem)
        problem = identity_way_left(db, memory, removing->person, &left);
    if (!problem && !left)
        problem = &party_passkey_last;
    return problem ? problem
                   : tell(db, memory, removing->person, "passkey_removed", gone.name, removing->at);
}

const struct problem *passkey_remove(struct store *store, struct memory *memory,
                                     struct party_id person, struct passkey_id passkey,
                                     struct instant at)
{
    struct removing removing = {person, passkey, at};
    return store_write(store, memory, remove_work, &removing);
}

const struct problem *passkey_list(struct database *db, struct memory *memory,
                                   struct party_id person, struct passkey_line_list *out)
{
    return passkeys_of(db, memory, person, out);
}

/* ---- those that sign ---- */

struct signing {
    const struct passkey_answer *answer;
    struct passkey_row row;         /* as it was when the signature was checked */
    struct webauthn_signed signed_; /* what was signed */
    struct instant at;
    struct session_origin from; /* of the session to come */
    struct text secret;         /* of that session, or of the one that is proven */
    bool half;                  /* a code is asked for too */
    bool copied;                /* the counter went back, or stood still */
};

/* The answer of a known passkey: everything but what the store alone can say at the moment of writing. */
static const struct problem *check(struct store *store, struct database *db, struct memory *memory,
                                   const struct passkey_asker *asker,
                                   enum challenge_purpose purpose, struct party_id person,
                                   struct signing *out)
{
    struct webauthn_client client;
    struct party_id asked;
    const struct passkey_answer *answer = out->answer;
    out->signed_ = (struct webauthn_signed){.data = answer->data, .signature = answer->signature};
    const struct problem *problem =
        webauthn_client(memory, &asker->site, "webauthn.get", answer->said, &client);
    if (!problem)
        problem = take_challenge(store, memory, asker, purpose, client.challenge, &asked);
    if (!problem && asked.value != person.value)
        problem = &party_passkey_over;
    if (!problem)
        problem = passkey_by_credential(db, memory, answer->credential, &out->row);
    if (problem)
        return problem == &not_found ? &party_passkey_unknown : problem;
    struct id_text owner = id_text("pty", out->row.person.value);
    bool asked_of = person.value == 0 || out->row.person.value == person.value;
    bool told = answer->owner.size ? text_is(answer->owner, owner.text) : person.value != 0;
    bool theirs = asked_of && told;
    if (!theirs)
        return &party_passkey_unknown;
    return webauthn_signed(memory, &asker->site, out->row.algorithm, out->row.public, &client,
                           &out->signed_);
}

/* Looks again at what another write may have changed, and counts. A counter that went back is told to the
 * person though it is refused, so the outcome is signing->copied. */
static const struct problem *count(struct database *db, struct memory *memory,
                                   struct signing *signing)
{
    struct passkey_row now;
    const struct problem *problem =
        passkey_by_credential(db, memory, signing->answer->credential, &now);
    if (problem == &not_found || (!problem && now.id.value != signing->row.id.value))
        return &party_passkey_unknown;
    if (problem)
        return problem;
    if (now.suspended.ms)
        return &party_suspended;
    /* 6.1.1: authenticators that don't count say 0 for ever. */
    signing->copied =
        (now.counter || signing->signed_.counter) && signing->signed_.counter <= now.counter;
    return signing->copied
               ? tell(db, memory, now.person, "passkey_copied", now.name, signing->at)
               : passkey_note_use(db, memory, now.id, signing->signed_.counter, signing->at);
}

static const struct problem *enter_work(struct database *db, struct memory *memory, void *context)
{
    struct signing *signing = context;
    struct login_row login;
    const struct problem *problem = count(db, memory, signing);
    if (problem || signing->copied)
        return problem;
    problem = sessions_clear(db, memory, signing->at);
    if (!problem)
        problem = login_by_person(db, memory, signing->row.person, &login);
    if (problem)
        return problem;
    signing->half = false;
    return signing->signed_.verified
               ? login_insert_session(db, memory, login.person, signing->secret, &signing->from,
                                      signing->at)
               : login_let_in(db, memory, &login, signing->secret, &signing->from, signing->at,
                              &signing->half);
}

const struct problem *passkey_sign_in(struct store *store, struct database *db,
                                      struct memory *memory, const struct passkey_asker *asker,
                                      const struct passkey_answer *answer,
                                      const struct session_origin *from, struct signing_in *out)
{
    struct signing signing = {.answer = answer, .at = asker->at, .from = *from};
    const struct problem *problem =
        check(store, db, memory, asker, CHALLENGE_SIGN_IN, (struct party_id){0}, &signing);
    if (!problem)
        problem = party_secret_make(memory, &signing.secret);
    if (!problem)
        problem = store_write(store, memory, enter_work, &signing);
    if (!problem && signing.copied)
        problem = &party_passkey_copied;
    if (!problem)
        *out = (struct signing_in){.secret = signing.secret, .half = signing.half};
    return problem;
}

static const struct problem *prove_work(struct database *db, struct memory *memory, void *context)
{
    struct signing *signing = context;
    const struct problem *problem = count(db, memory, signing);
    return problem || signing->copied
               ? problem
               : session_set_proven(db, memory, signing->secret, signing->at);
}

const struct problem *passkey_prove(struct store *store, struct database *db, struct memory *memory,
                                    const struct passkey_asker *asker, struct party_id person,
                                    const struct passkey_answer *answer, struct text session)
{
    struct signing signing = {.answer = answer, .at = asker->at};
    const struct problem *problem =
        check(store, db, memory, asker, CHALLENGE_PROVE, person, &signing);
    if (!problem && !signing.signed_.verified)
        problem = &party_passkey_unverified;
    if (!problem)
        problem = party_secret_hash(memory, session, &signing.secret);
    if (!problem)
        problem = store_write(store, memory, prove_work, &signing);
    return !problem && signing.copied ? &party_passkey_copied : problem;
}
