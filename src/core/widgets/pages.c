/*
 * Handlers for who writes to a business: the form, on its own page and in a frame, and their conversation.
 *
 * In a frame everybody is a guest and no cookie comes or goes (web/route.h, .framed), so what stands in for the
 * token of other forms is a stamp: it is good for one sending, and neither at once nor for ever.
 * Must not know: SQL, HTML, the business's side. Read next: core/widgets/feedback.c.
 */
#include "core/widgets/pages.h"

#include <string.h>

#include "base/ids.h"
#include "core/thread.h"
#include "core/widgets/frame.h"
#include "core/widgets/parts.h"
#include "core/widgets/queries.h"
#include "web/limits.h"
#include "web/words_parts.h"

static struct text or_empty(struct maybe_text text)
{
    return text.present ? text.value : (struct text){"", 0};
}

/* ---- the form --------------------------------------------------------------------------------- */

/* What the script says of the page around the frame; none of it is trusted. */
static void read_surroundings(struct request *request, const struct feedback_query *query,
                              struct feedback_page *page)
{
    struct text from = or_empty(query->from);
    page->theme = widget_surround(request, query->language, query->theme);
    page->language = text_of(language_tag(request->language));
    page->from = text_starts(from, "https://") || text_starts(from, "http://") ? from : text_of("");
}

static const struct problem *fill(struct request *request, const struct feedback_query *query,
                                  struct feedback_page *page)
{
    struct feedback_house house;
    const struct problem *problem =
        feedback_house_of(request->db, request->memory, query->business, &house);
    if (problem)
        return problem;
    page->business = house.business;
    page->name = house.name;
    return feedback_stamp(request->memory, house.business, request->now, &page->stamp);
}

const struct problem *core_feedback_ask(struct request *request, const struct feedback_query *query,
                                        struct feedback_page *page)
{
    struct feedback_query own = {.business = query->business, .from = query->from};
    read_surroundings(request, &own, page);
    return fill(request, query, page);
}

const struct problem *core_feedback_frame(struct request *request,
                                          const struct feedback_query *query,
                                          struct feedback_page *page)
{
    struct feedback_id id;
    read_surroundings(request, query, page);
    const struct problem *problem =
        widget_frame_in(request, query->business, query->origin, &page->origin);
    if (!problem)
        problem = fill(request, query, page);
    if (problem || !query->thread.present || feedback_of_link(query->thread.value, &id))
        return problem;
    return maybe_text_format(request->memory, &page->link, "/feedback/thread/%.*s",
                             TEXT_ARGS(query->thread.value));
}

/* ---- what comes back -------------------------------------------------------------------------- */

/* People type neither into what they don't see nor as fast as programs. */
static const struct problem *judge(struct request *request, const struct feedback_form *form)
{
    static const char *const rules[] = {[STAMP_WRONG] = "feedback.form_old",
                                        [STAMP_EARLY] = "feedback.too_fast",
                                        [STAMP_LATE] = "feedback.form_old"};
    enum stamp_verdict verdict;
    if (form->website.present)
        return request_refuse(request, "text", "feedback.trap");
    if (request->viewer.signed_in)
        return NULL;
    const struct problem *problem =
        feedback_stamp_judge(form->business, or_empty(form->stamp), request->now, &verdict);
    if (problem || verdict == STAMP_GOOD)
        return problem;
    return request_refuse(request, "text", rules[verdict]);
}

static const struct problem *begin(struct request *request, const struct feedback_form *form,
                                   struct feedback_made *made)
{
    bool known = request->viewer.signed_in;
    struct text house = text_format(request->memory, "%lld", (long long)form->business.value);
    const struct problem *problem = house.data ? judge(request, form) : &out_of_memory;
    if (!problem)
        problem = limits_spend(request, RATE_HOUSE, house);
    if (problem)
        return problem;
    struct feedback_begin order = {
        .business = form->business,
        .person = request->viewer.person,
        .name = known ? text_of("") : or_empty(form->name),
        .mail = known ? text_of("") : or_empty(form->mail),
        .language = request->language,
        .page = or_empty(form->from),
        .address = request->address,
        .body = form->text,
        .once = known ? request->once : or_empty(form->stamp),
        .at = request->now,
    };
    problem = feedback_begin(request->store, request->memory, &order, &made->feedback);
    if (problem)
        return request_blame(request, "text", problem);
    return feedback_link(request->memory, made->feedback, &made->link);
}

const struct problem *core_feedback_send(struct request *request, const struct feedback_form *form,
                                         struct feedback_made *made)
{
    const struct problem *problem = begin(request, form, made);
    request->audience = FOR_PARTY;
    if (!problem)
        request_go_saying(request, "feedback.sent", "/feedback/thread/%.*s", TEXT_ARGS(made->link));
    return problem;
}

const struct problem *core_feedback_frame_send(struct request *request,
                                               const struct feedback_frame_form *form,
                                               struct nothing *view)
{
    struct feedback_made made;
    struct feedback_form same = {form->business, form->text,  form->mail,   form->name,
                                 form->from,     form->stamp, form->website};
    struct text origin;
    (void)view;
    (void)widget_surround(request, form->language, form->theme);
    const struct problem *problem = widget_frame_in(request, form->business, form->origin, &origin);
    if (!problem)
        problem = begin(request, &same, &made);
    if (problem)
        return problem;
    request_go(request, "/w/feedback/%s?thread=%.*s&origin=%.*s&language=%s&theme=%.*s",
               id_text("pty", form->business.value).text, TEXT_ARGS(made.link), TEXT_ARGS(origin),
               language_tag(request->language), TEXT_ARGS(or_empty(form->theme)));
    return NULL;
}

/* ---- a conversation --------------------------------------------------------------------------- */

const struct problem *feedback_read(struct request *request, struct feedback_id id,
                                    struct feedback_said_list *out)
{
    struct thread_message_list messages;
    const struct problem *problem =
        thread_list(request->db, request->memory, id.value, (struct message_id){0}, &messages);
    if (problem)
        return problem;
    struct feedback_said *said = memory_take_array(request->memory, messages.count, sizeof *said);
    if (!said)
        return &out_of_memory;
    for (size_t i = 0; i < messages.count; i++) {
        const struct thread_message *message = &messages.items[i];
        said[i] =
            (struct feedback_said){.house = message->organisation.value != 0,
                                   .who = {message->author_name.size > 0, message->author_name},
                                   .body = message->body,
                                   .at = message->at};
    }
    *out = (struct feedback_said_list){said, messages.count};
    return NULL;
}

const struct problem *core_feedback_thread(struct request *request,
                                           const struct feedback_thread_query *query,
                                           struct feedback_thread *view)
{
    struct feedback_id id;
    struct feedback_shown_row row;
    const struct problem *problem = feedback_of_link(query->link, &id);
    if (!problem)
        problem = feedback_shown(request->db, request->memory, id, &row);
    if (problem)
        return problem;
    *view = (struct feedback_thread){
        .link = query->link,
        .business_name = row.business_name,
        .told = row.told,
        .open = flow_possible(&feedback_flow, (int)row.state, FEEDBACK_WRITE, BY_SUPPLIER),
        .state = row.state};
    return feedback_read(request, id, &view->said);
}

const struct problem *core_feedback_more(struct request *request,
                                         const struct feedback_more_form *form,
                                         struct nothing *view)
{
    struct feedback_row row;
    struct party_id viewer = request->viewer.person;
    struct feedback_say say = {.body = form->text, .once = request->once, .at = request->now};
    (void)view;
    const struct problem *problem = feedback_of_link(form->link, &say.feedback);
    if (!problem)
        problem = feedback_by_id(request->db, request->memory, say.feedback, &row);
    if (problem)
        return problem;
    /* The link alone makes nobody that person. */
    if (row.person.present && row.person.value.value == viewer.value)
        say.person = viewer;
    problem = feedback_say(request->store, request->memory, &say);
    if (problem)
        return request_blame(request, "text", problem);
    request_go_saying(request, "feedback.sent", "/feedback/thread/%.*s", TEXT_ARGS(form->link));
    return NULL;
}

/* RFC 8058: a mail program posts this for its reader, without a session. */
const struct problem *core_feedback_one_click(struct request *request,
                                              const struct feedback_thread_query *form,
                                              struct nothing *view)
{
    static const char asked[] = "List-Unsubscribe=One-Click";
    struct feedback_id id;
    (void)view;
    if (!memmem(request->body.data, request->body.size, asked, sizeof asked - 1))
        return &invalid_input;
    const struct problem *problem = feedback_of_link(form->link, &id);
    return problem ? problem : feedback_stop(request->store, request->memory, id, request->now);
}

const struct problem *core_feedback_end_mails(struct request *request,
                                              const struct feedback_thread_query *form,
                                              struct nothing *view)
{
    struct feedback_id id;
    (void)view;
    const struct problem *problem = feedback_of_link(form->link, &id);
    if (!problem)
        problem = feedback_stop(request->store, request->memory, id, request->now);
    if (!problem)
        request_go_saying(request, "feedback.stopped", "/feedback/thread/%.*s",
                          TEXT_ARGS(form->link));
    return problem;
}
