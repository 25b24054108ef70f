/*
 * Where a list goes on, for programs: the header Link beside what the list says itself.
 *
 * Must not know: any list. Read next: web/describe.c, which documents it.
 */
#include <string.h>

#include "web/router.h"

/* An optional text of the view by its name; empty when it has none. */
static struct text text_in_view(const struct shape *shape, const void *view, const char *name)
{
    const struct field *field = shape_find(shape, text_of(name));
    if (!field || field->kind != FIELD_TEXT || !field->optional)
        return (struct text){"", 0};
    const struct maybe_text *found =
        (const struct maybe_text *)((const char *)view + field->offset);
    return found->present ? found->value : (struct text){"", 0};
}

/* Where a list goes on, as a link (RFC 8288): the view's `later`, or its `more`, which is a page's address. */
void link_next(struct passage *passage, const struct endpoint *endpoint, const void *view)
{
    const struct shape *gives = endpoint->route->handler->gives;
    struct text path = passage->incoming->raw_path;
    struct text query = text_in_view(gives, view, "later");
    struct text target;
    if (query.size == 0)
        query = text_in_view(gives, view, "more");
    const char *mark = query.size ? memchr(query.data, '?', query.size) : NULL;
    if (passage->incoming->verb != GET || !endpoint->api || !mark)
        return;
    struct builder b = builder_make(passage->request.memory, 8 * 1024);
    builder_add(&b, passage->server->site_url);
    builder_add(&b, path);
    builder_add_bytes(&b, mark, query.size - (size_t)(mark - query.data));
    if (!builder_end(&b, &target))
        answer_header(passage->answer, "Link", "<%.*s>; rel=\"next\"", TEXT_ARGS(target));
}
