/*
 * What of payments waits: a business's transfers that have not come, a person's payout that came back.
 *
 * Must not know: where it is shown. Read next: core/waiting.h.
 */
#include "base/ids.h"
#include "core/pay/page_queries.h"
#include "core/pay/page_rows.h"
#include "core/pay/parts.h"
#include "web/words.h"

/* Whether the business has sent the money nobody here knows, so it is not called its turn. */
static struct waiting payment_waits(struct request *request, const struct payment_listed *payment)
{
    const struct word_argument arguments[] = {
        {.name = "amount", .kind = FIELD_MONEY, .money = payment->amount},
        {.name = "date", .kind = FIELD_INSTANT, .instant = payment->at},
        {.name = "reference", .kind = FIELD_TEXT, .text = payment->reference},
    };
    return (struct waiting){
        .what = words_text(request->memory, request->language, "wallet.not_here", arguments, 1),
        .why =
            words_text(request->memory, request->language, "wallet.not_here_why", &arguments[1], 2),
        .href = text_format(request->memory, "/biz/wallet/payments/%s",
                            id_text("pay", payment->id.value).text),
        .action = words_text(request->memory, request->language, "wallet.how", NULL, 0),
    };
}

static const struct problem *payments_wait(struct request *request, struct waiting_said *said)
{
    struct payment_listed_list rows;
    const struct problem *problem =
        payments_waiting_of(request->db, request->memory, request->viewer.organisation, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++)
        waiting_add(said, payment_waits(request, &rows.items[i]));
    return problem;
}

/* Only the last: whoever has asked again has seen it. */
static const struct problem *payout_waits(struct request *request, struct waiting_said *said)
{
    struct payout_listed last;
    const struct problem *problem =
        payout_last_of(request->db, request->memory, request->viewer.person, &last);
    if (problem == &not_found)
        return NULL;
    if (problem || last.state != PAYOUT_REJECTED)
        return problem;
    const struct word_argument amount = {
        .name = "amount", .kind = FIELD_MONEY, .money = last.amount};
    const struct word_argument reason = {.name = "reason", .kind = FIELD_TEXT, .text = last.reason};
    waiting_add(
        said,
        (struct waiting){
            .turn = true,
            .what = words_text(request->memory, request->language, "payout.came_back", &amount, 1),
            .why =
                words_text(request->memory, request->language, "payout.came_back_why", &reason, 1),
            .href = text_of("/me/money"),
            .action =
                words_text(request->memory, request->language, "payout.came_back_do", NULL, 0),
        });
    return NULL;
}

const struct problem *pay_waits(struct request *request, enum portal portal,
                                struct waiting_said *said)
{
    if (portal == PORTAL_BIZ)
        return payments_wait(request, said);
    return portal == PORTAL_ME ? payout_waits(request, said) : NULL;
}
