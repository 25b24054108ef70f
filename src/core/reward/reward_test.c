/*
 * Rewards on both engines: ends and tellings in bounded rounds and once each, pages of thousands of
 * rows by cursor, a key used twice, what the audit finds.
 */
#include "core/reward/reward.h"

#include "base/ids.h"
#include "core/mail/mail.h"
#include "core/module.h"
#include "core/schema.h"
#include "ledger/ledger_test_bed.h"
#include "web/words.h"

enum { FIRM = 101, MAREN = 102, INES = 103, CROWD = 250, MANY = 10000 };

static const struct instant start = {INT64_C(20000) * DAY + 9 * HOUR};
static struct bed bed;
static struct server *server;
static struct memory *process;

static const struct problem *viewer_of(struct request *request, struct text secret,
                                       struct viewer *out)
{
    (void)request;
    bool maren = text_is(secret, "maren");
    *out = (struct viewer){.signed_in = true,
                           .person = {maren ? MAREN : INES},
                           .name = text_of("Somebody"),
                           .initials = text_of("S"),
                           .organisation = {maren ? FIRM : 0},
                           .organisation_name = text_of(maren ? "Nordlicht" : ""),
                           .role = maren ? MEMBER_OWNER : 0,
                           .consumer = true};
    return NULL;
}

/* Once for the whole run: settings and words live as long as the process. */
static int prepare(void **state)
{
    struct text complaint = {"", 0};
    (void)state;
    process = memory_create(64 << 20);
    settings_declare(web_settings, web_setting_count);
    settings_declare(mail_settings, MAIL_SETTINGS);
    if (words_load(process, &complaint))
        fail_msg("%.*s", TEXT_ARGS(complaint));
    words_be_strict();
    assert_null(settings_set(process, text_of("web.rate_limits"), text_of("off"), &complaint));
    return 0;
}

static const struct problem *set(struct database *db, struct memory *memory, void *context)
{
    return promise_set(db, memory, context);
}

static void begin(void **state)
{
    static const struct schema *const schemas[] = {&ledger_schema, &core_schema};
    static const char *const places[] = {"src/ledger/", "src/core/"};
    struct text complaint;
    bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    clock_set(start);
    bed_damage(&bed, "INSERT INTO core_party (id, kind, name, joined) VALUES "
                     "(101, 'organisation', 'Nordlicht', 1), (102, 'person', 'Maren', 1), "
                     "(103, 'person', 'Ines', 1)");
    bed_damage(&bed,
               "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) "
               "INSERT INTO core_party (id, kind, name, joined) "
               "SELECT 1000 + i, 'person', 'One of many', 1 FROM n");
    bed_damage(&bed, "INSERT INTO core_login (person, mail, password, language, operator) "
                     "SELECT id, 'p' || CAST(id AS TEXT) || '@example.org', '', 'en', 0 "
                     "FROM core_party WHERE id > 1000 AND id <= 1249");
    struct ledger_promise points = {.issuer = {FIRM},
                                    .kind = PROMISE_POINTS,
                                    .currency = text_of("ZZP"),
                                    .days = 20,
                                    .told_days = 10,
                                    .least = 1,
                                    .part = 10000,
                                    .worth = {true, {1, {"EUR"}}},
                                    .per = 1,
                                    .since = start};
    assert_null(store_write(bed.store, bed.memory, set, &points));
    struct server_options options = {.store = bed.store,
                                     .tables = reward_part.routes,
                                     .table_count = 1,
                                     .viewer_load = viewer_of,
                                     .data = text_of(bed.folder),
                                     .address = "127.0.0.1"};
    const struct problem *problem = server_start(bed.process, &options, &server, &complaint);
    if (problem)
        fail_msg("%s: %.*s", problem->name, TEXT_ARGS(complaint));
}

static void hear(void *context, const char *line)
{
    char *last = context;
    if (last)
        (void)snprintf(last, 160, "%s", line);
    else
        print_message("%s\n", line);
}

static int64_t discrepancies(char *last)
{
    struct ledger_audit_listener listener = {last, hear};
    int64_t found = -1;
    assert_null(reward_part.audit(bed.reader, bed.memory, &listener, &found));
    return found;
}

static void end(bool books)
{
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t found = 0;
    server_stop(server);
    if (books)
        assert_null(ledger_audit(bed.reader, bed.memory, &listener, &found));
    assert_int_equal(found, 0);
    clock_set((struct instant){0});
    bed_end(&bed);
}

static void give(int64_t person, int64_t units)
{
    struct memory *memory = memory_create(1 << 20);
    struct reward_act act = {.what = REWARD_GIVEN,
                             .issuer = {FIRM},
                             .party = {person},
                             .actor = {MAREN},
                             .units = {units, currency_points},
                             .note = text_of(""),
                             .at = clock_now()};
    assert_null(reward_make(bed.store, memory, &act));
    memory_end(memory);
}

static int64_t count(const char *sql)
{
    int64_t number = -1;
    if (bed.schema[0]) {
        char text[400];
        (void)snprintf(text, sizeof text, "SET search_path = %s", bed.schema);
        PGconn *connection = PQconnectdb(bed_server());
        PQclear(PQexec(connection, text));
        PGresult *result = PQexec(connection, sql);
        if (PQntuples(result) == 1)
            number = atoll(PQgetvalue(result, 0, 0));
        PQclear(result);
        PQfinish(connection);
        return number;
    }
    sqlite3 *database = NULL;
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_open(bed.url + strlen("sqlite:"), &database), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    if (sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return number;
}

/* One round on a day; says whether anything moved. */
static bool round_on(int64_t day)
{
    struct memory *memory = memory_create(8 << 20);
    int64_t moved = -1;
    clock_set(instant_add(start, day * DAY));
    assert_null(reward_tend(bed.store, bed.reader, memory, clock_now(), &moved));
    memory_end(memory);
    return moved > 0;
}

static void ends_and_tellings_come_in_rounds_and_once(void **state)
{
    static const char mails[] = "SELECT count(*) FROM core_mail";
    static const char with_units[] =
        "SELECT count(*) FROM ledger_account WHERE purpose = 'rewards' AND balance_minor > 0";
    begin(state);
    for (int64_t i = 1; i <= CROWD; i++)
        give(1000 + i, 10);
    assert_false(round_on(10)); /* the tenth day before the end of the last begins tomorrow */
    assert_int_equal(count(mails), 0);
    assert_true(round_on(11));
    assert_int_equal(count(mails), 100);
    assert_true(round_on(11));
    assert_true(round_on(11));
    /* The last of them can't be written to, which keeps nobody else waiting. */
    assert_int_equal(count(mails), CROWD - 1);
    assert_false(round_on(11));
    assert_false(round_on(20));
    assert_int_equal(count(mails), CROWD - 1);
    assert_int_equal(count(with_units), CROWD);
    assert_true(round_on(21));
    assert_int_equal(count(with_units), CROWD - 100);
    assert_true(round_on(21));
    assert_true(round_on(21));
    assert_int_equal(count(with_units), 0);
    assert_false(round_on(21));
    assert_int_equal(count(mails), CROWD - 1);
    assert_int_equal(discrepancies(NULL), 0);
    end(true);
}

/* After a long rest nobody is told of an end that has been. */
static void what_has_ended_is_not_told(void **state)
{
    begin(state);
    for (int64_t i = 1; i <= CROWD; i++)
        give(1000 + i, 10);
    while (round_on(40))
        ;
    assert_int_equal(count("SELECT count(*) FROM core_mail"), 0);
    end(true);
}

/* ---- pages ------------------------------------------------------------------------------------ */

static struct exchange ask(const char *method, const char *target, const char *who,
                           const char *form, int status)
{
    static struct memory *own;
    struct exchange exchange;
    memory_end(own);
    own = memory_create(64 << 20);
    assert_null(server_call(server, own, method, text_of(target), text_of(who), true, text_of(form),
                            &exchange));
    if (exchange.status != status)
        fail_msg("%s by %s: %d\n%.*s", target, who, exchange.status, TEXT_ARGS(exchange.body));
    return exchange;
}

static size_t times(struct text body, const char *what)
{
    size_t found = 0;
    for (size_t i = 0; i + strlen(what) <= body.size; i++)
        found += memcmp(body.data + i, what, strlen(what)) == 0 ? 1 : 0;
    return found;
}

/* Follows "later" to the end; returns how often `what` stood there. */
static size_t walk(const char *path, const char *who, const char *what, size_t *pages)
{
    char target[300];
    size_t found = 0;
    (void)snprintf(target, sizeof target, "%s", path);
    for (*pages = 1;; ++*pages) {
        static const char mark[] = "\"later\":\"";
        struct exchange exchange = ask("GET", target, who, "", 200);
        found += times(exchange.body, what);
        const char *later = memmem(exchange.body.data, exchange.body.size, mark, strlen(mark));
        if (!later)
            return found;
        later += strlen(mark);
        (void)snprintf(target, sizeof target, "%s%.*s", path, (int)strcspn(later, "\""), later);
    }
}

static void thousands_of_rows_go_by_cursor(void **state)
{
    size_t pages;
    char path[100];
    begin(state);
    for (int i = 0; i < 120; i++)
        give(INES, 5);
    struct exchange first = ask("GET", "/api/v1/me/rewards", "ines", "", 200);
    const char *account = memmem(first.body.data, first.body.size, "acc_", strlen("acc_"));
    (void)snprintf(path, sizeof path, "/api/v1/me/rewards/%.17s", account);
    assert_int_equal(walk(path, "ines", "\"transfer\":\"trf_", &pages), 120);
    assert_int_equal(pages, 3);
    assert_int_equal(walk("/api/v1/promises", "maren", "\"posting\":\"pst_", &pages), 120);
    assert_int_equal(pages, 4);
    /* Units of ten thousand others: put there behind the ledger's back, which would take minutes. */
    bed_damage(&bed,
               "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) "
               "INSERT INTO core_party (id, kind, name, joined) "
               "SELECT 20000 + i, 'organisation', 'One of many', 1 FROM n");
    bed_damage(
        &bed,
        "INSERT INTO ledger_promise (issuer, currency, since, kind, days, told_days, least, "
        "part, worth_minor, worth_currency, per) SELECT id, 'ZZP', 1, 'points', 0, 0, 1, 10000, "
        "1, 'EUR', 1 FROM core_party WHERE id > 20000");
    bed_damage(&bed, "INSERT INTO ledger_account (id, party, purpose, currency, issuer, "
                     "balance_minor) SELECT id, 103, 'rewards', 'ZZP', id, 7 FROM core_party "
                     "WHERE id > 20000");
    assert_int_equal(walk("/api/v1/me/rewards", "ines", "\"account\":\"acc_", &pages), MANY);
    assert_int_equal(pages, MANY / 20);
    end(false);
}

static void a_key_moves_units_once(void **state)
{
    static const char use[] = "kind=points&person=%s&units=%d&price=10.00&once=till";
    char form[200];
    char first[1000];
    begin(state);
    give(INES, 100);
    (void)snprintf(form, sizeof form, use, id_text("pty", INES).text, 30);
    struct exchange said = ask("POST", "/api/v1/promises/uses", "maren", form, 200);
    (void)snprintf(first, sizeof first, "%.*s", TEXT_ARGS(said.body));
    assert_non_null(strstr(first, "\"paid\":{\"minor\":30,"));
    assert_non_null(strstr(first, "\"left\":70"));
    said = ask("POST", "/api/v1/promises/uses", "maren", form, 200);
    assert_true(text_is(said.body, first));
    (void)snprintf(form, sizeof form, use, id_text("pty", INES).text, 31);
    ask("POST", "/api/v1/promises/uses", "maren", form, 409);
    assert_int_equal(count("SELECT balance_minor FROM ledger_account WHERE purpose = 'rewards'"),
                     70);
    end(true);
}

/* Points for everybody of the crowd, each line with its key; the line `wrong` asks for too many. */
static const char *points_for_all(bool each, int64_t wrong)
{
    static char body[CROWD * 100];
    size_t size = (size_t)snprintf(
        body, sizeof body, "{\"kind\":\"points\",\"each\":%s,\"lines\":[", each ? "true" : "false");
    for (int64_t i = 0; i < CROWD; i++) {
        int64_t units = i == wrong ? 1000 : 5;
        size +=
            (size_t)snprintf(body + size, sizeof body - size,
                             "%s{\"person\":\"%s\",\"units\":%lld,\"key\":\"k%lld\"}", i ? "," : "",
                             id_text("pty", 1001 + i).text, (long long)units, (long long)i);
    }
    (void)snprintf(body + size, sizeof body - size, "]}");
    return body;
}

static void says(struct exchange exchange, const char *what)
{
    if (times(exchange.body, what) != 1)
        fail_msg("%s is not once in\n%.*s", what, TEXT_ARGS(exchange.body));
}

static void units_for_many_in_one_call(void **state)
{
    static const char path[] = "/api/v1/promises/grants/batch";
    static const char given[] = "SELECT count(*) FROM ledger_account WHERE balance_minor = 5";
    static const char kept[] = "SELECT count(*) FROM core_reward";
    begin(state);
    give(1008, 100);
    bed_damage(&bed, "UPDATE ledger_account SET ceiling_minor = 200 WHERE party = 1008");
    /* All or none: the eighth may not have so many. */
    says(ask("POST", path, "maren", points_for_all(false, 7), 422), "\"field\":\"lines.7\"");
    assert_int_equal(count(given), 0);
    assert_int_equal(count(kept), 1);
    /* Each on its own, then the wrong one put right, then all once more. */
    struct exchange said = ask("POST", path, "maren", points_for_all(true, 7), 200);
    says(said, "\"given\":249,\"before\":0,\"refused\":1");
    says(said, "\"problem\":\"ledger.ceiling\"");
    assert_int_equal(count(given), CROWD - 1);
    says(ask("POST", path, "maren", points_for_all(false, -1), 200),
         "\"given\":1,\"before\":249,\"refused\":0");
    says(ask("POST", path, "maren", points_for_all(false, -1), 200),
         "\"given\":0,\"before\":250,\"refused\":0");
    assert_int_equal(
        count("SELECT SUM(balance_minor) FROM ledger_account WHERE purpose = 'rewards'"),
        100 + 5 * CROWD);
    assert_int_equal(count(kept), 1 + CROWD);
    /* Another content under a key that was used: named by its line, and nothing else is given. */
    says(ask("POST", path, "maren", points_for_all(false, 0), 422), "\"field\":\"lines.0\"");
    says(ask("POST", path, "maren",
             "{\"kind\":\"points\",\"each\":true,\"lines\":[{\"mail\":\"p1001@example.org\","
             "\"units\":1},"
             "{\"mail\":\"nobody@example.org\",\"units\":1}]}",
             422),
         "\"field\":\"lines.1.mail\"");
    ask("POST", path, "ines", points_for_all(true, -1), 403);
    assert_int_equal(count(kept), 1 + CROWD);
    assert_int_equal(discrepancies(NULL), 0);
    end(true);
}

static void the_audit_names_units_without_rules(void **state)
{
    char last[160] = "";
    begin(state);
    give(INES, 100);
    assert_int_equal(discrepancies(last), 0);
    bed_damage(&bed, "DELETE FROM ledger_promise");
    assert_int_equal(discrepancies(last), 2); /* the holder's account and the issuer's */
    assert_non_null(strstr(last, "for which nobody made rules"));
    end(true);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(ends_and_tellings_come_in_rounds_and_once),
        ON_BOTH(what_has_ended_is_not_told),
        ON_BOTH(thousands_of_rows_go_by_cursor),
        ON_BOTH(a_key_moves_units_once),
        ON_BOTH(units_for_many_in_one_call),
        ON_BOTH(the_audit_names_units_without_rules),
    };
    return cmocka_run_group_tests_name("core/reward", tests, prepare, NULL);
}
