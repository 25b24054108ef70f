/*
 * Codes: what stands in the address of a link and on a card that somebody types from.
 *
 * Must not know: links. Read next: link_index.h.
 */
#ifndef CONTRAFLOW_REFERRALS_CODE_H
#define CONTRAFLOW_REFERRALS_CODE_H

#include "base/memory.h"
#include "base/text.h"

enum { CODE_LEAST = 3, CODE_MOST = 32 };

struct code {
    char text[CODE_MOST + 1]; /* capital letters and digits, with a NUL */
    size_t size;              /* of them */
};

/*
 * Folds a code as it was typed into the one form of all that look alike: small letters become capitals,
 * O is 0, I and L are 1, and hyphens are left out, as Crockford's base 32 reads them
 * (https://www.crockford.com/base32.html). False for anything but 3 to 32 of A-Z, a-z, 0-9 and hyphens, of
 * which 3 are no hyphens.
 */
bool referrals_fold_code(struct text typed, struct code *out);

/* A code that is made up: 8 characters, which nobody guesses. No memory: its data is NULL. */
struct text referrals_code_made_up(struct memory *memory);

#endif
