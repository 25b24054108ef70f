/*
 * Rows of programs that only core/program reads. Private to it.
 */
#ifndef CONTRAFLOW_CORE_PROGRAM_ROWS_H
#define CONTRAFLOW_CORE_PROGRAM_ROWS_H

#include "core/program/program.h"

struct program_rules_row {     /* shape: A version of rules as stored */
    struct program_id program; /* Whose */
    int64_t version;           /* From 1 */
    struct text rules;         /* As JSON */
    struct party_id person;    /* Who made them */
    struct instant at;         /* In force from then on */
};
LIST_OF(program_rules_row);
struct program_hit {      /* shape: That a program was changed */
    struct program_id id; /* Which */
};
struct program_step {         /* shape: Where a program stood */
    enum program_state state; /* There */
};
struct program_used_row {      /* shape: What a rule has given in a period */
    struct program_id program; /* Of which */
    struct text rule;          /* Name of the rule */
    struct instant begun;      /* Of the period */
    struct party_id party;     /* To whom; 0: to all */
    int64_t minor;             /* How much */
};
LIST_OF(program_used_row);
struct verdict_change {       /* shape: A verdict that moves on */
    struct verdict_id id;     /* Which */
    enum verdict_state state; /* To where */
    struct text reason;       /* Text key: why */
    struct instant at;        /* When */
};
struct verdict_hit {      /* shape: That there is a verdict */
    struct verdict_id id; /* Which */
};
LIST_OF(verdict_hit);
struct verdict_gone {     /* shape: What of an event came to nothing */
    struct verdict_id id; /* Of which verdict */
    int64_t minor;        /* So much */
    int64_t of;           /* Of so much; 0: nothing did */
};
struct verdict_chain_row {     /* shape: Who stands to gain by a verdict that is not decided */
    struct verdict_id verdict; /* Of which */
    int64_t level;             /* From 1 */
    struct party_id party;     /* Who; 0: nobody */
};
LIST_OF(verdict_chain_row);
struct award_change {    /* shape: An award of which something was taken back */
    struct award_id id;  /* Which */
    int64_t back_minor;  /* Taken back in all */
    struct hold_id hold; /* What holds the rest; 0: nothing */
};
struct program_sum_row {       /* shape: What somebody got by a program */
    struct program_id program; /* By which */
    struct party_id party;     /* Who */
    struct text currency;      /* Of what */
    int64_t given_minor;       /* In all */
    int64_t back_minor;        /* Of that taken back */
    int64_t credit_minor;      /* Of what was given, store credit */
    int64_t credit_back_minor; /* Of that taken back */
};
struct award_back {        /* shape: What was taken back of a reward */
    struct party_id party; /* From whom */
    int64_t minor;         /* How much in all */
};
LIST_OF(award_back);

enum gift_state {                   /* shape: Where a gift for a customer stands */
                  GIFT_WAITING = 1, /* waiting: For whoever confirms the mail address */
                  GIFT_GIVEN,       /* given: It is theirs */
                  GIFT_GONE,        /* gone: The order came to nothing before */
};
struct gift_id { /* shape id gft: What a rule gives a customer without account */
    int64_t value;
};
struct gift_row {              /* shape: A gift for a customer as stored */
    struct gift_id id;         /* Names it */
    struct verdict_id verdict; /* By which */
    struct program_id program; /* Of which */
    struct party_id business;  /* Who gives */
    int64_t subject;           /* What happened */
    struct text mail;          /* Mark of the mail address */
    struct text rule;          /* Name of the rule */
    struct money sum;          /* How much at first */
    int64_t back_minor;        /* Of that gone before it was given */
    enum gift_state state;     /* Where it stands */
    struct instant at;         /* Kept */
};
LIST_OF(gift_row);

struct access_id { /* shape id eac: Early access that a rule gave */
    int64_t value;
};
struct access_row {            /* shape: Early access as stored */
    struct access_id id;       /* Names it */
    struct verdict_id verdict; /* By which */
    struct program_id program; /* Of which */
    struct party_id business;  /* Who gives */
    struct party_id party;     /* Who has it; 0: known by the mark alone */
    struct text mail;          /* Mark of the mail address; empty: not known */
    struct text rule;          /* Name of the rule */
    struct text name;          /* To what */
    struct instant begins;     /* First moment */
    struct instant ends;       /* Over then */
    struct instant at;         /* Given */
};
struct gift_change {       /* shape: A gift that moves on */
    struct gift_id id;     /* Which */
    int64_t back_minor;    /* Gone of it */
    enum gift_state state; /* To where */
    struct instant at;     /* When */
};
struct award_audit_row {  /* shape: Units of an award beside the books */
    struct award_id id;   /* Which */
    int64_t minor;        /* Given less what was taken back, as kept */
    int64_t booked_minor; /* The same as booked */
};
LIST_OF(award_audit_row);

struct program_audit_row {     /* shape: A budget account beside its programs */
    struct account_id account; /* Which */
    int64_t balance_minor;     /* What lies there */
    int64_t left_minor;        /* What the programs may still give */
};
LIST_OF(program_audit_row);
struct program_given_row { /* shape: A program beside its awards */
    struct program_id id;  /* Which */
    int64_t given_minor;   /* What it says it gave */
    int64_t awarded_minor; /* What its awards come to */
};
LIST_OF(program_given_row);

#endif
