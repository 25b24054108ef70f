/*
 * The providers that the operator has set: which there are, and what they publish about themselves.
 *
 * What they publish (OpenID Connect Discovery 1.0, and their keys) is fetched when it is first needed, kept
 * in memory for an hour, and fetched by one at a time while a few others wait for it.
 * Read next: core/oidc/provider.c, core/oidc/fetch.h.
 */
#ifndef CONTRAFLOW_CORE_OIDC_PROVIDER_H
#define CONTRAFLOW_CORE_OIDC_PROVIDER_H

#include "base/settings.h"
#include "base/shape.h"

enum { OIDC_PROVIDERS = 4, OIDC_SETTINGS = OIDC_PROVIDERS * 4 };

struct oidc_provider {
    int64_t number;     /* 1 to OIDC_PROVIDERS; names it in paths */
    struct text name;   /* as people know it */
    struct text issuer; /* its address, exactly as it calls itself */
    struct text client; /* as which it knows us */
    struct text secret; /* that it knows us by; empty: none was given */
    bool loopback;      /* it is on this machine, where http will do (tests) */
};
struct oidc_provider_line { /* shape: A provider that one can sign in with */
    int64_t number;         /* Names it in paths */
    struct text name;       /* As people know it */
};
LIST_OF(oidc_provider_line);

/* What a provider publishes about itself, as far as we use it. */
struct oidc_site {
    struct text authorize; /* where people say there that it is them */
    struct text token;     /* where a code becomes a token */
    struct text keys;      /* its JSON Web Key Set */
    struct text person;    /* what it knows about somebody; empty: it tells nobody */
    bool posts_secret;     /* it takes our secret in the form only */
    bool names_itself;     /* its answers carry `iss` (RFC 9207) */
};

extern const struct setting oidc_settings[OIDC_SETTINGS];

/* Once, at start: reads the settings. *complaint says which is wrong, with &invalid_input. */
const struct problem *oidc_providers_start(struct memory *process, struct text *complaint);

/* NULL when there is none of that number, or of that issuer. */
const struct oidc_provider *oidc_provider_of(int64_t number);
const struct oidc_provider *oidc_provider_by(struct text issuer);
const struct problem *oidc_providers(struct memory *memory, struct oidc_provider_line_list *out);

/* Both may wait for the network until `until` (clock_ticks()), so never inside a write. &oidc_unreached,
 * &oidc_busy, &oidc_wrong. */
const struct problem *oidc_discover(struct memory *memory, const struct oidc_provider *provider,
                                    int64_t until, struct oidc_site *out);
/* `anew`: those that are kept lack the key that is asked for. They are fetched again once a minute at most. */
const struct problem *oidc_keys(struct memory *memory, const struct oidc_provider *provider,
                                const struct oidc_site *site, bool anew, int64_t until,
                                struct text *out);

/* Whether a provider's endpoint may be called: https, or where the provider is on this machine, http to it. */
bool oidc_address_fine(const struct oidc_provider *provider, struct text address);

#endif
