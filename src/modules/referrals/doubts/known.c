/*
 * What the verdict rules remember, in tables. See known.h.
 *
 * Marks are 64 bits without a sign in memory and with one in tables; the bits are the same.
 */
#include "modules/referrals/doubts/known.h"

#include "base/log.h"
#include "modules/referrals/doubts/queries.h"
#include "modules/referrals/doubts/rows.h"

enum { DIGITS = 21 /* of a number, with its comma */ };

const struct problem *known_read(struct database *db, struct memory *memory,
                                 struct referrals_partner_id partner, struct suspect_sums *out)
{
    struct known_row row = {.partner = partner};
    const struct problem *problem = known_of(db, memory, partner, &row);
    if (problem == &not_found)
        row = (struct known_row){.partner = partner};
    *out = (struct suspect_sums){
        .partner = partner.value,
        .last = row.last,
        .clicks = row.clicks,
        .idle = row.idle,
        .unseen = row.unseen,
        .glances = row.glances,
        .pages = row.pages,
        .seconds = row.seconds,
        .squares = row.squares,
        .sign_ups = row.sign_ups,
        .orders = row.orders,
        .customers = row.customers,
        .late = row.late,
        .timed = row.timed,
        .followed = row.followed,
        .returned = row.returned,
        .who = {.mail = (uint64_t)row.mail,
                .name = (uint64_t)row.name,
                .surname = (uint64_t)row.surname,
                .payment = (uint64_t)row.payment},
    };
    return problem == &not_found ? NULL : problem;
}

const struct problem *known_write(struct database *db, struct memory *memory,
                                  const struct suspect_sums *sums)
{
    struct known_row row = {
        .partner = {sums->partner},
        .last = sums->last,
        .clicks = sums->clicks,
        .idle = sums->idle,
        .unseen = sums->unseen,
        .glances = sums->glances,
        .pages = sums->pages,
        .seconds = sums->seconds,
        .squares = sums->squares,
        .sign_ups = sums->sign_ups,
        .orders = sums->orders,
        .customers = sums->customers,
        .late = sums->late,
        .timed = sums->timed,
        .followed = sums->followed,
        .returned = sums->returned,
        .mail = (int64_t)sums->who.mail,
        .name = (int64_t)sums->who.name,
        .surname = (int64_t)sums->who.surname,
        .payment = (int64_t)sums->who.payment,
    };
    return known_put(db, memory, &row);
}

const struct problem *known_read_made(struct database *db, struct memory *memory, int64_t owner,
                                      struct suspect_made *out)
{
    struct known_made_row row;
    struct text number;
    const struct problem *problem = known_made_of(db, memory, owner, &row);
    *out = (struct suspect_made){.clicks = 0};
    if (problem)
        return problem == &not_found ? NULL : problem;
    *out = (struct suspect_made){
        .clicks = row.clicks, .weight = row.weight, .made = row.made, .gain = row.gain};
    for (size_t i = 0; i < SUSPECT_SORTS && text_split(&row.sorts, ',', &number); i++)
        if (!text_to_integer(number, &out->sorts[i]))
            out->sorts[i] = 0;
    return NULL;
}

const struct problem *known_write_made(struct database *db, struct memory *memory, int64_t owner,
                                       const struct suspect_made *made)
{
    struct known_made_row row = {owner,      made->clicks, made->weight,
                                 made->made, made->gain,   {NULL, 0}};
    struct builder b = builder_make(memory, SUSPECT_SORTS * DIGITS + 1);
    for (size_t i = 0; i < SUSPECT_SORTS; i++) {
        if (i)
            builder_add_char(&b, ',');
        builder_add_integer(&b, made->sorts[i]);
    }
    const struct problem *problem = builder_end(&b, &row.sorts);
    return problem ? problem : known_made_put(db, memory, &row);
}

const struct problem *known_read_marks(struct database *db, struct memory *memory,
                                       const uint64_t *keys, size_t count,
                                       struct suspect_memory *into)
{
    struct known_mark_list rows;
    struct text list;
    struct builder b = builder_make(memory, KNOWN_KEYS * DIGITS + 3);
    ensure(count > 0 && count <= KNOWN_KEYS);
    for (size_t i = 0; i < count; i++) {
        builder_add_char(&b, i ? ',' : '[');
        builder_add_integer(&b, (int64_t)keys[i]);
    }
    builder_add_char(&b, ']');
    const struct problem *problem = builder_end(&b, &list);
    if (!problem)
        problem = known_marks(db, memory, list, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct known_mark *row = &rows.items[i];
        suspect_put_mark(into, &(struct suspect_mark){(uint64_t)row->key, row->last, row->since,
                                                      row->count, row->value});
    }
    return problem;
}

const struct problem *known_write_marks(struct database *db, struct memory *memory,
                                        const uint64_t *keys, size_t count,
                                        const struct suspect_memory *from)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < count; i++) {
        const struct suspect_mark *mark = suspect_find(from, keys[i]);
        struct known_mark row = {.key = (int64_t)keys[i]};
        if (!mark)
            continue;
        row = (struct known_mark){row.key, mark->last, mark->since, mark->count, mark->value};
        problem = known_mark_put(db, memory, &row);
    }
    return problem;
}
