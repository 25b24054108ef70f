/*
 * Tells partners by mail what became of a post.
 *
 * Follows the events of the flow, so that a mail is queued exactly once for each move. Read next: core/mail/mail.h.
 */
#include <stdio.h>

#include "base/ids.h"
#include "core/mail/mail.h"
#include "modules/referrals/posts/post.shapes.h"
#include "modules/referrals/posts/queries.h"
#include "modules/referrals/posts/rows.h"
#include "web/words.h"

static const struct mail_told told[] = {
    {"referrals.post.accept", "referrals.mail.post_accept"},
    {"referrals.post.refuse", "referrals.mail.post_refuse"},
    {"referrals.post.lose", "referrals.mail.post_lose"},
    {"referrals.post.reject", "referrals.mail.post_reject"},
};

/* What was found, in the language of who reads it. */
static const struct problem *say_found(struct database *db, struct memory *memory,
                                       const struct post_told_row *row, struct text *out)
{
    char key[60];
    struct post_language_row reader = {LANGUAGE_EN};
    const struct problem *problem = post_language_of(db, memory, row->person, &reader);
    if (problem && problem != &not_found)
        return problem;
    snprintf(key, sizeof key, "post_found.%s", words_name(&post_found_words, (int)row->found));
    *out = words_text(memory, reader.language, key, NULL, 0);
    return out->data ? NULL : &out_of_memory;
}

static const struct problem *tell(struct database *db, struct memory *memory,
                                  const struct event *event)
{
    const char *key = mail_key_of(ALL(told), event->name);
    struct post_told_row row;
    struct text site, found;
    if (!key)
        return NULL;
    const struct problem *problem = post_told(db, memory, (struct post_id){event->subject}, &row);
    if (!problem)
        problem = mail_site(memory, &site);
    if (!problem)
        problem = say_found(db, memory, &row, &found);
    if (problem)
        return problem;
    const struct word_argument arguments[] = {
        {.name = "program", .kind = FIELD_TEXT, .text = row.title},
        {.name = "address", .kind = FIELD_TEXT, .text = row.address},
        {.name = "found", .kind = FIELD_TEXT, .text = found},
        {.name = "said", .kind = FIELD_TEXT, .text = row.said},
        {.name = "link",
         .kind = FIELD_TEXT,
         .text = text_format(memory, "%.*s/me/programs/%s/posts", TEXT_ARGS(site),
                             id_text("rpt", row.partner.value).text)},
    };
    return mail_send(db, memory, row.person, key, arguments, sizeof arguments / sizeof arguments[0],
                     event->at);
}

const struct consumer post_tell = {
    .name = "referrals.post_tell",
    .follows = "referrals.post.",
    .take = tell,
};
