/*
 * When given units end: kept for each transfer by which an issuer gave some, shrunk when that is taken
 * back, looked at once their day is over.
 *
 * Units that come back because a use was taken back are given anew. Must not know: what units pay.
 * Read next: ledger/promise.h.
 */
#include "ledger/grant.h"

#include "base/ids.h"
#include "base/log.h"
#include "ledger/promise_queries.h"
#include "ledger/promise_rows.h"

const struct problem promise_units_stay = {"promise.units_stay", 409, FAULT_CLIENT, false};

static bool gives(const struct post_leg *leg)
{
    return leg->from.purpose == ACCOUNT_ISSUED && leg->to.purpose == ACCOUNT_REWARDS;
}

static bool uses(const struct post_leg *leg)
{
    return leg->from.purpose == ACCOUNT_REWARDS && leg->to.purpose == ACCOUNT_ISSUED;
}

const struct problem *grant_check(const struct post_leg *leg)
{
    struct party_id issuer = leg->from.issuer;
    bool promised = leg->from.purpose == ACCOUNT_ISSUED || leg->to.purpose == ACCOUNT_ISSUED ||
                    leg->from.purpose == ACCOUNT_REWARDS || leg->to.purpose == ACCOUNT_REWARDS;
    if (!issuer.value && !promised && !currency_is_unit(leg->amount.currency))
        return NULL;
    struct party_id party = gives(leg) ? leg->from.party : leg->to.party;
    bool between = (gives(leg) || uses(leg)) && issuer.value && party.value == issuer.value;
    return between ? NULL : &promise_units_stay;
}

/* How long units live; most of a sheet come from one issuer, so the one before is asked first. */
static const struct problem *find_rules(struct sheet *sheet, const struct post_leg *leg,
                                        struct sheet_grant *grant)
{
    const struct sheet_grant *last = sheet->grant_count ? grant - 1 : NULL;
    struct ledger_promise promise;
    grant->issuer = leg->from.issuer;
    grant->unit = leg->amount.currency;
    if (last && last->issuer.value == grant->issuer.value &&
        currency_equal(last->unit, grant->unit)) {
        grant->days = last->days;
        grant->told_days = last->told_days;
        return NULL;
    }
    const struct problem *problem =
        promise_find(sheet->db, sheet->memory, grant->issuer, grant->unit, &promise);
    if (problem)
        return problem;
    grant->days = promise.days;
    grant->told_days = promise.told_days;
    return NULL;
}

const struct problem *grant_note(struct sheet *sheet, const struct post_leg *leg, size_t place)
{
    bool back = uses(leg) && leg->corrects.present;
    if (!gives(leg) && !back)
        return NULL;
    if (!sheet->grants)
        sheet->grants =
            memory_take_array(sheet->memory, sheet->transfer_room, sizeof *sheet->grants);
    if (!sheet->grants)
        return &out_of_memory;
    ensure(sheet->grant_count < sheet->transfer_room);
    struct sheet_grant *grant = &sheet->grants[sheet->grant_count];
    *grant = (struct sheet_grant){.transfer = place};
    if (back)
        grant->back = leg->corrects;
    const struct problem *problem = back ? NULL : find_rules(sheet, leg, grant);
    sheet->grant_count += problem ? 0 : 1;
    return problem;
}

/* What is kept of given units: they end with the day that many days after it. */
static struct grant_row row_of(const struct sheet_grant *grant,
                               const struct ledger_transfer_new *transfer)
{
    int64_t until = (transfer->at.ms / DAY + grant->days + 1) * DAY;
    int64_t tell = until - grant->told_days * DAY;
    return (struct grant_row){.transfer = transfer->id,
                              .account = transfer->to_account,
                              .minor = transfer->amount.minor,
                              .until = {grant->days ? until : 0},
                              .tell = {grant->days && grant->told_days ? tell : 0}};
}

const struct problem *grant_write(struct sheet *sheet)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < sheet->grant_count; i++) {
        const struct sheet_grant *grant = &sheet->grants[i];
        const struct ledger_transfer_new *transfer = &sheet->transfers[grant->transfer];
        struct grant_row row = row_of(grant, transfer);
        problem = grant->back.present ? grant_take_back(sheet->db, sheet->memory, grant->back.value,
                                                        transfer->amount.minor)
                                      : grant_insert(sheet->db, sheet->memory, &row);
    }
    sheet->grant_count = 0;
    return problem;
}

/* ---- ends -------------------------------------------------------------------------------------- */

/* The end of the day after: what can't end now is looked at again then. */
static struct instant a_day_later(struct instant at)
{
    return (struct instant){(at.ms / DAY + 1) * DAY};
}

/* What has to end in one account now does; what is held can't and waits a day. Refused, it wrote
 * nothing. */
static const struct problem *end_in(struct database *db, struct memory *memory,
                                    const struct grant_due *due, struct instant at)
{
    int64_t over = due->balance_minor - due->later_minor;
    int64_t free = due->balance_minor - due->held_minor;
    int64_t ends = over < free ? over : free;
    struct promise_move move = {.issuer = due->issuer,
                                .party = due->party,
                                .subject = due->party.value,
                                .reason = "ledger.leg.ended",
                                .at = at};
    const struct problem *problem = NULL;
    struct posting_id made;
    ensure(currency_parse(due->currency, &move.units.currency)); /* the ledger wrote it */
    move.units.minor = ends > 0 ? ends : 0;
    if (ends > 0)
        problem = promise_use(db, memory, &move, &made);
    if (!problem)
        problem = grants_over(db, memory, due->account, at);
    if (problem || over <= move.units.minor)
        return problem;
    struct grant_row rest = {.transfer = due->last,
                             .account = due->account,
                             .minor = over - move.units.minor,
                             .until = a_day_later(at)};
    return grant_insert(db, memory, &rest);
}

/* An account refused: the others do not wait for it, and it is asked again in a day. */
static const struct problem *put_off(struct database *db, struct memory *memory,
                                     const struct grant_due *due, const struct problem *why,
                                     struct instant at)
{
    log_write(LOG_WARNING, "promise.end_refused", "account=%s problem=%s",
              id_text("acc", due->account.value).text, why->name);
    return grants_wait(db, memory, due->account, at, a_day_later(at));
}

const struct problem *promise_end_due(struct database *db, struct memory *memory, struct instant at,
                                      int64_t *ended)
{
    struct grant_due_list due;
    const struct problem *problem = grants_due(db, memory, at, &due);
    *ended = 0;
    for (size_t i = 0; !problem && i < due.count; i++) {
        problem = end_in(db, memory, &due.items[i], at);
        if (problem && problem->fault == FAULT_CLIENT)
            problem = put_off(db, memory, &due.items[i], problem, at);
        *ended += problem ? 0 : 1;
    }
    return problem;
}

const struct problem *promise_any_due(struct database *db, struct memory *memory, struct instant at,
                                      bool *out)
{
    struct grant_count due;
    const struct problem *problem = grants_any_due(db, memory, at, &due);
    *out = !problem && due.number > 0;
    return problem;
}

const struct problem *promise_tell_due(struct database *db, struct memory *memory,
                                       struct instant at, struct promise_telling_list *out)
{
    struct grant_due_list due;
    const struct problem *problem = grants_to_tell(db, memory, at, &due);
    if (problem)
        return problem;
    struct promise_telling *tellings = memory_take_array(memory, due.count, sizeof *tellings);
    size_t count = 0;
    if (!tellings)
        return &out_of_memory;
    for (size_t i = 0; !problem && i < due.count; i++) {
        const struct grant_due *one = &due.items[i];
        int64_t units = one->balance_minor - one->later_minor;
        problem = grants_told(db, memory, one->account, at);
        if (units > 0)
            tellings[count++] =
                (struct promise_telling){one->issuer, one->party, one->currency, units, one->until};
    }
    *out = (struct promise_telling_list){tellings, count};
    return problem;
}

const struct problem *promise_endings(struct database *db, struct memory *memory,
                                      struct party_id issuer, struct party_id party,
                                      struct currency unit, struct promise_ending_list *out)
{
    struct grant_day_list days;
    const struct problem *problem =
        grant_days(db, memory, issuer, party, text_of(unit.code), &days);
    if (problem)
        return problem;
    struct promise_ending *endings = memory_take_array(memory, days.count, sizeof *endings);
    int64_t later = 0; /* given so that it ends after the day looked at */
    int64_t ended = 0; /* on days before it */
    size_t count = 0;
    if (!endings)
        return &out_of_memory;
    for (size_t i = 0; i < days.count; i++)
        later += days.items[i].minor;
    for (size_t i = 0; i < days.count && days.items[i].until.ms; i++) {
        later -= days.items[i].minor;
        int64_t over = days.items[i].balance_minor - later;
        if (over <= ended)
            continue;
        endings[count++] = (struct promise_ending){days.items[i].until, over - ended};
        ended = over;
    }
    *out = (struct promise_ending_list){endings, count};
    return NULL;
}
