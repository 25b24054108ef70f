/*
 * Signing in as the store keeps it: each promise of core/login/login.h and session.h, on SQLite and, when
 * TEST_POSTGRESQL names a server, on PostgreSQL.
 */
#include "core/login/engines_test_bed.h"

#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"

static const struct text good = TEXT("a good long password");

static struct party_id sign_up(struct bed *bed, const char *name, const char *mail)
{
    struct party_id id;
    assert_null(login_sign_up(bed->store, bed->memory, text_of(name), text_of(mail), good,
                              LANGUAGE_EN, false, start, &id));
    return id;
}

static struct viewer viewer_at(struct bed *bed, struct text secret, struct instant at)
{
    struct request request = {
        .memory = bed->memory, .db = bed->reader, .store = bed->store, .now = at};
    struct viewer viewer;
    assert_null(login_viewer(&request, secret, &viewer));
    return viewer;
}

static struct text session(struct bed *bed, struct party_id person)
{
    struct text secret;
    assert_null(login_session(bed->store, bed->memory, person, start, &secret));
    return secret;
}

static const struct session_origin from = {TEXT("Firefox, Linux"), TEXT("192.0.2.7")};

static const struct problem *sign_in(struct bed *bed, const char *mail, struct text password,
                                     struct instant at, struct text *secret)
{
    struct signing_in in = {.half = false};
    const struct problem *problem = login_sign_in(bed->store, bed->reader, bed->memory,
                                                  text_of(mail), password, &from, at, &in);
    if (!problem)
        *secret = in.secret;
    return problem;
}

static void signs_up_and_in(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = sign_up(&bed, "Anna Maria Brun", "Anna.Brun@Example.ORG");
    struct party_id other;
    assert_ptr_equal(login_sign_up(bed.store, bed.memory, text_of("Another"),
                                   text_of("anna.brun@example.org"), good, LANGUAGE_FR, false,
                                   start, &other),
                     &party_mail_taken);
    struct text secret;
    assert_null(sign_in(&bed, "ANNA.BRUN@example.org", good, start, &secret));
    assert_int_equal(secret.size, 43);
    struct login_row login;
    assert_null(login_by_person(bed.reader, bed.memory, anna, &login));
    assert_true(text_is(login.mail, "anna.brun@example.org"));
    assert_true(text_starts(login.password, "$argon2id$v=19$m=65536,t=2,p=1$"));
    size_t before = store_count();
    struct viewer viewer = viewer_at(&bed, secret, start);
    assert_int_equal(store_count() - before, 1);
    assert_true(viewer.signed_in && viewer.consumer && !viewer.operator_);
    assert_true(viewer.person.value == anna.value && viewer.organisation.value == 0);
    assert_true(text_is(viewer.initials, "AB") && viewer.role == 0);
    assert_false(viewer_at(&bed, text_of("no such secret"), start).signed_in);
    assert_false(viewer_at(&bed, secret, instant_add(start, SESSION_LIFE)).signed_in);
    assert_true(viewer_at(&bed, secret, instant_add(start, SESSION_LIFE - 1)).signed_in);
    assert_null(session_sign_out(bed.store, bed.memory, secret));
    assert_false(viewer_at(&bed, secret, start).signed_in);
    close_bed(&bed);
}

static void refuses_weak_passwords(void **state)
{
    struct bed bed = open_bed(state);
    static const char *const weak[] = {"short", "123456789", "anna.brun1", "x-Anna.Brun-2",
                                       "\xe5\xaf\x86\xe7\xa0\x81\xe5\xaf\x86\xe7\xa0\x81"};
    struct party_id id;
    for (size_t i = 0; i < sizeof weak / sizeof weak[0]; i++)
        assert_ptr_equal(login_sign_up(bed.store, bed.memory, text_of("Anna"),
                                       text_of("anna.brun@example.org"), text_of(weak[i]),
                                       LANGUAGE_EN, false, start, &id),
                         &party_weak_password);
    close_bed(&bed);
}

static void slows_down_after_wrong_passwords(void **state)
{
    struct bed bed = open_bed(state);
    sign_up(&bed, "Anna", "anna@example.org");
    struct text wrong = TEXT("not the password");
    struct text secret;
    struct instant at = start;
    assert_ptr_equal(sign_in(&bed, "nobody@example.org", good, at, &secret), &party_wrong_password);
    for (int i = 0; i < 5; i++)
        assert_ptr_equal(sign_in(&bed, "anna@example.org", wrong, at, &secret),
                         &party_wrong_password);
    /* From the fifth on even the right one has to wait, first two seconds, then twice as long. */
    assert_ptr_equal(sign_in(&bed, "anna@example.org", good, at, &secret), &party_wait);
    at = instant_add(at, 1999);
    assert_ptr_equal(sign_in(&bed, "anna@example.org", good, at, &secret), &party_wait);
    at = instant_add(at, 1);
    assert_ptr_equal(sign_in(&bed, "anna@example.org", wrong, at, &secret), &party_wrong_password);
    at = instant_add(at, 3999);
    assert_ptr_equal(sign_in(&bed, "anna@example.org", good, at, &secret), &party_wait);
    at = instant_add(at, 1);
    assert_null(sign_in(&bed, "anna@example.org", good, at, &secret));
    /* The count begins anew. */
    assert_ptr_equal(sign_in(&bed, "anna@example.org", wrong, at, &secret), &party_wrong_password);
    assert_null(sign_in(&bed, "anna@example.org", good, at, &secret));
    close_bed(&bed);
}

static void nobodys_address_waits_like_somebodys(void **state)
{
    struct bed bed = open_bed(state);
    sign_up(&bed, "Anna", "anna@example.org");
    static const char *const mails[] = {"anna@example.org", "nobody@example.org"};
    static const int64_t moments[] = {0, 0, 0, 0, 0, 0, 1999, 2000, 2000 + 1, 5999, DAY, DAY + 2};
    struct text secret;
    const struct problem *first[sizeof moments / sizeof *moments];
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < sizeof moments / sizeof *moments; j++) {
            struct instant at = instant_add(start, moments[j]);
            const struct problem *said =
                sign_in(&bed, mails[i], text_of("guessed at random"), at, &secret);
            assert_ptr_equal(said, i ? first[j] : said);
            first[j] = said;
        }
    assert_ptr_equal(first[4], &party_wrong_password);
    assert_ptr_equal(first[5], &party_wait);
    assert_ptr_equal(first[9], &party_wait);
    /* After a day of peace the count begins anew, and nothing is left of strangers. */
    struct instant peace = instant_add(start, 3 * DAY);
    struct stranger_row row;
    struct text hash;
    struct instant until;
    assert_ptr_equal(sign_in(&bed, "another@example.org", good, peace, &secret),
                     &party_wrong_password);
    assert_null(stranger_find(bed.reader, bed.memory, text_of(mails[1]), &hash, &until));
    assert_ptr_equal(stranger_by_mail(bed.reader, bed.memory, hash, &row), &not_found);
    for (int i = 0; i < 5; i++)
        assert_ptr_equal(sign_in(&bed, mails[0], text_of("guessed"), peace, &secret),
                         &party_wrong_password);
    assert_ptr_equal(sign_in(&bed, mails[0], good, peace, &secret), &party_wait);
    close_bed(&bed);
}

static void a_place_of_before_need_not_wait(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = sign_up(&bed, "Anna", "anna@example.org");
    static const struct session_origin elsewhere = {TEXT("Firefox, Linux"), TEXT("192.0.2.99")};
    struct signing_in in = {.half = false};
    struct text secret;
    assert_null(sign_in(&bed, "anna@example.org", good, start, &secret));
    for (int i = 0; i < 5; i++)
        assert_ptr_equal(
            sign_in(&bed, "anna@example.org", text_of("guessed at random"), start, &secret),
            &party_wrong_password);
    for (int i = 0; i < 2; i++) {
        in.passes = i;
        assert_ptr_equal(login_sign_in(bed.store, bed.reader, bed.memory,
                                       text_of("anna@example.org"), good, &elsewhere, start, &in),
                         &party_wait);
        assert_int_equal(in.known.value, 0);
        assert_int_equal(in.wait_until.ms - start.ms, 2 * SECOND);
    }
    in = (struct signing_in){.half = false};
    assert_ptr_equal(login_sign_in(bed.store, bed.reader, bed.memory, text_of("anna@example.org"),
                                   good, &from, start, &in),
                     &party_wait);
    assert_int_equal(in.known.value, anna.value);
    in = (struct signing_in){.passes = true};
    assert_null(login_sign_in(bed.store, bed.reader, bed.memory, text_of("anna@example.org"), good,
                              &from, start, &in));
    assert_int_equal(in.secret.size, 43);
    close_bed(&bed);
}

static void never_waits_longer_than_an_hour(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = sign_up(&bed, "Anna", "anna@example.org");
    struct text wrong = TEXT("not the password");
    struct text secret;
    struct instant at = start;
    struct login_row login;
    int64_t waits[20];
    for (int i = 0; i < 20; i++) {
        assert_ptr_equal(sign_in(&bed, "anna@example.org", wrong, at, &secret),
                         &party_wrong_password);
        assert_null(login_by_person(bed.reader, bed.memory, anna, &login));
        waits[i] = login.wait_until.ms ? login.wait_until.ms - at.ms : 0;
        if (login.wait_until.ms)
            at = login.wait_until;
    }
    assert_int_equal(waits[3], 0);
    assert_int_equal(waits[4], 2 * SECOND);
    assert_int_equal(waits[5], 4 * SECOND);
    assert_int_equal(waits[14], 2048 * SECOND);
    assert_int_equal(waits[15], HOUR);
    assert_int_equal(waits[19], HOUR);
    close_bed(&bed);
}

/* The secret of the newest mail's link. */
static struct text mailed_secret(struct bed *bed, const char *before_secret)
{
    struct mail_row_list mails;
    struct mail_row mail;
    assert_null(mails_before(bed->reader, bed->memory, (struct mail_id){INT64_MAX}, &mails));
    assert_true(mails.count > 0);
    assert_null(mail_by_id(bed->reader, bed->memory, mails.items[0].id, &mail));
    const char *link = strstr(text_c(bed->memory, mail.body), before_secret);
    assert_non_null(link);
    return text_copy(bed->memory, (struct text){link + strlen(before_secret), 43});
}

static size_t mail_count(struct bed *bed)
{
    struct mail_row_list mails;
    assert_null(mails_before(bed->reader, bed->memory, (struct mail_id){INT64_MAX}, &mails));
    return mails.count;
}

static void resets_a_password_once(void **state)
{
    struct bed bed = open_bed(state);
    struct text site = TEXT("https://site.example");
    struct party_id anna = sign_up(&bed, "Anna", "anna@example.org");
    struct text old = session(&bed, anna);
    assert_null(reset_ask(bed.store, bed.memory, text_of("nobody@example.org"), site, start));
    assert_int_equal(mail_count(&bed), 0);
    assert_null(reset_ask(bed.store, bed.memory, text_of("Anna@example.org"), site, start));
    struct text first = mailed_secret(&bed, "https://site.example/password/");
    assert_null(reset_ask(bed.store, bed.memory, text_of("anna@example.org"), site, start));
    struct text link = mailed_secret(&bed, "https://site.example/password/");
    assert_false(text_equal(first, link));
    struct text name;
    struct text secret;
    struct signing_in in = {.half = false};
    struct text another = TEXT("another long password");
    assert_ptr_equal(reset_find(bed.reader, bed.memory, first, start, &name), &party_link_over);
    assert_ptr_equal(
        reset_find(bed.reader, bed.memory, link, instant_add(start, RESET_LIFE), &name),
        &party_link_over);
    assert_null(
        reset_find(bed.reader, bed.memory, link, instant_add(start, RESET_LIFE - 1), &name));
    assert_true(text_is(name, "Anna"));
    assert_ptr_equal(
        reset_set(bed.store, bed.reader, bed.memory, link, text_of("short"), &from, start, &in),
        &party_weak_password);
    assert_null(reset_set(bed.store, bed.reader, bed.memory, link, another, &from, start, &in));
    assert_false(viewer_at(&bed, old, start).signed_in);
    assert_true(!in.half && viewer_at(&bed, in.secret, start).signed_in);
    assert_ptr_equal(reset_set(bed.store, bed.reader, bed.memory, link, another, &from, start, &in),
                     &party_link_over);
    assert_ptr_equal(sign_in(&bed, "anna@example.org", good, start, &secret),
                     &party_wrong_password);
    assert_null(sign_in(&bed, "anna@example.org", another, start, &secret));
    close_bed(&bed);
}

static void ends_other_sessions_with_a_new_password(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = sign_up(&bed, "Anna", "anna@example.org");
    struct text here = session(&bed, anna);
    struct text elsewhere = session(&bed, anna);
    assert_ptr_equal(session_check_password(bed.store, bed.reader, bed.memory, anna,
                                            text_of("not the password"), start),
                     &party_wrong_password);
    assert_null(session_check_password(bed.store, bed.reader, bed.memory, anna, good, start));
    assert_null(reset_change(bed.store, bed.reader, bed.memory, anna,
                             text_of("another long password"), here, start));
    assert_true(viewer_at(&bed, here, start).signed_in);
    assert_false(viewer_at(&bed, elsewhere, start).signed_in);
    close_bed(&bed);
}

static void ends_sessions_elsewhere(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = join(&bed, "Anna", "anna@example.org");
    struct party_id ben = join(&bed, "Ben", "ben@example.org");
    struct text here = session(&bed, anna);
    struct text phone = session(&bed, anna);
    struct text office = session(&bed, anna);
    struct text bens = session(&bed, ben);
    struct text hash;
    struct session_row_list sessions;
    assert_null(party_secret_hash(bed.memory, here, &hash));
    assert_null(sessions_of(bed.reader, bed.memory, anna, hash, start, &sessions));
    assert_int_equal(sessions.count, 3);
    assert_true(sessions.items[0].here && !sessions.items[1].here && !sessions.items[2].here);
    /* Not another's, not twice. */
    struct session_id one = sessions.items[1].id;
    assert_ptr_equal(session_end_one(bed.store, bed.memory, ben, one), &not_found);
    assert_null(session_end_one(bed.store, bed.memory, anna, one));
    assert_ptr_equal(session_end_one(bed.store, bed.memory, anna, one), &not_found);
    assert_int_equal(
        viewer_at(&bed, phone, start).signed_in + viewer_at(&bed, office, start).signed_in, 1);
    assert_null(session_end_others(bed.store, bed.memory, anna, here));
    assert_false(viewer_at(&bed, phone, start).signed_in);
    assert_false(viewer_at(&bed, office, start).signed_in);
    assert_true(viewer_at(&bed, here, start).signed_in && viewer_at(&bed, bens, start).signed_in);
    close_bed(&bed);
}

/* Requests within an hour write nothing, the first one after it does. */
static void notes_the_last_use_once_an_hour(void **state)
{
    struct bed bed = open_bed(state);
    struct text secret = session(&bed, join(&bed, "Anna", "anna@example.org"));
    struct text hash;
    struct viewer_row row;
    struct instant before = instant_add(start, HOUR - 1);
    struct instant after = instant_add(start, HOUR + MINUTE);
    assert_null(party_secret_hash(bed.memory, secret, &hash));
    viewer_at(&bed, secret, before);
    assert_null(session_viewer(bed.reader, bed.memory, hash, start, &row));
    assert_int_equal(row.used.ms, start.ms);
    viewer_at(&bed, secret, after);
    viewer_at(&bed, secret, instant_add(after, HOUR - 1));
    assert_null(session_viewer(bed.reader, bed.memory, hash, start, &row));
    assert_int_equal(row.used.ms, after.ms);
    close_bed(&bed);
}

static void members_lose_their_role_at_once(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = join(&bed, "Anna", "anna@example.org");
    struct party_id ben = join(&bed, "Ben", "ben@example.org");
    struct party_id firm;
    struct text secret = session(&bed, ben);
    assert_null(
        party_found(bed.store, bed.memory, text_of("Firm"), text_of("Bonn"), anna, start, &firm));
    assert_null(party_member(bed.store, bed.memory, firm, ben, MEMBER_BUYER, start));
    struct viewer viewer = viewer_at(&bed, secret, start);
    assert_true(viewer.organisation.value == firm.value && viewer.role == MEMBER_BUYER);
    assert_true(text_is(viewer.organisation_name, "Firm"));
    assert_null(party_member(bed.store, bed.memory, firm, ben, MEMBER_VIEWER, start));
    assert_int_equal(viewer_at(&bed, secret, start).role, MEMBER_VIEWER);
    assert_null(party_member(bed.store, bed.memory, firm, ben, 0, start));
    viewer = viewer_at(&bed, secret, start);
    assert_true(viewer.signed_in && viewer.organisation.value == 0 && viewer.role == 0);
    assert_int_equal(viewer.organisation_name.size, 0);
    assert_ptr_equal(session_act(bed.store, bed.memory, secret, firm), &not_found);
    /* A session that was stored for the firm gives no role either once the membership is over. */
    assert_ptr_equal(party_member(bed.store, bed.memory, firm, ben, 0, start), &not_found);
    assert_null(party_member(bed.store, bed.memory, firm, ben, MEMBER_BUYER, start));
    assert_null(session_act(bed.store, bed.memory, secret, firm));
    assert_null(login_suspend(bed.store, bed.memory, firm, true, anna, start));
    viewer = viewer_at(&bed, secret, start);
    assert_true(viewer.signed_in && viewer.organisation.value == 0 && viewer.role == 0);
    close_bed(&bed);
}

static void shuts_out_the_suspended(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = sign_up(&bed, "Anna", "anna@example.org");
    struct party_id judge = join(&bed, "Judge", "judge@example.org");
    struct text secret = session(&bed, anna);
    struct text fresh;
    assert_ptr_equal(login_suspend(bed.store, bed.memory, judge, true, judge, start), &not_allowed);
    assert_null(login_suspend(bed.store, bed.memory, anna, true, judge, start));
    assert_false(viewer_at(&bed, secret, start).signed_in);
    assert_ptr_equal(sign_in(&bed, "anna@example.org", good, start, &fresh), &party_suspended);
    /* Not even a session made afterwards by another way shows who it is. */
    assert_false(viewer_at(&bed, session(&bed, anna), start).signed_in);
    assert_null(reset_ask(bed.store, bed.memory, text_of("anna@example.org"),
                          text_of("https://site.example"), start));
    assert_int_equal(mail_count(&bed), 0);
    assert_null(login_suspend(bed.store, bed.memory, anna, false, judge, start));
    assert_null(sign_in(&bed, "anna@example.org", good, start, &fresh));
    close_bed(&bed);
}

static void makes_initials(void **state)
{
    (void)state;
    struct memory *memory = memory_create(1 << 20);
    static const char *const names[][2] = {
        {"Maren Voss", "MV"},
        {"  anna  maria   brun ", "AB"},
        {"\xc3\xa9lodie", "\xc3\x89"},
        {"\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd \xd0\xbf\xd0\xb5\xd1\x82\xd1\x80\xd0\xbe\xd0\xb2",
         "\xd0\x98\xd0\x9f"},
        {"\xe9\x99\xb3\xe7\xbe\x8e\xe7\x8e\xb2", "\xe9\x99\xb3"},
        {"42 !", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct text initials;
        assert_null(session_initials(memory, text_of(names[i][0]), &initials));
        assert_string_equal(initials.data, names[i][1]);
    }
    memory_end(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(signs_up_and_in),
        ON_BOTH(refuses_weak_passwords),
        ON_BOTH(slows_down_after_wrong_passwords),
        ON_BOTH(nobodys_address_waits_like_somebodys),
        ON_BOTH(a_place_of_before_need_not_wait),
        ON_BOTH(never_waits_longer_than_an_hour),
        ON_BOTH(resets_a_password_once),
        ON_BOTH(ends_other_sessions_with_a_new_password),
        ON_BOTH(ends_sessions_elsewhere),
        ON_BOTH(notes_the_last_use_once_an_hour),
        ON_BOTH(members_lose_their_role_at_once),
        ON_BOTH(shuts_out_the_suspended),
        cmocka_unit_test(makes_initials),
    };
    return run_on_engines(tests);
}
