/*
 * From what the sandbox found to a row.
 */
#include "core/media/rows.h"

#include <string.h>

struct media_row media_row_of(const struct media_facts *facts, struct memory *memory,
                              struct instant at)
{
    /* Many cameras repeat the make in the model: "Canon" and "Canon EOS 40D". */
    bool repeats =
        strncmp(facts->camera_model, facts->camera_make, strlen(facts->camera_make)) == 0;
    struct text camera =
        repeats ? text_copy(memory, text_of(facts->camera_model))
                : text_format(memory, "%s %s", facts->camera_make, facts->camera_model);
    return (struct media_row){
        .hash = text_of(facts->hash.hex),
        .format = facts->format,
        .width = facts->width,
        .height = facts->height,
        .size = facts->bytes,
        .duration = facts->duration_ms,
        .camera = camera,
        .taken = {facts->taken.ms != 0, facts->taken},
        .colour = facts->colour_count ? facts->colours[0] : MEDIA_GREY,
        .likeness = (int64_t)facts->phash,
        .mirrored = (int64_t)facts->phash_mirrored,
        .at = at,
    };
}
