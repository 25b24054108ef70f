/*
 * Rows of refunds, and what the pages that show them share. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_REFUND_H
#define CONTRAFLOW_STOCK_REFUND_H

#include "core/event.h"
#include "modules/stock/stock.h"

struct stock_refund_licence_row { /* shape: A licence as a refund needs it, as stored */
    struct stock_licence_id id;   /* Names it */
    struct deal_id deal;          /* Where it came from */
    struct stock_photo_id photo;  /* Which photograph */
    struct party_id author;       /* Who was paid */
    struct party_id holder;       /* Who paid */
    struct party_id person;       /* Who bought it for them */
    enum stock_licence_kind kind; /* What it allows */
    struct money price;           /* Agreed */
    struct posting_id posting;    /* The transfers */
    struct right_id rights;       /* What passed */
};
struct stock_refund_row {            /* shape: A refund as stored */
    struct stock_refund_id id;       /* Names it */
    struct stock_licence_id licence; /* Of which licence */
    struct posting_id posting;       /* The transfers */
    struct money amount;             /* Of what was paid, back in the wallet */
    int64_t earned_minor;            /* Of what the author earned */
    struct text reason;              /* What both sides read */
    struct party_id person;          /* The operator */
    bool ends;                       /* The licence ended with it */
    struct instant at;               /* When */
};
struct stock_refund_named_row { /* shape: A refund with who decided, as stored */
    struct stock_refund_id id;  /* Names it */
    struct posting_id posting;  /* The transfers */
    struct money amount;        /* Of what was paid, back in the wallet */
    int64_t earned_minor;       /* Of what the author earned */
    struct text reason;         /* What both sides read */
    struct text person_name;    /* The operator */
    bool ends;                  /* The licence ended with it */
    struct instant at;          /* When */
};
LIST_OF(stock_refund_named_row);

struct stock_refund_told_row { /* shape: A refund with all that mails about it say, as stored */
    struct stock_licence_id licence; /* Of which licence */
    struct money amount;             /* Of what was paid, back in the wallet */
    int64_t earned_minor;            /* Of what the author earned */
    struct text reason;              /* What both sides read */
    bool ends;                       /* The licence ended with it */
    struct party_id author;          /* Who was paid */
    struct text author_name;         /* How they are called */
    struct party_id holder;          /* Who paid */
    struct text holder_name;         /* How they are called */
    struct party_id person;          /* Who bought it for them */
    enum stock_licence_kind kind;    /* What it allowed */
    int64_t left_minor;              /* Of what was paid, not given back by now */
    struct text title;               /* What the photograph is called */
};
struct stock_refund_reader { /* shape: Somebody who is told of a refund for a business */
    struct party_id person;  /* Who */
};
LIST_OF(stock_refund_reader);

/* Writes to both sides of a refund. */
extern const struct consumer stock_refund_tell;

/* The context of a deal's move by which money comes back. */
struct stock_taking {
    struct stock_refund_licence_row licence; /* of which licence */
    struct money amount;                     /* how much of what was paid */
    struct stock_refund_id refund;           /* filled */
};

#endif
