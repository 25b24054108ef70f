/*
 * Passwords that are forgotten or changed: links by mail, good once and for an hour.
 *
 * Whatever password is set, all other sessions of the person end: whoever else had got in is out.
 * Must not know: pages. Read next: core/login/session.c.
 */
#include "core/mail/mail.h"
#include "core/login/address.h"
#include "core/login/address_queries.h"
#include "core/login/alert.h"
#include "core/login/factor_queries.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/password.h"
#include "core/login/session.h"

struct asking {
    struct text mail;   /* in lower case */
    struct text secret; /* of the link */
    struct text hash;   /* of that secret */
    struct text site;   /* address of the installation */
    struct instant at;
};

static const struct problem *ask_work(struct database *db, struct memory *memory, void *context)
{
    const struct asking *asking = context;
    struct login_row login;
    const struct problem *problem = login_by_mail(db, memory, asking->mail, &login);
    if (problem == &not_found || (!problem && login.suspended.ms))
        return NULL;
    struct link_new link = {.secret = asking->hash,
                            .person = login.person,
                            .purpose = LINK_PASSWORD,
                            .until = instant_add(asking->at, RESET_LIFE)};
    struct text address = text_format(memory, "%.*s/password/%.*s", TEXT_ARGS(asking->site),
                                      TEXT_ARGS(asking->secret));
    if (!problem && !address.data)
        problem = &out_of_memory;
    if (!problem)
        problem = links_end(db, memory, login.person, LINK_PASSWORD, asking->at);
    if (!problem)
        problem = link_insert(db, memory, &link);
    struct word_argument arguments[] = {
        {.name = "address", .kind = FIELD_TEXT, .text = address},
        {.name = "until", .kind = FIELD_INSTANT, .instant = link.until},
    };
    if (!problem)
        problem = mail_send(db, memory, login.person, "mail.password", arguments, 2, asking->at);
    return problem;
}

const struct problem *reset_ask(struct store *store, struct memory *memory, struct text mail,
                                struct text site, struct instant at)
{
    struct asking asking = {.mail = party_fold(memory, mail), .site = site, .at = at};
    if (!asking.mail.data)
        return &out_of_memory;
    const struct problem *problem = party_secret_make(memory, &asking.secret);
    if (!problem)
        problem = party_secret_hash(memory, asking.secret, &asking.hash);
    return problem ? problem : store_write(store, memory, ask_work, &asking);
}

static const struct problem *find(struct database *db, struct memory *memory, struct text secret,
                                  struct instant at, struct link_row *out, struct text *hash)
{
    const struct problem *problem = party_secret_hash(memory, secret, hash);
    if (!problem)
        problem = link_find(db, memory, *hash, LINK_PASSWORD, at, out);
    return problem == &not_found ? &party_link_over : problem;
}

const struct problem *reset_find(struct database *db, struct memory *memory, struct text secret,
                                 struct instant at, struct text *name)
{
    struct link_row link;
    struct text hash;
    const struct problem *problem = find(db, memory, secret, at, &link, &hash);
    if (!problem)
        *name = link.name;
    return problem;
}

struct setting_anew {
    struct party_id person;
    struct text link;     /* hash of the link's secret; empty when they are signed in */
    struct text password; /* its Argon2id string */
    struct text keep;     /* hash of the session that stays; empty: none */
    struct text secret;   /* of the session to come; empty: none */
    struct session_origin from;
    bool half; /* the secret is of half a session */
    struct instant at;
};

/* Who signed up with an address that they don't read must not stay in another way, nor keep its reader out
 * by a code. */
static const struct problem *claim(struct database *db, struct memory *memory,
                                   const struct setting_anew *anew)
{
    struct instant ever = {0};
    const struct problem *problem = address_take_back(db, memory, anew->person, ever, anew->at);
    if (!problem)
        problem = factor_delete(db, memory, anew->person);
    return problem ? problem : recovery_delete(db, memory, anew->person);
}

static const struct problem *set_work(struct database *db, struct memory *memory, void *context)
{
    struct setting_anew *anew = context;
    struct party_hit hit;
    struct login_row login;
    const struct problem *problem = NULL;
    if (anew->link.size)
        problem = link_use(db, memory, anew->link, LINK_PASSWORD, anew->at, &hit);
    if (problem)
        return problem == &not_found ? &party_link_over : problem;
    problem = login_by_person(db, memory, anew->person, &login);
    if (!problem)
        problem = login_set_password(db, memory, anew->person, anew->password, &hit);
    if (!problem && anew->link.size && login.confirmed.ms == 0)
        problem = claim(db, memory, anew);
    if (!problem && anew->link.size)
        problem = address_confirm_now(db, memory, anew->person, anew->at);
    if (!problem)
        problem = links_end(db, memory, anew->person, LINK_PASSWORD, anew->at);
    if (!problem)
        problem = links_end(db, memory, anew->person, LINK_CODE, anew->at);
    if (!problem)
        problem = sessions_end_others(db, memory, anew->person, anew->keep);
    if (!problem)
        problem = login_by_person(db, memory, anew->person, &login);
    if (!problem && anew->secret.size)
        problem =
            login_let_in(db, memory, &login, anew->secret, &anew->from, anew->at, &anew->half);
    if (!problem)
        problem = alert_send(db, memory, anew->person, "password_changed", NULL, 0, anew->at);
    return problem;
}

const struct problem *reset_set(struct store *store, struct database *db, struct memory *memory,
                                struct text secret, struct text password,
                                const struct session_origin *from, struct instant at,
                                struct signing_in *out)
{
    struct link_row link;
    struct setting_anew anew = {.keep = {"", 0}, .from = *from, .at = at};
    const struct problem *problem = find(db, memory, secret, at, &link, &anew.link);
    if (!problem)
        problem = password_fits(memory, password, link.mail);
    if (!problem)
        problem = password_hash(memory, password, &anew.password);
    if (!problem)
        problem = party_secret_make(memory, &anew.secret);
    if (problem)
        return problem;
    anew.person = link.person;
    problem = store_write(store, memory, set_work, &anew);
    if (!problem)
        *out = (struct signing_in){.secret = anew.secret, .half = anew.half};
    return problem;
}

const struct problem *reset_change(struct store *store, struct database *db, struct memory *memory,
                                   struct party_id person, struct text password, struct text keep,
                                   struct instant at)
{
    struct login_row login;
    struct setting_anew anew = {.person = person, .at = at};
    const struct problem *problem = login_by_person(db, memory, person, &login);
    if (!problem)
        problem = password_fits(memory, password, login.mail);
    if (!problem)
        problem = password_hash(memory, password, &anew.password);
    if (!problem)
        problem = party_secret_hash(memory, keep, &anew.keep);
    return problem ? problem : store_write(store, memory, set_work, &anew);
}
