/*
 * What a partner hands out.
 *
 * A sheet of cards is a page with styles for paper: browsers print it with the fonts of every language, and save it
 * as PDF (docs/decisions/0028-instruments.md). Must not know: what comes of it. Read next: core/qr.h.
 */
#include "modules/referrals/share/pages.h"

#include <string.h>

#include "core/mail/mail.h"
#include "core/qr.h"
#include "modules/referrals/clicks/landing.h"
#include "modules/referrals/coupons/queries.h"
#include "modules/referrals/coupons/rows.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/share/pages.shapes.h"

enum { CARDS = 10, CODES = 20, LINK_MOST = 4000 };

/* The link with the page that it leads to, when that is the shop's. */
static const struct problem *read_link(struct request *request, struct text site,
                                       const struct referrals_terms_row *terms,
                                       struct share_page *view)
{
    struct landing landing;
    struct builder b = builder_make(request->memory, LINK_MOST);
    struct text to = view->to.present ? text_trim(view->to.value) : text_of("");
    view->wrong =
        to.size > 0 && !referrals_landing_deep(terms->landing, terms->hosts, to, &landing);
    builder_add_format(&b, "%.*s/r/%.*s", TEXT_ARGS(site), TEXT_ARGS(view->code));
    size_t before = b.size;
    if (to.size > 0 && !view->wrong) {
        builder_add_c(&b, "?to=");
        builder_add_url(&b, to);
    }
    const struct problem *problem = builder_end(&b, &view->link);
    if (!problem)
        view->query = (struct text){view->link.data + before, view->link.size - before};
    const char *host = problem ? NULL : memmem(view->link.data, view->link.size, "//", 2);
    size_t skipped = host ? (size_t)(host + 2 - view->link.data) : 0;
    view->shown = (struct text){view->link.data + skipped, view->link.size - skipped};
    return problem;
}

static const struct problem *read_codes(struct request *request, const struct program_row *program,
                                        struct share_page *view)
{
    struct coupon_row_list rows = {NULL, 0};
    struct currency currency;
    const struct problem *problem =
        coupons_of_partner(request->db, request->memory, view->partner, request->now, CODES, &rows);
    struct share_code *codes = memory_take_array(request->memory, CODES, sizeof *codes);
    if (problem || !codes)
        return problem ? problem : &out_of_memory;
    if (!currency_parse(program->currency, &currency))
        return &our_fault;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        const struct coupon_row *row = &rows.items[i];
        codes[i].code = row->spelling;
        problem = coupon_say_off(request->memory, request->language, row->percent,
                                 (struct money){row->off_minor, currency}, &codes[i].off);
    }
    view->codes = (struct share_code_list){codes, rows.count};
    return problem;
}

static const struct problem *read_cards(struct request *request, struct share_page *view)
{
    struct text *cards = memory_take_array(request->memory, CARDS, sizeof *cards);
    if (!cards)
        return &out_of_memory;
    for (size_t i = 0; i < CARDS; i++)
        cards[i] = view->code;
    view->cards = (struct text_list){cards, CARDS};
    return NULL;
}

const struct problem *referrals_share_show(struct request *request, const struct share_query *input,
                                           struct share_page *view)
{
    struct referrals_own own;
    struct program_row program;
    struct referrals_terms_row terms;
    struct text site;
    int64_t side = 0;
    const struct problem *problem =
        portal_own_one(request->db, request->memory, input->partner, request->viewer.person, &own);
    /* Who only is or was invited has nothing to hand out yet. */
    if (!problem && (own.state == PARTNER_INVITED || text_empty(own.code)))
        problem = &not_found;
    if (!problem)
        problem = program_find(request->db, request->memory, own.program, &program);
    if (!problem)
        problem = referrals_terms_find(request->db, request->memory, own.program, &terms);
    if (!problem)
        problem = mail_site(request->memory, &site);
    if (problem)
        return problem;
    *view = (struct share_page){.partner = input->partner,
                                .title = own.title,
                                .business = own.business,
                                .code = own.code,
                                .landing = terms.landing,
                                .to = input->to};
    problem = read_link(request, site, &terms, view);
    if (!problem)
        problem = qr_picture(request->memory, view->link, &view->picture, &side);
    view->side = side + 2 * QR_QUIET;
    if (!problem)
        problem = read_codes(request, &program, view);
    return problem ? problem : read_cards(request, view);
}

#define PAGE_OF(name) "modules/referrals/pages/" name ".html"

static const struct route routes[] = {
    {GET, "/me/programs/{partner}/share", &referrals_share_show_handler, SIGNED_IN,
     .page = PAGE_OF("share"), .api = "/api/v1/me/programs/{partner}/share",
     .summary = "One's link to a certain page of the shop, with its QR code, and one's codes"},
    {GET, "/me/programs/{partner}/cards", &referrals_share_show_handler, SIGNED_IN,
     .page = PAGE_OF("cards"), .summary = "A sheet of ten cards to print, with the QR code"},
};

const struct route_table referrals_share_routes = {"referrals", ALL(routes)};
