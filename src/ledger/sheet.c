/*
 * Reads accounts, keeps them while they are changed, writes those that did.
 *
 * An account through which money only passes (a sale) ends as it began and is not written at all.
 * Must not know: what may be done to an account. Read next: ledger/account.c.
 */
#include "ledger/sheet.h"

#include <stdlib.h>

#include "base/ids.h"
#include "base/log.h"
#include "ledger/queries.h"

void sheet_begin(struct sheet *sheet, struct database *db, struct memory *memory, struct instant at)
{
    sheet->db = db;
    sheet->memory = memory;
    sheet->at = at;
    sheet->count = 0;
}

static bool is_of(const struct ledger_account_row *account, const struct ledger_account_key *key)
{
    return account->party.value == key->party.value && account->purpose == key->purpose &&
           account->issuer.value == key->issuer.value &&
           text_equal(account->currency, key->currency);
}

static struct ledger_account_row *find(struct sheet *sheet, const struct ledger_account_key *key)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (is_of(&sheet->accounts[i], key))
            return &sheet->accounts[i];
    return NULL;
}

struct ledger_account_row *sheet_account(struct sheet *sheet, const struct ledger_account_key *key)
{
    struct ledger_account_row *account = find(sheet, key);
    ensure(account);
    return account;
}

/* The intermediary's own accounts and what somebody promised have no floor, but what passes through a
 * sale must have come in before. */
static struct maybe_integer floor_for(const struct ledger_account_key *key)
{
    bool endless =
        key->purpose == ACCOUNT_ISSUED || (key->party.value == 0 && key->purpose != ACCOUNT_SALE);
    return (struct maybe_integer){.present = !endless, .value = 0};
}

static const struct problem *read_account(struct sheet *sheet, const struct ledger_account_key *key,
                                          struct ledger_account_row *out)
{
    const struct problem *problem = ledger_account_lock(sheet->db, sheet->memory, key, out);
    if (problem != &not_found)
        return problem;
    struct ledger_account_new account = {.id = {id_new()},
                                         .party = key->party,
                                         .purpose = key->purpose,
                                         .currency = key->currency,
                                         .issuer = key->issuer,
                                         .floor_minor = floor_for(key)};
    problem = ledger_account_open(sheet->db, sheet->memory, &account);
    return problem ? problem : ledger_account_lock(sheet->db, sheet->memory, key, out);
}

static int by_key(const void *left, const void *right)
{
    const struct ledger_account_key *a = left;
    const struct ledger_account_key *b = right;
    if (a->party.value != b->party.value)
        return a->party.value > b->party.value ? -1 : 1;
    if (a->purpose != b->purpose)
        return a->purpose < b->purpose ? -1 : 1;
    if (a->issuer.value != b->issuer.value)
        return a->issuer.value < b->issuer.value ? -1 : 1;
    return text_compare(a->currency, b->currency);
}

const struct problem *sheet_open(struct sheet *sheet, const struct ledger_account_key *keys,
                                 size_t count)
{
    struct ledger_account_key sorted[SHEET_MAX];
    ensure(count <= SHEET_MAX);
    for (size_t i = 0; i < count; i++)
        sorted[i] = keys[i];
    /* The intermediary's accounts, which everybody needs, come last and are locked for the shortest. */
    qsort(sorted, count, sizeof sorted[0], by_key);
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < count; i++) {
        if (find(sheet, &sorted[i]))
            continue;
        ensure(sheet->count < SHEET_MAX);
        struct ledger_account_row *account = &sheet->accounts[sheet->count];
        problem = read_account(sheet, &sorted[i], account);
        sheet->before[sheet->count] = *account;
        sheet->count += problem ? 0 : 1;
    }
    return problem;
}

const struct problem *sheet_open_id(struct sheet *sheet, struct account_id id,
                                    struct ledger_account_row **out)
{
    ensure(sheet->count < SHEET_MAX);
    struct ledger_account_row *account = &sheet->accounts[sheet->count];
    const struct problem *problem = ledger_account_lock_id(sheet->db, sheet->memory, id, account);
    if (problem)
        return problem == &not_found ? &our_fault : problem;
    sheet->before[sheet->count++] = *account;
    *out = account;
    return NULL;
}

static bool changed(const struct ledger_account_row *before, const struct ledger_account_row *after)
{
    return before->balance_minor != after->balance_minor ||
           before->held_minor != after->held_minor || before->out_day != after->out_day ||
           before->out_minor != after->out_minor || before->owed_minor != after->owed_minor;
}

const struct problem *sheet_write(struct sheet *sheet)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < sheet->count; i++) {
        const struct ledger_account_row *account = &sheet->accounts[i];
        if (!changed(&sheet->before[i], account))
            continue;
        struct ledger_account_change change = {.id = account->id,
                                               .balance_minor = account->balance_minor,
                                               .held_minor = account->held_minor,
                                               .out_day = account->out_day,
                                               .out_minor = account->out_minor,
                                               .owed_minor = account->owed_minor};
        problem = ledger_account_store(sheet->db, sheet->memory, &change);
        sheet->before[i] = *account;
    }
    return problem;
}
