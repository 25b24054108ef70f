/*
 * JPEG as a row of marked parts (ITU-T T.81 annex B): inspected, and written clean.
 *
 * Scans are copied bit for bit, so a licensed copy has the pixels that were uploaded. Must not know:
 * files, vips. Read next: metadata.c for what goes into the blocks.
 */
#include <string.h>

#include "core/media/parts.h"

enum {
    SOF0 = 0xc0,
    DHT = 0xc4,
    JPG = 0xc8,
    DAC = 0xcc,
    SOF15 = 0xcf,
    RST0 = 0xd0,
    RST7 = 0xd7,
    SOI = 0xd8,
    EOI = 0xd9,
    SOS = 0xda,
    DQT = 0xdb,
    DNL = 0xdc,
    DRI = 0xdd,
    APP0 = 0xe0,
    APP1 = 0xe1,
    APP2 = 0xe2,
    APP13 = 0xed,
    APP14 = 0xee,
};

#define STRAY                                                                                      \
    4 /* fewer bytes than this behind the end are a camera's alignment, too few for a file */

struct part {
    unsigned marker;   /* second byte of its marker */
    struct bytes all;  /* marker, length and content; of a scan its entropy-coded data too */
    struct bytes data; /* the content behind the length; empty for SOI and EOI */
};

static bool is_frame(unsigned marker)
{
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
}

/* Where the entropy-coded data that starts at `at` ends: the next marker that is no restart. */
static size_t scan_end(struct bytes file, size_t at)
{
    while (at + 1 < file.size) {
        const unsigned char *found = memchr(file.data + at, 0xff, file.size - at - 1);
        if (!found)
            return file.size;
        at = (size_t)(found - file.data);
        unsigned next = found[1];
        if (next != 0 && next != 0xff && (next < RST0 || next > RST7))
            return at;
        at += next == 0xff ? 1 : 2;
    }
    return file.size;
}

/* The part at or after *at (stray bytes between parts are skipped, as libjpeg does); *at moves
 * behind it. False when the bytes end before the part does. */
static bool next_part(struct bytes file, size_t *at, struct part *part)
{
    size_t start = *at;
    while (start + 1 < file.size &&
           (file.data[start] != 0xff || file.data[start + 1] == 0 || file.data[start + 1] == 0xff))
        start++;
    if (start + 1 >= file.size)
        return false;
    *part = (struct part){.marker = file.data[start + 1]};
    size_t end = start + 2;
    if (part->marker != SOI && part->marker != EOI && part->marker != 0x01 &&
        (part->marker < RST0 || part->marker > RST7)) {
        if (file.size - end < 2)
            return false;
        size_t length = (size_t)(file.data[end] << 8 | file.data[end + 1]);
        if (length < 2 || length > file.size - end)
            return false;
        part->data = (struct bytes){file.data + end + 2, length - 2};
        end += length;
    }
    if (part->marker == SOS)
        end = scan_end(file, end);
    part->all = (struct bytes){file.data + start, end - start};
    *at = end;
    return true;
}

/* Whether everything from `at` on is whole JPEGs, as a multi-picture file (CIPA DC-007) appends its
 * larger previews and depth maps, with padding between. None of it reaches a copy. */
static bool more_pictures(struct bytes file, size_t at)
{
    while (!bytes_padding(file, at)) {
        while (file.data[at] == 0)
            at++;
        if (!bytes_have(file, at, "\xff\xd8\xff", 3))
            return false;
        struct part part = {0};
        do {
            if (!next_part(file, &at, &part))
                return false;
        } while (part.marker != EOI);
    }
    return true;
}

const struct problem *jpeg_inspect(struct bytes file, struct media_header *out)
{
    size_t at = 0;
    struct part part;
    bool pictures = false, exif = false, scanned = false;
    while (next_part(file, &at, &part)) {
        if (is_frame(part.marker) && out->width == 0) {
            if (part.data.size < 6)
                return &media_damaged;
            out->height = part.data.data[1] << 8 | part.data.data[2];
            out->width = part.data.data[3] << 8 | part.data.data[4];
        }
        if (part.marker == APP1 && !exif && bytes_have(part.data, 0, "Exif\0", 5) &&
            part.data.size > 6) {
            exif = true;
            media_exif_read((struct bytes){part.data.data + 6, part.data.size - 6}, &out->exif);
        }
        if (part.marker == APP2 && bytes_have(part.data, 0, "MPF\0", 4))
            pictures = true;
        if (part.marker == SOS && out->width == 0)
            return &media_damaged;
        scanned = scanned || part.marker == SOS;
        if (part.marker == SOI && part.all.data != file.data)
            return &media_damaged;
        if (part.marker != EOI)
            continue;
        if (!scanned || out->height == 0)
            return &media_damaged;
        if (file.size - at < STRAY || bytes_padding(file, at) ||
            (pictures && more_pictures(file, at)))
            return NULL;
        return &media_trailing_data;
    }
    return &media_truncated;
}

static void add_segment(struct builder *out, unsigned marker, const char *name, size_t name_size,
                        struct bytes content)
{
    size_t length = 2 + name_size + content.size;
    if (length > 0xffff) {
        out->failed = true;
        return;
    }
    unsigned char head[4] = {0xff, (unsigned char)marker, (unsigned char)(length >> 8),
                             (unsigned char)length};
    builder_add_bytes(out, head, sizeof head);
    builder_add_bytes(out, name, name_size);
    builder_add_bytes(out, content.data, content.size);
}

static void add_notice(struct builder *out, int orientation, const struct media_notice *notice)
{
    if (orientation != 1) {
        unsigned char exif[MEDIA_EXIF_WRITTEN];
        media_exif_write(orientation, exif);
        add_segment(out, APP1, "Exif\0\0", 6, (struct bytes){exif, sizeof exif});
    }
    struct builder block = builder_make(out->memory, 65000);
    struct text body = {0};
    media_xmp_write(notice, &block);
    if (builder_end(&block, &body))
        out->failed = true;
    add_segment(out, APP1, "http://ns.adobe.com/xap/1.0/\0", 29,
                (struct bytes){(const unsigned char *)body.data, body.size});
    block = builder_make(out->memory, 65000);
    media_iptc_write(notice, &block);
    if (builder_end(&block, &body))
        out->failed = true;
    add_segment(out, APP13, "Photoshop 3.0\0", 14,
                (struct bytes){(const unsigned char *)body.data, body.size});
}

/* JFIF without its thumbnail: density stays, the two counts of thumbnail pixels are zero. */
static void add_jfif(struct builder *out, const struct part *part)
{
    unsigned char jfif[14];
    memcpy(jfif, part->data.data, 12);
    jfif[12] = jfif[13] = 0;
    add_segment(out, APP0, NULL, 0, (struct bytes){jfif, sizeof jfif});
}

static bool is_jfif(const struct part *part)
{
    return part->marker == APP0 && part->data.size >= 12 && bytes_have(part->data, 0, "JFIF\0", 5);
}

/* What the decoder needs. Everything else may name a person, a place or a device. */
static void add_needed(struct builder *out, const struct part *part)
{
    if (part->marker == APP14 && part->data.size >= 12 && bytes_have(part->data, 0, "Adobe", 5)) {
        add_segment(out, APP14, NULL, 0, (struct bytes){part->data.data, 12});
        return;
    }
    bool profile = part->marker == APP2 && bytes_have(part->data, 0, "ICC_PROFILE\0", 12);
    bool tables = part->marker == DHT || part->marker == DAC || part->marker == DQT ||
                  part->marker == DRI || part->marker == DNL;
    if (profile || tables || is_frame(part->marker) || part->marker == SOS)
        builder_add_bytes(out, part->all.data, part->all.size);
}

void jpeg_rewrite(struct bytes file, int orientation, const struct media_notice *notice,
                  struct builder *out)
{
    size_t at = 0;
    struct part part;
    bool noticed = false;
    builder_add_bytes(out, "\xff\xd8", 2);
    while (next_part(file, &at, &part) && part.marker != EOI) {
        if (part.marker == SOI)
            continue;
        if (!noticed && is_jfif(&part))
            add_jfif(out, &part);
        if (!noticed)
            add_notice(out, orientation, notice);
        noticed = true;
        add_needed(out, &part);
    }
    builder_add_bytes(out, "\xff\xd9", 2);
}
