/*
 * Handlers of the mail address's pages.
 *
 * Must not know: SQL, HTML. Read next: core/login/address.c.
 */
#include "core/login/address_pages.h"

#include "core/login/address.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "web/words.h"

/* ---- links ---- */

const struct problem *core_mail_asked_page(struct request *request,
                                           const struct address_query *query,
                                           struct address_view *view)
{
    struct address_told told;
    const struct problem *problem =
        address_asked(request->db, request->memory, query->secret, request->now, &told);
    if (!problem)
        *view = (struct address_view){told.name, told.mail, told.other};
    return problem;
}

const struct problem *core_mail_asked(struct request *request, const struct address_query *form,
                                      struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        address_confirm(request->store, request->memory, form->secret, request->now);
    if (!problem)
        request_go_saying(request, "core.mail_confirmed",
                          request->viewer.signed_in ? "/me" : "/sign-in");
    return problem;
}

const struct problem *core_mail_undo_page(struct request *request,
                                          const struct address_query *query,
                                          struct address_view *view)
{
    struct address_told told;
    const struct problem *problem =
        address_changed(request->db, request->memory, query->secret, request->now, &told);
    if (!problem)
        *view = (struct address_view){told.name, told.mail, told.other};
    return problem;
}

const struct problem *core_mail_undo(struct request *request, const struct address_query *form,
                                     struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        address_undo(request->store, request->memory, form->secret, request->now);
    if (!problem)
        request_go_saying(request, "core.mail_given_back", "/sign-in");
    return problem;
}

/* ---- one's own ---- */

const struct problem *core_mail_page(struct request *request, const struct nothing *query,
                                     struct mail_view *view)
{
    struct login_row login;
    (void)query;
    const struct problem *problem =
        login_by_person(request->db, request->memory, request->viewer.person, &login);
    if (!problem)
        *view = (struct mail_view){login.mail, login.confirmed.ms > 0};
    return problem;
}

const struct problem *core_mail_change(struct request *request, const struct mail_form *form,
                                       struct nothing *view)
{
    (void)view;
    const struct problem *problem = address_change(
        request->store, request->memory, request->viewer.person, form->mail, request->now);
    if (problem)
        return request_blame(request, "mail", problem);
    request_go_saying(request, "core.mail_asked", "/me/security");
    return NULL;
}

const struct problem *core_mail_again(struct request *request, const struct nothing *form,
                                      struct nothing *view)
{
    (void)form;
    (void)view;
    const struct problem *problem =
        address_again(request->store, request->memory, request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "core.mail_sent_again", "/me/security");
    return problem;
}

const struct problem *core_mail_waits(struct request *request, enum portal portal,
                                      struct waiting_said *said)
{
    struct login_row login;
    if (portal != PORTAL_ME)
        return NULL;
    const struct problem *problem =
        login_by_person(request->db, request->memory, request->viewer.person, &login);
    if (problem || login.confirmed.ms)
        return problem;
    struct word_argument mail = {.name = "mail", .kind = FIELD_TEXT, .text = login.mail};
    struct memory *memory = request->memory;
    waiting_add(said,
                (struct waiting){
                    .turn = true,
                    .what = words_text(memory, request->language, "core.mail.waits", NULL, 0),
                    .why = words_text(memory, request->language, "core.mail.waits_why", &mail, 1),
                    .href = text_of("/me/security"),
                    .action = words_text(memory, request->language, "core.mail.waits_do", NULL, 0),
                });
    return NULL;
}
