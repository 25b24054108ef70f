/*
 * People as the store keeps them: each promise of core/people/party.h, member.h and session.h, on SQLite
 * and, when TEST_POSTGRESQL names a server, on PostgreSQL.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/people/member.h"
#include "core/people/member_queries.h"
#include "core/people/party_queries.h"
#include "core/people/party_rows.h"
#include "core/module.h"
#include "core/login/session.h"
#include "core/people/team.h"
#include "core/people/team_queries.h"
#include "core/people/team_rows.h"
#include "core/terms.h"
#include "core/thread.h"

static const struct instant start = {1781100000000};
static const struct text good = TEXT("a good long password");

struct bed {
    const char *engine;
    struct memory *memory;
    struct store *store;
    struct database *reader;
    char folder[64];
    char schema[40]; /* PostgreSQL: where its tables are */
};

static void command(const char *format, const char *name)
{
    char text[128];
    (void)snprintf(text, sizeof text, format, name);
    PGconn *connection = PQconnectdb(getenv("TEST_POSTGRESQL"));
    PGresult *result = PQexec(connection, text);
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
}

static struct bed open_bed(void **state)
{
    static int number;
    struct bed bed = {.engine = *state};
    char url[600];
    const char *server = getenv("TEST_POSTGRESQL");
    if (strcmp(bed.engine, "postgresql") == 0 && !server) {
        print_message("skipped: TEST_POSTGRESQL names no server\n");
        skip();
    }
    (void)snprintf(bed.folder, sizeof bed.folder, "/tmp/contraflow_party_XXXXXX");
    assert_non_null(mkdtemp(bed.folder));
    (void)snprintf(url, sizeof url, "sqlite:%s/store.db", bed.folder);
    if (strcmp(bed.engine, "postgresql") == 0) {
        (void)snprintf(bed.schema, sizeof bed.schema, "party_%d_%d", (int)getpid(), ++number);
        command("CREATE SCHEMA %s", bed.schema);
        (void)snprintf(url, sizeof url, "%s%coptions=-csearch_path%%3D%s", server,
                       strchr(server, '?') ? '&' : '?', bed.schema);
    }
    const struct schema *schemas[MODULE_SCHEMAS_MAX];
    size_t schema_count = module_schemas(schemas);
    struct text complaint = {"", 0};
    bed.memory = memory_create(64 << 20);
    const struct problem *problem =
        store_open(bed.memory, text_of(url), schemas, schema_count, &bed.store, &complaint);
    if (problem)
        print_message("%s: %.*s\n", problem->name, TEXT_ARGS(complaint));
    assert_null(problem);
    assert_null(store_reader(bed.store, bed.memory, &bed.reader));
    return bed;
}

static void close_bed(struct bed *bed)
{
    store_close(bed->store);
    memory_end(bed->memory);
    static const char *const files[] = {"store.db", "store.db-wal", "store.db-shm"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[128];
        (void)snprintf(path, sizeof path, "%s/%s", bed->folder, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(bed->folder);
    if (bed->schema[0])
        command("SET client_min_messages = warning; DROP SCHEMA %s CASCADE", bed->schema);
}

static struct party_id sign_up(struct bed *bed, const char *name, const char *mail)
{
    struct party_id id;
    assert_null(party_sign_up(bed->store, bed->memory, text_of(name), text_of(mail), good,
                              LANGUAGE_EN, false, start, &id));
    return id;
}

/* Somebody without a password: spares the hashing where it is not what is tested. */
static struct party_id join(struct bed *bed, const char *name, const char *mail)
{
    struct party_id id;
    assert_null(party_sign_up(bed->store, bed->memory, text_of(name), text_of(mail),
                              (struct text){"", 0}, LANGUAGE_EN, false, start, &id));
    return id;
}

static struct viewer viewer_at(struct bed *bed, struct text secret, struct instant at)
{
    struct request request = {
        .memory = bed->memory, .db = bed->reader, .store = bed->store, .now = at};
    struct viewer viewer;
    assert_null(party_viewer(&request, secret, &viewer));
    return viewer;
}

static struct text session(struct bed *bed, struct party_id person)
{
    struct text secret;
    assert_null(party_session(bed->store, bed->memory, person, start, &secret));
    return secret;
}

static const struct session_origin from = {TEXT("Firefox, Linux"), TEXT("192.0.2.7")};

static const struct problem *sign_in(struct bed *bed, const char *mail, struct text password,
                                     struct instant at, struct text *secret)
{
    struct signing_in in = {.half = false};
    const struct problem *problem = party_sign_in(bed->store, bed->reader, bed->memory,
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
    assert_ptr_equal(party_sign_up(bed.store, bed.memory, text_of("Another"),
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
        assert_ptr_equal(party_sign_up(bed.store, bed.memory, text_of("Anna"),
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
    struct signing_in in;
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
    assert_null(party_suspend(bed.store, bed.memory, firm, true, anna, start));
    viewer = viewer_at(&bed, secret, start);
    assert_true(viewer.signed_in && viewer.organisation.value == 0 && viewer.role == 0);
    close_bed(&bed);
}

static void keeps_the_last_owner(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = join(&bed, "Anna", "anna@example.org");
    struct party_id ben = join(&bed, "Ben", "ben@example.org");
    struct party_id firm;
    assert_null(
        party_found(bed.store, bed.memory, text_of("Firm"), text_of(""), anna, start, &firm));
    assert_ptr_equal(party_member(bed.store, bed.memory, firm, anna, MEMBER_BUYER, start),
                     &party_last_owner);
    assert_ptr_equal(party_member(bed.store, bed.memory, firm, anna, 0, start), &party_last_owner);
    assert_null(party_member(bed.store, bed.memory, firm, ben, MEMBER_OWNER, start));
    assert_null(party_member(bed.store, bed.memory, firm, anna, 0, start));
    assert_ptr_equal(party_member(bed.store, bed.memory, firm, ben, 0, start), &party_last_owner);
    /* Nobody belongs to a person, and nobody unknown to a firm. */
    assert_ptr_equal(party_member(bed.store, bed.memory, anna, ben, MEMBER_VIEWER, start),
                     &not_found);
    assert_ptr_equal(
        party_member(bed.store, bed.memory, firm, (struct party_id){7}, MEMBER_VIEWER, start),
        &not_found);
    close_bed(&bed);
}

struct inviting {
    struct party_id firm, by;
    struct text secret;
};
static const struct problem *invite_work(struct database *db, struct memory *memory, void *context)
{
    const struct inviting *inviting = context;
    return member_invite(db, memory, inviting->firm, inviting->by, text_of("New@example.org"),
                         MEMBER_BUYER, inviting->secret, start);
}

static void invites_once(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = join(&bed, "Anna", "anna@example.org");
    struct party_id ben = join(&bed, "Ben", "ben@example.org");
    struct party_id firm;
    struct party_id joined;
    assert_null(
        party_found(bed.store, bed.memory, text_of("Firm"), text_of(""), anna, start, &firm));
    struct inviting inviting = {.firm = firm, .by = anna};
    assert_null(party_secret_make(bed.memory, &inviting.secret));
    assert_null(store_write(bed.store, bed.memory, invite_work, &inviting));
    struct invitation_row invitation;
    assert_null(member_invitation(bed.reader, bed.memory, inviting.secret, start, &invitation));
    assert_true(text_is(invitation.mail, "new@example.org") && invitation.role == MEMBER_BUYER);
    assert_ptr_equal(member_accept(bed.store, bed.memory, inviting.secret, ben,
                                   instant_add(start, INVITATION_LIFE), &joined),
                     &party_link_over);
    assert_null(member_accept(bed.store, bed.memory, inviting.secret, ben, start, &joined));
    assert_true(joined.value == firm.value);
    assert_ptr_equal(member_accept(bed.store, bed.memory, inviting.secret, anna, start, &joined),
                     &party_link_over);
    struct member_line_list members;
    assert_null(members_of(bed.reader, bed.memory, firm, (struct party_id){0}, &members));
    assert_int_equal(members.count, 2);
    assert_int_equal(members.items[1].role, MEMBER_BUYER);
    close_bed(&bed);
}

static void shuts_out_the_suspended(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = sign_up(&bed, "Anna", "anna@example.org");
    struct party_id judge = join(&bed, "Judge", "judge@example.org");
    struct text secret = session(&bed, anna);
    struct text fresh;
    assert_ptr_equal(party_suspend(bed.store, bed.memory, judge, true, judge, start), &not_allowed);
    assert_null(party_suspend(bed.store, bed.memory, anna, true, judge, start));
    assert_false(viewer_at(&bed, secret, start).signed_in);
    assert_ptr_equal(sign_in(&bed, "anna@example.org", good, start, &fresh), &party_suspended);
    /* Not even a session made afterwards by another way shows who it is. */
    assert_false(viewer_at(&bed, session(&bed, anna), start).signed_in);
    assert_null(reset_ask(bed.store, bed.memory, text_of("anna@example.org"),
                          text_of("https://site.example"), start));
    assert_int_equal(mail_count(&bed), 0);
    assert_null(party_suspend(bed.store, bed.memory, anna, false, judge, start));
    assert_null(sign_in(&bed, "anna@example.org", good, start, &fresh));
    close_bed(&bed);
}

static const struct problem *say_work(struct database *db, struct memory *memory, void *context)
{
    const struct party_id *author = context;
    struct message_id id;
    const struct problem *problem =
        thread_say(db, memory, 42, *author, (struct party_id){0}, text_of("first"), start, &id);
    if (!problem)
        problem = thread_say(db, memory, 42, *author, (struct party_id){0}, text_of("second"),
                             start, &id);
    return problem;
}

static const struct problem *terms_work(struct database *db, struct memory *memory, void *context)
{
    static const struct text name = TEXT("trial");
    const struct party_id *party = context;
    struct instant later = instant_add(start, DAY);
    struct terms_row now;
    const struct problem *problem = NULL;
    for (int i = 0; !problem && i < 2; i++)
        problem = terms_keep(db, memory, name, text_of("1"), text_of("en"), text_of("One."), start);
    if (!problem)
        problem = terms_keep(db, memory, name, text_of("1"), text_of("fr"), text_of("Un."), start);
    if (!problem)
        problem = terms_keep(db, memory, name, text_of("2"), text_of("en"), text_of("Two."), later);
    if (!problem)
        problem = terms_now(db, memory, name, text_of("fr"), start, &now);
    for (int i = 0; !problem && i < 2; i++)
        problem = terms_accept(db, memory, *party, now.hash, 0, start);
    return problem;
}

static void keeps_threads_and_terms(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = join(&bed, "Anna", "anna@example.org");
    assert_null(store_write(bed.store, bed.memory, say_work, &anna));
    struct thread_message_list said;
    assert_null(thread_list(bed.reader, bed.memory, 42, (struct message_id){0}, &said));
    assert_int_equal(said.count, 2);
    assert_true(text_is(said.items[0].body, "first") && text_is(said.items[1].body, "second"));
    assert_true(text_is(said.items[0].author_name, "Anna"));
    assert_null(thread_list(bed.reader, bed.memory, 42, said.items[1].id, &said));
    assert_int_equal(said.count, 1);
    assert_null(store_write(bed.store, bed.memory, terms_work, &anna));
    struct terms_row now;
    struct instant later = instant_add(start, DAY);
    struct text name = TEXT("trial");
    assert_null(terms_now(bed.reader, bed.memory, name, text_of("fr"), start, &now));
    assert_true(text_is(now.body, "Un.") && now.hash.size == 64);
    assert_null(terms_now(bed.reader, bed.memory, name, text_of("ru"), start, &now));
    assert_true(text_is(now.body, "One."));
    /* The French text is out of force: the reader gets what is, in English. */
    assert_null(terms_now(bed.reader, bed.memory, name, text_of("fr"), later, &now));
    assert_true(text_is(now.body, "Two."));
    assert_ptr_equal(
        terms_now(bed.reader, bed.memory, name, text_of("en"), instant_add(start, -1), &now),
        &not_found);
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

static char sqlite[] = "sqlite";
static char postgresql[] = "postgresql";

#define ON_BOTH(function)                                                                          \
    {"sqlite: " #function, function, NULL, NULL, sqlite},                                          \
    {                                                                                              \
        "postgresql: " #function, function, NULL, NULL, postgresql                                 \
    }

/* ---- operators ---- */

static struct party_id begins_at_desk(struct bed *bed, const char *name, const char *mail,
                                      int64_t desk)
{
    struct party_id id = join(bed, name, mail);
    assert_null(team_set(bed->store, bed->memory, id, desk, (struct party_id){0}, start));
    return id;
}

static void somebody_stays_who_sees_to_everything(void **state)
{
    struct bed bed = open_bed(state);
    const int64_t admin = DESK_BIT(DESK_ADMIN);
    struct party_id anna = begins_at_desk(&bed, "Anna", "anna@example.org", admin);
    struct party_id ben = begins_at_desk(&bed, "Ben", "ben@example.org", DESK_BIT(DESK_FINANCE));
    bool second = false;
    assert_null(team_has_second(bed.reader, bed.memory, anna, &second));
    assert_true(second);
    assert_ptr_equal(team_set(bed.store, bed.memory, anna, DESK_BIT(DESK_SUPPORT), anna, start),
                     &team_last_admin);
    assert_ptr_equal(team_set(bed.store, bed.memory, anna, 0, anna, start), &team_last_admin);
    assert_null(team_set(bed.store, bed.memory, ben, admin + DESK_BIT(DESK_SUPPORT), anna, start));
    assert_null(team_set(bed.store, bed.memory, anna, 0, ben, start));
    assert_null(team_has_second(bed.reader, bed.memory, ben, &second));
    assert_false(second);
    assert_ptr_equal(team_set(bed.store, bed.memory, (struct party_id){12345}, admin, ben, start),
                     &not_found);
    struct operator_row_list team;
    assert_null(team_list(bed.reader, bed.memory, &team));
    assert_int_equal(team.count, 1);
    assert_int_equal(team.items[0].person.value, ben.value);
    close_bed(&bed);
}

static void what_operators_do_is_noted(void **state)
{
    struct bed bed = open_bed(state);
    struct party_id anna = begins_at_desk(&bed, "Anna", "anna@example.org", DESK_BIT(DESK_ADMIN));
    struct party_id ben = begins_at_desk(&bed, "Ben", "ben@example.org", DESK_BIT(DESK_FINANCE));
    struct act_row_list acts;
    assert_null(team_set(bed.store, bed.memory, ben,
                         DESK_BIT(DESK_FINANCE) + DESK_BIT(DESK_MODERATION), anna, start));
    /* What changes nothing is no act. */
    assert_null(team_set(bed.store, bed.memory, ben,
                         DESK_BIT(DESK_FINANCE) + DESK_BIT(DESK_MODERATION), anna, start));
    assert_null(party_suspend(bed.store, bed.memory, ben, true, anna, start));
    assert_null(acts_before(bed.reader, bed.memory, (struct act_id){INT64_MAX}, &acts));
    assert_int_equal(acts.count, 4);
    assert_true(text_is(acts.items[0].name, "core.party.suspend"));
    assert_true(text_is(acts.items[0].was, "active") && text_is(acts.items[0].became, "suspended"));
    assert_true(text_is(acts.items[1].name, "core.team.set"));
    assert_true(text_is(acts.items[1].was, "finance"));
    assert_true(text_is(acts.items[1].became, "moderation, finance"));
    assert_int_equal(acts.items[1].subject, ben.value);
    assert_true(text_is(acts.items[1].actor_name, "Anna"));
    assert_true(text_is(acts.items[2].was, "") && acts.items[2].actor.value == 0);
    assert_null(acts_of(bed.reader, bed.memory, anna, (struct act_id){INT64_MAX}, &acts));
    assert_int_equal(acts.count, 2);
    close_bed(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(signs_up_and_in),
        ON_BOTH(refuses_weak_passwords),
        ON_BOTH(slows_down_after_wrong_passwords),
        ON_BOTH(never_waits_longer_than_an_hour),
        ON_BOTH(resets_a_password_once),
        ON_BOTH(ends_other_sessions_with_a_new_password),
        ON_BOTH(ends_sessions_elsewhere),
        ON_BOTH(notes_the_last_use_once_an_hour),
        ON_BOTH(members_lose_their_role_at_once),
        ON_BOTH(keeps_the_last_owner),
        ON_BOTH(invites_once),
        ON_BOTH(shuts_out_the_suspended),
        ON_BOTH(keeps_threads_and_terms),
        ON_BOTH(somebody_stays_who_sees_to_everything),
        ON_BOTH(what_operators_do_is_noted),
        cmocka_unit_test(makes_initials),
    };
    struct memory *memory = memory_create(16 << 20);
    struct text complaint;
    settings_declare(web_settings, web_setting_count);
    if (!memory || settings_load(memory, "/nonexistent", &complaint) ||
        words_load(memory, &complaint))
        return 1;
    /* Not in a group's set-up: its state would take the place of each test's engine. */
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
