/*
 * Writes statements.
 *
 * The first line says whose account, which days and what it held before them; then one for each transfer
 * with what the account held after it; the last line sums up.
 * Must not know: pages, where it goes. Read next: core/books/statement_queries.sql.
 */
#include "core/books/statement.h"

#include "base/ids.h"
#include "core/books/statement_queries.h"
#include "core/books/statement_rows.h"
#include "ledger/ledger.shapes.h"
#include "ledger/lines.h"
#include "web/request.shapes.h"

const struct problem statement_period = {"statement.period", 422, FAULT_CLIENT, false};

enum { PAGE_BYTES = 2 << 20 /* five hundred lines take about a quarter of it */ };

/* A statement while it is written. */
struct writing {
    const struct statement_order *order;
    const struct sign_key *key;
    const struct journal_sink *sink;
    struct lines *lines;
    struct statement_account account; /* id 0: never used */
    int64_t balance;                  /* after the lines so far, minor units */
    int64_t came, went;               /* in the lines so far */
    int64_t transfers;                /* so far */
};

static struct instant begins(const struct statement_order *order)
{
    return (struct instant){order->from * DAY};
}

static struct instant ends(const struct statement_order *order)
{
    return (struct instant){(order->through + 1) * DAY};
}

/* How far below its floor an account is that holds so much. */
static int64_t owed(const struct writing *statement)
{
    const struct maybe_integer *floor = &statement->account.floor_minor;
    return floor->present && statement->balance < floor->value ? floor->value - statement->balance
                                                               : 0;
}

static void add_text(struct builder *out, const char *name, struct text text)
{
    builder_add_format(out, ",\"%s\":", name);
    builder_add_json(out, text);
}

static void add_number(struct builder *out, const char *name, int64_t number)
{
    builder_add_format(out, ",\"%s\":%lld", name, (long long)number);
}

static void add_day(struct builder *out, const char *name, int64_t day)
{
    char written[INSTANT_TEXT_MAX];
    instant_print(written, (struct instant){day * DAY});
    builder_add_format(out, ",\"%s\":\"%.10s\"", name, written);
}

static void add_at(struct builder *out, const char *name, struct instant at)
{
    char written[INSTANT_TEXT_MAX];
    instant_print(written, at);
    builder_add_format(out, ",\"%s\":\"%s\"", name, written);
}

static const struct problem *head_of(const struct writing *statement, struct memory *memory,
                                     struct text *out)
{
    const struct statement_order *order = statement->order;
    struct builder json = builder_make(memory, 8000);
    builder_add_c(&json, "{\"kind\":\"" STATEMENT_KIND "\"");
    add_text(&json, "site", setting_text("site.name"));
    add_text(&json, "party", text_of(id_text("pty", order->party.value).text));
    add_text(&json, "name", order->name);
    add_text(&json, "account", text_of(words_name(&account_purpose_words, (int)order->purpose)));
    add_text(&json, "currency", text_of(order->currency.code));
    add_day(&json, "from", order->from);
    add_day(&json, "through", order->through);
    add_text(&json, "language", text_of(words_name(&language_words, (int)order->language)));
    add_at(&json, "made", order->at);
    add_number(&json, "opening_minor", statement->balance);
    builder_add_char(&json, '}');
    return builder_end(&json, out);
}

static const struct problem *tail_of(const struct writing *statement, struct memory *memory,
                                     struct text *out)
{
    struct builder json = builder_make(memory, 400);
    builder_add_format(&json, "{\"transfers\":%lld", (long long)statement->transfers);
    add_number(&json, "came_minor", statement->came);
    add_number(&json, "went_minor", statement->went);
    add_number(&json, "closing_minor", statement->balance);
    add_number(&json, "owed_minor", owed(statement));
    builder_add_char(&json, '}');
    return builder_end(&json, out);
}

/* The sentence of a reason; the reason itself when a module that was taken out wrote it. */
static struct text sentence(const struct writing *statement, struct memory *memory,
                            struct text reason)
{
    const char *key = text_c(memory, reason);
    if (!key || !words_have(key))
        return reason;
    return words_text(memory, statement->order->language, key, NULL, 0);
}

static void write_row(struct writing *statement, struct memory *memory,
                      const struct statement_row *row, struct builder *json)
{
    statement->balance += row->minor;
    statement->came += row->minor > 0 ? row->minor : 0;
    statement->went += row->minor < 0 ? -row->minor : 0;
    statement->transfers++;
    builder_add_format(json, "{\"transfer\":\"%s\"", id_text("trf", row->id.value).text);
    add_text(json, "posting", text_of(id_text("pst", row->posting.value).text));
    add_at(json, "at", row->at);
    add_number(json, "minor", row->minor);
    add_text(json, "other", text_of(words_name(&account_purpose_words, (int)row->other)));
    add_text(json, "reason", row->reason);
    add_text(json, "words", sentence(statement, memory, row->reason));
    if (row->corrects.present)
        add_text(json, "takes_back", text_of(id_text("trf", row->corrects.value.value).text));
    else
        builder_add_c(json, ",\"takes_back\":null");
    add_number(json, "balance_minor", statement->balance);
    add_number(json, "owed_minor", owed(statement));
    builder_add_char(json, '}');
}

static const struct problem *give(struct writing *statement, struct builder *out)
{
    struct text piece;
    const struct problem *problem = builder_end(out, &piece);
    return problem ? problem : statement->sink->write(statement->sink->context, piece);
}

/* One page of transfers; *after is the last of them, 0 at the end. */
static const struct problem *write_page(struct writing *statement, struct database *db,
                                        struct memory *page, struct transfer_id *after)
{
    const struct statement_order *order = statement->order;
    struct statement_row_list rows;
    struct posting_id since = {id_first_at(begins(order))};
    struct posting_id before = {id_first_at(ends(order))};
    struct transfer_id last = {id_first_at(instant_add(ends(order), LEDGER_TRANSFERS_WITHIN))};
    const struct problem *problem =
        statement_lines(db, page, statement->account.id, *after, last, since, before, &rows);
    if (problem)
        return problem;
    struct builder json = builder_make(page, PAGE_BYTES);
    struct builder out = builder_make(page, PAGE_BYTES);
    for (size_t i = 0; i < rows.count; i++) {
        struct text entry;
        json.size = 0;
        write_row(statement, page, &rows.items[i], &json);
        problem = builder_end(&json, &entry);
        if (problem)
            return problem;
        lines_write(statement->lines, entry, &out);
    }
    after->value = rows.count > 0 ? rows.items[rows.count - 1].id.value : 0;
    return rows.count > 0 ? give(statement, &out) : NULL;
}

static const struct problem *write_pages(struct writing *statement, struct database *db,
                                         struct memory *memory)
{
    const struct problem *problem = NULL;
    struct transfer_id after = {id_first_at(begins(statement->order)) - 1};
    while (!problem && after.value != 0) {
        struct memory *page = memory_scratch(memory);
        problem = page ? write_page(statement, db, page, &after) : &out_of_memory;
        memory_end(page);
    }
    return problem;
}

static const struct problem *write_end(struct writing *statement, struct memory *memory)
{
    char chain[LINES_HASH];
    char open[SIGN_HEX_MAX];
    char signature[SIGN_SIGNATURE_MAX];
    struct text entry;
    struct builder out = builder_make(memory, 8000);
    const struct problem *problem = tail_of(statement, memory, &entry);
    if (problem)
        return problem;
    lines_add(statement->lines, entry);
    lines_end(statement->lines, chain);
    sign_key_write(statement->key, open);
    sign_chain(statement->key, STATEMENT_KIND, text_of(chain), signature);
    lines_write_last(statement->lines, entry, text_of(chain), text_of(open), text_of(signature),
                     &out);
    return give(statement, &out);
}

static const struct problem *run(struct database *db, struct memory *memory, void *context)
{
    struct writing *statement = context;
    const struct statement_order *order = statement->order;
    struct text entry;
    struct money opening;
    const struct problem *problem =
        statement_account_of(db, memory, order->party, order->purpose,
                             text_of(order->currency.code), &statement->account);
    bool used = !problem;
    if (problem && problem != &not_found)
        return problem;
    problem = ledger_balance_at(db, memory, order->party, order->purpose, order->currency,
                                begins(order), &opening);
    if (problem)
        return problem;
    statement->balance = opening.minor;
    problem = head_of(statement, memory, &entry);
    if (problem)
        return problem;
    struct builder out = builder_make(memory, 16000);
    lines_write(statement->lines, entry, &out);
    problem = give(statement, &out);
    if (!problem && used)
        problem = write_pages(statement, db, memory);
    return problem ? problem : write_end(statement, memory);
}

const struct problem *statement_write(struct database *db, struct memory *memory,
                                      const struct sign_key *key,
                                      const struct statement_order *order,
                                      const struct journal_sink *sink)
{
    struct lines lines;
    struct writing statement = {.order = order, .key = key, .sink = sink, .lines = &lines};
    if (order->from > order->through || order->from > order->at.ms / DAY)
        return &statement_period;
    struct memory *own = memory_scratch(memory);
    lines_begin(&lines);
    const struct problem *problem = own ? store_read(db, own, run, &statement) : &out_of_memory;
    memory_end(own);
    return problem;
}
