/*
 * Runs the stories of tests/scenarios/ and of each module's folder: who does what, what they see, what the books say.
 *
 * Each story is a text file; each runs in a process and a world of its own, with the clock set, once on
 * SQLite, once on PostgreSQL (TEST_POSTGRESQL) and once on PostgreSQL with a second process, to which
 * every other request goes and which does every other round of what is due. What people do goes through the same router, forms
 * and roles as over a socket. Each ends with the audit. Grammar: tests/scenarios/README.md. With
 * STORY_RECORD=FILE what programs would have been answered is written there (scenario_record.h).
 */
#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/settings.h"
#include "core/event_queries.h"
#include "core/mail/queries.h"
#include "core/pay/pay.h"
#include "core/login/login.h"
#include "core/people/party.h"
#include "core/login/otp.h"
#include "core/login/session.h"
#include "core/sign/sign.shapes.h"
#include "ledger/day.h"
#include "ledger/day_queries.h"
#include "ledger/ledger.shapes.h"
#include "modules/stock/queries.h"
#include "modules/stock/stock.h"
#include "modules/world.h"
#include "scenario_other.h"
#include "scenario_pages.h"
#include "scenario_record.h"
#include "scenario_text.h"
#include "web/words.h"

enum { PEOPLE = 16, NAMES = 64, LINE = 4000, FILLED = 4 << 20 };
#define BROWSER "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

struct actor {
    char name[40];
    struct party_id id;
    struct party_id acts_for; /* their business; 0: none */
    struct text session;
    struct text agent;             /* what their browser says it is; empty: a usual one */
    unsigned char app[OTP_SECRET]; /* what the app on their phone knows */
};

struct name {
    char name[40];
    char value[256];
};

struct story {
    const char *path;
    int line;
    struct world world;
    struct memory *memory;
    struct actor actors[PEOPLE];
    size_t actor_count;
    struct name names[NAMES];
    size_t name_count;
    struct exchange last; /* what was answered last */
    struct other other;   /* process, when there is one */
    bool own_call;        /* the last request was answered by this process */
    bool own_settle;      /* ... the last round of what is due was its */
    struct pages pages;   /* another host, when there is one */
};

/* ---- saying what is wrong ---- */

__attribute__((format(printf, 2, 3))) _Noreturn static void fail(const struct story *story,
                                                                 const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "%s:%d: ", story->path, story->line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    struct text body = story->last.body; /* of a page, what comes after its menus */
    const char *main_part = body.data ? memmem(body.data, body.size, "<main", 5) : NULL;
    if (main_part)
        body = (struct text){main_part, body.size - (size_t)(main_part - body.data)};
    fprintf(stderr, "\nlast answer: %d %.*s\n%.*s\n", story->last.status,
            TEXT_ARGS(story->last.location), (int)(body.size < 3000 ? body.size : 3000),
            body.data ? body.data : "");
    exit(1);
}

static void must(const struct story *story, const struct problem *problem, const char *what)
{
    if (problem)
        fail(story, "%s: %s", what, problem->name);
}

/* ---- words of a line ---- */

static char *need(struct story *story, char **line, const char *what)
{
    char *found = word(line);
    if (!found)
        fail(story, "%s is missing", what);
    return found;
}

static struct actor *actor_named(struct story *story, const char *name)
{
    for (size_t i = 0; i < story->actor_count; i++) {
        if (strcmp(story->actors[i].name, name) == 0)
            return &story->actors[i];
    }
    return NULL;
}

/* Puts a kept value or somebody's id in the place of {name}, a thousand letters in that of {a*1000}. */
static void fill_in(struct story *story, const char *inside, int size, struct builder *out)
{
    if (size > 2 && inside[1] == '*') {
        for (int64_t left = atoll(inside + 2); left > 0; left--)
            builder_add_char(out, *inside);
        return;
    }
    const struct name *found = NULL;
    for (size_t i = 0; i < story->name_count; i++) {
        const struct name *name = &story->names[i];
        if (strncmp(name->name, inside, (size_t)size) == 0 && name->name[size] == '\0')
            found = name;
    }
    char id[ID_TEXT_MAX];
    const struct actor *actor =
        actor_named(story, text_c(story->memory, (struct text){inside, (size_t)size}));
    if (!found && !actor)
        fail(story, "nothing is kept as %.*s", size, inside);
    if (!found)
        id_write(id, "pty", actor->id.value);
    builder_add_c(out, found ? found->value : id);
}

/* A word with all that braces stand for, and with the bytes that \xFF stands for. */
static struct text filled(struct story *story, const char *raw)
{
    struct builder out = builder_make(story->memory, FILLED);
    for (const char *at = raw; *at; at++) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        unsigned int byte;
        if (end) {
            fill_in(story, at + 1, (int)(end - at - 1), &out);
            at = end;
        } else if (sscanf(at, "\\x%2x", &byte) == 1) {
            builder_add_char(&out, (char)byte);
            at += 3;
        } else {
            builder_add_char(&out, *at);
        }
    }
    struct text text;
    must(story, builder_end(&out, &text), "a line too long");
    return text;
}

static const char *need_filled(struct story *story, char **line, const char *what)
{
    return text_c(story->memory, filled(story, need(story, line, what)));
}

static void keep(struct story *story, const char *name, const char *value, size_t size)
{
    if (story->name_count == NAMES || size >= sizeof story->names[0].value)
        fail(story, "%s can't be kept", name);
    struct name *kept = &story->names[story->name_count++];
    snprintf(kept->name, sizeof kept->name, "%s", name);
    snprintf(kept->value, size + 1, "%s", value);
}

static struct actor *need_actor(struct story *story, const char *name)
{
    struct actor *actor = actor_named(story, name);
    if (!actor)
        fail(story, "nobody is called %s", name);
    return actor;
}

static struct money need_money(struct story *story, const char *amount)
{
    struct money money = {0};
    struct currency euro = {"EUR"};
    struct text typed = text_of(*amount == '-' ? amount + 1 : amount);
    if (!money_parse(typed, euro, &money))
        fail(story, "%s is no amount", amount);
    money.minor = *amount == '-' ? -money.minor : money.minor;
    return money;
}

/* ---- who there is ---- */

static void add_actor(struct story *story, const char *name, struct party_id id, bool signed_in)
{
    if (story->actor_count == PEOPLE)
        fail(story, "too many people");
    struct actor *actor = &story->actors[story->actor_count++];
    snprintf(actor->name, sizeof actor->name, "%s", name);
    actor->id = id;
    if (signed_in)
        must(story,
             login_session(story->world.store, story->memory, id, clock_now(), &actor->session),
             "a session");
}

/* Whom a stranger, who came along without a session, turned out to be once they signed up. */
static void recognise(struct story *story, struct actor *actor)
{
    struct party_row row;
    struct text mail = text_format(story->memory, "%s@example.org", actor->name);
    if (!actor->id.value && !party_by_mail(story->world.reader, story->memory, mail, &row))
        actor->id = row.id;
}

static void do_person(struct story *story, char *line, bool operator_)
{
    const char *name = need(story, &line, "a name");
    const char *full = word(&line);
    struct party_id id;
    struct text mail = text_format(story->memory, "%s@example.org", name);
    must(story,
         login_sign_up(story->world.store, story->memory, text_of(full ? full : name), mail,
                       text_of(""), LANGUAGE_EN, operator_, clock_now(), &id),
         "signing up");
    add_actor(story, name, id, true);
}

/* business NAME "Full name" of OWNER with AMOUNT EUR */
static void do_business(struct story *story, char *line)
{
    const char *name = need(story, &line, "a name");
    const char *full = need(story, &line, "a full name");
    need(story, &line, "of");
    struct actor *owner = need_actor(story, need(story, &line, "an owner"));
    struct party_id id;
    must(story,
         party_found(story->world.store, story->memory, text_of(full), text_of("Bonn"), owner->id,
                     clock_now(), &id),
         "founding");
    add_actor(story, name, id, false);
    if (word(&line)) {
        struct payment_id payment;
        struct money amount = need_money(story, need(story, &line, "an amount"));
        must(story,
             payment_begin(story->world.store, story->memory, &rail_test, id, owner->id, amount,
                           text_of(""), clock_now(), &payment),
             "paying in");
    }
    owner->acts_for = id;
    must(story, session_act(story->world.store, story->memory, owner->session, id),
         "acting for it");
}

/* Again, as nobody stays signed in for more than 30 days. */
static void do_signs(struct story *story, struct actor *actor)
{
    must(story,
         login_session(story->world.store, story->memory, actor->id, clock_now(), &actor->session),
         "a session");
    if (actor->acts_for.value)
        must(story, session_act(story->world.store, story->memory, actor->session, actor->acts_for),
             "acting for it");
}

/* comes as AGENT: what their browser says it is from now on. */
static void do_comes(struct story *story, struct actor *actor, char *line)
{
    need(story, &line, "as");
    actor->agent = filled(story, need(story, &line, "what their browser says"));
}

/* ---- what they do ---- */

/* Whether the other process does what comes now: every second thing. */
static bool is_others(const struct story *story, bool *turn)
{
    *turn = !*turn;
    return story->other.process && !*turn;
}

static void ask_other(struct story *story, enum other_what what, bool json,
                      const struct text in[OTHER_TEXTS], struct exchange *out)
{
    const char *problem = other_ask(&story->other, story->memory, what, json, in, out);
    if (problem)
        fail(story, "the other process: %s", problem);
}

static void settle(struct story *story)
{
    static const struct text nothing[OTHER_TEXTS];
    struct exchange none;
    if (is_others(story, &story->own_settle))
        ask_other(story, OTHER_SETTLE, false, nothing, &none);
    else
        must(story, world_settle(&story->world), "what was due");
}

/* To the page for the password; the one for the code keeps its half of a session. */
static bool leads_to_sign_in(const struct story *story)
{
    struct text location = story->last.location;
    return text_starts(location, "/sign-in") && !text_starts(location, "/sign-in/code");
}

static void call(struct story *story, struct actor *actor, const char *method, const char *target,
                 struct text body, bool json)
{
    struct text secret = actor ? actor->session : text_of("");
    struct text agent = actor && actor->agent.size ? actor->agent : text_of(BROWSER);
    body = record_body(story->memory, method, body);
    const struct text in[OTHER_TEXTS] = {text_of(method), text_of(target), secret, body, agent};
    const struct call asked = {method, in[1], secret, agent, json, body};
    if (is_others(story, &story->own_call))
        ask_other(story, OTHER_CALL, json, in, &story->last);
    else
        must(story, server_take(story->world.server, story->memory, &asked, &story->last), target);
    if (!story->other.process)
        must(story,
             record(story->world.server, story->memory, method, target, secret, body, &story->last),
             "a record");
    if (actor && story->last.session.size) {
        actor->session = story->last.session;
        recognise(story, actor);
    }
    /* A session that is over does not come back: the page to sign in is for somebody unknown. */
    if (actor && leads_to_sign_in(story))
        actor->session = text_of("");
    if (strcmp(method, "GET") != 0)
        settle(story);
}

/* opens PATH: a page that must be there; what it shows is then asked with `sees`. */
static void do_opens(struct story *story, struct actor *actor, char *line, bool json)
{
    const char *path = need_filled(story, &line, "a path");
    const char *status = word(&line);
    call(story, actor, "GET", path, text_of(""), json);
    int wanted = status ? atoi(status) : 200;
    if (story->last.status != wanted)
        fail(story, "%s answered %d instead of %d", path, story->last.status, wanted);
}

/* downloads PATH TYPE: what is no page. */
static void do_downloads(struct story *story, struct actor *actor, char *line)
{
    const char *path = need_filled(story, &line, "a path");
    const char *type = need(story, &line, "a type");
    call(story, actor, "GET", path, text_of(""), false);
    if (story->last.status != 200 || !text_starts(story->last.type, type))
        fail(story, "%s answered %d with %.*s", path, story->last.status,
             TEXT_ARGS(story->last.type));
}

/* follows: goes where the last answer led; the place on the page is not sent. */
static void do_follows(struct story *story, struct actor *actor)
{
    struct text rest = story->last.location;
    struct text page = {0};
    (void)text_split(&rest, '#', &page);
    const char *where = text_c(story->memory, page);
    if (!*where)
        fail(story, "the last answer led nowhere");
    call(story, actor, "GET", where, text_of(""), false);
    if (story->last.status != 200)
        fail(story, "%s answered %d", where, story->last.status);
}

/* reads "SUBJECT": the newest mail of that subject to this person becomes what they see. */
static void do_reads(struct story *story, const struct actor *actor, char *line)
{
    const char *subject = need_filled(story, &line, "a subject");
    struct text address = text_format(story->memory, "%s@example.org", actor->name);
    struct mail_row_list mails;
    struct mail_row mail;
    must(story,
         mails_before(story->world.reader, story->memory, (struct mail_id){INT64_MAX}, &mails),
         "the mails");
    for (size_t i = 0; i < mails.count; i++) {
        const struct mail_row *found = &mails.items[i];
        if (!text_equal(found->recipient, address) || !text_is(found->subject, subject))
            continue;
        must(story, mail_by_id(story->world.reader, story->memory, found->id, &mail), "the mail");
        story->last = (struct exchange){.status = 200, .body = mail.body};
        return;
    }
    fail(story, "%s got no mail about \"%s\"", actor->name, subject);
}

/* posts PATH key=value ... [-> STATUS]: a form; without a status it must redirect, not to sign in. */
static void do_posts(struct story *story, struct actor *actor, char *line)
{
    const char *path = need_filled(story, &line, "a path");
    struct builder body = builder_make(story->memory, FILLED);
    int wanted = 0;
    for (char *pair; (pair = word(&line)) != NULL;) {
        if (strcmp(pair, "->") == 0) {
            wanted = atoi(need(story, &line, "a status"));
            continue;
        }
        char *value = strchr(pair, '=');
        if (!value)
            fail(story, "%s has no value", pair);
        *value++ = '\0';
        builder_add_c(&body, body.size ? "&" : "");
        builder_add_url(&body, text_of(pair));
        builder_add_char(&body, '=');
        builder_add_url(&body, filled(story, value));
    }
    struct text form;
    must(story, builder_end(&body, &form), "a form too long");
    call(story, actor, "POST", path, form, false);
    bool done = story->last.status == 303 && !leads_to_sign_in(story);
    if (wanted ? story->last.status != wanted : !done)
        fail(story, "%s answered %d instead of %d", path, story->last.status,
             wanted ? wanted : 303);
}

/* tells PATH {JSON}: by their own program; to the end of the line, as it stands. */
static void do_tells(struct story *story, struct actor *actor, char *line)
{
    const char *path = need_filled(story, &line, "a path");
    call(story, actor, "POST", path, text_of(line + strspn(line, " ")), true);
    if (story->last.status != 200)
        fail(story, "%s answered %d with %.*s", path, story->last.status,
             TEXT_ARGS(story->last.body));
}

static const char *made_path(struct story *story, const char *file)
{
    return text_c(story->memory,
                  text_format(story->memory, "%.*s/made-%s", TEXT_ARGS(story->world.data), file));
}

/* file NAME PART...: made for the story of files (/path, or /path:100 for its first hundred bytes) and
 * of words. */
static void do_file(struct story *story, char *line)
{
    const char *name = need(story, &line, "a name");
    FILE *out = fopen(made_path(story, name), "we");
    for (char *part; out && (part = word(&line)) != NULL;) {
        char *limit = *part == '/' ? strchr(part, ':') : NULL;
        struct text text = filled(story, part);
        if (limit)
            *limit++ = '\0';
        if (*part == '/')
            add_file(part, out, limit ? (size_t)atoll(limit) : 0);
        else
            fwrite(text.data, 1, text.size, out);
    }
    if (!out || fclose(out) != 0)
        fail(story, "%s can't be made", name);
}

/* page NAME WORDS: another host shows them from now on at {pages}/NAME; without words there is no such page. */
static void do_page(struct story *story, char *line)
{
    const char *name = need(story, &line, "a name");
    const char *words = word(&line);
    char address[64];
    if (!story->pages.port && !pages_begin(&story->pages, text_c(story->memory, story->world.data)))
        fail(story, "there is no other host");
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d", story->pages.port);
    keep(story, "pages", address, strlen(address));
    const char *path = text_c(story->memory, text_format(story->memory, "%.*s/page-%s",
                                                         TEXT_ARGS(story->world.data), name));
    (void)unlink(path);
    FILE *out = words ? fopen(path, "we") : NULL;
    struct text text = filled(story, words ? words : "");
    if (out)
        fwrite(text.data, 1, text.size, out);
    if (words && (!out || fclose(out) != 0))
        fail(story, "%s can't be made", name);
}

/* sends FILE [as NAME]: a file arrives as from the page and is looked at; the photograph that it
 * became is kept. */
static void do_sends(struct story *story, struct actor *actor, char *line)
{
    const char *file = need(story, &line, "a file");
    const char *kept = word(&line) ? need(story, &line, "a name") : NULL;
    const char *name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    struct text copy =
        text_format(story->memory, "%.*s/tmp/%s", TEXT_ARGS(story->world.data), name);
    FILE *out = fopen(copy.data, "we");
    if (out)
        add_file(*file == '/' ? file : made_path(story, file), out, 0);
    int64_t size = out ? (int64_t)ftell(out) : 0;
    if (!out || fclose(out) != 0)
        fail(story, "%s can't be copied", file);
    struct stock_arrival_id arrival;
    struct stock_arrival_row row;
    must(story,
         stock_arrive(story->world.store, story->memory, actor->id, copy, text_of(name), size,
                      clock_now(), &arrival),
         file);
    settle(story);
    must(story, stock_arrival_by_id(story->world.reader, story->memory, arrival, &row), "the file");
    if (kept && !row.photo.present)
        fail(story, "%s was not kept: %.*s", file, TEXT_ARGS(row.problem));
    char id[ID_TEXT_MAX];
    id_write(id, "pho", row.photo.value.value);
    if (kept)
        keep(story, kept, id, strlen(id));
}

static bool holds(struct text body, const char *wanted)
{
    return body.data && memmem(body.data, body.size, wanted, strlen(wanted)) != NULL;
}

static void do_sees(struct story *story, char *line, bool wanted)
{
    char *raw = quoted(line);
    if (!raw || !*raw)
        fail(story, "sees needs something in quotes");
    const char *what = text_c(story->memory, filled(story, raw));
    bool found =
        holds(story->last.body, what) || holds(read_page(story->memory, story->last.body), what);
    if (found != wanted)
        fail(story, wanted ? "\"%s\" is not to be seen" : "\"%s\" is to be seen", what);
}

/* keeps NAME PREFIX: the first id of that kind in the last answer or where it led; a prefix that is a
 * path (/download/) keeps all of an address. */
static void do_keeps(struct story *story, char *line)
{
    const char *name = need(story, &line, "a name");
    const char *prefix = need(story, &line, "a prefix");
    struct text where[] = {story->last.location, story->last.body};
    for (size_t i = 0; i < 2; i++) {
        const char *found =
            where[i].data ? memmem(where[i].data, where[i].size, prefix, strlen(prefix)) : NULL;
        if (!found)
            continue;
        bool whole = *prefix == '/' || prefix[strlen(prefix) - 1] == '-';
        size_t size = whole ? strcspn(found, " \n\"<") : strlen(prefix) + 13;
        keep(story, name, found, size);
        return;
    }
    fail(story, "there is no %s in the last answer", prefix);
}

/* ---- the app on their phone ---- */

/* scans: the app learns the secret of the last answer, "otpauth://...secret=". */
static void do_scans(struct story *story, struct actor *actor)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    static const char mark[] = "secret=";
    struct text body = story->last.body;
    const char *at = body.data ? memmem(body.data, body.size, mark, sizeof mark - 1) : NULL;
    if (!at || at + sizeof mark + OTP_BASE32 > body.data + body.size)
        fail(story, "there is no secret in the last answer");
    memset(actor->app, 0, sizeof actor->app);
    for (size_t bit = 0; bit < 8 * OTP_SECRET; bit++) {
        const char *letter = strchr(letters, at[sizeof mark - 1 + bit / 5]);
        if (letter && ((letter - letters) >> (4 - bit % 5) & 1))
            actor->app[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
    }
}

/* takes code: the app's code of this moment is {code} from now on. */
static void do_takes(struct story *story, const struct actor *actor)
{
    char code[16];
    int size = snprintf(code, sizeof code, "%06u",
                        otp_code(actor->app, otp_step(clock_now()), OTP_DIGITS));
    keep(story, "code", code, (size_t)size);
}

/* ---- the books ---- */

/* books NAME wallet|earnings is AMOUNT [held AMOUNT] */
static void do_books(struct story *story, char *line)
{
    const char *name = need(story, &line, "whose");
    const char *purpose = need(story, &line, "an account");
    struct party_id party = {0};
    if (strcmp(name, "platform") != 0)
        party = need_actor(story, name)->id;
    int value = words_value(&account_purpose_words, text_of(purpose));
    if (!value)
        fail(story, "there is no account %s", purpose);
    need(story, &line, "is");
    struct money wanted = need_money(story, need(story, &line, "an amount"));
    struct money held = {0};
    if (word(&line))
        held = need_money(story, need(story, &line, "an amount"));
    struct ledger_balance balance;
    must(story,
         ledger_balance(story->world.reader, story->memory, party, (enum account_purpose)value,
                        wanted.currency, &balance),
         "the balance");
    if (balance.balance.minor != wanted.minor || balance.held.minor != held.minor)
        fail(story, "%s %s is %lld, held %lld", name, purpose, (long long)balance.balance.minor,
             (long long)balance.held.minor);
}

/* recorded EVENT by NAME N times */
/* What `contraflow verify` says of the last answer. */
static void do_checks(struct story *story, char *line)
{
    const char *wanted = need(story, &line, "a verdict");
    struct sign_report report;
    struct bytes file = {(const unsigned char *)story->last.body.data, story->last.body.size};
    must(story, sign_verify(story->memory, file, text_of(""), &report), "the file");
    for (size_t i = 0; i < sign_verdict_words.count; i++) {
        const struct word *word = &sign_verdict_words.items[i];
        if (word->value == (int)report.verdict && strcmp(word->name, wanted) != 0)
            fail(story, "the file is %s", word->name);
    }
}

static void do_closed(struct story *story, char *line)
{
    struct instant at;
    struct ledger_day_row day;
    const char *date = need(story, &line, "a day");
    need(story, &line, "with");
    int wanted = atoi(need(story, &line, "how many postings"));
    if (!instant_parse(text_of(date), &at))
        fail(story, "%s is no day", date);
    must(story, ledger_day_find(story->world.reader, story->memory, at.ms / DAY, &day), "the day");
    if (day.postings != wanted)
        fail(story, "%s was closed with %lld postings", date, (long long)day.postings);
}

static void do_recorded(struct story *story, char *line)
{
    const char *event = need(story, &line, "an event");
    need(story, &line, "by");
    struct party_id party = need_actor(story, need(story, &line, "whose"))->id;
    int wanted = atoi(need(story, &line, "how often"));
    int found = 0;
    struct event_list events;
    if (getenv("STORY_RECORD"))
        return; /* who asked twice looked twice */
    must(story, event_await(story->world.reader, story->memory, NULL), "the events to be readable");
    must(story,
         events_after(story->world.reader, story->memory, 0, (struct event_id){0}, 10000, &events),
         "the events");
    for (size_t i = 0; i < events.count; i++)
        found += text_is(events.items[i].name, event) && events.items[i].party.value == party.value;
    if (found != wanted)
        fail(story, "%s is recorded %d times", event, found);
}

static void hear(void *context, const char *line)
{
    (void)context;
    fprintf(stderr, "audit: %s\n", line);
}

static void audit(struct story *story)
{
    struct ledger_audit_listener listener = {NULL, hear};
    int64_t all = 0;
    must(story, ledger_audit(story->world.reader, story->memory, &listener, &all), "the audit");
    for (const struct module *const *part = module_all(); *part; part++) {
        int64_t found = 0;
        if ((*part)->audit)
            must(story, (*part)->audit(story->world.reader, story->memory, &listener, &found),
                 "the audit");
        all += found;
    }
    if (all)
        fail(story, "%lld discrepancies", (long long)all);
}

/* ---- the story ---- */

/* at 2026-06-01T09:00:00Z | later 8 days | later 2 hours */
static void do_time(struct story *story, char *line, bool later)
{
    struct instant at;
    const char *what = need(story, &line, "a time");
    if (later) {
        const char *unit = need(story, &line, "a unit");
        int64_t length = strncmp(unit, "day", 3) == 0    ? DAY
                         : strncmp(unit, "hour", 4) == 0 ? HOUR
                                                         : MINUTE;
        at = instant_add(clock_now(), atoll(what) * length);
    } else if (!instant_parse(text_of(what), &at)) {
        fail(story, "%s is no time", what);
    }
    clock_set(at);
    if (later)
        settle(story);
}

/* setting NAME VALUE: as if the program had been started again with it. */
static void do_setting(struct story *story, char *line)
{
    struct text complaint = {0};
    struct exchange none;
    const struct text in[OTHER_TEXTS] = {text_of(need(story, &line, "a setting")),
                                         text_of(need(story, &line, "its value"))};
    if (settings_set(story->memory, in[0], in[1], &complaint))
        fail(story, "%.*s", TEXT_ARGS(complaint));
    if (story->other.process)
        ask_other(story, OTHER_SETTING, false, in, &none);
}

/* photo NAME FILE by AUTHOR checked by OPERATOR title=... : sent, described and accepted. */
static void do_photo(struct story *story, char *line)
{
    const char *name = need(story, &line, "a name");
    const char *file = need(story, &line, "a file");
    need(story, &line, "by");
    struct actor *author = need_actor(story, need(story, &line, "an author"));
    need(story, &line, "checked");
    need(story, &line, "by");
    struct actor *operator_ = need_actor(story, need(story, &line, "an operator"));
    char *steps[3] = {0};
    int made = asprintf(&steps[0], "%s as %s", file, name) +
               asprintf(&steps[1], "/me/offers/{%s}/submit %s", name, line) +
               asprintf(&steps[2], "/desk/photos/{%s}/accept", name);
    if (made < 3)
        fail(story, "no memory");
    do_sends(story, author, steps[0]);
    do_posts(story, author, steps[1]);
    do_posts(story, operator_, steps[2]);
    for (size_t i = 0; i < 3; i++)
        free(steps[i]);
}

static void do_actor(struct story *story, struct actor *actor, char *line)
{
    const char *verb = need(story, &line, "a verb");
    if (strcmp(verb, "opens") == 0)
        do_opens(story, actor, line, false);
    else if (strcmp(verb, "asks") == 0)
        do_opens(story, actor, line, true);
    else if (strcmp(verb, "posts") == 0)
        do_posts(story, actor, line);
    else if (strcmp(verb, "tells") == 0)
        do_tells(story, actor, line);
    else if (actor && strcmp(verb, "sends") == 0)
        do_sends(story, actor, line);
    else if (strcmp(verb, "downloads") == 0)
        do_downloads(story, actor, line);
    else if (strcmp(verb, "follows") == 0)
        do_follows(story, actor);
    else if (actor && strcmp(verb, "reads") == 0)
        do_reads(story, actor, line);
    else if (strcmp(verb, "sees") == 0)
        do_sees(story, line, true);
    else if (strcmp(verb, "misses") == 0)
        do_sees(story, line, false);
    else if (actor && strcmp(verb, "signs") == 0)
        do_signs(story, actor);
    else if (actor && strcmp(verb, "comes") == 0)
        do_comes(story, actor, line);
    else if (actor && strcmp(verb, "scans") == 0)
        do_scans(story, actor);
    else if (actor && strcmp(verb, "takes") == 0)
        do_takes(story, actor);
    else if (strcmp(verb, "checks") == 0)
        do_checks(story, line);
    else if (strcmp(verb, "keeps") == 0)
        do_keeps(story, line);
    else
        fail(story, "nobody can %s", verb);
}

static void do_line(struct story *story, char *line)
{
    const char *first = word(&line);
    if (!first || *first == '#')
        return;
    if (strcmp(first, "at") == 0)
        do_time(story, line, false);
    else if (strcmp(first, "later") == 0)
        do_time(story, line, true);
    else if (strcmp(first, "person") == 0)
        do_person(story, line, false);
    else if (strcmp(first, "operator") == 0)
        do_person(story, line, true);
    else if (strcmp(first, "business") == 0)
        do_business(story, line);
    else if (strcmp(first, "stranger") == 0)
        add_actor(story, need(story, &line, "a name"), (struct party_id){0}, false);
    else if (strcmp(first, "photo") == 0)
        do_photo(story, line);
    else if (strcmp(first, "file") == 0)
        do_file(story, line);
    else if (strcmp(first, "page") == 0)
        do_page(story, line);
    else if (strcmp(first, "setting") == 0)
        do_setting(story, line);
    else if (strcmp(first, "books") == 0)
        do_books(story, line);
    else if (strcmp(first, "closed") == 0)
        do_closed(story, line);
    else if (strcmp(first, "recorded") == 0)
        do_recorded(story, line);
    else if (strcmp(first, "somebody") == 0)
        do_actor(story, NULL, line);
    else
        do_actor(story, need_actor(story, first), line);
}

/* The whole life of the process that runs one story. */
static int run_story(const char *path, const char *folder, const char *database, bool two)
{
    struct story story = {.path = path, .memory = memory_create(512 << 20)};
    struct text complaint = {0};
    char line[LINE];
    setenv("CONTRAFLOW_PAY_TEST_RAIL", "on", 1);
    setenv("CONTRAFLOW_WEB_RATE_LIMITS", "off", 1);
    setenv("CONTRAFLOW_PAY_DEBTOR_NAME", "Contraflow of the stories", 1);
    setenv("CONTRAFLOW_PAY_DEBTOR_IBAN", "DE89370400440532013000", 1);
    if (database)
        setenv("CONTRAFLOW_DATABASE", database, 1);
    words_be_strict();
    clock_set((struct instant){INT64_C(1780000000000)});
    /* Both open at once: they agree on the schema, the keys and their numbers. */
    if (two && !other_begin(&story.other, folder))
        fail(&story, "no other process");
    const struct problem *problem = world_settings(story.memory, text_of(folder), &complaint);
    if (!problem)
        problem = world_open(story.memory, text_of(folder), &story.world, &complaint);
    if (!problem)
        problem = world_serve(&story.world, -1, &complaint);
    if (problem)
        fail(&story, "the world does not open: %.*s", TEXT_ARGS(complaint));
    if (two && !other_ready(&story.other))
        fail(&story, "the other world does not open");
    FILE *in = fopen(path, "re");
    while (in && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        story.line++;
        do_line(&story, line);
    }
    settle(&story);
    audit(&story);
    if (two && !other_end(&story.other))
        fail(&story, "the other process failed");
    if (in)
        fclose(in);
    world_close(&story.world);
    return in ? 0 : 1;
}

static int count_failed;

static void tell_story(const char *path, const char *engine, const char *database, bool two)
{
    char folder[] = "/tmp/contraflow-story-XXXXXX";
    const char *name = strrchr(path, '/') + 1;
    if (!mkdtemp(folder)) {
        printf("not ok %s on %s: no folder\n", name, engine);
        count_failed++;
        return;
    }
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        exit(run_story(path, folder, database, two));
    int status = 0;
    waitpid(child, &status, 0);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        printf("# %s stays\n", folder);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    if (code == 77)
        printf("ok %s on %s # SKIP a picture it needs is not installed\n", name, engine);
    else
        printf("%s %s on %s\n", code ? "not ok" : "ok", name, engine);
    count_failed += code && code != 77 ? 1 : 0;
    fflush(stdout);
}

static void on_postgresql(const char *path, const char *url, int number, bool two)
{
    char schema[64];
    char command[160];
    char with[1000];
    snprintf(schema, sizeof schema, "story_%d_%d", (int)getpid(), number);
    snprintf(with, sizeof with, "%s%coptions=-csearch_path%%3D%s", url,
             strchr(url, '?') ? '&' : '?', schema);
    PGconn *connection = PQconnectdb(url);
    snprintf(command, sizeof command, "CREATE SCHEMA %s", schema);
    PQclear(PQexec(connection, command));
    tell_story(path, two ? "two PostgreSQL processes" : "PostgreSQL", with, two);
    snprintf(command, sizeof command, "SET client_min_messages = warning; DROP SCHEMA %s CASCADE",
             schema);
    PQclear(PQexec(connection, command));
    PQfinish(connection);
}

static int is_story(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".story") == 0;
}

/* Tells the stories of one folder whose path contains `only`; returns how many there were. */
static int tell_folder(const char *folder, const char *only)
{
    static int number;
    const char *url = getenv("TEST_POSTGRESQL");
    struct dirent **entries = NULL;
    int told = 0;
    int count = scandir(folder, &entries, is_story, alphasort);
    for (int i = 0; i < count; i++) {
        char path[500];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (strstr(path, only)) {
            tell_story(path, "SQLite", NULL, false);
            for (int two = 0; two < 2 && url; two++)
                on_postgresql(path, url, number++, two == 1);
            if (!url)
                printf("ok %s on PostgreSQL # SKIP TEST_POSTGRESQL names no server\n",
                       entries[i]->d_name);
            told++;
        }
        free(entries[i]);
    }
    free(entries);
    return told;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "media-child") == 0)
        return media_child_main(MEDIA_CHILD_SOCKET);
    const char *only = argc > 1 ? argv[1] : "";
    int told = tell_folder("tests/scenarios", only);
    for (const struct module *const *module = modules; *module; module++) {
        char folder[200];
        snprintf(folder, sizeof folder, "src/modules/%s/stories", (*module)->name);
        told += tell_folder(folder, only);
    }
    if (told == 0)
        printf("not ok no stories\n");
    return told == 0 || count_failed ? 1 : 0;
}
