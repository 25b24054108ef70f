/*
 * Tells by mail: the partner that something was held or rejected, and what was answered; those who decide for the
 * business that somebody disagrees.
 *
 * Follows the events of the flow, so that a mail is queued exactly once for each move. Read next: core/mail/mail.h.
 */
#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/referrals/doubts/page_queries.h"
#include "modules/referrals/doubts/page_rows.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"

static const struct mail_told told[] = {
    {"referrals.doubt.began", "referrals.mail.doubt"},
    {"referrals.doubt.appeal", "referrals.mail.appeal"},
    {"referrals.doubt.pass", "referrals.mail.passed"},
    {"referrals.doubt.refuse", "referrals.mail.refused"},
};

/* What weighed most, in the language of who reads it. */
static struct text say(struct memory *memory, enum language language, enum doubt_reader reader,
                       struct text findings)
{
    struct suspect_finding found[SUSPECT_RULES];
    return doubt_findings_read(findings, found) > 0 ? doubt_say(memory, language, reader, &found[0])
                                                    : text_of("");
}

static const struct problem *send(struct database *db, struct memory *memory, struct party_id to,
                                  enum doubt_reader as, const char *key,
                                  const struct doubt_told_row *row, struct text link,
                                  struct instant at)
{
    struct doubt_language_row reader = {LANGUAGE_EN};
    const struct problem *problem = doubt_language_of(db, memory, to, &reader);
    struct text why = say(memory, problem ? LANGUAGE_EN : reader.language, as, row->findings);
    const struct word_argument arguments[] = {
        {.name = "program", .kind = FIELD_TEXT, .text = row->title},
        {.name = "name", .kind = FIELD_TEXT, .text = row->name},
        {.name = "day", .kind = FIELD_INSTANT, .instant = row->at},
        {.name = "why", .kind = FIELD_TEXT, .text = why},
        {.name = "said", .kind = FIELD_TEXT, .text = row->said},
        {.name = "answer", .kind = FIELD_TEXT, .text = row->answer},
        {.name = "link", .kind = FIELD_TEXT, .text = link},
    };
    if (problem && problem != &not_found)
        return problem;
    if (!why.data)
        return &out_of_memory;
    return mail_send(db, memory, to, key, arguments, sizeof arguments / sizeof arguments[0], at);
}

static const struct problem *tell_business(struct database *db, struct memory *memory,
                                           const char *key, const struct doubt_told_row *row,
                                           struct text site, struct instant at)
{
    struct portal_member_row_list members;
    struct text link = text_format(memory, "%.*s/biz/programs/%s/doubts", TEXT_ARGS(site),
                                   id_text("prg", row->program.value).text);
    const struct problem *problem =
        link.data ? portal_deciders(db, memory, row->business, &members) : &out_of_memory;
    for (size_t i = 0; !problem && i < members.count; i++)
        problem = send(db, memory, members.items[i].person, READS_OTHERS, key, row, link, at);
    return problem;
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    const char *key = mail_key_of(ALL(told), event->name);
    struct doubt_told_row row;
    struct text site;
    if (!key)
        return NULL;
    const struct problem *problem = doubt_told(db, memory, (struct doubt_id){event->subject}, &row);
    if (!problem)
        problem = mail_site(memory, &site);
    if (problem)
        return problem;
    if (text_is(event->name, "referrals.doubt.appeal"))
        return tell_business(db, memory, key, &row, site, event->at);
    /* A link that a farm follows is held hour after hour. */
    if (row.what != DOUBT_ORDER && text_is(event->name, "referrals.doubt.began"))
        return NULL;
    struct text link = text_format(memory, "%.*s/me/programs/%s/doubts", TEXT_ARGS(site),
                                   id_text("rpt", row.partner.value).text);
    return link.data ? send(db, memory, row.person, READS_OWN, key, &row, link, event->at)
                     : &out_of_memory;
}

const struct consumer doubt_tell = {
    .name = "referrals.doubt_tell",
    .follows = "referrals.doubt.",
    .take = tell,
};
