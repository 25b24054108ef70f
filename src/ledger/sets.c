/*
 * Rows as JSON for statements that take them all at once.
 *
 * The members are named as the columns; the engine reads them back by these names. Must not know: what
 * the rows mean. Read next: ledger/queries.sql.
 */
#include "ledger/sets.h"

#include <stdlib.h>

#include "base/ids.h"
#include "base/log.h"
#include "ledger/ledger.shapes.h"
#include "ledger/queries.h"

enum { SET_BYTES = 16 << 20 /* ten thousand transfers take about three */ };

struct set set_begin(struct memory *memory)
{
    struct set set = {.text = builder_make(memory, SET_BYTES)};
    builder_add_char(&set.text, '[');
    return set;
}

void set_row(struct set *set)
{
    builder_add_c(&set->text, set->rows++ ? "},{" : "{");
    set->open = true;
}

static void set_name(struct set *set, const char *name)
{
    if (!set->open)
        builder_add_char(&set->text, ',');
    set->open = false;
    builder_add_char(&set->text, '"');
    builder_add_c(&set->text, name);
    builder_add_c(&set->text, "\":");
}

void set_integer(struct set *set, const char *name, int64_t value)
{
    set_name(set, name);
    builder_add_integer(&set->text, value);
}

void set_text(struct set *set, const char *name, struct text value)
{
    set_name(set, name);
    builder_add_json(&set->text, value);
}

const struct problem *set_end(struct set *set, struct text *out)
{
    builder_add_c(&set->text, set->rows ? "}]" : "]");
    return builder_end(&set->text, out);
}

/* ---- accounts --------------------------------------------------------------------------------- */

/* The order in which every write locks accounts. */
static int by_key(const void *left, const void *right)
{
    const struct ledger_account_row *a = *(const struct ledger_account_row *const *)left;
    const struct ledger_account_row *b = *(const struct ledger_account_row *const *)right;
    if (a->party.value != b->party.value)
        return a->party.value < b->party.value ? -1 : 1;
    if (a->purpose != b->purpose)
        return a->purpose < b->purpose ? -1 : 1;
    if (a->issuer.value != b->issuer.value)
        return a->issuer.value < b->issuer.value ? -1 : 1;
    return text_compare(a->currency, b->currency);
}

/* Accounts not read yet, in that order; *count says how many. NULL: out of memory. */
static const struct ledger_account_row **unread(struct sheet *sheet, size_t *count)
{
    const struct ledger_account_row **accounts =
        memory_take_array(sheet->memory, sheet->count, sizeof(const struct ledger_account_row *));
    *count = 0;
    for (size_t i = 0; accounts && i < sheet->count; i++)
        if (sheet->accounts[i].now.id.value == 0)
            accounts[(*count)++] = &sheet->accounts[i].now;
    if (*count)
        qsort(accounts, *count, sizeof accounts[0], by_key);
    return accounts;
}

const struct problem *sets_lock_accounts(struct sheet *sheet, struct ledger_account_row_list *out)
{
    struct set set = set_begin(sheet->memory);
    struct text keys;
    size_t count;
    const struct ledger_account_row **accounts = unread(sheet, &count);
    *out = (struct ledger_account_row_list){NULL, 0};
    if (!accounts)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct ledger_account_row *account = accounts[i];
        set_row(&set);
        set_integer(&set, "party", account->party.value);
        set_text(&set, "purpose",
                 text_of(words_name(&account_purpose_words, (int)account->purpose)));
        set_text(&set, "currency", account->currency);
        set_integer(&set, "issuer", account->issuer.value);
    }
    if (set.rows == 0)
        return NULL;
    const struct problem *problem = set_end(&set, &keys);
    return problem ? problem : ledger_accounts_lock(sheet->db, sheet->memory, keys, out);
}

/* On PostgreSQL the intermediary's own accounts are everybody's: what happens to them is noted. */
static bool is_noted(const struct sheet *sheet, const struct sheet_account *account)
{
    return database_is_postgresql(sheet->db) && account->now.party.value == 0 &&
           account->now.purpose != ACCOUNT_SALE;
}

const struct problem *sets_write_accounts(struct sheet *sheet)
{
    struct set changes = set_begin(sheet->memory);
    struct set differences = set_begin(sheet->memory);
    struct text rows;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct sheet_account *account = &sheet->accounts[i];
        bool noted = is_noted(sheet, account);
        if (!sheet_changed(account))
            continue;
        set_row(noted ? &differences : &changes);
        if (noted) {
            set_integer(&differences, "id", id_new());
            set_integer(&differences, "account", account->now.id.value);
            set_integer(&differences, "minor",
                        account->now.balance_minor - account->before.balance_minor);
            continue;
        }
        set_integer(&changes, "id", account->now.id.value);
        set_integer(&changes, "balance_minor", account->now.balance_minor);
        set_integer(&changes, "held_minor", account->now.held_minor);
        set_integer(&changes, "out_day", account->now.out_day);
        set_integer(&changes, "out_minor", account->now.out_minor);
        set_integer(&changes, "owed_minor", account->now.owed_minor);
    }
    const struct problem *problem = set_end(&changes, &rows);
    if (!problem && changes.rows)
        problem = ledger_accounts_store(sheet->db, sheet->memory, rows);
    if (!problem)
        problem = set_end(&differences, &rows);
    if (!problem && differences.rows)
        problem = ledger_differences_insert(sheet->db, sheet->memory, rows);
    return problem;
}

/* ---- postings and transfers ------------------------------------------------------------------- */

const struct problem *sets_write_postings(struct sheet *sheet)
{
    struct set set = set_begin(sheet->memory);
    struct ledger_posting_hit_list written = {NULL, 0};
    struct text rows;
    for (size_t i = 0; i < sheet->posting_count; i++) {
        const struct ledger_posting_new *posting = &sheet->postings[i];
        set_row(&set);
        set_integer(&set, "id", posting->id.value);
        set_text(&set, "template", posting->template);
        set_integer(&set, "subject", posting->subject);
        set_integer(&set, "legs", posting->legs);
        set_text(&set, "digest", posting->digest);
        if (posting->corrects.present)
            set_integer(&set, "corrects", posting->corrects.value.value);
        if (posting->follows.present)
            set_integer(&set, "follows", posting->follows.value.value);
        set_integer(&set, "at", posting->at.ms);
    }
    const struct problem *problem = set_end(&set, &rows);
    if (problem || set.rows == 0)
        return problem;
    problem = ledger_postings_insert(sheet->db, sheet->memory, rows, &written);
    return !problem && written.count == 0 ? &not_found : problem;
}

const struct problem *sets_write_transfers(struct sheet *sheet)
{
    struct set set = set_begin(sheet->memory);
    struct text rows;
    for (size_t i = 0; i < sheet->transfer_count; i++) {
        const struct ledger_transfer_new *transfer = &sheet->transfers[i];
        set_row(&set);
        set_integer(&set, "id", transfer->id.value);
        set_integer(&set, "posting", transfer->posting.value);
        set_integer(&set, "from_account", transfer->from_account.value);
        set_integer(&set, "to_account", transfer->to_account.value);
        set_integer(&set, "minor", transfer->amount.minor);
        set_text(&set, "currency", text_of(transfer->amount.currency.code));
        set_text(&set, "reason", transfer->reason);
        if (transfer->corrects.present)
            set_integer(&set, "corrects", transfer->corrects.value.value);
        set_integer(&set, "at", transfer->at.ms);
    }
    const struct problem *problem = set_end(&set, &rows);
    return problem || set.rows == 0 ? problem
                                    : ledger_transfers_insert(sheet->db, sheet->memory, rows);
}
