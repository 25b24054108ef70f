/*
 * Accounts elsewhere on SQLite: whose they are, offers that are good once, soon and in one browser, the only way
 * in, and accounts whose address somebody else reads.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/login/address.h"
#include "core/login/address_queries.h"
#include "core/login/identity.h"
#include "core/login/factor_queries.h"
#include "core/login/identity_queries.h"
#include "core/login/identity_rows.h"
#include "core/login/login_test_bed.h"
#include "core/login/passkey.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/session.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "web/server.h"
#include "web/words.h"

struct bed {
    char folder[64];
    struct memory *memory;
    struct store *store;
    struct database *reader;
    struct party_id anna; /* with a password, her address confirmed */
    struct party_id
        ben; /* with nothing but an account elsewhere, "ben-1", and an address nobody confirmed */
};

/* Somebody at the provider, as a token that was checked says. */
static struct oidc_person found(const char *subject, const char *mail)
{
    return (struct oidc_person){.provider = oidc_provider_of(1),
                                .claims = {.subject = text_of(subject),
                                           .name = text_of("Somebody"),
                                           .mail = text_of(mail),
                                           .mail_verified = true}};
}

static struct identity_claim claim(struct text secret, const char *browser, struct instant at)
{
    return (struct identity_claim){secret, text_of(browser), at};
}

static struct text offer(struct bed *bed, const char *subject, const char *mail)
{
    struct oidc_person person = found(subject, mail);
    struct oidc_aim aim = {OIDC_SIGN_IN, {0}, TEXT("/biz"), TEXT("")};
    struct text secret;
    assert_null(identity_offer(bed->store, bed->memory, &person, &aim, text_of("a browser"), start,
                               &secret));
    return secret;
}

struct arriving {
    struct person_new person;
    struct identity_claim claim;
};

static const struct problem *arrive(struct database *db, struct memory *memory, void *context)
{
    const struct arriving *arriving = context;
    const struct problem *problem = login_insert_person(db, memory, &arriving->person);
    return problem ? problem : identity_take(db, memory, &arriving->claim, arriving->person.id);
}

/* As by the page to sign up with an account elsewhere. */
static const struct problem *sign_up(struct bed *bed, const char *mail, struct identity_claim with,
                                     struct party_id *out)
{
    struct arriving arriving = {.person = {.id = {id_new()},
                                           .name = text_of("Somebody"),
                                           .mail = text_of(mail),
                                           .hash = {"", 0},
                                           .language = LANGUAGE_EN,
                                           .at = start},
                                .claim = with};
    *out = arriving.person.id;
    return store_write(bed->store, bed->memory, arrive, &arriving);
}

static const struct problem *confirm(struct database *db, struct memory *memory, void *context)
{
    const struct party_id *person = context;
    return address_confirm_now(db, memory, *person, start);
}

static void open_bed(struct bed *bed)
{
    *bed = (struct bed){.anna = {0}};
    open_people(bed->folder, &bed->memory, &bed->store, &bed->reader, &bed->anna);
    assert_null(store_write(bed->store, bed->memory, confirm, &bed->anna));
    struct text secret = offer(bed, "ben-1", "ben@example.org");
    assert_null(sign_up(bed, "ben@example.org", claim(secret, "a browser", start), &bed->ben));
}

static void close_bed(struct bed *bed)
{
    close_people(bed->folder, bed->memory, bed->store);
}

static const struct problem *enter(struct bed *bed, const char *subject)
{
    struct oidc_person person = found(subject, "");
    struct signing_in in = {.half = false};
    return identity_sign_in(bed->store, bed->memory, &person, &from, later(HOUR), &in);
}

static const struct problem *connect(struct bed *bed, struct party_id person, const char *subject,
                                     struct instant at)
{
    struct oidc_person one = found(subject, "x@example.org");
    return identity_connect(bed->store, bed->memory, &one, person, at);
}

static struct identity_line_list list(struct bed *bed, struct party_id person)
{
    struct identity_line_list lines;
    assert_null(identity_list(bed->reader, bed->memory, person, &lines));
    return lines;
}

static const struct problem *remove_first(struct bed *bed, struct party_id person)
{
    return identity_remove(bed->store, bed->memory, person, list(bed, person).items[0].id,
                           later(HOUR));
}

static size_t mails(struct bed *bed, const char *subject)
{
    struct mail_row_list rows;
    size_t count = 0;
    assert_null(mails_before(bed->reader, bed->memory, (struct mail_id){INT64_MAX}, &rows));
    for (size_t i = 0; i < rows.count; i++)
        count += text_is(rows.items[i].subject, subject);
    return count;
}

/* The secret behind `path` in the newest mail to an address. */
static struct text mailed(struct bed *bed, const char *to, const char *path)
{
    struct mail_row_list rows;
    struct mail_row mail;
    assert_null(mails_before(bed->reader, bed->memory, (struct mail_id){INT64_MAX}, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        assert_null(mail_by_id(bed->reader, bed->memory, rows.items[i].id, &mail));
        const char *at = strstr(text_c(bed->memory, mail.body), path);
        if (text_is(rows.items[i].recipient, to) && at)
            return (struct text){at + strlen(path), 43};
    }
    fail_msg("no mail to %s", to);
    return (struct text){"", 0};
}

/* ---- tests ---- */

static void it_opens_its_persons_account_alone(void **state)
{
    struct bed bed;
    struct oidc_person ben = found("ben-1", "");
    struct signing_in in = {.half = false};
    (void)state;
    open_bed(&bed);
    assert_null(identity_sign_in(bed.store, bed.memory, &ben, &from, later(HOUR), &in));
    assert_false(in.half);
    assert_int_equal(list(&bed, bed.ben).items[0].used.ms, later(HOUR).ms);
    /* Another subject with the same address, and the same subject written otherwise. */
    assert_ptr_equal(enter(&bed, "ben-2"), &not_found);
    assert_ptr_equal(enter(&bed, "Ben-1"), &not_found);
    assert_ptr_equal(enter(&bed, "ben-1 "), &not_found);
    assert_null(login_suspend(bed.store, bed.memory, bed.ben, true, bed.anna, start));
    assert_ptr_equal(enter(&bed, "ben-1"), &party_suspended);
    close_bed(&bed);
}

static void an_offer_is_good_once_soon_and_in_its_browser(void **state)
{
    struct bed bed;
    struct identity_offer shown;
    struct party_id nobody;
    (void)state;
    open_bed(&bed);
    struct text secret = offer(&bed, "eve-1", "Anna@Example.org");
    struct identity_claim good = claim(secret, "a browser", start);
    struct identity_claim others[] = {claim(secret, "another", start), claim(secret, "", start),
                                      claim(text_of("invented"), "a browser", start),
                                      claim(secret, "a browser", later(OFFER_LIFE))};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_ptr_equal(identity_offered(bed.reader, bed.memory, &others[i], &shown),
                         &party_identity_over);
        assert_ptr_equal(identity_accept(bed.store, bed.memory, &others[i], bed.ben),
                         &party_identity_over);
        assert_ptr_equal(sign_up(&bed, "eve@example.org", others[i], &nobody),
                         &party_identity_over);
    }
    assert_null(identity_offered(bed.reader, bed.memory, &good, &shown));
    assert_true(shown.taken && shown.verified && text_is(shown.next, "/biz"));
    /* Nobody was made by what was refused, so the address is free still. */
    assert_ptr_equal(sign_up(&bed, "anna@example.org", good, &nobody), &party_mail_taken);
    assert_null(identity_accept(bed.store, bed.memory, &good, bed.anna));
    assert_ptr_equal(identity_accept(bed.store, bed.memory, &good, bed.anna), &party_identity_over);
    assert_int_equal(mails(&bed, "An account was connected: Example"), 1);
    assert_null(enter(&bed, "eve-1"));
    close_bed(&bed);
}

static void one_that_is_somebodys_stays_theirs(void **state)
{
    struct bed bed;
    (void)state;
    open_bed(&bed);
    /* Both were offered before either was taken. */
    struct text first = offer(&bed, "eve-1", "eve@example.org");
    struct text second = offer(&bed, "eve-1", "eve@example.org");
    struct identity_claim one = claim(first, "a browser", start);
    struct identity_claim two = claim(second, "a browser", start);
    assert_null(identity_accept(bed.store, bed.memory, &one, bed.anna));
    assert_ptr_equal(identity_accept(bed.store, bed.memory, &two, bed.ben), &party_identity_known);
    assert_ptr_equal(connect(&bed, bed.ben, "eve-1", start), &party_identity_known);
    assert_ptr_equal(connect(&bed, bed.anna, "eve-1", start), &party_identity_known);
    struct identity_line_list anna = list(&bed, bed.anna);
    assert_int_equal(anna.count, 1);
    assert_ptr_equal(identity_remove(bed.store, bed.memory, bed.ben, anna.items[0].id, later(HOUR)),
                     &not_found);
    for (int i = 1; i < IDENTITIES_MAX; i++) {
        struct text subject = text_format(bed.memory, "many-%d", i);
        assert_null(connect(&bed, bed.anna, subject.data, start));
    }
    assert_ptr_equal(connect(&bed, bed.anna, "many", start), &party_identity_many);
    close_bed(&bed);
}

static void the_only_way_in_stays(void **state)
{
    struct bed bed;
    (void)state;
    open_bed(&bed);
    assert_ptr_equal(remove_first(&bed, bed.ben), &party_identity_last);
    assert_null(enter(&bed, "ben-1"));
    assert_null(connect(&bed, bed.ben, "ben-2", start));
    assert_null(remove_first(&bed, bed.ben));
    assert_int_equal(mails(&bed, "An account was disconnected: Example"), 1);
    assert_ptr_equal(enter(&bed, "ben-1"), &not_found);
    assert_ptr_equal(remove_first(&bed, bed.ben), &party_identity_last);
    /* A confirmed address is a way back in, by a link. */
    assert_null(store_write(bed.store, bed.memory, confirm, &bed.ben));
    assert_null(remove_first(&bed, bed.ben));
    close_bed(&bed);
}

static void another_proves_nothing(void **state)
{
    struct bed bed;
    struct text session;
    struct oidc_person own = found("ben-1", "");
    struct oidc_person unknown = found("eve-1", "");
    (void)state;
    open_bed(&bed);
    assert_null(login_session(bed.store, bed.memory, bed.ben, start, &session));
    assert_ptr_equal(identity_prove(bed.store, bed.memory, &unknown, bed.ben, session, later(HOUR)),
                     &party_identity_other);
    assert_ptr_equal(identity_prove(bed.store, bed.memory, &own, bed.anna, session, later(HOUR)),
                     &party_identity_other);
    assert_null(identity_prove(bed.store, bed.memory, &own, bed.ben, session, later(HOUR)));
    close_bed(&bed);
}

/* What else lets him in: a passkey, and a code. */
static const struct problem *keep_passkey(struct database *db, struct memory *memory, void *context)
{
    static const struct webauthn_made made = {
        .credential = TEXT("AAAA"), .algorithm = PASSKEY_ES256, .key = TEXT("00")};
    const struct party_id *person = context;
    struct party_hit hit;
    const struct problem *problem = factor_insert(db, memory, *person, text_of("00"), &hit);
    if (!problem)
        problem = factor_set_on(db, memory, *person, start, 1);
    return problem ? problem : passkey_keep(db, memory, *person, &made, text_of("Phone"), start);
}

/* Ben signed up with an address that is not his. Its reader sets a password, and Ben is out. */
static void who_reads_the_address_has_the_account_alone(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    struct passkey_line_list passkeys;
    (void)state;
    open_bed(&bed);
    assert_null(store_write(bed.store, bed.memory, keep_passkey, &bed.ben));
    assert_null(reset_ask(bed.store, bed.memory, text_of("ben@example.org"),
                          text_of("http://localhost"), start));
    struct text link = mailed(&bed, "ben@example.org", "/password/");
    assert_null(reset_set(bed.store, bed.reader, bed.memory, link, text_of("a long sentence"),
                          &from, later(MINUTE), &in));
    assert_int_equal(list(&bed, bed.ben).count, 0);
    assert_null(passkey_list(bed.reader, bed.memory, bed.ben, &passkeys));
    assert_int_equal(passkeys.count, 0);
    struct factor_row factor;
    assert_ptr_equal(factor_find(bed.reader, bed.memory, bed.ben, &factor), &not_found);
    assert_ptr_equal(enter(&bed, "ben-1"), &not_found);
    /* Once the address is known to be theirs, a new password takes nothing off. */
    assert_null(connect(&bed, bed.ben, "own-1", later(HOUR)));
    assert_null(reset_ask(bed.store, bed.memory, text_of("ben@example.org"),
                          text_of("http://localhost"), later(HOUR)));
    link = mailed(&bed, "ben@example.org", "/password/");
    assert_null(reset_set(bed.store, bed.reader, bed.memory, link, text_of("another sentence"),
                          &from, later(HOUR + MINUTE), &in));
    assert_null(enter(&bed, "own-1"));
    close_bed(&bed);
}

/* Somebody got in, changed the address and connected an account of theirs. */
static void undoing_a_change_takes_off_what_was_connected_since(void **state)
{
    struct bed bed;
    (void)state;
    open_bed(&bed);
    assert_null(connect(&bed, bed.anna, "anna-1", later(HOUR)));
    assert_null(address_change(bed.store, bed.memory, bed.anna, text_of("thief@example.org"),
                               later(2 * HOUR)));
    assert_null(address_confirm(bed.store, bed.memory, mailed(&bed, "thief@example.org", "/mail/"),
                                later(3 * HOUR)));
    assert_null(connect(&bed, bed.anna, "thief-1", later(4 * HOUR)));
    assert_null(address_undo(bed.store, bed.memory, mailed(&bed, "anna@example.org", "/mail/undo/"),
                             later(5 * HOUR)));
    assert_ptr_equal(enter(&bed, "thief-1"), &not_found);
    assert_null(enter(&bed, "anna-1"));
    close_bed(&bed);
}

static void one_of_a_provider_that_was_taken_out_is_no_way_in(void **state)
{
    struct bed bed;
    struct text complaint;
    (void)state;
    open_bed(&bed);
    assert_null(settings_set(bed.memory, text_of("oidc.1.issuer"), text_of("https://new.example"),
                             &complaint));
    assert_null(oidc_providers_start(bed.memory, &complaint));
    struct identity_line_list lines = list(&bed, bed.ben);
    assert_false(lines.items[0].works);
    assert_true(text_is(lines.items[0].name, "https://id.example"));
    assert_null(connect(&bed, bed.ben, "ben-1", start));
    assert_ptr_equal(identity_remove(bed.store, bed.memory, bed.ben,
                                     list(&bed, bed.ben).items[1].id, later(HOUR)),
                     &party_identity_last);
    assert_null(settings_set(bed.memory, text_of("oidc.1.issuer"), text_of("https://id.example"),
                             &complaint));
    assert_null(oidc_providers_start(bed.memory, &complaint));
    close_bed(&bed);
}

static bool begin(struct memory *memory)
{
    struct text complaint;
    settings_declare(web_settings, web_setting_count);
    settings_declare(oidc_settings, OIDC_SETTINGS);
    return !settings_load(memory, "/nonexistent", &complaint) && !words_load(memory, &complaint) &&
           !settings_set(memory, text_of("oidc.1.issuer"), text_of("https://id.example"),
                         &complaint) &&
           !settings_set(memory, text_of("oidc.1.name"), text_of("Example"), &complaint) &&
           !settings_set(memory, text_of("oidc.1.client"), text_of("us"), &complaint) &&
           !oidc_providers_start(memory, &complaint);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_its_persons_account_alone),
        cmocka_unit_test(an_offer_is_good_once_soon_and_in_its_browser),
        cmocka_unit_test(one_that_is_somebodys_stays_theirs),
        cmocka_unit_test(the_only_way_in_stays),
        cmocka_unit_test(another_proves_nothing),
        cmocka_unit_test(who_reads_the_address_has_the_account_alone),
        cmocka_unit_test(undoing_a_change_takes_off_what_was_connected_since),
        cmocka_unit_test(one_of_a_provider_that_was_taken_out_is_no_way_in),
    };
    struct memory *memory = memory_create(16 << 20);
    log_set_level(LOG_WARNING);
    if (!memory || !begin(memory))
        return 1;
    int failed = cmocka_run_group_tests_name("core/login/identity", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
