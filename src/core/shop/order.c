/*
 * Keeps orders as a shop tells them, many in one write.
 *
 * Each is judged by itself against what is known: new, the same, newer, older, or a conflict. Those that
 * are written go into the tables by one statement for all. Must not know: HTTP, files, who told it.
 * Read next: core/shop/refund.c, core/shop/import_run.c.
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

static void judge(struct one *one)
{
    if (one->twin) {
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

static const struct problem *make_customers(struct many *many)
{
    struct builder b = builder_make(many->memory, ROWS_BYTES);
    struct text rows;
    for (size_t i = 0; i < many->count; i++) {
        const struct one *one = &many->all[i];
        const struct order_told *told = one->given->told;
        struct text mail = shop_mail_fold(many->memory, text_or_empty(told->mail));
        if (!mail.data)
            return &out_of_memory;
        if (!one->writes || one->customer.value || one->given->reference.size == 0)
            continue;
        builder_add_format(&b, "%s[%lld,%lld,", b.size > 0 ? "," : "[", (long long)id_new(),
                           (long long)many->keeping->business.value);
        struct text texts[] = {one->given->reference, one->given->mail, text_or_empty(told->name),
                               text_or_empty(told->country), mail};
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++) {
            builder_add_json(&b, texts[j]);
            builder_add_char(&b, ',');
        }
        builder_add_format(&b, "%lld]", (long long)many->keeping->import.value);
    }
    if (b.size == 0)
        return NULL;
    builder_add_char(&b, ']');
    const struct problem *problem = builder_end(&b, &rows);
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

static void add_line(struct builder *b, const struct one *one, size_t line)
{
    const struct order_line_told *told = &one->given->told->lines.items[line];
    builder_add_format(b, "%s[%lld,%zu,", b->size > 0 ? "," : "[", (long long)one->kept->id,
                       line + 1);
    builder_add_json(b, text_or_empty(told->product));
    builder_add_char(b, ',');
    builder_add_json(b, text_or_empty(told->title));
    builder_add_format(b, ",%lld,%lld,%lld]", (long long)told->quantity,
                       (long long)told->total.minor,
                       (long long)(told->discount.present ? told->discount.value.minor : 0));
}

static enum order_state state_of(const struct order_told *told, struct instant off)
{
    return told->cancelled.present || off.ms ? ORDER_CANCELLED : ORDER_PLACED;
}

static void add_order(struct builder *b, const struct many *many, const struct one *one)
{
    const struct order_told *told = one->given->told;
    const struct keeping *keeping = many->keeping;
    struct instant never = {0};
    builder_add_format(b, "%s[%lld,%lld,", b->size > 0 ? "," : "[", (long long)one->kept->id,
                       (long long)keeping->business.value);
    builder_add_json(b, told->number);
    if (one->customer.value)
        builder_add_format(b, ",%lld", (long long)one->customer.value);
    else
        builder_add_c(b, ",null");
    builder_add_format(b, ",\"%s\",\"%s\",%lld,\"%s\",%lld,",
                       words_name(&order_state_words, (int)state_of(told, never)),
                       words_name(&order_source_words, (int)keeping->source),
                       (long long)told->total.minor, told->total.currency.code,
                       (long long)(told->discount.present ? told->discount.value.minor : 0));
    builder_add_json(b, one->given->codes);
    builder_add_format(b, ",%lld,%lld,%lld,\"%.*s\",%lld]", (long long)told->placed.ms,
                       (long long)updated_of(told).ms,
                       (long long)(told->cancelled.present ? told->cancelled.value.ms : 0),
                       TEXT_ARGS(one->given->fingerprint), (long long)keeping->import.value);
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

static const struct problem *write_all(struct many *many)
{
    struct builder orders = builder_make(many->memory, ROWS_BYTES);
    struct builder lines = builder_make(many->memory, ROWS_BYTES);
    const struct problem *problem = NULL;
    struct text rows;
    for (size_t i = 0; !problem && i < many->count; i++) {
        const struct one *one = &many->all[i];
        if (one->writes && one->known)
            problem = replace(many, one);
        else if (one->writes)
            add_order(&orders, many, one);
        for (size_t j = 0; one->writes && j < one->given->told->lines.count; j++)
            add_line(&lines, one, j);
    }
    if (!problem && orders.size > 0) {
        builder_add_char(&orders, ']');
        problem = builder_end(&orders, &rows);
        if (!problem)
            problem = orders_insert(many->db, many->memory, rows);
    }
    if (!problem && lines.size > 0) {
        builder_add_char(&lines, ']');
        problem = builder_end(&lines, &rows);
        if (!problem)
            problem = order_lines_insert(many->db, many->memory, rows);
    }
    return problem;
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
            judge(&many.all[i]);
    for (size_t i = 0; !problem && i < count; i++)
        if (many.all[i].twin)
            judge(&many.all[i]);
    if (!problem)
        problem = find_customers(&many);
    if (!problem)
        problem = write_all(&many);
    return problem ? problem : tell(&many);
}
