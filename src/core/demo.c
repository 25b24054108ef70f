/*
 * The demo world's people and firms, and its clock.
 *
 * Must not know: any model; each adds its own part. Read next: modules/stock/demo.c.
 */
#include "core/demo.h"

#include "base/log.h"
#include "core/pay/parts.h"
#include "core/login/login.h"
#include "core/people/party.h"
#include "core/runner.h"

static const char domain[] = "example.org";

static const struct {
    const char *name; /* short, also the mail's local part */
    const char *full; /* as others read it */
    const char *place;
    enum language language;
    bool operator_;
} people[] = {
    {"ines", "Inés Otero", "Oviedo", LANGUAGE_EN, false},
    {"jonas", "Jonas Weiland", "Freiburg", LANGUAGE_EN, false},
    {"clem", "Clem Aubert", "Lyon", LANGUAGE_FR, false},
    {"tove", "Tove Lindqvist", "Malmö", LANGUAGE_EN, false},
    {"bao", "Bao Nguyen", "Hamburg", LANGUAGE_EN, false},
    {"oksana", "Оксана Гритсенко", "Рига", LANGUAGE_RU, false},
    {"mei", "林美華", "臺北", LANGUAGE_ZH, false},
    {"maren", "Maren Voss", "Kiel", LANGUAGE_EN, false},
    {"sam", "Sam Keller", "Bonn", LANGUAGE_EN, true},
    {"rosa", "Rosa Lind", "Bonn", LANGUAGE_EN, true},
};

static const struct {
    const char *name;
    const char *full;
    const char *place;
    const char *owner; /* of people */
    int64_t wallet;    /* paid in, minor units */
} firms[] = {
    {"nordlicht", "Nordlicht Reisen", "Kiel", "maren", 950000},
    {"haus", "Haus am See", "Konstanz", "tove", 420000},
    {"verein", "Wanderverein Siegtal", "Siegburg", "jonas", 180000},
};

enum { PEOPLE = sizeof people / sizeof people[0], FIRMS = sizeof firms / sizeof firms[0] };
static struct party_id firm_ids[FIRMS];

static struct text mail_of(struct memory *memory, const char *name)
{
    return text_format(memory, "%s@%s", name, domain);
}

struct party_id demo_party(const struct demo *demo, const char *name)
{
    for (size_t i = 0; i < FIRMS; i++) {
        if (text_is(text_of(firms[i].name), name))
            return firm_ids[i];
    }
    struct party_row row;
    const struct problem *problem =
        party_by_mail(demo->db, demo->memory, mail_of(demo->memory, name), &row);
    ensure(problem == NULL);
    return row.id;
}

const struct problem *demo_until(struct demo *demo, struct instant at)
{
    clock_set(at);
    return runner_settle(demo->store, demo->db, demo->consumers, demo->consumer_count, false);
}

static const struct problem *add_person(struct demo *demo, size_t i)
{
    struct party_id id;
    struct instant at = instant_add(demo->begin, (int64_t)i * HOUR);
    const struct problem *problem = login_sign_up(
        demo->store, demo->memory, text_of(people[i].full), mail_of(demo->memory, people[i].name),
        text_of(DEMO_PASSWORD), people[i].language, people[i].operator_, at, &id);
    if (problem)
        return problem;
    return party_describe(demo->store, demo->memory, id, text_of(people[i].full),
                          text_of(people[i].place), text_of(""), text_of(""));
}

static const struct problem *add_firm(struct demo *demo, size_t i)
{
    struct party_id owner = demo_party(demo, firms[i].owner);
    struct instant at = instant_add(demo->begin, DAY + (int64_t)i * HOUR);
    const struct problem *problem = party_found(demo->store, demo->memory, text_of(firms[i].full),
                                                text_of(firms[i].place), owner, at, &firm_ids[i]);
    struct payment_id payment;
    struct money amount = {firms[i].wallet, {"EUR"}};
    if (!problem)
        problem = payment_begin(demo->store, demo->memory, &rail_test, firm_ids[i], owner, amount,
                                text_of(""), instant_add(at, HOUR), &payment);
    return problem;
}

/* ---- what people take out ---- */

static const struct {
    const char *person;
    const char *iban; /* made up, with a right check sum */
} banks[] = {
    {"ines", "ES9121000418450200051332"},
    {"tove", "SE4550000000058398257466"},
    {"clem", "FR1420041010050500013M02606"},
    {"oksana", "LV80BANK0000435195001"},
};

static const struct problem *take_out(struct demo *demo, size_t i, int days_ago,
                                      const enum payout_event *events, size_t count)
{
    struct party_id person = demo_party(demo, banks[i].person);
    struct party_id sam = demo_party(demo, "sam");
    struct ledger_balance balance;
    struct payout_id payout;
    struct currency euro = {"EUR"};
    struct instant at = instant_add(demo->end, -days_ago * DAY);
    clock_set(at);
    const struct problem *problem =
        ledger_balance(demo->db, demo->memory, person, ACCOUNT_EARNINGS, euro, &balance);
    struct money part = {balance.free.minor * 2 / 3 / 100 * 100, euro};
    if (problem || part.minor < 2500)
        return problem;
    problem = payout_begin(demo->store, demo->memory, person, part, text_of(""), at, &payout);
    for (size_t e = 0; !problem && e < count; e++) {
        bool rejected = events[e] == PAYOUT_REJECT;
        struct move move = {.flow = &payout_flow,
                            .subject = payout.value,
                            .event = (int)events[e],
                            .by = BY_OPERATOR,
                            .actor = sam,
                            .note = text_of(rejected ? "The bank knows no such account" : ""),
                            .at = instant_add(at, (int64_t)(e + 1) * HOUR)};
        problem = flow_make(demo->store, demo->memory, &move);
    }
    return problem;
}

const struct problem *demo_payouts(struct demo *demo)
{
    static const enum payout_event sent[] = {PAYOUT_APPROVE, PAYOUT_EXPORT, PAYOUT_CONFIRM};
    static const enum payout_event rejected[] = {PAYOUT_REJECT};
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < sizeof banks / sizeof banks[0]; i++)
        problem = payout_bank(demo->store, demo->memory, demo_party(demo, banks[i].person),
                              text_of(people[i].full), text_of(banks[i].iban),
                              instant_add(demo->begin, 3 * DAY));
    if (!problem)
        problem = take_out(demo, 0, 30, sent, 3);
    if (!problem)
        problem = take_out(demo, 1, 21, rejected, 1);
    if (!problem)
        problem = take_out(demo, 1, 6, sent, 1);
    if (!problem)
        problem = take_out(demo, 2, 5, sent, 1);
    return problem ? problem : take_out(demo, 3, 2, NULL, 0);
}

const struct problem *demo_people(struct demo *demo)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < PEOPLE; i++) {
        problem = add_person(demo, i);
        demo->progress("People", (int64_t)i + 1, PEOPLE);
    }
    for (size_t i = 0; !problem && i < FIRMS; i++)
        problem = add_firm(demo, i);
    return problem;
}
