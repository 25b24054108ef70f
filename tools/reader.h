/*
 * Reading for the build's generators: memory, whole files, C tokens, complaints with a place.
 *
 * The generators run before anything under src/ is compiled, so nothing here or beside it may use
 * src/. They live for a moment: the end of the process gives back all they take.
 *
 * Must not know: shapes, SQL. Read next: headers.h.
 */
#ifndef CONTRAFLOW_TOOLS_READER_H
#define CONTRAFLOW_TOOLS_READER_H

#include <stdbool.h>
#include <stddef.h>

/* Where in a source something stands. */
struct place {
    const char *file; /* as named on the command line */
    int line;         /* from 1; 0 when the whole file is meant */
};

/* Prints "file:line: message" on standard error and ends the process with status 1. */
_Noreturn void refuse(struct place place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* `size` zeroed bytes that live until the end of the process; ends it when there are none. */
void *take(size_t size);
/* A terminated copy of `size` bytes. */
char *take_part(const char *start, size_t size);
char *take_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* An array of `count` items with room for one more: the same one, or a larger copy. */
void *take_room(void *items, size_t count, size_t size);

/* The whole file with a NUL behind it; *size may be NULL. Refuses what cannot be read. */
char *file_read(const char *path, size_t *size);

bool text_same(const char *a, const char *b);
bool text_ends(const char *text, const char *end);
/* `text` behind `start`, or NULL when it does not start so. */
const char *text_after(const char *text, const char *start);
/* Lower-case letter first, then lower-case letters, digits and what stands in `more`. */
bool text_is_word(const char *text, const char *more);
/* Where a path of a source stands in the include path: without its leading "src/". */
const char *path_included(const char *path);

enum token_kind {
    TOKEN_END = 0,
    TOKEN_NAME,      /* identifier or keyword */
    TOKEN_NUMBER,    /* any number, suffix included */
    TOKEN_LITERAL,   /* string or character */
    TOKEN_MARK,      /* one other character */
    TOKEN_COMMENT,   /* its words with single blanks, without the comment's own marks */
    TOKEN_DIRECTIVE, /* a preprocessor line with its continuations */
};

struct token {
    enum token_kind kind; /* what it is */
    const char *text;     /* as written; "" at the end */
    struct place place;   /* of its first character */
};

/* The tokens of a C file; the last one is TOKEN_END. */
struct token *tokens_read(const char *path);

#endif
