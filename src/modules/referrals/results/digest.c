/*
 * The sentences of a week.
 *
 * Must not know: who reads them. Read next: digest_job.c.
 */
#include "modules/referrals/results/digest.h"

#include "base/log.h"

struct saying {
    struct memory *memory;
    enum language language;
    struct text *items; /* DIGEST_SENTENCES */
    size_t count;
    bool failed; /* a text did not fit into memory */
};

static void say(struct saying *saying, const char *key, const struct word_argument *arguments,
                size_t count)
{
    struct text text = words_text(saying->memory, saying->language, key, arguments, count);
    saying->failed |= !text.data;
    ensure(saying->count < DIGEST_SENTENCES);
    saying->items[saying->count++] = text;
}

static struct word_argument number(const char *name, int64_t value)
{
    return (struct word_argument){.name = name, .kind = FIELD_INTEGER, .integer = value};
}

/* Orders of a hundred clicks, rounded. */
static int64_t rate(const struct digest_week *week)
{
    return (week->orders * 100 + week->clicks / 2) / week->clicks;
}

/* What the number of orders changed by is more clicks at the rate of before, and another rate for the clicks of
 * now; the greater of both is named. */
static void say_why(struct saying *saying, const struct digest_week *now,
                    const struct digest_week *before)
{
    if (now->clicks <= 0 || before->clicks <= 0 || now->orders == before->orders)
        return;
    /* In parts of an order: before->clicks of them are one. */
    int64_t change = (now->orders - before->orders) * before->clicks;
    int64_t by_clicks = (now->clicks - before->clicks) * before->orders;
    int64_t by_rate = change - by_clicks;
    bool more = now->orders > before->orders;
    bool clicks = more ? by_clicks >= by_rate : by_clicks <= by_rate;
    const struct word_argument arguments[] = {
        number("clicks", now->clicks), number("clicks_before", before->clicks),
        number("rate", rate(now)), number("rate_before", rate(before))};
    if (clicks)
        say(saying, more ? "referrals.digest.more_clicks" : "referrals.digest.fewer_clicks",
            &arguments[0], 2);
    else
        say(saying, more ? "referrals.digest.more_buy" : "referrals.digest.fewer_buy",
            &arguments[2], 2);
}

static void say_orders(struct saying *saying, const struct digest_about *about)
{
    const struct digest_week *now = &about->now, *before = &about->before;
    const struct word_argument arguments[] = {
        number("count", now->orders),
        number("before", before->orders),
        {.name = "sum", .kind = FIELD_MONEY, .money = {now->value_minor, about->currency}},
        number("customers", now->customers),
        {.name = "sum", .kind = FIELD_MONEY, .money = {now->back_minor, about->currency}},
    };
    if (now->orders > 0 || before->orders > 0)
        say(saying, "referrals.digest.orders", &arguments[0], 4);
    say_why(saying, now, before);
    if (now->back_minor > 0)
        say(saying, "referrals.digest.back", &arguments[4], 1);
}

const struct problem *digest_say(struct memory *memory, enum language language,
                                 const struct digest_about *about, struct text_list *out)
{
    const struct digest_week *now = &about->now, *before = &about->before;
    struct saying saying = {.memory = memory, .language = language};
    saying.items = memory_take_array(memory, DIGEST_SENTENCES, sizeof *saying.items);
    *out = (struct text_list){saying.items, 0};
    if (!saying.items)
        return &out_of_memory;
    if (now->clicks == 0 && now->orders == 0 && now->joined == 0 && !about->ruled)
        return NULL;
    const struct word_argument clicks[] = {number("count", now->clicks),
                                           number("before", before->clicks)};
    const struct word_argument joined[] = {number("count", now->joined),
                                           number("before", before->joined)};
    if (now->clicks > 0 || before->clicks > 0)
        say(&saying, "referrals.digest.clicks", clicks, 2);
    say_orders(&saying, about);
    if (now->joined > 0 || before->joined > 0)
        say(&saying, "referrals.digest.joined", joined, 2);
    if (now->joined > 0 && now->clicks == 0)
        say(&saying, "referrals.digest.silent", NULL, 0);
    if (about->ruled)
        say(&saying, "referrals.digest.ruled", NULL, 0);
    out->count = saying.count;
    return saying.failed ? &out_of_memory : NULL;
}

int64_t digest_monday(int64_t day)
{
    /* 1970-01-01 was a Thursday. */
    return day - (day + 3) % DIGEST_WEEK;
}
