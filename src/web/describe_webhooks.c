/*
 * The part of the API document about what is posted to others: webhooks, as Standard Webhooks has them.
 *
 * Must not know: who is told of what, how messages go out. Read next: web/describe.c.
 * Sources of the format: OpenAPI Specification 3.1.0, "webhooks"; Standard Webhooks 1.0.0.
 */
#include "web/describe_parts.h"
#include "web/router.h"
#include "web/words.h"

static json_t *header(const char *name, const char *says)
{
    return json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", name, "in", "header", "required", 1,
                     "description", says, "schema", "type", "string");
}

static json_t *summary_of(const char *name, const struct shape *shape)
{
    char key[100];
    snprintf(key, sizeof key, "hook_event.%s", name);
    struct memory *memory = memory_create(1 << 16);
    struct text words = text_of(shape->meaning);
    if (memory && words_have(key))
        words = words_text(memory, LANGUAGE_EN, key, NULL, 0);
    json_t *summary = json_stringn(words.data, words.size);
    memory_end(memory);
    return summary;
}

static json_t *message_of(const char *name, const struct shape *shape, json_t *schemas)
{
    return json_pack("{s:s, s:[s,s,s], s:{s:{s:s, s:s}, s:{s:s, s:s, s:s}, s:o}}", "type", "object",
                     "required", "type", "timestamp", "data", "properties", "type", "type",
                     "string", "const", name, "timestamp", "type", "string", "format", "date-time",
                     "description", "When it happened", "data",
                     schema_reference(schemas, shape, WAY_OUT));
}

static json_t *operation_of(const char *name, const struct shape *shape, json_t *schemas)
{
    json_t *responses = json_pack("{s:{s:s}, s:{s:s}}", "2XX", "description",
                                  "Taken; anything else is posted again, for three days", "410",
                                  "description", "Never again: the receiver is paused at once");
    return json_pack(
        "{s:o, s:o, s:[s], s:[], s:[o,o,o], s:{s:b, s:{s:{s:o}}}, s:o}", "operationId",
        json_sprintf("webhook_%s", name), "summary", summary_of(name, shape), "tags", "hooks",
        "security", "parameters",
        header("webhook-id", "Names the message, the same each time it is posted"),
        header("webhook-timestamp", "Seconds since 1970, when it was signed"),
        header("webhook-signature", "v1 and the HMAC-SHA256 of id, timestamp and body"),
        "requestBody", "required", 1, "content", "application/json", "schema",
        message_of(name, shape, schemas), "responses", responses);
}

json_t *describe_webhooks(const struct server *server, json_t *schemas)
{
    json_t *all = json_object();
    const char *name;
    const struct shape *shape;
    for (size_t i = 0; server->options.webhook && server->options.webhook(i, &name, &shape); i++)
        json_object_set_new(all, name,
                            json_pack("{s:o}", "post", operation_of(name, shape, schemas)));
    return all;
}
