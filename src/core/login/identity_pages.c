/*
 * Handlers of the pages about accounts elsewhere.
 *
 * Must not know: SQL, HTML, what a provider's answer looks like. Read next: core/login/identity.c.
 */
#include "core/login/identity_pages.h"

#include "base/ids.h"
#include "core/mail/mail.h"
#include "core/login/browser.h"

static struct text or_empty(struct maybe_text typed)
{
    return typed.present ? typed.value : (struct text){"", 0};
}

static const struct problem *asker_of(struct request *request, int64_t provider,
                                      struct oidc_asker *out)
{
    *out = (struct oidc_asker){
        .provider = provider, .browser = request_browser(request), .at = request->now};
    return mail_site(request->memory, &out->site);
}

static struct identity_claim claim_of(const struct request *request, struct text secret)
{
    return (struct identity_claim){
        .secret = secret, .browser = request_form_browser(request), .at = request->now};
}

/* ---- out ---- */

static const struct problem *leave(struct request *request, const struct provider_form *form,
                                   enum oidc_purpose purpose, struct leave_view *view)
{
    struct oidc_asker asker;
    struct oidc_aim aim = {.purpose = purpose, .person = request->viewer.person};
    const struct came_query came = {form->next, form->resume};
    core_came_from(&came, &aim.next, &aim.resume);
    const struct problem *problem = asker_of(request, form->provider, &asker);
    if (!problem)
        problem = oidc_begin(request->store, request->memory, &asker, &aim, &view->url);
    if (problem)
        return problem;
    view->name = oidc_provider_of(form->provider)->name;
    request_lead_on(request, view->url);
    return NULL;
}

const struct problem *core_provider_sign_in(struct request *request,
                                            const struct provider_form *form,
                                            struct leave_view *view)
{
    return leave(request, form, OIDC_SIGN_IN, view);
}

const struct problem *core_provider_connect(struct request *request,
                                            const struct provider_form *form,
                                            struct leave_view *view)
{
    return leave(request, form, OIDC_CONNECT, view);
}

const struct problem *core_provider_prove(struct request *request, const struct provider_form *form,
                                          struct leave_view *view)
{
    return leave(request, form, OIDC_PROVE, view);
}

/* ---- back ---- */

/* Signs in whose it is. Who comes with one that is nobody's decides what becomes of it. */
static const struct problem *enter(struct request *request, const struct oidc_aim *aim,
                                   struct oidc_person *found)
{
    struct session_origin from;
    struct signing_in in;
    struct session_view unused;
    struct text secret;
    struct maybe_text next = {aim->next.size > 0, aim->next};
    struct maybe_text resume = {aim->resume.size > 0, aim->resume};
    const struct problem *problem = session_origin_of(request, &from);
    if (!problem)
        problem =
            identity_sign_in(request->store, request->memory, found, &from, request->now, &in);
    if (!problem)
        return core_welcome(request, &in, next, resume, &unused);
    if (problem != &not_found)
        return problem;
    problem = oidc_ask_more(request->memory, found);
    if (!problem)
        problem = identity_offer(request->store, request->memory, found, aim,
                                 request_form_browser(request), request->now, &secret);
    if (!problem)
        request_go(request, "/sign-up/with/%.*s", TEXT_ARGS(secret));
    return problem;
}

static const struct problem *connect_now(struct request *request, struct oidc_person *found)
{
    const struct problem *problem = oidc_ask_more(request->memory, found);
    if (!problem)
        problem = identity_connect(request->store, request->memory, found, request->viewer.person,
                                   request->now);
    if (!problem)
        request_go_saying(request, "core.identity_added", "/me/security");
    return problem;
}

static const struct problem *prove(struct request *request, const struct oidc_aim *aim,
                                   const struct oidc_person *found)
{
    struct maybe_text next = {aim->next.size > 0, aim->next};
    struct maybe_text resume = {aim->resume.size > 0, aim->resume};
    const struct problem *problem =
        identity_prove(request->store, request->memory, found, request->viewer.person,
                       request_session(request), request->now);
    return problem ? problem : core_go_on(request, next, resume, "/me/security");
}

const struct problem *core_provider_back(struct request *request,
                                         const struct provider_answer *query, struct nothing *view)
{
    struct oidc_asker asker;
    struct oidc_aim aim;
    struct oidc_person found;
    struct oidc_answer answer = {.state = or_empty(query->state),
                                 .code = or_empty(query->code),
                                 .error = or_empty(query->error),
                                 .issuer = or_empty(query->iss)};
    (void)view;
    const struct problem *problem = asker_of(request, query->provider, &asker);
    if (!problem)
        problem = oidc_finish(request->store, request->memory, &asker, &answer, &aim, &found);
    if (problem)
        return problem;
    if (aim.purpose == OIDC_SIGN_IN)
        return enter(request, &aim, &found);
    /* They began it signed in; meanwhile they may be out, or another. */
    if (!request->viewer.signed_in || request->viewer.person.value != aim.person.value)
        return &oidc_over;
    return aim.purpose == OIDC_CONNECT ? connect_now(request, &found)
                                       : prove(request, &aim, &found);
}

/* ---- one that is nobody's ---- */

static const struct problem *show(struct request *request, struct text secret,
                                  struct offer_view *view)
{
    struct identity_offer offer;
    struct identity_claim claim = claim_of(request, secret);
    struct builder b = builder_make(request->memory, 1000);
    const struct problem *problem = identity_offered(request->db, request->memory, &claim, &offer);
    if (problem)
        return problem;
    *view = (struct offer_view){.provider = offer.provider->name,
                                .name = offer.name,
                                .mail = offer.mail,
                                .is_verified = offer.verified,
                                .is_taken = offer.taken,
                                .secret = secret};
    builder_add_c(&b, "/sign-in?next=");
    builder_add_url(&b,
                    text_format(request->memory, "/me/security/connect/%.*s", TEXT_ARGS(secret)));
    return builder_end(&b, &view->others);
}

const struct problem *core_offer_page(struct request *request, const struct offer_query *query,
                                      struct offer_view *view)
{
    if (request->viewer.signed_in && !request->json) {
        request_go(request, "/me/security/connect/%.*s", TEXT_ARGS(query->secret));
        return NULL;
    }
    return show(request, query->secret, view);
}

const struct problem *core_offer_sign_up(struct request *request,
                                         const struct offer_sign_up_form *form,
                                         struct session_view *view)
{
    struct identity_offer offer;
    struct identity_claim claim = claim_of(request, form->secret);
    const struct problem *problem = identity_offered(request->db, request->memory, &claim, &offer);
    if (problem)
        return problem;
    struct newcomer newcomer = {.name = form->name,
                                .mail = form->mail,
                                .organisation = form->organisation,
                                .claim = &claim,
                                .next = {offer.next.size > 0, offer.next},
                                .resume = {offer.resume.size > 0, offer.resume},
                                .person = {id_new()}};
    return core_arrive(request, &newcomer, NULL, (struct text){"", 0}, view);
}

const struct problem *core_offer_connect_page(struct request *request,
                                              const struct offer_query *query,
                                              struct offer_view *view)
{
    return show(request, query->secret, view);
}

const struct problem *core_offer_connect(struct request *request, const struct offer_query *form,
                                         struct nothing *view)
{
    struct identity_claim claim = claim_of(request, form->secret);
    (void)view;
    const struct problem *problem =
        identity_accept(request->store, request->memory, &claim, request->viewer.person);
    if (!problem)
        request_go_saying(request, "core.identity_added", "/me/security");
    return problem;
}

const struct problem *core_identity_remove(struct request *request,
                                           const struct identity_form *form, struct nothing *view)
{
    (void)view;
    const struct problem *problem = identity_remove(
        request->store, request->memory, request->viewer.person, form->identity, request->now);
    if (!problem)
        request_go_saying(request, "core.identity_removed", "/me/security");
    return problem;
}
