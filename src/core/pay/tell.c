/*
 * Tells people by mail that a payout went to the bank, or that it came back and what to do, and that the
 * account they are paid to is another one.
 *
 * Follows the events of the flow, so that a mail is queued exactly once for each move. Must not know:
 * how mail is sent. Read next: core/mail/mail.h, core/event.h.
 */
#include "base/ids.h"
#include "core/mail/mail.h"
#include "core/pay/parts.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"
#include "core/login/alert.h"

static const struct mail_told told[] = {
    {"core.payout.export", "payout.mail.sent"},
    {"core.payout.reject", "payout.mail.rejected"},
};

static const struct problem *write_to(struct database *db, struct memory *memory,
                                      const struct payout_row *payout, const char *key,
                                      const struct event *event)
{
    struct text site;
    const struct problem *problem = mail_site(memory, &site);
    if (problem)
        return problem;
    struct text link = text_format(memory, "%.*s/me/money", TEXT_ARGS(site));
    struct text to = iban_hint(memory, payout->iban);
    if (!link.data || !to.data)
        return &out_of_memory;
    const struct word_argument arguments[] = {
        {.name = "amount", .kind = FIELD_MONEY, .money = payout->amount},
        {.name = "to", .kind = FIELD_TEXT, .text = to},
        {.name = "reason", .kind = FIELD_TEXT, .text = event->note},
        {.name = "link", .kind = FIELD_TEXT, .text = link},
    };
    return mail_send(db, memory, payout->party, key, arguments,
                     sizeof arguments / sizeof arguments[0], event->at);
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    const char *key = mail_key_of(ALL(told), event->name);
    if (!key)
        return NULL;
    struct payout_row payout;
    const struct problem *problem =
        payout_by_id(db, memory, (struct payout_id){event->subject}, &payout);
    return problem ? problem : write_to(db, memory, &payout, key, event);
}

/* Of the account that somebody is paid to from now on, in case it wasn't them. */
static const struct problem *tell_bank(struct database *db, struct memory *memory,
                                       const struct event *event)
{
    struct bank_row bank;
    const struct problem *problem = pay_bank(db, memory, event->party, &bank);
    if (problem)
        return problem;
    const struct word_argument arguments[] = {
        {.name = "holder", .kind = FIELD_TEXT, .text = bank.holder},
        {.name = "to", .kind = FIELD_TEXT, .text = iban_hint(memory, bank.iban)},
    };
    return arguments[1].text.data
               ? alert_send(db, memory, bank.party, "account_changed", arguments, 2, event->at)
               : &out_of_memory;
}

const struct consumer bank_tell = {
    .name = "core.bank.tell",
    .follows = "core.bank.set",
    .take = tell_bank,
};

const struct consumer payout_tell = {
    .name = "core.payout.tell",
    .follows = "core.payout.",
    .take = tell,
};
