/*
 * What the page says to which a click led: how long it was in sight, and whether anybody touched it.
 *
 * Must not know: what follows from it. Read next: modules/referrals/suspects/suspect.h.
 */
#include "modules/referrals/widgets/widgets.h"

#include "base/ids.h"
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

static const struct problem *keep(struct database *db, struct memory *memory, void *context)
{
    const struct referrals_landing_row *row = context;
    const struct problem *problem = referrals_landing_insert(db, memory, row);
    return problem ? problem : landing_reports(db, memory, row->click, row->at);
}

const struct problem *landing_tell(struct request *request, struct referrals_click_id named,
                                   int64_t visible, int64_t touches)
{
    struct widget_click_row click;
    const struct problem *problem = widget_click(request->db, request->memory, named, &click);
    if (problem)
        return problem;
    /* Another server stamped the click, by a clock that may be ahead or behind. */
    int64_t since = request->now.ms - click.at.ms + CLOCKS_APART;
    if (since < 0 || since > LANDING_LIFE + 2 * CLOCKS_APART)
        return NULL;
    /* Nobody looked at a page for longer than since it was called. */
    struct referrals_landing_row row = {.click = named,
                                        .visible = visible < since ? visible : since,
                                        .touches =
                                            touches < LANDING_TOUCHES ? touches : LANDING_TOUCHES,
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
    int64_t visible = number_of(pairs_find(&pairs, "visible"));
    int64_t touches = number_of(pairs_find(&pairs, "touches"));
    return visible < 0 || touches < 0 ? &invalid_input
                                      : landing_tell(request, click, visible, touches);
}
