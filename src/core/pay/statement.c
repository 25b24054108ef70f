/*
 * What came into an account and went out of it, and why: a business's wallet, a person's earnings.
 *
 * Every model's money stands here by the reasons that its postings name. Must not know: any model.
 * Read next: ledger/ledger.h.
 */
#include "base/ids.h"
#include "base/settings.h"
#include "core/pay/page_lines.h"
#include "core/pay/page_queries.h"
#include "web/words.h"

/* The sentence of a leg's reason; the reason itself when a module that was taken out wrote it. */
static struct text sentence(struct request *request, struct text key)
{
    const char *name = text_c(request->memory, key);
    if (!name || !words_have(name))
        return key;
    return words_text(request->memory, request->language, name, NULL, 0);
}

/* How many rows a page takes: whole postings, one at least. */
static size_t rows_shown(const struct account_line_list *rows)
{
    if (rows->count <= PAY_SHOWN)
        return rows->count;
    size_t count = PAY_SHOWN;
    while (count > 1 && rows->items[count].posting.value == rows->items[count - 1].posting.value)
        count--;
    return count > 1 ? count : PAY_SHOWN;
}

static int64_t size_of(int64_t minor)
{
    return minor < 0 ? -minor : minor;
}

/* The rows of one posting from the first on are one line: their sum, called by the largest. Returns
 * how many they are. */
static size_t take_posting(const struct account_line *rows, size_t count,
                           struct money_movement *line)
{
    const struct account_line *largest = rows;
    int64_t sum = 0;
    size_t taken = 0;
    for (; taken < count && rows[taken].posting.value == rows->posting.value; taken++) {
        sum += rows[taken].amount.minor;
        if (size_of(rows[taken].amount.minor) > size_of(largest->amount.minor))
            largest = &rows[taken];
    }
    *line = (struct money_movement){.transfer = rows[taken - 1].id,
                                    .posting = rows->posting,
                                    .amount = {sum, rows->amount.currency},
                                    .other = largest->other_purpose,
                                    .who = largest->other_name,
                                    .reason = largest->reason,
                                    .at = rows->at};
    return taken;
}

const struct problem *pay_movements(struct request *request, struct party_id party,
                                    enum account_purpose purpose, struct maybe_transfer_id older,
                                    struct money_movement_list *lines, struct maybe_text *later)
{
    struct account_line_list rows;
    struct transfer_id before = {older.present ? older.value.value : INT64_MAX};
    const struct problem *problem = account_lines(request->db, request->memory, party, purpose,
                                                  setting_text("site.currency"), before, &rows);
    if (problem)
        return problem;
    size_t shown = rows_shown(&rows);
    size_t count = 0;
    struct money_movement *items = memory_take_array(request->memory, shown, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < shown; count++) {
        i += take_posting(&rows.items[i], shown - i, &items[count]);
        items[count].why = sentence(request, items[count].reason);
        if (!items[count].why.data)
            return &out_of_memory;
    }
    *lines = (struct money_movement_list){items, count};
    if (rows.count <= PAY_SHOWN)
        return NULL;
    return maybe_text_format(request->memory, later, "?before=%s",
                             id_text("trf", items[count - 1].transfer.value).text);
}

/* All transfers of a posting that a party takes part in. */
static const struct problem *show_why(struct request *request, struct party_id party,
                                      struct posting_id posting, struct money_why_view *view)
{
    struct posting_leg_listed_list rows;
    const struct problem *problem =
        posting_legs_for(request->db, request->memory, posting, party, &rows);
    if (problem)
        return problem;
    if (rows.count == 0)
        return &not_found;
    struct money_step *items = memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct posting_leg_listed *row = &rows.items[i];
        items[i] = (struct money_step){.transfer = row->id,
                                       .from_purpose = row->from_purpose,
                                       .from_name = row->from_name,
                                       .to_purpose = row->to_purpose,
                                       .to_name = row->to_name,
                                       .amount = row->amount,
                                       .reason = row->reason,
                                       .why = sentence(request, row->reason)};
        if (!items[i].why.data)
            return &out_of_memory;
    }
    *view = (struct money_why_view){.posting = posting,
                                    .amount = rows.items[0].amount,
                                    .at = rows.items[0].at,
                                    .steps = {items, rows.count}};
    return NULL;
}

const struct problem *core_wallet_why(struct request *request, const struct money_why_query *query,
                                      struct money_why_view *view)
{
    return show_why(request, request->viewer.organisation, query->posting, view);
}

const struct problem *core_statement_show(struct request *request, const struct wallet_query *query,
                                          struct statement_view *view)
{
    view->later_page = query->before.present;
    view->last_month = pay_last_month(request->memory, request->now);
    return pay_movements(request, request->viewer.person, ACCOUNT_EARNINGS, query->before,
                         &view->lines, &view->later);
}

const struct problem *core_statement_why(struct request *request,
                                         const struct money_why_query *query,
                                         struct money_why_view *view)
{
    return show_why(request, request->viewer.person, query->posting, view);
}
