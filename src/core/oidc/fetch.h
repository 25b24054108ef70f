/*
 * Calls to providers over HTTP, by libcurl, from whoever serves the person who waits for it.
 *
 * A slow or dead provider must not hold up anybody else: at most OIDC_AT_ONCE people wait for one provider and
 * half of the workers for all of them, each call ends within OIDC_CALL_MS, and after one that found no living
 * server there nobody tries for OIDC_REST_MS. No redirect is followed, no proxy asked, an answer beyond
 * OIDC_ANSWER_MAX refused. Must not know: what is said. Read next: core/oidc/fetch.c.
 */
#ifndef CONTRAFLOW_CORE_OIDC_FETCH_H
#define CONTRAFLOW_CORE_OIDC_FETCH_H

#include "core/oidc/provider.h"

enum {
    OIDC_AT_ONCE = 8,            /* people who wait for one provider */
    OIDC_CALL_MS = 4000,         /* of one call */
    OIDC_EXCHANGE_MS = 7000,     /* of all calls while a person waits */
    OIDC_REST_MS = 10000,        /* that a dead provider is left alone */
    OIDC_ANSWER_MAX = 128 << 10, /* bytes */
};

extern const struct problem oidc_unreached; /* 503, retry: it doesn't answer as it should */
extern const struct problem oidc_busy;      /* 503, retry: too many wait for it just now */

struct oidc_call {
    const struct oidc_provider *provider; /* whose */
    struct text address;                  /* https://... */
    struct text form;  /* what is posted, as application/x-www-form-urlencoded; data NULL: GET */
    struct text proof; /* header Authorization; empty: none */
    int64_t until;     /* clock_ticks() at which it is given up */
};

/* Once, at start: how many people may wait for all providers together. */
void oidc_fetch_start(int64_t most);
/* A person waits for a provider from now on; &oidc_busy, or &oidc_unreached while it is left alone. *until: the
 * moment (clock_ticks()) by which all calls for them must be done. Then oidc_leave(). */
const struct problem *oidc_enter(const struct oidc_provider *provider, int64_t *until);
void oidc_leave(const struct oidc_provider *provider);

/* Any answer with a status; *out is terminated. */
const struct problem *oidc_fetch(struct memory *memory, const struct oidc_call *call,
                                 int64_t *status, struct text *out);

#endif
