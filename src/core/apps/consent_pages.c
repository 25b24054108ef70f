/*
 * Handlers of the consent page.
 *
 * An app that is not known, or an address that is not its own, is told to the person, never sent anywhere;
 * everything else that is wrong goes back to the app (RFC 6749, 4.1.2.1). That is looked at before anybody
 * signs in, so that no form of ours ever ends outside but the page's own.
 * Must not know: SQL, how codes are written. Read next: core/apps/grant.h.
 */
#include "core/apps/consent_pages.h"

#include <string.h>

#include "base/ids.h"
#include "core/apps/consent_pages.shapes.h"
#include "core/apps/grant.h"
#include "core/apps/queries.h"
#include "core/apps/redirect.h"
#include "core/apps/rows.h"
#include "core/mail/mail.h"
#include "web/access.h"
#include "web/words.h"

enum { ASKED_MAX = 64, LEAVING_MAX = 4096, AGAIN_MAX = 8192 };

/* What an app asks for, looked at. */
struct asking {
    struct request *request;
    struct authorize_query query;
    struct app_row app;
    struct text scopes[ASKED_MAX]; /* each once */
    size_t count;
    enum member_role for_person[ASKED_MAX];   /* not 0: it does something for a person */
    enum member_role for_business[ASKED_MAX]; /* the role it takes; 0: nothing there */
};

static struct text said(struct maybe_text value)
{
    return value.present ? value.value : (struct text){"", 0};
}

/* ---- going back ------------------------------------------------------------------------------- */

static void add(struct builder *b, const char *name, struct text value)
{
    if (value.size == 0)
        return;
    builder_add_char(b, memchr(b->data, '?', b->size) ? '&' : '?');
    builder_add_c(b, name);
    builder_add_char(b, '=');
    builder_add_url(b, value);
}

/* To the app, with a code or with what is wrong, and who answers (RFC 9207). */
static const struct problem *leave(const struct asking *asking, struct text code, const char *error,
                                   const char *why)
{
    struct builder b = builder_make(asking->request->memory, LEAVING_MAX);
    struct text site;
    struct text whole;
    const struct problem *problem = mail_site(asking->request->memory, &site);
    builder_add(&b, said(asking->query.redirect_uri));
    add(&b, "code", code);
    add(&b, "error", text_of(error));
    add(&b, "error_description", text_of(why));
    add(&b, "state", said(asking->query.state));
    add(&b, "iss", site);
    if (!problem)
        problem = builder_end(&b, &whole);
    if (!problem)
        request_leave(asking->request, whole);
    return problem;
}

static const struct problem *refuse(const struct asking *asking, const char *error, const char *why)
{
    return leave(asking, (struct text){"", 0}, error, why);
}

/* ---- looking at it ---------------------------------------------------------------------------- */

static bool is_challenge(struct text challenge)
{
    static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (size_t i = 0; i < challenge.size; i++) {
        if (!memchr(fine, challenge.data[i], sizeof fine - 1))
            return false;
    }
    return challenge.size == CHALLENGE_SIZE;
}

/* The scopes asked for, each once. False: one is more than the app may ask for. */
static bool take_scopes(struct asking *asking)
{
    struct text rest = said(asking->query.scope);
    struct text one;
    if (text_trim(rest).size == 0)
        rest = asking->app.scopes;
    if (!app_grant_holds(asking->app.scopes, rest))
        return false;
    while (text_split(&rest, ' ', &one)) {
        bool before = one.size == 0;
        for (size_t i = 0; i < asking->count; i++)
            before = before || text_equal(asking->scopes[i], one);
        if (before)
            continue;
        if (asking->count == ASKED_MAX)
            return false;
        (void)scope_reaches(one, false, &asking->for_person[asking->count]);
        (void)scope_reaches(one, true, &asking->for_business[asking->count]);
        asking->scopes[asking->count++] = one;
    }
    return true;
}

/* *left: the answer is under way already. */
static const struct problem *look(struct asking *asking, bool *left)
{
    const struct authorize_query *query = &asking->query;
    const struct request *request = asking->request;
    *left = true;
    const struct problem *problem =
        app_find(request->db, request->memory, said(query->client_id), &asking->app);
    if (problem)
        return problem;
    if (!redirect_is_known(asking->app.redirects, said(query->redirect_uri)))
        return &apps_redirect;
    if (!query->response_type.present)
        return refuse(asking, "invalid_request", "response_type is missing");
    if (!text_is(query->response_type.value, "code"))
        return refuse(asking, "unsupported_response_type", "response_type must be code");
    if (!query->code_challenge_method.present ||
        !text_is(query->code_challenge_method.value, "S256") ||
        !is_challenge(said(query->code_challenge)))
        return refuse(asking, "invalid_request", "PKCE with S256 is needed: RFC 7636");
    if (!take_scopes(asking))
        return refuse(asking, "invalid_scope", "the app is not registered for this scope");
    *left = false;
    return NULL;
}

/* What an actor can be asked for: with which role all of it, and whether there is any. */
static bool is_reached(const struct asking *asking, bool business, enum member_role *needed)
{
    bool any = false;
    *needed = MEMBER_VIEWER;
    for (size_t i = 0; i < asking->count; i++) {
        enum member_role role = business ? asking->for_business[i] : asking->for_person[i];
        any = any || role;
        if (business && role > *needed)
            *needed = role;
    }
    return any;
}

static bool is_proven(const struct request *request)
{
    return request->viewer.proven.ms > 0 &&
           request->now.ms - request->viewer.proven.ms < PROOF_LIFE;
}

/* ---- the page --------------------------------------------------------------------------------- */

static const struct problem *list_scopes(const struct asking *asking,
                                         struct authorize_scope_list *out)
{
    const struct request *request = asking->request;
    struct scope_choice_list choices;
    struct authorize_scope *items = memory_take_array(request->memory, ASKED_MAX, sizeof *items);
    const struct problem *problem = items ? scope_choices(request, &choices) : &out_of_memory;
    size_t count = 0;
    for (size_t i = 0; !problem && i < choices.count; i++) {
        struct authorize_scope one = {.label = choices.items[i].label};
        for (size_t j = 0; j < asking->count; j++) {
            one.looks = one.looks || (choices.items[i].reads.present &&
                                      text_equal(choices.items[i].reads.value, asking->scopes[j]));
            one.changes =
                one.changes || (choices.items[i].writes.present &&
                                text_equal(choices.items[i].writes.value, asking->scopes[j]));
        }
        if (one.looks || one.changes)
            items[count++] = one;
    }
    *out = (struct authorize_scope_list){items, count};
    return problem;
}

static const struct problem *list_actors(const struct asking *asking, struct authorize_view *view)
{
    const struct request *request = asking->request;
    struct app_actor_list houses;
    const struct problem *problem =
        actors_of(request->db, request->memory, request->viewer.person, &houses);
    struct authorize_actor *items =
        problem ? NULL : memory_take_array(request->memory, houses.count + 1, sizeof *items);
    if (!items)
        return problem ? problem : &out_of_memory;
    items[0] = (struct authorize_actor){.acts_for = text_of("me"), .role = MEMBER_OWNER};
    items[0].possible = is_reached(asking, false, &items[0].needed);
    for (size_t i = 0; i < houses.count; i++) {
        struct authorize_actor *one = &items[i + 1];
        *one = (struct authorize_actor){.name = houses.items[i].name, .role = houses.items[i].role};
        one->acts_for = text_format(request->memory, "%s",
                                    id_text("pty", houses.items[i].organisation.value).text);
        if (!one->acts_for.data)
            return &out_of_memory;
        one->possible = is_reached(asking, true, &one->needed) && one->role >= one->needed;
    }
    /* At first the business they act for now, or else the first that can be. */
    struct authorize_actor *first = NULL;
    for (size_t i = 0; i <= houses.count; i++) {
        bool now =
            i > 0 && houses.items[i - 1].organisation.value == request->viewer.organisation.value;
        if (items[i].possible && (!first || now))
            first = &items[i];
    }
    if (first)
        first->chosen = true;
    view->possible = first != NULL;
    view->actors = (struct authorize_actor_list){items, houses.count + 1};
    return NULL;
}

const struct problem *core_consent_page(struct request *request,
                                        const struct authorize_query *query,
                                        struct authorize_view *view)
{
    struct asking asking = {.request = request, .query = *query};
    bool left;
    const struct problem *problem = look(&asking, &left);
    if (problem || left)
        return problem;
    if (!request->viewer.signed_in)
        return &web_sign_in;
    if (!is_proven(request))
        return &web_prove;
    problem = list_scopes(&asking, &view->asks);
    if (!problem)
        problem = list_actors(&asking, view);
    view->app = asking.app.name;
    view->owner = asking.app.owner_name;
    view->website = asking.app.website;
    view->leads_to = redirect_origin(query->redirect_uri.value);
    view->response_type = said(query->response_type);
    view->client_id = said(query->client_id);
    view->redirect_uri = said(query->redirect_uri);
    view->scope = said(query->scope);
    view->state = said(query->state);
    view->code_challenge = said(query->code_challenge);
    view->code_challenge_method = said(query->code_challenge_method);
    request_lead_out(request, view->leads_to);
    return problem;
}

/* ---- the answer ------------------------------------------------------------------------------- */

/* Those that do something for whom it acts. */
static const struct problem *join(const struct asking *asking, bool business, struct text *out)
{
    struct builder b = builder_make(asking->request->memory, LEAVING_MAX);
    for (size_t i = 0; i < asking->count; i++) {
        if (business ? asking->for_business[i] : asking->for_person[i])
            builder_add_format(&b, "%s%.*s", b.size ? " " : "", TEXT_ARGS(asking->scopes[i]));
    }
    return builder_end(&b, out);
}

static const struct problem *allow(const struct asking *asking, struct text acts_for)
{
    struct request *request = asking->request;
    struct authorize_view view = {0};
    struct text code;
    struct app_grant_order order = {.app = asking->app.id,
                                    .app_name = asking->app.name,
                                    .person = request->viewer.person,
                                    .redirect = said(asking->query.redirect_uri),
                                    .challenge = said(asking->query.code_challenge),
                                    .at = request->now};
    const struct problem *problem = list_actors(asking, &view);
    const struct authorize_actor *actor = NULL;
    for (size_t i = 0; !problem && i < view.actors.count; i++) {
        if (text_equal(view.actors.items[i].acts_for, acts_for) && view.actors.items[i].possible)
            actor = &view.actors.items[i];
    }
    if (problem || !actor)
        return problem ? problem : &not_allowed;
    (void)id_parse(actor->acts_for, "pty", &order.organisation.value);
    order.organisation_name = actor->name;
    problem = join(asking, order.organisation.value != 0, &order.scopes);
    if (!problem)
        problem = app_grant_give(request->store, request->memory, &order, &code);
    return problem ? problem : leave(asking, code, "", "");
}

/* The page once more, with what it was asked with: the proof was too long ago. */
static const struct problem *ask_again(const struct asking *asking)
{
    struct builder b = builder_make(asking->request->memory, AGAIN_MAX);
    struct text whole;
    builder_add(&b, asking->request->path);
    add(&b, "response_type", said(asking->query.response_type));
    add(&b, "client_id", said(asking->query.client_id));
    add(&b, "redirect_uri", said(asking->query.redirect_uri));
    add(&b, "scope", said(asking->query.scope));
    add(&b, "state", said(asking->query.state));
    add(&b, "code_challenge", said(asking->query.code_challenge));
    add(&b, "code_challenge_method", said(asking->query.code_challenge_method));
    const struct problem *problem = builder_end(&b, &whole);
    if (!problem)
        request_leave(asking->request, whole);
    return problem;
}

const struct problem *core_consent(struct request *request, const struct authorize_form *form,
                                   struct nothing *view)
{
    struct asking asking = {.request = request,
                            .query = {form->response_type, form->client_id, form->redirect_uri,
                                      form->scope, form->state, form->code_challenge,
                                      form->code_challenge_method}};
    bool left;
    (void)view;
    const struct problem *problem = look(&asking, &left);
    if (problem || left)
        return problem;
    if (form->answer == AUTHORIZE_REFUSE)
        return refuse(&asking, "access_denied", "the person refused");
    if (!is_proven(request))
        return ask_again(&asking);
    return allow(&asking, said(form->acts_for));
}
