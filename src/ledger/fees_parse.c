/*
 * Reads a set of fees as an operator writes it: "service: 4% + 1.00 of price, min 0.50, by buyer".
 *
 * Amounts have a point, never a comma, which separates the parts of a rule. Every complaint names the
 * rule and quotes what is wrong. Must not know: settings. Read next: ledger/fees.h.
 */
#include "ledger/fees.h"

#include <string.h>

enum { NAME_MAX_BYTES = 40, RATE_DIGITS = 2 };

/* A set while it is read. */
struct reading {
    struct memory *memory;
    struct currency currency;
    struct text place;      /* how a complaint begins: the rule's name, or all of it */
    struct fee_rule *rule;  /* being filled */
    bool has_percentage;    /* "%" was there */
    bool has_base;          /* "of" was there */
    struct text *complaint; /* what is wrong */
};

static const struct problem *complain(const struct reading *reading, const char *what,
                                      struct text found)
{
    *reading->complaint = text_format(reading->memory, "rule \"%.*s\": \"%.*s\" %s",
                                      TEXT_ARGS(reading->place), TEXT_ARGS(found), what);
    return reading->complaint->data ? &invalid_input : &out_of_memory;
}

/* "4", "2.5" or "0.25" as basis points. */
static bool read_rate(struct text typed, int64_t *out)
{
    int after = -1; /* digits after the point; -1 before it */
    int64_t rate = 0;
    if (typed.size == 0 || typed.data[typed.size - 1] == '.' || typed.data[0] == '.')
        return false;
    for (size_t i = 0; i < typed.size; i++) {
        char c = typed.data[i];
        bool point = c == '.' && after < 0;
        if (!point && (c < '0' || c > '9' || after == RATE_DIGITS || rate > 10000))
            return false;
        if (!point)
            rate = rate * 10 + (c - '0');
        after += point || after >= 0 ? 1 : 0;
    }
    for (after = after < 0 ? 0 : after; after < RATE_DIGITS; after++)
        rate *= 10;
    *out = rate;
    return rate <= 10000;
}

/* An amount above zero. */
static const struct problem *read_amount(const struct reading *reading, struct text typed,
                                         int64_t *out)
{
    struct money amount;
    if (!money_parse(typed, reading->currency, &amount) || amount.minor == 0)
        return complain(reading, "is no amount above zero in the site's currency", typed);
    *out = amount.minor;
    return NULL;
}

/* A percentage, or the fixed amount; each once. */
static const struct problem *read_term(struct reading *reading, struct text term)
{
    struct fee_rule *rule = reading->rule;
    term = text_trim(term);
    if (term.size == 0 || term.data[term.size - 1] != '%') {
        if (rule->fixed)
            return complain(reading, "is a second fixed amount", term);
        return read_amount(reading, term, &rule->fixed);
    }
    if (reading->has_percentage)
        return complain(reading, "is a second percentage", term);
    reading->has_percentage = true;
    if (!read_rate(text_trim((struct text){term.data, term.size - 1}), &rule->rate))
        return complain(reading,
                        "is no percentage from 0 to 100 with at most two digits after "
                        "the point",
                        term);
    return NULL;
}

/* "4% + 1.00 of price" */
static const struct problem *read_taken(struct reading *reading, struct text taken)
{
    static const char of[] = " of ";
    struct fee_rule *rule = reading->rule;
    struct text terms = text_trim(taken);
    struct text term;
    rule->counted_on = FEE_OF_PRICE;
    const char *found = terms.data ? memmem(terms.data, terms.size, of, sizeof of - 1) : NULL;
    if (found) {
        const char *after = found + sizeof of - 1;
        struct text base = {after, (size_t)(terms.data + terms.size - after)};
        reading->has_base = true;
        terms = text_trim((struct text){terms.data, (size_t)(found - terms.data)});
        if (text_is(text_trim(base), "share"))
            rule->counted_on = FEE_OF_SHARE;
        else if (!text_is(text_trim(base), "price"))
            return complain(reading, "is neither price nor share", text_trim(base));
    }
    const struct problem *problem = NULL;
    struct text rest = terms;
    if (text_empty(terms))
        return complain(reading, "takes nothing: a percentage or an amount is missing", terms);
    if (terms.data[terms.size - 1] == '+')
        return complain(reading, "ends before an amount", terms);
    while (!problem && text_split(&rest, '+', &term))
        problem = read_term(reading, term);
    if (!problem && reading->has_percentage && !reading->has_base)
        return complain(reading, "needs \"of price\" or \"of share\"", terms);
    if (!problem && rule->rate == 0 && rule->fixed == 0)
        return complain(reading, "takes nothing; leave the rule out", terms);
    return problem;
}

/* What follows `word` and a space in a part; false when it begins otherwise. */
static bool after_word(struct text part, const char *word, struct text *out)
{
    size_t size = strlen(word);
    if (part.size <= size || !text_starts(part, word) || part.data[size] != ' ')
        return false;
    *out = text_trim((struct text){part.data + size, part.size - size});
    return true;
}

static const struct problem *read_bearer(const struct reading *reading, struct text who)
{
    static const char *const words[] = {[FEE_BY_BUYER] = "buyer",
                                        [FEE_BY_SUPPLIER] = "supplier",
                                        [FEE_BY_INTERMEDIARY] = "intermediary"};
    for (int bearer = FEE_BY_BUYER; bearer <= FEE_BY_INTERMEDIARY; bearer++) {
        if (text_is(who, words[bearer])) {
            reading->rule->bearer = (enum fee_bearer)bearer;
            return NULL;
        }
    }
    return complain(reading, "is neither buyer, supplier nor intermediary", who);
}

/* "min 0.50", "max 20.00" or "by buyer" */
static const struct problem *read_part(const struct reading *reading, struct text part)
{
    struct fee_rule *rule = reading->rule;
    struct text value;
    part = text_trim(part);
    if (after_word(part, "min", &value))
        return rule->least ? complain(reading, "is a second min", part)
                           : read_amount(reading, value, &rule->least);
    if (after_word(part, "max", &value))
        return rule->most ? complain(reading, "is a second max", part)
                          : read_amount(reading, value, &rule->most);
    if (after_word(part, "by", &value))
        return rule->bearer ? complain(reading, "is a second bearer", part)
                            : read_bearer(reading, value);
    return complain(reading, "is neither min, max nor by", part);
}

static bool is_name(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (i > 0 && ((c >= '0' && c <= '9') || c == '_'))))
            return false;
    }
    return name.size > 0 && name.size <= NAME_MAX_BYTES;
}

static const struct problem *read_name(struct reading *reading, const struct fee_rules *before,
                                       struct text name)
{
    if (!is_name(name))
        return complain(reading, "is no name: small letters, digits and _ before a colon", name);
    reading->place = name;
    reading->rule->name = text_format(reading->memory, "fee.%.*s", TEXT_ARGS(name));
    if (!reading->rule->name.data)
        return &out_of_memory;
    for (int i = 0; i < before->count; i++) {
        if (text_equal(before->items[i].name, reading->rule->name))
            return complain(reading, "is the name of two rules", name);
    }
    return NULL;
}

/* What only shows when all parts of a rule are there. */
static const struct problem *check_whole(const struct reading *reading, struct text written)
{
    const struct fee_rule *rule = reading->rule;
    if (rule->most && rule->least > rule->most)
        return complain(reading, "has a min above its max", written);
    if (!rule->bearer)
        return complain(reading,
                        "does not say who bears it: by buyer, by supplier or by intermediary",
                        written);
    if (rule->bearer == FEE_BY_BUYER && rule->counted_on == FEE_OF_SHARE)
        return complain(reading,
                        "is by buyer, so it must be of price: what they pay is said before the "
                        "share is known",
                        written);
    return NULL;
}

static const struct problem *read_rule(struct reading *reading, const struct fee_rules *before,
                                       struct text written)
{
    struct text rest = written;
    struct text name;
    struct text part;
    reading->place = written;
    if (!memchr(written.data, ':', written.size))
        return complain(reading, "has no colon after a name", written);
    text_split(&rest, ':', &name);
    const struct problem *problem = read_name(reading, before, text_trim(name));
    if (problem)
        return problem;
    if (!text_split(&rest, ',', &part))
        part = (struct text){"", 0};
    problem = read_taken(reading, part);
    while (!problem && text_split(&rest, ',', &part))
        problem = read_part(reading, part);
    return problem ? problem : check_whole(reading, text_trim(written));
}

/* The next rule as it is written: up to ";" or the end of the line. */
static bool next_rule(struct text *rest, struct text *out)
{
    size_t size = 0;
    if (rest->size == 0)
        return false;
    while (size < rest->size && rest->data[size] != ';' && rest->data[size] != '\n')
        size++;
    *out = text_trim((struct text){rest->data, size});
    size += size < rest->size ? 1 : 0;
    *rest = (struct text){rest->data + size, rest->size - size};
    return true;
}

const struct problem *fees_parse(struct memory *memory, struct text setting,
                                 struct currency currency, struct fee_rules *out,
                                 struct text *complaint)
{
    struct text written;
    *out = (struct fee_rules){.currency = currency};
    while (next_rule(&setting, &written)) {
        struct fee_rule rule = {.name = {NULL, 0}};
        struct reading reading = {.memory = memory,
                                  .currency = currency,
                                  .place = written,
                                  .rule = &rule,
                                  .complaint = complaint};
        if (text_empty(written))
            continue;
        if (out->count == FEES_MAX)
            return complain(&reading, "is one rule too many", written);
        const struct problem *problem = read_rule(&reading, out, written);
        if (problem)
            return problem;
        out->items[out->count++] = rule;
    }
    return NULL;
}
