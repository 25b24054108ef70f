/*
 * Shapes: what a struct looks like, as constant data. One declaration, five faces: SQL rows and
 * parameters, JSON in and out, forms and queries, templates, the OpenAPI document.
 *
 * tools/shapes.c reads the headers under src/ and writes `<struct>_shape` for every struct marked
 *
 *     struct photo_id {                 // shape id pho: A photograph
 *         int64_t value;
 *     };
 *     enum photo_state {                // shape: Where a photograph stands
 *         PHOTO_DRAFT = 1,              // draft: Only its owner sees it
 *     };
 *     struct photo_card {               // shape: One photograph in a list
 *         struct photo_id id;           // Names it everywhere
 *         struct text title;            // 1..200: What its author calls it
 *         struct maybe_text note;       // ..500, for party: Only its participants read it
 *         struct money price;           // 1..100000000: From this much on, minor units
 *         struct photo_card_list more;  // ..10: Others by the same person
 *     };
 *
 * (written with C block comments; those would end this one). Before the colon stand, separated by
 * commas: limits (code points for text, items for lists, minor units for money, value for integers),
 * `for AUDIENCE`, for text `url` or `mail`, and `none` for what is no part of the shape. The rest is the meaning, shown in the API document.
 *
 * Three kinds of use, never one struct for all: an input (what may come in), a row (what a statement
 * yields), a view (what goes out). Must not know: SQL, HTTP, HTML. Read next: store/, web/.
 */
#ifndef CONTRAFLOW_BASE_SHAPE_H
#define CONTRAFLOW_BASE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/money.h"
#include "base/problem.h"
#include "base/text.h"

/* `struct maybe_x`: not used by accident, since it is no x. */
#define MAYBE(name)                                                                                \
    struct maybe_##name {                                                                          \
        bool present;                                                                              \
        struct name value;                                                                         \
    }
#define LIST_OF(name)                                                                              \
    struct name##_list {                                                                           \
        const struct name *items;                                                                  \
        size_t count;                                                                              \
    }

/* A list and how many it holds, for a pointer and the count behind it: `.flows = ALL(flows)`. */
#define ALL(list) (list), sizeof(list) / sizeof(list)[0]

MAYBE(text);
MAYBE(money);
MAYBE(instant);
LIST_OF(text);
struct maybe_integer {
    bool present;
    int64_t value;
};
struct maybe_flag {
    bool present;
    bool value;
};

enum field_kind {
    FIELD_FLAG = 1, /* bool */
    FIELD_INTEGER,  /* int64_t, within 2^53 outside the database */
    FIELD_TEXT,     /* struct text */
    FIELD_HTML,     /* struct html: only out, never in */
    FIELD_MONEY,    /* struct money; two columns, <name>_minor and <name>_currency */
    FIELD_INSTANT,  /* struct instant; integer column, RFC 3339 in JSON */
    FIELD_ID,       /* struct x_id { int64_t value } */
    FIELD_WORD,     /* an enum; its wire words in SQL, JSON and forms */
    FIELD_STRUCT,   /* another shape, in place */
    FIELD_LIST,     /* struct x_list of shapes, texts or ids */
    FIELD_UPLOAD,   /* struct upload: a file of a multipart form (web/upload.h) */
};

/* Who may read a field of a view. Each includes those above it in rights. */
enum audience {
    FOR_PUBLIC = 0,
    FOR_PARTY,    /* the people and businesses taking part in the thing shown */
    FOR_OPERATOR, /* the intermediary's staff */
};

struct word {
    int value;           /* the enum constant, never 0 */
    const char *name;    /* the wire word: "draft" */
    const char *meaning; /* one sentence */
};

struct words {
    const char *name; /* the enum's tag */
    const char *meaning;
    const struct word *items;
    size_t count;
};

enum text_format { FORMAT_ANY = 0, FORMAT_URL, FORMAT_MAIL };

struct shape;

struct field {
    const char *name;          /* the member's name: the column, JSON key, form field */
    const char *meaning;       /* one sentence for its reader */
    size_t offset;             /* of the value, or of the maybe_ struct when optional */
    size_t value_offset;       /* of the value inside maybe_, 0 otherwise */
    enum field_kind kind;      /* what the member is */
    bool optional;             /* a maybe_ member: absent in JSON, NULL in SQL */
    enum audience audience;    /* who may read it */
    enum text_format format;   /* of a text */
    int64_t low, high;         /* limits, inclusive; INT64_MIN/MAX when none are declared */
    const char *prefix;        /* of an id: "pho" */
    const struct words *words; /* of an enum */
    const struct shape *shape; /* of a struct or of a list's items; NULL for lists of text */
    enum field_kind item_kind; /* of a list: FIELD_STRUCT, FIELD_TEXT or FIELD_ID */
};

struct shape {
    const char *name;    /* the struct's tag */
    const char *meaning; /* one sentence */
    size_t size;         /* sizeof the struct */
    const struct field *fields;
    size_t count;
};

/* A struct with nothing in it: for routes and statements that take or give nothing. */
struct nothing { /* shape: Nothing at all */
    bool unused; /* none: C wants a member */
};

/* Makes an optional text present, written as printf does into `memory`; a link to what comes next is
 * one. &out_of_memory leaves it absent. */
const struct problem *maybe_text_format(struct memory *memory, struct maybe_text *out,
                                        const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Of a list read with one more than `most` leaves `most`, and writes where it goes on: `format`, as
 * printf does, and behind it the id of the last item left. Nothing when the list is no longer than
 * that. `list` is an X_list, `item` the shape of its items, whose first member is the id that the
 * list is ordered by; `most` is above 0. */
const struct problem *list_cut(struct memory *memory, const struct shape *item, void *list,
                               size_t most, struct maybe_text *later, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

const struct field *shape_find(const struct shape *shape,
                               struct text name); /* NULL: no such field */

/* The word of an enum value, and back. NULL or 0 when there is none. */
const char *words_name(const struct words *words, int value);
int words_value(const struct words *words, struct text name);

/* Why a field's text could not be taken; text key "field.<name>", see ui/text. */
enum field_fault {
    FIELD_FINE = 0,
    FIELD_MISSING,   /* required and absent or empty */
    FIELD_TOO_SHORT, /* fewer code points, items or less than `low` */
    FIELD_TOO_LONG,  /* more than `high` */
    FIELD_TOO_SMALL, /* a number or amount below `low` */
    FIELD_TOO_LARGE, /* above `high` */
    FIELD_NOT_TEXT,  /* invalid UTF-8 or a NUL byte */
    FIELD_NOT_NUMBER,
    FIELD_NOT_MONEY, /* not an amount in digits, or too many digits after the point */
    FIELD_NOT_DATE,
    FIELD_NOT_WORD, /* not one of the choices */
    FIELD_NOT_ID,
    FIELD_NOT_URL,
    FIELD_NOT_MAIL,
    FIELD_NOT_FLAG,
    FIELD_UNKNOWN, /* JSON only: no such member */
    FIELD_REPEATED,
    FIELD_REFUSED, /* a rule of the module; problem_name says which */
};

struct field_error {
    const char *field;      /* path with dots and indexes: "photos.2.title" */
    enum field_fault fault; /* what is wrong */
    const char *rule;       /* FIELD_REFUSED: text key of the sentence; otherwise NULL */
    int64_t limit;          /* the limit that was crossed, where there is one */
    int64_t found;          /* what was found instead, where it can be counted */
};
struct field_errors {
    const struct field_error *items;
    size_t count;
};

/* Reads one scalar field's text (form, query, path) into `target`, the start of the struct. An empty
 * text leaves an optional field absent. Money takes `<name>` typed by a person and the currency of
 * `<name>_currency`, which the caller passes. Texts are copied into `memory`; when that has no room
 * the fault is FIELD_REFUSED with the rule "problem.out_of_memory". White space alone counts as
 * empty; an empty flag is off, an empty text with the declared minimum 0 is fine. Scalars only
 * (ensure). Never touches target on a fault; error may be NULL. */
enum field_fault field_read(struct memory *memory, const struct field *field, struct text raw,
                            struct currency currency, void *target, struct field_error *error);

/* JSON in: fills `target` from one object. NULL, &too_large, or &invalid_input with *errors filled;
 * malformed JSON is an error of the field "": FIELD_REFUSED by the rule "field.malformed_json", found
 * being the byte where it stopped. Other rules: "field.not_object", "field.not_list". Nesting at most
 * 32, at most 2,000 members and items, the first 1,000 errors. An absent flag is off and an absent
 * list empty, as in a form; null is absent. &out_of_memory as everywhere. */
const struct problem *shape_read_json(struct memory *memory, const struct shape *shape,
                                      struct bytes json, void *target, struct field_errors *errors);

/* JSON out: appends the view as one object, fields above `audience` and absent ones left out. */
void shape_write_json(struct builder *out, const struct shape *shape, const void *source,
                      enum audience audience);

/* Every shape the build found, in the order of the headers; ends with NULL. */
extern const struct shape *const all_shapes[];

#endif
