/*
 * Briefs and answers as files: what a business asked and was offered, what a person handed in.
 *
 * Read next: files.c, core/files/table.h.
 */
#ifndef CONTRAFLOW_BRIEFS_FILES_H
#define CONTRAFLOW_BRIEFS_FILES_H

#include "core/files/table.h"
#include "modules/briefs/briefs.h"

struct briefs_file_brief {         /* shape: A brief in a file */
    struct call_id brief;          /* Names it */
    enum briefs_brief_state state; /* Where it stands */
    struct text title;             /* In a few words */
    struct text body;              /* What is wanted */
    int64_t wanted;                /* How many */
    int64_t answers;               /* How many were offered */
    int64_t accepted;              /* How many were accepted */
    struct money budget;           /* At most for each */
    struct instant published;      /* When */
    struct instant until;          /* Answers are taken until */
};
LIST_OF(briefs_file_brief);
struct briefs_file_answer {        /* shape: An answer to a business's brief in a file */
    struct deal_id offer;          /* Names it */
    enum briefs_offer_state state; /* Where it stands */
    struct call_id brief;          /* What it answers */
    struct text brief_title;       /* In a few words */
    struct text supplier;          /* Whose thing it is */
    struct text title;             /* What that was called when offered */
    struct money price;            /* Asked for it */
    struct text note;              /* What its owner says */
    int64_t score;                 /* All scores together */
    struct text remark;            /* The business's own note */
    struct text reason;            /* Why it was declined */
    struct instant offered;        /* When */
    struct instant moved;          /* Last changed */
};
LIST_OF(briefs_file_answer);
struct briefs_file_own {           /* shape: An answer of one's own in a file */
    struct deal_id offer;          /* Names it */
    enum briefs_offer_state state; /* Where it stands */
    struct call_id brief;          /* What it answers */
    struct text brief_title;       /* In a few words */
    struct text business;          /* Who asks */
    struct text title;             /* What the thing was called when offered */
    struct money price;            /* Asked for it */
    struct text note;              /* What one said */
    struct text reason;            /* Why it was declined */
    struct instant offered;        /* When */
    struct instant moved;          /* Last changed */
};
LIST_OF(briefs_file_own);

const struct problem *briefs_send_briefs(struct request *request, const struct table_query *query,
                                         struct nothing *view);
const struct problem *briefs_send_answers(struct request *request, const struct table_query *query,
                                          struct nothing *view);
const struct problem *briefs_send_own(struct request *request, const struct table_query *query,
                                      struct nothing *view);

extern const struct route_table briefs_file_routes;
extern const struct table_link briefs_exports[];
enum { BRIEFS_EXPORTS = 3 };

#endif
