/*
 * Keeps the licence texts under their hashes at start, and checks for the audit that each licensed or
 * refunded deal has exactly its licence, its right, its sums and what came back of them.
 *
 * Must not know: pages. Read next: terms/.
 */
#include "modules/stock/start.h"

#include "base/ids.h"
#include "base/log.h"
#include "core/terms.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/sums.h"
#include "web/request.shapes.h"
#include "web/words.h"

static const struct {
    const char *name; /* of the terms, and of the text key */
} licences[] = {{"stock.standard"}, {"stock.extended"}, {"stock.editorial"}, {"stock.buyout"}};

/* The version people cite: the day on which this text came into force. A changed text gets a new one. */
static const char version[] = "2024-01-01";

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    struct instant since;
    (void)context;
    ensure(instant_parse(text_of(version), &since));
    for (size_t i = 0; i < sizeof licences / sizeof licences[0]; i++) {
        for (int language = LANGUAGE_EN; language <= LANGUAGE_ZH; language++) {
            struct text key = text_format(memory, "%s.terms", licences[i].name);
            if (!key.data)
                return &out_of_memory;
            struct text body = words_text(memory, (enum language)language, key.data, NULL, 0);
            const struct problem *problem =
                terms_keep(db, memory, text_of(licences[i].name), text_of(version),
                           text_of(words_name(&language_words, language)), body, since);
            if (problem)
                return problem;
        }
    }
    return NULL;
}

const struct problem *stock_start(struct memory *process, struct store *store)
{
    struct text complaint = {"", 0};
    (void)process;
    struct memory *memory = memory_create(1 << 20);
    const struct problem *problem = memory ? stock_rules_check(memory, &complaint) : &out_of_memory;
    if (problem == &invalid_input)
        log_write(LOG_ERROR, "stock.setting_unreadable", "%.*s", TEXT_ARGS(complaint));
    if (!problem)
        problem = store_write(store, memory, keep, NULL);
    memory_end(memory);
    return problem;
}

/* Who hears, and how many lines they heard. */
struct hearing {
    const struct ledger_audit_listener *listener;
    struct memory *memory; /* of one page of rows */
    int64_t count;
};

static void compare(struct hearing *hearing, const struct stock_audit_row *row, const char *what,
                    int64_t expected, int64_t found)
{
    if (expected == found)
        return;
    struct id_text deal = id_text("del", row->deal.value);
    struct text line = text_format(hearing->memory, "%s: %s should be %lld and is %lld", deal.text,
                                   what, (long long)expected, (long long)found);
    hearing->count++;
    hearing->listener->hear(hearing->listener->context, line.data ? line.data : deal.text);
}

/* What came back of a sum that `legs` transfers made: the part that came back of all, but for less than
 * a unit a transfer and refund, since each was rounded by itself. */
static void compare_part(struct hearing *hearing, const struct stock_audit_row *row,
                         const char *what, int64_t sum, int64_t legs, int64_t found)
{
    if (row->paid_minor <= 0)
        return;
    int64_t part = (int64_t)((__int128)sum * row->back_minor / row->paid_minor);
    int64_t slack = legs * row->refund_count;
    if (found < part - slack || found > part + slack)
        compare(hearing, row, what, part, found);
}

static void check_refunds(struct hearing *hearing, const struct stock_audit_row *row)
{
    compare(hearing, row, "the number of rights that run", row->refunded ? 0 : 1, row->running);
    compare(hearing, row, "the number of licences that ended", row->refunded ? 1 : 0, row->ended);
    compare(hearing, row, "what came back into the wallet", row->back_minor, row->back);
    compare(hearing, row, "what its refunds gave back", row->back_minor, row->refunds);
    compare(hearing, row, "what its author gave back", row->back_earned_minor, row->back_earned);
    compare_part(hearing, row, "the author's part of what came back", row->earned_minor,
                 1 + row->fee_count, row->back_earned);
    compare_part(hearing, row, "the fees' part of what came back", row->fees_minor, row->fee_count,
                 row->back_fees);
    if (row->refunded)
        compare(hearing, row, "what came back of what was paid", row->paid_minor, row->back_minor);
    if (row->refunded)
        compare(hearing, row, "what came back of its fees", row->fees_minor, row->back_fees);
}

static void check(struct hearing *hearing, const struct stock_audit_row *row)
{
    compare(hearing, row, "the number of licences", 1, row->licences);
    compare(hearing, row, "the number of rights", 1, row->rights);
    compare(hearing, row, "what its licence says was paid", row->price_minor + row->extra_minor,
            row->paid_minor);
    compare(hearing, row, "what left the buyer's wallet", row->paid_minor, row->taken);
    compare(hearing, row, "what its author earned", row->earned_minor, row->earned);
    compare(hearing, row, "what its fees brought", row->fees_minor, row->fees);
    check_refunds(hearing, row);
}

/* A page of what an audit reads, after a number. *after: the last one of it, 0 when it was the end. */
typedef const struct problem *audit_page(struct hearing *hearing, struct database *db,
                                         int64_t *after);

static const struct problem *audit_deals(struct hearing *hearing, struct database *db,
                                         int64_t *after)
{
    struct stock_audit_row_list rows;
    const struct problem *problem = stock_audit_deals(db, hearing->memory, *after, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++)
        check(hearing, &rows.items[i]);
    *after = !problem && rows.count ? rows.items[rows.count - 1].deal.value : 0;
    return problem;
}

/* The catalogue shows what was accepted, as it is, and nothing else. */
static const struct problem *audit_cards(struct hearing *hearing, struct database *db,
                                         int64_t *after)
{
    struct stock_photo_id last = {*after};
    struct stock_photo_hit_list rows;
    const struct problem *problem = stock_audit_cards(db, hearing->memory, last, &rows);
    *after = 0;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        *after = rows.items[i].id.value;
        struct id_text photo = id_text("pho", *after);
        struct text line =
            text_format(hearing->memory,
                        "%s has another place in the catalogue than its state says", photo.text);
        hearing->count++;
        hearing->listener->hear(hearing->listener->context, line.data ? line.data : photo.text);
    }
    return problem;
}

const struct problem *stock_audit(struct database *db, struct memory *memory,
                                  const struct ledger_audit_listener *listener,
                                  int64_t *discrepancies)
{
    static audit_page *const pages[] = {audit_deals, audit_cards};
    const struct problem *problem = NULL;
    *discrepancies = 0;
    for (size_t i = 0; !problem && i < sizeof pages / sizeof pages[0]; i++) {
        int64_t after = 0;
        do {
            struct hearing hearing = {listener, memory_scratch(memory), 0};
            if (!hearing.memory)
                return &out_of_memory;
            problem = pages[i](&hearing, db, &after);
            *discrepancies += hearing.count;
            memory_end(hearing.memory);
        } while (!problem && after);
    }
    return problem;
}
