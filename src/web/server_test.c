/*
 * The way of a request through the router, called without a socket.
 *
 * Read next: web/listen_test.c for the same over a socket.
 */
#include <jansson.h>

#include "web/server_test_bed.h"

#define NOTE "/notes/not_0000000000007"
#define API  "/api/v1/notes/not_0000000000007"

static struct bed bed;

static struct exchange ask(struct memory *memory, const char *method, const char *target,
                           const char *session, bool json, const char *body)
{
    struct exchange exchange;
    assert_null(server_call(bed.server, memory, method, text_of(target), text_of(session), json,
                            text_of(body), &exchange));
    return exchange;
}

static bool holds(struct text body, const char *part)
{
    return body.size && memmem(body.data, body.size, part, strlen(part)) != NULL;
}

static struct memory *scratch(void)
{
    struct memory *memory = memory_create(64 * 1024 * 1024);
    assert_non_null(memory);
    return memory;
}

static void page_and_json_show_one_view(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange page = ask(memory, "GET", NOTE, "", false, "");
    assert_int_equal(page.status, 200);
    assert_true(holds(page.body, "<h1>A &amp; B</h1>"));
    assert_true(holds(page.body, "<li>&lt;two&gt;</li>"));
    struct exchange json = ask(memory, "GET", API, "", false, "");
    assert_int_equal(json.status, 200);
    assert_true(text_is(json.type, "application/json"));
    assert_true(holds(json.body, "\"title\":\"A & B\""));
    assert_true(holds(json.body, "<two>"));
    assert_false(holds(json.body, "only for her"));
    struct exchange same = ask(memory, "GET", NOTE, "", true, "");
    assert_true(text_equal(same.body, json.body));
    struct exchange staff = ask(memory, "GET", API, "olga", true, "");
    assert_true(holds(staff.body, "only for her"));
    memory_end(memory);
}

static void query_is_read_and_unknown_names_ignored(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange found = ask(memory, "GET", API "?find=%C3%A9+x&other=1", "", true, "");
    assert_true(holds(found.body, "\"title\":\"\xC3\xA9 x\""));
    struct exchange twice = ask(memory, "GET", API "?find=a&find=b", "", true, "");
    assert_int_equal(twice.status, 422);
    assert_true(holds(twice.body, "\"fault\":\"repeated\""));
    struct exchange bad = ask(memory, "GET", API "?find=%FF", "", true, "");
    assert_int_equal(bad.status, 422);
    assert_true(holds(bad.body, "\"fault\":\"not_text\""));
    memory_end(memory);
}

static void paths_that_mean_nothing(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    assert_int_equal(ask(memory, "GET", "/nowhere", "", false, "").status, 404);
    assert_int_equal(ask(memory, "GET", "/notes/xxx", "", false, "").status, 404);
    assert_int_equal(ask(memory, "GET", "/notes/not_00000000000CM", "", false, "").status, 404);
    assert_int_equal(ask(memory, "GET", "/notes/%zz", "", false, "").status, 400);
    assert_int_equal(ask(memory, "GET", "/notes/%00", "", false, "").status, 400);
    assert_int_equal(ask(memory, "GET", "/notes/%C3", "", true, "").status, 400);
    struct exchange wrong = ask(memory, "PUT", NOTE, "ana", false, "");
    assert_int_equal(wrong.status, 405);
    assert_int_equal(ask(memory, "OPTIONS", NOTE, "", false, "").status, 204);
    struct exchange head = ask(memory, "HEAD", NOTE, "", false, "");
    assert_int_equal(head.status, 200);
    assert_int_equal(head.body.size, 0);
    struct exchange page = ask(memory, "GET", "/nowhere", "", false, "");
    assert_true(holds(page.body, "There is no such page"));
    struct exchange json = ask(memory, "GET", "/api/v1/nowhere", "", false, "");
    assert_true(text_is(json.type, "application/problem+json"));
    assert_true(holds(json.body, "\"status\":404"));
    memory_end(memory);
}

static void who_may_call(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange page = ask(memory, "GET", "/desk?note=not_0000000000007", "", false, "");
    assert_int_equal(page.status, 303);
    assert_true(text_is(page.location, "/sign-in?next=%2Fdesk%3Fnote%3Dnot_0000000000007"));
    assert_int_equal(ask(memory, "GET", "/desk", "", true, "").status, 401);
    assert_int_equal(ask(memory, "GET", "/desk", "ana", false, "").status, 403);
    assert_int_equal(ask(memory, "GET", "/desk?note=not_0000000000007", "olga", false, "").status,
                     200);
    assert_int_equal(ask(memory, "POST", NOTE "/once", "ana", false, "title=a&price=1").status,
                     403);
    memory_end(memory);
}

static void form_goes_on_saying(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange done =
        ask(memory, "POST", NOTE, "ana", false, "title=New&price=12,50&tags=a&tags=b&tags=");
    assert_int_equal(done.status, 303);
    assert_true(text_is(done.location, "/notes/not_0000000000007?x=1&done=saved#top"));
    struct exchange next = ask(memory, "GET", NOTE "?done=saved", "ana", false, "");
    assert_true(holds(next.body, "<p class=\"notice\">Saved</p>"));
    next = ask(memory, "GET", NOTE "?done=unheard", "ana", false, "");
    assert_false(holds(next.body, "class=\"notice\""));
    memory_end(memory);
}

static void form_comes_back_with_what_was_typed(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    int before = bed_calls;
    struct exchange again = ask(memory, "POST", NOTE, "ana", false,
                                "title=&price=12,3.4&remark=%3Cb%3Ekept%FF&password_again=secret");
    assert_int_equal(again.status, 422);
    assert_int_equal(bed_calls, before);
    assert_true(holds(again.body, "value=\"&lt;b&gt;kept\xEF\xBF\xBD\""));
    assert_true(holds(again.body, "<em>title: please fill this in</em>"));
    assert_false(holds(again.body, "secret"));
    again = ask(memory, "POST", NOTE, "ana", false, "title=taken&price=1");
    assert_int_equal(again.status, 422);
    assert_true(holds(again.body, "value=\"taken\""));
    assert_true(holds(again.body, "<em>That title is taken</em>"));
    again = ask(memory, "POST", NOTE, "ana", false, "title=gone&price=1");
    assert_int_equal(again.status, 409);
    memory_end(memory);
}

static void a_form_of_a_list_comes_back_to_the_list(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange again = ask(memory, "POST", NOTE "/reword", "ana", false,
                                "title=&price=1&remark=kept&note=not_0000000000008");
    assert_int_equal(again.status, 422);
    assert_true(holds(again.body, "<em>title: please fill this in</em>"));
    assert_true(holds(again.body, "value=\"kept\""));
    again = ask(memory, "POST", "/notes/not_0000000000008/reword", "ana", false,
                "title=&price=1&remark=kept");
    assert_int_equal(again.status, 422);
    assert_false(holds(again.body, "please fill this in"));
    struct exchange sent = ask(memory, "POST", NOTE "/reword", "ended", false, "remark=kept");
    assert_int_equal(sent.status, 303);
    assert_true(text_starts(sent.location, "/sign-in?next=%2Fnotes%3Fresume"));
    struct text key = {sent.location.data + sent.location.size - 32, 32};
    struct exchange back =
        ask(memory, "GET", text_format(memory, "/notes?resume=%.*s", TEXT_ARGS(key)).data, "ana",
            false, "");
    assert_true(holds(back.body, "value=\"kept\""));
    memory_end(memory);
}

static void json_names_each_wrong_member(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange bad = ask(memory, "POST", API, "ana", true, "{\"title\":\"\",\"extra\":1}");
    assert_int_equal(bad.status, 422);
    assert_true(text_is(bad.type, "application/problem+json"));
    assert_true(holds(bad.body, "\"field\":\"extra\""));
    assert_true(holds(bad.body, "\"field\":\"title\""));
    assert_true(holds(bad.body, "\"field\":\"price\""));
    struct exchange path =
        ask(memory, "POST", API, "ana", true, "{\"note\":\"not_0000000000009\",\"title\":\"x\"}");
    assert_true(holds(path.body, "\"field\":\"note\""));
    struct exchange fine =
        ask(memory, "POST", API, "ana", true,
            "{\"title\":\"x\",\"price\":{\"minor\":5,\"currency\":\"EUR\"},\"tags\":[]}");
    assert_int_equal(fine.status, 200);
    memory_end(memory);
}

static void an_ended_session_loses_no_text(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange sent = ask(memory, "POST", NOTE, "ended", false,
                               "title=Long+story&price=1&remark=kept&password=secret");
    assert_int_equal(sent.status, 303);
    assert_true(text_starts(sent.location, "/sign-in?next=%2Fnotes%2Fnot_0000000000007%3Fresume"));
    struct text key = {sent.location.data + sent.location.size - 32, 32};
    struct text target = text_format(memory, NOTE "?resume=%.*s", TEXT_ARGS(key));
    struct exchange back = ask(memory, "GET", target.data, "ana", false, "");
    assert_int_equal(back.status, 200);
    assert_true(holds(back.body, "value=\"Long story\""));
    assert_true(holds(back.body, "value=\"kept\""));
    back = ask(memory, "GET", NOTE "?resume=00000000000000000000000000000000", "ana", false, "");
    assert_int_equal(back.status, 200);
    assert_false(holds(back.body, "Long story"));
    memory_end(memory);
}

static void languages(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange set = ask(memory, "GET", "/language/fr?next=/notes/x%3Fa", "", false, "");
    assert_int_equal(set.status, 303);
    assert_true(text_is(set.location, "/notes/x?a"));
    set = ask(memory, "GET", "/language/fr?next=//evil.example", "", false, "");
    assert_true(text_is(set.location, "/"));
    assert_int_equal(ask(memory, "GET", "/language/xx", "", false, "").status, 404);
    struct exchange page = ask(memory, "GET", NOTE "?find=a&done=saved", "", false, "");
    assert_true(holds(page.body, "/language/ru?next=%2Fnotes%2Fnot_0000000000007%3Ffind%3Da\""));
    memory_end(memory);
}

static void the_document_describes_every_api_path(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct builder b = builder_make(memory, 1 << 20);
    struct text out;
    server_describe(bed.server, &b);
    assert_null(builder_end(&b, &out));
    json_t *document = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(document);
    const char *method;
    const char *pattern;
    json_t *find;
    assert_int_equal(json_unpack(document, "{s:{s:{s:{s:[o,{s:s,s:s}]}, s:{}}}}", "paths",
                                 "/api/v1/notes/{note}", "get", "parameters", &find, "name",
                                 &method, "in", &pattern, "post"),
                     0);
    assert_string_equal(method, "find");
    assert_string_equal(pattern, "query");
    json_t *limit = NULL;
    assert_int_equal(json_unpack(document, "{s:{s:{s:{s:{s:{s:{s:{s:{s:o}, s?:o}}}}}}}}", "paths",
                                 "/api/v1/notes/{note}", "post", "requestBody", "content",
                                 "application/json", "schema", "properties", "title", &find, "note",
                                 &limit),
                     0);
    assert_int_equal(json_integer_value(json_object_get(find, "maxLength")), 20);
    assert_null(limit);
    json_decref(document);
    memory_end(memory);
}

/* The last test: the server is stopping from here on. */
static void health_is_told_without_a_session(void **state)
{
    (void)state;
    struct memory *memory = scratch();
    struct exchange ready = ask(memory, "GET", "/healthz", "ended", false, "");
    assert_int_equal(ready.status, 200);
    assert_true(text_is(ready.body, "ready\n"));
    assert_int_equal(ask(memory, "GET", "/healthz/x", "", false, "").status, 404);
    server_drain(bed.server);
    struct exchange stopping = ask(memory, "GET", "/healthz", "", false, "");
    assert_int_equal(stopping.status, 503);
    assert_true(text_is(stopping.body, "stopping\n"));
    assert_int_equal(ask(memory, "GET", NOTE, "", false, "").status, 200);
    memory_end(memory);
}

static int start(void **state)
{
    (void)state;
    bed_start(&bed);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    bed_stop(&bed);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_and_json_show_one_view),
        cmocka_unit_test(query_is_read_and_unknown_names_ignored),
        cmocka_unit_test(paths_that_mean_nothing),
        cmocka_unit_test(who_may_call),
        cmocka_unit_test(form_goes_on_saying),
        cmocka_unit_test(form_comes_back_with_what_was_typed),
        cmocka_unit_test(a_form_of_a_list_comes_back_to_the_list),
        cmocka_unit_test(json_names_each_wrong_member),
        cmocka_unit_test(an_ended_session_loses_no_text),
        cmocka_unit_test(languages),
        cmocka_unit_test(the_document_describes_every_api_path),
        cmocka_unit_test(health_is_told_without_a_session),
    };
    return cmocka_run_group_tests_name("server", tests, start, stop);
}
