/*
 * Sends renditions. A rendition above the thumbnail's size is only sent with the watermark.
 *
 * Must not know: whose picture it is. Read next: core/media/media.h.
 */
#include "core/media/routes.h"

#include "core/media/media.h"
#include "core/media/routes.shapes.h"

enum { PLAIN_EDGE_MAX = 320 };
static const int64_t year = 365 * 24 * 3600;

static bool name_parse(struct text name, struct media_file *out)
{
    struct text hash;
    struct text edge;
    int64_t pixels;
    *out = (struct media_file){0};
    if (!text_split(&name, '-', &hash) || !media_hash_parse(hash, &out->hash))
        return false;
    if (!text_split(&name, '.', &edge) || text_empty(edge))
        return false;
    out->marked = edge.data[edge.size - 1] == 'm';
    edge.size -= out->marked ? 1 : 0;
    if (!text_to_integer(edge, &pixels) || pixels < 1 || pixels > 10000)
        return false;
    out->edge = (int)pixels;
    out->format = text_is(name, "webp") ? MEDIA_WEBP : MEDIA_JPEG;
    return (out->marked || out->edge <= PLAIN_EDGE_MAX) &&
           text_is(name, media_extension(out->format));
}

const struct problem *core_media_show(struct request *request, const struct media_query *query,
                                      struct nothing *view)
{
    struct media_file name;
    int file;
    (void)view;
    if (!name_parse(query->name, &name))
        return &not_found;
    const struct problem *problem = media_open(&name, &file, NULL);
    if (!problem)
        request_send_file(request, file, media_type(name.format), (struct text){0}, year);
    return problem;
}

static const struct route routes[] = {
    {GET, "/m/{name}", &core_media_show_handler, ANYONE, .summary = "A rendition of a picture"},
};
const struct route_table core_media_routes = {"media", ALL(routes)};
