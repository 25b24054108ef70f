/*
 * A world with a business that makes apps, and the ways in which browsers and apps ask in it.
 *
 * Read next: core/apps/apps_test.c.
 */
#ifndef CONTRAFLOW_CORE_APPS_APPS_TEST_BED_H
#define CONTRAFLOW_CORE_APPS_APPS_TEST_BED_H
#include "core/router_test_bed.h"

#include "base/ids.h"
#include "core/apps/grant.h"
#include "core/apps/redirect.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/login/parts.h"
#include "core/login/session.h"
#include "core/people/people.h"
#include "core/profile/parts.h"
#include "web/decode.h"

#define BACK "https://app.example/back"
/* RFC 7636, appendix B. */
#define VERIFIER  "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

static struct router_bed bed;
static struct {
    struct party_id ada;   /* allows apps */
    struct party_id bert;  /* owns the maker of apps */
    struct party_id maker; /* a business that makes apps */
    struct party_id shop;  /* a business in which ada works */
    struct text session;   /* ada's, as Bearer */
    struct text developer; /* bert's, for the maker */
    struct app_id app;     /* with a secret */
    struct text secret;    /* of it */
    struct app_id public;  /* without */
} world;

static struct party_id person(const char *name)
{
    struct party_id id;
    struct text mail = text_format(bed.memory, "%s@example.org", name);
    assert_null(login_sign_up(bed.store, bed.memory, text_of(name), mail, text_of(""), LANGUAGE_EN,
                              false, clock_now(), &id));
    return id;
}

static struct text session_of(struct party_id who)
{
    struct text secret;
    assert_null(login_session(bed.store, bed.memory, who, clock_now(), &secret));
    return secret;
}

static struct app_id app_of_maker(const char *name, bool confidential, struct text *secret)
{
    static int made;
    struct app_order order = {.owner = world.maker,
                              .maker = world.bert,
                              .name = text_of(name),
                              .website = text_of("https://app.example"),
                              .redirects = text_of(BACK "\nhttp://127.0.0.1/back"),
                              .scopes = text_of("people.read people.write"),
                              .confidential = confidential,
                              .once = text_format(bed.memory, "app-%d", made++),
                              .at = clock_now()};
    assert_null(app_register(bed.store, bed.memory, &order, secret));
    return order.id;
}

static int begin(void **state)
{
    static const struct route_table *tables[4];
    struct text none;
    (void)state;
    clock_set((struct instant){INT64_C(1780000000000)});
    setenv("CONTRAFLOW_WEB_RATE_LIMITS", "off", 1);
    job_register(people_part.jobs, people_part.job_count);
    tables[0] = login_part.routes[0];
    tables[1] = profile_part.routes[0];
    tables[2] = keys_part.routes[0];
    tables[3] = apps_part.routes[0];
    struct server_options options = {.tables = tables,
                                     .table_count = 4,
                                     .key_load = app_grant_load,
                                     .origin_known = app_grant_origin_known};
    if (router_begin(&bed, options) != 0)
        return -1;
    world.ada = person("ada");
    world.bert = person("bert");
    assert_null(party_found(bed.store, bed.memory, text_of("Makers"), text_of(""), world.bert,
                            clock_now(), &world.maker));
    assert_null(party_found(bed.store, bed.memory, text_of("Shop"), text_of(""), world.bert,
                            clock_now(), &world.shop));
    assert_null(
        party_member(bed.store, bed.memory, world.shop, world.ada, MEMBER_OWNER, clock_now()));
    world.session = session_of(world.ada);
    world.developer = session_of(world.bert);
    world.app = app_of_maker("Planner", true, &world.secret);
    world.public = app_of_maker("Pocket planner", false, &none);
    return none.size == 0 ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    return router_end(&bed);
}

/* Each test begins later than the one before, with people who have just signed in. */
static int later(void **state)
{
    (void)state;
    clock_set(instant_add(clock_now(), MINUTE));
    world.session = session_of(world.ada);
    world.developer = session_of(world.bert);
    return 0;
}

/* ---- asking ---- */

struct reply {
    int status;
    struct text body;
    const char *location, *cache, *challenge, *allows, *policy;
};

static const char *header_of(const struct answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->header_count; i++) {
        if (strcmp(answer->headers[i].name, name) == 0)
            return answer->headers[i].value;
    }
    return NULL;
}

/* Where calls come from. */
static const char *from = "192.0.2.7";

/* A call with a form as body, when there is one. */
static struct reply ask(const char *method, const char *target, struct text authorization,
                        const char *origin, const char *form)
{
    struct answer answer;
    struct incoming incoming = {.memory = bed.memory,
                                .method = text_of(method),
                                .target = text_of(target),
                                .accept = text_of("*/*"),
                                .origin = text_of(origin),
                                .authorization = authorization,
                                .content_type = text_of("application/x-www-form-urlencoded"),
                                .address = text_of(from),
                                .host = text_of("site.example"),
                                .id = "call"};
    router_prepare(bed.server, &incoming);
    if (form) {
        body_begin(&incoming.body, bed.memory, incoming.content_type, text_of(bed.folder),
                   router_body_limit(&incoming));
        body_take(&incoming.body, form, strlen(form));
        body_end(&incoming.body);
    }
    answer_begin(&answer, bed.memory);
    router_answer(bed.server, &incoming, bed.reader, &answer);
    struct reply reply = {answer.status,
                          answer.body,
                          header_of(&answer, "Location"),
                          header_of(&answer, "Cache-Control"),
                          header_of(&answer, "WWW-Authenticate"),
                          header_of(&answer, "Access-Control-Allow-Origin"),
                          header_of(&answer, "Content-Security-Policy")};
    answer_end(&answer);
    return reply;
}

static const struct text nobody = {"", 0};

static struct text bearer(struct text token)
{
    return text_format(bed.memory, "Bearer %.*s", TEXT_ARGS(token));
}

static struct text id_of(struct app_id app)
{
    return text_format(bed.memory, "%s", id_text("app", app.value).text);
}

static struct reply call(struct text token, const char *path)
{
    return ask("GET", path, bearer(token), "", NULL);
}

static void expect(struct reply reply, int status, const char *says)
{
    bool said = !says || memmem(reply.body.data, reply.body.size, says, strlen(says));
    if (reply.status != status || !said)
        fail_msg("%d instead of %d \"%s\": %.*s", reply.status, status, says ? says : "",
                 TEXT_ARGS(reply.body));
}

/* One value of a JSON answer, which is flat. */
static struct text member(struct reply reply, const char *name)
{
    struct text mark = text_format(bed.memory, "\"%s\":\"", name);
    const char *found = memmem(reply.body.data, reply.body.size, mark.data, mark.size);
    if (!found)
        fail_msg("no %s: %.*s", name, TEXT_ARGS(reply.body));
    found += mark.size;
    return (struct text){found, strcspn(found, "\"")};
}

/* One value of the query behind an address; empty when there is none. */
static struct text in_query(const char *location, const char *name)
{
    struct pairs pairs;
    assert_non_null(location);
    const char *query = strchr(location, '?');
    assert_null(decode_pairs(bed.memory, text_of(query ? query + 1 : ""), &pairs));
    return pairs_find(&pairs, name);
}

static struct text request_of(struct app_id app, const char *redirect, const char *more)
{
    return text_format(bed.memory,
                       "response_type=code&client_id=%.*s&redirect_uri=%s&state=st-1"
                       "&code_challenge=" CHALLENGE "&code_challenge_method=S256%s",
                       TEXT_ARGS(id_of(app)), redirect, more);
}

/* The code that ada's consent gives; acts_for "me" or a business. */
static struct text code_for(struct app_id app, const char *acts_for, const char *scope)
{
    struct text more =
        text_format(bed.memory, "&scope=%s&acts_for=%s&answer=allow", scope, acts_for);
    struct reply reply = ask("POST", "/oauth/authorize", bearer(world.session), "",
                             request_of(app, BACK, more.data).data);
    if (reply.status != 303)
        fail_msg("%d: %.*s", reply.status, TEXT_ARGS(reply.body));
    assert_true(text_is(in_query(reply.location, "state"), "st-1"));
    assert_true(text_is(in_query(reply.location, "iss"), "http://site.example"));
    struct text code = in_query(reply.location, "code");
    if (code.size == 0)
        fail_msg("%s", reply.location);
    return code;
}

static struct reply token(const char *form)
{
    return ask("POST", "/oauth/token", nobody, "", form);
}

/* Who comes with a code or token: the app with its secret, or the public one. */
static struct text client(struct app_id app)
{
    if (app.value == world.app.value)
        return text_format(bed.memory, "client_id=%.*s&client_secret=%.*s", TEXT_ARGS(id_of(app)),
                           TEXT_ARGS(world.secret));
    return text_format(bed.memory, "client_id=%.*s", TEXT_ARGS(id_of(app)));
}

static struct reply redeem(struct app_id app, struct text code, const char *redirect,
                           const char *verifier)
{
    struct text form = text_format(
        bed.memory, "grant_type=authorization_code&code=%.*s&redirect_uri=%s&code_verifier=%s&%.*s",
        TEXT_ARGS(code), redirect, verifier, TEXT_ARGS(client(app)));
    return token(form.data);
}

static struct reply refresh(struct app_id app, struct text old, const char *more)
{
    return token(text_format(bed.memory, "grant_type=refresh_token&refresh_token=%.*s&%.*s%s",
                             TEXT_ARGS(old), TEXT_ARGS(client(app)), more)
                     .data);
}

struct tokens {
    struct text access, refresh;
};

static struct tokens pair_of(struct reply reply)
{
    expect(reply, 200, "\"token_type\":\"Bearer\",\"expires_in\":3600");
    assert_non_null(strstr(reply.cache, "no-store"));
    return (struct tokens){member(reply, "access_token"), member(reply, "refresh_token")};
}

static struct tokens allow(struct app_id app, const char *acts_for)
{
    return pair_of(
        redeem(app, code_for(app, acts_for, "people.read+people.write"), BACK, VERIFIER));
}

static const char *house(void)
{
    return text_format(bed.memory, "%s", id_text("pty", world.shop.value).text).data;
}

/* The newest mail. */
static bool mail_says(const char *subject)
{
    struct mail_row_list mails;
    assert_null(mails_before(bed.reader, bed.memory, (struct mail_id){INT64_MAX}, &mails));
    return mails.count && memmem(mails.items[0].subject.data, mails.items[0].subject.size, subject,
                                 strlen(subject));
}

#endif
