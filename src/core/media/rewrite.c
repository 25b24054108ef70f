/*
 * PNG and WebP written clean: chunks that carry pixels and colour are copied, the rest stays behind.
 *
 * Sources: PNG (W3C Recommendation, third edition), WebP (RFC 9649), XMP part 3 for where packets go.
 * Must not know: files, vips. Read next: jpeg.c, which does the same for JPEG.
 */
#include <string.h>

#include "core/media/parts.h"

static void add_png_chunk(struct builder *out, const char *type, struct bytes data)
{
    unsigned char number[4];
    uint32_t crc = media_crc(0, (const unsigned char *)type, 4);
    crc = media_crc(crc, data.data, data.size);
    for (int i = 0; i < 4; i++)
        number[i] = (unsigned char)(data.size >> (24 - 8 * i));
    builder_add_bytes(out, number, 4);
    builder_add_bytes(out, type, 4);
    builder_add_bytes(out, data.data, data.size);
    for (int i = 0; i < 4; i++)
        number[i] = (unsigned char)(crc >> (24 - 8 * i));
    builder_add_bytes(out, number, 4);
}

static struct bytes xmp_with(struct builder *block, const char *head, size_t size,
                             const struct media_notice *notice)
{
    struct text body = {0};
    builder_add_bytes(block, head, size);
    media_xmp_write(notice, block);
    if (builder_end(block, &body))
        return (struct bytes){0};
    return (struct bytes){(const unsigned char *)body.data, body.size};
}

static void rewrite_png(struct bytes file, int orientation, const struct media_notice *notice,
                        struct builder *out)
{
    static const char needed[][5] = {"PLTE", "IDAT", "tRNS", "gAMA", "cHRM",
                                     "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"};
    size_t at = 8;
    struct chunk chunk;
    builder_add_bytes(out, "\x89PNG\r\n\x1a\n", 8);
    while (png_next(file, &at, &chunk)) {
        if (memcmp(chunk.type, "IHDR", 4) == 0) {
            add_png_chunk(out, "IHDR", chunk.data);
            struct builder block = builder_make(out->memory, 65000);
            struct bytes xmp = xmp_with(&block, "XML:com.adobe.xmp\0\0\0\0\0", 22, notice);
            add_png_chunk(out, "iTXt", xmp);
            unsigned char exif[MEDIA_EXIF_WRITTEN];
            media_exif_write(orientation, exif);
            if (orientation != 1)
                add_png_chunk(out, "eXIf", (struct bytes){exif, sizeof exif});
        }
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
            if (memcmp(chunk.type, needed[i], 4) == 0)
                builder_add_bytes(out, chunk.type - 4, chunk.data.size + 12);
        if (memcmp(chunk.type, "IEND", 4) == 0)
            break;
    }
    add_png_chunk(out, "IEND", (struct bytes){0});
}

static void add_webp_chunk(struct builder *out, const char *type, struct bytes data)
{
    unsigned char number[4];
    for (int i = 0; i < 4; i++)
        number[i] = (unsigned char)(data.size >> (8 * i));
    builder_add_bytes(out, type, 4);
    builder_add_bytes(out, number, 4);
    builder_add_bytes(out, data.data, data.size);
    if (data.size % 2 == 1)
        builder_add_char(out, 0);
}

/* The extended header that a file with XMP must have (RFC 9649, section 2.7). */
static void add_webp_header(struct builder *out, struct bytes file, int orientation)
{
    size_t at = 12;
    struct chunk chunk;
    int64_t width = 0, height = 0;
    unsigned flags = 0x04;
    bool alpha = false, any_alpha = false;
    while (webp_next(file, &at, &chunk)) {
        int64_t w = 0, h = 0;
        if (webp_size(&chunk, &w, &h, &alpha) && width == 0) {
            width = w;
            height = h;
        }
        any_alpha = any_alpha || alpha || memcmp(chunk.type, "ALPH", 4) == 0;
        if (memcmp(chunk.type, "ICCP", 4) == 0)
            flags |= 0x20;
    }
    flags |= any_alpha ? 0x10 : 0;
    flags |= orientation != 1 ? 0x08 : 0;
    width = width > 0 ? width - 1 : 0;
    height = height > 0 ? height - 1 : 0;
    unsigned char head[10] = {(unsigned char)flags,
                              0,
                              0,
                              0,
                              (unsigned char)width,
                              (unsigned char)(width >> 8),
                              (unsigned char)(width >> 16),
                              (unsigned char)height,
                              (unsigned char)(height >> 8),
                              (unsigned char)(height >> 16)};
    add_webp_chunk(out, "VP8X", (struct bytes){head, sizeof head});
}

static void rewrite_webp(struct bytes file, int orientation, const struct media_notice *notice,
                         struct builder *out)
{
    static const char needed[][5] = {"ICCP", "ALPH", "VP8 ", "VP8L"};
    size_t start = out->size;
    builder_add_bytes(out, "RIFF\0\0\0\0WEBP", 12);
    uint64_t end = (uint64_t)bytes_little32(file.data + 4) + 8;
    if (end < file.size)
        file.size = (size_t)end;
    add_webp_header(out, file, orientation);
    size_t at = 12;
    struct chunk chunk;
    while (webp_next(file, &at, &chunk))
        for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
            if (memcmp(chunk.type, needed[i], 4) == 0)
                add_webp_chunk(out, needed[i], chunk.data);
    if (orientation != 1) {
        unsigned char exif[MEDIA_EXIF_WRITTEN];
        media_exif_write(orientation, exif);
        add_webp_chunk(out, "EXIF", (struct bytes){exif, sizeof exif});
    }
    struct builder block = builder_make(out->memory, 65000);
    add_webp_chunk(out, "XMP ", xmp_with(&block, "", 0, notice));
    if (out->failed)
        return;
    size_t size = out->size - start - 8;
    for (int i = 0; i < 4; i++)
        out->data[start + 4 + (size_t)i] = (char)(size >> (8 * i));
}

bool media_webp_bare(struct bytes file, unsigned char head[12], struct bytes *picture)
{
    size_t at = 12;
    size_t start = at;
    struct chunk chunk;
    while (webp_next(file, &at, &chunk)) {
        bool found = memcmp(chunk.type, "VP8 ", 4) == 0 || memcmp(chunk.type, "VP8L", 4) == 0;
        size_t end = at < file.size ? at : file.size;
        if (found) {
            *picture = (struct bytes){file.data + start, end - start};
            memcpy(head, "RIFF\0\0\0\0WEBP", 12);
            for (int i = 0; i < 4; i++)
                head[4 + i] = (unsigned char)((picture->size + 4) >> (8 * i));
            return true;
        }
        start = at;
    }
    return false;
}

const struct problem *media_rewrite(struct bytes file, const struct media_notice *notice,
                                    struct builder *out)
{
    struct media_header header;
    const struct problem *problem = media_inspect(file, &header);
    if (problem)
        return problem;
    if (header.animated)
        return &media_not_an_image;
    if (header.format == MEDIA_JPEG)
        jpeg_rewrite(file, header.exif.orientation, notice, out);
    else if (header.format == MEDIA_PNG)
        rewrite_png(file, header.exif.orientation, notice, out);
    else if (header.format == MEDIA_WEBP && file.size >= 12)
        rewrite_webp(file, header.exif.orientation, notice, out);
    else
        return &media_not_an_image;
    return NULL;
}
