/*
 * A view as a page: what every page knows, the template, and the problem page.
 *
 * Must not know: sockets, how routes are found. Read next: web/template.h.
 */
#include <string.h>

#include "base/log.h"
#include "web/access.h"
#include "web/problem_page.h"
#include "web/problem_page.shapes.h"
#include "web/router.h"
#include "web/words.h"
#include "web/words_parts.h"

#define PAGE_USUAL   (32 * 1024)       /* bytes that most pages stay below */
#define PAGE_MAX     (8 * 1024 * 1024) /* bytes of one page; above, something is not paged */
#define PORTAL_COUNT 4

static bool below(struct text path, const char *prefix)
{
    size_t size = strlen(prefix);
    return text_starts(path, prefix) && (path.size == size || path.data[size] == '/');
}

static enum portal portal_of(struct text path)
{
    if (below(path, "/me"))
        return PORTAL_ME;
    if (below(path, "/biz"))
        return PORTAL_BIZ;
    return below(path, "/desk") ? PORTAL_DESK : PORTAL_PUBLIC;
}

static struct text say(const struct passage *passage, const char *key)
{
    if (!words_have(key))
        return text_of(key);
    return words_text(passage->request.memory, passage->request.language, key, NULL, 0);
}

static const struct {
    enum portal portal;
    const char *label, *href, *icon;
    enum who who;
} portals[PORTAL_COUNT] = {
    {PORTAL_PUBLIC, "portal.public", "/", "world", ANYONE},
    {PORTAL_ME, "portal.me", "/me", "user", SIGNED_IN},
    {PORTAL_BIZ, "portal.biz", "/biz", "building-store", VIEWER},
    {PORTAL_DESK, "portal.desk", "/desk", "scale", OPERATOR},
};

/* How long the part of a link is that leads to a page: its path and what lies below it. A portal's
 * front is current only itself, or every page would be a part of it. 0: elsewhere. */
static size_t leads_here(struct text path, struct text href)
{
    struct text own = {href.data, 0};
    while (own.size < href.size && href.data[own.size] != '?' && href.data[own.size] != '#')
        own.size++;
    if (text_equal(path, own))
        return own.size;
    for (size_t i = 0; i < PORTAL_COUNT; i++)
        if (text_is(own, portals[i].href))
            return 0;
    bool lies_below = path.size > own.size && memcmp(path.data, own.data, own.size) == 0 &&
                      path.data[own.size] == '/';
    return lies_below ? own.size : 0;
}

/* The same for what an entry leads to and what else belongs to it. */
static size_t belongs_here(struct text path, const struct nav_entry *entry)
{
    size_t longest = leads_here(path, text_of(entry->href));
    struct text rest = text_of(entry->also ? entry->also : "");
    struct text other;
    while (text_split(&rest, ' ', &other)) {
        size_t size = leads_here(path, other);
        longest = size > longest ? size : longest;
    }
    return longest;
}

static bool is_for(const struct nav_entry *entry, const struct viewer *viewer)
{
    return !entry->who || access_allows(entry->who, viewer);
}

const char *page_other_front(const struct passage *passage)
{
    const struct request *request = &passage->request;
    for (size_t i = 0; i < PORTAL_COUNT; i++) {
        const struct nav *nav = &passage->server->nav[portals[i].portal];
        if (!text_is(request->path, portals[i].href) ||
            !access_allows(portals[i].who, &request->viewer))
            continue;
        for (size_t j = 0; j < nav->count; j++)
            if (is_for(nav->entries[j], &request->viewer))
                return nav->entries[j]->href;
    }
    return NULL;
}

/* Links and buttons of the portal; the current one is the longest that leads here. */
static const struct problem *fill_nav(struct passage *passage, struct page_root *out)
{
    struct request *request = &passage->request;
    const struct nav *nav = &passage->server->nav[out->portal];
    struct page_link *links = memory_take_array(request->memory, nav->count, sizeof *links);
    struct page_link *actions = memory_take_array(request->memory, nav->count, sizeof *actions);
    if (!links || !actions)
        return &out_of_memory;
    size_t link_count = 0;
    size_t action_count = 0;
    size_t longest = 0;
    struct page_link *current = NULL;
    for (size_t i = 0; i < nav->count; i++) {
        const struct nav_entry *entry = nav->entries[i];
        if (!is_for(entry, &request->viewer))
            continue;
        struct page_link *link = entry->action ? &actions[action_count++] : &links[link_count++];
        *link = (struct page_link){.label = say(passage, entry->label),
                                   .href = text_of(entry->href),
                                   .icon = text_of(entry->icon ? entry->icon : "")};
        size_t size = belongs_here(request->path, entry);
        if (size > longest) {
            longest = size;
            current = link;
        }
        if (!entry->count || !request->db)
            continue;
        const struct problem *problem = entry->count(request, &link->count.value);
        if (problem)
            return problem;
        link->count.present = link->count.value > 0;
    }
    if (current)
        current->current = true;
    out->nav = (struct page_link_list){links, link_count};
    out->actions = (struct page_link_list){actions, action_count};
    return NULL;
}

static const struct problem *fill_portals(struct passage *passage, struct page_root *out)
{
    struct page_link *items =
        memory_take_array(passage->request.memory, PORTAL_COUNT, sizeof *items);
    if (!items)
        return &out_of_memory;
    size_t count = 0;
    for (size_t i = 0; i < PORTAL_COUNT; i++)
        if (access_allows(portals[i].who, &passage->request.viewer))
            items[count++] = (struct page_link){.label = say(passage, portals[i].label),
                                                .href = text_of(portals[i].href),
                                                .icon = text_of(portals[i].icon),
                                                .current = portals[i].portal == out->portal};
    out->portals = (struct page_link_list){items, count};
    return NULL;
}

static const struct problem *fill_languages(struct passage *passage, struct page_root *out)
{
    struct memory *memory = passage->request.memory;
    struct page_link *items = memory_take_array(memory, LANGUAGE_ZH, sizeof *items);
    if (!items)
        return &out_of_memory;
    for (enum language l = LANGUAGE_EN; l <= LANGUAGE_ZH; l++) {
        struct builder b = builder_make(memory, 8192);
        builder_add_c(&b, "/language/");
        builder_add_c(&b, language_tag(l));
        builder_add_c(&b, "?next=");
        builder_add_url(&b, out->here);
        struct page_link *link = &items[l - LANGUAGE_EN];
        if (builder_end(&b, &link->href))
            link->href = (struct text)TEXT("/");
        /* Each language by its own name, so that its readers find it. */
        link->label = words_have("language.name") ? words_text(memory, l, "language.name", NULL, 0)
                                                  : text_of(language_tag(l));
        link->icon = text_of(language_tag(l));
        link->current = l == passage->request.language;
    }
    out->languages = (struct page_link_list){items, LANGUAGE_ZH};
    return NULL;
}

/* The sentence of `?done=X`, when X is one of our keys. */
static void fill_notice(struct passage *passage, struct page_root *out)
{
    struct text done = pairs_find(&passage->query, "done");
    if (done.size == 0 || done.size > 80)
        return;
    for (size_t i = 0; i < done.size; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_.", done.data[i]))
            return;
    struct text key = text_format(passage->request.memory, "notice.%.*s", TEXT_ARGS(done));
    if (!key.data || !words_have(key.data))
        return;
    out->notice = (struct maybe_text){true, say(passage, key.data)};
}

/* What a person comes back to: without the notice, which is shown once. */
static struct text here_of(struct passage *passage)
{
    struct incoming *incoming = passage->incoming;
    struct text target = incoming->verb == GET ? incoming->target : incoming->raw_path;
    struct builder b = builder_make(incoming->memory, target.size + 16);
    builder_add(&b, incoming->raw_path);
    struct text rest = incoming->raw_query;
    struct text part;
    char separator = '?';
    while (incoming->verb == GET && rest.size && text_split(&rest, '&', &part)) {
        if (text_starts(part, "done=") || text_starts(part, "resume=") || part.size == 0)
            continue;
        builder_add_char(&b, separator);
        builder_add(&b, part);
        separator = '&';
    }
    struct text here;
    return !builder_end(&b, &here) && decode_is_local(here) ? here : (struct text)TEXT("/");
}

static void fill_token(struct passage *passage, const struct endpoint *endpoint,
                       struct page_root *out)
{
    struct text secret = passage->session;
    if (!passage->request.viewer.signed_in) {
        secret = passage->form_secret;
        if (secret.size == 0 && endpoint && endpoint->sets_form_cookie) {
            char fresh[33];
            forgery_random(fresh, 16);
            secret = passage->form_secret = text_copy(passage->request.memory, text_of(fresh));
            answer_cookie(passage->answer, FORM_COOKIE, secret, 0, passage->server->https);
        }
    }
    out->token = (struct text){"", 0};
    if (secret.size == 0)
        return;
    char token[FORGERY_TOKEN];
    forgery_token(&passage->server->forgery, secret, token);
    out->token = text_copy(passage->request.memory, text_of(token));
}

const struct problem *page_fill(struct passage *passage, const struct endpoint *endpoint,
                                size_t errors, struct page_root *out)
{
    struct server *server = passage->server;
    struct request *request = &passage->request;
    struct viewer *viewer = &request->viewer;
    char once[33];
    forgery_random(once, 16);
    *out = (struct page_root){
        .language = text_of(language_tag(request->language)),
        .site = server->site,
        .path = passage->incoming->raw_path,
        .here = here_of(passage),
        .portal = portal_of(request->path),
        .signed_in = viewer->signed_in,
        .name = viewer->name,
        .initials = viewer->initials,
        .organisation = viewer->organisation_name,
        .buyer = access_allows(BUYER, viewer),
        .is_operator = access_allows(OPERATOR, viewer),
        .sees_to_money = access_allows(FINANCE, viewer),
        .once = text_copy(request->memory, text_of(once)),
        .demo = server->demo,
        .errors = (int64_t)errors,
        .assets = text_of(server->assets.prefix),
    };
    if (!decode_is_local(out->path))
        out->path = (struct text)TEXT("/");
    fill_token(passage, endpoint, out);
    fill_notice(passage, out);
    const struct problem *problem = fill_nav(passage, out);
    if (!problem)
        problem = fill_portals(passage, out);
    return problem ? problem : fill_languages(passage, out);
}

const struct problem *page_answer(struct passage *passage, const struct endpoint *endpoint,
                                  int status, const void *view, const struct form_state *form)
{
    static const struct form_state none;
    struct page_root root;
    const struct problem *problem =
        page_fill(passage, endpoint, form ? form->errors.count : 0, &root);
    if (problem)
        return problem;
    struct builder b = builder_make(passage->request.memory, PAGE_MAX);
    builder_expect(&b, PAGE_USUAL);
    template_write(endpoint->page, &b, passage->request.language, view, &root, form ? form : &none);
    struct text html;
    problem = builder_end(&b, &html);
    if (!problem)
        answer_bytes(passage->answer, status, "text/html; charset=utf-8", html);
    return problem;
}

const struct problem *page_problem(struct passage *passage, const struct problem *problem,
                                   const struct field_errors *errors)
{
    struct problem_document document;
    struct page_root root;
    struct answer *answer = passage->answer;
    const struct endpoint *endpoint = passage->incoming->match.endpoint;
    const struct problem *failed = problem_describe(
        &passage->request, problem, errors, endpoint ? endpoint->route->handler->takes : NULL,
        text_of(passage->incoming->id), &document);
    if (failed)
        return failed;
    struct builder b = builder_make(passage->request.memory, PAGE_MAX);
    if (passage->request.json) {
        shape_write_json(&b, &problem_document_shape, &document, FOR_PUBLIC);
    } else {
        failed = page_fill(passage, NULL, 0, &root);
        if (failed && passage->request.viewer.signed_in) {
            /* What waits for whom can't be counted without a database. */
            passage->request.viewer = (struct viewer){.signed_in = false};
            failed = page_fill(passage, NULL, 0, &root);
        }
        if (failed)
            return failed;
        template_write(passage->server->problem_page, &b, passage->request.language, &document,
                       &root, &(struct form_state){NULL, 0, {NULL, 0}, NULL});
    }
    struct text body;
    failed = builder_end(&b, &body);
    if (!failed)
        answer_bytes(
            answer, problem->status,
            passage->request.json ? "application/problem+json" : "text/html; charset=utf-8", body);
    return failed;
}
