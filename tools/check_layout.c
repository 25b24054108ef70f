/*
 * House rules about folders and tables: what a module's folder holds, how files may be called, and
 * that each table and column says what it means and carries its folder's name.
 *
 * Reads migrations line by line in the form this tree writes them: a column a line, its comment
 * behind it. Must not know: what the tables are for. Read next: tools/check_documents.c.
 */
#include "check.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define LINE_MAX_SIZE 1024

/* Where the reader stands in a migration. */
struct schema_place {
    const struct checked_file *file; /* the migration */
    char folder[64];                 /* "stock": whose tables these are */
    size_t line;                     /* the current line */
    size_t column_line;              /* where a column without comment began, 0 when none waits */
    char column[64];                 /* its name */
    ptrdiff_t indent;                /* how many blanks stand before it; more go on with it */
    bool table;                      /* inside CREATE TABLE */
    bool noted;                      /* the line before was a comment */
};

/* The folder that a path like src/modules/stock/schema/x.sql or src/core/schema/x.sql belongs to. */
static void folder_of(const char *path, char *out, size_t size)
{
    const char *end = strstr(path, "/schema/");
    const char *start = end;
    while (start && start > path && start[-1] != '/') {
        start--;
    }
    snprintf(out, size, "%.*s", start ? (int)(end - start) : 0, start ? start : "");
}

static void finish_column(struct schema_place *place)
{
    if (place->column_line) {
        check_found("schema-note", place->file->path, place->column_line,
                    "column %s has no comment that says what it holds", place->column);
    }
    place->column_line = 0;
}

static void begin_table(struct schema_place *place, const char *line)
{
    char name[64] = "";
    sscanf(line, "CREATE TABLE %63[A-Za-z0-9_]", name);
    size_t prefix = strlen(place->folder);
    place->table = true;
    if (!place->noted) {
        check_found("schema-note", place->file->path, place->line,
                    "table %s has no comment above it", name);
    }
    if (place->folder[0] && (strncmp(name, place->folder, prefix) != 0 || name[prefix] != '_')) {
        check_found("table-name", place->file->path, place->line,
                    "table %s does not begin with %s_", name, place->folder);
    }
}

static void read_schema_line(struct schema_place *place, const char *line)
{
    const char *text = line + strspn(line, " \t");
    bool comment = check_starts(text, "--");
    if (check_starts(line, "CREATE TABLE ")) {
        begin_table(place, line);
    } else if (place->table && check_starts(line, ")")) {
        finish_column(place);
        place->table = false;
    } else if (place->table && !comment) {
        bool deeper = place->column_line && text - line > place->indent;
        bool column = islower((unsigned char)text[0]) && !deeper;
        if (column || (isupper((unsigned char)text[0]) && !deeper)) {
            finish_column(place);
        }
        if (column && !place->noted) {
            place->column_line = place->line;
            place->indent = text - line;
            sscanf(text, "%63[A-Za-z0-9_]", place->column);
        }
        if (strstr(text, "--")) {
            place->column_line = 0;
        }
    }
    place->noted = comment;
}

void check_schemas(const struct checked_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct checked_file *file = &tree->files[i];
        if (!strstr(file->path, "/schema/") || !check_ends(file->path, ".sql")) {
            continue;
        }
        struct schema_place place = {.file = file, .line = 1};
        folder_of(file->path, place.folder, sizeof place.folder);
        /* Core's things are named for themselves (party, deal): they belong to every model. */
        if (strcmp(place.folder, "core") == 0) {
            place.folder[0] = 0;
        }
        for (const char *at = file->text; *at; place.line++) {
            size_t length = strcspn(at, "\n");
            char line[LINE_MAX_SIZE];
            snprintf(line, sizeof line, "%.*s",
                     (int)(length < sizeof line - 1 ? length : sizeof line - 1), at);
            read_schema_line(&place, line);
            at += length + (at[length] ? 1 : 0);
        }
        finish_column(&place);
    }
}

/* ---- folders ---- */

static bool tree_has_below(const struct checked_tree *tree, const char *prefix)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (check_starts(tree->files[i].path, prefix)) {
            return true;
        }
    }
    return false;
}

/* A part of the demo world stands where its reader looks for it. */
static void check_demo(const struct checked_tree *tree, const char *folder, const char *name)
{
    char descriptor[300], demo[300];
    snprintf(descriptor, sizeof descriptor, "%s/%s.c", folder, name);
    snprintf(demo, sizeof demo, "%s/demo.c", folder);
    for (size_t i = 0; i < tree->count; i++) {
        const struct checked_file *file = &tree->files[i];
        if (strcmp(file->path, descriptor) == 0 && strstr(file->text, ".demo = ") &&
            !tree_has_below(tree, demo)) {
            check_found("module-shape", folder, 0, "has no demo.c");
        }
    }
}

static void check_module(const struct checked_tree *tree, const char *name)
{
    static const char *const parts[] = {
        "README.md", "%s.c", "queries.sql", "states.c", "schema/0001_", "pages/", "text/en.txt",
    };
    char folder[200];
    snprintf(folder, sizeof folder, "src/modules/%s", name);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        char wanted[300], part[100];
        if (check_starts(parts[i], "%s")) {
            snprintf(part, sizeof part, "%s%s", name, parts[i] + 2);
        } else {
            snprintf(part, sizeof part, "%s", parts[i]);
        }
        snprintf(wanted, sizeof wanted, "%s/%s", folder, part);
        if (!tree_has_below(tree, wanted)) {
            check_found("module-shape", folder, 0, "has no %s", part);
        }
    }
    check_demo(tree, folder, name);
}

static void check_name(const char *path)
{
    static const char *const vague[] = {"util", "utils", "misc", "common", "helper", "helpers"};
    for (const char *at = path; *at;) {
        size_t length = strcspn(at, "/._-");
        for (size_t i = 0; i < sizeof vague / sizeof vague[0]; i++) {
            if (strlen(vague[i]) == length && strncmp(vague[i], at, length) == 0) {
                check_found("file-name", path, 0, "\"%s\" does not say what it holds", vague[i]);
            }
        }
        at += length + (at[length] ? 1 : 0);
    }
}

void check_layout(const struct checked_tree *tree)
{
    char last[64] = "";
    for (size_t i = 0; i < tree->count; i++) {
        const char *path = tree->files[i].path;
        check_name(path);
        size_t slashes = 0;
        for (const char *at = path; *at; at++) {
            slashes += *at == '/';
        }
        if (check_starts(path, "src/") && slashes > 4) {
            check_found("file-name", path, 0, "lies deeper than src/modules/NAME/pages");
        }
        char name[64];
        const char *rest = path + (check_starts(path, "src/modules/") ? 12 : strlen(path));
        const char *slash = strchr(rest, '/');
        if (slash && (size_t)(slash - rest) < sizeof name) {
            snprintf(name, sizeof name, "%.*s", (int)(slash - rest), rest);
            if (strcmp(name, last) != 0) {
                check_module(tree, name);
                snprintf(last, sizeof last, "%s", name);
            }
        }
    }
}
