/*
 * Random prices and sets of fees, from a seed, for the tests that try many. For *_test.c only.
 */
#ifndef CONTRAFLOW_LEDGER_FEES_TEST_SETS_H
#define CONTRAFLOW_LEDGER_FEES_TEST_SETS_H

#include "ledger/fees.h"

/* The next of a row of numbers from 0 to below `end` (splitmix64, Steele and others, 2014). */
static int64_t chance(uint64_t *seed, int64_t end)
{
    *seed += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (int64_t)((mixed ^ (mixed >> 31)) % (uint64_t)end);
}

/* A number of any length up to `end`: small ones as often as large ones. */
static int64_t chance_any(uint64_t *seed, int64_t end)
{
    int64_t below = 1;
    for (int64_t length = chance(seed, 18); length > 0 && below < end; length--)
        below *= 10;
    return chance(seed, below < end ? below : end);
}

static struct fee_rule random_rule(uint64_t *seed, int64_t end)
{
    static const char *const names[] = {"fee.handling", "fee.service", "fee.payment",
                                        "fee.partner"};
    struct fee_rule rule = {
        .name = text_of(names[chance(seed, 4)]),
        .rate = chance(seed, 3) ? chance(seed, 10001) : chance(seed, 500),
        .fixed = chance(seed, 3) ? 0 : chance_any(seed, end),
        .least = chance(seed, 3) ? 0 : chance_any(seed, end),
        .most = chance(seed, 3) ? 0 : 1 + chance_any(seed, end),
        .counted_on = chance(seed, 2) ? FEE_OF_PRICE : FEE_OF_SHARE,
        .bearer = (enum fee_bearer)(FEE_BY_BUYER + chance(seed, 3)),
    };
    if (rule.most && rule.least > rule.most)
        rule.least = rule.most;
    return rule;
}

static void random_set(uint64_t *seed, struct currency currency, int64_t end, struct fee_rules *out)
{
    *out = (struct fee_rules){.currency = currency, .count = (int)chance(seed, FEES_MAX + 1)};
    for (int i = 0; i < out->count; i++)
        out->items[i] = random_rule(seed, end);
}

#endif
