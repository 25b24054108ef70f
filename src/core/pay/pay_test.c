/*
 * Money at the edges: paying in, paying out, what a bank is sent, on both engines.
 */
#include "core/pay/parts.h"
#include "core/pay/pain001.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"

#include <sys/stat.h>

static const struct currency eur = {"EUR"};
static const struct party_id firm = {101};
static const struct party_id ines = {102};
static const struct party_id olga = {103};
static const struct instant now = {1781100131000};
static const struct text none = {"", 0};

static void set(const char *name, const char *value)
{
    struct text complaint;
    static struct memory *process; /* settings live as long as the process */
    if (!process)
        process = memory_create(1 << 20);
    if (settings_set(process, text_of(name), text_of(value), &complaint))
        fail_msg("%.*s", TEXT_ARGS(complaint));
}

/* Standards only: the environment and files of whoever runs the test are not asked. */
static int declare(void **state)
{
    (void)state;
    settings_declare(pay_part.settings, pay_part.setting_count);
    settings_declare(web_settings, web_setting_count);
    return 0;
}

static struct bed begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/",    "src/core/pay", "src/core/flow",
                                         "src/core/event", "src/core/act", "src/core/people/team"};
    struct bed bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    bed_damage(&bed,
               "INSERT INTO core_party (id, kind, name, joined) VALUES "
               "(101, 'organisation', 'Nordlicht Reisen', 1), (102, 'person', 'In\u00e9s', 1), "
               "(103, 'person', 'Olga', 1)");
    set("pay.test_rail", "on");
    set("pay.debtor_name", "Marktgemeinschaft Bonn eG");
    set("pay.debtor_iban", "DE89 3704 0044 0532 0130 00");
    set("pay.debtor_bic", "");
    return bed;
}

static void hear(void *context, const char *line)
{
    (void)context;
    print_message("%s\n", line);
}

static int64_t audit(struct bed *bed)
{
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t books = -1;
    int64_t payments = -1;
    assert_null(ledger_audit(bed->reader, bed->memory, &listener, &books));
    assert_null(pay_audit(bed->reader, bed->memory, &listener, &payments));
    return books + payments;
}

static void end(struct bed *bed)
{
    assert_int_equal(audit(bed), 0);
    bed_end(bed);
}

static struct money euro(int64_t minor)
{
    return (struct money){minor, eur};
}

static void expect(struct bed *bed, struct party_id party, enum account_purpose purpose,
                   int64_t balance)
{
    struct ledger_balance is;
    assert_null(ledger_balance(bed->reader, bed->memory, party, purpose, eur, &is));
    assert_int_equal(is.balance.minor, balance);
}

static struct payment_id pay_in(struct bed *bed, const struct rail *rail, int64_t amount)
{
    struct payment_id id = {0};
    assert_null(
        payment_begin(bed->store, bed->memory, rail, firm, olga, euro(amount), none, now, &id));
    return id;
}

/* Inés has earned `amount`. */
static const struct problem *earn_work(struct database *db, struct memory *memory, void *context)
{
    static const struct posting_template earned = {
        .name = "test.earned",
        .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, 0}, 0, "test.earned"}},
        .count = 1,
    };
    struct posting posting = {.template = &earned,
                              .parties = {ines},
                              .amounts = {*(struct money *)context},
                              .subject = 1,
                              .at = now};
    struct posting_id posted;
    return ledger_post(db, memory, &posting, &posted);
}

static void earn(struct bed *bed, int64_t amount)
{
    struct money sum = euro(amount);
    assert_null(store_write(bed->store, bed->memory, earn_work, &sum));
}

static void bank(struct bed *bed, const char *holder)
{
    assert_null(payout_bank(bed->store, bed->memory, ines, text_of(holder),
                            text_of("es91 2100 0418 4502 0005 1332"), now));
}

static struct payout_id ask(struct bed *bed, int64_t amount)
{
    struct payout_id id = {0};
    assert_null(payout_begin(bed->store, bed->memory, ines, euro(amount), none, now, &id));
    return id;
}

static const struct problem *step(struct bed *bed, const struct flow *flow, int64_t subject,
                                  int event, enum by by, struct party_id actor, const char *note)
{
    struct move move = {.flow = flow,
                        .subject = subject,
                        .event = event,
                        .by = by,
                        .actor = actor,
                        .note = text_of(note),
                        .at = now};
    return flow_make(bed->store, bed->memory, &move);
}

static const struct problem *move(struct bed *bed, struct payout_id id, enum payout_event event,
                                  const char *note)
{
    return step(bed, &payout_flow, id.value, (int)event, BY_OPERATOR, olga, note);
}

static const struct problem *payment_step(struct bed *bed, struct payment_id id,
                                          enum payment_event event, enum by by)
{
    return step(bed, &payment_flow, id.value, (int)event, by, olga, "");
}

static const struct problem *take_back(struct bed *bed, struct payout_id id)
{
    return step(bed, &payout_flow, id.value, PAYOUT_WITHDRAW, BY_SUPPLIER, ines, "");
}

static void iban(void **state)
{
    (void)state;
    char out[35];
    /* Examples of the IBAN Registry. */
    static const char *const good[] = {"AD1200012030200359100100",
                                       "BE68539007547034",
                                       "DE89370400440532013000",
                                       "ES9121000418450200051332",
                                       "FR1420041010050500013M02606",
                                       "GB29NWBK60161331926819",
                                       "MT84MALT011000012345MTLCAST001S",
                                       "NL91ABNA0417164300",
                                       "NO9386011117947",
                                       "LC55HEMM000100010012001200023015",
                                       "CH9300762011623852957",
                                       "SE4550000000058398257466"};
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        if (!iban_parse(text_of(good[i]), out))
            fail_msg("%s was refused", good[i]);
        assert_string_equal(out, good[i]);
    }
    static const char *const bad[] = {"",
                                      "ES",
                                      "ES91",
                                      "ES9121000418450200051333",
                                      "ES912100041845020005133",
                                      "ES91210004184502000513322",
                                      "XX9121000418450200051332",
                                      "ES91-2100-0418-4502-0005-1332",
                                      "12ES21000418450200051332",
                                      "ESA121000418450200051332",
                                      "DE89370400440532013001",
                                      "LC55HEMM0001000100120012000230150"};
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (iban_parse(text_of(bad[i]), out))
            fail_msg("%s was taken", bad[i]);
    assert_true(iban_parse(text_of(" es91 2100 0418 4502 0005 1332 "), out));
    assert_string_equal(out, "ES9121000418450200051332");
    struct memory *memory = memory_create(1 << 16);
    assert_string_equal(iban_hint(memory, text_of(out)).data, "ES\u2022\u2022\u00a01332");
    memory_end(memory);
}

/* Every single digit changed, and every two neighbours swapped, is noticed. */
static void iban_notices_slips(void **state)
{
    (void)state;
    char out[35];
    const char good[] = "DE89370400440532013000";
    for (size_t i = 2; i < sizeof good - 1; i++) {
        char typed[sizeof good];
        memcpy(typed, good, sizeof good);
        typed[i] = (char)('0' + (good[i] - '0' + 1) % 10);
        assert_false(iban_parse(text_of(typed), out));
        memcpy(typed, good, sizeof good);
        if (i + 2 < sizeof good && good[i] != good[i + 1]) {
            typed[i] = good[i + 1];
            typed[i + 1] = good[i];
            assert_false(iban_parse(text_of(typed), out));
        }
    }
}

static void name_becomes(const char *name, const char *expected)
{
    struct memory *memory = memory_create(1 << 20);
    struct builder out = builder_make(memory, 2000);
    struct text written;
    pain001_name(&out, text_of(name));
    assert_null(builder_end(&out, &written));
    assert_string_equal(written.data, expected);
    memory_end(memory);
}

static void names_in_the_characters_of_banks(void **state)
{
    (void)state;
    name_becomes("In\u00e9s Orti\u00f1o", "Ines Ortino");
    name_becomes("\u0410\u043d\u043d\u0430", "Anna");
    name_becomes("Bj\u00f6rn & S\u00f8n", "Bjorn + Son");
    name_becomes("a_b*c<d>", "a-b.c.d.");
    name_becomes("//a//b/", "a/b");
    name_becomes("", "NOTPROVIDED");
    name_becomes("1234567890123456789012345678901234567890123456789012345678901234567890xyz",
                 "1234567890123456789012345678901234567890123456789012345678901234567890");
}

static void test_rail_pays_in_at_once(void **state)
{
    struct bed bed = begin(state);
    pay_in(&bed, &rail_test, 10000);
    expect(&bed, firm, ACCOUNT_WALLET, 10000);
    end(&bed);
}

static void test_rail_is_off_unless_set(void **state)
{
    struct bed bed = begin(state);
    struct payment_id id;
    set("pay.test_rail", "off");
    assert_ptr_equal(
        payment_begin(bed.store, bed.memory, &rail_test, firm, olga, euro(1), none, now, &id),
        &pay_rail_off);
    expect(&bed, firm, ACCOUNT_WALLET, 0);
    end(&bed);
}

static void bank_transfer_waits_for_the_desk(void **state)
{
    struct bed bed = begin(state);
    struct payment_id id = pay_in(&bed, &rail_bank, 5000);
    expect(&bed, firm, ACCOUNT_WALLET, 0);
    assert_ptr_equal(payment_step(&bed, id, PAYMENT_RECEIVE, BY_BUYER), &flow_not_by_you);
    assert_null(payment_step(&bed, id, PAYMENT_RECEIVE, BY_OPERATOR));
    expect(&bed, firm, ACCOUNT_WALLET, 5000);
    assert_ptr_equal(payment_step(&bed, id, PAYMENT_RECEIVE, BY_OPERATOR), &flow_no_such_move);
    assert_ptr_equal(payment_step(&bed, id, PAYMENT_CANCEL, BY_BUYER), &flow_no_such_move);
    expect(&bed, firm, ACCOUNT_WALLET, 5000);
    end(&bed);
}

static void cancelled_payment_moves_nothing(void **state)
{
    struct bed bed = begin(state);
    struct payment_id id = pay_in(&bed, &rail_bank, 5000);
    assert_null(payment_step(&bed, id, PAYMENT_CANCEL, BY_BUYER));
    expect(&bed, firm, ACCOUNT_WALLET, 0);
    end(&bed);
}

static void double_click_pays_in_once(void **state)
{
    struct bed bed = begin(state);
    struct payment_id first;
    struct payment_id second;
    struct text key = TEXT("click-1");
    assert_null(
        payment_begin(bed.store, bed.memory, &rail_test, firm, olga, euro(700), key, now, &first));
    assert_null(
        payment_begin(bed.store, bed.memory, &rail_test, firm, olga, euro(700), key, now, &second));
    assert_true(first.value == second.value);
    assert_ptr_equal(
        payment_begin(bed.store, bed.memory, &rail_test, firm, olga, euro(701), key, now, &second),
        &ledger_once_conflict);
    expect(&bed, firm, ACCOUNT_WALLET, 700);
    end(&bed);
}

static const struct problem *try_ask(struct bed *bed, struct money amount)
{
    struct payout_id id;
    return payout_begin(bed->store, bed->memory, ines, amount, none, now, &id);
}

static void asking_is_checked_in_order(void **state)
{
    struct bed bed = begin(state);
    assert_ptr_equal(try_ask(&bed, euro(1)), &pay_no_bank);
    assert_ptr_equal(payout_bank(bed.store, bed.memory, ines, text_of("I"),
                                 text_of("ES9121000418450200051333"), now),
                     &pay_bad_iban);
    bank(&bed, "In\u00e9s Ortega");
    assert_ptr_equal(try_ask(&bed, (struct money){9999, {"USD"}}), &pay_other_currency);
    assert_ptr_equal(try_ask(&bed, euro(2499)), &pay_below_minimum);
    assert_ptr_equal(try_ask(&bed, euro(2500)), &ledger_not_enough);
    earn(&bed, 2500);
    assert_null(try_ask(&bed, euro(2500)));
    assert_ptr_equal(try_ask(&bed, euro(2500)), &ledger_not_enough);
    expect(&bed, ines, ACCOUNT_EARNINGS, 0);
    expect(&bed, ines, ACCOUNT_PAYOUTS, 2500);
    end(&bed);
}

static void payout_done_leaves_for_the_world(void **state)
{
    struct bed bed = begin(state);
    struct text xml;
    struct text complaint;
    earn(&bed, 5000);
    bank(&bed, "In\u00e9s Ortega");
    struct payout_id id = ask(&bed, 3000);
    assert_ptr_equal(move(&bed, id, PAYOUT_CONFIRM, ""), &flow_no_such_move);
    assert_null(move(&bed, id, PAYOUT_APPROVE, ""));
    assert_null(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint));
    expect(&bed, ines, ACCOUNT_PAYOUTS, 3000);
    assert_null(move(&bed, id, PAYOUT_CONFIRM, ""));
    assert_ptr_equal(move(&bed, id, PAYOUT_REJECT, "late"), &flow_no_such_move);
    expect(&bed, ines, ACCOUNT_EARNINGS, 2000);
    expect(&bed, ines, ACCOUNT_PAYOUTS, 0);
    expect(&bed, (struct party_id){0}, ACCOUNT_WORLD, -2000);
    end(&bed);
}

/* Where another sees to money, too, nobody sends what they approved; alone they may. */
static void second_pair_of_eyes(void **state)
{
    static const struct party_id paul = {104};
    struct bed bed = begin(state);
    struct text xml;
    struct text complaint;
    earn(&bed, 9000);
    bank(&bed, "In\u00e9s Ortega");
    struct payout_id id = ask(&bed, 3000);
    assert_null(move(&bed, id, PAYOUT_APPROVE, ""));
    bed_damage(&bed,
               "INSERT INTO core_party (id, kind, name, joined) VALUES (104, 'person', 'Paul', 1)");
    bed_damage(
        &bed,
        "INSERT INTO core_login (person, mail, password, language, operator, desk) VALUES "
        "(104, 'paul@example.org', '', 'en', 1, 4), (103, 'olga@example.org', '', 'en', 1, 8)");
    assert_null(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint));
    id = ask(&bed, 3000);
    assert_null(move(&bed, id, PAYOUT_APPROVE, ""));
    bed_damage(&bed, "UPDATE core_login SET desk = 8 WHERE person = 104");
    assert_ptr_equal(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint),
                     &not_found);
    assert_null(payouts_export(bed.store, bed.memory, paul, now, &xml, &complaint));
    assert_non_null(strstr(xml.data, "<NbOfTxs>1</NbOfTxs>"));
    end(&bed);
}

static void nobody_approves_their_own(void **state)
{
    struct bed bed = begin(state);
    earn(&bed, 9000);
    bank(&bed, "In\u00e9s Ortega");
    struct payout_id id = ask(&bed, 3000);
    assert_ptr_equal(step(&bed, &payout_flow, id.value, PAYOUT_APPROVE, BY_OPERATOR, ines, ""),
                     &pay_own_payout);
    assert_null(move(&bed, id, PAYOUT_APPROVE, ""));
    end(&bed);
}

static void rejected_payout_comes_back(void **state)
{
    struct bed bed = begin(state);
    struct text xml;
    struct text complaint;
    earn(&bed, 9000);
    bank(&bed, "In\u00e9s Ortega");
    struct payout_id ids[3];
    for (int i = 0; i < 3; i++)
        ids[i] = ask(&bed, 3000);
    assert_ptr_equal(move(&bed, ids[0], PAYOUT_REJECT, "  "), &pay_no_reason);
    assert_null(move(&bed, ids[0], PAYOUT_REJECT, "Account closed"));
    expect(&bed, ines, ACCOUNT_EARNINGS, 3000);
    assert_null(move(&bed, ids[1], PAYOUT_APPROVE, ""));
    assert_null(move(&bed, ids[1], PAYOUT_REJECT, "Account closed"));
    expect(&bed, ines, ACCOUNT_EARNINGS, 6000);
    assert_null(move(&bed, ids[2], PAYOUT_APPROVE, ""));
    assert_null(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint));
    assert_null(move(&bed, ids[2], PAYOUT_REJECT, "Returned by the bank, AC04"));
    expect(&bed, ines, ACCOUNT_EARNINGS, 9000);
    expect(&bed, ines, ACCOUNT_PAYOUTS, 0);
    end(&bed);
}

static void payout_is_taken_back_until_it_is_approved(void **state)
{
    struct bed bed = begin(state);
    earn(&bed, 6000);
    bank(&bed, "In\u00e9s Ortega");
    struct payout_id first = ask(&bed, 3000);
    struct payout_id second = ask(&bed, 3000);
    assert_ptr_equal(move(&bed, first, PAYOUT_WITHDRAW, ""), &flow_not_by_you);
    assert_ptr_equal(step(&bed, &payout_flow, first.value, PAYOUT_WITHDRAW, BY_SUPPLIER, olga, ""),
                     &not_found);
    assert_null(take_back(&bed, first));
    expect(&bed, ines, ACCOUNT_EARNINGS, 3000);
    expect(&bed, ines, ACCOUNT_PAYOUTS, 3000);
    assert_ptr_equal(take_back(&bed, first), &flow_no_such_move);
    assert_ptr_equal(move(&bed, first, PAYOUT_APPROVE, ""), &flow_no_such_move);
    assert_null(move(&bed, second, PAYOUT_APPROVE, ""));
    assert_ptr_equal(take_back(&bed, second), &flow_no_such_move);
    expect(&bed, ines, ACCOUNT_PAYOUTS, 3000);
    end(&bed);
}

static void export_marks_what_it_wrote_and_no_more(void **state)
{
    struct bed bed = begin(state);
    struct text xml;
    struct text complaint;
    earn(&bed, 20000);
    bank(&bed, "In\u00e9s Ortega");
    assert_ptr_equal(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint),
                     &not_found);
    struct payout_id first = ask(&bed, 3000);
    struct payout_id second = ask(&bed, 4050);
    struct payout_id third = ask(&bed, 5000);
    assert_null(move(&bed, first, PAYOUT_APPROVE, ""));
    assert_null(move(&bed, second, PAYOUT_APPROVE, ""));
    assert_null(pain001_write(bed.reader, bed.memory, now, &xml, &complaint));
    assert_non_null(strstr(xml.data, "<NbOfTxs>2</NbOfTxs><CtrlSum>70.50</CtrlSum>"));
    assert_null(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint));
    assert_non_null(strstr(xml.data, "<NbOfTxs>2</NbOfTxs><CtrlSum>70.50</CtrlSum>"));
    assert_int_equal(complaint.size, 0);
    assert_ptr_equal(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint),
                     &not_found);
    assert_null(move(&bed, first, PAYOUT_CONFIRM, ""));
    assert_ptr_equal(move(&bed, third, PAYOUT_CONFIRM, ""), &flow_no_such_move);
    end(&bed);
}

static void export_without_our_account_marks_nothing(void **state)
{
    struct bed bed = begin(state);
    struct text xml;
    struct text complaint;
    earn(&bed, 20000);
    bank(&bed, "In\u00e9s Ortega");
    struct payout_id id = ask(&bed, 3000);
    assert_null(move(&bed, id, PAYOUT_APPROVE, ""));
    set("pay.debtor_iban", "");
    assert_ptr_equal(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint),
                     &pay_no_debtor);
    assert_ptr_equal(move(&bed, id, PAYOUT_CONFIRM, ""), &flow_no_such_move);
    end(&bed);
}

/* Where the schema of the European Payments Council is; skips the test where it is not. TEST_DATA names
 * the folder of data for tests that is no part of this tree. */
static void need_schema(char path[300])
{
    const char *data = getenv("TEST_DATA");
    struct stat facts;
    (void)snprintf(path, 300, "%s/xsd/pain.001.001.09.epc.xsd", data ? data : "");
    if (stat(path, &facts) != 0 || system("xmllint --version >/dev/null 2>&1") != 0) {
        print_message("skipped: TEST_DATA holds no pain.001 schema, or xmllint is not installed\n");
        skip();
    }
}

static void validate(struct bed *bed, struct text xml, const char *schema)
{
    char path[100];
    char command[600];
    (void)snprintf(path, sizeof path, "%s/pain.xml", bed->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(xml.data, 1, xml.size, file), xml.size);
    assert_int_equal(fclose(file), 0);
    (void)snprintf(command, sizeof command, "xmllint --noout --schema %s %s >%s/said 2>&1", schema,
                   path, bed->folder);
    int code = system(command);
    if (code != 0) {
        (void)snprintf(command, sizeof command, "cat %s/said", bed->folder);
        (void)system(command);
    }
    assert_int_equal(code, 0);
}

static void file_for_the_bank_is_valid(void **state)
{
    char schema[300];
    need_schema(schema);
    struct bed bed = begin(state);
    struct text xml;
    struct text complaint;
    earn(&bed, 20000000);
    static const char *const holders[] = {
        "In\u00e9s Ortega",
        "\u738b\u5c0f\u660e",
        "\u042e\u0440\u0438\u0439 & <\u0421\u044b\u043d\u043e\u0432\u044c\u044f>",
        "A very long name indeed, of a company with many partners, sons, daughters and cousins",
        "/",
        "\u0645\u062d\u0645\u062f"};
    for (size_t i = 0; i < COUNT_OF(holders); i++) {
        bank(&bed, holders[i]);
        assert_null(move(&bed, ask(&bed, 2500 + (int64_t)i), PAYOUT_APPROVE, ""));
    }
    bank(&bed, "Plain");
    for (int i = 0; i < 250; i++)
        assert_null(move(&bed, ask(&bed, 2500), PAYOUT_APPROVE, ""));
    assert_null(pain001_write(bed.reader, bed.memory, now, &xml, &complaint));
    validate(&bed, xml, schema);
    assert_non_null(strstr(xml.data, "<NbOfTxs>256</NbOfTxs>"));
    assert_non_null(strstr(xml.data, "<Nm>Ines Ortega</Nm>"));
    set("pay.debtor_bic", "COBADEFFXXX");
    assert_null(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint));
    validate(&bed, xml, schema);
    assert_non_null(strstr(xml.data, "<NbOfTxs>200</NbOfTxs>"));
    assert_null(payouts_export(bed.store, bed.memory, olga, now, &xml, &complaint));
    validate(&bed, xml, schema);
    assert_non_null(strstr(xml.data, "<NbOfTxs>56</NbOfTxs>"));
    end(&bed);
}

static void other_currencies_are_left_out_and_named(void **state)
{
    struct bed bed = begin(state);
    struct text xml;
    struct text complaint;
    earn(&bed, 20000);
    bank(&bed, "In\u00e9s Ortega");
    assert_null(move(&bed, ask(&bed, 3000), PAYOUT_APPROVE, ""));
    bed_damage(&bed, "INSERT INTO core_payout (id, party, amount_minor, amount_currency, holder, "
                     "iban, state, at, moved) VALUES (5, 102, 4000, 'USD', 'I', "
                     "'ES9121000418450200051332', 'approved', 1, 1)");
    assert_null(pain001_write(bed.reader, bed.memory, now, &xml, &complaint));
    assert_non_null(strstr(xml.data, "<NbOfTxs>1</NbOfTxs>"));
    assert_non_null(strstr(complaint.data, "USD"));
    bed_end(&bed);
}

static void audit_misses_no_payment(void **state)
{
    struct bed bed = begin(state);
    pay_in(&bed, &rail_test, 10000);
    earn(&bed, 20000);
    bank(&bed, "In\u00e9s Ortega");
    ask(&bed, 3000);
    assert_int_equal(audit(&bed), 0);
    bed_damage(&bed, "UPDATE core_payment SET state = 'announced'");
    assert_int_equal(audit(&bed), 1);
    bed_damage(&bed, "UPDATE core_payment SET state = 'received', amount_minor = 9999");
    assert_int_equal(audit(&bed), 1);
    bed_damage(&bed, "UPDATE core_payout SET state = 'rejected'");
    assert_int_equal(audit(&bed), 2);
    bed_end(&bed);
}

/* Whatever is not in the table is refused, whoever tries. */
static void every_state_with_every_event(void **state)
{
    (void)state;
    int allowed = 0;
    for (int from = PAYOUT_ASKED; from <= PAYOUT_WITHDRAWN; from++)
        for (int event = PAYOUT_APPROVE; event <= PAYOUT_WITHDRAW; event++) {
            bool own = from == PAYOUT_ASKED && event == PAYOUT_WITHDRAW;
            assert_int_equal(flow_possible(&payout_flow, from, event, BY_SUPPLIER), own);
            assert_false(flow_possible(&payout_flow, from, event, BY_BUYER));
            assert_false(flow_possible(&payout_flow, from, event, BY_TIMER));
            allowed += flow_possible(&payout_flow, from, event, BY_OPERATOR);
        }
    assert_int_equal(allowed, 6);
    assert_true(flow_possible(&payment_flow, PAYMENT_ANNOUNCED, PAYMENT_CANCEL, BY_BUYER));
    assert_false(flow_possible(&payment_flow, PAYMENT_RECEIVED, PAYMENT_CANCEL, BY_OPERATOR));
    assert_false(flow_possible(&payment_flow, PAYMENT_CANCELLED, PAYMENT_RECEIVE, BY_OPERATOR));
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iban),
        cmocka_unit_test(iban_notices_slips),
        cmocka_unit_test(names_in_the_characters_of_banks),
        cmocka_unit_test(every_state_with_every_event),
        ON_BOTH(test_rail_pays_in_at_once),
        ON_BOTH(test_rail_is_off_unless_set),
        ON_BOTH(bank_transfer_waits_for_the_desk),
        ON_BOTH(cancelled_payment_moves_nothing),
        ON_BOTH(double_click_pays_in_once),
        ON_BOTH(asking_is_checked_in_order),
        ON_BOTH(payout_done_leaves_for_the_world),
        ON_BOTH(rejected_payout_comes_back),
        ON_BOTH(second_pair_of_eyes),
        ON_BOTH(nobody_approves_their_own),
        ON_BOTH(payout_is_taken_back_until_it_is_approved),
        ON_BOTH(export_marks_what_it_wrote_and_no_more),
        ON_BOTH(export_without_our_account_marks_nothing),
        ON_BOTH(file_for_the_bank_is_valid),
        ON_BOTH(other_currencies_are_left_out_and_named),
        ON_BOTH(audit_misses_no_payment),
    };
    return cmocka_run_group_tests(tests, declare, NULL);
}
