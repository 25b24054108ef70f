/*
 * Hashes, closes and writes days.
 *
 * Hashing happens before the write, as store_write() wants; the write counts the postings again, and
 * since none is ever changed or deleted the same number between the same ids is the same postings.
 * Must not know: who signs, how the audit checks. Read next: ledger/day_entry.c, ledger/day_queries.sql.
 */
#include "ledger/day.h"

#include <string.h>

#include "base/ids.h"
#include "ledger/day_entry.h"
#include "ledger/day_queries.h"

enum { PAGE_BYTES = 8 << 20 /* the lines of a thousand postings take about two */ };

static const char zeros[LINES_HASH] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* What is done with each posting's entry. */
struct walk {
    struct lines *lines;
    const struct journal_sink *sink; /* NULL: only hashed */
    int64_t postings;                /* so far */
    int64_t transfers;               /* so far */
};

/* One page of postings from *from on; *from is where the next begins, 0 at the end. */
static const struct problem *walk_page(struct walk *walk, struct database *db, struct memory *page,
                                       struct posting_id *from, struct posting_id through)
{
    struct day_posting_list postings;
    struct day_transfer_list transfers = {NULL, 0};
    const struct problem *problem = ledger_day_postings(db, page, *from, through, &postings);
    from->value = 0;
    if (problem || postings.count == 0)
        return problem;
    struct posting_id last = postings.items[postings.count - 1].id;
    problem = ledger_day_transfers(db, page, postings.items[0].id, last, &transfers);
    struct builder entry = builder_make(page, PAGE_BYTES);
    struct builder out = builder_make(page, PAGE_BYTES);
    const struct day_transfer *transfer = transfers.items;
    for (size_t i = 0; !problem && i < postings.count; i++) {
        struct text text;
        size_t left = transfers.count - (size_t)(transfer - transfers.items);
        entry.size = 0;
        size_t own = day_write_posting(&entry, &postings.items[i], transfer, left);
        problem = builder_end(&entry, &text);
        if (problem)
            return problem;
        if (walk->sink)
            lines_write(walk->lines, text, &out);
        else
            lines_add(walk->lines, text);
        transfer += own;
        walk->postings++;
        walk->transfers += (int64_t)own;
    }
    struct text piece;
    if (!problem && walk->sink)
        problem = builder_end(&out, &piece);
    if (!problem && walk->sink)
        problem = walk->sink->write(walk->sink->context, piece);
    from->value = last.value + 1;
    return problem;
}

static const struct problem *walk_all(struct walk *walk, struct database *db, struct memory *memory,
                                      struct posting_id from, struct posting_id through)
{
    const struct problem *problem = NULL;
    while (!problem && from.value != 0) {
        struct memory *page = memory_scratch(memory);
        problem = page ? walk_page(walk, db, page, &from, through) : &out_of_memory;
        memory_end(page);
    }
    return problem;
}

/* ---- the next one ----------------------------------------------------------------------------- */

/* Which day comes next, its ids and the hash before it. */
static const struct problem *begin_next(struct database *db, struct memory *memory,
                                        const struct ledger_day_row *last,
                                        struct ledger_day_row *out)
{
    struct ledger_day_row closed;
    struct ledger_posting_hit first;
    const struct problem *problem = NULL;
    if (!last) {
        problem = ledger_day_last(db, memory, &closed);
        last = problem ? NULL : &closed;
    }
    if (last) {
        *out = (struct ledger_day_row){.day = last->day + 1,
                                       .from_posting = {last->through_posting.value + 1},
                                       .previous = last->hash};
        return NULL;
    }
    if (problem == &not_found)
        problem = ledger_day_first_posting(db, memory, &first);
    if (problem)
        return problem;
    int64_t day = id_time(first.id.value).ms / DAY;
    *out = (struct ledger_day_row){.day = day,
                                   .from_posting = {id_first_at((struct instant){day * DAY})},
                                   .previous = text_of(zeros)};
    return NULL;
}

static const struct problem *hash_day(struct database *db, struct memory *memory,
                                      struct ledger_day_row *day)
{
    struct lines lines;
    struct walk walk = {.lines = &lines};
    struct text entry;
    char chain[LINES_HASH];
    lines_begin(&lines);
    const struct problem *problem = day_head(memory, day, &entry);
    if (problem)
        return problem;
    lines_add(&lines, entry);
    problem = walk_all(&walk, db, memory, day->from_posting, day->through_posting);
    if (problem)
        return problem;
    day->postings = walk.postings;
    day->transfers = walk.transfers;
    problem = day_tail(memory, day, &entry);
    if (problem)
        return problem;
    lines_add(&lines, entry);
    lines_end(&lines, chain);
    day->hash = text_copy(memory, text_of(chain));
    return day->hash.data ? NULL : &out_of_memory;
}

struct next {
    struct instant at;
    const struct ledger_day_row *last;
    struct ledger_day_row *out;
};

static const struct problem *read_next(struct database *db, struct memory *memory, void *context)
{
    struct next *next = context;
    const struct problem *problem = begin_next(db, memory, next->last, next->out);
    if (problem)
        return problem;
    struct instant end = {(next->out->day + 1) * DAY};
    if (next->at.ms < end.ms + LEDGER_DAY_REST)
        return &not_found;
    next->out->through_posting.value = id_first_at(end) - 1;
    return hash_day(db, memory, next->out);
}

const struct problem *ledger_day_next(struct database *db, struct memory *memory, struct instant at,
                                      const struct ledger_day_row *last, struct ledger_day_row *out)
{
    struct next next = {at, last, out};
    return store_read(db, memory, read_next, &next);
}

/* ---- closing it ------------------------------------------------------------------------------- */

/* A page of what a long day keeps. */
struct keeping {
    int64_t day;
    struct ledger_day_kept_list rows;
};

static const struct problem *keep_page(struct database *db, struct memory *memory, void *context)
{
    const struct keeping *keeping = context;
    struct ledger_day_row last;
    const struct problem *problem = ledger_day_last(db, memory, &last);
    if (!problem && last.day >= keeping->day)
        return &conflict;
    if (problem == &not_found)
        problem = NULL;
    for (size_t i = 0; !problem && i < keeping->rows.count; i++) {
        const struct ledger_day_kept *row = &keeping->rows.items[i];
        problem = ledger_day_keep_one(db, memory, row->account, keeping->day, row->balance_minor);
    }
    return problem;
}

const struct problem *ledger_day_prepare(struct store *store, struct database *reader,
                                         struct memory *memory, const struct ledger_day_row *day,
                                         struct account_id *after)
{
    struct keeping keeping = {.day = day->day};
    struct memory *page = memory_scratch(memory);
    if (!page)
        return &out_of_memory;
    const struct problem *problem = ledger_day_moves(reader, page, day->day, day->from_posting,
                                                     day->through_posting, *after, &keeping.rows);
    size_t count = problem ? 0 : keeping.rows.count;
    after->value = count > 0 ? keeping.rows.items[count - 1].account.value : 0;
    if (count > 0)
        problem = store_write(store, page, keep_page, &keeping);
    memory_end(page);
    return problem;
}

const struct problem *ledger_day_wait(struct database *db, struct memory *memory)
{
    return ledger_day_lock(db, memory);
}

const struct problem *ledger_day_close(struct database *db, struct memory *memory,
                                       const struct ledger_day_row *day)
{
    struct ledger_day_row last;
    struct day_count count;
    struct posting_id from = {0};
    const struct problem *problem = ledger_day_last(db, memory, &last);
    if (problem && problem != &not_found)
        return problem;
    bool first = problem == &not_found;
    bool follows = first ? text_is(day->previous, zeros)
                         : last.day + 1 == day->day && text_equal(last.hash, day->previous) &&
                               last.through_posting.value + 1 == day->from_posting.value;
    if (!follows)
        return &conflict;
    /* Nothing may have come in before the first day either. */
    if (!first)
        from = day->from_posting;
    problem = ledger_day_count(db, memory, from, day->through_posting, &count);
    if (problem)
        return problem;
    if (count.postings != day->postings)
        return &conflict;
    problem = ledger_day_insert(db, memory, day);
    if (problem || day->postings == 0 || day->postings > LEDGER_DAY_SMALL)
        return problem;
    return ledger_day_keep(db, memory, day->day, day->from_posting, day->through_posting);
}

/* ---- as a file -------------------------------------------------------------------------------- */

struct writing {
    int64_t day;
    const struct journal_sink *sink;
};

static const struct problem *give(const struct journal_sink *sink, struct builder *out)
{
    struct text piece;
    const struct problem *problem = builder_end(out, &piece);
    return problem ? problem : sink->write(sink->context, piece);
}

static const struct problem *write_day(struct database *db, struct memory *memory, void *context)
{
    const struct writing *writing = context;
    struct ledger_day_row day;
    struct lines lines;
    struct walk walk = {.lines = &lines, .sink = writing->sink};
    struct builder out = builder_make(memory, PAGE_BYTES);
    struct text entry;
    lines_begin(&lines);
    const struct problem *problem = ledger_day_find(db, memory, writing->day, &day);
    if (!problem)
        problem = day_head(memory, &day, &entry);
    if (problem)
        return problem;
    lines_write(&lines, entry, &out);
    problem = give(writing->sink, &out);
    if (!problem)
        problem = walk_all(&walk, db, memory, day.from_posting, day.through_posting);
    if (!problem)
        problem = day_tail(memory, &day, &entry);
    if (problem)
        return problem;
    out.size = 0;
    lines_add(&lines, entry);
    lines_write_last(&lines, entry, day.hash, day.public_key, day.signature, &out);
    return give(writing->sink, &out);
}

const struct problem *ledger_day_write(struct database *db, struct memory *memory, int64_t day,
                                       const struct journal_sink *sink)
{
    struct memory *own = memory_scratch(memory);
    struct writing writing = {day, sink};
    const struct problem *problem = own ? store_read(db, own, write_day, &writing) : &out_of_memory;
    memory_end(own);
    return problem;
}
