/*
 * Visitors: told apart for a day without keeping who they are, and counted for a minute.
 *
 * Must not know: links, HTTP, where keys come from. Read next: visitor_test.c, click.c.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_VISITOR_H
#define CONTRAFLOW_REFERRALS_CLICKS_VISITOR_H

#include "base/clock.h"
#include "base/text.h"

enum { VISITOR_KEY = 32 /* bytes */, VELOCITY_CLICKS = 20, VELOCITY_SECONDS = 60 };

struct visitor {
    int64_t visitor; /* a mark of address and browser */
    int64_t network; /* a mark of the address without its last part: /24, or /48 of IPv6 */
};

/* Marks by keyed BLAKE2b (RFC 7693). The key changes each day and is thrown away, so that marks of
 * different days can't be compared, nor an address found by trying all. */
struct visitor referrals_visitor_mark(const unsigned char key[VISITOR_KEY], struct text address,
                                      struct text agent);

/* Remembers the last clicks of 32,768 visitors of a link, 3 MB; of more, those that have been away longest
 * are forgotten. */
struct velocity;
struct velocity *referrals_velocity_make(struct memory *memory); /* NULL: no memory */
/* Whether this is at least the 20th click of a visitor on a link within 60 seconds. */
bool referrals_velocity_is_high(struct velocity *velocity, int64_t visitor, int64_t link,
                                struct instant at);

#endif
