/*
 * Text: valid UTF-8 without NUL, checked once at the door, carried as pointer and size.
 *
 * Text, ready HTML and SQL are three C types, so that one cannot stand where another belongs.
 * A text is not terminated unless it came from text_copy() or a builder, which add a NUL for C
 * libraries; text_c() makes sure.
 */
#ifndef CONTRAFLOW_BASE_TEXT_H
#define CONTRAFLOW_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "base/problem.h"

struct text {
    const char *data; /* UTF-8; may be NULL when size is 0 */
    size_t size;      /* bytes */
};

/* Ready HTML. Made by web/template.c and marked places only; a template writes it unescaped. */
struct html {
    struct text markup; /* well formed, safe as element content */
};

/* Raw bytes from outside that nobody looked at yet. */
struct bytes {
    const unsigned char *data; /* NULL when size is 0 */
    size_t size;               /* bytes */
};

/* A literal as text, usable in constant initialisers. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
/* A text's two parts for printf's "%.*s". */
#define TEXT_ARGS(t) (int)(t).size, (t).data ? (t).data : ""

struct text text_of(const char *c); /* a C string; lives as long as `c` */
bool text_equal(struct text a, struct text b);
bool text_is(struct text a, const char *c);
int text_compare(struct text a, struct text b); /* by bytes, as memcmp */
bool text_starts(struct text a, const char *prefix);
bool text_empty(struct text a);
struct text text_trim(struct text a); /* without ASCII white space at both ends; same lifetime */

/* Copies into `memory`, NUL after the last byte. data is NULL when memory is exhausted. */
struct text text_copy(struct memory *memory, struct text a);
const char *text_c(struct memory *memory, struct text a); /* terminated copy or NULL */
struct text text_format(struct memory *memory, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct text text_format_list(struct memory *memory, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* True for well-formed UTF-8 (RFC 3629: shortest form, no surrogates, at most U+10FFFF), no NUL. */
bool text_valid(struct bytes raw);
size_t text_length(struct text a); /* code points */

/* Whole decimal number, optional sign, no blanks: false when malformed or out of int64_t. */
bool text_to_integer(struct text a, int64_t *out);

/* Takes the part before `separator` off the front of *rest. False when *rest was used up; "a,b,"
 * has two parts, "" none, ",a" an empty one and "a". */
bool text_split(struct text *rest, char separator, struct text *part);

/*
 * Grows a text up to a maximum. Failure sticks: append freely and ask once at the end.
 */
struct builder {
    struct memory *memory; /* where the bytes live */
    char *data;            /* NULL before the first append */
    size_t size;           /* bytes so far */
    size_t room;           /* bytes allocated */
    size_t limit;          /* bytes at most */
    bool failed;           /* the limit or the memory ran out */
    bool exhausted;        /* it was the memory */
};

struct builder builder_make(struct memory *memory, size_t limit);
/* Takes room for about so many more bytes at once; what is beyond the limit is not expected. */
void builder_expect(struct builder *b, size_t size);
void builder_add(struct builder *b, struct text t);
void builder_add_c(struct builder *b, const char *c);
void builder_add_bytes(struct builder *b, const void *data, size_t size);
void builder_add_char(struct builder *b, char c);
void builder_add_integer(struct builder *b, int64_t n);
void builder_add_format(struct builder *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void builder_add_html(struct builder *b, struct text t); /* & < > " ' escaped */
void builder_add_url(struct builder *b, struct text t);  /* percent-encoded component */
void builder_add_json(struct builder *b, struct text t); /* quoted JSON string */
/* Does builder_add_html() leave it as it is? */
bool text_html_plain(struct text t);
const struct problem *builder_end(struct builder *b, struct text *out);
/* builder_end: NULL, &too_large or &out_of_memory; *out ends with a NUL beyond its size. */

#endif
