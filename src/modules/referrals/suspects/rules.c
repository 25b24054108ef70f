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
    const char *words;      /* its sentence, to the partner */
    const char *of_words;   /* to others, where the former says "you"; NULL: it does not */
} rules[] = {
    {SUSPECT_PROGRAM, true, false, REJECTS, suspect_program, "referrals.suspect.program", NULL},
    {SUSPECT_EMBEDDED, true, false, REJECTS, suspect_embedded, "referrals.suspect.embedded", NULL},
    {SUSPECT_PREFETCH, true, false, REJECTS, suspect_prefetch, "referrals.suspect.prefetch", NULL},
    {SUSPECT_BANNED, true, false, REJECTS, suspect_banned, "referrals.suspect.banned", NULL},
    {SUSPECT_BURST, true, false, HOLDS, suspect_burst, "referrals.suspect.burst", NULL},
    {SUSPECT_HOSTED, true, false, HOLDS, suspect_hosted, "referrals.suspect.hosted", NULL},
    {SUSPECT_BARE, true, false, HOLDS, suspect_bare, "referrals.suspect.bare", NULL},
    {SUSPECT_IDLE, true, false, HOLDS, suspect_idle, "referrals.suspect.idle", NULL},
    {SUSPECT_UNSEEN, true, false, HOLDS, suspect_unseen, "referrals.suspect.unseen", NULL},
    {SUSPECT_GLANCE, true, false, HOLDS, suspect_glance, "referrals.suspect.glance", NULL},
    {SUSPECT_AGAIN, true, false, HOLDS, suspect_again, "referrals.suspect.again",
     "referrals.suspect_of.again"},
    {SUSPECT_COMPANY, true, false, HOLDS, suspect_company, "referrals.suspect.company",
     "referrals.suspect_of.company"},
    {SUSPECT_ALIKE, false, true, HOLDS, suspect_alike, "referrals.suspect.alike",
     "referrals.suspect_of.alike"},
    {SUSPECT_FLOOD, true, false, HOLDS, suspect_flood, "referrals.suspect.flood",
     "referrals.suspect_of.flood"},
    {SUSPECT_SAME_MAIL, false, true, REJECTS, suspect_same_mail, "referrals.suspect.same_mail",
     "referrals.suspect_of.same_mail"},
    {SUSPECT_SAME_PERSON, false, true, HOLDS, suspect_same_person, "referrals.suspect.same_person",
     "referrals.suspect_of.same_person"},
    {SUSPECT_FELLOW, false, true, HOLDS, suspect_fellow, "referrals.suspect.fellow", NULL},
    {SUSPECT_SAME_PAYOUT, false, true, HOLDS, suspect_same_payout, "referrals.suspect.same_payout",
     "referrals.suspect_of.same_payout"},
    {SUSPECT_AFTER_BASKET, false, true, HOLDS, suspect_after_basket,
     "referrals.suspect.after_basket", NULL},
    {SUSPECT_AT_ONCE, false, true, HOLDS, suspect_at_once, "referrals.suspect.at_once", NULL},
    {SUSPECT_PREPARED, false, true, HOLDS, suspect_prepared, "referrals.suspect.prepared", NULL},
    {SUSPECT_ODD_NUMBER, false, true, HOLDS, suspect_odd_number, "referrals.suspect.odd_number",
     NULL},
    {SUSPECT_EARLY_NUMBER, false, true, HOLDS, suspect_early_number,
     "referrals.suspect.early_number", NULL},
    {SUSPECT_HEARSAY, false, true, HOLDS, suspect_hearsay, "referrals.suspect.hearsay", NULL},
    {SUSPECT_DISPOSABLE, false, true, HOLDS, suspect_disposable, "referrals.suspect.disposable",
     NULL},
    {SUSPECT_SAME_MACHINE, false, true, HOLDS, suspect_same_machine,
     "referrals.suspect.same_machine", NULL},
    {SUSPECT_ITS_CLICK, false, true, HOLDS, suspect_its_click, "referrals.suspect.its_click", NULL},
    {SUSPECT_TOO_MANY, false, true, HOLDS, suspect_too_many, "referrals.suspect.too_many", NULL},
    {SUSPECT_ONE_CUSTOMER, false, true, HOLDS, suspect_one_customer,
     "referrals.suspect.one_customer", "referrals.suspect_of.one_customer"},
    {SUSPECT_SENT_BACK, false, true, HOLDS, suspect_sent_back, "referrals.suspect.sent_back",
     "referrals.suspect_of.sent_back"},
    {SUSPECT_LATE, false, true, HOLDS, suspect_late, "referrals.suspect.late",
     "referrals.suspect_of.late"},
    {SUSPECT_ASLEEP, false, true, HOLDS, suspect_asleep, "referrals.suspect.asleep",
     "referrals.suspect_of.asleep"},
    {SUSPECT_OPENED, true, false, HOLDS, suspect_opened, "referrals.suspect.opened", NULL},
    {SUSPECT_STAYED, true, false, HOLDS, suspect_stayed, "referrals.suspect.stayed", NULL},
    {SUSPECT_TOUCHED, true, false, HOLDS, suspect_touched, "referrals.suspect.touched", NULL},
    {SUSPECT_READ, true, false, HOLDS, suspect_read, "referrals.suspect.read", NULL},
    {SUSPECT_DEVICE, true, false, HOLDS, suspect_device, "referrals.suspect.device", NULL},
    {SUSPECT_SOURCE, true, false, HOLDS, suspect_source, "referrals.suspect.source", NULL},
    {SUSPECT_NETWORK, true, false, HOLDS, suspect_network, "referrals.suspect.network", NULL},
    {SUSPECT_SHARED, true, false, HOLDS, suspect_shared, "referrals.suspect.shared", NULL},
    {SUSPECT_ITS_CLAIM, true, false, HOLDS, suspect_its_claim, "referrals.suspect.its_claim", NULL},
    {SUSPECT_OFTEN, true, false, HOLDS, suspect_often, "referrals.suspect.often", NULL},
    {SUSPECT_REGION, true, false, HOLDS, suspect_region, "referrals.suspect.region", NULL},
    {SUSPECT_CHECKOUT, true, false, HOLDS, suspect_checkout, "referrals.suspect.checkout", NULL},
    {SUSPECT_RUSHED, false, true, HOLDS, suspect_rushed, "referrals.suspect.rushed", NULL},
};
_Static_assert(sizeof rules / sizeof *rules == SUSPECT_RULES, "every rule has its row");

const char *suspect_words(enum suspect_rule rule)
{
    return rules[rule - 1].words;
}

const char *suspect_words_of(enum suspect_rule rule)
{
    return rules[rule - 1].of_words ? rules[rule - 1].of_words : rules[rule - 1].words;
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

static struct suspect_like like_of(const struct suspect_memory *memory,
                                   const struct suspect_click *click)
{
    const struct suspect_sums *usual = suspect_sums_of(memory, suspect_sums_key(click->program));
    return suspect_made_look(&suspect_sums_of(memory, click->partner)->made, &usual->made, click);
}

int64_t suspect_click_score(const struct suspect_look *look)
{
    struct suspect_verdict verdict;
    struct suspect_look click = *look;
    int64_t score = 0;
    click.claim = NULL;
    click.like = like_of(look->memory, look->click);
    judge(&click, INT64_MAX, &verdict);
    for (size_t i = 0; i < verdict.count; i++) {
        enum suspect_rule rule = verdict.findings[i].rule;
        bool own = rule != SUSPECT_FLOOD && rule != SUSPECT_ITS_CLAIM && rule != SUSPECT_CHECKOUT;
        score += own ? verdict.findings[i].points : 0;
    }
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
        .like = like_of(memory, click),
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
