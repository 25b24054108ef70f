/*
 * Words and prices of many photographs as a file.
 *
 * What a line says is put over what is said now; the result must hold what the page for one asks for.
 * Must not know: how files are read. Read next: modules/stock/words_file.h, evaluate.c.
 */
#include "modules/stock/words_file.h"

#include "modules/stock/me_rows.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.shapes.h"
#include "modules/stock/rules.h"
#include "modules/stock/states.h"
#include "modules/stock/words_file.shapes.h"
#include "modules/stock/words_queries.h"
#include "web/version.h"

const struct problem stock_words_unknown = {"stock.words_unknown", 404, FAULT_CLIENT, false};
const struct problem stock_words_unclear = {"stock.words_unclear", 409, FAULT_CLIENT, false};
const struct problem stock_words_fixed = {"stock.words_fixed", 409, FAULT_CLIENT, false};
const struct problem stock_words_missing = {"stock.words_missing", 422, FAULT_CLIENT, false};

/* ---- from lines to what they say -------------------------------------------------------------- */

static void judge_price(struct import_making *making, const struct maybe_money *price,
                        const char *field)
{
    if (price->present && !currency_equal(price->value.currency, making->currency))
        import_blame(making, text_of(field), "stock.me.other_currency");
}

static void judge(struct import_making *making, const void *thing)
{
    const struct stock_words_told *told = thing;
    import_need(making, told->photo.present || told->file.present, "photo");
    if (told->category.present && !words_value(&stock_category_words, told->category.value))
        import_blame(making, text_of("category"), "import.wrong.word");
    judge_price(making, &told->standard, "standard");
    judge_price(making, &told->extended, "extended");
    judge_price(making, &told->editorial, "editorial");
    judge_price(making, &told->buyout, "buyout");
}

/* What an empty cell of a column that is there says: nothing, which is then put in its place. */
static struct maybe_text said(const struct import_making *making, struct maybe_text cell,
                              const char *column)
{
    if (!cell.present && import_has_column(making, column))
        return (struct maybe_text){true, text_of("")};
    return cell;
}

static struct maybe_money priced(const struct import_making *making, struct maybe_money cell,
                                 const char *column)
{
    if (!cell.present && import_has_column(making, column))
        return (struct maybe_money){true, {0, making->currency}};
    return cell;
}

static void make(struct import_making *making, const void *lines, size_t count, void *thing)
{
    const struct stock_words_line *cells = lines;
    (void)count;
    *(struct stock_words_told *)thing = (struct stock_words_told){
        .photo = cells->photo,
        .file = cells->file,
        .title = said(making, cells->title, "title"),
        .description = said(making, cells->description, "description"),
        .tags = said(making, cells->tags, "tags"),
        .category = cells->category,
        .standard = priced(making, cells->standard, "standard"),
        .extended = priced(making, cells->extended, "extended"),
        .editorial = priced(making, cells->editorial, "editorial"),
        .buyout = priced(making, cells->buyout, "buyout"),
    };
    if (!making->wrong)
        judge(making, thing);
}

/* ---- keeping ---------------------------------------------------------------------------------- */

static const struct problem *find(struct database *db, struct memory *memory,
                                  struct party_id author, const struct stock_words_told *told,
                                  struct stock_photo_row *out)
{
    struct stock_photo_hit_list named = {0};
    struct stock_photo_id id = told->photo.value;
    const struct problem *problem = NULL;
    if (!told->photo.present && told->file.present)
        problem = stock_words_named(db, memory, author, told->file.value, &named);
    if (!problem && named.count > 1)
        return &stock_words_unclear;
    if (!problem && named.count == 1)
        id = named.items[0].id;
    if (!problem)
        problem = stock_photo_of_author(db, memory, id, author, out);
    return problem == &not_found ? &stock_words_unknown : problem;
}

static void put_text(struct text *into, const struct maybe_text *told)
{
    if (told->present)
        *into = text_trim(told->value);
}

static void put_price(int64_t *into, const struct maybe_money *told)
{
    if (told->present)
        *into = told->value.minor;
}

/* What is said about it once a line is put over what is said now. */
static void put_over(struct stock_photo_words *words, const struct stock_words_told *told)
{
    struct currency currency = stock_me_currency();
    put_text(&words->title, &told->title);
    put_text(&words->description, &told->description);
    put_text(&words->tags, &told->tags);
    if (told->category.present)
        words->category =
            (enum stock_category)words_value(&stock_category_words, told->category.value);
    put_price(&words->standard_minor, &told->standard);
    put_price(&words->extended_minor, &told->extended);
    put_price(&words->editorial_minor, &told->editorial);
    put_price(&words->buyout_minor, &told->buyout);
    struct stock_prices prices = {.standard = {words->standard_minor, currency},
                                  .extended = {words->extended_minor, currency},
                                  .editorial = {words->editorial_minor, currency},
                                  .buyout = {words->buyout_minor, currency}};
    words->from_minor = stock_lowest_price(&prices);
}

/* Whether a photograph that stands so may have these words. */
static const struct problem *check(enum stock_photo_state state,
                                   const struct stock_photo_words *words)
{
    bool open = state == PHOTO_REFUSED || state == PHOTO_ACCEPTED || state == PHOTO_WITHDRAWN;
    bool whole = words->title.size > 0 && words->tags.size > 0 && words->from_minor > 0;
    if (state != PHOTO_DRAFT && !open)
        return &stock_words_fixed;
    return state == PHOTO_DRAFT || whole ? NULL : &stock_words_missing;
}

static const struct problem *is_same(struct memory *memory, const struct stock_photo_words *a,
                                     const struct stock_photo_words *b, bool *same)
{
    struct text before, after;
    const struct problem *problem = version_of(memory, &stock_photo_words_shape, a, &before);
    if (!problem)
        problem = version_of(memory, &stock_photo_words_shape, b, &after);
    *same = !problem && text_equal(before, after);
    return problem;
}

/* One photograph; a problem is that of its line, or the world's. */
static const struct problem *keep_one(struct database *db, struct memory *memory,
                                      const struct import_keeping *keeping,
                                      const struct stock_words_told *told,
                                      enum keep_outcome *outcome)
{
    struct stock_photo_row photo = {0};
    bool same = false;
    const struct problem *problem = find(db, memory, keeping->owner, told, &photo);
    if (problem)
        return problem;
    struct stock_photo_words before = stock_words_now(&photo);
    struct stock_photo_words words = before;
    put_over(&words, told);
    problem = check(photo.state, &words);
    if (!problem)
        problem = is_same(memory, &before, &words, &same);
    if (!problem && !same && !keeping->trial)
        problem = stock_words_keep(db, memory, keeping->import, photo.id);
    if (!problem && !same && !keeping->trial)
        problem = stock_words_change(db, memory, &words, (struct maybe_text){0}, keeping->at);
    if (!problem && !same && !keeping->trial)
        problem = stock_words_by(db, memory, keeping->import, photo.id);
    *outcome = same ? KEEP_SAME : KEEP_CHANGED;
    return problem;
}

static const struct problem *keep(struct database *db, struct memory *memory,
                                  const struct import_keeping *keeping, const void *things,
                                  size_t count, const void *prepared, struct import_kept *kept)
{
    const struct stock_words_told *told = things;
    (void)prepared;
    for (size_t i = 0; i < count; i++) {
        enum keep_outcome outcome = 0;
        const struct problem *problem = keep_one(db, memory, keeping, &told[i], &outcome);
        if (problem && problem->fault != FAULT_CLIENT)
            return problem;
        kept[i] = (struct import_kept){
            .outcome = problem ? 0 : outcome,
            .problem = problem,
            .field = problem == &stock_words_missing ? "title"
                     : told[i].photo.present         ? "photo"
                                                     : "file",
            .value =
                told[i].photo.present || !told[i].file.present ? text_of("") : told[i].file.value,
        };
    }
    return NULL;
}

/* ---- putting back ----------------------------------------------------------------------------- */

static const struct problem *put_back(struct database *db, struct memory *memory,
                                      struct import_id import, int64_t *done, int64_t *back)
{
    struct stock_photo_hit_list next;
    struct stock_photo_hit_list put = {0};
    const struct problem *problem = stock_words_next(db, memory, import, &next);
    *done = (int64_t)next.count;
    if (problem || next.count == 0)
        return problem;
    struct stock_photo_id first = next.items[0].id;
    struct stock_photo_id last = next.items[next.count - 1].id;
    problem = stock_words_back(db, memory, import, first, last, &put);
    for (size_t i = 0; !problem && i < put.count; i++)
        problem = stock_words_changed(db, memory, put.items[i].id, clock_now());
    *back = (int64_t)put.count;
    return problem ? problem : stock_words_over(db, memory, import, first, last);
}

const struct import_kind stock_words_kind = {
    .name = "photos",
    .portal = PORTAL_ME,
    .line = &stock_words_line_shape,
    .thing = &stock_words_told_shape,
    .by = {"photo", "file"},
    .lines = 1,
    .tries = true,
    .make = make,
    .judge = judge,
    .keep = keep,
    .put_back = put_back,
};

/* ---- taking along ----------------------------------------------------------------------------- */

static const struct problem *read_page(struct database *db, struct memory *memory, int64_t of,
                                       int64_t after, struct table_page *page)
{
    struct stock_words_row_list rows;
    const struct problem *problem = stock_words_written(db, memory, (struct party_id){of},
                                                        (struct stock_photo_id){after}, &rows);
    if (!problem)
        *page = (struct table_page){rows.items, rows.count};
    return problem;
}

static const struct table photos = {"photos", &stock_words_row_shape, read_page};

const struct problem *stock_words_send(struct request *request, const struct table_query *query,
                                       struct nothing *view)
{
    (void)view;
    return table_send(request, &photos, request->viewer.person, query);
}
