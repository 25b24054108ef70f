/*
 * The module's part of the audit: each licensed or refunded deal has exactly its licence, its right, its
 * sums and what came back of them, and the catalogue shows what was accepted and nothing else.
 *
 * Must not know: how they are posted; it compares rows. Read next: queries.sql, ledger/audit.h.
 */
#include "base/ids.h"
#include "modules/stock/queries.h"
#include "modules/stock/rows.h"
#include "modules/stock/start.h"

static void compare(struct audit_voice *voice, const struct stock_audit_row *row, const char *what,
                    int64_t expected, int64_t found)
{
    audit_compare(voice, "del", row->deal.value, what, expected, found);
}

/* What came back of a sum that `legs` transfers made: the part that came back of all, but for less than
 * a unit a transfer and refund, since each was rounded by itself. */
static void compare_part(struct audit_voice *voice, const struct stock_audit_row *row,
                         const char *what, int64_t sum, int64_t legs, int64_t found)
{
    if (row->paid_minor <= 0)
        return;
    int64_t part = (int64_t)((__int128)sum * row->back_minor / row->paid_minor);
    int64_t slack = legs * row->refund_count;
    if (found < part - slack || found > part + slack)
        compare(voice, row, what, part, found);
}

static void check_refunds(struct audit_voice *voice, const struct stock_audit_row *row)
{
    compare(voice, row, "the number of rights that run", row->refunded ? 0 : 1, row->running);
    compare(voice, row, "the number of licences that ended", row->refunded ? 1 : 0, row->ended);
    compare(voice, row, "what came back into the wallet", row->back_minor, row->back);
    compare(voice, row, "what its refunds gave back", row->back_minor, row->refunds);
    compare(voice, row, "what its author gave back", row->back_earned_minor, row->back_earned);
    compare_part(voice, row, "the author's part of what came back", row->earned_minor,
                 1 + row->fee_count, row->back_earned);
    compare_part(voice, row, "the fees' part of what came back", row->fees_minor, row->fee_count,
                 row->back_fees);
    if (row->refunded)
        compare(voice, row, "what came back of what was paid", row->paid_minor, row->back_minor);
    if (row->refunded)
        compare(voice, row, "what came back of its fees", row->fees_minor, row->back_fees);
}

static void check(struct audit_voice *voice, const struct stock_audit_row *row)
{
    compare(voice, row, "the number of licences", 1, row->licences);
    compare(voice, row, "the number of rights", 1, row->rights);
    compare(voice, row, "what its licence says was paid", row->price_minor + row->extra_minor,
            row->paid_minor);
    compare(voice, row, "what left the buyer's wallet", row->paid_minor, row->taken);
    compare(voice, row, "what its author earned", row->earned_minor, row->earned);
    compare(voice, row, "what its fees brought", row->fees_minor, row->fees);
    check_refunds(voice, row);
}

static const struct problem *check_deals(struct audit_voice *voice, struct database *db,
                                         struct memory *page, int64_t *after, size_t *count)
{
    struct stock_audit_row_list rows = {NULL, 0};
    const struct problem *problem = stock_audit_deals(db, page, *after, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        check(voice, &rows.items[i]);
        *after = rows.items[i].deal.value;
    }
    return problem;
}

/* The catalogue shows what was accepted, as it is, and nothing else. */
static const struct problem *check_cards(struct audit_voice *voice, struct database *db,
                                         struct memory *page, int64_t *after, size_t *count)
{
    struct stock_photo_hit_list rows = {NULL, 0};
    const struct problem *problem =
        stock_audit_cards(db, page, (struct stock_photo_id){*after}, &rows);
    *count = rows.count;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        *after = rows.items[i].id.value;
        audit_say(voice, "%s has another place in the catalogue than its state says",
                  id_text("pho", *after).text);
    }
    return problem;
}

const struct problem *stock_audit(struct database *db, struct memory *memory,
                                  const struct ledger_audit_listener *listener,
                                  int64_t *discrepancies)
{
    static audit_page *const checks[] = {check_deals, check_cards};
    return audit_run(db, memory, ALL(checks), listener, discrepancies);
}
