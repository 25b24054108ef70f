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
    enum journal_format format;
    struct posting_id posting;   /* of the last transfer */
    struct transfer_id transfer; /* the last one */
    struct instant latest;       /* of all transfers so far */
};

/* "pty_0123" is "Pty-0123" to beancount, whose names begin with a capital and have no underscore. */
static void add_name(struct builder *out, enum journal_format format, struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (format == JOURNAL_BEANCOUNT && i == 0 && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        builder_add_char(out, format == JOURNAL_BEANCOUNT && c == '_' ? '-' : c);
    }
}

/* beancount opens a name once, so that its name says the currency, too. */
static void add_account(struct builder *out, enum journal_format format, struct text purpose,
                        struct party_id party, struct party_id issuer, struct currency currency)
{
    struct text owner =
        party.value ? text_of(id_text("pty", party.value).text) : text_of("platform");
    if (format == JOURNAL_BEANCOUNT)
        builder_add_c(out, "Equity:");
    add_name(out, format, purpose);
    builder_add_char(out, ':');
    add_name(out, format, owner);
    if (issuer.value) {
        builder_add_char(out, ':');
        add_name(out, format, text_of(id_text("pty", issuer.value).text));
    }
    if (format == JOURNAL_BEANCOUNT) {
        builder_add_char(out, ':');
        builder_add_c(out, currency.code);
    }
}

static void add_amount(struct builder *out, int64_t minor, struct currency currency)
{
    builder_add_money(out, (struct money){minor, currency});
    builder_add_format(out, " %s", currency.code);
}

/* The same for a balance that beancount compares to the last unit. */
static void add_tolerated(struct builder *out, int64_t minor, struct currency currency)
{
    builder_add_money(out, (struct money){minor, currency});
    builder_add_format(out, " ~ 0 %s", currency.code);
}

static void add_day(struct builder *out, struct instant at)
{
    struct civil day = civil_of(at);
    builder_add_format(out, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static void add_head(struct builder *out, enum journal_format format,
                     const struct journal_transfer *transfer)
{
    struct id_text id = id_text("pst", transfer->posting.value);
    builder_add_c(out, "\n");
    add_day(out, transfer->at);
    if (format == JOURNAL_BEANCOUNT)
        builder_add_format(out, " * \"%s\" \"%.*s\"", id.text, TEXT_ARGS(transfer->template));
    else
        builder_add_format(out, " * (%s) %.*s", id.text, TEXT_ARGS(transfer->template));
    if (transfer->corrects.present)
        builder_add_format(out, "  ; corrects %s",
                           id_text("pst", transfer->corrects.value.value).text);
    builder_add_c(out, "\n");
}

static void add_transfer(struct builder *out, enum journal_format format,
                         const struct journal_transfer *transfer)
{
    builder_add_c(out, "    ");
    add_account(out, format, transfer->from_purpose, transfer->from_party, transfer->issuer,
                transfer->amount.currency);
    builder_add_c(out, "  ");
    add_amount(out, -transfer->amount.minor, transfer->amount.currency);
    builder_add_format(out, "  ; %s %.*s\n    ", id_text("trf", transfer->id.value).text,
                       TEXT_ARGS(transfer->reason));
    add_account(out, format, transfer->to_purpose, transfer->to_party, transfer->issuer,
                transfer->amount.currency);
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
            add_head(&out, journal->format, transfer);
        add_transfer(&out, journal->format, transfer);
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

/* What is written of each account: that it is there, or what it holds. */
enum about { ABOUT_OPENING = 1, ABOUT_BALANCE };

/* hledger wants assertions inside a transaction, beancount at the beginning of a later day. */
static void add_about(struct builder *out, const struct journal *journal, enum about about,
                      const struct journal_account *account, struct currency currency)
{
    bool hledger = journal->format == JOURNAL_HLEDGER;
    if (hledger)
        builder_add_c(out, "    ");
    else if (about == ABOUT_OPENING)
        builder_add_c(out, "1970-01-01 open ");
    else
        add_day(out, instant_add(journal->latest, DAY));
    if (!hledger && about == ABOUT_BALANCE)
        builder_add_c(out, " balance ");
    add_account(out, journal->format, account->purpose, account->party, account->issuer, currency);
    builder_add_c(out, "  ");
    if (about == ABOUT_OPENING) {
        builder_add_c(out, currency.code);
    } else if (hledger) {
        add_amount(out, 0, currency);
        builder_add_c(out, " = ");
        add_amount(out, account->balance_minor, currency);
    } else {
        add_tolerated(out, account->balance_minor, currency);
    }
    builder_add_c(out, "\n");
}

static const struct problem *account_page(struct journal *journal, struct database *db,
                                          struct memory *page, enum about about,
                                          struct account_id *after, size_t *count)
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
        add_about(&out, journal, about, account, currency);
        *after = account->id;
    }
    return list.count > 0 ? give(journal, &out) : NULL;
}

static const struct problem *write_accounts(struct journal *journal, struct database *db,
                                            struct memory *memory, enum about about)
{
    struct account_id after = {0};
    const struct problem *problem = NULL;
    for (size_t count = 1; !problem && count > 0;) {
        struct memory *page = memory_scratch(memory);
        count = 0;
        problem = page ? account_page(journal, db, page, about, &after, &count) : &out_of_memory;
        memory_end(page);
    }
    return problem;
}

static const struct problem *write_assertions(struct journal *journal, struct database *db,
                                              struct memory *memory)
{
    struct builder head = builder_make(memory, 200);
    builder_add_c(&head, "\n");
    if (journal->format == JOURNAL_HLEDGER) {
        add_day(&head, journal->latest);
        builder_add_c(&head, " * balances as kept\n");
    }
    const struct problem *problem = give(journal, &head);
    return problem ? problem : write_accounts(journal, db, memory, ABOUT_BALANCE);
}

static const struct problem *write_head(struct journal *journal, struct database *db,
                                        struct memory *memory)
{
    static const char *const heads[] = {
        [JOURNAL_HLEDGER] = "; Contraflow's ledger, for hledger\ndecimal-mark .\n",
        [JOURNAL_BEANCOUNT] = "; Contraflow's ledger, for beancount\n\n",
    };
    const struct problem *problem =
        journal->sink->write(journal->sink->context, text_of(heads[journal->format]));
    if (problem || journal->format == JOURNAL_HLEDGER)
        return problem;
    return write_accounts(journal, db, memory, ABOUT_OPENING);
}

static const struct problem *run(struct database *db, struct memory *memory, void *context)
{
    struct journal *journal = context;
    const struct problem *problem = write_head(journal, db, memory);
    if (!problem)
        problem = write_transfers(journal, db, memory);
    /* Without any transfer there is neither a balance nor a day to assert it at. */
    if (problem || journal->latest.ms == 0)
        return problem;
    return write_assertions(journal, db, memory);
}

const struct problem *journal_write(struct database *db, struct memory *memory,
                                    enum journal_format format, const struct journal_sink *sink)
{
    struct memory *own = memory_scratch(memory);
    struct journal journal = {.sink = sink, .format = format};
    const struct problem *problem = own ? store_read(db, own, run, &journal) : &out_of_memory;
    memory_end(own);
    return problem;
}
