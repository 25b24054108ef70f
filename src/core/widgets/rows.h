/*
 * Rows of queries.sql. Private to core/widgets.
 */
#ifndef CONTRAFLOW_CORE_WIDGETS_ROWS_H
#define CONTRAFLOW_CORE_WIDGETS_ROWS_H

#include "core/widgets/feedback.h"

struct feedback_box_row {     /* shape: Where a business takes feedback */
    struct party_id business; /* Whose */
    bool taking;              /* People may write */
    enum feedback_side side;  /* Of the tab */
    enum feedback_tone tone;  /* Of the tab */
    struct text label;        /* On the tab; empty: the reader's language has one */
    struct instant at;        /* Last changed */
};
struct feedback_house {       /* shape: A business that takes feedback */
    struct party_id business; /* Names it */
    struct text name;         /* How it is called */
};
struct feedback_row {                  /* shape: A conversation as stored */
    struct feedback_id id;             /* Names it */
    struct party_id business;          /* With whom */
    struct maybe_party_id person;      /* Who began it; absent: a guest */
    struct text name;                  /* As a guest wants to be called */
    struct text mail;                  /* Where a guest's answers go; may be empty */
    bool told;                         /* Answers are mailed */
    struct maybe_customer_id customer; /* Of whom it is kept why they are */
    enum language language;            /* Of mails */
    struct text page;                  /* Where it was written; may be empty */
    struct text about;                 /* How it begins */
    struct text sender;                /* Mark of the network address */
    enum feedback_state state;         /* Where it stands */
    struct instant at;                 /* Begun */
    struct instant moved;              /* Last changed */
};
struct feedback_shown_row {    /* shape: A conversation with the names of who takes part */
    struct feedback_id id;     /* Names it */
    struct party_id business;  /* With whom */
    struct text business_name; /* How it is called */
    bool known;                /* Who began it has an account */
    struct text name;          /* How they are called; may be empty */
    bool told;                 /* Answers are mailed */
    struct text page;          /* Where it was written; may be empty */
    struct text about;         /* How it begins */
    enum feedback_state state; /* Where it stands */
    struct instant at;         /* Begun */
    struct instant moved;      /* Last changed */
};
LIST_OF(feedback_shown_row);
struct feedback_count { /* shape: How many conversations wait */
    int64_t waiting;    /* For an answer, 100 at most */
};
struct feedback_blocked { /* shape: A mark from which nothing is taken */
    struct text mark;     /* Which */
};
LIST_OF(feedback_blocked);
struct feedback_origin { /* shape: A website that may show the tab */
    struct text origin;  /* "https://shop.example" */
};
LIST_OF(feedback_origin);

#endif
