/*
 * Handlers about businesses and their members.
 *
 * Whether the viewer is an owner was checked by the route; each write checks again that the
 * organisation keeps one. Must not know: SQL, HTML. Read next: core/people/member.c.
 */
#include "core/profile/member_pages.h"

#include "base/ids.h"
#include "core/act.h"
#include "core/mail/mail.h"
#include "core/login/address.h"
#include "core/people/member_queries.h"
#include "core/people/party_queries.h"
#include "core/people/party_rows.h"
#include "core/login/session.h"
#include "ledger/ledger.h"
#include "web/decode.h"
#include "web/request.shapes.h"

enum { MEMBERS_SHOWN = 100 };

const struct problem *core_found_page(struct request *request, const struct nothing *query,
                                      struct found_view *view)
{
    (void)query;
    view->current = (struct maybe_party_id){request->viewer.organisation.value != 0,
                                            request->viewer.organisation};
    return businesses_of(request->db, request->memory, request->viewer.person, &view->businesses);
}

struct founding {
    const struct request *request;
    struct party_id id; /* of the organisation; of the first one when the call was repeated */
    struct text name, place;
};

static const struct problem *found_work(struct database *db, struct memory *memory, void *context)
{
    struct founding *founding = context;
    const struct request *request = founding->request;
    struct party_id owner = request->viewer.person;
    int64_t before = 0;
    struct text content = text_format(memory, "found\n%.*s\n%.*s", TEXT_ARGS(founding->name),
                                      TEXT_ARGS(founding->place));
    if (!content.data)
        return &out_of_memory;
    const struct problem *problem =
        ledger_once(db, memory, owner, request->once, content, request->now, &before);
    if (problem || before) {
        founding->id.value = before;
        return problem;
    }
    problem = party_insert_organisation(db, memory, founding->id, founding->name, founding->place,
                                        owner, request->now);
    return problem ? problem
                   : ledger_once_result(db, memory, owner, request->once, founding->id.value);
}

/* A key stays with whom it is for; a session acts for the new business. */
const struct problem *core_found(struct request *request, const struct found_form *form,
                                 struct founded_view *view)
{
    struct founding founding = {.request = request,
                                .id = {id_new()},
                                .name = form->name,
                                .place = form->place.present ? form->place.value : text_of("")};
    const struct problem *problem =
        store_write(request->store, request->memory, found_work, &founding);
    view->organisation = founding.id;
    if (!problem && !request->viewer.keyed)
        problem = session_act(request->store, request->memory, request_session(request),
                              view->organisation);
    if (!problem)
        request_go_saying(request, "core.founded", "/biz");
    return problem;
}

const struct problem *core_switch(struct request *request, const struct switch_form *form,
                                  struct nothing *view)
{
    (void)view;
    const struct problem *problem = NULL;
    if (form->organisation.present)
        problem = session_act(request->store, request->memory, request_session(request),
                              form->organisation.value);
    if (problem)
        return problem;
    if (form->next.present && decode_is_local(form->next.value))
        request_go(request, "%.*s", TEXT_ARGS(form->next.value));
    else
        request_go(request, "%s", form->organisation.present ? "/biz" : "/me");
    return NULL;
}

const struct problem *core_members_page(struct request *request, const struct members_query *query,
                                        struct members_view *view)
{
    struct party_id after = {query->after.present ? query->after.value.value : 0};
    struct party_id organisation = request->viewer.organisation;
    view->organisation = request->viewer.organisation_name;
    view->own = request->viewer.person;
    const struct problem *problem =
        members_of(request->db, request->memory, organisation, after, &view->members);
    if (!problem)
        problem = invitations_open(request->db, request->memory, organisation, request->now,
                                   &view->invitations);
    if (problem || view->members.count <= MEMBERS_SHOWN)
        return problem;
    view->members.count = MEMBERS_SHOWN;
    return maybe_text_format(
        request->memory, &view->later, "?after=%s",
        id_text("pty", view->members.items[MEMBERS_SHOWN - 1].person.value).text);
}

struct inviting {
    struct request *request;
    const struct invite_form *form;
    struct text once; /* idempotency key; of a line of several with its place behind it */
    struct text secret;
    struct text site; /* where the link leads */
    bool again;       /* filled: it was done before */
};

static const struct problem *invite_work(struct database *db, struct memory *memory, void *context)
{
    struct inviting *inviting = context;
    const struct request *request = inviting->request;
    const struct viewer *viewer = &request->viewer;
    struct member_row now;
    int64_t before = 0;
    struct text content = text_format(memory, "invite\n%.*s\n%d", TEXT_ARGS(inviting->form->mail),
                                      (int)inviting->form->role);
    const struct problem *problem =
        member_find(db, memory, viewer->person, viewer->organisation, &now);
    if (problem || now.ended.ms || now.role != MEMBER_OWNER)
        return problem && problem != &not_found ? problem : &not_allowed;
    if (!content.data)
        return &out_of_memory;
    problem = ledger_once(db, memory, viewer->organisation, inviting->once, content, request->now,
                          &before);
    inviting->again = before != 0;
    if (problem || before)
        return problem;
    problem =
        ledger_once_result(db, memory, viewer->organisation, inviting->once, viewer->person.value);
    if (problem)
        return problem;
    problem = member_invite(db, memory, viewer->organisation, viewer->person, inviting->form->mail,
                            inviting->form->role, inviting->secret, request->now);
    struct text address = text_format(memory, "%.*s/invited/%.*s", TEXT_ARGS(inviting->site),
                                      TEXT_ARGS(inviting->secret));
    if (!problem && !address.data)
        problem = &out_of_memory;
    struct word_argument arguments[] = {
        {.name = "inviter", .kind = FIELD_TEXT, .text = viewer->name},
        {.name = "organisation", .kind = FIELD_TEXT, .text = viewer->organisation_name},
        {.name = "address", .kind = FIELD_TEXT, .text = address},
        {.name = "until",
         .kind = FIELD_INSTANT,
         .instant = instant_add(request->now, INVITATION_LIFE)},
    };
    struct act act = {.owner = viewer->organisation,
                      .topic = ACT_MEMBERS,
                      .actor = viewer->person,
                      .name = text_of("core.member.invited"),
                      .subject = viewer->organisation.value,
                      .became = text_of(words_name(&member_role_words, (int)inviting->form->role)),
                      .note = inviting->form->mail,
                      .at = request->now};
    if (!problem)
        problem = act_note(db, memory, act);
    return problem ? problem
                   : mail_send_to(db, memory, inviting->form->mail, request->language,
                                  "mail.invitation", arguments, 4, request->now);
}

static const struct problem *invite(struct request *request, struct inviting *inviting)
{
    const struct problem *problem = party_secret_make(request->memory, &inviting->secret);
    if (!problem)
        problem = mail_site(request->memory, &inviting->site);
    return problem ? problem : store_write(request->store, request->memory, invite_work, inviting);
}

const struct problem *core_invite(struct request *request, const struct invite_form *form,
                                  struct nothing *view)
{
    struct inviting inviting = {.request = request, .form = form, .once = request->once};
    (void)view;
    const struct problem *problem =
        address_needed(request->db, request->memory, request->viewer.person);
    if (problem)
        return request_blame(request, "mail", problem);
    problem = invite(request, &inviting);
    if (!problem)
        request_go_saying(request, "core.invited", "/biz/members");
    return problem;
}

static const struct problem *invite_line(struct request *request, const void *lines, size_t line,
                                         struct batch_made *out)
{
    struct inviting inviting = {
        .request = request,
        .form = (const struct invite_form *)lines + line,
        .once = text_format(request->memory, "%.*s/%zu", TEXT_ARGS(request->once), line)};
    const struct problem *problem =
        inviting.once.data ? invite(request, &inviting) : &out_of_memory;
    *out = (struct batch_made){.outcome = text_of(inviting.again ? "same" : "made")};
    return problem;
}

const struct problem *core_invite_many(struct request *request, const struct invite_batch *form,
                                       struct batch_result *view)
{
    const struct problem *problem =
        address_needed(request->db, request->memory, request->viewer.person);
    return problem ? problem
                   : batch_run(request, form->lines.items, form->lines.count, invite_line, view);
}

struct changing {
    const struct request *request;
    struct party_id person;
    enum member_role role; /* 0: none any more */
};

/* Only those who are members; nobody is added by a guessed id. */
static const struct problem *change_work(struct database *db, struct memory *memory, void *context)
{
    const struct changing *changing = context;
    const struct viewer *viewer = &changing->request->viewer;
    struct instant at = changing->request->now;
    struct member_row now;
    struct party_row person;
    const struct problem *problem =
        member_find(db, memory, changing->person, viewer->organisation, &now);
    if (problem || now.ended.ms)
        return problem ? problem : &not_found;
    problem = party_by_id(db, memory, changing->person, &person);
    if (!problem)
        problem = party_set_member(db, memory, viewer->organisation, changing->person,
                                   changing->role, at);
    if (problem || now.role == changing->role)
        return problem;
    struct act act = {
        .owner = viewer->organisation,
        .topic = ACT_MEMBERS,
        .actor = viewer->person,
        .name = text_of(changing->role ? "core.member.role" : "core.member.left"),
        .subject = changing->person.value,
        .was = text_of(words_name(&member_role_words, (int)now.role)),
        .became =
            text_of(changing->role ? words_name(&member_role_words, (int)changing->role) : ""),
        .note = person.name,
        .at = at};
    return act_note(db, memory, act);
}

static const struct problem *change(struct request *request, struct party_id person,
                                    enum member_role role)
{
    struct changing changing = {request, person, role};
    return store_write(request->store, request->memory, change_work, &changing);
}

const struct problem *core_role(struct request *request, const struct role_form *form,
                                struct nothing *view)
{
    (void)view;
    const struct problem *problem = change(request, form->person, form->role);
    bool own = form->person.value == request->viewer.person.value;
    if (!problem)
        request_go_saying(request, "core.role_changed", "%s",
                          own && form->role != MEMBER_OWNER ? "/biz" : "/biz/members");
    return problem;
}

const struct problem *core_remove(struct request *request, const struct removal_form *form,
                                  struct nothing *view)
{
    (void)view;
    const struct problem *problem = change(request, form->person, 0);
    bool own = form->person.value == request->viewer.person.value;
    if (!problem)
        request_go_saying(request, "core.member_removed", "%s", own ? "/me" : "/biz/members");
    return problem;
}

const struct problem *core_invited_page(struct request *request, const struct invited_query *query,
                                        struct invited_view *view)
{
    struct invitation_row row;
    const struct problem *problem =
        member_invitation(request->db, request->memory, query->secret, request->now, &row);
    if (!problem)
        *view = (struct invited_view){.organisation = row.organisation_name,
                                      .inviter = row.inviter,
                                      .role = row.role,
                                      .secret = query->secret};
    return problem;
}

const struct problem *core_invited(struct request *request, const struct invited_query *form,
                                   struct founded_view *view)
{
    const struct problem *problem =
        member_accept(request->store, request->memory, form->secret, request->viewer.person,
                      request->now, &view->organisation);
    if (!problem)
        problem = session_act(request->store, request->memory, request_session(request),
                              view->organisation);
    if (!problem)
        request_go_saying(request, "core.joined", "/biz");
    return problem;
}
