/*
 * The house checker: rules of this tree that no compiler knows, each with a name and a place.
 *
 *     build/bin/check [--tap] ROOT
 *
 * Prints "file:line: rule: message" and ends with 1 when there is any. With --tap it prints one test
 * line for each rule, for ./test. tools/check.conf holds the exceptions, "RULE SUBJECT COUNT" a
 * line. This file reads the tree and keeps the findings; it knows no rule.
 * Read next: tools/check.h, then tools/check_source.c.
 */
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MESSAGE_MAX 400
#define PATH_ROOM   1024

struct finding {
    const char *rule;          /* its name */
    char *path;                /* where */
    size_t line;               /* 0: the whole file */
    char *subject;             /* what check.conf would name */
    size_t weight;             /* 1, or a measure */
    char message[MESSAGE_MAX]; /* one sentence */
    bool allowed;              /* check.conf covers it */
};

struct exception {
    char *rule;    /* its name */
    char *subject; /* path, or path:function */
    size_t count;  /* exactly so many, or so long */
    size_t line;   /* of check.conf */
};

static const char *const rule_names[] = {
    "include-direction", "include-path", "sql-literal", "html-literal", "raw-html",
    "function-length",   "file-length",  "banned-call", "macro-jump",   "header-comment",
    "read-next",         "header-guard", "unfinished",  "private-path", "words-missing",
    "words-argument",    "words-format", "schema-note", "table-name",   "module-shape",
    "file-name",         "document",     "exception",
};
#define RULE_COUNT (sizeof rule_names / sizeof rule_names[0])

static struct finding *findings;
static size_t finding_count, finding_room;
static struct exception *exceptions;
static size_t exception_count;

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "check: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void *grow(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return items;
    }
    *room = *room ? *room * 2 : 64;
    void *larger = realloc(items, *room * size);
    if (!larger) {
        give_up("memory");
    }
    return larger;
}

static char *copy(const char *text)
{
    char *made = strdup(text);
    if (!made) {
        give_up("memory");
    }
    return made;
}

static void add_finding(const char *rule, const char *path, size_t line, const char *subject,
                        size_t weight, const char *format, va_list arguments)
{
    findings = grow(findings, finding_count, &finding_room, sizeof *findings);
    struct finding *made = &findings[finding_count++];
    *made = (struct finding){
        .rule = rule, .path = copy(path), .line = line, .subject = copy(subject), .weight = weight};
    vsnprintf(made->message, sizeof made->message, format, arguments);
}

void check_found(const char *rule, const char *path, size_t line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(rule, path, line, path, 1, format, arguments);
    va_end(arguments);
}

void check_measured(const char *rule, const char *path, size_t line, const char *subject,
                    size_t weight, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_finding(rule, path, line, subject, weight, format, arguments);
    va_end(arguments);
}

bool check_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool check_ends(const char *text, const char *suffix)
{
    size_t length = strlen(text), wanted = strlen(suffix);
    return length >= wanted && strcmp(text + length - wanted, suffix) == 0;
}

bool check_is_test(const char *path)
{
    return strstr(path, "_test.") || strstr(path, "_test_") || strstr(path, "/tests/") ||
           check_starts(path, "tests/");
}

bool check_is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

size_t check_line_of(const char *text, const char *at)
{
    size_t line = 1;
    for (; text < at; text++) {
        line += *text == '\n';
    }
    return line;
}

bool check_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static int compare_files(const void *a, const void *b)
{
    return strcmp(((const struct checked_file *)a)->path, ((const struct checked_file *)b)->path);
}

const struct checked_file *check_find(const struct checked_tree *tree, const char *path)
{
    char *wanted = copy(path);
    struct checked_file key = {.path = wanted};
    const struct checked_file *found =
        bsearch(&key, tree->files, tree->count, sizeof key, compare_files);
    free(wanted);
    return found;
}

/* ---- reading the tree ---- */

static bool is_text(const char *path)
{
    static const char *const endings[] = {".c",  ".h",  ".def", ".sql", ".html", ".txt",    ".css",
                                          ".js", ".sh", ".md",  ".cjs", ".mjs",  "Makefile"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (check_ends(path, endings[i])) {
            return true;
        }
    }
    return strcmp(path, "run") == 0 || strcmp(path, "test") == 0 || strcmp(path, ".ci/run") == 0;
}

static void read_file(struct checked_tree *tree, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        give_up(path);
    }
    size_t room = 4096, size = 0, got;
    char *text = malloc(room + 1);
    while (text && (got = fread(text + size, 1, room - size, file)) > 0) {
        size += got;
        if (size == room) {
            room *= 2;
            char *larger = realloc(text, room + 1);
            if (!larger) {
                give_up(path);
            }
            text = larger;
        }
    }
    if (!text || ferror(file)) {
        give_up(path);
    }
    fclose(file);
    text[size] = 0;
    tree->files = grow(tree->files, tree->count, &tree->room, sizeof *tree->files);
    struct checked_file *made = &tree->files[tree->count++];
    *made = (struct checked_file){.path = copy(path), .text = text, .size = size};
    for (size_t i = 0; i < size; i++) {
        made->lines += text[i] == '\n';
    }
}

static bool is_skipped(const char *path, const char *name)
{
    return name[0] == '.' || strcmp(name, "node_modules") == 0 ||
           strcmp(path, "tests/corpus") == 0 || strcmp(path, "tools/tests") == 0;
}

static void read_folder(struct checked_tree *tree, const char *folder)
{
    DIR *open = opendir(folder);
    if (!open) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(open));) {
        char path[PATH_ROOM];
        struct stat about;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (is_skipped(path, entry->d_name) || lstat(path, &about) != 0) {
            continue;
        }
        if (S_ISDIR(about.st_mode)) {
            read_folder(tree, path);
        } else if (S_ISREG(about.st_mode) && is_text(path)) {
            read_file(tree, path);
        }
    }
    closedir(open);
}

static void read_tree(struct checked_tree *tree)
{
    static const char *const folders[] = {"src", "tools", "tests", "bench", "ui", "docs"};
    static const char *const singles[] = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "run",
                                          "test",      ".ci/run",         "Makefile"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        read_folder(tree, folders[i]);
    }
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
        if (check_exists(singles[i])) {
            read_file(tree, singles[i]);
        }
    }
    qsort(tree->files, tree->count, sizeof *tree->files, compare_files);
}

/* ---- exceptions ---- */

static void read_exceptions(void)
{
    FILE *file = fopen("tools/check.conf", "r");
    if (!file) {
        return;
    }
    char line[PATH_ROOM];
    size_t room = 0;
    for (size_t number = 1; fgets(line, sizeof line, file); number++) {
        char rule[64], subject[512];
        long count;
        line[strcspn(line, "#\n")] = 0;
        if (line[strspn(line, " \t")] == 0) {
            continue;
        }
        if (sscanf(line, "%63s %511s %ld", rule, subject, &count) != 3 || count < 1) {
            check_found("exception", "tools/check.conf", number, "not \"RULE SUBJECT COUNT\"");
            continue;
        }
        exceptions = grow(exceptions, exception_count, &room, sizeof *exceptions);
        exceptions[exception_count++] = (struct exception){
            .rule = copy(rule), .subject = copy(subject), .count = (size_t)count, .line = number};
    }
    fclose(file);
}

static bool covers(const struct exception *exception, const struct finding *finding)
{
    return strcmp(exception->rule, finding->rule) == 0 &&
           strcmp(exception->subject, finding->subject) == 0;
}

static void apply_exceptions(void)
{
    size_t known = finding_count;
    for (size_t i = 0; i < exception_count; i++) {
        const struct exception *exception = &exceptions[i];
        size_t weight = 0;
        for (size_t j = 0; j < known; j++) {
            weight += covers(exception, &findings[j]) ? findings[j].weight : 0;
        }
        if (weight < exception->count) {
            check_found("exception", "tools/check.conf", exception->line,
                        "%s needs only %zu of the %zu allowed to %s; %s", exception->subject,
                        weight, exception->count, exception->rule,
                        weight ? "lower it" : "remove the line");
        }
        for (size_t j = 0; j < known && weight <= exception->count; j++) {
            findings[j].allowed |= covers(exception, &findings[j]);
        }
    }
}

/* ---- answering ---- */

static int compare_findings(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    if (order) {
        return order;
    }
    return x->line < y->line ? -1 : x->line > y->line;
}

static size_t print_findings(const char *rule, const char *before)
{
    size_t printed = 0;
    for (size_t i = 0; i < finding_count; i++) {
        const struct finding *f = &findings[i];
        if (f->allowed || (rule && strcmp(rule, f->rule) != 0)) {
            continue;
        }
        printf("%s%s:%zu: %s: %s\n", before, f->path, f->line, f->rule, f->message);
        printed++;
    }
    return printed;
}

static void print_tap(void)
{
    printf("1..%zu\n", RULE_COUNT);
    for (size_t i = 0; i < RULE_COUNT; i++) {
        size_t printed = print_findings(rule_names[i], "# ");
        printf("%s %zu - house rule %s\n", printed ? "not ok" : "ok", i + 1, rule_names[i]);
    }
}

int main(int count, char **arguments)
{
    bool tap = count > 1 && strcmp(arguments[1], "--tap") == 0;
    if (count != (tap ? 3 : 2)) {
        fprintf(stderr, "usage: check [--tap] ROOT\n");
        return 2;
    }
    if (chdir(arguments[count - 1]) != 0) {
        give_up(arguments[count - 1]);
    }
    /* Lives as long as the program; a single pass has nothing to give back in between. */
    static struct checked_tree tree;
    read_tree(&tree);
    read_exceptions();
    check_sources(&tree);
    check_calls(&tree);
    check_words(&tree);
    check_keys(&tree);
    check_schemas(&tree);
    check_layout(&tree);
    check_documents(&tree);
    apply_exceptions();
    qsort(findings, finding_count, sizeof *findings, compare_findings);

    size_t broken = 0;
    for (size_t i = 0; i < finding_count; i++) {
        broken += !findings[i].allowed;
    }
    if (tap) {
        print_tap();
    } else {
        print_findings(NULL, "");
    }
    return broken ? 1 : 0;
}
