/*
 * Closing days: read and hashed on a reader, signed, then written at once.
 *
 * A long gap is made up over several rounds, each bounded by days and by postings.
 * Must not know: what is hashed. Read next: ledger/day.c, core/runner.c.
 */
#include "core/books/closing.h"

#include "base/log.h"
#include "base/settings.h"
#include "core/sign/sign.h"
#include "ledger/day.h"

enum { CLOSING_DAYS = 64 };

struct closing {
    struct ledger_day_row days[CLOSING_DAYS];
    size_t count;
};

/* The days that this round closes; a long one alone. */
static const struct problem *gather(struct database *reader, struct memory *memory,
                                    struct instant now, struct closing *closing)
{
    const struct ledger_day_row *last = NULL;
    int64_t postings = 0;
    while (closing->count < CLOSING_DAYS && postings < LEDGER_DAY_SMALL) {
        struct ledger_day_row *day = &closing->days[closing->count];
        const struct problem *problem = ledger_day_next(reader, memory, now, last, day);
        if (problem)
            return problem == &not_found ? NULL : problem;
        if (day->postings > LEDGER_DAY_SMALL && closing->count > 0)
            return NULL;
        day->at = now;
        postings += day->postings;
        last = day;
        closing->count++;
    }
    return NULL;
}

static const struct problem *sign_days(struct memory *memory, struct closing *closing)
{
    struct sign_key key;
    char open[SIGN_HEX_MAX];
    const struct problem *problem = sign_key_make(setting_text("data"), &key);
    if (problem)
        return problem;
    sign_key_write(&key, open);
    struct text public_key = text_copy(memory, text_of(open));
    problem = public_key.data ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < closing->count; i++) {
        struct ledger_day_row *day = &closing->days[i];
        char signature[SIGN_SIGNATURE_MAX];
        sign_chain(&key, LEDGER_DAY_KIND, day->hash, signature);
        day->public_key = public_key;
        day->signature = text_copy(memory, text_of(signature));
        problem = day->signature.data ? NULL : &out_of_memory;
    }
    sign_key_end(&key);
    return problem;
}

/* What a long day keeps is written before it, a part at a time. */
static const struct problem *prepare(struct store *store, struct database *reader,
                                     struct memory *memory, const struct ledger_day_row *day)
{
    const struct problem *problem = NULL;
    struct account_id after = {0};
    if (day->postings <= LEDGER_DAY_SMALL)
        return NULL;
    do {
        problem = ledger_day_prepare(store, reader, memory, day, &after);
    } while (!problem && after.value != 0);
    return problem;
}

static const struct problem *close_days(struct database *db, struct memory *memory, void *context)
{
    const struct closing *closing = context;
    const struct problem *problem = ledger_day_wait(db, memory);
    for (size_t i = 0; !problem && i < closing->count; i++)
        problem = ledger_day_close(db, memory, &closing->days[i]);
    return problem;
}

const struct problem *closing_tend(struct store *store, struct database *reader,
                                   struct memory *memory, int64_t *closed)
{
    struct closing *closing = memory_take(memory, sizeof *closing);
    *closed = 0;
    if (!closing)
        return &out_of_memory;
    const struct problem *problem = gather(reader, memory, clock_now(), closing);
    if (problem || closing->count == 0)
        return problem;
    problem = sign_days(memory, closing);
    if (!problem)
        problem = prepare(store, reader, memory, &closing->days[0]);
    if (!problem)
        problem = store_write(store, memory, close_days, closing);
    if (problem == &conflict) {
        /* Another process closed it, or a posting came in late: the next round reads anew. */
        log_write(LOG_INFO, "closing.again", "day=%lld", (long long)closing->days[0].day);
        return NULL;
    }
    *closed = problem ? 0 : (int64_t)closing->count;
    return problem;
}
