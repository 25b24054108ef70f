/*
 * The table of verdict rules, and the verdict. See suspect.h.
 */
#include "modules/referrals/suspects/rules.h"

#include <string.h>

const struct suspect_terms suspect_terms_plain = {SUSPECT_HOLD_CLICK, SUSPECT_HOLD_CLAIM, 0};

enum effect { HOLDS = 1, REJECTS };

/* A rule finds for a click, for a claim, or for both. What decides alone says REJECTS: what it finds is
 * no suspicion but a fact, and none of it is anybody's visit or somebody else's purchase. */
static const struct rule {
    enum suspect_rule rule; /* its name */
    bool click, claim;      /* what it looks at */
    enum effect effect;     /* whether its finding alone rejects */
    suspect_check *check;   /* the rule */
    const char *words;      /* its sentence */
} rules[] = {
    {SUSPECT_PROGRAM, true, false, REJECTS, suspect_program, "referrals.suspect.program"},
    {SUSPECT_EMBEDDED, true, false, REJECTS, suspect_embedded, "referrals.suspect.embedded"},
    {SUSPECT_PREFETCH, true, false, REJECTS, suspect_prefetch, "referrals.suspect.prefetch"},
    {SUSPECT_BANNED, true, false, REJECTS, suspect_banned, "referrals.suspect.banned"},
    {SUSPECT_BURST, true, false, HOLDS, suspect_burst, "referrals.suspect.burst"},
    {SUSPECT_HOSTED, true, false, HOLDS, suspect_hosted, "referrals.suspect.hosted"},
    {SUSPECT_BARE, true, false, HOLDS, suspect_bare, "referrals.suspect.bare"},
    {SUSPECT_IDLE, true, false, HOLDS, suspect_idle, "referrals.suspect.idle"},
    {SUSPECT_UNSEEN, true, false, HOLDS, suspect_unseen, "referrals.suspect.unseen"},
    {SUSPECT_GLANCE, true, false, HOLDS, suspect_glance, "referrals.suspect.glance"},
    {SUSPECT_AGAIN, true, false, HOLDS, suspect_again, "referrals.suspect.again"},
    {SUSPECT_COMPANY, true, false, HOLDS, suspect_company, "referrals.suspect.company"},
    {SUSPECT_ALIKE, true, true, HOLDS, suspect_alike, "referrals.suspect.alike"},
    {SUSPECT_FLOOD, true, false, HOLDS, suspect_flood, "referrals.suspect.flood"},
    {SUSPECT_SAME_MAIL, false, true, REJECTS, suspect_same_mail, "referrals.suspect.same_mail"},
    {SUSPECT_SAME_PERSON, false, true, HOLDS, suspect_same_person, "referrals.suspect.same_person"},
    {SUSPECT_FELLOW, false, true, HOLDS, suspect_fellow, "referrals.suspect.fellow"},
    {SUSPECT_SAME_PAYOUT, false, true, HOLDS, suspect_same_payout, "referrals.suspect.same_payout"},
    {SUSPECT_AFTER_BASKET, false, true, HOLDS, suspect_after_basket,
     "referrals.suspect.after_basket"},
    {SUSPECT_AT_ONCE, false, true, HOLDS, suspect_at_once, "referrals.suspect.at_once"},
    {SUSPECT_PREPARED, false, true, HOLDS, suspect_prepared, "referrals.suspect.prepared"},
    {SUSPECT_ODD_NUMBER, false, true, HOLDS, suspect_odd_number, "referrals.suspect.odd_number"},
    {SUSPECT_EARLY_NUMBER, false, true, HOLDS, suspect_early_number,
     "referrals.suspect.early_number"},
    {SUSPECT_HEARSAY, false, true, HOLDS, suspect_hearsay, "referrals.suspect.hearsay"},
    {SUSPECT_DISPOSABLE, false, true, HOLDS, suspect_disposable, "referrals.suspect.disposable"},
    {SUSPECT_SAME_MACHINE, false, true, HOLDS, suspect_same_machine,
     "referrals.suspect.same_machine"},
    {SUSPECT_ITS_CLICK, false, true, HOLDS, suspect_its_click, "referrals.suspect.its_click"},
    {SUSPECT_TOO_MANY, false, true, HOLDS, suspect_too_many, "referrals.suspect.too_many"},
    {SUSPECT_ONE_CUSTOMER, false, true, HOLDS, suspect_one_customer,
     "referrals.suspect.one_customer"},
    {SUSPECT_SENT_BACK, false, true, HOLDS, suspect_sent_back, "referrals.suspect.sent_back"},
    {SUSPECT_LATE, false, true, HOLDS, suspect_late, "referrals.suspect.late"},
    {SUSPECT_ASLEEP, false, true, HOLDS, suspect_asleep, "referrals.suspect.asleep"},
};
_Static_assert(sizeof rules / sizeof *rules == SUSPECT_RULES, "every rule has its row");

const char *suspect_words(enum suspect_rule rule)
{
    return rules[rule - 1].words;
}

/* What decided goes first. */
static void note(struct suspect_verdict *verdict, struct suspect_finding found)
{
    size_t at = verdict->count++;
    for (; at > 0 && verdict->findings[at - 1].points < found.points; at--)
        verdict->findings[at] = verdict->findings[at - 1];
    verdict->findings[at] = found;
    verdict->score += found.points;
}

static void judge(const struct suspect_look *look, int64_t hold, struct suspect_verdict *verdict)
{
    *verdict = (struct suspect_verdict){.state = VERDICT_COUNTED};
    for (size_t i = 0; i < SUSPECT_RULES; i++) {
        const struct rule *rule = &rules[i];
        struct suspect_finding found = {.rule = rule->rule};
        if (!(look->claim ? rule->claim : rule->click) || (look->terms->off >> rule->rule & 1))
            continue;
        found.points = rule->check(look, &found);
        if (found.points == 0)
            continue;
        note(verdict, found);
        if (rule->effect == REJECTS)
            verdict->state = VERDICT_REJECTED;
    }
    if (verdict->state == VERDICT_COUNTED && verdict->score >= hold)
        verdict->state = VERDICT_HELD;
}

int64_t suspect_click_score(const struct suspect_look *look)
{
    struct suspect_verdict verdict;
    int64_t score = 0;
    judge(look, INT64_MAX, &verdict);
    for (size_t i = 0; i < verdict.count; i++)
        score += verdict.findings[i].rule < SUSPECT_ALIKE ? verdict.findings[i].points : 0;
    return score;
}

void suspect_judge_click(const struct suspect_memory *memory, const struct suspect_terms *terms,
                         const struct suspect_click *click, struct suspect_verdict *verdict)
{
    const struct suspect_look look = {
        .memory = memory,
        .terms = terms,
        .partner = suspect_sums_of(memory, click->partner),
        .click = click,
    };
    judge(&look, terms->hold_click, verdict);
}

void suspect_judge_claim(const struct suspect_memory *memory, const struct suspect_terms *terms,
                         const struct suspect_claim *claim, struct suspect_verdict *verdict)
{
    const struct suspect_look look = {
        .memory = memory,
        .terms = terms,
        .partner = suspect_sums_of(memory, claim->partner),
        .click = claim->click,
        .claim = claim,
    };
    judge(&look, terms->hold_claim, verdict);
}
