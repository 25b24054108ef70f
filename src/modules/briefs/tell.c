/*
 * Tells people by mail what became of their answers.
 *
 * Follows the events of the flow, so that a mail is queued exactly once for each move. Must not know:
 * how mail is sent. Read next: core/mail/mail.h, core/event.h.
 */
#include "modules/briefs/tell.h"

#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/briefs/queries.h"
#include "modules/briefs/rows.h"

static const struct mail_told told[] = {
    {"briefs.offer.accept", "briefs.mail.accepted"},
    {"briefs.offer.thank", "briefs.mail.thanked"},
    {"briefs.offer.lapse", "briefs.mail.lapsed"},
};

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    const char *key = mail_key_of(ALL(told), event->name);
    if (!key)
        return NULL;
    struct briefs_offer_row offer;
    struct deal_id id = {event->subject};
    const struct problem *problem = briefs_offer_by_id(db, memory, id, &offer);
    struct text site;
    if (!problem)
        problem = mail_site(memory, &site);
    if (problem)
        return problem;
    struct text link = text_format(memory, "%.*s/me/briefs/%s", TEXT_ARGS(site),
                                   id_text("del", offer.deal.value).text);
    if (!link.data)
        return &out_of_memory;
    const struct word_argument arguments[] = {
        {.name = "title", .kind = FIELD_TEXT, .text = offer.title},
        {.name = "brief", .kind = FIELD_TEXT, .text = offer.brief_title},
        {.name = "who", .kind = FIELD_TEXT, .text = offer.buyer_name},
        {.name = "price", .kind = FIELD_MONEY, .money = offer.price},
        {.name = "reason", .kind = FIELD_TEXT, .text = offer.reason},
        {.name = "link", .kind = FIELD_TEXT, .text = link},
    };
    return mail_send(db, memory, offer.supplier, key, arguments,
                     sizeof arguments / sizeof arguments[0], event->at);
}

const struct consumer briefs_tell = {
    .name = "briefs.tell",
    .follows = "briefs.offer.",
    .take = tell,
};
