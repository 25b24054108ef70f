/*
 * Keys: how they are written, whom they act for, what becomes of them; through the router, as programs
 * come.
 */
#include "core/router_test_bed.h"

#include "base/ids.h"
#include "core/keys/key.h"
#include "core/keys/origin.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/login/session.h"
#include "core/login/parts.h"
#include "core/people/people.h"
#include "core/profile/parts.h"

static struct router_bed bed;
static struct {
    struct party_id ada;  /* owns the shop */
    struct party_id bert; /* buys for it */
    struct party_id shop; /* a business */
    struct text session;  /* ada's */
} world;

static struct party_id person(const char *name)
{
    struct party_id id;
    struct text mail = text_format(bed.memory, "%s@example.org", name);
    assert_null(login_sign_up(bed.store, bed.memory, text_of(name), mail, text_of(""), LANGUAGE_EN,
                              false, clock_now(), &id));
    return id;
}

static int begin(void **state)
{
    static const struct route_table *tables[3];
    (void)state;
    clock_set((struct instant){INT64_C(1780000000000)});
    job_register(people_part.jobs, people_part.job_count);
    job_register(keys_part.jobs, keys_part.job_count);
    tables[0] = login_part.routes[0];
    tables[1] = profile_part.routes[0];
    tables[2] = keys_part.routes[0];
    struct server_options options = {
        .tables = tables, .table_count = 3, .key_load = key_load, .origin_known = origin_known};
    if (router_begin(&bed, options) != 0)
        return -1;
    world.ada = person("ada");
    world.bert = person("bert");
    assert_null(party_found(bed.store, bed.memory, text_of("Shop"), text_of(""), world.ada,
                            clock_now(), &world.shop));
    assert_null(
        party_member(bed.store, bed.memory, world.shop, world.bert, MEMBER_OWNER, clock_now()));
    assert_null(login_session(bed.store, bed.memory, world.ada, clock_now(), &world.session));
    return 0;
}

static int end(void **state)
{
    (void)state;
    return router_end(&bed);
}

static const struct text nobody = {"", 0};

/* ---- asking ---- */

static struct key_order order_of(struct party_id maker, struct party_id owner, const char *scopes)
{
    static int made;
    return (struct key_order){.owner = owner,
                              .maker = maker,
                              .name = text_of("Till"),
                              .scopes = text_of(scopes),
                              .once = text_format(bed.memory, "once-%d", made++),
                              .at = clock_now(),
                              .until = instant_add(clock_now(), KEY_DAYS * DAY)};
}

static struct text key_of(struct party_id maker, struct party_id owner, const char *scopes,
                          struct key_id *id)
{
    struct text secret;
    struct key_id own;
    struct key_order order = order_of(maker, owner, scopes);
    assert_null(key_make(bed.store, bed.memory, &order, id ? id : &own, &secret));
    return text_format(bed.memory, "Bearer %.*s", TEXT_ARGS(secret));
}

static struct exchange call(const char *method, const char *target, struct text who,
                            const char *body)
{
    struct exchange exchange;
    assert_null(server_call(bed.server, bed.memory, method, text_of(target), who, true,
                            text_of(body), &exchange));
    return exchange;
}

static void expect(struct exchange exchange, int status, const char *says)
{
    bool said = !says || memmem(exchange.body.data, exchange.body.size, says, strlen(says));
    if (exchange.status != status || !said)
        fail_msg("%d instead of %d \"%s\": %.*s", exchange.status, status, says ? says : "",
                 TEXT_ARGS(exchange.body));
}

/* The newest mail. */
static bool mail_says(const char *subject)
{
    struct mail_row_list mails;
    assert_null(mails_before(bed.reader, bed.memory, (struct mail_id){INT64_MAX}, &mails));
    return mails.count && memmem(mails.items[0].subject.data, mails.items[0].subject.size, subject,
                                 strlen(subject));
}

/* ---- how they are written ---- */

static void a_scanner_tells_a_key_by_its_form(void **state)
{
    (void)state;
    struct text key = key_of(world.ada, world.ada, "people.read", NULL);
    key = (struct text){key.data + 7, key.size - 7};
    assert_int_equal(key.size, KEY_TEXT);
    assert_true(key_is_formed(key));
    for (size_t i = 0; i < key.size; i++) {
        char other[KEY_TEXT];
        memcpy(other, key.data, sizeof other);
        other[i] = other[i] == 'a' ? 'b' : 'a';
        assert_false(key_is_formed((struct text){other, sizeof other}));
    }
    assert_false(key_is_formed((struct text){key.data, key.size - 1}));
    assert_false(key_is_formed(text_of("")));
    /* Worked out with another program: zlib's crc32 in base 62. */
    assert_true(key_is_formed(text_of("cf_live_000000000000000000000000000000003iCihd")));
}

/* ---- whom they act for ---- */

static void a_key_does_what_its_scopes_say(void **state)
{
    (void)state;
    struct text reads = key_of(world.ada, world.ada, "people.read", NULL);
    struct text writes = key_of(world.ada, world.ada, "people.write", NULL);
    expect(call("GET", "/api/v1/me", reads, ""), 200, "ada@example.org");
    expect(call("GET", "/api/v1/me", writes, ""), 403, "\"scope\":\"people.read\"");
    expect(call("POST", "/api/v1/me", reads, "{\"name\":\"Ada\",\"language\":\"en\"}"), 403,
           "people.write");
    expect(call("POST", "/api/v1/me", writes, "{\"name\":\"Ada\",\"language\":\"en\"}"), 200, NULL);
    /* Neither pages nor what is about sessions, passwords and keys. */
    expect(call("GET", "/me/profile", reads, ""), 403, "web.keyless");
    expect(call("GET", "/api/v1/me/security", reads, ""), 403, "web.keyless");
    expect(call("GET", "/api/v1/me/keys", reads, ""), 403, "web.keyless");
    expect(call("POST", "/api/v1/me/keys", writes, "name=more&scopes=people.read"), 403,
           "web.keyless");
    expect(call("POST", "/api/v1/sessions", writes, "mail=a&password=b"), 403, "web.keyless");
}

static void a_key_of_a_business_is_nobody_elsewhere(void **state)
{
    (void)state;
    struct text house = key_of(world.bert, world.shop, "people.read", NULL);
    struct text own = key_of(world.bert, world.bert, "people.read", NULL);
    expect(call("GET", "/api/v1/members", house, ""), 200, "bert@example.org");
    expect(call("GET", "/api/v1/me", house, ""), 403, "not_allowed");
    expect(call("GET", "/api/v1/me", own, ""), 200, "bert@example.org");
    expect(call("GET", "/api/v1/members", own, ""), 403, "not_allowed");
    /* Less may the maker, less may the key; when they leave it stops, and coming back is a new start. */
    assert_null(
        party_member(bed.store, bed.memory, world.shop, world.bert, MEMBER_BUYER, clock_now()));
    expect(call("GET", "/api/v1/members", house, ""), 403, "not_allowed");
    assert_null(party_member(bed.store, bed.memory, world.shop, world.bert, 0, clock_now()));
    expect(call("GET", "/api/v1/members", house, ""), 401, "keys.revoked");
    clock_set(instant_add(clock_now(), MINUTE));
    assert_null(
        party_member(bed.store, bed.memory, world.shop, world.bert, MEMBER_OWNER, clock_now()));
    expect(call("GET", "/api/v1/members", house, ""), 401, "keys.revoked");
    /* Shut out, nobody's program comes in either. */
    assert_null(login_suspend(bed.store, bed.memory, world.bert, true, world.ada, clock_now()));
    expect(call("GET", "/api/v1/me", own, ""), 401, "keys.revoked");
    assert_null(login_suspend(bed.store, bed.memory, world.bert, false, world.ada, clock_now()));
    expect(call("GET", "/api/v1/me", own, ""), 200, NULL);
}

static void a_key_is_no_good_once_it_ends(void **state)
{
    (void)state;
    struct key_id id;
    struct text key = key_of(world.ada, world.ada, "people.read", &id);
    expect(call("GET", "/api/v1/me", key, ""), 200, NULL);
    assert_ptr_equal(key_end(bed.store, bed.memory, world.shop, id, world.bert, clock_now()),
                     &not_found);
    assert_null(key_end(bed.store, bed.memory, world.ada, id, world.ada, clock_now()));
    expect(call("GET", "/api/v1/me", key, ""), 401, "keys.revoked");
    assert_ptr_equal(key_end(bed.store, bed.memory, world.ada, id, world.ada, clock_now()),
                     &not_found);
    expect(call("GET", "/api/v1/me",
                text_of("Bearer cf_live_000000000000000000000000000000003iCihd"), ""),
           401, "keys.unknown");
    expect(call("GET", "/sign-in", text_of("Bearer cf_nonsense"), ""), 401, "keys.unknown");
    expect(call("GET", "/api/v1/me", nobody, ""), 401, "web.sign_in");
}

/* ---- on their pages ---- */

static const struct problem *tell_claimed(struct database *db, struct memory *memory, void *context)
{
    const struct party_id *who = context;
    return event_emit(db, memory, LOGIN_CLAIMED, who->value, *who, text_of(""), clock_now());
}

/* Who took the account back is not to share it with programs of somebody else. */
static void keys_end_when_their_account_is_claimed(void **state)
{
    static const struct consumer *const consumers[] = {&key_claimed};
    (void)state;
    int64_t taken = 0;
    struct text hers = key_of(world.ada, world.ada, "people.read", NULL);
    struct text his = key_of(world.bert, world.bert, "people.read", NULL);
    assert_null(store_write(bed.store, bed.memory, tell_claimed, &world.ada));
    assert_null(event_consume(bed.store, bed.reader, bed.memory, consumers, 1, 1000, &taken));
    expect(call("GET", "/api/v1/me", hers, ""), 401, "keys.revoked");
    expect(call("GET", "/api/v1/me", his, ""), 200, "bert");
}

static void a_key_is_made_once_and_shown_once(void **state)
{
    (void)state;
    struct key_order order = order_of(world.ada, world.ada, "people.read");
    struct key_id id;
    struct text first;
    struct text second;
    assert_null(key_make(bed.store, bed.memory, &order, &id, &first));
    assert_ptr_equal(key_make(bed.store, bed.memory, &order, &id, &second), &keys_repeated);
    assert_true(mail_says("A new key for programs: Till"));
    struct exchange page = call("GET", "/api/v1/me/keys", world.session, "");
    expect(page, 200, "\"live\"");
    assert_null(memmem(page.body.data, page.body.size, first.data, first.size));
    assert_non_null(memmem(page.body.data, page.body.size, first.data + KEY_TEXT - 4, 4));
    expect(call("POST", "/api/v1/me/keys", world.session, "name=Shop&scopes=people.read&days=30"),
           200, KEY_LIVE_PREFIX);
    expect(call("POST", "/api/v1/me/keys", world.session, "name=Shop&scopes=pay.desk.write"), 422,
           "keys.no_such_scope");
    expect(call("POST", "/api/v1/me/keys", world.session, "name=Shop&scopes=people.read&days=731"),
           422, "too_large");
}

static void before_its_end_its_maker_is_told(void **state)
{
    (void)state;
    int64_t ran;
    struct text key = key_of(world.ada, world.ada, "people.read", NULL);
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
    assert_false(mail_says("ends soon"));
    clock_set(instant_add(clock_now(), (KEY_DAYS - 13) * DAY));
    assert_null(job_work(bed.store, bed.reader, LANE_SLOW, 100, &ran));
    assert_true(mail_says("Your key “Till” ends soon"));
    expect(call("GET", "/api/v1/me", key, ""), 200, NULL);
    clock_set(instant_add(clock_now(), 13 * DAY));
    expect(call("GET", "/api/v1/me", key, ""), 401, "keys.expired");
}

/* ---- headers ---- */

/* What a browser or program sends besides the path. */
struct head {
    const char *method, *origin, *cookie, *if_match, *if_none_match, *json;
    struct text authorization;
};

/* The value of an answer's header; NULL when it has none. */
static const char *ask(const char *path, const struct head *head, const char *name, int *status)
{
    struct answer answer;
    const char *found = NULL;
    struct incoming incoming = {.memory = bed.memory,
                                .method = text_of(head->method),
                                .target = text_of(path),
                                .accept = text_of("application/json"),
                                .origin = text_of(head->origin ? head->origin : ""),
                                .cookie = text_of(head->cookie ? head->cookie : ""),
                                .authorization = head->authorization,
                                .if_match = text_of(head->if_match ? head->if_match : ""),
                                .if_none_match =
                                    text_of(head->if_none_match ? head->if_none_match : ""),
                                .content_type = text_of("application/json"),
                                .address = text_of("192.0.2.7"),
                                .host = text_of("site.example"),
                                .id = "call"};
    router_prepare(bed.server, &incoming);
    if (head->json) {
        body_begin(&incoming.body, bed.memory, incoming.content_type, text_of(bed.folder),
                   router_body_limit(&incoming));
        body_take(&incoming.body, head->json, strlen(head->json));
        body_end(&incoming.body);
    }
    answer_begin(&answer, bed.memory);
    router_answer(bed.server, &incoming, bed.reader, &answer);
    for (size_t i = 0; i < answer.header_count && !found; i++) {
        if (strcmp(answer.headers[i].name, name) == 0)
            found = answer.headers[i].value;
    }
    *status = answer.status;
    answer_end(&answer);
    return found;
}

static void websites_call_where_they_are_registered(void **state)
{
    (void)state;
    static const char allows[] = "Access-Control-Allow-Origin";
    static const char mine[] = "https://ada.example";
    static const char theirs[] = "https://shop.example";
    int status;
    struct text key = key_of(world.ada, world.ada, "people.read", NULL);
    assert_null(
        origin_register(bed.store, bed.memory, world.ada, text_of(mine), world.ada, clock_now()));
    assert_null(origin_register(bed.store, bed.memory, world.shop, text_of(theirs), world.ada,
                                clock_now()));
    struct head head = {.method = "OPTIONS", .origin = "https://evil.example"};
    assert_null(ask("/api/v1/me", &head, allows, &status));
    head.origin = mine;
    assert_string_equal(ask("/api/v1/me", &head, allows, &status), mine);
    assert_int_equal(status, 204);
    assert_non_null(
        strstr(ask("/api/v1/me", &head, "Access-Control-Allow-Headers", &status), "Authorization"));
    assert_null(ask("/api/v1/me", &head, "Access-Control-Allow-Credentials", &status));
    assert_null(ask("/sign-in", &head, allows, &status));
    head = (struct head){.method = "GET", .origin = mine, .authorization = key};
    assert_string_equal(ask("/api/v1/me", &head, allows, &status), mine);
    assert_int_equal(status, 200);
    /* Registered, but by somebody else. */
    head.origin = theirs;
    assert_null(ask("/api/v1/me", &head, allows, &status));
    assert_int_equal(status, 403);
    head.origin = "http://site.example";
    ask("/api/v1/me", &head, allows, &status);
    assert_int_equal(status, 200);
    assert_null(
        origin_remove(bed.store, bed.memory, world.ada, text_of(mine), world.ada, clock_now()));
    head.origin = mine;
    ask("/api/v1/me", &head, allows, &status);
    assert_int_equal(status, 403);
}

static void an_origin_is_scheme_and_host(void **state)
{
    (void)state;
    static const char *const fine[] = {"https://shop.example", "https://shop.example:8443",
                                       "http://localhost:3000", "http://127.0.0.1",
                                       "https://xn--caf-dma.example"};
    static const char *const not [] = {"http://shop.example",
                                       "https://shop.example/",
                                       "https://",
                                       "https://Shop.example",
                                       "https://a.example:x",
                                       "https://a.example:",
                                       "null",
                                       "https://a@b.example",
                                       "http://localhost.evil.example",
                                       "*",
                                       "https://a b"};
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (!origin_is_formed(text_of(fine[i])))
            fail_msg("%s", fine[i]);
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
        if (origin_is_formed(text_of(not [i])))
            fail_msg("%s", not [i]);
}

static void with_a_key_no_cookie_counts(void **state)
{
    (void)state;
    int status;
    struct text cookie = text_format(bed.memory, "session=%.*s", TEXT_ARGS(world.session));
    struct head head = {.method = "GET", .cookie = cookie.data};
    ask("/api/v1/me/keys", &head, "ETag", &status);
    assert_int_equal(status, 200);
    head.authorization = text_of("Bearer cf_live_gone");
    const char *asks = ask("/api/v1/me/keys", &head, "WWW-Authenticate", &status);
    assert_string_equal(asks, "Bearer realm=\"api\", error=\"invalid_token\"");
    assert_int_equal(status, 401);
    head.authorization = key_of(world.ada, world.ada, "people.write", NULL);
    asks = ask("/api/v1/me", &head, "WWW-Authenticate", &status);
    assert_string_equal(
        asks, "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"people.read\"");
    assert_int_equal(status, 403);
}

/* The ETag of what was read goes into If-Match; whoever comes second with it is told. */
static void of_two_who_change_one_thing_the_second_is_told(void **state)
{
    (void)state;
    int status;
    struct text key = key_of(world.ada, world.ada, "people.read people.write", NULL);
    struct head get = {.method = "GET", .authorization = key};
    const char *tag = ask("/api/v1/me", &get, "ETag", &status);
    assert_non_null(tag);
    get.if_none_match = tag;
    assert_string_equal(ask("/api/v1/me", &get, "ETag", &status), tag);
    assert_int_equal(status, 304);
    struct head set = {.method = "POST",
                       .authorization = key,
                       .if_match = tag,
                       .json = "{\"name\":\"Ada L.\",\"language\":\"en\"}"};
    ask("/api/v1/me", &set, "ETag", &status);
    assert_int_equal(status, 200);
    set.json = "{\"name\":\"Ada B.\",\"language\":\"en\"}";
    ask("/api/v1/me", &set, "ETag", &status);
    assert_int_equal(status, 412);
    expect(call("GET", "/api/v1/me", key, ""), 200, "Ada L.");
    assert_string_not_equal(ask("/api/v1/me", &get, "ETag", &status), tag);
    assert_int_equal(status, 200);
    set.if_match = "*";
    ask("/api/v1/me", &set, "ETag", &status);
    assert_int_equal(status, 200);
    /* What can't compare does nothing, rather than what was not meant. */
    set.if_match = "\"strange\"";
    ask("/api/v1/me", &set, "ETag", &status);
    assert_int_equal(status, 412);
    set.if_match = tag;
    set.json = "{\"name\":\"Shop\"}";
    ask("/api/v1/me/businesses", &set, "ETag", &status);
    assert_int_equal(status, 400); /* no idempotency key either */
}

/* Followed to the end, everything comes once. */
static void a_list_says_where_it_goes_on(void **state)
{
    (void)state;
    enum { MORE = 101 };
    struct head get = {.method = "GET",
                       .authorization = key_of(world.bert, world.shop, "people.read", NULL)};
    const char *path = "/api/v1/members";
    int status;
    int pages = 0;
    assert_null(ask(path, &get, "Link", &status));
    for (int i = 0; i < MORE; i++) {
        char name[16];
        snprintf(name, sizeof name, "m%d", i);
        assert_null(party_member(bed.store, bed.memory, world.shop, person(name), MEMBER_VIEWER,
                                 clock_now()));
    }
    const char *link = ask(path, &get, "Link", &status);
    for (; link; link = ask(path, &get, "Link", &status)) {
        const char *from = strstr(link, "/api/v1/members?after=pty_");
        const char *end = strstr(link, ">; rel=\"next\"");
        assert_true(from && end && pages++ < 3);
        path = text_copy(bed.memory, (struct text){from, (size_t)(end - from)}).data;
    }
    assert_int_equal(status, 200);
    assert_int_equal(pages, 1);
}

static void each_key_has_a_bucket_of_its_own(void **state)
{
    (void)state;
    int status = 200;
    struct head head = {.method = "GET",
                        .authorization = key_of(world.ada, world.ada, "people.read", NULL)};
    assert_string_equal(ask("/api/v1/me", &head, "RateLimit-Policy", &status),
                        "\"normal\";q=600;w=60");
    for (int i = 0; i < 1000 && status == 200; i++)
        ask("/api/v1/me", &head, "RateLimit", &status);
    assert_int_equal(status, 429);
    assert_non_null(ask("/api/v1/me", &head, "Retry-After", &status));
    head.authorization = key_of(world.ada, world.ada, "people.read", NULL);
    ask("/api/v1/me", &head, "RateLimit", &status);
    assert_int_equal(status, 200);
    /* Trying keys is limited, too. */
    head.authorization = text_of("Bearer cf_live_guess");
    for (int i = 0; i < 1000 && status != 429; i++)
        ask("/api/v1/me", &head, "RateLimit", &status);
    assert_int_equal(status, 429);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scanner_tells_a_key_by_its_form),
        cmocka_unit_test(a_key_does_what_its_scopes_say),
        cmocka_unit_test(a_key_of_a_business_is_nobody_elsewhere),
        cmocka_unit_test(a_key_is_no_good_once_it_ends),
        cmocka_unit_test(keys_end_when_their_account_is_claimed),
        cmocka_unit_test(a_key_is_made_once_and_shown_once),
        cmocka_unit_test(websites_call_where_they_are_registered),
        cmocka_unit_test(an_origin_is_scheme_and_host),
        cmocka_unit_test(with_a_key_no_cookie_counts),
        cmocka_unit_test(of_two_who_change_one_thing_the_second_is_told),
        cmocka_unit_test(a_list_says_where_it_goes_on),
        cmocka_unit_test(each_key_has_a_bucket_of_its_own),
        cmocka_unit_test(before_its_end_its_maker_is_told),
    };
    log_set_level(LOG_ERROR);
    return cmocka_run_group_tests_name("core/keys", tests, begin, end);
}
