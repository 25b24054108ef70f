/*
 * Accounts elsewhere as rows: whose they are, offers, connecting and removing.
 *
 * Must not know: pages, cookies, how a provider is asked. Read next: core/oidc/attempt.c.
 */
#include "core/login/identity.h"

#include "base/ids.h"
#include "core/login/alert.h"
#include "core/login/identity_queries.h"
#include "core/login/identity_rows.h"
#include "core/login/passkey_queries.h"
#include "core/login/queries.h"
#include "core/login/rows.h"

const struct problem party_identity_over = {"party.identity_over", 410, FAULT_CLIENT, false};
const struct problem party_identity_known = {"party.identity_known", 409, FAULT_CLIENT, false};
const struct problem party_identity_many = {"party.identity_many", 409, FAULT_CLIENT, false};
const struct problem party_identity_last = {"party.identity_last", 409, FAULT_CLIENT, false};
const struct problem party_identity_other = {"party.identity_other", 403, FAULT_CLIENT, false};

/* What its person knows a provider by. */
static struct text name_of(struct text issuer)
{
    const struct oidc_provider *provider = oidc_provider_by(issuer);
    return provider ? provider->name : issuer;
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  struct party_id person, const char *what, struct text issuer,
                                  struct instant at)
{
    struct word_argument argument = {.name = "name", .kind = FIELD_TEXT, .text = name_of(issuer)};
    return alert_send(db, memory, person, what, &argument, 1, at);
}

/* ---- whose it is ---- */

struct entering {
    const struct oidc_person *found;
    struct session_origin from; /* of the session to come */
    struct text secret;         /* of that session, or hash of the one that is proven */
    bool half;                  /* a code is asked for too */
    struct party_id person;     /* who proves who they are */
    struct instant at;
};

/* Finds whose it is, and notes that they came with it. */
static const struct problem *use(struct database *db, struct memory *memory,
                                 const struct entering *entering, struct party_id *person)
{
    struct identity_row row;
    const struct oidc_person *found = entering->found;
    const struct problem *problem =
        identity_find(db, memory, found->provider->issuer, found->claims.subject, &row);
    if (problem)
        return problem;
    *person = row.person;
    return identity_note_use(db, memory, row.id, entering->at);
}

static const struct problem *enter_work(struct database *db, struct memory *memory, void *context)
{
    struct entering *entering = context;
    struct login_row login;
    struct party_id person;
    const struct problem *problem = use(db, memory, entering, &person);
    if (!problem)
        problem = login_by_person(db, memory, person, &login);
    if (!problem && login.suspended.ms)
        problem = &party_suspended;
    if (!problem)
        problem = sessions_clear(db, memory, entering->at);
    return problem ? problem
                   : login_let_in(db, memory, &login, entering->secret, &entering->from,
                                  entering->at, &entering->half);
}

const struct problem *identity_sign_in(struct store *store, struct memory *memory,
                                       const struct oidc_person *found,
                                       const struct session_origin *from, struct instant at,
                                       struct signing_in *out)
{
    struct entering entering = {.found = found, .from = *from, .at = at};
    const struct problem *problem = party_secret_make(memory, &entering.secret);
    if (!problem)
        problem = store_write(store, memory, enter_work, &entering);
    if (!problem)
        *out = (struct signing_in){.secret = entering.secret, .half = entering.half};
    return problem;
}

static const struct problem *prove_work(struct database *db, struct memory *memory, void *context)
{
    struct entering *entering = context;
    struct party_id person = {0};
    const struct problem *problem = use(db, memory, entering, &person);
    if (problem == &not_found || (!problem && person.value != entering->person.value))
        return &party_identity_other;
    return problem ? problem : session_set_proven(db, memory, entering->secret, entering->at);
}

const struct problem *identity_prove(struct store *store, struct memory *memory,
                                     const struct oidc_person *found, struct party_id person,
                                     struct text session, struct instant at)
{
    struct entering entering = {.found = found, .person = person, .at = at};
    const struct problem *problem = party_secret_hash(memory, session, &entering.secret);
    return problem ? problem : store_write(store, memory, prove_work, &entering);
}

/* ---- connecting ---- */

static const struct problem *keep(struct database *db, struct memory *memory,
                                  const struct identity_new *identity)
{
    struct identity_row_list others;
    struct identity_hit hit;
    const struct problem *problem = identities_of(db, memory, identity->person, &others);
    if (!problem && others.count >= IDENTITIES_MAX)
        return &party_identity_many;
    if (!problem)
        problem = identity_insert(db, memory, identity, &hit);
    return problem == &not_found ? &party_identity_known : problem;
}

static const struct problem *connect_work(struct database *db, struct memory *memory, void *context)
{
    const struct identity_new *identity = context;
    const struct problem *problem = keep(db, memory, identity);
    return problem ? problem
                   : tell(db, memory, identity->person, "identity_added", identity->issuer,
                          identity->made);
}

const struct problem *identity_connect(struct store *store, struct memory *memory,
                                       const struct oidc_person *found, struct party_id person,
                                       struct instant at)
{
    struct identity_new identity = {.id = {id_new()},
                                    .person = person,
                                    .issuer = found->provider->issuer,
                                    .subject = found->claims.subject,
                                    .mail = found->claims.mail,
                                    .made = at};
    return store_write(store, memory, connect_work, &identity);
}

/* ---- offers ---- */

static const struct problem *offer_work(struct database *db, struct memory *memory, void *context)
{
    const struct offer_row *offer = context;
    const struct problem *problem =
        offers_clear(db, memory, instant_add(offer->until, -OFFER_LIFE));
    return problem ? problem : offer_insert(db, memory, offer);
}

const struct problem *identity_offer(struct store *store, struct memory *memory,
                                     const struct oidc_person *found, const struct oidc_aim *aim,
                                     struct text browser, struct instant at, struct text *secret)
{
    struct offer_row offer = {.issuer = found->provider->issuer,
                              .subject = found->claims.subject,
                              .name = found->claims.name,
                              .mail = found->claims.mail,
                              .verified = found->claims.mail_verified,
                              .next = aim->next,
                              .resume = aim->resume,
                              .until = instant_add(at, OFFER_LIFE)};
    if (browser.size == 0)
        return &oidc_over;
    const struct problem *problem = party_secret_make(memory, secret);
    if (!problem)
        problem = party_secret_hash(memory, *secret, &offer.secret);
    if (!problem)
        problem = party_secret_hash(memory, browser, &offer.browser);
    return problem ? problem : store_write(store, memory, offer_work, &offer);
}

/* The claim as rows know it. */
static const struct problem *hash_claim(struct memory *memory, const struct identity_claim *claim,
                                        struct identity_claim *out)
{
    *out = (struct identity_claim){.at = claim->at};
    const struct problem *problem = party_secret_hash(memory, claim->secret, &out->secret);
    return problem ? problem : party_secret_hash(memory, claim->browser, &out->browser);
}

const struct problem *identity_offered(struct database *db, struct memory *memory,
                                       const struct identity_claim *claim,
                                       struct identity_offer *out)
{
    struct identity_claim hashed;
    struct offer_row row;
    struct login_row login;
    const struct problem *problem = hash_claim(memory, claim, &hashed);
    if (!problem)
        problem = offer_find(db, memory, hashed.secret, hashed.browser, hashed.at, &row);
    if (problem)
        return problem == &not_found ? &party_identity_over : problem;
    *out = (struct identity_offer){.provider = oidc_provider_by(row.issuer),
                                   .name = row.name,
                                   .mail = row.mail,
                                   .verified = row.verified,
                                   .next = row.next,
                                   .resume = row.resume};
    struct text folded = party_fold(memory, row.mail);
    if (!out->provider)
        return &party_identity_over;
    problem = folded.data ? login_by_mail(db, memory, folded, &login) : &out_of_memory;
    out->taken = !problem;
    return problem == &not_found ? NULL : problem;
}

static const struct problem *take(struct database *db, struct memory *memory,
                                  const struct identity_claim *claim, struct party_id person,
                                  struct text *issuer)
{
    struct identity_claim hashed;
    struct offer_row row;
    const struct problem *problem = hash_claim(memory, claim, &hashed);
    if (!problem)
        problem = offer_take(db, memory, hashed.secret, hashed.browser, hashed.at, &row);
    if (problem)
        return problem == &not_found ? &party_identity_over : problem;
    struct identity_new identity = {.id = {id_new()},
                                    .person = person,
                                    .issuer = row.issuer,
                                    .subject = row.subject,
                                    .mail = row.mail,
                                    .made = claim->at};
    *issuer = row.issuer;
    return keep(db, memory, &identity);
}

const struct problem *identity_take(struct database *db, struct memory *memory,
                                    const struct identity_claim *claim, struct party_id person)
{
    struct text issuer;
    return take(db, memory, claim, person, &issuer);
}

struct accepting {
    const struct identity_claim *claim;
    struct party_id person;
};

static const struct problem *accept_work(struct database *db, struct memory *memory, void *context)
{
    const struct accepting *accepting = context;
    struct text issuer;
    const struct problem *problem = take(db, memory, accepting->claim, accepting->person, &issuer);
    return problem ? problem
                   : tell(db, memory, accepting->person, "identity_added", issuer,
                          accepting->claim->at);
}

const struct problem *identity_accept(struct store *store, struct memory *memory,
                                      const struct identity_claim *claim, struct party_id person)
{
    struct accepting accepting = {claim, person};
    return store_write(store, memory, accept_work, &accepting);
}

/* ---- one's own ---- */

const struct problem *identity_list(struct database *db, struct memory *memory,
                                    struct party_id person, struct identity_line_list *out)
{
    struct identity_row_list rows;
    const struct problem *problem = identities_of(db, memory, person, &rows);
    if (problem)
        return problem;
    struct identity_line *lines = memory_take_array(memory, rows.count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct identity_row *row = &rows.items[i];
        lines[i] = (struct identity_line){.id = row->id,
                                          .issuer = row->issuer,
                                          .name = name_of(row->issuer),
                                          .mail = row->mail,
                                          .made = row->made,
                                          .used = row->used,
                                          .works = oidc_provider_by(row->issuer) != NULL};
    }
    *out = (struct identity_line_list){lines, rows.count};
    return NULL;
}

const struct problem *identity_way_left(struct database *db, struct memory *memory,
                                        struct party_id person, bool *left)
{
    struct passkey_line_list passkeys;
    struct identity_row_list identities;
    struct login_row login;
    const struct problem *problem = passkeys_of(db, memory, person, &passkeys);
    if (!problem)
        problem = identities_of(db, memory, person, &identities);
    if (!problem)
        problem = login_by_person(db, memory, person, &login);
    if (problem)
        return problem;
    *left = passkeys.count > 0 || login.password.size > 0 || login.confirmed.ms > 0;
    for (size_t i = 0; i < identities.count; i++)
        *left = *left || oidc_provider_by(identities.items[i].issuer);
    return NULL;
}

struct removing {
    struct party_id person;
    struct identity_id identity;
    struct instant at;
};

static const struct problem *remove_work(struct database *db, struct memory *memory, void *context)
{
    const struct removing *removing = context;
    struct identity_hit gone;
    bool left = false;
    const struct problem *problem =
        identity_delete(db, memory, removing->person, removing->identity, &gone);
    if (!problem)
        problem = identity_way_left(db, memory, removing->person, &left);
    if (!problem && !left)
        problem = &party_identity_last;
    return problem
               ? problem
               : tell(db, memory, removing->person, "identity_removed", gone.issuer, removing->at);
}

const struct problem *identity_remove(struct store *store, struct memory *memory,
                                      struct party_id person, struct identity_id identity,
                                      struct instant at)
{
    struct removing removing = {person, identity, at};
    return store_write(store, memory, remove_work, &removing);
}
