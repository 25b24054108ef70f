/*
 * Tells both sides of a licence by mail that money of it came back: the sum, why, and what follows.
 *
 * Follows the event that names the refund, so that each mail is queued exactly once. Must not know: how
 * mail is sent, how money is taken back. Read next: refund.c, core/mail/mail.h.
 */
#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/stock/refund.h"
#include "modules/stock/refund_queries.h"

enum { ARGUMENTS = 10 };

static const struct problem *link_to(struct memory *memory, const char *path,
                                     struct stock_licence_id licence, struct text *out)
{
    struct text site;
    const struct problem *problem = mail_site(memory, &site);
    if (problem)
        return problem;
    *out =
        text_format(memory, "%.*s%s/%s", TEXT_ARGS(site), path, id_text("lic", licence.value).text);
    return out->data ? NULL : &out_of_memory;
}

static const struct problem *send(struct database *db, struct memory *memory, struct party_id to,
                                  const char *key, const struct stock_refund_told_row *refund,
                                  struct money owed, struct text link, struct instant at)
{
    struct currency currency = refund->amount.currency;
    const struct word_argument arguments[ARGUMENTS] = {
        {.name = "sum", .kind = FIELD_MONEY, .money = refund->amount},
        {.name = "earned", .kind = FIELD_MONEY, .money = {refund->earned_minor, currency}},
        {.name = "left", .kind = FIELD_MONEY, .money = {refund->left_minor, currency}},
        {.name = "owed", .kind = FIELD_MONEY, .money = owed},
        {.name = "owes", .kind = FIELD_TEXT, .text = text_of(owed.minor > 0 ? "yes" : "no")},
        {.name = "buyout",
         .kind = FIELD_TEXT,
         .text = text_of(refund->kind == LICENCE_BUYOUT ? "yes" : "no")},
        {.name = "title", .kind = FIELD_TEXT, .text = refund->title},
        {.name = "who",
         .kind = FIELD_TEXT,
         .text = to.value == refund->author.value ? refund->holder_name : refund->author_name},
        {.name = "reason", .kind = FIELD_TEXT, .text = refund->reason},
        {.name = "link", .kind = FIELD_TEXT, .text = link},
    };
    return mail_send(db, memory, to, key, arguments, ARGUMENTS, at);
}

static const struct problem *tell_author(struct database *db, struct memory *memory,
                                         const struct stock_refund_told_row *refund,
                                         struct instant at)
{
    struct ledger_balance earnings;
    struct text link;
    const struct problem *problem = ledger_balance(db, memory, refund->author, ACCOUNT_EARNINGS,
                                                   refund->amount.currency, &earnings);
    if (!problem)
        problem = link_to(memory, "/me/earnings", refund->licence, &link);
    if (problem)
        return problem;
    const char *key = refund->ends ? "stock.mail.refunded_author" : "stock.mail.reduced_author";
    return send(db, memory, refund->author, key, refund, earnings.owed, link, at);
}

static const struct problem *tell_holder(struct database *db, struct memory *memory,
                                         const struct stock_refund_told_row *refund,
                                         struct instant at)
{
    struct stock_refund_reader_list readers;
    struct text link;
    struct money nothing = {0, refund->amount.currency};
    const char *key = refund->ends ? "stock.mail.refunded_holder" : "stock.mail.reduced_holder";
    const struct problem *problem =
        stock_refund_readers(db, memory, refund->holder, refund->person, &readers);
    if (!problem)
        problem = link_to(memory, "/licences", refund->licence, &link);
    for (size_t i = 0; !problem && i < readers.count; i++)
        problem = send(db, memory, readers.items[i].person, key, refund, nothing, link, at);
    return problem;
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    struct stock_refund_told_row refund;
    struct stock_refund_id id = {event->subject};
    const struct problem *problem = stock_refund_told(db, memory, id, &refund);
    if (!problem)
        problem = tell_author(db, memory, &refund, event->at);
    return problem ? problem : tell_holder(db, memory, &refund, event->at);
}

const struct consumer stock_refund_tell = {
    .name = "stock.refund.tell",
    .follows = "stock.refund.made",
    .take = tell,
};
