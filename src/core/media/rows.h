/*
 * The facts of a media file as a row, for whoever keeps files.
 *
 * Read next: core/media/media.h for the files themselves.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_ROWS_H
#define CONTRAFLOW_CORE_MEDIA_ROWS_H

#include "core/media/media.h"
#include "base/shape.h"
#include "store/store.h"

struct media_row {              /* shape: A file from outside */
    struct text hash;           /* BLAKE2b-256, hex */
    enum media_format format;   /* Kind of file */
    int64_t width;              /* Pixels, orientation applied */
    int64_t height;             /* Pixels */
    int64_t size;               /* Bytes */
    int64_t duration;           /* Milliseconds of a clip; 0: a still */
    struct text camera;         /* Make and model; empty when unknown */
    struct maybe_instant taken; /* By its own account */
    enum media_colour colour;   /* Main colour */
    int64_t likeness;           /* Perceptual hash, 64 bits */
    int64_t mirrored;           /* The same of the mirror image */
    struct instant at;          /* Came */
};

/* The row of what the sandbox found; texts live as long as `facts`. */
struct media_row media_row_of(const struct media_facts *facts, struct memory *memory,
                              struct instant at);

#endif
