/*
 * Reads accounts, keeps them while they are changed, writes those that did and the rows added.
 *
 * An account through which money only passes (a sale) ends as it began and is not written at all.
 * Must not know: what may be done to an account. Read next: ledger/account.c, ledger/sets.c.
 */
#include "ledger/sheet.h"

#include "base/ids.h"
#include "base/log.h"
#include "ledger/day.h"
#include "ledger/day_queries.h"
#include "ledger/grant.h"
#include "ledger/name.h"
#include "ledger/queries.h"
#include "ledger/sets.h"

static bool always_sets;

void sheet_always_sets(bool always)
{
    always_sets = always;
}

struct sheet *sheet_begin(struct database *db, struct memory *memory, struct instant at,
                          size_t accounts, size_t postings, size_t transfers)
{
    struct sheet *sheet = memory_take(memory, sizeof *sheet);
    if (!sheet)
        return NULL;
    *sheet = (struct sheet){
        .db = db,
        .memory = memory,
        .at = at,
        .sets = always_sets || database_is_postgresql(db),
        .accounts = memory_take_array(memory, accounts, sizeof *sheet->accounts),
        .room = accounts,
        .buckets = memory_take_array(memory, accounts, sizeof *sheet->buckets),
        .postings = memory_take_array(memory, postings, sizeof *sheet->postings),
        .transfers = memory_take_array(memory, transfers, sizeof *sheet->transfers),
        .transfer_room = transfers,
    };
    bool whole = sheet->accounts && sheet->buckets && sheet->postings && sheet->transfers;
    return whole ? sheet : NULL;
}

/* ---- finding ---------------------------------------------------------------------------------- */

static struct ledger_account_key key_of(const struct ledger_account_row *row)
{
    return (struct ledger_account_key){row->party, row->purpose, row->currency, row->issuer};
}

static bool is_of(const struct ledger_account_row *account, const struct ledger_account_key *key)
{
    return account->party.value == key->party.value && account->purpose == key->purpose &&
           account->issuer.value == key->issuer.value &&
           text_equal(account->currency, key->currency);
}

static size_t *bucket_of(struct sheet *sheet, const struct ledger_account_key *key)
{
    uint64_t mixed = (uint64_t)key->party.value * UINT64_C(0x9E3779B97F4A7C15);
    mixed ^= (uint64_t)key->issuer.value + (uint64_t)key->purpose * UINT64_C(0xC2B2AE3D27D4EB4F);
    return &sheet->buckets[(mixed ^ mixed >> 32) % sheet->room];
}

static struct sheet_account *find(struct sheet *sheet, const struct ledger_account_key *key)
{
    for (size_t i = *bucket_of(sheet, key); i > 0; i = sheet->accounts[i - 1].next)
        if (is_of(&sheet->accounts[i - 1].now, key))
            return &sheet->accounts[i - 1];
    return NULL;
}

static struct sheet_account *add(struct sheet *sheet, const struct ledger_account_key *key)
{
    ensure(sheet->count < sheet->room);
    size_t *bucket = bucket_of(sheet, key);
    struct sheet_account *account = &sheet->accounts[sheet->count++];
    *account = (struct sheet_account){.now = {.party = key->party,
                                              .purpose = key->purpose,
                                              .currency = key->currency,
                                              .issuer = key->issuer},
                                      .next = *bucket};
    *bucket = sheet->count;
    return account;
}

struct ledger_account_row *sheet_account(struct sheet *sheet, const struct ledger_account_key *key)
{
    struct sheet_account *account = find(sheet, key);
    ensure(account && account->now.id.value);
    return &account->now;
}

/* ---- reading ---------------------------------------------------------------------------------- */

/* The intermediary's own accounts and what somebody promised have no floor, but what passes through a
 * sale must have come in before. */
static struct ledger_account_new new_account(const struct ledger_account_key *key)
{
    bool endless =
        key->purpose == ACCOUNT_ISSUED || (key->party.value == 0 && key->purpose != ACCOUNT_SALE);
    return (struct ledger_account_new){.id = {id_new()},
                                       .party = key->party,
                                       .purpose = key->purpose,
                                       .currency = key->currency,
                                       .issuer = key->issuer,
                                       .floor_minor = {.present = !endless, .value = 0}};
}

static void take_row(struct sheet *sheet, const struct ledger_account_row *row)
{
    struct ledger_account_key key = key_of(row);
    struct sheet_account *account = find(sheet, &key);
    ensure(account);
    account->now = *row;
    account->before = *row;
}

/* Reads those not read yet; what is not there stays without an id. */
static const struct problem *read_missing(struct sheet *sheet)
{
    struct ledger_account_row_list rows;
    if (sheet->sets) {
        const struct problem *problem = sets_lock_accounts(sheet, &rows);
        for (size_t i = 0; !problem && i < rows.count; i++)
            take_row(sheet, &rows.items[i]);
        return problem;
    }
    for (size_t i = 0; i < sheet->count; i++) {
        struct sheet_account *account = &sheet->accounts[i];
        struct ledger_account_key key = key_of(&account->now);
        struct ledger_account_row row;
        if (account->now.id.value)
            continue;
        const struct problem *problem = ledger_account_find(sheet->db, sheet->memory, &key, &row);
        if (!problem)
            take_row(sheet, &row);
        else if (problem != &not_found)
            return problem;
    }
    return NULL;
}

/* Opens those that were not there; *opened says whether there were any. */
static const struct problem *open_missing(struct sheet *sheet, bool *opened)
{
    const struct problem *problem = NULL;
    *opened = false;
    for (size_t i = 0; !problem && i < sheet->count; i++) {
        struct ledger_account_key key = key_of(&sheet->accounts[i].now);
        if (sheet->accounts[i].now.id.value)
            continue;
        struct ledger_account_new account = new_account(&key);
        problem = ledger_account_open(sheet->db, sheet->memory, &account);
        *opened = true;
    }
    return problem;
}

const struct problem *sheet_open(struct sheet *sheet, const struct ledger_account_key *keys,
                                 size_t count)
{
    bool opened = false;
    for (size_t i = 0; i < count; i++)
        if (!find(sheet, &keys[i]))
            add(sheet, &keys[i]);
    const struct problem *problem = read_missing(sheet);
    if (!problem)
        problem = open_missing(sheet, &opened);
    return problem || !opened ? problem : read_missing(sheet);
}

const struct problem *sheet_open_id(struct sheet *sheet, struct account_id id,
                                    struct ledger_account_row **out)
{
    struct ledger_account_row row;
    const struct problem *problem = ledger_account_lock_id(sheet->db, sheet->memory, id, &row);
    if (problem)
        return problem == &not_found ? &our_fault : problem;
    struct ledger_account_key key = key_of(&row);
    struct sheet_account *account = find(sheet, &key);
    if (!account)
        account = add(sheet, &key);
    account->now = row;
    account->before = row;
    *out = &account->now;
    return NULL;
}

/* ---- writing ---------------------------------------------------------------------------------- */

bool sheet_changed(const struct sheet_account *account)
{
    const struct ledger_account_row *before = &account->before;
    const struct ledger_account_row *now = &account->now;
    return before->balance_minor != now->balance_minor || before->held_minor != now->held_minor ||
           before->out_day != now->out_day || before->out_minor != now->out_minor ||
           before->owed_minor != now->owed_minor;
}

static const struct problem *store_account(struct sheet *sheet,
                                           const struct ledger_account_row *account)
{
    struct ledger_account_change change = {.id = account->id,
                                           .balance_minor = account->balance_minor,
                                           .held_minor = account->held_minor,
                                           .out_day = account->out_day,
                                           .out_minor = account->out_minor,
                                           .owed_minor = account->owed_minor};
    return ledger_account_store(sheet->db, sheet->memory, &change);
}

static const struct problem *write_accounts(struct sheet *sheet)
{
    const struct problem *problem = NULL;
    if (sheet->sets)
        return sets_write_accounts(sheet);
    for (size_t i = 0; !problem && i < sheet->count; i++)
        if (sheet_changed(&sheet->accounts[i]))
            problem = store_account(sheet, &sheet->accounts[i].now);
    return problem;
}

/* &not_found: a name lies in a day that is closed, and nothing was written. */
static const struct problem *write_postings(struct sheet *sheet)
{
    const struct problem *problem = NULL;
    if (sheet->sets)
        return sets_write_postings(sheet);
    for (size_t i = 0; !problem && i < sheet->posting_count; i++)
        problem = ledger_posting_insert(sheet->db, sheet->memory, &sheet->postings[i]);
    return problem;
}

static const struct problem *write_transfers(struct sheet *sheet)
{
    const struct problem *problem = NULL;
    if (sheet->sets)
        return sets_write_transfers(sheet);
    for (size_t i = 0; !problem && i < sheet->transfer_count; i++)
        problem = ledger_transfer_insert(sheet->db, sheet->memory, &sheet->transfers[i]);
    return problem;
}

/* From here on names lie behind the last closed day. */
static const struct problem *pass_closed(struct sheet *sheet)
{
    struct ledger_posting_hit last;
    const struct problem *problem = ledger_day_through(sheet->db, sheet->memory, &last);
    if (!problem && !ids_pass(last.id.value))
        return &store_busy;
    return problem == &not_found ? NULL : problem;
}

/* Sets are refused as a whole when a day was closed meanwhile. On SQLite nobody else writes until this
 * write ends, so it can be asked before. */
static const struct problem *write_named(struct sheet *sheet)
{
    const struct problem *problem = sheet->sets ? NULL : pass_closed(sheet);
    for (int tries = sheet->sets ? 2 : 1; !problem && tries > 0; tries--) {
        problem = sheet_name(sheet);
        if (!problem)
            problem = write_postings(sheet);
        if (problem != &not_found)
            return problem;
        problem = pass_closed(sheet);
    }
    return problem ? problem : &our_fault;
}

const struct problem *sheet_write(struct sheet *sheet)
{
    const struct problem *problem = write_accounts(sheet);
    if (!problem && sheet->posting_count)
        problem = write_named(sheet);
    if (!problem)
        problem = write_transfers(sheet);
    if (!problem)
        problem = grant_write(sheet);
    for (size_t i = 0; i < sheet->count; i++)
        sheet->accounts[i].before = sheet->accounts[i].now;
    sheet->posting_count = 0;
    sheet->transfer_count = 0;
    return problem;
}

const struct problem *sheet_write_one(struct sheet *sheet, size_t place, struct posting_id *out)
{
    const struct problem *problem = sheet_write(sheet);
    if (!problem)
        *out = sheet->postings[place].id;
    return problem;
}
