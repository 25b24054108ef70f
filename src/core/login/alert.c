/*
 * Alerts put together and queued.
 *
 * Must not know: what happened. Read next: core/mail/mail.h.
 */
#include "core/login/alert.h"

#include <string.h>

#include "base/log.h"
#include "core/mail/mail.h"
#include "core/login/queries.h"
#include "core/login/rows.h"

/* The words of one part of the alert. */
static const struct problem *say(struct memory *memory, enum language language, const char *what,
                                 const char *part, const struct word_argument *arguments,
                                 size_t count, struct text *out)
{
    struct text key = text_format(memory, "alert.%s.%s", what, part);
    if (!key.data)
        return &out_of_memory;
    bool own = words_have(key.data);
    *out = words_text(memory, language, own ? key.data : "alert.advice", arguments, count);
    return out->data ? NULL : &out_of_memory;
}

const struct problem *alert_send_to(struct database *db, struct memory *memory,
                                    struct party_id person, struct text address, const char *what,
                                    const struct word_argument *arguments, size_t count,
                                    struct instant at)
{
    struct word_argument own[ALERT_ARGUMENTS + 1] = {{.name = "site", .kind = FIELD_TEXT}};
    struct word_argument frame[] = {{.name = "subject", .kind = FIELD_TEXT},
                                    {.name = "what", .kind = FIELD_TEXT},
                                    {.name = "advice", .kind = FIELD_TEXT},
                                    {.name = "at", .kind = FIELD_INSTANT, .instant = at}};
    struct login_row login;
    ensure(count <= ALERT_ARGUMENTS);
    if (count)
        memcpy(own + 1, arguments, count * sizeof *arguments);
    const struct problem *problem = mail_site(memory, &own[0].text);
    if (!problem)
        problem = login_by_person(db, memory, person, &login);
    if (!problem)
        problem = say(memory, login.language, what, "subject", own, count + 1, &frame[0].text);
    if (!problem)
        problem = say(memory, login.language, what, "what", own, count + 1, &frame[1].text);
    if (!problem)
        problem = say(memory, login.language, what, "advice", own, count + 1, &frame[2].text);
    if (problem)
        return problem;
    return address.size
               ? mail_send_to(db, memory, address, login.language, "mail.alert", frame, 4, at)
               : mail_send(db, memory, person, "mail.alert", frame, 4, at);
}

const struct problem *alert_send(struct database *db, struct memory *memory, struct party_id person,
                                 const char *what, const struct word_argument *arguments,
                                 size_t count, struct instant at)
{
    return alert_send_to(db, memory, person, (struct text){"", 0}, what, arguments, count, at);
}
