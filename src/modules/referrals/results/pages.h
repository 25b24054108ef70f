/*
 * The page of a program's results: what it shows, and its handler.
 *
 * Read next: page.c.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_PAGES_H
#define CONTRAFLOW_REFERRALS_RESULTS_PAGES_H

#include "modules/referrals/results/quiz_pages.h"
#include "modules/referrals/results/results.h"
#include "web/route.h"

enum results_step {                 /* shape: A step on the way */
                    STEP_SEEN = 1,  /* seen: Its page was opened */
                    STEP_JOINED,    /* joined: Asked to take part */
                    STEP_SHARED,    /* shared: A link of theirs was followed */
                    STEP_SOLD,      /* sold: Brought an order that counts */
                    STEP_CLICKED,   /* clicked: A link was followed by a person */
                    STEP_SIGNED_UP, /* signed_up: Became a customer before ordering */
                    STEP_ORDERED,   /* ordered: An order that counts */
                    STEP_KEPT,      /* kept: Not given back whole */
                    STEP_FREE, /* free: Can't be taken back any more, so that the reward is the partner's */
};
enum results_fact {                 /* shape: What is known of those who join or order */
                    FACTS_CAME = 1, /* came: How a partner came */
                    FACTS_LANGUAGE, /* language: Which language a partner reads */
                    FACTS_CUSTOMER, /* country: Where an order goes */
};

struct results_step_shown { /* shape: A step and how many took it */
    enum results_step step; /* Which */
    int64_t count;          /* How many */
    struct maybe_integer
        part; /* Of those of the step before, basis points; absent: nothing to compare with */
    struct maybe_integer lost; /* Of those, how many went no further */
    int64_t bar;               /* Percent of the greatest of its way */
};
LIST_OF(results_step_shown);
struct results_group {         /* shape: Those of whom something is the same */
    enum results_fact fact;    /* What is looked at */
    struct text value;         /* What it is for them, for programs to compare; empty: not known */
    struct text said;          /* The same in the reader's language */
    int64_t joined;            /* Partners */
    int64_t selling;           /* Of these, with an order that counts */
    struct maybe_integer part; /* The same as a part, basis points */
    int64_t orders;            /* These orders */
    struct money value_sum;    /* What they came to */
};
LIST_OF(results_group);
struct results_version {       /* shape: What came under a version of the rules, by whole days */
    int64_t version;           /* From 1 */
    struct instant since;      /* In force from then on */
    struct text gives;         /* What its first rule gives */
    int64_t clicks;            /* By people */
    int64_t orders;            /* That count */
    struct maybe_integer part; /* Orders of clicks, basis points */
    struct money value_sum;    /* What the orders came to, less what was given back */
};
LIST_OF(results_version);
struct results_cell {       /* shape: Orders of some customers in one month */
    int64_t later;          /* Months after their first */
    int64_t orders;         /* That count */
    struct money value_sum; /* What they came to, less what was given back */
};
LIST_OF(results_cell);
struct results_cohort {             /* shape: Customers who ordered first in the same month */
    struct instant month;           /* Some time in it */
    int64_t customers;              /* How many */
    struct results_cell_list cells; /* That month and five more */
    struct money total;             /* Of all their orders so far, less what was given back */
};
LIST_OF(results_cohort);
struct results_cost {                /* shape: What a program costs and brings */
    struct money value_sum;          /* What the orders came to */
    struct money back;               /* Of that given back */
    struct money kept;               /* The rest */
    struct money given;              /* Rewards, less what was taken back */
    int64_t customers;               /* Who ordered at the business for the first time */
    struct maybe_money per_customer; /* Rewards for each of them */
    struct maybe_integer part;       /* Rewards of what was kept, basis points */
};
struct results_page {                         /* shape: How a program does */
    struct program_id program;                /* Which */
    struct text title;                        /* What it is called */
    struct results_step_shown_list partners;  /* From its page to a first order */
    struct results_step_shown_list customers; /* From a click to a reward */
    struct results_group_list groups;         /* Who joins against who sells */
    struct results_group_list countries;      /* Where orders go */
    struct results_version_list versions;     /* What came under which rules, the newest first */
    struct results_cost cost;                 /* What it costs and brings */
    struct quiz_found_list quiz;              /* Whether its terms are understood */
    struct text_list
        week; /* What changed in the last whole week, and why; none: nothing happened */
    struct instant week_ends; /* The Monday on which it was over */
    struct results_cohort_list
        cohorts; /* Customers by their first month, at most twelve, the newest first */
};
struct results_query {         /* shape: Which program */
    struct program_id program; /* Names it */
};
const struct problem *referrals_results_show(struct request *request,
                                             const struct results_query *query,
                                             struct results_page *view);

extern const struct route_table results_routes;

#endif
