/*
 * The pages of people through the router, without a socket: each for each role, and what a person
 * does with them, from signing up to inviting somebody.
 */
#include <unistd.h>
#include "core/router_test_bed.h"

#include "base/ids.h"
#include "core/desk/parts.h"
#include "core/job.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/login/parts.h"
#include "core/people/people.h"
#include "core/profile/parts.h"

static struct router_bed bed;

static int begin(void **state)
{
    static const struct module *const parts[] = {&login_part, &profile_part, &desk_part};
    static const struct route_table *tables[3];
    const struct nav_entry *nav[16];
    size_t nav_count = 0;
    (void)state;
    setenv("CONTRAFLOW_WEB_RATE_LIMITS", "off", 1);
    job_register(people_part.jobs, people_part.job_count);
    for (size_t i = 0; i < 3; i++) {
        tables[i] = parts[i]->routes[0];
        for (size_t j = 0; j < parts[i]->nav_count; j++)
            nav[nav_count++] = &parts[i]->nav[j];
    }
    struct server_options options = {
        .tables = tables, .table_count = 3, .nav = nav, .nav_count = nav_count};
    return router_begin(&bed, options);
}

static int end(void **state)
{
    (void)state;
    return router_end(&bed);
}

static struct exchange call(const char *method, const char *target, struct text session,
                            const char *body)
{
    struct exchange exchange;
    assert_null(server_call(bed.server, bed.memory, method, text_of(target), session, false,
                            text_of(body), &exchange));
    return exchange;
}

static struct exchange call_json(const char *method, const char *target, struct text session,
                                 const char *body)
{
    struct exchange exchange;
    assert_null(server_call(bed.server, bed.memory, method, text_of(target), session, true,
                            text_of(body), &exchange));
    return exchange;
}

static const struct text nobody = {"", 0};

static bool holds(struct exchange exchange, const char *what)
{
    return memmem(exchange.body.data, exchange.body.size, what, strlen(what)) != NULL;
}

static void expect(struct exchange exchange, int status, const char *location)
{
    if (exchange.status != status)
        print_message("%.*s\n", TEXT_ARGS(exchange.body));
    assert_int_equal(exchange.status, status);
    if (location)
        assert_string_equal(exchange.location.data ? exchange.location.data : "", location);
}

/* Signs up by the form and gives the session. */
static struct text newcomer(const char *name, const char *mail, const char *more)
{
    struct text form = text_format(bed.memory, "name=%s&mail=%s&password=a+good+long+password%s",
                                   name, mail, more);
    struct exchange exchange = call("POST", "/sign-up", nobody, form.data);
    assert_int_equal(exchange.status, 303);
    assert_int_equal(exchange.session.size, 43);
    return exchange.session;
}

static struct text operator_session(void)
{
    struct party_id id;
    struct text secret;
    struct party_row row;
    const struct problem *problem =
        party_by_mail(bed.reader, bed.memory, text_of("desk@example.org"), &row);
    id = row.id;
    if (problem == &not_found)
        problem = login_sign_up(bed.store, bed.memory, text_of("Desk"), text_of("desk@example.org"),
                                nobody, LANGUAGE_EN, true, clock_now(), &id);
    assert_null(problem);
    assert_null(login_session(bed.store, bed.memory, id, clock_now(), &secret));
    return secret;
}

static void signs_up_and_keeps_what_was_typed(void **state)
{
    (void)state;
    struct exchange again = call("POST", "/sign-up", nobody,
                                 "name=Anna+Brun&mail=anna@example.org&password=short&next=/x");
    expect(again, 422, NULL);
    assert_true(holds(again, "value=\"Anna Brun\"") && holds(again, "value=\"/x\""));
    assert_true(holds(again, "easy to remember") && !holds(again, "value=\"short\""));
    struct text session = newcomer("Anna+Brun", "anna@example.org", "&next=/me/profile");
    struct exchange profile = call("GET", "/me/profile", session, "");
    expect(profile, 200, NULL);
    assert_true(holds(profile, "value=\"Anna Brun\"") && holds(profile, "anna@example.org"));
    expect(call("POST", "/sign-up", nobody,
                "name=A&mail=Anna@Example.org&password=a+good+long+password"),
           422, NULL);
}

/* The secret on the page of somebody who sets up an app. */
static void read_secret(struct text session, unsigned char secret[OTP_SECRET])
{
    struct exchange page = call("GET", "/me/security/code", session, "");
    struct viewer viewer;
    struct request request = {
        .memory = bed.memory, .db = bed.reader, .store = bed.store, .now = clock_now()};
    char written[OTP_BASE32];
    char shown[OTP_BASE32 + 8];
    size_t count = 0;
    expect(page, 200, NULL);
    assert_null(login_viewer(&request, session, &viewer));
    assert_null(factor_setup(bed.reader, bed.memory, viewer.person, secret));
    otp_write(secret, written);
    for (size_t i = 0; written[i]; i++) {
        if (i && i % 4 == 0)
            shown[count++] = ' ';
        shown[count++] = written[i];
    }
    shown[count] = '\0';
    assert_true(holds(page, shown) && holds(page, "<path class=\"qr-dark\" d=\"M0 0h7v1h-7z"));
}

static struct text code_form(const unsigned char secret[OTP_SECRET], int64_t steps,
                             const char *more)
{
    int64_t step = otp_step(clock_now()) + steps;
    return text_format(bed.memory, "code=%06u%s", otp_code(secret, step, OTP_DIGITS), more);
}

static void asks_for_a_code_beside_the_password(void **state)
{
    (void)state;
    static const char sign_in[] = "mail=olga@example.org&password=a+good+long+password";
    unsigned char secret[OTP_SECRET];
    struct text session = newcomer("Olga", "olga@example.org", "");
    expect(call("GET", "/me/security/code", session, ""), 303, "/me/security");
    expect(call("POST", "/me/security/code/begin", session, ""), 303, "/me/security/code");
    read_secret(session, secret);
    expect(call("POST", "/me/security/code", session, "code=12345"), 422, NULL);
    struct exchange codes =
        call("POST", "/me/security/code", session, code_form(secret, -1, "").data);
    expect(codes, 200, NULL);
    const char *first = strstr(codes.body.data, "<li>");
    assert_non_null(first);
    while (first && (strlen(first) < 24 || first[8] != '-' || first[13] != '-'))
        first = strstr(first + 1, "<li>");
    assert_non_null(first);
    struct text recovery = text_format(bed.memory, "code=%.19s", first + 4);
    expect(call("GET", "/me/security/code", session, ""), 303, "/me/security");
    assert_true(holds(call("GET", "/me/security", session, ""), "10 recovery codes are left."));

    /* The password alone opens one page. */
    struct exchange half = call("POST", "/sign-in", nobody, sign_in);
    expect(half, 303, "/sign-in/code");
    expect(call("GET", "/me/profile", half.session, ""), 303, "/sign-in?next=%2Fme%2Fprofile");
    expect(call("POST", "/me/security/others/end", half.session, ""), 303, NULL);
    expect(call("GET", "/sign-in/code", half.session, ""), 200, NULL);
    expect(call("GET", "/sign-in/code", nobody, ""), 303, "/sign-in");
    struct exchange wrong = call("POST", "/sign-in/code", half.session, "code=12345");
    expect(wrong, 422, NULL);
    assert_true(holds(wrong, "This code is wrong"));
    struct exchange whole =
        call("POST", "/sign-in/code", half.session, code_form(secret, 0, "&next=/me/profile").data);
    expect(whole, 303, "/me/profile");
    expect(call("GET", "/me/profile", whole.session, ""), 200, NULL);
    expect(call("POST", "/sign-in/code", half.session, code_form(secret, 1, "").data), 410, NULL);

    /* A recovery code leads to where it says how many are left. */
    half = call("POST", "/sign-in", nobody, sign_in);
    whole = call("POST", "/sign-in/code", half.session, recovery.data);
    expect(whole, 303, "/me/security?done=core.recovered");
    assert_true(
        holds(call("GET", "/me/security", whole.session, ""), "9 recovery codes are left."));

    /* Programs are told that it is half a session. */
    struct exchange json =
        call_json("POST", "/api/v1/sessions", nobody,
                  "{\"mail\":\"olga@example.org\",\"password\":\"a good long password\"}");
    expect(json, 200, NULL);
    assert_true(holds(json, "\"code_needed\":true"));
    expect(call_json("GET", "/api/v1/me", json.session, ""), 401, NULL);

    /* Off by password and code. */
    expect(call("POST", "/me/security/code/off", session,
                code_form(secret, 1, "&password_now=wrong").data),
           422, NULL);
    expect(call("POST", "/me/security/code/off", session,
                code_form(secret, 1, "&password_now=a+good+long+password").data),
           303, "/me/security?done=core.factor_off");
    expect(call("POST", "/sign-in", nobody, sign_in), 303, "/me");
}

static void signs_in_and_goes_on(void **state)
{
    (void)state;
    newcomer("Ben", "ben@example.org", "");
    const char *right = "mail=ben@example.org&password=a+good+long+password";
    expect(call("POST", "/sign-in", nobody, right), 303, "/me");
    struct text form = text_format(bed.memory, "%s&next=/me/profile?a=b", right);
    expect(call("POST", "/sign-in", nobody, form.data), 303, "/me/profile?a=b");
    form = text_format(bed.memory, "%s&next=/me/profile&resume=0123456789abcdef0123456789abcdef",
                       right);
    expect(call("POST", "/sign-in", nobody, form.data), 303,
           "/me/profile?resume=0123456789abcdef0123456789abcdef");
    /* Nobody is led away from this site, and nothing but a key is put into an address. */
    form = text_format(bed.memory, "%s&next=//evil.example/&resume=0", right);
    expect(call("POST", "/sign-in", nobody, form.data), 303, "/me");
    form = text_format(bed.memory, "%s&next=/me&resume=a%%0d%%0ab", right);
    expect(call("POST", "/sign-in", nobody, form.data), 303, "/me");
    struct exchange wrong =
        call("POST", "/sign-in", nobody, "mail=ben@example.org&password=wrong+password");
    expect(wrong, 422, NULL);
    assert_true(holds(wrong, "do not belong together") && holds(wrong, "ben@example.org"));
    struct exchange unknown =
        call("POST", "/sign-in", nobody, "mail=none@example.org&password=wrong+password");
    expect(unknown, 422, NULL);
    expect(call_json("POST", "/api/v1/sessions", nobody,
                     "{\"mail\":\"ben@example.org\",\"password\":\"wrong password\"}"),
           401, NULL);
    struct exchange json =
        call_json("POST", "/api/v1/sessions", nobody,
                  "{\"mail\":\"ben@example.org\",\"password\":\"a good long password\"}");
    expect(json, 200, NULL);
    assert_true(holds(json, "\"secret\":\""));
    expect(call("GET", "/sign-in?next=/me/profile", json.session, ""), 303, "/me/profile");
    expect(call("POST", "/sign-out", json.session, ""), 303, NULL);
    expect(call("GET", "/me/profile", json.session, ""), 303, "/sign-in?next=%2Fme%2Fprofile");
}

/* The newest mail's text behind `before`, 43 characters of it. */
static struct text mailed(const char *before)
{
    struct mail_row_list mails;
    struct mail_row mail;
    assert_null(mails_before(bed.reader, bed.memory, (struct mail_id){INT64_MAX}, &mails));
    assert_true(mails.count > 0);
    assert_null(mail_by_id(bed.reader, bed.memory, mails.items[0].id, &mail));
    const char *at = strstr(text_c(bed.memory, mail.body), before);
    assert_non_null(at);
    return text_copy(bed.memory, (struct text){at + strlen(before), 43});
}

static void sets_a_forgotten_password(void **state)
{
    (void)state;
    struct text old = newcomer("Cleo", "cleo@example.org", "");
    struct exchange known = call("POST", "/password", nobody, "mail=cleo@example.org");
    struct exchange unknown = call("POST", "/password", nobody, "mail=unknown@example.org");
    expect(known, 303, "/password?sent=on");
    expect(unknown, 303, "/password?sent=on");
    assert_true(holds(call("GET", "/password?sent=on", nobody, ""), "works once"));
    struct text secret = mailed("http://site.example/password/");
    struct text path = text_format(bed.memory, "/password/%.*s", TEXT_ARGS(secret));
    struct exchange page = call("GET", path.data, nobody, "");
    expect(page, 200, NULL);
    assert_true(holds(page, "For Cleo."));
    expect(call("POST", path.data, nobody, "password=short"), 422, NULL);
    struct exchange set = call("POST", path.data, nobody, "password=another+long+password");
    expect(set, 303, "/me?done=core.password_set");
    expect(call("GET", "/me/profile", set.session, ""), 200, NULL);
    expect(call("GET", "/me/profile", old, ""), 303, NULL);
    expect(call("GET", path.data, nobody, ""), 410, NULL);
    expect(call("POST", path.data, nobody, "password=a+third+long+password"), 410, NULL);
    expect(call("GET", "/password/nonsense", nobody, ""), 410, NULL);
    expect(call("POST", "/me/password", set.session,
                "password_now=wrong+password&password=a+third+long+password"),
           422, NULL);
    expect(call("POST", "/me/password", set.session,
                "password_now=another+long+password&password=a+third+long+password"),
           303, NULL);
    expect(call("GET", "/me/profile", set.session, ""), 200, NULL);
}

static void keeps_a_profile_and_gives_the_data(void **state)
{
    (void)state;
    struct text session = newcomer("Dora", "dora@example.org", "");
    expect(call("POST", "/me/profile", session,
                "name=Dora+D&place=Bonn&about=%3Cb%3E&website=javascript:alert(1)&language=fr"),
           422, NULL);
    expect(call("POST", "/me/profile", session,
                "name=Dora+D&place=Bonn&about=%3Cb%3E&website=https://dora.example/&language=fr"),
           303, NULL);
    struct exchange profile = call("GET", "/me/profile", session, "");
    assert_true(holds(profile, "https://dora.example/") && holds(profile, "&lt;b&gt;"));
    struct exchange json = call_json("GET", "/api/v1/me", session, "");
    assert_true(holds(json, "\"language\":\"fr\"") && holds(json, "\"mail\":\"dora@example.org\""));
    struct exchange data = call("GET", "/me/data", session, "");
    expect(data, 200, NULL);
    assert_string_equal(data.type.data, "application/json");
    assert_true(holds(data, "\"complete\":true") && holds(data, "dora@example.org"));
    assert_true(holds(data, "\"sessions\":[{") && !holds(data, "argon2"));
    assert_true(holds(data, "http://site.example/mail/...") && holds(data, "\"seen\":["));
}

static void invites_into_a_business(void **state)
{
    (void)state;
    struct text owner = newcomer("Eva", "eva@example.org", "&organisation=Firm");
    struct text link = mailed("http://site.example/mail/");
    struct exchange refused =
        call("POST", "/biz/members", owner, "mail=fin@example.org&role=buyer");
    expect(refused, 422, NULL);
    assert_true(holds(refused, "Follow the link in our mail"));
    struct text confirm = text_format(bed.memory, "/mail/%.*s", TEXT_ARGS(link));
    expect(call("POST", confirm.data, nobody, ""), 303, "/sign-in?done=core.mail_confirmed");
    struct text guest = newcomer("Fin", "fin@example.org", "");
    expect(call("GET", "/biz/members", guest, ""), 403, NULL);
    struct exchange members = call("GET", "/biz/members", owner, "");
    expect(members, 200, NULL);
    assert_true(holds(members, "Firm") && holds(members, "eva@example.org"));
    expect(call("POST", "/biz/members", owner, "mail=fin@example.org"), 422, NULL);
    expect(call("POST", "/biz/members", owner, "mail=fin@example.org&role=buyer"), 303, NULL);
    struct text secret = mailed("http://site.example/invited/");
    struct text path = text_format(bed.memory, "/invited/%.*s", TEXT_ARGS(secret));
    assert_true(holds(call("GET", path.data, nobody, ""), "/sign-up?next="));
    assert_true(holds(call("GET", path.data, guest, ""), "Join Firm"));
    expect(call("POST", path.data, guest, ""), 303, "/biz?done=core.joined");
    expect(call("POST", path.data, guest, ""), 410, NULL);
    expect(call("GET", "/biz/members", guest, ""), 403, NULL);
    struct party_row fin, eva;
    assert_null(party_by_mail(bed.reader, bed.memory, text_of("fin@example.org"), &fin));
    assert_null(party_by_mail(bed.reader, bed.memory, text_of("eva@example.org"), &eva));
    char id[ID_TEXT_MAX];
    id_write(id, "pty", eva.id.value);
    struct text role = text_format(bed.memory, "/biz/members/%s/role", id);
    expect(call("POST", role.data, owner, "role=viewer"), 409, NULL);
    id_write(id, "pty", fin.id.value);
    role = text_format(bed.memory, "/biz/members/%s/role", id);
    expect(call("POST", role.data, guest, "role=owner"), 403, NULL);
    expect(call("POST", role.data, owner, "role=owner"), 303, NULL);
    expect(call("GET", "/biz/members", guest, ""), 200, NULL);
    struct text remove = text_format(bed.memory, "/biz/members/%s/remove", id);
    expect(call("POST", remove.data, owner, ""), 303, NULL);
    expect(call("GET", "/biz/members", guest, ""), 403, NULL);
    expect(call("POST", remove.data, owner, ""), 404, NULL);
    struct exchange founded = call("POST", "/biz/found", guest, "name=Own+firm");
    expect(founded, 303, NULL);
    expect(call("GET", "/biz/members", guest, ""), 200, NULL);
    assert_true(holds(call("GET", "/biz/found", guest, ""), "Own firm"));
}

static void shows_the_desk(void **state)
{
    (void)state;
    struct text desk = operator_session();
    struct text session = newcomer("Gus", "gus@example.org", "");
    struct party_row gus;
    char id[ID_TEXT_MAX];
    assert_null(party_by_mail(bed.reader, bed.memory, text_of("gus@example.org"), &gus));
    id_write(id, "pty", gus.id.value);
    expect(call("GET", "/desk/people", session, ""), 403, NULL);
    struct exchange found = call("GET", "/desk/people?q=GUS@", desk, "");
    assert_true(holds(found, id) && !holds(found, "desk@example.org"));
    assert_true(holds(call("GET", "/desk/people?q=gu", desk, ""), id));
    assert_true(holds(call("GET", "/desk/people?q=zzz", desk, ""), "Nobody found"));
    struct text suspend = text_format(bed.memory, "/desk/people/%s/suspend", id);
    struct text restore = text_format(bed.memory, "/desk/people/%s/restore", id);
    expect(call("POST", suspend.data, session, ""), 403, NULL);
    expect(call("POST", suspend.data, desk, ""), 303, NULL);
    expect(call("GET", "/me/profile", session, ""), 303, NULL);
    struct exchange shut =
        call("POST", "/sign-in", nobody, "mail=gus@example.org&password=a+good+long+password");
    expect(shut, 422, NULL);
    assert_true(holds(shut, "shut this account out"));
    expect(call("POST", restore.data, desk, ""), 303, NULL);
    expect(call("POST", "/password", nobody, "mail=gus@example.org"), 303, NULL);
    int64_t ran;
    assert_null(job_work(bed.store, bed.reader, LANE_MAIL, 100, &ran));
    struct mail_row_list mails;
    assert_null(mails_before(bed.reader, bed.memory, (struct mail_id){INT64_MAX}, &mails));
    id_write(id, "mal", mails.items[0].id.value);
    assert_true(holds(call("GET", "/desk/mail", desk, ""), id));
    struct text path = text_format(bed.memory, "/desk/mail/%s", id);
    struct exchange mail = call("GET", path.data, desk, "");
    assert_true(holds(mail, "Filed") && holds(mail, "To: &lt;gus@example.org&gt;"));
    expect(call("GET", "/desk/jobs", desk, ""), 200, NULL);
}

static void shows_every_page_and_has_all_words(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        enum { NOBODY = 1, MEMBER, DESK } who;
    } pages[] = {
        {"/sign-in", NOBODY},     {"/sign-up", NOBODY},     {"/password", NOBODY},
        {"/me/profile", MEMBER},  {"/me/password", MEMBER}, {"/biz/found", MEMBER},
        {"/biz/members", MEMBER}, {"/desk/people", DESK},   {"/desk/mail", DESK},
        {"/desk/jobs", DESK},
    };
    struct text desk = operator_session();
    struct text member = newcomer("Hana", "hana@example.org", "&organisation=Haus");
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct text session = pages[i].who == DESK     ? desk
                              : pages[i].who == MEMBER ? member
                                                       : nobody;
        expect(call("GET", pages[i].path, session, ""), 200, NULL);
        if (pages[i].who != NOBODY)
            expect(call("GET", pages[i].path, nobody, ""), 303, NULL);
        if (pages[i].who == DESK)
            expect(call("GET", pages[i].path, member, ""), 403, NULL);
    }
    struct text complaint = {"", 0};
    const struct problem *problem = words_compare(bed.memory, &complaint);
    if (problem)
        print_message("%.*s\n", TEXT_ARGS(complaint));
    assert_null(problem);
}

/* Two windows show one profile; the one that is sent second loses nothing and overwrites nothing. */
static void a_form_of_before_a_change_comes_back(void **state)
{
    (void)state;
    char version[17] = "";
    struct text maja = newcomer("Maja", "maja%40example.org", "");
    struct exchange page = call("GET", "/me/profile", maja, "");
    const char *at = memmem(page.body.data, page.body.size, "name=\"version\" value=\"", 22);
    assert_non_null(at);
    memcpy(version, at + 22, 16);
    struct text first =
        text_format(bed.memory, "name=Maja&place=Bonn&language=en&version=%s", version);
    struct text second =
        text_format(bed.memory, "name=Maja&place=Cologne&language=en&version=%s", version);
    expect(call("POST", "/me/profile", maja, first.data), 303, NULL);
    page = call("POST", "/me/profile", maja, second.data);
    expect(page, 422, NULL);
    assert_true(holds(page, "Cologne"));
    assert_true(holds(page, "There now:"));
    assert_true(holds(page, "Bonn"));
    assert_false(holds(page, version));
    expect(call_json("POST", "/api/v1/me", maja, second.data), 412, NULL);
    /* Sent again from the page that came back, it is what was meant. */
    at = memmem(page.body.data, page.body.size, "name=\"version\" value=\"", 22);
    assert_non_null(at);
    memcpy(version, at + 22, 16);
    second = text_format(bed.memory, "name=Maja&place=Cologne&language=en&version=%s", version);
    expect(call("POST", "/me/profile", maja, second.data), 303, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_up_and_keeps_what_was_typed),
        cmocka_unit_test(signs_in_and_goes_on),
        cmocka_unit_test(asks_for_a_code_beside_the_password),
        cmocka_unit_test(sets_a_forgotten_password),
        cmocka_unit_test(keeps_a_profile_and_gives_the_data),
        cmocka_unit_test(invites_into_a_business),
        cmocka_unit_test(shows_the_desk),
        cmocka_unit_test(shows_every_page_and_has_all_words),
        cmocka_unit_test(a_form_of_before_a_change_comes_back),
    };
    log_set_level(LOG_WARNING);
    return cmocka_run_group_tests(tests, begin, end);
}
