/*
 * What a picture looks like: its colours by class and its perceptual hash. Pure functions over pixels.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_LOOK_H
#define CONTRAFLOW_CORE_MEDIA_LOOK_H

#include "core/media/media.h"

struct pixels {
    const unsigned char *rgb; /* rows from the top, three bytes a pixel, sRGB */
    int width, height;        /* px, at least 1 */
};

/* The class one colour belongs to. */
enum media_colour look_class(int red, int green, int blue);

/* Fills colours, colour_percent and colour_count: classes with at least MEDIA_PALETTE_LEAST percent,
 * the largest first; at least one. */
void look_colours(struct pixels picture, struct media_facts *facts);

/* Fills phash and phash_mirrored. */
void look_hash(struct pixels picture, struct media_facts *facts);

#endif
