/*
 * What a rule gives the customer: at once to whom it is known, kept for the mail address of whoever is not.
 *
 * A gift is an award of level 0, so it comes back with the others. Must not know: mail addresses, but the marks by
 * which they are found again. Read next: core/program/back.c.
 */
#include "core/program/gift.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/program/parts.h"
#include "core/program/queries.h"
#include "ledger/promise.h"

/* The award of a gift to somebody; what of it is gone already comes off at once, so that later parts are
 * worked out from the whole. */
static const struct problem *award(struct database *db, struct memory *memory,
                                   const struct gift_row *gift, struct party_id party,
                                   struct instant at)
{
    struct award_row row = {.id = {id_new()},
                            .verdict = gift->verdict,
                            .program = gift->program,
                            .party = party,
                            .rule = gift->rule,
                            .sum = gift->sum,
                            .credit = !currency_is_unit(gift->sum.currency),
                            .back_minor = gift->back_minor,
                            .due = at,
                            .at = at};
    struct promise_move move = {.issuer = gift->business,
                                .party = party,
                                .units = gift->sum,
                                .subject = gift->subject,
                                .reason = "program.leg.gift",
                                .at = at};
    struct ledger_reversal gone = {.amount = {gift->back_minor, gift->sum.currency},
                                   .template = text_of("program.return"),
                                   .at = at};
    struct posting_id made;
    const struct problem *problem = promise_grant(db, memory, &move, &row.posting);
    gone.posting = row.posting;
    if (!problem && gift->back_minor > 0)
        problem = ledger_reverse(db, memory, &gone, &made);
    return problem ? problem : award_insert(db, memory, &row);
}

const struct problem *program_gift_give(struct database *db, struct memory *memory,
                                        const struct gift_row *gift, struct maybe_party_id party)
{
    if (party.present)
        return award(db, memory, gift, party.value, gift->at);
    return gift->mail.size > 0 ? gift_insert(db, memory, gift) : NULL;
}

const struct problem *program_gift_back(struct database *db, struct memory *memory,
                                        const struct program_return *returned,
                                        struct verdict_id verdict)
{
    struct gift_row_list gifts;
    const struct problem *problem = gifts_by(db, memory, verdict, &gifts);
    for (size_t i = 0; !problem && i < gifts.count; i++) {
        const struct gift_row *gift = &gifts.items[i];
        __int128 stays =
            (__int128)gift->sum.minor * (returned->of - returned->minor) / returned->of;
        struct gift_change change = {gift->id, gift->sum.minor - (int64_t)stays,
                                     stays > 0 ? GIFT_WAITING : GIFT_GONE, returned->at};
        if (change.back_minor > gift->back_minor)
            problem = gift_move(db, memory, &change);
    }
    return problem;
}

const struct problem *program_claim(struct database *db, struct memory *memory, struct text mail,
                                    struct party_id person, struct instant at, int64_t *claimed)
{
    struct gift_row_list gifts;
    const struct problem *problem = gifts_for(db, memory, mail, &gifts);
    *claimed = 0;
    for (size_t i = 0; !problem && i < gifts.count; i++) {
        const struct gift_row *gift = &gifts.items[i];
        struct gift_change change = {gift->id, gift->back_minor, GIFT_GIVEN, at};
        problem = award(db, memory, gift, person, at);
        if (!problem)
            problem = gift_move(db, memory, &change);
        *claimed += problem ? 0 : 1;
    }
    return problem;
}

const struct problem *program_gifts(struct database *db, struct memory *memory, struct text mail,
                                    struct program_gift_shown_list *out)
{
    return gifts_shown(db, memory, mail, out);
}
