/*
 * Books that were damaged on purpose, and the journal as hledger reads it, on both engines.
 */
#include "ledger/audit.h"
#include "ledger/journal.h"
#include "ledger/ledger_test_bed.h"

#include "base/ids.h"

static const struct instant now = {1781100131000};

enum { BUYER, SELLER };

static const struct posting_template pay_in = {
    .name = "test.pay_in",
    .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, BUYER}, 0, "test.in"}},
    .count = 1,
};
static const struct posting_template sale = {
    .name = "test.sale",
    .legs = {{{ACCOUNT_WALLET, BUYER}, {ACCOUNT_SALE, LEDGER_PLATFORM}, 0, "test.price"},
             {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, SELLER}, 1, "test.share"},
             {{ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_INCOME, LEDGER_PLATFORM}, 2, "test.fee"}},
    .count = 3,
};

/* A hundred sales in two currencies, one hold open and one posted: more than one page of rows. */
static const struct problem *fill(struct database *db, struct memory *memory, void *context)
{
    int round = *(int *)context;
    struct currency currency = {"EUR"};
    if (round % 2 == 1)
        memcpy(currency.code, "JPY", 4);
    struct posting_id posted;
    struct posting posting = {.template = &pay_in,
                              .parties = {{1000 + round}, {2000 + round % 7}},
                              .amounts = {{100000, currency}},
                              .subject = round,
                              .at = instant_add(now, round * DAY)};
    const struct problem *problem = ledger_post(db, memory, &posting, &posted);
    posting.template = &sale;
    for (int i = 1; !problem && i <= 20; i++) {
        posting.amounts[0].minor = 100 * i;
        posting.amounts[1] = (struct money){60 * i, currency};
        posting.amounts[2] = (struct money){40 * i, currency};
        problem = ledger_post(db, memory, &posting, &posted);
    }
    struct hold_id hold;
    struct money some = {5000, currency};
    for (int i = 0; !problem && i < 2; i++)
        problem = ledger_hold(db, memory, posting.parties[BUYER], ACCOUNT_WALLET, some, round, now,
                              (struct instant){0}, &hold);
    return problem ? problem : ledger_hold_post(db, memory, hold, &posting, &posted);
}

static struct bed begin(void **state)
{
    struct bed bed = bed_begin(state);
    for (int round = 0; round < 10; round++)
        assert_null(store_write(bed.store, bed.memory, fill, &round));
    return bed;
}

struct heard {
    char lines[4000];
    int64_t count;
};

static void hear(void *context, const char *line)
{
    struct heard *heard = context;
    size_t size = strlen(heard->lines);
    (void)snprintf(heard->lines + size, sizeof heard->lines - size, "%s\n", line);
    heard->count++;
}

static struct heard audit(struct bed *bed)
{
    struct heard heard = {{0}, 0};
    struct ledger_audit_listener listener = {&heard, hear};
    int64_t found = -1;
    assert_null(ledger_audit(bed->reader, bed->memory, &listener, &found));
    assert_int_equal(found, heard.count);
    return heard;
}

/* Damages, and expects exactly `count` lines, one of which holds `words`. */
static void finds(void **state, const char *damage, int64_t count, const char *words)
{
    struct bed bed = begin(state);
    bed_damage(&bed, damage);
    struct heard heard = audit(&bed);
    if (!strstr(heard.lines, words) || heard.count != count)
        fail_msg("%s\nwas heard as %lld lines:\n%s", damage, (long long)heard.count, heard.lines);
    bed_end(&bed);
}

static void clean_books_say_nothing(void **state)
{
    struct bed bed = begin(state);
    struct heard heard = audit(&bed);
    assert_string_equal(heard.lines, "");
    bed_end(&bed);
}

static void empty_books_say_nothing(void **state)
{
    struct bed bed = bed_begin(state);
    assert_int_equal(audit(&bed).count, 0);
    bed_end(&bed);
}

static void finds_a_damaged_balance(void **state)
{
    finds(state,
          "UPDATE ledger_account SET balance_minor = balance_minor + 1 WHERE purpose = 'earnings' "
          "AND party = 2003",
          2, "earnings of pty_");
}

static void finds_a_damaged_hold(void **state)
{
    finds(state,
          "UPDATE ledger_account SET held_minor = held_minor - 1 WHERE purpose = 'wallet' AND "
          "party = 1003",
          1, "held 4999, its open holds say 5000");
}

/* Both accounts of the leg and the posting are named. */
static void finds_a_missing_leg(void **state)
{
    finds(state,
          "DELETE FROM ledger_transfer WHERE id = (SELECT MAX(id) FROM ledger_transfer WHERE "
          "reason = 'test.fee')",
          3, "has 2 transfers, was written with 3");
}

static void finds_a_changed_amount(void **state)
{
    finds(state,
          "UPDATE ledger_transfer SET amount_minor = amount_minor + 100 WHERE id = (SELECT MIN(id) "
          "FROM ledger_transfer WHERE reason = 'test.share')",
          3, "a transfer of it was changed");
}

/* With balances changed to match, only the digest can tell. */
static void finds_an_amount_changed_with_its_balances(void **state)
{
    finds(state,
          "UPDATE ledger_transfer SET amount_minor = amount_minor + 7 WHERE id = (SELECT MIN(id) "
          "FROM ledger_transfer WHERE reason = 'test.in');"
          "UPDATE ledger_account SET balance_minor = balance_minor + 7 WHERE purpose = 'wallet' "
          "AND party = 1000;"
          "UPDATE ledger_account SET balance_minor = balance_minor - 7 WHERE purpose = 'world' "
          "AND currency = 'EUR'",
          1, "a transfer of it was changed");
}

static void finds_a_lost_posting(void **state)
{
    finds(state,
          "DELETE FROM ledger_posting WHERE id = (SELECT MAX(posting) FROM ledger_transfer WHERE "
          "reason = 'test.in')",
          1, "its posting is missing");
}

static void finds_money_left_in_a_sale(void **state)
{
    finds(state,
          "UPDATE ledger_account SET balance_minor = 5 WHERE purpose = 'sale' AND currency = 'EUR'",
          3, "sales pass through it, and 5 stayed");
}

static void finds_a_hold_without_its_posting(void **state)
{
    finds(state,
          "UPDATE ledger_hold SET posting = NULL WHERE id = (SELECT MAX(id) FROM ledger_hold WHERE "
          "state = 'posted')",
          1, "is posted and names no posting");
}

static void finds_units_where_none_may_lie(void **state)
{
    finds(state,
          "INSERT INTO ledger_account (id, party, purpose, currency, issuer) VALUES (5, 2003, "
          "'earnings', 'EUR', 77)",
          1, "may not lie in earnings of pty_");
}

static const struct problem *write_piece(void *context, struct text piece)
{
    size_t size = fwrite(piece.data, 1, piece.size, context);
    return size == piece.size ? NULL : &world_failed;
}

static void write_journal_as(struct bed *bed, enum journal_format format, char path[96])
{
    (void)snprintf(path, 96, "%s/books.journal", bed->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    struct journal_sink sink = {file, write_piece};
    assert_null(journal_write(bed->reader, bed->memory, format, &sink));
    assert_int_equal(fclose(file), 0);
}

static void write_journal(struct bed *bed, char path[96])
{
    write_journal_as(bed, JOURNAL_HLEDGER, path);
}

/* Runs a program and keeps what it prints; its exit code. */
static int shell(const char *command, char *out, size_t room)
{
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    size_t size = fread(out, 1, room - 1, pipe);
    out[size] = '\0';
    return pclose(pipe);
}

static void need_hledger(void)
{
    char out[200];
    if (shell("hledger --version 2>&1", out, sizeof out) != 0) {
        print_message("skipped: hledger is not installed\n");
        skip();
    }
}

static void expect_in(const char *out, const char *amount, const char *account)
{
    char line[200];
    (void)snprintf(line, sizeof line, "\"%s\",\"%s\"", account, amount);
    if (!strstr(out, line))
        fail_msg("%s is not in\n%s", line, out);
}

static void hledger_agrees_on_every_balance(void **state)
{
    need_hledger();
    struct bed bed = begin(state);
    char path[96];
    char command[200];
    char out[8000];
    write_journal(&bed, path);
    (void)snprintf(command, sizeof command, "hledger -f %s check 2>&1", path);
    if (shell(command, out, sizeof out) != 0)
        fail_msg("%s", out);
    (void)snprintf(command, sizeof command, "LC_ALL=C.UTF-8 hledger -f %s bal --flat -O csv 2>&1",
                   path);
    assert_int_equal(shell(command, out, sizeof out), 0);
    int accounts = 0;
    for (int round = 0; round < 10; round++) {
        struct currency currency = {"EUR"};
        if (round % 2 == 1)
            memcpy(currency.code, "JPY", 4);
        struct ledger_balance is;
        assert_null(ledger_balance(bed.reader, bed.memory, (struct party_id){1000 + round},
                                   ACCOUNT_WALLET, currency, &is));
        char account[64];
        char amount[64];
        (void)snprintf(account, sizeof account, "wallet:%s", id_text("pty", 1000 + round).text);
        if (round % 2 == 1)
            (void)snprintf(amount, sizeof amount, "%lld JPY", (long long)is.balance.minor);
        else
            (void)snprintf(amount, sizeof amount, "%lld.%02lld EUR",
                           (long long)is.balance.minor / 100, (long long)is.balance.minor % 100);
        expect_in(out, amount, account);
        accounts++;
    }
    assert_int_equal(accounts, 10);
    bed_end(&bed);
}

/* The assertions at the end make hledger refuse books that disagree with themselves. */
static void hledger_refuses_a_damaged_balance(void **state)
{
    need_hledger();
    struct bed bed = begin(state);
    bed_damage(&bed, "UPDATE ledger_account SET balance_minor = balance_minor + 1 WHERE purpose = "
                     "'earnings' AND party = 2003");
    char path[96];
    char command[200];
    char out[8000];
    write_journal(&bed, path);
    (void)snprintf(command, sizeof command, "hledger -f %s check 2>&1", path);
    assert_int_not_equal(shell(command, out, sizeof out), 0);
    assert_non_null(strstr(out, "balance assertion"));
    bed_end(&bed);
}

static void bean_check_agrees_and_refuses(void **state)
{
    char path[96];
    char command[200];
    char out[8000];
    if (shell("bean-check --version 2>&1", out, sizeof out) != 0) {
        print_message("skipped: beancount is not installed\n");
        skip();
    }
    struct bed bed = begin(state);
    write_journal_as(&bed, JOURNAL_BEANCOUNT, path);
    (void)snprintf(command, sizeof command, "bean-check %s 2>&1", path);
    if (shell(command, out, sizeof out) != 0)
        fail_msg("%s", out);
    /* A cent is no tolerance. */
    bed_damage(&bed, "UPDATE ledger_account SET balance_minor = balance_minor + 1 WHERE purpose = "
                     "'earnings' AND party = 2003");
    write_journal_as(&bed, JOURNAL_BEANCOUNT, path);
    assert_int_not_equal(shell(command, out, sizeof out), 0);
    assert_non_null(strstr(out, "Balance failed"));
    bed_end(&bed);
}

static const struct problem *refuse_piece(void *context, struct text piece)
{
    (void)context;
    (void)piece;
    return &disk_full;
}

static void journal_stops_when_the_disk_is_full(void **state)
{
    struct bed bed = begin(state);
    struct journal_sink sink = {NULL, refuse_piece};
    assert_ptr_equal(journal_write(bed.reader, bed.memory, JOURNAL_HLEDGER, &sink), &disk_full);
    bed_end(&bed);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(clean_books_say_nothing),
        ON_BOTH(empty_books_say_nothing),
        ON_BOTH(finds_a_damaged_balance),
        ON_BOTH(finds_a_damaged_hold),
        ON_BOTH(finds_a_missing_leg),
        ON_BOTH(finds_a_changed_amount),
        ON_BOTH(finds_an_amount_changed_with_its_balances),
        ON_BOTH(finds_a_lost_posting),
        ON_BOTH(finds_money_left_in_a_sale),
        ON_BOTH(finds_a_hold_without_its_posting),
        ON_BOTH(finds_units_where_none_may_lie),
        ON_BOTH(hledger_agrees_on_every_balance),
        ON_BOTH(hledger_refuses_a_damaged_balance),
        ON_BOTH(bean_check_agrees_and_refuses),
        ON_BOTH(journal_stops_when_the_disk_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
