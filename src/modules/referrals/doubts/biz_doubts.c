/*
 * A business's side of doubts: what waits, what becomes of it, and from how many points on something waits.
 *
 * What another threshold would have held is counted from the scores of the last 30 days before it is switched
 * on. Must not know: rules. Read next: states.c.
 */
#include "base/ids.h"
#include "core/act.h"
#include "modules/referrals/doubts/page_queries.h"
#include "modules/referrals/doubts/pages.shapes.h"
#include "modules/referrals/doubts/show.h"
#include "web/words.h"

enum { LOOKED_BACK = 30 /* days */ };

/* ---- what waits ------------------------------------------------------------------------------- */

static const struct problem *read_effect(struct request *request, struct program_id program,
                                         enum doubt_what what, int64_t threshold, int64_t other,
                                         struct doubt_effect *out)
{
    struct doubt_sum_row sums;
    const struct problem *problem =
        doubt_scores(request->db, request->memory, program, what,
                     request->now.ms / DAY - LOOKED_BACK, threshold, other, &sums);
    *out = (struct doubt_effect){other, sums.held, sums.now, sums.judged};
    return problem;
}

static const struct problem *
read_effects(struct request *request, const struct doubts_biz_query *input, struct doubts_biz *view)
{
    struct suspect_terms terms;
    const struct problem *problem =
        doubt_terms(request->db, request->memory, input->program, &terms);
    int64_t click = input->hold_click.present ? input->hold_click.value : terms.hold_click;
    int64_t claim = input->hold_claim.present ? input->hold_claim.value : terms.hold_claim;
    if (problem)
        return problem;
    view->hold_click = terms.hold_click;
    view->hold_claim = terms.hold_claim;
    view->site_click = setting_integer("referrals.hold_click");
    view->site_claim = setting_integer("referrals.hold_claim");
    view->tried = click != terms.hold_click || claim != terms.hold_claim;
    problem =
        read_effect(request, input->program, DOUBT_CLICKS, terms.hold_click, click, &view->clicks);
    return problem ? problem
                   : read_effect(request, input->program, DOUBT_ORDER, terms.hold_claim, claim,
                                 &view->claims);
}

const struct problem *doubts_biz_show(struct request *request, const struct doubts_biz_query *input,
                                      struct doubts_biz *view)
{
    struct doubt_title_row program;
    struct doubt_page_row_list rows;
    const struct problem *problem = doubt_program(request->db, request->memory, input->program,
                                                  request->viewer.organisation, &program);
    if (!problem)
        problem = doubts_waiting(request->db, request->memory, input->program,
                                 input->before.present ? input->before.value.value : INT64_MAX,
                                 DOUBTS_PAGE + 1, &rows);
    if (!problem)
        problem = doubts_show(request, READS_OTHERS, &rows, &view->doubts);
    if (!problem)
        problem = read_effects(request, input, view);
    if (problem)
        return problem;
    view->program = program.program;
    view->title = program.title;
    return list_cut(request->memory, &doubt_shown_shape, &view->doubts, DOUBTS_PAGE, &view->later,
                    "?before=");
}

/* ---- what becomes of it ----------------------------------------------------------------------- */

static const struct problem *decide(struct request *request, const struct doubt_decide_input *input,
                                    enum doubt_event event, const char *notice)
{
    struct doubt_hit hit;
    struct move move = {.flow = &doubt_flow,
                        .subject = input->doubt.value,
                        .event = (int)event,
                        .by = BY_BUYER,
                        .note =
                            input->answer.present ? text_trim(input->answer.value) : text_of("")};
    const struct problem *problem =
        doubt_in_program(request->db, request->memory, input->doubt, input->program,
                         request->viewer.organisation, &hit);
    if (problem)
        return problem;
    if (event == DOUBT_REFUSE && move.note.size == 0)
        return request_refuse(request, "answer", "referrals.doubt.say_why_not");
    problem = request_move(request, &move);
    if (problem)
        return request_blame(request, "answer", problem);
    request_go_saying(request, notice, "/biz/programs/%s/doubts",
                      id_text("prg", input->program.value).text);
    return NULL;
}

const struct problem *doubt_biz_pass(struct request *request,
                                     const struct doubt_decide_input *input, struct nothing *view)
{
    (void)view;
    return decide(request, input, DOUBT_PASS, "referrals.passed");
}

const struct problem *doubt_biz_refuse(struct request *request,
                                       const struct doubt_decide_input *input, struct nothing *view)
{
    (void)view;
    return decide(request, input, DOUBT_REFUSE, "referrals.refused");
}

/* ---- from where on ---------------------------------------------------------------------------- */

struct setting_terms {
    const struct doubts_terms_input *wanted;
    struct party_id business, actor;
    struct instant at;
};

static const struct problem *set(struct database *db, struct memory *memory, void *context)
{
    const struct setting_terms *setting = context;
    struct suspect_terms terms;
    const struct problem *problem = doubt_terms(db, memory, setting->wanted->program, &terms);
    struct doubts_terms_input was = {setting->wanted->program, terms.hold_click, terms.hold_claim};
    struct act act = {.owner = setting->business,
                      .topic = ACT_PROGRAMS,
                      .actor = setting->actor,
                      .name = text_of("referrals.thresholds"),
                      .subject = setting->wanted->program.value,
                      .note = text_of(""),
                      .at = setting->at};
    if (!problem)
        problem = doubt_terms_put(db, memory, setting->wanted->program, setting->wanted->hold_click,
                                  setting->wanted->hold_claim);
    return problem
               ? problem
               : act_note_change(db, memory, act, &doubts_terms_input_shape, &was, setting->wanted);
}

const struct problem *doubts_terms_set(struct request *request,
                                       const struct doubts_terms_input *input, struct nothing *view)
{
    struct doubt_title_row program;
    struct setting_terms setting = {input, request->viewer.organisation, request->viewer.person,
                                    request->now};
    const struct problem *problem = doubt_program(request->db, request->memory, input->program,
                                                  request->viewer.organisation, &program);
    (void)view;
    if (!problem)
        problem = store_write(request->store, request->memory, set, &setting);
    if (!problem)
        request_go_saying(request, "referrals.thresholds", "/biz/programs/%s/doubts",
                          id_text("prg", input->program.value).text);
    return problem;
}

/* ---- the front page --------------------------------------------------------------------------- */

static struct waiting appeals_wait(const struct request *request,
                                   const struct doubt_waiting_row *row)
{
    const struct word_argument arguments[] = {
        {.name = "count", .kind = FIELD_INTEGER, .integer = row->appeals},
        {.name = "title", .kind = FIELD_TEXT, .text = row->title},
    };
    return (struct waiting){
        .turn = true,
        .what =
            words_text(request->memory, request->language, "referrals.doubt.waiting", arguments, 2),
        .why =
            words_text(request->memory, request->language, "referrals.doubt.waiting_why", NULL, 0),
        .href = text_format(request->memory, "/biz/programs/%s/doubts",
                            id_text("prg", row->program.value).text),
        .action = words_text(request->memory, request->language, "referrals.doubt.look", NULL, 0),
    };
}

const struct problem *doubt_waits(struct request *request, enum portal portal,
                                  struct waiting_said *said)
{
    struct doubt_waiting_row_list rows = {NULL, 0};
    const struct problem *problem = NULL;
    if (portal == PORTAL_BIZ)
        problem = doubt_appeals_of(request->db, request->memory, request->viewer.organisation,
                                   WAITING_EACH, &rows);
    for (size_t i = 0; !problem && i < rows.count; i++)
        waiting_add(said, appeals_wait(request, &rows.items[i]));
    return problem;
}
