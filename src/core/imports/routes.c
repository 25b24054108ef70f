/*
 * Paths of imports, and what else core declares about them.
 */
#include "base/settings.h"
#include "core/module.h"
#include "core/imports/import.h"
#include "core/imports/pages.shapes.h"

#define IMPORT_BODY ((size_t)256 << 20) /* bytes of a file, at most */
#define PAGE(name)  "core/imports/pages/" name ".html"

static const struct route biz_routes[] = {
    {GET, "/biz/imports", &core_imports_show_biz_handler, VIEWER, .page = PAGE("biz"),
     .api = "/api/v1/imports",
     .summary = "Files that a business brought, what files can hold, and what can be taken along"},
    {POST, "/biz/imports", &core_import_take_biz_handler, BUYER, .again = "/biz/imports",
     .api = "/api/v1/imports", .body = IMPORT_BODY, .rate = RATE_SLOW, .repeat = REPEAT_ANEW,
     .summary = "Brings a file; nothing is taken in yet"},
    {GET, "/biz/imports/{import}", &core_import_show_biz_handler, VIEWER, .page = PAGE("biz-one"),
     .api = "/api/v1/imports/{import}",
     .summary = "One import: its columns, its errors, how far it is"},
    {POST, "/biz/imports/{import}/letters", &core_import_recast_biz_handler, BUYER,
     .again = "/biz/imports/{import}", .api = "/api/v1/imports/{import}/letters",
     .repeat = REPEAT_SAME,
     .summary = "Says in which letters a file is written and what stands between its columns"},
    {POST, "/biz/imports/{import}/check", &core_import_check_biz_handler, BUYER,
     .again = "/biz/imports/{import}", .api = "/api/v1/imports/{import}/check",
     .repeat = REPEAT_SAME,
     .summary = "Says what its columns are and has it read without taking anything in"},
    {POST, "/biz/imports/{import}/run", &core_import_run_biz_handler, BUYER,
     .api = "/api/v1/imports/{import}/run", .repeat = REPEAT_SAME,
     .summary = "Takes it in, but for what has errors"},
    {POST, "/biz/imports/{import}/cancel", &core_import_cancel_biz_handler, BUYER,
     .api = "/api/v1/imports/{import}/cancel", .repeat = REPEAT_SAME,
     .summary = "Stops it; nothing of it is left"},
    {POST, "/biz/imports/{import}/undo", &core_import_undo_biz_handler, BUYER,
     .api = "/api/v1/imports/{import}/undo", .repeat = REPEAT_SAME,
     .summary = "Takes it back: all is as it was, but for what was changed since"},
};
static const struct route me_routes[] = {
    {GET, "/me/imports", &core_imports_show_me_handler, SIGNED_IN, .page = PAGE("me"),
     .api = "/api/v1/me/imports",
     .summary = "Files that a person brought, what files can hold, and what can be taken along"},
    {POST, "/me/imports", &core_import_take_me_handler, SIGNED_IN, .again = "/me/imports",
     .api = "/api/v1/me/imports", .body = IMPORT_BODY, .rate = RATE_SLOW, .repeat = REPEAT_ANEW,
     .summary = "Brings a file; nothing is taken in yet"},
    {GET, "/me/imports/{import}", &core_import_show_me_handler, SIGNED_IN, .page = PAGE("me-one"),
     .api = "/api/v1/me/imports/{import}",
     .summary = "One import: its columns, its errors, how far it is"},
    {POST, "/me/imports/{import}/letters", &core_import_recast_me_handler, SIGNED_IN,
     .again = "/me/imports/{import}", .api = "/api/v1/me/imports/{import}/letters",
     .repeat = REPEAT_SAME,
     .summary = "Says in which letters a file is written and what stands between its columns"},
    {POST, "/me/imports/{import}/check", &core_import_check_me_handler, SIGNED_IN,
     .again = "/me/imports/{import}", .api = "/api/v1/me/imports/{import}/check",
     .repeat = REPEAT_SAME,
     .summary = "Says what its columns are and has it read without taking anything in"},
    {POST, "/me/imports/{import}/run", &core_import_run_me_handler, SIGNED_IN,
     .api = "/api/v1/me/imports/{import}/run", .repeat = REPEAT_SAME,
     .summary = "Takes it in, but for what has errors"},
    {POST, "/me/imports/{import}/cancel", &core_import_cancel_me_handler, SIGNED_IN,
     .api = "/api/v1/me/imports/{import}/cancel", .repeat = REPEAT_SAME,
     .summary = "Stops it; nothing of it is left"},
    {POST, "/me/imports/{import}/undo", &core_import_undo_me_handler, SIGNED_IN,
     .api = "/api/v1/me/imports/{import}/undo", .repeat = REPEAT_SAME,
     .summary = "Takes it back: all is as it was, but for what was changed since"},
};
/* Files of businesses came with shops, and keys that may bring them name that topic. */
static const struct route_table biz_table = {"shop", ALL(biz_routes)};
static const struct route_table me_table = {"imports", ALL(me_routes)};
static const struct route_table *const tables[] = {&biz_table, &me_table};

static const struct problem *const problems[] = {&import_no_number, &import_not_now};
static const struct job_kind *const jobs[] = {&import_job, &import_tidy_job};

static const struct problem *start(struct memory *process, struct store *store)
{
    struct memory *memory = memory_scratch(process);
    const struct problem *problem = memory ? imports_resume(store, memory) : &out_of_memory;
    memory_end(memory);
    return problem;
}

const struct module imports_part = {
    .name = "imports",
    .routes = ALL(tables),
    .jobs = ALL(jobs),
    .problems = ALL(problems),
    .start = start,
};
