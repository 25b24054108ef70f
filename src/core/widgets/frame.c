/*
 * Where a page of ours may stand in a frame, and what it takes from the page around.
 *
 * Must not know: what stands in it. Read next: web/route.h, .framed.
 */
#include "core/widgets/frame.h"

#include "core/keys/origin.h"
#include "core/widgets/queries.h"
#include "web/decode.h"

const struct problem *widget_frame_in(struct request *request, struct party_id business,
                                      struct maybe_text origin, struct text *out)
{
    struct feedback_origin known;
    *out = text_of("");
    if (!origin.present || !origin_is_formed(origin.value))
        return NULL;
    const struct problem *problem =
        feedback_origin_of(request->db, request->memory, business, origin.value, &known);
    if (problem)
        return problem == &not_found ? NULL : problem;
    request_frame_in(request, known.origin);
    *out = known.origin;
    return NULL;
}

struct text widget_surround(struct request *request, struct maybe_text language,
                            struct maybe_text theme)
{
    enum language spoken = decode_language(language.present ? language.value : text_of(""));
    if (spoken)
        request->language = spoken;
    bool known = theme.present && (text_is(theme.value, "dark") || text_is(theme.value, "light"));
    return known ? theme.value : text_of("");
}
