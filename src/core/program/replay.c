/*
 * Judges again what happened, by two sets of rules.
 *
 * All that is counted stands in one table of pairs, a number for each side. Must not know: the database. Read next:
 * core/program/hear.c, which does the same when something happens.
 */
#include "core/program/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "core/program/parts.h"

/* What a number counts; of rules that many more, by their place. */
enum { SUM = 0, ORDERS = SUM + REPLAY_KINDS, MINOR, USED };
enum { ROOM_FIRST = 1024 };

struct tally {
    int64_t what;  /* 0: free; else what it counts, and one */
    int64_t begun; /* of the period of a cap, ms; else 0 */
    int64_t party; /* of whom; 0: of all */
    int64_t sides[REPLAY_SIDES];
};

struct replay {
    struct memory *memory;
    struct memory *room; /* of the table, which moves when it grows */
    const struct program_rules *rules[REPLAY_SIDES];
    struct tally *tallies;
    size_t size, used; /* of the table; a power of two */
    int64_t totals[REPLAY_KINDS][REPLAY_SIDES];
};

/* ---- the table -------------------------------------------------------------------------------- */

/* Finalizer of MurmurHash3 (A. Appleby). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 33)) * 0xff51afd7ed558ccdU;
    x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53U;
    return x ^ (x >> 33);
}

static struct tally *place_of(struct tally *tallies, size_t size, const struct tally *key)
{
    uint64_t hash =
        mix((uint64_t)key->party ^ mix((uint64_t)key->begun ^ mix((uint64_t)key->what)));
    size_t place = (size_t)hash & (size - 1);
    while (tallies[place].what != 0 &&
           (tallies[place].what != key->what || tallies[place].begun != key->begun ||
            tallies[place].party != key->party))
        place = (place + 1) & (size - 1);
    return &tallies[place];
}

static bool grow(struct replay *replay, size_t size)
{
    struct memory *room = memory_scratch(replay->memory);
    struct tally *tallies = room ? memory_take_array(room, size, sizeof *tallies) : NULL;
    if (!tallies)
        return false;
    for (size_t i = 0; i < replay->size; i++) {
        if (replay->tallies[i].what != 0)
            *place_of(tallies, size, &replay->tallies[i]) = replay->tallies[i];
    }
    memory_end(replay->room);
    replay->room = room;
    replay->tallies = tallies;
    replay->size = size;
    return true;
}

/* The numbers of one thing, which begin with 0; valid until the next call. NULL: no memory. */
static int64_t *tally(struct replay *replay, int what, struct instant begun, struct party_id party)
{
    struct tally key = {.what = what + 1, .begun = begun.ms, .party = party.value};
    if (replay->used * 2 >= replay->size && !grow(replay, replay->size * 2))
        return NULL;
    struct tally *found = place_of(replay->tallies, replay->size, &key);
    if (found->what == 0) {
        *found = key;
        replay->used++;
    }
    return found->sides;
}

static bool add(struct replay *replay, int what, struct instant begun, struct party_id party,
                int side, int64_t minor)
{
    int64_t *sides = tally(replay, what, begun, party);
    if (sides)
        sides[side] += minor;
    return sides != NULL;
}

struct replay *replay_begin(struct memory *memory, const struct program_rules *before,
                            const struct program_rules *after)
{
    struct replay *replay = memory_take(memory, sizeof *replay);
    if (!replay)
        return NULL;
    *replay = (struct replay){.memory = memory, .rules = {before, after}};
    return grow(replay, ROOM_FIRST) ? replay : NULL;
}

/* ---- judging ---------------------------------------------------------------------------------- */

static int kind_of(enum program_benefit benefit)
{
    switch (benefit) {
    case BENEFIT_PERCENT:
    case BENEFIT_AMOUNT:
        break;
    case BENEFIT_CREDIT:
        return REPLAY_CREDIT;
    case BENEFIT_POINTS:
        return REPLAY_POINTS;
    case BENEFIT_TICKETS:
        return REPLAY_TICKETS;
    }
    return REPLAY_MONEY;
}

/* Who brought it and who stood above; 0 where nobody did. Returns how many levels there are. */
static size_t chain_of(const struct replay_event *event, struct party_id chain[PROGRAM_LEVELS])
{
    size_t levels = 1;
    chain[0] = event->party;
    for (size_t i = 0; i < event->facts->above.count; i++) {
        const struct program_above *above = &event->facts->above.items[i];
        while (levels < (size_t)above->level)
            chain[levels++] = (struct party_id){0};
        chain[above->level - 1] = above->party;
    }
    return levels;
}

static bool look_up_used(struct replay *replay, const struct program_facts *facts,
                         struct party_id party, int side, struct program_used used[PROGRAM_RULES])
{
    const struct program_rule_list *rules = &replay->rules[side]->rules;
    for (size_t i = 0; i < rules->count; i++) {
        const struct program_rule *rule = &rules->items[i];
        struct instant begun = program_period_begin(rule->period, facts->at);
        const int64_t *each =
            rule->most_each.present ? tally(replay, USED + (int)i, begun, party) : NULL;
        used[i].each = each ? each[side] : 0;
        const int64_t *all =
            rule->most.present ? tally(replay, USED + (int)i, begun, (struct party_id){0}) : NULL;
        used[i].all = all ? all[side] : 0;
        if ((rule->most_each.present && !each) || (rule->most.present && !all))
            return false;
    }
    return true;
}

static bool give(struct replay *replay, const struct program_facts *facts,
                 const struct party_id *chain, size_t levels, int side,
                 const struct program_due *due)
{
    const struct program_rule *rule = &replay->rules[side]->rules.items[due->rule];
    struct instant begun = program_period_begin(rule->period, facts->at);
    int kind = kind_of(rule->benefit), used = USED + (int)due->rule;
    bool fine = true;
    if (rule->most_each.present)
        fine = add(replay, used, begun, chain[0], side, due->parts[0]);
    if (rule->most.present)
        fine = fine && add(replay, used, begun, (struct party_id){0}, side, due->sum);
    for (size_t level = 0; fine && level < levels; level++) {
        if (due->parts[level] > 0)
            fine =
                add(replay, SUM + kind, (struct instant){0}, chain[level], side, due->parts[level]);
    }
    replay->totals[kind][side] += due->sum;
    return fine;
}

static bool judge_side(struct replay *replay, const struct replay_event *event, int side,
                       bool *gives)
{
    struct party_id chain[PROGRAM_LEVELS];
    struct program_used used[PROGRAM_RULES] = {{0}};
    struct program_judgement judgement;
    struct program_facts facts = *event->facts;
    size_t levels = chain_of(event, chain);
    bool fine = look_up_used(replay, &facts, event->party, side, used);
    const int64_t *orders = tally(replay, ORDERS, (struct instant){0}, event->party);
    facts.partner_orders += orders ? orders[side] : 0;
    const int64_t *minor = tally(replay, MINOR, (struct instant){0}, event->party);
    facts.partner_minor += minor ? minor[side] : 0;
    *gives = false;
    if (!fine || !orders || !minor)
        return false;
    program_judge(replay->rules[side], &facts, used, &judgement);
    program_cut(&judgement, chain, levels);
    for (size_t i = 0; fine && i < judgement.count; i++) {
        if (judgement.dues[i].rule < 0 || judgement.dues[i].sum == 0)
            continue;
        fine = give(replay, &facts, chain, levels, side, &judgement.dues[i]);
        *gives = true;
    }
    return fine;
}

/* Whether the rules decided, and not somebody or something that goes before them. */
static bool rules_decided(const struct replay_event *event)
{
    return event->state != VERDICT_HELD && text_starts(event->reason, "program.why.") &&
           !text_is(event->reason, "program.why.returned_before");
}

const struct problem *replay_judge(struct replay *replay, const struct replay_event *event)
{
    bool counted =
        event->state != VERDICT_REJECTED || text_is(event->reason, "program.why.returned");
    struct instant ever = {0};
    if (!rules_decided(event))
        return NULL;
    for (int side = 0; side < REPLAY_SIDES; side++) {
        bool gives = false;
        if (!judge_side(replay, event, side, &gives))
            return &out_of_memory;
        /* From here on this side's partner brought more or less than the facts say. */
        int64_t more = (gives ? 1 : 0) - (counted ? 1 : 0);
        if (event->facts->trigger == TRIGGER_ORDER && more != 0 &&
            (!add(replay, ORDERS, ever, event->party, side, more) ||
             !add(replay, MINOR, ever, event->party, side, more * event->facts->total.minor)))
            return &out_of_memory;
    }
    return NULL;
}

/* ---- what came of it -------------------------------------------------------------------------- */

int64_t replay_total(const struct replay *replay, int kind, int side)
{
    return replay->totals[kind][side];
}

static int64_t size_of(const struct replay_line *line)
{
    int64_t more = line->sums[REPLAY_AFTER] - line->sums[REPLAY_BEFORE];
    return more < 0 ? -more : more;
}

static int compare(const void *a, const void *b)
{
    const struct replay_line *first = a, *second = b;
    if (first->kind != second->kind)
        return first->kind < second->kind ? -1 : 1;
    if (size_of(first) != size_of(second))
        return size_of(first) > size_of(second) ? -1 : 1;
    return first->party.value < second->party.value ? -1 : 1;
}

static bool differs(const struct tally *found)
{
    return found->what > SUM && found->what <= SUM + REPLAY_KINDS &&
           found->sides[REPLAY_BEFORE] != found->sides[REPLAY_AFTER];
}

/* Whether a line is the first of its person, so that people are counted once. */
static bool is_first(const struct replay *replay, const struct tally *found)
{
    for (int64_t what = SUM + 1; what < found->what; what++) {
        struct tally key = {.what = what, .party = found->party};
        if (differs(place_of(replay->tallies, replay->size, &key)))
            return false;
    }
    return true;
}

const struct problem *replay_changes(struct replay *replay, const struct replay_line **out,
                                     size_t *count, size_t *people)
{
    size_t lines = 0;
    *count = *people = 0;
    for (size_t i = 0; i < replay->size; i++)
        lines += differs(&replay->tallies[i]) ? 1 : 0;
    struct replay_line *list = memory_take_array(replay->memory, lines, sizeof *list);
    if (!list)
        return &out_of_memory;
    for (size_t i = 0; i < replay->size; i++) {
        const struct tally *found = &replay->tallies[i];
        if (!differs(found))
            continue;
        list[(*count)++] = (struct replay_line){
            {found->party},
            (int)found->what - 1 - SUM,
            {found->sides[REPLAY_BEFORE], found->sides[REPLAY_AFTER]},
        };
        *people += is_first(replay, found) ? 1 : 0;
    }
    if (*count > 1)
        qsort(list, *count, sizeof *list, compare);
    *out = list;
    return NULL;
}
