/*
 * What the tests of purchases stand on: a world with authors, an operator, businesses with money, and
 * accepted photographs that have rows but no files, so that no sandbox is needed.
 *
 * Only programs of this folder include it; the functions are static so that it needs no object.
 */
#ifndef CONTRAFLOW_TESTS_PURCHASE_TEST_BED_H
#define CONTRAFLOW_TESTS_PURCHASE_TEST_BED_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/media/queries.h"
#include "core/media/rows.h"
#include "core/pay/pay.h"
#include "core/login/login.h"
#include "core/people/party.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/stock.h"
#include "modules/world.h"

#define BED_PRICE  1500  /* cents of a standard licence */
#define BED_BUYOUT 50000 /* cents of all rights */

struct bed {
    struct world world;
    struct memory *memory; /* as long as the world */
    struct party_id author;
    struct party_id reviewer; /* an operator */
    struct party_id buyer;    /* a person */
};

/* Ends the program: what the test stands on is no part of what it tests. */
static void bed_must(const struct problem *problem, const char *what)
{
    if (!problem)
        return;
    fprintf(stderr, "%s: %s\n", what, problem->name);
    exit(1);
}

static void bed_set(struct memory *memory, const char *name, const char *value)
{
    struct text complaint;
    bed_must(settings_set(memory, text_of(name), text_copy(memory, text_of(value)), &complaint),
             name);
}

static struct party_id bed_person(struct bed *bed, const char *name, bool is_operator)
{
    struct party_id id;
    struct text mail = text_format(bed->memory, "%s@example.org", name);
    bed_must(login_sign_up(bed->world.store, bed->memory, text_of(name), mail, text_of(""),
                           LANGUAGE_EN, is_operator, clock_now(), &id),
             name);
    return id;
}

/* A business of `owner` with so many cents in its wallet. */
static struct party_id bed_business(struct bed *bed, struct party_id owner, int64_t cents)
{
    struct party_id id;
    struct payment_id payment;
    struct money amount = {cents, {"EUR"}};
    bed_must(party_found(bed->world.store, bed->memory, text_of("Nordlicht"), text_of("Kiel"),
                         owner, clock_now(), &id),
             "a business");
    bed_must(payment_begin(bed->world.store, bed->memory, &rail_test, id, owner, amount,
                           text_of(""), clock_now(), &payment),
             "a payment");
    return id;
}

struct bed_draft {
    struct stock_photo_id photo;
    struct party_id author;
};

static const struct problem *bed_write_draft(struct database *db, struct memory *memory,
                                             void *context)
{
    struct bed_draft *draft = context;
    struct stock_photo_new photo = {
        .id = {id_new()},
        .author = draft->author,
        .file = text_of("harbour.jpg"),
        .shape = FORM_WIDE,
        .colour = MEDIA_BLUE,
        .width = 6000,
        .height = 4000,
        .currency = text_of("EUR"),
        .at = clock_now(),
    };
    draft->photo = photo.id;
    photo.media = text_format(memory, "%064llx", (unsigned long long)photo.id.value);
    struct media_row media = {
        .hash = photo.media,
        .format = MEDIA_JPEG,
        .width = photo.width,
        .height = photo.height,
        .size = 1 << 20,
        .camera = text_of(""),
        .colour = MEDIA_BLUE,
        .at = photo.at,
    };
    const struct problem *problem = media_row_insert(db, memory, &media);
    return problem ? problem : stock_photo_insert(db, memory, &photo);
}

static void bed_describe(struct bed *bed, struct stock_photo_id photo, int64_t standard)
{
    struct stock_description description = {
        .title = text_of("Harbour in the morning"),
        .description = text_of(""),
        .tags = text_of("harbour, morning, fog"),
        .category = CATEGORY_CITY,
        .prices = {{standard, {"EUR"}}, {4500, {"EUR"}}, {900, {"EUR"}}, {BED_BUYOUT, {"EUR"}}},
    };
    bed_must(stock_describe(bed->world.store, bed->memory, photo, bed->author, &description,
                            clock_now()),
             "a description");
}

/* A photograph in the catalogue. */
static struct stock_photo_id bed_photo(struct bed *bed)
{
    struct bed_draft draft = {.author = bed->author};
    struct store *store = bed->world.store;
    bed_must(store_write(store, bed->memory, bed_write_draft, &draft), "a draft");
    bed_describe(bed, draft.photo, BED_PRICE);
    bed_must(stock_photo_move(store, bed->memory, draft.photo, PHOTO_SUBMIT, BY_SUPPLIER,
                              bed->author, 0, text_of(""), clock_now()),
             "submitting");
    bed_must(stock_photo_move(store, bed->memory, draft.photo, PHOTO_ACCEPT, BY_OPERATOR,
                              bed->reviewer, 0, text_of(""), clock_now()),
             "accepting");
    return draft.photo;
}

/* Opens a world in `data`, in the database that `url` names or in SQLite when it is empty. */
static void bed_open(struct bed *bed, const char *data, const char *url)
{
    struct text complaint = {0};
    *bed = (struct bed){.memory = memory_create(512 << 20)};
    if (!bed->memory)
        bed_must(&out_of_memory, "memory");
    bed_must(world_settings(bed->memory, text_copy(bed->memory, text_of(data)), &complaint),
             "settings");
    bed_set(bed->memory, "database", url);
    bed_set(bed->memory, "pay.test_rail", "on");
    const struct problem *problem =
        world_open(bed->memory, text_copy(bed->memory, text_of(data)), &bed->world, &complaint);
    if (!problem)
        problem = world_lease(&bed->world, &complaint);
    if (problem)
        bed_must(problem, text_c(bed->memory, complaint));
}

/* The people every world here has. */
static void bed_people(struct bed *bed)
{
    bed->author = bed_person(bed, "ines", false);
    bed->reviewer = bed_person(bed, "sam", true);
    bed->buyer = bed_person(bed, "maren", false);
}

static void bed_close(struct bed *bed)
{
    world_close(&bed->world);
    memory_end(bed->memory);
}

static void bed_hear(void *context, const char *line)
{
    (void)context;
    printf("# audit: %s\n", line);
}

/* Lines of the ledger's audit and of all modules'. */
static int64_t bed_discrepancies(struct bed *bed)
{
    struct ledger_audit_listener listener = {NULL, bed_hear};
    int64_t all = 0;
    bed_must(ledger_audit(bed->world.reader, bed->memory, &listener, &all), "the audit");
    for (const struct module *const *part = module_all(); *part; part++) {
        int64_t found = 0;
        if ((*part)->audit)
            bed_must((*part)->audit(bed->world.reader, bed->memory, &listener, &found),
                     "a module's audit");
        all += found;
    }
    return all;
}

#endif
