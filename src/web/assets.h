/*
 * Styles, scripts, fonts and images out of the program itself.
 *
 * Embedded "assets/NAME" is served as /a/HASH/NAME, for ever, where HASH is over all assets: a new
 * build has new addresses. "assets/NAME.gz" is sent instead to who takes gzip.
 * Must not know: routes, sessions. Read next: base/embedded.h.
 */
#ifndef CONTRAFLOW_WEB_ASSETS_H
#define CONTRAFLOW_WEB_ASSETS_H

#include "web/answer.h"

struct asset {
    struct text name;   /* "site.css" */
    struct text bytes;  /* as they are */
    struct text packed; /* gzip form; empty when none */
    const char *type;   /* MIME type */
};

struct assets {
    struct asset *items; /* sorted by name */
    size_t count;
    char prefix[32]; /* "/a/0123456789abcdef" */
};

const struct problem *assets_load(struct memory *process, struct assets *out);

/* Answers /a/HASH/NAME, /favicon.ico and /robots.txt. False: the path is none of these. */
bool assets_answer(const struct assets *assets, struct text path, struct text accept_encoding,
                   struct answer *answer);

/* Whether the sprite of ui/icons.txt has an icon of that name. */
bool assets_have_icon(const struct assets *assets, const char *name);

#endif
