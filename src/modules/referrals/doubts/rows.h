/*
 * Rows of what doubts are judged by. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_DOUBTS_ROWS_H
#define CONTRAFLOW_REFERRALS_DOUBTS_ROWS_H

#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/hours/hours.h"

struct known_row {                       /* shape: What a partner brought so far, as stored */
    struct referrals_partner_id partner; /* Whose */
    struct instant last;                 /* When the last fact came */
    int64_t clicks;                      /* Followed */
    int64_t idle;                        /* Of them opened by themselves */
    int64_t unseen;                      /* Of them never looked at */
    int64_t glances;                     /* Of them left untouched */
    int64_t pages;                       /* Of them reported */
    int64_t seconds;                     /* Sum of logarithms */
    int64_t squares;                     /* And of squares */
    int64_t sign_ups;                    /* Claimed */
    int64_t orders;                      /* Claimed */
    int64_t customers;                   /* Different ones */
    int64_t late;                        /* Orders long after the click */
    int64_t timed;                       /* Orders with a click */
    int64_t followed;                    /* Claims with a click */
    int64_t returned;                    /* Thousandths of orders */
    int64_t mail;                        /* Mark of the mailbox */
    int64_t name;                        /* Mark of the name */
    int64_t surname;                     /* Mark of its last word */
    int64_t payment;                     /* Mark of the account that is paid to */
};
struct known_mark {       /* shape: A mark as stored */
    int64_t key;          /* Of kind and values */
    struct instant last;  /* Last met */
    struct instant since; /* First met */
    int64_t count;        /* How often */
    int64_t value;        /* A partner, or 0 */
};
LIST_OF(known_mark);
struct judge_person_row { /* shape: Somebody, as an account shows them */
    struct text name;     /* How they are called */
    struct text mail;     /* By which they sign in; may be empty */
    struct text iban;     /* Where they are paid; may be empty */
};
struct known_made_row { /* shape: What of clicks looks made, as stored */
    int64_t owner;      /* A partner, or a program for what is usual */
    int64_t clicks;     /* Seen */
    int64_t weight;     /* Remembered, thousandths */
    int64_t made;       /* Of that looks made */
    int64_t gain;       /* Hundredths of a deciban */
    struct text sorts;  /* Numbers with commas */
};
struct judge_customer_row { /* shape: A customer, as the shop shows them */
    struct text name;       /* How the shop calls them; may be empty */
    struct text mail;       /* Mark of the mail address; may be empty */
    struct party_id party;  /* Who of us that is; 0: nobody */
};
struct judge_click_row {           /* shape: A click that led to an order */
    struct referrals_click_id id;  /* Which */
    int64_t link;                  /* Of which link */
    struct instant at;             /* When */
    int64_t marks;                 /* What was seen at once */
    int64_t visitor;               /* Mark of who */
    struct instant reports;        /* Since when the shop's pages report; 0: they don't */
    bool paged;                    /* This page did */
    int64_t visible;               /* Milliseconds in sight, by that report */
    int64_t touches;               /* Pointer, key and wheel events, by that report */
    struct maybe_integer scrolled; /* Percent of the page, likewise */
    struct maybe_integer source;   /* Whether it names where it came from, likewise */
    struct maybe_integer device;   /* suspect_device, likewise */
    struct maybe_integer hosted;   /* Whether from a data centre, likewise */
    int64_t network;               /* Mark of its address without the last part */
    int64_t seen;                  /* What its request said */
};
struct judge_number { /* shape: How many */
    int64_t number;   /* That */
};
struct judge_terms_row {             /* shape: Thresholds of a program */
    struct maybe_integer hold_click; /* Its own for clicks */
    struct maybe_integer hold_claim; /* Its own for orders */
};
struct doubt_business_row {   /* shape: Whose a program is */
    struct party_id business; /* That */
};
struct doubt_hit {      /* shape: That there is one */
    struct doubt_id id; /* Which */
};
struct doubt_score {           /* shape: One more of a score */
    struct program_id program; /* In which */
    enum doubt_what what;      /* Of what */
    int64_t day;               /* Days since 1970 */
    int64_t score;             /* Points */
    int64_t count;             /* How many more */
};
struct known_clicks {                    /* shape: Clicks that were judged */
    struct referrals_partner_id partner; /* Whose */
    struct instant last;                 /* When the last came */
    int64_t clicks;                      /* Followed */
    int64_t idle;                        /* Of them opened by themselves */
    int64_t unseen;                      /* Of them never looked at */
    int64_t glances;                     /* Of them left untouched */
    int64_t pages;                       /* Of them reported */
    int64_t seconds;                     /* Sum of logarithms */
    int64_t squares;                     /* And of squares */
};
struct hour_click_row {                  /* shape: A click and whose it is */
    struct referrals_click_id id;        /* Which */
    struct referrals_link_id link;       /* Of which link */
    struct instant at;                   /* When it came */
    int64_t marks;                       /* What was seen at once */
    int64_t visitor;                     /* Mark of who */
    struct program_id program;           /* Of which program */
    struct referrals_partner_id account; /* By which account */
    struct referrals_partner_id partner; /* The first account of the same person */
    struct party_id person;              /* Who */
    struct instant reports;              /* Since when the shop's pages report; 0: they don't */
    bool paged;                          /* This page did */
    int64_t visible;                     /* Milliseconds in sight, by that report */
    int64_t touches;                     /* Pointer, key and wheel events, by that report */
    struct maybe_integer scrolled;       /* Percent of the page, likewise */
    struct maybe_integer source;         /* Whether it names where it came from, likewise */
    struct maybe_integer device;         /* suspect_device, likewise */
    struct maybe_integer hosted;         /* Whether from a data centre, likewise */
    int64_t network;                     /* Mark of its address without the last part */
    int64_t seen;                        /* What its request said */
};
LIST_OF(hour_click_row);
struct hour_position_row { /* shape: How far clicks are judged */
    int64_t hour;          /* The first hour that is not */
    int64_t click;         /* The last one judged of it; 0: none yet */
};
struct doubt_click {                 /* shape: Why a click was held or rejected */
    struct referrals_click_id click; /* Which */
    struct doubt_id doubt;           /* To which it belongs */
    int64_t score;                   /* Points */
    struct text findings;            /* As stored */
};
struct hour_counts {  /* shape: What an hour of a link counts */
    int64_t clicks;   /* All */
    int64_t marked;   /* Of these with a mark */
    int64_t held;     /* Of the others held by verdict */
    int64_t rejected; /* And rejected */
};
struct again_program_row {     /* shape: A program whose orders are judged again */
    struct program_id program; /* Which */
    int64_t event;             /* The last order that was */
};
LIST_OF(again_program_row);
struct again_share_row {                 /* shape: A share of an order that counted */
    struct order_id event;               /* The order */
    struct referrals_partner_id partner; /* Whose share */
    struct referrals_partner_id account; /* By which account */
    struct party_id person;              /* Who */
    struct referrals_touch_id touch;     /* By which; 0: none */
    struct verdict_id verdict;           /* Its verdict */
    struct customer_id customer;         /* Who ordered */
    struct instant basket;               /* When it was opened; 0: not known */
    struct instant at;                   /* When it was ordered */
    bool held; /* What it gave can still be taken back, and nobody decided on it */
};
LIST_OF(again_share_row);
struct second_hour_row {           /* shape: An hour of clicks that counts, to be looked at again */
    struct referrals_hour_id id;   /* Which */
    struct program_id program;     /* Of which program */
    struct referrals_link_id link; /* Of which link */
    int64_t hour;                  /* Hours since 1970 */
    int64_t paid;                  /* Events that its verdict is about; 0: it has none */
    int64_t events;                /* Of its own that count */
    struct referrals_click_id latest;    /* Its newest click */
    int64_t carried;                     /* To be taken back for hours before */
    bool unique_clicks;                  /* A visitor pays once a day */
    struct instant reports;              /* Since when the shop's pages report; 0: they don't */
    struct referrals_partner_id account; /* By which account */
    struct referrals_partner_id partner; /* The first account of the same person */
    struct party_id person;              /* Who */
    struct verdict_id verdict;           /* Its verdict; 0: none */
    bool can;                            /* What it gave can still be taken back */
};
LIST_OF(second_hour_row);
struct second_click_row {          /* shape: A click of such an hour */
    struct referrals_click_id id;  /* Which */
    int64_t prior;                 /* The one before it; 0: none */
    struct instant at;             /* When it came */
    int64_t marks;                 /* What was seen at once */
    int64_t visitor;               /* Mark of who */
    int64_t network;               /* Mark of its address without the last part */
    int64_t seen;                  /* What its request said */
    bool paged;                    /* Its page reported */
    int64_t visible;               /* Milliseconds in sight, by that report */
    int64_t touches;               /* Pointer, key and wheel events, by that report */
    struct maybe_integer scrolled; /* Percent of the page, likewise */
    struct maybe_integer source;   /* Whether it names where it came from, likewise */
    struct maybe_integer device;   /* suspect_device, likewise */
    struct maybe_integer hosted;   /* Whether from a data centre, likewise */
    int64_t basket;                /* Seconds for which the basket had been open; 0: it was not */
    int64_t led;                   /* Points of what it led to and what is held; 0: nothing */
    bool doubted;                  /* It was held or rejected before */
};
LIST_OF(second_click_row);
struct second_hit {              /* shape: That an hour was to be looked at */
    struct referrals_hour_id id; /* Which */
};
struct second_taken_row { /* shape: What was taken back of an hour */
    int64_t link;         /* Of which link */
    int64_t taken;        /* For how many events */
};

#endif
