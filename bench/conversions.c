/*
 * Fills an installation for bench/conversions.sh: a business with a program of three rules, and partners who
 * brought each other in chains of three.
 *
 *   conversions prepare DATA PARTNERS   codes P00000, P00001 ...; DATA/session is the business's, DATA/reader the
 *                                       session of the first partner, DATA/partner names them
 *   conversions clicks DATA COUNT       that partner's link was followed so often, over a year
 *   conversions count DATA              "CONVERSIONS TRANSFERS"
 *
 * SQLite in DATA alone. Read next: bench/conversions.lua.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/login/session.h"
#include "core/pay/pay.h"
#include "filling.h"
#include "modules/referrals/partner.h"

enum { CHAIN = 3, HOURS = 365 * 24 };

struct filling {
    struct world world;
    struct memory *memory;
    struct party_id business, owner;
    struct program_id program;
    struct referrals_partner_id first;
};

static void open_world(struct filling *filling, const char *data)
{
    struct text complaint = {0};
    filling->memory = memory_create((size_t)256 << 20);
    struct text folder = text_copy(filling->memory, text_of(data));
    const struct problem *problem = world_settings(filling->memory, folder, &complaint);
    if (!problem)
        problem = world_open(filling->memory, folder, &filling->world, &complaint);
    if (!problem)
        problem = world_lease(&filling->world, &complaint);
    must(problem, complaint.size ? text_c(filling->memory, complaint) : data);
}

static void write_line(const struct filling *filling, const char *name, struct text line)
{
    FILE *file = open_out(&filling->world, name);
    fprintf(file, "%.*s\n", TEXT_ARGS(line));
    fclose(file);
}

/* ---- the program ------------------------------------------------------------------------------ */

#define NUMBERED(fact_, is_, number_)                                                              \
    {                                                                                              \
        .fact = fact_, .is = is_, .number = { true, number_ }                                      \
    }

static const struct program_level large[] = {{1000}, {300}, {100}};
static const struct program_level usual[] = {{500}, {200}, {100}};
static const struct program_condition many[] = {
    NUMBERED(FACT_PARTNER_ORDERS, COMPARE_AT_LEAST, 1000000)};
static const struct program_condition new_ones[] = {
    NUMBERED(FACT_ORDER_NUMBER, COMPARE_IS, 1),
    {.fact = FACT_TOTAL, .is = COMPARE_AT_LEAST, .amount = {true, {1000, {"EUR"}}}}};
static const struct program_rule rules[] = {
    {.name = TEXT("Those who bring very many"),
     .trigger = TRIGGER_ORDER,
     .each = 1,
     .benefit = BENEFIT_PERCENT,
     .levels = {large, CHAIN},
     .conditions = {many, 1},
     .period = PERIOD_EVER,
     .hold_days = 30},
    {.name = TEXT("New customers"),
     .trigger = TRIGGER_ORDER,
     .each = 1,
     .benefit = BENEFIT_PERCENT,
     .levels = {large, CHAIN},
     .conditions = {new_ones, 2},
     .most_each = {true, 100000000},
     .period = PERIOD_MONTH,
     .hold_days = 30},
    {.name = TEXT("All others"),
     .trigger = TRIGGER_ORDER,
     .each = 1,
     .benefit = BENEFIT_PERCENT,
     .levels = {usual, CHAIN},
     .period = PERIOD_EVER,
     .hold_days = 30},
};

static const struct problem *make_program(struct database *db, struct memory *memory, void *context)
{
    struct filling *filling = context;
    struct referrals_beginning beginning = {
        .program = {.business = filling->business,
                    .module = text_of("referrals"),
                    .title = text_of("Tell others"),
                    .about = text_of(""),
                    .currency = text_of("EUR"),
                    .empty = EMPTY_REFUSE},
        .terms = {.landing = text_of("https://shop.example/"),
                  .hosts = text_of("shop.example"),
                  .model = ATTRIBUTION_LAST,
                  .window_days = ATTRIBUTION_WINDOW,
                  .joining = JOINING_OPEN},
        .rules = {{rules, sizeof rules / sizeof *rules}},
    };
    struct program_row row;
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = id_new(),
                        .event = PROGRAM_START,
                        .by = BY_BUYER,
                        .actor = filling->owner,
                        .at = clock_now()};
    const struct problem *problem = referrals_begin(&move, &beginning);
    filling->program.value = move.subject;
    if (!problem)
        problem = program_find(db, memory, filling->program, &row);
    if (!problem)
        problem = program_fund(db, memory, &row, MONEY_MAX / 2000, clock_now());
    return problem ? problem : flow_move(&move);
}

struct joining {
    struct referrals_joining_in in;
};

static const struct problem *join(struct database *db, struct memory *memory, void *context)
{
    struct joining *joining = context;
    return referrals_join(db, memory, &joining->in);
}

static void write_partners(struct filling *filling, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        char mail[48], code[24], by[24];
        struct memory *memory = memory_create(4 << 20);
        snprintf(mail, sizeof mail, "partner%" PRId64 "@example.org", i);
        snprintf(code, sizeof code, "P%05" PRId64, i);
        snprintf(by, sizeof by, "P%05" PRId64, i - 1);
        struct joining joining = {.in = {.program = filling->program,
                                         .person = person(&filling->world, mail, false),
                                         .by = text_of(i % CHAIN ? by : ""),
                                         .code = text_of(code),
                                         .at = clock_now()}};
        must(store_write(filling->world.store, memory, join, &joining), "a partner");
        if (i == 0) {
            struct text session;
            filling->first = joining.in.partner;
            must(login_session(filling->world.store, memory, joining.in.person, clock_now(),
                               &session),
                 "a session");
            write_line(filling, "reader", session);
        }
        memory_end(memory);
    }
}

static void prepare(const char *data, int64_t partners)
{
    struct filling filling = {.business = {0}};
    struct text session;
    struct payment_id payment;
    open_world(&filling, data);
    struct store *store = filling.world.store;
    filling.owner = person(&filling.world, "owner@example.org", false);
    must(party_found(store, filling.memory, text_of("Nordlicht Reisen"), text_of("Kiel"),
                     filling.owner, clock_now(), &filling.business),
         "a business");
    must(payment_begin(store, filling.memory, &rail_test, filling.business, filling.owner,
                       (struct money){MONEY_MAX / 1000, {"EUR"}}, text_of(""), clock_now(),
                       &payment),
         "a payment");
    must(login_session(store, filling.memory, filling.owner, clock_now(), &session), "a session");
    must(session_act(store, filling.memory, session, filling.business), "acting");
    write_line(&filling, "session", session);
    must(store_write(store, filling.memory, make_program, &filling), "a program");
    write_partners(&filling, partners);
    write_line(&filling, "partner", text_of(id_text("rpt", filling.first.value).text));
    world_close(&filling.world);
    memory_end(filling.memory);
}

/* ---- with SQLite alone ------------------------------------------------------------------------ */

static sqlite3 *open_file(const char *data)
{
    char path[500];
    sqlite3 *handle = NULL;
    snprintf(path, sizeof path, "%s/contraflow.db", data);
    if (sqlite3_open(path, &handle) != SQLITE_OK) {
        fprintf(stderr, "conversions: %s can't be opened\n", path);
        exit(3);
    }
    sqlite3_busy_timeout(handle, 5000);
    return handle;
}

static int64_t number(sqlite3 *handle, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        fprintf(stderr, "conversions: %s: %s\n", sql, sqlite3_errmsg(handle));
        exit(3);
    }
    int64_t found = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

static void run(sqlite3 *handle, const char *sql)
{
    char *complaint = NULL;
    if (sqlite3_exec(handle, sql, NULL, NULL, &complaint) == SQLITE_OK)
        return;
    fprintf(stderr, "conversions: %s: %s\n", sql, complaint);
    exit(3);
}

/* As many clicks as asked for, less those that are there, spread over the hours of a year; and their hours. */
static void follow(const char *data, int64_t count)
{
    char sql[1500];
    sqlite3 *handle = open_file(data);
    int64_t link = number(handle, "SELECT min(id) FROM referrals_link");
    int64_t there = number(handle, "SELECT count(*) FROM referrals_click");
    int64_t hour = clock_now().ms / HOUR - HOURS;
    snprintf(
        sql, sizeof sql,
        "PRAGMA synchronous=OFF; BEGIN;"
        "WITH RECURSIVE n (i) AS (SELECT %" PRId64 " UNION ALL SELECT i + 1 FROM n WHERE i < "
        "%" PRId64 ") "
        "INSERT INTO referrals_click (id, link, prior, at, marks, visitor, network) "
        "SELECT i, %" PRId64 ", 0, (%" PRId64 " + i %% %d) * 3600000, 0, i, i FROM n;"
        "DELETE FROM referrals_hour WHERE link = %" PRId64 ";"
        "INSERT INTO referrals_hour (link, hour, clicks, marked, impressions, latest, earlier) "
        "SELECT link, at / 3600000, count(*), 0, 0, max(id), 0 FROM referrals_click "
        "WHERE link = %" PRId64 " GROUP BY 1, 2; COMMIT",
        there + 1, count, link, hour, HOURS, link, link);
    if (there < count)
        run(handle, sql);
    sqlite3_close(handle);
}

static void print_counts(const char *data)
{
    sqlite3 *handle = open_file(data);
    printf("%" PRId64 " %" PRId64 "\n",
           number(handle, "SELECT count(*) FROM core_verdict WHERE state = 'counted'"),
           number(handle, "SELECT count(*) FROM ledger_transfer"));
    sqlite3_close(handle);
}

int main(int argc, char **argv)
{
    setenv("CONTRAFLOW_PAY_TEST_RAIL", "on", 1);
    log_set_level(LOG_WARNING);
    if (argc == 4 && strcmp(argv[1], "prepare") == 0)
        prepare(argv[2], strtoll(argv[3], NULL, 10));
    else if (argc == 4 && strcmp(argv[1], "clicks") == 0)
        follow(argv[2], strtoll(argv[3], NULL, 10));
    else if (argc == 3 && strcmp(argv[1], "count") == 0)
        print_counts(argv[2]);
    else {
        fprintf(stderr,
                "usage: conversions prepare DATA PARTNERS | clicks DATA COUNT | count DATA\n");
        return 2;
    }
    return 0;
}
