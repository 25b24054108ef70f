/*
 * Renditions over HTTP: what any page may show. Originals and licensed copies never pass here.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_ROUTES_H
#define CONTRAFLOW_CORE_MEDIA_ROUTES_H

#include "web/server.h"

struct media_query {  /* shape: Which rendition */
    struct text name; /* 70..90: HASH-EDGE.ext, or HASH-EDGEm.ext with the watermark */
};

/* GET /m/{name}: a rendition, kept by the browser for a year, since its name is its content. */
const struct problem *core_media_show(struct request *request, const struct media_query *query,
                                      struct nothing *view);

extern const struct route_table core_media_routes;

#endif
