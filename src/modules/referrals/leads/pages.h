/*
 * Pages of leads: a partner's own, and how a program takes them.
 *
 * Read next: pages.c, lead.h.
 */
#ifndef CONTRAFLOW_REFERRALS_LEADS_PAGES_H
#define CONTRAFLOW_REFERRALS_LEADS_PAGES_H

#include "modules/referrals/leads/lead.h"
#include "web/route.h"

enum lead_state {                /* shape: What became of a lead */
                  LEAD_OPEN = 1, /* open: Protected; they have not ordered yet */
                  LEAD_ORDERED,  /* ordered: They have ordered */
                  LEAD_KNOWN,    /* known: They had ordered before they were registered */
                  LEAD_OVER,     /* over: The protection is over */
};
struct lead_card {         /* shape: A lead as its partner sees them */
    struct lead_id lead;   /* Names it */
    struct text name;      /* As the partner calls them */
    struct text met;       /* Where and when they agreed */
    enum lead_state state; /* What became of them */
    struct instant at;     /* Registered */
    struct instant until;  /* Protected until */
};
LIST_OF(lead_card);
struct leads_query {                     /* shape: Whose leads */
    struct referrals_partner_id partner; /* The reader's part in a program */
    struct maybe_lead_id before;         /* Registered before this one */
};
struct leads_page {                      /* shape: Leads of the reader in a program */
    struct referrals_partner_id partner; /* The reader's part in it */
    struct text title;                   /* What the program is called */
    bool taken;                          /* The program takes leads of the reader now */
    int64_t days;                        /* One is protected so long */
    int64_t most;                        /* At once */
    int64_t a_day;                       /* That can be registered in 24 hours */
    int64_t open;                        /* Protected now */
    struct lead_card_list leads;         /* At most 20, the newest first */
    struct maybe_text later;             /* url: Older ones */
};
struct lead_input {                      /* shape: Somebody whom a partner met */
    struct referrals_partner_id partner; /* The reader's part in the program */
    struct text name;                    /* 1..100: What you call them; only you see it */
    struct text mail; /* 1..254, mail: Their address; only a mark of it is kept */
    struct text met;  /* 3..300: Where and when they agreed to it */
    bool agreed;      /* They agreed to be registered */
};
struct lead_made {       /* shape: A lead that was registered */
    struct lead_id lead; /* Names it */
};
struct lead_move {                       /* shape: Which lead */
    struct referrals_partner_id partner; /* The reader's part in the program */
    struct lead_id lead;                 /* Which */
};
struct lead_terms_query {      /* shape: Which program */
    struct program_id program; /* Names it */
};
struct lead_terms_page {       /* shape: How a program takes leads */
    struct program_id program; /* Which */
    struct text title;         /* What it is called */
    int64_t days;              /* A lead is protected so long; 0: none is taken */
    int64_t most;              /* Of one partner at once */
};
struct lead_terms_input {      /* shape: How a program is to take leads */
    struct program_id program; /* Which */
    int64_t days;              /* 0..365: A lead is protected so long; 0: none is taken */
    int64_t most;              /* 1..1000: Of one partner at once */
};

const struct problem *referrals_leads_show(struct request *request, const struct leads_query *input,
                                           struct leads_page *view);
const struct problem *referrals_lead_make(struct request *request, const struct lead_input *input,
                                          struct lead_made *view);
const struct problem *referrals_lead_forget(struct request *request, const struct lead_move *input,
                                            struct nothing *view);
const struct problem *referrals_lead_terms_show(struct request *request,
                                                const struct lead_terms_query *input,
                                                struct lead_terms_page *view);
const struct problem *referrals_lead_terms_set(struct request *request,
                                               const struct lead_terms_input *input,
                                               struct nothing *view);

extern const struct route_table referrals_lead_routes;

#endif
