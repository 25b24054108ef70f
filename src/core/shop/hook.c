/*
 * Takes shops' calls: who signed, what is told, keeping it. Must not know: HTTP, how a shop writes.
 * Read next: core/shop/order.c.
 */
#include "core/shop/hook.h"

#include <sodium.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/shop/hook_queries.h"
#include "core/shop/hook_rows.h"
#include "core/shop/parts.h"

static const char purpose[] = "core.connection";

const struct problem hook_wrong_signature = {"hook.wrong_signature", 401, FAULT_CLIENT, false};
const struct problem hook_unreadable = {"hook.unreadable", 422, FAULT_CLIENT, false};

/* ---- secrets ---------------------------------------------------------------------------------- */

/* A secret as it is sealed: of one length, since that is known before it is opened. */
struct plain_secret {
    unsigned char size;
    unsigned char bytes[CONNECTION_SECRET_MAX];
};

static const struct problem *insert(struct database *db, struct memory *memory, void *context)
{
    return connection_insert(db, memory, context);
}

const struct problem *connection_make(struct store *store, struct memory *memory,
                                      struct connection_new *made)
{
    struct plain_secret plain = {.size = (unsigned char)made->secret.size};
    const struct sign_key *key;
    ensure(made->secret.size > 0 && made->secret.size <= CONNECTION_SECRET_MAX);
    struct connection_row row = {.id = {id_new()},
                                 .business = made->business,
                                 .kind = made->kind,
                                 .name = made->name,
                                 .since = made->at,
                                 .problem = text_of("")};
    memcpy(plain.bytes, made->secret.data, made->secret.size);
    const struct problem *problem = shop_key(&key);
    if (!problem)
        problem =
            sign_seal(memory, key, purpose, row.id.value,
                      (struct bytes){(const unsigned char *)&plain, sizeof plain}, &row.secret);
    sodium_memzero(&plain, sizeof plain);
    made->id = row.id;
    return problem ? problem : store_write(store, memory, insert, &row);
}

bool hook_signed(struct text body, struct text secret, struct text signature)
{
    crypto_auth_hmacsha256_state state;
    unsigned char made[crypto_auth_hmacsha256_BYTES];
    char written[sodium_base64_ENCODED_LEN(crypto_auth_hmacsha256_BYTES,
                                           sodium_base64_VARIANT_ORIGINAL)];
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)secret.data, secret.size);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)body.data, body.size);
    crypto_auth_hmacsha256_final(&state, made);
    sodium_bin2base64(written, sizeof written, made, sizeof made, sodium_base64_VARIANT_ORIGINAL);
    return signature.size == strlen(written) &&
           sodium_memcmp(signature.data, written, signature.size) == 0;
}

static const struct problem *check_signature(const struct connection_row *connection,
                                             const struct hook_call *call)
{
    struct plain_secret plain;
    const struct sign_key *key;
    const struct problem *problem = shop_key(&key);
    if (problem)
        return problem;
    bool opened = sign_unseal(key, purpose, connection->id.value, connection->secret,
                              (unsigned char *)&plain, sizeof plain) &&
                  plain.size <= sizeof plain.bytes;
    bool fine =
        opened && hook_signed(call->body, (struct text){(const char *)plain.bytes, plain.size},
                              call->signature);
    sodium_memzero(&plain, sizeof plain);
    return fine ? NULL : &hook_wrong_signature;
}

/* ---- keeping ---------------------------------------------------------------------------------- */

struct keep_call {
    const struct connection_row *connection;
    const struct hook_told *told;
    const struct order_given *order; /* prepared */
    struct keeping keeping;
};

/* What would be refused again is told beside the connection; anything else stops the call. */
static const struct problem *note(const struct problem *problem, const struct problem **refused)
{
    if (!problem || problem->fault != FAULT_CLIENT)
        return problem;
    *refused = problem;
    return NULL;
}

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    const struct keep_call *call = context;
    const struct hook_told *told = call->told;
    const struct problem *refused = NULL;
    const struct problem *problem = NULL;
    struct kept kept = {0};
    if (told->has_order) {
        problem = orders_keep(db, memory, &call->keeping, call->order, 1, &kept);
        refused = kept.problem;
    }
    for (size_t i = 0; !problem && i < told->refund_count; i++)
        problem =
            note(order_refund(db, memory, &call->keeping, &told->refunds[i], &kept), &refused);
    if (!problem && told->has_cancel)
        problem = note(order_cancel(db, memory, &call->keeping, &told->cancel, &kept), &refused);
    return problem ? problem
                   : connection_count(db, memory, call->connection->id, refused ? 0 : 1,
                                      refused ? 1 : 0, call->keeping.at,
                                      text_of(refused ? refused->name : ""));
}

const struct problem *hook_take(struct store *store, struct database *db, struct memory *memory,
                                const struct hook_call *call)
{
    struct connection_row connection;
    struct order_given order;
    struct hook_told *told = memory_take(memory, sizeof *told);
    if (!told)
        return &out_of_memory;
    const struct problem *problem = connection_by_id(db, memory, call->connection, &connection);
    /* Whether there is such a connection is nobody's to find out. */
    if (problem == &not_found || (!problem && connection.ended.ms))
        problem = &hook_wrong_signature;
    if (!problem)
        problem = check_signature(&connection, call);
    if (problem)
        return problem;
    bool woocommerce = connection.kind == CONNECTION_WOOCOMMERCE;
    problem = woocommerce ? woocommerce_read(memory, call->topic, call->body, told)
                          : shopify_read(memory, call->topic, call->body, told);
    if (!problem && told->has_order)
        problem = order_prepare(memory, &told->order, &order);
    struct keep_call keeping = {
        .connection = &connection,
        .told = told,
        .order = &order,
        .keeping = {.business = connection.business,
                    .source = woocommerce ? ORDER_BY_WOOCOMMERCE : ORDER_BY_SHOPIFY,
                    .at = call->at},
    };
    return problem ? problem : store_write(store, memory, keep, &keeping);
}
