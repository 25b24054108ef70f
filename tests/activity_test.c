/*
 * What members of a business do that is privileged: each such change stands on /biz/activity with who, what
 * was before and after; what was refused stands nowhere, and another business sees nothing of it.
 *
 * Read next: core/act.h, tests/roles_world.h.
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

static int failures;

static void tell(bool fine, const char *what, const char *more)
{
    printf("%s %s%s\n", fine ? "ok" : "not ok", what, more);
    failures += fine ? 0 : 1;
}

static struct exchange call(enum who_comes who, const char *method, const char *target,
                            const char *form)
{
    struct exchange exchange = {0};
    bed_must(server_call(bed.world.server, bed.memory, method, text_of(target), roles[who].session,
                         true, text_of(form), &exchange),
             target);
    return exchange;
}

/* Whether one of the acts somebody is shown has all these words in it. */
static bool stands(enum who_comes who, const char *target, const char *const *words)
{
    static const char begin[] = "{\"act\":";
    struct exchange read = call(who, "GET", target, "");
    const char *at = read.body.data ? strstr(read.body.data, begin) : NULL;
    while (at) {
        size_t size = strcspn(at, "}");
        bool all = true;
        for (size_t i = 0; words[i]; i++)
            all = all && memmem(at, size, words[i], strlen(words[i])) != NULL;
        if (all)
            return true;
        at = strstr(at + 1, begin);
    }
    return false;
}

#define STANDS(who, target, ...) stands(who, target, (const char *const[]){__VA_ARGS__, NULL})

/* The last thing of a kind that the business shares. */
static const char *thing_id(const char *prefix)
{
    const char *id = "";
    for (size_t i = 0; i < thing_count; i++)
        if (is_of(&things[i], prefix) && shares(&things[i], &roles[HEAD]))
            id = things[i].id;
    return id;
}

/* What an owner does, and what the record says of it. */
struct deed {
    const char *path;   /* with %s for what it is done to */
    const char *prefix; /* of that; NULL: nothing */
    const char *form;
    const char *name, *was, *became; /* of the act */
};
static const struct deed deeds[] = {
    {"/biz/profile", NULL, "name=Anemone&place=Oslo", "core.profile.changed", "",
     "\"became\":\"name: Anemone\\nplace: Oslo"},
    {"/biz/profile", NULL, "name=Bergamot&place=Oslo", "core.profile.changed",
     "\"was\":\"name: Anemone\"", "\"became\":\"name: Bergamot\""},
    {"/biz/members", NULL, "mail=new%40example.org&role=viewer", "core.member.invited",
     "\"note\":\"new@example.org\"", "\"became\":\"viewer\""},
    {"/biz/keys/origins", NULL, "origin=https%3A%2F%2Fshop.example", "core.origin.added", "",
     "\"became\":\"https://shop.example\""},
    {"/biz/keys/origins/end", NULL, "origin=https%3A%2F%2Fshop.example", "core.origin.removed",
     "\"was\":\"https://shop.example\"", ""},
    {"/biz/keys/%s/end", "key", "", "core.key.revoked", "\"note\":", "\"was\":"},
    {"/biz/apps/%s", "app",
     "name=Anemone&website=https%3A%2F%2Fapp.example%2F&redirects=https%3A%2F%2Fapp.example%2Fb&"
     "scopes=stock.read",
     "core.app.changed", "name: Planner", "name: Anemone"},
    {"/biz/apps/%s/remove", "app", "", "core.app.removed", "name: Anemone", "\"became\":\"\""},
    {"/biz/webhooks/%s/pause", "whk", "", "core.hook.paused", "\"was\":\"active\"",
     "\"became\":\"paused\""},
    {"/biz/webhooks/%s/remove", "whk", "", "core.hook.removed", "\"was\":\"paused\"",
     "\"became\":\"removed\""},
    {"/biz/promises", NULL, "kind=tickets&days=371&told_days=0", "core.promise.ruled", "tickets",
     "days: 371"},
    {"/biz/feedback/tab", NULL, "taking=on&side=left&tone=ink&label=Anemone", "core.feedback.tab",
     "side: right", "side: left"},
};
enum { DEEDS = sizeof deeds / sizeof deeds[0] };

static void try_deeds(void)
{
    for (size_t i = 0; i < DEEDS; i++) {
        const struct deed *deed = &deeds[i];
        char path[200];
        (void)snprintf(path, sizeof path, deed->path, deed->prefix ? thing_id(deed->prefix) : "");
        struct exchange done = call(HEAD, "POST", path, deed->form);
        if (done.status != 200)
            printf("# %s: %d %.*s\n", path, done.status, TEXT_ARGS(done.body));
        tell(STANDS(HEAD, "/biz/activity", deed->name, deed->was, deed->became,
                    id_text("pty", roles[HEAD].person.value).text),
             "with before and after there stands ", deed->name);
        tell(!STANDS(OTHER_HEAD, "/biz/activity", deed->name), "another business knows nothing of ",
             deed->name);
    }
}

static void refused_is_not_noted(void)
{
    (void)call(SPENDER, "POST", "/biz/profile", "name=Celandine");
    (void)call(OTHER_HEAD, "POST", "/biz/profile", "name=Dandelion");
    (void)call(HEAD, "POST", "/biz/profile", "name=Erica&version=0123456789abcdef");
    tell(!STANDS(HEAD, "/biz/activity", "Celandine") &&
             !STANDS(HEAD, "/biz/activity", "Dandelion") && !STANDS(HEAD, "/biz/activity", "Erica"),
         "what was refused or is another's stands nowhere", "");
}

static void members_and_files(void)
{
    char path[200];
    const char *spender = id_text("pty", roles[SPENDER].person.value).text;
    (void)snprintf(path, sizeof path, "/biz/members/%s/role", spender);
    (void)call(HEAD, "POST", path, "role=viewer");
    tell(STANDS(HEAD, "/biz/activity?topic=members", "core.member.role", "\"was\":\"buyer\"",
                "\"became\":\"viewer\""),
         "a role with the one before", "");
    tell(!STANDS(HEAD, "/biz/activity?topic=members", "core.hook."), "one topic at a time", "");
    (void)call(READER, "GET", "/biz/exports/members", "");
    (void)snprintf(path, sizeof path, "/biz/activity?person=%s&topic=exports",
                   id_text("pty", roles[READER].person.value).text);
    tell(STANDS(HEAD, path, "core.export.taken", "\"note\":\"members\""), "a file that was taken",
         "");
    tell(!STANDS(HEAD, path, id_text("pty", roles[HEAD].person.value).text), "one person at a time",
         "");
    tell(!STANDS(STAFF, "/desk/acts", "core.member.role"), "it is no act of an operator", "");
}

static void long_ones_go_on(void)
{
    for (int i = 0; i < 60; i++)
        (void)call(READER, "GET", "/biz/exports/deals", "");
    struct exchange first = call(HEAD, "GET", "/biz/activity?topic=exports", "");
    const char *later =
        first.body.data ? strstr(first.body.data, "\"later\":\"?person=&topic=exports") : NULL;
    tell(later != NULL, "a long record goes on", "");
    if (!later)
        return;
    later += strlen("\"later\":\"");
    struct text next =
        text_format(bed.memory, "/biz/activity%.*s", (int)(strchr(later, '"') - later), later);
    tell(STANDS(HEAD, next.data, "\"note\":\"members\""), "to its first act", "");
}

int main(void)
{
    char folder[] = "/tmp/contraflow-activity-XXXXXX";
    char command[100];
    if (!mkdtemp(folder))
        return 1;
    log_set_level(LOG_ERROR);
    world_begins(folder);
    try_deeds();
    refused_is_not_noted();
    members_and_files();
    long_ones_go_on();
    sqlite3_close(aside);
    bed_close(&bed);
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 && failures == 0 ? 0 : 1;
}
