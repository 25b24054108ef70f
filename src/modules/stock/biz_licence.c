/*
 * A licence: its page, its JSON, and the signed file that anybody can check.
 *
 * Its author, the members of the business that holds it, and the intermediary may see it; for others
 * it is not found. Must not know: how the original is handed out. Read next: core/sign/sign.h,
 * biz_download.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/sign/sign.h"
#include "modules/stock/biz.shapes.h"
#include "modules/stock/biz_queries.h"
#include "modules/stock/biz_rows.h"
#include "modules/stock/public_rows.h"
#include "modules/stock/queries.h"

enum { PARAGRAPHS_MAX = 200 };

const struct problem *stock_biz_whole(struct request *request, struct stock_licence_id licence,
                                      struct stock_biz_whole_row *out)
{
    return stock_biz_licence_whole(request->db, request->memory, licence, request->viewer.person,
                                   request->viewer.operator_, out);
}

static struct stock_biz_certificate certificate_of(const struct stock_biz_whole_row *row)
{
    return (struct stock_biz_certificate){
        .licence = row->id,
        .kind = row->kind,
        .title = row->title,
        .photo = row->photo,
        .file = row->media,
        .author_name = row->author_name,
        .author = row->author,
        .holder_name = row->holder_name,
        .holder = row->holder,
        .person_name = row->person_name,
        .price = row->price,
        .paid = {row->paid_minor, row->price.currency},
        .territory = text_of("world"),
        .at = row->at,
        .ended = {row->ended.ms != 0, row->ended},
        .refunded = {row->back_minor, row->price.currency},
        .rights = row->rights,
        .deal = row->deal,
        .posting = row->posting,
        .terms_name = row->terms_name,
        .terms_version = row->terms_version,
        .terms_language = row->terms_language,
        .terms = row->terms,
        .site = setting_text("site.name"),
        .site_url = setting_text("site.url"),
    };
}

const struct problem *stock_biz_sum_of(struct request *request,
                                       const struct stock_biz_whole_row *row,
                                       struct stock_public_sum *out)
{
    struct stock_kept kept = {
        .price = row->price,
        .level = row->level,
        .counted = row->counted,
        .rate = row->rate,
        .share_minor = row->share_minor,
        .earned_minor = row->earned_minor,
    };
    struct stock_fee_row_list fees;
    const struct problem *problem = stock_fees_of(request->db, request->memory, row->id, &fees);
    return problem ? problem : stock_public_sum_kept(request, &kept, fees.items, fees.count, out);
}

/* What came back, as the reader sees it and as it is certified. */
static const struct problem *refunds_of(struct request *request,
                                        const struct stock_biz_whole_row *row,
                                        struct stock_biz_refund_list *certified,
                                        struct stock_refund_shown_list *out)
{
    const struct stock_sides sides = {row->author, row->holder, row->author_name, row->holder_name};
    const struct problem *problem = stock_refunds_shown(request, &sides, row->id, out);
    if (problem)
        return problem;
    struct stock_biz_refund *items = memory_take_array(request->memory, out->count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < out->count; i++)
        items[i] =
            (struct stock_biz_refund){out->items[i].amount, out->items[i].reason, out->items[i].at};
    *certified = (struct stock_biz_refund_list){items, out->count};
    return NULL;
}

static const struct problem *paragraphs_of(struct memory *memory, struct text body,
                                           struct text_list *out)
{
    struct text *items = memory_take_array(memory, PARAGRAPHS_MAX, sizeof *items);
    size_t count = 0;
    struct text line;
    if (!items)
        return &out_of_memory;
    while (count < PARAGRAPHS_MAX && text_split(&body, '\n', &line)) {
        if (!text_empty(text_trim(line)))
            items[count++] = text_trim(line);
    }
    *out = (struct text_list){items, count};
    return NULL;
}

const struct problem *stock_biz_licence_show(struct request *request,
                                             const struct stock_biz_licence_query *input,
                                             struct stock_biz_licence_page *view)
{
    struct stock_biz_whole_row row;
    struct stock_public_sum sum;
    const struct problem *problem = stock_biz_whole(request, input->licence, &row);
    if (!problem)
        problem = stock_biz_sum_of(request, &row, &sum);
    if (problem)
        return problem;
    *view = (struct stock_biz_licence_page){
        .facts = certificate_of(&row),
        .preview = stock_public_preview_of(row.media, row.width, row.height),
        .sum = sum,
        .held = row.held,
        .ours = row.author.value == request->viewer.person.value,
        .ready = row.copy.size > 0,
        .left = {row.paid_minor - row.back_minor, row.price.currency},
    };
    problem = refunds_of(request, &row, &view->facts.refunds, &view->refunds);
    return problem ? problem : paragraphs_of(request->memory, row.terms_body, &view->paragraphs);
}

const struct problem *stock_biz_certificate_send(struct request *request,
                                                 const struct stock_biz_licence_query *input,
                                                 struct nothing *view)
{
    struct stock_biz_whole_row row;
    struct sign_key key;
    struct text file;
    struct stock_biz_certificate facts;
    struct stock_refund_shown_list refunds;
    (void)view;
    const struct problem *problem = stock_biz_whole(request, input->licence, &row);
    if (problem)
        return problem;
    facts = certificate_of(&row);
    problem = refunds_of(request, &row, &facts.refunds, &refunds);
    if (!problem)
        problem = sign_key_make(setting_text("data"), &key);
    if (problem)
        return problem;
    problem = sign_file(request->memory, &key, "stock.licence", &stock_biz_certificate_shape,
                        &facts, &file);
    sign_key_end(&key);
    if (problem)
        return problem;
    struct text name =
        text_format(request->memory, "licence-%s.json", id_text("lic", row.id.value).text);
    request_send_bytes(request, file, "application/json", name);
    return name.data ? NULL : &out_of_memory;
}

const struct problem *stock_biz_key_show(struct request *request, const struct nothing *input,
                                         struct stock_biz_key *view)
{
    struct sign_key key;
    char open[SIGN_HEX_MAX];
    (void)input;
    const struct problem *problem = sign_key_make(setting_text("data"), &key);
    if (problem)
        return problem;
    sign_key_write(&key, open);
    sign_key_end(&key);
    view->public_key = text_copy(request->memory, text_of(open));
    return view->public_key.data ? NULL : &out_of_memory;
}
