/*
 * Doubts as pages show them: reasons as sentences with their numbers, the newest clicks of an hour each with its
 * own.
 *
 * Must not know: who looks. Read next: words.c.
 */
#include "modules/referrals/doubts/show.h"

#include "modules/referrals/doubts/page_queries.h"
#include "web/words.h"

static const struct problem *say(struct request *request, enum doubt_reader reader,
                                 struct text findings, struct doubt_reason_list *out)
{
    struct suspect_finding found[SUSPECT_RULES];
    size_t count = doubt_findings_read(findings, found);
    struct doubt_reason *items = memory_take_array(request->memory, count + 1, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct doubt_reason){
            found[i].rule, doubt_say(request->memory, request->language, reader, &found[i]),
            found[i].points};
        if (!items[i].why.data)
            return &out_of_memory;
    }
    *out = (struct doubt_reason_list){items, count};
    return NULL;
}

static const struct problem *show_clicks(struct request *request, enum doubt_reader reader,
                                         struct doubt_shown *shown)
{
    struct doubt_click_row_list rows;
    const struct problem *problem =
        doubt_clicks_of(request->db, request->memory, shown->doubt, &rows);
    struct doubt_click_shown *items =
        problem ? NULL : memory_take_array(request->memory, rows.count + 1, sizeof *items);
    if (problem || !items)
        return problem ? problem : &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++) {
        items[i].click = rows.items[i].click;
        items[i].at = rows.items[i].at;
        items[i].score = rows.items[i].score;
        problem = say(request, reader, rows.items[i].findings, &items[i].reasons);
    }
    shown->some = (struct doubt_click_shown_list){items, rows.count};
    return problem;
}

static struct maybe_text unless_empty(struct text text)
{
    return (struct maybe_text){text.size > 0, text};
}

const struct problem *doubts_show(struct request *request, enum doubt_reader reader,
                                  const struct doubt_page_row_list *rows,
                                  struct doubt_shown_list *out)
{
    struct doubt_shown *items = memory_take_array(request->memory, rows->count + 1, sizeof *items);
    const struct problem *problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rows->count; i++) {
        const struct doubt_page_row *row = &rows->items[i];
        bool waits = row->state == DOUBT_OPEN || row->state == DOUBT_APPEALED;
        bool asked = row->said.size > 0;
        items[i] = (struct doubt_shown){
            .doubt = row->id,
            .what = row->what,
            .found = row->found,
            .state = row->state,
            .at = row->at,
            .clicks = row->clicks,
            .number = row->number,
            .total = row->total,
            .name = row->name,
            .program = row->program,
            .score = row->score,
            .said = unless_empty(row->said),
            .answer = unless_empty(row->answer),
            .appeals = !asked && (row->state == DOUBT_OPEN || row->state == DOUBT_REFUSED),
            .waits = waits,
        };
        problem = say(request, reader, row->findings, &items[i].reasons);
        if (!problem && row->what != DOUBT_ORDER)
            problem = show_clicks(request, reader, &items[i]);
    }
    *out = (struct doubt_shown_list){items, rows->count};
    return problem;
}

struct text doubt_say_reason(struct request *request, struct text reason, struct text findings)
{
    struct suspect_finding found[SUSPECT_RULES];
    size_t count =
        text_starts(reason, "referrals.suspect.") ? doubt_findings_read(findings, found) : 0;
    const char *key = text_c(request->memory, reason);
    if (count > 0)
        return doubt_say(request->memory, request->language, READS_OWN, &found[0]);
    return key ? words_text(request->memory, request->language, key, NULL, 0)
               : (struct text){NULL, 0};
}
