/*
 * The business's page of codes.
 *
 * Must not know: how they are used. Read next: coupon.c, till.c.
 */
#include "modules/referrals/coupons/pages.h"

#include "base/ids.h"
#include "modules/referrals/coupons/pages.shapes.h"
#include "modules/referrals/coupons/queries.h"
#include "modules/referrals/coupons/rows.h"
#include "modules/referrals/link.h"
#include "modules/referrals/partner_queries.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"

enum { PAGE = 20, WORDS_MOST = 100 };

/* ---- looked at -------------------------------------------------------------------------------- */

const struct problem *coupon_say_off(struct memory *memory, enum language language, int64_t percent,
                                     struct money off, struct text *out)
{
    struct builder b = builder_make(memory, WORDS_MOST);
    if (percent > 0)
        words_percent(&b, language, percent);
    else
        words_money(&b, language, off, MONEY_PLAIN);
    return builder_end(&b, out);
}

static struct maybe_instant if_set(struct instant at)
{
    return (struct maybe_instant){at.ms > 0, at};
}

static const struct problem *card_of(const struct request *request,
                                     const struct coupon_shown_row *row, struct currency currency,
                                     struct coupon_card *out)
{
    bool early = row->since.ms > request->now.ms;
    *out = (struct coupon_card){
        .coupon = row->id,
        .code = row->spelling,
        .least = {row->least_minor > 0, {row->least_minor, currency}},
        .limited = row->limited,
        .partner = {row->partner_name.size > 0, row->partner_name},
        .since = {early, row->since},
        .until = if_set(row->until),
        .expired = row->until.ms > 0 && row->until.ms <= request->now.ms,
        .uses = row->uses,
        .uses_each = row->uses_each,
        .used = row->used,
        .refused = row->refused,
        .paused = row->paused.ms > 0,
    };
    return coupon_say_off(request->memory, request->language, row->percent,
                          (struct money){row->off_minor, currency}, &out->off);
}

const struct problem *referrals_coupons_show(struct request *request,
                                             const struct coupons_query *input,
                                             struct coupons_page *view)
{
    struct portal_biz_row program;
    struct coupon_shown_row_list rows = {NULL, 0};
    struct currency currency;
    int64_t before = input->before.present ? input->before.value.value : INT64_MAX;
    const struct problem *problem = portal_biz_one(request->db, request->memory, input->program,
                                                   request->viewer.organisation, &program);
    if (!problem)
        problem =
            coupons_shown(request->db, request->memory, input->program, before, PAGE + 1, &rows);
    struct coupon_card *cards = memory_take_array(request->memory, PAGE + 1, sizeof *cards);
    if (problem || !cards)
        return problem ? problem : &out_of_memory;
    if (!currency_parse(program.currency, &currency))
        return &our_fault;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = card_of(request, &rows.items[i], currency, &cards[i]);
    *view = (struct coupons_page){.program = program.program,
                                  .title = program.title,
                                  .currency = program.currency,
                                  .coupons = {cards, rows.count}};
    return problem ? problem
                   : list_cut(request->memory, &coupon_card_shape, &view->coupons, PAGE,
                              &view->later, "?before=");
}

/* ---- made ------------------------------------------------------------------------------------- */

struct making_coupons {
    struct coupon_row like;   /* what each says */
    struct text partner;      /* code of theirs; empty: nobody's */
    struct coupon_made *made; /* filled */
    size_t count;
};

static const struct problem *find_partner(struct database *db, struct memory *memory,
                                          struct making_coupons *making)
{
    struct code code;
    struct partner_link_row link;
    if (making->partner.size == 0)
        return NULL;
    if (!referrals_fold_code(making->partner, &code))
        return &referrals_unknown_code;
    const struct problem *problem = partner_link_by_code(
        db, memory, making->like.program, (struct text){code.text, code.size}, &link);
    making->like.partner = (struct maybe_referrals_partner_id){true, link.partner};
    return problem == &not_found ? &referrals_unknown_code : problem;
}

static const struct problem *make(struct database *db, struct memory *memory, void *context)
{
    struct making_coupons *making = context;
    const struct problem *problem = find_partner(db, memory, making);
    for (size_t i = 0; !problem && i < making->count; i++) {
        struct coupon_row coupon = making->like;
        problem = coupon_make(db, memory, &coupon);
        making->made[i] = (struct coupon_made){coupon.id, coupon.spelling};
    }
    return problem;
}

static struct text typed(const struct maybe_text *text)
{
    return text->present ? text_trim(text->value) : text_of("");
}

static int64_t number(const struct maybe_integer *integer)
{
    return integer->present ? integer->value : 0;
}

/* What cannot be said by the limits of each field. */
static const struct problem *look_at(struct request *request, const struct coupon_new_input *input,
                                     struct text currency, struct coupon_row *like)
{
    const struct maybe_money *sums[] = {&input->off, &input->least};
    static const char *const names[] = {"off", "least"};
    bool percent = typed(&input->percent).size > 0;
    if (percent &&
        (!referrals_read_percent(input->percent.value, &like->percent) || like->percent == 0))
        return request_refuse(request, "percent", "referrals.wrong.percent");
    if (percent == input->off.present)
        return request_refuse(request, "percent", "referrals.wrong.off");
    for (size_t i = 0; i < 2; i++) {
        if (sums[i]->present && !text_is(currency, sums[i]->value.currency.code))
            return request_refuse(request, names[i], "referrals.wrong.currency");
    }
    if (input->until.present && input->until.value.ms <= like->since.ms)
        return request_refuse(request, "until", "referrals.wrong.until");
    if (input->count.present && typed(&input->code).size > 0)
        return request_refuse(request, "code", "referrals.wrong.many");
    return NULL;
}

static struct coupon_row like_of(const struct request *request,
                                 const struct coupon_new_input *input)
{
    return (struct coupon_row){
        .program = input->program,
        .spelling = typed(&input->code),
        .off_minor = input->off.present ? input->off.value.minor : 0,
        .least_minor = input->least.present ? input->least.value.minor : 0,
        .products = typed(&input->products),
        .categories = typed(&input->categories),
        .since = input->since.present ? input->since.value : request->now,
        .until = input->until.present ? input->until.value : (struct instant){0},
        .uses = input->count.present ? 1 : number(&input->uses),
        .uses_each = number(&input->uses_each),
        .at = request->now,
    };
}

const struct problem *referrals_coupons_make(struct request *request,
                                             const struct coupon_new_input *input,
                                             struct coupons_made *view)
{
    struct portal_biz_row program;
    struct making_coupons making = {.like = like_of(request, input),
                                    .partner = typed(&input->partner),
                                    .count = input->count.present ? (size_t)input->count.value : 1};
    const struct problem *problem = portal_biz_one(request->db, request->memory, input->program,
                                                   request->viewer.organisation, &program);
    if (!problem)
        problem = look_at(request, input, program.currency, &making.like);
    if (problem)
        return problem;
    making.made = memory_take_array(request->memory, making.count, sizeof *making.made);
    if (!making.made)
        return &out_of_memory;
    problem = store_write(request->store, request->memory, make, &making);
    if (problem == &referrals_unknown_code)
        return request_refuse(request, "partner", "problem.referrals.unknown_code");
    if (problem)
        return request_blame(request, "code", problem);
    view->made = (struct coupon_made_list){making.made, making.count};
    request_go_saying(request, "referrals.coupons_made", "/biz/programs/%s/codes",
                      id_text("prg", input->program.value).text);
    return NULL;
}

struct pausing {
    struct coupon_move move;
    struct party_id business;
    struct instant since; /* 0: it goes on */
};

static const struct problem *set_paused(struct database *db, struct memory *memory, void *context)
{
    const struct pausing *pausing = context;
    struct coupon_hit hit;
    return coupon_set_paused(db, memory, pausing->move.coupon, pausing->move.program,
                             pausing->business, pausing->since, &hit);
}

static const struct problem *pause(struct request *request, const struct coupon_move *input,
                                   struct instant since)
{
    struct pausing pausing = {*input, request->viewer.organisation, since};
    const struct problem *problem =
        store_write(request->store, request->memory, set_paused, &pausing);
    if (!problem)
        request_go(request, "/biz/programs/%s/codes", id_text("prg", input->program.value).text);
    return problem;
}

const struct problem *referrals_coupon_pause(struct request *request,
                                             const struct coupon_move *input, struct nothing *view)
{
    (void)view;
    return pause(request, input, request->now);
}

const struct problem *referrals_coupon_resume(struct request *request,
                                              const struct coupon_move *input, struct nothing *view)
{
    (void)view;
    return pause(request, input, (struct instant){0});
}

/* ---- routes ----------------------------------------------------------------------------------- */

#define PAGE_OF(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/biz/programs/{program}/codes", &referrals_coupons_show_handler, VIEWER,
     .page = PAGE_OF("biz-codes"), .api = "/api/v1/biz/programs/{program}/codes",
     .summary = "Codes of a program that take something off, newest first"},
    {POST, "/biz/programs/{program}/codes", &referrals_coupons_make_handler, BUYER,
     .again = "/biz/programs/{program}/codes", .api = "/api/v1/biz/programs/{program}/codes",
     .repeat = REPEAT_ANEW,
     .summary = "Makes a code that takes something off, or up to 1,000 that are used once"},
    {POST, "/biz/programs/{program}/codes/{coupon}/pause", &referrals_coupon_pause_handler, BUYER,
     .api = "/api/v1/biz/programs/{program}/codes/{coupon}/pause", .repeat = REPEAT_SAME,
     .summary = "Lets nobody use a code for a while"},
    {POST, "/biz/programs/{program}/codes/{coupon}/resume", &referrals_coupon_resume_handler, BUYER,
     .api = "/api/v1/biz/programs/{program}/codes/{coupon}/resume", .repeat = REPEAT_SAME,
     .summary = "Lets a code be used again"},
    {GET, "/biz/programs/till/{code}", &referrals_coupon_show_handler, VIEWER,
     .api = "/api/v1/referrals/codes/{code}",
     .summary = "Whether a code may be used on a basket, and what it takes off"},
    {POST, "/biz/programs/till/{code}", &referrals_coupon_keep_handler, BUYER,
     .api = "/api/v1/referrals/codes/{code}", .repeat = REPEAT_SAME,
     .summary = "The same for what is in the basket; one use is kept for the order's number"},
};

const struct route_table referrals_coupon_routes = {"referrals", ALL(routes)};
