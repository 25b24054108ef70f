/*
 * The parts of the OpenAPI document: private to web/describe.c and web/describe_schema.c.
 */
#ifndef CONTRAFLOW_WEB_DESCRIBE_PARTS_H
#define CONTRAFLOW_WEB_DESCRIBE_PARTS_H

#include <jansson.h>

#include "base/shape.h"

/* Which way something goes: what comes in has limits and no strangers, what goes out has what it says. */
enum way { WAY_IN = 1, WAY_OUT };

/* A field of a body or view as a JSON Schema (2020-12); NULL without memory. */
json_t *schema_of_field(const struct field *field, enum way way);
/* The same where it stands in a path or query, as text. */
json_t *schema_of_parameter(const struct field *field);
/* A whole shape in place. */
json_t *schema_of_shape(const struct shape *shape, enum way way);
/* {"$ref": ...} to a shape among the components, which gets it and all it holds, once each. */
json_t *schema_reference(json_t *components, const struct shape *shape, enum way way);
/* Adds the shapes that a body in place refers to. */
void schema_add_parts(json_t *components, const struct shape *shape, enum way way);
/* Whether a field must come, or always goes out. */
bool schema_requires(const struct field *field, enum way way);
/* Something that fits the schema of a shape, made from names and limits alone. */
json_t *schema_example(const struct shape *shape, enum way way);

/* What the program posts to receivers, by name; adds their shapes to the components. */
struct server;
json_t *describe_webhooks(const struct server *server, json_t *schemas);

#endif
