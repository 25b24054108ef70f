/*
 * Fees in a reader's words: which rule, what it was counted on, what it is for.
 *
 * A rule's name is a text key, with two more behind it: "fee.handling" as a line begins with it,
 * "fee.handling.within" inside a sentence, "fee.handling.what" for what it pays. A setting may only
 * name rules that have all of them, so that nobody reads a fee in a language that is not theirs.
 * Must not know: what is sold. Read next: ledger/fees.h.
 */
#ifndef CONTRAFLOW_CORE_FEES_SHOWN_H
#define CONTRAFLOW_CORE_FEES_SHOWN_H

#include "ledger/fees.h"
#include "web/request.h"

struct fee_shown {        /* shape: A fee as its reader sees it */
    struct text label;    /* Its name, as a line begins with it */
    struct text within;   /* Its name inside a sentence */
    struct text says;     /* Name and rule: Handling, 8% of the share */
    struct text worked;   /* The same with the sum it is counted on: handling, 8% of 6.00 EUR */
    struct text what;     /* What it pays for */
    struct text limits;   /* Its least and most, and that it was cut; empty: none of it */
    struct fee_line line; /* How it was worked out */
};
LIST_OF(fee_shown);

/* All of a breakdown by who bears them, each in their order. */
struct fees_by_bearer {
    struct fee_shown_list buyer, supplier, intermediary;
};
const struct problem *fees_shown_by_bearer(const struct request *request,
                                           const struct fee_breakdown *sum,
                                           struct fees_by_bearer *out);

/* Whether every rule has its words; *without is the first that has not. */
bool fees_have_words(struct memory *memory, const struct fee_rules *rules, struct text *without);

#endif
