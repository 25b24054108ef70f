/*
 * Who sent a buyer, said by the buyer.
 *
 * Must not know: HTTP, how an order is judged. Read next: modules/referrals/convert.c.
 */
#include "modules/referrals/claims/claim.h"

#include <string.h>

#include "base/ids.h"
#include "core/sign/sign.h"
#include "modules/referrals/claims/queries.h"
#include "modules/referrals/claims/rows.h"
#include "modules/referrals/convert_queries.h"
#include "modules/referrals/convert_rows.h"

const struct problem referrals_claim_unknown = {"referrals.claim_unknown", 422, FAULT_CLIENT,
                                                false};
const struct problem referrals_claim_late = {"referrals.claim_late", 409, FAULT_CLIENT, false};
const struct problem referrals_claim_made = {"referrals.claim_made", 409, FAULT_CLIENT, false};
const struct problem referrals_claim_needless = {"referrals.claim_needless", 409, FAULT_CLIENT,
                                                 false};
const struct problem referrals_claim_own = {"referrals.claim_own", 409, FAULT_CLIENT, false};
const struct problem referrals_claim_closed = {"referrals.claim_closed", 409, FAULT_CLIENT, false};
const struct problem referrals_claim_off = {"referrals.claim_off", 409, FAULT_CLIENT, false};

static const char purpose[] = "referrals.claim";

const struct problem *referrals_claim_link(struct memory *memory, struct order_id order,
                                           struct text *out)
{
    return sign_words(memory, purpose, text_of(id_text("ord", order.value).text), out);
}

const struct problem *referrals_claim_of_link(struct text link, struct order_id *out)
{
    struct text words;
    bool fits;
    const struct problem *problem = sign_words_read(purpose, link, &words, &fits);
    if (problem)
        return problem;
    return fits && id_parse(words, "ord", &out->value) ? NULL : &not_found;
}

bool referrals_claim_read(struct text typed, struct code *out)
{
    static const char before[] = "/r/";
    struct text code = text_trim(typed);
    const char *found = code.size ? memmem(code.data, code.size, before, sizeof before - 1) : NULL;
    if (found) {
        const char *start = found + sizeof before - 1;
        code = (struct text){start, code.size - (size_t)(start - code.data)};
        size_t size = 0;
        while (size < code.size && !strchr("/?#", code.data[size]))
            size++;
        code.size = size;
    }
    return referrals_fold_code(code, out);
}

/* Whether the buyer is who is named, as far as it can be seen. */
static const struct problem *look_for_self(struct memory *memory,
                                           const struct claim_order_row *order,
                                           const struct claim_partner_row *named,
                                           struct party_id person)
{
    struct text mark = text_of("");
    const struct problem *problem = NULL;
    if (named->person.value == person.value || named->person.value == order->party.value)
        return &referrals_claim_own;
    if (named->mail.size > 0)
        problem = shop_mail_mark(memory, named->mail, &mark);
    bool same = mark.size > 0 && text_equal(mark, order->mail);
    return problem || !same ? problem : &referrals_claim_own;
}

/* Why an order takes no claim, whoever is named. */
static const struct problem *look_at_order(struct database *db, struct memory *memory,
                                           const struct claim_order_row *order)
{
    struct claim_said_row said;
    struct convert_number shares = {0};
    if (order->state != ORDER_PLACED)
        return &referrals_claim_off;
    const struct problem *problem = claim_said(db, memory, order->id, order->business, &said);
    if (problem != &not_found)
        return problem ? problem : &referrals_claim_made;
    problem = convert_shares(db, memory, order->id.value, &shares);
    return problem || shares.number == 0 ? problem : &referrals_claim_needless;
}

static const struct problem *find_named(struct database *db, struct memory *memory,
                                        const struct claim_order_row *order,
                                        const struct referrals_claiming *claiming,
                                        struct claim_partner_row *out)
{
    struct code code;
    if (!referrals_claim_read(claiming->typed, &code))
        return &referrals_claim_unknown;
    const struct problem *problem =
        claim_partner(db, memory, order->business, (struct text){code.text, code.size}, out);
    if (problem)
        return problem == &not_found ? &referrals_claim_unknown : problem;
    if (out->late_days == 0 || out->program_state != PROGRAM_RUNNING || out->state != LINK_LIVE ||
        out->partner_state != PARTNER_ACTIVE)
        return &referrals_claim_closed;
    if (claiming->at.ms > order->placed.ms + out->late_days * DAY + CLOCKS_APART)
        return &referrals_claim_late;
    return look_for_self(memory, order, out, claiming->person);
}

const struct problem *referrals_claim(struct database *db, struct memory *memory,
                                      const struct referrals_claiming *claiming)
{
    struct claim_order_row order;
    struct claim_partner_row named;
    const struct problem *problem = claim_order(db, memory, claiming->order, &order);
    if (!problem)
        problem = look_at_order(db, memory, &order);
    if (!problem)
        problem = find_named(db, memory, &order, claiming, &named);
    if (problem)
        return problem;
    struct referrals_touch_row touch = {
        .id = {id_new()},
        .program = named.program,
        .partner = named.partner,
        .kind = TOUCH_CLAIM,
        .source = named.link.value,
        .customer = order.customer,
        .event = order.id.value,
        .at = claiming->at,
    };
    problem = convert_touch_insert(db, memory, &touch);
    return problem ? problem
                   : referrals_order(db, memory, order.id, (struct maybe_instant){.present = false},
                                     claiming->at);
}
