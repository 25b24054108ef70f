/*
 * What waits for a person or a business: every part says its own, the front pages of /me and /biz show
 * all of it.
 *
 * A part answers by `waits` of its struct module; the view of a front page has a waiting_list, which
 * ui/parts/waiting.html shows. A front page leaves out of `waits` what it shows by itself, richer.
 * Must not know: any one part. Read next: core/module.h, modules/briefs/waiting.c.
 */
#ifndef CONTRAFLOW_CORE_WAITING_H
#define CONTRAFLOW_CORE_WAITING_H

#include "web/request.h"

struct waiting {                /* shape: Something that waits */
    bool turn;                  /* The reader's side acts next; otherwise it waits for others */
    struct text what;           /* What it is, in the reader's language */
    struct text why;            /* What it is about, in the reader's language */
    struct maybe_instant until; /* It ends by itself then */
    struct text href;           /* url: Where it is looked at or done */
    struct text action;         /* What the reader does there, in their language */
};
LIST_OF(waiting);

#define WAITING_EACH 5 /* of one part, at most; what it adds beyond is left out */

/* What one part says. */
struct waiting_said {
    struct waiting items[WAITING_EACH];
    size_t count;
};
void waiting_add(struct waiting_said *said, struct waiting waiting);

/* Asks all parts what waits for the reader in PORTAL_ME or PORTAL_BIZ: where it is the reader's turn
 * first, then in the parts' order. *turns says in how many it is. */
const struct problem *waiting_for(struct request *request, enum portal portal,
                                  struct waiting_list *out, int64_t *turns);

#endif
