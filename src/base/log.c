/*
 * The log: a line an event, written at once, so that lines of two threads never mix.
 *
 * Must not know: where standard error goes. Read next: base/log.h.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

enum { LINE_MAX_BYTES = 2048 };

static _Atomic int least_level = LOG_INFO;

void log_set_level(enum log_level least)
{
    atomic_store_explicit(&least_level, (int)least, memory_order_relaxed);
}

static const char *level_name(enum log_level level)
{
    switch (level) {
    case LOG_DEBUG:
        return "debug";
    case LOG_INFO:
        return "info";
    case LOG_WARNING:
        return "warning";
    case LOG_ERROR:
        return "error";
    }
    return "unknown";
}

/* Bytes that snprintf left in a buffer of `room`, without the NUL. */
static size_t written(int size, size_t room)
{
    if (size < 0) {
        return 0;
    }
    return (size_t)size < room ? (size_t)size : room - 1;
}

void log_write(enum log_level level, const char *event, const char *format, ...)
{
    if ((int)level < atomic_load_explicit(&least_level, memory_order_relaxed)) {
        return;
    }
    char line[LINE_MAX_BYTES];
    size_t room = sizeof line - 1;
    struct civil now = civil_of(clock_now());
    size_t size = written(snprintf(line, room, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ %s %s ",
                                   now.year, now.month, now.day, now.hour, now.minute, now.second,
                                   now.ms, level_name(level), event),
                          room);
    va_list arguments;
    va_start(arguments, format);
    size += written(vsnprintf(line + size, room - size, format, arguments), room - size);
    va_end(arguments);
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F) {
            line[i] = ' ';
        }
    }
    while (size > 0 && line[size - 1] == ' ') {
        size--;
    }
    line[size++] = '\n';
    if (write(STDERR_FILENO, line, size) < 0) {
        return; /* nowhere is left to say so */
    }
}

_Noreturn void ensure_failed(const char *condition, const char *file, int line, const char *where)
{
    log_write(LOG_ERROR, "ensure.failed", "condition=\"%s\" place=%s:%d function=%s", condition,
              file, line, where);
    abort();
}
