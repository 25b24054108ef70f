/*
 * House rules about the shape of C files: who includes whom, how long functions and files are,
 * what stands at the top, no jump hidden in a macro.
 *
 * Works on text with comments and literals blanked out, not on a syntax tree: enough for a tree that
 * clang-format keeps in one form. Must not know: words, SQL, documents.
 * Read next: tools/check_calls.c, which looks into literals and calls.
 */
#include "check.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FUNCTION_LINES_MAX 70
#define FILE_LINES_MAX     1000
#define HEADER_LENGTH_MIN  40 /* characters of a header comment that says something */

static bool is_c(const char *path)
{
    return check_ends(path, ".c") || check_ends(path, ".h");
}

/* Blanks from *i on up to the end of the comment or literal that begins there. */
static size_t blank_one(char *text, size_t size, size_t i)
{
    if (text[i] == '/' && text[i + 1] == '/') {
        while (i < size && text[i] != '\n') {
            text[i++] = ' ';
        }
        return i;
    }
    if (text[i] == '/' && text[i + 1] == '*') {
        text[i] = text[i + 1] = ' ';
        for (i += 2; i < size && !(text[i] == '*' && text[i + 1] == '/'); i++) {
            text[i] = text[i] == '\n' ? '\n' : ' ';
        }
        if (i < size) {
            text[i] = text[i + 1] = ' ';
        }
        return i + 2;
    }
    char quote = text[i];
    for (i++; i < size && text[i] != quote && text[i] != '\n'; i++) {
        if (text[i] == '\\' && i + 1 < size && text[i + 1] != '\n') {
            text[i++] = ' ';
        }
        text[i] = ' ';
    }
    return i + 1;
}

char *check_blank(const struct checked_file *file)
{
    char *text = malloc(file->size + 2);
    if (!text) {
        fprintf(stderr, "check: out of memory\n");
        exit(2);
    }
    memcpy(text, file->text, file->size);
    text[file->size] = text[file->size + 1] = 0;
    for (size_t i = 0; i < file->size;) {
        bool comment = text[i] == '/' && (text[i + 1] == '/' || text[i + 1] == '*');
        bool digit_separator = i > 0 && text[i] == '\'' && isdigit((unsigned char)text[i - 1]);
        if (comment || text[i] == '"' || (text[i] == '\'' && !digit_separator)) {
            i = blank_one(text, file->size, i);
        } else {
            i++;
        }
    }
    return text;
}

/* ---- folders ---- */

/* The order in which folders may see each other; -1 for what is none of them. */
static int rank_of(const char *path)
{
    static const char *const folders[] = {"base/", "store/", "ledger/",
                                          "web/",  "core/",  "modules/"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        if (check_starts(path, folders[i])) {
            return (int)i;
        }
    }
    return -1;
}

/* The length of "modules/stock/" in a path within a module, 0 elsewhere. */
static size_t module_prefix(const char *path)
{
    if (!check_starts(path, "modules/")) {
        return 0;
    }
    const char *slash = strchr(path + strlen("modules/"), '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

static void check_include(const struct checked_file *file, size_t line, const char *included)
{
    if (!check_starts(file->path, "src/")) {
        return;
    }
    const char *path = file->path + strlen("src/");
    if (!strchr(included, '/') && rank_of(path) >= 0 && !check_ends(included, ".def")) {
        check_found("include-path", file->path, line, "\"%s\" is not a path from src/", included);
        return;
    }
    int mine = rank_of(path), theirs = rank_of(included);
    if (mine >= 0 && theirs > mine) {
        check_found("include-direction", file->path, line,
                    "\"%s\" stands above this folder (base, store, ledger, web, core, modules)",
                    included);
    }
    size_t own = module_prefix(path), other = module_prefix(included);
    if (own && other && (own != other || strncmp(path, included, own) != 0)) {
        check_found("include-direction", file->path, line,
                    "modules never include each other; share through core or events");
    }
}

static void check_includes(const struct checked_file *file)
{
    size_t number = 1;
    for (const char *line = file->text; *line; number++) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) : strlen(line);
        char text[512], included[256];
        snprintf(text, sizeof text, "%.*s", (int)(length < 511 ? length : 511), line);
        if (sscanf(text, " # include \"%255[^\"]\"", included) == 1) {
            check_include(file, number, included);
        }
        line += length + (end ? 1 : 0);
    }
}

/* ---- functions ---- */

/* Blanks preprocessor lines too; reports return and goto inside macros on the way. */
static void blank_directives(const struct checked_file *file, char *code)
{
    size_t number = 1;
    bool inside = false, define = false;
    for (char *line = code; *line; number++) {
        char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) : strlen(line);
        size_t blanks = strspn(line, " \t");
        if (!inside && line[blanks] == '#') {
            inside = true;
            const char *word = line + blanks + 1;
            define = check_starts(word + strspn(word, " \t"), "define");
        }
        if (inside) {
            bool goes_on = length > 0 && line[length - 1] == '\\';
            for (size_t i = 0; define && i < length; i++) {
                bool word = i == 0 || !check_is_name(line[i - 1]);
                size_t size = check_starts(line + i, "return") ? 6
                              : check_starts(line + i, "goto") ? 4
                                                               : 0;
                if (word && size && i + size <= length && !check_is_name(line[i + size])) {
                    check_found("macro-jump", file->path, number, "a macro hides %.*s", (int)size,
                                line + i);
                }
            }
            memset(line, ' ', length);
            inside = goes_on;
        }
        line += length + (end ? 1 : 0);
    }
}

/* The name of the function whose body opens at `brace`, NULL when it is no function. */
static const char *function_name(const char *code, const char *brace, size_t *length)
{
    const char *at = brace;
    for (;;) {
        while (at > code && isspace((unsigned char)at[-1])) {
            at--;
        }
        if (at == code || at[-1] != ')') {
            return NULL;
        }
        int depth = 0;
        do {
            at--;
            depth += (*at == ')') - (*at == '(');
        } while (at > code && depth > 0);
        while (at > code && isspace((unsigned char)at[-1])) {
            at--;
        }
        const char *end = at;
        while (at > code && check_is_name(at[-1])) {
            at--;
        }
        *length = (size_t)(end - at);
        if (*length == 0) {
            return NULL;
        }
        if (*length != strlen("__attribute__") || strncmp(at, "__attribute__", *length) != 0) {
            return at;
        }
    }
}

static void check_functions(const struct checked_file *file, const char *code)
{
    int depth = 0;
    const char *name = NULL;
    size_t length = 0, first = 0;
    for (const char *at = code; *at; at++) {
        if (*at == '{' && depth++ == 0) {
            name = function_name(code, at, &length);
            first = name ? check_line_of(code, name) : 0;
        }
        if (*at == '}' && depth > 0 && --depth == 0 && name) {
            size_t lines = check_line_of(code, at) - first + 1;
            if (lines > FUNCTION_LINES_MAX) {
                char subject[512];
                snprintf(subject, sizeof subject, "%s:%.*s", file->path, (int)length, name);
                check_measured("function-length", file->path, first, subject, lines,
                               "%.*s has %zu lines; %d are enough", (int)length, name, lines,
                               FUNCTION_LINES_MAX);
            }
            name = NULL;
        }
    }
}

/* ---- tops of files ---- */

static void check_read_next(const struct checked_file *file, const char *end)
{
    const char *at = strstr(file->text, "Read next:");
    if (!at || at > end) {
        return;
    }
    for (at += strlen("Read next:"); at < end;) {
        size_t length =
            strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./");
        char path[256], below[300];
        snprintf(path, sizeof path, "%.*s", (int)(length < 255 ? length : 255), at);
        while (strlen(path) > 0 && path[strlen(path) - 1] == '.') {
            path[strlen(path) - 1] = 0;
        }
        snprintf(below, sizeof below, "src/%s", path);
        const char *point = strrchr(path, '.');
        bool names_file = strchr(path, '/') && point && is_c(path);
        if (names_file && !check_exists(path) && !check_exists(below)) {
            check_found("read-next", file->path, check_line_of(file->text, at),
                        "there is no %s to read next", path);
        }
        at += length ? length : 1;
    }
}

static void check_top(const struct checked_file *file)
{
    const char *end = strstr(file->text, "*/");
    if (!check_starts(file->text, "/*") || !end) {
        check_found("header-comment", file->path, 1,
                    "begins with no comment that says what it is responsible for");
        return;
    }
    if (end - file->text < HEADER_LENGTH_MIN) {
        check_found("header-comment", file->path, 1,
                    "its first comment is shorter than %d characters: say what the file is "
                    "responsible for, what it must not know and what to read next",
                    HEADER_LENGTH_MIN);
        return;
    }
    check_read_next(file, end);
}

static void check_guard(const struct checked_file *file)
{
    char wanted[300] = "CONTRAFLOW_";
    const char *path = file->path;
    bool module = check_starts(path, "src/modules/") && strchr(path + strlen("src/modules/"), '/');
    path += module ? strlen("src/modules/") : 0;
    path += check_starts(path, "src/") ? strlen("src/") : 0;
    size_t used = strlen(wanted);
    for (; *path && used + 1 < sizeof wanted; path++) {
        wanted[used++] = check_is_name(*path) ? (char)toupper((unsigned char)*path) : '_';
    }
    wanted[used] = 0;
    char line[340];
    snprintf(line, sizeof line, "#ifndef %s\n", wanted);
    if (!strstr(file->text, line)) {
        check_found("header-guard", file->path, 1, "has no #ifndef %s", wanted);
    }
}

static bool has_length_limit(const char *path)
{
    return is_c(path) || check_ends(path, ".sql") || check_ends(path, ".html") ||
           check_ends(path, ".css") || check_ends(path, ".js") || check_ends(path, ".sh");
}

void check_sources(const struct checked_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct checked_file *file = &tree->files[i];
        if (has_length_limit(file->path) && file->lines > FILE_LINES_MAX) {
            check_measured("file-length", file->path, 0, file->path, file->lines,
                           "has %zu lines; %d are the most", file->lines, FILE_LINES_MAX);
        }
        if (check_ends(file->path, ".sql") && !check_starts(file->text, "--")) {
            check_found("header-comment", file->path, 1, "begins with no comment");
        }
        if (check_ends(file->path, ".sh") && !strstr(file->text, "\n#")) {
            check_found("header-comment", file->path, 1, "has no comment below its first line");
        }
        if (!is_c(file->path)) {
            continue;
        }
        check_top(file);
        check_includes(file);
        if (check_ends(file->path, ".h")) {
            check_guard(file);
        }
        char *code = check_blank(file);
        blank_directives(file, code);
        check_functions(file, code);
        free(code);
    }
}
