/*
 * Rows of the sums. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_ROWS_H
#define CONTRAFLOW_REFERRALS_RESULTS_ROWS_H

#include "modules/referrals/convert.h"
#include "modules/referrals/results/results.h"

struct results_added {         /* shape: What is added to a program's day */
    struct program_id program; /* Which */
    int64_t day;               /* Days since 1970 */
    int64_t views;             /* Its page was opened */
    int64_t joined;            /* Partners */
    int64_t shared;            /* Of those who joined on this day, with a link that was followed */
    int64_t signups;           /* Customers before they ordered */
    int64_t orders;            /* That count */
    int64_t customers;         /* Of these, a customer's first */
    int64_t gone;              /* Of the orders, given back whole */
    int64_t value_minor;       /* What the orders came to */
    int64_t back_minor;        /* Of that given back */
};
struct results_audience_added { /* shape: What is added to those of whom a fact holds */
    struct program_id program;  /* Which */
    struct text fact;           /* results_fact */
    struct text value;          /* What it is; empty: not known */
    int64_t joined;             /* Partners */
    int64_t selling;            /* Of these, with an order */
    int64_t orders;             /* These orders */
    int64_t value_minor;        /* What they came to */
};
struct results_cohort_added {  /* shape: What is added to customers of a month */
    struct program_id program; /* Which */
    int64_t month;             /* Of their first order */
    int64_t later;             /* Months after it */
    int64_t customers;         /* Who ordered first */
    int64_t orders;            /* That count */
    int64_t value_minor;       /* What they came to */
    int64_t back_minor;        /* Of that given back */
};
struct results_came_row { /* shape: What is known of how a partner came */
    struct text came;     /* By themselves or by another partner; empty: not known */
    struct text language; /* Which they read; empty: not known */
};
struct results_touched_row {      /* shape: Something that led a customer here */
    struct referrals_touch_id id; /* Which */
};
struct results_first_row { /* shape: A customer's first order by a partner */
    int64_t cohort;        /* Its month */
};
struct results_conversion_row { /* shape: What an order adds to the sums */
    struct instant at;          /* Of the order */
    int64_t total_minor;        /* What it came to */
    int64_t back_minor;         /* Of that taken off before */
    int64_t cohort;             /* Its customer's month; 0: in none */
    int64_t later;              /* Months after it */
};
struct results_counted {       /* shape: That an order counts, and where */
    struct program_id program; /* In which */
    int64_t event;             /* Which */
    int64_t cohort;            /* Its customer's month; 0: in none */
    int64_t later;             /* Months after it */
};
struct results_unshared_row {       /* shape: A partner whose links were not followed before */
    struct referrals_partner_id id; /* Who */
    struct instant at;              /* Joined */
    bool shared;                    /* One was followed now */
};
LIST_OF(results_unshared_row);

#endif
