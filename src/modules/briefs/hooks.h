/*
 * What businesses' own programs are told of their briefs (core/hooks/hooks.h).
 *
 * Read next: hooks.c.
 */
#ifndef CONTRAFLOW_BRIEFS_HOOKS_H
#define CONTRAFLOW_BRIEFS_HOOKS_H

#include "core/hooks/hooks.h"
#include "modules/briefs/briefs.h"

struct briefs_hook_answer {        /* shape: An answer to a brief, as a webhook tells it */
    struct deal_id id;             /* Names it */
    enum briefs_offer_state state; /* Where it stands */
    struct call_id brief;          /* What it answers */
    struct text brief_title;       /* In a few words */
    struct text title;             /* What the thing is called */
    struct text media;             /* Hash of its picture; empty when it has none */
    struct text href;              /* url: Its public page */
    struct party_id supplier;      /* Whose it is */
    struct text supplier_name;     /* How they are called */
    struct money price;            /* Asked for it */
    struct text note;              /* What its owner says */
    struct instant at;             /* Offered */
    struct instant moved;          /* Last changed */
};

enum { BRIEFS_HOOKS = 5 };
extern const struct hook_kind briefs_hooks[BRIEFS_HOOKS];

#endif
