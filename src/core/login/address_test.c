/*
 * Mail addresses on SQLite: confirmed once, changed only by who reads the new one, given back to who reads
 * the old one, and kept from others meanwhile.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/login/address.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/login_test_bed.h"
#include "core/login/passkey.h"
#include "core/login/session.h"
#include "web/server.h"
#include "web/words.h"

struct bed {
    char folder[64];
    struct memory *memory;
    struct store *store;
    struct database *reader;
    struct party_id anna; /* anna@example.org, confirmed */
    struct party_id ben;  /* ben@example.org, not confirmed, and mailed a link */
};

struct joining {
    struct person_new person;
    struct text link;
};

static const struct problem *join(struct database *db, struct memory *memory, void *context)
{
    struct joining *joining = context;
    const struct problem *problem = login_insert_person(db, memory, &joining->person);
    return problem ? problem
                   : address_ask(db, memory, joining->person.id, joining->person.mail,
                                 joining->link, joining->person.at);
}

/* As by the form to sign up. */
static const struct problem *sign_up(struct bed *bed, const char *mail, struct instant at,
                                     struct party_id *out)
{
    struct joining joining = {.person = {.id = {id_new()},
                                         .name = text_of("Somebody"),
                                         .mail = text_of(mail),
                                         .hash = {"", 0},
                                         .language = LANGUAGE_EN,
                                         .at = at}};
    assert_null(party_secret_make(bed->memory, &joining.link));
    *out = joining.person.id;
    return store_write(bed->store, bed->memory, join, &joining);
}

static void open_bed(struct bed *bed)
{
    *bed = (struct bed){.anna = {0}};
    open_people(bed->folder, &bed->memory, &bed->store, &bed->reader, &bed->anna);

    assert_null(sign_up(bed, "Ben@example.org", start, &bed->ben));
}

static void close_bed(struct bed *bed)
{
    close_people(bed->folder, bed->memory, bed->store);
}

/* The secret behind `path` in the newest mail to an address; empty when none has it. */
static struct text mailed(struct bed *bed, const char *to, const char *path)
{
    struct mail_row_list rows;
    struct mail_row mail;
    assert_null(mails_before(bed->reader, bed->memory, (struct mail_id){INT64_MAX}, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        if (!text_is(rows.items[i].recipient, to))
            continue;
        assert_null(mail_by_id(bed->reader, bed->memory, rows.items[i].id, &mail));
        const char *body = text_c(bed->memory, mail.body);
        const char *at = strstr(body, path);
        if (at)
            return (struct text){at + strlen(path), 43};
    }
    return (struct text){"", 0};
}

static struct login_row login(struct bed *bed, struct party_id person)
{
    struct login_row row;
    assert_null(login_by_person(bed->reader, bed->memory, person, &row));
    return row;
}

static const struct problem *change(struct bed *bed, struct party_id person, const char *mail,
                                    struct instant at)
{
    return address_change(bed->store, bed->memory, person, text_of(mail), at);
}

static const struct problem *confirm(struct bed *bed, const char *mail, struct instant at)
{
    return address_confirm(bed->store, bed->memory, mailed(bed, mail, "/mail/"), at);
}

static const struct problem *needed(struct bed *bed, struct party_id person)
{
    return address_needed(bed->reader, bed->memory, person);
}

static void is_confirmed_once_by_its_link(void **state)
{
    struct bed bed;
    struct address_told told;
    (void)state;
    open_bed(&bed);
    assert_null(needed(&bed, bed.anna));
    assert_ptr_equal(needed(&bed, bed.ben), &party_unconfirmed);
    struct text link = mailed(&bed, "ben@example.org", "/mail/");
    assert_int_equal(link.size, 43);
    assert_null(address_asked(bed.reader, bed.memory, link, start, &told));
    assert_true(text_is(told.mail, "ben@example.org") && !told.other);
    assert_ptr_equal(address_confirm(bed.store, bed.memory, link, later(CONFIRM_LIFE)),
                     &party_link_over);
    assert_null(address_confirm(bed.store, bed.memory, link, later(HOUR)));
    assert_null(needed(&bed, bed.ben));
    assert_ptr_equal(address_confirm(bed.store, bed.memory, link, later(HOUR)), &party_link_over);
    assert_ptr_equal(address_again(bed.store, bed.memory, bed.ben, later(HOUR)), &party_confirmed);
    close_bed(&bed);
}

static void is_sent_again_three_times_an_hour(void **state)
{
    struct bed bed;
    (void)state;
    open_bed(&bed);
    struct text first = mailed(&bed, "ben@example.org", "/mail/");
    assert_null(address_again(bed.store, bed.memory, bed.ben, later(MINUTE)));
    assert_null(address_again(bed.store, bed.memory, bed.ben, later(2 * MINUTE)));
    assert_ptr_equal(address_again(bed.store, bed.memory, bed.ben, later(3 * MINUTE)),
                     &party_mail_often);
    assert_ptr_equal(change(&bed, bed.ben, "b@example.org", later(3 * MINUTE)), &party_mail_often);
    assert_null(address_again(bed.store, bed.memory, bed.ben, later(HOUR + MINUTE)));
    assert_ptr_equal(address_confirm(bed.store, bed.memory, first, later(HOUR + MINUTE)),
                     &party_link_over);
    assert_null(confirm(&bed, "ben@example.org", later(HOUR + MINUTE)));
    close_bed(&bed);
}

static void changes_when_the_new_one_is_read(void **state)
{
    struct bed bed;
    struct text reset;
    struct text name;
    (void)state;
    open_bed(&bed);
    assert_null(
        reset_ask(bed.store, bed.memory, text_of("anna@example.org"), text_of("https://x"), start));
    reset = mailed(&bed, "anna@example.org", "/password/");
    assert_null(reset_find(bed.reader, bed.memory, reset, start, &name));
    assert_ptr_equal(change(&bed, bed.anna, "ANNA@example.org", start), &party_mail_same);
    assert_ptr_equal(change(&bed, bed.anna, "Ben@example.org", start), &party_mail_taken);
    assert_null(change(&bed, bed.anna, "New@example.org", start));
    assert_true(text_is(login(&bed, bed.anna).mail, "anna@example.org"));
    assert_null(reset_find(bed.reader, bed.memory, reset, start, &name));
    assert_null(confirm(&bed, "new@example.org", later(MINUTE)));
    assert_true(text_is(login(&bed, bed.anna).mail, "new@example.org"));
    /* What was mailed to the old address sets no password any more. */
    assert_ptr_equal(reset_find(bed.reader, bed.memory, reset, later(MINUTE), &name),
                     &party_link_over);
    assert_int_equal(mailed(&bed, "anna@example.org", "/mail/undo/").size, 43);
    assert_int_equal(mailed(&bed, "new@example.org", "/mail/undo/").size, 0);
    close_bed(&bed);
}

static void an_address_that_was_taken_meanwhile_stays_with_its_owner(void **state)
{
    struct bed bed;
    struct party_id other;
    (void)state;
    open_bed(&bed);
    assert_null(change(&bed, bed.anna, "new@example.org", start));
    struct text link = mailed(&bed, "new@example.org", "/mail/");
    assert_null(sign_up(&bed, "new@example.org", start, &other));
    assert_ptr_equal(address_confirm(bed.store, bed.memory, link, start), &party_mail_taken);
    assert_true(text_is(login(&bed, bed.anna).mail, "anna@example.org"));
    close_bed(&bed);
}

/* A mistyped address may be a stranger's, who must not get the account by it. */
static void one_that_was_never_confirmed_undoes_nothing(void **state)
{
    struct bed bed;
    (void)state;
    open_bed(&bed);
    assert_null(change(&bed, bed.ben, "right@example.org", start));
    assert_null(confirm(&bed, "right@example.org", start));
    assert_true(text_is(login(&bed, bed.ben).mail, "right@example.org"));
    assert_null(needed(&bed, bed.ben));
    assert_int_equal(mailed(&bed, "ben@example.org", "/mail/undo/").size, 0);
    close_bed(&bed);
}

static bool opens(struct bed *bed, struct text secret, struct instant at)
{
    struct request request = {
        .memory = bed->memory, .db = bed->reader, .store = bed->store, .now = at};
    struct viewer viewer;
    assert_null(login_viewer(&request, secret, &viewer));
    return viewer.signed_in;
}

/* Somebody has got in and takes the account over, twice, so that the undoing of the second is theirs. */
static void the_old_address_takes_the_account_back(void **state)
{
    struct bed bed;
    struct text thief;
    struct signing_in in = {.half = false};
    struct party_id other;
    (void)state;
    open_bed(&bed);
    assert_null(login_session(bed.store, bed.memory, bed.anna, start, &thief));
    assert_null(change(&bed, bed.anna, "thief@example.org", start));
    assert_null(confirm(&bed, "thief@example.org", later(MINUTE)));
    struct text undo = mailed(&bed, "anna@example.org", "/mail/undo/");
    assert_null(change(&bed, bed.anna, "thief2@example.org", later(HOUR)));
    assert_null(confirm(&bed, "thief2@example.org", later(HOUR)));
    struct text own = mailed(&bed, "thief@example.org", "/mail/undo/");
    assert_null(reset_change(bed.store, bed.reader, bed.memory, bed.anna,
                             text_of("thief's password"), thief, later(HOUR)));
    /* Nobody else gets the address meanwhile, and the thief's undoing does not end hers. */
    assert_ptr_equal(sign_up(&bed, "anna@example.org", later(HOUR), &other), &party_mail_taken);
    assert_ptr_equal(change(&bed, bed.ben, "anna@example.org", later(HOUR)), &party_mail_taken);
    assert_null(address_undo(bed.store, bed.memory, own, later(2 * HOUR)));
    assert_null(address_undo(bed.store, bed.memory, undo, later(3 * HOUR)));
    assert_true(text_is(login(&bed, bed.anna).mail, "anna@example.org"));
    assert_false(opens(&bed, thief, later(3 * HOUR)));
    assert_ptr_equal(login_sign_in(bed.store, bed.reader, bed.memory, text_of("anna@example.org"),
                                   text_of("thief's password"), &from, later(3 * HOUR), &in),
                     &party_wrong_password);
    /* With the mail that tells so she sets a password. */
    assert_null(reset_set(bed.store, bed.reader, bed.memory,
                          mailed(&bed, "anna@example.org", "/password/"), text_of("bread at seven"),
                          &from, later(3 * HOUR), &in));
    assert_true(opens(&bed, in.secret, later(3 * HOUR)));
    close_bed(&bed);
}

static void is_undone_within_a_week_only(void **state)
{
    struct bed bed;
    struct party_id other;
    (void)state;
    open_bed(&bed);
    assert_null(change(&bed, bed.anna, "new@example.org", start));
    assert_null(confirm(&bed, "new@example.org", start));
    struct text undo = mailed(&bed, "anna@example.org", "/mail/undo/");
    assert_ptr_equal(address_undo(bed.store, bed.memory, undo, later(UNDO_LIFE)), &party_link_over);
    assert_null(sign_up(&bed, "anna@example.org", later(UNDO_LIFE), &other));
    close_bed(&bed);
}

static size_t alerts(struct bed *bed)
{
    struct mail_row_list rows;
    size_t count = 0;
    assert_null(mails_before(bed->reader, bed->memory, (struct mail_id){INT64_MAX}, &rows));
    for (size_t i = 0; i < rows.count; i++)
        count += text_is(rows.items[i].subject, "You signed in from a new browser");
    return count;
}

static void a_sign_in_from_somewhere_new_is_told(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    static const struct session_origin places[] = {
        {TEXT("Firefox, Linux"), TEXT("192.0.2.7")},
        {TEXT("Firefox, Linux"), TEXT("192.0.2.7")},
        {TEXT("Chrome, Windows"), TEXT("192.0.2.7")},
        {TEXT("Firefox, Linux"), TEXT("198.51.100.1")},
        {TEXT("Chrome, Windows"), TEXT("192.0.2.7")},
    };
    static const size_t told[] = {0, 0, 1, 2, 2};
    (void)state;
    open_bed(&bed);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_null(login_sign_in(bed.store, bed.reader, bed.memory, text_of("anna@example.org"),
                                  text_of("bread at five"), &places[i], later(HOUR), &in));
        assert_int_equal(alerts(&bed), told[i]);
    }
    close_bed(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_confirmed_once_by_its_link),
        cmocka_unit_test(is_sent_again_three_times_an_hour),
        cmocka_unit_test(changes_when_the_new_one_is_read),
        cmocka_unit_test(an_address_that_was_taken_meanwhile_stays_with_its_owner),
        cmocka_unit_test(one_that_was_never_confirmed_undoes_nothing),
        cmocka_unit_test(the_old_address_takes_the_account_back),
        cmocka_unit_test(is_undone_within_a_week_only),
        cmocka_unit_test(a_sign_in_from_somewhere_new_is_told),
    };
    struct memory *memory = memory_create(16 << 20);
    struct text complaint;
    log_set_level(LOG_WARNING);
    settings_declare(web_settings, web_setting_count);
    if (!memory || settings_load(memory, "/nonexistent", &complaint) ||
        words_load(memory, &complaint))
        return 1;
    int failed = cmocka_run_group_tests_name("core/login/address", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
