/*
 * Files of orders, products and customers as kinds of imports: what lines are, and how they are kept.
 *
 * Lines of one order stand together; the first tells of the order, each of one thing in it.
 * Must not know: files, how far one is read. Read next: core/imports/kind.h, core/shop/undo.c.
 */
#include "core/shop/imports.h"

#include "core/shop/imports.shapes.h"
#include "core/shop/parts.h"
#include "core/shop/shop.shapes.h"

enum { LINES_MAX = 500, CODES_MAX = 20 };

static struct keeping keeping_of(const struct import_keeping *keeping)
{
    return (struct keeping){.business = keeping->owner,
                            .person = keeping->person,
                            .source = ORDER_BY_FILE,
                            .import = keeping->import,
                            .at = keeping->at};
}

/* ---- orders ----------------------------------------------------------------------------------- */

static bool same_order(const void *first, const void *line)
{
    const struct import_order *a = first;
    const struct import_order *b = line;
    return a->number.present && b->number.present && text_equal(a->number.value, b->number.value);
}

static struct text_list codes_of(struct import_making *making, struct maybe_text codes)
{
    struct text rest = text_or_empty(codes);
    struct text *items = memory_take_array(making->memory, CODES_MAX, sizeof *items);
    struct text part;
    size_t count = 0;
    making->exhausted |= !items;
    while (items && count < CODES_MAX && text_split(&rest, ',', &part))
        if (text_trim(part).size > 0)
            items[count++] = text_trim(part);
    return (struct text_list){items, count};
}

/* Of sums that a line does not name. */
static struct currency currency_of(const struct import_making *making,
                                   const struct import_order *line)
{
    struct currency currency = making->currency;
    if (line->currency.present)
        (void)currency_parse(line->currency.value, &currency);
    return currency;
}

/* What is in an order. */
static struct order_line_told_list lines_of(struct import_making *making,
                                            const struct import_order *cells, size_t count)
{
    struct order_line_told *lines = memory_take_array(making->memory, count, sizeof *lines);
    size_t told = 0;
    making->exhausted |= !lines;
    for (size_t i = 0; lines && i < count; i++) {
        const struct import_order *line = &cells[i];
        bool any = line->product.present || line->title.present || line->quantity.present ||
                   line->line_total.present;
        struct money nothing = {0, currency_of(making, line)};
        if (any)
            lines[told++] = (struct order_line_told){
                .product = line->product,
                .title = line->title,
                .quantity = line->quantity.present ? line->quantity.value : 1,
                .total = line->line_total.present ? line->line_total.value : nothing,
                .discount = line->line_discount,
            };
    }
    return (struct order_line_told_list){lines, told};
}

/* The sum of what is in an order; below 0: there is none. */
static struct money sum_of(const struct order_line_told_list *lines, struct currency currency)
{
    struct money sum = {lines->count > 0 ? 0 : -1, currency};
    for (size_t i = 0; i < lines->count; i++)
        if (!money_add(sum, lines->items[i].total, &sum))
            return (struct money){-1, currency};
    return sum;
}

static void judge_order(struct import_making *making, const void *thing)
{
    const struct order_told *order = thing;
    struct text wrong;
    if (shop_is_ahead(order->placed, clock_now()))
        import_blame(making, text_of("placed"), "problem.shop.ahead");
    if (!order_fits(making->memory, thing, &wrong))
        import_blame(making, wrong, "shop.wrong.currency");
}

static void make_order(struct import_making *making, const void *cells, size_t count, void *thing)
{
    const struct import_order *first = cells;
    struct order_line_told_list lines = lines_of(making, cells, count);
    bool known = making->wrong; /* what could not be read is told already, and is not missing */
    struct currency currency = first->total.present ? first->total.value.currency
                               : lines.count > 0    ? lines.items[0].total.currency
                                                    : making->currency;
    if (lines.count == 1 && first->total.present && !first->line_total.present)
        ((struct order_line_told *)(uintptr_t)lines.items)->total = first->total.value;
    struct money sum = sum_of(&lines, currency);
    import_need(making, known || first->number.present, "number");
    import_need(making, known || first->placed.present, "placed");
    import_need(making, known || first->total.present || sum.minor >= 0, "total");
    *(struct order_told *)thing = (struct order_told){
        .number = text_or_empty(first->number),
        .placed = first->placed.value,
        .updated = first->updated,
        .customer = first->customer,
        .mail = first->mail,
        .name = first->name,
        .country = first->country,
        .total = first->total.present ? first->total.value : sum,
        .discount = first->discount,
        .codes = codes_of(making, first->codes),
        .cancelled = first->cancelled,
        .lines = lines,
    };
    if (!making->wrong && lines.items)
        judge_order(making, thing);
}

static const struct problem *prepare_orders(struct memory *memory, const void *things, size_t count,
                                            void **prepared)
{
    const struct order_told *told = things;
    struct order_given *orders = memory_take_array(memory, count, sizeof *orders);
    const struct problem *problem = orders ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++)
        problem = order_prepare(memory, &told[i], &orders[i]);
    *prepared = orders;
    return problem;
}

static const struct problem *keep_orders(struct database *db, struct memory *memory,
                                         const struct import_keeping *given, const void *things,
                                         size_t count, const void *prepared,
                                         struct import_kept *out)
{
    const struct order_told *told = things;
    struct keeping keeping = keeping_of(given);
    struct kept *kept = memory_take_array(memory, count, sizeof *kept);
    if (!kept)
        return &out_of_memory;
    const struct problem *problem = orders_keep(db, memory, &keeping, prepared, count, kept);
    for (size_t i = 0; !problem && i < count; i++)
        out[i] = (struct import_kept){kept[i].outcome, kept[i].problem, "number", told[i].number};
    return problem;
}

const struct import_kind shop_orders = {
    .name = "orders",
    .portal = PORTAL_BIZ,
    .line = &import_order_shape,
    .thing = &order_told_shape,
    .by = {"number"},
    .lines = LINES_MAX,
    .too_many = "import.wrong.too_many",
    .joins = same_order,
    .make = make_order,
    .judge = judge_order,
    .prepare = prepare_orders,
    .keep = keep_orders,
    .put_back = shop_put_back,
    .take_out = shop_take_out,
};

/* ---- products --------------------------------------------------------------------------------- */

static void make_product(struct import_making *making, const void *lines, size_t count, void *thing)
{
    const struct import_product *cells = lines;
    bool known = making->wrong;
    (void)count;
    import_need(making, known || cells->number.present, "number");
    import_need(making, known || cells->title.present, "title");
    *(struct product_told *)thing = (struct product_told){
        .number = cells->number.value,
        .title = cells->title.value,
        .category = cells->category,
        .price = cells->price,
        .link = cells->link,
        .picture = cells->picture,
        .updated = cells->updated,
    };
}

static const struct problem *keep_products(struct database *db, struct memory *memory,
                                           const struct import_keeping *given, const void *things,
                                           size_t count, const void *prepared,
                                           struct import_kept *out)
{
    const struct product_told *told = things;
    struct keeping keeping = keeping_of(given);
    const struct problem *problem = NULL;
    (void)prepared;
    for (size_t i = 0; !problem && i < count; i++) {
        struct kept kept = {0};
        problem = product_keep(db, memory, &keeping, &told[i], &kept);
        out[i] = (struct import_kept){kept.outcome, kept.problem, "number", told[i].number};
    }
    return problem;
}

const struct import_kind shop_products = {
    .name = "products",
    .portal = PORTAL_BIZ,
    .line = &import_product_shape,
    .thing = &product_told_shape,
    .by = {"number"},
    .lines = 1,
    .make = make_product,
    .keep = keep_products,
    .put_back = shop_put_back,
    .take_out = shop_take_out,
    .other_end = ".xml",
    .other_begin = "<?xml",
    .from_other = feed_to_lines,
};

/* ---- customers -------------------------------------------------------------------------------- */

static void judge_customer(struct import_making *making, const void *thing)
{
    const struct customer_told *told = thing;
    import_need(making, told->number.present || told->mail.present, "number");
}

static void make_customer(struct import_making *making, const void *lines, size_t count,
                          void *thing)
{
    const struct import_customer *cells = lines;
    (void)count;
    *(struct customer_told *)thing =
        (struct customer_told){cells->number, cells->mail, cells->name, cells->country};
    if (!making->wrong)
        judge_customer(making, thing);
}

static const struct problem *prepare_customers(struct memory *memory, const void *things,
                                               size_t count, void **prepared)
{
    const struct customer_told *told = things;
    struct text *marks = memory_take_array(memory, count, sizeof *marks);
    const struct problem *problem = marks ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++)
        if (told[i].mail.present)
            problem = shop_mail_mark(memory, told[i].mail.value, &marks[i]);
    *prepared = marks;
    return problem;
}

static const struct problem *keep_customers(struct database *db, struct memory *memory,
                                            const struct import_keeping *given, const void *things,
                                            size_t count, const void *prepared,
                                            struct import_kept *out)
{
    const struct customer_told *told = things;
    const struct text *marks = prepared;
    struct keeping keeping = keeping_of(given);
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < count; i++) {
        struct kept kept = {0};
        problem = customer_keep(db, memory, &keeping, &told[i], marks[i], &kept);
        out[i] = (struct import_kept){kept.outcome, kept.problem, "number",
                                      text_or_empty(told[i].number)};
    }
    return problem;
}

const struct import_kind shop_customers = {
    .name = "customers",
    .portal = PORTAL_BIZ,
    .line = &import_customer_shape,
    .thing = &customer_told_shape,
    .by = {"number", "mail"},
    .lines = 1,
    .make = make_customer,
    .judge = judge_customer,
    .prepare = prepare_customers,
    .keep = keep_customers,
    .put_back = shop_put_back,
    .take_out = shop_take_out_customers,
};
