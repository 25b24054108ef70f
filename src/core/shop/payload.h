/*
 * What the readers of shops' JSON share. Private to core/shop.
 */
#ifndef CONTRAFLOW_CORE_SHOP_PAYLOAD_H
#define CONTRAFLOW_CORE_SHOP_PAYLOAD_H

#include <jansson.h>

#include "core/shop/hook.h"

/* The object a body holds; NULL when it is none, too deep or too long. json_decref() it. */
json_t *payload_read(struct text body);
/* A member's words, or digits of a whole number, cut to `most` bytes; empty when it is neither. */
struct text payload_text(struct memory *memory, const json_t *object, const char *name,
                         size_t most);
struct maybe_text payload_maybe(struct memory *memory, const json_t *object, const char *name,
                                size_t most);
/* An amount in words or as a whole number, without its sign, rounded to the currency's digits; false: none. */
bool payload_money(const json_t *object, const char *name, struct currency currency,
                   struct money *out);
/* An instant; without an offset it is UTC. */
bool payload_instant(const json_t *object, const char *name, struct instant *out);
struct maybe_instant payload_maybe_instant(const json_t *object, const char *name);
/* First and last name of an object, with a blank between. */
struct maybe_text payload_name(struct memory *memory, const json_t *object);
/* Two letters of a country, or nothing. */
struct maybe_text payload_country(struct memory *memory, const json_t *object, const char *name);
/* A mail address; what is none is left out. */
struct maybe_text payload_mail(struct memory *memory, const json_t *object, const char *name);

#endif
