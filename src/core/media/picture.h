/*
 * Decoding photographs with libvips, inside the sandbox only.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_PICTURE_H
#define CONTRAFLOW_CORE_MEDIA_PICTURE_H

#include "core/media/container.h"
#include "core/media/wire.h"

/* Starts libvips and makes everything ready that needs files: fonts, modules, the watermark. Before
 * lockdown_calls(). False when libvips will not start. */
bool picture_start(const char *watermark);

/* Decodes once; facts (size, colours, hash) and renditions into outputs[0..request->count). */
const struct problem *picture_examine(struct bytes file, const struct media_header *header,
                                      const struct wire_request *request, const int *outputs,
                                      struct wire_answer *answer);

/* The whole picture as a plain JPEG of quality 95, orientation applied, sRGB. *out is g_free()d by
 * picture_free(). */
const struct problem *picture_to_jpeg(struct bytes file, const struct media_header *header,
                                      struct bytes *out);
void picture_free(struct bytes *out);

#endif
