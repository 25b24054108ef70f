/*
 * Pages on which people see to the safety of their account: where they are signed in, and
 * proving again who they are.
 *
 * Read next: core/login/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_SECURITY_PAGES_H
#define CONTRAFLOW_CORE_LOGIN_SECURITY_PAGES_H

#include "core/login/identity.h"
#include "core/login/pages.h"
#include "core/login/passkey.h"
#include "core/login/session.h"

struct security_view {                    /* shape: How safe one's account is */
    struct text mail;                     /* for party: How one signs in */
    bool is_confirmed;                    /* Mail to it is known to reach its person */
    bool has_password;                    /* There is a password */
    struct session_row_list sessions;     /* Where one is signed in, this one first; at most 200 */
    bool elsewhere;                       /* There are others than this one */
    struct maybe_instant factor;          /* A code is asked for at sign-in since */
    int64_t recovery;                     /* Recovery codes that are left */
    struct passkey_line_list passkeys;    /* The eldest first; at most 20 */
    struct text origin;                   /* url: Address at which passkeys work; empty: nowhere */
    struct identity_line_list identities; /* Accounts elsewhere, the eldest first; at most 10 */
    struct oidc_provider_line_list providers; /* Where one can have such an account; at most 4 */
};
struct session_form {          /* shape: One session */
    struct session_id session; /* Which */
};

const struct problem *core_security_page(struct request *request, const struct nothing *query,
                                         struct security_view *view);
const struct problem *core_session_end(struct request *request, const struct session_form *form,
                                       struct nothing *view);
const struct problem *core_sessions_end_others(struct request *request, const struct nothing *form,
                                               struct nothing *view);

struct prove_view {                           /* shape: Proving again who one is */
    struct text next;                         /* url: Path to go on to; empty: none */
    struct text resume;                       /* Key of a form that was kept; empty: none */
    bool has_password;                        /* There is a password to ask for */
    bool has_factor;                          /* A code will do in its place */
    bool has_passkey;                         /* And so will a passkey */
    struct oidc_provider_line_list providers; /* And so will an account there */
    struct text origin; /* url: Address at which passkeys work; empty: nowhere */
};
struct prove_form {                   /* shape: Proving again who one is */
    struct maybe_text password_again; /* ..1000: Password */
    struct maybe_text
        code; /* ..40: Code of the app, or a recovery code, in place of the password */
    struct maybe_text next;   /* ..2000: Path to go on to */
    struct maybe_text resume; /* ..32: Key of a form that was kept */
};

const struct problem *core_prove_page(struct request *request, const struct came_query *query,
                                      struct prove_view *view);
const struct problem *core_prove(struct request *request, const struct prove_form *form,
                                 struct nothing *view);

#endif
