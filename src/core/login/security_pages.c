/*
 * Handlers of the pages about the safety of one's account.
 *
 * Must not know: SQL, HTML, how secrets are kept. Read next: core/login/session.c.
 */
#include "core/login/security_pages.h"

#include "core/login/factor.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/passkey_pages.h"

const struct problem *core_security_page(struct request *request, const struct nothing *query,
                                         struct security_view *view)
{
    struct text hash;
    (void)query;
    const struct problem *problem =
        party_secret_hash(request->memory, request_session(request), &hash);
    if (!problem)
        problem = sessions_of(request->db, request->memory, request->viewer.person, hash,
                              request->now, &view->sessions);
    view->elsewhere = view->sessions.count > 1;
    struct factor_state factor;
    struct login_row login;
    if (!problem)
        problem = login_by_person(request->db, request->memory, request->viewer.person, &login);
    if (!problem)
        problem = factor_look(request->db, request->memory, request->viewer.person, &factor);
    if (!problem)
        problem =
            passkey_list(request->db, request->memory, request->viewer.person, &view->passkeys);
    if (!problem)
        problem = core_passkey_origin(request, &view->origin);
    if (!problem)
        problem =
            identity_list(request->db, request->memory, request->viewer.person, &view->identities);
    if (!problem)
        problem = oidc_providers(request->memory, &view->providers);
    if (problem)
        return problem;
    view->mail = login.mail;
    view->is_confirmed = login.confirmed.ms > 0;
    view->has_password = login.password.size > 0;
    view->factor = (struct maybe_instant){factor.since.ms > 0, factor.since};
    view->recovery = factor.unused;
    return NULL;
}

const struct problem *core_session_end(struct request *request, const struct session_form *form,
                                       struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        session_end_one(request->store, request->memory, request->viewer.person, form->session);
    if (!problem)
        request_go_saying(request, "core.session_ended", "/me/security");
    return problem;
}

const struct problem *core_sessions_end_others(struct request *request, const struct nothing *form,
                                               struct nothing *view)
{
    (void)form;
    (void)view;
    const struct problem *problem = session_end_others(
        request->store, request->memory, request->viewer.person, request_session(request));
    if (!problem)
        request_go_saying(request, "core.sessions_ended", "/me/security");
    return problem;
}

/* ---- proving again ---- */

/* Those that the person has an account at, each once. */
static const struct problem *own_providers(struct request *request,
                                           struct oidc_provider_line_list *out)
{
    struct oidc_provider_line_list all;
    struct identity_line_list own;
    const struct problem *problem = oidc_providers(request->memory, &all);
    if (!problem)
        problem = identity_list(request->db, request->memory, request->viewer.person, &own);
    if (problem)
        return problem;
    struct oidc_provider_line *lines = memory_take_array(request->memory, all.count, sizeof *lines);
    size_t count = 0;
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < all.count; i++) {
        bool has = false;
        for (size_t j = 0; j < own.count; j++)
            has = has ||
                  text_equal(own.items[j].issuer, oidc_provider_of(all.items[i].number)->issuer);
        if (has)
            lines[count++] = all.items[i];
    }
    *out = (struct oidc_provider_line_list){lines, count};
    return NULL;
}

const struct problem *core_prove_page(struct request *request, const struct came_query *query,
                                      struct prove_view *view)
{
    struct login_row login;
    struct passkey_line_list passkeys;
    core_came_from(query, &view->next, &view->resume);
    const struct problem *problem =
        login_by_person(request->db, request->memory, request->viewer.person, &login);
    if (!problem)
        problem = passkey_list(request->db, request->memory, request->viewer.person, &passkeys);
    if (!problem)
        problem = core_passkey_origin(request, &view->origin);
    if (!problem)
        problem = own_providers(request, &view->providers);
    if (problem)
        return problem;
    view->has_password = login.password.size > 0;
    view->has_factor = login.factor.ms > 0;
    view->has_passkey = passkeys.count > 0;
    return NULL;
}

/* By the password, or where there is a second factor, by its code. */
static const struct problem *prove(struct request *request, const struct prove_form *form,
                                   const struct login_row *login)
{
    struct text password = {"", 0};
    struct party_id person = request->viewer.person;
    if (form->password_again.present)
        password = form->password_again.value;
    if (login->factor.ms && form->code.present)
        return factor_check(request->store, request->memory, person, form->code.value,
                            request->now);
    if (login->password.size == 0)
        return &party_no_password;
    return session_check_password(request->store, request->db, request->memory, person, password,
                                  request->now);
}

const struct problem *core_prove(struct request *request, const struct prove_form *form,
                                 struct nothing *view)
{
    struct login_row login;
    (void)view;
    const struct problem *problem =
        login_by_person(request->db, request->memory, request->viewer.person, &login);
    if (problem)
        return problem;
    problem = prove(request, form, &login);
    if (problem == &party_no_password)
        return request_blame(request, "password_again", problem);
    if (problem)
        return core_blame(request, form->code.present ? "code" : "password_again", problem);
    problem =
        session_prove(request->store, request->memory, request_session(request), request->now);
    return problem ? problem : core_go_on(request, form->next, form->resume, "/me/security");
}
