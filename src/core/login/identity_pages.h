/*
 * Pages of accounts elsewhere: going to a provider and coming back, signing up with one, connecting one.
 *
 * A form here is answered with a page that leads on to the provider: browsers let no form's answer lead to
 * another site (`form-action 'self'`), and a link could be followed from a page elsewhere.
 * Read next: core/login/routes.c for the paths, core/login/identity.h.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_IDENTITY_PAGES_H
#define CONTRAFLOW_CORE_LOGIN_IDENTITY_PAGES_H

#include "core/login/identity.h"
#include "core/login/pages.h"

struct provider_form {        /* shape: Going to a provider */
    int64_t provider;         /* 1..4: Which */
    struct maybe_text next;   /* ..2000: Path to go on to */
    struct maybe_text resume; /* ..32: Key of a form that was kept */
};
struct leave_view {   /* shape: The page that leads on to a provider */
    struct text name; /* The provider's name */
    struct text url;  /* url: Where it leads */
};
struct provider_answer {     /* shape: What a browser brought back from a provider */
    int64_t provider;        /* 1..4: Which */
    struct maybe_text state; /* ..100: That it was sent with */
    struct maybe_text code;  /* ..4096: To be made a token */
    struct maybe_text error; /* ..200: Why there is no code */
    struct maybe_text iss;   /* ..500: How the provider calls itself (RFC 9207) */
};
struct offer_query {    /* shape: An account elsewhere that is nobody's yet */
    struct text secret; /* 1..100: Of the offer */
};
struct offer_view {       /* shape: An account elsewhere that is nobody's yet */
    struct text provider; /* Name of the provider */
    struct text name;     /* How it says that you are called; may be empty */
    struct text mail;     /* Address that it says you have; may be empty */
    bool is_verified;     /* It says that the address is yours */
    bool is_taken;        /* Somebody here has that address */
    struct text others;   /* url: Signing in, which leads to connecting it */
    struct text secret;   /* Of the offer */
};
struct offer_sign_up_form {         /* shape: Signing up with an account elsewhere */
    struct text secret;             /* 1..100: Of the offer */
    struct text name;               /* 1..100: How you want to be called */
    struct text mail;               /* ..254, mail: Mail address */
    struct maybe_text organisation; /* ..200: Name of your business */
};
struct identity_form {           /* shape: One account elsewhere */
    struct identity_id identity; /* Which */
};

const struct problem *core_provider_sign_in(struct request *request,
                                            const struct provider_form *form,
                                            struct leave_view *view);
const struct problem *core_provider_connect(struct request *request,
                                            const struct provider_form *form,
                                            struct leave_view *view);
const struct problem *core_provider_prove(struct request *request, const struct provider_form *form,
                                          struct leave_view *view);
const struct problem *core_provider_back(struct request *request,
                                         const struct provider_answer *query, struct nothing *view);
const struct problem *core_offer_page(struct request *request, const struct offer_query *query,
                                      struct offer_view *view);
const struct problem *core_offer_sign_up(struct request *request,
                                         const struct offer_sign_up_form *form,
                                         struct session_view *view);
const struct problem *core_offer_connect_page(struct request *request,
                                              const struct offer_query *query,
                                              struct offer_view *view);
const struct problem *core_offer_connect(struct request *request, const struct offer_query *form,
                                         struct nothing *view);
const struct problem *core_identity_remove(struct request *request,
                                           const struct identity_form *form, struct nothing *view);

#endif
