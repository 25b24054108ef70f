/*
 * What the commands do: open the installation, call what pages call too, say how it went.
 *
 * Must not know: HTTP, SQL. Read next: modules/world.h.
 */
#include "command.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/settings.h"
#include "core/demo.h"
#include "core/reward/reward.h"
#include "core/widgets/feedback.h"
#include "core/people/member.h"
#include "core/owed/obligation.h"
#include "core/login/login.h"
#include "core/people/party.h"
#include "core/people/users.shapes.h"
#include "ledger/audit.h"
#include "web/words.h"

int command_failed(const struct problem *problem, struct text complaint)
{
    fprintf(stderr, "contraflow: %.*s (%s)\n", TEXT_ARGS(complaint), problem->name);
    if (problem->fault == FAULT_OURS)
        return EXIT_OURS;
    return problem->fault == FAULT_WORLD ? EXIT_WORLD : EXIT_USAGE;
}

void command_progress(const char *what, int64_t done, int64_t all)
{
    enum { WIDTH = 30 };
    if (!isatty(STDERR_FILENO) || all <= 0)
        return;
    int full = (int)(done * WIDTH / all);
    fprintf(stderr, "\r%-24s [%.*s%*s] %lld of %lld ", what, full,
            "==============================", WIDTH - full, "", (long long)done, (long long)all);
    if (done >= all)
        fputc('\n', stderr);
}

int command_open(struct command_line *line, struct world *world)
{
    struct text complaint = {0};
    const struct problem *problem = world_settings(line->memory, line->data, &complaint);
    if (problem) {
        fprintf(stderr, "contraflow: %.*s\n", TEXT_ARGS(complaint));
        return EXIT_USAGE;
    }
    problem = world_open(line->memory, line->data, world, &complaint);
    return problem ? command_failed(problem, complaint) : EXIT_FINE;
}

int command_open_to_write(struct command_line *line, struct world *world)
{
    struct text complaint = {0};
    int code = command_open(line, world);
    if (code)
        return code;
    const struct problem *problem = world_lease(world, &complaint);
    if (!problem)
        problem = node_keep(world->node, NULL, NULL);
    if (!problem)
        return EXIT_FINE;
    code = command_failed(problem, complaint);
    world_close(world);
    return code;
}

static void tell_addresses(int port)
{
    fprintf(stderr, "Contraflow answers on http://127.0.0.1:%d\n", port);
    if (!setting_flag("site.demo"))
        return;
    fprintf(stderr,
            "  a person          http://127.0.0.1:%d/me     ines@example.org\n"
            "  a business        http://127.0.0.1:%d/biz    maren@example.org\n"
            "  the intermediary  http://127.0.0.1:%d/desk   sam@example.org\n"
            "  password of all: " DEMO_PASSWORD "; Ctrl-C stops\n",
            port, port, port);
}

int command_serve(struct command_line *line)
{
    struct world world;
    struct text complaint = {0};
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    /* Before any thread exists, so that all of them leave these two to sigwait(). */
    sigprocmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    int code = command_open(line, &world);
    if (code)
        return code;
    const struct problem *problem = world_serve(&world, line->port, &complaint);
    if (problem) {
        code = command_failed(problem, complaint);
    } else {
        int ending;
        tell_addresses(server_port(world.server));
        sigwait(&ends, &ending);
        server_drain(world.server);
        struct timespec most = {setting_integer("web.drain"), 0};
        if (most.tv_sec > 0)
            (void)sigtimedwait(&ends, NULL, &most);
    }
    world_close(&world);
    return code;
}

static const struct problem *build_demo(struct world *world)
{
    struct instant now = clock_now();
    struct demo demo = {
        .store = world->store,
        .db = world->reader,
        .memory = world->memory,
        .begin = {(now.ms / DAY - 730) * DAY},
        .end = now,
        .consumers = world->consumers,
        .consumer_count = world->consumer_count,
        .progress = command_progress,
    };
    clock_set(demo.begin);
    const struct problem *problem = demo_people(&demo);
    for (const struct module *const *part = module_all(); !problem && *part; part++) {
        if ((*part)->demo)
            problem = (*part)->demo(&demo);
    }
    if (!problem)
        problem = demo_payouts(&demo);
    if (!problem)
        problem = reward_demo(&demo);
    if (!problem)
        problem = feedback_demo(&demo);
    if (!problem)
        problem = obligation_demo(&demo);
    if (!problem)
        problem = demo_until(&demo, now);
    clock_set((struct instant){0});
    return problem;
}

/* The demo world pays in without money and out of a made-up account (the IBAN of ISO 13616's own
 * examples). */
static bool write_demo_settings(struct command_line *line)
{
    static const char settings[] = "# Written by contraflow demo.\n"
                                   "site.name = Marktgemeinschaft Bonn eG\n"
                                   "site.operator = Marktgemeinschaft Bonn eG\n"
                                   "site.demo = on\n"
                                   "pay.test_rail = on\n"
                                   "pay.debtor_name = Marktgemeinschaft Bonn eG\n"
                                   "pay.debtor_iban = DE89370400440532013000\n";
    struct text path = text_format(line->memory, "%.*s/contraflow.conf", TEXT_ARGS(line->data));
    mkdir(text_c(line->memory, line->data), 0700);
    FILE *file = path.data ? fopen(path.data, "wxe") : NULL;
    bool fine = file && fputs(settings, file) >= 0;
    return file && fclose(file) == 0 && fine;
}

int command_demo(struct command_line *line)
{
    struct world world;
    struct text file = text_format(line->memory, "%.*s/contraflow.db", TEXT_ARGS(line->data));
    if (file.data && access(file.data, F_OK) == 0) {
        fprintf(stderr, "contraflow: %s is there already; the demo world wants an empty folder\n",
                file.data);
        return EXIT_USAGE;
    }
    if (!write_demo_settings(line))
        return command_failed(&world_failed, text_of("the settings can't be written"));
    int code = command_open_to_write(line, &world);
    if (code)
        return code;
    const struct problem *problem = build_demo(&world);
    if (problem)
        code = command_failed(problem, text_of("the demo world could not be built"));
    world_close(&world);
    return code;
}

int command_backup(struct command_line *line)
{
    struct world world;
    if (line->count != 1) {
        fputs("Usage: contraflow backup FILE\n", stderr);
        return EXIT_USAGE;
    }
    int code = command_open(line, &world);
    if (code)
        return code;
    struct text complaint = {0};
    const struct problem *problem = store_backup(world.store, line->words[0], NULL, &complaint);
    if (problem)
        code = command_failed(problem, complaint);
    world_close(&world);
    return code;
}

/* ---- import ---- */

static void say_refused(struct import_run *run, struct text what, const struct problem *why)
{
    struct text key = text_format(run->memory, "problem.%s", why->name);
    bool known = key.data && words_have(key.data);
    struct text reason =
        known ? words_text(run->memory, LANGUAGE_EN, key.data, NULL, 0) : text_of(why->name);
    printf("refused %.*s: %s: %.*s\n", TEXT_ARGS(what), why->name, TEXT_ARGS(reason));
}

static const struct command_import *import_named(const char *name)
{
    for (const struct module *const *part = module_all(); *part; part++) {
        for (size_t i = 0; i < (*part)->command_import_count; i++) {
            if (strcmp((*part)->command_imports[i]->name, name) == 0)
                return (*part)->command_imports[i];
        }
    }
    return NULL;
}

int command_import(struct command_line *line)
{
    struct world world;
    const struct command_import *kind = line->count == 2 ? import_named(line->words[0]) : NULL;
    if (!kind || !line->as) {
        fputs("Usage: contraflow import photos DIR --as LOGIN\n", stderr);
        return EXIT_USAGE;
    }
    int code = command_open_to_write(line, &world);
    if (code)
        return code;
    struct party_row person;
    const struct problem *problem =
        party_by_mail(world.reader, world.memory, text_of(line->as), &person);
    struct import_run run = {.store = world.store,
                             .db = world.reader,
                             .memory = world.memory,
                             .path = text_of(line->words[1]),
                             .at = clock_now(),
                             .progress = command_progress,
                             .refused = say_refused};
    if (problem) {
        code =
            command_failed(problem, text_format(line->memory, "nobody signs in as %s", line->as));
    } else {
        run.person = person.id;
        problem = kind->run(&run);
        printf("%lld taken, %lld refused\n", (long long)run.taken, (long long)run.left_out);
        code = problem ? command_failed(problem, run.path) : run.left_out ? EXIT_FOUND : EXIT_FINE;
    }
    world_close(&world);
    return code;
}

/* ---- config ---- */

int command_config(struct command_line *line)
{
    struct text complaint = {0};
    const struct problem *problem = world_settings(line->memory, line->data, &complaint);
    if (problem) {
        fprintf(stderr, "contraflow: %.*s\n", TEXT_ARGS(complaint));
        return EXIT_USAGE;
    }
    const struct setting *const *all;
    size_t count = settings_list(&all);
    struct builder out = builder_make(line->memory, 1 << 20);
    const char *between = "[";
    for (size_t i = 0; i < count; i++) {
        const struct setting *setting = all[i];
        if (line->count && strcmp(line->words[0], setting->name) != 0)
            continue;
        struct text value = setting_written(line->memory, setting);
        if (line->json) {
            builder_add_format(&out, "%s{\"name\":\"%s\",\"value\":", between, setting->name);
            builder_add_json(&out, value);
            builder_add_char(&out, '}');
            between = ",\n ";
        } else {
            builder_add_format(&out, "# %s\n%s = %.*s\n\n", setting->meaning, setting->name,
                               TEXT_ARGS(value));
        }
    }
    if (line->json)
        builder_add_c(&out, *between == '[' ? "[]\n" : "]\n");
    struct text written;
    problem = builder_end(&out, &written);
    if (problem)
        return command_failed(problem, text_of("the settings are too long to print"));
    fwrite(written.data, 1, written.size, stdout);
    return EXIT_FINE;
}

/* ---- user ---- */

static void write_user(struct builder *out, const struct user_line *user, bool json)
{
    if (json) {
        shape_write_json(out, &user_line_shape, user, FOR_OPERATOR);
        return;
    }
    builder_add_format(out, "%-36.*s %-28.*s ", TEXT_ARGS(user->login), TEXT_ARGS(user->name));
    for (size_t i = 0; i < user->roles.count; i++) {
        builder_add_c(out, i ? ", " : "");
        builder_add(out, user->roles.items[i]);
    }
}

static const struct problem *list_users(struct world *world, bool json)
{
    int64_t after = 0;
    const char *between = json ? "[" : "";
    for (;;) {
        struct memory *page = memory_create(16 << 20);
        struct user_line_list users = {0};
        struct text written = {0};
        const struct problem *problem =
            page ? users_list(world->reader, page, after, 500, &users) : &out_of_memory;
        struct builder out = builder_make(page, 8 << 20);
        for (size_t i = 0; !problem && i < users.count; i++) {
            builder_add_c(&out, between);
            write_user(&out, &users.items[i], json);
            between = json ? ",\n " : "\n";
            after = users.items[i].person.value;
        }
        if (!problem && users.count)
            problem = builder_end(&out, &written);
        fwrite(written.data, 1, written.size, stdout);
        bool last = users.count == 0;
        memory_end(page);
        if (problem || last) {
            fputs(!json ? "\n" : *between == '[' ? "[]\n" : "]\n", stdout);
            return problem;
        }
    }
}

/* A password from the terminal or the next line of standard input; false at its end. */
static bool read_password(char *out, int size)
{
    if (isatty(STDIN_FILENO))
        fputs("Password: ", stderr);
    if (!fgets(out, size, stdin))
        return false;
    out[strcspn(out, "\n")] = '\0';
    return true;
}

static const struct problem *add_user(struct world *world, const char *login)
{
    char password[300];
    struct party_id id;
    if (!read_password(password, sizeof password))
        return &party_weak_password;
    return login_sign_up(world->store, world->memory, text_of(login), text_of(login),
                         text_of(password), LANGUAGE_EN, true, clock_now(), &id);
}

int command_user(struct command_line *line)
{
    struct world world;
    bool list = line->count == 1 && strcmp(line->words[0], "list") == 0;
    bool add = line->count == 2 && strcmp(line->words[0], "add") == 0;
    if (!list && !add) {
        fputs("Usage: contraflow user list [--json]\n"
              "       contraflow user add LOGIN     an operator; the password is read from input\n",
              stderr);
        return EXIT_USAGE;
    }
    int code = add ? command_open_to_write(line, &world) : command_open(line, &world);
    if (code)
        return code;
    const struct problem *problem =
        list ? list_users(&world, line->json) : add_user(&world, line->words[1]);
    if (problem)
        code = command_failed(problem, text_of(list ? "the list broke off" : line->words[1]));
    world_close(&world);
    return code;
}
