/*
 * The second factor on SQLite: setting up, signing in, replay, clocks that are off, brute force,
 * recovery codes, another key.
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

#include "base/log.h"
#include "base/settings.h"
#include "core/login/factor.h"
#include "core/login/factor_queries.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/login_test_bed.h"
#include "web/server.h"
#include "web/words.h"

struct bed {
    char folder[64];
    struct memory *memory;
    struct store *store;
    struct database *reader;
    struct party_id anna;
    unsigned char secret[OTP_SECRET];
    struct recovery_code_list codes;
};

static void open_bed(struct bed *bed)
{
    *bed = (struct bed){.anna = {0}};
    open_people(bed->folder, &bed->memory, &bed->store, &bed->reader, &bed->anna);
    assert_null(factor_start(bed->memory, text_of(bed->folder)));
}

static void close_bed(struct bed *bed)
{
    close_people(bed->folder, bed->memory, bed->store);
}

static struct text code_at(struct bed *bed, struct instant at)
{
    return text_format(bed->memory, "%06u", otp_code(bed->secret, otp_step(at), OTP_DIGITS));
}

/* A code that is none of those around a moment. */
static struct text wrong_code(struct bed *bed, struct instant at)
{
    for (unsigned i = 0;; i++) {
        struct text code = text_format(bed->memory, "%06u", i);
        if (!otp_match(bed->secret, code, at, 0))
            return code;
    }
}

static void turn_on(struct bed *bed)
{
    assert_null(factor_begin(bed->store, bed->memory, bed->anna));
    assert_null(factor_setup(bed->reader, bed->memory, bed->anna, bed->secret));
    assert_null(factor_confirm(bed->store, bed->memory, bed->anna, code_at(bed, start), start,
                               &bed->codes));
}

static const struct problem *check(struct bed *bed, struct text code, struct instant at)
{
    return factor_check(bed->store, bed->memory, bed->anna, code, at);
}

static struct text half_session(struct bed *bed, struct instant at)
{
    struct signing_in in = {.half = false};
    assert_null(login_sign_in(bed->store, bed->reader, bed->memory, text_of("anna@example.org"),
                              text_of("bread at five"), &from, at, &in));
    assert_true(in.half);
    return in.secret;
}

static bool opens(struct bed *bed, struct text secret, struct instant at)
{
    struct request request = {
        .memory = bed->memory, .db = bed->reader, .store = bed->store, .now = at};
    struct viewer viewer;
    assert_null(login_viewer(&request, secret, &viewer));
    return viewer.signed_in;
}

static const struct problem *enter(struct bed *bed, struct text half, struct text code,
                                   struct instant at, struct text *secret, bool *recovered)
{
    return factor_sign_in(bed->store, bed->reader, bed->memory, half, code, &from, at, secret,
                          recovered);
}

static void is_on_only_when_confirmed(void **state)
{
    struct bed bed;
    struct factor_state factor;
    struct recovery_code_list codes;
    struct factor_row row;
    (void)state;
    open_bed(&bed);
    assert_ptr_equal(factor_setup(bed.reader, bed.memory, bed.anna, bed.secret), &party_factor_off);
    assert_null(factor_begin(bed.store, bed.memory, bed.anna));
    assert_null(factor_setup(bed.reader, bed.memory, bed.anna, bed.secret));
    unsigned char first[OTP_SECRET];
    memcpy(first, bed.secret, sizeof first);
    assert_null(factor_begin(bed.store, bed.memory, bed.anna));
    assert_null(factor_setup(bed.reader, bed.memory, bed.anna, bed.secret));
    assert_memory_not_equal(first, bed.secret, sizeof first);
    assert_ptr_equal(
        factor_confirm(bed.store, bed.memory, bed.anna, wrong_code(&bed, start), start, &codes),
        &party_wrong_code);
    assert_null(factor_look(bed.reader, bed.memory, bed.anna, &factor));
    assert_int_equal(factor.since.ms, 0);
    assert_ptr_equal(check(&bed, code_at(&bed, start), start), &party_factor_off);
    assert_null(
        factor_confirm(bed.store, bed.memory, bed.anna, code_at(&bed, start), start, &codes));
    assert_null(factor_look(bed.reader, bed.memory, bed.anna, &factor));
    assert_true(factor.since.ms == start.ms && factor.unused == RECOVERY_CODES);
    assert_ptr_equal(factor_begin(bed.store, bed.memory, bed.anna), &party_factor_on);
    assert_ptr_equal(factor_setup(bed.reader, bed.memory, bed.anna, first), &party_factor_off);
    /* What is stored is not the secret. */
    char written[OTP_BASE32];
    otp_write(bed.secret, written);
    assert_null(factor_find(bed.reader, bed.memory, bed.anna, &row));
    assert_int_equal(row.secret.size, 2 * (OTP_SECRET + 24 + 16));
    assert_null(memmem(row.secret.data, row.secret.size, written, strlen(written)));
    close_bed(&bed);
}

static void takes_each_code_once(void **state)
{
    struct bed bed;
    (void)state;
    open_bed(&bed);
    turn_on(&bed);
    /* The one that confirmed it is used up. */
    assert_ptr_equal(check(&bed, code_at(&bed, start), start), &party_wrong_code);
    struct instant at = later(10 * MINUTE);
    struct text early = code_at(&bed, later(10 * MINUTE - 30 * SECOND));
    struct text next = code_at(&bed, later(10 * MINUTE + 30 * SECOND));
    assert_ptr_equal(check(&bed, code_at(&bed, later(9 * MINUTE)), at), &party_wrong_code);
    assert_ptr_equal(check(&bed, code_at(&bed, later(11 * MINUTE)), at), &party_wrong_code);
    assert_null(check(&bed, early, at));
    assert_null(check(&bed, code_at(&bed, at), at));
    assert_ptr_equal(check(&bed, code_at(&bed, at), at), &party_wrong_code);
    assert_ptr_equal(check(&bed, early, at), &party_wrong_code);
    assert_null(check(&bed, next, at));
    close_bed(&bed);
}

static void half_a_session_opens_nothing_else(void **state)
{
    struct bed bed;
    struct text secret;
    bool recovered;
    (void)state;
    open_bed(&bed);
    turn_on(&bed);
    struct instant at = later(HOUR);
    struct text half = half_session(&bed, at);
    assert_false(opens(&bed, half, at));
    assert_null(factor_half(bed.reader, bed.memory, half, at));
    assert_ptr_equal(enter(&bed, half, wrong_code(&bed, at), at, &secret, &recovered),
                     &party_wrong_code);
    assert_null(enter(&bed, half, code_at(&bed, at), at, &secret, &recovered));
    assert_true(opens(&bed, secret, at) && !recovered);
    assert_false(opens(&bed, half, at) || text_equal(half, secret));
    /* Used once, and good for ten minutes. */
    at = later(2 * HOUR);
    assert_ptr_equal(enter(&bed, half, code_at(&bed, at), at, &secret, &recovered),
                     &party_half_over);
    half = half_session(&bed, at);
    at = instant_add(at, HALF_LIFE);
    assert_ptr_equal(enter(&bed, half, code_at(&bed, at), at, &secret, &recovered),
                     &party_half_over);
    assert_ptr_equal(
        enter(&bed, text_of("no such secret"), code_at(&bed, at), at, &secret, &recovered),
        &party_half_over);
    close_bed(&bed);
}

static void guessing_takes_longer_and_longer(void **state)
{
    struct bed bed;
    (void)state;
    open_bed(&bed);
    turn_on(&bed);
    struct instant at = later(HOUR);
    struct text wrong = wrong_code(&bed, at);
    for (int i = 0; i < 5; i++)
        assert_ptr_equal(check(&bed, wrong, at), &party_wrong_code);
    /* The right one is not looked at either, and a right password gives no new tries. */
    half_session(&bed, at);
    assert_ptr_equal(check(&bed, code_at(&bed, at), at), &party_code_wait);
    assert_ptr_equal(check(&bed, bed.codes.items[0].code, at), &party_code_wait);
    int64_t waited = 0;
    int64_t tries = 0;
    while (waited < DAY) {
        struct factor_row row;
        assert_null(factor_find(bed.reader, bed.memory, bed.anna, &row));
        waited += row.wait_until.ms - at.ms;
        at = row.wait_until;
        assert_ptr_equal(check(&bed, wrong_code(&bed, at), at), &party_wrong_code);
        tries++;
    }
    /* Eleven while the waits double from two seconds to an hour, then one an hour. */
    assert_in_range(tries, 24, 36);
    struct factor_row row;
    assert_null(factor_find(bed.reader, bed.memory, bed.anna, &row));
    assert_null(check(&bed, code_at(&bed, row.wait_until), row.wait_until));
    assert_null(factor_find(bed.reader, bed.memory, bed.anna, &row));
    assert_int_equal(row.wrong, 0);
    close_bed(&bed);
}

static void recovers_once_with_each_code(void **state)
{
    struct bed bed;
    struct factor_state factor;
    struct recovery_code_list others;
    struct text secret;
    bool recovered;
    (void)state;
    open_bed(&bed);
    turn_on(&bed);
    struct instant at = later(HOUR);
    struct text code = bed.codes.items[3].code;
    assert_int_equal(code.size, 19);
    /* However it is typed. */
    char typed[32];
    snprintf(typed, sizeof typed, " %.*s ", TEXT_ARGS(code));
    for (size_t i = 0; typed[i]; i++) {
        if (typed[i] == '-')
            typed[i] = ' ';
        else if (typed[i] >= 'a' && typed[i] <= 'z')
            typed[i] = (char)(typed[i] - 'a' + 'A');
    }
    assert_null(enter(&bed, half_session(&bed, at), text_of(typed), at, &secret, &recovered));
    assert_true(recovered && opens(&bed, secret, at));
    assert_null(factor_look(bed.reader, bed.memory, bed.anna, &factor));
    assert_int_equal(factor.unused, RECOVERY_CODES - 1);
    assert_ptr_equal(check(&bed, code, at), &party_wrong_code);
    assert_null(factor_renew(bed.store, bed.memory, bed.anna, start, &others));
    assert_ptr_equal(check(&bed, bed.codes.items[4].code, at), &party_wrong_code);
    assert_null(check(&bed, others.items[4].code, at));
    /* Nobody else's. */
    struct party_id ben;
    assert_null(login_sign_up(bed.store, bed.memory, text_of("Ben"), text_of("ben@example.org"),
                              text_of(""), LANGUAGE_EN, false, start, &ben));
    assert_ptr_equal(factor_check(bed.store, bed.memory, ben, others.items[5].code, at),
                     &party_factor_off);
    close_bed(&bed);
}

static void turns_off_by_a_code(void **state)
{
    struct bed bed;
    struct signing_in in = {.half = false};
    struct text stays;
    struct text ends;
    (void)state;
    open_bed(&bed);
    turn_on(&bed);
    struct instant at = later(HOUR);
    assert_null(login_session(bed.store, bed.memory, bed.anna, at, &stays));
    assert_null(login_session(bed.store, bed.memory, bed.anna, at, &ends));
    assert_ptr_equal(factor_end(bed.store, bed.memory, bed.anna, wrong_code(&bed, at), stays, at),
                     &party_wrong_code);
    assert_null(factor_end(bed.store, bed.memory, bed.anna, code_at(&bed, at), stays, at));
    assert_true(opens(&bed, stays, at) && !opens(&bed, ends, at));
    assert_null(login_sign_in(bed.store, bed.reader, bed.memory, text_of("anna@example.org"),
                              text_of("bread at five"), &from, at, &in));
    assert_true(!in.half && opens(&bed, in.secret, at));
    assert_ptr_equal(check(&bed, bed.codes.items[0].code, at), &party_factor_off);
    close_bed(&bed);
}

/* After a restore without signing.key. */
static void without_the_key_recovery_codes_still_work(void **state)
{
    struct bed bed;
    char path[100];
    (void)state;
    open_bed(&bed);
    turn_on(&bed);
    struct instant at = later(HOUR);
    snprintf(path, sizeof path, "%s/signing.key", bed.folder);
    assert_int_equal(unlink(path), 0);
    assert_ptr_equal(check(&bed, code_at(&bed, at), at), &party_wrong_code);
    assert_null(check(&bed, bed.codes.items[0].code, at));
    close_bed(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_on_only_when_confirmed),
        cmocka_unit_test(takes_each_code_once),
        cmocka_unit_test(half_a_session_opens_nothing_else),
        cmocka_unit_test(guessing_takes_longer_and_longer),
        cmocka_unit_test(recovers_once_with_each_code),
        cmocka_unit_test(turns_off_by_a_code),
        cmocka_unit_test(without_the_key_recovery_codes_still_work),
    };
    struct memory *memory = memory_create(16 << 20);
    log_set_level(LOG_WARNING);
    struct text complaint;
    settings_declare(web_settings, web_setting_count);
    if (!memory || settings_load(memory, "/nonexistent", &complaint) ||
        words_load(memory, &complaint))
        return 1;
    int failed = cmocka_run_group_tests_name("core/login/factor", tests, NULL, NULL);
    memory_end(memory);
    return failed;
}
