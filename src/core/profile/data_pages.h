/*
 * Everything core keeps about a person, for that person.
 *
 * Read next: core/profile/data_queries.sql.
 */
#ifndef CONTRAFLOW_CORE_PROFILE_DATA_PAGES_H
#define CONTRAFLOW_CORE_PROFILE_DATA_PAGES_H

#include "core/access/access.h"
#include "core/checkout/spend.h"
#include "core/deal.h"
#include "core/gift/gifts.h"
#include "core/mail/mail.h"
#include "core/pay/pay.h"
#include "core/people/member.h"
#include "core/profile/pages.h"
#include "core/program/program.h"
#include "core/right.h"
#include "core/thread.h"

struct data_session {     /* shape: A browser that is signed in */
    struct instant begun; /* Signed in */
    struct instant until; /* Over then */
    struct instant used;  /* Last noted use */
    struct text browser;  /* What it came from; empty: unknown */
    struct text address;  /* Where it came from; empty: unknown */
};
LIST_OF(data_session);
struct data_seen {       /* shape: Where the person signed in from */
    struct text browser; /* What it came from; empty: unknown */
    struct text address; /* Where it came from; empty: unknown */
    struct instant at;   /* Last */
};
LIST_OF(data_seen);
struct data_passkey {          /* shape: A passkey of the person */
    struct text name;          /* As they call it */
    struct instant made;       /* When */
    struct maybe_instant used; /* Last */
};
LIST_OF(data_passkey);

struct data_identity {         /* shape: An account elsewhere that the person signs in with */
    struct text issuer;        /* Address of the provider */
    struct text subject;       /* Its name for the account */
    struct text mail;          /* Address that it said; may be empty */
    struct instant made;       /* Connected */
    struct maybe_instant used; /* Last used */
};
LIST_OF(data_identity);
struct data_key {               /* shape: A key that the person made for a program */
    struct text name;           /* What it is for */
    struct text tail;           /* Its last four characters; it begins with cf_live_ */
    struct text scopes;         /* What it may do */
    struct text owner;          /* Name of whom it acts for */
    struct instant made;        /* When */
    struct instant until;       /* Over then */
    struct maybe_instant used;  /* Last */
    struct maybe_instant ended; /* By hand */
};
LIST_OF(data_key);
struct data_app {               /* shape: What the person allowed an app */
    struct text app;            /* Its name */
    struct text owner;          /* Name of the business whose app it is */
    struct text organisation;   /* Name of whom it acts for; empty: the person */
    struct text scopes;         /* What it may do */
    struct instant given;       /* When */
    struct instant until;       /* Over then */
    struct maybe_instant used;  /* Last */
    struct maybe_instant ended; /* When, before its time */
};
LIST_OF(data_app);
struct data_acceptance {  /* shape: Terms that were accepted */
    struct text name;     /* Which terms */
    struct text version;  /* Which version */
    struct text language; /* Language of the text */
    struct text hash;     /* BLAKE2b-256 of the text */
    struct instant at;    /* When */
};
LIST_OF(data_acceptance);
struct data_message {         /* shape: Something the person said */
    struct message_id id;     /* Names it */
    struct text body;         /* The words */
    struct text organisation; /* Spoken for; empty: themselves */
    struct instant at;        /* When */
};
LIST_OF(data_message);
struct data_mail {         /* shape: A mail to the person */
    struct mail_id id;     /* Names it */
    struct text subject;   /* Line */
    struct text body;      /* Plain text */
    enum mail_state state; /* What became of it */
    struct instant at;     /* Written */
};
LIST_OF(data_mail);
struct data_deal {        /* shape: A deal in which the person supplies */
    struct deal_id id;    /* Names it */
    struct text flow;     /* Which kind */
    struct text state;    /* Where it stands */
    struct text buyer;    /* Name of who buys */
    struct money price;   /* As last named */
    struct instant at;    /* Begun */
    struct instant moved; /* Last changed */
};
LIST_OF(data_deal);
struct data_right {            /* shape: A right that the person granted */
    struct right_id id;        /* Names it */
    enum right_kind kind;      /* What passed */
    struct text holder;        /* Name of who has it */
    struct text scope;         /* What it allows */
    struct text territory;     /* Where */
    bool exclusive;            /* Nobody else meanwhile */
    struct instant begins;     /* First moment */
    struct maybe_instant ends; /* Last moment; absent: for good */
};
LIST_OF(data_right);
struct data_step {            /* shape: Something the person did */
    struct text flow;         /* With which kind of thing */
    struct text event;        /* What */
    struct text note;         /* What they said about it */
    struct maybe_money price; /* The price they named with it */
    struct instant at;        /* When */
};
LIST_OF(data_step);
struct data_payout {         /* shape: Money the person took out */
    struct payout_id id;     /* Names it */
    struct money amount;     /* How much */
    struct text holder;      /* Name on the account */
    struct text iban;        /* Account */
    enum payout_state state; /* How it stands */
    struct instant at;       /* Asked */
};
LIST_OF(data_payout);
struct data_bank {      /* shape: Where the person is paid */
    struct text holder; /* Name on the account */
    struct text iban;   /* Account */
    struct instant at;  /* Set */
};
LIST_OF(data_bank);
struct data_transfer {    /* shape: Money that moved in the person's accounts */
    struct text template; /* Which kind of posting */
    struct text reason;   /* Text key of the sentence why */
    bool received;        /* It came in */
    struct money amount;  /* How much */
    struct instant at;    /* When */
};
LIST_OF(data_transfer);
struct data_award {       /* shape: What a program gave the person */
    struct award_id id;   /* Names it */
    struct text business; /* Name of who gave it */
    struct text program;  /* By which of its programs */
    int64_t
        level; /* One: they brought it; two: who they brought did, and so on; zero: they bought */
    struct text rule;   /* Name of the rule */
    struct money sum;   /* How much at first */
    bool credit;        /* To be spent at the business only */
    int64_t back_minor; /* Of it taken back */
    struct instant due; /* Free from then on */
    struct instant at;  /* Given */
};
LIST_OF(data_award);
struct data_spend {         /* shape: Points or credit the person paid with */
    struct spend_id id;     /* Names it */
    struct text business;   /* Name of where */
    struct text number;     /* The shop's number of the order */
    enum spend_state state; /* Where it stands */
    struct money units;     /* Reserved at first */
    int64_t used_minor;     /* Of them used */
    struct instant at;      /* Reserved */
};
LIST_OF(data_spend);

struct data_view {                        /* shape: Everything core keeps about a person */
    struct instant at;                    /* As of when */
    bool complete;                        /* No list was cut at 10,000 entries */
    struct profile_view profile;          /* What they say about themselves, and how they sign in */
    struct business_line_list businesses; /* Where they work */
    struct data_session_list sessions;    /* Where they are signed in */
    struct data_seen_list seen;           /* Where they signed in from */
    struct data_passkey_list passkeys;    /* What they sign in with */
    struct data_identity_list identities; /* And accounts elsewhere */
    struct data_key_list keys;            /* Keys they made for programs */
    struct data_app_list apps;            /* Apps they let in */
    struct data_bank_list banks;          /* Where they are paid */
    struct data_acceptance_list terms;    /* What they accepted */
    struct data_deal_list deals;          /* What they agreed on */
    struct data_right_list rights;        /* What they granted */
    struct data_transfer_list transfers;  /* What moved in their accounts */
    struct data_payout_list payouts;      /* What they took out */
    struct data_award_list awards;        /* What programs gave them */
    struct gift_card_list gifts;          /* ..100: What waits for their mail address */
    struct access_shown_list accesses;    /* ..50: What they may see early */
    struct data_spend_list spends;        /* What points and credit paid */
    struct data_message_list messages;    /* What they said */
    struct data_mail_list mails;          /* What was written to them */
    struct data_step_list steps;          /* What they did */
};

/* On the page's path the same JSON as a file to save. */
const struct problem *core_data_page(struct request *request, const struct nothing *query,
                                     struct data_view *view);

#endif
