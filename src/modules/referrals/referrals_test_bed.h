/*
 * A running program of one business and who takes part in it; for tests of this module.
 *
 * Each test changes what it is about: rules, terms, the budget. Read next: convert_test.c, ledger_test_bed.h.
 */
#ifndef CONTRAFLOW_REFERRALS_REFERRALS_TEST_BED_H
#define CONTRAFLOW_REFERRALS_REFERRALS_TEST_BED_H

#include "base/ids.h"
#include "core/module.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "modules/referrals/audit.h"
#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/posts/post.h"
#include "modules/referrals/schema.h"

enum { FIRM = 101, MAREN = 102, INES = 103, JONAS = 104, PAULA = 105 };

static const struct currency eur = {"EUR"};
static struct instant start = {INT64_C(20000) * DAY + 9 * HOUR}; /* of the program */
static struct bed bed;
static struct program_id program;

/* ---- statements -------------------------------------------------------------------------------- */

static inline void sql(const char *format, ...) __attribute__((format(printf, 1, 2)));
static inline void sql(const char *format, ...)
{
    char text[700];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    bed_damage(&bed, text);
}

/* ---- the program ------------------------------------------------------------------------------- */

/* What a test wants of its program. */
struct wanted_program {
    struct program_rule_list rules;
    struct referrals_terms_row terms; /* usual_terms(), changed */
    int64_t budget;                   /* minor units set aside for it; 0: none */
};

static inline struct referrals_terms_row usual_terms(void)
{
    return (struct referrals_terms_row){.landing = text_of("https://shop.example/"),
                                        .hosts = text_of("shop.example"),
                                        .model = ATTRIBUTION_LAST,
                                        .window_days = 30,
                                        .joining = JOINING_OPEN};
}

/* So many minor units into the wallet of the business, and from there into the budget. */
static inline const struct problem *fund(struct database *db, struct memory *memory, void *context)
{
    static const struct posting_template in = {
        .name = "test.in",
        .parties = {"business"},
        .amounts = {"sum"},
        .legs = {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, 0}, 0, "test"}},
        .count = 1};
    int64_t minor = *(const int64_t *)context;
    struct posting posting = {
        .template = &in, .parties = {{FIRM}}, .amounts = {{minor, eur}}, .at = clock_now()};
    struct posting_id id;
    struct program_row row;
    const struct problem *problem = ledger_post(db, memory, &posting, &id);
    if (!problem)
        problem = program_find(db, memory, program, &row);
    return problem ? problem : program_fund(db, memory, &row, minor, clock_now());
}

static inline const struct problem *open_program(struct database *db, struct memory *memory,
                                                 void *context)
{
    struct wanted_program *wanted = context;
    struct referrals_beginning beginning = {
        .program = {.business = {FIRM},
                    .module = text_of("referrals"),
                    .title = text_of("Tell others"),
                    .about = text_of(""),
                    .currency = text_of("EUR"),
                    .empty = EMPTY_WAIT,
                    .since = start},
        .terms = wanted->terms,
        .rules = {wanted->rules},
    };
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = id_new(),
                        .event = PROGRAM_START,
                        .by = BY_BUYER,
                        .actor = {MAREN},
                        .at = start};
    const struct problem *problem = referrals_begin(&move, &beginning);
    program.value = move.subject;
    if (!problem && wanted->budget > 0)
        problem = fund(db, memory, &wanted->budget);
    return problem ? problem : flow_move(&move);
}

/* A fresh store with the business and three people, the clock at the start. */
static inline void begin_world(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema, &referrals_schema};
    static const char *const places[] = {"src/ledger/", "src/core/", "src/modules/referrals/"};
    static const struct flow *const flows[] = {&program_flow, &referrals_partner_flow, &doubt_flow,
                                               &post_flow};
    static bool declared;
    if (!declared)
        settings_declare(doubt_settings, DOUBT_SETTINGS);
    declared = true;
    bed = bed_begin_with(state, schemas, COUNT_OF(schemas), places, COUNT_OF(places));
    clock_set(start);
    flow_register(flows, COUNT_OF(flows));
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'person', 'Maren', 1), "
                     "(103, 'person', 'Ines', 1), (104, 'person', 'Jonas', 1), "
                     "(105, 'person', 'Paula', 1)");
}

/* Its program runs from now on. */
static inline void begin_program(struct wanted_program wanted)
{
    assert_null(store_write(bed.store, bed.memory, open_program, &wanted));
}

/* ---- who takes part ---------------------------------------------------------------------------- */

static inline const struct problem *join_work(struct database *db, struct memory *memory,
                                              void *context)
{
    return referrals_join(db, memory, context);
}

/* With a code of their own; `by` is that of who brought them, or empty. */
static inline struct referrals_partner_id joined(int64_t person, const char *code, const char *by)
{
    struct referrals_joining_in joining = {.program = program,
                                           .person = {person},
                                           .by = text_of(by),
                                           .code = text_of(code),
                                           .at = start};
    assert_null(store_write(bed.store, bed.memory, join_work, &joining));
    return joining.partner;
}

static inline struct ledger_balance earnings(int64_t party)
{
    struct ledger_balance balance;
    assert_null(ledger_balance(bed.reader, bed.memory, (struct party_id){party}, ACCOUNT_EARNINGS,
                               eur, &balance));
    return balance;
}

static inline int64_t earned(int64_t party)
{
    return earnings(party).balance.minor;
}

/* ---- the end ----------------------------------------------------------------------------------- */

static inline void hear_line(void *context, const char *line)
{
    (void)context;
    print_message("%s\n", line);
}

/* Nothing is wrong with books and programs; where clicks were only written down for the test. */
static inline void end_books(void)
{
    struct ledger_audit_listener listener = {NULL, hear_line};
    int64_t books = -1, programs = -1;
    assert_null(ledger_audit(bed.reader, bed.memory, &listener, &books));
    assert_null(program_part.audit(bed.reader, bed.memory, &listener, &programs));
    assert_int_equal(books + programs, 0);
    clock_set((struct instant){0});
    bed_end(&bed);
}

/* Nor with what this module keeps. */
static inline void end(void)
{
    struct ledger_audit_listener listener = {NULL, hear_line};
    int64_t own = -1;
    assert_null(referrals_audit(bed.reader, bed.memory, &listener, &own));
    assert_int_equal(own, 0);
    end_books();
}

#endif
