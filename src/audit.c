/*
 * `contraflow audit`: recomputes the books once, or again and again.
 *
 * Watching, each round is a whole audit; a line is printed when it is found first and when it is right
 * again, so that whoever reads the log hears of each discrepancy once. Must not know: what is checked.
 * Read next: ledger/audit.h.
 */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "command.h"
#include "core/module.h"

enum { ROUND_BYTES = 16 << 20, PAUSE_MIN = 1000, PAUSE_MAX = 60000 /* milliseconds */ };

/* What one round found. */
struct round {
    struct memory *memory;
    struct builder lines; /* each ends with \n; what does not fit is counted only */
    int64_t count;
};

static void take_line(void *context, const char *line)
{
    struct round *round = context;
    if (round->lines.failed)
        return;
    builder_add_c(&round->lines, line);
    builder_add_char(&round->lines, '\n');
}

static void print_line(void *context, const char *line)
{
    (void)context;
    puts(line);
}

const struct problem *command_audit_all(struct world *world, struct memory *memory,
                                        const struct ledger_audit_listener *listener, int64_t *all)
{
    const struct problem *problem = ledger_audit(world->reader, memory, listener, all);
    for (const struct module *const *part = module_all(); !problem && *part; part++) {
        int64_t found = 0;
        if ((*part)->audit)
            problem = (*part)->audit(world->reader, memory, listener, &found);
        *all += found;
    }
    return problem;
}

/* ---- watching --------------------------------------------------------------------------------- */

static atomic_bool ending;

static void end(int number)
{
    (void)number;
    atomic_store(&ending, true);
}

static bool has_line(struct text lines, struct text wanted)
{
    struct text line;
    while (text_split(&lines, '\n', &line)) {
        if (line.size && text_equal(line, wanted))
            return true;
    }
    return false;
}

/* Prints the lines of one round that the other has not. */
static void print_others(struct text lines, struct text known, const char *before)
{
    struct text line;
    char now[INSTANT_TEXT_MAX];
    instant_print(now, clock_now());
    while (text_split(&lines, '\n', &line)) {
        if (line.size && !has_line(known, line))
            printf("%s %s%.*s\n", now, before, TEXT_ARGS(line));
    }
    fflush(stdout);
}

static struct text lines_of(const struct round *round)
{
    return (struct text){round->lines.data ? round->lines.data : "", round->lines.size};
}

static const struct problem *begin_round(struct round *round)
{
    *round = (struct round){.memory = memory_create((size_t)1 << 30)};
    if (!round->memory)
        return &out_of_memory;
    round->lines = builder_make(round->memory, ROUND_BYTES);
    return NULL;
}

/* As long as the audit took, so that it never has more than half of a processor. */
static void pause_for(int64_t ms)
{
    int64_t left = ms < PAUSE_MIN ? PAUSE_MIN : ms > PAUSE_MAX ? PAUSE_MAX : ms;
    for (; left > 0 && !atomic_load(&ending); left -= 100)
        nanosleep(&(struct timespec){0, 100000000}, NULL);
}

static const struct problem *watch(struct world *world, int64_t *found)
{
    struct round before = {0};
    const struct problem *problem = begin_round(&before);
    signal(SIGINT, end);
    signal(SIGTERM, end);
    for (bool first = true; !problem && !atomic_load(&ending); first = false) {
        struct round round;
        int64_t began = clock_ticks();
        problem = begin_round(&round);
        struct ledger_audit_listener listener = {&round, take_line};
        if (!problem)
            problem = command_audit_all(world, round.memory, &listener, &round.count);
        if (problem)
            break;
        print_others(lines_of(&round), lines_of(&before), "");
        print_others(lines_of(&before), lines_of(&round), "right again: ");
        if (first || round.count != before.count)
            printf("%lld discrepancies\n", (long long)round.count);
        fflush(stdout);
        memory_end(before.memory);
        before = round;
        pause_for((clock_ticks() - began) / 1000000);
    }
    *found = before.count;
    memory_end(before.memory);
    return problem;
}

int command_audit(struct command_line *line)
{
    struct world world;
    int64_t all = 0;
    int code = command_open(line, &world);
    if (code)
        return code;
    struct ledger_audit_listener listener = {NULL, print_line};
    const struct problem *problem = line->watch
                                        ? watch(&world, &all)
                                        : command_audit_all(&world, world.memory, &listener, &all);
    if (problem)
        code = command_failed(problem, text_of("the audit could not be finished"));
    else if (!line->watch)
        printf("%lld discrepancies\n", (long long)all);
    world_close(&world);
    return code ? code : all ? EXIT_FOUND : EXIT_FINE;
}
