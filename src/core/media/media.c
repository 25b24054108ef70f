/*
 * What callers of media see: a file is examined, taken in, or copied for a licensee.
 *
 * Puts the store and the sandbox together: copies what came, names it by its content, has it looked at
 * and keeps what a child made. Must not know: formats inside, vips, seccomp. Read next: media.h.
 */
#include "core/media/media.h"

#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "core/media/sandbox.h"
#include "core/media/store.h"

const struct problem media_not_an_image = {"media.not_an_image", 422, FAULT_CLIENT, false};
const struct problem media_truncated = {"media.truncated", 422, FAULT_CLIENT, false};
const struct problem media_damaged = {"media.damaged", 422, FAULT_CLIENT, false};
const struct problem media_too_many_pixels = {"media.too_many_pixels", 422, FAULT_CLIENT, false};
const struct problem media_too_small = {"media.too_small", 422, FAULT_CLIENT, false};
const struct problem media_too_large_file = {"media.too_large_file", 413, FAULT_CLIENT, false};
const struct problem media_trailing_data = {"media.trailing_data", 422, FAULT_CLIENT, false};
const struct problem media_svg_refused = {"media.svg_refused", 422, FAULT_CLIENT, false};
const struct problem media_decoder_failed = {"media.decoder_failed", 422, FAULT_CLIENT, false};
const struct problem media_not_ready = {"media.not_ready", 503, FAULT_WORLD, true};

const struct media_limits media_standard_limits = {
    .photo_bytes = 50000000, .clip_bytes = 100000000, .pixels = 100000000, .edge = 640};

const struct media_rendition media_ladder[MEDIA_LADDER_COUNT] = {
    {.edge = 320, .format = MEDIA_WEBP},
    {.edge = 320, .format = MEDIA_JPEG},
    {.edge = 640, .marked = true, .format = MEDIA_WEBP},
    {.edge = 640, .marked = true, .format = MEDIA_JPEG},
    {.edge = 1200, .marked = true, .format = MEDIA_WEBP},
    {.edge = 1200, .marked = true, .format = MEDIA_JPEG},
};

static const struct {
    const char *type;
    const char *extension;
} formats[] = {
    [MEDIA_JPEG] = {"image/jpeg", "jpg"},     [MEDIA_PNG] = {"image/png", "png"},
    [MEDIA_WEBP] = {"image/webp", "webp"},    [MEDIA_TIFF] = {"image/tiff", "tif"},
    [MEDIA_HEIF] = {"image/heif", "heif"},    [MEDIA_MP4] = {"video/mp4", "mp4"},
    [MEDIA_MOV] = {"video/quicktime", "mov"}, [MEDIA_WEBM] = {"video/webm", "webm"},
};

const char *media_type(enum media_format format)
{
    return format >= MEDIA_JPEG && format <= MEDIA_WEBM ? formats[format].type : NULL;
}

const char *media_extension(enum media_format format)
{
    return format >= MEDIA_JPEG && format <= MEDIA_WEBM ? formats[format].extension : NULL;
}

bool media_is_clip(enum media_format format)
{
    return format >= MEDIA_MP4 && format <= MEDIA_WEBM;
}

const struct problem *media_start(const struct media_options *options)
{
    if (sodium_init() < 0)
        return &world_failed;
    const struct problem *problem = media_store_start(options->folder, &options->bucket);
    if (!problem)
        problem = sandbox_start(options);
    return problem;
}

void media_stop(void)
{
    sandbox_stop();
    media_store_stop();
}

/* Length, picture and look of a clip; its poster is examined like a photograph, renditions too. */
static const struct problem *examine_clip(const int *files, int count,
                                          const struct wire_request *photo,
                                          struct wire_answer *answer)
{
    struct wire_request request = {.verb = WIRE_CLIP_FACTS, .clip = answer->facts.format};
    struct wire_answer clip = {0}, ignored = {0};
    const struct problem *problem = sandbox_call(ROLE_LAUNCHER, &request, files, 1, &clip);
    if (problem)
        return problem;
    int poster[WIRE_FILES_MAX] = {files[0], memfd_create("poster", MFD_CLOEXEC)};
    if (poster[1] < 0)
        return &world_failed;
    request.verb = WIRE_CLIP_POSTER;
    request.at_ms = clip.facts.duration_ms / 10;
    problem = sandbox_call(ROLE_LAUNCHER, &request, poster, 2, &ignored);
    if (!problem) {
        struct wire_request look = *photo;
        look.limits.photo_bytes =
            INT64_C(500) * 1000000; /* a frame as PNG is larger than a photo */
        poster[0] = poster[1];
        memcpy(poster + 1, files + 1, sizeof *files * (size_t)(count - 1));
        problem = sandbox_call(ROLE_DECODER, &look, poster, count, answer);
    }
    close(poster[0] == files[0] ? poster[1] : poster[0]);
    if (problem)
        return problem;
    struct media_facts look = answer->facts;
    answer->facts = clip.facts;
    memcpy(answer->facts.colours, look.colours, sizeof look.colours);
    memcpy(answer->facts.colour_percent, look.colour_percent, sizeof look.colour_percent);
    answer->facts.colour_count = look.colour_count;
    answer->facts.phash = look.phash;
    answer->facts.phash_mirrored = look.phash_mirrored;
    return NULL;
}

static const struct problem *examine(const int *files, const struct media_limits *limits,
                                     const struct media_rendition *wanted, int count,
                                     struct wire_answer *answer)
{
    struct wire_request request = {.verb = WIRE_EXAMINE, .limits = *limits, .count = count};
    if (count > 0)
        memcpy(request.wanted, wanted, sizeof *wanted * (size_t)count);
    memset(answer, 0, sizeof *answer);
    const struct problem *problem = sandbox_call(ROLE_DECODER, &request, files, count + 1, answer);
    if (!problem && media_is_clip(answer->facts.format))
        problem = examine_clip(files, count + 1, &request, answer);
    return problem;
}

const struct problem *media_examine(int file, const struct media_limits *limits,
                                    struct media_facts *facts)
{
    struct wire_answer answer;
    struct media_hash hash;
    int64_t bytes = 0;
    const struct problem *problem = media_hash_file(file, &hash, &bytes);
    if (!problem && bytes > limits->photo_bytes && bytes > limits->clip_bytes)
        problem = &media_too_large_file;
    if (!problem)
        problem = examine(&file, limits, NULL, 0, &answer);
    if (problem)
        return problem;
    *facts = answer.facts;
    facts->hash = hash;
    facts->bytes = bytes;
    return NULL;
}

/* Keeps the renditions, then the original: where an original lies, its renditions lie too. What was
 * kept before a failure goes again, unless the original was there before this call. */
static const struct problem *keep_all(struct media_draft *drafts,
                                      const struct media_rendition *wanted, int count,
                                      const struct media_facts *facts)
{
    struct media_file name = {.hash = facts->hash, .format = facts->format};
    bool before = true;
    const struct problem *problem = media_store_has(&name, &before);
    int kept = 0;
    while (kept < count && !problem) {
        struct media_file rendition = {.hash = facts->hash,
                                       .edge = wanted[kept].edge,
                                       .marked = wanted[kept].marked,
                                       .format = wanted[kept].format};
        problem = media_draft_keep(&drafts[kept + 1], &rendition);
        kept += problem ? 0 : 1;
    }
    if (!problem)
        problem = media_draft_keep(&drafts[0], &name);
    for (int i = 0; problem && !before && i < kept; i++)
        media_forget(&(struct media_file){.hash = facts->hash,
                                          .edge = wanted[i].edge,
                                          .marked = wanted[i].marked,
                                          .format = wanted[i].format});
    return problem;
}

static bool order_sound(const struct media_rendition *wanted, int count)
{
    if (count < 0 || count > MEDIA_RENDITIONS_MAX)
        return false;
    for (int i = 0; i < count; i++)
        if (wanted[i].edge < 16 || wanted[i].edge > 8192 ||
            (wanted[i].format != MEDIA_WEBP && wanted[i].format != MEDIA_JPEG))
            return false;
    return true;
}

const struct problem *media_take_in(int file, const struct media_limits *limits,
                                    struct media_rendition *wanted, int count,
                                    struct media_facts *facts)
{
    ensure(order_sound(wanted, count));
    struct media_draft drafts[WIRE_FILES_MAX];
    int files[WIRE_FILES_MAX];
    struct wire_answer answer;
    struct media_hash hash;
    int64_t bytes = lseek(file, 0, SEEK_END);
    for (int i = 0; i < WIRE_FILES_MAX; i++)
        drafts[i].file = -1;
    if (bytes > limits->photo_bytes && bytes > limits->clip_bytes)
        return &media_too_large_file;
    const struct problem *problem = media_store_copy(file, &drafts[0], &hash, &bytes);
    for (int i = 1; i <= count && !problem; i++)
        problem = media_draft_begin(&drafts[i]);
    for (int i = 0; i <= count; i++)
        files[i] = drafts[i].file;
    if (!problem)
        problem = examine(files, limits, wanted, count, &answer);
    if (!problem) {
        *facts = answer.facts;
        facts->hash = hash;
        facts->bytes = bytes;
        for (int i = 0; i < count; i++) {
            wanted[i].width = answer.made[i].width;
            wanted[i].height = answer.made[i].height;
            wanted[i].bytes = lseek(drafts[i + 1].file, 0, SEEK_END);
        }
        problem = keep_all(drafts, wanted, count, facts);
    }
    for (int i = 0; i <= count; i++)
        media_draft_drop(&drafts[i]);
    return problem;
}

const struct problem *media_licensed_copy(int file, const struct media_notice *notice,
                                          struct media_file *copy, int64_t *bytes)
{
    struct wire_request request = {.verb = WIRE_COPY};
    struct wire_answer answer = {0};
    struct media_draft draft = {.file = -1};
    if (!wire_notice_fill(notice, &request.notice))
        return &too_large;
    const struct problem *problem = media_draft_begin(&draft);
    if (problem)
        return problem;
    int files[2] = {file, draft.file};
    problem = sandbox_call(ROLE_DECODER, &request, files, 2, &answer);
    if (!problem && media_is_clip(answer.facts.format)) {
        request.verb = WIRE_CLIP_COPY;
        request.clip = answer.facts.format;
        problem = sandbox_call(ROLE_LAUNCHER, &request, files, 2, &answer);
    }
    struct media_file name = {.format = answer.format};
    if (!problem)
        problem = media_hash_file(draft.file, &name.hash, bytes);
    if (!problem)
        problem = media_draft_keep(&draft, &name);
    media_draft_drop(&draft);
    if (!problem)
        *copy = name;
    return problem;
}
