/*
 * How money is worked out, and the terms in force: what anyone may read before they take part.
 *
 * Everything comes from the settings and the kept texts; nothing is said twice. Must not know: deals.
 * Read next: rules.h, core/terms.h.
 */
#include <stdio.h>
#include <string.h>

#include "core/terms.h"
#include "modules/stock/public.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/stock.shapes.h"
#include "web/request.shapes.h"
#include "web/words.h"

enum { POINTS_MAX = 100 };

static const struct problem *show_levels(const struct request *request,
                                         const struct stock_rules *rules, struct money price,
                                         struct stock_public_level_list *out)
{
    const struct stock_levels *levels = &rules->levels;
    struct stock_public_level *items =
        memory_take_array(request->memory, (size_t)levels->count, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    for (int i = 0; !problem && i < levels->count; i++) {
        struct stock_split at_level;
        problem = stock_split_price(price, rules, levels->items[i].from, &at_level);
        items[i] = (struct stock_public_level){
            .level = i + 1,
            .from = levels->items[i].from,
            .rate = levels->items[i].rate,
            .earned = at_level.sum.gets,
        };
    }
    *out = (struct stock_public_level_list){items, (size_t)levels->count};
    return problem;
}

const struct problem *stock_public_money_show(struct request *request, const struct nothing *input,
                                              struct stock_public_money *view)
{
    struct stock_rules rules;
    struct stock_split split;
    (void)input;
    const struct problem *problem = stock_rules_now(request->memory, &rules);
    if (!problem)
        problem = stock_public_worked_example(&rules, &split);
    if (!problem)
        problem = stock_public_sum_of(request, &split, &view->sum);
    view->has_fees = rules.fees.count > 0;
    view->only_handling = rules.fees.count == 1 && view->sum.handling.present;
    return problem ? problem : show_levels(request, &rules, split.sum.price, &view->levels);
}

/* The licence that "stock.<word>" names; 0: none. */
static int licence_of(struct text name)
{
    static const char prefix[] = "stock.";
    size_t size = sizeof prefix - 1;
    if (!text_starts(name, prefix))
        return 0;
    struct text word = {name.data + size, name.size - size};
    return words_value(&stock_licence_kind_words, word);
}

static struct text say(const struct request *request, const char *prefix, int licence)
{
    struct text key = text_format(request->memory, "%s.%s", prefix,
                                  words_name(&stock_licence_kind_words, licence));
    return key.data ? words_text(request->memory, request->language, key.data, NULL, 0) : key;
}

/* Where the point with that number begins: " 2. "; the end of the text when there is none. */
static size_t find_point(struct text body, size_t from, int64_t number)
{
    char mark[24];
    int size = snprintf(mark, sizeof mark, " %lld. ", (long long)number);
    const char *found =
        from < body.size ? memmem(body.data + from, body.size - from, mark, (size_t)size) : NULL;
    return found ? (size_t)(found - body.data) : body.size;
}

/* The text by its numbered points, so that it can be read; nothing but white space between them goes. */
static const struct problem *split_points(struct memory *memory, struct text body,
                                          struct text_list *out)
{
    struct text *points = memory_take_array(memory, POINTS_MAX, sizeof *points);
    if (!points)
        return &out_of_memory;
    size_t count = 0;
    size_t from = 0;
    while (from < body.size && count < POINTS_MAX) {
        bool last = count + 1 == POINTS_MAX;
        size_t end = last ? body.size : find_point(body, from, (int64_t)count + 1);
        points[count++] = text_trim((struct text){body.data + from, end - from});
        from = end < body.size ? end + 1 : body.size;
    }
    *out = (struct text_list){points, count};
    return NULL;
}

const struct problem *stock_public_terms_show(struct request *request,
                                              const struct stock_public_terms_query *input,
                                              struct stock_public_terms *view)
{
    struct terms_row terms;
    struct text language = text_of(words_name(&language_words, (int)request->language));
    const struct problem *problem =
        terms_now(request->db, request->memory, input->name, language, request->now, &terms);
    if (problem)
        return problem;
    int licence = licence_of(terms.name);
    *view = (struct stock_public_terms){
        .name = terms.name,
        .title = licence ? say(request, "stock_licence_kind", licence) : terms.name,
        .version = terms.version,
        .language = terms.language,
        .hash = terms.hash,
        .since = terms.since,
    };
    return split_points(request->memory, terms.body, &view->paragraphs);
}

const struct problem *stock_public_terms_all(struct request *request, const struct nothing *input,
                                             struct stock_public_terms_list *view)
{
    (void)input;
    struct stock_public_terms_entry *items =
        memory_take_array(request->memory, LICENCE_BUYOUT, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (int kind = LICENCE_STANDARD; kind <= LICENCE_BUYOUT; kind++) {
        struct stock_public_terms_entry *entry = &items[kind - LICENCE_STANDARD];
        entry->name =
            text_format(request->memory, "stock.%s", words_name(&stock_licence_kind_words, kind));
        entry->title = say(request, "stock_licence_kind", kind);
        entry->meaning = say(request, "stock.licence", kind);
    }
    view->terms = (struct stock_public_terms_entry_list){items, LICENCE_BUYOUT};
    return NULL;
}
