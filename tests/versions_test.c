/*
 * Two who edit one thing: every route that takes a version refuses the second of them, tells them so, and
 * keeps what they typed beside what is there now.
 *
 * The table below says what is written; the routes are those of the route tables, and one that takes a
 * version and is not in it fails. Read next: web/version.h, tests/roles_world.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-variable"
#include "roles_world.h"
#pragma GCC diagnostic pop

/* What two people write into one form. */
struct edit {
    const char *path;   /* of the route */
    enum who_comes who; /* may do it */
    const char *id;     /* prefix of what the path names; NULL: nothing */
    bool first;         /* the first of these things, and not the last */
    const char *asked;  /* behind the address of its page */
    const char *form;   /* with %s where they disagree */
    const char *one;   /* what the first writes there; it stands on the page that the second gets */
    const char *other; /* what the second writes there; so does it */
};
#define APP_FORM                                                                                   \
    "name=%s&website=https%%3A%%2F%%2Fapp.example%%2F&redirects=https%%3A%%2F%%2Fapp.example%%2F"  \
    "back&scopes=stock.read"
static const struct edit edits[] = {
    {"/me/profile", PERSON, NULL, false, "", "name=%s&language=en", "Anemone", "Bergamot"},
    {"/biz/profile", HEAD, NULL, false, "", "name=%s", "Anemone", "Bergamot"},
    {"/biz/apps/{app}", HEAD, "app", false, "", APP_FORM, "Anemone", "Bergamot"},
    {"/biz/webhooks/{webhook}", HEAD, "whk", false, "",
     "address=https%%3A%%2F%%2Fhook.example%%2F&events=payment.received&about=%s", "Anemone",
     "Bergamot"},
    {"/biz/segments/{segment}", HEAD, "seg", false, "", "name=%s&reason=anybody", "Anemone",
     "Bergamot"},
    {"/biz/feedback/tab", HEAD, NULL, false, "", "taking=on&side=left&tone=ink&label=%s", "Anemone",
     "Bergamot"},
    {"/biz/promises", HEAD, NULL, false, "?kind=tickets", "kind=tickets&days=%s&told_days=0", "371",
     "482"},
    {"/desk/team/{person}", STAFF, "", false, "", "%s=on", "support", "moderation"},
    {"/me/offers/{photo}/describe", PERSON, "pho", true, "",
     "title=%s&tags=sea&category=nature&standard=12.00", "Anemone", "Bergamot"},
    {"/biz/kit/{item}", HEAD, "kit", false, "", "language=en&title=%s&body=By+%%7Blink%%7D",
     "Anemone", "Bergamot"},
};
enum { EDITS = sizeof edits / sizeof edits[0] };

static int failures;

static void tell(bool fine, const char *path, const char *what)
{
    printf("%s %s: %s\n", fine ? "ok" : "not ok", path, what);
    failures += fine ? 0 : 1;
}

static bool holds(struct text body, const char *words)
{
    return body.data && memmem(body.data, body.size, words, strlen(words)) != NULL;
}

static const struct route *route_of(enum method method, const char *path)
{
    for (const struct module *const *part = module_all(); *part; part++)
        for (size_t i = 0; i < (*part)->route_count; i++)
            for (size_t j = 0; j < (*part)->routes[i]->count; j++) {
                const struct route *route = &(*part)->routes[i]->routes[j];
                if (route->method == method && strcmp(route->path, path) == 0)
                    return route;
            }
    return NULL;
}

/* A route's address of the thing that an edit is about. */
static struct text address(const struct edit *edit, const char *pattern, const char *asked)
{
    const char *open = strchr(pattern, '{');
    const char *close = open ? strchr(open, '}') : pattern;
    char id[ID_TEXT_MAX] = "";
    if (edit->id && !edit->id[0])
        id_write(id, "pty", roles[CASHIER].person.value);
    for (size_t i = 0; edit->id && edit->id[0] && i < thing_count; i++)
        if (is_of(&things[i], edit->id) && shares(&things[i], &roles[edit->who]) &&
            (!edit->first || !id[0]))
            memcpy(id, things[i].id, sizeof id);
    if (!open)
        return text_format(bed.memory, "%s%s", pattern, asked);
    return text_format(bed.memory, "%.*s%s%s%s", (int)(open - pattern), pattern, id, close + 1,
                       asked);
}

static struct exchange call(const struct edit *edit, const char *method, struct text target,
                            bool json, struct text body)
{
    struct exchange exchange = {0};
    bed_must(server_call(bed.world.server, bed.memory, method, target, roles[edit->who].session,
                         json, body, &exchange),
             edit->path);
    return exchange;
}

/* The version of what a page shows; of a list, that of the line which names `whose`. */
static struct text version_on(const struct edit *edit, struct text page)
{
    static const char mark[] = "\"version\":\"";
    struct exchange read = call(edit, "GET", page, true, text_of(""));
    char whose[ID_TEXT_MAX];
    const char *from = read.body.data;
    id_write(whose, "pty", roles[CASHIER].person.value);
    if (edit->id && !edit->id[0])
        from = from ? strstr(from, whose) : NULL;
    const char *at = from ? strstr(from, mark) : NULL;
    const char *end = at ? strchr(at + sizeof mark - 1, '"') : NULL;
    if (!end)
        return text_of("");
    return text_copy(bed.memory,
                     (struct text){at + sizeof mark - 1, (size_t)(end - at) - (sizeof mark - 1)});
}

static struct text form_of(const struct edit *edit, const char *words, struct text version)
{
    char filled[1000];
    (void)snprintf(filled, sizeof filled, edit->form, words); /* NOLINT: the table's own */
    return text_format(bed.memory, "%s&version=%.*s", filled, TEXT_ARGS(version));
}

static void try_edit(const struct edit *edit, const struct route *route)
{
    struct text page = address(edit, route->again, edit->asked);
    struct text target = address(edit, route->path, edit->asked);
    struct text version = version_on(edit, page);
    tell(version.size == 16, edit->path, "its page has a version");
    struct exchange first = call(edit, "POST", target, false, form_of(edit, edit->one, version));
    tell(first.status == 303, edit->path, "the first is kept");
    struct exchange again = call(edit, "POST", target, false, form_of(edit, edit->one, version));
    tell(again.status == 303, edit->path, "pressed twice, the first is kept");
    struct exchange second = call(edit, "POST", target, true, form_of(edit, edit->other, version));
    tell(second.status == 412 && holds(second.body, "web.changed"), edit->path,
         "a program that comes second is told");
    second = call(edit, "POST", target, false, form_of(edit, edit->other, version));
    tell(second.status == 422 && holds(second.body, "id=\"version\""), edit->path,
         "a person who comes second is told");
    tell(holds(second.body, edit->one) && holds(second.body, edit->other), edit->path,
         "and has both before them");
    struct text now = version_on(edit, page);
    tell(now.size == 16 && !text_equal(now, version), edit->path, "the version is another now");
    tell(holds(second.body, text_format(bed.memory, "value=\"%.*s\"", TEXT_ARGS(now)).data),
         edit->path, "which the page that came back has");
    second = call(edit, "POST", target, false, form_of(edit, edit->other, now));
    tell(second.status == 303, edit->path, "so the second is kept when sent again");
}

/* Whether the table tries a route, or one with the same form. */
static bool is_tried(const struct route *route)
{
    for (size_t i = 0; i < EDITS; i++) {
        const struct route *tried = route_of(POST, edits[i].path);
        if (tried && tried->handler->takes == route->handler->takes)
            return true;
    }
    return false;
}

static void each_is_tried(void)
{
    for (const struct module *const *part = module_all(); *part; part++)
        for (size_t i = 0; i < (*part)->route_count; i++)
            for (size_t j = 0; j < (*part)->routes[i]->count; j++) {
                const struct route *route = &(*part)->routes[i]->routes[j];
                if (route->method != GET && shape_find(route->handler->takes, text_of("version")))
                    tell(is_tried(route), route->path, "takes a version and is in the table");
            }
}

int main(void)
{
    char folder[] = "/tmp/contraflow-versions-XXXXXX";
    char command[100];
    if (!mkdtemp(folder))
        return 1;
    log_set_level(LOG_ERROR);
    world_begins(folder);
    each_is_tried();
    for (size_t i = 0; i < EDITS; i++) {
        const struct route *route = route_of(POST, edits[i].path);
        tell(route && route->again, edits[i].path, "is a route with a page to come back to");
        if (route && route->again)
            try_edit(&edits[i], route);
    }
    sqlite3_close(aside);
    bed_close(&bed);
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 && failures == 0 ? 0 : 1;
}
