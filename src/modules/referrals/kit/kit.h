/*
 * The kit of a program: what a business lends its partners so that they can tell others.
 *
 * Texts with {link} and {code} where each partner's own come, how one comes by samples, pictures to download.
 * A picture is looked at and cleaned of what its camera wrote by a job before anybody sees it. Must not know:
 * HTTP, who partners are. Read next: kit.c, kit_pages.c, core/media/arrival.h.
 */
#ifndef CONTRAFLOW_REFERRALS_KIT_KIT_H
#define CONTRAFLOW_REFERRALS_KIT_KIT_H

#include "core/media/media.h"
#include "core/program/program.h"
#include "web/request.h"

struct kit_item_id { /* shape id kit: Something that a business lends its partners */
    int64_t value;
};
MAYBE(kit_item_id);

enum kit_kind {               /* shape: What is lent */
                KIT_TEXT = 1, /* text: Words to publish */
                KIT_SAMPLE,   /* sample: How one comes by samples */
                KIT_PICTURE,  /* picture: A picture to publish */
};
enum { KIT_MOST = 60 /* things of one program, so that all stand on one page */ };

struct kit_item_row {          /* shape: A thing of a kit as stored */
    struct kit_item_id id;     /* Names it */
    struct program_id program; /* For whose partners */
    enum kit_kind kind;        /* What it is */
    enum language language;    /* Of its words */
    struct text title;         /* What it is for */
    struct text body;          /* The words, with {link} and {code}; empty of a picture */
    struct text media; /* Of a picture: hash of the file as it came; empty until it was looked at */
    struct text copy;  /* Of a picture: hash of what is downloaded; empty until then */
    enum media_format format; /* Of that */
    struct text problem;      /* Name of the problem why a picture was not taken; else empty */
    int64_t place;            /* They stand in this order */
    struct instant at;        /* Added */
};
LIST_OF(kit_item_row);

extern const struct problem kit_full; /* 409: KIT_MOST are there */

/* What is wrong with words that are to be lent, as a text key; NULL: nothing. A placeholder we don't know would be
 * published as it stands, and a text without link and code brings nobody. Pure. */
const char *kit_words_wrong(enum kit_kind kind, struct text body);
/* The words with a partner's own link and code in the places for them. Pure. &too_large, &out_of_memory. */
const struct problem *kit_words_fill(struct memory *memory, struct text body, struct text link,
                                     struct text code, struct text *out);

/* Inside a write, all of these. */

/* Adds `item` at the end; its id and place are filled. A picture's file lies among the arrivals under its id, and a
 * job looks at it. &kit_full. */
const struct problem *kit_add(struct database *db, struct memory *memory,
                              struct kit_item_row *item);
/* Puts it before the one that stands before it; the first stays. */
const struct problem *kit_raise(struct database *db, struct memory *memory,
                                const struct kit_item_row *item);

extern const struct job_kind kit_look_job;

#endif
