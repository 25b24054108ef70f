/*
 * The accounts that one call of the ledger touches: read once, changed in memory, written once; and the
 * rows it adds. Private to src/ledger.
 *
 * SQLite runs a prepared statement for each row, which costs it next to nothing. PostgreSQL gets all
 * rows of a kind in one statement, since each costs a round trip; it locks the accounts it reads, in
 * one order, until the write ends, so that two writes never wait in a circle. What happens
 * to the intermediary's own accounts, which everybody touches, is kept there as differences
 * (ledger_difference) and added up later, so that nobody waits for anybody.
 */
#ifndef CONTRAFLOW_LEDGER_SHEET_H
#define CONTRAFLOW_LEDGER_SHEET_H

#include "ledger/account.h"

struct sheet_account {
    struct ledger_account_row now;    /* as changed; id 0: not read yet */
    struct ledger_account_row before; /* as read */
    size_t next;                      /* in its bucket, one more than its place; 0: the last */
};

/* A transfer of the sheet that gives promised units, or takes given ones back. */
struct sheet_grant {
    size_t transfer;               /* its place */
    struct maybe_transfer_id back; /* the transfer that gave what is taken back */
    struct party_id issuer;        /* otherwise: whose units */
    struct currency unit;          /* which of theirs */
    int64_t days,
        told_days; /* how long they live, and when their end is told before it; 0: never */
};

struct sheet {
    struct database *db;
    struct memory *memory;
    struct instant at; /* when what is done happens */
    bool sets;         /* all rows of a kind in one statement */
    struct sheet_account *accounts;
    size_t count, room;
    size_t *buckets; /* first account of each, one more than its place; as many as room */
    struct ledger_posting_new *postings; /* to add */
    size_t posting_count;
    struct ledger_transfer_new *transfers; /* to add */
    size_t transfer_count, transfer_room;
    struct sheet_grant *grants; /* of these transfers; NULL until there is one */
    size_t grant_count;
};

/* Tests: sets on SQLite, too, from now on or no more. */
void sheet_always_sets(bool always);

/* For at most so many accounts, postings and transfers. NULL: out of memory. */
struct sheet *sheet_begin(struct database *db, struct memory *memory, struct instant at,
                          size_t accounts, size_t postings, size_t transfers);
/* Reads accounts, opening those that are missing. Those already read are left as they are. */
const struct problem *sheet_open(struct sheet *sheet, const struct ledger_account_key *keys,
                                 size_t count);
const struct problem *sheet_open_id(struct sheet *sheet, struct account_id id,
                                    struct ledger_account_row **out);
/* Whether a write changed an account. Pure. */
bool sheet_changed(const struct sheet_account *account);
/* One that was opened. */
struct ledger_account_row *sheet_account(struct sheet *sheet, const struct ledger_account_key *key);
/*
 * Writes the accounts that changed and the rows that were added. Postings and transfers are named here,
 * when nothing is left to wait for, so that their day is the one in which they are written; a clock that
 * was set back makes names of days that are closed, and they are named anew, after that day.
 */
const struct problem *sheet_write(struct sheet *sheet);
/* The same, and the name of the posting at a place. */
const struct problem *sheet_write_one(struct sheet *sheet, size_t place, struct posting_id *out);

#endif
