/*
 * Mail addresses confirmed, changed, and given back: links by mail, each good once.
 *
 * Must not know: pages, sessions' cookies. Read next: core/login/reset.c.
 */
#include "core/event.h"
#include "core/login/address.h"

#include "core/mail/mail.h"
#include "core/login/address_queries.h"
#include "core/login/alert.h"
#include "core/login/identity_queries.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/session.h"

enum { LINKS_AN_HOUR = 3 };

const struct problem party_unconfirmed = {"party.unconfirmed", 403, FAULT_CLIENT, false};
const struct problem party_confirmed = {"party.confirmed", 409, FAULT_CLIENT, false};
const struct problem party_mail_often = {"party.mail_often", 429, FAULT_CLIENT, true};
const struct problem party_mail_same = {"party.mail_same", 409, FAULT_CLIENT, false};

const struct problem *address_needed(struct database *db, struct memory *memory,
                                     struct party_id person)
{
    struct login_row login;
    const struct problem *problem = login_by_person(db, memory, person, &login);
    return problem || login.confirmed.ms ? problem : &party_unconfirmed;
}

const struct problem *address_free(struct database *db, struct memory *memory, struct text mail,
                                   struct party_id person, struct instant at)
{
    struct party_hit keeper;
    const struct problem *problem = address_reserved(db, memory, mail, at, &keeper);
    if (problem)
        return problem == &not_found ? NULL : problem;
    return keeper.id.value == person.value ? NULL : &party_mail_taken;
}

/* ---- links ---- */

/* A link under a path of ours. */
static const struct problem *link_to(struct memory *memory, const char *path, struct text secret,
                                     struct text *out)
{
    struct text site;
    const struct problem *problem = mail_site(memory, &site);
    if (problem)
        return problem;
    *out = text_format(memory, "%.*s%s%.*s", TEXT_ARGS(site), path, TEXT_ARGS(secret));
    return out->data ? NULL : &out_of_memory;
}

static const struct problem *keep_link(struct database *db, struct memory *memory,
                                       struct party_id person, enum link_purpose purpose,
                                       struct text mail, struct text secret, struct instant until)
{
    struct address_link_new link = {
        .person = person, .purpose = purpose, .until = until, .mail = mail};
    const struct problem *problem = party_secret_hash(memory, secret, &link.secret);
    return problem ? problem : address_link_insert(db, memory, &link);
}

const struct problem *address_ask(struct database *db, struct memory *memory,
                                  struct party_id person, struct text mail, struct text secret,
                                  struct instant at)
{
    struct instant until = instant_add(at, CONFIRM_LIFE);
    struct text folded = party_fold(memory, mail);
    struct login_row login;
    struct text address;
    const struct problem *problem = folded.data ? NULL : &out_of_memory;
    if (!problem)
        problem = link_to(memory, "/mail/", secret, &address);
    if (!problem)
        problem = links_end(db, memory, person, LINK_MAIL, at);
    if (!problem)
        problem = keep_link(db, memory, person, LINK_MAIL, folded, secret, until);
    if (!problem)
        problem = login_by_person(db, memory, person, &login);
    if (problem)
        return problem;
    struct word_argument arguments[] = {
        {.name = "address", .kind = FIELD_TEXT, .text = address},
        {.name = "until", .kind = FIELD_INSTANT, .instant = until},
    };
    return text_equal(folded, login.mail)
               ? mail_send(db, memory, person, "mail.confirm", arguments, 2, at)
               : mail_send_to(db, memory, folded, login.language, "mail.confirm", arguments, 2, at);
}

struct asking {
    struct party_id person;
    struct text mail; /* another one, in lower case; empty: their own again */
    struct text secret;
    struct instant at;
};

static const struct problem *ask_work(struct database *db, struct memory *memory, void *context)
{
    const struct asking *asking = context;
    struct login_row login;
    struct login_row other;
    struct link_count made;
    struct instant after = instant_add(asking->at, CONFIRM_LIFE - HOUR);
    const struct problem *problem = login_by_person(db, memory, asking->person, &login);
    if (!problem)
        problem = address_links_since(db, memory, asking->person, LINK_MAIL, after, &made);
    if (problem)
        return problem;
    if (made.links >= LINKS_AN_HOUR)
        return &party_mail_often;
    if (asking->mail.size == 0)
        return login.confirmed.ms
                   ? &party_confirmed
                   : address_ask(db, memory, login.person, login.mail, asking->secret, asking->at);
    if (text_equal(asking->mail, login.mail))
        return &party_mail_same;
    problem = login_by_mail(db, memory, asking->mail, &other);
    if (problem != &not_found)
        return problem ? problem : &party_mail_taken;
    problem = address_free(db, memory, asking->mail, asking->person, asking->at);
    return problem
               ? problem
               : address_ask(db, memory, login.person, asking->mail, asking->secret, asking->at);
}

const struct problem *address_again(struct store *store, struct memory *memory,
                                    struct party_id person, struct instant at)
{
    struct asking asking = {.person = person, .mail = {"", 0}, .at = at};
    const struct problem *problem = party_secret_make(memory, &asking.secret);
    return problem ? problem : store_write(store, memory, ask_work, &asking);
}

const struct problem *address_change(struct store *store, struct memory *memory,
                                     struct party_id person, struct text mail, struct instant at)
{
    struct asking asking = {.person = person, .mail = party_fold(memory, mail), .at = at};
    if (!asking.mail.data)
        return &out_of_memory;
    const struct problem *problem = party_secret_make(memory, &asking.secret);
    return problem ? problem : store_write(store, memory, ask_work, &asking);
}

static const struct problem *find(struct database *db, struct memory *memory, struct text secret,
                                  enum link_purpose purpose, struct instant at,
                                  struct address_told *out)
{
    struct address_link link;
    struct text hash;
    const struct problem *problem = party_secret_hash(memory, secret, &hash);
    if (!problem)
        problem = address_link_find(db, memory, hash, purpose, at, &link);
    if (problem)
        return problem == &not_found ? &party_link_over : problem;
    *out = (struct address_told){link.name, link.mail, !text_equal(link.mail, link.present)};
    return NULL;
}

const struct problem *address_asked(struct database *db, struct memory *memory, struct text secret,
                                    struct instant at, struct address_told *out)
{
    return find(db, memory, secret, LINK_MAIL, at, out);
}

const struct problem *address_changed(struct database *db, struct memory *memory,
                                      struct text secret, struct instant at,
                                      struct address_told *out)
{
    return find(db, memory, secret, LINK_UNDO, at, out);
}

/* ---- followed ---- */

struct following {
    struct text link; /* hash of its secret */
    struct text undo; /* secret of the link that undoes it, or for a new password */
    struct instant at;
};

/* Uses the link up. */
static const struct problem *use(struct database *db, struct memory *memory,
                                 const struct following *following, enum link_purpose purpose,
                                 struct address_link *out)
{
    struct party_hit hit;
    const struct problem *problem =
        address_link_find(db, memory, following->link, purpose, following->at, out);
    if (!problem)
        problem = link_use(db, memory, following->link, purpose, following->at, &hit);
    return problem == &not_found ? &party_link_over : problem;
}

/* Nobody is told who never read mail there: the address may be a stranger's, mistyped. */
static const struct problem *tell_before(struct database *db, struct memory *memory,
                                         const struct address_link *link,
                                         const struct following *following)
{
    struct instant until = instant_add(following->at, UNDO_LIFE);
    struct text address;
    if (link->confirmed.ms == 0)
        return NULL;
    const struct problem *problem = link_to(memory, "/mail/undo/", following->undo, &address);
    if (!problem)
        problem =
            keep_link(db, memory, link->person, LINK_UNDO, link->present, following->undo, until);
    struct word_argument arguments[] = {
        {.name = "mail", .kind = FIELD_TEXT, .text = link->mail},
        {.name = "address", .kind = FIELD_TEXT, .text = address},
        {.name = "until", .kind = FIELD_INSTANT, .instant = until},
    };
    return problem ? problem
                   : alert_send_to(db, memory, link->person, link->present, "mail_changed",
                                   arguments, 3, following->at);
}

/* `link->mail` becomes their address. */
static const struct problem *take_over(struct database *db, struct memory *memory,
                                       const struct address_link *link, struct instant at)
{
    struct login_row other;
    const struct problem *problem = login_by_mail(db, memory, link->mail, &other);
    if (!problem && other.person.value != link->person.value)
        return &party_mail_taken;
    if (problem && problem != &not_found)
        return problem;
    problem = address_free(db, memory, link->mail, link->person, at);
    if (!problem)
        problem = address_set(db, memory, link->person, link->mail, at);
    if (!problem)
        problem = links_end(db, memory, link->person, LINK_PASSWORD, at);
    return problem ? problem : links_end(db, memory, link->person, LINK_MAIL, at);
}

static const struct problem *confirm_work(struct database *db, struct memory *memory, void *context)
{
    const struct following *following = context;
    struct address_link link;
    const struct problem *problem = use(db, memory, following, LINK_MAIL, &link);
    if (problem)
        return problem;
    if (text_equal(link.mail, link.present))
        return address_confirm_now(db, memory, link.person, following->at);
    problem = take_over(db, memory, &link, following->at);
    return problem ? problem : tell_before(db, memory, &link, following);
}

/* A link for a new password, to the address that was given back. */
static const struct problem *mail_reset(struct database *db, struct memory *memory,
                                        struct party_id person, const struct following *following)
{
    struct link_new link = {.person = person,
                            .purpose = LINK_PASSWORD,
                            .until = instant_add(following->at, RESET_LIFE)};
    struct text address = {"", 0};
    const struct problem *problem = party_secret_hash(memory, following->undo, &link.secret);
    if (!problem)
        problem = link_insert(db, memory, &link);
    if (!problem)
        problem = link_to(memory, "/password/", following->undo, &address);
    struct word_argument arguments[] = {
        {.name = "address", .kind = FIELD_TEXT, .text = address},
        {.name = "until", .kind = FIELD_INSTANT, .instant = link.until},
    };
    return problem ? problem
                   : alert_send(db, memory, person, "mail_given_back", arguments, 2, following->at);
}

const struct problem *address_take_back(struct database *db, struct memory *memory,
                                        struct party_id person, struct instant since,
                                        struct instant at)
{
    const struct problem *problem = address_passkeys_since(db, memory, person, since);
    if (!problem)
        problem = identities_delete_since(db, memory, person, since);
    return problem ? problem
                   : event_emit(db, memory, LOGIN_CLAIMED, person.value, person, text_of(""), at);
}

static const struct problem *undo_work(struct database *db, struct memory *memory, void *context)
{
    const struct following *following = context;
    struct address_link link;
    const struct problem *problem = use(db, memory, following, LINK_UNDO, &link);
    if (!problem)
        problem = take_over(db, memory, &link, following->at);
    /* Later changes are undone with this one; who made an earlier one may still undo it. */
    if (!problem)
        problem =
            address_links_end_later(db, memory, link.person, LINK_UNDO, link.until, following->at);
    if (!problem)
        problem = links_end(db, memory, link.person, LINK_CODE, following->at);
    if (!problem)
        problem = sessions_end(db, memory, link.person);
    if (!problem)
        problem = address_no_password(db, memory, link.person);
    if (!problem)
        problem = address_take_back(db, memory, link.person, instant_add(link.until, -UNDO_LIFE),
                                    following->at);
    return problem ? problem : mail_reset(db, memory, link.person, following);
}

static const struct problem *follow(struct store *store, struct memory *memory, struct text secret,
                                    struct instant at, store_work *work)
{
    struct following following = {.at = at};
    const struct problem *problem = party_secret_hash(memory, secret, &following.link);
    if (!problem)
        problem = party_secret_make(memory, &following.undo);
    return problem ? problem : store_write(store, memory, work, &following);
}

const struct problem *address_confirm(struct store *store, struct memory *memory,
                                      struct text secret, struct instant at)
{
    return follow(store, memory, secret, at, confirm_work);
}

const struct problem *address_undo(struct store *store, struct memory *memory, struct text secret,
                                   struct instant at)
{
    return follow(store, memory, secret, at, undo_work);
}
