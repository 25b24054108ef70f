/*
 * What tests/run_kill.sh and tests/run_deploy.sh send against servers that are being killed, and what
 * they ask afterwards.
 *
 *   kill_client prepare DATA        an installation with photographs, a business, its session
 *   kill_client buy DATA PORT       buys on eight connections until the server is gone
 *   kill_client through DATA PORT   buys on eight connections until DATA/enough is there, and repeats
 *                                   what was not acknowledged until it is
 *   kill_client again DATA PORT     repeats each key of `buy`: the same licence, or one made now
 *   kill_client check DATA          one licence a key, money for each, nothing half done
 *
 * What was asked for and what was acknowledged stands in DATA/keys, one line each, across all rounds:
 * "asked KEY PHOTO", "got KEY LICENCE". The database is that of CONTRAFLOW_DATABASE, or SQLite in DATA.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "core/login/session.h"
#include "purchase_test_bed.h"

enum { BUYERS = 8, PHOTOS = 20, LINE = 200, KEYS_MAX = 400000, ANSWER = 64 << 10 };
#define WALLET INT64_C(1000000000) /* cents paid in */

/* What DATA/plan says: who buys what. */
struct plan {
    char session[100];
    char organisation[40];
    char photos[PHOTOS][40];
};

/* A key of DATA/keys. */
struct key {
    char name[48];
    char photo[40];
    char licence[40]; /* empty: never acknowledged */
};

static const char *data_folder; /* DATA */
static struct key *keys;
static size_t key_count;

_Noreturn static void give_up(const char *what)
{
    perror(what);
    exit(2);
}

static FILE *open_in(const char *data, const char *name, const char *mode)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", data, name);
    FILE *file = fopen(path, mode);
    if (!file)
        give_up(path);
    setvbuf(file, NULL, _IOLBF, 0);
    return file;
}

/* ---- prepare ---------------------------------------------------------------------------------- */

static const char *database(void)
{
    const char *url = getenv("CONTRAFLOW_DATABASE");
    return url ? url : "";
}

static int prepare(const char *data)
{
    struct bed bed;
    struct text session;
    char written[ID_TEXT_MAX];
    bed_open(&bed, data, database());
    bed_people(&bed);
    struct party_id business = bed_business(&bed, bed.buyer, WALLET);
    bed_must(login_session(bed.world.store, bed.memory, bed.buyer, clock_now(), &session),
             "a session");
    bed_must(session_act(bed.world.store, bed.memory, session, business), "acting");
    FILE *plan = open_in(data, "plan", "we");
    id_write(written, "pty", business.value);
    fprintf(plan, "%.*s %s\n", TEXT_ARGS(session), written);
    for (int i = 0; i < PHOTOS; i++) {
        id_write(written, "pho", bed_photo(&bed).value);
        fprintf(plan, "%s\n", written);
    }
    fclose(plan);
    bed_close(&bed);
    return 0;
}

static void read_plan(const char *data, struct plan *out)
{
    FILE *file = open_in(data, "plan", "re");
    bool fine = fscanf(file, "%99s %39s", out->session, out->organisation) == 2;
    for (int i = 0; fine && i < PHOTOS; i++)
        fine = fscanf(file, "%39s", out->photos[i]) == 1;
    fclose(file);
    if (!fine)
        give_up("plan");
}

/* ---- HTTP ------------------------------------------------------------------------------------- */

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

/* Where the body begins and that all of it is there; 0: not yet. */
static size_t whole(const char *answer, size_t size)
{
    const char *end = strstr(answer, "\r\n\r\n");
    const char *length = strcasestr(answer, "\r\nContent-Length:");
    if (!end || !length || length > end)
        return 0;
    size_t head = (size_t)(end - answer) + 4;
    return size >= head + strtoul(length + 17, NULL, 10) ? head : 0;
}

/* Sends one purchase and reads its whole answer. The status, or 0 when the server went away. */
static int purchase(int connection, const struct plan *plan, const char *photo, const char *key,
                    char answer[ANSWER])
{
    char body[200];
    char request[1000];
    int length = snprintf(body, sizeof body,
                          "{\"licence\":\"standard\",\"seen\":{\"minor\":%d,\"currency\":\"EUR\"}}",
                          BED_PRICE);
    int size = snprintf(request, sizeof request,
                        "POST /api/v1/photos/%s/licences HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                        "Authorization: Bearer %s\r\nIdempotency-Key: %s\r\n"
                        "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                        photo, plan->session, key, length, body);
    if (send(connection, request, (size_t)size, MSG_NOSIGNAL) != size)
        return 0;
    for (size_t got = 0; got < ANSWER - 1;) {
        ssize_t more = recv(connection, &answer[got], ANSWER - 1 - got, 0);
        if (more <= 0)
            return 0;
        got += (size_t)more;
        answer[got] = '\0';
        if (whole(answer, got))
            return (int)strtol(&answer[strlen("HTTP/1.1 ")], NULL, 10);
    }
    return 0;
}

/* The licence that an answer names, or NULL; ends it with NUL. */
static char *licence_in(char *answer)
{
    char *found = strstr(answer, "\"lic_");
    char *end = found ? strchr(found + 1, '"') : NULL;
    if (!end)
        return NULL;
    *end = '\0';
    return found + 1;
}

/* ---- buy -------------------------------------------------------------------------------------- */

struct buyer {
    const struct plan *plan;
    FILE *keys;
    int port;
    int number;
    int bought;
    int refused; /* by an answer that is no licence */
    pthread_t thread;
};

static void *buy_on(void *context)
{
    struct buyer *buyer = context;
    static _Thread_local char answer[ANSWER];
    int connection = connect_to(buyer->port);
    for (int i = 0; connection >= 0; i++) {
        struct timespec now;
        char key[48];
        clock_gettime(CLOCK_REALTIME, &now);
        snprintf(key, sizeof key, "kill-%d-%lld-%ld-%d", buyer->number, (long long)now.tv_sec,
                 now.tv_nsec, i);
        const char *photo = buyer->plan->photos[(buyer->number + i) % PHOTOS];
        fprintf(buyer->keys, "asked %s %s\n", key, photo);
        int status = purchase(connection, buyer->plan, photo, key, answer);
        if (status == 0)
            break;
        const char *licence = status < 300 ? licence_in(answer) : NULL;
        if (licence)
            fprintf(buyer->keys, "got %s %s\n", key, licence);
        else
            fprintf(stderr, "purchase answered %d: %s\n", status, strstr(answer, "\r\n\r\n"));
        buyer->bought += licence ? 1 : 0;
        buyer->refused += licence ? 0 : 1;
    }
    if (connection >= 0)
        close(connection);
    return NULL;
}

/* ---- through ---------------------------------------------------------------------------------- */

/* When anybody was last acknowledged, and the longest time that nobody was. */
static struct {
    pthread_mutex_t lock;
    double last;    /* seconds */
    double longest; /* seconds */
    int repeated;   /* purchases that were sent again */
} progress = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void note_progress(int tries)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double at = (double)now.tv_sec + (double)now.tv_nsec / 1e9;
    pthread_mutex_lock(&progress.lock);
    if (progress.last > 0 && at - progress.last > progress.longest)
        progress.longest = at - progress.last;
    progress.last = at;
    progress.repeated += tries > 1 ? 1 : 0;
    pthread_mutex_unlock(&progress.lock);
}

static bool enough(const char *data)
{
    char path[400];
    snprintf(path, sizeof path, "%s/enough", data);
    return access(path, F_OK) == 0;
}

/* What the caller of an API is told to do: the same key again while nobody answers, or with 502, 503
 * or 504. */
static void buy_until_acknowledged(struct buyer *buyer, int *connection, const char *photo,
                                   const char *key)
{
    static _Thread_local char answer[ANSWER];
    for (int tries = 1; tries == 1 || !enough(data_folder); tries++) {
        if (*connection < 0)
            *connection = connect_to(buyer->port);
        int status = *connection < 0 ? 0 : purchase(*connection, buyer->plan, photo, key, answer);
        const char *licence = status && status < 300 ? licence_in(answer) : NULL;
        if (licence) {
            fprintf(buyer->keys, "got %s %s\n", key, licence);
            note_progress(tries);
            buyer->bought++;
            return;
        }
        if (status && status != 502 && status != 503 && status != 504) {
            fprintf(stderr, "purchase answered %d: %s\n", status, strstr(answer, "\r\n\r\n"));
            buyer->refused++;
            return;
        }
        if (*connection >= 0)
            close(*connection); /* 503 may come from a proxy that closes */
        *connection = -1;
        usleep(100000);
    }
}

static void *buy_through(void *context)
{
    struct buyer *buyer = context;
    int connection = -1;
    for (int i = 0; !enough(data_folder); i++) {
        struct timespec now;
        char key[48];
        clock_gettime(CLOCK_REALTIME, &now);
        snprintf(key, sizeof key, "kill-%d-%lld-%ld-%d", buyer->number, (long long)now.tv_sec,
                 now.tv_nsec, i);
        const char *photo = buyer->plan->photos[(buyer->number + i) % PHOTOS];
        fprintf(buyer->keys, "asked %s %s\n", key, photo);
        buy_until_acknowledged(buyer, &connection, photo, key);
    }
    if (connection >= 0)
        close(connection);
    return NULL;
}

static int buy(const char *data, int port, void *(*how)(void *))
{
    static struct plan plan;
    struct buyer buyers[BUYERS];
    int bought = 0;
    int refused = 0;
    read_plan(data, &plan);
    FILE *file = open_in(data, "keys", "ae");
    for (int i = 0; i < BUYERS; i++) {
        buyers[i] = (struct buyer){.plan = &plan, .keys = file, .port = port, .number = i};
        if (pthread_create(&buyers[i].thread, NULL, how, &buyers[i]) != 0)
            give_up("thread");
    }
    for (int i = 0; i < BUYERS; i++) {
        pthread_join(buyers[i].thread, NULL);
        bought += buyers[i].bought;
        refused += buyers[i].refused;
    }
    fclose(file);
    printf("%d acknowledged", bought);
    if (progress.repeated)
        printf(", %d of them after repeating; the longest time without any: %.1f s",
               progress.repeated, progress.longest);
    printf("\n");
    return refused ? 1 : 0;
}

/* ---- again ------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct key *)a)->name, ((const struct key *)b)->name);
}

static int by_licence(const void *a, const void *b)
{
    return strcmp(((const struct key *)a)->licence, ((const struct key *)b)->licence);
}

static struct key *key_named(const char *name)
{
    struct key wanted;
    snprintf(wanted.name, sizeof wanted.name, "%s", name);
    return bsearch(&wanted, keys, key_count, sizeof *keys, by_name);
}

/* Keys in order of their names. Two acknowledgements of a key must name one licence. */
static int read_keys(const char *data)
{
    char word[8];
    struct key line;
    int wrong = 0;
    FILE *file = open_in(data, "keys", "re");
    keys = calloc(KEYS_MAX, sizeof *keys);
    if (!keys)
        give_up("memory");
    while (fscanf(file, "%7s %47s %39s", word, line.name, line.photo) == 3) {
        if (strcmp(word, "asked") != 0)
            continue;
        if (key_count == KEYS_MAX)
            give_up("too many keys");
        line.licence[0] = '\0';
        keys[key_count++] = line;
    }
    qsort(keys, key_count, sizeof *keys, by_name);
    rewind(file);
    while (fscanf(file, "%7s %47s %39s", word, line.name, line.licence) == 3) {
        struct key *key = strcmp(word, "got") == 0 ? key_named(line.name) : NULL;
        if (!key)
            continue;
        if (key->licence[0] && strcmp(key->licence, line.licence) != 0) {
            printf("key %s gave %s and %s\n", key->name, key->licence, line.licence);
            wrong++;
        }
        memcpy(key->licence, line.licence, sizeof key->licence);
    }
    fclose(file);
    return wrong;
}

static int again(const char *data, int port)
{
    static struct plan plan;
    static char answer[ANSWER];
    read_plan(data, &plan);
    int wrong = read_keys(data);
    FILE *file = open_in(data, "keys", "ae");
    int connection = connect_to(port);
    int made = 0;
    for (size_t i = 0; i < key_count; i++) {
        bool known = keys[i].licence[0] != '\0';
        /* All that were not acknowledged; of the others a part, so that late rounds stay short. */
        if (known && key_count > 2000 && i % (key_count / 1000) != 0)
            continue;
        int status =
            connection < 0 ? 0 : purchase(connection, &plan, keys[i].photo, keys[i].name, answer);
        const char *licence = status && status < 300 ? licence_in(answer) : NULL;
        if (!licence || (known && strcmp(licence, keys[i].licence) != 0)) {
            printf("key %s is answered %d %s, had %s\n", keys[i].name, status,
                   licence ? licence : "", keys[i].licence);
            wrong++;
            continue;
        }
        made += known ? 0 : 1;
        fprintf(file, "got %s %s\n", keys[i].name, licence);
    }
    fclose(file);
    printf("%d of %zu keys were not acknowledged before\n", made, key_count);
    return wrong ? 1 : 0;
}

/* ---- check ------------------------------------------------------------------------------------ */

static int64_t count_of(const char *data, const char *what)
{
    char sql[300];
    int64_t value = -1;
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", what);
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

static int expect(const char *what, int64_t found, int64_t expected)
{
    if (found == expected)
        return 0;
    printf("%s: %" PRId64 ", should be %" PRId64 "\n", what, found, expected);
    return 1;
}

/* Each key has a licence of its own, and the books hold exactly these. */
static int check(const char *data)
{
    static struct plan plan;
    struct bed bed;
    struct party_id business;
    struct ledger_balance balance;
    struct currency euro = {"EUR"};
    read_plan(data, &plan);
    int wrong = read_keys(data);
    int64_t all = (int64_t)key_count;
    qsort(keys, key_count, sizeof *keys, by_licence);
    for (size_t i = 0; i < key_count; i++) {
        if (!keys[i].licence[0] || (i > 0 && by_licence(&keys[i - 1], &keys[i]) == 0)) {
            printf("key %s has no licence of its own\n", keys[i].name);
            wrong++;
        }
    }
    bed_open(&bed, data, database());
    wrong += id_parse(text_of(plan.organisation), "pty", &business.value) ? 0 : 1;
    bed_must(ledger_balance(bed.world.reader, bed.memory, business, ACCOUNT_WALLET, euro, &balance),
             "the wallet");
    wrong += expect("money in the wallet", balance.balance.minor, WALLET - all * BED_PRICE);
    wrong += expect("money held", balance.held.minor, 0);
    wrong += expect("discrepancies", bed_discrepancies(&bed), 0);
    bed_close(&bed);
    wrong += expect("licences", count_of(data, "stock_licence"), all);
    wrong += expect("deals", count_of(data, "core_deal"), all);
    wrong += expect("what they are about", count_of(data, "stock_deal"), all);
    wrong += expect("licensed deals", count_of(data, "core_deal WHERE state = 'licensed'"), all);
    wrong += expect("rights", count_of(data, "core_right"), all);
    wrong +=
        expect("keys", count_of(data, "ledger_once WHERE key LIKE 'kill-%' AND result <> 0"), all);
    wrong += expect("holds posted", count_of(data, "ledger_hold WHERE state = 'posted'"), all);
    printf("%" PRId64 " purchases\n", all);
    return wrong ? 1 : 0;
}

int main(int argc, char **argv)
{
    log_set_level(LOG_ERROR);
    const char *what = argc > 1 ? argv[1] : "";
    data_folder = argc > 2 ? argv[2] : "";
    int port = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 0;
    if (argc == 3 && strcmp(what, "prepare") == 0)
        return prepare(argv[2]);
    if (argc == 4 && strcmp(what, "buy") == 0)
        return buy(argv[2], port, buy_on);
    if (argc == 4 && strcmp(what, "through") == 0)
        return buy(argv[2], port, buy_through);
    if (argc == 4 && strcmp(what, "again") == 0)
        return again(argv[2], port);
    if (argc == 3 && strcmp(what, "check") == 0)
        return check(argv[2]);
    fprintf(stderr, "usage: kill_client prepare|buy|through|again|check DATA [PORT]\n");
    return 2;
}
