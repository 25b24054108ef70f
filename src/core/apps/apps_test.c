/*
 * Apps: how one asks, what it is given, and everything that is refused; through the router, as browsers
 * and programs come.
 */
#include "core/apps/apps_test_bed.h"

/* ---- addresses to return to ---- */

static void a_redirect_is_https_or_this_machine(void **state)
{
    (void)state;
    static const char *const fine[] = {BACK, "https://app.example",
                                       "https://app.example:8443/a?b=c", "http://127.0.0.1:1/x",
                                       "http://localhost:3000/x"};
    static const char *const not [] = {"",
                                       "http://app.example/back",
                                       "https://",
                                       "https:///x",
                                       "https://App.example/",
                                       "https://app.example/#x",
                                       "https://a@app.example/",
                                       "https://app.example:x/",
                                       "https://app.example:/",
                                       "https://app.example\\@evil.example/",
                                       "https://app.example/a b",
                                       "https://app.example/\xc3\xa9",
                                       "http://127.0.0.1.evil.example/",
                                       "http://127.0.0.1@evil.example/",
                                       "http://localhost.evil.example/",
                                       "http://127.0.0.1:123456/",
                                       "javascript:alert(1)",
                                       "http://[::1]/x",
                                       "app:/back"};
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (!redirect_is_formed(text_of(fine[i])))
            fail_msg("%s", fine[i]);
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
        if (redirect_is_formed(text_of(not [i])))
            fail_msg("%s", not [i]);
    assert_true(text_is(redirect_origin(text_of("https://app.example:8443/a?b=c")),
                        "https://app.example:8443"));
    assert_true(text_is(redirect_origin(text_of("http://localhost:5/x")), "http://localhost:5"));
}

static void a_redirect_is_known_letter_by_letter(void **state)
{
    (void)state;
    const struct text known = text_of(BACK "\nhttp://127.0.0.1:8080/back\nhttp://localhost/back");
    static const char *const fine[] = {BACK, "http://127.0.0.1/back", "http://127.0.0.1:51004/back",
                                       "http://localhost:9/back"};
    static const char *const not [] = {BACK "/",
                                       BACK "?x=1",
                                       "https://app.example:443/back",
                                       "https://app.example/Back",
                                       "http://127.0.0.1:9/other",
                                       "http://localhost/other",
                                       "http://app.example/back"};
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (!redirect_is_known(known, text_of(fine[i])))
            fail_msg("%s", fine[i]);
    for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
        if (redirect_is_known(known, text_of(not [i])))
            fail_msg("%s", not [i]);
}

/* ---- asking a person ---- */

static struct reply authorize(const char *query)
{
    return ask("GET", text_format(bed.memory, "/oauth/authorize?%s", query).data,
               bearer(world.session), "", NULL);
}

static void the_page_says_who_asks_for_what(void **state)
{
    (void)state;
    struct reply page = authorize(request_of(world.app, BACK, "&scope=people.read").data);
    expect(page, 200, "Planner");
    expect(page, 200, "Makers");
    expect(page, 200, house());
    assert_non_null(strstr(page.policy, "form-action 'self' https://app.example;"));
    assert_non_null(strstr(page.policy, "frame-ancestors 'none'"));
    page = authorize(request_of(world.app, "http://127.0.0.1:4711/back", "").data);
    assert_non_null(strstr(page.policy, "form-action 'self' http://127.0.0.1:4711;"));
    /* Nobody yet: sign in, and come back to the same. */
    page = ask(
        "GET",
        text_format(bed.memory, "/oauth/authorize?%.*s", TEXT_ARGS(request_of(world.app, BACK, "")))
            .data,
        nobody, "", NULL);
    assert_int_equal(page.status, 303);
    assert_non_null(strstr(page.location, "/sign-in?next=%2Foauth%2Fauthorize%3Fresponse_type"));
    /* Too long ago that they said who they are. */
    clock_set(instant_add(clock_now(), HOUR));
    page = authorize(request_of(world.app, BACK, "").data);
    assert_non_null(strstr(page.location, "/me/prove?next="));
    page = ask("POST", "/oauth/authorize", bearer(world.session), "",
               request_of(world.app, BACK, "&acts_for=me&answer=allow").data);
    assert_non_null(strstr(page.location, "/oauth/authorize?response_type=code&client_id="));
}

static void a_stranger_is_sent_nowhere(void **state)
{
    (void)state;
    static const char *const wrong[] = {"https://evil.example/back", "https://app.example/other",
                                        "", "javascript:alert(1)"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct reply reply = authorize(request_of(world.app, wrong[i], "").data);
        expect(reply, 400, "wrong place");
        assert_null(reply.location);
        reply = ask("POST", "/oauth/authorize", bearer(world.session), "",
                    request_of(world.app, wrong[i], "&acts_for=me&answer=allow").data);
        expect(reply, 400, "wrong place");
        assert_null(reply.location);
    }
    struct reply reply = authorize(request_of((struct app_id){world.app.value + 1}, BACK, "").data);
    expect(reply, 400, "know this app");
    assert_null(reply.location);
    expect(authorize("response_type=code"), 400, "know this app");
    struct text twice = request_of(world.app, BACK, "&redirect_uri=" BACK);
    reply = authorize(twice.data);
    assert_null(reply.location);
    assert_int_equal(reply.status, 422);
}

static void the_app_is_told_what_is_wrong(void **state)
{
    (void)state;
    struct text id = id_of(world.app);
    const struct {
        const char *query, *error;
    } all[] = {
        {"&state=s", "invalid_request"},
        {"&state=s&response_type=token&code_challenge=" CHALLENGE "&code_challenge_method=S256",
         "unsupported_response_type"},
        {"&state=s&response_type=code", "invalid_request"},
        {"&state=s&response_type=code&code_challenge=" CHALLENGE, "invalid_request"},
        {"&state=s&response_type=code&code_challenge=" CHALLENGE "&code_challenge_method=plain",
         "invalid_request"},
        {"&state=s&response_type=code&code_challenge=short&code_challenge_method=S256",
         "invalid_request"},
        {"&state=s&response_type=code&code_challenge=" CHALLENGE
         "&code_challenge_method=S256&scope=pay.read",
         "invalid_scope"},
        {"&state=s&response_type=code&code_challenge=" CHALLENGE
         "&code_challenge_method=S256&scope=people.read+people.desk.read",
         "invalid_scope"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct reply reply =
            authorize(text_format(bed.memory, "client_id=%.*s&redirect_uri=" BACK "%s",
                                  TEXT_ARGS(id), all[i].query)
                          .data);
        assert_int_equal(reply.status, 303);
        assert_int_equal(strncmp(reply.location, BACK "?", sizeof BACK), 0);
        if (!text_is(in_query(reply.location, "error"), all[i].error))
            fail_msg("%s: %s", all[i].error, reply.location);
        assert_true(text_is(in_query(reply.location, "state"), "s"));
        assert_true(text_is(in_query(reply.location, "iss"), "http://site.example"));
        assert_true(in_query(reply.location, "code").size == 0);
    }
    struct reply reply = ask("POST", "/oauth/authorize", bearer(world.session), "",
                             request_of(world.app, BACK, "&acts_for=me&answer=refuse").data);
    assert_true(text_is(in_query(reply.location, "error"), "access_denied"));
}

/* ---- what it is given ---- */

static void an_app_does_what_it_was_allowed(void **state)
{
    (void)state;
    struct reply reply =
        redeem(world.app, code_for(world.app, "me", "people.read"), BACK, VERIFIER);
    assert_true(text_is(member(reply, "scope"), "people.read"));
    struct tokens pair = pair_of(reply);
    assert_true(mail_says("An app has access: Planner"));
    expect(call(pair.access, "/api/v1/me"), 200, "ada@example.org");
    expect(ask("POST", "/api/v1/me", bearer(pair.access), "", "name=Ada&language=en"), 403,
           "people.write");
    expect(call(pair.access, "/api/v1/me/apps"), 403, "web.keyless");
    expect(call(pair.access, "/api/v1/me/keys"), 403, "web.keyless");
    expect(call(pair.access, "/me/profile"), 403, NULL);
    expect(call(pair.access, "/api/v1/members"), 403, "not_allowed");
    /* Neither a refresh token nor a code opens anything. */
    expect(call(pair.refresh, "/api/v1/me"), 401, "keys.unknown");
    expect(call(code_for(world.app, "me", "people.read"), "/api/v1/me"), 401, "keys.unknown");
    expect(call(text_of("cf_access_0"), "/api/v1/me"), 401, "apps.token_unknown");
    expect(ask("GET", "/api/v1/me/apps", bearer(world.session), "", NULL), 200, "Planner");
    expect(ask("GET", "/api/v1/me/data", bearer(world.session), "", NULL), 200,
           "\"app\":\"Planner\"");
    clock_set(instant_add(clock_now(), ACCESS_LIFE));
    reply = call(pair.access, "/api/v1/me");
    expect(reply, 401, "apps.token_expired");
    assert_non_null(strstr(reply.challenge, "invalid_token"));
}

static void an_app_acts_for_one_business(void **state)
{
    (void)state;
    struct tokens pair = allow(world.public, house());
    assert_true(mail_says("An app acts for Shop: Pocket planner"));
    expect(call(pair.access, "/api/v1/members"), 200, "ada@example.org");
    expect(call(pair.access, "/api/v1/me"), 403, "not_allowed");
    /* The role of now counts; who left and comes back begins anew. */
    assert_null(
        party_member(bed.store, bed.memory, world.shop, world.ada, MEMBER_VIEWER, clock_now()));
    expect(call(pair.access, "/api/v1/members"), 403, "not_allowed");
    assert_null(party_member(bed.store, bed.memory, world.shop, world.ada, 0, clock_now()));
    expect(call(pair.access, "/api/v1/members"), 401, "apps.token_ended");
    expect(refresh(world.public, pair.refresh, ""), 400, "invalid_grant");
    expect(ask("POST", "/oauth/authorize", bearer(world.session), "",
               request_of(world.app, BACK,
                          text_format(bed.memory, "&acts_for=%s&answer=allow", house()).data)
                   .data),
           403, NULL);
    clock_set(instant_add(clock_now(), MINUTE));
    assert_null(
        party_member(bed.store, bed.memory, world.shop, world.ada, MEMBER_VIEWER, clock_now()));
    expect(call(pair.access, "/api/v1/members"), 401, "apps.token_ended");
    /* What is asked for takes an owner. */
    struct reply reply = ask(
        "POST", "/oauth/authorize", bearer(world.session), "",
        request_of(
            world.app, BACK,
            text_format(bed.memory, "&scope=people.write&acts_for=%s&answer=allow", house()).data)
            .data);
    expect(reply, 403, NULL);
    assert_null(reply.location);
    assert_null(
        party_member(bed.store, bed.memory, world.shop, world.ada, MEMBER_OWNER, clock_now()));
    /* Another owner sees it and ends it. */
    pair = allow(world.public, house());
    struct text other = session_of(world.bert);
    ask("POST", "/biz/act", bearer(other), "",
        text_format(bed.memory, "organisation=%s", house()).data);
    expect(call(pair.access, "/api/v1/members"), 200, NULL);
}

static void a_code_is_good_once_for_its_own_app(void **state)
{
    (void)state;
    struct text code = code_for(world.app, "me", "people.read");
    expect(redeem(world.public, code, BACK, VERIFIER), 400, "invalid_grant");
    expect(redeem(world.app, code, BACK, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX"), 400,
           "invalid_grant");
    expect(redeem(world.app, code, BACK, "short"), 400, "invalid_grant");
    expect(redeem(world.app, code, BACK, ""), 400, "invalid_request");
    expect(redeem(world.app, code, "http://127.0.0.1/back", VERIFIER), 400, "invalid_grant");
    expect(redeem(world.app, text_of("cf_code_0"), BACK, VERIFIER), 400, "invalid_grant");
    struct tokens pair = pair_of(redeem(world.app, code, BACK, VERIFIER));
    expect(call(pair.access, "/api/v1/me"), 200, NULL);
    /* The second use ends what the first gave. */
    expect(redeem(world.app, code, BACK, VERIFIER), 400, "invalid_grant");
    expect(call(pair.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(refresh(world.app, pair.refresh, ""), 400, "invalid_grant");
    code = code_for(world.app, "me", "people.read");
    clock_set(instant_add(clock_now(), CODE_LIFE));
    expect(redeem(world.app, code, BACK, VERIFIER), 400, "invalid_grant");
}

static void a_refresh_token_is_good_once(void **state)
{
    (void)state;
    struct tokens first = allow(world.app, "me");
    expect(refresh(world.public, first.refresh, ""), 400, "invalid_grant");
    expect(refresh(world.app, first.refresh, "&scope=people.read+pay.read"), 400, "invalid_scope");
    struct tokens second = pair_of(refresh(world.app, first.refresh, "&scope=people.read"));
    expect(call(second.access, "/api/v1/me"), 200, NULL);
    expect(call(first.access, "/api/v1/me"), 401, "apps.token_unknown");
    clock_set(instant_add(clock_now(), 30 * DAY));
    struct tokens third = pair_of(refresh(world.app, second.refresh, ""));
    expect(call(third.access, "/api/v1/me"), 200, NULL);
    /* The first once more: somebody has a copy, so nobody has access. */
    expect(refresh(world.app, first.refresh, ""), 400, "invalid_grant");
    expect(call(third.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(refresh(world.app, third.refresh, ""), 400, "invalid_grant");
    world.session = session_of(world.ada);
    first = allow(world.app, "me");
    clock_set(instant_add(clock_now(), REFRESH_LIFE));
    expect(refresh(world.app, first.refresh, ""), 400, "invalid_grant");
}

static void an_app_proves_who_it_is(void **state)
{
    (void)state;
    struct text code = code_for(world.app, "me", "people.read");
    struct text rest =
        text_format(bed.memory, "grant_type=authorization_code&code=%.*s&code_verifier=" VERIFIER,
                    TEXT_ARGS(code));
    struct text id = id_of(world.app);
    struct text other;
    app_of_maker("Other", true, &other);
    struct reply reply =
        token(text_format(bed.memory, "%.*s&client_id=%.*s", TEXT_ARGS(rest), TEXT_ARGS(id)).data);
    expect(reply, 401, "invalid_client");
    assert_non_null(strstr(reply.challenge, "Basic"));
    expect(token(text_format(bed.memory, "%.*s&client_id=%.*s&client_secret=%.*s", TEXT_ARGS(rest),
                             TEXT_ARGS(id), TEXT_ARGS(other))
                     .data),
           401, "invalid_client");
    expect(token(text_format(bed.memory, "%.*s&client_id=%.*s&client_secret=%.*s", TEXT_ARGS(rest),
                             TEXT_ARGS(id_of(world.public)), TEXT_ARGS(world.secret))
                     .data),
           401, "invalid_client");
    expect(token(text_format(bed.memory, "%.*s&client_id=%.*s&client_id=%.*s", TEXT_ARGS(rest),
                             TEXT_ARGS(id), TEXT_ARGS(id))
                     .data),
           400, "invalid_request");
    expect(ask("POST", "/oauth/token", text_of("Basic !"), "", rest.data), 401, "invalid_client");
    expect(ask("POST", "/oauth/token", text_of("Digest x"), "", rest.data), 401, "invalid_client");
    expect(
        token(
            text_format(bed.memory, "grant_type=password&%.*s", TEXT_ARGS(client(world.app))).data),
        400, "unsupported_grant_type");
    expect(token(client(world.app).data), 400, "grant_type is missing");
    struct text gone;
    assert_null(
        app_renew(bed.store, bed.memory, world.maker, world.app, world.bert, clock_now(), &gone));
    expect(redeem(world.app, code, BACK, VERIFIER), 401, "invalid_client");
    world.secret = gone;
    pair_of(redeem(world.app, code, BACK, VERIFIER));
    assert_ptr_equal(
        app_renew(bed.store, bed.memory, world.maker, world.public, world.bert, clock_now(), &gone),
        &apps_public);
    assert_ptr_equal(
        app_renew(bed.store, bed.memory, world.shop, world.app, world.bert, clock_now(), &gone),
        &not_found);
}

/* Calls from many addresses, each with a body; the status of the last. */
static int status_after(int calls, const char *form)
{
    static char address[32];
    int status = 0;
    for (int i = 0; i < calls; i++) {
        snprintf(address, sizeof address, "198.51.%d.%d", i / 200, i % 200);
        from = address;
        status = token(form).status;
    }
    from = "192.0.2.7";
    return status;
}

static void one_app_leaves_room_for_others(void **state)
{
    (void)state;
    struct text mine = text_format(bed.memory, "grant_type=x&%.*s", TEXT_ARGS(client(world.app)));
    struct text theirs =
        text_format(bed.memory, "grant_type=x&%.*s", TEXT_ARGS(client(world.public)));
    bed.server->limits = limits_make(bed.memory);
    assert_int_equal(status_after(601, mine.data), 429);
    assert_int_equal(status_after(1, theirs.data), 400);
    /* Whoever names a public app from elsewhere takes nothing from its users. */
    bed.server->limits = limits_make(bed.memory);
    assert_int_equal(status_after(601, theirs.data), 400);
    for (int i = 0; i < 600; i++)
        token(theirs.data);
    assert_int_equal(token(theirs.data).status, 429);
    bed.server->limits = NULL;
}

/* ---- ending ---- */

static void tokens_are_given_back(void **state)
{
    (void)state;
    struct tokens pair = allow(world.app, "me");
    struct text mine = text_format(bed.memory, "token=%.*s&%.*s", TEXT_ARGS(pair.refresh),
                                   TEXT_ARGS(client(world.app)));
    struct text theirs = text_format(bed.memory, "token=%.*s&%.*s", TEXT_ARGS(pair.access),
                                     TEXT_ARGS(client(world.public)));
    struct text unknown =
        text_format(bed.memory, "token=nonsense&%.*s", TEXT_ARGS(client(world.app)));
    expect(ask("POST", "/oauth/revoke", nobody, "", theirs.data), 400, "invalid_grant");
    expect(ask("POST", "/oauth/revoke", nobody, "", unknown.data), 200, NULL);
    expect(ask("POST", "/oauth/revoke", nobody, "", client(world.app).data), 400,
           "invalid_request");
    expect(call(pair.access, "/api/v1/me"), 200, NULL);
    expect(ask("POST", "/oauth/revoke", nobody, "", mine.data), 200, NULL);
    expect(call(pair.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(refresh(world.app, pair.refresh, ""), 400, "invalid_grant");
    expect(ask("POST", "/oauth/revoke", nobody, "", mine.data), 200, NULL);
}

static void a_person_ends_it_and_is_ended(void **state)
{
    (void)state;
    struct tokens pair = allow(world.app, "me");
    struct reply list = ask("GET", "/api/v1/me/apps", bearer(world.session), "", NULL);
    struct text id = member(list, "id");
    struct text path = text_format(bed.memory, "/api/v1/me/apps/%.*s/end", TEXT_ARGS(id));
    expect(ask("POST", path.data, bearer(world.developer), "", ""), 404, NULL);
    expect(ask("POST", path.data, bearer(world.session), "", ""), 200, NULL);
    expect(call(pair.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(ask("POST", path.data, bearer(world.session), "", ""), 404, NULL);
    pair = allow(world.app, "me");
    assert_null(login_suspend(bed.store, bed.memory, world.ada, true, world.bert, clock_now()));
    expect(call(pair.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(refresh(world.app, pair.refresh, ""), 400, "invalid_grant");
    assert_null(login_suspend(bed.store, bed.memory, world.ada, false, world.bert, clock_now()));
    world.session = session_of(world.ada);
    expect(call(pair.access, "/api/v1/me"), 200, NULL);
    /* The maker's business is shut out. */
    assert_null(login_suspend(bed.store, bed.memory, world.maker, true, world.ada, clock_now()));
    expect(call(pair.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(refresh(world.app, pair.refresh, ""), 401, "invalid_client");
    expect(authorize(request_of(world.app, BACK, "").data), 400, "know this app");
    assert_null(login_suspend(bed.store, bed.memory, world.maker, false, world.ada, clock_now()));
    expect(call(pair.access, "/api/v1/me"), 200, NULL);
}

static const struct problem *tell_claimed(struct database *db, struct memory *memory, void *context)
{
    (void)context;
    return event_emit(db, memory, LOGIN_CLAIMED, world.ada.value, world.ada, text_of(""),
                      clock_now());
}

static void all_ends_when_the_account_is_claimed(void **state)
{
    static const struct consumer *const consumers[] = {&app_grant_claimed};
    int64_t taken = 0;
    (void)state;
    struct tokens pair = allow(world.app, "me");
    assert_null(store_write(bed.store, bed.memory, tell_claimed, NULL));
    assert_null(event_consume(bed.store, bed.reader, bed.memory, consumers, 1, 1000, &taken));
    expect(call(pair.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(refresh(world.app, pair.refresh, ""), 400, "invalid_grant");
}

static void a_removed_app_has_nothing(void **state)
{
    (void)state;
    struct text none;
    struct app_id app = app_of_maker("Short", false, &none);
    struct text code = code_for(app, "me", "people.read");
    struct tokens pair = allow(app, "me");
    assert_ptr_equal(app_remove(bed.store, bed.memory, world.shop, app, world.bert, clock_now()),
                     &not_found);
    assert_null(app_remove(bed.store, bed.memory, world.maker, app, world.bert, clock_now()));
    expect(call(pair.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(redeem(app, code, BACK, VERIFIER), 401, "invalid_client");
    expect(refresh(app, pair.refresh, ""), 401, "invalid_client");
    expect(authorize(request_of(app, BACK, "").data), 400, "know this app");
    struct reply list = ask("GET", "/api/v1/me/apps", bearer(world.session), "", NULL);
    assert_null(memmem(list.body.data, list.body.size, "Short", 5));
}

static void the_oldest_of_too_many_ends(void **state)
{
    (void)state;
    struct text none;
    struct app_id app = app_of_maker("Busy", false, &none);
    struct tokens first = allow(app, "me");
    struct tokens second = allow(app, "me");
    for (int i = 2; i < GRANTS_MAX; i++)
        allow(app, "me");
    expect(call(first.access, "/api/v1/me"), 200, NULL);
    allow(app, "me");
    expect(call(first.access, "/api/v1/me"), 401, "apps.token_ended");
    expect(call(second.access, "/api/v1/me"), 200, NULL);
}

/* ---- from web pages ---- */

static void scripts_call_from_where_their_app_is(void **state)
{
    (void)state;
    struct tokens pair = allow(world.public, "me");
    static const char mine[] = "https://app.example";
    struct reply reply = ask("GET", "/api/v1/me", bearer(pair.access), mine, NULL);
    assert_string_equal(reply.allows, mine);
    expect(reply, 200, NULL);
    expect(ask("GET", "/api/v1/me", bearer(pair.access), "https://evil.example", NULL), 403,
           "web.origin");
    reply = ask("POST", "/oauth/token", nobody, mine,
                text_format(bed.memory, "grant_type=refresh_token&refresh_token=%.*s&%.*s",
                            TEXT_ARGS(pair.refresh), TEXT_ARGS(client(world.public)))
                    .data);
    assert_string_equal(reply.allows, mine);
    pair_of(reply);
    reply = ask("OPTIONS", "/oauth/token", nobody, mine, NULL);
    assert_string_equal(reply.allows, mine);
    reply = ask("OPTIONS", "/oauth/token", nobody, "https://evil.example", NULL);
    assert_null(reply.allows);
    reply = ask("GET", "/oauth/authorize", nobody, mine, NULL);
    assert_null(reply.allows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_redirect_is_https_or_this_machine),
        cmocka_unit_test(a_redirect_is_known_letter_by_letter),
        cmocka_unit_test_setup(the_page_says_who_asks_for_what, later),
        cmocka_unit_test_setup(a_stranger_is_sent_nowhere, later),
        cmocka_unit_test_setup(the_app_is_told_what_is_wrong, later),
        cmocka_unit_test_setup(an_app_does_what_it_was_allowed, later),
        cmocka_unit_test_setup(an_app_acts_for_one_business, later),
        cmocka_unit_test_setup(a_code_is_good_once_for_its_own_app, later),
        cmocka_unit_test_setup(a_refresh_token_is_good_once, later),
        cmocka_unit_test_setup(an_app_proves_who_it_is, later),
        cmocka_unit_test_setup(one_app_leaves_room_for_others, later),
        cmocka_unit_test_setup(tokens_are_given_back, later),
        cmocka_unit_test_setup(a_person_ends_it_and_is_ended, later),
        cmocka_unit_test_setup(all_ends_when_the_account_is_claimed, later),
        cmocka_unit_test_setup(a_removed_app_has_nothing, later),
        cmocka_unit_test_setup(the_oldest_of_too_many_ends, later),
        cmocka_unit_test_setup(scripts_call_from_where_their_app_is, later),
    };
    return cmocka_run_group_tests_name("core/apps", tests, begin, end);
}
