/*
 * Rows of what conversions are found by. Private to the module.
 */
#ifndef CONTRAFLOW_REFERRALS_CONVERT_ROWS_H
#define CONTRAFLOW_REFERRALS_CONVERT_ROWS_H

#include "modules/referrals/convert.h"

enum { CONVERT_BOUND_MOST = 100 /* partners who share a customer */ };

struct convert_order_row {       /* shape: An order or an action that may be somebody's */
    struct order_id id;          /* Names it */
    struct party_id business;    /* Who sold */
    struct customer_id customer; /* Who ordered; 0: not known */
    struct party_id party;       /* Who of us that is; 0: nobody */
    struct text mail;            /* Mark of the customer's address; may be empty */
    struct text country;         /* Of the customer; may be empty */
    enum order_state state;      /* Where it stands */
    struct money total;          /* To be paid */
    int64_t refunded_minor;      /* Given back so far */
    struct text codes;           /* Codes that were typed, with commas between */
    struct instant placed;       /* When */
    enum program_trigger what;   /* An order, or an action */
    struct text action;          /* How that is called; empty of an order */
};
struct convert_touch_row {               /* shape: A touch and whose it is */
    struct referrals_touch_id id;        /* Names it */
    struct referrals_partner_id account; /* By which account of theirs */
    struct referrals_partner_id partner; /* The first account of the same person */
    enum touch_kind kind;                /* By what */
    struct customer_id customer;         /* To whom it is bound; 0: to nobody */
    int64_t event;                       /* The only conversion it is bound to; 0: each */
    struct instant at;                   /* When it came */
    struct instant until;                /* Of a lead: protected until */
};
LIST_OF(convert_touch_row);
struct convert_terms_row {        /* shape: How a program attributes */
    enum attribution_model model; /* Among several partners */
    int64_t window_days;          /* A touch counts so long */
    bool code_first;              /* Codes go before links */
    int64_t late_days;            /* A claim counts so long after */
    int64_t bound_months;         /* A customer stays a partner's so long */
};
struct convert_click_row {               /* shape: A click and whose it is */
    struct program_id program;           /* Of which */
    struct referrals_partner_id partner; /* Whose */
    struct instant at;                   /* When it came */
    int64_t marks;                       /* What was seen at once; 0: it counts */
};
struct convert_code_row {                /* shape: A code and whose it is */
    struct referrals_link_id id;         /* Names its link, or the code itself (cpn_) */
    struct referrals_partner_id partner; /* Whose */
};
struct convert_hit {              /* shape: A touch that is known */
    struct referrals_touch_id id; /* Which */
};
struct convert_credit_row {              /* shape: Who shares a conversion, as stored */
    struct program_id program;           /* In which */
    int64_t event;                       /* Of what */
    struct referrals_partner_id partner; /* Who */
    int64_t share;                       /* Basis points */
    struct referrals_touch_id touch;     /* By which; 0: the customer stays theirs */
};
LIST_OF(convert_credit_row);
struct convert_history_row { /* shape: What a customer ordered before */
    int64_t orders;          /* How many, 1,000 at most */
    struct instant first;    /* When the first was */
};
struct convert_brought_row {             /* shape: What a partner brought so far */
    struct referrals_partner_id partner; /* Who */
    int64_t orders;                      /* Orders that count */
    int64_t minor;                       /* What they came to */
};
struct convert_conversion_row { /* shape: An order or an action that somebody brought, as stored */
    struct program_id program;  /* In which */
    int64_t event;              /* What */
    struct referrals_conversion_id id; /* Names it */
    enum program_trigger what;         /* What kind of event */
    struct customer_id customer;       /* Whose; 0: not known */
    struct instant at;                 /* When */
    struct instant basket;             /* When the basket was opened; 0: not known */
    struct money total;                /* What it came to when it was judged */
    int64_t partners;                  /* Who share it */
};
struct files_import_row {     /* shape: A file that was taken in */
    struct party_id business; /* Whose */
};
struct files_order_row { /* shape: An order out of a file */
    struct order_id id;  /* Which */
};
LIST_OF(files_order_row);
struct files_gone_row {  /* shape: An order that is not there any more */
    int64_t event;       /* Which it was */
    int64_t total_minor; /* What it came to when it was judged */
};
LIST_OF(files_gone_row);
struct convert_number { /* shape: How many */
    int64_t number;     /* That */
};

#endif
