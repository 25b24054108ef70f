/*
 * Tells by mail what became of a personal offer: the partner what the business did, and those who buy for the business
 * what the partner did; both when its time was over.
 *
 * Follows the events of the flow, so that a mail is queued exactly once for each move. Read next: core/mail/mail.h.
 */
#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/referrals/personal/queries.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/personal/rows.h"

static const struct mail_told to_partner[] = {
    {"referrals.offer.began", "referrals.mail.offered"},
    {"referrals.offer.take", "referrals.mail.offer_taken"},
    {"referrals.offer.decline", "referrals.mail.offer_declined"},
    {"referrals.offer.withdraw", "referrals.mail.offer_withdrawn"},
    {"referrals.offer.lapse", "referrals.mail.offer_over"},
};
static const struct mail_told to_business[] = {
    {"referrals.offer.accept", "referrals.mail.offer_accepted"},
    {"referrals.offer.refuse", "referrals.mail.offer_refused"},
    {"referrals.offer.counter", "referrals.mail.offer_countered"},
    {"referrals.offer.lapse", "referrals.mail.offer_lapsed"},
};

static const struct problem *send(struct database *db, struct memory *memory, struct party_id to,
                                  const char *key, const struct personal_told_row *row,
                                  struct text link, struct instant at)
{
    const struct word_argument arguments[] = {
        {.name = "program", .kind = FIELD_TEXT, .text = row->title},
        {.name = "business", .kind = FIELD_TEXT, .text = row->business_name},
        {.name = "name", .kind = FIELD_TEXT, .text = row->name},
        {.name = "message", .kind = FIELD_TEXT, .text = row->message},
        {.name = "answer", .kind = FIELD_TEXT, .text = row->answer},
        {.name = "day", .kind = FIELD_INSTANT, .instant = row->until},
        {.name = "link", .kind = FIELD_TEXT, .text = link},
    };
    if (!link.data)
        return &out_of_memory;
    return mail_send(db, memory, to, key, arguments, sizeof arguments / sizeof arguments[0], at);
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    const char *person = mail_key_of(ALL(to_partner), event->name);
    const char *business = mail_key_of(ALL(to_business), event->name);
    struct personal_told_row row;
    struct portal_member_row_list members = {NULL, 0};
    struct text site;
    if (!person && !business)
        return NULL;
    const struct problem *problem =
        personal_told(db, memory, (struct deal_id){event->subject}, &row);
    if (!problem)
        problem = mail_site(memory, &site);
    if (problem)
        return problem;
    const char *partner = id_text("rpt", row.partner.value).text;
    if (person)
        problem =
            send(db, memory, row.person, person, &row,
                 text_format(memory, "%.*s/me/programs/%s", TEXT_ARGS(site), partner), event->at);
    if (problem || !business)
        return problem;
    struct text link = text_format(memory, "%.*s/biz/partners/%s/offers", TEXT_ARGS(site), partner);
    problem = portal_deciders(db, memory, row.business, &members);
    for (size_t i = 0; !problem && i < members.count; i++)
        problem = send(db, memory, members.items[i].person, business, &row, link, event->at);
    return problem;
}

const struct consumer personal_tell = {
    .name = "referrals.offer_tell",
    .follows = "referrals.offer.",
    .take = tell,
};
