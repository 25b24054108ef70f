/*
 * One currency given for another: two linked transfers through the intermediary's exchange accounts,
 * with the rate and where it came from.
 *
 * Must not know: where rates come from. Read next: ledger/post.c.
 */
#include "base/log.h"
#include "ledger/ledger.h"
#include "ledger/queries.h"
#include "ledger/rows.h"

const struct problem ledger_bad_rate = {"ledger.bad_rate", 422, FAULT_CLIENT, false};

enum { GIVEN, GOT };

bool ledger_rate_apply(const struct ledger_rate *rate, struct money given, struct money *out)
{
    __int128 numerator = (__int128)rate->numerator * currency_unit(rate->to);
    __int128 denominator = (__int128)rate->denominator * currency_unit(rate->from);
    if (rate->numerator <= 0 || rate->denominator <= 0 || rate->numerator > LEDGER_RATE_MAX ||
        rate->denominator > LEDGER_RATE_MAX || given.minor <= 0 || given.minor > MONEY_MAX ||
        !currency_equal(given.currency, rate->from) || currency_equal(rate->from, rate->to))
        return false;
    __int128 got = given.minor * numerator / denominator;
    if (got <= 0 || got > MONEY_MAX)
        return false;
    *out = (struct money){(int64_t)got, rate->to};
    return true;
}

const struct problem *ledger_exchange(struct database *db, struct memory *memory,
                                      const struct ledger_exchange *exchange, struct money *got,
                                      struct posting_id *out)
{
    enum account_purpose purpose = exchange->purpose;
    struct posting_template template = {
        .name = "ledger.exchange",
        .legs = {{{purpose, 0}, {ACCOUNT_EXCHANGE, LEDGER_PLATFORM}, GIVEN, "ledger.leg.given"},
                 {{ACCOUNT_EXCHANGE, LEDGER_PLATFORM}, {purpose, 0}, GOT, "ledger.leg.got"}},
        .count = 2,
    };
    const struct ledger_rate *rate = &exchange->rate;
    if (!ledger_rate_apply(rate, exchange->given, got) || text_empty(rate->source))
        return &ledger_bad_rate;
    struct posting posting = {.template = &template,
                              .parties = {exchange->party},
                              .amounts = {exchange->given, *got},
                              .subject = exchange->subject,
                              .at = exchange->at};
    const struct problem *problem = ledger_post(db, memory, &posting, out);
    if (problem)
        return problem;
    struct ledger_rate_row row = {.posting = *out,
                                  .from_currency = text_of(rate->from.code),
                                  .to_currency = text_of(rate->to.code),
                                  .numerator = rate->numerator,
                                  .denominator = rate->denominator,
                                  .source = rate->source,
                                  .at = rate->at};
    return ledger_rate_insert(db, memory, &row);
}
