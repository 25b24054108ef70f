/*
 * What tests/run_clicks.sh and bench/clicks.sh stand on: an installation with links, people who follow them
 * until the server is gone, and what is asked afterwards.
 *
 *   clicks_client prepare DATA COUNT    a program whose partner has COUNT links: L0000000, L0000001, ...
 *   clicks_client more DATA CODE        one link more, while servers run
 *   clicks_client pause DATA NUMBER     that link does not count any more
 *   clicks_client follow DATA PORT      follows links on eight connections until the server is gone
 *   clicks_client check DATA            every click that was answered is there once, of its link
 *   clicks_client count DATA            "CLICKS HOURS MARKED": rows, and what the hours add up to
 *   clicks_client orders DATA           how many orders there are
 *
 * What was answered stands in DATA/answered, one line each, across all rounds: "CLICK NUMBER", and a line for
 * each round in DATA/runs. DATA/before, if there is one, says how many clicks were there before. The database is
 * that of CONTRAFLOW_DATABASE, or SQLite in DATA.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/login/login.h"
#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/link.h"
#include "modules/referrals/partner.h"
#include "modules/referrals/clicks/queries.h"
#include "modules/referrals/queries.h"
#include "modules/referrals/clicks/rows.h"
#include "modules/world.h"

enum { PEOPLE = 8, LINE = 200, ANSWER = 16 << 10, AT_ONCE = 1000, HOT = 50 };
#define AGENT "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

_Noreturn static void give_up(const char *what)
{
    perror(what);
    exit(2);
}

static const char *database(void)
{
    const char *url = getenv("CONTRAFLOW_DATABASE");
    return url ? url : "";
}

static FILE *open_in(const char *data, const char *name, const char *mode)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", data, name);
    FILE *file = fopen(path, mode);
    if (!file)
        give_up(path);
    return file;
}

struct bed {
    struct world world;
    struct memory *memory; /* as long as the world */
};

static void bed_must(const struct problem *problem, const char *what)
{
    if (!problem)
        return;
    fprintf(stderr, "%s: %s\n", what, problem->name);
    exit(1);
}

static void open_world(struct bed *bed, const char *data)
{
    struct text complaint = {0};
    bed->memory = memory_create((size_t)256 << 20);
    struct text folder = text_copy(bed->memory, text_of(data));
    const struct problem *problem = world_settings(bed->memory, folder, &complaint);
    if (!problem)
        problem = world_open(bed->memory, folder, &bed->world, &complaint);
    if (!problem)
        problem = world_lease(&bed->world, &complaint);
    bed_must(problem, complaint.size ? text_c(bed->memory, complaint) : data);
}

static void bed_close(struct bed *bed)
{
    world_close(&bed->world);
    memory_end(bed->memory);
}

/* ---- prepare ---------------------------------------------------------------------------------- */

struct making {
    struct party_id person;
    int64_t program;
    struct referrals_partner_id partner;
    const char *code; /* of the only one; NULL: numbered */
    int64_t first, count;
};

/* A program without rules that pay for anything here: what is measured are its links. */
static const struct problem *make_partner(struct database *db, struct memory *memory, void *context)
{
    static const struct program_level part[] = {{500}};
    static const struct program_rule rule[] = {{.name = TEXT("Orders"),
                                                .trigger = TRIGGER_ORDER,
                                                .each = 1,
                                                .benefit = BENEFIT_PERCENT,
                                                .levels = {part, 1},
                                                .period = PERIOD_EVER}};
    struct making *making = context;
    struct referrals_beginning beginning = {
        .program = {.business = making->person,
                    .module = text_of("referrals"),
                    .title = text_of("Tell others"),
                    .about = text_of(""),
                    .currency = text_of("EUR"),
                    .empty = EMPTY_REFUSE},
        .terms = {.landing = text_of("https://shop.example/"),
                  .hosts = text_of("shop.example\nwww.shop.example"),
                  .model = ATTRIBUTION_LAST,
                  .window_days = ATTRIBUTION_WINDOW,
                  .joining = JOINING_OPEN},
        .rules = {{rule, 1}},
    };
    struct move move = {.db = db,
                        .memory = memory,
                        .flow = &program_flow,
                        .subject = id_new(),
                        .event = PROGRAM_START,
                        .by = BY_BUYER,
                        .actor = making->person,
                        .at = clock_now()};
    const struct problem *problem = referrals_begin(&move, &beginning);
    if (!problem)
        problem = flow_move(&move);
    struct referrals_joining_in joining = {
        .program = {move.subject}, .person = making->person, .at = clock_now()};
    if (!problem)
        problem = referrals_join(db, memory, &joining);
    making->program = move.subject;
    making->partner = joining.partner;
    return problem;
}

static const struct problem *make_links(struct database *db, struct memory *memory, void *context)
{
    const struct making *making = context;
    struct referrals_link_new *links =
        memory_take_array(memory, (size_t)making->count, sizeof *links);
    if (!links)
        return &out_of_memory;
    for (int64_t i = 0; i < making->count; i++)
        links[i] = (struct referrals_link_new){
            .partner = making->partner,
            .program = making->program,
            .spelling = making->code
                            ? text_of(making->code)
                            : text_format(memory, "L%07lld", (long long)(making->first + i)),
            .target = text_format(memory, "https://shop.example/products/%lld?from=friend#buy",
                                  (long long)(making->first + i)),
            .at = clock_now()};
    return referrals_links_make(db, memory, links, (size_t)making->count);
}

static int prepare(const char *data, int64_t count)
{
    struct bed bed;
    struct making making = {.count = 0};
    open_world(&bed, data);
    bed_must(login_sign_up(bed.world.store, bed.memory, text_of("Sharer"),
                           text_of("sharer@example.org"), text_of(""), LANGUAGE_EN, false,
                           clock_now(), &making.person),
             "a person");
    bed_must(store_write(bed.world.store, bed.memory, make_partner, &making), "a partner");
    for (making.first = 0; making.first < count; making.first += AT_ONCE) {
        struct memory *memory = memory_create((size_t)16 << 20);
        int64_t left = count - making.first;
        making.count = left < AT_ONCE ? left : AT_ONCE;
        bed_must(store_write(bed.world.store, memory, make_links, &making), "links");
        memory_end(memory);
    }
    FILE *plan = open_in(data, "plan", "we");
    fprintf(plan, "%" PRId64 " %" PRId64 " %" PRId64 "\n", count, making.partner.value,
            making.program);
    fclose(plan);
    bed_close(&bed);
    return 0;
}

/* How many links there are; fills whose they are. */
static int64_t read_plan(const char *data, struct making *out)
{
    int64_t count = 0;
    FILE *plan = open_in(data, "plan", "re");
    if (fscanf(plan, "%" SCNd64 " %" SCNd64 " %" SCNd64, &count, &out->partner.value,
               &out->program) != 3)
        give_up("plan");
    fclose(plan);
    return count;
}

static int more(const char *data, const char *code)
{
    struct bed bed;
    struct making making = {.code = code, .count = 1};
    (void)read_plan(data, &making);
    open_world(&bed, data);
    bed_must(store_write(bed.world.store, bed.memory, make_links, &making), "a link");
    bed_close(&bed);
    return 0;
}

static const struct problem *pause_link(struct database *db, struct memory *memory, void *context)
{
    struct referrals_index_row link;
    struct referrals_link_hit hit;
    struct code code;
    struct text typed = text_format(memory, "L%07lld", (long long)*(const int64_t *)context);
    if (!referrals_fold_code(typed, &code))
        return &invalid_input;
    const struct problem *problem =
        referrals_index_code(db, memory, (struct text){code.text, code.size}, &link);
    if (!problem)
        problem = referrals_link_set(db, memory, link.link, LINK_PAUSED, &hit);
    return problem ? problem : referrals_link_changed(db, memory, link.link, clock_now());
}

static int pause_one(const char *data, int64_t number)
{
    struct bed bed;
    open_world(&bed, data);
    bed_must(store_write(bed.world.store, bed.memory, pause_link, &number), "a link paused");
    bed_close(&bed);
    return 0;
}

/* ---- follow ----------------------------------------------------------------------------------- */

struct follower {
    pthread_t thread;
    FILE *answered;
    int port;
    int number;
    int64_t links;
    int64_t followed;
    int64_t wrong;
};

static int connect_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int one = 1;
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0)
        give_up("socket");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(connection, (struct sockaddr *)&address, sizeof address) == 0)
        return connection;
    close(connection);
    return -1;
}

/* Follows one link; false: the server went away before its answer was whole. */
static bool follow_one(int connection, int64_t number, char answer[ANSWER])
{
    char request[500];
    size_t got = 0;
    int size =
        snprintf(request, sizeof request,
                 "GET /r/L%07lld HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: " AGENT "\r\n\r\n",
                 (long long)number);
    if (send(connection, request, (size_t)size, MSG_NOSIGNAL) != size)
        return false;
    do {
        ssize_t part = recv(connection, answer + got, ANSWER - 1 - got, 0);
        if (part <= 0)
            return false;
        got += (size_t)part;
        answer[got] = '\0';
    } while (!strstr(answer, "\r\n\r\n"));
    return true;
}

/* The click that an answer names; NULL: it is no redirect of that link, or names none. */
static char *click_in(char *answer, int64_t number)
{
    char expected[200];
    snprintf(expected, sizeof expected,
             "\r\nLocation: https://shop.example/products/%lld?from=friend&" LANDING_CLICK "=",
             (long long)number);
    char *found = strncmp(answer, "HTTP/1.1 302", 12) == 0 ? strstr(answer, expected) : NULL;
    char *end = found ? strstr(found, "#buy\r\n") : NULL;
    if (!end)
        return NULL;
    *end = '\0';
    return found + strlen(expected);
}

static void *follow_on(void *context)
{
    struct follower *follower = context;
    static _Thread_local char answer[ANSWER];
    unsigned seed = (unsigned)clock_now().ms * 8 + (unsigned)follower->number;
    int connection = connect_to(follower->port);
    while (connection >= 0) {
        /* Half of them one of a few, so that many clicks share an hour. */
        int64_t most = rand_r(&seed) % 2 && follower->links > HOT ? HOT : follower->links;
        int64_t number = rand_r(&seed) % most;
        if (!follow_one(connection, number, answer))
            break;
        const char *click = click_in(answer, number);
        if (click)
            fprintf(follower->answered, "%s %" PRId64 "\n", click, number);
        else if (follower->wrong++ == 0)
            fprintf(stderr, "link %" PRId64 " answered: %s\n", number, answer);
        follower->followed++;
    }
    if (connection >= 0)
        close(connection);
    return NULL;
}

static int follow(const char *data, int port)
{
    struct follower followers[PEOPLE];
    int64_t followed = 0;
    int64_t wrong = 0;
    struct making made;
    int64_t links = read_plan(data, &made);
    FILE *file = open_in(data, "answered", "ae");
    FILE *runs = open_in(data, "runs", "ae");
    fprintf(runs, "1\n");
    fclose(runs);
    for (int i = 0; i < PEOPLE; i++) {
        followers[i] =
            (struct follower){.answered = file, .port = port, .number = i, .links = links};
        pthread_create(&followers[i].thread, NULL, follow_on, &followers[i]);
    }
    for (int i = 0; i < PEOPLE; i++) {
        pthread_join(followers[i].thread, NULL);
        followed += followers[i].followed;
        wrong += followers[i].wrong;
    }
    fclose(file);
    printf("%" PRId64 " followed, %" PRId64 " wrong answers\n", followed, wrong);
    return wrong ? 1 : 0;
}

/* ---- check ------------------------------------------------------------------------------------ */

static int64_t number_of(const char *data, const char *what)
{
    char sql[300];
    int64_t value = -1;
    snprintf(sql, sizeof sql, "SELECT coalesce(%s", what);
    if (*database()) {
        PGconn *connection = PQconnectdb(database());
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

static int count(const char *data)
{
    printf("%" PRId64 " %" PRId64 " %" PRId64 "\n",
           number_of(data, "count(*), 0) FROM referrals_click"),
           number_of(data, "sum(clicks), 0) FROM referrals_hour"),
           number_of(data, "sum(marked), 0) FROM referrals_hour"));
    return 0;
}

static int orders(const char *data)
{
    printf("%" PRId64 "\n", number_of(data, "count(*), 0) FROM core_order"));
    return 0;
}

/* One line of DATA/answered against the database. */
static bool is_there(struct bed *bed, const char *click, int64_t number)
{
    struct referrals_click_id id;
    struct referrals_click_row row;
    struct referrals_index_row link;
    struct code code;
    struct memory *memory = memory_create(1 << 20);
    struct text typed = text_format(memory, "L%07lld", (long long)number);
    bool fine = id_parse(text_of(click), "clk", &id.value) && referrals_fold_code(typed, &code) &&
                !referrals_click_by_id(bed->world.reader, memory, id, &row) &&
                !referrals_index_code(bed->world.reader, memory,
                                      (struct text){code.text, code.size}, &link) &&
                row.link == link.link.value;
    memory_end(memory);
    return fine;
}

/* The numbers in a file of DATA added up; 0 when there is none. */
static int64_t sum_of(const char *data, const char *name)
{
    char path[400];
    int64_t number;
    int64_t sum = 0;
    snprintf(path, sizeof path, "%s/%s", data, name);
    FILE *file = fopen(path, "re");
    while (file && fscanf(file, "%" SCNd64, &number) == 1)
        sum += number;
    if (file)
        fclose(file);
    return sum;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int check(const char *data)
{
    struct bed bed;
    char click[ID_TEXT_MAX];
    int64_t number;
    int wrong = 0;
    size_t room = 1 << 22;
    size_t answered = 0;
    char **all = calloc(room, sizeof *all);
    open_world(&bed, data);
    FILE *file = open_in(data, "answered", "re");
    while (all && answered < room && fscanf(file, "%23s %" SCNd64, click, &number) == 2) {
        all[answered++] = strdup(click);
        if (!is_there(&bed, click, number) && wrong++ < 10)
            printf("click %s of link %" PRId64 " was answered and is lost\n", click, number);
    }
    fclose(file);
    bed_close(&bed);
    qsort(all, answered, sizeof *all, by_text);
    for (size_t i = 1; i < answered; i++)
        if (strcmp(all[i - 1], all[i]) == 0 && wrong++ < 10)
            printf("click %s was answered twice\n", all[i]);
    int64_t rows = number_of(data, "count(*), 0) FROM referrals_click");
    int64_t hours = number_of(data, "sum(clicks), 0) FROM referrals_hour");
    int64_t least = sum_of(data, "before") + (int64_t)answered;
    /* Each kill leaves one at most on each connection that was written and not answered. */
    if (rows < least || rows > least + PEOPLE * sum_of(data, "runs") || rows != hours) {
        printf("%" PRId64 " clicks, %" PRId64 " in the hours, %zu answered\n", rows, hours,
               answered);
        wrong++;
    }
    printf("%zu answered, %" PRId64 " in the database\n", answered, rows);
    return wrong ? 1 : 0;
}

int main(int argc, char **argv)
{
    log_set_level(LOG_WARNING);
    if (argc == 4 && strcmp(argv[1], "prepare") == 0)
        return prepare(argv[2], strtoll(argv[3], NULL, 10));
    if (argc == 4 && strcmp(argv[1], "more") == 0)
        return more(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "pause") == 0)
        return pause_one(argv[2], strtoll(argv[3], NULL, 10));
    if (argc == 4 && strcmp(argv[1], "follow") == 0)
        return follow(argv[2], (int)strtol(argv[3], NULL, 10));
    if (argc == 3 && strcmp(argv[1], "check") == 0)
        return check(argv[2]);
    if (argc == 3 && strcmp(argv[1], "count") == 0)
        return count(argv[2]);
    if (argc == 3 && strcmp(argv[1], "orders") == 0)
        return orders(argv[2]);
    fprintf(stderr, "usage: see the head of tests/clicks_client.c\n");
    return 2;
}
