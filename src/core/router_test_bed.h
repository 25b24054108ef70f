/*
 * What tests stand on that come as browsers and programs do: core on SQLite in a folder of its own, and a
 * server without a socket in front of it.
 *
 * For *_test.c and other test beds only; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_CORE_ROUTER_TEST_BED_H
#define CONTRAFLOW_CORE_ROUTER_TEST_BED_H

#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/settings.h"
#include "core/login/factor.h"
#include "core/login/login.h"
#include "core/mail/mail.h"
#include "core/module.h"
#include "web/router.h"
#include "web/words.h"

struct router_bed {
    char folder[64];         /* DATA */
    struct memory *memory;   /* for the whole test */
    struct store *store;     /* in the folder */
    struct database *reader; /* of it */
    struct server *server;   /* in front of it */
};

/* A folder, and a store in it with the tables of all. */
static inline const struct problem *router_open(struct router_bed *bed, struct text *complaint)
{
    const struct schema *schemas[MODULE_SCHEMAS_MAX];
    size_t count = module_schemas(schemas);
    char url[128];
    bed->memory = memory_create(256 << 20);
    (void)snprintf(bed->folder, sizeof bed->folder, "/tmp/contraflow_router_XXXXXX");
    assert_non_null(mkdtemp(bed->folder));
    (void)snprintf(url, sizeof url, "sqlite:%s/store.db", bed->folder);
    settings_declare(web_settings, web_setting_count);
    settings_declare(mail_settings, MAIL_SETTINGS);
    const struct problem *problem = settings_load(bed->memory, "/nonexistent/conf", complaint);
    if (!problem)
        problem = words_load(bed->memory, complaint);
    if (!problem)
        problem = store_open(bed->memory, text_of(url), schemas, count, &bed->store, complaint);
    if (!problem)
        problem = store_reader(bed->store, bed->memory, &bed->reader);
    if (!problem)
        problem = mail_start(bed->memory, text_of(bed->folder));
    if (!problem)
        problem = factor_start(bed->memory, text_of(bed->folder));
    return problem ? problem : mail_reached_at(bed->memory, text_of("http://site.example"));
}

/* Opens it with a server; `options` names what it serves. 0 or, having said why not, -1. */
static inline int router_begin(struct router_bed *bed, struct server_options options)
{
    struct text complaint = {"", 0};
    const struct problem *problem = router_open(bed, &complaint);
    options.store = bed->store;
    options.viewer_load = login_viewer;
    options.data = text_of(bed->folder);
    options.address = "127.0.0.1";
    if (!problem)
        problem = server_start(bed->memory, &options, &bed->server, &complaint);
    if (problem)
        print_message("%s: %.*s\n", problem->name, TEXT_ARGS(complaint));
    return problem ? -1 : 0;
}

static inline int router_remove(const char *path, const struct stat *about, int kind,
                                struct FTW *place)
{
    (void)about;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline int router_end(struct router_bed *bed)
{
    if (bed->server)
        server_stop(bed->server);
    if (bed->store)
        store_close(bed->store);
    memory_end(bed->memory);
    clock_set((struct instant){0});
    return nftw(bed->folder, router_remove, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
