/*
 * Fees of personal offers against the books, on both engines: the audit misses a fee that nothing holds, and asks
 * nothing of offers that were answered.
 */
#include "modules/referrals/personal/personal.h"

#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "modules/referrals/audit.h"
#include "modules/referrals/schema.h"

static struct bed bed;

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema, &referrals_schema};
    static const char *const places[] = {"src/ledger/", "src/core/", "src/modules/referrals/"};
    bed = bed_begin_with(state, schemas, COUNT_OF(schemas), places, COUNT_OF(places));
    bed_damage(&bed,
               "INSERT INTO core_deal (id, flow, state, subject, supplier, buyer, price_minor, "
               "price_currency, at, moved) VALUES "
               "(9001, 'referrals.offer', 'offered', 1, 103, 101, 5000, 'EUR', 1, 1)");
    bed_damage(&bed,
               "INSERT INTO referrals_offer (deal, partner, program, levels, level_1, level_2, "
               "level_3, message, answer, hold, until) VALUES "
               "(9001, 1, 1, 0, 0, 0, 0, '', '', 0, 1)");
}

static void hear(void *context, const char *line)
{
    int *heard = context;
    *heard += strstr(line, "the fee set aside for an offer") != NULL;
}

static void the_audit_misses_a_fee_that_nothing_holds(void **state)
{
    int heard = 0;
    struct ledger_audit_listener listener = {&heard, hear};
    int64_t missing = -1;
    begin(state);
    assert_null(referrals_audit(bed.reader, bed.memory, &listener, &missing));
    assert_int_equal(missing, 1);
    assert_int_equal(heard, 1);
    bed_damage(&bed, "UPDATE core_deal SET state = 'refused'");
    missing = 0;
    assert_null(referrals_audit(bed.reader, bed.memory, &listener, &missing));
    assert_int_equal(missing, 0);
    bed_end(&bed);
}

static void hear_post(void *context, const char *line)
{
    int *heard = context;
    *heard += strstr(line, "the fee due with a post") != NULL;
}

static int64_t missing_fees(const char *damage)
{
    int heard = 0;
    struct ledger_audit_listener listener = {&heard, hear_post};
    int64_t missing = -1;
    bed_damage(&bed, damage);
    assert_null(referrals_audit(bed.reader, bed.memory, &listener, &missing));
    assert_int_equal(missing, heard);
    return missing;
}

static void the_audit_misses_a_fee_due_with_a_post(void **state)
{
    begin(state);
    bed_damage(&bed, "UPDATE core_deal SET state = 'agreed'");
    assert_int_equal(missing_fees("INSERT INTO referrals_partner (id, program, person, state, at, "
                                  "moved) VALUES (1, 1, 103, 'active', 1, 1)"),
                     0);
    assert_int_equal(missing_fees("INSERT INTO referrals_post_fee (deal, partner, hold, until, "
                                  "post) VALUES (9001, 1, 0, 0, 0)"),
                     0); /* not agreed yet */
    assert_int_equal(missing_fees("UPDATE referrals_post_fee SET hold = 77, until = 5"), 1);
    bed_damage(&bed, "INSERT INTO ledger_account (id, party, purpose, currency, balance_minor, "
                     "held_minor) VALUES (88, 101, 'wallet', 'EUR', 5000, 5000)");
    assert_int_equal(missing_fees("INSERT INTO ledger_hold (id, account, amount_minor, "
                                  "amount_currency, state, subject, at, until) VALUES "
                                  "(77, 88, 5000, 'EUR', 'open', 9001, 1, 5)"),
                     0);
    assert_int_equal(missing_fees("UPDATE ledger_hold SET state = 'voided'"), 1);
    assert_int_equal(missing_fees("UPDATE ledger_hold SET state = 'expired'"), 0);
    assert_int_equal(missing_fees("UPDATE referrals_post_fee SET post = 5"), 1);
    assert_int_equal(missing_fees("UPDATE ledger_hold SET state = 'posted'"), 0);
    assert_int_equal(missing_fees("UPDATE ledger_hold SET amount_minor = 4000"), 1);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(the_audit_misses_a_fee_that_nothing_holds),
        ON_BOTH(the_audit_misses_a_fee_due_with_a_post),
    };
    return cmocka_run_group_tests_name("modules/referrals/personal", tests, NULL, NULL);
}
