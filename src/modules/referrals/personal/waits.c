/*
 * Personal offers that wait for the reader's answer.
 *
 * Read next: core/waiting.h.
 */
#include "base/ids.h"
#include "modules/referrals/personal/personal_pages.h"
#include "modules/referrals/personal/queries.h"
#include "modules/referrals/personal/rows.h"
#include "web/words.h"

static struct text say(struct request *request, const char *key,
                       const struct personal_waiting_row *row)
{
    const struct word_argument arguments[] = {
        {.name = "program", .kind = FIELD_TEXT, .text = row->title},
        {.name = "name", .kind = FIELD_TEXT, .text = row->name},
    };
    return words_text(request->memory, request->language, key, arguments,
                      sizeof arguments / sizeof arguments[0]);
}

const struct problem *personal_waits(struct request *request, enum portal portal,
                                     struct waiting_said *said)
{
    struct personal_waiting_row_list rows = {NULL, 0};
    bool business = portal == PORTAL_BIZ;
    const struct problem *problem =
        business ? personal_waiting_biz(request->db, request->memory, request->viewer.organisation,
                                        WAITING_EACH, &rows)
                 : personal_waiting_me(request->db, request->memory, request->viewer.person,
                                       WAITING_EACH, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct personal_waiting_row *row = &rows.items[i];
        waiting_add(
            said,
            (struct waiting){
                .turn = true,
                .what = say(
                    request,
                    business ? "referrals.personal.waits_biz" : "referrals.personal.waits_me", row),
                .why = row->title,
                .until = {true, row->until},
                .href = text_format(request->memory,
                                    business ? "/biz/partners/%s/offers" : "/me/programs/%s",
                                    id_text("rpt", row->partner.value).text),
                .action = say(request, "referrals.personal.waits_do", row),
            });
    }
    return problem;
}
