/*
 * What the parts of the house checker share: the files of the tree and the findings about them.
 *
 * A finding has a rule, a place and a sentence. tools/check.conf may allow a counted number of them;
 * what it allows beyond need is a finding itself, so exceptions only ever shrink.
 *
 * Must not know: how the product works. Read next: tools/check_source.c.
 */
#ifndef CONTRAFLOW_TOOLS_CHECK_H
#define CONTRAFLOW_TOOLS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/* One text file of the tree, wholly read. */
struct checked_file {
    char *path;   /* from the root: "src/base/text.c" */
    char *text;   /* its bytes and a NUL */
    size_t size;  /* bytes without that NUL */
    size_t lines; /* how many lines it has */
};

struct checked_tree {
    struct checked_file *files; /* sorted by path */
    size_t count;               /* how many */
    size_t room;                /* allocated */
};

/* Notes that `path` breaks `rule` at `line` (1 is the first, 0 the whole file). */
void check_found(const char *rule, const char *path, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same for something measured: `subject` is what tools/check.conf names, `weight` its measure. */
void check_measured(const char *rule, const char *path, size_t line, const char *subject,
                    size_t weight, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* Helpers over the tree. */
const struct checked_file *check_find(const struct checked_tree *tree, const char *path);
bool check_exists(const char *path); /* a file or folder on disk, from the root */
bool check_starts(const char *text, const char *prefix);
bool check_ends(const char *text, const char *suffix);
bool check_is_test(const char *path); /* a unit test, its test bed, or under tests/ */
size_t check_line_of(const char *text, const char *at);
bool check_is_name(char c); /* a letter, digit or underscore */

/* The rules, each over the whole tree. */
void check_sources(const struct checked_tree *tree);   /* tools/check_source.c */
void check_calls(const struct checked_tree *tree);     /* tools/check_calls.c */
void check_words(const struct checked_tree *tree);     /* tools/check_words.c */
void check_keys(const struct checked_tree *tree);      /* tools/check_keys.c */
void check_schemas(const struct checked_tree *tree);   /* tools/check_layout.c */
void check_layout(const struct checked_tree *tree);    /* tools/check_layout.c */
void check_documents(const struct checked_tree *tree); /* tools/check_documents.c */

/* A copy of C text of the same size in which comments and the insides of literals are blanks, so
 * that places stay the same. The caller frees it. */
char *check_blank(const struct checked_file *file);

#endif
