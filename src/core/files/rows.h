/*
 * Rows of what people and businesses take with them: the columns of the files. Private to core/files.
 */
#ifndef CONTRAFLOW_CORE_FILES_ROWS_H
#define CONTRAFLOW_CORE_FILES_ROWS_H

#include "core/deal.h"
#include "core/owed/obligation.h"
#include "core/pay/pay.h"
#include "core/people/member.h"

struct file_deal {        /* shape: A deal of one's own */
    struct deal_id deal;  /* Names it */
    struct text kind;     /* Name of its flow */
    struct text state;    /* Word of its state */
    struct text supplier; /* Who gives and is paid */
    struct text buyer;    /* Who receives and pays */
    struct money price;   /* As last named */
    struct instant begun; /* When */
    struct instant moved; /* Last changed */
};
LIST_OF(file_deal);
struct file_payment {          /* shape: Money that a business paid in */
    struct payment_id payment; /* Names it */
    struct text rail;          /* Which way */
    struct money amount;       /* How much */
    struct text reference;     /* What the transfer quotes */
    enum payment_state state;  /* How it stands */
    struct instant announced;  /* When */
    struct instant moved;      /* Last changed */
};
LIST_OF(file_payment);
struct file_payout {         /* shape: Money that a person took out */
    struct payout_id payout; /* Names it */
    struct money amount;     /* How much */
    struct text holder;      /* Name on the account, as it was */
    struct text iban;        /* Account, as it was */
    enum payout_state state; /* How it stands */
    struct instant asked;    /* When */
    struct instant moved;    /* Last changed */
};
LIST_OF(file_payout);
struct file_obligation {             /* shape: A sum that one owes or is owed */
    struct obligation_id obligation; /* Names it */
    struct plan_id plan;             /* Because of which plan */
    int64_t number;                  /* Which part of it, from 1 */
    struct text title;               /* What for */
    struct text debtor;              /* Who owes */
    struct text creditor;            /* To whom */
    struct money amount;             /* How much */
    struct money fee;                /* Added since it was late */
    struct money paid;               /* Of both, so far */
    enum obligation_state state;     /* How it stands */
    struct maybe_instant due;        /* On which day; absent: when something is reached */
};
LIST_OF(file_obligation);
struct file_member {            /* shape: A member of a business */
    struct party_id person;     /* Names them */
    struct text name;           /* What they are called */
    enum member_role role;      /* What they may do */
    struct instant since;       /* From when */
    struct maybe_instant ended; /* Until when; absent: still */
};
LIST_OF(file_member);

#endif
