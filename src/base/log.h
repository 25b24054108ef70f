/*
 * The log: one line an event on standard error, key=value, never a secret or a person's text.
 */
#ifndef CONTRAFLOW_BASE_LOG_H
#define CONTRAFLOW_BASE_LOG_H

enum log_level { LOG_DEBUG = 1, LOG_INFO, LOG_WARNING, LOG_ERROR };

void log_set_level(enum log_level least);
/* `event` is a dotted constant ("store.commit_failed"); the format adds key=value pairs. */
void log_write(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* An assertion about ourselves: stays on in production. Writes the place and ends the process by
 * abort(); what was acknowledged is durable already. */
#define ensure(condition)                                                                          \
    ((condition) ? (void)0 : ensure_failed(#condition, __FILE__, __LINE__, __func__))
_Noreturn void ensure_failed(const char *condition, const char *file, int line, const char *where);

#endif
