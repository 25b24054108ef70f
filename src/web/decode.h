/*
 * What clients send in text form, taken apart: percent-encoding, queries, forms, cookies, Accept.
 *
 * Pure functions over bytes from outside; each has a fuzz target in tests/. Nothing here fails
 * loudly: what cannot be read is absent, or stays as it came for a later check to name.
 * Must not know: routes, shapes, sockets. Read next: web/intake.c.
 */
#ifndef CONTRAFLOW_WEB_DECODE_H
#define CONTRAFLOW_WEB_DECODE_H

#include "base/memory.h"
#include "base/problem.h"
#include "base/text.h"
#include "web/request.h"

#define DECODE_PAIRS_MAX 2000 /* names in one query or form */

/* One name and what came with it. The name is valid text; the value may still be anything. */
struct pair {
    struct text name;  /* valid UTF-8 */
    struct text value; /* decoded, unchecked bytes: field_read() names what is wrong with them */
};
struct pairs {
    struct pair *items;
    size_t count;
};

/* Decodes %XX; '+' becomes a blank when `plus`. False: a % without two hexadecimal digits (then
 * *out holds it literally, as the URL standard does for forms) or no memory (out->data is NULL). */
bool decode_percent(struct memory *memory, struct text raw, bool plus, struct text *out);

/* Takes "a=1&b=2" apart (application/x-www-form-urlencoded, WHATWG URL standard 5.1). Names that
 * are no valid text are dropped. &too_large beyond DECODE_PAIRS_MAX names. */
const struct problem *decode_pairs(struct memory *memory, struct text raw, struct pairs *out);

/* The first value under `name`; empty when there is none. */
struct text pairs_find(const struct pairs *pairs, const char *name);

/* Valid text made of what is not: each wrong byte and NUL becomes U+FFFD. For showing typed text
 * again. Returns `raw` itself when nothing is wrong with it. */
struct text decode_repair(struct memory *memory, struct text raw);

/* The value of one cookie of a Cookie header (RFC 6265 5.4); empty when absent or when it holds
 * anything but letters, digits, '-', '_' and '.', which is all that we ever set. */
struct text decode_cookie(struct text header, const char *name);

/* "en", "fr", "ru", "zh-Hant" to the language; 0 when it is none of them. */
enum language decode_language(struct text tag);
/* The best of ours for an Accept-Language header (RFC 9110 12.5.4); English when none fits. */
enum language decode_accept_language(struct text header);

/* True when an Accept header prefers JSON over HTML. Absent: false. */
bool decode_prefers_json(struct text header);
/* True when an Accept-Encoding header takes gzip with a weight above zero. */
bool decode_accepts_gzip(struct text header);
/* True when a Content-Type header is `type`, whatever its parameters and case. */
bool decode_type_is(struct text header, const char *type);

/* A path of this site: "/x", never "//host", "/\host", a control character or more than 2,000
 * bytes. What a person is sent back to after signing in must be one. */
bool decode_is_local(struct text target);

/* One range of a Range header (RFC 9110 14.1.2) over `size` bytes. False: none, several or
 * malformed, so the whole is to be sent. *first > *last: cannot be satisfied. */
bool decode_range(struct text header, int64_t size, int64_t *first, int64_t *last);

#endif
