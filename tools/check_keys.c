/*
 * House rule about text keys that C names: the sentence after `request_go_saying(..., "KEY", ...)`
 * and the rule of `request_refuse(..., "FIELD", "KEY")` stand in some text/en.txt.
 *
 * Keys in tables (navigation, postings, problems) are checked when the program starts. Must not know:
 * what the words mean. Read next: tools/check_words.c.
 */
#include "check.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define KEY_MAX 120

static bool has_key(const struct checked_tree *tree, const char *key)
{
    size_t size = strlen(key);
    for (size_t i = 0; i < tree->count; i++) {
        const struct checked_file *file = &tree->files[i];
        if (!check_ends(file->path, "/text/en.txt")) {
            continue;
        }
        for (const char *at = strstr(file->text, key); at; at = strstr(at + 1, key)) {
            bool begins = at == file->text || at[-1] == '\n';
            const char *after = at + size + strspn(at + size, " \t");
            if (begins && *after == '=') {
                return true;
            }
        }
    }
    return false;
}

/* The literal that is argument number `wanted` (from 0) of the call whose brace opened before `at`;
 * false when it is none. Arguments before it hold no literal with a comma. */
static bool literal_of(const char *at, int wanted, char out[KEY_MAX])
{
    int depth = 0;
    for (int number = 0; *at && *at != ';'; at++) {
        if (number == wanted && depth == 0) {
            at += strspn(at, " \t\n,");
            const char *end = *at == '"' ? strchr(at + 1, '"') : NULL;
            if (!end || end - at > KEY_MAX) {
                return false;
            }
            snprintf(out, KEY_MAX, "%.*s", (int)(end - at - 1), at + 1);
            return true;
        }
        depth += (*at == '(') - (*at == ')');
        number += *at == ',' && depth == 0;
    }
    return false;
}

/* Each call of `function`: its literal behind `prefix` must be a key. */
static void check_calls_of(const struct checked_tree *tree, const struct checked_file *file,
                           const char *function, int argument, const char *prefix)
{
    for (const char *at = strstr(file->text, function); at; at = strstr(at + 1, function)) {
        char literal[KEY_MAX];
        char key[2 * KEY_MAX];
        if (!literal_of(at + strlen(function), argument, literal)) {
            continue;
        }
        snprintf(key, sizeof key, "%s%s", prefix, literal);
        if (!has_key(tree, key)) {
            check_found("words-missing", file->path, check_line_of(file->text, at),
                        "no text/en.txt has %s", key);
        }
    }
}

void check_keys(const struct checked_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct checked_file *file = &tree->files[i];
        if (!check_starts(file->path, "src/") || !check_ends(file->path, ".c") ||
            check_is_test(file->path)) {
            continue;
        }
        check_calls_of(tree, file, "request_go_saying(", 1, "notice.");
        check_calls_of(tree, file, "request_refuse(", 2, "");
    }
}
