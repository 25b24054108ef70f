/*
 * What the page says to which a click led: how long it was in sight, and whether anybody touched it.
 *
 * Must not know: what follows from it. Read next: modules/referrals/suspects/suspect.h.
 */
#include "modules/referrals/widgets/widgets.h"

#include "base/ids.h"
#include "modules/referrals/lists/lists.h"
#include "modules/referrals/suspects/suspect.h"
#include "modules/referrals/widgets/queries.h"
#include "modules/referrals/widgets/rows.h"
#include "web/decode.h"

enum { DIGITS = 9 };

/* A number as a script writes it; -1: it is none. */
static int64_t number_of(struct text typed)
{
    int64_t number = 0;
    if (typed.size == 0 || typed.size > DIGITS)
        return -1;
    for (size_t i = 0; i < typed.size; i++) {
        if (typed.data[i] < '0' || typed.data[i] > '9')
            return -1;
        number = number * 10 + (typed.data[i] - '0');
    }
    return number;
}

/* Pages from before it was reported do not say, and what can't be is not said either. */
static struct maybe_integer at_most(int64_t number, int64_t most)
{
    return (struct maybe_integer){number >= 0 && number <= most, number};
}

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    const struct referrals_landing_row *row = context;
    const struct problem *problem = referrals_landing_insert(db, memory, row);
    return problem ? problem : landing_reports(db, memory, row->click, row->at);
}

const struct problem *landing_tell(struct request *request, struct referrals_click_id named,
                                   const struct landing_report *report)
{
    enum suspect_device device = suspect_read_device(request->agent);
    struct widget_click_row click;
    const struct problem *problem = widget_click(request->db, request->memory, named, &click);
    if (problem)
        return problem;
    /* Another server stamped the click, by a clock that may be ahead or behind. */
    int64_t since = request->now.ms - click.at.ms + CLOCKS_APART;
    if (since < 0 || since > LANDING_LIFE + 2 * CLOCKS_APART)
        return NULL;
    /* Nobody looked at a page for longer than since it was called. */
    struct referrals_landing_row row = {
        .click = named,
        .visible = report->visible < since ? report->visible : since,
        .touches = report->touches < LANDING_TOUCHES ? report->touches : LANDING_TOUCHES,
        .scrolled = report->scrolled,
        .source = report->source,
        .device = {device != 0, (int64_t)device},
        .hosted = list_is_hosted(request->address),
        .at = request->now};
    return store_write(request->store, request->memory, keep, &row);
}

const struct problem *referrals_landed(struct request *request,
                                       const struct referrals_landed_query *input,
                                       struct nothing *view)
{
    struct pairs pairs;
    struct referrals_click_id click;
    (void)view;
    /* A browser tells the shop's page of an answer that was not meant for it. */
    request_send_shared(request, text_of(""), "text/plain", 0);
    if (!id_parse(input->click, "clk", &click.value))
        return &not_found;
    const struct problem *problem = decode_pairs(request->memory, request->body, &pairs);
    if (problem)
        return problem;
    struct landing_report report = {
        .visible = number_of(pairs_find(&pairs, "visible")),
        .touches = number_of(pairs_find(&pairs, "touches")),
        .scrolled = at_most(number_of(pairs_find(&pairs, "scrolled")), 100),
        .source = at_most(number_of(pairs_find(&pairs, "source")), 1),
    };
    return report.visible < 0 || report.touches < 0 ? &invalid_input
                                                    : landing_tell(request, click, &report);
}
