/*
 * Opens and closes the installation. Must not know: any module by name.
 */
#include "modules/world.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/apps/grant.h"
#include "core/mail/mail.h"
#include "core/media/media.h"
#include "core/login/login.h"
#include "core/people/party.h"
#include "web/words.h"

enum { TABLES_MAX = 160, NAV_MAX = 120, CONSUMERS_MAX = 80, QUICK_MAX = 20 };

static const struct setting world_own[] = {
    {"data", SETTING_TEXT, "data", 0, 0, false, "Folder with the database, the media and the mail"},
    {"database", SETTING_TEXT, "", 0, 0, true,
     "postgresql://... for PostgreSQL, sqlite:FILE; empty: SQLite in the data folder"},
    {"media.children", SETTING_INTEGER, "2", 1, 16, false,
     "How many files are decoded at once, each in a process of its own"},
    {"media.watermark", SETTING_TEXT, "Contraflow", 0, 0, false,
     "Text over public pictures, at most 60 bytes"},
    {"media.store", SETTING_TEXT, "", 0, 0, false,
     "s3://BUCKET/PREFIX for a bucket that keeps the files; empty: the data folder"},
    {"media.endpoint", SETTING_TEXT, "", 0, 0, false,
     "Address of the bucket's server: https://s3.eu-central-1.amazonaws.com"},
    {"media.region", SETTING_TEXT, "us-east-1", 0, 0, false,
     "Region of the bucket, as it is signed"},
    {"media.key", SETTING_TEXT, "", 0, 0, false, "Access key of the bucket"},
    {"media.secret", SETTING_TEXT, "", 0, 0, true, "Secret key of the bucket"},
    {"media.cache", SETTING_INTEGER, "2000", 1, 10000000, false,
     "Megabytes of copies of a bucket's files in the data folder"},
};

const struct problem *world_settings(struct memory *memory, struct text data,
                                     struct text *complaint)
{
    static bool declared;
    if (!declared) {
        settings_declare(world_own, sizeof world_own / sizeof world_own[0]);
        settings_declare(web_settings, web_setting_count);
        for (const struct module *const *part = module_all(); *part; part++) {
            if ((*part)->setting_count)
                settings_declare((*part)->settings, (*part)->setting_count);
        }
        declared = true;
    }
    const struct problem *problem = settings_set(memory, text_of("data"), data, complaint);
    struct text file = text_format(memory, "%.*s/contraflow.conf", TEXT_ARGS(data));
    if (!problem)
        problem = file.data ? settings_load(memory, file.data, complaint) : &out_of_memory;
    return problem;
}

/* The data folder and those inside it that are written to without further asking. */
static const struct problem *make_folders(struct memory *memory, struct text data,
                                          struct text *complaint)
{
    static const char *const folders[] = {"", "/tmp", "/arrivals", "/mail"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        struct text path = text_format(memory, "%.*s%s", TEXT_ARGS(data), folders[i]);
        if (!path.data)
            return &out_of_memory;
        if (mkdir(path.data, 0700) == 0 || errno == EEXIST)
            continue;
        *complaint = text_format(memory, "%s can't be made: %s", path.data, strerror(errno));
        return errno == ENOSPC ? &disk_full : &world_failed;
    }
    return NULL;
}

static const struct problem *open_store(struct world *world, struct text *complaint)
{
    const struct schema *schemas[MODULE_SCHEMAS_MAX];
    size_t count = module_schemas(schemas);
    struct text url = setting_text("database");
    if (text_empty(url))
        url = text_format(world->memory, "sqlite:%.*s/contraflow.db", TEXT_ARGS(world->data));
    const struct problem *problem =
        store_open(world->memory, url, schemas, count, &world->store, complaint);
    if (problem)
        return problem;
    world->reading = memory_create(4 << 20);
    return world->reading ? store_reader(world->store, world->reading, &world->reader)
                          : &out_of_memory;
}

/* Hands each part's tables to those who use them. */
static const struct problem *register_parts(struct world *world)
{
    static const struct consumer *consumers[CONSUMERS_MAX];
    static bool registered;
    size_t count = 0;
    for (const struct module *const *at = module_all(); *at; at++) {
        const struct module *part = *at;
        for (size_t i = 0; i < part->consumer_count; i++) {
            ensure(count < CONSUMERS_MAX);
            consumers[count++] = part->consumers[i];
        }
        if (!registered) {
            flow_register(part->flows, part->flow_count);
            job_register(part->jobs, part->job_count);
            hook_register(part->hooks, part->hook_count);
            for (size_t i = 0; i < part->offering_count; i++)
                offering_register(part->offerings[i]);
            for (size_t i = 0; i < part->plan_count; i++)
                plan_register(part->plans[i]);
        }
        const struct problem *problem =
            part->start ? part->start(world->memory, world->store) : NULL;
        if (problem)
            return problem;
    }
    registered = true;
    world->consumers = consumers;
    world->consumer_count = count;
    return NULL;
}

static const struct problem *start_media(struct world *world, struct text *complaint)
{
    struct text watermark = setting_text("media.watermark");
    struct media_bucket bucket = {
        .store = setting_text("media.store"),
        .endpoint = setting_text("media.endpoint"),
        .region = setting_text("media.region"),
        .key = setting_text("media.key"),
        .secret = setting_text("media.secret"),
        .cache = setting_integer("media.cache") * 1000000,
    };
    /* Never the same folder: copies are swept, the only files are not. */
    const char *name = text_empty(bucket.store) ? "media" : "media-copies";
    struct text folder = text_format(world->memory, "%.*s/%s", TEXT_ARGS(world->data), name);
    if (!folder.data)
        return &out_of_memory;
    struct media_options options = {
        .folder = folder.data,
        .bucket = bucket,
        .executable = "/proc/self/exe",
        .children = (int)setting_integer("media.children"),
        .watermark = text_c(world->memory, watermark),
    };
    const struct problem *problem = media_start(&options);
    if (problem == &invalid_input)
        *complaint = text_of("media.store is no s3://BUCKET/PREFIX, or media.endpoint no address");
    return problem;
}

const struct problem *world_open(struct memory *memory, struct text data, struct world *out,
                                 struct text *complaint)
{
    *out = (struct world){.memory = memory, .data = data};
    *complaint = (struct text){0};
    ids_stop();
    const struct problem *problem = make_folders(memory, data, complaint);
    if (!problem)
        problem = words_load(memory, complaint);
    if (!problem)
        problem = module_check(memory, complaint);
    if (!problem)
        problem = open_store(out, complaint);
    if (!problem)
        problem = register_parts(out);
    if (!problem)
        problem = start_media(out, complaint);
    if (problem && text_empty(*complaint))
        *complaint = text_of(problem->name);
    if (problem)
        world_close(out);
    return problem;
}

static void share_limits(void *server, int64_t serving)
{
    server_share(server, serving);
}

const struct problem *world_lease(struct world *world, struct text *complaint)
{
    if (world->node)
        return NULL;
    const struct problem *problem = node_begin(world->memory, world->store, &world->node);
    if (problem)
        *complaint = text_of(problem == &node_none ? "all 1,024 numbers for ids are held"
                                                   : "no number for ids could be leased");
    return problem;
}

const struct problem *world_serve(struct world *world, int port, struct text *complaint)
{
    static struct route_table const *tables[TABLES_MAX];
    static const struct nav_entry *nav[NAV_MAX];
    static const struct quick_route *quick[QUICK_MAX];
    size_t table_count = 0;
    size_t nav_count = 0;
    size_t quick_count = 0;
    for (const struct module *const *at = module_all(); *at; at++) {
        const struct module *part = *at;
        ensure(table_count + part->route_count <= TABLES_MAX &&
               nav_count + part->nav_count <= NAV_MAX);
        for (size_t i = 0; i < part->route_count; i++)
            tables[table_count++] = part->routes[i];
        for (size_t i = 0; i < part->nav_count; i++)
            nav[nav_count++] = &part->nav[i];
        ensure(quick_count < QUICK_MAX);
        if (part->quick)
            quick[quick_count++] = part->quick;
    }
    struct text address = setting_text("web.address");
    struct server_options options = {
        .store = world->store,
        .tables = tables,
        .table_count = table_count,
        .nav = nav,
        .nav_count = nav_count,
        .quick = quick,
        .quick_count = quick_count,
        .viewer_load = login_viewer,
        .newest = event_newest,
        .key_load = app_grant_load,
        .origin_known = app_grant_origin_known,
        .retry_after = login_retry_after,
        .webhook = hook_described,
        .data = world->data,
        .address = text_c(world->memory, address),
        .port = port < 0 ? 0 : port,
    };
    const struct problem *problem = world_lease(world, complaint);
    if (!problem)
        problem = server_start(world->memory, &options, &world->server, complaint);
    struct text own = text_format(world->memory, "http://%s:%d", options.address,
                                  problem ? 0 : server_port(world->server));
    if (!problem)
        problem = own.data ? mail_reached_at(world->memory, own) : &out_of_memory;
    if (!problem && port >= 0)
        problem = node_keep(world->node, share_limits, world->server);
    if (!problem && port >= 0)
        problem = runner_start(world->memory, world->store, world->consumers, world->consumer_count,
                               &world->runner);
    return problem;
}

const struct problem *world_settle(struct world *world)
{
    return runner_settle(world->store, world->reader, world->consumers, world->consumer_count,
                         true);
}

void world_close(struct world *world)
{
    if (world->server)
        server_stop(world->server);
    runner_stop(world->runner);
    node_end(world->node);
    media_stop();
    memory_end(world->reading);
    if (world->store)
        store_close(world->store);
    *world = (struct world){.memory = world->memory, .data = world->data};
}
