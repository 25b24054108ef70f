/*
 * What may be typed as rules of points, credit and tickets, and what becomes of it.
 *
 * Must not know: the database, pages. Read next: ledger/promise.h.
 */
#include "core/reward/rules.h"

#include "base/settings.h"

enum { PERCENT = 100 /* basis points */ };

static int64_t or_else(const struct maybe_integer *number, int64_t otherwise)
{
    return number->present ? number->value : otherwise;
}

static bool wrong(struct reward_fault *fault, const char *field, const char *rule)
{
    *fault = (struct reward_fault){field, rule};
    return false;
}

static bool is_foreign(const struct maybe_money *sum)
{
    return sum->present && !currency_equal(sum->value.currency, reward_unit(PROMISE_CREDIT));
}

/* Texts of codes live as long as the program. */
static struct text code_of(enum promise_kind kind)
{
    if (kind == PROMISE_POINTS)
        return text_of(currency_points.code);
    return kind == PROMISE_TICKETS ? text_of(currency_tickets.code) : setting_text("site.currency");
}

static bool read_points(const struct promise_form *form, struct ledger_promise *out,
                        struct reward_fault *fault)
{
    if (!form->per.present)
        return wrong(fault, "per", "reward.wrong.per");
    if (!form->worth.present)
        return wrong(fault, "worth", "reward.wrong.worth");
    if (is_foreign(&form->worth))
        return wrong(fault, "worth", "problem.pay.other_currency");
    out->per = form->per.value;
    out->worth = form->worth;
    out->least = or_else(&form->least, 1);
    return true;
}

static bool read_credit(const struct promise_form *form, struct ledger_promise *out,
                        struct reward_fault *fault)
{
    if (is_foreign(&form->least_sum))
        return wrong(fault, "least_sum", "problem.pay.other_currency");
    struct currency own = reward_unit(PROMISE_CREDIT);
    out->per = currency_unit(own);
    out->worth = (struct maybe_money){true, {out->per, own}};
    out->least = form->least_sum.present ? form->least_sum.value.minor : 1;
    return true;
}

bool reward_rules_read(const struct promise_form *form, struct ledger_promise *out,
                       struct reward_fault *fault)
{
    *out = (struct ledger_promise){.kind = form->kind,
                                   .currency = code_of(form->kind),
                                   .days = form->days,
                                   .told_days = form->told_days,
                                   .least = 1,
                                   .per = 1};
    bool pays = form->kind != PROMISE_TICKETS;
    out->part = pays ? or_else(&form->part, 100) * PERCENT : 0;
    if (form->kind == PROMISE_POINTS && !read_points(form, out, fault))
        return false;
    if (form->kind == PROMISE_CREDIT && !read_credit(form, out, fault))
        return false;
    if (out->days && out->told_days > out->days)
        return wrong(fault, "told_days", "reward.wrong.told_too_early");
    if (!out->days && out->told_days)
        return wrong(fault, "told_days", "reward.wrong.told_of_no_end");
    return true;
}

struct ledger_promise reward_usual(enum promise_kind kind)
{
    struct currency own = reward_unit(PROMISE_CREDIT);
    int64_t whole = currency_unit(own);
    bool points = kind == PROMISE_POINTS;
    return (struct ledger_promise){.kind = kind,
                                   .currency = code_of(kind),
                                   .days = kind == PROMISE_TICKETS ? 0 : 365,
                                   .told_days = kind == PROMISE_TICKETS ? 0 : 30,
                                   .least = 1,
                                   .part = kind == PROMISE_TICKETS ? 0 : 100 * PERCENT,
                                   .worth = {kind != PROMISE_TICKETS, {whole, own}},
                                   .per = points ? 100 : whole};
}

struct promise_draft reward_draft(const struct ledger_promise *promise)
{
    struct currency own = reward_unit(PROMISE_CREDIT);
    return (struct promise_draft){.kind = promise->kind,
                                  .per = promise->per,
                                  .worth = promise->worth.present ? promise->worth.value
                                                                  : (struct money){0, own},
                                  .least = promise->least,
                                  .least_sum = {promise->least, own},
                                  .part = promise->part / PERCENT,
                                  .days = promise->days,
                                  .told_days = promise->told_days};
}
