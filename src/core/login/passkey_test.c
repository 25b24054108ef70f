/*
 * Passkeys on SQLite: made, signing in and proving by one, and everything that is not believed: used and
 * old questions, another browser, another person's, copies, those of somebody shut out.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/login/address_queries.h"
#include "core/login/factor.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/login_test_bed.h"
#include "core/login/passkey.h"
#include "core/login/webauthn_test_bed.h"
#include "web/access.h"
#include "web/server.h"
#include "web/words.h"

static const struct party_id anybody = {0};
static const char origin[] = "https://example.org";

struct bed {
    char folder[64];
    struct memory *memory;
    struct store *store;
    struct database *reader;
    struct party_id anna, tom;
    struct authenticator device; /* Anna's */
    struct passkey_asker asker;  /* her browser */
};

static const struct problem *add(struct bed *bed, struct party_id person,
                                 const struct authenticator *device, const char *name)
{
    struct text challenge;
    assert_null(
        passkey_ask(bed->store, bed->memory, &bed->asker, CHALLENGE_ADD, person, &challenge));
    struct passkey_answer answer = {
        .said = browser_says(bed->memory, "webauthn.create", challenge, origin),
        .data = authenticator_data(bed->memory, device, true)};
    return passkey_add(bed->store, bed->memory, &bed->asker, person, &answer, text_of(name));
}

static void open_bed(struct bed *bed)
{
    *bed = (struct bed){.anna = {0}};
    open_people(bed->folder, &bed->memory, &bed->store, &bed->reader, &bed->anna);
    assert_null(factor_start(bed->memory, text_of(bed->folder)));
    assert_null(login_sign_up(bed->store, bed->memory, text_of("Tom"), text_of("tom@example.org"),
                              text_of(""), LANGUAGE_EN, false, start, &bed->tom));
    bed->asker = (struct passkey_asker){.site = {TEXT("example.org"), TEXT("https://example.org")},
                                        .browser = TEXT("a cookie of Anna's"),
                                        .at = start};
    authenticator_begin(&bed->device, PASSKEY_ES256);
    assert_null(add(bed, bed->anna, &bed->device, "Phone"));
}

static void close_bed(struct bed *bed)
{
    authenticator_end(&bed->device);
    close_people(bed->folder, bed->memory, bed->store);
}

static struct text ask(struct bed *bed, enum challenge_purpose purpose, struct party_id person)
{
    struct text challenge;
    assert_null(passkey_ask(bed->store, bed->memory, &bed->asker, purpose, person, &challenge));
    return challenge;
}

static struct passkey_answer answer_to(struct bed *bed, const struct authenticator *device,
                                       struct text challenge, struct party_id owner)
{
    struct passkey_answer answer = {
        .credential = authenticator_id(bed->memory, device),
        .said = browser_says(bed->memory, "webauthn.get", challenge, origin),
        .data = authenticator_data(bed->memory, device, false),
        .owner = {"", 0}};
    if (owner.value)
        answer.owner = text_copy(bed->memory, text_of(id_text("pty", owner.value).text));
    answer.signature = authenticator_sign(bed->memory, device, answer.data, answer.said);
    return answer;
}

static const struct problem *enter_with(struct bed *bed, const struct passkey_answer *answer,
                                        struct signing_in *in)
{
    *in = (struct signing_in){.half = false};
    return passkey_sign_in(bed->store, bed->reader, bed->memory, &bed->asker, answer, &from, in);
}

static const struct problem *enter(struct bed *bed, struct signing_in *in)
{
    struct passkey_answer answer =
        answer_to(bed, &bed->device, ask(bed, CHALLENGE_SIGN_IN, anybody), bed->anna);
    return enter_with(bed, &answer, in);
}

static struct viewer viewer_of(struct bed *bed, struct text secret)
{
    struct request request = {
        .memory = bed->memory, .db = bed->reader, .store = bed->store, .now = bed->asker.at};
    struct viewer viewer;
    assert_null(login_viewer(&request, secret, &viewer));
    return viewer;
}

/* How many of the newest mails have this subject. */
static size_t mails(struct bed *bed, const char *subject)
{
    struct mail_row_list rows;
    size_t count = 0;
    assert_null(mails_before(bed->reader, bed->memory, (struct mail_id){INT64_MAX}, &rows));
    for (size_t i = 0; i < rows.count; i++)
        count += text_is(rows.items[i].subject, subject);
    return count;
}

static const struct problem *unconfirm(struct database *db, struct memory *memory, void *context)
{
    const struct party_id *person = context;
    return address_set(db, memory, *person, text_of("tom@example.org"), (struct instant){0});
}

static struct passkey_line only_one(struct bed *bed, struct party_id person)
{
    struct passkey_line_list lines;
    assert_null(passkey_list(bed->reader, bed->memory, person, &lines));
    assert_int_equal(lines.count, 1);
    return lines.items[0];
}

static void signs_in_without_a_mail_address(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    (void)state;
    open_bed(&bed);
    assert_true(text_is(only_one(&bed, bed.anna).name, "Phone"));
    assert_int_equal(only_one(&bed, bed.anna).used.ms, 0);
    assert_int_equal(mails(&bed, "A passkey was added: Phone"), 1);
    bed.asker.at = instant_add(start, HOUR);
    assert_null(enter(&bed, &in));
    assert_false(in.half);
    assert_int_equal(viewer_of(&bed, in.secret).person.value, bed.anna.value);
    assert_int_equal(only_one(&bed, bed.anna).used.ms, bed.asker.at.ms);
    /* Authenticators that count nothing may come again. */
    assert_null(enter(&bed, &in));
    close_bed(&bed);
}

static void guessed_passwords_keep_no_passkey_out(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    (void)state;
    open_bed(&bed);
    for (int i = 0; i < 7; i++)
        assert_ptr_equal(login_sign_in(bed.store, bed.reader, bed.memory,
                                       text_of("anna@example.org"), text_of("guessed at random"),
                                       &from, start, &in),
                         i < 5 ? &party_wrong_password : &party_wait);
    assert_null(enter(&bed, &in));
    assert_true(viewer_of(&bed, in.secret).signed_in);
    close_bed(&bed);
}

static void a_question_is_answered_once_soon_and_here(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    (void)state;
    open_bed(&bed);
    struct passkey_answer answer =
        answer_to(&bed, &bed.device, ask(&bed, CHALLENGE_SIGN_IN, anybody), bed.anna);
    assert_null(enter_with(&bed, &answer, &in));
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_over);

    struct text challenge = ask(&bed, CHALLENGE_SIGN_IN, anybody);
    answer = answer_to(&bed, &bed.device, challenge, bed.anna);
    bed.asker.at = instant_add(start, CHALLENGE_LIFE);
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_over);

    answer = answer_to(&bed, &bed.device, ask(&bed, CHALLENGE_SIGN_IN, anybody), bed.anna);
    struct text own = bed.asker.browser;
    bed.asker.browser = text_of("a cookie of Tom's");
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_over);
    bed.asker.browser = own;
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_over);

    /* Asked for something else, or by nobody. */
    answer = answer_to(&bed, &bed.device, ask(&bed, CHALLENGE_PROVE, bed.anna), bed.anna);
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_over);
    answer = answer_to(&bed, &bed.device, text_of("Zm9ydHktdHdvIGJ5dGVzIG9mIGNoYW5jZQ"), bed.anna);
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_over);
    close_bed(&bed);
}

static void a_wrong_answer_uses_up_its_question(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    (void)state;
    open_bed(&bed);
    struct passkey_answer answer =
        answer_to(&bed, &bed.device, ask(&bed, CHALLENGE_SIGN_IN, anybody), bed.anna);
    struct passkey_answer wrong = answer;
    wrong.signature = text_of("AAAA");
    assert_ptr_equal(enter_with(&bed, &wrong, &in), &party_passkey_wrong);
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_over);
    close_bed(&bed);
}

static void a_passkey_is_its_persons_alone(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    struct authenticator other;
    (void)state;
    open_bed(&bed);
    authenticator_begin(&other, PASSKEY_EDDSA);
    struct passkey_answer answer =
        answer_to(&bed, &other, ask(&bed, CHALLENGE_SIGN_IN, anybody), bed.anna);
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_unknown);
    assert_null(add(&bed, bed.tom, &other, "Key"));
    /* Tom's, which says that it is Anna's, or doesn't say whose. */
    answer = answer_to(&bed, &other, ask(&bed, CHALLENGE_SIGN_IN, anybody), bed.anna);
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_unknown);
    answer = answer_to(&bed, &other, ask(&bed, CHALLENGE_SIGN_IN, anybody), anybody);
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_unknown);
    /* Anna's passkey named, Tom's has signed. */
    answer = answer_to(&bed, &other, ask(&bed, CHALLENGE_SIGN_IN, anybody), bed.anna);
    answer.credential = authenticator_id(bed.memory, &bed.device);
    assert_ptr_equal(enter_with(&bed, &answer, &in), &party_passkey_wrong);
    /* Somebody's already, and one that was asked for by another. */
    assert_ptr_equal(add(&bed, bed.anna, &other, "Key"), &party_passkey_known);
    struct passkey_answer made = {.said = browser_says(bed.memory, "webauthn.create",
                                                       ask(&bed, CHALLENGE_ADD, bed.tom), origin),
                                  .data = authenticator_data(bed.memory, &other, true)};
    assert_ptr_equal(passkey_add(bed.store, bed.memory, &bed.asker, bed.anna, &made, text_of("x")),
                     &party_passkey_over);
    assert_ptr_equal(
        passkey_remove(bed.store, bed.memory, bed.tom, only_one(&bed, bed.anna).id, start),
        &not_found);
    authenticator_end(&other);
    close_bed(&bed);
}

static void a_copy_is_refused_and_told(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    static const char told[] = "A passkey may have been copied: Phone";
    (void)state;
    open_bed(&bed);
    bed.device.counter = 5;
    assert_null(enter(&bed, &in));
    assert_int_equal(mails(&bed, told), 0);
    assert_ptr_equal(enter(&bed, &in), &party_passkey_copied);
    bed.device.counter = 4;
    assert_ptr_equal(enter(&bed, &in), &party_passkey_copied);
    assert_int_equal(mails(&bed, told), 2);
    bed.device.counter = 0;
    assert_ptr_equal(enter(&bed, &in), &party_passkey_copied);
    bed.device.counter = 6;
    assert_null(enter(&bed, &in));
    close_bed(&bed);
}

static void one_that_was_removed_opens_nothing(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    (void)state;
    open_bed(&bed);
    assert_null(
        passkey_remove(bed.store, bed.memory, bed.anna, only_one(&bed, bed.anna).id, start));
    assert_int_equal(mails(&bed, "A passkey was removed: Phone"), 1);
    assert_ptr_equal(enter(&bed, &in), &party_passkey_unknown);
    close_bed(&bed);
}

static void only_its_person_names_it(void **state)
{
    struct bed bed;
    struct passkey_id id;
    (void)state;
    open_bed(&bed);
    id = only_one(&bed, bed.anna).id;
    struct party_id other = {bed.anna.value + 1};
    assert_ptr_equal(passkey_call(bed.store, bed.memory, other, id, text_of("Mine")), &not_found);
    assert_true(text_is(only_one(&bed, bed.anna).name, "Phone"));
    assert_null(passkey_call(bed.store, bed.memory, bed.anna, id, text_of("Old phone")));
    assert_true(text_is(only_one(&bed, bed.anna).name, "Old phone"));
    close_bed(&bed);
}

/* Who has no password and no mail address that is known to reach them. */
static void the_only_way_in_stays(void **state)
{
    struct bed bed;
    struct authenticator other;
    (void)state;
    open_bed(&bed);
    authenticator_begin(&other, PASSKEY_ES256);
    assert_null(add(&bed, bed.tom, &other, "Key"));
    assert_null(store_write(bed.store, bed.memory, unconfirm, &bed.tom));
    struct passkey_id only = only_one(&bed, bed.tom).id;
    assert_ptr_equal(passkey_remove(bed.store, bed.memory, bed.tom, only, start),
                     &party_passkey_last);
    other.id[0]++;
    assert_null(add(&bed, bed.tom, &other, "Another"));
    assert_null(passkey_remove(bed.store, bed.memory, bed.tom, only, start));
    authenticator_end(&other);
    close_bed(&bed);
}

static void who_is_shut_out_stays_out(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    (void)state;
    open_bed(&bed);
    assert_null(login_suspend(bed.store, bed.memory, bed.anna, true, bed.tom, start));
    assert_ptr_equal(enter(&bed, &in), &party_suspended);
    close_bed(&bed);
}

/* Turns the second factor on, by a code of the secret itself. */
static void ask_for_codes(struct bed *bed)
{
    unsigned char secret[OTP_SECRET];
    struct recovery_code_list codes;
    assert_null(factor_begin(bed->store, bed->memory, bed->anna));
    assert_null(factor_setup(bed->reader, bed->memory, bed->anna, secret));
    struct text code =
        text_format(bed->memory, "%06u", otp_code(secret, otp_step(bed->asker.at), OTP_DIGITS));
    assert_null(factor_confirm(bed->store, bed->memory, bed->anna, code, bed->asker.at, &codes));
}

static void it_is_both_factors_only_when_it_knows_its_person(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    (void)state;
    open_bed(&bed);
    ask_for_codes(&bed);
    assert_null(enter(&bed, &in));
    assert_false(in.half);
    assert_true(viewer_of(&bed, in.secret).signed_in);
    bed.device.flags = AUTHENTICATOR_PRESENT;
    assert_null(enter(&bed, &in));
    assert_true(in.half);
    assert_false(viewer_of(&bed, in.secret).signed_in);
    close_bed(&bed);
}

static const struct problem *prove(struct bed *bed, struct party_id person, struct text session)
{
    struct passkey_answer answer =
        answer_to(bed, &bed->device, ask(bed, CHALLENGE_PROVE, person), anybody);
    return passkey_prove(bed->store, bed->reader, bed->memory, &bed->asker, person, &answer,
                         session);
}

static void proves_again_who_one_is(void **state)
{
    struct bed bed;
    struct text session;
    (void)state;
    open_bed(&bed);
    assert_null(login_session(bed.store, bed.memory, bed.anna, start, &session));
    bed.asker.at = instant_add(start, HOUR);
    assert_int_equal(viewer_of(&bed, session).proven.ms, start.ms);
    bed.device.flags = AUTHENTICATOR_PRESENT;
    assert_ptr_equal(prove(&bed, bed.anna, session), &party_passkey_unverified);
    bed.device.flags |= AUTHENTICATOR_VERIFIED;
    assert_ptr_equal(prove(&bed, bed.tom, session), &party_passkey_unknown);
    assert_int_equal(viewer_of(&bed, session).proven.ms, start.ms);
    assert_null(prove(&bed, bed.anna, session));
    assert_int_equal(viewer_of(&bed, session).proven.ms, bed.asker.at.ms);
    close_bed(&bed);
}

static void an_operator_takes_them_off(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    struct factor_state factor;
    struct text session;
    struct text why = text_of("Came to the desk with her passport.");
    (void)state;
    open_bed(&bed);
    ask_for_codes(&bed);
    assert_null(login_session(bed.store, bed.memory, bed.anna, start, &session));
    assert_ptr_equal(factor_reset(bed.store, bed.memory, bed.anna, bed.anna, why, start),
                     &not_allowed);
    assert_ptr_equal(factor_reset(bed.store, bed.memory, (struct party_id){1}, bed.tom, why, start),
                     &not_found);
    assert_true(viewer_of(&bed, session).signed_in);
    assert_null(factor_reset(bed.store, bed.memory, bed.anna, bed.tom, why, start));
    assert_false(viewer_of(&bed, session).signed_in);
    assert_int_equal(mails(&bed, "Your code and passkeys were taken off"), 1);
    assert_null(factor_look(bed.reader, bed.memory, bed.anna, &factor));
    assert_int_equal(factor.since.ms, 0);
    assert_int_equal(factor.unused, 0);
    assert_ptr_equal(enter(&bed, &in), &party_passkey_unknown);
    assert_null(login_sign_in(bed.store, bed.reader, bed.memory, text_of("anna@example.org"),
                              text_of("bread at five"), &from, start, &in));
    assert_false(in.half);
    close_bed(&bed);
}

static void twenty_are_enough(void **state)
{
    struct bed bed;
    struct authenticator other;
    (void)state;
    open_bed(&bed);
    authenticator_begin(&other, PASSKEY_ES256);
    for (unsigned char i = 1; i < PASSKEYS_MAX; i++) {
        other.id[0] = i;
        assert_null(add(&bed, bed.anna, &other, "Key"));
    }
    other.id[0] = 0;
    assert_ptr_equal(add(&bed, bed.anna, &other, "Key"), &party_passkey_many);
    authenticator_end(&other);
    close_bed(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_in_without_a_mail_address),
        cmocka_unit_test(guessed_passwords_keep_no_passkey_out),
        cmocka_unit_test(a_question_is_answered_once_soon_and_here),
        cmocka_unit_test(a_wrong_answer_uses_up_its_question),
        cmocka_unit_test(a_passkey_is_its_persons_alone),
        cmocka_unit_test(a_copy_is_refused_and_told),
        cmocka_unit_test(one_that_was_removed_opens_nothing),
        cmocka_unit_test(only_its_person_names_it),
        cmocka_unit_test(the_only_way_in_stays),
        cmocka_unit_test(who_is_shut_out_stays_out),
        cmocka_unit_test(it_is_both_factors_only_when_it_knows_its_person),
        cmocka_unit_test(proves_again_who_one_is),
        cmocka_unit_test(an_operator_takes_them_off),
        cmocka_unit_test(twenty_are_enough),
    };
    struct memory *memory = memory_create(16 << 20);
    struct text complaint;
    log_set_level(LOG_WARNING);
    settings_declare(web_settings, web_setting_count);
    if (!memory || settings_load(memory, "/nonexistent", &complaint) ||
        words_load(memory, &complaint))
        return 1;
    int failed = cmocka_run_group_tests_name("core/login/passkey", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
