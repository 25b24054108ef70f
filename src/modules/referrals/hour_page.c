/*
 * The clicks behind what a partner got for an hour of a link, each with the reason when it does not count.
 *
 * Must not know: how hours are counted. Read next: src/modules/referrals/hours/hours.h.
 */
#include "base/ids.h"
#include "modules/referrals/doubts/doubt.h"
#include "modules/referrals/portal.h"
#include "modules/referrals/portal.shapes.h"
#include "modules/referrals/portal_queries.h"
#include "modules/referrals/portal_rows.h"

enum { PAGE = 20 };

/* The first that holds is reason enough. */
static const char *mark_key(int64_t marks)
{
    static const struct {
        int64_t mark;
        const char *key;
    } keys[] = {
        {CLICK_BOT, "referrals.suspect.program"},
        {CLICK_PREFETCH, "referrals.suspect.prefetch"},
        {CLICK_IMAGE | CLICK_FRAME, "referrals.suspect.embedded"},
        {CLICK_VELOCITY, "referrals.mark.velocity"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (marks & keys[i].mark)
            return keys[i].key;
    }
    return "referrals.mark.not_counted";
}

/* Why a click does not count; empty: it does. */
static struct text why_not(struct request *request, const struct portal_click_row *row)
{
    struct suspect_finding found[SUSPECT_RULES];
    if (row->marks)
        return words_text(request->memory, request->language, mark_key(row->marks), NULL, 0);
    return doubt_findings_read(row->findings, found) > 0
               ? doubt_say(request->memory, request->language, READS_OWN, &found[0])
               : text_of("");
}

static const struct problem *say_clicks(struct request *request,
                                        const struct portal_click_row_list *rows,
                                        struct referrals_hour_view *view)
{
    struct referrals_click_line *lines =
        memory_take_array(request->memory, rows->count + 1, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < rows->count; i++) {
        const struct portal_click_row *row = &rows->items[i];
        lines[i] = (struct referrals_click_line){
            .click = row->click, .at = row->at, .why = why_not(request, row)};
        lines[i].counts = lines[i].why.size == 0;
        if (!lines[i].why.data)
            return &out_of_memory;
    }
    view->clicks = (struct referrals_click_line_list){lines, rows->count};
    return list_cut(request->memory, &referrals_click_line_shape, &view->clicks, PAGE, &view->later,
                    "?hour=%s&before=", id_text("hev", view->hour.value.value).text);
}

static const struct problem *read_hour(struct request *request,
                                       const struct referrals_hour_query *input,
                                       struct referrals_hour_view *view)
{
    struct portal_hour_row hour;
    struct portal_click_row_list clicks = {NULL, 0};
    int64_t before = input->before.present ? input->before.value.value : 0;
    const struct problem *problem =
        portal_hour(request->db, request->memory, input->hour.value, input->partner, &hour);
    if (!problem && hour.latest.value)
        problem =
            portal_hour_clicks(request->db, request->memory, hour.id, before, PAGE + 1, &clicks);
    if (problem)
        return problem;
    view->hour = input->hour;
    view->code = hour.code;
    view->what = hour.what;
    view->since = (struct maybe_instant){true, {hour.hour * HOUR}};
    view->until = (struct maybe_instant){true, {(hour.hour + 1) * HOUR}};
    view->events = hour.events;
    view->before = hour.before;
    view->rest = hour.rest;
    view->passed = hour.passed;
    view->unique_clicks = hour.unique_clicks && hour.what == TRIGGER_CLICK;
    return say_clicks(request, &clicks, view);
}

const struct problem *referrals_hour_show(struct request *request,
                                          const struct referrals_hour_query *input,
                                          struct referrals_hour_view *view)
{
    struct referrals_own own;
    const struct problem *problem =
        portal_own_one(request->db, request->memory, input->partner, request->viewer.person, &own);
    view->partner = input->partner;
    view->title = own.title;
    view->code = own.code;
    view->what = TRIGGER_CLICK;
    return problem || !input->hour.present ? problem : read_hour(request, input, view);
}
