/*
 * What rules promise becomes postings, holds and awards, out of the budget.
 *
 * Money of all levels is one posting that passes through a sale, so that a part of it can be taken back from
 * all of them; units are granted level by level, by their issuer's own rules. Must not know: rules' conditions.
 * Read next: core/program/back.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "core/program/parts.h"
#include "core/program/queries.h"
#include "ledger/promise.h"

enum { BUSINESS = 0, FIRST = 1 }; /* parties */
enum { SUM = 0 };                 /* amounts: of all levels, then of each */
enum { LATE = DAY };              /* after its verdict */

#define LEVEL(n)                                                                                   \
    {                                                                                              \
        {ACCOUNT_SALE, LEDGER_PLATFORM}, {ACCOUNT_EARNINGS, n}, n, "program.leg.level"             \
    }
const struct posting_template program_reward_posting = {
    .name = "program.reward",
    .parties = {"business", "level 1", "level 2", "level 3", "level 4", "level 5", "level 6",
                "level 7", "level 8", "level 9", "level 10"},
    .amounts = {"sum", "level 1", "level 2", "level 3", "level 4", "level 5", "level 6", "level 7",
                "level 8", "level 9", "level 10"},
    .legs =
        {{{ACCOUNT_BUDGET, BUSINESS}, {ACCOUNT_SALE, LEDGER_PLATFORM}, SUM, "program.leg.reward"},
         LEVEL(1),
         LEVEL(2),
         LEVEL(3),
         LEVEL(4),
         LEVEL(5),
         LEVEL(6),
         LEVEL(7),
         LEVEL(8),
         LEVEL(9),
         LEVEL(10)},
    .count = 1 + PROGRAM_LEVELS,
};

bool program_pays_money(enum program_benefit benefit)
{
    return benefit == BENEFIT_PERCENT || benefit == BENEFIT_AMOUNT;
}

struct currency program_unit(enum program_benefit benefit, struct text currency)
{
    struct currency own;
    if (benefit == BENEFIT_POINTS)
        return currency_points;
    if (benefit == BENEFIT_TICKETS)
        return currency_tickets;
    ensure(currency_parse(currency, &own));
    return own;
}

void program_cut(struct program_judgement *judgement, const struct party_id *chain, size_t levels)
{
    for (size_t i = 0; i < judgement->count; i++) {
        struct program_due *due = &judgement->dues[i];
        for (size_t level = 0; level < PROGRAM_LEVELS; level++) {
            if (level < levels && chain[level].value)
                continue;
            due->sum -= due->parts[level];
            due->parts[level] = 0;
        }
    }
}

/* ---- counting --------------------------------------------------------------------------------- */

static const struct problem *count_used(const struct giving *giving,
                                        const struct program_rule *rule,
                                        const struct program_due *due)
{
    struct program_used_row row = {
        .program = giving->program->id,
        .rule = rule->name,
        .begun = program_period_begin(rule->period, giving->event),
        .party = giving->chain[0],
        .minor = due->parts[0],
    };
    const struct problem *problem = NULL;
    if (rule->most_each.present)
        problem = program_use(giving->db, giving->memory, &row);
    row.party.value = 0;
    row.minor = due->sum;
    if (!problem && rule->most.present)
        problem = program_use(giving->db, giving->memory, &row);
    return problem;
}

const struct problem *program_use_less(struct database *db, struct memory *memory,
                                       const struct verdict_row *verdict,
                                       const struct program_rules *rules,
                                       const struct award_row *award)
{
    const struct program_rule *rule = NULL;
    for (size_t i = 0; i < rules->rules.count; i++) {
        if (text_equal(rules->rules.items[i].name, award->rule))
            rule = &rules->rules.items[i];
    }
    if (!rule || award->level == 0 || award->back_minor >= award->sum.minor)
        return NULL; /* no cap counts gifts; held back before, or all of it came to nothing */
    struct program_used_row row = {
        .program = award->program,
        .rule = rule->name,
        .begun = program_period_begin(rule->period, verdict->at),
        .party = verdict->party,
        .minor = -award->sum.minor,
    };
    const struct problem *problem = NULL;
    if (rule->most_each.present && award->level == 1)
        problem = program_use(db, memory, &row);
    row.party.value = 0;
    if (!problem && rule->most.present)
        problem = program_use(db, memory, &row);
    return problem;
}

/* The money of all that is to be given leaves the budget, or nothing does. */
static const struct problem *count_given(const struct giving *giving,
                                         const struct program_judgement *judgement)
{
    struct money sum = {0, program_unit(BENEFIT_AMOUNT, giving->program->currency)};
    struct program_hit hit;
    for (size_t i = 0; i < judgement->count; i++) {
        const struct program_due *due = &judgement->dues[i];
        bool pays =
            due->rule >= 0 && program_pays_money(giving->rules->rules.items[due->rule].benefit);
        if (pays && !money_add(sum, (struct money){due->sum, sum.currency}, &sum))
            return &program_no_budget;
    }
    if (sum.minor == 0)
        return NULL;
    const struct problem *problem =
        program_give(giving->db, giving->memory, giving->program->id, sum.minor, &hit);
    return problem == &not_found ? &program_no_budget : problem;
}

/* ---- giving ----------------------------------------------------------------------------------- */

static struct award_row award_of(const struct giving *giving, const struct program_rule *rule,
                                 int64_t minor, size_t level)
{
    int64_t days = program_pays_money(rule->benefit) ? rule->hold_days : 0;
    return (struct award_row){
        .id = {id_new()},
        .verdict = giving->verdict,
        .program = giving->program->id,
        .party = giving->chain[level],
        .level = (int64_t)level + 1,
        .rule = rule->name,
        .sum = {minor, program_unit(rule->benefit, giving->program->currency)},
        .credit = rule->benefit == BENEFIT_CREDIT,
        .due = instant_add(giving->at, days * DAY),
        .at = giving->at,
        .late = giving->at.ms - id_time(giving->verdict.value).ms > LATE,
    };
}

struct verdict_id program_may_hold(struct instant now)
{
    struct instant before = instant_add(now, -(LATE + PROGRAM_HOLD_DAYS * DAY));
    return (struct verdict_id){id_first_at(before)};
}

const struct problem *program_hold(struct database *db, struct memory *memory,
                                   struct party_id party, int64_t subject, struct money sum,
                                   struct instant at, struct instant until, struct hold_id *out)
{
    struct ledger_balance balance;
    *out = (struct hold_id){0};
    const struct problem *problem =
        ledger_hold(db, memory, party, ACCOUNT_EARNINGS, sum, subject, at, until, out);
    if (problem == &ledger_not_enough)
        problem = ledger_balance(db, memory, party, ACCOUNT_EARNINGS, sum.currency, &balance);
    else
        return problem;
    /* What makes up for what was owed can't be held any more. */
    if (problem || balance.free.minor <= 0)
        return problem;
    return ledger_hold(db, memory, party, ACCOUNT_EARNINGS, balance.free, subject, at, until, out);
}

static const struct problem *keep(const struct giving *giving, const struct award_row *award)
{
    struct program_sum_row sum = {award->program,
                                  award->party,
                                  text_of(award->sum.currency.code),
                                  award->sum.minor,
                                  0,
                                  award->credit ? award->sum.minor : 0,
                                  0};
    const struct problem *problem = program_sum_add(giving->db, giving->memory, &sum);
    return problem ? problem : award_insert(giving->db, giving->memory, award);
}

static const struct problem *give_money(const struct giving *giving,
                                        const struct program_rule *rule,
                                        const struct program_due *due)
{
    struct posting posting = {
        .template = &program_reward_posting, .subject = giving->subject, .at = giving->at};
    struct currency currency = program_unit(rule->benefit, giving->program->currency);
    struct award_row awards[PROGRAM_LEVELS];
    struct ledger_held held[PROGRAM_LEVELS];
    size_t count = 0, held_count = 0;
    struct posting_id id;
    posting.parties[BUSINESS] = giving->program->business;
    posting.amounts[SUM] = (struct money){due->sum, currency};
    for (size_t level = 0; level < PROGRAM_LEVELS; level++) {
        posting.parties[FIRST + level] = giving->chain[level < giving->levels ? level : 0];
        posting.amounts[FIRST + level] = (struct money){due->parts[level], currency};
    }
    for (size_t level = 0; level < giving->levels; level++) {
        if (due->parts[level] > 0)
            awards[count++] = award_of(giving, rule, due->parts[level], level);
    }
    for (size_t i = 0; i < count && rule->hold_days > 0; i++)
        held[held_count++] = (struct ledger_held){
            {ACCOUNT_EARNINGS, (int)awards[i].level}, awards[i].sum, awards[i].due, {0}};
    const struct problem *problem = ledger_post_held(giving->db, giving->memory, &posting,
                                                     giving->verdict.value, held, held_count, &id);
    for (size_t i = 0; !problem && i < count; i++) {
        awards[i].posting = id;
        awards[i].hold = held_count > 0 ? held[i].hold : (struct hold_id){0};
        problem = keep(giving, &awards[i]);
    }
    return problem;
}

static const struct problem *give_units(const struct giving *giving,
                                        const struct program_rule *rule,
                                        const struct program_due *due)
{
    const struct problem *problem = NULL;
    for (size_t level = 0; !problem && level < giving->levels; level++) {
        struct award_row award = award_of(giving, rule, due->parts[level], level);
        struct promise_move move = {
            .issuer = giving->program->business,
            .party = award.party,
            .units = award.sum,
            .subject = giving->subject,
            .reason = "program.leg.reward",
            .at = giving->at,
        };
        if (award.sum.minor == 0)
            continue;
        problem = promise_grant(giving->db, giving->memory, &move, &award.posting);
        if (!problem)
            problem = keep(giving, &award);
    }
    return problem;
}

static const struct problem *give_gift(const struct giving *giving, const struct program_rule *rule,
                                       const struct program_due *due)
{
    if (due->gift == 0 || !giving->guest)
        return NULL;
    struct gift_row gift = {
        .id = {id_new()},
        .verdict = giving->verdict,
        .program = giving->program->id,
        .business = giving->program->business,
        .subject = giving->subject,
        .mail = giving->guest->mail,
        .rule = rule->name,
        .sum = {due->gift, program_unit(rule->gifts.items[0].benefit, giving->program->currency)},
        .state = GIFT_WAITING,
        .at = giving->at,
    };
    return program_gift_give(giving->db, giving->memory, &gift, giving->guest->party);
}

const struct problem *program_give_all(const struct giving *giving,
                                       const struct program_judgement *judgement)
{
    const struct problem *problem = count_given(giving, judgement);
    for (size_t i = 0; !problem && i < judgement->count; i++) {
        const struct program_due *due = &judgement->dues[i];
        if (due->rule < 0 || due->sum == 0)
            continue;
        const struct program_rule *rule = &giving->rules->rules.items[due->rule];
        problem = count_used(giving, rule, due);
        if (!problem)
            problem = program_pays_money(rule->benefit) ? give_money(giving, rule, due)
                                                        : give_units(giving, rule, due);
        if (!problem)
            problem = give_gift(giving, rule, due);
        if (!problem)
            problem = program_access_give(giving, rule);
    }
    return problem;
}
