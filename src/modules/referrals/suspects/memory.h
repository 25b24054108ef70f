/*
 * What the verdict rules remember: sums by partner and marks by key, in two tables of a fixed size.
 *
 * Must not know: rules and points. Read next: memory.c, rules.c.
 */
#ifndef CONTRAFLOW_REFERRALS_SUSPECTS_MEMORY_H
#define CONTRAFLOW_REFERRALS_SUSPECTS_MEMORY_H

#include "modules/referrals/suspects/made.h"

/* What a partner brought so far. Clicks that were rejected by themselves are not among them. */
struct suspect_sums {
    int64_t partner;     /* whose; 0: free */
    struct instant last; /* when the last fact came, to forget by */
    int64_t clicks;      /* followed */
    int64_t idle;        /* of them such that nobody pressed anything for */
    int64_t unseen;      /* of them such whose page nobody looked at */
    int64_t glances;     /* of them such whose page was left untouched */
    int64_t pages;       /* clicks whose page reported */
    int64_t seconds;   /* of those reports, the sum of ln(milliseconds in sight), in thousandths */
    int64_t squares;   /* and of its squares, in millionths */
    int64_t sign_ups;  /* claimed */
    int64_t orders;    /* claimed */
    int64_t customers; /* different ones of these orders */
    int64_t late;      /* orders later than two hours after the click */
    int64_t timed;     /* orders with a click */
    int64_t followed;  /* sign-ups and orders with a click */
    int64_t returned;  /* of orders, in thousandths of an order */
    struct suspect_made made;  /* how much of the clicks looks made */
    struct suspect_person who; /* the account */
};

enum suspect_key {
    KEY_OWNER_DEVICE = 1, /* whose account has this device */
    KEY_OWNER_PAYMENT,    /* whose has this payout account */
    KEY_OWNER_ADDRESS,    /* whose has this postal address */
    KEY_OWNER_IP,         /* who joined from there */
    KEY_OWNER_MAIL,       /* whose mail address it is */
    KEY_OWNER_NAME,       /* whose name it is */
    KEY_VISITOR,          /* of a partner: how often a visitor came */
    KEY_CUSTOMER,         /* of a partner: how often a customer ordered */
    KEY_MACHINE,          /* how many accounts were opened on this device */
    KEY_LINE,    /* of a partner: how many accounts were opened at this address within a day */
    KEY_NETWORK, /* how many visitors came from a network; the last one of them */
    KEY_FORM,    /* the highest number of this form that the shop told */
};

struct suspect_mark {
    uint64_t key;         /* of kind and values; 0: free */
    struct instant last;  /* when it was last met, to forget by */
    struct instant since; /* when it was first met, or its count began */
    int64_t count;        /* how often */
    int64_t value;        /* a partner, or a number */
};

uint64_t suspect_key(enum suspect_key kind, uint64_t one, uint64_t two);
/* What is known under a key; NULL: nothing. */
const struct suspect_mark *suspect_find(const struct suspect_memory *memory, uint64_t key);
/* What is usual in a program is kept under this, beside its partners. */
int64_t suspect_sums_key(int64_t program);
/* Nothing but zeros for a partner who is not known. */
const struct suspect_sums *suspect_sums_of(const struct suspect_memory *memory, int64_t partner);
/* Puts what was kept elsewhere in its place, over what was there. */
void suspect_put_mark(struct suspect_memory *memory, const struct suspect_mark *mark);
void suspect_put_sums(struct suspect_memory *memory, const struct suspect_sums *sums);
/* The mark of the customer of an order, or of an account, that its partner brought; 0: nobody knows who it is. */
uint64_t suspect_customer_key(const struct suspect_claim *claim);
/* How often the customer of an order was brought by its partner so far; 0: nobody knows who it is. */
int64_t suspect_times_ordered(const struct suspect_memory *memory,
                              const struct suspect_claim *claim);

#endif
