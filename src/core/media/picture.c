/*
 * Photographs through libvips: one decoding, facts and renditions from it.
 *
 * Runs only in the sandboxed child. The loader is chosen by our own look at the content, never by
 * libvips, so that none of its other loaders is ever reached. Everything written is made from pixels
 * alone. Must not know: the store, the parent. Read next: look.c, child.c.
 */
#include "core/media/picture.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <vips/vips.h>
#include <vips/vector.h>

#include "base/log.h"
#include "core/media/look.h"

#define FACTS_EDGE   320 /* px: the copy that colours and hash are read from */
#define JPEG_QUALITY 82
#define WEBP_QUALITY 78
#define WEBP_EFFORT  2 /* of 0..6: a third of the time of 4 for files a few percent larger */
#define COPY_QUALITY 95

/* One tile of the watermark, RGBA; made once before any byte from outside is read. */
static VipsImage *tile;

/* Replaces *image by *next when the step that made it worked (a pointer, since arguments are
 * evaluated in any order). */
static bool step(VipsImage **image, int result, VipsImage **next)
{
    if (result != 0)
        return false;
    g_object_unref(*image);
    *image = *next;
    return true;
}

/* Lines from corner to corner, for a machine without any font. */
static VipsImage *striped_tile(void)
{
    enum { SIDE = 96 };
    static unsigned char pixels[SIDE * SIDE * 4];
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            unsigned char *p = pixels + 4 * (y * SIDE + x);
            int place = (x + y) % SIDE;
            memset(p, place < 3 ? 255 : 0, 3);
            p[3] = place < 6 ? 70 : 0;
        }
    VipsImage *image =
        vips_image_new_from_memory(pixels, sizeof pixels, SIDE, SIDE, 4, VIPS_FORMAT_UCHAR);
    if (image)
        image->Type = VIPS_INTERPRETATION_sRGB;
    return image;
}

/* How much of the picture the letters cover: enough to spoil a copy, little enough to judge it. */
static const double OPACITY = 0.22;

/* White letters with a dark edge below them, turned, in rows shifted by half: seen on any ground. */
static VipsImage *lettered_tile(const char *watermark)
{
    VipsImage *mask = NULL, *next = NULL, *shadow = NULL, *out = NULL;
    char *markup = g_markup_escape_text(watermark, -1);
    int failed = vips_text(&mask, markup, "font", "sans bold 20", "dpi", 96, NULL);
    g_free(markup);
    if (failed)
        return NULL;
    enum { APART = 56 };
    int width = mask->Xsize + APART, height = mask->Ysize + APART;
    bool fine =
        step(&mask, vips_embed(mask, &next, APART / 2, APART / 2, width, height, NULL), &next) &&
        step(&mask, vips_rotate(mask, &next, -24, NULL), &next) &&
        step(&mask, vips_linear1(mask, &next, OPACITY, 0, "uchar", TRUE, NULL), &next);
    VipsImage *shifted = NULL;
    if (fine && vips_wrap(mask, &shifted, "x", mask->Xsize / 2, "y", 0, NULL) == 0) {
        fine = step(&mask, vips_join(mask, shifted, &next, VIPS_DIRECTION_VERTICAL, NULL), &next);
        g_object_unref(shifted);
    }
    fine = fine && vips_wrap(mask, &shadow, "x", 2, "y", 2, NULL) == 0;
    if (fine) {
        /* premultiplied union of letters and shadow: colour is the letters' share of the alpha */
        VipsImage *alpha = NULL, *white = NULL, *bands[4];
        VipsImage *pair[2] = {mask, shadow};
        if (vips_bandrank(pair, &alpha, 2, "index", 1, NULL) == 0 &&
            vips_linear1(mask, &white, 1 / OPACITY, 0, "uchar", TRUE, NULL) == 0) {
            bands[0] = bands[1] = bands[2] = white;
            bands[3] = alpha;
            VipsImage *joined = NULL;
            if (vips_bandjoin(bands, &joined, 4, NULL) == 0) {
                if (vips_copy(joined, &next, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) ==
                    0) {
                    out = vips_image_copy_memory(next);
                    g_object_unref(next);
                }
                g_object_unref(joined);
            }
        }
        g_clear_object(&alpha);
        g_clear_object(&white);
        g_object_unref(shadow);
    }
    g_object_unref(mask);
    return out;
}

/* Everything libvips, libjpeg, libwebp and lcms load or look up at first use must happen while files
 * may still be opened. */
static bool warm_up(void)
{
    VipsImage *image = NULL, *small = NULL, *coloured = NULL;
    void *buffer = NULL;
    size_t size = 0;
    bool fine =
        vips_black(&image, 64, 64, "bands", 3, NULL) == 0 &&
        vips_copy(image, &coloured, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) == 0 &&
        vips_thumbnail_image(coloured, &small, 32, "import_profile", "srgb", "export_profile",
                             "srgb", NULL) == 0 &&
        vips_jpegsave_buffer(small, &buffer, &size, NULL) == 0;
    g_free(buffer);
    buffer = NULL;
    fine = fine && vips_webpsave_buffer(small, &buffer, &size, NULL) == 0;
    g_free(buffer);
    g_clear_object(&image);
    g_clear_object(&small);
    g_clear_object(&coloured);
    return fine;
}

bool picture_start(const char *watermark)
{
    g_setenv("VIPS_WARNING", "0", TRUE); /* warnings quote files; ours are the only log lines */
    if (VIPS_INIT("media-child") != 0) {
        log_write(LOG_ERROR, "media.vips_not_ready", "reason=\"%s\"", vips_error_buffer());
        return false;
    }
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_vector_set_enabled(FALSE); /* its code generator wants memory both written and executed */
    vips_block_untrusted_set(TRUE);
    tile = lettered_tile(watermark);
    if (!tile) {
        log_write(LOG_WARNING, "media.no_font", "watermark=stripes");
        vips_error_clear();
        tile = striped_tile();
    }
    if (tile && warm_up())
        return true;
    log_write(LOG_ERROR, "media.vips_not_ready", "reason=\"%s\"", vips_error_buffer());
    return false;
}

/* How far libjpeg may scale down while decoding: leaves at least 1.5 to 1 for our own filter. */
static int shrink_for(const struct media_header *header, int edge)
{
    int64_t longest = header->width > header->height ? header->width : header->height;
    int shrink = 8;
    while (shrink > 1 && longest * 2 < (int64_t)shrink * edge * 3)
        shrink /= 2;
    return shrink;
}

/* Opens with the loader of the format; pixels are decoded when they are asked for. */
static const struct problem *load(struct bytes file, const struct media_header *header, int edge,
                                  VipsImage **out)
{
    void *data = (void *)(uintptr_t)file.data;
    int result = -1;
    VipsFailOn strict = VIPS_FAIL_ON_TRUNCATED;
    VipsAccess access = VIPS_ACCESS_SEQUENTIAL;
    if (header->format == MEDIA_JPEG)
        result = vips_jpegload_buffer(data, file.size, out, "access", access, "fail_on", strict,
                                      "shrink", edge > 0 ? shrink_for(header, edge) : 1, NULL);
    if (header->format == MEDIA_PNG)
        result =
            vips_pngload_buffer(data, file.size, out, "access", access, "fail_on", strict, NULL);
    if (header->format == MEDIA_WEBP)
        result = vips_webpload_buffer(data, file.size, out, "access", access, NULL);
    if (header->format == MEDIA_TIFF)
        result =
            vips_tiffload_buffer(data, file.size, out, "access", access, "fail_on", strict, NULL);
    if (header->format == MEDIA_HEIF) {
        if (vips_type_find("VipsOperation", "heifload_buffer") == 0)
            return &media_not_an_image;
        result = vips_heifload_buffer(data, file.size, out, "access", access, NULL);
    }
    return result == 0 ? NULL : &media_damaged;
}

/* The same pixels in a new image that never heard of any metadata: asking libvips to strip it when
 * saving is not enough, 8.14 writes XMP and EXIF into WebP all the same. */
static bool forget_metadata(VipsImage **image)
{
    size_t size = 0;
    VipsImage *bare = NULL, *next = NULL;
    if ((*image)->Bands != 3)
        return false;
    void *pixels = vips_image_write_to_memory(*image, &size);
    if (!pixels)
        return false;
    bare = vips_image_new_from_memory_copy(pixels, size, (*image)->Xsize, (*image)->Ysize, 3,
                                           VIPS_FORMAT_UCHAR);
    g_free(pixels);
    if (!bare)
        return false;
    int result = vips_copy(bare, &next, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(bare);
    return step(image, result, &next);
}

/* To at most `edge` px (0: as large as it is), sRGB, three bands, upright, in memory. */
static bool prepare(VipsImage **image, int edge, int orientation)
{
    VipsImage *next = NULL;
    int target = edge > 0 ? edge : VIPS_MAX((*image)->Xsize, (*image)->Ysize);
    int result = 0;
    /* without a profile of its own a picture is sRGB already; naming the target would send it through
     * Lab and back and turn its blues purple */
    if (vips_image_get_typeof(*image, VIPS_META_ICC_NAME) != 0)
        result =
            vips_thumbnail_image(*image, &next, target, "height", target, "size", VIPS_SIZE_DOWN,
                                 "no_rotate", TRUE, "export_profile", "srgb", NULL);
    else
        result = vips_thumbnail_image(*image, &next, target, "height", target, "size",
                                      VIPS_SIZE_DOWN, "no_rotate", TRUE, NULL);
    if (!step(image, result, &next))
        return false;
    if (!step(image, vips_colourspace(*image, &next, VIPS_INTERPRETATION_sRGB, NULL), &next))
        return false;
    if (vips_image_hasalpha(*image)) {
        double white[3] = {255, 255, 255};
        VipsArrayDouble *ground = vips_array_double_new(white, 3);
        result = vips_flatten(*image, &next, "background", ground, NULL);
        vips_area_unref(VIPS_AREA(ground));
        if (!step(image, result, &next))
            return false;
    }
    if (!step(image, vips_cast_uchar(*image, &next, NULL), &next))
        return false;
    if (!forget_metadata(image))
        return false;
    if (orientation == 1)
        return true;
    if (!step(image, vips_copy(*image, &next, NULL), &next))
        return false;
    vips_image_set_int(*image, VIPS_META_ORIENTATION, orientation);
    return step(image, vips_autorot(*image, &next, NULL), &next) && forget_metadata(image);
}

/* A smaller copy in memory, or another reference when it is small enough. */
static VipsImage *smaller(VipsImage *image, int edge)
{
    VipsImage *next = NULL;
    if (VIPS_MAX(image->Xsize, image->Ysize) <= edge) {
        g_object_ref(image);
        return image;
    }
    if (vips_thumbnail_image(image, &next, edge, "height", edge, "size", VIPS_SIZE_DOWN,
                             "no_rotate", TRUE, NULL) != 0)
        return NULL;
    VipsImage *kept = vips_image_copy_memory(next);
    g_object_unref(next);
    return kept;
}

static bool mark(VipsImage **image)
{
    VipsImage *cover = NULL, *next = NULL;
    int width = (*image)->Xsize, height = (*image)->Ysize;
    if (vips_replicate(tile, &cover, width / tile->Xsize + 1, height / tile->Ysize + 1, NULL) != 0)
        return false;
    bool fine =
        step(&cover, vips_crop(cover, &next, 0, 0, width, height, NULL), &next) &&
        step(image, vips_composite2(*image, cover, &next, VIPS_BLEND_MODE_OVER, NULL), &next);
    g_object_unref(cover);
    fine = fine && step(image, vips_flatten(*image, &next, NULL), &next) &&
           step(image, vips_cast_uchar(*image, &next, NULL), &next);
    if (!fine)
        return false;
    next = vips_image_copy_memory(*image);
    return step(image, next ? 0 : -1, &next);
}

static const struct problem *write_all(int file, const unsigned char *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t put = write(file, data + done, size - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno == ENOSPC || errno == EDQUOT ? &disk_full : &world_failed;
        done += (size_t)put;
    }
    return NULL;
}

static const struct problem *write_rendition(VipsImage *image, struct media_rendition *made,
                                             int output)
{
    void *buffer = NULL;
    size_t size = 0;
    int result = 0;
    if (made->format == MEDIA_WEBP)
        result = vips_webpsave_buffer(image, &buffer, &size, "Q", WEBP_QUALITY, "effort",
                                      WEBP_EFFORT, "strip", TRUE, NULL);
    else
        result = vips_jpegsave_buffer(image, &buffer, &size, "Q", JPEG_QUALITY, "optimize_coding",
                                      TRUE, "strip", TRUE, NULL);
    if (result != 0)
        return &media_decoder_failed;
    const struct problem *problem = NULL;
    if (made->format == MEDIA_WEBP) {
        /* libvips 8.14 puts an EXIF block of its own into a WebP even when told to strip it */
        unsigned char head[12];
        struct bytes bare;
        if (!media_webp_bare((struct bytes){buffer, size}, head, &bare))
            problem = &media_decoder_failed;
        if (!problem)
            problem = write_all(output, head, sizeof head);
        if (!problem)
            problem = write_all(output, bare.data, bare.size);
        size = problem ? 0 : bare.size + sizeof head;
    } else {
        problem = write_all(output, buffer, size);
    }
    g_free(buffer);
    made->width = image->Xsize;
    made->height = image->Ysize;
    made->bytes = (int64_t)size;
    return problem;
}

/* All renditions from the largest; those of one size and marking that follow each other share it. */
static const struct problem *write_renditions(VipsImage *largest,
                                              const struct wire_request *request,
                                              const int *outputs, struct wire_answer *answer)
{
    VipsImage *current = NULL;
    const struct problem *problem = NULL;
    for (int i = 0; i < request->count && !problem; i++) {
        struct media_rendition *made = &answer->made[i];
        *made = request->wanted[i];
        bool same = i > 0 && made[-1].edge == made->edge && made[-1].marked == made->marked;
        if (!same) {
            g_clear_object(&current);
            current = smaller(largest, made->edge);
            if (!current || (made->marked && !mark(&current)))
                problem = &media_decoder_failed;
        }
        if (!problem)
            problem = write_rendition(current, made, outputs[i]);
    }
    g_clear_object(&current);
    return problem;
}

static const struct problem *read_look(VipsImage *largest, struct media_facts *facts)
{
    VipsImage *small = smaller(largest, FACTS_EDGE);
    if (!small)
        return &media_damaged;
    struct pixels picture = {
        .rgb = vips_image_get_data(small), .width = small->Xsize, .height = small->Ysize};
    if (picture.rgb) {
        look_colours(picture, facts);
        look_hash(picture, facts);
    }
    g_object_unref(small);
    return picture.rgb ? NULL : &media_damaged;
}

static const struct problem *check_size(const struct media_header *header,
                                        const struct media_limits *limits)
{
    if (header->width < 1 || header->height < 1)
        return &media_damaged;
    if (header->width > limits->pixels / header->height)
        return &media_too_many_pixels;
    int64_t longest = header->width > header->height ? header->width : header->height;
    return longest < limits->edge ? &media_too_small : NULL;
}

/* HEIF keeps its EXIF block among its items, where only the decoder finds it; libheif turns the
 * picture itself. */
static void read_exif_of(VipsImage *image, struct media_header *header)
{
    const void *block = NULL;
    size_t size = 0;
    if (header->format != MEDIA_HEIF)
        return;
    if (vips_image_get_typeof(image, VIPS_META_EXIF_NAME) != 0 &&
        vips_image_get_blob(image, VIPS_META_EXIF_NAME, &block, &size) == 0 && size > 6)
        media_exif_read((struct bytes){(const unsigned char *)block + 6, size - 6}, &header->exif);
    header->exif.orientation = 1;
}

static void fill_facts(const struct media_header *header, struct media_facts *facts)
{
    bool turned = header->exif.orientation >= 5;
    facts->format = header->format;
    facts->width = (int)(turned ? header->height : header->width);
    facts->height = (int)(turned ? header->width : header->height);
    facts->orientation = header->exif.orientation;
    memcpy(facts->camera_make, header->exif.make, sizeof facts->camera_make);
    memcpy(facts->camera_model, header->exif.model, sizeof facts->camera_model);
    facts->taken = header->exif.taken;
    facts->had_position = header->exif.had_position;
}

const struct problem *picture_examine(struct bytes file, const struct media_header *found,
                                      const struct wire_request *request, const int *outputs,
                                      struct wire_answer *answer)
{
    struct media_header header = *found;
    const struct problem *problem = NULL;
    if (header.width > 0 && (problem = check_size(&header, &request->limits)))
        return problem;
    int edge = FACTS_EDGE;
    for (int i = 0; i < request->count; i++)
        edge = VIPS_MAX(edge, request->wanted[i].edge);
    VipsImage *image = NULL;
    problem = load(file, &header, edge, &image);
    if (!problem && header.width == 0) {
        header.width = image->Xsize;
        header.height = image->Ysize;
        problem = check_size(&header, &request->limits);
    }
    if (!problem) {
        read_exif_of(image, &header);
        fill_facts(&header, &answer->facts);
        if (!prepare(&image, edge, header.exif.orientation))
            problem = &media_damaged;
    }
    if (!problem)
        problem = read_look(image, &answer->facts);
    if (!problem)
        problem = write_renditions(image, request, outputs, answer);
    g_clear_object(&image);
    vips_error_clear();
    return problem;
}

const struct problem *picture_to_jpeg(struct bytes file, const struct media_header *found,
                                      struct bytes *out)
{
    struct media_header header = *found;
    VipsImage *image = NULL;
    void *buffer = NULL;
    *out = (struct bytes){0};
    const struct problem *problem = load(file, &header, 0, &image);
    if (!problem) {
        header.width = image->Xsize;
        header.height = image->Ysize;
        problem = check_size(&header, &media_standard_limits);
        if (problem == &media_too_small)
            problem = NULL;
        read_exif_of(image, &header);
    }
    if (!problem && !prepare(&image, 0, header.exif.orientation))
        problem = &media_damaged;
    if (!problem && vips_jpegsave_buffer(image, &buffer, &out->size, "Q", COPY_QUALITY,
                                         "optimize_coding", TRUE, "strip", TRUE, NULL) != 0)
        problem = &media_decoder_failed;
    out->data = buffer;
    g_clear_object(&image);
    vips_error_clear();
    return problem;
}

void picture_free(struct bytes *out)
{
    g_free((void *)(uintptr_t)out->data);
    *out = (struct bytes){0};
}
