/*
 * The sandboxed child: receives requests and files, answers, and knows nothing else.
 *
 * It locks itself in before it says that it is there. Everything it is handed may be hostile; what it
 * writes goes to descriptors that it was given. Read next: picture.c, clip.c.
 */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/log.h"
#include "core/media/picture.h"
#include "core/media/sandbox.h"

#define COPY_MEMORY ((size_t)512 * 1024 * 1024) /* bytes for one rewritten file and its growing */

static const struct problem *map_file(int file, struct bytes *out)
{
    *out = (struct bytes){0};
    off_t size =
        lseek(file, 0, SEEK_END); /* the C library's fstat() may look at any path: refused */
    if (size < 0)
        return &world_failed;
    if (size == 0)
        return &media_not_an_image;
    void *data = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, file, 0);
    if (data == MAP_FAILED)
        return &out_of_memory;
    *out = (struct bytes){data, (size_t)size};
    return NULL;
}

static void unmap_file(struct bytes file)
{
    if (file.size > 0)
        munmap((void *)(uintptr_t)file.data, file.size);
}

/* Size and drawing first: neither needs, nor deserves, a walk through the file. */
static const struct problem *inspect(struct bytes file, const struct media_limits *limits,
                                     struct media_header *header)
{
    bool svg = false;
    enum media_format format = media_identify(file, &svg);
    int64_t most = media_is_clip(format) ? limits->clip_bytes : limits->photo_bytes;
    if ((int64_t)file.size > most)
        return &media_too_large_file;
    return media_inspect(file, header);
}

static const struct problem *examine(const struct wire_request *request, const int *files,
                                     struct wire_answer *answer)
{
    struct bytes file;
    struct media_header header;
    const struct problem *problem = map_file(files[0], &file);
    if (!problem)
        problem = inspect(file, &request->limits, &header);
    if (!problem && media_is_clip(header.format)) {
        answer->facts.format = header.format; /* the parent asks a launcher about the rest */
        answer->facts.orientation = 1;
        for (int i = 0; i < request->count; i++)
            answer->made[i].width = answer->made[i].height = 1;
    } else if (!problem) {
        problem = picture_examine(file, &header, request, files + 1, answer);
    }
    unmap_file(file);
    return problem;
}

static const struct problem *write_text(int file, struct text body)
{
    size_t done = 0;
    while (done < body.size) {
        ssize_t put = write(file, body.data + done, body.size - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno == ENOSPC || errno == EDQUOT ? &disk_full : &world_failed;
        done += (size_t)put;
    }
    return NULL;
}

static const struct problem *rewrite_into(struct bytes file, const struct wire_request *request,
                                          struct memory *memory, int output)
{
    struct media_notice notice = wire_notice_texts(&request->notice);
    struct builder out = builder_make(memory, file.size + 256 * 1024);
    struct text body = {0};
    const struct problem *problem = media_rewrite(file, &notice, &out);
    if (!problem)
        problem = builder_end(&out, &body);
    return problem ? problem : write_text(output, body);
}

static const struct problem *copy(const struct wire_request *request, const int *files,
                                  struct wire_answer *answer)
{
    struct bytes file;
    struct media_header header;
    const struct problem *problem = map_file(files[0], &file);
    struct memory *memory = memory_create(COPY_MEMORY);
    if (!problem && !memory)
        problem = &out_of_memory;
    if (!problem)
        problem = media_inspect(file, &header);
    if (!problem) {
        answer->facts.format = answer->format = header.format;
        answer->facts.orientation = 1;
    }
    bool again =
        !problem && (header.format == MEDIA_TIFF || header.format == MEDIA_HEIF || header.animated);
    if (again) {
        struct bytes encoded = {0};
        answer->format = MEDIA_JPEG;
        problem = picture_to_jpeg(file, &header, &encoded);
        if (!problem)
            problem = rewrite_into(encoded, request, memory, files[1]);
        picture_free(&encoded);
    } else if (!problem && !media_is_clip(header.format)) {
        problem = rewrite_into(file, request, memory, files[1]);
    }
    memory_end(memory);
    unmap_file(file);
    return problem;
}

static const struct problem *serve(const struct wire_request *request, const int *files, int count,
                                   struct wire_answer *answer)
{
    int needed = request->verb == WIRE_CLIP_FACTS ? 1 : 2;
    if (request->verb == WIRE_EXAMINE)
        needed = request->count + 1;
    if (count != needed || request->count < 0 || request->count > MEDIA_RENDITIONS_MAX)
        return &media_decoder_failed;
    switch (request->verb) {
    case WIRE_HELLO:
        break;
    case WIRE_EXAMINE:
        return examine(request, files, answer);
    case WIRE_COPY:
        return copy(request, files, answer);
    case WIRE_CLIP_FACTS:
        return clip_facts(files[0], request, &answer->facts);
    case WIRE_CLIP_POSTER:
        answer->facts.format = request->clip;
        answer->facts.orientation = 1;
        return clip_poster(files[0], files[1], request);
    case WIRE_CLIP_COPY:
        answer->facts.format = answer->format = request->clip;
        answer->facts.orientation = 1;
        return clip_copy(files[0], files[1], request);
    }
    return &media_decoder_failed;
}

/* Builds the walls in the order that lets each step still do what it needs. */
static bool settle_in(const struct wire_request *hello)
{
    lockdown_limits();
    lockdown_network();
    if (hello->role == ROLE_DECODER && !picture_start(hello->watermark))
        return false;
    lockdown_calls(hello->role);
    return true;
}

#ifdef __SANITIZE_THREAD__
/* The libraries that decode are not built with the thread sanitizer: it sees their threads and their
 * memory, but not the locks between them. Here, since a child gets no environment. */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
    return "called_from_lib:libvips.so\ncalled_from_lib:libglib-2.0.so\n"
           "called_from_lib:libgobject-2.0.so\ncalled_from_lib:libfontconfig.so\n"
           "called_from_lib:libjpeg.so\ncalled_from_lib:libwebp.so\n"
           "called_from_lib:libwebpmux.so\nmutex:libpango-1.0.so\n";
}
#endif

int media_child_main(int socket)
{
    static struct wire_request request;
    static struct wire_answer answer;
    int files[WIRE_FILES_MAX], count = 0;
    /* Whoever asked may die in the middle of a decoding that nobody wants any more. (Linux means the
     * thread that forked, see keep() of sandbox.c.) */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a write beyond the limit fails with EFBIG instead */
    signal(SIGCHLD, SIG_DFL);
    if (!wire_receive(socket, &request, sizeof request, NULL, 0, &count) ||
        request.verb != WIRE_HELLO || !settle_in(&request))
        return 1;
    memset(&answer, 0, sizeof answer);
    answer.facts = (struct media_facts){.format = MEDIA_JPEG, .orientation = 1};
    while (wire_send(socket, &answer, sizeof answer, NULL, 0)) {
        if (!wire_receive(socket, &request, sizeof request, files, WIRE_FILES_MAX, &count))
            break;
        memset(&answer, 0, sizeof answer);
        answer.problem = wire_problem_number(serve(&request, files, count, &answer));
        for (int i = 0; i < count; i++)
            close(files[i]);
        malloc_trim(0);
    }
    return 0;
}
