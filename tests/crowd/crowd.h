/*
 * A crowd of partners and visitors, good and bad, as the facts that a server would see of them in time
 * order. What each of them is in truth is kept apart and asked for by another function.
 *
 *     struct crowd *crowd = crowd_open(seed, partners, days);
 *     struct crowd_fact fact;
 *     while (crowd_next(crowd, &fact))
 *         judge(&fact);              // afterwards: crowd_truth(crowd) tells what this fact was
 *     crowd_close(crowd);
 *
 * Must not know any rule that judges. What the numbers rest on: tests/crowd/README.md and the tables in
 * tests/crowd/cast.c. Read next: tests/crowd/good.c, tests/crowd/bad.c.
 */
#ifndef CONTRAFLOW_TESTS_CROWD_CROWD_H
#define CONTRAFLOW_TESTS_CROWD_CROWD_H

#include <stdbool.h>
#include <stdint.h>

#define CROWD_BEGIN                                                                                \
    INT64_C(1767571200000) /* 2026-01-05 00:00 UTC, a Monday; milliseconds since 1970 */

enum crowd_fact_kind {
    CROWD_PARTNER = 1,
    CROWD_LINK,
    CROWD_IMPRESSION,
    CROWD_CLICK,
    CROWD_PAGE,
    CROWD_BASKET,
    CROWD_SIGN_UP,
    CROWD_ORDER,
    CROWD_REVERSAL,
    CROWD_FACT_KINDS,
};

enum crowd_reversal { CROWD_REFUND = 1, CROWD_PART_REFUND, CROWD_CHARGEBACK };

/* Somebody as an account shows him. A mark is what a server keeps of a value instead of the value: equal
 * marks are equal values, 0 is unknown. */
struct crowd_identity {
    char name[64];   /* as typed */
    char mail[80];   /* as typed; its domain stands behind the @ */
    uint64_t device; /* the device cookie that signing in needs */
};

struct crowd_partner {
    struct crowd_identity who; /* the account */
    uint64_t payout;     /* mark of where earnings are paid; a payment account has the same mark */
    uint64_t address;    /* mark of the postal address, 0 when not given (four of ten) */
    uint64_t ip;         /* mark of the network address at joining */
    uint32_t network;    /* of that address */
    uint32_t partner;    /* from 1 */
    uint32_t invited_by; /* a partner, 0 when nobody */
    char country[3];     /* ISO 3166 */
    char code[16];       /* personal promo code */
};

struct crowd_link {
    uint32_t link;    /* its number */
    uint32_t partner; /* whose */
};

struct crowd_impression {
    uint64_t ip;      /* mark */
    uint64_t visitor; /* mark of the first-party cookie, 0 without consent */
    uint32_t network; /* of the address */
    uint32_t link;    /* whose banner was shown */
    uint32_t partner; /* of the link */
};

struct crowd_click {
    uint64_t click;      /* its id, which the landing page carries */
    uint64_t ip;         /* mark */
    uint64_t visitor;    /* mark of the first-party cookie, 0 without consent */
    uint32_t network;    /* number of the network that the address belongs to */
    uint32_t link;       /* what was asked for */
    uint32_t partner;    /* of the link */
    const char *method;  /* GET or HEAD */
    const char *site;    /* Sec-Fetch-Site, empty when not sent */
    const char *mode;    /* Sec-Fetch-Mode */
    const char *dest;    /* Sec-Fetch-Dest */
    const char *user;    /* Sec-Fetch-User */
    const char *purpose; /* Sec-Purpose */
    char agent[192];     /* User-Agent */
    char referrer[80];   /* Referer */
};

/* What the landing page's beacon told: absent when there was none. */
struct crowd_page {
    uint64_t click;   /* that brought to it */
    uint64_t session; /* of the shop */
    int32_t visible;  /* milliseconds in sight */
    int32_t scrolled; /* percent of the page */
    int32_t touches;  /* pointer, touch and key events */
};

struct crowd_basket {
    uint64_t session; /* of the shop */
    uint64_t click;   /* the last one the session knew, 0 when none */
};

struct crowd_sign_up {
    struct crowd_identity who; /* the new account */
    uint64_t account;          /* its number */
    uint64_t click;            /* carried, 0 when none */
    uint64_t ip;               /* mark */
    uint32_t network;          /* of the address */
    char country[3];           /* ISO 3166 */
    char code[16];             /* given, or empty */
};

struct crowd_order {
    struct crowd_identity who; /* the customer; parts may be empty when only a pixel told of it */
    uint64_t order;            /* what a reversal refers to */
    uint64_t session;          /* of the shop, 0 when a pixel told of it */
    uint64_t click;            /* the last one the session knew, 0 when none */
    uint64_t account;          /* of the customer, 0 for a guest */
    uint64_t payment;          /* mark of the payment account, 0 unknown */
    uint64_t address;          /* mark of the postal address (the household), 0 unknown */
    uint64_t ip;               /* mark */
    uint32_t network;          /* of the address */
    int64_t amount;            /* minor units */
    char currency[4];          /* ISO 4217 */
    char country[3];           /* ISO 3166 */
    char code[16];             /* of a partner, or empty */
    char reference[24];        /* the shop's text for it */
    const char *source;        /* api: the shop's server told; pixel: a browser did */
};

struct crowd_reverse {
    uint64_t order;           /* what is taken back */
    int64_t amount;           /* minor units */
    enum crowd_reversal kind; /* why */
};

struct crowd_fact {
    enum crowd_fact_kind kind; /* which member of the union holds */
    int64_t at;                /* milliseconds since 1970, never before the fact before */
    union {
        struct crowd_partner partner;
        struct crowd_link link;
        struct crowd_impression impression;
        struct crowd_click click;
        struct crowd_page page;
        struct crowd_basket basket;
        struct crowd_sign_up sign_up;
        struct crowd_order order;
        struct crowd_reverse reverse;
    };
};

/* Lists that a platform can have, with their gaps: most hosting and VPN networks, and one office gateway
 * too many; most domains of disposable mail; domains that anybody can have an address at. */
bool crowd_is_data_centre(uint32_t network);
bool crowd_is_disposable(const char *domain);
bool crowd_is_free_mail(const char *domain);

/* ---- the truth -------------------------------------------------------------------------------- */

enum crowd_label {
    CROWD_GOOD = 1, /* to hold it is a mistake */
    CROWD_BAD,      /* to let it pass is a mistake */
    CROWD_OPEN,     /* honest people differ, or nobody claims it: counts in no share */
};

enum crowd_kind {
    CROWD_SHARER = 1,
    CROWD_FAMILY,
    CROWD_OFFICE,
    CROWD_PROMOTION,
    CROWD_INFLUENCER,
    CROWD_NEWSLETTER,
    CROWD_SLOW,
    CROWD_DORMITORY,
    CROWD_VPN,
    CROWD_ORGANIC, /* an order that nobody brought; no partner is one */
    CROWD_ODD,     /* own test clicks, a code looked for at checkout; no partner is one */
    CROWD_MACHINE, /* link scanners and previews: bad clicks, nobody's fault; no partner is one */
    CROWD_FARM,
    CROWD_BOTS,
    CROWD_STUFFER,
    CROWD_EXTENSION,
    CROWD_SELF,
    CROWD_RING,
    CROWD_SPOOFER,
    CROWD_FLOODER,
    CROWD_DUPLICATE,
    CROWD_FAKES,
    CROWD_KINDS,
};

/* What a fact, or a partner, is. An impression, a page, a basket and a reversal share the truth of the
 * click or order they belong to. */
struct crowd_truth {
    enum crowd_label label; /* of the claim that this fact makes for `partner` */
    enum crowd_kind kind;   /* of behaviour; a bad partner's honest traffic is CROWD_SHARER */
    bool careful;           /* the careful variant of a bad kind */
    uint32_t partner;       /* who claims: by link, carried click or code; 0 nobody */
    uint32_t rightful;      /* who brought it in truth, 0 nobody */
};

struct crowd;

/* At least 100 partners and 1 day. The facts of joining come first, some before CROWD_BEGIN; actions
 * begin on CROWD_BEGIN, and what they lead to may fall up to 60 days after the last day. NULL when memory
 * is short. Holds the partners and what is still to come, not what was. */
struct crowd *crowd_open(uint64_t seed, uint32_t partners, uint32_t days);

/* False at the end, and when memory is short (crowd_failed tells). */
bool crowd_next(struct crowd *crowd, struct crowd_fact *fact);

/* Of the last fact given. */
struct crowd_truth crowd_truth(const struct crowd *crowd);

/* Of a partner, 1 to the number of partners. */
struct crowd_truth crowd_partner_truth(const struct crowd *crowd, uint32_t partner);

bool crowd_failed(const struct crowd *crowd);

/* How many facts were waiting at most, for who cares about memory. */
uint64_t crowd_waited(const struct crowd *crowd);

void crowd_close(struct crowd *crowd);

/* How many of 10,000 partners are meant to be of that kind. */
int64_t crowd_kind_share(enum crowd_kind kind);

/* "cookie stuffer" and so on; "click" and so on; "good", "bad", "open". */
const char *crowd_kind_name(enum crowd_kind kind);
const char *crowd_fact_name(enum crowd_fact_kind kind);
const char *crowd_label_name(enum crowd_label label);

#endif
