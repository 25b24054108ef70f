/*
 * Rows of what the page of results is made of. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_REPORT_ROWS_H
#define CONTRAFLOW_REFERRALS_RESULTS_REPORT_ROWS_H

#include "modules/referrals/results/pages.h"

struct results_sum {     /* shape: What some days of a program add up to */
    int64_t views;       /* Its page was opened */
    int64_t joined;      /* Partners */
    int64_t shared;      /* Of these, with a link that was followed */
    int64_t signups;     /* Customers before they ordered */
    int64_t orders;      /* That count */
    int64_t customers;   /* Of these, a customer's first */
    int64_t gone;        /* Of the orders, given back whole */
    int64_t value_minor; /* What the orders came to */
    int64_t back_minor;  /* Of that given back */
    int64_t clicks;      /* By people */
    int64_t impressions; /* Something was shown */
};
struct results_owned_row {     /* shape: A program of a business */
    struct program_id program; /* Which */
};
struct results_rules_row { /* shape: A version of rules */
    int64_t version;       /* From 1 */
    struct instant at;     /* In force from then on */
};
LIST_OF(results_rules_row);
struct results_audience_row { /* shape: Those of whom a fact holds */
    enum results_fact fact;   /* What is looked at */
    struct text value;        /* What it is; empty: not known */
    int64_t joined;           /* Partners */
    int64_t selling;          /* Of these, with an order */
    int64_t orders;           /* These orders */
    int64_t value_minor;      /* What they came to */
};
LIST_OF(results_audience_row);
struct results_cohort_row { /* shape: A month of the customers of a month */
    int64_t month;          /* Of their first order */
    int64_t later;          /* Months after it */
    int64_t customers;      /* Who ordered first */
    int64_t orders;         /* That count */
    int64_t kept_minor;     /* What they came to, less what was given back */
};
LIST_OF(results_cohort_row);

#endif
