/*
 * The catalogue: what was asked for becomes facets, found ids become cards, conditions become chips.
 *
 * Without words and filters the newest are listed by index; else the search gives ids, newest first,
 * and one statement reads their rows. Must not know: how the search works. Read next: core/search/search.h.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/media/media.shapes.h"
#include "core/search/search.h"
#include "modules/stock/public.h"
#include "modules/stock/public.shapes.h"
#include "modules/stock/public_queries.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/stock.shapes.h"
#include "web/words.h"

/* Prices are looked at after the search, so that only so many found ids are read for one page. */
enum { PRICED_BATCH = 100, PRICED_BATCHES = 5, PAIRS = 20 };

/* One parameter of the search's address, with the words of its chip. */
struct asked_pair {
    const char *name;
    struct text value;
    struct text label; /* empty: no chip */
};

/* A search being answered. */
struct looking {
    struct request *request;
    const struct stock_public_query *input;
    struct stock_public_catalogue *view;
    struct asked_pair pairs[PAIRS];
    size_t pair_count;
    struct builder facets;
    struct money low, high; /* limits of the price; high is MONEY_MAX when none */
    bool priced;
    struct stock_public_card_row cards[STOCK_PUBLIC_FETCH];
    size_t card_count;
    int64_t last; /* the id after which it goes on; 0: nothing does */
};

/* ---- what was asked --------------------------------------------------------------------------- */

static void add_pair(struct looking *looking, const char *name, struct text value,
                     struct text label)
{
    if (looking->pair_count < PAIRS)
        looking->pairs[looking->pair_count++] = (struct asked_pair){name, value, label};
}

/* A filter by an enum's word, when it is one: its facet, its chip. */
static bool ask_word(struct looking *looking, const char *name, const struct words *words,
                     struct text word)
{
    const struct request *request = looking->request;
    if (!words_value(words, word))
        return false;
    struct text key = text_format(request->memory, "%s.%.*s", words->name, TEXT_ARGS(word));
    if (!key.data)
        return false;
    add_pair(looking, name, word,
             words_text(request->memory, request->language, key.data, NULL, 0));
    return true;
}

/* One filter of one value. */
static struct text ask_one(struct looking *looking, const char *name, const struct words *words,
                           struct maybe_text typed)
{
    if (!typed.present || !ask_word(looking, name, words, typed.value))
        return (struct text){"", 0};
    builder_add_format(&looking->facets, " _%s_%.*s", name, TEXT_ARGS(typed.value));
    return typed.value;
}

static bool has_word(struct text_list list, const char *word)
{
    for (size_t i = 0; i < list.count; i++) {
        if (text_is(list.items[i], word))
            return true;
    }
    return false;
}

/* Filters of several values: any of the outlines, all of the licences. */
static void ask_lists(struct looking *looking)
{
    const struct stock_public_query *input = looking->input;
    char between = ' ';
    for (int form = FORM_WIDE; form <= FORM_SQUARE; form++) {
        const char *word = words_name(&stock_form_words, form);
        if (!has_word(input->shape, word) ||
            !ask_word(looking, "shape", &stock_form_words, text_of(word)))
            continue;
        builder_add_format(&looking->facets, "%c_shape_%s", between, word);
        between = '|';
    }
    for (int kind = LICENCE_STANDARD; kind <= LICENCE_BUYOUT; kind++) {
        const char *word = words_name(&stock_licence_kind_words, kind);
        if (has_word(input->licence, word) &&
            ask_word(looking, "licence", &stock_licence_kind_words, text_of(word)))
            builder_add_format(&looking->facets, " _licence_%s", word);
    }
}

static struct text say(const struct looking *looking, const char *key,
                       const struct word_argument *arguments, size_t count)
{
    return words_text(looking->request->memory, looking->request->language, key, arguments, count);
}

/* One limit of the price: its amount and chip, or that it is none. */
static bool ask_price(struct looking *looking, const char *name, const char *key,
                      struct maybe_text typed, struct money *limit, struct text *echo)
{
    *echo = typed.present ? typed.value : (struct text){"", 0};
    if (!typed.present)
        return true;
    if (!money_parse(typed.value, stock_public_currency(), limit))
        return false;
    struct word_argument argument = {.name = "price", .kind = FIELD_MONEY, .money = *limit};
    add_pair(looking, name, typed.value, say(looking, key, &argument, 1));
    looking->priced = true;
    return true;
}

static void ask_prices(struct looking *looking)
{
    const struct stock_public_query *input = looking->input;
    struct stock_public_catalogue *view = looking->view;
    struct currency currency = stock_public_currency();
    looking->low = (struct money){0, currency};
    looking->high = (struct money){MONEY_MAX, currency};
    view->price_from_wrong = !ask_price(looking, "price_from", "stock.public.chip_from",
                                        input->price_from, &looking->low, &view->asked.price_from);
    view->price_to_wrong = !ask_price(looking, "price_to", "stock.public.chip_to", input->price_to,
                                      &looking->high, &view->asked.price_to);
    view->asked.currency = text_copy(looking->request->memory, text_of(currency.code));
}

static void ask(struct looking *looking)
{
    const struct stock_public_query *input = looking->input;
    struct stock_public_asked *asked = &looking->view->asked;
    asked->q = input->q.present ? text_trim(input->q.value) : (struct text){"", 0};
    if (asked->q.size)
        add_pair(looking, "q", asked->q, (struct text){"", 0});
    asked->category = ask_one(looking, "category", &stock_category_words, input->category);
    asked->colour = ask_one(looking, "colour", &media_colour_words, input->colour);
    ask_lists(looking);
    asked->wide = has_word(input->shape, "wide");
    asked->upright = has_word(input->shape, "upright");
    asked->square = has_word(input->shape, "square");
    asked->standard = has_word(input->licence, "standard");
    asked->extended = has_word(input->licence, "extended");
    asked->editorial = has_word(input->licence, "editorial");
    asked->buyout = has_word(input->licence, "buyout");
    ask_prices(looking);
    asked->clip = input->clip;
    if (input->clip) {
        add_pair(looking, "clip", text_of("on"), say(looking, "stock.public.chip_clip", NULL, 0));
        builder_add_c(&looking->facets, " _clip");
    }
}

/* ---- what was found --------------------------------------------------------------------------- */

/* Reads the rows of found things, within the price. */
static const struct problem *read_rows(const struct looking *looking,
                                       const struct search_hit_list *hits,
                                       struct stock_public_card_row_list *rows)
{
    const struct request *request = looking->request;
    struct builder ids = builder_make(request->memory, 8 << 10);
    for (size_t i = 0; i < hits->count; i++) {
        builder_add_char(&ids, i ? ',' : '[');
        builder_add_integer(&ids, hits->items[i].subject);
    }
    builder_add_char(&ids, ']');
    struct text all;
    const struct problem *problem = builder_end(&ids, &all);
    if (problem)
        return problem;
    if (!looking->priced)
        return stock_public_named(request->db, request->memory, all, rows);
    return stock_public_priced(request->db, request->memory, all, looking->low.minor,
                               looking->high.minor, text_of(looking->low.currency.code), rows);
}

/* Takes cards until the page is full and one more. */
static void take_rows(struct looking *looking, const struct stock_public_card_row_list *rows)
{
    for (size_t i = 0; i < rows->count && looking->card_count < STOCK_PUBLIC_FETCH; i++)
        looking->cards[looking->card_count++] = rows->items[i];
}

static const struct problem *search(struct looking *looking, struct text facets)
{
    const struct request *request = looking->request;
    struct stock_public_catalogue *view = looking->view;
    struct text words = view->asked.q;
    int64_t batch = looking->priced ? PRICED_BATCH : STOCK_PUBLIC_FETCH;
    int64_t before = looking->input->before.present ? looking->input->before.value.value : 0;
    for (int i = 0; i < (looking->priced ? PRICED_BATCHES : 1); i++) {
        struct search_result found;
        struct stock_public_card_row_list rows = {NULL, 0};
        const struct problem *problem =
            search_find(request->db, request->memory, words, facets, before, batch, &found);
        if (!problem && found.hits.count)
            problem = read_rows(looking, &found.hits, &rows);
        if (problem)
            return problem;
        if (found.corrected.size)
            view->corrected = (struct maybe_text){true, words = found.corrected};
        take_rows(looking, &rows);
        if ((int64_t)found.hits.count < batch || looking->card_count == STOCK_PUBLIC_FETCH)
            return NULL;
        before = found.hits.items[found.hits.count - 1].subject;
    }
    looking->last = looking->priced ? before : 0;
    return NULL;
}

static const struct problem *find(struct looking *looking)
{
    const struct request *request = looking->request;
    struct maybe_stock_photo_id before = looking->input->before;
    struct text facets;
    const struct problem *problem = builder_end(&looking->facets, &facets);
    if (problem)
        return problem;
    if (facets.size == 0 && !looking->priced && looking->view->asked.q.size == 0) {
        struct stock_public_card_row_list rows;
        problem = stock_public_newest(request->db, request->memory,
                                      before.present ? before.value.value : INT64_MAX,
                                      STOCK_PUBLIC_FETCH, &rows);
        if (!problem)
            take_rows(looking, &rows);
        return problem;
    }
    return search(looking, facets.size ? facets : text_of("_photo"));
}

/* ---- the view --------------------------------------------------------------------------------- */

/* The address of this search without one or all of its prices, or from another place on. */
static const struct problem *address(const struct looking *looking,
                                     const struct asked_pair *without, bool no_price,
                                     int64_t before, struct text *out)
{
    struct builder b = builder_make(looking->request->memory, 4 << 10);
    builder_add_c(&b, "/photos");
    char separator = '?';
    for (size_t i = 0; i < looking->pair_count; i++) {
        const struct asked_pair *pair = &looking->pairs[i];
        if (pair == without || (no_price && text_starts(text_of(pair->name), "price_")))
            continue;
        builder_add_format(&b, "%c%s=", separator, pair->name);
        builder_add_url(&b, pair->value);
        separator = '&';
    }
    if (before) {
        builder_add_format(&b, "%cbefore=%s", separator, id_text("pho", before).text);
    }
    return builder_end(&b, out);
}

static const struct problem *show_conditions(struct looking *looking)
{
    struct stock_public_condition *items =
        memory_take_array(looking->request->memory, looking->pair_count, sizeof *items);
    size_t count = 0;
    const struct problem *problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < looking->pair_count; i++) {
        if (looking->pairs[i].label.size == 0)
            continue;
        items[count].label = looking->pairs[i].label;
        problem = address(looking, &looking->pairs[i], false, 0, &items[count++].without);
    }
    looking->view->conditions = (struct stock_public_condition_list){items, count};
    if (!problem && looking->priced) {
        looking->view->without_price.present = true;
        problem = address(looking, NULL, true, 0, &looking->view->without_price.value);
    }
    return problem;
}

static const struct problem *show_photos(struct looking *looking)
{
    struct stock_public_catalogue *view = looking->view;
    struct stock_public_card_row_list rows = {looking->cards, looking->card_count};
    if (rows.count > STOCK_PUBLIC_PAGE)
        looking->last = rows.items[STOCK_PUBLIC_PAGE - 1].id.value;
    const struct problem *problem =
        stock_public_cards(looking->request->memory, &rows, STOCK_PUBLIC_PAGE, &view->photos);
    view->more.present = looking->last != 0;
    view->later = looking->input->before.present;
    view->all = !view->more.present && !view->later;
    if (!problem && view->more.present)
        problem = address(looking, NULL, false, looking->last, &view->more.value);
    return problem;
}

/* An amount that is none: pages show the search without it and say so, programs get a problem. */
static const struct problem *check_prices(struct looking *looking)
{
    const struct problem *problem = NULL;
    if (!looking->request->json)
        return NULL;
    if (looking->view->price_from_wrong)
        problem = request_refuse(looking->request, "price_from", "field.not_money");
    if (looking->view->price_to_wrong)
        problem = request_refuse(looking->request, "price_to", "field.not_money");
    return problem;
}

const struct problem *stock_public_catalogue_show(struct request *request,
                                                  const struct stock_public_query *input,
                                                  struct stock_public_catalogue *view)
{
    struct looking *looking = memory_take(request->memory, sizeof *looking);
    if (!looking)
        return &out_of_memory;
    looking->request = request;
    looking->input = input;
    looking->view = view;
    looking->facets = builder_make(request->memory, 1000);
    ask(looking);
    const struct problem *problem = check_prices(looking);
    if (!problem)
        problem = find(looking);
    if (!problem)
        problem = show_conditions(looking);
    return problem ? problem : show_photos(looking);
}
