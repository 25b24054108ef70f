/*
 * Keeps products and customers as a shop tells them: what is told last holds, unless it is older.
 *
 * Must not know: HTTP, files. Read next: core/shop/order.c.
 */
#include "core/shop/parts.h"

#include "base/ids.h"
#include "core/shop/queries.h"

static bool same_product(const struct product_row *a, const struct product_row *b)
{
    bool priced =
        a->price.present == b->price.present &&
        (!a->price.present || (a->price.value.minor == b->price.value.minor &&
                               currency_equal(a->price.value.currency, b->price.value.currency)));
    return priced && text_equal(a->title, b->title) && text_equal(a->category, b->category) &&
           text_equal(a->link, b->link) && text_equal(a->picture, b->picture);
}

const struct problem *product_keep(struct database *db, struct memory *memory,
                                   const struct keeping *keeping, const struct product_told *told,
                                   struct kept *out)
{
    struct product_row known;
    struct product_row row = {.business = keeping->business,
                              .number = told->number,
                              .title = told->title,
                              .category = text_or_empty(told->category),
                              .price = told->price,
                              .link = text_or_empty(told->link),
                              .picture = text_or_empty(told->picture),
                              .updated = told->updated.present ? told->updated.value : keeping->at,
                              .import = keeping->import};
    const struct problem *problem =
        product_by_number(db, memory, keeping->business, told->number, &known);
    if (problem == &not_found) {
        row.id.value = id_new();
        *out = (struct kept){.id = row.id.value, .outcome = KEEP_MADE};
        return product_insert(db, memory, &row);
    }
    if (problem)
        return problem;
    row.id = known.id;
    *out = (struct kept){.id = known.id.value, .outcome = KEEP_CHANGED};
    if (same_product(&row, &known))
        out->outcome = KEEP_SAME;
    else if (told->updated.present && told->updated.value.ms < known.updated.ms)
        out->outcome = KEEP_OLDER;
    if (out->outcome == KEEP_CHANGED && keeping->import.value)
        problem = import_keep_product(db, memory, keeping->import, &known);
    return problem || out->outcome != KEEP_CHANGED ? problem : product_store(db, memory, &row);
}

/* By the shop's number; without one by mail. */
static const struct problem *find_customer(struct database *db, struct memory *memory,
                                           const struct keeping *keeping,
                                           const struct customer_row *row, bool numbered,
                                           struct customer_row *out)
{
    const struct problem *problem =
        customer_by_reference(db, memory, keeping->business, row->reference, out);
    if (problem == &not_found && !numbered)
        problem = customer_by_mail(db, memory, keeping->business, row->mail, out);
    return problem;
}

/* What is not said stays as it was. */
static struct text newer(struct text told, struct text known)
{
    return told.size > 0 ? told : known;
}

const struct problem *customer_keep(struct database *db, struct memory *memory,
                                    const struct keeping *keeping, const struct customer_told *told,
                                    struct text mail, struct kept *out)
{
    struct customer_row known;
    struct login_found login;
    struct customer_row row = {.business = keeping->business,
                               .reference = told->number.present ? told->number.value
                                                                 : customer_reference(memory, mail),
                               .mail = mail,
                               .name = text_or_empty(told->name),
                               .country = text_or_empty(told->country),
                               .import = keeping->import};
    struct text plain = shop_mail_fold(memory, text_or_empty(told->mail));
    if (!row.reference.data || !plain.data)
        return &out_of_memory;
    const struct problem *problem =
        plain.size > 0 ? shop_login(db, memory, plain, &login) : &not_found;
    row.party = (struct maybe_party_id){!problem, problem ? (struct party_id){0} : login.person};
    if (problem && problem != &not_found)
        return problem;
    problem = find_customer(db, memory, keeping, &row, told->number.present, &known);
    if (problem == &not_found) {
        row.id.value = id_new();
        *out = (struct kept){.id = row.id.value, .outcome = KEEP_MADE};
        return customer_insert(db, memory, &row);
    }
    if (problem)
        return problem;
    row.id = known.id;
    row.reference = known.reference;
    row.mail = newer(row.mail, known.mail);
    row.name = newer(row.name, known.name);
    row.country = newer(row.country, known.country);
    if (mail.size == 0)
        row.party = known.party;
    bool same = text_equal(row.mail, known.mail) && text_equal(row.name, known.name) &&
                text_equal(row.country, known.country);
    *out = (struct kept){.id = known.id.value, .outcome = same ? KEEP_SAME : KEEP_CHANGED};
    if (!same && keeping->import.value)
        problem = import_keep_customer(db, memory, keeping->import, &known);
    return problem || same ? problem : customer_store(db, memory, &row);
}
