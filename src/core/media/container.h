/*
 * The outer structure of image files: which format, how large, whether anything is missing at the end
 * or appended to it, and the same pixels in a clean container.
 *
 * Pure functions over bytes: no files, no decoding, bounded by the size of the input, fuzzed by
 * tests/fuzz_metadata.c. Run inside the sandbox. Read next: metadata.h.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_CONTAINER_H
#define CONTRAFLOW_CORE_MEDIA_CONTAINER_H

#include "core/media/media.h"
#include "core/media/metadata.h"

struct media_header {
    enum media_format format; /* by content */
    int64_t width, height;    /* px as stored; 0 when only the decoder can tell (TIFF, HEIF) */
    bool animated;            /* several frames: PNG with acTL, WebP with ANIM */
    struct media_exif exif;   /* what its EXIF block says; orientation 1 when there is none */
};

/* Only the first bytes: 0 when it is no format we take, *svg when it looks like a drawing in XML. */
enum media_format media_identify(struct bytes file, bool *svg);

/* Walks the whole structure. NULL, or media_not_an_image, media_svg_refused, media_truncated,
 * media_trailing_data, media_damaged. *out is filled as far as the walk came. */
const struct problem *media_inspect(struct bytes file, struct media_header *out);

/*
 * Appends the file to `out` with every piece of metadata left behind except the colour profile, and
 * the notice and orientation written in. JPEG, PNG and still WebP; another format (or an animated
 * one) gives media_not_an_image. Expects a file media_inspect() was content with, but is safe with
 * any bytes. Ask builder_end() for its verdict.
 */
const struct problem *media_rewrite(struct bytes file, const struct media_notice *notice,
                                    struct builder *out);

/*
 * A still WebP's picture alone, without the extended header and all that it announces: `head` and then
 * `picture` are a whole file in the simple layout (RFC 9649, section 2.5). False when it has none.
 */
bool media_webp_bare(struct bytes file, unsigned char head[12], struct bytes *picture);

#endif
