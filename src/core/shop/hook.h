/*
 * Webhooks of shops: orders as WooCommerce and Shopify tell them, signed with a secret of the connection.
 *
 * A call is judged by its signature over the bytes as they came, then read by the format its shop documents,
 * and kept like everything a shop tells (core/shop/shop.h): repeated and out of order it changes nothing.
 * What is signed right and can't be kept (a refund above its order) is counted beside the connection and
 * answered with 200 all the same, since it would be refused again.
 * Read next: core/shop/hook.c, core/shop/woocommerce.c, core/shop/shopify.c.
 */
#ifndef CONTRAFLOW_CORE_SHOP_HOOK_H
#define CONTRAFLOW_CORE_SHOP_HOOK_H

#include "core/shop/shop.h"
#include "web/request.h"

struct connection_id { /* shape id con: A shop that tells of its orders by itself */
    int64_t value;
};
MAYBE(connection_id);

enum connection_kind {                             /* shape: Which program a shop runs */
                       CONNECTION_WOOCOMMERCE = 1, /* woocommerce: WooCommerce */
                       CONNECTION_SHOPIFY,         /* shopify: Shopify */
};

#define CONNECTION_SECRET_MAX 120 /* bytes */

extern const struct problem hook_wrong_signature; /* 401: not signed with the connection's secret */
extern const struct problem hook_unreadable;      /* 422: not what the shop documents */

/* ---- a call ---- */

enum { HOOK_REFUNDS_MAX = 100 };

/* What a call tells. */
struct hook_told {
    bool has_order;                               /* `order` is set */
    struct order_told order;                      /* the order as it is now */
    struct refund_told refunds[HOOK_REFUNDS_MAX]; /* what was given back of it or of another */
    size_t refund_count;
    bool has_cancel;           /* `cancel` is set */
    struct cancel_told cancel; /* the order is gone */
};

/* A call as it came. */
struct hook_call {
    struct connection_id connection; /* from the address */
    struct text body;                /* the bytes */
    struct text topic;               /* what the shop says it is about */
    struct text signature;           /* base64 */
    struct instant at;               /* when */
};

/* Whether the signature is HMAC-SHA256 (RFC 2104) of the body under the secret, in base64. */
bool hook_signed(struct text body, struct text secret, struct text signature);

/* Reads a body. &hook_unreadable; topics that tell nothing of ours leave *out empty. */
const struct problem *woocommerce_read(struct memory *memory, struct text topic, struct text body,
                                       struct hook_told *out);
const struct problem *shopify_read(struct memory *memory, struct text topic, struct text body,
                                   struct hook_told *out);

/* Judges, reads and keeps. &hook_wrong_signature, also where there is no such connection; &hook_unreadable,
 * or the world's. */
const struct problem *hook_take(struct store *store, struct database *db, struct memory *memory,
                                const struct hook_call *call);

/* ---- connections ---- */

struct connection_new {
    struct party_id business;
    enum connection_kind kind;
    struct text name;
    struct text secret; /* 1..CONNECTION_SECRET_MAX bytes */
    struct instant at;
    struct connection_id id; /* filled */
};
const struct problem *connection_make(struct store *store, struct memory *memory,
                                      struct connection_new *made);

/* ---- pages ---- */

struct shop_hook_query {             /* shape: Which connection a shop calls */
    struct connection_id connection; /* Which */
};
struct connections_query { /* shape: Connections of a business */
    bool unused;           /* none: C wants a member */
};
struct connection_card {             /* shape: A shop that tells of its orders by itself */
    struct connection_id connection; /* Names it */
    enum connection_kind kind;       /* What it runs */
    struct text name;                /* What the business calls it */
    struct text address;             /* Where the shop sends its calls */
    struct instant since;            /* Connected */
    struct maybe_instant ended;      /* Nothing is taken from it since */
    int64_t taken;                   /* Calls taken */
    int64_t refused;                 /* Calls signed right that could not be taken */
    struct maybe_instant last;       /* The last call */
    struct maybe_text problem;       /* Why the last refused call was */
};
LIST_OF(connection_card);
struct connections_view { /* shape: Shops of a business that tell by themselves */
    struct connection_card_list connections; /* ..50: Newest first */
    bool may;                                /* The reader may connect one */
};
struct connection_form {       /* shape: A shop to connect */
    enum connection_kind kind; /* What it runs */
    struct text name;          /* 1..100: What you call it */
    struct text secret;        /* 8..120: With which it signs its calls */
};
struct connection_made {             /* shape: A shop that is connected */
    struct connection_id connection; /* Names it */
    struct text address;             /* Where it sends its calls */
};
const struct problem *core_hook_take(struct request *request, const struct shop_hook_query *query,
                                     struct nothing *view);
const struct problem *core_connections_show(struct request *request,
                                            const struct connections_query *query,
                                            struct connections_view *view);
const struct problem *core_connection_make(struct request *request,
                                           const struct connection_form *input,
                                           struct connection_made *view);
const struct problem *core_connection_end(struct request *request,
                                          const struct shop_hook_query *input,
                                          struct nothing *view);

#endif
