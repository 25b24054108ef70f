/*
 * Keeps orders as a shop tells them, many in one write.
 *
 * Each is judged by itself against what is known: new, the same, newer, older, or a conflict. Those that
 * are written go into the tables by one statement for all. Must not know: HTTP, files, who told it.
 * Read next: core/shop/refund.c, core/imports/run.c.
 */
#include "core/shop/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/event.h"
#include "core/shop/queries.h"
#include "core/shop/shop.shapes.h"

#define ROWS_BYTES (64 << 20) /* of the rows of one call, at most */

const struct problem order_differs = {"order.differs", 409, FAULT_CLIENT, false};
const struct problem order_other_money = {"order.other_money", 409, FAULT_CLIENT, false};
const struct problem shop_ahead = {"shop.ahead", 422, FAULT_CLIENT, false};
const struct problem order_below_refunds = {"order.below_refunds", 409, FAULT_CLIENT, false};

static struct instant updated_of(const struct order_told *told)
{
    return told->updated.present ? told->updated.value : told->placed;
}

/* An order without what is about its customer, so that it is the same whether or not they are named. */
static struct order_told plain_facts(const struct order_told *told)
{
    struct order_told facts = *told;
    facts.mail.present = facts.name.present = facts.country.present = false;
    facts.updated = (struct maybe_instant){true, updated_of(told)};
    facts.discount.present = told->discount.present && told->discount.value.minor > 0;
    return facts;
}

const struct problem *order_prepare(struct memory *memory, const struct order_told *told,
                                    struct order_given *out)
{
    struct order_told facts = plain_facts(told);
    struct builder b = builder_make(memory, 4 << 20);
    struct builder codes = builder_make(memory, 8 << 10);
    struct text whole;
    *out = (struct order_given){
        .told = told, .reference = text_or_empty(told->customer), .mail = {"", 0}};
    shape_write_json(&b, &order_told_shape, &facts, FOR_OPERATOR);
    for (size_t i = 0; i < told->codes.count; i++) {
        if (i > 0)
            builder_add_char(&codes, ',');
        builder_add(&codes, told->codes.items[i]);
    }
    const struct problem *problem = builder_end(&b, &whole);
    if (!problem)
        problem = builder_end(&codes, &out->codes);
    if (!problem)
        problem = shop_mark(memory, "core.order", whole, &out->fingerprint);
    if (!problem && told->mail.present)
        problem = shop_mail_mark(memory, told->mail.value, &out->mail);
    if (!problem && out->mail.size > 0 && out->reference.size == 0) {
        out->reference = customer_reference(memory, out->mail);
        problem = out->reference.data ? NULL : &out_of_memory;
    }
    return problem;
}

/* One of several while they are kept. */
struct one {
    const struct order_given *given;
    const struct order_known *known; /* NULL: it is new */
    struct kept *kept;               /* what became of it */
    const struct one *twin;          /* the first of this call with the same number; NULL: itself */
    struct customer_id customer;     /* who ordered; {0}: nobody is named */
    bool writes;                     /* it is to be written */
};
struct many {
    struct database *db;
    struct memory *memory;
    const struct keeping *keeping;
    struct one *all;
    size_t count;
};

/* ---- judging ---------------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    const struct one *const *first = a;
    const struct one *const *second = b;
    int way = text_compare((*first)->given->told->number, (*second)->given->told->number);
    return way != 0 ? way : (*first < *second ? -1 : 1);
}

/* Says of each whether another before it has the same number. */
static const struct problem *find_twins(struct many *many)
{
    struct one **sorted = memory_take_array(many->memory, many->count, sizeof *sorted);
    if (!sorted)
        return &out_of_memory;
    for (size_t i = 0; i < many->count; i++)
        sorted[i] = &many->all[i];
    qsort(sorted, many->count, sizeof *sorted, compare_numbers);
    for (size_t i = 1; i < many->count; i++) {
        const struct one *before = sorted[i - 1]->twin ? sorted[i - 1]->twin : sorted[i - 1];
        if (text_equal(before->given->told->number, sorted[i]->given->told->number))
            sorted[i]->twin = before;
    }
    return NULL;
}

static const struct problem *find_known(struct many *many)
{
    struct order_known_list known;
    struct builder b = builder_make(many->memory, many->count * 700 + 16);
    struct text numbers;
    builder_add_char(&b, '[');
    for (size_t i = 0; i < many->count; i++) {
        if (i > 0)
            builder_add_char(&b, ',');
        builder_add_json(&b, many->all[i].given->told->number);
    }
    builder_add_char(&b, ']');
    const struct problem *problem = builder_end(&b, &numbers);
    if (!problem)
        problem = orders_known(many->db, many->memory, many->keeping->business, numbers, &known);
    for (size_t i = 0; !problem && i < known.count; i++)
        many->all[known.items[i].place].known = &known.items[i];
    return problem;
}

static void refuse(struct one *one, const struct problem *problem)
{
    *one->kept = (struct kept){.problem = problem};
}

/* Against what is known: the same, older, newer, or a conflict. */
static void judge_known(struct one *one)
{
    const struct order_known *known = one->known;
    const struct order_told *told = one->given->told;
    bool expected = known->state == ORDER_EXPECTED;
    one->kept->id = known->id.value;
    if (!expected && text_equal(known->fingerprint, one->given->fingerprint)) {
        one->kept->outcome = KEEP_SAME;
    } else if (!expected && told->updated.present && told->updated.value.ms < known->updated.ms) {
        one->kept->outcome = KEEP_OLDER;
    } else if (!expected &&
               (!told->updated.present || told->updated.value.ms == known->updated.ms)) {
        refuse(one, &order_differs);
    } else if (!expected && !currency_equal(known->total.currency, told->total.currency)) {
        refuse(one, &order_other_money);
    } else if (!expected && told->total.minor < known->refunded_minor) {
        refuse(one, &order_below_refunds);
    } else {
        one->kept->outcome = expected ? KEEP_MADE : KEEP_CHANGED;
        one->writes = true;
    }
}

bool shop_is_ahead(struct instant when, struct instant now)
{
    bool day = when.ms % DAY == 0;
    return when.ms > instant_add(now, day ? SHOP_DAY_AHEAD : SHOP_AHEAD).ms;
}

static void judge(struct one *one, struct instant now)
{
    if (shop_is_ahead(one->given->told->placed, now)) {
        refuse(one, &shop_ahead);
    } else if (one->twin) {
        bool same = text_equal(one->given->fingerprint, one->twin->given->fingerprint);
        *one->kept = *one->twin->kept;
        if (same && !one->kept->problem)
            one->kept->outcome = KEEP_SAME;
        else if (!one->kept->problem)
            refuse(one, &order_differs);
    } else if (one->known) {
        judge_known(one);
    } else {
        *one->kept = (struct kept){.id = id_new(), .outcome = KEEP_MADE};
        one->writes = true;
    }
}

/* ---- customers -------------------------------------------------------------------------------- */

/* Whom each order names, of those that are known. */
static const struct problem *look_up(struct many *many, size_t *missing)
{
    struct customer_place_list found;
    struct builder b = builder_make(many->memory, many->count * 700 + 16);
    struct text references;
    builder_add_char(&b, '[');
    for (size_t i = 0; i < many->count; i++) {
        struct one *one = &many->all[i];
        bool wanted = one->writes && one->given->reference.size > 0;
        if (i > 0)
            builder_add_char(&b, ',');
        builder_add_json(&b, wanted ? one->given->reference : text_of(""));
        *missing += wanted ? 1 : 0;
    }
    builder_add_char(&b, ']');
    const struct problem *problem = builder_end(&b, &references);
    if (!problem && *missing > 0)
        problem =
            customers_known(many->db, many->memory, many->keeping->business, references, &found);
    for (size_t i = 0; !problem && *missing > 0 && i < found.count; i++) {
        struct one *one = &many->all[found.items[i].place];
        one->customer = found.items[i].id;
    }
    *missing = 0;
    for (size_t i = 0; !problem && i < many->count; i++) {
        struct one *one = &many->all[i];
        if (one->writes && one->given->reference.size > 0 && !one->customer.value)
            *missing += 1;
    }
    return problem;
}

/* A customer who is named by mail only may have a number. */
static const struct problem *look_up_by_mail(struct many *many)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < many->count; i++) {
        struct one *one = &many->all[i];
        struct customer_row row;
        if (!one->writes || one->customer.value || one->given->mail.size == 0 ||
            one->given->told->customer.present)
            continue;
        problem = customer_by_mail(many->db, many->memory, many->keeping->business,
                                   one->given->mail, &row);
        if (!problem)
            one->customer = row.id;
        problem = problem == &not_found ? NULL : problem;
    }
    return problem;
}

static void add_customer(struct builder *b, const struct customer_new *row)
{
    struct text texts[] = {row->reference, row->mail, row->name, row->country, row->plain};
    builder_add_format(b, "%s[%lld,%lld,", b->size > 0 ? "," : "[", (long long)row->id.value,
                       (long long)row->business.value);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        builder_add_json(b, texts[i]);
        builder_add_char(b, ',');
    }
    builder_add_format(b, "%lld]", (long long)row->import.value);
}

/* On PostgreSQL, where each statement travels, rows are written by one for all; on SQLite one by one,
 * which is twice as fast as taking them out of a list again. */
static const struct problem *make_customers(struct many *many)
{
    struct builder b = builder_make(many->memory, ROWS_BYTES);
    bool gathered = database_is_postgresql(many->db);
    const struct problem *problem = NULL;
    struct text rows;
    for (size_t i = 0; !problem && i < many->count; i++) {
        const struct one *one = &many->all[i];
        const struct order_told *told = one->given->told;
        if (!one->writes || one->customer.value || one->given->reference.size == 0)
            continue;
        struct customer_new row = {
            .id = {id_new()},
            .business = many->keeping->business,
            .reference = one->given->reference,
            .mail = one->given->mail,
            .name = text_or_empty(told->name),
            .country = text_or_empty(told->country),
            .plain = shop_mail_fold(many->memory, text_or_empty(told->mail)),
            .import = many->keeping->import,
        };
        if (!row.plain.data)
            return &out_of_memory;
        if (gathered) {
            add_customer(&b, &row);
        } else {
            problem = customer_make(many->db, many->memory, &row);
        }
    }
    if (problem || b.size == 0)
        return problem;
    builder_add_char(&b, ']');
    problem = builder_end(&b, &rows);
    return problem ? problem : customers_insert(many->db, many->memory, rows);
}

static const struct problem *find_customers(struct many *many)
{
    size_t missing = 0;
    const struct problem *problem = look_up(many, &missing);
    if (!problem && missing > 0)
        problem = look_up_by_mail(many);
    if (!problem && missing > 0)
        problem = make_customers(many);
    return problem || missing == 0 ? problem : look_up(many, &missing);
}

/* ---- writing ---------------------------------------------------------------------------------- */

/* What is to be written, until it is. */
struct writing {
    struct many *many;
    bool gathered;         /* by one statement for all */
    struct builder orders; /* rows so far */
    struct builder lines;  /* rows so far */
};

static const struct problem *add_line(struct writing *writing, const struct one *one, size_t line)
{
    const struct order_line_told *told = &one->given->told->lines.items[line];
    struct builder *b = &writing->lines;
    struct order_line_row row = {
        .of_order = {one->kept->id},
        .line = (int64_t)line + 1,
        .product = text_or_empty(told->product),
        .title = text_or_empty(told->title),
        .quantity = told->quantity,
        .total_minor = told->total.minor,
        .discount_minor = told->discount.present ? told->discount.value.minor : 0,
    };
    if (!writing->gathered)
        return order_line_insert(writing->many->db, writing->many->memory, &row);
    builder_add_format(b, "%s[%lld,%lld,", b->size > 0 ? "," : "[", (long long)row.of_order.value,
                       (long long)row.line);
    builder_add_json(b, row.product);
    builder_add_char(b, ',');
    builder_add_json(b, row.title);
    builder_add_format(b, ",%lld,%lld,%lld]", (long long)row.quantity, (long long)row.total_minor,
                       (long long)row.discount_minor);
    return NULL;
}

static enum order_state state_of(const struct order_told *told, struct instant off)
{
    return told->cancelled.present || off.ms ? ORDER_CANCELLED : ORDER_PLACED;
}

static const struct problem *add_order(struct writing *writing, const struct one *one)
{
    const struct order_told *told = one->given->told;
    const struct keeping *keeping = writing->many->keeping;
    struct builder *b = &writing->orders;
    struct instant never = {0};
    struct order_row row = {
        .id = {one->kept->id},
        .business = keeping->business,
        .number = told->number,
        .customer = {one->customer.value != 0, one->customer},
        .state = state_of(told, never),
        .source = keeping->source,
        .total = told->total,
        .discount_minor = told->discount.present ? told->discount.value.minor : 0,
        .codes = one->given->codes,
        .placed = told->placed,
        .updated = updated_of(told),
        .cancelled = told->cancelled.present ? told->cancelled.value : never,
        .fingerprint = one->given->fingerprint,
        .import = keeping->import,
    };
    if (!writing->gathered)
        return order_insert(writing->many->db, writing->many->memory, &row);
    builder_add_format(b, "%s[%lld,%lld,", b->size > 0 ? "," : "[", (long long)row.id.value,
                       (long long)row.business.value);
    builder_add_json(b, row.number);
    if (row.customer.present)
        builder_add_format(b, ",%lld", (long long)row.customer.value.value);
    else
        builder_add_c(b, ",null");
    builder_add_format(b, ",\"%s\",\"%s\",%lld,\"%s\",%lld,",
                       words_name(&order_state_words, (int)row.state),
                       words_name(&order_source_words, (int)row.source), (long long)row.total.minor,
                       row.total.currency.code, (long long)row.discount_minor);
    builder_add_json(b, row.codes);
    builder_add_format(b, ",%lld,%lld,%lld,\"%.*s\",%lld]", (long long)row.placed.ms,
                       (long long)row.updated.ms, (long long)row.cancelled.ms,
                       TEXT_ARGS(row.fingerprint), (long long)row.import.value);
    return NULL;
}

/* Refunds that came before their order are taken off it, as far as it goes. */
static const struct problem *apply_refunds(struct many *many, struct order_row *row)
{
    struct refund_row_list refunds;
    const struct problem *problem = order_refunds_of(many->db, many->memory, row->id, &refunds);
    for (size_t i = 0; !problem && i < refunds.count; i++) {
        const struct refund_row *refund = &refunds.items[i];
        bool fits = currency_equal(refund->amount.currency, row->total.currency) &&
                    refund->amount.minor <= row->total.minor - row->refunded_minor;
        row->refunded_minor += fits ? refund->amount.minor : 0;
        problem = order_refund_state(many->db, many->memory, refund->id,
                                     fits ? REFUND_APPLIED : REFUND_REFUSED);
    }
    return problem;
}

/* Takes the place of what is known of an order. */
static const struct problem *replace(struct many *many, const struct one *one)
{
    const struct order_told *told = one->given->told;
    struct order_row row;
    const struct problem *problem =
        order_lock(many->db, many->memory, many->keeping->business, told->number, &row);
    if (!problem && many->keeping->import.value)
        problem = import_keep_order(many->db, many->memory, many->keeping->import, &row);
    if (problem)
        return problem;
    bool expected = row.state == ORDER_EXPECTED;
    struct instant off = expected ? row.cancelled : (struct instant){0};
    row.customer = (struct maybe_customer_id){one->customer.value != 0, one->customer};
    row.state = state_of(told, off);
    row.source = many->keeping->source;
    row.total = told->total;
    row.discount_minor = told->discount.present ? told->discount.value.minor : 0;
    row.codes = one->given->codes;
    row.placed = told->placed;
    row.updated = updated_of(told);
    if (off.ms > row.updated.ms)
        row.updated = off;
    row.cancelled = told->cancelled.present ? told->cancelled.value : off;
    row.fingerprint = one->given->fingerprint;
    row.import = many->keeping->import;
    if (expected)
        problem = apply_refunds(many, &row);
    if (!problem)
        problem = order_store(many->db, many->memory, &row);
    return problem ? problem : order_lines_drop(many->db, many->memory, row.id);
}

typedef const struct problem *insert_all(struct database *db, struct memory *memory,
                                         struct text rows);

static const struct problem *write_rows(struct many *many, struct builder *b, insert_all *insert)
{
    struct text rows;
    if (b->size == 0)
        return NULL;
    builder_add_char(b, ']');
    const struct problem *problem = builder_end(b, &rows);
    return problem ? problem : insert(many->db, many->memory, rows);
}

static const struct problem *write_all(struct many *many)
{
    struct writing writing = {many, database_is_postgresql(many->db),
                              builder_make(many->memory, ROWS_BYTES),
                              builder_make(many->memory, ROWS_BYTES)};
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && i < many->count; i++) {
        const struct one *one = &many->all[i];
        if (one->writes)
            problem = one->known ? replace(many, one) : add_order(&writing, one);
        for (size_t j = 0; !problem && one->writes && j < one->given->told->lines.count; j++)
            problem = add_line(&writing, one, j);
    }
    if (!problem)
        problem = write_rows(many, &writing.orders, orders_insert);
    return problem ? problem : write_rows(many, &writing.lines, order_lines_insert);
}

/* An import is told of as a whole once it is over. */
static const struct problem *tell(struct many *many)
{
    const struct problem *problem = NULL;
    for (size_t i = 0; !problem && !many->keeping->import.value && i < many->count; i++) {
        const struct one *one = &many->all[i];
        if (one->writes)
            problem = event_emit(
                many->db, many->memory,
                one->kept->outcome == KEEP_MADE ? "core.order.placed" : "core.order.changed",
                one->kept->id, many->keeping->person, one->given->told->number, many->keeping->at);
    }
    return problem;
}

const struct problem *orders_keep(struct database *db, struct memory *memory,
                                  const struct keeping *keeping, const struct order_given *items,
                                  size_t count, struct kept *kept)
{
    struct many many = {db, memory, keeping, memory_take_array(memory, count, sizeof(struct one)),
                        count};
    ensure(count <= ORDERS_AT_ONCE);
    if (!many.all)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        kept[i] = (struct kept){0};
        many.all[i] = (struct one){.given = &items[i], .kept = &kept[i]};
    }
    const struct problem *problem = find_twins(&many);
    if (!problem)
        problem = find_known(&many);
    for (size_t i = 0; !problem && i < count; i++)
        if (!many.all[i].twin)
            judge(&many.all[i], keeping->at);
    for (size_t i = 0; !problem && i < count; i++)
        if (many.all[i].twin)
            judge(&many.all[i], keeping->at);
    if (!problem)
        problem = find_customers(&many);
    if (!problem)
        problem = write_all(&many);
    return problem ? problem : tell(&many);
}
