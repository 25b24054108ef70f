/*
 * A second process that serves the same installation: it opens a world of its own on the same database and
 * data folder, answers requests sent over a socket pair, and lets happen what is due when told to.
 *
 * Must not know: what stories mean. Read next: tests/scenario_test.c.
 */
#ifndef CONTRAFLOW_TESTS_SCENARIO_OTHER_H
#define CONTRAFLOW_TESTS_SCENARIO_OTHER_H

#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/settings.h"
#include "modules/world.h"

enum { OTHER_TEXTS = 5 };

struct other {
    pid_t process; /* 0: there is none */
    int wire;
};

enum other_what { OTHER_CALL = 1, OTHER_SETTLE, OTHER_SETTING };

/* What is sent, before its texts: method, target, session, body, agent; or a setting and its value. */
struct other_asked {
    enum other_what what;
    struct instant now; /* what its clock is set to */
    bool json;
    size_t sizes[OTHER_TEXTS];
};
/* What comes back, before its texts: location, type, body, session. */
struct other_told {
    char problem[64]; /* empty: none */
    int status;
    size_t sizes[OTHER_TEXTS];
};

static bool other_pass(int wire, void *bytes, size_t size, bool in)
{
    for (size_t done = 0; done < size;) {
        char *at = (char *)bytes + done;
        ssize_t part =
            in ? recv(wire, at, size - done, 0) : send(wire, at, size - done, MSG_NOSIGNAL);
        if (part <= 0)
            return false;
        done += (size_t)part;
    }
    return true;
}

static bool other_receive(int wire, struct memory *memory, const size_t sizes[OTHER_TEXTS],
                          struct text out[OTHER_TEXTS])
{
    for (size_t i = 0; i < OTHER_TEXTS; i++) {
        char *bytes = memory_take(memory, sizes[i] + 1);
        if (!bytes || !other_pass(wire, bytes, sizes[i], true))
            return false;
        out[i] = (struct text){bytes, sizes[i]};
    }
    return true;
}

static bool other_send(int wire, const struct text texts[OTHER_TEXTS])
{
    for (size_t i = 0; i < OTHER_TEXTS; i++)
        if (texts[i].size &&
            !other_pass(wire, (void *)(uintptr_t)texts[i].data, texts[i].size, false))
            return false;
    return true;
}

/* ---- in the other process --------------------------------------------------------------------- */

static bool other_answer(int wire, struct world *world, const struct other_asked *asked)
{
    struct memory *memory = memory_create(128 << 20);
    struct text in[OTHER_TEXTS];
    struct exchange exchange = {0};
    struct other_told told = {0};
    struct text complaint;
    const struct problem *problem = NULL;
    if (!memory || !other_receive(wire, memory, asked->sizes, in))
        return false;
    clock_set(asked->now);
    if (asked->what == OTHER_SETTLE)
        problem = world_settle(world);
    else if (asked->what == OTHER_SETTING)
        problem = settings_set(world->memory, in[0], in[1], &complaint);
    else
        problem = server_take(
            world->server, memory,
            &(struct call){text_c(memory, in[0]), in[1], in[2], in[4], asked->json, in[3]},
            &exchange);
    struct text out[OTHER_TEXTS] = {exchange.location, exchange.type, exchange.body,
                                    exchange.session};
    snprintf(told.problem, sizeof told.problem, "%s", problem ? problem->name : "");
    told.status = exchange.status;
    for (size_t i = 0; i < OTHER_TEXTS; i++)
        told.sizes[i] = out[i].size;
    bool fine = other_pass(wire, &told, sizeof told, false) && other_send(wire, out);
    memory_end(memory);
    return fine;
}

/* Opens the world and says so by one byte, then answers until nobody asks any more. */
static int other_main(int wire, const char *folder)
{
    struct world world = {0};
    struct text complaint = {0};
    struct other_asked asked;
    struct memory *memory = memory_create(256 << 20);
    const struct problem *problem = world_settings(memory, text_of(folder), &complaint);
    if (!problem)
        problem = world_open(memory, text_of(folder), &world, &complaint);
    if (!problem)
        problem = world_serve(&world, -1, &complaint);
    if (problem) {
        fprintf(stderr, "the other world does not open: %.*s\n", TEXT_ARGS(complaint));
        return 1;
    }
    bool fine = other_pass(wire, "", 1, false);
    while (fine && other_pass(wire, &asked, sizeof asked, true))
        fine = other_answer(wire, &world, &asked);
    world_close(&world);
    memory_end(memory);
    return fine ? 0 : 1;
}

/* ---- in the story's ---------------------------------------------------------------------------- */

/* Before this process has threads. */
static bool other_begin(struct other *other, const char *folder)
{
    int wires[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, wires) != 0)
        return false;
    other->process = fork();
    if (other->process == 0) {
        close(wires[0]);
        _exit(other_main(wires[1], folder));
    }
    close(wires[1]);
    other->wire = wires[0];
    return other->process > 0;
}

/* Until its world is open. */
static bool other_ready(struct other *other)
{
    char byte;
    return other_pass(other->wire, &byte, 1, true);
}

/* NULL, or the name of a problem: its own, or that it does not answer. */
static const char *other_ask(struct other *other, struct memory *memory, enum other_what what,
                             bool json, const struct text in[OTHER_TEXTS], struct exchange *out)
{
    static struct other_told told;
    struct other_asked asked = {.what = what, .now = clock_now(), .json = json};
    struct text texts[OTHER_TEXTS];
    for (size_t i = 0; i < OTHER_TEXTS; i++)
        asked.sizes[i] = in[i].size;
    if (!other_pass(other->wire, &asked, sizeof asked, false) || !other_send(other->wire, in) ||
        !other_pass(other->wire, &told, sizeof told, true) ||
        !other_receive(other->wire, memory, told.sizes, texts))
        return "the other process does not answer";
    *out = (struct exchange){told.status, texts[0], texts[1], texts[2], texts[3]};
    return *told.problem ? told.problem : NULL;
}

/* False when it did not end well. */
static bool other_end(struct other *other)
{
    int status = 1;
    close(other->wire);
    waitpid(other->process, &status, 0);
    return status == 0;
}

#endif
