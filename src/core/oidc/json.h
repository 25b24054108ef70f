/*
 * JSON of a provider, which may be anything. Private to core/oidc.
 */
#ifndef CONTRAFLOW_CORE_OIDC_JSON_H
#define CONTRAFLOW_CORE_OIDC_JSON_H

#include <jansson.h>

#include "base/json_scan.h"

enum { OIDC_JSON_MEMBERS = 1000 };

/* The object that it is; NULL when it is none, is nested deep, or says a thing twice. json_decref() it. */
static inline json_t *oidc_json(struct text json)
{
    struct bytes raw = {(const unsigned char *)json.data, json.size};
    if (!json_is_small(raw, OIDC_JSON_MEMBERS))
        return NULL;
    json_t *value = json_loadb(json.data, json.size, JSON_REJECT_DUPLICATES, NULL);
    if (json_is_object(value))
        return value;
    json_decref(value);
    return NULL;
}

/* A member's words, within the object; empty when it has none. */
static inline struct text oidc_json_text(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value))
        return (struct text){"", 0};
    return (struct text){json_string_value(value), json_string_length(value)};
}

#endif
