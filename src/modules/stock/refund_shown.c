/*
 * Transfers behind a sum, and money of a licence that came back, in the reader's words.
 *
 * Must not know: pages. Read next: refund.c, me_why.c, desk_licences.c.
 */
#include "modules/stock/refund_shown.h"

#include "base/settings.h"
#include "ledger/ledger.shapes.h"
#include "ledger/queries.h"
#include "modules/stock/refund.h"
#include "modules/stock/refund_queries.h"
#include "web/words.h"

/* An account in the reader's words: "Wallet of Nordlicht Reisen", "you", "Inés Otero". That of fees is
 * called as the fee is: "Handling". */
static struct text place(const struct request *request, const struct stock_sides *sides,
                         enum account_purpose purpose, struct party_id party, struct text reason)
{
    struct memory *memory = request->memory;
    struct word_argument who = {.name = "who", .kind = FIELD_TEXT, .text = sides->holder_name};
    if (party.value && party.value == request->viewer.person.value)
        return words_text(memory, request->language, "stock.me.place_you", NULL, 0);
    if (party.value == sides->holder.value)
        return words_text(memory, request->language, "stock.me.place_wallet", &who, 1);
    if (party.value == sides->author.value)
        return sides->author_name;
    if (purpose == ACCOUNT_INCOME)
        return setting_text("site.name");
    if (purpose == ACCOUNT_FEES && text_starts(reason, "fee.")) {
        const char *fee = text_c(memory, reason);
        return fee ? words_text(memory, request->language, fee, NULL, 0) : (struct text){NULL, 0};
    }
    struct text key =
        text_format(memory, "account_purpose.%s", words_name(&account_purpose_words, (int)purpose));
    return key.data ? words_text(memory, request->language, key.data, NULL, 0) : key;
}

const struct problem *stock_legs_of(struct request *request, const struct stock_sides *sides,
                                    struct posting_id posting, struct stock_leg_list *out)
{
    struct ledger_leg_list legs;
    const struct problem *problem = ledger_legs(request->db, request->memory, posting, &legs);
    if (problem)
        return problem;
    struct stock_leg *items = memory_take_array(request->memory, legs.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < legs.count; i++) {
        const struct ledger_leg *leg = &legs.items[i];
        items[i] = (struct stock_leg){
            .id = leg->id,
            .from = place(request, sides, leg->from_purpose, leg->from_party, leg->reason),
            .to = place(request, sides, leg->to_purpose, leg->to_party, leg->reason),
            .amount = leg->amount,
            .at = leg->at,
        };
    }
    *out = (struct stock_leg_list){items, legs.count};
    return NULL;
}

const struct problem *stock_refunds_shown(struct request *request, const struct stock_sides *sides,
                                          struct stock_licence_id licence,
                                          struct stock_refund_shown_list *out)
{
    struct stock_refund_named_row_list rows;
    const struct problem *problem = stock_refunds_of(request->db, request->memory, licence, &rows);
    if (problem)
        return problem;
    struct stock_refund_shown *items =
        memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct stock_refund_named_row *row = &rows.items[i];
        struct currency currency = row->amount.currency;
        items[i] = (struct stock_refund_shown){
            .id = row->id,
            .amount = row->amount,
            .earned = {row->earned_minor, currency},
            .rest = {row->amount.minor - row->earned_minor, currency},
            .reason = row->reason,
            .ends = row->ends,
            .posting = row->posting,
            .person_name = row->person_name,
            .at = row->at,
        };
        problem = stock_legs_of(request, sides, row->posting, &items[i].legs);
    }
    *out = (struct stock_refund_shown_list){items, rows.count};
    return problem;
}
