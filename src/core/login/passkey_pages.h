/*
 * Pages of passkeys: signing up and in with one, one's own, and proving by one.
 *
 * A page's script asks what to have signed (the .../ask routes, which answer JSON), lets the browser have
 * it signed, and sends the answer as a form (ui/scripts/passkey.js).
 * Read next: core/login/routes.c for the paths, core/login/passkey.h.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_PASSKEY_PAGES_H
#define CONTRAFLOW_CORE_LOGIN_PASSKEY_PAGES_H

#include "core/login/pages.h"
#include "core/login/passkey.h"

struct passkey_question {   /* shape: What a passkey is to sign */
    struct text challenge;  /* Random, base64url; good once, for five minutes, in this browser */
    struct text host;       /* The relying party's id */
    struct text site;       /* Name of this site */
    struct text owner;      /* User handle of a new passkey; empty when one is to sign */
    struct text mail;       /* Mail address of its owner; empty when one is to sign */
    struct text name;       /* How its owner is called; empty when one is to sign */
    struct text_list known; /* Passkeys that may sign, or that a new one is not to be; empty: any */
    int64_t life;           /* Milliseconds to answer in */
};
struct passkey_sign_up_ask_form { /* shape: Asking what a new person's passkey is to sign */
    struct text name;             /* 1..100: How you want to be called */
    struct text mail;             /* ..254, mail: Mail address */
};
struct passkey_made_form {          /* shape: A new passkey */
    struct text said;               /* 1..4000: What the browser was asked, base64url */
    struct text passkey;            /* 1..4000: The authenticator's data, base64url */
    struct maybe_text passkey_name; /* ..60: What you call it */
};
struct passkey_sign_up_form {       /* shape: Signing up with a passkey */
    struct text name;               /* 1..100: How you want to be called */
    struct text mail;               /* ..254, mail: Mail address */
    struct maybe_text organisation; /* ..200: Name of your business */
    struct text said;               /* 1..4000: What the browser was asked, base64url */
    struct text passkey;            /* 1..4000: The authenticator's data, base64url */
    struct maybe_text next;         /* ..2000: Path to go on to */
    struct maybe_text resume;       /* ..32: Key of a form that was kept */
};
struct passkey_signed_form {  /* shape: What a passkey signed */
    struct text credential;   /* 1..1364: Which passkey, base64url */
    struct text said;         /* 1..4000: What the browser was asked, base64url */
    struct text passkey;      /* 1..4000: The authenticator's data, base64url */
    struct text signature;    /* 1..1000: Its signature, base64url */
    struct maybe_text owner;  /* ..64: The user handle */
    struct maybe_text next;   /* ..2000: Path to go on to */
    struct maybe_text resume; /* ..32: Key of a form that was kept */
};
struct passkey_new_view {  /* shape: The page to make a passkey */
    struct text origin;    /* url: Address at which passkeys work; empty: nowhere */
    struct text suggested; /* A name for it */
};
struct passkey_form {          /* shape: One passkey */
    struct passkey_id passkey; /* Which */
};
struct passkey_name_form {     /* shape: Another name for a passkey */
    struct passkey_id passkey; /* Which */
    struct text passkey_name;  /* 1..100: What you call it */
};

const struct problem *core_passkey_sign_in_ask(struct request *request, const struct nothing *form,
                                               struct passkey_question *view);
const struct problem *core_passkey_sign_in(struct request *request,
                                           const struct passkey_signed_form *form,
                                           struct session_view *view);
const struct problem *core_passkey_sign_up_ask(struct request *request,
                                               const struct passkey_sign_up_ask_form *form,
                                               struct passkey_question *view);
const struct problem *core_passkey_sign_up(struct request *request,
                                           const struct passkey_sign_up_form *form,
                                           struct session_view *view);
const struct problem *core_passkey_page(struct request *request, const struct nothing *query,
                                        struct passkey_new_view *view);
const struct problem *core_passkey_add_ask(struct request *request, const struct nothing *form,
                                           struct passkey_question *view);
const struct problem *core_passkey_add(struct request *request,
                                       const struct passkey_made_form *form, struct nothing *view);
const struct problem *core_passkey_name(struct request *request,
                                        const struct passkey_name_form *form, struct nothing *view);
const struct problem *core_passkey_remove(struct request *request, const struct passkey_form *form,
                                          struct nothing *view);
const struct problem *core_passkey_prove_ask(struct request *request, const struct nothing *form,
                                             struct passkey_question *view);
const struct problem *core_passkey_prove(struct request *request,
                                         const struct passkey_signed_form *form,
                                         struct nothing *view);

/* Address at which passkeys work, for a page's script; empty: nowhere. */
const struct problem *core_passkey_origin(struct request *request, struct text *out);

#endif
