/*
 * Money: currencies and exact arithmetic on minor units.
 *
 * Must not know: rates, fees, how a language writes an amount (web/ does that with ICU).
 * Read next: ledger/.
 */
#include "base/money.h"

#include <stdlib.h>
#include <string.h>

struct currency_row {
    char code[4]; /* capital letters and NUL */
    int digits;   /* after the point */
};

static const struct currency_row currencies[] = {
#define CURRENCY(code, digits) {#code, digits},
#include "base/currencies.def"
#undef CURRENCY
};

static int compare_code(const void *code, const void *row)
{
    return memcmp(code, ((const struct currency_row *)row)->code, 3);
}

static const struct currency_row *find_currency(const char code[3])
{
    return bsearch(code, currencies, sizeof currencies / sizeof currencies[0], sizeof currencies[0],
                   compare_code);
}

bool currency_parse(struct text code, struct currency *out)
{
    const struct currency_row *row = code.size == 3 ? find_currency(code.data) : NULL;
    if (row) {
        memcpy(out->code, row->code, sizeof out->code);
    }
    return row != NULL;
}

const struct currency currency_points = {"ZZP"};
const struct currency currency_tickets = {"ZZT"};

bool currency_is_unit(struct currency c)
{
    return currency_equal(c, currency_points) || currency_equal(c, currency_tickets);
}

bool currency_equal(struct currency a, struct currency b)
{
    return memcmp(a.code, b.code, sizeof a.code) == 0;
}

int currency_digits(struct currency c)
{
    const struct currency_row *row = find_currency(c.code);
    return row ? row->digits : 0;
}

int64_t currency_unit(struct currency c)
{
    int64_t unit = 1;
    for (int i = currency_digits(c); i > 0; i--) {
        unit *= 10;
    }
    return unit;
}

void builder_add_money(struct builder *b, struct money money)
{
    uint64_t unit = (uint64_t)currency_unit(money.currency);
    uint64_t size = money.minor < 0 ? -(uint64_t)money.minor : (uint64_t)money.minor;
    int digits = currency_digits(money.currency);
    builder_add_format(b, "%s%llu", money.minor < 0 ? "-" : "", (unsigned long long)(size / unit));
    if (digits > 0) {
        builder_add_format(b, ".%0*llu", digits, (unsigned long long)(size % unit));
    }
}

static bool in_range(int64_t minor)
{
    return minor >= -MONEY_MAX && minor <= MONEY_MAX;
}

bool money_add(struct money a, struct money b, struct money *out)
{
    int64_t sum;
    if (!currency_equal(a.currency, b.currency) || __builtin_add_overflow(a.minor, b.minor, &sum) ||
        !in_range(sum)) {
        return false;
    }
    *out = (struct money){sum, a.currency};
    return true;
}

bool money_subtract(struct money a, struct money b, struct money *out)
{
    int64_t difference;
    if (!currency_equal(a.currency, b.currency) ||
        __builtin_sub_overflow(a.minor, b.minor, &difference) || !in_range(difference)) {
        return false;
    }
    *out = (struct money){difference, a.currency};
    return true;
}

/* What is to be added to a quotient cut towards zero, by size, in the direction of its sign. */
static int round_step(unsigned __int128 whole, unsigned __int128 rest, unsigned __int128 divisor,
                      enum rounding how)
{
    if (rest == 0) {
        return 0;
    }
    switch (how) {
    case ROUND_DOWN:
        return 0;
    case ROUND_UP:
        return 1;
    case ROUND_HALF_EVEN:
        if (rest * 2 == divisor) {
            return (int)(whole & 1);
        }
        return rest * 2 > divisor;
    }
    return 0;
}

bool money_share(struct money amount, int64_t numerator, int64_t denominator, enum rounding how,
                 struct money *out)
{
    if (denominator < 1 || !in_range(amount.minor)) {
        return false;
    }
    __int128 product = (__int128)amount.minor * numerator;
    bool negative = product < 0;
    unsigned __int128 size = negative ? -(unsigned __int128)product : (unsigned __int128)product;
    unsigned __int128 divisor = (unsigned __int128)denominator;
    unsigned __int128 whole = size / divisor;
    whole += (unsigned __int128)round_step(whole, size % divisor, divisor, how);
    if (whole > (unsigned __int128)MONEY_MAX) {
        return false;
    }
    *out = (struct money){negative ? -(int64_t)whole : (int64_t)whole, amount.currency};
    return true;
}

bool money_split(struct money amount, const int64_t *weights, int count, struct money *out)
{
    __int128 total = 0;
    for (int i = 0; i < count; i++) {
        if (weights[i] < 0) {
            return false;
        }
        total += weights[i];
    }
    if (total == 0 || !in_range(amount.minor)) {
        return false;
    }
    int64_t left = amount.minor;
    for (int i = 0; i < count; i++) {
        int64_t part = (int64_t)((__int128)amount.minor * weights[i] / total);
        out[i] = (struct money){part, amount.currency};
        left -= part;
    }
    int64_t unit = left < 0 ? -1 : 1;
    for (int i = 0; i < count && left != 0; i++) {
        if (weights[i] > 0) {
            out[i].minor += unit;
            left -= unit;
        }
    }
    return true;
}

/* What may stand between digits. */
enum mark { MARK_NONE = 0, MARK_SPACE, MARK_POINT, MARK_COMMA };

/* Bytes of the mark at the front: a space, U+00A0 and U+202F (what ICU writes in French), ',', '.'. */
static size_t mark_at(struct text t, enum mark *mark)
{
    *mark = MARK_SPACE;
    if (text_starts(t, " ")) {
        return 1;
    }
    if (text_starts(t, "\xC2\xA0")) {
        return 2;
    }
    if (text_starts(t, "\xE2\x80\xAF")) {
        return 3;
    }
    *mark = text_starts(t, ".") ? MARK_POINT : text_starts(t, ",") ? MARK_COMMA : MARK_NONE;
    return *mark != MARK_NONE;
}

/* Digits off the front onto *minor; false beyond MONEY_MAX. */
static bool take_digits(struct text *t, int64_t *minor, int *count)
{
    *count = 0;
    while (t->size > 0 && t->data[0] >= '0' && t->data[0] <= '9') {
        int64_t more = *minor * 10 + (t->data[0] - '0');
        if (more > MONEY_MAX) {
            return false;
        }
        *minor = more;
        *count += 1;
        t->data++;
        t->size--;
    }
    return true;
}

/* True when the mark is the decimal one: the last of its kind, and the only one of it. */
static bool is_decimal(struct text after, enum mark mark, enum mark group)
{
    if (mark == MARK_SPACE || mark == group) {
        return false;
    }
    for (size_t i = 0; i < after.size; i++) {
        if (after.data[i] < '0' || after.data[i] > '9') {
            return false;
        }
    }
    return true;
}

/* Reads the groups before the point; *t is then what follows the decimal mark, if there was one. */
static bool take_whole(struct text *t, int64_t *minor, bool *decimal)
{
    enum mark group = MARK_NONE;
    int count;
    if (!take_digits(t, minor, &count) || count == 0) {
        return false;
    }
    while (t->size > 0) {
        enum mark mark;
        size_t size = mark_at(*t, &mark);
        if (mark == MARK_NONE) {
            return false;
        }
        struct text after = {t->data + size, t->size - size};
        *t = after;
        if (is_decimal(after, mark, group)) {
            *decimal = true;
            return true;
        }
        bool first = group == MARK_NONE;
        if ((first && count > 3) || (!first && mark != group)) {
            return false;
        }
        group = mark;
        if (!take_digits(t, minor, &count) || count != 3) {
            return false;
        }
    }
    return true;
}

bool money_parse(struct text typed, struct currency currency, struct money *out)
{
    if (!find_currency(currency.code)) {
        return false;
    }
    int digits = currency_digits(currency);
    struct text left = text_trim(typed);
    int64_t minor = 0;
    bool decimal = false;
    int count = 0;
    if (!take_whole(&left, &minor, &decimal)) {
        return false;
    }
    if (decimal && (!take_digits(&left, &minor, &count) || count == 0 || count > digits)) {
        return false;
    }
    for (; count < digits; count++) {
        minor *= 10;
        if (minor > MONEY_MAX) {
            return false;
        }
    }
    *out = (struct money){minor, currency};
    return true;
}
