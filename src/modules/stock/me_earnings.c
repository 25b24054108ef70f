/*
 * What a person's photographs earned: a month of lines, each sum with its reason, and all of them as a
 * table for a spreadsheet.
 *
 * Must not know: payouts. Read next: me_chart.c, me_why.c.
 */
#include "base/ids.h"
#include "modules/stock/me_queries.h"
#include "modules/stock/me_rows.h"
#include "modules/stock/stock.shapes.h"

enum { SENT_AT_ONCE = 500, SENT_MOST = 16 << 20 };

const struct problem *stock_me_fees_of(struct database *db, struct memory *memory,
                                       struct party_id author,
                                       const struct stock_me_line_row_list *rows,
                                       struct stock_fee_row_list *out)
{
    *out = (struct stock_fee_row_list){NULL, 0};
    if (rows->count == 0)
        return NULL;
    const struct stock_me_line_row *first = &rows->items[0];
    const struct stock_me_line_row *last = &rows->items[rows->count - 1];
    return stock_me_fees(db, memory, author, first->at, first->id, last->at, last->id, out);
}

struct stock_fee_row_list stock_me_fees_next(struct stock_fee_row_list *rest,
                                             struct stock_licence_id licence)
{
    struct stock_fee_row_list own = {rest->items, 0};
    while (own.count < rest->count && rest->items[own.count].licence.value == licence.value)
        own.count++;
    *rest = (struct stock_fee_row_list){rest->items + own.count, rest->count - own.count};
    return own;
}

static const struct problem *show_line(const struct request *request,
                                       const struct stock_me_line_row *row,
                                       const struct stock_fee_row_list *fees,
                                       struct stock_me_earning *out)
{
    struct currency currency = row->price.currency;
    struct stock_kept kept = {
        .price = row->price,
        .level = row->level,
        .counted = row->counted,
        .rate = row->rate,
        .share_minor = row->share_minor,
        .earned_minor = row->earned_minor,
    };
    *out = (struct stock_me_earning){
        .licence = row->id,
        .photo = row->photo,
        .title = row->title,
        .preview = stock_public_preview_of(row->media, row->width, row->height),
        .kind = row->kind,
        .holder_name = row->holder_name,
        .left = {row->earned_minor - row->back_earned_minor, currency},
        .back = {row->back_minor, currency},
        .back_earned = {row->back_earned_minor, currency},
        .ended = row->ended.ms != 0,
        .back_reason = row->back_reason,
        .back_at = {row->back_at.ms != 0, row->back_at},
        .at = row->at,
    };
    return stock_public_sum_kept(request, &kept, fees->items, fees->count, &out->sum);
}

const struct problem *stock_me_earnings_of(struct request *request,
                                           const struct stock_me_line_row_list *rows, size_t most,
                                           struct stock_me_earning_list *out)
{
    size_t count = rows->count < most ? rows->count : most;
    struct stock_me_earning *items = memory_take_array(request->memory, count, sizeof *items);
    struct stock_fee_row_list fees;
    const struct problem *problem =
        items ? stock_me_fees_of(request->db, request->memory, request->viewer.person, rows, &fees)
              : &out_of_memory;
    for (size_t i = 0; !problem && i < count; i++) {
        struct stock_fee_row_list own = stock_me_fees_next(&fees, rows->items[i].id);
        problem = show_line(request, &rows->items[i], &own, &items[i]);
    }
    *out = (struct stock_me_earning_list){items, count};
    return problem;
}

/* "2026-06" as a month's first moment; what is none, or nothing, is the month of `now`. */
static bool month_parse(struct maybe_text typed, struct instant now, struct instant *out)
{
    char day[sizeof "2026-06-01"];
    *out = stock_me_month_begin(now, 0);
    if (!typed.present)
        return true;
    if (typed.value.size != 7)
        return false;
    for (size_t i = 0; i < 7; i++)
        day[i] = typed.value.data[i];
    day[7] = '-';
    day[8] = '0';
    day[9] = '1';
    struct text text = {day, 10};
    return instant_parse(text, out) && out->ms <= now.ms;
}

/* The last moment and licence before which the page begins. */
static const struct problem *page_begin(struct request *request,
                                        struct maybe_stock_licence_id before, struct instant until,
                                        struct instant *at, struct stock_licence_id *licence)
{
    struct stock_me_line_row row;
    *at = until;
    *licence = (struct stock_licence_id){0};
    if (!before.present)
        return NULL;
    const struct problem *problem =
        stock_me_line(request->db, request->memory, before.value, request->viewer.person, &row);
    if (!problem && row.at.ms < until.ms) {
        *at = row.at;
        *licence = row.id;
    }
    return problem;
}

static const struct problem *show_lines(struct request *request,
                                        const struct stock_me_earnings_query *input,
                                        struct instant begin, struct stock_me_earnings *view)
{
    struct instant at;
    struct stock_licence_id licence;
    struct stock_me_line_row_list rows;
    struct instant end = stock_me_month_begin(begin, 1);
    const struct problem *problem = page_begin(request, input->before, end, &at, &licence);
    if (!problem)
        problem = stock_me_lines(request->db, request->memory, request->viewer.person, at, licence,
                                 begin, STOCK_ME_LINES + 1, &rows);
    if (!problem)
        problem =
            list_cut(request->memory, &stock_me_line_row_shape, &rows, STOCK_ME_LINES, &view->more,
                     "%.*s&before=", TEXT_ARGS(stock_me_month_href(request->memory, begin)));
    return problem ? problem : stock_me_earnings_of(request, &rows, STOCK_ME_LINES, &view->lines);
}

static const struct problem *show_sums(struct request *request, struct instant begin,
                                       struct stock_me_earnings *view)
{
    struct currency currency = stock_me_currency();
    struct party_id person = request->viewer.person;
    struct stock_me_month_row month;
    struct ledger_balance balance;
    const struct problem *problem =
        stock_me_earned_between(request->db, request->memory, person, begin,
                                stock_me_month_begin(begin, 1), text_of(currency.code), &month);
    if (!problem)
        problem = ledger_balance(request->db, request->memory, person, ACCOUNT_EARNINGS, currency,
                                 &balance);
    if (problem)
        return problem;
    view->earned = (struct money){month.earned_minor, currency};
    view->licences = month.licences;
    view->free = stock_me_free(&balance);
    view->owed = balance.owed;
    /* Months of the last year stay in the same picture; older ones get one that ends with them. */
    bool recent = begin.ms > stock_me_month_begin(request->now, -12).ms;
    return stock_me_chart_of(request, recent ? request->now : begin, &view->chart);
}

const struct problem *stock_me_earnings_show(struct request *request,
                                             const struct stock_me_earnings_query *input,
                                             struct stock_me_earnings *view)
{
    struct instant begin;
    if (!month_parse(input->month, request->now, &begin))
        return &not_found;
    const struct problem *problem = show_sums(request, begin, view);
    if (!problem)
        problem = show_lines(request, input, begin, view);
    if (problem)
        return problem;
    struct instant next = stock_me_month_begin(begin, 1);
    view->month = instant_add(begin, 14 * DAY);
    view->earlier = stock_me_month_href(request->memory, stock_me_month_begin(begin, -1));
    view->later.present = next.ms <= request->now.ms;
    view->later.value = stock_me_month_href(request->memory, next);
    return view->earlier.data && view->later.value.data ? NULL : &out_of_memory;
}

/* ---- as a table ------------------------------------------------------------------------------- */

/* A field of a CSV file (RFC 4180), always quoted. What a spreadsheet would take for a formula gets an
 * apostrophe before it. */
static void add_field(struct builder *out, struct text field)
{
    builder_add_char(out, '"');
    if (field.size && (field.data[0] == '=' || field.data[0] == '+' || field.data[0] == '-' ||
                       field.data[0] == '@'))
        builder_add_char(out, '\'');
    for (size_t i = 0; i < field.size; i++) {
        if (field.data[i] == '"')
            builder_add_char(out, '"');
        builder_add_char(out, field.data[i]);
    }
    builder_add_c(out, "\",");
}

static void add_amount(struct builder *out, int64_t minor, struct currency currency)
{
    builder_add_money(out, (struct money){minor, currency});
    builder_add_char(out, ',');
}

/* "handling 0.48; payment 0.25": what each of the author's fees took. */
static void add_fees(struct builder *out, const struct stock_fee_row_list *fees,
                     struct currency currency)
{
    const size_t prefix = sizeof "fee." - 1;
    bool first = true;
    builder_add_char(out, '"');
    for (size_t i = 0; i < fees->count; i++) {
        const struct stock_fee_row *fee = &fees->items[i];
        if (fee->bearer != FEE_BY_SUPPLIER)
            continue;
        builder_add_c(out, first ? "" : "; ");
        builder_add(out, (struct text){fee->name.data + prefix, fee->name.size - prefix});
        builder_add_char(out, ' ');
        builder_add_money(out, (struct money){fee->amount_minor, currency});
        first = false;
    }
    builder_add_c(out, "\",");
}

static void add_line(struct builder *out, const struct stock_me_line_row *row,
                     const struct stock_fee_row_list *fees)
{
    char at[INSTANT_TEXT_MAX];
    struct currency currency = row->price.currency;
    instant_print(at, row->at);
    builder_add_format(out, "%s,%s,", at, id_text("lic", row->id.value).text);
    builder_add_format(out, "%s,", id_text("pho", row->photo.value).text);
    add_field(out, row->title);
    builder_add_format(out, "%s,", words_name(&stock_licence_kind_words, (int)row->kind));
    add_field(out, row->holder_name);
    add_amount(out, row->price.minor, currency);
    builder_add_format(out, "%lld,%lld,%lld,", (long long)row->level, (long long)row->counted,
                       (long long)row->rate);
    add_amount(out, row->share_minor, currency);
    add_fees(out, fees, currency);
    add_amount(out, row->back_earned_minor, currency);
    add_amount(out, row->earned_minor - row->back_earned_minor, currency);
    builder_add_format(out, "%s,%s\r\n", row->price.currency.code,
                       id_text("pst", row->posting.value).text);
}

/* A page of lines after a moment and licence; *count says how many it had. */
static const struct problem *add_lines(const struct request *request, struct builder *out,
                                       struct memory *page, struct instant *at,
                                       struct stock_licence_id *licence, size_t *count)
{
    struct stock_me_line_row_list rows;
    struct stock_fee_row_list fees;
    struct party_id person = request->viewer.person;
    const struct problem *problem = stock_me_lines(request->db, page, person, *at, *licence,
                                                   (struct instant){0}, SENT_AT_ONCE, &rows);
    if (!problem)
        problem = stock_me_fees_of(request->db, page, person, &rows, &fees);
    if (problem)
        return problem;
    for (size_t i = 0; i < rows.count; i++) {
        struct stock_fee_row_list own = stock_me_fees_next(&fees, rows.items[i].id);
        add_line(out, &rows.items[i], &own);
        *at = rows.items[i].at;
        *licence = rows.items[i].id;
    }
    *count = rows.count;
    return NULL;
}

const struct problem *stock_me_earnings_send(struct request *request, const struct nothing *input,
                                             struct nothing *view)
{
    struct builder out = builder_make(request->memory, SENT_MOST);
    struct instant at = instant_add(request->now, 1);
    struct stock_licence_id licence = {0};
    (void)input;
    (void)view;
    builder_add_c(&out, "at,licence,photo,title,kind,holder,price,level,counted,rate_basis_points,"
                        "share,fees,taken_back,earned,currency,posting\r\n");
    for (size_t count = SENT_AT_ONCE; count == SENT_AT_ONCE;) {
        struct memory *page = memory_scratch(request->memory);
        const struct problem *problem =
            page ? add_lines(request, &out, page, &at, &licence, &count) : &out_of_memory;
        memory_end(page);
        if (problem)
            return problem;
    }
    struct text table;
    const struct problem *problem = builder_end(&out, &table);
    if (!problem)
        request_send_bytes(request, table, "text/csv; charset=utf-8", text_of("earnings.csv"));
    return problem;
}
