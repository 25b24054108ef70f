/*
 * Handlers for businesses: what was written to them, answering it, and where the tab stands.
 *
 * Must not know: SQL, HTML, mails. Read next: core/widgets/feedback.c.
 */
#include <string.h>

#include "base/ids.h"
#include "core/act.h"
#include "core/keys/origin.h"
#include "core/mail/mail.h"
#include "core/widgets/pages.h"
#include "core/widgets/feedback.shapes.h"
#include "core/widgets/pages.shapes.h"
#include "core/widgets/parts.h"
#include "core/widgets/queries.h"
#include "core/widgets/rows.shapes.h"
#include "web/access.h"
#include "web/version.h"

enum { SHOWN = 50 };

static struct maybe_text unless_empty(struct text text)
{
    return (struct maybe_text){text.size > 0, text};
}

/* ---- conversations ---------------------------------------------------------------------------- */

/* How this business takes feedback; as it begins when nothing was said yet. */
static const struct problem *box_of(struct database *db, struct memory *memory,
                                    struct party_id business, struct feedback_box_row *out)
{
    const struct problem *problem = feedback_box_of(db, memory, business, out);
    if (problem == &not_found) {
        *out = (struct feedback_box_row){.business = business,
                                         .side = FEEDBACK_RIGHT,
                                         .tone = FEEDBACK_INK,
                                         .label = text_of("")};
        return NULL;
    }
    return problem;
}

static const struct problem *list(struct request *request, int64_t before,
                                  struct feedback_list *view)
{
    struct feedback_shown_row_list rows;
    const struct problem *problem =
        feedback_listed(request->db, request->memory, request->viewer.organisation, view->state,
                        before, SHOWN + 1, &rows);
    if (problem)
        return problem;
    struct feedback_line *lines = memory_take_array(request->memory, rows.count, sizeof *lines);
    if (!lines)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct feedback_shown_row *row = &rows.items[i];
        lines[i] = (struct feedback_line){
            row->id,    row->known, unless_empty(row->name), row->about, unless_empty(row->page),
            row->state, row->at};
    }
    view->feedback = (struct feedback_line_list){lines, rows.count};
    const char *state = words_name(&feedback_state_words, (int)view->state);
    return list_cut(request->memory, &feedback_line_shape, &view->feedback, SHOWN, &view->later,
                    "?state=%s&before=", state);
}

const struct problem *core_feedback_list(struct request *request,
                                         const struct feedback_list_query *query,
                                         struct feedback_list *view)
{
    struct feedback_box_row box;
    int state = query->state.present ? words_value(&feedback_state_words, query->state.value) : 0;
    const struct problem *problem =
        box_of(request->db, request->memory, request->viewer.organisation, &box);
    if (problem)
        return problem;
    view->taking = box.taking;
    view->state = state ? (enum feedback_state)state : FEEDBACK_OPEN;
    return list(request, query->before.present ? query->before.value.value : INT64_MAX, view);
}

/* A conversation of this business; another's is not there. */
static const struct problem *own(struct request *request, struct feedback_id id,
                                 struct feedback_shown_row *out)
{
    const struct problem *problem = feedback_shown(request->db, request->memory, id, out);
    if (!problem && out->business.value != request->viewer.organisation.value)
        problem = &not_found;
    return problem;
}

const struct problem *core_feedback_show(struct request *request,
                                         const struct feedback_of_query *query,
                                         struct feedback_view *view)
{
    struct feedback_shown_row row;
    const struct problem *problem = own(request, query->feedback, &row);
    if (problem)
        return problem;
    *view = (struct feedback_view){
        .id = row.id,
        .known = row.known,
        .name = unless_empty(row.name),
        .about = row.about,
        .from = unless_empty(row.page),
        .open = flow_possible(&feedback_flow, (int)row.state, FEEDBACK_ANSWER, BY_BUYER),
        .told = row.told,
        .state = row.state,
        .at = row.at};
    return feedback_read(request, row.id, &view->said);
}

const struct problem *core_feedback_answer(struct request *request,
                                           const struct feedback_answer_form *form,
                                           struct nothing *view)
{
    struct feedback_shown_row row;
    struct feedback_say say = {.feedback = form->feedback,
                               .person = request->viewer.person,
                               .organisation = request->viewer.organisation,
                               .body = form->text,
                               .once = request->once,
                               .at = request->now};
    (void)view;
    const struct problem *problem = own(request, form->feedback, &row);
    if (!problem)
        problem = feedback_say(request->store, request->memory, &say);
    if (problem)
        return request_blame(request, "text", problem);
    request_go_saying(request, "feedback.answered", "/biz/feedback/%s",
                      id_text("fbk", form->feedback.value).text);
    return NULL;
}

static const struct problem *move_own(struct request *request, struct feedback_id id,
                                      enum feedback_event event, const char *saying)
{
    struct feedback_shown_row row;
    struct move move = {
        .flow = &feedback_flow, .subject = id.value, .event = (int)event, .by = BY_BUYER};
    const struct problem *problem = own(request, id, &row);
    if (!problem)
        problem = request_move(request, &move);
    if (!problem)
        request_go_saying(request, saying, "/biz/feedback");
    return problem;
}

const struct problem *core_feedback_finish(struct request *request,
                                           const struct feedback_of_query *form,
                                           struct nothing *view)
{
    (void)view;
    return move_own(request, form->feedback, FEEDBACK_FINISH, "feedback.finished");
}

const struct problem *core_feedback_refuse(struct request *request,
                                           const struct feedback_of_query *form,
                                           struct nothing *view)
{
    (void)view;
    return move_own(request, form->feedback, FEEDBACK_REFUSE, "feedback.refused");
}

const struct problem *core_feedback_restore(struct request *request,
                                            const struct feedback_of_query *form,
                                            struct nothing *view)
{
    (void)view;
    return move_own(request, form->feedback, FEEDBACK_RESTORE, "feedback.restored");
}

/* ---- the tab ---------------------------------------------------------------------------------- */

const struct problem *core_feedback_tab(struct request *request, const struct nothing *query,
                                        struct feedback_tab_view *view)
{
    struct feedback_box_row box;
    (void)query;
    const struct problem *problem =
        box_of(request->db, request->memory, request->viewer.organisation, &box);
    if (!problem)
        problem = feedback_origins(request->db, request->memory, box.business, &view->origins);
    if (!problem)
        problem = mail_site(request->memory, &view->site);
    box.at = (struct instant){0};
    if (!problem)
        problem = version_of(request->memory, &feedback_box_row_shape, &box, &view->version);
    if (problem)
        return problem;
    view->business = box.business;
    view->may = access_allows(OWNER, &request->viewer);
    view->taking = box.taking;
    view->side = box.side;
    view->tone = box.tone;
    view->label = box.label;
    view->address = text_format(request->memory, "%.*s/feedback/%s", TEXT_ARGS(view->site),
                                id_text("pty", box.business.value).text);
    view->script = text_format(request->memory, "%.*s/w/1.js", TEXT_ARGS(view->site));
    return view->address.data && view->script.data ? NULL : &out_of_memory;
}

struct setting_box {
    struct feedback_box_row box;
    struct maybe_text seen; /* version of what is changed */
    struct party_id by;
};

static const struct problem *put_box(struct database *db, struct memory *memory, void *context)
{
    const struct setting_box *setting = context;
    struct feedback_box_row now, wanted = setting->box;
    const struct problem *problem = box_of(db, memory, wanted.business, &now);
    now.at = wanted.at = (struct instant){0}; /* what is said counts, not when */
    if (!problem)
        problem = version_check(memory, setting->seen, &feedback_box_row_shape, &now, &wanted);
    if (!problem)
        problem = feedback_box_put(db, memory, &setting->box);
    struct act act = {.owner = wanted.business,
                      .topic = ACT_FEEDBACK,
                      .actor = setting->by,
                      .name = text_of("core.feedback.tab"),
                      .subject = wanted.business.value,
                      .at = setting->box.at};
    return problem ? problem
                   : act_note_change(db, memory, act, &feedback_box_row_shape, &now, &wanted);
}

const struct problem *core_feedback_tab_set(struct request *request,
                                            const struct feedback_tab_form *form,
                                            struct nothing *view)
{
    struct text label = form->label.present ? form->label.value : text_of("");
    struct setting_box setting = {.box = {.business = request->viewer.organisation,
                                          .taking = form->taking,
                                          .side = form->side,
                                          .tone = form->tone,
                                          .label = label,
                                          .at = request->now},
                                  .seen = form->version,
                                  .by = request->viewer.person};
    (void)view;
    /* It stands in the HTML that people copy into their pages. */
    for (size_t i = 0; i < label.size; i++)
        if (strchr("<>&\"'", label.data[i]))
            return request_refuse(request, "label", "feedback.label_plain");
    const struct problem *problem = store_write(request->store, request->memory, put_box, &setting);
    if (!problem)
        request_go_saying(request, "feedback.tab_set", "/biz/feedback/tab");
    return problem;
}

const struct problem *core_feedback_origin_add(struct request *request,
                                               const struct feedback_origin_form *form,
                                               struct nothing *view)
{
    (void)view;
    if (!origin_is_formed(form->origin))
        return request_refuse(request, "origin", "keys.no_origin");
    const struct problem *problem =
        origin_register(request->store, request->memory, request->viewer.organisation, form->origin,
                        request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "feedback.origin_added", "/biz/feedback/tab");
    return problem;
}

const struct problem *core_feedback_origin_end(struct request *request,
                                               const struct feedback_origin_form *form,
                                               struct nothing *view)
{
    (void)view;
    const struct problem *problem =
        origin_remove(request->store, request->memory, request->viewer.organisation, form->origin,
                      request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "feedback.origin_removed", "/biz/feedback/tab");
    return problem;
}
