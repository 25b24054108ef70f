/*
 * Leads: an active partner registers somebody he met in person, which protects them for the days of the program.
 *
 * The lead has agreed to it, and the partner says where. Of the mail address only a mark is kept, by which the
 * customer is found when they order. Whoever had ordered before is nobody's lead; that is said only once they order
 * again, so that nobody can ask us who is a customer. How many one partner may have is limited.
 *
 * Must not know: HTTP. Read next: lead.c, modules/referrals/attribution/attribution.h.
 */
#ifndef CONTRAFLOW_REFERRALS_LEADS_LEAD_H
#define CONTRAFLOW_REFERRALS_LEADS_LEAD_H

#include "core/program/program.h"
#include "core/shop/shop.h"
#include "modules/referrals/referrals.h"

struct lead_id { /* shape id led: Somebody whom a partner met in person */
    int64_t value;
};
MAYBE(lead_id);

#define LEADS_MOST    20  /* of one partner at once, unless the program says otherwise */
#define LEADS_A_DAY   10  /* that one partner may register */
#define LEAD_DAYS_MAX 365 /* for which one may be protected */

struct lead_terms_row {        /* shape: How a program takes leads, as stored */
    struct program_id program; /* Which */
    int64_t days;              /* A lead is protected so long; 0: none is taken */
    int64_t most;              /* Of one partner at once */
};
struct lead_row {                        /* shape: A lead as stored */
    struct lead_id id;                   /* Names it */
    struct program_id program;           /* In which */
    struct referrals_partner_id partner; /* Who met them */
    struct text mail;                    /* Mark of the mail address */
    struct text name;                    /* As the partner calls them */
    struct text met;                     /* Where and when they agreed */
    struct instant at;                   /* Registered */
    struct instant until;                /* Protected until */
    struct customer_id customer;         /* Who they turned out to be; 0: not known yet */
    bool known;                          /* They had ordered before they were registered */
};
LIST_OF(lead_row);

extern const struct problem referrals_leads_off; /* 409: the program takes none, or not from them */
extern const struct problem referrals_leads_full; /* 409: as many as one may have */
extern const struct problem referrals_lead_again; /* 409: they are registered */
extern const struct problem referrals_lead_own;   /* 409: that is oneself */

/* Inside a write: registers somebody; id, program, at and until are filled in. `person` is who asks. */
const struct problem *lead_register(struct database *db, struct memory *memory,
                                    struct party_id person, struct instant at,
                                    struct lead_row *lead);

/* Inside a write, before an order of a customer is judged: leads that turn out to be them become touches. */
const struct problem *leads_bind(struct database *db, struct memory *memory,
                                 struct program_id program, struct customer_id customer);

#endif
