/*
 * The server: libmicrohttpd in front, a first-in-first-out pool of workers behind.
 *
 * The I/O thread reads headers and bodies, refuses ambiguous requests (two Content-Length headers, a
 * space before a colon, Content-Length with Transfer-Encoding) with 400 and closes. A worker runs the
 * handler with blocking calls while the connection is suspended.
 */
#ifndef CONTRAFLOW_WEB_SERVER_H
#define CONTRAFLOW_WEB_SERVER_H

#include "base/settings.h"
#include "store/store.h"
#include "web/route.h"
#include "web/template.h"

struct server;
struct quick_route; /* web/quick.h */

#define KEY_PREFIX "cf_" /* of everything that is a key and no session's secret */

struct route_table {
    const char *owner;          /* folder or module name, for complaints and the API document */
    const struct route *routes; /* process lifetime */
    size_t count;
};

/* A link that a module puts into a portal's navigation. */
struct nav_entry {
    enum portal portal;
    const char *label; /* text key */
    const char *href;
    const char *icon; /* sprite name */
    int order;        /* lower comes first */
    /* How many things wait there for this viewer; NULL when nothing is counted. Called for each page,
     * so one indexed statement at most. */
    const struct problem *(*count)(struct request *request, int64_t *out);
    bool action; /* a button at the end of the head instead: this portal's first step */
    /* Other paths whose pages, and those below, belong to it, with blanks between; NULL when none. */
    const char *also;
    enum who who; /* only for those who meet it; 0: everybody who has the portal */
};

struct server_options {
    struct store *store;
    const struct route_table *const *tables; /* of all folders and modules */
    size_t table_count;
    const struct nav_entry *const *nav;
    size_t nav_count;
    const struct quick_route *const *quick; /* what needs no worker */
    size_t quick_count;
    /* Who a session secret belongs to; leaves *out unsigned when it is unknown or over. */
    const struct problem *(*viewer_load)(struct request *request, struct text secret,
                                         struct viewer *out);
    /* A number that is another as soon as something happened, for live pages; NULL: they ask each second. */
    const struct problem *(*newest)(struct database *db, struct memory *memory, int64_t *out);
    /* The same for a key ("cf_...") that came by "Authorization: Bearer"; any problem refuses the request, with
     * 401 for one that is not good (any more). NULL: none is. */
    const struct problem *(*key_load)(struct request *request, struct text key, struct viewer *out);
    /* Whether a website ("https://shop.example") may call: with the viewer's key or, where nobody asks
     * yet, with anybody's. NULL: none may. */
    const struct problem *(*origin_known)(struct request *request, struct text origin, bool *known);
    /* In how many seconds what failed by a problem that may be tried again is to be; NULL: in one. */
    int64_t (*retry_after)(const struct problem *problem);
    /* What is posted to others, number by number; false beyond the last. NULL: nothing is. */
    bool (*webhook)(size_t number, const char **name, const struct shape **shape);
    struct text data;    /* DATA folder: uploads go to DATA/tmp */
    const char *address; /* "127.0.0.1" */
    int port;            /* 0: a free one, see server_port() */
};

/* Checks every route, binds every template, starts listening. *complaint names the route, the file and
 * line, or the port that is in use. */
const struct problem *server_start(struct memory *process, const struct server_options *options,
                                   struct server **out, struct text *complaint);
int server_port(const struct server *server);
/* Where its own files are: "/a/HASH". As long as the server. */
struct text server_assets(const struct server *server);
/* How many processes answer requests for this installation, for the limits. From any thread. */
void server_share(struct server *server, int64_t processes);
/* From now on GET /healthz says 503, so that a proxy sends people elsewhere; all else goes on. */
void server_drain(struct server *server);
/* Stops accepting, finishes what runs, ends the workers. */
void server_stop(struct server *server);

/* The settings of this folder (web.workers, web.address, site.name, ...), for settings_declare(). */
extern const struct setting web_settings[];
extern const size_t web_setting_count;

/* Answers one request without a socket, on the calling thread: for scenarios and generated tests.
 * `head` is "GET /path?query"; `body` a urlencoded form or JSON; `session` a secret, empty, or
 * "Bearer " and a key. */
struct exchange {
    int status;
    struct text location; /* of a redirect */
    struct text type;
    struct text body;
    struct text session; /* newly set secret; empty when unchanged */
};
const struct problem *server_call(struct server *server, struct memory *memory, const char *method,
                                  struct text target, struct text session, bool json,
                                  struct text body, struct exchange *out);
/* The same with all that may be said; server_call() says nothing of who asks, as programs do. */
struct call {
    const char *method;
    struct text target;  /* as above */
    struct text session; /* as above */
    struct text agent;   /* what the browser says it is; may be empty */
    bool json;           /* JSON is wanted, not a page */
    struct text body;    /* as above */
};
const struct problem *server_take(struct server *server, struct memory *memory,
                                  const struct call *call, struct exchange *out);

/* What happens when a writing call comes twice, as a sentence; empty when its route doesn't say. */
const char *describe_repeat(const struct route *route);
/* Appends a body that fits a route, as JSON in one line; false when it takes none, or files. */
bool describe_example(const struct route *route, struct builder *out);
/* The OpenAPI 3.1 document of all routes with an api path. */
void server_describe(const struct server *server, struct builder *out);

#endif
