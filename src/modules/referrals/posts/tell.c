/*
 * Tells partners by mail what became of a post, and a business when one of them disagrees.
 *
 * Follows the events of the flow, so that a mail is queued exactly once for each move. Read next: core/mail/mail.h.
 */
#include <stdio.h>

#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"
#include "modules/referrals/posts/post.shapes.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/rows.h"
#include "web/words.h"

static const struct mail_told told[] = {
    {"referrals.post.accept", "referrals.mail.post_accept"},
    {"referrals.post.refuse", "referrals.mail.post_refuse"},
    {"referrals.post.lose", "referrals.mail.post_lose"},
    {"referrals.post.reject", "referrals.mail.post_reject"},
    {"referrals.post.appeal", "referrals.mail.post_appeal"},
    {"referrals.post.readmit", "referrals.mail.post_readmit"},
    {"referrals.post.uphold", "referrals.mail.post_uphold"},
};

/* What was found, in the language of who reads it. */
static const struct problem *say_found(struct database *db, struct memory *memory,
                                       struct party_id to, const struct post_told_row *row,
                                       struct text *out)
{
    char key[60];
    struct post_language_row reader = {LANGUAGE_EN};
    const struct problem *problem = post_language_of(db, memory, to, &reader);
    if (problem && problem != &not_found)
        return problem;
    snprintf(key, sizeof key, "post_found.%s", words_name(&post_found_words, (int)row->found));
    *out = words_text(memory, reader.language, key, NULL, 0);
    return out->data ? NULL : &out_of_memory;
}

static const struct problem *send(struct database *db, struct memory *memory, struct party_id to,
                                  const char *key, const struct post_told_row *row,
                                  struct text link, struct instant at)
{
    struct text found;
    const struct problem *problem =
        link.data ? say_found(db, memory, to, row, &found) : &out_of_memory;
    if (problem)
        return problem;
    const struct word_argument arguments[] = {
        {.name = "program", .kind = FIELD_TEXT, .text = row->title},
        {.name = "name", .kind = FIELD_TEXT, .text = row->name},
        {.name = "address", .kind = FIELD_TEXT, .text = row->address},
        {.name = "found", .kind = FIELD_TEXT, .text = found},
        {.name = "said", .kind = FIELD_TEXT, .text = row->said},
        {.name = "appeal", .kind = FIELD_TEXT, .text = row->appeal},
        {.name = "answer", .kind = FIELD_TEXT, .text = row->answer},
        {.name = "link", .kind = FIELD_TEXT, .text = link},
    };
    return mail_send(db, memory, to, key, arguments, sizeof arguments / sizeof arguments[0], at);
}

static const struct problem *tell_business(struct database *db, struct memory *memory,
                                           const char *key, const struct post_told_row *row,
                                           struct text site, struct instant at)
{
    struct portal_member_row_list members = {NULL, 0};
    struct text link = text_format(memory, "%.*s/biz/programs/%s/posts", TEXT_ARGS(site),
                                   id_text("prg", row->program.value).text);
    const struct problem *problem = portal_deciders(db, memory, row->business, &members);
    for (size_t i = 0; !problem && i < members.count; i++)
        problem = send(db, memory, members.items[i].person, key, row, link, at);
    return problem;
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    const char *key = mail_key_of(ALL(told), event->name);
    struct post_told_row row;
    struct text site;
    if (!key)
        return NULL;
    const struct problem *problem = post_told(db, memory, (struct post_id){event->subject}, &row);
    if (!problem)
        problem = mail_site(memory, &site);
    if (problem)
        return problem;
    if (text_is(event->name, "referrals.post.appeal"))
        return tell_business(db, memory, key, &row, site, event->at);
    return send(db, memory, row.person, key, &row,
                text_format(memory, "%.*s/me/programs/%s/posts", TEXT_ARGS(site),
                            id_text("rpt", row.partner.value).text),
                event->at);
}

const struct consumer post_tell = {
    .name = "referrals.post_tell",
    .follows = "referrals.post.",
    .take = tell,
};
