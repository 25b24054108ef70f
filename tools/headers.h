/*
 * What the C headers declare for the generators: ids, enums with words, shapes, handlers.
 *
 * Two passes, so that a type may be declared in any header of those given: headers_read() for each,
 * then headers_resolve() finds what every member is. Whatever is not understood is refused with its
 * place; nothing is guessed. The grammar of the comments stands in src/base/shape.h.
 *
 * Must not know: what is generated, SQL. Read next: shape_writer.h, shapes.c, statements.c.
 */
#ifndef CONTRAFLOW_TOOLS_HEADERS_H
#define CONTRAFLOW_TOOLS_HEADERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reader.h"

struct header {
    const char *path; /* as given: "src/modules/stock/stock.h" */
    const char *stem; /* in the include path, without .h: "modules/stock/stock" */
    bool marked;      /* it declares something for us */
};

struct word {
    const char *constant; /* PHOTO_DRAFT */
    const char *name;     /* draft */
    const char *meaning;  /* one sentence */
    int64_t value;        /* of the constant */
};

enum declared_as { DECLARED_ID = 1, DECLARED_WORDS, DECLARED_SHAPE };

/* One marked struct or enum. */
struct declaration {
    enum declared_as as;         /* what its mark says */
    const char *tag;             /* behind struct or enum */
    const char *meaning;         /* one sentence */
    struct place place;          /* of struct or enum */
    const struct header *header; /* where it stands */
    const char *prefix;          /* of an id */
    struct word *words;          /* of an enum */
    struct member *members;      /* of a shape */
    size_t count;                /* of words or members */
};

/* The kinds of src/base/shape.h. */
enum kind {
    KIND_NONE = 0,
    KIND_FLAG,
    KIND_INTEGER,
    KIND_TEXT,
    KIND_HTML,
    KIND_MONEY,
    KIND_INSTANT,
    KIND_ID,
    KIND_WORD,
    KIND_STRUCT,
    KIND_LIST,
    KIND_UPLOAD,
};

struct type {
    const char *c;                      /* as C writes it: "struct maybe_text" */
    enum kind kind;                     /* what it is, or what a maybe_ holds */
    bool optional;                      /* a maybe_ */
    const char *value;                  /* inside a maybe_: "struct text"; otherwise as c */
    enum kind item;                     /* of a list: text, id or struct */
    const struct declaration *declared; /* the id, enum or shape meant; NULL for built-in types */
};

struct member {
    const char *name;     /* of the member */
    struct place place;   /* of its type */
    const char *keyword;  /* "struct", "enum", or "" for bool and int64_t */
    const char *tag;      /* behind it, or "flag" and "integer" */
    struct type type;     /* set by headers_resolve() */
    const char *meaning;  /* one sentence */
    const char *audience; /* FOR_PUBLIC, FOR_PARTY or FOR_OPERATOR */
    const char *format;   /* NULL, FORMAT_URL or FORMAT_MAIL */
    bool limited;         /* low or high were declared */
    bool left_out;        /* stands in the struct, not in the shape */
    int64_t low, high;    /* inclusive; INT64_MIN and INT64_MAX when not declared */
};

/* A prototype that has the form of a route's handler. */
struct handler {
    const char *name;                /* of the function */
    struct place place;              /* of its name */
    const struct header *header;     /* where it stands */
    const char *takes_tag;           /* behind struct */
    const char *gives_tag;           /* behind struct */
    const struct declaration *takes; /* set by headers_resolve(); NULL: no handler after all */
    const struct declaration *gives; /* set by headers_resolve() */
};

struct model {
    struct header **headers;           /* in the order given */
    size_t header_count;               /* of them */
    struct declaration **declarations; /* in the order of the headers */
    size_t declaration_count;          /* of them */
    struct handler **handlers;         /* in the order of the headers */
    size_t handler_count;              /* of them */
};

/* Adds what one header declares. */
void headers_read(struct model *model, const char *path);
/* Finds the type of every member and the shapes of every handler. Call once, after all headers. */
void headers_resolve(struct model *model);

/* NULL when there is none with this tag. */
const struct declaration *model_find(const struct model *model, const char *tag);
/* By the name that stands in statements and in maybe_ and _list types: "integer", "flag", "text",
 * "maybe_money", "photo_id", "photo_state", "photo_card_list". False when there is none. */
bool model_type(const struct model *model, const char *name, struct type *out);

/* Reads what stands before the colon of a member's comment into `member`, and its meaning
 * (annotation.c). A comment that begins with a capital letter is all meaning, colons or not. Refuses
 * what it does not know. */
void member_annotate(struct member *member, struct token comment);
/* Refuses limits, formats and audiences that do not fit the member's type (annotation.c). */
void member_check(const struct member *member, const struct declaration *shape);
/* Splits "before: meaning" at its first colon that a blank or the end follows. Without such a colon
 * `*before` is "". Refuses an empty meaning (annotation.c). */
void comment_split(struct token comment, const char **before, const char **meaning);

#endif
