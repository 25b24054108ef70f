/*
 * What the verdict rules hold of a crowd: of the bad, and by mistake of the good, at each threshold.
 *
 *   verdicts [all] [FIRST LAST [PARTNERS DAYS [RULE]]]
 *
 * Judges the crowds of these seeds (101 to 115, 2,000 partners, 60 days; the rules were tuned on seeds below 100)
 * as the running program does (tests/crowd/running.h), or by all facts of the crowd, whoever could know them, and prints the whole curve of claims (sign-ups and orders) and of clicks, when they come and before they are
 * paid, then each kind at the thresholds that programs have, then what each rule found. RULE is left out, to see
 * what it is worth. Honest visitors of liars are honest, and counted apart as well; clicks of link machines
 * are apart. What a crowd can't say stands in tests/crowd/README.md.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../tests/crowd/running.h"

enum { MOST = 60, GROUPS = 2 * CROWD_KINDS, CLICKS = 0, CLAIMS = 1 };

struct group {
    int64_t all;             /* judged */
    int64_t score[MOST + 1]; /* by score; what is rejected is at the end */
};

/* Of clicks and of claims, when they came and before they are paid. */
struct counts {
    struct group good;          /* of honest partners */
    struct group visitors;      /* honest, of bad partners */
    struct group kinds[GROUPS]; /* bad by kind and variant; good by kind of their partner */
    int64_t rules[SUSPECT_RULES + 1][2]; /* findings: of good, of bad */
};

static struct counts counts[2][2];

static void add(struct group *group, const struct suspect_verdict *verdict)
{
    int64_t score = verdict->score < MOST ? verdict->score : MOST - 1;
    group->all++;
    group->score[verdict->state == VERDICT_REJECTED ? MOST : score]++;
}

static void count(const struct judged *judged, void *context)
{
    struct counts *here = &counts[judged->kind == CROWD_CLICK ? CLICKS : CLAIMS][judged->paid];
    bool bad = judged->truth.label == CROWD_BAD;
    (void)context;
    if (judged->truth.label == CROWD_OPEN)
        return;
    if (bad || judged->partner.label != CROWD_BAD)
        add(&here->kinds[judged->truth.kind * 2 + judged->truth.careful], &judged->verdict);
    if (!bad)
        add(judged->partner.label == CROWD_BAD ? &here->visitors : &here->good, &judged->verdict);
    if (judged->truth.kind == CROWD_MACHINE)
        return;
    for (size_t i = 0; i < judged->verdict.count; i++)
        here->rules[judged->verdict.findings[i].rule][bad]++;
}

/* ---- sums ------------------------------------------------------------------------------------- */

static void join(struct group *sum, const struct group *part)
{
    sum->all += part->all;
    for (int i = 0; i <= MOST; i++)
        sum->score[i] += part->score[i];
}

/* Bad ones of both variants or of one, without link machines. */
static struct group bad_of(const struct counts *here, bool crude, bool careful)
{
    struct group sum = {0};
    for (int kind = CROWD_FARM; kind < CROWD_KINDS; kind++)
        for (int variant = 0; variant < 2; variant++)
            if (variant ? careful : crude)
                join(&sum, &here->kinds[kind * 2 + variant]);
    return sum;
}

static double held(const struct group *group, int64_t threshold)
{
    int64_t sum = 0;
    for (int64_t i = threshold; i <= MOST; i++)
        sum += group->score[i];
    return group->all ? 100.0 * (double)sum / (double)group->all : 0;
}

/* ---- telling ---------------------------------------------------------------------------------- */

static void print_curve(const char *what, const struct counts *here)
{
    struct group good = here->good, bad = bad_of(here, true, true);
    struct group crude = bad_of(here, true, false), careful = bad_of(here, false, true);
    join(&good, &here->visitors);
    printf("\n%s: %lld good (%lld of them liars' visitors), %lld bad; held, in %%\n", what,
           (long long)good.all, (long long)here->visitors.all, (long long)bad.all);
    printf("%9s %9s %12s %12s %9s %9s %9s\n", "threshold", "good", "of honest", "of liars", "bad",
           "crude", "careful");
    for (int64_t at = 4; at <= 30; at++)
        printf("%9lld %9.2f %12.2f %12.2f %9.1f %9.1f %9.1f\n", (long long)at, held(&good, at),
               held(&here->good, at), held(&here->visitors, at), held(&bad, at), held(&crude, at),
               held(&careful, at));
}

static void print_kinds(void)
{
    printf("\n%-30s %30s   %30s\n", "held, in %", "sign-ups and orders (19)", "clicks (13)");
    printf("%-30s %10s %9s %9s   %10s %9s %9s\n", "", "number", "at once", "paid", "number",
           "in 1 hour", "paid");
    for (int kind = CROWD_SHARER; kind < CROWD_KINDS; kind++)
        for (int variant = 0; variant < 2; variant++) {
            const struct group *groups[] = {
                &counts[CLAIMS][0].kinds[kind * 2 + variant],
                &counts[CLAIMS][1].kinds[kind * 2 + variant],
                &counts[CLICKS][0].kinds[kind * 2 + variant],
                &counts[CLICKS][1].kinds[kind * 2 + variant],
            };
            if (groups[0]->all + groups[2]->all == 0)
                continue;
            printf("%-20s %-9s %10lld %9.2f %9.2f   %10lld %9.2f %9.2f\n",
                   crowd_kind_name((enum crowd_kind)kind),
                   kind < CROWD_FARM ? (kind == CROWD_MACHINE ? "apart" : "good")
                   : variant         ? "careful"
                                     : "crude",
                   (long long)groups[1]->all, held(groups[0], SUSPECT_HOLD_CLAIM),
                   held(groups[1], SUSPECT_HOLD_CLAIM), (long long)groups[3]->all,
                   held(groups[2], SUSPECT_HOLD_CLICK), held(groups[3], SUSPECT_HOLD_CLICK));
        }
}

static void print_rules(void)
{
    printf("\n%-24s %21s   %21s\n", "found, in % (paid)", "sign-ups and orders", "clicks");
    printf("%-24s %10s %10s   %10s %10s\n", "", "good", "bad", "good", "bad");
    for (int rule = 1; rule <= SUSPECT_RULES; rule++) {
        double share[2][2];
        for (int what = 0; what < 2; what++) {
            const struct counts *here = &counts[what][1];
            struct group bad = bad_of(here, true, true);
            int64_t all[2] = {here->good.all + here->visitors.all, bad.all};
            for (int i = 0; i < 2; i++)
                share[what][i] = all[i] ? 100.0 * (double)here->rules[rule][i] / (double)all[i] : 0;
        }
        printf("%-24s %10.2f %10.2f   %10.2f %10.2f\n",
               strrchr(suspect_words((enum suspect_rule)rule), '.') + 1, share[CLAIMS][0],
               share[CLAIMS][1], share[CLICKS][0], share[CLICKS][1]);
    }
}

int main(int arguments, char **argument)
{
    bool all = arguments > 1 && strcmp(argument[1], "all") == 0;
    arguments -= all;
    argument += all;
    uint64_t first = arguments > 2 ? strtoull(argument[1], NULL, 10) : 101;
    uint64_t last = arguments > 2 ? strtoull(argument[2], NULL, 10) : 115;
    uint32_t partners = arguments > 4 ? (uint32_t)strtoul(argument[3], NULL, 10) : 2000;
    uint32_t days = arguments > 4 ? (uint32_t)strtoul(argument[4], NULL, 10) : 60;
    struct suspect_terms terms = suspect_terms_plain;
    for (int rule = 1; arguments > 5 && rule <= SUSPECT_RULES; rule++)
        if (strcmp(strrchr(suspect_words((enum suspect_rule)rule), '.') + 1, argument[5]) == 0)
            terms.off |= UINT64_C(1) << rule;
    for (uint64_t seed = first; seed <= last; seed++)
        if (!(all ? judge_crowd(seed, partners, days, &terms, count, NULL)
                  : run_crowd(seed, partners, days, JUDGED_PAID, &terms, count, NULL))) {
            (void)fputs("verdicts: not enough memory, or too small a crowd\n", stderr);
            return 1;
        }
    printf("seeds %llu to %llu, %u partners, %u days each, by %s; tuned on seeds below 100\n",
           (unsigned long long)first, (unsigned long long)last, partners, days,
           all ? "all facts" : "what the running program knows");
    print_curve("sign-ups and orders before they are paid", &counts[CLAIMS][1]);
    print_curve("sign-ups and orders when they come", &counts[CLAIMS][0]);
    print_curve("clicks before they are paid", &counts[CLICKS][1]);
    print_curve("clicks in the hour after them", &counts[CLICKS][0]);
    print_kinds();
    print_rules();
    return 0;
}
