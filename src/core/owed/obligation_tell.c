/*
 * Writes to those who owe and those who are owed, as the days come and money moves.
 *
 * Follows the events of the flows, so that a mail is queued exactly once for each move. A business is
 * written to by its owners. Must not know: how mail is sent. Read next: core/mail/mail.h, core/event.h.
 */
#include <string.h>

#include "core/mail/mail.h"
#include "core/owed/obligation_lines.h"
#include "core/owed/obligation_page_queries.h"
#include "core/owed/obligation_parts.h"
#include "web/words.h"

enum { ARGUMENTS = 11 };

/* Who is told what of an event; NULL: nothing. */
static const struct {
    const char *event;
    const char *debtor;
    const char *creditor;
} told[] = {
    {"core.obligation.remind", "obligation.mail.near", NULL},
    {"core.obligation.fall", "obligation.mail.due", NULL},
    {"core.obligation.reach", "obligation.mail.due", "obligation.mail.reached"},
    {"core.obligation.lapse", "obligation.mail.late", "obligation.mail.late_owed"},
    {"core.obligation.part", NULL, "obligation.mail.part_owed"},
    {"core.obligation.pay", "obligation.mail.paid", "obligation.mail.paid_owed"},
    {"core.obligation.forgive", "obligation.mail.forgiven", NULL},
};

static struct word_argument text_argument(const char *name, struct text text)
{
    return (struct word_argument){.name = name, .kind = FIELD_TEXT, .text = text};
}

static struct word_argument money_argument(const char *name, int64_t minor,
                                           struct currency currency)
{
    return (struct word_argument){.name = name, .kind = FIELD_MONEY, .money = {minor, currency}};
}

/* One mail about an obligation, to one reader. */
static const struct problem *write_one(struct database *db, struct memory *memory,
                                       const struct obligation_listed *row,
                                       const struct obligation_reader *reader, const char *key,
                                       const char *portal, const struct event *event)
{
    struct currency currency = row->amount.currency;
    struct text site;
    const struct problem *problem = mail_site(memory, &site);
    if (problem)
        return problem;
    bool owing = strstr(key, "_owed") == NULL && !text_is(text_of(key), "obligation.mail.reached");
    struct text link = text_format(memory, "%.*s/%s/calendar", TEXT_ARGS(site), portal);
    struct text what = obligation_what(memory, reader->language, row);
    int64_t all = row->amount.minor + row->fee_minor;
    const struct word_argument arguments[ARGUMENTS] = {
        money_argument("sum", all, currency),
        money_argument("rest", all - row->paid_minor, currency),
        money_argument("paid", row->paid_minor, currency),
        money_argument("fee", row->fee_minor, currency),
        {.name = "date", .kind = FIELD_INSTANT, .instant = words_day_begins(row->due)},
        text_argument("how", text_of(row->automatic ? "automatic" : "hand")),
        text_argument("fees", text_of(row->fee_minor > 0 ? "yes" : "no")),
        text_argument("who", owing ? row->creditor_name : row->debtor_name),
        text_argument("what", what),
        text_argument("reason", event->note),
        text_argument("link", link),
    };
    if (!link.data || !what.data)
        return &out_of_memory;
    return mail_send(db, memory, reader->person, key, arguments, ARGUMENTS, event->at);
}

static const struct problem *write_to(struct database *db, struct memory *memory,
                                      const struct obligation_listed *row, struct party_id to,
                                      const char *key, const struct event *event)
{
    struct obligation_reader_list readers;
    if (!key)
        return NULL;
    const struct problem *problem = obligation_readers(db, memory, to, &readers);
    for (size_t i = 0; !problem && i < readers.count; i++) {
        const struct obligation_reader *reader = &readers.items[i];
        problem = write_one(db, memory, row, reader, key,
                            reader->person.value == to.value ? "me" : "biz", event);
    }
    return problem;
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    struct obligation_listed row;
    size_t i = 0;
    size_t count = sizeof told / sizeof told[0];
    while (i < count && !text_is(event->name, told[i].event))
        i++;
    if (i == count)
        return NULL;
    const struct problem *problem =
        obligation_shown(db, memory, (struct obligation_id){event->subject}, &row);
    /* What was paid by itself on the day it fell due is told once, as paid. */
    bool quiet = text_is(event->name, "core.obligation.fall") && row.state == OBLIGATION_PAID;
    if (!problem && !quiet)
        problem = write_to(db, memory, &row, row.debtor, told[i].debtor, event);
    if (!problem)
        problem = write_to(db, memory, &row, row.creditor, told[i].creditor, event);
    return problem;
}

const struct consumer obligation_tell = {
    .name = "core.obligation.tell",
    .follows = "core.obligation.",
    .take = tell,
};
