/*
 * One request as its handler sees it: who asks, in which language, the database, the answer.
 *
 * A handler gets its input already read and checked by the route's shape, fills one view, and
 * returns. It never sees a header, a query string or a socket.
 *
 * Must not know: libmicrohttpd. Read next: web/route.h, then web/server.h.
 */
#ifndef CONTRAFLOW_WEB_REQUEST_H
#define CONTRAFLOW_WEB_REQUEST_H

#include "base/clock.h"
#include "base/memory.h"
#include "base/problem.h"
#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"

/* What a member may do for the organisation; each includes the one before. */
enum member_role {                    /* shape: What a member may do for an organisation */
                   MEMBER_VIEWER = 1, /* viewer: Sees everything, changes nothing */
                   MEMBER_BUYER,      /* buyer: Asks, offers, accepts and pays */
                   MEMBER_OWNER,      /* owner: Also invites, removes and pays in */
};

/* What an operator sees to; one may see to several. */
enum desk_part {                      /* shape: What an operator sees to */
                 DESK_MODERATION = 1, /* moderation: Judges what people hand in */
                 DESK_SUPPORT,        /* support: Helps people; mails and work that failed */
                 DESK_FINANCE,        /* finance: Money in and out, refunds, what is owed */
                 DESK_ADMIN,          /* admin: Everything, and who the operators are */
};
#define DESK_BIT(part) (1 << (part)) /* of one part in a set */
#define DESK_PARTS     (DESK_ADMIN)  /* how many there are */

enum portal {                    /* shape: The side of the house a page belongs to */
              PORTAL_PUBLIC = 1, /* public: Anyone */
              PORTAL_ME,         /* me: A person */
              PORTAL_BIZ,        /* biz: A business */
              PORTAL_DESK,       /* desk: The intermediary */
};

/* Who asks. Filled by core/login/session.c from the session's secret, anew for each request, so that a
 * suspended person or a former member loses their rights with the next click. */
struct viewer {
    bool signed_in;                /* false: everything below is unset */
    bool operator_;                /* works for the intermediary */
    int64_t desk;                  /* what they see to there: DESK_BITs added up */
    struct party_id person;        /* the human being */
    struct text name;              /* how they are called */
    struct text initials;          /* one or two letters for the round mark */
    struct party_id organisation;  /* the business they act for now; 0 when none */
    struct text organisation_name; /* empty when none */
    enum member_role role;         /* what they may do there; 0 when none */
    bool consumer;                 /* has the /me portal: everybody who is signed in, but not the
                                    * key of an organisation */
    struct instant proven; /* when they last proved in this session who they are; 0: never */
    bool keyed;            /* a program asks in their name, by a key */
    int64_t key;           /* which key, for limits; 0 when none */
    int64_t app;           /* of a third party, that they allowed it; 0 when none */
    struct text scopes;    /* what the key may do, with blanks between; empty: nothing */
};

struct server;

enum language {                  /* shape: A language the pages are written in */
                LANGUAGE_EN = 1, /* en: English */
                LANGUAGE_FR,     /* fr: French */
                LANGUAGE_RU,     /* ru: Russian */
                LANGUAGE_ZH,     /* zh-Hant: Traditional Chinese */
};

/* A header as it came. */
struct request_head {
    struct text name;
    struct text value;
};

struct request {
    struct memory *memory;  /* lives until the answer is sent */
    struct database *db;    /* this worker's read-only connection */
    struct store *store;    /* for store_write() */
    struct viewer viewer;   /* who asks */
    enum language language; /* of the answer */
    struct instant now;     /* one moment for the whole request */
    struct text
        once; /* idempotency key of a writing call: from the form or the header; may be empty */
    struct text body; /* of a route that is .raw: the bytes as they came; otherwise empty */
    const struct request_head *heads; /* of such a route: for request_header() */
    size_t head_count;
    struct text
        authorization; /* of such a route: the header, unless it is a Bearer's; may be empty */
    struct text path;  /* without the query */
    struct text
        address; /* of the client, after trusted proxies; told to that person, never trusted */
    struct text agent; /* what the browser says it is; may be empty, never trusted */
    bool json;         /* the answer will be JSON */
    enum audience
        audience; /* whose fields a JSON answer shows: FOR_OPERATOR for staff, FOR_PARTY on
                                 * routes that demand somebody, else FOR_PUBLIC; a handler may change it */
    const struct server *server; /* that answers, for server_describe() */
    struct answer *answer;       /* private to web/ */
};

/* What the handler of a page for ANYONE answers with when it needs somebody after all, or a fresh proof of
 * who it is: they are sent there and back. */
extern const struct problem web_sign_in; /* 401: sign in first */
extern const struct problem web_prove;   /* 403: prove again who you are, then repeat */

/* Of a route that is .raw: what a header that begins with X- said, by its name in any case; empty when it
 * is absent. Of the first sixteen such headers only. */
struct text request_header(const struct request *request, const char *name);

/* Success of a form: answer 303 to `format`-ed local path. Ignored (200 and the view) for JSON. */
void request_go(struct request *request, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same with a sentence shown once on the next page: text key "notice.<notice>". */
void request_go_saying(struct request *request, const char *notice, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Answers 303 to an address outside, which the caller has found among those that are registered. */
void request_leave(struct request *request, struct text address);
/* Lets the forms of this page end at an origin outside ("https://app.example"): browsers hold
 * form-action against what a form's answer leads on to as well. No blanks, commas or semicolons. */
void request_lead_out(struct request *request, struct text origin);
/* Says in Retry-After, instead of what stands there, that it is of no use before. */
void request_come_again(struct request *request, struct instant at);
/* Takes one call out of the bucket of `name`, which has 600 a minute; 429 when it is empty. */
const struct problem *request_take_turn(struct request *request, struct text name);

/* A rule of the handler that blames one field of its input: adds it to the form's errors and
 * returns &invalid_input. `rule` is the text key of the sentence. */
const struct problem *request_refuse(struct request *request, const char *field, const char *rule);

/* The same for a problem of a rule that lies deeper (the wallet holds too little, a price changed): the
 * page comes back with what was typed. The sentence is the problem's "problem.NAME.field" when there
 * is one, else its detail. A program gets the problem itself, and so does everybody when it is not the
 * client's, not found, or said already. */
const struct problem *request_blame(struct request *request, const char *field,
                                    const struct problem *problem);

/* Answers with a file instead of the view: `fd` is taken over. `type` is a MIME type; `name` is what
 * the browser saves it as, or NULL to show it; `keep` seconds of caching, 0 for none (private). */
void request_send_file(struct request *request, int fd, const char *type, struct text name,
                       int64_t keep);
/* Answers with bytes made by the handler (an export); same rules. */
void request_send_bytes(struct request *request, struct text bytes, const char *type,
                        struct text name);

/* The same for what programs fetch again and again: with an ETag, 304 while it is the same. */
void request_send_again(struct request *request, struct text bytes, const char *type,
                        struct text name);

/* Answers in the manner of a protocol that has its own: bytes and a status, kept by nobody. With 401 it is
 * asked for Basic authentication (RFC 7617). */
void request_send_status(struct request *request, int status, struct text bytes, const char *type);

/* The same for scripts of other websites: any page may load them, and keeps them for `seconds`. */
void request_send_shared(struct request *request, struct text bytes, const char *type,
                         int64_t seconds);

/* On a route that is .framed: pages of this origin ("https://shop.example") may show the answer in a frame;
 * until it is called none may. `origin` consists of what origins consist of. */
void request_frame_in(struct request *request, struct text origin);

/* Sets or clears (empty) the session cookie. `seconds` it lasts; 0: until the browser closes. */
void request_set_session(struct request *request, struct text secret, int64_t seconds);
/* The session secret that came with the request; empty when none. */
struct text request_session(const struct request *request);
/* A secret that the browser keeps, and that came with the request: the session's, also of one that is over,
 * or else that of forms without a session; empty when none. */
struct text request_browser(const struct request *request);
/* The secret of its forms without a session that the browser brought, which outlives signing in; empty when
 * none. */
struct text request_form_browser(const struct request *request);
/* The page of this answer leads on by itself to an address elsewhere, in ASCII, which it also shows as a
 * link: browsers let no form's answer redirect to another site (`form-action 'self'`). */
void request_lead_on(struct request *request, struct text address);
/* Changes the language for this answer and, by cookie, for the next. */
void request_set_language(struct request *request, enum language language);

#endif
