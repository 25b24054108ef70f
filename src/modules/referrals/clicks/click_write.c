/*
 * Clicks written: one row each, and one change of each hour and of each program's day that they belong to.
 *
 * Must not know: HTTP. Read next: queries.sql.
 */
#include <stdlib.h>

#include "base/ids.h"
#include "modules/referrals/clicks/click.h"
#include "modules/referrals/clicks/queries.h"

#define NUMBER 21 /* characters of a number and its comma */

/* Clicks of one link and hour. */
struct hour {
    int64_t link;
    int64_t hour;
    int64_t clicks, marked, impressions;
    int64_t latest; /* click; 0: none */
    struct click **first;
    size_t count; /* clicks and impressions */
};

/* Clicks of one program and day. */
struct day {
    int64_t program;
    int64_t day;
    int64_t clicks, marked, impressions;
};

struct writing {
    struct click **clicks; /* by link, hour and time */
    size_t count;
    struct hour *hours; /* by link and hour, so that all who write lock them in one order */
    size_t hour_count;
    struct day *days; /* as many as hours at most; by program and day, for the same reason */
    size_t day_count;
    size_t click_count; /* those that are no impressions */
    store_done *done;   /* and its context; NULL: somebody waits */
    void *context;
};

static int64_t hour_of(const struct click *click)
{
    return click->at.ms / HOUR;
}

static int by_hour(const void *a, const void *b)
{
    const struct click *left = *(struct click *const *)a;
    const struct click *right = *(struct click *const *)b;
    if (left->found.link != right->found.link)
        return left->found.link < right->found.link ? -1 : 1;
    if (hour_of(left) != hour_of(right))
        return hour_of(left) < hour_of(right) ? -1 : 1;
    return (left->id > right->id) - (left->id < right->id);
}

static void add_up(struct writing *writing)
{
    struct hour *hour = NULL;
    for (size_t i = 0; i < writing->count; i++) {
        struct click *click = writing->clicks[i];
        if (!hour || hour->link != click->found.link || hour->hour != hour_of(click)) {
            hour = &writing->hours[writing->hour_count++];
            *hour = (struct hour){
                .link = click->found.link, .hour = hour_of(click), .first = &writing->clicks[i]};
        }
        hour->count++;
        hour->impressions += click->impression && !click->marks;
        hour->clicks += !click->impression;
        hour->marked += !click->impression && click->marks;
        if (!click->impression)
            hour->latest = click->id;
        writing->click_count += !click->impression;
    }
}

static int by_day(const void *a, const void *b)
{
    const struct day *left = a, *right = b;
    if (left->program != right->program)
        return left->program < right->program ? -1 : 1;
    return (left->day > right->day) - (left->day < right->day);
}

/* Hours become days of their programs, each once. */
static void add_up_days(struct writing *writing)
{
    size_t kept = 0;
    for (size_t i = 0; i < writing->hour_count; i++) {
        const struct hour *hour = &writing->hours[i];
        writing->days[i] = (struct day){hour->first[0]->found.program, hour->hour / 24,
                                        hour->clicks, hour->marked, hour->impressions};
    }
    qsort(writing->days, writing->hour_count, sizeof *writing->days, by_day);
    for (size_t i = 0; i < writing->hour_count; i++) {
        const struct day *day = &writing->days[i];
        if (kept > 0 && by_day(&writing->days[kept - 1], day) == 0) {
            writing->days[kept - 1].clicks += day->clicks;
            writing->days[kept - 1].marked += day->marked;
            writing->days[kept - 1].impressions += day->impressions;
        } else {
            writing->days[kept++] = *day;
        }
    }
    writing->day_count = kept;
}

static const struct problem *end_list(struct builder *list, struct text *out)
{
    builder_add_char(list, ']');
    return builder_end(list, out);
}

static void add_numbers(struct builder *list, const int64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        builder_add_char(list, list->size ? ',' : '[');
        builder_add_integer(list, numbers[i]);
    }
}

static int by_link(const void *a, const void *b)
{
    const struct referrals_hour_chain *wanted = a;
    const struct hour *hour = b;
    if (wanted->link != hour->link)
        return wanted->link < hour->link ? -1 : 1;
    return (wanted->hour > hour->hour) - (wanted->hour < hour->hour);
}

/* Hangs the clicks of an hour on each other and on those before. */
static void chain(struct hour *hour, int64_t earlier)
{
    for (size_t i = 0; i < hour->count; i++) {
        if (hour->first[i]->impression)
            continue;
        hour->first[i]->prior = earlier;
        earlier = hour->first[i]->id;
    }
}

static const struct problem *count_hours(struct database *db, struct memory *memory,
                                         struct writing *writing)
{
    struct text rows;
    struct referrals_hour_chain_list chains;
    struct builder list = builder_make(memory, writing->hour_count * 6 * NUMBER + 3);
    builder_expect(&list, writing->hour_count * 6 * NUMBER / 2);
    for (size_t i = 0; i < writing->hour_count; i++) {
        const struct hour *hour = &writing->hours[i];
        const int64_t numbers[] = {hour->link,   hour->hour,        hour->clicks,
                                   hour->marked, hour->impressions, hour->latest};
        add_numbers(&list, numbers, 6);
    }
    const struct problem *problem = end_list(&list, &rows);
    if (!problem)
        problem = referrals_hours_add(db, memory, rows, &chains);
    for (size_t i = 0; !problem && i < chains.count; i++) {
        const struct referrals_hour_chain *said = &chains.items[i];
        struct hour *hour =
            bsearch(said, writing->hours, writing->hour_count, sizeof *hour, by_link);
        if (hour)
            chain(hour, said->earlier);
    }
    return problem;
}

static const struct problem *count_days(struct database *db, struct memory *memory,
                                        const struct writing *writing)
{
    struct text rows;
    struct builder list = builder_make(memory, writing->day_count * 5 * NUMBER + 3);
    for (size_t i = 0; i < writing->day_count; i++) {
        const struct day *day = &writing->days[i];
        const int64_t numbers[] = {day->program, day->day, day->clicks, day->marked,
                                   day->impressions};
        add_numbers(&list, numbers, 5);
    }
    const struct problem *problem = end_list(&list, &rows);
    return problem ? problem : referrals_days_add(db, memory, rows);
}

/* Once, even when the work runs twice: they keep their ids. */
static bool prepare(struct memory *memory, struct writing *writing)
{
    struct click **clicks = writing->clicks;
    if (writing->hours)
        return true;
    struct hour *hours = memory_take_array(memory, writing->count, sizeof *hours);
    writing->days = memory_take_array(memory, writing->count, sizeof *writing->days);
    if (!hours || !writing->days)
        return false;
    writing->hours = hours;
    for (size_t i = 0; i < writing->count; i++)
        clicks[i]->id = clicks[i]->impression ? 0 : id_new();
    qsort(clicks, writing->count, sizeof *clicks, by_hour);
    add_up(writing);
    add_up_days(writing);
    return true;
}

static const struct problem *write_all(struct database *db, struct memory *memory, void *context)
{
    struct writing *writing = context;
    struct text rows;
    if (!prepare(memory, writing))
        return &out_of_memory;
    const struct problem *problem = count_hours(db, memory, writing);
    if (!problem)
        problem = count_days(db, memory, writing);
    if (problem || !writing->click_count)
        return problem;
    struct builder list = builder_make(memory, writing->click_count * 8 * NUMBER + 3);
    builder_expect(&list, writing->click_count * 5 * NUMBER);
    for (size_t i = 0; i < writing->count; i++) {
        const struct click *click = writing->clicks[i];
        const int64_t numbers[] = {
            click->id,    click->found.link,      click->prior,           click->at.ms,
            click->marks, click->visitor.visitor, click->visitor.network, click->seen};
        if (!click->impression)
            add_numbers(&list, numbers, 8);
    }
    problem = end_list(&list, &rows);
    return problem ? problem : referrals_clicks_insert(db, memory, rows);
}

/* What was not written has no name. */
static void forget_unwritten(const struct writing *writing, const struct problem *problem)
{
    for (size_t i = 0; problem && i < writing->count; i++)
        writing->clicks[i]->id = 0;
}

const struct problem *clicks_write(struct store *store, struct memory *memory,
                                   struct click **clicks, size_t count)
{
    struct writing writing = {.clicks = clicks, .count = count};
    const struct problem *problem = store_write_locking(store, memory, write_all, &writing);
    forget_unwritten(&writing, problem);
    return problem;
}

static void written(void *context, const struct problem *problem)
{
    struct writing *writing = context;
    forget_unwritten(writing, problem);
    writing->done(writing->context, problem);
}

void clicks_write_later(struct store *store, struct memory *memory, struct click **clicks,
                        size_t count, store_done *done, void *context)
{
    struct writing *writing = memory_take(memory, sizeof *writing);
    if (!writing) {
        done(context, &out_of_memory);
        return;
    }
    *writing = (struct writing){.clicks = clicks, .count = count, .done = done, .context = context};
    store_write_later(store, memory, write_all, writing, written);
}
