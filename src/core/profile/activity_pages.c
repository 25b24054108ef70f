/*
 * Handler of the page about what members of a business did.
 *
 * Must not know: SQL, HTML, what writes acts. Read next: core/act.c.
 */
#include "core/profile/activity_pages.h"

#include "base/ids.h"
#include "core/act.shapes.h"
#include "core/profile/activity_pages.shapes.h"
#include "core/profile/activity_queries.h"
#include "web/words.h"

enum { SHOWN = 50 };

/* What is asked for; what names nothing asks for nothing. */
struct asked {
    struct party_id person; /* 0: everybody's */
    enum act_topic topic;   /* 0: all */
    struct act_id before;
};

static struct asked asked_of(const struct activity_query *query)
{
    struct asked asked = {
        .before = {query->before.present ? query->before.value.value : INT64_MAX}};
    if (query->person.present && !id_parse(query->person.value, "pty", &asked.person.value))
        asked.person.value = 0;
    if (query->topic.present)
        asked.topic = (enum act_topic)words_value(&act_topic_words, query->topic.value);
    return asked;
}

static const struct problem *read(struct request *request, const struct asked *asked,
                                  struct activity_row_list *out)
{
    struct database *db = request->db;
    struct party_id owner = request->viewer.organisation;
    if (asked->person.value && asked->topic)
        return activity_by_about(db, request->memory, owner, asked->person, asked->topic,
                                 asked->before, out);
    if (asked->person.value)
        return activity_by(db, request->memory, owner, asked->person, asked->before, out);
    if (asked->topic)
        return activity_about(db, request->memory, owner, asked->topic, asked->before, out);
    return activity_all(db, request->memory, owner, asked->before, out);
}

static const struct problem *show(struct request *request, const struct activity_row *row,
                                  struct activity_line *line)
{
    struct text key = text_format(request->memory, "act.%.*s", TEXT_ARGS(row->name));
    *line = (struct activity_line){.act = row->id,
                                   .topic = row->topic,
                                   .person = row->actor,
                                   .person_name = row->actor_name,
                                   .name = row->name,
                                   .said = row->name,
                                   .was = row->was,
                                   .became = row->became,
                                   .note = row->note,
                                   .at = row->at};
    line->subject = text_copy(request->memory, text_of(id_text("", row->subject).text + 1));
    if (!key.data || !line->subject.data)
        return &out_of_memory;
    if (words_have(key.data))
        line->said = words_text(request->memory, request->language, key.data, NULL, 0);
    return NULL;
}

static const struct problem *show_topics(struct memory *memory, struct activity_topic_list *out)
{
    struct activity_topic *items = memory_take_array(memory, ACT_PROGRAMS, sizeof *items);
    size_t count = 0;
    for (int topic = ACT_PROFILE; items && topic <= ACT_PROGRAMS; topic++)
        items[count++].topic = (enum act_topic)topic;
    *out = (struct activity_topic_list){items, count};
    return items ? NULL : &out_of_memory;
}

const struct problem *core_activity(struct request *request, const struct activity_query *query,
                                    struct activity_view *view)
{
    struct memory *memory = request->memory;
    struct activity_row_list rows;
    struct asked asked = asked_of(query);
    view->person = text_of(asked.person.value ? id_text("pty", asked.person.value).text : "");
    view->person = text_copy(memory, view->person);
    view->topic = text_of(asked.topic ? words_name(&act_topic_words, (int)asked.topic) : "");
    view->narrowed = asked.person.value || asked.topic;
    const struct problem *problem = view->person.data ? NULL : &out_of_memory;
    if (!problem)
        problem = read(request, &asked, &rows);
    if (!problem)
        problem = list_cut(memory, &activity_row_shape, &rows, SHOWN, &view->later,
                           "?person=%.*s&topic=%.*s&before=", TEXT_ARGS(view->person),
                           TEXT_ARGS(view->topic));
    if (!problem)
        problem = activity_people(request->db, memory, request->viewer.organisation, &view->people);
    if (!problem)
        problem = show_topics(memory, &view->topics);
    if (problem)
        return problem;
    struct activity_line *items = memory_take_array(memory, rows.count, sizeof *items);
    problem = items ? NULL : &out_of_memory;
    for (size_t i = 0; !problem && i < rows.count; i++)
        problem = show(request, &rows.items[i], &items[i]);
    view->acts = (struct activity_line_list){items, rows.count};
    return problem;
}
