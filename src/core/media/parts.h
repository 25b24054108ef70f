/*
 * The pieces of image files that the container's files share: JPEG parts, PNG and WebP chunks.
 *
 * Private to container.c, jpeg.c and rewrite.c.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_PARTS_H
#define CONTRAFLOW_CORE_MEDIA_PARTS_H

#include "core/media/container.h"

uint32_t bytes_big32(const unsigned char *p);    /* most significant byte first */
uint32_t bytes_little32(const unsigned char *p); /* least significant byte first */
bool bytes_have(struct bytes file, size_t at, const char *what, size_t size);
/* Nothing from `at` on but 0x00 and 0xFF: padding that some cameras write. */
bool bytes_padding(struct bytes file, size_t at);

/* A chunk of PNG (length, type, data, CRC) or RIFF (type, length, data, padding). */
struct chunk {
    const unsigned char *type; /* four letters */
    struct bytes data;         /* its content */
};
/* Takes the next chunk and moves *at behind it; false when the rest holds no whole chunk. */
bool png_next(struct bytes file, size_t *at, struct chunk *chunk);
bool webp_next(struct bytes file, size_t *at, struct chunk *chunk);
/* Size and alpha from a VP8X, VP8 or VP8L chunk (RFC 9649); false for others. */
bool webp_size(const struct chunk *chunk, int64_t *width, int64_t *height, bool *alpha);
/* The TIFF structure in an EXIF chunk; some writers put JPEG's "Exif" header before it. */
struct bytes webp_exif(const struct chunk *chunk);

const struct problem *jpeg_inspect(struct bytes file, struct media_header *out);
void jpeg_rewrite(struct bytes file, int orientation, const struct media_notice *notice,
                  struct builder *out);

#endif
