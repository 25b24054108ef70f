/*
 * Handlers of what people and businesses say about themselves.
 *
 * Must not know: SQL, HTML. Read next: core/people/party.h.
 */
#include "core/profile/pages.h"

#include "core/act.h"
#include "core/login/queries.h"
#include "core/login/rows.h"
#include "core/people/party_queries.h"
#include "core/people/party_rows.shapes.h"
#include "web/version.h"

static struct text or_empty(struct maybe_text typed)
{
    return typed.present ? typed.value : (struct text){"", 0};
}

/* What can be edited of a profile, as it is; its name in lower case follows from the rest. */
static struct party_profile profile_now(const struct party_row *row)
{
    return (struct party_profile){.id = row->id,
                                  .name = row->name,
                                  .folded = text_of(""),
                                  .place = row->place,
                                  .about = row->about,
                                  .website = row->website};
}

const struct problem *core_profile_page(struct request *request, const struct nothing *query,
                                        struct profile_view *view)
{
    struct party_row row;
    struct login_row login;
    (void)query;
    const struct problem *problem =
        party_find(request->db, request->memory, request->viewer.person, &row);
    if (!problem)
        problem = login_by_person(request->db, request->memory, request->viewer.person, &login);
    if (problem)
        return problem;
    *view = (struct profile_view){.person = row.id,
                                  .name = row.name,
                                  .mail = login.mail,
                                  .place = row.place,
                                  .about = row.about,
                                  .website = row.website,
                                  .language = login.language,
                                  .joined = row.joined};
    struct party_profile now = profile_now(&row);
    return version_of(request->memory, &party_profile_shape, &now, &view->version);
}

struct keeping {
    struct party_profile profile;
    enum language language; /* of a person; 0 of a business */
    struct party_id by;     /* for a business */
    struct instant at;
    struct maybe_text seen; /* version of what was changed */
};

static const struct problem *keep_work(struct database *db, struct memory *memory, void *context)
{
    const struct keeping *keeping = context;
    struct party_hit hit;
    struct party_row row;
    const struct problem *problem = party_by_id(db, memory, keeping->profile.id, &row);
    struct party_profile now = profile_now(&row), wanted = keeping->profile;
    wanted.folded = now.folded;
    if (!problem)
        problem = version_check(memory, keeping->seen, &party_profile_shape, &now, &wanted);
    if (!problem)
        problem = party_keep(db, memory, &keeping->profile, &hit);
    if (problem || keeping->language)
        return problem ? problem
                       : login_set_language(db, memory, keeping->profile.id, keeping->language);
    struct act act = {.owner = row.id,
                      .topic = ACT_PROFILE,
                      .actor = keeping->by,
                      .name = text_of("core.profile.changed"),
                      .subject = row.id.value,
                      .at = keeping->at};
    return act_note_change(db, memory, act, &party_profile_shape, &now, &wanted);
}

const struct problem *core_profile(struct request *request, const struct profile_form *form,
                                   struct nothing *view)
{
    struct keeping keeping = {.profile = {.id = request->viewer.person,
                                          .name = form->name,
                                          .folded = party_fold(request->memory, form->name),
                                          .place = or_empty(form->place),
                                          .about = or_empty(form->about),
                                          .website = or_empty(form->website)},
                              .language = form->language,
                              .seen = form->version};
    (void)view;
    if (!keeping.profile.folded.data)
        return &out_of_memory;
    const struct problem *problem =
        store_write(request->store, request->memory, keep_work, &keeping);
    if (problem)
        return problem;
    request_set_language(request, form->language);
    request_go_saying(request, "core.profile_kept", "/me/profile");
    return NULL;
}

/* ---- a business ------------------------------------------------------------------------------- */

const struct problem *core_business_page(struct request *request, const struct nothing *query,
                                         struct business_profile_view *view)
{
    struct party_row row;
    (void)query;
    const struct problem *problem =
        party_find(request->db, request->memory, request->viewer.organisation, &row);
    if (problem)
        return problem;
    *view = (struct business_profile_view){.business = row.id,
                                           .name = row.name,
                                           .place = row.place,
                                           .about = row.about,
                                           .website = row.website,
                                           .joined = row.joined};
    struct party_profile now = profile_now(&row);
    return version_of(request->memory, &party_profile_shape, &now, &view->version);
}

const struct problem *core_business(struct request *request,
                                    const struct business_profile_form *form, struct nothing *view)
{
    struct keeping keeping = {.profile = {.id = request->viewer.organisation,
                                          .name = form->name,
                                          .folded = party_fold(request->memory, form->name),
                                          .place = or_empty(form->place),
                                          .about = or_empty(form->about),
                                          .website = or_empty(form->website)},
                              .by = request->viewer.person,
                              .at = request->now,
                              .seen = form->version};
    (void)view;
    if (!keeping.profile.folded.data)
        return &out_of_memory;
    const struct problem *problem =
        store_write(request->store, request->memory, keep_work, &keeping);
    if (!problem)
        request_go_saying(request, "core.profile_kept", "/biz/profile");
    return problem;
}
