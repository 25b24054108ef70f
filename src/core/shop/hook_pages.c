/*
 * Connections of a business, and the door at which its shops knock.
 *
 * Must not know: SQL, how a shop writes. Read next: core/shop/hook.c.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/shop/hook.h"
#include "core/shop/hook_queries.h"
#include "core/shop/hook_rows.h"

static struct text address_of(struct memory *memory, struct connection_id connection)
{
    struct text site = setting_text("site.url");
    while (site.size > 0 && site.data[site.size - 1] == '/')
        site.size -= 1;
    return text_format(memory, "%.*s/hooks/shop/%s", TEXT_ARGS(site),
                       id_text("con", connection.value).text);
}

static struct text first_of(struct text a, struct text b)
{
    return a.size > 0 ? a : b;
}

const struct problem *core_hook_take(struct request *request, const struct shop_hook_query *query,
                                     struct nothing *view)
{
    (void)view;
    /* When a webhook is made, WooCommerce asks once whether anybody is there, unsigned. */
    if (text_starts(request->body, "webhook_id="))
        return NULL;
    struct hook_call call = {
        .connection = query->connection,
        .body = request->body,
        .topic = first_of(request_header(request, "X-WC-Webhook-Topic"),
                          request_header(request, "X-Shopify-Topic")),
        .signature = first_of(request_header(request, "X-WC-Webhook-Signature"),
                              request_header(request, "X-Shopify-Hmac-Sha256")),
        .at = request->now,
    };
    return hook_take(request->store, request->db, request->memory, &call);
}

const struct problem *core_connections_show(struct request *request,
                                            const struct connections_query *query,
                                            struct connections_view *view)
{
    struct connection_row_list rows;
    (void)query;
    const struct problem *problem =
        connections_of(request->db, request->memory, request->viewer.organisation, &rows);
    if (problem)
        return problem;
    struct connection_card *cards = memory_take_array(request->memory, rows.count, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct connection_row *row = &rows.items[i];
        cards[i] = (struct connection_card){
            .connection = row->id,
            .kind = row->kind,
            .name = row->name,
            .address = address_of(request->memory, row->id),
            .since = row->since,
            .ended = {row->ended.ms != 0, row->ended},
            .taken = row->taken,
            .refused = row->refused,
            .last = {row->last.ms != 0, row->last},
            .problem = {row->problem.size > 0, row->problem},
        };
        if (!cards[i].address.data)
            return &out_of_memory;
    }
    view->connections = (struct connection_card_list){cards, rows.count};
    view->may = request->viewer.role >= MEMBER_OWNER;
    return NULL;
}

const struct problem *core_connection_make(struct request *request,
                                           const struct connection_form *input,
                                           struct connection_made *view)
{
    struct connection_new made = {.business = request->viewer.organisation,
                                  .kind = input->kind,
                                  .name = input->name,
                                  .secret = input->secret,
                                  .at = request->now};
    if (input->secret.size > CONNECTION_SECRET_MAX)
        return request_refuse(request, "secret", "shop.wrong.secret");
    const struct problem *problem = connection_make(request->store, request->memory, &made);
    if (problem)
        return problem;
    view->connection = made.id;
    view->address = address_of(request->memory, made.id);
    request_go_saying(request, "shop.connected", "/biz/connections");
    return view->address.data ? NULL : &out_of_memory;
}

/* One connection of a business. */
struct ending {
    struct connection_id id;
    struct party_id business;
    struct instant at;
};

static const struct problem *end(struct database *db, struct memory *memory, void *context)
{
    const struct ending *ending = context;
    struct connection_hit hit;
    return connection_end(db, memory, ending->id, ending->business, ending->at, &hit);
}

const struct problem *core_connection_end(struct request *request,
                                          const struct shop_hook_query *input, struct nothing *view)
{
    struct ending ending = {input->connection, request->viewer.organisation, request->now};
    (void)view;
    const struct problem *problem = store_write(request->store, request->memory, end, &ending);
    if (!problem)
        request_go_saying(request, "shop.disconnected", "/biz/connections");
    return problem;
}
