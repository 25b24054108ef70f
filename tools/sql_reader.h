/*
 * Reads a queries.sql: named statements with their types and their text for each engine.
 *
 * The grammar stands at the top of src/store/store.h. In short: comment lines directly above a text
 * name it (first line) and describe it (the others); a comment with a blank line below it is for
 * people only; each text ends with a semicolon and has no blank line within. `-- flow TABLE(state)`
 * stands for two statements, see src/store/state.h.
 *
 * Must not know: types, what is generated. Read next: sql_text.c for the text itself, statements.c.
 */
#ifndef CONTRAFLOW_TOOLS_SQL_READER_H
#define CONTRAFLOW_TOOLS_SQL_READER_H

#include "reader.h"

/* A file while it is read. */
struct sql_cursor {
    const char *at;     /* next character */
    struct place place; /* of that character */
};

/* A name behind a colon, or a string literal, within a text. */
struct sql_part {
    const char *text;   /* without colon or quotes */
    struct place place; /* where it stands */
};

struct sql_text {
    const char *text;          /* without comments and semicolon; NULL: not given */
    struct place place;        /* of its first character */
    bool writes;               /* INSERT, UPDATE or DELETE, also behind WITH */
    struct sql_part *names;    /* every parameter as often as it is used */
    size_t name_count;         /* of them */
    struct sql_part *literals; /* every string literal */
    size_t literal_count;      /* of them */
};

struct sql_parameter {
    const char *name;      /* of the C parameter */
    const char *type_name; /* as model_type() takes it */
};

enum sql_gives { SQL_GIVES_NOTHING = 1, SQL_GIVES_ONE, SQL_GIVES_MANY };

struct sql_statement {
    const char *name;                 /* of the C function */
    struct place place;               /* of the name line */
    const char *description;          /* one sentence or more */
    const char *takes;                /* tag of the shape; NULL: the parameters below */
    struct sql_parameter *parameters; /* in their order */
    size_t parameter_count;           /* of them */
    enum sql_gives gives;             /* how many rows */
    const char *row;                  /* tag of the row's shape; NULL for nothing */
    const char *table;                /* the second of `-- flow TABLE`: its name; else NULL */
    bool moved, flow;                 /* that table has such a column */
    struct sql_text common;           /* for both engines */
    struct sql_text sqlite;           /* or one text */
    struct sql_text postgresql;       /* for each */
};

/* The statements of a file; *count is their number. Refuses what it does not understand. */
struct sql_statement *sql_read(const char *path, size_t *count);

/* Reads one text up to its semicolon (sql_text.c). */
struct sql_text sql_text_read(struct sql_cursor *cursor);

#endif
