/*
 * What apps call for their tokens, in the words of RFC 6749, 7009 and 8414.
 *
 * Read next: core/apps/token_pages.c.
 */
#ifndef CONTRAFLOW_CORE_APPS_TOKEN_PAGES_H
#define CONTRAFLOW_CORE_APPS_TOKEN_PAGES_H

#include "core/apps/app.h"

struct token_view {            /* shape: What an app gets (RFC 6749, 5.1) */
    struct text access_token;  /* Goes into the header Authorization: Bearer */
    struct text token_type;    /* Bearer */
    int64_t expires_in;        /* Seconds */
    struct text refresh_token; /* For the next pair; good once */
    struct text scope;         /* What it may do, with blanks between */
};
struct token_refusal {             /* shape: Why an app gets nothing (RFC 6749, 5.2) */
    struct text error;             /* A word of the standard */
    struct text error_description; /* For its developer */
};
struct issuer_view {                           /* shape: How apps come by tokens here (RFC 8414) */
    struct text issuer;                        /* Address of this installation */
    struct text authorization_endpoint;        /* Where people are sent */
    struct text token_endpoint;                /* Where codes become tokens */
    struct text revocation_endpoint;           /* Where tokens are given back */
    struct text_list scopes_supported;         /* All that can be asked for */
    struct text_list response_types_supported; /* code */
    struct text_list response_modes_supported; /* query */
    struct text_list grant_types_supported;    /* authorization_code, refresh_token */
    struct text_list token_endpoint_auth_methods_supported;      /* How an app proves who it is */
    struct text_list revocation_endpoint_auth_methods_supported; /* The same */
    struct text_list code_challenge_methods_supported;           /* S256 */
    bool authorization_response_iss_parameter_supported; /* Answers say who gives them (RFC 9207) */
    struct text service_documentation;                   /* A page to read */
    struct text_list ui_locales_supported;               /* Languages of the pages */
};

const struct problem *core_token(struct request *request, const struct nothing *form,
                                 struct nothing *view);
const struct problem *core_token_revoke(struct request *request, const struct nothing *form,
                                        struct nothing *view);
const struct problem *core_issuer(struct request *request, const struct nothing *query,
                                  struct issuer_view *view);

#endif
