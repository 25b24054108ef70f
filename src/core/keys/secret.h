/*
 * How secrets that programs hold are written.
 *
 * A prefix that says what it is, 32 random characters of 0-9A-Za-z (190 bits) and 6 more that are the
 * CRC-32 of all before them in the same alphabet, so that whoever finds one in a file can tell it from a
 * made-up one without asking, and a mistyped one is refused before the database is asked.
 * Must not know: what a secret opens. Read next: core/keys/key.c.
 */
#ifndef CONTRAFLOW_CORE_KEYS_SECRET_H
#define CONTRAFLOW_CORE_KEYS_SECRET_H

#include "base/problem.h"
#include "base/text.h"

enum {
    SECRET_RANDOM = 32, /* characters */
    SECRET_CHECK = 6,
    SECRET_OWN = SECRET_RANDOM + SECRET_CHECK, /* behind what it begins with */
    SECRET_MAX = 96,                           /* bytes of a whole one */
};

/* A new one that begins with `beginning`. */
const struct problem *secret_make(struct memory *memory, struct text beginning, struct text *out);
/* So many random characters of the alphabet. */
const struct problem *secret_random(struct memory *memory, size_t size, struct text *out);
/* Whether a text is formed as such a secret is, with `more` characters of the alphabet between the prefix
 * and what is its own, and its check fits. */
bool secret_is_formed(struct text secret, const char *prefix, size_t more);

#endif
