/*
 * Handlers of the desk about people, mail and work that failed.
 *
 * Must not know: SQL, HTML, what jobs do. Read next: core/job.c, core/event.c.
 */
#include "core/desk/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/ids.h"
#include "core/mail/queries.h"
#include "core/mail/rows.h"
#include "core/module.h"
#include "core/desk/queries.h"
#include "core/desk/rows.h"
#include "core/login/factor.h"
#include "core/login/passkey.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "web/access.h"

enum { SHOWN = 50, MAIL_SHOWN = 1 << 20 };

/* The address of the rows behind the last one shown. */
static const struct problem *lead_on(struct request *request, const char *prefix, int64_t last,
                                     struct text q, struct maybe_text *out)
{
    struct builder b = builder_make(request->memory, 4096);
    builder_add_format(&b, "?before=%s", id_text(prefix, last).text);
    if (q.size) {
        builder_add_c(&b, "&q=");
        builder_add_url(&b, q);
    }
    out->present = true;
    return builder_end(&b, &out->value);
}

/* ---- people ---- */

static const struct problem *find_people(struct request *request, struct text q, int64_t before,
                                         struct desk_person_row_list *out)
{
    struct memory *memory = request->memory;
    struct party_id from = {before};
    if (q.size == 0)
        return desk_people(request->db, memory, from, out);
    struct text low = party_fold(memory, q);
    /* U+10FFFF comes behind everything that anybody can type. */
    struct text high = text_format(memory, "%.*s\xf4\x8f\xbf\xbf", TEXT_ARGS(low));
    if (!low.data || !high.data)
        return &out_of_memory;
    return desk_people_like(request->db, memory, low, high, from, out);
}

const struct problem *core_desk_people(struct request *request,
                                       const struct desk_people_query *query,
                                       struct desk_people_view *view)
{
    struct desk_person_row_list rows;
    view->q = (struct text){"", 0};
    if (query->q.present)
        view->q = text_trim(query->q.value);
    int64_t before = query->before.present ? query->before.value.value : INT64_MAX;
    const struct problem *problem = find_people(request, view->q, before, &rows);
    if (problem)
        return problem;
    size_t count = rows.count < SHOWN ? rows.count : SHOWN;
    struct desk_person *items = memory_take_array(request->memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct desk_person_row *row = &rows.items[i];
        items[i] = (struct desk_person){.party = row->id,
                                        .kind = row->kind,
                                        .name = row->name,
                                        .place = row->place,
                                        .mail = row->mail,
                                        .is_operator = row->operator,
                                        .own = row->id.value == request->viewer.person.value,
                                        .joined = row->joined,
                                        .suspended = {row->suspended.ms != 0, row->suspended}};
    }
    view->people = (struct desk_person_list){items, count};
    if (rows.count > SHOWN)
        problem = lead_on(request, "pty", items[count - 1].party.value, view->q, &view->later);
    return problem;
}

const struct problem *core_desk_suspend(struct request *request, const struct desk_party_form *form,
                                        struct nothing *view)
{
    (void)view;
    const struct problem *problem = login_suspend(request->store, request->memory, form->party,
                                                  true, request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "core.suspended", "/desk/people");
    return problem;
}

const struct problem *core_desk_restore(struct request *request, const struct desk_party_form *form,
                                        struct nothing *view)
{
    (void)view;
    const struct problem *problem = login_suspend(request->store, request->memory, form->party,
                                                  false, request->viewer.person, request->now);
    if (!problem)
        request_go_saying(request, "core.restored", "/desk/people");
    return problem;
}

const struct problem *core_desk_factors_page(struct request *request,
                                             const struct desk_party_form *query,
                                             struct desk_factors_view *view)
{
    struct memory *memory = request->memory;
    struct party_row party;
    struct login_row login;
    struct passkey_line_list passkeys;
    const struct problem *problem = party_find(request->db, memory, query->party, &party);
    if (!problem)
        problem = login_by_person(request->db, memory, query->party, &login);
    if (!problem)
        problem = passkey_list(request->db, memory, query->party, &passkeys);
    if (problem)
        return problem;
    *view = (struct desk_factors_view){.party = party.id,
                                       .name = party.name,
                                       .mail = login.mail,
                                       .own = party.id.value == request->viewer.person.value,
                                       .factor = {login.factor.ms > 0, login.factor},
                                       .passkeys = (int64_t)passkeys.count};
    return NULL;
}

const struct problem *core_desk_factors(struct request *request,
                                        const struct desk_factors_form *form, struct nothing *view)
{
    struct login_row login;
    (void)view;
    const struct problem *problem =
        login_by_person(request->db, request->memory, form->party, &login);
    if (problem)
        return problem;
    /* Else whoever helps people could open the way to what only admins may. */
    if (login.operator&& !access_allows(ADMIN, &request->viewer))
        return &not_allowed;
    problem = factor_reset(request->store, request->memory, form->party, request->viewer.person,
                           form->reason, request->now);
    if (!problem)
        request_go_saying(request, "core.factors_reset", "/desk/people");
    return problem;
}

/* ---- mail ---- */

const struct problem *core_desk_mails(struct request *request, const struct desk_mails_query *query,
                                      struct desk_mails_view *view)
{
    struct mail_row_list rows;
    struct mail_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem = mails_before(request->db, request->memory, before, &rows);
    if (problem)
        return problem;
    size_t count = rows.count < SHOWN ? rows.count : SHOWN;
    struct desk_mail_line *items = memory_take_array(request->memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct mail_row *row = &rows.items[i];
        items[i] = (struct desk_mail_line){.mail = row->id,
                                           .recipient = row->recipient,
                                           .subject = row->subject,
                                           .state = row->state,
                                           .at = row->at};
    }
    view->mails = (struct desk_mail_line_list){items, count};
    if (rows.count > SHOWN)
        problem = lead_on(request, "mal", items[count - 1].mail.value, (struct text){"", 0},
                          &view->later);
    return problem;
}

/* The filed message; absent when the file was taken away. */
static const struct problem *read_file(struct request *request, struct mail_id id,
                                       struct maybe_text *out)
{
    struct text path;
    const struct problem *problem = mail_path(request->memory, id, &path);
    if (problem)
        return problem;
    int fd = open(path.data, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? NULL : &world_failed;
    char *data = memory_take(request->memory, MAIL_SHOWN);
    ssize_t size = data ? read(fd, data, MAIL_SHOWN) : 0;
    close(fd);
    if (!data)
        return &out_of_memory;
    if (size < 0)
        return &world_failed;
    out->value = (struct text){data, (size_t)size};
    out->present = text_valid((struct bytes){(const unsigned char *)data, (size_t)size});
    return NULL;
}

const struct problem *core_desk_mail(struct request *request, const struct desk_mail_query *query,
                                     struct desk_mail_view *view)
{
    struct mail_row row;
    const struct problem *problem = mail_by_id(request->db, request->memory, query->mail, &row);
    if (problem)
        return problem;
    *view = (struct desk_mail_view){.mail = row.id,
                                    .recipient = row.recipient,
                                    .subject = row.subject,
                                    .body = row.body,
                                    .state = row.state,
                                    .at = row.at,
                                    .sent = {row.sent.ms != 0, row.sent}};
    /* Without a mail server the desk is where mails are read; with one, a link is its reader's alone. */
    return row.state == MAIL_FILED ? read_file(request, row.id, &view->file)
                                   : mail_veil(request->memory, row.body, &view->body);
}

/* ---- work that failed ---- */

static const struct problem *list_events(struct request *request, struct desk_event_list *out)
{
    struct event_failed_row_list rows;
    const struct problem *problem = events_failed(request->db, request->memory, &rows);
    if (problem)
        return problem;
    struct desk_event *items = memory_take_array(request->memory, rows.count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < rows.count; i++) {
        const struct event_failed_row *row = &rows.items[i];
        items[i] = (struct desk_event){row->event, row->name, row->consumer, row->problem, row->at};
    }
    *out = (struct desk_event_list){items, rows.count};
    return NULL;
}

const struct problem *core_desk_jobs(struct request *request, const struct desk_jobs_query *query,
                                     struct desk_jobs_view *view)
{
    struct job_row_list rows;
    struct job_id before = {query->before.present ? query->before.value.value : INT64_MAX};
    const struct problem *problem = jobs_failed(request->db, request->memory, before, &rows);
    if (problem)
        return problem;
    size_t count = rows.count < SHOWN ? rows.count : SHOWN;
    struct desk_job *items = memory_take_array(request->memory, count, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (size_t i = 0; i < count; i++) {
        const struct job_row *row = &rows.items[i];
        items[i] =
            (struct desk_job){row->id, row->kind, row->problem, row->tries, id_time(row->id.value)};
    }
    view->jobs = (struct desk_job_list){items, count};
    if (rows.count > SHOWN)
        problem =
            lead_on(request, "job", items[count - 1].job.value, (struct text){"", 0}, &view->later);
    return problem ? problem : list_events(request, &view->events);
}

struct reviving {
    struct job_id job;
    struct instant at;
};

static const struct problem *revive_work(struct database *db, struct memory *memory, void *context)
{
    const struct reviving *reviving = context;
    struct job_hit hit;
    return job_revive(db, memory, reviving->job, reviving->at, &hit);
}

const struct problem *core_desk_job_again(struct request *request, const struct desk_job_form *form,
                                          struct nothing *view)
{
    struct reviving reviving = {form->job, request->now};
    (void)view;
    const struct problem *problem =
        store_write(request->store, request->memory, revive_work, &reviving);
    if (!problem)
        request_go_saying(request, "core.trying_again", "/desk/jobs");
    return problem;
}

static const struct consumer *consumer_of(const struct module *module, struct text name)
{
    for (size_t i = 0; i < module->consumer_count; i++)
        if (text_is(name, module->consumers[i]->name))
            return module->consumers[i];
    return NULL;
}

static const struct consumer *consumer_named(struct text name)
{
    const struct consumer *found = NULL;
    for (const struct module *const *part = module_all(); !found && *part; part++)
        found = consumer_of(*part, name);
    return found;
}

struct retaking {
    const struct consumer *consumer;
    struct event_id event;
};

static const struct problem *retake_work(struct database *db, struct memory *memory, void *context)
{
    const struct retaking *retaking = context;
    struct event_failed_hit hit;
    struct event event;
    const struct problem *problem =
        event_failed_end(db, memory, text_of(retaking->consumer->name), retaking->event, &hit);
    if (!problem)
        problem = event_by_id(db, memory, retaking->event, &event);
    return problem ? problem : retaking->consumer->take(db, memory, &event);
}

const struct problem *core_desk_event_again(struct request *request,
                                            const struct desk_event_form *form,
                                            struct nothing *view)
{
    struct retaking retaking = {consumer_named(form->consumer), form->event};
    (void)view;
    if (!retaking.consumer)
        return &not_found;
    const struct problem *problem =
        store_write(request->store, request->memory, retake_work, &retaking);
    if (!problem)
        request_go_saying(request, "core.taken_up", "/desk/jobs");
    return problem;
}

const struct problem *core_desk_failed(struct request *request, int64_t *out)
{
    struct failed_counts counts;
    const struct problem *problem = failed_count(request->db, request->memory, &counts);
    if (!problem)
        *out = counts.jobs + counts.events;
    return problem;
}
