/*
 * `contraflow export WHAT`: the books, one closed day of them, statements, the payments to be made.
 *
 * Must not know: HTTP, SQL. Read next: ledger/journal.h, ledger/day.h.
 */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "core/books/statement.h"
#include "core/pay/pay.h"
#include "core/people/party.h"
#include "ledger/day.h"
#include "ledger/journal.h"

static const struct problem *write_piece(void *context, struct text piece)
{
    FILE *out = context;
    return fwrite(piece.data, 1, piece.size, out) == piece.size ? NULL : &world_failed;
}

/* One thing that can be written out. */
struct export
{
    const char *name;
    int count; /* of words after the name */
    const struct problem *(*write)(struct world * world, const char *const *words,
                                   const struct journal_sink *sink, struct text *complaint);
};

static const struct problem *export_journal(struct world *world, const char *const *words,
                                            const struct journal_sink *sink, struct text *complaint)
{
    (void)words;
    (void)complaint;
    return journal_write(world->reader, world->memory, JOURNAL_HLEDGER, sink);
}

static const struct problem *export_beancount(struct world *world, const char *const *words,
                                              const struct journal_sink *sink,
                                              struct text *complaint)
{
    (void)words;
    (void)complaint;
    return journal_write(world->reader, world->memory, JOURNAL_BEANCOUNT, sink);
}

static const struct problem *export_pain001(struct world *world, const char *const *words,
                                            const struct journal_sink *sink, struct text *complaint)
{
    struct text xml;
    (void)words;
    const struct problem *problem = world_lease(world, complaint); /* the file has an id */
    if (!problem)
        problem = pain001_write(world->reader, world->memory, clock_now(), &xml, complaint);
    return problem ? problem : sink->write(sink->context, xml);
}

static bool read_day(const char *word, struct instant *out)
{
    return strlen(word) == strlen("2026-06-10") && instant_parse(text_of(word), out);
}

static const struct problem *export_journal_day(struct world *world, const char *const *words,
                                                const struct journal_sink *sink,
                                                struct text *complaint)
{
    struct instant day;
    *complaint = text_of("a day is written as 2026-06-10");
    if (!read_day(words[0], &day))
        return &invalid_input;
    *complaint = text_of("this day is not closed");
    return ledger_day_write(world->reader, world->memory, day.ms / DAY, sink);
}

/* By id or by mail. */
static const struct problem *find_party(struct world *world, struct text word,
                                        struct party_row *out)
{
    struct party_id id;
    if (id_parse(word, "pty", &id.value))
        return party_find(world->reader, world->memory, id, out);
    return party_by_mail(world->reader, world->memory, word, out);
}

static const struct problem *export_statement(struct world *world, const char *const *words,
                                              const struct journal_sink *sink,
                                              struct text *complaint)
{
    struct party_row party;
    struct instant from;
    struct instant through;
    struct sign_key key;
    struct statement_order order = {.language = LANGUAGE_EN, .at = clock_now()};
    *complaint = text_of("a day is written as 2026-06-10, the first one before the last");
    if (!read_day(words[1], &from) || !read_day(words[2], &through))
        return &invalid_input;
    order.from = from.ms / DAY;
    order.through = through.ms / DAY;
    if (!currency_parse(setting_text("site.currency"), &order.currency))
        return &our_fault;
    const struct problem *problem = find_party(world, text_of(words[0]), &party);
    if (problem) {
        *complaint = text_of("there is no such party: an id (pty_...) or the mail of a person");
        return problem;
    }
    order.party = party.id;
    order.name = party.name;
    order.purpose = party.kind == PARTY_PERSON ? ACCOUNT_EARNINGS : ACCOUNT_WALLET;
    problem = sign_key_make(world->data, &key);
    if (!problem)
        problem = statement_write(world->reader, world->memory, &key, &order, sink);
    sign_key_end(&key);
    return problem;
}

static const struct export exports[] = {
    {"journal", 0, export_journal},         {"beancount", 0, export_beancount},
    {"journal-day", 1, export_journal_day}, {"pain001", 0, export_pain001},
    {"statement", 3, export_statement},
};

static const struct export *export_named(const struct command_line *line)
{
    for (size_t i = 0; i < sizeof exports / sizeof exports[0]; i++) {
        if (line->count == exports[i].count + 1 && strcmp(line->words[0], exports[i].name) == 0)
            return &exports[i];
    }
    return NULL;
}

int command_export(struct command_line *line)
{
    struct world world;
    const struct export *export = export_named(line);
    if (!export) {
        fputs("Usage: contraflow export pain001|journal|beancount [--to FILE]\n"
              "       contraflow export journal-day YYYY-MM-DD [--to FILE]\n"
              "       contraflow export statement PARTY FROM TO [--to FILE]\n",
              stderr);
        return EXIT_USAGE;
    }
    int code = command_open(line, &world);
    if (code)
        return code;
    struct text complaint = TEXT("nothing to export");
    FILE *out = line->to ? fopen(line->to, "we") : stdout;
    struct journal_sink sink = {out, write_piece};
    const struct problem *problem =
        out ? export->write(&world, &line->words[1], &sink, &complaint) : &world_failed;
    if (out && out != stdout && fclose(out) != 0 && !problem)
        problem = &world_failed;
    if (problem)
        code = command_failed(problem, complaint);
    world_close(&world);
    return code;
}
