/*
 * The outer structure of the files we take: recognised, walked to the end, judged.
 *
 * Each walker reads sizes and markers only, never pixels, and can't leave the given bytes. What is
 * found wrong has a name: cut off, something appended, damaged. Must not know: files, vips, the wire.
 * Read next: jpeg.c for JPEG, rewrite.c for PNG and WebP written clean.
 */
#include "core/media/container.h"

#include <string.h>

#include "core/media/parts.h"

uint32_t bytes_big32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

uint32_t bytes_little32(const unsigned char *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

bool bytes_have(struct bytes file, size_t at, const char *what, size_t size)
{
    return at <= file.size && size <= file.size - at && memcmp(file.data + at, what, size) == 0;
}

bool bytes_padding(struct bytes file, size_t at)
{
    while (at < file.size && (file.data[at] == 0 || file.data[at] == 0xff))
        at++;
    return at >= file.size;
}

static bool looks_like_drawing(struct bytes file)
{
    size_t end = file.size < 2048 ? file.size : 2048;
    size_t at = bytes_have(file, 0, "\xef\xbb\xbf", 3) ? 3 : 0;
    while (at < end && strchr(" \t\r\n", file.data[at]) && file.data[at] != 0)
        at++;
    if (at >= end || file.data[at] != '<')
        return false;
    for (; at + 4 <= end; at++)
        if (file.data[at] == '<' && strncasecmp((const char *)file.data + at + 1, "svg", 3) == 0)
            return true;
    return bytes_have(file, 0, "<?xml", 5);
}

static enum media_format identify_boxes(struct bytes file)
{
    static const char heif[][5] = {"heic", "heix", "heim", "heis", "mif1",
                                   "msf1", "avif", "avis", "hevc", "hevx"};
    static const char quicktime[][5] = {"moov", "mdat", "wide", "skip", "pnot"};
    if (file.size < 12)
        return 0;
    for (size_t i = 0; i < sizeof quicktime / sizeof *quicktime; i++)
        if (bytes_have(file, 4, quicktime[i], 4))
            return MEDIA_MOV;
    if (!bytes_have(file, 4, "ftyp", 4))
        return 0;
    for (size_t i = 0; i < sizeof heif / sizeof *heif; i++)
        if (bytes_have(file, 8, heif[i], 4))
            return MEDIA_HEIF;
    return bytes_have(file, 8, "qt  ", 4) ? MEDIA_MOV : MEDIA_MP4;
}

enum media_format media_identify(struct bytes file, bool *svg)
{
    *svg = false;
    if (bytes_have(file, 0, "\xff\xd8\xff", 3))
        return MEDIA_JPEG;
    if (bytes_have(file, 0, "\x89PNG\r\n\x1a\n", 8))
        return MEDIA_PNG;
    if (bytes_have(file, 0, "RIFF", 4) && bytes_have(file, 8, "WEBP", 4))
        return MEDIA_WEBP;
    if (bytes_have(file, 0, "II*\0", 4) || bytes_have(file, 0, "MM\0*", 4))
        return MEDIA_TIFF;
    if (bytes_have(file, 0, "\x1a\x45\xdf\xa3", 4)) {
        struct bytes start = {file.data, file.size < 64 ? file.size : 64};
        for (size_t i = 4; i < start.size; i++)
            if (bytes_have(start, i, "\x42\x82\x84webm", 7))
                return MEDIA_WEBM;
        return 0;
    }
    *svg = looks_like_drawing(file);
    return identify_boxes(file);
}

bool png_next(struct bytes file, size_t *at, struct chunk *chunk)
{
    if (file.size - *at < 12)
        return false;
    chunk->type = file.data + *at + 4;
    chunk->data.data = file.data + *at + 8;
    chunk->data.size = bytes_big32(file.data + *at);
    if (chunk->data.size > file.size - *at - 12)
        return false;
    *at += chunk->data.size + 12;
    return true;
}

static const struct problem *inspect_png(struct bytes file, struct media_header *out)
{
    size_t at = 8;
    struct chunk chunk;
    bool pixels = false;
    if (!png_next(file, &at, &chunk))
        return &media_truncated;
    if (memcmp(chunk.type, "IHDR", 4) != 0 || chunk.data.size != 13)
        return &media_damaged;
    out->width = bytes_big32(chunk.data.data);
    out->height = bytes_big32(chunk.data.data + 4);
    while (png_next(file, &at, &chunk)) {
        if (memcmp(chunk.type, "eXIf", 4) == 0)
            media_exif_read(chunk.data, &out->exif);
        if (memcmp(chunk.type, "acTL", 4) == 0)
            out->animated = true;
        if (memcmp(chunk.type, "IDAT", 4) == 0)
            pixels = true;
        if (memcmp(chunk.type, "IEND", 4) != 0)
            continue;
        if (!pixels)
            return &media_damaged;
        return bytes_padding(file, at) ? NULL : &media_trailing_data;
    }
    return &media_truncated;
}

bool webp_next(struct bytes file, size_t *at, struct chunk *chunk)
{
    if (*at > file.size || file.size - *at < 8)
        return false;
    chunk->type = file.data + *at;
    chunk->data.data = file.data + *at + 8;
    chunk->data.size = bytes_little32(file.data + *at + 4);
    if (chunk->data.size > file.size - *at - 8)
        return false;
    *at += 8 + chunk->data.size + chunk->data.size % 2;
    return true;
}

bool webp_size(const struct chunk *chunk, int64_t *width, int64_t *height, bool *alpha)
{
    const unsigned char *p = chunk->data.data;
    *alpha = false;
    if (memcmp(chunk->type, "VP8X", 4) == 0 && chunk->data.size >= 10) {
        *width = 1 + (p[4] | p[5] << 8 | p[6] << 16);
        *height = 1 + (p[7] | p[8] << 8 | p[9] << 16);
        *alpha = p[0] & 0x10;
        return true;
    }
    if (memcmp(chunk->type, "VP8 ", 4) == 0 && chunk->data.size >= 10) {
        *width = (p[6] | p[7] << 8) & 0x3fff;
        *height = (p[8] | p[9] << 8) & 0x3fff;
        return true;
    }
    if (memcmp(chunk->type, "VP8L", 4) == 0 && chunk->data.size >= 5) {
        uint32_t bits = bytes_little32(p + 1);
        *width = 1 + (bits & 0x3fff);
        *height = 1 + (bits >> 14 & 0x3fff);
        *alpha = bits >> 28 & 1;
        return true;
    }
    return false;
}

struct bytes webp_exif(const struct chunk *chunk)
{
    struct bytes block = chunk->data;
    if (bytes_have(block, 0, "Exif\0\0", 6))
        block = (struct bytes){block.data + 6, block.size - 6};
    return block;
}

static const struct problem *inspect_webp(struct bytes file, struct media_header *out)
{
    uint64_t end = (uint64_t)bytes_little32(file.data + 4) + 8;
    size_t at = 12;
    struct chunk chunk;
    bool pixels = false, alpha = false;
    if (end > file.size)
        return &media_truncated;
    struct bytes inside = {file.data, (size_t)end};
    while (webp_next(inside, &at, &chunk)) {
        if (out->width == 0)
            webp_size(&chunk, &out->width, &out->height, &alpha);
        if (memcmp(chunk.type, "ANIM", 4) == 0 || memcmp(chunk.type, "ANMF", 4) == 0)
            out->animated = true;
        if (memcmp(chunk.type, "EXIF", 4) == 0)
            media_exif_read(webp_exif(&chunk), &out->exif);
        pixels = pixels || memcmp(chunk.type, "VP8 ", 4) == 0 ||
                 memcmp(chunk.type, "VP8L", 4) == 0 || memcmp(chunk.type, "ANMF", 4) == 0;
    }
    if (at < inside.size)
        return &media_damaged;
    if (!pixels || out->width == 0)
        return &media_damaged;
    return bytes_padding(file, inside.size) ? NULL : &media_trailing_data;
}

static bool box_name(const unsigned char *p)
{
    for (int i = 0; i < 4; i++)
        if ((p[i] < 0x20 || p[i] > 0x7e) && p[i] != 0xa9)
            return false;
    return true;
}

/* ISO/IEC 14496-12 and QuickTime: boxes of size and name, to the end of the file. */
static const struct problem *inspect_boxes(struct bytes file, const char *index)
{
    size_t at = 0;
    bool indexed = false;
    while (at < file.size) {
        if (bytes_padding(file, at) && indexed)
            return NULL;
        size_t left = file.size - at;
        if (left < 8)
            return indexed ? &media_trailing_data : &media_truncated;
        uint64_t size = bytes_big32(file.data + at);
        if (!box_name(file.data + at + 4))
            return indexed ? &media_trailing_data : &media_damaged;
        indexed = indexed || bytes_have(file, at + 4, index, 4);
        size_t head = 8;
        if (size == 1) {
            if (left < 16)
                return &media_truncated;
            size =
                (uint64_t)bytes_big32(file.data + at + 8) << 32 | bytes_big32(file.data + at + 12);
            head = 16;
        }
        if (size == 0)
            size = left;
        if (size < head)
            return &media_damaged;
        if (size > left)
            return &media_truncated;
        at += (size_t)size;
    }
    return indexed ? NULL : &media_truncated;
}

/* An EBML number (RFC 8794): its size in bytes from the first bit set; 0 when malformed. */
static size_t ebml_number(struct bytes file, size_t at, uint64_t *value, bool *unknown)
{
    if (at >= file.size || file.data[at] == 0)
        return 0;
    size_t length = (size_t)__builtin_clz((unsigned)file.data[at]) - 23;
    if (length > file.size - at)
        return 0;
    uint64_t mask = (UINT64_C(1) << (7 * length)) - 1;
    uint64_t number = 0;
    for (size_t i = 0; i < length; i++)
        number = number << 8 | file.data[at + i];
    *value = number & mask;
    *unknown = *value == mask;
    return length;
}

static const struct problem *inspect_webm(struct bytes file)
{
    uint64_t size = 0;
    bool unknown = false;
    size_t length = ebml_number(file, 4, &size, &unknown);
    if (length == 0 || unknown || size > file.size - 4 - length)
        return &media_truncated;
    size_t at = 4 + length + (size_t)size;
    if (file.size - at < 4)
        return &media_truncated;
    if (!bytes_have(file, at, "\x18\x53\x80\x67", 4))
        return &media_damaged;
    length = ebml_number(file, at + 4, &size, &unknown);
    if (length == 0)
        return &media_truncated;
    if (unknown) /* written live, as browsers record: only a demuxer finds its end */
        return NULL;
    at += 4 + length;
    if (size > file.size - at)
        return &media_truncated;
    return bytes_padding(file, at + (size_t)size) ? NULL : &media_trailing_data;
}

const struct problem *media_inspect(struct bytes file, struct media_header *out)
{
    bool svg = false;
    *out = (struct media_header){.exif.orientation = 1};
    out->format = media_identify(file, &svg);
    if (svg)
        return &media_svg_refused;
    switch (out->format) {
    case MEDIA_JPEG:
        return jpeg_inspect(file, out);
    case MEDIA_PNG:
        return inspect_png(file, out);
    case MEDIA_WEBP:
        return inspect_webp(file, out);
    case MEDIA_TIFF:
        media_exif_read(file, &out->exif);
        return NULL;
    case MEDIA_HEIF:
        return inspect_boxes(file, "meta");
    case MEDIA_MP4:
    case MEDIA_MOV:
        return inspect_boxes(file, "moov");
    case MEDIA_WEBM:
        return inspect_webm(file);
    }
    return &media_not_an_image;
}
