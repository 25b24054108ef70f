/*
 * Shows a crowd: how many facts of each kind, and the facts themselves.
 *
 *   crowd_facts SEED PARTNERS DAYS                  counts by kind, variant and label
 *   crowd_facts SEED PARTNERS DAYS FACTS TRUTH      writes also two files, one JSON object a line: what a
 *                                                   server sees, and what it was; line N of one is line N
 *                                                   of the other
 *
 * Read next: tests/crowd/crowd.h.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "crowd.h"

struct counts {
    uint64_t of[CROWD_KINDS][3][CROWD_FACT_KINDS]; /* good or open, crude, careful */
    uint64_t labels[CROWD_FACT_KINDS][4];          /* by label */
};

/* ---- JSON lines ------------------------------------------------------------------------------- */

static void text(FILE *out, const char *name, const char *value)
{
    (void)fprintf(out, ",\"%s\":\"", name);
    for (; *value; value++)
        (void)fprintf(out, *value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    (void)fputc('"', out);
}

/* Marks as text: they are more than JSON's numbers hold. */
static void mark(FILE *out, const char *name, uint64_t value)
{
    if (value)
        (void)fprintf(out, ",\"%s\":\"%016" PRIx64 "\"", name, value);
}

static void number(FILE *out, const char *name, int64_t value)
{
    (void)fprintf(out, ",\"%s\":%" PRId64, name, value);
}

static void identity(FILE *out, const struct crowd_identity *who)
{
    text(out, "name", who->name);
    text(out, "mail", who->mail);
    mark(out, "device", who->device);
}

static void address(FILE *out, uint64_t ip, uint32_t network)
{
    mark(out, "ip", ip);
    number(out, "network", network);
    (void)fprintf(out, ",\"data_centre\":%s", crowd_is_data_centre(network) ? "true" : "false");
}

static void write_partner(FILE *out, const struct crowd_partner *partner)
{
    number(out, "partner", partner->partner);
    identity(out, &partner->who);
    mark(out, "payout", partner->payout);
    mark(out, "address", partner->address);
    address(out, partner->ip, partner->network);
    number(out, "invited_by", partner->invited_by);
    text(out, "country", partner->country);
    text(out, "code", partner->code);
}

static void write_click(FILE *out, const struct crowd_click *click)
{
    mark(out, "click", click->click);
    number(out, "link", click->link);
    number(out, "partner", click->partner);
    address(out, click->ip, click->network);
    mark(out, "visitor", click->visitor);
    text(out, "method", click->method);
    text(out, "sec_fetch_site", click->site);
    text(out, "sec_fetch_mode", click->mode);
    text(out, "sec_fetch_dest", click->dest);
    text(out, "sec_fetch_user", click->user);
    text(out, "sec_purpose", click->purpose);
    text(out, "user_agent", click->agent);
    text(out, "referrer", click->referrer);
}

static void write_sign_up(FILE *out, const struct crowd_sign_up *sign_up)
{
    mark(out, "account", sign_up->account);
    identity(out, &sign_up->who);
    mark(out, "click", sign_up->click);
    address(out, sign_up->ip, sign_up->network);
    text(out, "country", sign_up->country);
    text(out, "code", sign_up->code);
}

static void write_order(FILE *out, const struct crowd_order *order)
{
    mark(out, "order", order->order);
    text(out, "reference", order->reference);
    text(out, "source", order->source);
    number(out, "amount", order->amount);
    text(out, "currency", order->currency);
    identity(out, &order->who);
    mark(out, "session", order->session);
    mark(out, "click", order->click);
    mark(out, "account", order->account);
    mark(out, "payment", order->payment);
    mark(out, "address", order->address);
    address(out, order->ip, order->network);
    text(out, "country", order->country);
    text(out, "code", order->code);
}

static void write_small(FILE *out, const struct crowd_fact *fact)
{
    static const char *const reversals[] = {"", "refund", "part refund", "chargeback"};
    if (fact->kind == CROWD_LINK) {
        number(out, "link", fact->link.link);
        number(out, "partner", fact->link.partner);
    } else if (fact->kind == CROWD_IMPRESSION) {
        number(out, "link", fact->impression.link);
        number(out, "partner", fact->impression.partner);
        address(out, fact->impression.ip, fact->impression.network);
        mark(out, "visitor", fact->impression.visitor);
    } else if (fact->kind == CROWD_PAGE) {
        mark(out, "click", fact->page.click);
        mark(out, "session", fact->page.session);
        number(out, "visible", fact->page.visible);
        number(out, "scrolled", fact->page.scrolled);
        number(out, "touches", fact->page.touches);
    } else if (fact->kind == CROWD_BASKET) {
        mark(out, "session", fact->basket.session);
        mark(out, "click", fact->basket.click);
    } else {
        mark(out, "order", fact->reverse.order);
        number(out, "amount", fact->reverse.amount);
        text(out, "why", reversals[fact->reverse.kind]);
    }
}

static void write_fact(FILE *out, const struct crowd_fact *fact)
{
    (void)fprintf(out, "{\"at\":%" PRId64, fact->at);
    text(out, "fact", crowd_fact_name(fact->kind));
    if (fact->kind == CROWD_PARTNER)
        write_partner(out, &fact->partner);
    else if (fact->kind == CROWD_CLICK)
        write_click(out, &fact->click);
    else if (fact->kind == CROWD_SIGN_UP)
        write_sign_up(out, &fact->sign_up);
    else if (fact->kind == CROWD_ORDER)
        write_order(out, &fact->order);
    else
        write_small(out, fact);
    (void)fputs("}\n", out);
}

static void write_truth(FILE *out, struct crowd_truth truth)
{
    (void)fprintf(out, "{\"label\":\"%s\"", crowd_label_name(truth.label));
    text(out, "kind", crowd_kind_name(truth.kind));
    (void)fprintf(out, ",\"careful\":%s", truth.careful ? "true" : "false");
    number(out, "partner", truth.partner);
    number(out, "rightful", truth.rightful);
    (void)fputs("}\n", out);
}

/* ---- counts ----------------------------------------------------------------------------------- */

static void count_fact(struct counts *counts, const struct crowd_fact *fact,
                       struct crowd_truth truth)
{
    int variant = truth.label != CROWD_BAD ? 0 : truth.careful ? 2 : 1;
    counts->of[truth.kind][variant][fact->kind]++;
    counts->labels[fact->kind][truth.label]++;
}

static void print_counts(const struct counts *counts)
{
    static const char *const variants[] = {"", "crude", "careful"};
    printf("%-20s %-8s", "kind", "variant");
    for (int fact = CROWD_PARTNER; fact < CROWD_FACT_KINDS; fact++)
        printf(" %10s", crowd_fact_name((enum crowd_fact_kind)fact));
    for (int kind = 1; kind < CROWD_KINDS; kind++)
        for (int variant = 0; variant < 3; variant++) {
            const uint64_t *row = counts->of[kind][variant];
            uint64_t sum = 0;
            for (int fact = 1; fact < CROWD_FACT_KINDS; fact++)
                sum += row[fact];
            if (sum == 0)
                continue;
            printf("\n%-20s %-8s", crowd_kind_name((enum crowd_kind)kind), variants[variant]);
            for (int fact = 1; fact < CROWD_FACT_KINDS; fact++)
                printf(" %10" PRIu64, row[fact]);
        }
    printf("\n");
    for (int label = CROWD_GOOD; label <= CROWD_OPEN; label++) {
        printf("\n%-29s", crowd_label_name((enum crowd_label)label));
        for (int fact = 1; fact < CROWD_FACT_KINDS; fact++)
            printf(" %10" PRIu64, counts->labels[fact][label]);
    }
    printf("\n");
}

int main(int count, char **arguments)
{
    static struct counts counts;
    if (count != 4 && count != 6) {
        (void)fputs("usage: crowd_facts SEED PARTNERS DAYS [FACTS TRUTH]\n", stderr);
        return 2;
    }
    clock_t began = clock();
    struct crowd *crowd =
        crowd_open(strtoull(arguments[1], NULL, 10), (uint32_t)strtoul(arguments[2], NULL, 10),
                   (uint32_t)strtoul(arguments[3], NULL, 10));
    FILE *facts = count == 6 ? fopen(arguments[4], "w") : NULL;
    FILE *truths = count == 6 ? fopen(arguments[5], "w") : NULL;
    if (!crowd || (count == 6 && (!facts || !truths))) {
        (void)fputs("crowd_facts: at least 100 partners and 1 day, and files that can be written\n",
                    stderr);
        return 1;
    }
    struct crowd_fact fact;
    while (crowd_next(crowd, &fact)) {
        count_fact(&counts, &fact, crowd_truth(crowd));
        if (facts)
            write_fact(facts, &fact);
        if (truths)
            write_truth(truths, crowd_truth(crowd));
    }
    print_counts(&counts);
    printf("\n%" PRIu64 " facts waited at most; %.1f s of processor\n", crowd_waited(crowd),
           (double)(clock() - began) / CLOCKS_PER_SEC);
    bool failed =
        crowd_failed(crowd) || (facts && fclose(facts) != 0) || (truths && fclose(truths) != 0);
    crowd_close(crowd);
    return failed ? 1 : 0;
}
