/*
 * Handlers of the endpoints for apps.
 *
 * They read the body themselves, since the standards have a form and errors of their own. No cookie counts
 * here: an app proves who it is by its secret, or where it has none by the code's verifier or by the refresh
 * token.
 * Must not know: SQL, how tokens are written. Read next: core/apps/grant.h.
 */
#include "core/apps/token_pages.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

#include "base/ids.h"
#include "core/apps/grant.h"
#include "core/apps/token_pages.shapes.h"
#include "core/mail/mail.h"
#include "web/decode.h"

enum { BASIC_MAX = 600, ANSWER_MAX = 8192, VALUE_MAX = 4096, SCOPES_MAX = 160 };

/* A call of an app, while it is looked at. */
struct calling {
    struct request *request;
    struct pairs form;
    struct text client, secret; /* as they came */
    struct app_row app;
    const char *error; /* a word of RFC 6749, 5.2; NULL: none */
    const char *why;
};

static const struct problem *wrong(struct calling *calling, const char *error, const char *why)
{
    calling->error = error;
    calling->why = why;
    return NULL;
}

/* ---- who calls -------------------------------------------------------------------------------- */

/* Each name once and in valid text (RFC 6749, 3.2). */
static bool is_readable(const struct pairs *form)
{
    for (size_t i = 0; i < form->count; i++) {
        struct text value = form->items[i].value;
        if (value.size > VALUE_MAX ||
            !text_valid((struct bytes){(const unsigned char *)value.data, value.size}))
            return false;
        for (size_t j = 0; j < i; j++) {
            if (text_equal(form->items[i].name, form->items[j].name))
                return false;
        }
    }
    return true;
}

/* Basic: both parts encoded as in forms (RFC 6749, 2.3.1). False: it can't be read. */
static bool read_basic(struct calling *calling, struct text header)
{
    struct memory *memory = calling->request->memory;
    char plain[BASIC_MAX];
    size_t size = 0;
    struct text coded = text_trim((struct text){header.data + 6, header.size - 6});
    if (sodium_base642bin((unsigned char *)plain, sizeof plain, coded.data, coded.size, NULL, &size,
                          NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    const char *colon = memchr(plain, ':', size);
    if (!colon)
        return false;
    size_t first = (size_t)(colon - plain);
    return decode_percent(memory, (struct text){plain, first}, true, &calling->client) &&
           decode_percent(memory, (struct text){colon + 1, size - first - 1}, true,
                          &calling->secret);
}

static const struct problem *read_client(struct calling *calling)
{
    struct text header = calling->request->authorization;
    struct text client = pairs_find(&calling->form, "client_id");
    struct text secret = pairs_find(&calling->form, "client_secret");
    if (header.size == 0) {
        calling->client = client;
        calling->secret = secret;
        return NULL;
    }
    if (header.size < 7 || strncasecmp(header.data, "Basic ", 6) != 0 ||
        !read_basic(calling, header))
        return wrong(calling, "invalid_client", "the Authorization header can't be read");
    if (secret.size || (client.size && !text_equal(client, calling->client)))
        return wrong(calling, "invalid_request", "the app says twice who it is");
    return NULL;
}

/* Reads the form and finds out whose it is; calling->error says what is wrong. */
static const struct problem *admit(struct request *request, struct calling *calling)
{
    *calling = (struct calling){.request = request};
    const struct problem *problem = decode_pairs(request->memory, request->body, &calling->form);
    if (problem)
        return problem;
    if (!is_readable(&calling->form))
        return wrong(calling, "invalid_request", "a parameter comes twice or can't be read");
    problem = read_client(calling);
    if (problem || calling->error)
        return problem;
    if (calling->client.size == 0)
        return wrong(calling, "invalid_client", "client_id is missing");
    problem = app_find(request->db, request->memory, calling->client, &calling->app);
    if (problem == &apps_unknown ||
        (!problem && !app_is_proven(request->memory, &calling->app, calling->secret)))
        return wrong(calling, "invalid_client", "there is no such app, or its secret is another");
    if (problem)
        return problem;
    /* Anybody may name a public app: so that nobody can use up what others have, by address as well. */
    struct text where = calling->app.confidential ? (struct text){"", 0} : request->address;
    struct text turn = text_format(request->memory, "app %lld %.*s",
                                   (long long)calling->app.id.value, TEXT_ARGS(where));
    return turn.data ? request_take_turn(request, turn) : &out_of_memory;
}

/* ---- answers ---------------------------------------------------------------------------------- */

static const struct problem *answer(struct request *request, int status, const struct shape *shape,
                                    const void *view)
{
    struct builder b = builder_make(request->memory, ANSWER_MAX);
    struct text json;
    shape_write_json(&b, shape, view, FOR_PUBLIC);
    const struct problem *problem = builder_end(&b, &json);
    if (!problem)
        request_send_status(request, status, json, "application/json");
    return problem;
}

static const struct problem *answer_refusal(const struct calling *calling)
{
    struct token_refusal refusal = {text_of(calling->error), text_of(calling->why)};
    int status = strcmp(calling->error, "invalid_client") == 0 ? 401 : 400;
    return answer(calling->request, status, &token_refusal_shape, &refusal);
}

static const struct problem *answer_pair(const struct calling *calling,
                                         const struct app_grant_pair *pair)
{
    struct token_view view = {.access_token = pair->access,
                              .token_type = text_of("Bearer"),
                              .expires_in = ACCESS_LIFE / SECOND,
                              .refresh_token = pair->refresh,
                              .scope = pair->scopes};
    return answer(calling->request, 200, &token_view_shape, &view);
}

/* ---- the endpoints ---------------------------------------------------------------------------- */

static const struct problem *exchange(struct calling *calling, struct app_grant_pair *pair)
{
    struct request *request = calling->request;
    struct text kind = pairs_find(&calling->form, "grant_type");
    struct text code = pairs_find(&calling->form, "code");
    struct text verifier = pairs_find(&calling->form, "code_verifier");
    struct text refresh = pairs_find(&calling->form, "refresh_token");
    if (kind.size == 0)
        return wrong(calling, "invalid_request", "grant_type is missing");
    if (text_is(kind, "authorization_code")) {
        if (code.size == 0 || verifier.size == 0)
            return wrong(calling, "invalid_request", "code and code_verifier are needed");
        return app_grant_redeem(request->store, request->memory, calling->app.id, code,
                                pairs_find(&calling->form, "redirect_uri"), verifier, request->now,
                                pair);
    }
    if (!text_is(kind, "refresh_token"))
        return wrong(calling, "unsupported_grant_type", "authorization_code or refresh_token");
    if (refresh.size == 0)
        return wrong(calling, "invalid_request", "refresh_token is missing");
    return app_grant_refresh(request->store, request->memory, calling->app.id, refresh,
                             pairs_find(&calling->form, "scope"), request->now, pair);
}

const struct problem *core_token(struct request *request, const struct nothing *form,
                                 struct nothing *view)
{
    struct calling calling;
    struct app_grant_pair pair;
    (void)form;
    (void)view;
    const struct problem *problem = admit(request, &calling);
    if (!problem && !calling.error)
        problem = exchange(&calling, &pair);
    if (problem == &apps_invalid_grant)
        problem = wrong(&calling, "invalid_grant", "it is not good, or not any more, or not yours");
    if (problem == &apps_invalid_scope)
        problem = wrong(&calling, "invalid_scope", "more than was granted");
    if (problem)
        return problem;
    return calling.error ? answer_refusal(&calling) : answer_pair(&calling, &pair);
}

const struct problem *core_token_revoke(struct request *request, const struct nothing *form,
                                        struct nothing *view)
{
    struct calling calling;
    (void)form;
    (void)view;
    const struct problem *problem = admit(request, &calling);
    struct text token = problem ? (struct text){"", 0} : pairs_find(&calling.form, "token");
    if (!problem && !calling.error && token.size == 0)
        problem = wrong(&calling, "invalid_request", "token is missing");
    if (!problem && !calling.error)
        problem =
            app_grant_revoke(request->store, request->memory, calling.app.id, token, request->now);
    if (problem == &apps_invalid_grant)
        problem = wrong(&calling, "invalid_grant", "the token is another app's");
    if (problem)
        return problem;
    if (calling.error)
        return answer_refusal(&calling);
    request_send_status(request, 200, (struct text)TEXT("{}"), "application/json");
    return NULL;
}

/* ---- what there is ---------------------------------------------------------------------------- */

static const struct problem *list_scopes(const struct request *request, struct text_list *out)
{
    struct scope_choice_list choices;
    struct text *items = memory_take_array(request->memory, SCOPES_MAX, sizeof *items);
    const struct problem *problem = items ? scope_choices(request, &choices) : &out_of_memory;
    size_t count = 0;
    for (size_t i = 0; !problem && i < choices.count && count + 2 <= SCOPES_MAX; i++) {
        if (choices.items[i].reads.present)
            items[count++] = choices.items[i].reads.value;
        if (choices.items[i].writes.present)
            items[count++] = choices.items[i].writes.value;
    }
    *out = (struct text_list){items, count};
    return problem;
}

const struct problem *core_issuer(struct request *request, const struct nothing *query,
                                  struct issuer_view *view)
{
    static const struct text code[] = {TEXT("code")};
    static const struct text modes[] = {TEXT("query")};
    static const struct text grants[] = {TEXT("authorization_code"), TEXT("refresh_token")};
    static const struct text ways[] = {TEXT("client_secret_basic"), TEXT("client_secret_post"),
                                       TEXT("none")};
    static const struct text challenges[] = {TEXT("S256")};
    static const struct text languages[] = {TEXT("en"), TEXT("fr"), TEXT("ru"), TEXT("zh-Hant")};
    struct text site;
    (void)query;
    const struct problem *problem = mail_site(request->memory, &site);
    if (!problem)
        problem = list_scopes(request, &view->scopes_supported);
    if (problem)
        return problem;
    struct memory *memory = request->memory;
    view->issuer = site;
    view->authorization_endpoint = text_format(memory, "%.*s/oauth/authorize", TEXT_ARGS(site));
    view->token_endpoint = text_format(memory, "%.*s/oauth/token", TEXT_ARGS(site));
    view->revocation_endpoint = text_format(memory, "%.*s/oauth/revoke", TEXT_ARGS(site));
    view->service_documentation = text_format(memory, "%.*s/developers", TEXT_ARGS(site));
    view->response_types_supported = (struct text_list){ALL(code)};
    view->response_modes_supported = (struct text_list){ALL(modes)};
    view->grant_types_supported = (struct text_list){ALL(grants)};
    view->token_endpoint_auth_methods_supported = (struct text_list){ALL(ways)};
    view->revocation_endpoint_auth_methods_supported = (struct text_list){ALL(ways)};
    view->code_challenge_methods_supported = (struct text_list){ALL(challenges)};
    view->authorization_response_iss_parameter_supported = true;
    view->ui_locales_supported = (struct text_list){ALL(languages)};
    return view->authorization_endpoint.data && view->token_endpoint.data &&
                   view->revocation_endpoint.data && view->service_documentation.data
               ? NULL
               : &out_of_memory;
}
