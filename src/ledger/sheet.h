/*
 * The accounts that one call of the ledger touches: read once, changed in memory, written once.
 * Private to src/ledger.
 *
 * On PostgreSQL reading locks an account until the write ends; sheet_open() takes all it will need
 * in one order, so that two writes never wait for each other in a circle.
 */
#ifndef CONTRAFLOW_LEDGER_SHEET_H
#define CONTRAFLOW_LEDGER_SHEET_H

#include "ledger/account.h"

#define SHEET_MAX (2 * POSTING_LEGS + 1)

struct sheet {
    struct database *db;
    struct memory *memory;
    struct instant at;                           /* when what is done happens */
    struct ledger_account_row before[SHEET_MAX]; /* as read */
    struct ledger_account_row accounts[SHEET_MAX];
    size_t count;
};

void sheet_begin(struct sheet *sheet, struct database *db, struct memory *memory,
                 struct instant at);
/* Reads accounts, opening those that are missing. Those already read are left as they are. */
const struct problem *sheet_open(struct sheet *sheet, const struct ledger_account_key *keys,
                                 size_t count);
const struct problem *sheet_open_id(struct sheet *sheet, struct account_id id,
                                    struct ledger_account_row **out);
/* One that was opened. */
struct ledger_account_row *sheet_account(struct sheet *sheet, const struct ledger_account_key *key);
/* Writes what changed. */
const struct problem *sheet_write(struct sheet *sheet);

#endif
