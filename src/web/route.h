/*
 * Routes as data: method, path, what comes in, what goes out, and who may call it.
 *
 * A module lists its routes in one table. The router reads the path, query, form or JSON into the
 * handler's input shape, checks who asks and the anti-forgery token, calls the handler, and renders
 * the view it filled as the page or as JSON. A path parameter, query parameter and body field share
 * one input struct: a member named in the path is read from there, the others from the query (GET)
 * or the body (POST).
 *
 *     static const struct route routes[] = {
 *         {GET, "/photos/{photo}", &stock_photo_show_handler, ANYONE,
 *          .page = "modules/stock/pages/photo.html", .api = "/api/v1/photos/{photo}"},
 *         {POST, "/photos/{photo}/buy", &stock_buy_handler, BUYER,
 *          .again = "/photos/{photo}", .api = "/api/v1/photos/{photo}/licences", .once = true},
 *     };
 *
 * The server refuses to start when a route lacks `who`, a path parameter is not a member, a GET
 * handler's page needs a field its view lacks, or two routes match the same path.
 */
#ifndef CONTRAFLOW_WEB_ROUTE_H
#define CONTRAFLOW_WEB_ROUTE_H

#include "web/request.h"

enum method { GET = 1, POST, PUT, DELETE };

#define NO_KEY "" /* a route's scope: only for people, in a session of theirs */

/* Who may call a route. Whether the thing asked for is theirs is the handler's statement's to say:
 * it selects by owner, and another's thing is not found. */
enum who {
    ANYONE = 1,
    SIGNED_IN, /* a person, any portal */
    VIEWER,    /* a member of the business acted for */
    BUYER,     /* who may spend its money */
    OWNER,     /* who may change its members */
    OPERATOR,  /* the intermediary's staff, whatever they see to */
    MODERATOR, /* those of them who judge what is handed in */
    SUPPORT,   /* who help people */
    FINANCE,   /* who see to money */
    ADMIN,     /* who see to everything, the operators included */
    WHO_COUNT
};

/* How often one address or person may call it. */
enum rate {
    RATE_NORMAL = 0, /* 600 a minute */
    RATE_SLOW,       /* 30 a minute: what costs money or mail */
    RATE_SECRET,     /* 10 a minute: passwords */
    RATE_UPLOAD,     /* 2,000 files an hour */
    RATE_GUEST,      /* 20 an hour: what strangers write to somebody */
    RATE_ADDRESS,    /* 6,000 a minute: all that comes by keys from one address; no route's */
    RATE_HOUSE, /* 300 an hour: what all strangers together write to one business; no route's */
};

/* What happens when a writing call comes a second time, where no idempotency key tells that it does. */
enum repeat {
    REPEAT_SAME = 1, /* nothing more: it says how things are to be */
    REPEAT_REFUSED,  /* it is refused, since the thing has moved on */
    REPEAT_ANEW,     /* it is done anew, which replaces or adds what costs nobody anything */
};

/* Written by tools/shapes.c from the handler's prototype. */
struct handler {
    const char *name;
    const struct problem *(*call)(struct request *request, const void *takes, void *gives);
    const struct shape *takes; /* input or query */
    const struct shape *gives; /* view */
};

struct route {
    enum method method;
    const char *path;              /* "/photos/{photo}" */
    const struct handler *handler; /* what it calls */
    enum who who;                  /* never 0 */
    const char *page;              /* template; NULL answers JSON only */
    const char *api;               /* the same under /api/v1, or NULL */
    const char *again;   /* POST: the GET path whose page shows the form again on bad input; may
                          * lack parameters of `path`, as a list with a form for each thing does */
    const char *summary; /* one sentence for the API document */
    size_t body;         /* bytes at most; 0: 4 MiB */
    enum rate rate;
    bool once;          /* needs an idempotency key */
    enum repeat repeat; /* of a writing call for programs without one: why it needs none */
    const char
        *sends; /* answers with a file of this type, "text/csv" or "image/jpeg,text/plain", instead
                         * of the view, or beside it; NULL: never under the api path */
    bool open;  /* POST by ANYONE without a session (sign in): double-submit token */
    bool
        raw; /* POST by ANYONE whose sender signs the bytes of the body: no form, no token; the handler
                 * judges request->body by request_header(), and its input comes from the path alone */
    bool
        framed; /* by ANYONE, shown in frames of other websites: whoever asks is nobody there, no cookie
                  * is read or set, so no token is asked for; request_frame_in() says where it may be */
    bool scripts; /* those of registered websites may call it, as they may what lies under /api */
    bool proof; /* asks for the password or code again when this session's last proof is older than
                 * PROOF_LIFE: payout details, keys, the second factor, deletion */
    const char *scope; /* what a key may need for it, before ".read" or ".write"; NULL: the table's
                        * owner; NO_KEY: no key reaches it */
    bool
        others; /* under /me or /biz, where everything else is the reader's own: it acts on things of
                  * others that anyone may see */
};

#endif
