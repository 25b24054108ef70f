/*
 * Mails with answers, and what of feedback waits for a business.
 *
 * Must not know: how mail is sent. Read next: core/mail/mail.h, core/shop/consent.h.
 */
#include "base/ids.h"
#include "core/mail/mail.h"
#include "core/people/party.h"
#include "core/shop/consent.h"
#include "core/widgets/parts.h"
#include "core/widgets/queries.h"
#include "web/words.h"

/* Who has an account asked for it by writing; a guest's address may be written to while the consent holds. */
static const struct problem *may_tell(struct database *db, struct memory *memory,
                                      const struct feedback_row *row, bool *may)
{
    *may = row->told && row->person.present;
    if (!row->told || row->person.present || !row->customer.present)
        return NULL;
    return consent_held(db, memory, row->customer.value, CONSENT_ANSWER, may);
}

const struct problem *feedback_tell(struct database *db, struct memory *memory,
                                    const struct feedback_row *row, struct text answer,
                                    struct instant at)
{
    bool may;
    struct text site;
    struct text link;
    struct party_row business;
    const struct problem *problem = may_tell(db, memory, row, &may);
    if (problem || !may)
        return problem;
    problem = party_find(db, memory, row->business, &business);
    if (!problem)
        problem = mail_site(memory, &site);
    if (!problem)
        problem = feedback_link(memory, row->id, &link);
    if (problem)
        return problem;
    struct text open =
        text_format(memory, "%.*s/feedback/thread/%.*s", TEXT_ARGS(site), TEXT_ARGS(link));
    struct text stop = text_format(memory, "%.*s/stop", TEXT_ARGS(open));
    struct text one_click = text_format(memory, "%.*s/one-click", TEXT_ARGS(stop));
    if (!open.data || !stop.data || !one_click.data)
        return &out_of_memory;
    const struct word_argument arguments[] = {
        {.name = "who", .kind = FIELD_TEXT, .text = business.name},
        {.name = "about", .kind = FIELD_TEXT, .text = row->about},
        {.name = "answer", .kind = FIELD_TEXT, .text = answer},
        {.name = "link", .kind = FIELD_TEXT, .text = open},
        {.name = "stop", .kind = FIELD_TEXT, .text = stop},
        {.name = "one_click", .kind = FIELD_TEXT, .text = one_click},
    };
    size_t count = sizeof arguments / sizeof arguments[0];
    if (row->person.present)
        return mail_send(db, memory, row->person.value, "feedback.mail", arguments, count, at);
    return mail_send_to(db, memory, row->mail, row->language, "feedback.mail", arguments, count,
                        at);
}

/* ---- what waits ------------------------------------------------------------------------------- */

const struct problem *feedback_number(struct request *request, int64_t *out)
{
    struct feedback_count count = {0};
    const struct problem *problem =
        feedback_waiting(request->db, request->memory, request->viewer.organisation, &count);
    *out = count.waiting;
    return problem;
}

const struct problem *feedback_waits(struct request *request, enum portal portal,
                                     struct waiting_said *said)
{
    struct feedback_shown_row_list rows = {0};
    struct feedback_count count;
    if (portal != PORTAL_BIZ)
        return NULL;
    const struct problem *problem =
        feedback_waiting(request->db, request->memory, request->viewer.organisation, &count);
    if (!problem && count.waiting)
        problem = feedback_listed(request->db, request->memory, request->viewer.organisation,
                                  FEEDBACK_OPEN, INT64_MAX, 1, &rows);
    if (problem || rows.count == 0)
        return problem;
    const struct word_argument arguments[] = {
        {.name = "count", .kind = FIELD_INTEGER, .integer = count.waiting},
        {.name = "about", .kind = FIELD_TEXT, .text = rows.items[0].about},
    };
    waiting_add(said, (struct waiting){
                          .turn = true,
                          .what = words_text(request->memory, request->language, "feedback.waits",
                                             &arguments[0], 1),
                          .why = words_text(request->memory, request->language,
                                            "feedback.waits_why", &arguments[1], 1),
                          .href = text_of("/biz/feedback"),
                          .action = words_text(request->memory, request->language,
                                               "feedback.waits_do", NULL, 0),
                      });
    return NULL;
}
