/*
 * Pages of the second factor: setting it up, recovery codes, turning it off, and the code at sign-in.
 *
 * Read next: core/login/routes.c for the paths, core/login/factor.h.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_FACTOR_PAGES_H
#define CONTRAFLOW_CORE_LOGIN_FACTOR_PAGES_H

#include "core/login/factor.h"
#include "core/login/pages.h"

struct factor_view {     /* shape: Setting up an authenticator app */
    struct text secret;  /* for party: Base32, in groups of four, to be typed where no camera is */
    struct text address; /* for party: What the QR code says, "otpauth://totp/..." */
    struct text picture; /* for party: The QR code as the data of an SVG path */
    int64_t side;        /* Its width with the quiet zone, in modules */
};
struct code_form {    /* shape: A code of the app */
    struct text code; /* 1..40: Code */
};
struct recovery_view {               /* shape: Recovery codes, shown once */
    struct recovery_code_list codes; /* Each works once in place of the app's code */
};
struct factor_end_form {            /* shape: Turning the second factor off */
    struct maybe_text password_now; /* ..1000: Password */
    struct text code;               /* 1..40: Code of the app, or a recovery code */
};
struct code_view {      /* shape: The page for the code at sign-in */
    struct text next;   /* url: Path to go on to; empty: none */
    struct text resume; /* Key of a form that was kept; empty: none */
};
struct sign_in_code_form {    /* shape: The code at sign-in */
    struct text code;         /* 1..40: Code of the app, or a recovery code */
    struct maybe_text next;   /* ..2000: Path to go on to */
    struct maybe_text resume; /* ..32: Key of a form that was kept */
};

const struct problem *core_factor_page(struct request *request, const struct nothing *query,
                                       struct factor_view *view);
const struct problem *core_factor_begin(struct request *request, const struct nothing *form,
                                        struct nothing *view);
const struct problem *core_factor_confirm(struct request *request, const struct code_form *form,
                                          struct recovery_view *view);
const struct problem *core_factor_renew(struct request *request, const struct nothing *form,
                                        struct recovery_view *view);
const struct problem *core_factor_end(struct request *request, const struct factor_end_form *form,
                                      struct nothing *view);
const struct problem *core_sign_in_code_page(struct request *request,
                                             const struct came_query *query,
                                             struct code_view *view);
const struct problem *core_sign_in_code(struct request *request,
                                        const struct sign_in_code_form *form,
                                        struct session_view *view);

#endif
