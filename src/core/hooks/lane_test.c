/*
 * Webhooks from event to receiver, on both engines and a clock of the test's own: who is told, in which
 * order, how often, and what becomes of receivers that are slow, away, gone or dead.
 */
#include "core/outside/outside_test_bed.h"

#include <sodium.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/hooks/hooks.shapes.h"
#include "core/hooks/lane.h"
#include "core/hooks/message.h"
#include "core/hooks/queries.h"
#include "core/hooks/receiver.shapes.h"
#include "core/mail/mail.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/module.h"
#include "core/login/login.h"
#include "core/people/party.h"
#include "ledger/ledger_test_bed.h"
#include "web/words.h"

static const char *const places[] = {"src/ledger/", "src/core/"};

/* Each test begins on another day, later than all that those before it passed through: ids never go back. */
static struct instant next_beginning(void)
{
    static int64_t count;
    return (struct instant){1781100131000 + count++ * 100 * DAY};
}

/* ---- events of the test's own ---- */

static struct party_id told_party;

static const struct problem *tell_trial(struct database *db, struct memory *memory,
                                        const struct event *event, struct hook_said *out)
{
    struct hook_test *said = memory_take(memory, sizeof *said);
    (void)db;
    if (!said)
        return &out_of_memory;
    *said = (struct hook_test){{event->subject}, event->note};
    *out = (struct hook_said){told_party, said};
    return NULL;
}

static const struct hook_kind kinds[] = {
    {"trial.happened", "trial.one", &hook_test_shape, tell_trial},
    {"trial.ended", "trial.two", &hook_test_shape, tell_trial},
};
static const struct consumer *const consumers[] = {&hook_tell};

/* ---- the world ---- */

struct trial {
    struct bed bed;
    struct hook_work *work;
    struct receiver *receiver;
    struct party_id owner; /* the business */
    struct hook_id hook;
    char secret[HOOK_SECRET_TEXT];
};

static void load(struct memory *memory)
{
    static const char words[] = "mail.hook_dead.subject = Dead {address}\n"
                                "mail.hook_dead.body = {since, date} {link}\n"
                                "mail.hook_left.subject = Left {address}\n"
                                "mail.hook_left.body = {since, date} {link}\n";
    static const struct embedded files[] = {
        {"core/text/en.txt", (const unsigned char *)words, sizeof words - 1}};
    static const struct setting own[] = {
        {"site.name", SETTING_TEXT, "Contraflow", 0, 0, false, "Name of this site"},
        {"site.url", SETTING_TEXT, "https://site.example", 0, 0, false, "Address of this site"},
        {"hooks.loopback", SETTING_FLAG, "on", 0, 0, false, "Loopback is reached"},
    };
    static bool declared;
    struct text complaint;
    assert_null(words_load_from(memory, files, 1, &complaint));
    if (!declared) {
        static const struct job_kind *const jobs[] = {&hook_replay_job};
        settings_declare(mail_settings, MAIL_SETTINGS);
        settings_declare(own, COUNT_OF(own));
        hook_register(kinds, COUNT_OF(kinds));
        job_register(jobs, 1);
    }
    declared = true;
    assert_null(settings_load(memory, "/nonexistent/contraflow.conf", &complaint));
}

static struct hook_id registered(struct trial *trial, int port, const char *event, const char *key)
{
    struct hook_id id;
    const struct text events[] = {text_of(event)};
    struct hook_wish wish = {.owner = trial->owner,
                             .address =
                                 text_format(trial->bed.memory, "http://127.0.0.1:%d/", port),
                             .about = text_of("for tests"),
                             .events = {events, 1}};
    assert_null(hook_register_receiver(trial->bed.store, trial->bed.memory, &wish, text_of(key),
                                       clock_now(), &id, trial->secret));
    return id;
}

static void schemas_of(const struct schema *out[2])
{
    out[0] = &ledger_schema;
    out[1] = module_all()[0]->schema;
}

static struct trial begin(void **state)
{
    const struct schema *schemas[2];
    struct trial trial;
    struct party_id person;
    struct hook_wire_options options = {.loopback = true};
    schemas_of(schemas);
    trial.bed = bed_begin_with(state, schemas, 2, places, COUNT_OF(places));
    clock_set(next_beginning());
    struct store *store = trial.bed.store;
    load(trial.bed.process);
    assert_null(hook_start(trial.bed.process, text_of(trial.bed.folder)));
    assert_null(login_sign_up(store, trial.bed.memory, text_of("Ann"), text_of("ann@example.org"),
                              text_of(""), LANGUAGE_EN, false, clock_now(), &person));
    assert_null(party_found(store, trial.bed.memory, text_of("House"), text_of(""), person,
                            clock_now(), &trial.owner));
    told_party = trial.owner;
    trial.receiver = receiver_begin(OK_ANSWER);
    trial.hook = registered(&trial, trial.receiver->port, "trial.happened", "k1");
    assert_null(hook_work_make(trial.bed.process, store, &options, &trial.work));
    return trial;
}

static void finish(struct trial *trial)
{
    receiver_end(trial->receiver);
    bed_end(&trial->bed);
}

struct emitting {
    const char *name;
    int64_t subject;
    const char *note;
};

static const struct problem *emit_work(struct database *db, struct memory *memory, void *context)
{
    const struct emitting *emitting = context;
    return event_emit(db, memory, emitting->name, emitting->subject, (struct party_id){0},
                      text_of(emitting->note), clock_now());
}

static void happen(struct trial *trial, const char *name, int64_t subject, const char *note)
{
    struct emitting emitting = {name, subject, note};
    assert_null(store_write(trial->bed.store, trial->bed.memory, emit_work, &emitting));
}

static void consume(struct trial *trial)
{
    int64_t taken;
    assert_null(event_await(trial->bed.reader, trial->bed.memory, NULL));
    assert_null(event_consume(trial->bed.store, trial->bed.reader, trial->bed.memory, consumers, 1,
                              10000, &taken));
}

/* All that is due now, until nothing is on its way. */
static void deliver(struct trial *trial)
{
    int64_t before;
    do {
        before = hook_work_noted(trial->work);
        do
            assert_null(hook_work_round(trial->work, true, 10));
        while (hook_work_under_way(trial->work) > 0);
    } while (hook_work_noted(trial->work) != before);
}

static void pass(struct trial *trial, int64_t ms)
{
    clock_set(instant_add(clock_now(), ms));
    consume(trial);
    deliver(trial);
}

static struct hook_row receiver_row(struct trial *trial, struct hook_id id)
{
    struct hook_row row;
    assert_null(hook_by_id(trial->bed.reader, trial->bed.memory, id, &row));
    return row;
}

static int asked(const struct trial *trial)
{
    return atomic_load(&trial->receiver->asked);
}

/* Messages of a receiver, newest first. */
static struct hook_message_row_list messages(struct trial *trial)
{
    struct hook_message_row_list rows;
    struct hook_message_id all = {INT64_MAX};
    assert_null(
        hook_messages_of(trial->bed.reader, trial->bed.memory, trial->hook, all, 500, &rows));
    return rows;
}

/* Whether a request carries a signature by the secret as it was shown. */
static bool signed_by(const char *request, const char *secret)
{
    char id[100], seconds[40], signatures[300];
    unsigned char key[64], mac[64];
    size_t size = 0;
    crypto_auth_hmacsha256_state hmac;
    header_of(request, "webhook-id", id, sizeof id);
    header_of(request, "webhook-timestamp", seconds, sizeof seconds);
    header_of(request, "webhook-signature", signatures, sizeof signatures);
    const char *body = strstr(request, "\r\n\r\n") + 4;
    char content[REQUEST_MOST + 200];
    char written[100];
    assert_int_equal(strncmp(secret, "whsec_", 6), 0);
    assert_int_equal(sodium_base642bin(key, sizeof key, secret + 6, strlen(secret + 6), NULL, &size,
                                       NULL, sodium_base64_VARIANT_ORIGINAL),
                     0);
    (void)snprintf(content, sizeof content, "%s.%s.%s", id, seconds, body);
    crypto_auth_hmacsha256_init(&hmac, key, size);
    crypto_auth_hmacsha256_update(&hmac, (const unsigned char *)content, strlen(content));
    crypto_auth_hmacsha256_final(&hmac, mac);
    sodium_bin2base64(written, sizeof written, mac, 32, sodium_base64_VARIANT_ORIGINAL);
    return strstr(signatures, written) && strstr(signatures, "v1,");
}

/* ---- who is told what ---- */

static void an_event_reaches_who_wants_it(void **state)
{
    struct trial trial = begin(state);
    char secret[HOOK_SECRET_TEXT];
    memcpy(secret, trial.secret, sizeof secret);
    struct receiver *other = receiver_begin(OK_ANSWER);
    (void)registered(&trial, other->port, "trial.ended", "k2");
    happen(&trial, "trial.one", 7, "it \"did\"");
    happen(&trial, "trial.unknown", 7, "");
    consume(&trial);
    consume(&trial);
    deliver(&trial);
    assert_int_equal(asked(&trial), 1);
    assert_int_equal(atomic_load(&other->asked), 0);
    const char *request = trial.receiver->heard[0];
    char body[300];
    char at[INSTANT_TEXT_MAX];
    instant_print(at, clock_now());
    (void)snprintf(body, sizeof body,
                   "{\"type\":\"trial.happened\",\"timestamp\":\"%s\","
                   "\"data\":{\"webhook\":\"%s\",\"about\":\"it \\\"did\\\"\"}}",
                   at, id_text("whk", 7).text);
    assert_string_equal(strstr(request, "\r\n\r\n") + 4, body);
    assert_true(signed_by(request, secret));
    assert_false(signed_by(request, trial.secret));
    struct hook_message_row_list rows = messages(&trial);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.items[0].state, HOOK_THROUGH);
    struct hook_attempt_row_list attempts;
    assert_null(hook_attempts_of(trial.bed.reader, trial.bed.memory, rows.items[0].id, INT64_MAX,
                                 &attempts));
    assert_int_equal(attempts.count, 1);
    assert_int_equal(attempts.items[0].status, 200);
    assert_true(text_is(attempts.items[0].answer, "ok"));
    /* Of what happened before it was there a receiver hears nothing. */
    happen(&trial, "trial.two", 9, "");
    clock_set(instant_add(clock_now(), SECOND));
    struct receiver *late = receiver_begin(OK_ANSWER);
    (void)registered(&trial, late->port, "trial.ended", "k3");
    pass(&trial, 0);
    assert_int_equal(atomic_load(&other->asked), 1);
    assert_int_equal(atomic_load(&late->asked), 0);
    receiver_end(late);
    /* Nor does who is shut out. */
    assert_null(login_suspend(trial.bed.store, trial.bed.memory, trial.owner, true,
                              (struct party_id){1}, clock_now()));
    happen(&trial, "trial.one", 8, "");
    pass(&trial, HOUR);
    assert_int_equal(asked(&trial), 1);
    assert_null(login_suspend(trial.bed.store, trial.bed.memory, trial.owner, false,
                              (struct party_id){1}, clock_now()));
    /* Of another's events nothing is told. */
    told_party.value++;
    happen(&trial, "trial.one", 8, "");
    pass(&trial, HOUR);
    assert_int_equal(asked(&trial), 1);
    receiver_end(other);
    finish(&trial);
}

/* ---- order ---- */

enum { THINGS = 7, EVENTS = 5 };

/* Which message of which thing each request was, from `first` on: each thing's in order, each once. */
static void check_order(const struct trial *trial, int first, int events)
{
    int last[THINGS + 1] = {0};
    int count = 0;
    for (int i = first; i < asked(trial); i++) {
        int thing = 0, number = 0;
        const char *about = strstr(trial->receiver->heard[i], "\"about\":\"");
        assert_non_null(about);
        assert_int_equal(sscanf(about, "\"about\":\"%d.%d\"", &thing, &number), 2);
        assert_int_equal(number, last[thing] + 1);
        last[thing] = number;
        count++;
    }
    assert_int_equal(count, THINGS * events);
}

static void who_was_away_for_an_hour_gets_all_in_order(void **state)
{
    struct trial trial = begin(state);
    atomic_store(&trial.receiver->answer, BAD_ANSWER);
    for (int number = 1; number <= EVENTS; number++) {
        for (int thing = 1; thing <= THINGS; thing++) {
            char note[32];
            (void)snprintf(note, sizeof note, "%d.%d", thing, number);
            happen(&trial, "trial.one", thing, note);
        }
        pass(&trial, 12 * MINUTE);
    }
    assert_int_equal(receiver_row(&trial, trial.hook).state, HOOK_ACTIVE);
    assert_true(receiver_row(&trial, trial.hook).failing.ms > 0);
    /* Only the first of each thing was tried. */
    for (int i = 0; i < asked(&trial); i++)
        assert_non_null(strstr(trial.receiver->heard[i], ".1\""));
    int away = asked(&trial);
    atomic_store(&trial.receiver->answer, OK_ANSWER);
    for (int minute = 0; minute < 60 && asked(&trial) == away; minute++)
        pass(&trial, MINUTE);
    pass(&trial, MINUTE);
    check_order(&trial, away, EVENTS);
    assert_int_equal(receiver_row(&trial, trial.hook).failing.ms, 0);
    for (int i = 0; i < 100; i++)
        pass(&trial, HOUR);
    assert_int_equal(asked(&trial), away + THINGS * EVENTS);
    finish(&trial);
}

static void one_that_is_never_taken_holds_up_its_own_thing_for_six_hours(void **state)
{
    struct trial trial = begin(state);
    atomic_store(&trial.receiver->refuses, "poison");
    happen(&trial, "trial.one", 1, "poison");
    happen(&trial, "trial.one", 1, "behind");
    happen(&trial, "trial.one", 2, "beside");
    pass(&trial, 0);
    assert_int_equal(asked(&trial), 2); /* the first of each thing */
    for (int i = 0; i < 5 * 12; i++)
        pass(&trial, 5 * MINUTE);
    for (int i = 0; i < asked(&trial); i++)
        assert_null(strstr(trial.receiver->heard[i], "behind"));
    for (int i = 0; i < 24; i++)
        pass(&trial, HOUR);
    struct hook_message_row_list rows = messages(&trial);
    assert_int_equal(rows.items[1].state, HOOK_THROUGH); /* behind */
    assert_int_equal(rows.items[2].state, HOOK_WAITING); /* poison */
    assert_true(rows.items[2].late);
    /* Another about the same thing is not held up any more. */
    int before = asked(&trial);
    happen(&trial, "trial.one", 1, "later");
    pass(&trial, MINUTE);
    assert_non_null(strstr(trial.receiver->heard[before], "later"));
    for (int i = 0; i < 72; i++)
        pass(&trial, HOUR);
    assert_int_equal(messages(&trial).items[3].state, HOOK_GIVEN_UP);
    assert_int_equal(receiver_row(&trial, trial.hook).state, HOOK_ACTIVE);
    finish(&trial);
}

/* ---- several at once ---- */

static void a_slow_receiver_delays_nobody(void **state)
{
    struct trial trial = begin(state);
    struct receiver *slow = receiver_begin(OK_ANSWER);
    (void)registered(&trial, slow->port, "trial.happened", "k2");
    atomic_store(&slow->held, true);
    for (int i = 1; i <= 30; i++)
        happen(&trial, "trial.one", i, "");
    consume(&trial);
    while (asked(&trial) < 30)
        assert_null(hook_work_round(trial.work, true, 10));
    assert_true(atomic_load(&slow->asked) <= HOOK_LANE_EACH);
    atomic_store(&slow->held, false);
    deliver(&trial);
    assert_int_equal(atomic_load(&slow->asked), 30);
    assert_true(atomic_load(&slow->most) <= HOOK_LANE_EACH);
    receiver_end(slow);
    finish(&trial);
}

struct hand {
    struct store *store;
    const struct problem *problem; /* filled */
    pthread_t thread;
};

static void *work_until_idle(void *context)
{
    struct hand *hand = context;
    struct memory *memory = memory_create(16 << 20);
    struct hook_wire_options options = {.loopback = true};
    struct hook_work *work;
    hand->problem = hook_work_make(memory, hand->store, &options, &work);
    for (int idle = 0; !hand->problem && idle < 20;) {
        int64_t before = hook_work_noted(work);
        hand->problem = hook_work_round(work, true, 10);
        idle = hook_work_under_way(work) || hook_work_noted(work) != before ? 0 : idle + 1;
    }
    memory_end(memory);
    return NULL;
}

static void several_processes_post_each_message_once(void **state)
{
    enum { MESSAGES = 120, HANDS = 4 };
    struct trial trial = begin(state);
    struct hand hands[HANDS];
    const struct schema *schemas[2];
    struct store *second;
    struct text complaint;
    schemas_of(schemas);
    for (int i = 1; i <= MESSAGES; i++)
        happen(&trial, "trial.one", i, "");
    consume(&trial);
    assert_null(store_open_statements(trial.bed.process, text_of(trial.bed.url), schemas, 2,
                                      bed_statements(trial.bed.process, places, COUNT_OF(places)),
                                      &second, &complaint));
    for (int i = 0; i < HANDS; i++) {
        hands[i] = (struct hand){.store = i % 2 ? second : trial.bed.store};
        assert_int_equal(pthread_create(&hands[i].thread, NULL, work_until_idle, &hands[i]), 0);
    }
    for (int i = 0; i < HANDS; i++) {
        pthread_join(hands[i].thread, NULL);
        assert_null(hands[i].problem);
    }
    deliver(&trial);
    assert_int_equal(asked(&trial), MESSAGES);
    store_close(second);
    finish(&trial);
}

/* Claimed and posted, and the process died before it could note it. */
static void what_was_not_noted_is_posted_again(void **state)
{
    struct trial trial = begin(state);
    struct hook_wire_options options = {.loopback = true};
    char first[100], second[100];
    happen(&trial, "trial.one", 1, "");
    consume(&trial);
    struct memory *memory = memory_create(16 << 20);
    struct hook_work *dying;
    assert_null(hook_work_make(memory, trial.bed.store, &options, &dying));
    atomic_store(&trial.receiver->pause, 100);
    assert_null(hook_work_round(dying, true, 10));
    assert_int_equal(hook_work_under_way(dying), 1);
    while (asked(&trial) < 1)
        assert_null(hook_work_round(dying, false, 1));
    memory_end(memory); /* it hears no answer any more */
    deliver(&trial);
    assert_int_equal(asked(&trial), 1);
    pass(&trial, 2 * MINUTE);
    assert_int_equal(asked(&trial), 2);
    header_of(trial.receiver->heard[0], "webhook-id", first, sizeof first);
    header_of(trial.receiver->heard[1], "webhook-id", second, sizeof second);
    assert_string_equal(first, second);
    assert_int_equal(messages(&trial).items[0].state, HOOK_THROUGH);
    finish(&trial);
}

/* ---- receivers that are no more ---- */

static int mails_to_ann(struct trial *trial, const char *subject)
{
    struct mail_row_list rows;
    struct mail_id all = {INT64_MAX};
    int count = 0;
    assert_null(mails_before(trial->bed.reader, trial->bed.memory, all, &rows));
    for (size_t i = 0; i < rows.count; i++)
        count += text_is(rows.items[i].recipient, "ann@example.org") &&
                 text_starts(rows.items[i].subject, subject);
    return count;
}

static void one_that_failed_for_three_days_is_paused(void **state)
{
    struct trial trial = begin(state);
    atomic_store(&trial.receiver->answer, BAD_ANSWER);
    happen(&trial, "trial.one", 1, "first");
    pass(&trial, 0);
    for (int i = 0; i < 71; i++)
        pass(&trial, HOUR);
    assert_int_equal(receiver_row(&trial, trial.hook).state, HOOK_ACTIVE);
    assert_int_equal(mails_to_ann(&trial, "Dead"), 0);
    for (int i = 0; i < 24; i++)
        pass(&trial, HOUR);
    assert_int_equal(receiver_row(&trial, trial.hook).state, HOOK_DEAD);
    assert_int_equal(mails_to_ann(&trial, "Dead"), 1);
    assert_int_equal(messages(&trial).items[0].state, HOOK_GIVEN_UP);
    /* Twelve, or eleven where chance made the pauses longer. */
    assert_in_range(messages(&trial).items[0].attempts, 11, 12);
    /* It is left alone, and what happens is kept. */
    int before = asked(&trial);
    happen(&trial, "trial.one", 1, "second");
    pass(&trial, 5 * DAY);
    assert_int_equal(asked(&trial), before);
    /* Taken up again it gets what waits, and three days anew. */
    assert_null(hook_move_receiver(trial.bed.store, trial.bed.memory, trial.owner, trial.hook,
                                   HOOK_ACTIVE, trial.owner, clock_now()));
    pass(&trial, 0);
    assert_int_equal(asked(&trial), before + 1);
    assert_int_equal(receiver_row(&trial, trial.hook).state, HOOK_ACTIVE);
    atomic_store(&trial.receiver->answer, OK_ANSWER);
    pass(&trial, HOUR);
    assert_int_equal(messages(&trial).items[0].state, HOOK_THROUGH);
    finish(&trial);
}

static void one_that_is_gone_is_paused_at_once(void **state)
{
    struct trial trial = begin(state);
    atomic_store(&trial.receiver->answer, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n"
                                          "Connection: close\r\n\r\n");
    happen(&trial, "trial.one", 1, "");
    happen(&trial, "trial.one", 2, "");
    pass(&trial, 0);
    pass(&trial, DAY);
    assert_true(asked(&trial) <= 2);
    assert_int_equal(receiver_row(&trial, trial.hook).state, HOOK_LEFT);
    assert_int_equal(mails_to_ann(&trial, "Left"), 1);
    finish(&trial);
}

static void it_is_asked_when_it_says(void **state)
{
    struct trial trial = begin(state);
    atomic_store(&trial.receiver->answer, "HTTP/1.1 503 Later\r\nRetry-After: 7200\r\n"
                                          "Content-Length: 0\r\nConnection: close\r\n\r\n");
    happen(&trial, "trial.one", 1, "");
    pass(&trial, 0);
    pass(&trial, 2 * HOUR - SECOND);
    assert_int_equal(asked(&trial), 1);
    pass(&trial, SECOND);
    assert_int_equal(asked(&trial), 2);
    finish(&trial);
}

/* ---- what owners do ---- */

static void a_message_is_replayed_once_however_often_it_is_pressed(void **state)
{
    struct trial trial = begin(state);
    happen(&trial, "trial.one", 1, "");
    pass(&trial, 0);
    struct hook_message_id id = messages(&trial).items[0].id;
    for (int i = 0; i < 2; i++)
        assert_null(hook_replay_one(trial.bed.store, trial.bed.memory, trial.owner, trial.hook, id,
                                    clock_now()));
    deliver(&trial);
    assert_int_equal(asked(&trial), 2);
    assert_int_equal(messages(&trial).items[0].attempts, 2);
    /* Another's is not found. */
    struct party_id other = {trial.owner.value + 1};
    assert_ptr_equal(
        hook_replay_one(trial.bed.store, trial.bed.memory, other, trial.hook, id, clock_now()),
        &not_found);
    struct hook_id elsewhere = registered(&trial, trial.receiver->port, "trial.ended", "k2");
    assert_ptr_equal(
        hook_replay_one(trial.bed.store, trial.bed.memory, trial.owner, elsewhere, id, clock_now()),
        &not_found);
    finish(&trial);
}

static void replay_since(struct trial *trial, struct instant since, bool failed)
{
    int64_t ran;
    for (int i = 0; i < 2; i++)
        assert_null(hook_replay_since(trial->bed.store, trial->bed.memory, trial->owner,
                                      trial->hook, since, failed, clock_now()));
    assert_null(job_work(trial->bed.store, trial->bed.reader, LANE_SLOW, 10, &ran));
    assert_int_equal(ran, 1);
    deliver(trial);
}

static void what_happened_since_is_replayed_in_order(void **state)
{
    struct trial trial = begin(state);
    happen(&trial, "trial.one", 1, "before");
    pass(&trial, HOUR);
    clock_set(instant_add(clock_now(), SECOND));
    struct instant since = clock_now();
    for (int number = 1; number <= EVENTS; number++) {
        for (int thing = 1; thing <= THINGS; thing++) {
            char note[32];
            (void)snprintf(note, sizeof note, "%d.%d", thing, number);
            happen(&trial, "trial.one", thing, note);
        }
        pass(&trial, MINUTE);
    }
    check_order(&trial, 1, EVENTS);
    replay_since(&trial, since, true); /* none was given up */
    assert_int_equal(asked(&trial), 1 + THINGS * EVENTS);
    replay_since(&trial, since, false);
    check_order(&trial, 1 + THINGS * EVENTS, EVENTS);
    finish(&trial);
}

static void both_secrets_sign_for_a_day(void **state)
{
    struct trial trial = begin(state);
    char former[HOOK_SECRET_TEXT], next[HOOK_SECRET_TEXT], again[HOOK_SECRET_TEXT];
    memcpy(former, trial.secret, sizeof former);
    assert_null(hook_rotate_secret(trial.bed.store, trial.bed.memory, trial.owner, trial.hook,
                                   trial.owner, text_of("r1"), clock_now(), next));
    assert_null(hook_rotate_secret(trial.bed.store, trial.bed.memory, trial.owner, trial.hook,
                                   trial.owner, text_of("r1"), clock_now(), again));
    assert_string_equal(next, again); /* pressed twice */
    assert_string_not_equal(former, next);
    happen(&trial, "trial.one", 1, "");
    pass(&trial, 0);
    assert_true(signed_by(trial.receiver->heard[0], former));
    assert_true(signed_by(trial.receiver->heard[0], next));
    happen(&trial, "trial.one", 1, "");
    pass(&trial, DAY);
    assert_false(signed_by(trial.receiver->heard[1], former));
    assert_true(signed_by(trial.receiver->heard[1], next));
    struct party_id other = {trial.owner.value + 1};
    assert_ptr_equal(hook_rotate_secret(trial.bed.store, trial.bed.memory, other, trial.hook,
                                        trial.owner, text_of("r2"), clock_now(), next),
                     &not_found);
    finish(&trial);
}

static void registering_twice_by_one_key_is_once(void **state)
{
    struct trial trial = begin(state);
    char secret[HOOK_SECRET_TEXT];
    struct hook_row_list rows;
    memcpy(secret, trial.secret, sizeof secret);
    struct hook_id again = registered(&trial, trial.receiver->port, "trial.happened", "k1");
    assert_int_equal(again.value, trial.hook.value);
    assert_string_equal(secret, trial.secret);
    assert_null(hooks_of(trial.bed.reader, trial.bed.memory, trial.owner, &rows));
    assert_int_equal(rows.count, 1);
    /* The secret is not in the database. */
    assert_null(memmem(rows.items[0].secret.data, rows.items[0].secret.size, secret + 6, 20));
    for (int i = 1; i < HOOKS_MOST; i++) {
        char key[32];
        (void)snprintf(key, sizeof key, "m%d", i);
        (void)registered(&trial, trial.receiver->port, "trial.happened", key);
    }
    struct hook_id id;
    const struct text events[] = {text_of("trial.happened")};
    struct hook_wish wish = {.owner = trial.owner,
                             .address = text_of("https://example.org/"),
                             .about = text_of(""),
                             .events = {events, 1}};
    assert_ptr_equal(hook_register_receiver(trial.bed.store, trial.bed.memory, &wish, text_of("x"),
                                            clock_now(), &id, secret),
                     &hook_crowded);
    const struct text unknown[] = {text_of("trial.unknown")};
    wish.events.items = unknown;
    assert_ptr_equal(
        hook_change_receiver(trial.bed.store, trial.bed.memory, trial.hook, &wish, clock_now()),
        &hook_no_event);
    wish.events = (struct text_list){events, 1};
    wish.address = text_of("https://10.0.0.1/");
    assert_ptr_equal(
        hook_change_receiver(trial.bed.store, trial.bed.memory, trial.hook, &wish, clock_now()),
        &hook_inside);
    finish(&trial);
}

static void a_test_is_sent_and_what_is_removed_is_left_alone(void **state)
{
    struct trial trial = begin(state);
    struct hook_message_id one, two;
    struct store *store = trial.bed.store;
    struct memory *memory = trial.bed.memory;
    assert_null(
        hook_send_test(store, memory, trial.owner, trial.hook, text_of("t1"), clock_now(), &one));
    assert_null(
        hook_send_test(store, memory, trial.owner, trial.hook, text_of("t1"), clock_now(), &two));
    assert_int_equal(one.value, two.value);
    deliver(&trial);
    assert_int_equal(asked(&trial), 1);
    assert_non_null(strstr(trial.receiver->heard[0], "{\"type\":\"webhook.test\","));
    assert_null(hook_move_receiver(store, memory, trial.owner, trial.hook, HOOK_PAUSED, trial.owner,
                                   clock_now()));
    assert_ptr_equal(
        hook_send_test(store, memory, trial.owner, trial.hook, text_of("t2"), clock_now(), &two),
        &hook_not_active);
    happen(&trial, "trial.one", 1, "");
    pass(&trial, DAY);
    assert_int_equal(asked(&trial), 1);
    assert_null(hook_move_receiver(store, memory, trial.owner, trial.hook, HOOK_ACTIVE, trial.owner,
                                   clock_now()));
    pass(&trial, 0);
    assert_int_equal(asked(&trial), 2);
    assert_null(hook_move_receiver(store, memory, trial.owner, trial.hook, HOOK_REMOVED,
                                   trial.owner, clock_now()));
    happen(&trial, "trial.one", 1, "");
    pass(&trial, DAY);
    assert_int_equal(asked(&trial), 2);
    struct hook_row row;
    assert_ptr_equal(hook_of(trial.bed.reader, memory, trial.hook, trial.owner, &row), &not_found);
    assert_int_equal(receiver_row(&trial, trial.hook).secret.size, 0);
    finish(&trial);
}

static void what_is_old_is_cleared(void **state)
{
    struct trial trial = begin(state);
    int64_t gone = 1;
    for (int i = 1; i <= 10; i++)
        happen(&trial, "trial.one", i, "");
    pass(&trial, 0);
    clock_set(instant_add(clock_now(), 29 * DAY));
    happen(&trial, "trial.one", 1, "new");
    pass(&trial, 0);
    assert_null(hook_work_clear(trial.work, &gone));
    assert_int_equal(gone, 0);
    clock_set(instant_add(clock_now(), 2 * DAY));
    do
        assert_null(hook_work_clear(trial.work, &gone));
    while (gone > 0);
    assert_int_equal(messages(&trial).count, 1);
    finish(&trial);
}

int main(void)
{
    static char sqlite[] = "sqlite";
    static char postgresql[] = "postgresql";
    const struct CMUnitTest tests[] = {
        ON_BOTH(an_event_reaches_who_wants_it),
        ON_BOTH(who_was_away_for_an_hour_gets_all_in_order),
        ON_BOTH(one_that_is_never_taken_holds_up_its_own_thing_for_six_hours),
        ON_BOTH(a_slow_receiver_delays_nobody),
        ON_BOTH(several_processes_post_each_message_once),
        ON_BOTH(what_was_not_noted_is_posted_again),
        ON_BOTH(one_that_failed_for_three_days_is_paused),
        ON_BOTH(one_that_is_gone_is_paused_at_once),
        ON_BOTH(it_is_asked_when_it_says),
        ON_BOTH(a_message_is_replayed_once_however_often_it_is_pressed),
        ON_BOTH(what_happened_since_is_replayed_in_order),
        ON_BOTH(both_secrets_sign_for_a_day),
        ON_BOTH(registering_twice_by_one_key_is_once),
        ON_BOTH(a_test_is_sent_and_what_is_removed_is_left_alone),
        ON_BOTH(what_is_old_is_cleared),
    };
    if (sodium_init() < 0)
        return 1;
    return cmocka_run_group_tests_name("core/hooks/lane", tests, NULL, NULL);
}
