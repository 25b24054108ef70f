/*
 * Rows of statements. Private to core/books/statement.c.
 */
#ifndef CONTRAFLOW_CORE_BOOKS_STATEMENT_ROWS_H
#define CONTRAFLOW_CORE_BOOKS_STATEMENT_ROWS_H

#include "ledger/ledger.h"

struct statement_account {            /* shape: The account that a statement is about */
    struct account_id id;             /* Names it */
    struct maybe_integer floor_minor; /* What is free may not be spent below, minor units */
};
struct statement_row {          /* shape: A transfer as one account sees it */
    struct transfer_id id;      /* Names it */
    struct posting_id posting;  /* Its set */
    enum account_purpose other; /* What the account on the other side is for */
    int64_t minor;              /* Above zero what came in, below what went out, minor units */
    struct text reason;         /* Text key of the sentence why */
    struct maybe_transfer_id corrects; /* What it takes back */
    struct instant at;                 /* When */
};
LIST_OF(statement_row);

#endif
