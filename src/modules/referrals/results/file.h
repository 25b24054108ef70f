/*
 * The tables of a program's results as files, for spreadsheets.
 *
 * Must not know: how results are read. Read next: file.c, page.c.
 */
#ifndef CONTRAFLOW_REFERRALS_RESULTS_FILE_H
#define CONTRAFLOW_REFERRALS_RESULTS_FILE_H

#include "modules/referrals/results/pages.h"

enum results_table {                     /* shape: A table of the results */
                     TABLE_PARTNERS = 1, /* partners: From the program's page to a first order */
                     TABLE_CUSTOMERS,    /* customers: From a click to a reward */
                     TABLE_GROUPS,       /* groups: Who joins against who sells */
                     TABLE_COUNTRIES,    /* countries: Where orders go */
                     TABLE_VERSIONS,     /* versions: What came under which rules */
                     TABLE_MONTHS,       /* months: Customers by the month of their first order */
};
struct results_file_query {    /* shape: Which table */
    struct program_id program; /* Of which program */
    enum results_table table;  /* Which */
};
const struct problem *referrals_results_file(struct request *request,
                                             const struct results_file_query *query,
                                             struct nothing *view);

#endif
