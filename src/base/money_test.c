/*
 * Tests of base/money.c: ranges, rounding, splitting, what people type.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/money.h"

static const struct currency EUR = {"EUR"};
static const struct currency JPY = {"JPY"};
static const struct currency KWD = {"KWD"};

static struct money eur(int64_t minor)
{
    return (struct money){minor, EUR};
}

/* A fixed sequence, so that a failure can be repeated: Marsaglia's xorshift64. */
static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void currencies_are_sorted_and_known(void **state)
{
    (void)state;
    static const char *const codes[] = {
#define CURRENCY(code, digits) #code,
#include "base/currencies.def"
#undef CURRENCY
    };
    size_t count = sizeof codes / sizeof codes[0];
    assert_true(count > 150);
    for (size_t i = 0; i < count; i++) {
        struct currency c;
        assert_true(i == 0 || strcmp(codes[i - 1], codes[i]) < 0);
        assert_true(currency_parse(text_of(codes[i]), &c));
        assert_string_equal(c.code, codes[i]);
    }
    struct currency untouched = EUR;
    assert_false(currency_parse(text_of("eur"), &untouched));
    assert_false(currency_parse(text_of("EURO"), &untouched));
    assert_false(currency_parse(text_of("XXX"), &untouched));
    assert_false(currency_parse(text_of(""), &untouched));
    assert_true(currency_equal(untouched, EUR));
    assert_int_equal(currency_digits(EUR), 2);
    assert_int_equal(currency_digits(JPY), 0);
    assert_int_equal(currency_digits(KWD), 3);
    assert_int_equal(currency_digits((struct currency){""}), 0);
}

static void sums_stop_at_the_range(void **state)
{
    (void)state;
    struct money out = eur(1);
    assert_true(money_add(eur(MONEY_MAX - 1), eur(1), &out) && out.minor == MONEY_MAX);
    out = eur(1);
    assert_false(money_add(eur(MONEY_MAX), eur(1), &out));
    assert_false(money_subtract(eur(-MONEY_MAX), eur(1), &out));
    assert_false(money_add(eur(INT64_MAX), eur(INT64_MAX), &out));
    assert_false(money_subtract(eur(INT64_MIN), eur(1), &out));
    assert_false(money_add(eur(1), (struct money){1, JPY}, &out));
    assert_int_equal(out.minor, 1);
    assert_true(money_subtract(eur(-MONEY_MAX + 1), eur(1), &out) && out.minor == -MONEY_MAX);
}

static int64_t share(int64_t amount, int64_t numerator, int64_t denominator, enum rounding how)
{
    struct money out;
    assert_true(money_share(eur(amount), numerator, denominator, how, &out));
    return out.minor;
}

static void shares_round_as_named(void **state)
{
    (void)state;
    assert_int_equal(share(5, 1, 2, ROUND_HALF_EVEN), 2);
    assert_int_equal(share(7, 1, 2, ROUND_HALF_EVEN), 4);
    assert_int_equal(share(-5, 1, 2, ROUND_HALF_EVEN), -2);
    assert_int_equal(share(-7, 1, 2, ROUND_HALF_EVEN), -4);
    assert_int_equal(share(5, -1, 2, ROUND_HALF_EVEN), -2);
    assert_int_equal(share(5, 1, 3, ROUND_HALF_EVEN), 2);
    assert_int_equal(share(4, 1, 3, ROUND_HALF_EVEN), 1);
    assert_int_equal(share(5, 1, 2, ROUND_DOWN), 2);
    assert_int_equal(share(-5, 1, 2, ROUND_DOWN), -2);
    assert_int_equal(share(5, 1, 2, ROUND_UP), 3);
    assert_int_equal(share(-5, 1, 2, ROUND_UP), -3);
    assert_int_equal(share(6, 1, 2, ROUND_UP), 3);
    assert_int_equal(share(12345, 800, 10000, ROUND_HALF_EVEN), 988);
    assert_int_equal(share(MONEY_MAX, INT64_MAX, INT64_MAX, ROUND_UP), MONEY_MAX);
    struct money out = eur(9);
    assert_false(money_share(eur(MONEY_MAX), 3, 2, ROUND_DOWN, &out));
    assert_false(money_share(eur(1), INT64_MAX, 1, ROUND_DOWN, &out));
    assert_false(money_share(eur(1), 1, 0, ROUND_DOWN, &out));
    assert_false(money_share(eur(1), 1, -1, ROUND_DOWN, &out));
    assert_false(money_share(eur(INT64_MIN), 1, 1, ROUND_DOWN, &out));
    assert_int_equal(out.minor, 9);
}

static void parts_always_add_up(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252U;
    for (int round = 0; round < 20000; round++) {
        int64_t weights[8];
        struct money parts[8];
        int count = (int)(next_random(&seed) % 8) + 1;
        int shift = (int)(next_random(&seed) % 63) + 1;
        __int128 total = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = next_random(&seed) % 4 ? (int64_t)(next_random(&seed) >> shift) : 0;
            total += weights[i];
        }
        int64_t amount = (int64_t)(next_random(&seed) >> (11 + shift % 53));
        amount = next_random(&seed) % 2 ? amount : -amount;
        bool done = money_split(eur(amount), weights, count, parts);
        assert_int_equal(done, total > 0);
        int64_t sum = 0;
        for (int i = 0; done && i < count; i++) {
            __int128 exact = (__int128)amount * weights[i];
            __int128 off = (__int128)parts[i].minor * total - exact;
            assert_true(off <= total && off >= -total);
            assert_true(weights[i] > 0 || parts[i].minor == 0);
            assert_true(currency_equal(parts[i].currency, EUR));
            sum += parts[i].minor;
        }
        assert_true(!done || sum == amount);
    }
}

static void the_first_get_the_remainder(void **state)
{
    (void)state;
    struct money parts[3];
    const int64_t even[] = {1, 1, 1};
    assert_true(money_split(eur(100), even, 3, parts));
    assert_int_equal(parts[0].minor, 34);
    assert_int_equal(parts[1].minor, 33);
    assert_int_equal(parts[2].minor, 33);
    assert_true(money_split(eur(-2), even, 3, parts));
    assert_int_equal(parts[0].minor, -1);
    assert_int_equal(parts[2].minor, 0);
    const int64_t first_empty[] = {0, 1, 1};
    assert_true(money_split(eur(3), first_empty, 3, parts));
    assert_int_equal(parts[0].minor, 0);
    assert_int_equal(parts[1].minor, 2);
    const int64_t negative[] = {2, -1, 1};
    const int64_t nothing[] = {0, 0, 0};
    assert_false(money_split(eur(3), negative, 3, parts));
    assert_false(money_split(eur(3), nothing, 3, parts));
    assert_false(money_split(eur(3), even, 0, parts));
    assert_int_equal(parts[1].minor, 2);
}

static const struct {
    const char *typed;
    int64_t minor;
} good_amounts[] = {{"12.50", 1250},
                    {"12,50", 1250},
                    {"1 234,50", 123450},
                    {"1,234.50", 123450},
                    {"1.234,50", 123450},
                    {"1,234,567", 123456700},
                    {" 7 ", 700},
                    {"0", 0},
                    {"0.05", 5},
                    {"12.5", 1250},
                    {"1\xC2\xA0"
                     "234,5",
                     123450},
                    {"1\xE2\x80\xAF"
                     "234",
                     123400},
                    {"90071992547409.91", MONEY_MAX},
                    {"007", 700}};

static void typed_amounts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good_amounts / sizeof good_amounts[0]; i++) {
        struct money out = eur(-1);
        assert_true(money_parse(text_of(good_amounts[i].typed), EUR, &out));
        assert_int_equal(out.minor, good_amounts[i].minor);
    }
    static const char *const bad[] = {"",
                                      " ",
                                      "-0",
                                      "-1",
                                      "+1",
                                      "1e309",
                                      "1e3",
                                      "12,3.4",
                                      "12.345",
                                      "1.234",
                                      "1,234",
                                      "12.",
                                      ".5",
                                      "1,23,456",
                                      "1234,567,890",
                                      "1 23",
                                      "1 234 5",
                                      "1,234.5.6",
                                      "1.2.3",
                                      "12 EUR",
                                      "0x10",
                                      "NaN",
                                      "inf",
                                      "90071992547409.92",
                                      "99999999999999999999999",
                                      "1  234",
                                      "1,,234",
                                      "--1",
                                      "1 234,567",
                                      "1,234 567",
                                      "\xD9\xA1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct money out = eur(-1);
        assert_false(money_parse(text_of(bad[i]), EUR, &out));
        assert_int_equal(out.minor, -1);
    }
    struct money out;
    assert_true(money_parse(text_of("1 234"), JPY, &out) && out.minor == 1234);
    assert_false(money_parse(text_of("1.5"), JPY, &out));
    assert_true(money_parse(text_of("1.234"), KWD, &out) && out.minor == 1234);
    assert_false(money_parse(text_of("1"), (struct currency){""}, &out));
}

static void amounts_are_written_as_they_are_read(void **state)
{
    static const struct {
        struct money money;
        const char *written;
    } known[] = {{{184, {"EUR"}}, "1.84"},
                 {{5, {"EUR"}}, "0.05"},
                 {{-5, {"EUR"}}, "-0.05"},
                 {{-184, {"JPY"}}, "-184"},
                 {{0, {"EUR"}}, "0.00"},
                 {{1234, {"BHD"}}, "1.234"},
                 {{INT64_MIN, {"JPY"}}, "-9223372036854775808"}};
    struct memory *memory = memory_create(1 << 16);
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct builder b = builder_make(memory, 100);
        struct text written;
        builder_add_money(&b, known[i].money);
        assert_null(builder_end(&b, &written));
        assert_string_equal(written.data, known[i].written);
    }
    assert_int_equal(currency_unit((struct currency){"EUR"}), 100);
    assert_int_equal(currency_unit((struct currency){"JPY"}), 1);
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_written_as_they_are_read),
        cmocka_unit_test(currencies_are_sorted_and_known),
        cmocka_unit_test(sums_stop_at_the_range),
        cmocka_unit_test(shares_round_as_named),
        cmocka_unit_test(parts_always_add_up),
        cmocka_unit_test(the_first_get_the_remainder),
        cmocka_unit_test(typed_amounts),
    };
    return cmocka_run_group_tests_name("base/money", tests, NULL, NULL);
}
