/*
 * One operation in a reader's words. Private to core/developers.
 */
#ifndef CONTRAFLOW_CORE_DEVELOPERS_OPERATION_H
#define CONTRAFLOW_CORE_DEVELOPERS_OPERATION_H

#include "core/developers/reference.h"

/* What a topic is called. */
const struct problem *operation_label(const struct request *request, struct text topic,
                                      struct text *out);
/* Everything about the operation of a route that has an api path. `site` is this installation. */
const struct problem *operation_describe(const struct request *request, const char *owner,
                                         const struct route *route, struct text site,
                                         struct reference_operation *out);

#endif
