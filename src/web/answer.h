/*
 * The answer of one request while it is made: what the handler asked for, then what is sent.
 *
 * Must not know: libmicrohttpd, routes. Read next: web/router.c, which fills it; web/listen.c and
 * web/server.c, which send it.
 */
#ifndef CONTRAFLOW_WEB_ANSWER_H
#define CONTRAFLOW_WEB_ANSWER_H

#include "web/intake.h"
#include "web/request.h"

#define ANSWER_HEADERS_MAX 32

struct answer_header {
    const char *name;  /* constant */
    const char *value; /* terminated, in the request's memory or constant */
};

struct answer {
    struct memory *memory; /* the request's */
    int status;            /* HTTP status; 0 while undecided */
    const char *type;      /* Content-Type, NULL when there is no body */
    struct text body;      /* bytes to send, unless fd >= 0 */
    int fd;                /* file to send, taken over; -1 when none */
    int64_t first;         /* of the file: first byte */
    int64_t size;          /* of the file: how many */
    struct answer_header headers[ANSWER_HEADERS_MAX];
    size_t header_count;

    /* What the handler asked for. */
    struct text go;          /* where to go to; empty: none */
    struct text lead_out;    /* origin outside at which forms of this page may end; empty: none */
    bool file;               /* request_send_file or request_send_bytes was called */
    bool live;               /* the body is the first event of a stream (web/live.h) */
    int own_status;          /* of the file; 0: 200 */
    int64_t keep;            /* seconds of caching of the file */
    bool again;              /* of the file: it is fetched again and again, so with an ETag */
    bool shared;             /* pages of any website may load it */
    struct text frame;       /* origin whose pages may show it in a frame; empty: none */
    struct text file_name;   /* what it is saved as; empty: shown */
    struct blame blame;      /* fields the input check or the handler blames */
    bool session_set;        /* the session cookie changes */
    struct text session;     /* to this; empty clears it */
    int64_t session_seconds; /* for so long; 0: until the browser closes */
    enum language language_set; /* the language cookie changes to this; 0: stays */

    const struct problem *problem; /* what it says, for the log; NULL when it went well */
    struct text version;           /* of the thing shown, for the ETag; empty: it has none */
    const char *scope;             /* that the caller's key lacks; NULL: none */
    struct text old_session;       /* the secret that came with the request */
    struct text old_form;          /* the cookie of forms without a session that came with it */
};

void answer_begin(struct answer *answer, struct memory *memory);

/* Adds a header; `name` is constant. Without room or memory it is left out and logged. */
void answer_header(struct answer *answer, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a value that lasts as long as the request. */
void answer_header_as_is(struct answer *answer, const char *name, const char *value);

/* Whether it has a header, and taking it out. */
bool answer_has(const struct answer *answer, const char *name);
void answer_drop(struct answer *answer, const char *name);

/* Adds the headers that every answer carries: content security policy and its kin. `https`: also
 * Strict-Transport-Security. */
void answer_secure(struct answer *answer, bool https);

/* A cookie for the whole site: HttpOnly, SameSite=Lax, Secure over https. An empty value clears it;
 * `seconds` 0 lasts until the browser closes. */
void answer_cookie(struct answer *answer, const char *name, struct text value, int64_t seconds,
                   bool https);

/* Sends bytes of one type. */
void answer_bytes(struct answer *answer, int status, const char *type, struct text body);

/* Settles a file: headers of caching and name, and one range when the client asked for one. */
void answer_settle_file(struct answer *answer, struct text range);

/* Replaces a text body of 1 KiB or more by its gzip form when that is smaller. */
void answer_compress(struct answer *answer);

/* Closes the file, if one is still held. */
void answer_end(struct answer *answer);

#endif
