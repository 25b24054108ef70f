/*
 * Who asks, whether they may, and how often: what stands before every handler.
 *
 * A session comes by cookie or, from a program that signed in, by "Authorization: Bearer"; so does a key.
 * With that header no cookie counts and no token is asked for, since no page elsewhere can send it. A key
 * opens paths under /api/v1 only, and of these what its scopes name, or what anyone may read without one.
 * Must not know: sockets, how sessions and keys are kept. Read next: web/access.c, web/limits.c.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "web/router.h"

const struct problem web_sign_in = {"web.sign_in", 401, FAULT_CLIENT, false};
const struct problem web_bad_key = {"web.bad_key", 401, FAULT_CLIENT, false};
const struct problem web_keyless = {"web.keyless", 403, FAULT_CLIENT, false};
const struct problem web_scope = {"web.scope", 403, FAULT_CLIENT, false};
const struct problem web_forged = {"web.forged", 403, FAULT_CLIENT, false};
const struct problem web_too_often = {"web.too_often", 429, FAULT_CLIENT, true};

enum { KEY_BYTES = 200 /* at most */ };

/* ---- who asks --------------------------------------------------------------------------------- */

void admit_read(struct passage *passage)
{
    struct incoming *incoming = passage->incoming;
    struct text header = incoming->authorization;
    passage->session = decode_cookie(incoming->cookie, SESSION_COOKIE);
    passage->bearer = header.size >= 7 && strncasecmp(header.data, "Bearer ", 7) == 0;
    if (!passage->bearer)
        return;
    struct text key = text_trim((struct text){header.data + 7, header.size - 7});
    bool fine = key.size <= KEY_BYTES &&
                text_valid((struct bytes){(const unsigned char *)key.data, key.size});
    passage->keyed = text_starts(key, KEY_PREFIX);
    passage->key = fine && passage->keyed ? key : (struct text){"", 0};
    passage->session = fine && !passage->keyed ? key : (struct text){"", 0};
    incoming->cookie = (struct text){"", 0};
}

/* Takes a call out of a bucket and says what is left of it. */
static bool take(struct passage *passage, const char *policy, enum rate rate, struct text who,
                 int64_t cost)
{
    struct limits *limits = passage->server->limits;
    struct answer *answer = passage->answer;
    if (!limits)
        return true;
    struct limit_state state = limits_take(limits, rate, who, cost, clock_ticks());
    answer_header(answer, "RateLimit-Policy", "\"%s\";q=%lld;w=%lld", policy,
                  (long long)state.limit, (long long)state.window);
    answer_header(answer, "RateLimit", "\"%s\";r=%lld;t=%lld", policy, (long long)state.remaining,
                  (long long)state.reset);
    if (!state.allowed)
        answer_header(answer, "Retry-After", "%lld", (long long)state.reset);
    return state.allowed;
}

const struct problem *limits_spend(struct request *request, enum rate rate, struct text who)
{
    struct limits *limits = request->server->limits;
    if (!limits)
        return NULL;
    struct limit_state state = limits_take(limits, rate, who, 1, clock_ticks());
    if (state.allowed)
        return NULL;
    answer_header(request->answer, "Retry-After", "%lld", (long long)state.reset);
    return &web_too_often;
}

const struct problem *request_take_turn(struct request *request, struct text name)
{
    return limits_spend(request, RATE_NORMAL, name);
}

/* Trying keys is limited by address, so that it costs nobody else anything. */
static const struct problem *load_key(struct passage *passage)
{
    const struct server_options *options = &passage->server->options;
    struct viewer *viewer = &passage->request.viewer;
    const struct problem *problem = &web_bad_key;
    if (passage->key.size && options->key_load)
        problem = options->key_load(&passage->request, passage->key, viewer);
    if (problem)
        *viewer = (struct viewer){.signed_in = false};
    if (problem && problem->status == 401 &&
        !take(passage, "address", RATE_NORMAL, passage->request.address, 1))
        return &web_too_often;
    return problem;
}

const struct problem *admit_viewer(struct passage *passage)
{
    const struct server_options *options = &passage->server->options;
    if (passage->keyed)
        return load_key(passage);
    if (passage->session.size == 0 || !options->viewer_load)
        return NULL;
    const struct problem *problem =
        options->viewer_load(&passage->request, passage->session, &passage->request.viewer);
    if (problem)
        passage->request.viewer = (struct viewer){.signed_in = false};
    return problem;
}

/* ---- may they, and how often ------------------------------------------------------------------ */

static const struct problem *check_key(struct passage *passage, const struct endpoint *endpoint)
{
    const struct viewer *viewer = &passage->request.viewer;
    const struct route *route = endpoint->route;
    if (!endpoint->api || !access_scope(endpoint->owner, route, passage->scope))
        return endpoint->api && route->method == GET && route->who == ANYONE ? NULL : &web_keyless;
    if (!access_on_side(route, viewer))
        return &not_allowed;
    if (access_holds(viewer->scopes, passage->scope))
        return NULL;
    passage->answer->scope = passage->scope;
    return &web_scope;
}

static const char *policy_of(enum rate rate)
{
    static const char *const names[] = {"normal", "slow",    "secret", "upload",
                                        "guest",  "address", "house"};
    return names[rate];
}

/* A key has a bucket of its own, and all keys of an address share one. */
static bool within_rate(struct passage *passage, const struct route *route)
{
    const struct viewer *viewer = &passage->request.viewer;
    char name[32];
    struct text who = passage->request.address;
    if (viewer->keyed) {
        snprintf(name, sizeof name, "k%lld", (long long)viewer->key);
        who = text_of(name);
    } else if (viewer->signed_in) {
        snprintf(name, sizeof name, "p%lld", (long long)viewer->person.value);
        who = text_of(name);
    }
    int64_t files = (int64_t)passage->incoming->body.file_count;
    int64_t cost = route->rate == RATE_UPLOAD && files > 1 ? files : 1;
    if (!take(passage, policy_of(route->rate), route->rate, who, cost))
        return false;
    return !viewer->keyed ||
           take(passage, policy_of(RATE_ADDRESS), RATE_ADDRESS, passage->request.address, 1);
}

const struct problem *admit_caller(struct passage *passage, const struct endpoint *endpoint)
{
    const struct viewer *viewer = &passage->request.viewer;
    const struct problem *problem = viewer->keyed ? check_key(passage, endpoint) : NULL;
    if (!problem && !access_allows(endpoint->route->who, viewer))
        problem = viewer->signed_in ? &not_allowed : &web_sign_in;
    if (!problem && !within_rate(passage, endpoint->route))
        problem = &web_too_often;
    return problem;
}

void admit_challenge(const struct passage *passage, const struct problem *problem)
{
    struct answer *answer = passage->answer;
    if (problem == &web_scope)
        answer_header(answer, "WWW-Authenticate",
                      "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"%s\"",
                      passage->scope);
    else if (problem->status == 401)
        answer_header(answer, "WWW-Authenticate", "Bearer realm=\"api\"%s",
                      passage->bearer ? ", error=\"invalid_token\"" : "");
}

/* ---- forms ------------------------------------------------------------------------------------ */

/* True when Origin is this site: the address it is set to have, or the Host that was asked. */
bool admit_same_origin(const struct passage *passage)
{
    struct text origin = passage->incoming->origin;
    struct text site = passage->server->site_url;
    struct text host = passage->incoming->host;
    if (origin.size == 0)
        return false;
    if (site.size && text_equal(origin, site))
        return true;
    const char *scheme = text_starts(origin, "https://") ? "https://" : "http://";
    size_t skip = strlen(scheme);
    return site.size == 0 && host.size && text_starts(origin, scheme) &&
           text_equal((struct text){origin.data + skip, origin.size - skip}, host);
}

const struct problem *admit_form(const struct passage *passage)
{
    const struct incoming *incoming = passage->incoming;
    const struct forgery *forgery = &passage->server->forgery;
    if (incoming->verb == GET || passage->bearer)
        return NULL;
    if (text_is(incoming->fetch_site, "cross-site"))
        return &web_forged;
    /* Nobody's authority is there to be borrowed; still only our own page in the frame sends it. */
    if (incoming->match.endpoint->route->framed)
        return incoming->origin.size == 0 || admit_same_origin(passage) ? NULL : &web_forged;
    struct text token =
        incoming->token.size ? incoming->token : pairs_find(&incoming->body.form, "token");
    bool json = incoming->body.kind == BODY_JSON;
    if (passage->request.viewer.signed_in) {
        if (forgery_matches(forgery, passage->session, token) ||
            (json && admit_same_origin(passage)))
            return NULL;
        return &web_forged;
    }
    /* A session that is over, or only half of one, is a secret of this browser as good as the form's. */
    if (forgery_matches(forgery, passage->form_secret, token) ||
        (passage->session.size && forgery_matches(forgery, passage->session, token)))
        return NULL;
    /* Nobody's authority is borrowed without a session, and a page elsewhere cannot send JSON. */
    return json && (incoming->origin.size == 0 || admit_same_origin(passage)) ? NULL : &web_forged;
}
