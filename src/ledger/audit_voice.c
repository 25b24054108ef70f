/*
 * How an audit reads page after page and says what is wrong; for those of other folders, too.
 *
 * Must not know: what is checked. Read next: ledger/audit.c.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/ids.h"
#include "ledger/audit_parts.h"

void audit_say(struct audit_voice *voice, const char *format, ...)
{
    char line[400];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    voice->discrepancies++;
    voice->listener->hear(voice->listener->context, line);
}

void audit_compare(struct audit_voice *voice, const char *prefix, int64_t id, const char *what,
                   int64_t expected, int64_t found)
{
    if (expected != found)
        audit_say(voice, "%s: %s should be %lld and is %lld", id_text(prefix, id).text, what,
                  (long long)expected, (long long)found);
}

const struct problem *audit_pages(struct audit_voice *voice, struct database *db,
                                  struct memory *memory, audit_page *check)
{
    int64_t after = 0;
    for (size_t count = 1; count > 0;) {
        struct memory *page = memory_scratch(memory);
        count = 0;
        const struct problem *problem =
            page ? check(voice, db, page, &after, &count) : &out_of_memory;
        memory_end(page);
        if (problem)
            return problem;
    }
    return NULL;
}

/* One audit_run(). */
struct checking {
    struct audit_voice voice;
    audit_page *const *checks;
    size_t count;
};

static const struct problem *run(struct database *db, struct memory *memory, void *context)
{
    struct checking *checking = context;
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < checking->count; i++)
        problem = audit_pages(&checking->voice, db, memory, checking->checks[i]);
    return problem;
}

const struct problem *audit_run(struct database *db, struct memory *memory,
                                audit_page *const *checks, size_t count,
                                const struct ledger_audit_listener *listener,
                                int64_t *discrepancies)
{
    struct checking checking = {{listener, 0}, checks, count};
    const struct problem *problem = store_read_long(db, memory, run, &checking);
    *discrepancies = checking.voice.discrepancies;
    return problem;
}
