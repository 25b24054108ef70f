/*
 * Handlers of passkeys' pages.
 *
 * Must not know: SQL, HTML, how answers are checked. Read next: core/login/passkey.c.
 */
#include "core/login/passkey_pages.h"

#include "base/ids.h"
#include "base/settings.h"
#include "core/mail/mail.h"
#include "core/login/browser.h"
#include "core/login/queries.h"
#include "core/login/rows.h"

enum { NAME_MAX_BYTES = 60 };

static const struct problem *find_site(struct request *request, struct webauthn_site *out)
{
    struct text address;
    const struct problem *problem = mail_site(request->memory, &address);
    if (problem)
        return problem;
    return webauthn_site(request->memory, address, out) ? NULL : &party_passkey_nowhere;
}

static const struct problem *asker_of(struct request *request, struct passkey_asker *out)
{
    out->browser = request_browser(request);
    out->at = request->now;
    return find_site(request, &out->site);
}

const struct problem *core_passkey_origin(struct request *request, struct text *out)
{
    struct webauthn_site site;
    const struct problem *problem = find_site(request, &site);
    *out = problem ? (struct text){"", 0} : site.origin;
    return problem == &party_passkey_nowhere ? NULL : problem;
}

/* Beside the button that it was about. */
static const struct problem *blame(struct request *request, const struct problem *problem)
{
    return problem ? core_blame(request, "passkey", problem) : NULL;
}

static struct passkey_answer signed_answer(const struct passkey_signed_form *form)
{
    return (struct passkey_answer){.credential = form->credential,
                                   .said = form->said,
                                   .data = form->passkey,
                                   .signature = form->signature,
                                   .owner = form->owner.present ? form->owner.value
                                                                : (struct text){"", 0}};
}

/* ---- what to have signed ---- */

static const struct problem *ask(struct request *request, enum challenge_purpose purpose,
                                 struct party_id person, struct passkey_question *view)
{
    struct passkey_asker asker;
    const struct problem *problem = asker_of(request, &asker);
    if (!problem)
        problem =
            passkey_ask(request->store, request->memory, &asker, purpose, person, &view->challenge);
    if (problem)
        return problem;
    view->host = asker.site.host;
    view->site = setting_text("site.name");
    view->life = CHALLENGE_LIFE;
    return NULL;
}

/* Whose a new passkey will be. */
static const struct problem *name_owner(struct request *request, struct party_id person,
                                        struct text mail, struct text name,
                                        struct passkey_question *view)
{
    view->owner = text_copy(request->memory, text_of(id_text("pty", person.value).text));
    view->mail = mail;
    view->name = name;
    return view->owner.data ? NULL : &out_of_memory;
}

static const struct problem *list_known(struct request *request, struct passkey_question *view)
{
    struct passkey_line_list lines;
    const struct problem *problem =
        passkey_list(request->db, request->memory, request->viewer.person, &lines);
    if (problem)
        return problem;
    struct text *known = memory_take_array(request->memory, lines.count, sizeof *known);
    if (!known)
        return &out_of_memory;
    for (size_t i = 0; i < lines.count; i++)
        known[i] = lines.items[i].credential;
    view->known = (struct text_list){known, lines.count};
    return NULL;
}

/* ---- signing in ---- */

const struct problem *core_passkey_sign_in_ask(struct request *request, const struct nothing *form,
                                               struct passkey_question *view)
{
    (void)form;
    return ask(request, CHALLENGE_SIGN_IN, (struct party_id){0}, view);
}

const struct problem *core_passkey_sign_in(struct request *request,
                                           const struct passkey_signed_form *form,
                                           struct session_view *view)
{
    struct passkey_answer answer = signed_answer(form);
    struct passkey_asker asker;
    struct session_origin from;
    struct signing_in in;
    const struct problem *problem = asker_of(request, &asker);
    if (!problem)
        problem = session_origin_of(request, &from);
    if (!problem)
        problem = passkey_sign_in(request->store, request->db, request->memory, &asker, &answer,
                                  &from, &in);
    return problem ? blame(request, problem)
                   : core_welcome(request, &in, form->next, form->resume, view);
}

/* ---- signing up ---- */

const struct problem *core_passkey_sign_up_ask(struct request *request,
                                               const struct passkey_sign_up_ask_form *form,
                                               struct passkey_question *view)
{
    struct party_id person = {id_new()};
    struct party_row taken;
    const struct problem *problem = party_by_mail(request->db, request->memory, form->mail, &taken);
    if (problem != &not_found)
        return problem ? problem : &party_mail_taken;
    problem = name_owner(request, person, form->mail, form->name, view);
    return problem ? problem : ask(request, CHALLENGE_SIGN_UP, person, view);
}

/* What a passkey is called until its person calls it otherwise. */
static struct text usual_name(const struct session_origin *from)
{
    return from->browser.size && from->browser.size <= NAME_MAX_BYTES ? from->browser
                                                                      : text_of("Passkey");
}

const struct problem *core_passkey_sign_up(struct request *request,
                                           const struct passkey_sign_up_form *form,
                                           struct session_view *view)
{
    struct passkey_answer answer = {.said = form->said, .data = form->passkey};
    struct webauthn_made made;
    struct newcomer newcomer = {.name = form->name,
                                .mail = form->mail,
                                .organisation = form->organisation,
                                .next = form->next,
                                .resume = form->resume};
    struct passkey_asker asker;
    struct session_origin from;
    const struct problem *problem = asker_of(request, &asker);
    if (!problem)
        problem = session_origin_of(request, &from);
    if (!problem)
        problem = passkey_made(request->store, request->memory, &asker, CHALLENGE_SIGN_UP, &answer,
                               &made, &newcomer.person);
    if (problem)
        return blame(request, problem);
    return core_arrive(request, &newcomer, &made, usual_name(&from), view);
}

/* ---- one's own ---- */

const struct problem *core_passkey_page(struct request *request, const struct nothing *query,
                                        struct passkey_new_view *view)
{
    struct session_origin from;
    (void)query;
    const struct problem *problem = session_origin_of(request, &from);
    view->suggested = usual_name(&from);
    return problem ? problem : core_passkey_origin(request, &view->origin);
}

const struct problem *core_passkey_add_ask(struct request *request, const struct nothing *form,
                                           struct passkey_question *view)
{
    struct login_row login;
    struct party_id person = request->viewer.person;
    (void)form;
    const struct problem *problem = login_by_person(request->db, request->memory, person, &login);
    if (!problem)
        problem = name_owner(request, person, login.mail, request->viewer.name, view);
    if (!problem)
        problem = list_known(request, view);
    return problem ? problem : ask(request, CHALLENGE_ADD, person, view);
}

const struct problem *core_passkey_add(struct request *request,
                                       const struct passkey_made_form *form, struct nothing *view)
{
    struct passkey_answer answer = {.said = form->said, .data = form->passkey};
    struct passkey_asker asker;
    struct session_origin from;
    (void)view;
    const struct problem *problem = asker_of(request, &asker);
    if (!problem)
        problem = session_origin_of(request, &from);
    if (problem)
        return blame(request, problem);
    problem =
        passkey_add(request->store, request->memory, &asker, request->viewer.person, &answer,
                    form->passkey_name.present ? form->passkey_name.value : usual_name(&from));
    if (problem)
        return blame(request, problem);
    request_go_saying(request, "core.passkey_added", "/me/security");
    return NULL;
}

const struct problem *core_passkey_name(struct request *request,
                                        const struct passkey_name_form *form, struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        passkey_call(request->store, request->memory, request->viewer.person, form->passkey,
                     text_trim(form->passkey_name));
    if (!problem)
        request_go_saying(request, "core.passkey_named", "/me/security");
    return problem;
}

const struct problem *core_passkey_remove(struct request *request, const struct passkey_form *form,
                                          struct nothing *view)
{
    (void)view;
    const struct problem *problem = passkey_remove(
        request->store, request->memory, request->viewer.person, form->passkey, request->now);
    if (!problem)
        request_go_saying(request, "core.passkey_removed", "/me/security");
    return problem;
}

/* ---- proving again ---- */

const struct problem *core_passkey_prove_ask(struct request *request, const struct nothing *form,
                                             struct passkey_question *view)
{
    (void)form;
    const struct problem *problem = list_known(request, view);
    return problem ? problem : ask(request, CHALLENGE_PROVE, request->viewer.person, view);
}

const struct problem *core_passkey_prove(struct request *request,
                                         const struct passkey_signed_form *form,
                                         struct nothing *view)
{
    struct passkey_answer answer = signed_answer(form);
    struct passkey_asker asker;
    (void)view;
    const struct problem *problem = asker_of(request, &asker);
    if (!problem)
        problem = passkey_prove(request->store, request->db, request->memory, &asker,
                                request->viewer.person, &answer, request_session(request));
    return problem ? blame(request, problem)
                   : core_go_on(request, form->next, form->resume, "/me/security");
}
