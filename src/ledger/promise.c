/*
 * Rules of promised units, and giving and using them under these rules.
 *
 * Must not know: how ends are kept. Read next: ledger/grant.c.
 */
#include "ledger/promise.h"

#include "base/log.h"
#include "ledger/post.h"
#include "ledger/promise_queries.h"

const struct problem promise_bad_terms = {"promise.bad_terms", 422, FAULT_CLIENT, false};
const struct problem promise_none = {"promise.none", 409, FAULT_CLIENT, false};
const struct problem promise_too_few = {"promise.too_few", 409, FAULT_CLIENT, false};
const struct problem promise_too_much = {"promise.too_much", 409, FAULT_CLIENT, false};

static const int64_t whole_price = 10000; /* basis points */

/* Whether kind, unit and worth belong together: points are worth money, credit is money, tickets are
 * worth nothing. */
static bool fits_kind(const struct ledger_promise *promise)
{
    const struct money *worth = &promise->worth.value;
    struct currency unit;
    if (!currency_parse(promise->currency, &unit))
        return false;
    bool pays = promise->worth.present && worth->minor > 0 && !currency_is_unit(worth->currency);
    switch (promise->kind) {
    case PROMISE_POINTS:
        return currency_equal(unit, currency_points) && pays;
    case PROMISE_TICKETS:
        return currency_equal(unit, currency_tickets) && !promise->worth.present;
    case PROMISE_CREDIT:
        return pays && worth->minor == promise->per && currency_equal(worth->currency, unit);
    }
    return false;
}

static bool fits(const struct ledger_promise *promise)
{
    static const int64_t most_days = 3660;
    static const int64_t most_units = 1000000000;
    return promise->issuer.value && fits_kind(promise) && promise->days >= 0 &&
           promise->days <= most_days && promise->told_days >= 0 &&
           promise->told_days <= promise->days && promise->least >= 1 &&
           promise->least <= most_units && promise->part >= 0 && promise->part <= whole_price &&
           promise->per >= 1 && promise->per <= most_units;
}

const struct problem *promise_set(struct database *db, struct memory *memory,
                                  const struct ledger_promise *promise)
{
    return fits(promise) ? promise_insert(db, memory, promise) : &promise_bad_terms;
}

const struct problem *promise_find(struct database *db, struct memory *memory,
                                   struct party_id issuer, struct currency unit,
                                   struct ledger_promise *out)
{
    const struct problem *problem = promise_newest(db, memory, issuer, text_of(unit.code), out);
    return problem == &not_found ? &promise_none : problem;
}

bool promise_worth(const struct ledger_promise *promise, int64_t units, struct money *out)
{
    return promise->worth.present &&
           money_share(promise->worth.value, units, promise->per, ROUND_DOWN, out);
}

/* Between the issuer's promises and the holder's account. */
static struct posting posting_of(const struct promise_move *units, bool given,
                                 struct posting_template *template)
{
    struct posting_side issuer = {ACCOUNT_ISSUED, 0};
    struct posting_side holder = {ACCOUNT_REWARDS, 1};
    *template = (struct posting_template){
        .name = given ? "promise.given" : "promise.used",
        .legs = {{given ? issuer : holder, given ? holder : issuer, 0, units->reason}},
        .count = 1,
    };
    return (struct posting){.template = template,
                            .parties = {units->issuer, units->party},
                            .amounts = {units->units},
                            .subject = units->subject,
                            .issuer = units->issuer,
                            .at = units->at};
}

struct posting promise_granting(const struct promise_move *units, struct posting_template *template)
{
    return posting_of(units, true, template);
}

static const struct problem *move(struct database *db, struct memory *memory,
                                  const struct promise_move *units, bool given,
                                  struct posting_id *out)
{
    struct posting_template template;
    struct posting posting = posting_of(units, given, &template);
    return ledger_post(db, memory, &posting, out);
}

const struct problem *promise_grant(struct database *db, struct memory *memory,
                                    const struct promise_move *units, struct posting_id *out)
{
    return move(db, memory, units, true, out);
}

const struct problem *promise_use(struct database *db, struct memory *memory,
                                  const struct promise_move *units, struct posting_id *out)
{
    return move(db, memory, units, false, out);
}

/* Whether the rules let so many units pay a part of the price, and how much. */
static const struct problem *price_of(struct database *db, struct memory *memory,
                                      const struct promise_move *units, struct money price,
                                      struct money *paid)
{
    struct ledger_promise promise;
    struct money most;
    const struct problem *problem =
        promise_find(db, memory, units->issuer, units->units.currency, &promise);
    if (problem)
        return problem;
    if (!promise_worth(&promise, units->units.minor, paid))
        return &promise_none;
    if (units->units.minor < promise.least || paid->minor == 0)
        return &promise_too_few;
    if (!currency_equal(price.currency, paid->currency))
        return &ledger_wrong_currency;
    if (!money_share(price, promise.part, whole_price, ROUND_DOWN, &most) ||
        paid->minor > most.minor)
        return &promise_too_much;
    return NULL;
}

const struct problem *promise_pay(struct database *db, struct memory *memory,
                                  const struct promise_move *units, struct money price,
                                  struct money *paid, struct posting_id *out)
{
    const struct problem *problem = price_of(db, memory, units, price, paid);
    return problem ? problem : promise_use(db, memory, units, out);
}

const struct problem *promise_hold(struct database *db, struct memory *memory,
                                   const struct promise_move *units, struct money price,
                                   struct money *paid, struct hold_id *out)
{
    struct ledger_account_key key =
        post_key(units->party, ACCOUNT_REWARDS, &units->units.currency, units->issuer);
    const struct problem *problem = price_of(db, memory, units, price, paid);
    return problem ? problem
                   : hold_in(db, memory, &key, units->units, units->subject, units->at,
                             (struct instant){0}, out);
}

const struct problem *promise_take(struct database *db, struct memory *memory,
                                   const struct promise_move *units, struct hold_id hold,
                                   struct posting_id *out)
{
    struct posting_template template;
    struct posting posting = posting_of(units, false, &template);
    return ledger_hold_post(db, memory, hold, &posting, out);
}
