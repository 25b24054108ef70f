/*
 * Why a business may do something with what it knows of a customer: what for, on which basis, where it was
 * given, since when, until when. Whoever writes to customers or gives their data on asks consent_held() first.
 *
 * Read next: core/shop/consent.c; bases: Regulation (EU) 2016/679 (GDPR), article 6(1).
 */
#ifndef CONTRAFLOW_CORE_SHOP_CONSENT_H
#define CONTRAFLOW_CORE_SHOP_CONSENT_H

#include "core/shop/shop.h"
#include "web/request.h"

struct consent_id { /* shape id cns: A reason to do something with what is known of a customer */
    int64_t value;
};

enum consent_what {                   /* shape: What may be done */
                    CONSENT_MAIL = 1, /* mail: Write mails with offers */
                    CONSENT_INVITE,   /* invite: Invite them to take part in a program */
                    CONSENT_PROFILE,  /* profile: Tailor offers to what they bought */
                    CONSENT_SHARE,    /* share: Give their data on to others */
                    CONSENT_ANSWER,   /* answer: Answer by mail what they wrote */
};
enum consent_basis {                    /* shape: Why it may be done */
                     BASIS_CONSENT = 1, /* consent: They agreed to it */
                     BASIS_CONTRACT,    /* contract: A contract with them needs it */
                     BASIS_INTEREST, /* interest: A legitimate interest that theirs do not outweigh */
                     BASIS_LAW,      /* law: The law demands it */
};

struct consent_row {             /* shape: A reason as stored */
    struct consent_id id;        /* Names it */
    struct party_id business;    /* Whose customer */
    struct customer_id customer; /* Who */
    enum consent_what what;      /* What may be done */
    enum consent_basis basis;    /* Why */
    struct text source;          /* Where it was given */
    struct instant at;           /* Since when */
    struct instant withdrawn;    /* Not any more since; 0: it holds */
};
LIST_OF(consent_row);

struct consent_form {            /* shape: A reason to keep */
    struct customer_id customer; /* Whose */
    enum consent_what what;      /* What may be done */
    enum consent_basis basis;    /* Why */
    struct text source;          /* 1..300: Where it was given, so that it can be checked */
    struct maybe_instant at;     /* Since when; now unless said */
};
struct consent_do {            /* shape: A reason that ends */
    struct consent_id consent; /* Which */
};
struct consent_made {          /* shape: A reason that is kept */
    struct consent_id consent; /* Names it */
};
struct consents_query {          /* shape: Whose reasons */
    struct customer_id customer; /* Whose */
};
struct consent_shown {              /* shape: A reason */
    struct consent_id consent;      /* Names it */
    enum consent_what what;         /* What may be done */
    enum consent_basis basis;       /* Why */
    struct text source;             /* Where it was given */
    struct instant at;              /* Since when */
    struct maybe_instant withdrawn; /* Not any more since */
};
LIST_OF(consent_shown);
struct consents_view { /* shape: What may be done with what is known of a customer */
    struct consent_shown_list consents; /* ..100: Newest first */
};

extern const struct problem consent_known; /* 409: there is a reason for that already */

/* Whether a business may do that now. */
const struct problem *consent_held(struct database *db, struct memory *memory,
                                   struct customer_id customer, enum consent_what what, bool *held);

/* Inside a write: keeps a reason, unless one for that holds already. `person`: who says so; 0: themselves,
 * without an account. */
const struct problem *consent_keep(struct database *db, struct memory *memory,
                                   const struct consent_row *row, struct party_id person);
/* Inside a write: ends the reason for that, when one holds. */
const struct problem *consent_drop(struct database *db, struct memory *memory,
                                   struct customer_id customer, enum consent_what what,
                                   struct party_id person, struct instant at);

const struct problem *core_consents_show(struct request *request,
                                         const struct consents_query *query,
                                         struct consents_view *view);
const struct problem *core_consent_give(struct request *request, const struct consent_form *input,
                                        struct consent_made *view);
const struct problem *core_consent_withdraw(struct request *request, const struct consent_do *input,
                                            struct consent_made *view);

#endif
