/*
 * What tests/run_hours.sh stands on: an installation with a backlog of hours of links that were never counted, and what
 * is asked while servers that count them are killed.
 *
 *   hours_client prepare DATA HOURS   a program from so many hours ago, whose links were followed and shown each hour
 *   hours_client wake DATA NUMBER     as if the lease of jobs of a killed server were over: two count, one judges
 *   hours_client left DATA            how many hours are not counted yet
 *   hours_client check DATA           each hour that was counted was paid once, for the clicks of it that count
 *
 * The database is that of CONTRAFLOW_DATABASE, or SQLite in DATA.
 */
#include <inttypes.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/job.h"
#include "core/login/login.h"
#include "core/pay/pay.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/hours/hours.h"
#include "modules/referrals/link.h"
#include "modules/referrals/partner.h"
#include "modules/world.h"

enum { LINKS = 40, CLICKS = 6, SHOWN = 3, BURST = 25, MARKED_EACH = 7 };
enum { CLICK_PAYS = 7, SHOWN_PAYS = 2, BUDGET = 100000000 }; /* minor units */

struct bed {
    struct world world;
    struct memory *memory; /* as long as the world */
};

static void must(const struct problem *problem, const char *what)
{
    if (!problem)
        return;
    fprintf(stderr, "%s: %s\n", what, problem->name);
    exit(1);
}

static void bed_open(struct bed *bed, const char *data)
{
    struct text complaint = {0};
    bed->memory = memory_create((size_t)256 << 20);
    struct text folder = text_copy(bed->memory, text_of(data));
    const struct problem *problem = world_settings(bed->memory, folder, &complaint);
    if (!problem)
        problem = world_open(bed->memory, folder, &bed->world, &complaint);
    if (!problem)
        problem = world_lease(&bed->world, &complaint);
    must(problem, complaint.size ? text_c(bed->memory, complaint) : data);
}

static void bed_close(struct bed *bed)
{
    world_close(&bed->world);
    memory_end(bed->memory);
}

/* ---- prepare ---------------------------------------------------------------------------------- */

struct making {
    struct party_id business, sharer;
    struct program_id program;
    struct referrals_partner_id partner;
    struct referrals_link_new links[LINKS];
};

static const struct problem *make_program(struct database *db, struct memory *memory, void *context)
{
    static const struct program_level click[] = {{CLICK_PAYS}}, shown[] = {{SHOWN_PAYS}};
    static const struct program_rule rules[] = {{.name = TEXT("Clicks"),
                                                 .trigger = TRIGGER_CLICK,
                                                 .each = 1,
                                                 .benefit = BENEFIT_AMOUNT,
                                                 .levels = {click, 1},
                                                 .period = PERIOD_EVER},
                                                {.name = TEXT("Shown"),
                                                 .trigger = TRIGGER_IMPRESSION,
                                                 .each = 1,
                                                 .benefit = BENEFIT_AMOUNT,
                                                 .levels = {shown, 1},
                                                 .period = PERIOD_EVER}};
    struct making *making = context;
    struct referrals_beginning beginning = {
        .program = {.business = making->business,
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
        .rules = {{rules, 2}},
    };
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = id_new(),
                        .event = PROGRAM_START,
                        .by = BY_BUYER,
                        .actor = making->business,
                        .at = clock_now()};
    struct program_row row;
    const struct problem *problem = referrals_begin(&move, &beginning);
    making->program.value = move.subject;
    if (!problem)
        problem = program_find(db, memory, making->program, &row);
    if (!problem)
        problem = program_fund(db, memory, &row, BUDGET, clock_now());
    return problem ? problem : flow_move(&move);
}

static const struct problem *make_links(struct database *db, struct memory *memory, void *context)
{
    struct making *making = context;
    struct referrals_joining_in joining = {
        .program = making->program, .person = making->sharer, .at = clock_now()};
    const struct problem *problem = referrals_join(db, memory, &joining);
    for (int64_t i = 0; i < LINKS; i++)
        making->links[i] =
            (struct referrals_link_new){.partner = joining.partner,
                                        .program = making->program.value,
                                        .spelling = text_format(memory, "H%07lld", (long long)i),
                                        .target = text_of("https://shop.example/"),
                                        .at = clock_now()};
    return problem ? problem : referrals_links_make(db, memory, making->links, LINKS);
}

/* What an hour of all links brings; the first link's is a burst of one visitor, too. */
static void fill_hour(struct bed *bed, const struct making *making, int64_t number)
{
    enum { MOST = LINKS * (CLICKS + SHOWN) + BURST };
    struct memory *memory = memory_create((size_t)16 << 20);
    struct click *clicks = memory_take_array(memory, MOST, sizeof *clicks);
    struct click **list = memory_take_array(memory, MOST, sizeof(void *));
    size_t count = 0;
    if (!clicks || !list)
        must(&out_of_memory, "clicks");
    for (int64_t i = 0; i < MOST; i++) {
        int64_t link = i % LINKS;
        bool burst = i >= MOST - BURST;
        clicks[count] =
            (struct click){.found = {.link = making->links[burst ? 0 : link].id.value,
                                     .program = making->program.value},
                           .impression = !burst && i >= LINKS * CLICKS,
                           .at = clock_now(),
                           .marks = !burst && i % MARKED_EACH == 0 ? CLICK_BOT : 0,
                           .visitor = {burst ? number + 1 : (number + 1) * 100000 + i, 1}};
        list[count] = &clicks[count];
        count++;
    }
    must(clicks_write(bed->world.store, memory, list, count), "clicks");
    memory_end(memory);
}

static int prepare(const char *data, int64_t hours)
{
    struct bed bed;
    struct making making = {.business = {0}};
    struct payment_id payment;
    struct instant now = clock_now(), first = {(now.ms / HOUR - hours) * HOUR + MINUTE};
    clock_set(first);
    bed_open(&bed, data);
    must(login_sign_up(bed.world.store, bed.memory, text_of("Sharer"),
                       text_of("sharer@example.org"), text_of(""), LANGUAGE_EN, false, first,
                       &making.sharer),
         "a person");
    must(login_sign_up(bed.world.store, bed.memory, text_of("Shop"), text_of("shop@example.org"),
                       text_of(""), LANGUAGE_EN, false, first, &making.business),
         "a business");
    must(payment_begin(bed.world.store, bed.memory, &rail_test, making.business, making.business,
                       (struct money){BUDGET, {"EUR"}}, text_of(""), first, &payment),
         "money");
    must(store_write(bed.world.store, bed.memory, make_program, &making), "a program");
    must(store_write(bed.world.store, bed.memory, make_links, &making), "links");
    for (int64_t i = 0; i < hours; i++) {
        clock_set(instant_add(first, i * HOUR + MINUTE));
        fill_hour(&bed, &making, i);
    }
    bed_close(&bed);
    return 0;
}

/* ---- while they are killed -------------------------------------------------------------------- */

static const struct problem *ask(struct database *db, struct memory *memory, void *context)
{
    const char *number = context;
    const struct problem *problem = job_enqueue(
        db, memory, &doubt_hours_job, 0, text_format(memory, "woken %s", number), clock_now());
    for (int i = 0; !problem && i < 2; i++)
        problem = job_enqueue(db, memory, &referrals_hours_job, 0,
                              text_format(memory, "woken %s %d", number, i), clock_now());
    return problem;
}

static int wake(const char *data, char *number)
{
    struct bed bed;
    bed_open(&bed, data);
    must(store_write(bed.world.store, bed.memory, ask, number), "jobs");
    bed_close(&bed);
    return 0;
}

/* A number that a statement gives; -1: it fails. */
static int64_t number_of(const char *data, const char *sql)
{
    const char *url = getenv("CONTRAFLOW_DATABASE");
    int64_t value = -1;
    if (url && *url) {
        PGconn *connection = PQconnectdb(url);
        PGresult *result = PQexec(connection, sql);
        if (PQresultStatus(result) == PGRES_TUPLES_OK)
            value = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
        PQclear(result);
        PQfinish(connection);
        return value;
    }
    char path[400];
    sqlite3 *handle;
    sqlite3_stmt *statement = NULL;
    snprintf(path, sizeof path, "%s/contraflow.db", data);
    if (sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return value;
}

#define COUNTED "h.clicks - h.marked - h.held - h.rejected"

static int64_t left(const char *data)
{
    return number_of(data, "SELECT count(*) FROM referrals_hour h LEFT JOIN referrals_hour_event e "
                           "ON e.link = h.link AND e.hour = h.hour AND e.what = 'click' "
                           "WHERE " COUNTED " > 0 AND e.id IS NULL") +
           number_of(data, "SELECT count(*) FROM referrals_hour h LEFT JOIN referrals_hour_event e "
                           "ON e.link = h.link AND e.hour = h.hour AND e.what = 'impression' "
                           "WHERE h.impressions > 0 AND e.id IS NULL");
}

static int check(const char *data)
{
    static const struct {
        const char *what, *sql;
    } nothing[] = {
        {"hours counted with other clicks than count",
         "SELECT count(*) FROM referrals_hour h JOIN referrals_hour_event e ON e.link = h.link "
         "AND e.hour = h.hour WHERE e.events <> CASE e.what WHEN 'click' THEN " COUNTED
         " ELSE h.impressions END"},
        {"hours paid never or twice",
         "SELECT count(*) FROM (SELECT e.id FROM referrals_hour_event e LEFT JOIN core_verdict v "
         "ON "
         "v.subject = e.id AND v.state = 'counted' GROUP BY e.id HAVING count(v.id) <> 1) x"},
        {"verdicts of no hour",
         "SELECT count(*) FROM core_verdict v WHERE NOT EXISTS (SELECT 1 FROM "
         "referrals_hour_event e WHERE e.id = v.subject)"},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        int64_t found = number_of(data, nothing[i].sql);
        if (found != 0)
            wrong += printf("%" PRId64 " %s\n", found, nothing[i].what) > 0;
    }
    int64_t hours = number_of(data, "SELECT count(*) FROM referrals_hour_event");
    int64_t due =
        number_of(data, "SELECT COALESCE(sum(events * CASE what WHEN 'click' THEN 7 ELSE 2 "
                        "END), 0) FROM referrals_hour_event");
    int64_t paid = number_of(data, "SELECT COALESCE(sum(balance_minor), 0) FROM ledger_account "
                                   "WHERE purpose = 'earnings'");
    if (paid != due)
        wrong += printf("%" PRId64 " paid, %" PRId64 " due\n", paid, due) > 0;
    int64_t held = number_of(data, "SELECT sum(held) FROM referrals_hour");
    printf("%" PRId64 " hours counted, %" PRId64 " minor units paid, %" PRId64 " clicks held\n",
           hours, paid, held);
    return wrong ? 1 : 0;
}

int main(int argc, char **argv)
{
    log_set_level(LOG_WARNING);
    if (argc == 4 && strcmp(argv[1], "prepare") == 0)
        return prepare(argv[2], strtoll(argv[3], NULL, 10));
    if (argc == 4 && strcmp(argv[1], "wake") == 0)
        return wake(argv[2], argv[3]);
    if (argc == 3 && strcmp(argv[1], "left") == 0)
        return printf("%" PRId64 "\n", left(argv[2])) > 0 ? 0 : 1;
    if (argc == 3 && strcmp(argv[1], "check") == 0)
        return check(argv[2]);
    fprintf(stderr, "usage: see the head of tests/hours_client.c\n");
    return 2;
}
