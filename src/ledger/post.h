/*
 * What posts, holds and corrections share. Private to src/ledger.
 */
#ifndef CONTRAFLOW_LEDGER_POST_H
#define CONTRAFLOW_LEDGER_POST_H

#include "ledger/sheet.h"

/* One transfer that is going to happen. */
struct post_leg {
    struct ledger_account_key from, to;
    struct money amount;
    struct text reason;                /* text key */
    struct maybe_transfer_id corrects; /* the transfer it takes back */
};

/* What a posting is written with. */
struct post_head {
    struct text template;             /* its name */
    int64_t subject;                  /* what it is about */
    struct maybe_posting_id corrects; /* what it takes back */
    struct maybe_posting_id follows;  /* whose money it shares on */
    enum taking how;
};

/* A key as the sheet knows it. */
struct ledger_account_key post_key(struct party_id party, enum account_purpose purpose,
                                   const struct currency *currency, struct party_id issuer);
/* The account of a side of a posting. */
struct ledger_account_key post_side(const struct posting *posting, struct posting_side side,
                                    const struct currency *currency);
/* The head of an ordinary posting. */
struct post_head post_head(const struct posting *posting);
/* The transfers of a posting with an amount above zero: the template's legs, then its fees. Their keys
 * point into it. Returns how many; `out` has room for all, at most POSTING_ALL. */
size_t post_legs(const struct posting *posting, struct post_leg *out);
/* A sheet for one posting of so many legs and the account of a hold. NULL: out of memory. */
struct sheet *post_sheet(struct database *db, struct memory *memory, struct instant at,
                         size_t legs);
/* Opens the accounts of legs. */
const struct problem *post_open(struct sheet *sheet, const struct post_leg *legs, size_t count);
/* ledger_hold() in the account of a key. */
const struct problem *hold_in(struct database *db, struct memory *memory,
                              const struct ledger_account_key *key, struct money amount,
                              int64_t subject, struct instant at, struct instant until,
                              struct hold_id *out);
/* Moves the amounts between open accounts and adds head and transfers to the sheet, at *place there; the caller
 * writes it. A problem leaves the accounts changed halfway. */
const struct problem *post_on(struct sheet *sheet, const struct post_head *head,
                              const struct post_leg *legs, size_t count, size_t *place);

#endif
