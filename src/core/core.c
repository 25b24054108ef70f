/*
 * Core's own parts, in the same form as a module declares itself, then the modules.
 */
#include "base/log.h"
#include "core/access/access.h"
#include "core/apps/app.h"
#include "core/books/booking.h"
#include "core/checkout/spend.h"
#include "core/desk/parts.h"
#include "core/developers/reference.h"
#include "core/files/table.h"
#include "core/gift/gifts.h"
#include "core/hooks/parts.h"
#include "core/keys/key.h"
#include "core/login/parts.h"
#include "core/media/routes.h"
#include "core/module.h"
#include "core/oidc/oidc.h"
#include "core/owed/obligation_parts.h"
#include "core/pay/parts.h"
#include "core/people/people.h"
#include "core/profile/parts.h"
#include "core/program/program.h"
#include "core/reward/reward.h"
#include "core/schema.h"
#include "core/search/search.h"
#include "core/imports/import.h"
#include "core/shop/shop.h"
#include "core/widgets/part.h"
#include "ledger/schema.h"

static const struct route_table *const tables[] = {&core_media_routes};

static const struct problem *moved(struct database *db, struct memory *memory)
{
    const struct problem *problem = ledger_settle_differences(db, memory);
    if (!problem)
        problem = event_moved(db, memory);
    return problem ? problem : search_moved(db, memory);
}

static const struct problem *start(struct memory *process, struct store *store)
{
    struct memory *memory = memory_scratch(process);
    struct database *reader = NULL;
    const struct problem *problem = memory ? store_reader(store, memory, &reader) : &out_of_memory;
    if (!problem)
        problem = event_begin(store, reader, memory);
    memory_end(memory);
    return problem;
}

static const struct module core_part = {
    .name = "core",
    .schema = &core_schema,
    .routes = ALL(tables),
    .start = start,
    .moved = moved,
};

static const struct module *const own[] = {
    &core_part,    &people_part,     &login_part, &oidc_part,    &profile_part,    &desk_part,
    &keys_part,    &apps_part,       &pay_part,   &booking_part, &obligation_part, &reward_part,
    &hooks_part,   &developers_part, &files_part, &imports_part, &shop_part,       &widgets_part,
    &program_part, &checkout_part,   &gift_part,  &access_part,
};

const struct module *const *module_all(void)
{
    enum { PARTS = 64 };
    static const struct module *all[PARTS + 1];
    size_t count = 0;
    if (all[0])
        return all;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        all[count++] = own[i];
    for (size_t i = 0; modules[i]; i++) {
        ensure(count < PARTS);
        all[count++] = modules[i];
    }
    return all;
}

size_t module_schemas(const struct schema *out[MODULE_SCHEMAS_MAX])
{
    size_t count = 0;
    out[count++] = &ledger_schema;
    for (const struct module *const *part = module_all(); *part; part++) {
        if ((*part)->schema)
            out[count++] = (*part)->schema;
    }
    return count;
}
