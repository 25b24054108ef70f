/*
 * Fuzz target: image metadata. A file is identified, walked to its end, its EXIF read, and written
 * clean with a notice; what was written must be sound itself, keep its size in pixels and
 * orientation, carry no position, and come out the same when it is written again.
 *
 * Read next: src/core/media/container.c, src/core/media/metadata.c.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/media/container.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct media_notice notice = {
    .title = TEXT("Tea"),
    .creator = TEXT("Anna M\xc3\xbcller"),
    .terms = TEXT("Standard licence"),
    .licence_url = TEXT("https://example.org/1?a&b"),
};

static void demand(bool held)
{
    if (!held)
        abort();
}

static void check_exif(const struct media_exif *exif)
{
    size_t make = strnlen(exif->make, MEDIA_CAMERA_SIZE);
    size_t model = strnlen(exif->model, MEDIA_CAMERA_SIZE);
    demand(exif->orientation >= 1 && exif->orientation <= 8 && exif->taken.ms >= 0);
    demand(make < MEDIA_CAMERA_SIZE && model < MEDIA_CAMERA_SIZE);
    demand(text_valid((struct bytes){(const unsigned char *)exif->make, make}));
    demand(text_valid((struct bytes){(const unsigned char *)exif->model, model}));
}

/* The clean copy of `file`; empty when there is none. */
static struct bytes rewrite(struct memory *memory, struct bytes file)
{
    struct builder out = builder_make(memory, file.size + 256 * 1024);
    struct text body = {0};
    if (media_rewrite(file, &notice, &out) || builder_end(&out, &body))
        return (struct bytes){0};
    return (struct bytes){(const unsigned char *)body.data, body.size};
}

static void check_rewritten(struct memory *memory, struct bytes file,
                            const struct media_header *before)
{
    struct media_header after;
    struct bytes clean = rewrite(memory, file);
    if (clean.size == 0)
        return;
    demand(media_inspect(clean, &after) == NULL);
    demand(after.format == before->format);
    demand(after.width == before->width && after.height == before->height);
    demand(after.exif.orientation == before->exif.orientation);
    demand(!after.exif.had_position && after.exif.make[0] == 0 && after.exif.taken.ms == 0);
    struct bytes again = rewrite(memory, clean);
    demand(again.size == clean.size && memcmp(again.data, clean.data, clean.size) == 0);
    unsigned char head[12];
    struct bytes picture;
    if (after.format == MEDIA_WEBP)
        demand(media_webp_bare(clean, head, &picture));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes file = {data, size};
    struct media_header header;
    struct media_exif exif;
    struct memory *memory = memory_create((size_t)64 << 20);
    if (!memory)
        return 0;
    media_exif_read(file, &exif);
    check_exif(&exif);
    const struct problem *problem = media_inspect(file, &header);
    check_exif(&header.exif);
    if (!problem)
        check_rewritten(memory, file, &header);
    memory_end(memory);
    return 0;
}
