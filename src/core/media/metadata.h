/*
 * Metadata blocks: reading the few EXIF tags we keep, writing XMP, IPTC and a minimal EXIF.
 *
 * Pure functions over bytes; containers around the blocks are media_container's. Sources: EXIF 2.32
 * (CIPA DC-008), TIFF 6.0, IPTC IIM 4.2, XMP part 1 and 2 (ISO 16684-1), PLUS LDF 2.0.
 */
#ifndef CONTRAFLOW_CORE_MEDIA_METADATA_H
#define CONTRAFLOW_CORE_MEDIA_METADATA_H

#include "core/media/media.h"

struct media_exif {
    int orientation;               /* 1..8 */
    char make[MEDIA_CAMERA_SIZE];  /* valid UTF-8 without control characters, trimmed */
    char model[MEDIA_CAMERA_SIZE]; /* the same */
    struct instant taken;          /* 0 when absent or nonsense */
    bool had_position;             /* there is a GPS directory with a latitude */
};

/* Reads a TIFF structure (an EXIF block from its byte-order mark on). Never fails: what is malformed
 * is as good as absent. Visits at most 3 directories of 512 entries. */
void media_exif_read(struct bytes tiff, struct media_exif *out);

/* A TIFF structure holding the orientation alone. */
#define MEDIA_EXIF_WRITTEN 26
void media_exif_write(int orientation, unsigned char out[MEDIA_EXIF_WRITTEN]);

/* An XMP packet (without the JPEG header) with the notice. */
void media_xmp_write(const struct media_notice *notice, struct builder *out);

/* A Photoshop image resource block 0x0404 with the notice as IPTC IIM, fields cut at their limits on
 * a character's border. */
void media_iptc_write(const struct media_notice *notice, struct builder *out);

/* CRC-32 as PNG has it (ISO 3309), over data appended to what `crc` covered; start with 0. */
uint32_t media_crc(uint32_t crc, const unsigned char *data, size_t size);

#endif
