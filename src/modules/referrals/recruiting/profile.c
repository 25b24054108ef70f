/*
 * What somebody says about themselves, and the facts by which they are found.
 *
 * Must not know: HTTP, who looks. Read next: queries.sql.
 */
#include "base/ids.h"
#include "modules/referrals/recruiting/queries.h"
#include "modules/referrals/recruiting/recruit.shapes.h"
#include "modules/referrals/recruiting/rows.h"

static const struct problem *fact(struct database *db, struct memory *memory,
                                  const struct sharer_row *sharer, const char *name,
                                  struct text value)
{
    const struct sharer_fact_row row = {text_of(name), value, sharer->reach, sharer->id};
    return sharer_fact_insert(db, memory, &row);
}

static const struct problem *facts(struct database *db, struct memory *memory,
                                   const struct sharer_row *sharer, const char *name,
                                   struct text values)
{
    struct text value;
    const struct problem *problem = NULL;
    while (!problem && text_split(&values, ' ', &value))
        problem = fact(db, memory, sharer, name, value);
    return problem;
}

/* Whoever is not shown has none, so nobody finds them. */
static const struct problem *keep_facts(struct database *db, struct memory *memory,
                                        const struct sharer_row *sharer,
                                        const struct sharer_channel_list *channels)
{
    const struct problem *problem = sharer_facts_delete(db, memory, sharer->id);
    if (problem || !sharer->shown)
        return problem;
    problem = fact(db, memory, sharer, "all", text_of(""));
    if (!problem)
        problem = facts(db, memory, sharer, "topic", sharer->topics);
    if (!problem)
        problem = facts(db, memory, sharer, "language", sharer->languages);
    if (!problem)
        problem = facts(db, memory, sharer, "country", sharer->countries);
    for (size_t i = 0; !problem && i < channels->count; i++)
        problem = fact(db, memory, sharer, "kind",
                       text_of(words_name(&sharer_kind_words, (int)channels->items[i].kind)));
    return problem;
}

static const struct problem *keep_channels(struct database *db, struct memory *memory,
                                           struct sharer_id sharer,
                                           const struct sharer_channel_list *channels)
{
    const struct problem *problem = sharer_channels_delete(db, memory, sharer);
    for (size_t i = 0; !problem && i < channels->count; i++) {
        const struct sharer_channel_row row = {sharer, (int64_t)i + 1, channels->items[i].address,
                                               channels->items[i].reach, channels->items[i].kind};
        problem = sharer_channel_insert(db, memory, &row);
    }
    return problem;
}

const struct problem *sharer_keep(struct database *db, struct memory *memory,
                                  struct sharer_row *sharer,
                                  const struct sharer_channel_list *channels)
{
    struct sharer_row known;
    const struct problem *problem = sharer_of(db, memory, sharer->person, &known);
    if (problem && problem != &not_found)
        return problem;
    sharer->reach = 0;
    for (size_t i = 0; i < channels->count; i++)
        sharer->reach += channels->items[i].reach;
    sharer->id.value = problem ? id_new() : known.id.value;
    problem = problem ? sharer_insert(db, memory, sharer) : sharer_update(db, memory, sharer);
    if (!problem)
        problem = keep_channels(db, memory, sharer->id, channels);
    return problem ? problem : keep_facts(db, memory, sharer, channels);
}

const struct problem *sharer_remove(struct database *db, struct memory *memory,
                                    struct party_id person)
{
    struct sharer_row known;
    const struct problem *problem = sharer_of(db, memory, person, &known);
    if (!problem)
        problem = sharer_facts_delete(db, memory, known.id);
    if (!problem)
        problem = sharer_channels_delete(db, memory, known.id);
    return problem ? problem : sharer_delete(db, memory, known.id);
}
