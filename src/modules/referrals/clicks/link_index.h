/*
 * All links in memory: what the I/O thread asks when somebody follows one.
 *
 * Grows only: a link is never taken out, and an address that a link led to before stays in memory until the
 * end. A link costs about 30 bytes, its code, and what is its own in its address; what many addresses begin and
 * end with is kept once. Any number of threads find; one at a time changes.
 * Must not know: the database, HTTP. Read next: link_follow.c, which keeps it right; link_index_test.c.
 */
#ifndef CONTRAFLOW_REFERRALS_CLICKS_LINK_INDEX_H
#define CONTRAFLOW_REFERRALS_CLICKS_LINK_INDEX_H

#include "base/clock.h"
#include "modules/referrals/code.h"

struct link_index;

struct link_put {
    int64_t link;
    int64_t program;    /* a link of one that was not put yet does not count */
    struct code code;   /* folded */
    struct text target; /* at most LANDING_MOST bytes */
    bool counts;        /* the link's and partner's part of it */
};

struct link_found {
    int64_t link;
    int64_t program;        /* whose */
    struct text address[3]; /* it leads to, in three parts; they live as long as the index */
    struct text hosts;      /* of its program; the same */
    bool counts;            /* link, partner and program are all live */
};

struct link_index *link_index_make(void); /* NULL: no memory */
void link_index_end(struct link_index *index);

/* Adds a link, or changes the one with that code. False: no memory, or the address is too long. */
bool link_index_put(struct link_index *index, const struct link_put *put);
/* Adds a program, or changes it: whether its links count, and until when ({0}: no end). */
bool link_index_program(struct link_index *index, int64_t program, struct text hosts, bool counts,
                        struct instant until);

/* Never waits for more than the change of one link. */
bool link_index_find(struct link_index *index, const struct code *code, struct instant now,
                     struct link_found *out);
size_t link_index_count(struct link_index *index);

#endif
