/*
 * Turning the second factor on and off, and trying codes.
 *
 * A code is tried inside the write that uses it up, so that of two at once only one is taken.
 * Must not know: pages, cookies. Read next: core/login/otp.c, core/login/session.c.
 */
#include "core/login/factor.h"

#include <sodium.h>

#include "base/log.h"
#include "core/act.h"
#include "core/event.h"
#include "core/login/alert.h"
#include "core/login/factor_queries.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/passkey.h"
#include "core/login/passkey_queries.h"
#include "core/sign/sign.h"

enum { RECOVERY_LETTERS = 16, RECOVERY_GROUP = 4 };

static const char purpose[] = "core.factor";
static struct text folder; /* where the installation's key lies */

const struct problem party_wrong_code = {"party.wrong_code", 422, FAULT_CLIENT, false};
const struct problem party_code_wait = {"party.code_wait", 429, FAULT_CLIENT, true};
const struct problem party_half_over = {"party.half_over", 410, FAULT_CLIENT, false};
const struct problem party_factor_on = {"party.factor_on", 409, FAULT_CLIENT, false};
const struct problem party_factor_off = {"party.factor_off", 409, FAULT_CLIENT, false};

const struct problem *factor_start(struct memory *process, struct text data)
{
    folder = text_copy(process, data);
    return folder.data ? NULL : &out_of_memory;
}

/* ---- trying a code, inside a write ---- */

struct attempt {
    struct sign_key key; /* of the installation, read beforehand */
    struct party_id person;
    struct text code;     /* as typed */
    struct text recovery; /* its hash, were it a recovery code; empty: it can't be one */
    struct instant at;
    bool right;     /* it was taken */
    bool recovered; /* it was a recovery code */
};

/* Letters and digits in lower case; nothing when it isn't as long as a recovery code. */
static bool recovery_of(struct text typed, char out[RECOVERY_LETTERS + 1])
{
    size_t count = 0;
    for (size_t i = 0; i < typed.size; i++) {
        char c = typed.data[i];
        if (c == '-' || c == ' ')
            continue;
        if (count == RECOVERY_LETTERS)
            return false;
        out[count++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[count] = '\0';
    return count == RECOVERY_LETTERS;
}

/* Bound to the person, so that a stolen table is not searched for all at once. */
static const struct problem *recovery_hash(struct memory *memory, struct party_id person,
                                           const char *letters, struct text *out)
{
    struct text whole = text_format(memory, "%lld:%s", (long long)person.value, letters);
    return whole.data ? party_secret_hash(memory, whole, out) : &out_of_memory;
}

static const struct problem *attempt_begin(struct memory *memory, struct party_id person,
                                           struct text code, struct instant at, struct attempt *out)
{
    char letters[RECOVERY_LETTERS + 1];
    *out = (struct attempt){.person = person, .code = code, .recovery = {"", 0}, .at = at};
    const struct problem *problem = sign_key_make(folder, &out->key);
    if (!problem && person.value && recovery_of(code, letters))
        problem = recovery_hash(memory, person, letters, &out->recovery);
    return problem;
}

static const struct problem *take(struct database *db, struct memory *memory,
                                  struct attempt *attempt, const struct factor_row *row,
                                  int64_t *step)
{
    unsigned char secret[OTP_SECRET];
    struct party_hit hit;
    attempt->right = attempt->recovered = false;
    *step = row->step;
    if (attempt->recovery.size) {
        const struct problem *problem =
            recovery_use(db, memory, attempt->person, attempt->recovery, attempt->at, &hit);
        attempt->right = attempt->recovered = !problem;
        return problem == &not_found ? NULL : problem;
    }
    if (!sign_unseal(&attempt->key, purpose, attempt->person.value, row->secret, secret,
                     sizeof secret)) {
        log_write(LOG_ERROR, "factor.unreadable", "person=%lld because=another signing.key",
                  (long long)attempt->person.value);
        return NULL;
    }
    int64_t found = otp_match(secret, attempt->code, attempt->at, row->step);
    sodium_memzero(secret, sizeof secret);
    if (found) {
        attempt->right = true;
        *step = found;
    }
    return NULL;
}

static const struct problem *tell_recovered(struct database *db, struct memory *memory,
                                            const struct attempt *attempt)
{
    struct recovery_count count;
    const struct problem *problem = recovery_unused(db, memory, attempt->person, &count);
    struct word_argument left = {.name = "count", .kind = FIELD_INTEGER, .integer = count.unused};
    return problem
               ? problem
               : alert_send(db, memory, attempt->person, "recovery_used", &left, 1, attempt->at);
}

/* A wrong code is counted though it is refused, so the outcome is attempt->right. */
static const struct problem *attempt_make(struct database *db, struct memory *memory,
                                          struct attempt *attempt)
{
    struct factor_row row;
    int64_t step;
    const struct problem *problem = factor_find(db, memory, attempt->person, &row);
    if (problem == &not_found || (!problem && row.since.ms == 0))
        return &party_factor_off;
    if (!problem && row.wait_until.ms > attempt->at.ms)
        return &party_code_wait;
    if (!problem)
        problem = take(db, memory, attempt, &row, &step);
    if (!problem && attempt->recovered)
        problem = tell_recovered(db, memory, attempt);
    if (problem)
        return problem;
    int64_t wrong = attempt->right ? 0 : row.wrong + 1;
    struct instant until = {0};
    if (login_wait_after(wrong) > 0)
        until = instant_add(attempt->at, login_wait_after(wrong));
    return factor_set_tried(db, memory, attempt->person, step, wrong, until);
}

static const struct problem *check_work(struct database *db, struct memory *memory, void *context)
{
    return attempt_make(db, memory, context);
}

/* Runs the write and wipes the key. */
static const struct problem *attempt_run(struct store *store, struct memory *memory,
                                         store_work *work, void *context, struct attempt *attempt)
{
    const struct problem *problem = store_write(store, memory, work, context);
    sign_key_end(&attempt->key);
    return problem || attempt->right ? problem : &party_wrong_code;
}

const struct problem *factor_check(struct store *store, struct memory *memory,
                                   struct party_id person, struct text code, struct instant at)
{
    struct attempt attempt;
    const struct problem *problem = attempt_begin(memory, person, code, at, &attempt);
    return problem ? problem : attempt_run(store, memory, check_work, &attempt, &attempt);
}

/* ---- recovery codes ---- */

struct codes {
    struct party_id person;
    struct text hashes[RECOVERY_CODES];
    struct instant at; /* of new ones in place of others */
};

/* 16 of 32 letters are 80 random bits: more than anybody searches through, so a plain hash will do. */
static const struct problem *make_codes(struct memory *memory, struct party_id person,
                                        struct codes *out, struct recovery_code_list *shown)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    struct recovery_code *codes = memory_take_array(memory, RECOVERY_CODES, sizeof *codes);
    const struct problem *problem = codes ? NULL : &out_of_memory;
    out->person = person;
    for (size_t i = 0; !problem && i < RECOVERY_CODES; i++) {
        char code[RECOVERY_LETTERS + 1] = "";
        struct builder b = builder_make(memory, 64);
        for (size_t j = 0; j < RECOVERY_LETTERS; j++) {
            code[j] = letters[randombytes_uniform(sizeof letters - 1)];
            if (j && j % RECOVERY_GROUP == 0)
                builder_add_char(&b, '-');
            builder_add_char(&b, code[j]);
        }
        problem = builder_end(&b, &codes[i].code);
        if (!problem)
            problem = recovery_hash(memory, person, code, &out->hashes[i]);
    }
    *shown = (struct recovery_code_list){codes, RECOVERY_CODES};
    return problem;
}

static const struct problem *keep_codes(struct database *db, struct memory *memory,
                                        const struct codes *codes)
{
    const struct problem *problem = recovery_delete(db, memory, codes->person);
    for (size_t i = 0; !problem && i < RECOVERY_CODES; i++)
        problem = recovery_insert(db, memory, codes->person, codes->hashes[i]);
    return problem;
}

static const struct problem *renew_work(struct database *db, struct memory *memory, void *context)
{
    const struct codes *codes = context;
    struct factor_row row;
    const struct problem *problem = factor_find(db, memory, codes->person, &row);
    if (problem == &not_found || (!problem && row.since.ms == 0))
        return &party_factor_off;
    if (!problem)
        problem = keep_codes(db, memory, codes);
    return problem ? problem
                   : alert_send(db, memory, codes->person, "recovery_renewed", NULL, 0, codes->at);
}

const struct problem *factor_renew(struct store *store, struct memory *memory,
                                   struct party_id person, struct instant at,
                                   struct recovery_code_list *out)
{
    struct codes codes = {.at = at};
    const struct problem *problem = make_codes(memory, person, &codes, out);
    return problem ? problem : store_write(store, memory, renew_work, &codes);
}

/* ---- on ---- */

struct beginning {
    struct party_id person;
    struct text sealed; /* secret */
};

static const struct problem *begin_work(struct database *db, struct memory *memory, void *context)
{
    const struct beginning *beginning = context;
    struct party_hit hit;
    const struct problem *problem =
        factor_insert(db, memory, beginning->person, beginning->sealed, &hit);
    return problem == &not_found ? &party_factor_on : problem;
}

const struct problem *factor_begin(struct store *store, struct memory *memory,
                                   struct party_id person)
{
    struct beginning beginning = {.person = person};
    unsigned char secret[OTP_SECRET];
    struct sign_key key;
    const struct problem *problem = sign_key_make(folder, &key);
    if (problem)
        return problem;
    randombytes_buf(secret, sizeof secret);
    problem = sign_seal(memory, &key, purpose, person.value, (struct bytes){secret, sizeof secret},
                        &beginning.sealed);
    sodium_memzero(secret, sizeof secret);
    sign_key_end(&key);
    return problem ? problem : store_write(store, memory, begin_work, &beginning);
}

const struct problem *factor_setup(struct database *db, struct memory *memory,
                                   struct party_id person, unsigned char secret[OTP_SECRET])
{
    struct factor_row row;
    struct sign_key key;
    const struct problem *problem = factor_find(db, memory, person, &row);
    if (problem || row.since.ms)
        return !problem || problem == &not_found ? &party_factor_off : problem;
    problem = sign_key_make(folder, &key);
    if (problem)
        return problem;
    bool fine = sign_unseal(&key, purpose, person.value, row.secret, secret, OTP_SECRET);
    sign_key_end(&key);
    return fine ? NULL : &party_factor_off;
}

struct confirming {
    struct attempt attempt;
    struct codes codes;
};

/* The secret stands on the page, so wrong codes need not be counted here. */
static const struct problem *confirm_work(struct database *db, struct memory *memory, void *context)
{
    struct confirming *confirming = context;
    struct attempt *attempt = &confirming->attempt;
    struct factor_row row;
    int64_t step;
    const struct problem *problem = factor_find(db, memory, attempt->person, &row);
    if (problem)
        return problem == &not_found ? &party_factor_off : problem;
    if (row.since.ms)
        return &party_factor_on;
    attempt->recovery.size = 0;
    problem = take(db, memory, attempt, &row, &step);
    if (problem || !attempt->right)
        return problem;
    problem = factor_set_on(db, memory, attempt->person, attempt->at, step);
    if (!problem)
        problem = keep_codes(db, memory, &confirming->codes);
    return problem ? problem
                   : alert_send(db, memory, attempt->person, "factor_on", NULL, 0, attempt->at);
}

const struct problem *factor_confirm(struct store *store, struct memory *memory,
                                     struct party_id person, struct text code, struct instant at,
                                     struct recovery_code_list *out)
{
    struct confirming confirming;
    const struct problem *problem = make_codes(memory, person, &confirming.codes, out);
    if (!problem)
        problem = attempt_begin(memory, person, code, at, &confirming.attempt);
    return problem ? problem
                   : attempt_run(store, memory, confirm_work, &confirming, &confirming.attempt);
}

/* ---- off ---- */

struct leaving {
    struct attempt attempt;
    struct text keep; /* hash of the session that stays */
};

static const struct problem *end_work(struct database *db, struct memory *memory, void *context)
{
    struct leaving *leaving = context;
    struct attempt *attempt = &leaving->attempt;
    const struct problem *problem = attempt_make(db, memory, attempt);
    if (problem || !attempt->right)
        return problem;
    problem = factor_delete(db, memory, attempt->person);
    if (!problem)
        problem = recovery_delete(db, memory, attempt->person);
    if (!problem)
        problem = sessions_end_others(db, memory, attempt->person, leaving->keep);
    return problem ? problem
                   : alert_send(db, memory, attempt->person, "factor_off", NULL, 0, attempt->at);
}

const struct problem *factor_end(struct store *store, struct memory *memory, struct party_id person,
                                 struct text code, struct text keep, struct instant at)
{
    struct leaving leaving;
    const struct problem *problem = party_secret_hash(memory, keep, &leaving.keep);
    if (!problem)
        problem = attempt_begin(memory, person, code, at, &leaving.attempt);
    return problem ? problem : attempt_run(store, memory, end_work, &leaving, &leaving.attempt);
}

/* ---- taken off ---- */

struct resetting {
    struct party_id person, operator_;
    struct text reason;
    struct instant at;
};

static const struct problem *reset_work(struct database *db, struct memory *memory, void *context)
{
    const struct resetting *resetting = context;
    struct party_id person = resetting->person;
    struct word_argument reason = {.name = "reason", .kind = FIELD_TEXT, .text = resetting->reason};
    struct login_row login;
    struct passkey_line_list passkeys;
    const struct problem *problem = login_by_person(db, memory, person, &login);
    if (!problem)
        problem = passkeys_of(db, memory, person, &passkeys);
    if (problem)
        return problem;
    struct text before = text_format(memory, "%s, %zu passkeys",
                                     login.factor.ms ? "code" : "no code", passkeys.count);
    if (!before.data)
        return &out_of_memory;
    problem = factor_delete(db, memory, person);
    if (!problem)
        problem = recovery_delete(db, memory, person);
    if (!problem)
        problem = passkeys_delete(db, memory, person);
    if (!problem)
        problem = links_end(db, memory, person, LINK_CODE, resetting->at);
    if (!problem)
        problem = sessions_end(db, memory, person);
    if (!problem)
        problem = event_emit(db, memory, "core.party.factors_reset", person.value,
                             resetting->operator_, resetting->reason, resetting->at);
    if (!problem)
        problem = act_note(db, memory,
                           (struct act){.actor = resetting->operator_,
                                        .name = text_of("core.party.factors_reset"),
                                        .subject = person.value,
                                        .was = before,
                                        .became = text_of("no code, 0 passkeys"),
                                        .note = resetting->reason,
                                        .at = resetting->at});
    return problem ? problem
                   : alert_send(db, memory, person, "factors_reset", &reason, 1, resetting->at);
}

const struct problem *factor_reset(struct store *store, struct memory *memory,
                                   struct party_id person, struct party_id operator_,
                                   struct text reason, struct instant at)
{
    struct resetting resetting = {person, operator_, reason, at};
    return person.value == operator_.value ? &not_allowed
                                           : store_write(store, memory, reset_work, &resetting);
}

const struct problem *factor_look(struct database *db, struct memory *memory,
                                  struct party_id person, struct factor_state *out)
{
    struct factor_row row;
    struct recovery_count count;
    *out = (struct factor_state){.unused = 0};
    const struct problem *problem = factor_find(db, memory, person, &row);
    if (problem)
        return problem == &not_found ? NULL : problem;
    problem = recovery_unused(db, memory, person, &count);
    if (!problem)
        *out = (struct factor_state){row.since, count.unused};
    return problem;
}

/* ---- signing in ---- */

struct entering {
    struct attempt attempt;
    struct text half; /* hash of its secret */
    struct text secret;
    struct session_origin from;
};

static const struct problem *enter_work(struct database *db, struct memory *memory, void *context)
{
    struct entering *entering = context;
    struct attempt *attempt = &entering->attempt;
    struct link_row link;
    struct party_hit hit;
    const struct problem *problem =
        link_find(db, memory, entering->half, LINK_CODE, attempt->at, &link);
    if (problem || link.person.value != attempt->person.value)
        return !problem || problem == &not_found ? &party_half_over : problem;
    problem = attempt_make(db, memory, attempt);
    if (problem || !attempt->right)
        return problem;
    problem = link_use(db, memory, entering->half, LINK_CODE, attempt->at, &hit);
    return problem ? problem
                   : login_insert_session(db, memory, link.person, entering->secret,
                                          &entering->from, attempt->at);
}

static const struct problem *find_half(struct database *db, struct memory *memory, struct text half,
                                       struct instant at, struct text *hash, struct link_row *out)
{
    const struct problem *problem = party_secret_hash(memory, half, hash);
    if (!problem)
        problem = link_find(db, memory, *hash, LINK_CODE, at, out);
    return problem == &not_found ? &party_half_over : problem;
}

const struct problem *factor_half(struct database *db, struct memory *memory, struct text half,
                                  struct instant at)
{
    struct link_row link;
    struct text hash;
    return find_half(db, memory, half, at, &hash, &link);
}

const struct problem *factor_sign_in(struct store *store, struct database *db,
                                     struct memory *memory, struct text half, struct text code,
                                     const struct session_origin *from, struct instant at,
                                     struct text *secret, bool *recovered)
{
    struct entering entering = {.from = *from};
    struct link_row link;
    const struct problem *problem = find_half(db, memory, half, at, &entering.half, &link);
    if (!problem)
        problem = party_secret_make(memory, &entering.secret);
    if (!problem)
        problem = attempt_begin(memory, link.person, code, at, &entering.attempt);
    if (!problem)
        problem = attempt_run(store, memory, enter_work, &entering, &entering.attempt);
    if (problem)
        return problem;
    *secret = entering.secret;
    *recovered = entering.attempt.recovered;
    return NULL;
}
