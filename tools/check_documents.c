/*
 * House rules about documents: a path or link that a .md file names exists.
 *
 * Looks at anything that reads like a path of this tree ("src/base/text.c", "docs/") and at the
 * targets of links. Paths with a part in capitals, <, { or * are patterns and left alone.
 * Must not know: what the documents say.
 */
#include "check.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PATH_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./"

/* A part of a path in capitals stands for any name: src/modules/NAME/pages. */
static bool is_pattern(const char *path, char next)
{
    if (next && strchr("<{*$[", next)) {
        return true;
    }
    for (const char *at = path; *at;) {
        size_t length = strcspn(at, "/._-");
        size_t capitals = 0;
        for (size_t i = 0; i < length; i++) {
            capitals += isupper((unsigned char)at[i]) != 0;
        }
        if (length > 1 && capitals == length && strncmp(at, "README", 6) != 0) {
            return true;
        }
        at += length + (at[length] ? 1 : 0);
    }
    return false;
}

static void trim_end(char *path)
{
    size_t length = strlen(path);
    while (length > 0 && strchr(".-", path[length - 1])) {
        path[--length] = 0;
    }
}

static void check_paths(const struct checked_file *file)
{
    static const char *const roots[] = {"src/", "tools/", "tests/", "bench/", "ui/", "docs/"};
    for (const char *at = file->text; *at; at++) {
        bool begins = at == file->text || (!strchr(PATH_CHARACTERS, at[-1]) && at[-1] != ':');
        if (!begins) {
            continue;
        }
        for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
            if (!check_starts(at, roots[i])) {
                continue;
            }
            char path[400];
            size_t length = strspn(at, PATH_CHARACTERS);
            snprintf(path, sizeof path, "%.*s", (int)(length < 399 ? length : 399), at);
            trim_end(path);
            if (!is_pattern(path, at[length]) && !check_exists(path)) {
                check_found("document", file->path, check_line_of(file->text, at),
                            "names %s, which does not exist", path);
            }
        }
    }
}

static void check_links(const struct checked_file *file)
{
    for (const char *at = file->text; (at = strstr(at, "]("));) {
        at += 2;
        size_t length = strcspn(at, ")# \n");
        if (length == 0 || memchr(at, ':', length) || at[0] == '/') {
            continue;
        }
        const char *slash = strrchr(file->path, '/');
        char path[600];
        snprintf(path, sizeof path, "%.*s%.*s", slash ? (int)(slash - file->path) + 1 : 0,
                 file->path, (int)(length < 300 ? length : 300), at);
        if (!check_exists(path)) {
            check_found("document", file->path, check_line_of(file->text, at),
                        "links to %.*s, which does not exist", (int)length, at);
        }
    }
}

void check_documents(const struct checked_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct checked_file *file = &tree->files[i];
        if (check_ends(file->path, ".md")) {
            check_paths(file);
            check_links(file);
        }
    }
}
