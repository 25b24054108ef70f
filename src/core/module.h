/*
 * The contract of a module: one folder, one constant, one line in modules/modules.def.
 */
#ifndef CONTRAFLOW_CORE_MODULE_H
#define CONTRAFLOW_CORE_MODULE_H

#include "base/settings.h"
#include "core/event.h"
#include "core/flow.h"
#include "core/hooks/hooks.h"
#include "core/job.h"
#include "core/offering.h"
#include "core/owed/obligation.h"
#include "core/waiting.h"
#include "core/widgets/widget.h"
#include "ledger/audit.h"
#include "ledger/ledger.h"
#include "web/quick.h"
#include "web/server.h"

struct demo;        /* core/demo.h */
struct import_kind; /* core/imports/kind.h */
struct table_link;  /* core/files/table.h */

/* Files or rows taken in from the command line: `contraflow import NAME PATH --as LOGIN`. */
struct import_run {
    struct store *store;
    struct database *db;    /* a reader */
    struct memory *memory;  /* until the import ends */
    struct party_id person; /* for whom */
    struct text path;       /* what to take in */
    struct instant at;
    void (*progress)(const char *what, int64_t done, int64_t all);
    void (*refused)(struct import_run *run, struct text what, const struct problem *why);
    int64_t taken;    /* filled: how many came in */
    int64_t left_out; /* filled: how many were refused, each with its reason */
};
struct command_import {
    const char *name; /* "photos" */
    const struct problem *(*run)(struct import_run *run);
};

/* A call that makes one of a module's things, so that the generated tests have one to try its routes
 * with (tests/roles_test.c). */
enum { EXAMPLE_ANYONE = 1, EXAMPLE_PERSON = 2, EXAMPLE_BUSINESS = 4 };
struct module_example {
    int by;           /* who calls: EXAMPLE_PERSON, EXAMPLE_BUSINESS (its buyer) */
    const char *path; /* POST under /api/v1; "{pho}" stands for the first thing of that kind */
    const char *form; /* urlencoded, the same */
    const char
        *makes;  /* prefix of the new thing's id, which is in the answer; NULL: a step to others */
    int seen_by; /* who may see it, added up; operators always may */
};

struct module {
    const char *name;                        /* the folder's */
    const struct schema *schema;             /* its tables; NULL when none */
    const struct route_table *const *routes; /* one table a portal, say */
    size_t route_count;
    const struct quick_route *quick; /* what of it needs no worker; NULL: nothing */
    const struct nav_entry *nav;
    size_t nav_count;
    /* What of its own waits for the reader in PORTAL_ME or PORTAL_BIZ, by waiting_add(); NULL when
     * nothing ever does. Called for each front page, so a bounded statement or two. */
    const struct problem *(*waits)(struct request *request, enum portal portal,
                                   struct waiting_said *said);
    const struct flow *const *flows;
    size_t flow_count;
    const struct posting_template *const
        *postings; /* all it uses, for the documentation and audit */
    size_t posting_count;
    const struct consumer *const *consumers;
    size_t consumer_count;
    const struct job_kind *const *jobs;
    size_t job_count;
    const struct offering_kind *const *offerings;
    size_t offering_count;
    const struct plan_kind *const *plans; /* of the obligations over time that it makes */
    size_t plan_count;
    const struct hook_kind *hooks; /* which events businesses' own programs may be told of */
    size_t hook_count;
    const struct widget *widgets; /* what /w/1.js brings into pages of other websites */
    size_t widget_count;
    const struct setting *settings;
    size_t setting_count;
    const struct problem *const *problems; /* its own, for the documentation */
    size_t problem_count;
    const struct problem *(*start)(struct memory *process,
                                   struct store *store); /* once, after the store opened; or NULL */
    const struct problem *(*demo)(struct demo *demo);    /* its part of the demo world */
    const struct problem *(*audit)(struct database *db, struct memory *memory,
                                   const struct ledger_audit_listener *listener,
                                   int64_t *discrepancies); /* its check, or NULL */
    /* After its rows came to another database, inside the write that brought them: makes anew what is no
     * rows (a full-text index); NULL when all are. Indexes for look-ups are not there yet. */
    const struct problem *(*moved)(struct database *db, struct memory *memory);
    const struct command_import *const *command_imports; /* what the command line can take in */
    size_t command_import_count;
    const struct import_kind *const *imports; /* what files that people bring can hold */
    size_t import_count;
    const struct table_link *exports; /* what people and businesses can take with them */
    size_t export_count;
    const struct module_example *examples; /* one of each of its things, in this order */
    size_t example_count;
};

/* Core's own parts, in the same form, then the modules in their order; ends with NULL. First called
 * before any thread. */
const struct module *const *module_all(void);
/* The ledger's tables, then those of every part, in the order in which they build on each other: what
 * store_open() wants. Returns how many. */
#define MODULE_SCHEMAS_MAX 65
size_t module_schemas(const struct schema *out[MODULE_SCHEMAS_MAX]);
/* Whether every text that a part's tables name exists: labels of navigation, reasons of postings,
 * titles and details of problems, meanings of webhooks' events. After words_load(); *complaint names part, use and key. */
const struct problem *module_check(struct memory *memory, struct text *complaint);
/* Those of modules/modules.def; ends with NULL. */
extern const struct module *const modules[];

#endif
