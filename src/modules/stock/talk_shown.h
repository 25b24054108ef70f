/*
 * Talks about licences as both sides see them: a talk in a list, the list, and what was said.
 *
 * Must not know: what a side may answer. Read next: talk_shown.c, me_deals.c, biz_deals.c.
 */
#ifndef CONTRAFLOW_STOCK_TALK_SHOWN_H
#define CONTRAFLOW_STOCK_TALK_SHOWN_H

#include "modules/stock/public.h"
#include "modules/stock/talk_rows.h"

struct stock_talk {                      /* shape: A talk about a licence */
    struct deal_id id;                   /* Names it */
    enum stock_deal_state state;         /* Where it stands */
    struct stock_photo_id photo;         /* Which photograph */
    struct text title;                   /* What it is called */
    struct stock_public_preview preview; /* What it looks like */
    struct party_id author;              /* Whose */
    struct text author_name;             /* How they are called */
    struct text author_place;            /* Where they live */
    struct party_id buyer;               /* Which business */
    struct text buyer_name;              /* How it is called */
    enum stock_licence_kind licence;     /* Which licence */
    struct money asked;                  /* List price when it began */
    struct money price;                  /* As last named */
    struct money pays;                   /* That and the fees on top of it: what is set aside */
    struct instant at;                   /* Begun */
    struct instant moved;                /* Last changed */
    struct maybe_instant until;          /* An answer is waited for until then */
    bool current;                        /* The one shown beside the list */
};
LIST_OF(stock_talk);
struct stock_talk_step {  /* shape: Something said in a talk about a licence */
    struct text event;    /* A stock_deal_event */
    struct text who;      /* Name of who did it, or of the site; empty when a time limit ran out */
    struct text initials; /* One or two letters of it */
    bool own;             /* The reader's side did it */
    bool desk;            /* The intermediary did it */
    struct text note;     /* What they said */
    struct maybe_money price; /* The price they named, or what came back; absent when none */
    struct instant at;        /* When */
};
LIST_OF(stock_talk_step);
struct stock_talks_query {       /* shape: Which talks to list */
    struct maybe_text which;     /* ..20: ended; otherwise those that are open */
    struct maybe_deal_id before; /* Where the page before ended */
};
struct stock_talks {              /* shape: Talks about licences, newest first */
    bool ended;                   /* Those that are over */
    struct stock_talk_list deals; /* At most 24 */
    struct maybe_text more;       /* url: What comes after */
};

const struct problem *stock_talk_shown(struct memory *memory, const struct stock_talk_row *row,
                                       struct stock_talk *out);
/* Talks of rows, at most `most`. */
const struct problem *stock_talks_shown(struct memory *memory,
                                        const struct stock_talk_row_list *rows, size_t most,
                                        struct stock_talk_list *out);
/* A page of the talks of the viewer (BY_SUPPLIER) or of their business (BY_BUYER). */
const struct problem *stock_talks_list(struct request *request, enum by side,
                                       const struct stock_talks_query *input,
                                       struct stock_talks *view);
/* What was said, newest first, without the beginning, which the first step after it names. */
const struct problem *stock_talk_steps(struct request *request, enum by side,
                                       const struct stock_talk *talk,
                                       struct stock_talk_step_list *out);
/* The price that the business offered last; absent when it bought at once. */
struct maybe_money stock_talk_offered(const struct stock_talk_step_list *steps);
/* Whether somebody may still answer. */
bool stock_talk_open(enum stock_deal_state state);

#endif
