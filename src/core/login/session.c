/*
 * Signing in, who asks, signing out, and passwords that were forgotten.
 *
 * A secret is known to the browser or the mail's reader only; what is stored is its hash, so that
 * a copy of the database opens no session. Must not know: pages, cookies. Read next:
 * core/login/password.c.
 */
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/login/alert.h"
#include "core/login/browser.h"
#include "core/login/factor_queries.h"
#include "core/people/member_queries.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/login/password.h"
#include "core/login/session.h"
#include "web/request.shapes.h"

const struct problem party_wrong_password = {"party.wrong_password", 401, FAULT_CLIENT, false};
const struct problem party_no_password = {"party.no_password", 409, FAULT_CLIENT, false};
const struct problem party_wait = {"party.wait", 429, FAULT_CLIENT, true};
const struct problem party_suspended = {"party.suspended", 403, FAULT_CLIENT, false};

enum { WRONG_FREE = 5 /* wrong passwords before it slows down */ };
static const int64_t first_wait = 2 * SECOND;
static const int64_t longest_wait = HOUR;

int64_t login_wait_after(int64_t wrong)
{
    int64_t wait = wrong < WRONG_FREE ? 0 : first_wait;
    for (int64_t i = WRONG_FREE; i < wrong && wait < longest_wait; i++)
        wait *= 2;
    return wait < longest_wait ? wait : longest_wait;
}

int64_t login_wrong_by(int64_t wrong, struct instant wait_until, struct instant at)
{
    return instant_add(wait_until, DAY).ms > at.ms ? wrong : 0;
}

/* ---- inside a write ---- */

/* Tells the person when it is the first time from there, but not the very first time. */
static const struct problem *note_origin(struct database *db, struct memory *memory,
                                         struct party_id person, const struct session_origin *from,
                                         struct instant at)
{
    struct party_hit hit;
    if (from->browser.size == 0 && from->address.size == 0)
        return NULL;
    const struct problem *problem = seen_forget(db, memory, person, instant_add(at, -SEEN_LIFE));
    if (!problem)
        problem = seen_again(db, memory, person, from->browser, from->address, at, &hit);
    if (problem != &not_found)
        return problem;
    const struct problem *before = seen_any(db, memory, person, &hit);
    problem = seen_insert(db, memory, person, from->browser, from->address, at);
    if (problem || before)
        return problem || before == &not_found ? problem : before;
    const struct word_argument arguments[] = {
        {.name = "browser",
         .kind = FIELD_TEXT,
         .text = from->browser.size ? from->browser : text_of("?")},
        {.name = "address", .kind = FIELD_TEXT, .text = from->address},
    };
    return alert_send(db, memory, person, "sign_in", arguments, 2, at);
}

const struct problem *login_insert_session(struct database *db, struct memory *memory,
                                           struct party_id person, struct text secret,
                                           const struct session_origin *from, struct instant at)
{
    struct session_new session = {.id = {id_new()},
                                  .person = person,
                                  .begun = at,
                                  .until = instant_add(at, SESSION_LIFE),
                                  .browser = from->browser,
                                  .address = from->address};
    const struct problem *problem = party_secret_hash(memory, secret, &session.secret);
    if (!problem)
        problem = session_insert(db, memory, &session);
    return problem ? problem : note_origin(db, memory, person, from, at);
}

static const struct problem *insert_half(struct database *db, struct memory *memory,
                                         struct party_id person, struct text secret,
                                         struct instant at)
{
    struct link_new link = {
        .person = person, .purpose = LINK_CODE, .until = instant_add(at, HALF_LIFE)};
    const struct problem *problem = party_secret_hash(memory, secret, &link.secret);
    if (!problem)
        problem = links_clear(db, memory, person, LINK_CODE, at);
    return problem ? problem : link_insert(db, memory, &link);
}

const struct problem *login_let_in(struct database *db, struct memory *memory,
                                   const struct login_row *login, struct text secret,
                                   const struct session_origin *from, struct instant at, bool *half)
{
    *half = login->factor.ms > 0;
    return *half ? insert_half(db, memory, login->person, secret, at)
                 : login_insert_session(db, memory, login->person, secret, from, at);
}

struct attempt {
    struct login_row login;    /* as it was when the password was compared */
    struct text stranger;      /* hash of a mail address that is nobody's; empty: `login` is there */
    struct instant wait_until; /* of &party_wait */
    bool known;                /* must wait, though its person has signed in from there before */
    bool asks;                 /* not to wait, where that is so */
    bool passes;               /* does not wait for what others tried */
    struct text secret;     /* of the session to come */
    bool right;             /* the password */
    bool half;              /* a code is asked for too */
    struct session_origin from;
    struct instant at;
};

/* A wrong password is counted even though it is refused, so the outcome is not this one's problem. */
static const struct problem *attempt_work(struct database *db, struct memory *memory, void *context)
{
    struct attempt *attempt = context;
    struct login_row now;
    if (attempt->stranger.size)
        return stranger_count(db, memory, attempt->stranger, attempt->at, &attempt->wait_until);
    const struct problem *problem = login_by_person(db, memory, attempt->login.person, &now);
    if (problem)
        return problem;
    /* Others tried meanwhile, or the password is another now: this attempt is void. */
    attempt->wait_until = now.wait_until;
    if (now.wait_until.ms > attempt->at.ms && !attempt->passes)
        return &party_wait;
    if (attempt->right && !text_equal(now.password, attempt->login.password))
        return &party_wrong_password;
    if (!attempt->right) {
        int64_t wrong = login_wrong_by(now.wrong, now.wait_until, attempt->at) + 1;
        return login_set_wrong(db, memory, now.person, wrong,
                               instant_add(attempt->at, login_wait_after(wrong)));
    }
    if (now.suspended.ms)
        return &party_suspended;
    if (now.wrong > 0)
        problem = login_set_wrong(db, memory, now.person, 0, (struct instant){0});
    if (!problem)
        problem = sessions_clear(db, memory, attempt->at);
    return problem ? problem
                   : login_let_in(db, memory, &now, attempt->secret, &attempt->from, attempt->at,
                                  &attempt->half);
}

/* ---- signing in ---- */

/* &party_wait, unless it comes from where its person has signed in before and few attempts come from. */
static const struct problem *let_pass(struct database *db, struct memory *memory,
                                      struct attempt *attempt)
{
    struct party_hit hit;
    if (attempt->stranger.size)
        return &party_wait;
    const struct problem *problem = seen_from(db, memory, attempt->login.person,
                                              attempt->from.browser, attempt->from.address, &hit);
    if (problem)
        return problem == &not_found ? &party_wait : problem;
    attempt->known = true;
    attempt->passes = attempt->asks;
    return attempt->passes ? NULL : &party_wait;
}

static const struct problem *compare(struct database *db, struct memory *memory, struct text mail,
                                     struct text password, struct attempt *attempt)
{
    struct text folded = party_fold(memory, mail);
    if (!folded.data)
        return &out_of_memory;
    const struct problem *problem = login_by_mail(db, memory, folded, &attempt->login);
    attempt->wait_until = attempt->login.wait_until;
    if (problem == &not_found) {
        attempt->login = (struct login_row){.password = {"", 0}};
        problem = stranger_find(db, memory, folded, &attempt->stranger, &attempt->wait_until);
    }
    if (!problem && attempt->wait_until.ms > attempt->at.ms)
        problem = let_pass(db, memory, attempt);
    return problem ? problem
                   : password_check(memory, attempt->login.password, password, &attempt->right);
}

const struct problem *login_sign_in(struct store *store, struct database *db, struct memory *memory,
                                    struct text mail, struct text password,
                                    const struct session_origin *from, struct instant at,
                                    struct signing_in *out)
{
    struct attempt attempt = {.from = *from, .at = at, .asks = out->passes};
    const struct problem *problem = compare(db, memory, mail, password, &attempt);
    if (!problem)
        problem = party_secret_make(memory, &attempt.secret);
    if (!problem)
        problem = store_write(store, memory, attempt_work, &attempt);
    if (!problem && !attempt.right)
        problem = &party_wrong_password;
    *out = (struct signing_in){.secret = attempt.secret,
                               .half = attempt.half,
                               .wait_until = attempt.wait_until,
                               .known = {attempt.known ? attempt.login.person.value : 0}};
    return problem;
}

const struct problem *session_check_password(struct store *store, struct database *db,
                                             struct memory *memory, struct party_id person,
                                             struct text password, struct instant at)
{
    struct attempt attempt = {.at = at};
    struct text unused;
    const struct problem *problem = login_by_person(db, memory, person, &attempt.login);
    if (problem)
        return problem;
    if (attempt.login.password.size == 0)
        return NULL;
    if (attempt.login.wait_until.ms > at.ms)
        return &party_wait;
    problem = password_check(memory, attempt.login.password, password, &attempt.right);
    if (problem || attempt.right)
        return problem;
    problem = party_secret_make(memory, &unused);
    if (!problem)
        problem = store_write(store, memory, attempt_work, &attempt);
    return problem ? problem : &party_wrong_password;
}

static const struct problem *session_work(struct database *db, struct memory *memory, void *context)
{
    const struct attempt *attempt = context;
    return login_insert_session(db, memory, attempt->login.person, attempt->secret, &attempt->from,
                                attempt->at);
}

const struct problem *login_session(struct store *store, struct memory *memory,
                                    struct party_id person, struct instant at, struct text *secret)
{
    struct attempt attempt = {.login = {.person = person}, .at = at};
    const struct problem *problem = party_secret_make(memory, &attempt.secret);
    if (!problem)
        problem = store_write(store, memory, session_work, &attempt);
    if (!problem)
        *secret = attempt.secret;
    return problem;
}

/* ---- who asks ---- */

/* The code point that valid UTF-8 begins with, and its bytes. */
static UChar32 first_character(struct text text, size_t *size)
{
    static const unsigned char marks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    unsigned char lead = (unsigned char)text.data[0];
    *size = 1U + (lead >= 0xC0) + (lead >= 0xE0) + (lead >= 0xF0);
    UChar32 character = lead & marks[*size];
    for (size_t i = 1; i < *size; i++)
        character = character << 6 | (text.data[i] & 0x3F);
    return character;
}

/* The first letter of a word as a title has it; nothing when it begins with none. */
static void add_initial(struct builder *out, struct text word)
{
    uint8_t bytes[U8_MAX_LENGTH];
    size_t written = 0;
    size_t size;
    UChar32 first = first_character(word, &size);
    if (!u_isalpha(first))
        return;
    uint32_t title = (uint32_t)u_totitle(first);
    U8_APPEND_UNSAFE(bytes, written, title);
    builder_add_bytes(out, (const char *)bytes, written);
}

const struct problem *session_initials(struct memory *memory, struct text name, struct text *out)
{
    struct builder b = builder_make(memory, 16);
    struct text first = {NULL, 0};
    struct text last = {NULL, 0};
    struct text word;
    while (text_split(&name, ' ', &word)) {
        if (word.size == 0)
            continue;
        if (!first.data)
            first = word;
        else
            last = word;
    }
    if (first.data)
        add_initial(&b, first);
    if (last.data)
        add_initial(&b, last);
    return builder_end(&b, out);
}

struct use {
    struct text hash;           /* of the session's secret */
    struct session_origin from; /* now */
    struct instant at;
};

static const struct problem *use_work(struct database *db, struct memory *memory, void *context)
{
    const struct use *use = context;
    return session_note_use(db, memory, use->hash, use->at, use->from.browser, use->from.address);
}

/* Once an hour, so that reading pages writes nothing. The request goes on when it can't be written. */
static void note_use(const struct request *request, struct text hash)
{
    struct use use = {.hash = hash, .at = request->now};
    const struct problem *problem = session_origin_of(request, &use.from);
    if (!problem)
        problem = store_write(request->store, request->memory, use_work, &use);
    if (problem)
        log_write(LOG_WARNING, "session.use_not_noted", "problem=%s", problem->name);
}

const struct problem *login_viewer(struct request *request, struct text secret, struct viewer *out)
{
    *out = (struct viewer){0};
    struct viewer_row row;
    struct text hash;
    if (secret.size == 0)
        return NULL;
    const struct problem *problem = party_secret_hash(request->memory, secret, &hash);
    if (!problem)
        problem = session_viewer(request->db, request->memory, hash, request->now, &row);
    if (problem)
        return problem == &not_found ? NULL : problem;
    if (request->now.ms - row.used.ms >= HOUR)
        note_use(request, hash);
    *out = (struct viewer){
        .signed_in = true,
        .operator_ = row.operator,
        .desk = row.desk,
        .person = row.person,
        .name = row.name,
        .organisation = row.organisation,
        .organisation_name = row.organisation_name,
        .role = (enum member_role)words_value(&member_role_words, row.role),
        .consumer = true,
        .proven = row.proven,
    };
    return session_initials(request->memory, row.name, &out->initials);
}

/* ---- leaving and switching ---- */

struct leaving {
    struct text hash;             /* of the session's secret */
    struct party_id organisation; /* to act for */
};

static const struct problem *sign_out_work(struct database *db, struct memory *memory,
                                           void *context)
{
    const struct leaving *leaving = context;
    return session_end(db, memory, leaving->hash);
}

const struct problem *session_sign_out(struct store *store, struct memory *memory,
                                       struct text secret)
{
    struct leaving leaving = {.organisation = {0}};
    const struct problem *problem = party_secret_hash(memory, secret, &leaving.hash);
    return problem ? problem : store_write(store, memory, sign_out_work, &leaving);
}

static const struct problem *act_for_work(struct database *db, struct memory *memory, void *context)
{
    const struct leaving *leaving = context;
    struct secret_hit hit;
    return session_act_for(db, memory, leaving->hash, leaving->organisation, &hit);
}

const struct problem *session_act(struct store *store, struct memory *memory, struct text secret,
                                  struct party_id organisation)
{
    struct leaving leaving = {.organisation = organisation};
    const struct problem *problem = party_secret_hash(memory, secret, &leaving.hash);
    return problem ? problem : store_write(store, memory, act_for_work, &leaving);
}

/* ---- elsewhere ---- */

struct ending {
    struct party_id person;    /* whose sessions */
    struct session_id session; /* the one to end */
    struct text keep;          /* or all but the one with this hash */
};

static const struct problem *end_one_work(struct database *db, struct memory *memory, void *context)
{
    const struct ending *ending = context;
    struct session_hit_list hits;
    const struct problem *problem =
        session_end_by(db, memory, ending->person, ending->session, &hits);
    return !problem && hits.count == 0 ? &not_found : problem;
}

const struct problem *session_end_one(struct store *store, struct memory *memory,
                                      struct party_id person, struct session_id session)
{
    struct ending ending = {.person = person, .session = session};
    return store_write(store, memory, end_one_work, &ending);
}

static const struct problem *end_others_work(struct database *db, struct memory *memory,
                                             void *context)
{
    const struct ending *ending = context;
    return sessions_end_others(db, memory, ending->person, ending->keep);
}

const struct problem *session_end_others(struct store *store, struct memory *memory,
                                         struct party_id person, struct text keep)
{
    struct ending ending = {.person = person};
    const struct problem *problem = party_secret_hash(memory, keep, &ending.keep);
    return problem ? problem : store_write(store, memory, end_others_work, &ending);
}

/* ---- proving again ---- */

struct proving {
    struct text hash; /* of the session's secret */
    struct instant at;
};

static const struct problem *prove_work(struct database *db, struct memory *memory, void *context)
{
    const struct proving *proving = context;
    return session_set_proven(db, memory, proving->hash, proving->at);
}

const struct problem *session_prove(struct store *store, struct memory *memory, struct text secret,
                                    struct instant at)
{
    struct proving proving = {.at = at};
    const struct problem *problem = party_secret_hash(memory, secret, &proving.hash);
    return problem ? problem : store_write(store, memory, prove_work, &proving);
}
