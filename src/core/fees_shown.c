/*
 * Fees in a reader's words. See fees_shown.h; the words are in text/.
 */
#include "core/fees_shown.h"

#include "web/words.h"

enum { SAID_MAX = 1000 };

/* What the sentences may name. */
struct saying {
    struct memory *memory;
    enum language language;
    const struct fee_line *line;
    struct text name; /* as the sentence needs it */
    struct text rate; /* "8%" */
};

static struct text say(const struct saying *saying, const char *key)
{
    const struct fee_line *line = saying->line;
    const struct word_argument arguments[] = {
        {.name = "name", .kind = FIELD_TEXT, .text = saying->name},
        {.name = "rate", .kind = FIELD_TEXT, .text = saying->rate},
        {.name = "base", .kind = FIELD_MONEY, .money = line->base},
        {.name = "fixed", .kind = FIELD_MONEY, .money = line->fixed},
        {.name = "least", .kind = FIELD_MONEY, .money = line->least},
        {.name = "most", .kind = FIELD_MONEY, .money = line->most},
    };
    return words_text(saying->memory, saying->language, key, arguments,
                      sizeof arguments / sizeof arguments[0]);
}

/* The text "NAME.ENDING", or the name's own. */
static struct text named(const struct saying *saying, const char *ending)
{
    struct text key = text_format(saying->memory, "%.*s%s", TEXT_ARGS(saying->line->name), ending);
    return key.data ? words_text(saying->memory, saying->language, key.data, NULL, 0) : key;
}

static struct text rule_said(const struct saying *saying)
{
    const struct fee_line *line = saying->line;
    if (line->rate == 0)
        return say(saying, "fee.says.fixed");
    if (line->counted_on == FEE_OF_SHARE)
        return say(saying, line->fixed.minor ? "fee.says.share_and" : "fee.says.share");
    return say(saying, line->fixed.minor ? "fee.says.price_and" : "fee.says.price");
}

static struct text rule_worked(const struct saying *saying)
{
    const struct fee_line *line = saying->line;
    if (line->rate == 0)
        return say(saying, "fee.says.fixed");
    return say(saying, line->fixed.minor ? "fee.worked.rate_and" : "fee.worked.rate");
}

static const struct problem *limits_said(const struct saying *saying, struct text *out)
{
    const struct fee_line *line = saying->line;
    struct builder said = builder_make(saying->memory, SAID_MAX);
    if (line->least.minor && line->most.minor)
        builder_add(&said, say(saying, "fee.limits.both"));
    else if (line->least.minor)
        builder_add(&said, say(saying, "fee.limits.least"));
    else if (line->most.minor)
        builder_add(&said, say(saying, "fee.limits.most"));
    if (line->cut && said.size)
        builder_add_char(&said, ' ');
    if (line->cut)
        builder_add(&said, say(saying, "fee.limits.cut"));
    return builder_end(&said, out);
}

static const struct problem *show(struct memory *memory, enum language language,
                                  const struct fee_line *line, struct fee_shown *out)
{
    struct saying saying = {.memory = memory, .language = language, .line = line};
    struct builder rate = builder_make(memory, SAID_MAX);
    words_percent(&rate, language, line->rate);
    const struct problem *problem = builder_end(&rate, &saying.rate);
    out->line = *line;
    out->label = named(&saying, "");
    out->what = named(&saying, ".what");
    saying.name = out->label;
    out->says = rule_said(&saying);
    out->within = named(&saying, ".within");
    saying.name = out->within;
    out->worked = rule_worked(&saying);
    if (!problem)
        problem = limits_said(&saying, &out->limits);
    if (problem)
        return problem;
    return out->label.data && out->what.data && out->says.data && out->worked.data ? NULL
                                                                                   : &out_of_memory;
}

/* Those of `lines` that `bearer` bears, in their order. */
static const struct problem *fees_shown(struct memory *memory, enum language language,
                                        const struct fee_line *lines, size_t count,
                                        enum fee_bearer bearer, struct fee_shown_list *out)
{
    struct fee_shown *items = memory_take_array(memory, count, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    size_t found = 0;
    for (size_t i = 0; !problem && i < count; i++) {
        if (lines[i].bearer == bearer)
            problem = show(memory, language, &lines[i], &items[found++]);
    }
    *out = (struct fee_shown_list){items, problem ? 0 : found};
    return problem;
}

const struct problem *fees_shown_by_bearer(const struct request *request,
                                           const struct fee_breakdown *sum,
                                           struct fees_by_bearer *out)
{
    struct {
        enum fee_bearer bearer;
        struct fee_shown_list *list;
    } shown[] = {{FEE_BY_BUYER, &out->buyer},
                 {FEE_BY_SUPPLIER, &out->supplier},
                 {FEE_BY_INTERMEDIARY, &out->intermediary}};
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < sizeof shown / sizeof shown[0]; i++)
        problem = fees_shown(request->memory, request->language, sum->lines, (size_t)sum->count,
                             shown[i].bearer, shown[i].list);
    return problem;
}

bool fees_have_words(struct memory *memory, const struct fee_rules *rules, struct text *without)
{
    static const char *const endings[] = {"", ".within", ".what"};
    for (int i = 0; i < rules->count; i++) {
        for (size_t k = 0; k < sizeof endings / sizeof endings[0]; k++) {
            struct text name = rules->items[i].name;
            struct text key = text_format(memory, "%.*s%s", TEXT_ARGS(name), endings[k]);
            *without = key;
            if (!key.data || !words_have(key.data))
                return false;
        }
    }
    return true;
}
