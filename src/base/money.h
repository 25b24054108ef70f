/*
 * Money: a whole number of minor units (cents) and its currency, never a float.
 *
 * Every operation reports overflow and a mix of currencies instead of wrapping; every division
 * names its rounding and says who gets the remainder.
 */
#ifndef CONTRAFLOW_BASE_MONEY_H
#define CONTRAFLOW_BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct currency {
    char code[4]; /* ISO 4217 letters and NUL: "EUR"; all zero means unset */
};

struct money {
    int64_t minor;            /* minor units of the currency: 184 is 1.84 EUR */
    struct currency currency; /* which */
};

#define MONEY_MAX INT64_C(9007199254740991) /* 2^53 - 1: exact in every JSON reader */

bool currency_parse(struct text code,
                    struct currency *out); /* three capital letters ISO 4217 knows */
bool currency_equal(struct currency a, struct currency b);
/* Points and tickets: no money, but what somebody promises (ledger/promise.h). */
extern const struct currency currency_points;  /* ZZP */
extern const struct currency currency_tickets; /* ZZT */
bool currency_is_unit(struct currency c);
/* Digits after the point (ISO 4217): 2 for EUR, 0 for JPY and for a code that is unset or unknown. */
int currency_digits(struct currency c);

/* Minor units in a whole one: 100 for EUR, 1 for JPY. */
int64_t currency_unit(struct currency c);
/* Appends the amount without its currency, as money_parse() reads it but for a sign: "-1.84". */
void builder_add_money(struct builder *b, struct money money);

/* false: another currency, or beyond +-MONEY_MAX; *out is then untouched. */
bool money_add(struct money a, struct money b, struct money *out);
bool money_subtract(struct money a, struct money b, struct money *out);

enum rounding {
    ROUND_DOWN = 1, /* towards zero */
    ROUND_UP,       /* away from zero */
    ROUND_HALF_EVEN /* to the nearest, ties to the even unit (banker's rounding) */
};

/* amount x numerator / denominator in 128-bit arithmetic. 8 % is 800 of 10,000 basis points.
 * false: a denominator below 1, or beyond +-MONEY_MAX. */
bool money_share(struct money amount, int64_t numerator, int64_t denominator, enum rounding how,
                 struct money *out);

/* Splits by weights (all >= 0, at least one > 0) into out[0..count): each part is rounded towards
 * zero and the remainder goes, unit by unit, to the parts of weight above 0 in order. The parts always
 * add up to amount. false, and out untouched: weights or amount out of range. */
bool money_split(struct money amount, const int64_t *weights, int count, struct money *out);

/*
 * Reads what a person typed: "12.50", "12,50", "1 234,50", "1,234.50"; at most the currency's
 * digits after the point. A single point or comma is always the decimal one ("1.234" EUR is refused,
 * not a thousand); groups of three are marked by spaces, by the other mark or by one that repeats.
 * False for signs, exponents, "12,3.4", nothing, or more than MONEY_MAX.
 */
bool money_parse(struct text typed, struct currency currency, struct money *out);

#endif
