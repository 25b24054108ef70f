/*
 * Runs the stories of tests/scenarios/: who does what, what they see, what the books say.
 *
 * Each story is a text file; each runs in a process and a world of its own, with the clock set, once on
 * SQLite and once on PostgreSQL (TEST_POSTGRESQL). What people do goes through the same router, forms
 * and roles as over a socket. Each ends with the audit. Grammar: tests/scenarios/README.md.
 */
#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/settings.h"
#include "core/party.h"
#include "core/pay.h"
#include "core/session.h"
#include "ledger/ledger.shapes.h"
#include "modules/stock/stock.h"
#include "modules/world.h"

enum { PEOPLE = 16, NAMES = 64, LINE = 4000 };

struct actor {
    char name[40];
    struct party_id id;
    struct text session;
    bool organisation;
};

struct name {
    char name[40];
    char value[64];
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
    fprintf(stderr, "\nlast answer: %d %.*s\n%.*s\n", story->last.status,
            TEXT_ARGS(story->last.location),
            (int)(story->last.body.size < 3000 ? story->last.body.size : 3000),
            story->last.body.data ? story->last.body.data : "");
    exit(1);
}

static void must(const struct story *story, const struct problem *problem, const char *what)
{
    if (problem)
        fail(story, "%s: %s", what, problem->name);
}

/* ---- words of a line ---- */

/* Takes the next word off the line: up to a blank, or what stands in quotes. NULL at the end. */
static char *word(char **line)
{
    while (**line == ' ')
        (*line)++;
    if (**line == '\0')
        return NULL;
    char end = **line == '"' ? '"' : ' ';
    char *start = end == '"' ? ++*line : *line;
    /* key="two words" is one word too. */
    char *out = start;
    while (**line != '\0' && **line != end) {
        if (end == ' ' && **line == '"') {
            for ((*line)++; **line != '\0' && **line != '"'; (*line)++)
                *out++ = **line;
            if (**line != '\0')
                (*line)++;
            continue;
        }
        *out++ = *(*line)++;
    }
    if (**line != '\0')
        (*line)++;
    *out = '\0';
    return start;
}

static char *need(struct story *story, char **line, const char *what)
{
    char *found = word(line);
    if (!found)
        fail(story, "%s is missing", what);
    return found;
}

/* Puts kept values in the place of {name}. */
static const char *filled(struct story *story, const char *raw)
{
    struct builder out = builder_make(story->memory, 64 << 10);
    for (const char *at = raw; *at; at++) {
        const char *end = *at == '{' ? strchr(at, '}') : NULL;
        if (!end) {
            builder_add_char(&out, *at);
            continue;
        }
        const struct name *found = NULL;
        for (size_t i = 0; i < story->name_count; i++) {
            const struct name *name = &story->names[i];
            if (strncmp(name->name, at + 1, (size_t)(end - at - 1)) == 0 &&
                name->name[end - at - 1] == '\0')
                found = name;
        }
        if (!found)
            fail(story, "nothing is kept as %.*s", (int)(end - at - 1), at + 1);
        builder_add_c(&out, found->value);
        at = end;
    }
    struct text text;
    must(story, builder_end(&out, &text), "a line too long");
    return text_c(story->memory, text);
}

static struct actor *actor_named(struct story *story, const char *name)
{
    for (size_t i = 0; i < story->actor_count; i++) {
        if (strcmp(story->actors[i].name, name) == 0)
            return &story->actors[i];
    }
    return NULL;
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

static void add_actor(struct story *story, const char *name, struct party_id id, bool organisation)
{
    if (story->actor_count == PEOPLE)
        fail(story, "too many people");
    struct actor *actor = &story->actors[story->actor_count++];
    snprintf(actor->name, sizeof actor->name, "%s", name);
    actor->id = id;
    actor->organisation = organisation;
    if (!organisation)
        must(story,
             party_session(story->world.store, story->memory, id, clock_now(), &actor->session),
             "a session");
}

static void do_person(struct story *story, char *line, bool operator_)
{
    const char *name = need(story, &line, "a name");
    const char *full = word(&line);
    struct party_id id;
    struct text mail = text_format(story->memory, "%s@example.org", name);
    must(story,
         party_sign_up(story->world.store, story->memory, text_of(full ? full : name), mail,
                       text_of(""), LANGUAGE_EN, operator_, clock_now(), &id),
         "signing up");
    add_actor(story, name, id, false);
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
    add_actor(story, name, id, true);
    if (word(&line)) {
        struct payment_id payment;
        struct money amount = need_money(story, need(story, &line, "an amount"));
        must(story,
             payment_begin(story->world.store, story->memory, &rail_test, id, owner->id, amount,
                           text_of(""), clock_now(), &payment),
             "paying in");
    }
    must(story, session_act(story->world.store, story->memory, owner->session, id),
         "acting for it");
}

/* ---- what they do ---- */

static void settle(struct story *story)
{
    must(story, world_settle(&story->world), "what was due");
}

static void call(struct story *story, struct actor *actor, const char *method, const char *target,
                 struct text body, bool json)
{
    struct text secret = actor ? actor->session : text_of("");
    must(story,
         server_call(story->world.server, story->memory, method, text_of(target), secret, json,
                     body, &story->last),
         target);
    if (actor && story->last.session.size)
        actor->session = story->last.session;
    if (strcmp(method, "GET") != 0)
        settle(story);
}

/* opens PATH: a page that must be there; what it shows is then asked with `sees`. */
static void do_opens(struct story *story, struct actor *actor, char *line, bool json)
{
    const char *path = filled(story, need(story, &line, "a path"));
    const char *status = word(&line);
    call(story, actor, "GET", path, text_of(""), json);
    int wanted = status ? atoi(status) : 200;
    if (story->last.status != wanted)
        fail(story, "%s answered %d instead of %d", path, story->last.status, wanted);
}

/* posts PATH key=value ... [-> STATUS]: a form; without a status it must redirect. */
static void do_posts(struct story *story, struct actor *actor, char *line)
{
    const char *path = filled(story, need(story, &line, "a path"));
    struct builder body = builder_make(story->memory, 64 << 10);
    int wanted = 303;
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
        builder_add_url(&body, text_of(filled(story, value)));
    }
    struct text form;
    must(story, builder_end(&body, &form), "a form too long");
    call(story, actor, "POST", path, form, false);
    if (story->last.status != wanted)
        fail(story, "%s answered %d instead of %d", path, story->last.status, wanted);
}

/* sends FILE: a file arrives as from the page and is looked at. */
static void do_sends(struct story *story, struct actor *actor, char *line)
{
    const char *file = need(story, &line, "a file");
    FILE *in = fopen(file, "re");
    char chunk[8192];
    if (!in) {
        printf("1..0 # SKIP %s is not there\n", file);
        exit(77);
    }
    const char *name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
    struct text copy =
        text_format(story->memory, "%.*s/tmp/%s", TEXT_ARGS(story->world.data), name);
    FILE *out = fopen(copy.data, "we");
    int64_t size = 0;
    for (size_t got; out && (got = fread(chunk, 1, sizeof chunk, in)) > 0; size += (int64_t)got)
        fwrite(chunk, 1, got, out);
    fclose(in);
    if (!out || fclose(out) != 0)
        fail(story, "%s can't be copied", file);
    struct stock_arrival_id arrival;
    must(story,
         stock_arrive(story->world.store, story->memory, actor->id, copy, text_of(name), size,
                      clock_now(), &arrival),
         file);
    settle(story);
}

static bool holds(struct text body, const char *wanted)
{
    return body.data && memmem(body.data, body.size, wanted, strlen(wanted)) != NULL;
}

/* Page text with its tags taken out and entities put back, so that stories read as people do. */
static struct text read_page(struct story *story)
{
    static const struct {
        const char *entity, *character;
    } entities[] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
                    {"&quot;", "\""}, {"&#39;", "'"}, {"\xc2\xa0", " "}};
    struct builder out = builder_make(story->memory, 4 << 20);
    bool tag = false;
    bool blank = false;
    struct text body = story->last.body;
    for (size_t i = 0; i < body.size; i++) {
        const char *at = &body.data[i];
        bool replaced = false;
        for (size_t e = 0; !tag && !replaced && e < sizeof entities / sizeof entities[0]; e++) {
            size_t size = strlen(entities[e].entity);
            if (i + size <= body.size && memcmp(at, entities[e].entity, size) == 0) {
                builder_add_c(&out, entities[e].character);
                i += size - 1;
                replaced = true;
            }
        }
        if (replaced) {
            blank = false;
            continue;
        }
        bool space = *at == '<' || *at == '\n' || *at == ' ' || *at == '\t';
        tag = *at == '<' || (tag && *at != '>');
        if (tag || *at == '>' || space) {
            if (!blank)
                builder_add_char(&out, ' ');
            blank = true;
        } else {
            builder_add_char(&out, *at);
            blank = false;
        }
    }
    struct text text;
    must(story, builder_end(&out, &text), "a page too long");
    return text;
}

static void do_sees(struct story *story, char *line, bool wanted)
{
    const char *what = filled(story, need(story, &line, "what is seen"));
    bool found = holds(read_page(story), what) || holds(story->last.body, what);
    if (found != wanted)
        fail(story, wanted ? "\"%s\" is not to be seen" : "\"%s\" is to be seen", what);
}

/* keeps NAME PREFIX: the first id of that kind in the last answer or where it led. */
static void do_keeps(struct story *story, char *line)
{
    const char *name = need(story, &line, "a name");
    const char *prefix = need(story, &line, "a prefix");
    struct text where[] = {story->last.location, story->last.body};
    for (size_t i = 0; i < 2; i++) {
        const char *found =
            where[i].data ? memmem(where[i].data, where[i].size, prefix, strlen(prefix)) : NULL;
        if (!found || story->name_count == NAMES)
            continue;
        struct name *kept = &story->names[story->name_count++];
        snprintf(kept->name, sizeof kept->name, "%s", name);
        snprintf(kept->value, strlen(prefix) + 14, "%s", found);
        return;
    }
    fail(story, "there is no %s in the last answer", prefix);
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

static void do_actor(struct story *story, struct actor *actor, char *line)
{
    const char *verb = need(story, &line, "a verb");
    if (strcmp(verb, "opens") == 0)
        do_opens(story, actor, line, false);
    else if (strcmp(verb, "asks") == 0)
        do_opens(story, actor, line, true);
    else if (strcmp(verb, "posts") == 0)
        do_posts(story, actor, line);
    else if (strcmp(verb, "sends") == 0)
        do_sends(story, actor, line);
    else if (strcmp(verb, "sees") == 0)
        do_sees(story, line, true);
    else if (strcmp(verb, "misses") == 0)
        do_sees(story, line, false);
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
    else if (strcmp(first, "books") == 0)
        do_books(story, line);
    else if (strcmp(first, "somebody") == 0)
        do_actor(story, NULL, line);
    else
        do_actor(story, need_actor(story, first), line);
}

/* The whole life of the process that runs one story. */
static int run_story(const char *path, const char *folder, const char *database)
{
    struct story story = {.path = path, .memory = memory_create(512 << 20)};
    struct text complaint = {0};
    char line[LINE];
    setenv("CONTRAFLOW_PAY_TEST_RAIL", "on", 1);
    setenv("CONTRAFLOW_WEB_RATE_LIMITS", "off", 1);
    if (database)
        setenv("CONTRAFLOW_DATABASE", database, 1);
    clock_set((struct instant){INT64_C(1780000000000)});
    const struct problem *problem = world_settings(story.memory, text_of(folder), &complaint);
    if (!problem)
        problem = world_open(story.memory, text_of(folder), &story.world, &complaint);
    if (!problem)
        problem = world_serve(&story.world, -1, &complaint);
    if (problem)
        fail(&story, "the world does not open: %.*s", TEXT_ARGS(complaint));
    FILE *in = fopen(path, "re");
    while (in && fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        story.line++;
        do_line(&story, line);
    }
    settle(&story);
    audit(&story);
    if (in)
        fclose(in);
    world_close(&story.world);
    return in ? 0 : 1;
}

static int count_failed;

static void tell_story(const char *path, const char *engine, const char *database)
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
        exit(run_story(path, folder, database));
    int status = 0;
    waitpid(child, &status, 0);
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    if (code == 77)
        printf("ok %s on %s # SKIP a picture it needs is not installed\n", name, engine);
    else
        printf("%s %s on %s\n", code ? "not ok" : "ok", name, engine);
    count_failed += code && code != 77 ? 1 : 0;
    fflush(stdout);
}

static void on_postgresql(const char *path, const char *url, int number)
{
    char schema[64];
    char command[128];
    char with[1000];
    snprintf(schema, sizeof schema, "story_%d_%d", (int)getpid(), number);
    snprintf(with, sizeof with, "%s%coptions=-csearch_path%%3D%s", url,
             strchr(url, '?') ? '&' : '?', schema);
    PGconn *connection = PQconnectdb(url);
    snprintf(command, sizeof command, "CREATE SCHEMA %s", schema);
    PQclear(PQexec(connection, command));
    tell_story(path, "PostgreSQL", with);
    snprintf(command, sizeof command, "DROP SCHEMA %s CASCADE", schema);
    PQclear(PQexec(connection, command));
    PQfinish(connection);
}

static int is_story(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".story") == 0;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/scenarios";
    const char *only = argc > 2 ? argv[2] : "";
    const char *url = getenv("TEST_POSTGRESQL");
    struct dirent **entries;
    int count = scandir(folder, &entries, is_story, alphasort);
    for (int i = 0; i < count; i++) {
        char path[500];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (!strstr(path, only))
            continue;
        tell_story(path, "SQLite", NULL);
        if (url)
            on_postgresql(path, url, i);
        else
            printf("ok %s on PostgreSQL # SKIP TEST_POSTGRESQL names no server\n",
                   entries[i]->d_name);
    }
    if (count <= 0)
        printf("not ok no stories in %s\n", folder);
    return count <= 0 || count_failed ? 1 : 0;
}
