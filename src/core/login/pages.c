/*
 * Handlers of the pages with which people come in.
 *
 * Must not know: SQL, HTML, how secrets are kept. Read next: core/login/session.c.
 */
#include "core/login/pages.h"

#include <string.h>

#include "base/ids.h"
#include "core/mail/mail.h"
#include "core/login/address.h"
#include "core/login/browser.h"
#include "core/login/factor.h"
#include "core/login/identity.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/passkey_pages.h"
#include "core/login/password.h"
#include "core/login/session.h"
#include "web/decode.h"
#include "web/limits.h"
#include "web/version.h"

static const int64_t session_seconds = SESSION_LIFE / SECOND;
static const int64_t half_seconds = HALF_LIFE / SECOND;

/* A path of ours, or nothing. */
static struct maybe_text local(struct maybe_text next)
{
    if (next.present && !decode_is_local(next.value))
        next.present = false;
    return next;
}

static struct text or_empty(struct maybe_text typed)
{
    return typed.present ? typed.value : (struct text){"", 0};
}

static bool key_fine(struct text key)
{
    for (size_t i = 0; i < key.size; i++)
        if (!strchr("0123456789abcdef", key.data[i]))
            return false;
    return key.size == 32;
}

void core_came_from(const struct came_query *query, struct text *next, struct text *resume)
{
    *next = or_empty(local(query->next));
    *resume = or_empty(query->resume);
    if (next->size == 0 || !key_fine(*resume))
        *resume = (struct text){"", 0};
}

const struct problem *core_go_on(struct request *request, struct maybe_text next,
                                 struct maybe_text resume, const char *otherwise)
{
    next = local(next);
    if (!next.present) {
        request_go(request, "%s", otherwise);
    } else if (resume.present && key_fine(resume.value)) {
        bool queried = memchr(next.value.data, '?', next.value.size) != NULL;
        request_go(request, "%.*s%cresume=%.*s", TEXT_ARGS(next.value), queried ? '&' : '?',
                   TEXT_ARGS(resume.value));
    } else {
        request_go(request, "%.*s", TEXT_ARGS(next.value));
    }
    return NULL;
}

const struct problem *core_blame(struct request *request, const char *field,
                                 const struct problem *problem)
{
    static const struct {
        const struct problem *problem;
        const char *rule;
    } rules[] = {
        {&party_mail_taken, "problem.party.mail_taken.detail"},
        {&party_weak_password, "problem.party.weak_password.detail"},
        {&party_wrong_password, "problem.party.wrong_password"},
        {&party_wait, "problem.party.wait"},
        {&party_suspended, "problem.party.suspended"},
        {&party_wrong_code, "problem.party.wrong_code"},
        {&party_code_wait, "problem.party.code_wait"},
        {&party_passkey_wrong, "problem.party.passkey_wrong.detail"},
        {&party_passkey_origin, "problem.party.passkey_origin.detail"},
        {&party_passkey_over, "problem.party.passkey_over.detail"},
        {&party_passkey_unknown, "problem.party.passkey_unknown.detail"},
        {&party_passkey_copied, "problem.party.passkey_copied.detail"},
        {&party_passkey_unverified, "problem.party.passkey_unverified.detail"},
        {&party_passkey_known, "problem.party.passkey_known.detail"},
        {&party_passkey_many, "problem.party.passkey_many.detail"},
        {&party_identity_over, "problem.party.identity_over.detail"},
        {&party_identity_known, "problem.party.identity_known.detail"},
    };
    for (size_t i = 0; !request->json && i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].problem == problem)
            return request_refuse(request, field, rules[i].rule);
    return problem;
}

/* ---- in and out ---- */

static const struct problem *came(struct request *request, const struct came_query *query,
                                  const char *other, struct came_view *view)
{
    if (request->viewer.signed_in)
        return core_go_on(request, query->next, query->resume, "/me");
    struct builder b = builder_make(request->memory, 8192);
    const struct problem *problem = core_passkey_origin(request, &view->origin);
    if (!problem)
        problem = oidc_providers(request->memory, &view->providers);
    if (problem)
        return problem;
    core_came_from(query, &view->next, &view->resume);
    builder_add_c(&b, other);
    if (view->next.size) {
        builder_add_c(&b, "?next=");
        builder_add_url(&b, view->next);
    }
    if (view->resume.size)
        builder_add_format(&b, "&resume=%.*s", TEXT_ARGS(view->resume));
    return builder_end(&b, &view->others);
}

const struct problem *core_sign_in_page(struct request *request, const struct came_query *query,
                                        struct came_view *view)
{
    return came(request, query, "/sign-up", view);
}

const struct problem *core_sign_up_page(struct request *request, const struct came_query *query,
                                        struct came_view *view)
{
    return came(request, query, "/sign-in", view);
}

/* To the page for the code, which leads on to the same place. */
static const struct problem *go_code(struct request *request, struct maybe_text next,
                                     struct maybe_text resume)
{
    struct builder b = builder_make(request->memory, 8192);
    struct text path;
    next = local(next);
    builder_add_c(&b, "/sign-in/code");
    if (next.present) {
        builder_add_c(&b, "?next=");
        builder_add_url(&b, next.value);
        if (resume.present && key_fine(resume.value))
            builder_add_format(&b, "&resume=%.*s", TEXT_ARGS(resume.value));
    }
    const struct problem *problem = builder_end(&b, &path);
    if (!problem)
        request_go(request, "%.*s", TEXT_ARGS(path));
    return problem;
}

const struct problem *core_welcome(struct request *request, const struct signing_in *in,
                                   struct maybe_text next, struct maybe_text resume,
                                   struct session_view *view)
{
    struct viewer viewer;
    request_set_session(request, in->secret, in->half ? half_seconds : session_seconds);
    *view = (struct session_view){
        .secret = in->secret,
        .until = instant_add(request->now, in->half ? HALF_LIFE : SESSION_LIFE),
        .code_needed = in->half};
    if (in->half)
        return go_code(request, next, resume);
    const struct problem *problem = login_viewer(request, in->secret, &viewer);
    if (problem)
        return problem;
    const char *side = viewer.operator_ ? "/desk" : viewer.organisation.value ? "/biz" : "/me";
    return core_go_on(request, next, resume, side);
}

/* Takes one of the few attempts an hour that a place has at a person's password while all others wait. */
static bool few_from_there(struct request *request, struct party_id person)
{
    struct text name = text_format(request->memory, "known %lld %.*s", (long long)person.value,
                                   TEXT_ARGS(request->address));
    return name.data && !limits_spend(request, RATE_GUEST, name);
}

const struct problem *core_sign_in(struct request *request, const struct sign_in_form *form,
                                   struct session_view *view)
{
    struct signing_in in = {.half = false};
    struct session_origin from;
    const struct problem *problem = session_origin_of(request, &from);
    if (!problem)
        problem = login_sign_in(request->store, request->db, request->memory, form->mail,
                                form->password, &from, request->now, &in);
    if (problem == &party_wait && in.known.value && few_from_there(request, in.known)) {
        in.passes = true;
        problem = login_sign_in(request->store, request->db, request->memory, form->mail,
                                form->password, &from, request->now, &in);
    }
    if (problem == &party_wait)
        request_come_again(request, in.wait_until);
    if (problem)
        return core_blame(request, "password", problem);
    return core_welcome(request, &in, form->next, form->resume, view);
}

struct arrival {
    struct person_new person;
    const struct webauthn_made *made; /* their passkey; NULL: none */
    struct text made_name;
    const struct identity_claim *claim; /* their account elsewhere; NULL: none */
    struct party_id firm;               /* to be founded */
    struct text firm_name;              /* empty: none */
    struct text secret;                 /* of the session */
    struct text link;                   /* secret of the link to confirm the mail address */
    struct session_origin from;
};

static const struct problem *arrive(struct database *db, struct memory *memory, void *context)
{
    const struct arrival *arrival = context;
    const struct person_new *person = &arrival->person;
    const struct problem *problem = login_insert_person(db, memory, person);
    if (!problem && arrival->made)
        problem =
            passkey_keep(db, memory, person->id, arrival->made, arrival->made_name, person->at);
    if (!problem && arrival->claim)
        problem = identity_take(db, memory, arrival->claim, person->id);
    if (!problem && arrival->firm_name.size)
        problem = party_insert_organisation(db, memory, arrival->firm, arrival->firm_name,
                                            (struct text){"", 0}, person->id, person->at);
    if (!problem)
        problem = address_ask(db, memory, person->id, person->mail, arrival->link, person->at);
    if (!problem)
        problem = login_insert_session(db, memory, person->id, arrival->secret, &arrival->from,
                                       person->at);
    return problem;
}

const struct problem *core_arrive(struct request *request, const struct newcomer *newcomer,
                                  const struct webauthn_made *made, struct text made_name,
                                  struct session_view *view)
{
    struct memory *memory = request->memory;
    struct arrival arrival = {.person = {.id = newcomer->person,
                                         .name = newcomer->name,
                                         .mail = newcomer->mail,
                                         .hash = newcomer->hash,
                                         .language = request->language,
                                         .at = request->now},
                              .made = made,
                              .made_name = made_name,
                              .claim = newcomer->claim,
                              .firm = {id_new()}};
    if (newcomer->organisation.present)
        arrival.firm_name = text_trim(newcomer->organisation.value);
    const struct problem *problem = party_secret_make(memory, &arrival.secret);
    if (!problem)
        problem = party_secret_make(memory, &arrival.link);
    if (!problem)
        problem = session_origin_of(request, &arrival.from);
    if (!problem)
        problem = store_write(request->store, memory, arrive, &arrival);
    if (problem)
        return core_blame(request, problem == &party_passkey_known ? "passkey" : "mail", problem);
    struct signing_in in = {.secret = arrival.secret};
    return core_welcome(request, &in, newcomer->next, newcomer->resume, view);
}

const struct problem *core_sign_up(struct request *request, const struct sign_up_form *form,
                                   struct session_view *view)
{
    struct newcomer newcomer = {.name = form->name,
                                .mail = form->mail,
                                .organisation = form->organisation,
                                .next = form->next,
                                .resume = form->resume,
                                .person = {id_new()}};
    const struct problem *problem = password_fits(request->memory, form->password, form->mail);
    if (problem)
        return core_blame(request, "password", problem);
    problem = password_hash(request->memory, form->password, &newcomer.hash);
    return problem ? core_blame(request, "mail", problem)
                   : core_arrive(request, &newcomer, NULL, (struct text){"", 0}, view);
}

const struct problem *core_sign_out(struct request *request, const struct nothing *form,
                                    struct nothing *view)
{
    (void)form;
    (void)view;
    const struct problem *problem =
        session_sign_out(request->store, request->memory, request_session(request));
    if (problem)
        return problem;
    request_set_session(request, (struct text){"", 0}, 0);
    request_go_saying(request, "core.signed_out", "/");
    return NULL;
}

/* ---- passwords ---- */

const struct problem *core_forgotten_page(struct request *request,
                                          const struct forgotten_query *query,
                                          struct forgotten_view *view)
{
    (void)request;
    view->sent = query->sent.present && query->sent.value;
    return NULL;
}

/* The same answer whether somebody has the address or not. */
const struct problem *core_forgotten(struct request *request, const struct forgotten_form *form,
                                     struct nothing *view)
{
    (void)view;
    struct text site;
    const struct problem *problem = mail_site(request->memory, &site);
    if (!problem)
        problem = reset_ask(request->store, request->memory, form->mail, site, request->now);
    if (!problem)
        request_go(request, "/password?sent=on");
    return problem;
}

const struct problem *core_anew_page(struct request *request, const struct anew_query *query,
                                     struct anew_view *view)
{
    return reset_find(request->db, request->memory, query->secret, request->now, &view->name);
}

const struct problem *core_anew(struct request *request, const struct anew_form *form,
                                struct nothing *view)
{
    struct signing_in in;
    struct session_origin from;
    (void)view;
    const struct problem *problem = session_origin_of(request, &from);
    if (!problem)
        problem = reset_set(request->store, request->db, request->memory, form->secret,
                            form->password, &from, request->now, &in);
    if (problem)
        return core_blame(request, "password", problem);
    request_set_session(request, in.secret, in.half ? half_seconds : session_seconds);
    request_go_saying(request, in.half ? "core.password_set_half" : "core.password_set",
                      in.half ? "/sign-in/code" : "/me");
    return NULL;
}

const struct problem *core_change_page(struct request *request, const struct nothing *query,
                                       struct change_view *view)
{
    struct login_row login;
    (void)query;
    const struct problem *problem =
        login_by_person(request->db, request->memory, request->viewer.person, &login);
    if (!problem)
        *view = (struct change_view){login.password.size > 0, login.mail};
    return problem;
}

const struct problem *core_change(struct request *request, const struct change_form *form,
                                  struct nothing *view)
{
    struct text now = {"", 0};
    struct login_row login;
    (void)view;
    if (form->password_now.present)
        now = form->password_now.value;
    const struct problem *problem =
        login_by_person(request->db, request->memory, request->viewer.person, &login);
    if (problem)
        return problem;
    /* Who found a session open must not make a way in of it: the first password comes by mail. */
    if (login.password.size == 0)
        return request_blame(request, "password", &party_no_password);
    problem = session_check_password(request->store, request->db, request->memory,
                                     request->viewer.person, now, request->now);
    if (problem)
        return core_blame(request, "password_now", problem);
    problem = reset_change(request->store, request->db, request->memory, request->viewer.person,
                           form->password, request_session(request), request->now);
    if (problem)
        return core_blame(request, "password", problem);
    request_go_saying(request, "core.password_set", "/me/profile");
    return NULL;
}
