/*
 * Rows of obligation_queries.sql. Private to core/owed/plan*.c and core/owed/obligation*.c.
 */
#ifndef CONTRAFLOW_CORE_OWED_OBLIGATION_ROWS_H
#define CONTRAFLOW_CORE_OWED_OBLIGATION_ROWS_H

#include "core/owed/obligation.h"
#include "web/request.h"

struct plan_hit {      /* shape: The plan that a statement found */
    struct plan_id id; /* Names it */
};
LIST_OF(plan_hit);
struct obligation_hit {      /* shape: The obligation that a statement found */
    struct obligation_id id; /* Names it */
};
LIST_OF(obligation_hit);

struct instalment_row {              /* shape: What was paid of an obligation */
    struct posting_id posting;       /* The transfers */
    struct obligation_id obligation; /* Of which obligation */
    int64_t amount_minor;            /* Of the amount that was owed, minor units */
    int64_t fee_minor;               /* Of what was added since it was late, minor units */
    struct instant at;               /* When */
};
LIST_OF(instalment_row);

struct obligation_listed {       /* shape: An obligation with its plan and both sides */
    struct obligation_id id;     /* Names it */
    struct plan_id plan;         /* Because of which plan */
    int64_t number;              /* Which part of it */
    int64_t parts;               /* Of how many; 0: without end */
    struct text kind;            /* Name of the plan's kind */
    struct text title;           /* What the plan is for */
    struct party_id debtor;      /* Who owes */
    struct text debtor_name;     /* How they are called */
    struct party_id creditor;    /* To whom */
    struct text creditor_name;   /* How they are called */
    struct money amount;         /* How much */
    int64_t fee_minor;           /* Added since it was late, minor units */
    int64_t paid_minor;          /* Of both, so far, minor units */
    enum obligation_state state; /* How it stands */
    int64_t due;                 /* Day; 0: when it is reached */
    bool automatic;              /* Paid from the debtor's account when due */
    int64_t grace;               /* Days after its day before it is late */
    int64_t late_minor;          /* What will be added when it is late, minor units */
    struct instant closed;       /* Paid, forgiven or cancelled; 0: open */
    struct instant moved;        /* State last changed */
    int64_t steps;               /* How many steps its history has */
};
LIST_OF(obligation_listed);
struct calendar_row {       /* shape: The link of a party's calendar */
    struct party_id party;  /* Whose */
    int64_t serial;         /* Which link of theirs */
    enum language language; /* Of its words */
};
struct obligation_said { /* shape: What was said when an obligation was let go */
    struct text note;    /* The words */
};
struct obligation_reader {  /* shape: Who reads mail for a party */
    struct party_id person; /* The person */
    enum language language; /* Theirs */
};
LIST_OF(obligation_reader);
struct plan_listed {           /* shape: A plan with both sides */
    struct plan_id id;         /* Names it */
    struct text title;         /* What it is for */
    struct text kind;          /* Name of its kind */
    struct text debtor_name;   /* Who owes */
    struct text creditor_name; /* To whom */
    enum plan_state state;     /* How it stands */
    struct money sum;          /* All of it; each time; or the principal */
    enum plan_term term;       /* What it is made of */
    struct instant at;         /* Written */
};
LIST_OF(plan_listed);

struct obligation_odd {      /* shape: An obligation beside what its postings say */
    struct obligation_id id; /* Names it */
    struct text state;       /* How it stands */
    int64_t rest_minor;      /* Still owed, minor units */
    int64_t paid_minor;      /* Paid by its own account, minor units */
    int64_t parts_minor;     /* Sum of its payments, minor units */
    int64_t posted_minor;    /* What its postings took from the debtor, minor units */
};
LIST_OF(obligation_odd);
struct plan_odd {         /* shape: A plan beside the sum of its obligations */
    struct plan_id id;    /* Names it */
    int64_t number;       /* How many it has */
    int64_t made;         /* How many it says it has */
    int64_t amount_minor; /* Their sum, minor units */
    int64_t open;         /* How many of them are open */
    struct text state;    /* How it stands */
};
LIST_OF(plan_odd);

#endif
