/*
 * Whether the words that a part names in its tables exist: said at start, not when somebody sees a key
 * in the place of a sentence.
 *
 * Must not know: any one part. Read next: core/module.h, web/words.h.
 */
#include <string.h>

#include "core/files/table.h"
#include "core/module.h"
#include "core/imports/kind.h"
#include "web/access.h"
#include "web/words.h"

struct checking {
    struct memory *memory;
    const struct module *part;
    struct text *complaint;
};

/* False and a complaint when English lacks a key. */
static bool have(const struct checking *checking, const char *key, const char *what)
{
    if (words_have(key))
        return true;
    *checking->complaint =
        text_format(checking->memory, "%s: %s needs the text \"%s\", which its text/en.txt lacks",
                    checking->part->name, what, key);
    return false;
}

static bool problem_is_said(const struct checking *checking, const struct problem *problem)
{
    struct text title = text_format(checking->memory, "problem.%s", problem->name);
    struct text detail = text_format(checking->memory, "problem.%s.detail", problem->name);
    return title.data && detail.data && have(checking, title.data, problem->name) &&
           have(checking, detail.data, problem->name);
}

static bool posting_is_said(const struct checking *checking, const struct posting_template *posting)
{
    for (int i = 0; i < posting->count; i++) {
        if (!have(checking, posting->legs[i].reason, posting->name))
            return false;
    }
    return true;
}

static bool hook_is_said(const struct checking *checking, const struct hook_kind *hook)
{
    struct text key = text_format(checking->memory, "hook_event.%s", hook->name);
    return key.data && have(checking, key.data, hook->follows);
}

static bool widget_is_said(const struct checking *checking, const struct widget *widget)
{
    bool said = true;
    for (size_t i = 0; said && i < widget->word_count; i++)
        said = have(checking, widget->words[i], widget->name);
    return said;
}

static bool import_is_said(const struct checking *checking, const struct import_kind *kind)
{
    struct text name = text_format(checking->memory, "import_kind.%s", kind->name);
    struct text help = text_format(checking->memory, "import_kind.%s.help", kind->name);
    bool said = name.data && help.data && have(checking, name.data, "an import") &&
                have(checking, help.data, "an import");
    for (size_t i = 0; said && i < kind->line->count; i++) {
        struct text key =
            text_format(checking->memory, "%s.%s", kind->line->name, kind->line->fields[i].name);
        said = key.data && have(checking, key.data, kind->name);
    }
    return said;
}

/* A key's maker chooses by the words for what its scopes name. */
static bool scope_is_said(const struct checking *checking, const struct route_table *table,
                          const struct route *route)
{
    char scope[SCOPE_MAX];
    if (!access_scope(table->owner, route, scope))
        return true;
    struct text topic = {scope, (size_t)(strrchr(scope, '.') - scope)};
    struct text key = text_format(checking->memory, "scope.%.*s", TEXT_ARGS(topic));
    return key.data && have(checking, key.data, route->path);
}

static bool table_is_said(const struct checking *checking, const struct route_table *table)
{
    bool said = true;
    for (size_t i = 0; said && i < table->count; i++)
        said = scope_is_said(checking, table, &table->routes[i]);
    return said;
}

static bool part_is_said(const struct checking *checking)
{
    const struct module *part = checking->part;
    bool said = true;
    for (size_t i = 0; said && i < part->nav_count; i++)
        said = have(checking, part->nav[i].label, part->nav[i].href);
    for (size_t i = 0; said && i < part->posting_count; i++)
        said = posting_is_said(checking, part->postings[i]);
    for (size_t i = 0; said && i < part->route_count; i++)
        said = table_is_said(checking, part->routes[i]);
    for (size_t i = 0; said && i < part->problem_count; i++)
        said = problem_is_said(checking, part->problems[i]);
    for (size_t i = 0; said && i < part->widget_count; i++)
        said = widget_is_said(checking, &part->widgets[i]);
    for (size_t i = 0; said && i < part->hook_count; i++)
        said = hook_is_said(checking, &part->hooks[i]);
    for (size_t i = 0; said && i < part->import_count; i++)
        said = import_is_said(checking, part->imports[i]);
    for (size_t i = 0; said && i < part->export_count; i++)
        said = have(checking, part->exports[i].label, part->exports[i].path);
    return said;
}

const struct problem *module_check(struct memory *memory, struct text *complaint)
{
    for (const struct module *const *part = module_all(); *part; part++) {
        struct checking checking = {memory, *part, complaint};
        if (!part_is_said(&checking))
            return &our_fault;
    }
    return NULL;
}
