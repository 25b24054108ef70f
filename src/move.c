/*
 * `contraflow move --to URL`: an installation's database into an empty one, whatever their engines; then
 * the audit there.
 *
 * What lies in the data folder (media, keys) is nobody's but the folder's and stays. Must not know: SQL,
 * tables. Read next: store/move.h.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/settings.h"
#include "command.h"
#include "store/move.h"

enum { EVENTS_AT_ONCE = 1000 };

/* Where the data folder's own database lies. */
static struct text own_database(const struct command_line *line)
{
    return text_format(line->memory, "sqlite:%.*s/contraflow.db", TEXT_ARGS(line->data));
}

static bool is_postgresql(struct text url)
{
    return text_starts(url, "postgresql://") || text_starts(url, "postgres://");
}

/* Without the password, for people and logs. */
static struct text shown(struct memory *memory, struct text url)
{
    const char *host = memrchr(url.data, '@', url.size);
    const char *user = memmem(url.data, url.size, "//", 2);
    const char *secret = user && host ? memchr(user + 2, ':', (size_t)(host - user - 2)) : NULL;
    if (!is_postgresql(url) || !secret)
        return url;
    return text_format(memory, "%.*s:PASSWORD%.*s", (int)(secret - url.data), url.data,
                       (int)(url.data + url.size - host), host);
}

/* From where, and that there is something. */
static int find_source(struct command_line *line, struct text *out)
{
    struct text complaint = {0};
    if (world_settings(line->memory, line->data, &complaint)) {
        fprintf(stderr, "contraflow: %.*s\n", TEXT_ARGS(complaint));
        return EXIT_USAGE;
    }
    *out = setting_text("database");
    if (text_empty(*out))
        *out = own_database(line);
    const char *file = text_starts(*out, "sqlite:") ? text_c(line->memory, *out) + 7 : NULL;
    if (file && access(file, F_OK) != 0) {
        fprintf(stderr, "contraflow: there is nothing to move: %s is absent\n", file);
        return EXIT_USAGE;
    }
    return EXIT_FINE;
}

static int find_target(struct command_line *line, struct text *out)
{
    *out = text_of(line->to ? line->to : "");
    if (text_is(*out, "sqlite"))
        *out = own_database(line);
    if (is_postgresql(*out) || (text_starts(*out, "sqlite:") && out->size > strlen("sqlite:")))
        return EXIT_FINE;
    fputs("Usage: contraflow move --to postgresql://...   everything to PostgreSQL\n"
          "       contraflow move --to sqlite             ... to SQLite in the data folder\n"
          "       contraflow move --to sqlite:FILE        ... to SQLite in another file\n",
          stderr);
    return EXIT_USAGE;
}

/* Opens the source once as every command does, which migrates it, and lets the followers of its events
 * read what they have not read yet (core/event.h says why). */
static int prepare_source(struct command_line *line)
{
    struct world world;
    int64_t taken = 1;
    const struct problem *problem = NULL;
    int code = command_open(line, &world);
    if (code)
        return code;
    while (!problem && taken > 0) {
        struct memory *memory = memory_scratch(line->memory);
        problem = memory ? event_consume(world.store, world.reader, memory, world.consumers,
                                         world.consumer_count, EVENTS_AT_ONCE, &taken)
                         : &out_of_memory;
        memory_end(memory);
    }
    if (problem)
        code = command_failed(problem, text_of("events could not be read to their end"));
    world_close(&world);
    return code;
}

static const struct problem *finish(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = NULL;
    (void)context;
    for (const struct module *const *part = module_all(); !problem && *part; part++) {
        if ((*part)->moved)
            problem = (*part)->moved(db, memory);
    }
    return problem;
}

static void hear(void *context, const char *discrepancy)
{
    (void)context;
    fprintf(stderr, "%s\n", discrepancy);
}

/* The audit of what arrived. */
static int audit_target(struct command_line *line, struct text url, int64_t *found)
{
    struct world world;
    struct text complaint = {0};
    const struct problem *problem =
        settings_set(line->memory, text_of("database"), url, &complaint);
    if (problem)
        return command_failed(problem, complaint);
    int code = command_open(line, &world);
    if (code)
        return code;
    struct ledger_audit_listener listener = {NULL, hear};
    problem = command_audit_all(&world, world.memory, &listener, found);
    if (problem)
        code = command_failed(problem, text_of("the audit could not be finished"));
    world_close(&world);
    return code;
}

/* What has to be in the settings from now on. */
static struct text setting_line(const struct command_line *line, struct text to)
{
    if (text_equal(to, own_database(line)))
        return text_of("database =");
    return text_format(line->memory, "database = %.*s", TEXT_ARGS(shown(line->memory, to)));
}

static void tell_json(struct command_line *line, const struct store_move *move, int64_t found,
                      struct builder *out)
{
    builder_add_c(out, "{\"from\":");
    builder_add_json(out, shown(line->memory, move->from));
    builder_add_c(out, ",\"to\":");
    builder_add_json(out, shown(line->memory, move->to));
    builder_add_format(out,
                       ",\"rows\":%lld,\"discrepancies\":%lld,\"setting\":", (long long)move->rows,
                       (long long)found);
    builder_add_json(out, setting_line(line, move->to));
    builder_add_c(out, ",\"tables\":[");
    for (size_t i = 0; i < move->tables.count; i++) {
        builder_add_c(out, i ? ",\n {\"name\":" : "\n {\"name\":");
        builder_add_json(out, move->tables.items[i].name);
        builder_add_format(out, ",\"rows\":%lld}", (long long)move->tables.items[i].rows);
    }
    builder_add_c(out, "]}\n");
}

static void tell_text(struct command_line *line, const struct store_move *move, int64_t found,
                      struct builder *out)
{
    struct text setting = setting_line(line, move->to);
    for (size_t i = 0; i < move->tables.count; i++)
        builder_add_format(out, "%-32.*s %12lld rows, the same on both sides\n",
                           TEXT_ARGS(move->tables.items[i].name),
                           (long long)move->tables.items[i].rows);
    builder_add_format(out,
                       "%lld discrepancies\n\nBefore the next start, set in %.*s/contraflow.conf "
                       "(or CONTRAFLOW_DATABASE):\n\n    %.*s\n\n",
                       (long long)found, TEXT_ARGS(line->data), TEXT_ARGS(setting));
    struct text from = shown(line->memory, move->from);
    builder_add_format(out,
                       "What was moved is still in %.*s, too: nothing may write there any more.\n",
                       TEXT_ARGS(from));
}

static int tell(struct command_line *line, const struct store_move *move, int64_t found)
{
    struct builder out = builder_make(line->memory, 1 << 20);
    struct text written;
    if (line->json)
        tell_json(line, move, found, &out);
    else
        tell_text(line, move, found, &out);
    const struct problem *problem = builder_end(&out, &written);
    if (problem)
        return command_failed(problem, text_of("the tables are too many to print"));
    fwrite(written.data, 1, written.size, stdout);
    return found ? EXIT_FOUND : EXIT_FINE;
}

int command_move(struct command_line *line)
{
    const struct schema *schemas[MODULE_SCHEMAS_MAX];
    struct store_move move = {.schemas = schemas,
                              .schema_count = module_schemas(schemas),
                              .finish = finish,
                              .progress = command_progress};
    struct text complaint = {0};
    int64_t found = 0;
    int code = line->count ? EXIT_USAGE : EXIT_FINE;
    if (code)
        fputs("contraflow move takes no words, only --to URL\n", stderr);
    if (!code)
        code = find_target(line, &move.to);
    if (!code)
        code = find_source(line, &move.from);
    if (!code)
        code = prepare_source(line);
    if (code)
        return code;
    const struct problem *problem = store_move(line->memory, &move, &complaint);
    if (problem)
        return command_failed(problem, complaint);
    code = audit_target(line, move.to, &found);
    return code ? code : tell(line, &move, found);
}
