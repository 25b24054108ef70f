/*
 * A business changes the rules of a program: what is proposed, what it would change, one rule at a time.
 *
 * Every change is a proposal (core/program/proposal.h) until it is switched on. Must not know: what partners see.
 * Read next: modules/referrals/rule_pages.c, modules/referrals/rule_form.c.
 */
#ifndef CONTRAFLOW_REFERRALS_RULE_PAGES_H
#define CONTRAFLOW_REFERRALS_RULE_PAGES_H

#include "core/program/proposal.h"
#include "core/program/terms.h"
#include "web/request.h"

enum { RULE_FORM_LEVELS = 10, RULE_FORM_CONDITIONS = 6 };

/* ---- all of them ------------------------------------------------------------------------------ */

struct referrals_rule_line {  /* shape: A rule in a list that can be changed */
    int64_t place;            /* From 1 on */
    bool first;               /* None goes before it */
    bool form;                /* It fits the form; else it is changed by API */
    struct program_said said; /* It in words */
};
LIST_OF(referrals_rule_line);
struct referrals_effect_line { /* shape: What somebody, or all, would have got */
    struct text name;          /* Who; empty: all */
    bool credit;               /* To be spent at the business only */
    struct money before;       /* By the rules in force, before anything was given back */
    struct money after;        /* By those proposed */
    struct money more;         /* The difference; below zero: less */
};
LIST_OF(referrals_effect_line);
struct referrals_rules_query {  /* shape: Which program, and from where on */
    struct program_id program;  /* Names it */
    struct maybe_integer after; /* 0..: Lines of the effect behind this place */
};
struct referrals_rules_view {  /* shape: The rules of a program, as proposed, and their effect */
    struct program_id program; /* Which */
    struct text title;         /* What it is called */
    enum program_state state;  /* Where it stands */
    struct maybe_proposal_id
        proposal;     /* Names what is proposed; absent: the rules in force are shown */
    struct text seen; /* The same for forms: "none" when nothing is proposed */
    struct referrals_rule_line_list rules;    /* ..20: The first that fits decides */
    struct text empty;                        /* What happens when the budget is used up */
    bool counted;                             /* The effect is known */
    bool old;                                 /* The rules in force were changed since */
    struct maybe_text fault;                  /* Why the effect can't be known */
    int64_t looked;                           /* Verdicts replayed so far */
    int64_t changed;                          /* People who would get more or less */
    struct referrals_effect_line_list totals; /* ..4: All together, by what is given */
    struct referrals_effect_line_list lines;  /* ..20: Those for whom it changes most first */
    struct maybe_text later;                  /* url: Further ones */
    struct money left;                        /* In the program's budget */
};
struct referrals_propose_input {    /* shape: Rules to look at before they are in force */
    struct program_id program;      /* For which */
    struct program_rule_list rules; /* 1..20: The first that fits decides */
};
struct referrals_proposed {      /* shape: What is proposed now */
    struct proposal_id proposal; /* Names it */
};
struct referrals_rule_step {   /* shape: A rule of a list */
    struct program_id program; /* Of which */
    int64_t place;             /* 1..20: From 1 on */
    struct maybe_text seen;    /* ..40: What was proposed when it was looked at, or none */
};
struct referrals_switch_input {  /* shape: What is to be in force */
    struct program_id program;   /* Of which */
    struct proposal_id proposal; /* What was looked at */
};
struct referrals_drop_input {  /* shape: Whose proposal is to go */
    struct program_id program; /* Of which */
};
const struct problem *referrals_rules_show(struct request *request,
                                           const struct referrals_rules_query *input,
                                           struct referrals_rules_view *view);
const struct problem *referrals_rules_propose(struct request *request,
                                              const struct referrals_propose_input *input,
                                              struct referrals_proposed *view);
const struct problem *referrals_rule_raise(struct request *request,
                                           const struct referrals_rule_step *input,
                                           struct referrals_proposed *view);
const struct problem *referrals_rule_remove(struct request *request,
                                            const struct referrals_rule_step *input,
                                            struct referrals_proposed *view);
const struct problem *referrals_rules_switch(struct request *request,
                                             const struct referrals_switch_input *input,
                                             struct nothing *view);
const struct problem *referrals_rules_drop(struct request *request,
                                           const struct referrals_drop_input *input,
                                           struct nothing *view);

/* ---- one of them ------------------------------------------------------------------------------ */

struct referrals_condition_typed { /* shape: A condition as a form has it */
    struct text join;              /* "and" or "or", with the one before */
    struct text fact;              /* What it looks at; "none" when it is none */
    struct text is;                /* How it compares */
    struct text value;             /* With what */
};
LIST_OF(referrals_condition_typed);
struct referrals_rule_query {   /* shape: Which rule */
    struct program_id program;  /* Of which */
    struct maybe_integer place; /* 1..20: From 1 on; a new one unless said */
    struct maybe_text trigger;  /* ..20: post: the new one is to be for posts */
};
struct referrals_rule_view {             /* shape: The form for a rule */
    struct program_id program;           /* Of which */
    struct text title;                   /* What the program is called */
    struct maybe_integer place;          /* Which; absent: a new one */
    struct text seen;                    /* What was proposed when it was shown, or "none" */
    struct text currency;                /* Of its money */
    struct text name;                    /* What the business calls it */
    enum program_trigger trigger;        /* For what */
    int64_t each;                        /* For so many clicks or impressions */
    enum program_benefit benefit;        /* What follows */
    struct text level_1;                 /* For who brought it */
    struct text level_2;                 /* For who brought them */
    struct text level_3;                 /* And so on */
    struct text level_4;                 /* And so on */
    struct text level_5;                 /* And so on */
    struct text level_6;                 /* And so on */
    struct text level_7;                 /* And so on */
    struct text level_8;                 /* And so on */
    struct text level_9;                 /* And so on */
    struct text level_10;                /* And so on */
    struct text most_each;               /* To one person at most */
    struct text most;                    /* To all together at most */
    enum program_period period;          /* For how long these count */
    int64_t hold_days;                   /* It may be taken back so long */
    struct text gift;                    /* What the customer gets; "none" */
    struct text gift_part;               /* How much of it */
    struct text early;                   /* Early access to what; empty: none */
    struct text early_whom;              /* Who gets it */
    struct text early_from;              /* First day; empty: at once */
    struct text early_until;             /* Day on which it is over */
    struct referrals_condition_typed c1; /* What must hold */
    struct referrals_condition_typed c2; /* What must hold */
    struct referrals_condition_typed c3; /* What must hold */
    struct referrals_condition_typed c4; /* What must hold */
    struct referrals_condition_typed c5; /* What must hold */
    struct referrals_condition_typed c6; /* What must hold */
};
struct referrals_rule_input {     /* shape: A rule as it is typed */
    struct program_id program;    /* Of which */
    struct maybe_integer place;   /* 1..20: In place of this one; behind all others unless said */
    struct maybe_text seen;       /* ..40: What was proposed when it was looked at, or none */
    struct text name;             /* 1..80: What the business calls it; partners read it */
    enum program_trigger trigger; /* For what */
    struct maybe_integer each;    /* 1..1000000: For so many clicks or impressions */
    enum program_benefit benefit; /* What follows */
    struct text level_1;          /* 1..20: For who brought it: percent, an amount or a number */
    struct maybe_text level_2;    /* ..20: For who brought them */
    struct maybe_text level_3;    /* ..20: For those above */
    struct maybe_text level_4;    /* ..20: For those above */
    struct maybe_text level_5;    /* ..20: For those above */
    struct maybe_text level_6;    /* ..20: For those above */
    struct maybe_text level_7;    /* ..20: For those above */
    struct maybe_text level_8;    /* ..20: For those above */
    struct maybe_text level_9;    /* ..20: For those above */
    struct maybe_text level_10;   /* ..20: For those above */
    struct maybe_text fact_1;  /* ..20: What the condition looks at; none: there is no condition */
    struct maybe_text is_1;    /* ..20: How it compares: is, is_not, at_least, below */
    struct maybe_text value_1; /* ..100: With what */
    struct maybe_text join_2;  /* ..3: or: one of this and the one before is enough; and */
    struct maybe_text fact_2;  /* ..20: As above */
    struct maybe_text is_2;    /* ..20: As above */
    struct maybe_text value_2; /* ..100: As above */
    struct maybe_text join_3;  /* ..3: As above */
    struct maybe_text fact_3;  /* ..20: As above */
    struct maybe_text is_3;    /* ..20: As above */
    struct maybe_text value_3; /* ..100: As above */
    struct maybe_text join_4;  /* ..3: As above */
    struct maybe_text fact_4;  /* ..20: As above */
    struct maybe_text is_4;    /* ..20: As above */
    struct maybe_text value_4; /* ..100: As above */
    struct maybe_text join_5;  /* ..3: As above */
    struct maybe_text fact_5;  /* ..20: As above */
    struct maybe_text is_5;    /* ..20: As above */
    struct maybe_text value_5; /* ..100: As above */
    struct maybe_text join_6;  /* ..3: As above */
    struct maybe_text fact_6;  /* ..20: As above */
    struct maybe_text is_6;    /* ..20: As above */
    struct maybe_text value_6; /* ..100: As above */
    struct maybe_text gift;    /* ..20: What the customer gets: points, credit; none */
    struct maybe_text gift_part;   /* ..20: How much of it: a number or an amount */
    struct maybe_text early;       /* ..80: Early access to what; empty: none */
    struct maybe_text early_whom;  /* ..20: Who gets it: partner, customer */
    struct maybe_text early_from;  /* ..10: First day of it; at once unless said */
    struct maybe_text early_until; /* ..10: Day on which it is over */
    struct maybe_text most_each;   /* ..20: To one person at most */
    struct maybe_text most;        /* ..20: To all together at most */
    enum program_period period;    /* For how long these count */
    int64_t hold_days;             /* 0..90: It may be taken back so long */
};
const struct problem *referrals_rule_show(struct request *request,
                                          const struct referrals_rule_query *input,
                                          struct referrals_rule_view *view);
const struct problem *referrals_rule_keep(struct request *request,
                                          const struct referrals_rule_input *input,
                                          struct referrals_proposed *view);

/* ---- between the two files -------------------------------------------------------------------- */

/* Whether the form can show a rule. */
bool referrals_rule_fits_form(const struct program_rule *rule);
/* Fills the form. &out_of_memory. */
const struct problem *referrals_rule_fill(struct memory *memory, const struct program_rule *rule,
                                          struct currency currency,
                                          struct referrals_rule_view *view);
/* Reads what was typed. False: *field is wrong, and *why says so. */
bool referrals_rule_read(struct memory *memory, const struct referrals_rule_input *input,
                         struct currency currency, struct program_rule *out, const char **field,
                         const char **why);
/* The form's field of what program_rules_check() found: "rules.2.conditions.0.text" is "value_1". */
const char *referrals_rule_field(const struct referrals_rule_input *input, const char *path);

#endif
