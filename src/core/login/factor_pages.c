/*
 * Handlers of the second factor's pages.
 *
 * Must not know: SQL, HTML, how secrets are kept. Read next: core/login/factor.c.
 */
#include "core/login/factor_pages.h"

#include <sodium.h>

#include "base/settings.h"
#include "core/login/browser.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/session.h"
#include "core/qr.h"

enum { GROUP = 4 };

/* ---- on and off ---- */

static const struct problem *grouped(struct memory *memory, const char *secret, struct text *out)
{
    struct builder b = builder_make(memory, 128);
    for (size_t i = 0; secret[i]; i++) {
        if (i && i % GROUP == 0)
            builder_add_char(&b, ' ');
        builder_add_char(&b, secret[i]);
    }
    return builder_end(&b, out);
}

static const struct problem *show(struct request *request, const unsigned char secret[OTP_SECRET],
                                  struct factor_view *view)
{
    struct memory *memory = request->memory;
    struct login_row login;
    char written[OTP_BASE32];
    int64_t modules = 0;
    otp_write(secret, written);
    const struct problem *problem =
        login_by_person(request->db, memory, request->viewer.person, &login);
    if (!problem)
        problem = grouped(memory, written, &view->secret);
    if (!problem)
        problem =
            otp_address(memory, setting_text("site.name"), login.mail, secret, &view->address);
    if (!problem)
        problem = qr_picture(memory, view->address, &view->picture, &modules);
    view->side = modules + 2 * QR_QUIET;
    sodium_memzero(written, sizeof written);
    return problem;
}

const struct problem *core_factor_page(struct request *request, const struct nothing *query,
                                       struct factor_view *view)
{
    unsigned char secret[OTP_SECRET];
    (void)query;
    const struct problem *problem =
        factor_setup(request->db, request->memory, request->viewer.person, secret);
    if (problem == &party_factor_off && !request->json) {
        request_go(request, "/me/security");
        return NULL;
    }
    if (!problem)
        problem = show(request, secret, view);
    sodium_memzero(secret, sizeof secret);
    return problem;
}

const struct problem *core_factor_begin(struct request *request, const struct nothing *form,
                                        struct nothing *view)
{
    (void)form;
    (void)view;
    const struct problem *problem =
        factor_begin(request->store, request->memory, request->viewer.person);
    if (!problem)
        request_go(request, "/me/security/code");
    return problem;
}

const struct problem *core_factor_confirm(struct request *request, const struct code_form *form,
                                          struct recovery_view *view)
{
    const struct problem *problem =
        factor_confirm(request->store, request->memory, request->viewer.person, form->code,
                       request->now, &view->codes);
    return problem ? core_blame(request, "code", problem) : NULL;
}

const struct problem *core_factor_renew(struct request *request, const struct nothing *form,
                                        struct recovery_view *view)
{
    (void)form;
    return factor_renew(request->store, request->memory, request->viewer.person, request->now,
                        &view->codes);
}

const struct problem *core_factor_end(struct request *request, const struct factor_end_form *form,
                                      struct nothing *view)
{
    struct text password = {"", 0};
    (void)view;
    if (form->password_now.present)
        password = form->password_now.value;
    const struct problem *problem =
        session_check_password(request->store, request->db, request->memory, request->viewer.person,
                               password, request->now);
    if (problem)
        return core_blame(request, "password_now", problem);
    problem = factor_end(request->store, request->memory, request->viewer.person, form->code,
                         request_session(request), request->now);
    if (problem)
        return core_blame(request, "code", problem);
    request_go_saying(request, "core.factor_off", "/me/security");
    return NULL;
}

/* ---- at sign-in: the cookie holds half a session ---- */

const struct problem *core_sign_in_code_page(struct request *request,
                                             const struct came_query *query, struct code_view *view)
{
    if (request->viewer.signed_in)
        return core_go_on(request, query->next, query->resume, "/me");
    core_came_from(query, &view->next, &view->resume);
    const struct problem *problem =
        factor_half(request->db, request->memory, request_session(request), request->now);
    if (problem != &party_half_over)
        return problem;
    request_go(request, "/sign-in");
    return NULL;
}

const struct problem *core_sign_in_code(struct request *request,
                                        const struct sign_in_code_form *form,
                                        struct session_view *view)
{
    struct session_origin from;
    struct signing_in in = {.half = false};
    bool recovered = false;
    const struct problem *problem = session_origin_of(request, &from);
    if (!problem)
        problem =
            factor_sign_in(request->store, request->db, request->memory, request_session(request),
                           form->code, &from, request->now, &in.secret, &recovered);
    if (problem)
        return core_blame(request, "code", problem);
    problem = core_welcome(request, &in, form->next, form->resume, view);
    if (!problem && recovered)
        request_go_saying(request, "core.recovered", "/me/security");
    return problem;
}
