/*
 * Writes the journal a page of transfers at a time.
 *
 * Must not know: where it goes. Read next: ledger/audit_queries.sql.
 */
#include "ledger/journal.h"

#include <stdio.h>

#include "base/ids.h"
#include "ledger/audit_queries.h"
#include "ledger/audit_rows.h"

enum { PAGE_BYTES = 1 << 20 /* a page of 500 lines takes about a tenth of it */ };

/* The journal while it is written. */
struct journal {
    const struct journal_sink *sink;
    struct posting_id posting;   /* of the last transfer */
    struct transfer_id transfer; /* the last one */
    struct instant latest;       /* of all transfers so far */
};

static void add_account(struct builder *out, struct text purpose, struct party_id party)
{
    char owner[ID_TEXT_MAX] = "platform";
    if (party.value != 0)
        id_write(owner, "pty", party.value);
    builder_add(out, purpose);
    builder_add_char(out, ':');
    builder_add_c(out, owner);
}

static void add_amount(struct builder *out, int64_t minor, struct currency currency)
{
    int digits = currency_digits(currency);
    uint64_t scale = 1;
    for (int i = 0; i < digits; i++)
        scale *= 10;
    uint64_t size = minor < 0 ? -(uint64_t)minor : (uint64_t)minor;
    builder_add_format(out, "%s%llu", minor < 0 ? "-" : "", (unsigned long long)(size / scale));
    if (digits > 0)
        builder_add_format(out, ".%0*llu", digits, (unsigned long long)(size % scale));
    builder_add_format(out, " %s", currency.code);
}

static void add_day(struct builder *out, struct instant at)
{
    struct civil day = civil_of(at);
    builder_add_format(out, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static void add_head(struct builder *out, const struct journal_transfer *transfer)
{
    builder_add_c(out, "\n");
    add_day(out, transfer->at);
    builder_add_format(out, " * (%s) %.*s", id_text("pst", transfer->posting.value).text,
                       TEXT_ARGS(transfer->template));
    if (transfer->corrects.present) {
        builder_add_format(out, "  ; corrects %s",
                           id_text("pst", transfer->corrects.value.value).text);
    }
    builder_add_c(out, "\n");
}

static void add_transfer(struct builder *out, const struct journal_transfer *transfer)
{
    builder_add_c(out, "    ");
    add_account(out, transfer->from_purpose, transfer->from_party);
    builder_add_c(out, "  ");
    add_amount(out, -transfer->amount.minor, transfer->amount.currency);
    builder_add_format(out, "  ; %s %.*s\n    ", id_text("trf", transfer->id.value).text,
                       TEXT_ARGS(transfer->reason));
    add_account(out, transfer->to_purpose, transfer->to_party);
    builder_add_c(out, "  ");
    add_amount(out, transfer->amount.minor, transfer->amount.currency);
    builder_add_c(out, "\n");
}

static const struct problem *give(struct journal *journal, struct builder *out)
{
    struct text piece;
    const struct problem *problem = builder_end(out, &piece);
    return problem ? problem : journal->sink->write(journal->sink->context, piece);
}

static const struct problem *write_page(struct journal *journal, struct database *db,
                                        struct memory *page, size_t *count)
{
    struct journal_transfer_list list;
    const struct problem *problem =
        journal_transfers(db, page, journal->posting, journal->transfer, &list);
    if (problem)
        return problem;
    *count = list.count;
    struct builder out = builder_make(page, PAGE_BYTES);
    for (size_t i = 0; i < list.count; i++) {
        const struct journal_transfer *transfer = &list.items[i];
        if (transfer->posting.value != journal->posting.value)
            add_head(&out, transfer);
        add_transfer(&out, transfer);
        journal->posting = transfer->posting;
        journal->transfer = transfer->id;
        if (transfer->at.ms > journal->latest.ms)
            journal->latest = transfer->at;
    }
    return list.count > 0 ? give(journal, &out) : NULL;
}

static const struct problem *write_transfers(struct journal *journal, struct database *db,
                                             struct memory *memory)
{
    for (;;) {
        struct memory *page = memory_scratch(memory);
        size_t count = 0;
        const struct problem *problem =
            page ? write_page(journal, db, page, &count) : &out_of_memory;
        memory_end(page);
        if (problem || count == 0)
            return problem;
    }
}

static const struct problem *assert_page(struct journal *journal, struct database *db,
                                         struct memory *page, struct account_id *after,
                                         size_t *count)
{
    struct journal_account_list list;
    const struct problem *problem = journal_accounts(db, page, *after, &list);
    if (problem)
        return problem;
    *count = list.count;
    struct builder out = builder_make(page, PAGE_BYTES);
    for (size_t i = 0; i < list.count; i++) {
        const struct journal_account *account = &list.items[i];
        struct currency currency;
        if (!currency_parse(account->currency, &currency))
            return &our_fault;
        builder_add_c(&out, "    ");
        add_account(&out, account->purpose, account->party);
        builder_add_c(&out, "  ");
        add_amount(&out, 0, currency);
        builder_add_c(&out, " = ");
        add_amount(&out, account->balance_minor, currency);
        builder_add_c(&out, "\n");
        *after = account->id;
    }
    return list.count > 0 ? give(journal, &out) : NULL;
}

static const struct problem *write_assertions(struct journal *journal, struct database *db,
                                              struct memory *memory)
{
    struct account_id after = {0};
    struct builder head = builder_make(memory, 200);
    builder_add_c(&head, "\n");
    add_day(&head, journal->latest);
    builder_add_c(&head, " * balances as kept\n");
    const struct problem *problem = give(journal, &head);
    for (size_t count = 1; !problem && count > 0;) {
        struct memory *page = memory_scratch(memory);
        count = 0;
        problem = page ? assert_page(journal, db, page, &after, &count) : &out_of_memory;
        memory_end(page);
    }
    return problem;
}

static const struct problem *run(struct database *db, struct memory *memory, void *context)
{
    struct journal *journal = context;
    struct text head = TEXT("; Contraflow's ledger, for hledger\ndecimal-mark .\n");
    const struct problem *problem = journal->sink->write(journal->sink->context, head);
    if (!problem)
        problem = write_transfers(journal, db, memory);
    /* Without any transfer there is neither a balance nor a day to assert it at. */
    if (problem || journal->latest.ms == 0)
        return problem;
    return write_assertions(journal, db, memory);
}

const struct problem *journal_write(struct database *db, struct memory *memory,
                                    const struct journal_sink *sink)
{
    struct memory *own = memory_scratch(memory);
    struct journal journal = {.sink = sink};
    const struct problem *problem = own ? store_read(db, own, run, &journal) : &out_of_memory;
    memory_end(own);
    return problem;
}
