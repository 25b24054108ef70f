/*
 * Pages with which people come in: signing up, in and out, passwords.
 *
 * Read next: core/login/routes.c for the paths, core/profile/pages.h for the profile.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_PAGES_H
#define CONTRAFLOW_CORE_LOGIN_PAGES_H

#include "core/login/login.h"
#include "core/login/webauthn.h"
#include "core/oidc/provider.h"

struct came_query {           /* shape: Where somebody came from */
    struct maybe_text next;   /* ..2000: Path to go on to */
    struct maybe_text resume; /* ..32: Key of a form that was kept */
};
struct came_view {      /* shape: A form that leads on to where somebody came from */
    struct text next;   /* url: Path to go on to; empty: none */
    struct text resume; /* Key of a form that was kept; empty: none */
    struct text others; /* url: The other way in, which leads to the same place */
    struct text origin; /* url: Address at which passkeys work; empty: nowhere */
    struct oidc_provider_line_list providers; /* That one can sign in with; at most 4 */
};

struct sign_in_form {         /* shape: Signing in */
    struct text mail;         /* ..254, mail: Mail address */
    struct text password;     /* 1..1000: Password */
    struct maybe_text next;   /* ..2000: Path to go on to */
    struct maybe_text resume; /* ..32: Key of a form that was kept */
};
struct sign_up_form {               /* shape: Signing up */
    struct text name;               /* 1..100: How you want to be called */
    struct text mail;               /* ..254, mail: Mail address */
    struct text password;           /* 1..1000: Password */
    struct maybe_text organisation; /* ..200: Name of your business */
    struct maybe_text next;         /* ..2000: Path to go on to */
    struct maybe_text resume;       /* ..32: Key of a form that was kept */
};
struct session_view {     /* shape: A session */
    struct text secret;   /* Goes into the header Authorization: Bearer */
    struct instant until; /* Over then */
    bool code_needed;     /* It is half a session: POST the code to /api/v1/sessions/code with it */
};

const struct problem *core_sign_in_page(struct request *request, const struct came_query *query,
                                        struct came_view *view);
const struct problem *core_sign_in(struct request *request, const struct sign_in_form *form,
                                   struct session_view *view);
const struct problem *core_sign_up_page(struct request *request, const struct came_query *query,
                                        struct came_view *view);
const struct problem *core_sign_up(struct request *request, const struct sign_up_form *form,
                                   struct session_view *view);
const struct problem *core_sign_out(struct request *request, const struct nothing *form,
                                    struct nothing *view);

struct forgotten_query {    /* shape: The page for a forgotten password */
    struct maybe_flag sent; /* A link was asked for */
};
struct forgotten_view { /* shape: The page for a forgotten password */
    bool sent;          /* A link was asked for */
};
struct forgotten_form { /* shape: Asking for a link to set a password */
    struct text mail;   /* ..254, mail: Mail address */
};
struct anew_query {     /* shape: A link to set a password */
    struct text secret; /* 1..100: Of the link */
};
struct anew_view {    /* shape: The page to set a password */
    struct text name; /* Whose */
};
struct anew_form {        /* shape: Setting a password by a link */
    struct text secret;   /* 1..100: Of the link */
    struct text password; /* 1..1000: New password */
};
struct change_view {  /* shape: The page to change a password */
    bool has_one;     /* There is one to ask for */
    struct text mail; /* for party: Where a link goes for who has none */
};
struct change_form {                /* shape: Changing a password */
    struct maybe_text password_now; /* ..1000: Present password */
    struct text password;           /* 1..1000: New password */
};

const struct problem *core_forgotten_page(struct request *request,
                                          const struct forgotten_query *query,
                                          struct forgotten_view *view);
const struct problem *core_forgotten(struct request *request, const struct forgotten_form *form,
                                     struct nothing *view);
const struct problem *core_anew_page(struct request *request, const struct anew_query *query,
                                     struct anew_view *view);
const struct problem *core_anew(struct request *request, const struct anew_form *form,
                                struct nothing *view);
const struct problem *core_change_page(struct request *request, const struct nothing *query,
                                       struct change_view *view);
const struct problem *core_change(struct request *request, const struct change_form *form,
                                  struct nothing *view);

/* ---- what these pages share with core/login/security_pages.c ---- */

/* The path to go on to and the key of a kept form, as far as they are fine; else empty. */
void core_came_from(const struct came_query *query, struct text *next, struct text *resume);
/* Goes to where they came from, the kept form with them, or else to `otherwise`. */
const struct problem *core_go_on(struct request *request, struct maybe_text next,
                                 struct maybe_text resume, const char *otherwise);
/* Gives the browser a session, or half of one, and goes on: to where they came from, to their own side, or
 * to the page for the code. */
const struct problem *core_welcome(struct request *request, const struct signing_in *in,
                                   struct maybe_text next, struct maybe_text resume,
                                   struct session_view *view);
struct identity_claim;
/* Somebody who signs up. */
struct newcomer {
    struct party_id person;             /* who they will be */
    struct text name;                   /* how they want to be called */
    struct text mail;                   /* any case */
    struct text hash;                   /* of their password; empty: none */
    struct maybe_text organisation;     /* a business to found */
    const struct identity_claim *claim; /* their account elsewhere; NULL: none */
    struct maybe_text next, resume;     /* where they came from */
};
/* Makes them, with a passkey when `made` is not NULL, signs them in and goes on. */
const struct problem *core_arrive(struct request *request, const struct newcomer *newcomer,
                                  const struct webauthn_made *made, struct text made_name,
                                  struct session_view *view);
/* A rule about one field: told in the form, and as itself to programs. */
const struct problem *core_blame(struct request *request, const char *field,
                                 const struct problem *problem);

#endif
