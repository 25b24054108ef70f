/*
 * The pure decisions of briefs: criteria, scores, deadlines, budget. See rules.h.
 */
#include "modules/briefs/rules.h"

#include "base/log.h"

const struct problem briefs_not_open = {"briefs.not_open", 409, FAULT_CLIENT, false};
const struct problem briefs_full = {"briefs.full", 409, FAULT_CLIENT, false};
const struct problem briefs_over_budget = {"briefs.over_budget", 409, FAULT_CLIENT, false};

void briefs_criteria_read(struct text kept, struct briefs_criteria *out)
{
    struct text line;
    out->count = 0;
    while (out->count < BRIEFS_CRITERIA && text_split(&kept, '\n', &line)) {
        if (!text_empty(text_trim(line)))
            out->names[out->count++] = text_trim(line);
    }
}

int64_t briefs_score_at(struct text scores, size_t place)
{
    if (place >= scores.size)
        return 0;
    char digit = scores.data[place];
    return digit >= '1' && digit <= '0' + BRIEFS_SCORE_MAX ? digit - '0' : 0;
}

int64_t briefs_scores_sum(struct text scores)
{
    int64_t sum = 0;
    for (size_t place = 0; place < BRIEFS_CRITERIA; place++)
        sum += briefs_score_at(scores, place);
    return sum;
}

void briefs_scores_write(char out[BRIEFS_CRITERIA + 1], const int64_t scores[BRIEFS_CRITERIA])
{
    for (size_t place = 0; place < BRIEFS_CRITERIA; place++) {
        ensure(scores[place] >= 0 && scores[place] <= BRIEFS_SCORE_MAX);
        out[place] = (char)('0' + scores[place]);
    }
    out[BRIEFS_CRITERIA] = 0;
}

struct instant briefs_deadline(struct instant typed)
{
    return typed.ms % DAY == 0 ? instant_add(typed, BRIEFS_DAY_ENDS) : typed;
}

bool briefs_deadline_fits(struct instant until, struct instant now)
{
    return until.ms > now.ms && until.ms - now.ms <= BRIEFS_LONGEST;
}

struct instant briefs_lapse_at(struct instant until)
{
    return instant_add(until, BRIEFS_DECIDE_BY);
}

static const struct problem *within_budget(const struct briefs_brief_row *brief, struct money price)
{
    if (!currency_equal(price.currency, brief->budget.currency))
        return &ledger_wrong_currency;
    return price.minor <= brief->budget.minor ? NULL : &briefs_over_budget;
}

const struct problem *briefs_may_answer(const struct briefs_brief_row *brief, struct money price,
                                        struct instant at)
{
    if (brief->state != BRIEF_OPEN || at.ms > brief->until.ms)
        return &briefs_not_open;
    return within_budget(brief, price);
}

const struct problem *briefs_may_accept(const struct briefs_brief_row *brief, struct money price)
{
    if (brief->accepted >= brief->wanted)
        return &briefs_full;
    return within_budget(brief, price);
}
