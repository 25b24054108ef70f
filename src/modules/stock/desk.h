/*
 * The intermediary's pages of the stock: what comes in, what they show, and their handlers.
 *
 * Must not know: /me, /biz, money. Read next: desk_queue.c, desk_photo.c, desk_original.c,
 * desk_decide.c, routes_desk.c.
 */
#ifndef CONTRAFLOW_STOCK_DESK_H
#define CONTRAFLOW_STOCK_DESK_H

#include "modules/stock/public.h"
#include "web/server.h"

/* ---- desk_queue.c */

struct stock_desk_line {         /* shape: A photograph that waits, in the queue */
    struct stock_photo_id photo; /* Names it */
    struct text title;           /* What its author calls it */
    struct text author_name;     /* Who offers it */
    bool clip;                   /* It moves */
    bool appeal;                 /* Its refusal is appealed */
    bool decided_by_you;         /* The reader refused it, so somebody else decides the appeal */
    int64_t alike;               /* Likeness to another, basis points; 0: to none */
    struct instant since;        /* Waits since */
    int64_t days;                /* Whole days that makes */
    int64_t hours;               /* Whole hours of the day that has begun */
    struct text href;            /* url: The same page with this one chosen */
    bool current;                /* The one shown beside the queue */
};
LIST_OF(stock_desk_line);

/* ---- desk_photo.c */

struct stock_desk_picture {              /* shape: A picture with what is known of it */
    struct stock_photo_id photo;         /* Names it */
    struct text title;                   /* What its author calls it */
    struct party_id author;              /* Whose */
    struct text author_name;             /* How they are called */
    struct stock_public_preview preview; /* What it looks like */
    struct text camera;                  /* Make and model; empty when unknown */
    int64_t licences;                    /* How often it was licensed */
    struct instant at;                   /* Came */
};
LIST_OF(stock_desk_picture);
struct stock_desk_past { /* shape: What was decided about another photograph of the author */
    struct stock_photo_id photo;  /* Names it */
    struct text title;            /* What its author calls it */
    enum stock_photo_state state; /* Where it stands */
    struct instant moved;         /* Since */
};
LIST_OF(stock_desk_past);
struct stock_desk_record { /* shape: How an author's photographs fared, of the newest thousand */
    int64_t offered;       /* All but drafts */
    int64_t accepted;      /* Accepted, sold among them */
    int64_t refused;       /* Refused, appealed among them */
};
struct stock_desk_choice {    /* shape: A reason to refuse, and what the person would read */
    enum stock_reason reason; /* The reason */
    int64_t key;              /* Which digit chooses it */
    struct text sentence;     /* In the language of the person; empty for another reason */
    bool chosen;              /* Suggested by what was found */
};
LIST_OF(stock_desk_choice);
struct stock_desk_photo {                  /* shape: A photograph with all that a decision needs */
    struct stock_desk_picture picture;     /* The photograph */
    enum stock_photo_state state;          /* Where it stands */
    bool decidable;                        /* The reader may decide it */
    bool decided_by_you;                   /* It is appealed, and the reader refused it */
    struct text author_place;              /* Where they live */
    struct text author_first;              /* The first part of their name */
    struct instant joined;                 /* The author is here since */
    struct stock_desk_record record;       /* How their photographs fared */
    struct stock_desk_past_list past;      /* The last five decisions about them */
    struct text description;               /* A few sentences */
    struct text tags;                      /* Separated by ", " */
    enum stock_category category;          /* What it shows */
    struct text file;                      /* What their computer called it */
    enum media_format format;              /* Kind of file */
    int64_t size;                          /* Bytes */
    bool clip;                             /* It moves */
    int64_t seconds;                       /* Of a clip */
    struct maybe_instant taken;            /* By the file's own account */
    struct money standard;                 /* List price; 0: not offered */
    struct money extended;                 /* List price; 0: not offered */
    struct money editorial;                /* List price; 0: not offered */
    struct money buyout;                   /* List price; 0: not offered */
    struct stock_desk_picture_list pairs;  /* What it resembles; none or one */
    int64_t points;                        /* Of 64 that agree with that */
    int64_t alike;                         /* The same in basis points */
    bool pair_own;                         /* That one is the author's own */
    struct maybe_text reason;              /* A stock_reason, of the last refusal */
    struct text refused_note;              /* What the person read then; may be empty */
    struct text appeal;                    /* What the person says in the appeal; may be empty */
    struct text refused_by;                /* Who refused; empty when nobody did */
    struct stock_desk_choice_list choices; /* Reasons to refuse */
};
LIST_OF(stock_desk_photo);

struct stock_desk_query {               /* shape: Which part of the queue */
    struct maybe_instant after;         /* The page before ended with what waits since then */
    struct maybe_stock_photo_id beyond; /* and this one of that moment */
};
struct stock_desk_photo_query {         /* shape: Which photograph, and which part of the queue */
    struct stock_photo_id photo;        /* Which */
    struct maybe_instant after;         /* The page before ended with what waits since then */
    struct maybe_stock_photo_id beyond; /* and this one of that moment */
};
struct stock_desk {                      /* shape: What waits for a decision, oldest first */
    struct stock_desk_line_list queue;   /* At most 40 */
    int64_t waiting;                     /* How many wait in all, at most 1000 */
    bool waiting_more;                   /* There are more than were counted */
    struct stock_desk_photo_list photos; /* The one chosen; none when nothing waits */
    struct maybe_stock_photo_id next;    /* What comes after it in the queue */
    struct maybe_text later;             /* url: What waits less long */
    struct maybe_text first;             /* url: What waits longest, from a later page */
    struct maybe_instant after;          /* Where this page of the queue begins */
    struct maybe_stock_photo_id beyond;  /* The same */
};
const struct problem *stock_desk_show(struct request *request, const struct stock_desk_query *input,
                                      struct stock_desk *view);
const struct problem *stock_desk_photo_show(struct request *request,
                                            const struct stock_desk_photo_query *input,
                                            struct stock_desk *view);
/* How many photographs wait, for the navigation; 1001 stands for more than 1000. */
const struct problem *stock_desk_waiting(struct request *request, int64_t *out);

/* ---- desk_decide.c */

struct stock_desk_acceptance {          /* shape: Accept a photograph */
    struct stock_photo_id photo;        /* Which */
    struct maybe_stock_photo_id next;   /* What to look at afterwards */
    struct maybe_instant after;         /* Which part of the queue */
    struct maybe_stock_photo_id beyond; /* The same */
};
struct stock_desk_refusal {      /* shape: Do not accept a photograph */
    struct stock_photo_id photo; /* Which */
    enum stock_reason reason;    /* Why */
    struct maybe_text
        note; /* ..2000: What the person will read; the reason's own words when left out */
    struct maybe_stock_photo_id next;   /* What to look at afterwards */
    struct maybe_instant after;         /* Which part of the queue */
    struct maybe_stock_photo_id beyond; /* The same */
};
struct stock_desk_decided {       /* shape: A photograph after the decision */
    struct stock_photo_id photo;  /* Which */
    enum stock_photo_state state; /* Where it stands now */
};
const struct problem *stock_desk_accept(struct request *request,
                                        const struct stock_desk_acceptance *input,
                                        struct stock_desk_decided *view);
const struct problem *stock_desk_refuse(struct request *request,
                                        const struct stock_desk_refusal *input,
                                        struct stock_desk_decided *view);

/* ---- desk_original.c */

struct stock_desk_original_query { /* shape: Whose original */
    struct stock_photo_id photo;   /* Which photograph */
};
struct stock_desk_original {     /* shape: An original that is being prepared */
    struct stock_photo_id photo; /* Of which photograph */
    struct text title;           /* What its author calls it, or the file's name */
};
/* Sends the picture at full size, or the view while it is being prepared; drafts are not found. */
const struct problem *stock_desk_original_show(struct request *request,
                                               const struct stock_desk_original_query *input,
                                               struct stock_desk_original *view);
extern const struct job_kind stock_inspection_job;

/* ---- routes_desk.c */

/* The living style page has nothing of its own to show. */
const struct problem *stock_desk_style(struct request *request, const struct nothing *input,
                                       struct nothing *view);

extern const struct route_table stock_desk_routes;

#endif
