/*
 * What stands between the listener and the handlers: private to web/.
 *
 * An `incoming` is a request as it came, from a socket or from server_call(); router_prepare() finds
 * its route, router_answer() does everything else and leaves an answer to send.
 * Must not know: libmicrohttpd. Read next: web/router.c.
 */
#ifndef CONTRAFLOW_WEB_ROUTER_H
#define CONTRAFLOW_WEB_ROUTER_H

#include <stdatomic.h>

#include "web/access.h"
#include "web/answer.h"
#include "web/assets.h"
#include "web/body.h"
#include "web/forgery.h"
#include "web/limits.h"
#include "web/match.h"
#include "web/server.h"

#define FORM_COOKIE     "form"
#define SESSION_COOKIE  "session"
#define LANGUAGE_COOKIE "language"
#define SIGN_IN_PATH    "/sign-in"
#define PROVE_PATH      "/me/prove"
#define HEALTH_PATH     "/healthz"

extern const struct problem web_not_allowed_method; /* 405: the path exists, not by this method */
extern const struct problem web_forged;             /* 403: the anti-forgery token is missing */
extern const struct problem web_no_key;             /* 400: an idempotency key is missing */
extern const struct problem web_bad_key;            /* 401: the key is not one */
extern const struct problem web_keyless;            /* 403: nothing that a key can do */
extern const struct problem web_scope;              /* 403: the key lacks the scope */
extern const struct problem web_origin;     /* 403: the key comes from a website it may not */
extern const struct problem web_too_often;  /* 429: the rate limit */
extern const struct problem web_overloaded; /* 503: the queue is full */
extern const struct problem web_ambiguous;  /* 400: the request can be read in two ways */

/* One path of one route: its page path or its api path. */
struct endpoint {
    const struct route *route;
    const char *owner;                       /* the table's */
    const char *path;                        /* pattern: route->path or route->api */
    bool api;                                /* answers JSON only */
    struct text names[MATCH_PARAMETERS_MAX]; /* of its parameters */
    size_t count;
    struct shape body;            /* the input without the path's members */
    struct template *page;        /* NULL: no page */
    struct shape form;            /* merged inputs of the forms that come back to this page */
    bool has_form;                /* some form does */
    bool sets_form_cookie;        /* one of them is open */
    const struct endpoint *again; /* of a form: the page to show it on again; NULL */
};

/* One portal's navigation, in order. */
struct nav {
    const struct nav_entry *const *entries;
    size_t count;
};

struct server {
    struct memory *process;
    struct server_options options;
    struct endpoint *endpoints;
    size_t endpoint_count;
    struct match_tree *tree;
    struct nav nav[PORTAL_DESK + 1];
    struct template *problem_page;
    struct assets assets;
    struct forgery forgery;
    struct limits *limits; /* NULL: switched off */
    struct text folder;    /* DATA/tmp */
    struct text site;      /* settings, read once */
    struct text site_url;
    struct currency currency;
    bool https;
    bool demo;
    struct text trusted;       /* addresses of proxies, separated by commas */
    struct listener *listener; /* NULL until it listens */
    struct loop *loop;         /* the I/O thread; NULL until it listens */
    struct live *live;         /* streams of live pages; NULL until it listens */
    struct caller *caller;     /* what server_call() reads through */
    atomic_bool stopping;      /* it will end soon: a proxy should go elsewhere */
};

#define HEADS_OWN_MAX 16 /* headers kept that no part of web reads */

/* A request as it came. Texts live as long as `memory`. */
struct incoming {
    struct memory *memory;
    struct text method;    /* as written */
    struct text target;    /* as written: "/path?query" */
    struct text raw_path;  /* before the question mark */
    struct text raw_query; /* behind it */
    bool head;             /* HEAD: as GET, and the body is not sent */
    bool options;          /* OPTIONS */
    enum method verb;      /* 0: none that we know */
    struct match match;
    const struct problem *problem; /* found before a worker saw it */
    char id[24];                   /* of the request, for the log and problem documents */

    /* Header values, empty when absent. */
    struct text accept, accept_language, accept_encoding, cookie, content_type, origin, fetch_site,
        token, once, host, if_none_match, if_match, range, authorization, forwarded_for, user_agent,
        last_event, fetch_dest, fetch_mode, fetch_user, referer, purpose;
    struct request_head own_heads[HEADS_OWN_MAX]; /* those that begin with X- */
    size_t own_head_count;
    struct text address; /* of the peer or, behind a trusted proxy, of its client */
    struct body body;
};

/* Checks every route and builds the tree; binds templates. */
const struct problem *routes_compile(struct server *server, struct text *complaint);

/* Splits the target, finds the route. Cheap: runs on the I/O thread. */
void router_prepare(const struct server *server, struct incoming *incoming);
/* Bytes the body may have. */
size_t router_body_limit(const struct incoming *incoming);
/* True and an answer when no worker is needed: assets. */
bool router_answer_static(const struct server *server, const struct incoming *incoming,
                          struct answer *answer);
/* Answers. `db` may be NULL when the server has no store. Never fails: there is always an answer. */
void router_answer(struct server *server, struct incoming *incoming, struct database *db,
                   struct answer *answer);
/* The same for a look by ourselves (web/live.c): neither logged nor settled. */
void router_look(struct server *server, struct incoming *incoming, struct database *db,
                 struct answer *answer);
/* Answers with a problem's document or page, without a database and so as to nobody known, for the
 * listener's own refusals. Cheap enough for the I/O thread. */
void router_refuse(struct server *server, struct incoming *incoming, const struct problem *problem,
                   struct answer *answer);

/* One request under way, shared by router.c, page.c and again.c. */
struct passage {
    struct server *server;
    struct incoming *incoming;
    struct request request;
    struct answer *answer;
    struct pairs path;       /* parameters with their names */
    struct pairs query;      /* of the target */
    struct text session;     /* secret that came; empty when none */
    struct text key;         /* that came instead; empty when none, or when it can't be one */
    bool bearer;             /* session or key came by Authorization, not by cookie */
    bool keyed;              /* it was a key, good or not */
    char scope[SCOPE_MAX];   /* that the endpoint asks of a key; empty when none or unknown */
    struct text form_secret; /* of the double submit; empty until needed */
};

/* Fills the page's root. */
const struct problem *page_fill(struct passage *passage, const struct endpoint *endpoint,
                                size_t errors, struct page_root *out);
/* Renders a page into the answer. */
/* Where whoever has a portal, but not what its front shows, begins there; NULL: this is no such front. */
const char *page_other_front(const struct passage *passage);
const struct problem *page_answer(struct passage *passage, const struct endpoint *endpoint,
                                  int status, const void *view, const struct form_state *form);
/* Renders the problem page. */
const struct problem *page_problem(struct passage *passage, const struct problem *problem,
                                   const struct field_errors *errors);
/* Shows the form again with what was typed and what is wrong. */
const struct problem *again_answer(struct passage *passage, const struct endpoint *form);
/* Keeps the typed form of someone whose session ended; *key names it. False: nothing to keep. */
bool resume_keep(struct passage *passage, char key[33]);
/* The form kept under the query's `resume`, for this page. False: there is none. */
bool resume_find(struct passage *passage, const struct endpoint *page, struct form_state *out);
/* Removes kept forms older than a day; at start. */
void resume_clean(const struct server *server);

/* Reads who the request says it comes from, in web/admit.c: a key makes all cookies as if they were not
 * there. */
void admit_read(struct passage *passage);
/* Finds out who that is; a key that is no good refuses the request. */
const struct problem *admit_viewer(struct passage *passage);
/* Allows scripts of a registered website to read the answer; refuses a key from another. */
const struct problem *cross_admit(struct passage *passage);
/* True when the request's Origin is this site. */
bool admit_same_origin(const struct passage *passage);
/* Whether they may call an endpoint, and not too often. */
const struct problem *admit_caller(struct passage *passage, const struct endpoint *endpoint);
/* Whether a form is this site's own. */
const struct problem *admit_form(const struct passage *passage);
/* Adds what a program needs to know about a refusal (RFC 6750). */
void admit_challenge(const struct passage *passage, const struct problem *problem);

/* Says in the header Link (RFC 8288) where the list goes on that the view is: its member `later`, or `more`,
 * which is a page's address. Nothing when it has neither. */
void link_next(struct passage *passage, const struct endpoint *endpoint, const void *view);

/* Answers a proxy that asks whether to send people here. False: something else is asked. */
bool health_answer(struct passage *passage);

/* Runs a GET endpoint's handler: input from path and query, *view allocated and filled. */
const struct problem *router_run(struct passage *passage, const struct endpoint *endpoint,
                                 const struct pairs *values, void **view);

#endif
