/*
 * The answer of one request while it is made, and the handler's ways to ask for one.
 *
 * Must not know: libmicrohttpd, routes. Read next: web/router.c.
 */
#include "web/answer.h"
#include "web/words.h"

#include <errno.h>
#include <libdeflate.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

#define COMPRESS_LEAST 1024 /* bytes below which gzip gains nothing in a network packet */

void answer_begin(struct answer *answer, struct memory *memory)
{
    *answer = (struct answer){.memory = memory, .fd = -1, .blame = {.memory = memory}};
}

static void add_header(struct answer *answer, const char *name, const char *value)
{
    if (answer->header_count == ANSWER_HEADERS_MAX || !value) {
        log_write(LOG_ERROR, "web.header_lost", "name=%s", name);
        return;
    }
    answer->headers[answer->header_count++] = (struct answer_header){name, value};
}

void answer_header_as_is(struct answer *answer, const char *name, const char *value)
{
    add_header(answer, name, value);
}

void answer_header(struct answer *answer, const char *name, const char *format, ...)
{
    char value[1024];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    if (size < 0)
        return;
    if ((size_t)size < sizeof value) {
        add_header(answer, name, memory_copy(answer->memory, value, (size_t)size + 1));
        return;
    }
    char *longer = memory_take(answer->memory, (size_t)size + 1);
    if (longer) {
        va_start(arguments, format);
        vsnprintf(longer, (size_t)size + 1, format, arguments);
        va_end(arguments);
    }
    add_header(answer, name, longer);
}

bool answer_has(const struct answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->header_count; i++)
        if (strcmp(answer->headers[i].name, name) == 0)
            return true;
    return false;
}

void answer_drop(struct answer *answer, const char *name)
{
    size_t kept = 0;
    for (size_t i = 0; i < answer->header_count; i++)
        if (strcmp(answer->headers[i].name, name) != 0)
            answer->headers[kept++] = answer->headers[i];
    answer->header_count = kept;
}

void answer_secure(struct answer *answer, bool https)
{
    bool framed = answer->frame.size > 0;
    bool elsewhere = framed || answer->shared;
    const struct answer_header all[] = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", elsewhere ? "cross-origin" : "same-origin"},
    };
    answer_header(answer, "Content-Security-Policy",
                  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                  "media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
                  "form-action 'self'%s%.*s; frame-ancestors %.*s; base-uri 'none'",
                  answer->lead_out.size ? " " : "", TEXT_ARGS(answer->lead_out),
                  TEXT_ARGS(framed ? answer->frame : text_of("'none'")));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        add_header(answer, all[i].name, all[i].value);
    /* A page that isolates itself shows only frames that do, too. */
    if (framed)
        add_header(answer, "Cross-Origin-Embedder-Policy", "require-corp");
    if (answer->shared)
        add_header(answer, "Access-Control-Allow-Origin", "*");
    if (https)
        add_header(answer, "Strict-Transport-Security", "max-age=31536000");
}

void answer_cookie(struct answer *answer, const char *name, struct text value, int64_t seconds,
                   bool https)
{
    char life[40] = "";
    if (value.size == 0)
        snprintf(life, sizeof life, "; Max-Age=0");
    else if (seconds > 0)
        snprintf(life, sizeof life, "; Max-Age=%lld", (long long)seconds);
    answer_header(answer, "Set-Cookie", "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s", name,
                  TEXT_ARGS(value), https ? "; Secure" : "", life);
}

void answer_bytes(struct answer *answer, int status, const char *type, struct text body)
{
    answer->status = status;
    answer->type = type;
    answer->body = body;
}

/* The name for Content-Disposition: ASCII as it is, the rest as RFC 8187 says. */
static void add_disposition(struct answer *answer)
{
    struct builder b = builder_make(answer->memory, 4096);
    builder_add_c(&b, "attachment; filename=\"");
    for (size_t i = 0; i < answer->file_name.size; i++) {
        char c = answer->file_name.data[i];
        builder_add_char(&b, c >= ' ' && c < 0x7f && c != '"' && c != '\\' ? c : '_');
    }
    builder_add_c(&b, "\"; filename*=UTF-8''");
    builder_add_url(&b, answer->file_name);
    struct text value;
    if (!builder_end(&b, &value))
        add_header(answer, "Content-Disposition", value.data);
}

void answer_settle_file(struct answer *answer, struct text range)
{
    int64_t all = answer->fd >= 0 ? answer->size : (int64_t)answer->body.size;
    int64_t first = 0;
    int64_t last = all - 1;
    answer->status = answer->own_status ? answer->own_status : 200;
    if (answer->own_status == 401)
        add_header(answer, "WWW-Authenticate", "Basic realm=\"apps\"");
    if (answer->file_name.size)
        add_disposition(answer);
    if (answer->keep > 0)
        answer_header(answer, "Cache-Control", "public, max-age=%lld%s", (long long)answer->keep,
                      answer->shared ? "" : ", immutable");
    else
        add_header(answer, "Cache-Control",
                   answer->again ? "private, no-cache" : "private, no-store");
    if (answer->fd < 0)
        return;
    add_header(answer, "Accept-Ranges", "bytes");
    if (!decode_range(range, all, &first, &last))
        return;
    if (first > last) {
        answer_end(answer);
        answer_header(answer, "Content-Range", "bytes */%lld", (long long)all);
        answer_bytes(answer, 416, NULL, (struct text){"", 0});
        return;
    }
    answer->status = 206;
    answer->first = first;
    answer->size = last - first + 1;
    answer_header(answer, "Content-Range", "bytes %lld-%lld/%lld", (long long)first,
                  (long long)last, (long long)all);
}

/* One compressor for each thread, given back when the thread ends. */
static pthread_key_t compressor_key;
static pthread_once_t compressor_once = PTHREAD_ONCE_INIT;

static void free_compressor(void *compressor)
{
    libdeflate_free_compressor(compressor);
}

static void make_compressor_key(void)
{
    pthread_key_create(&compressor_key, free_compressor);
}

static struct libdeflate_compressor *take_compressor(void)
{
    pthread_once(&compressor_once, make_compressor_key);
    struct libdeflate_compressor *compressor = pthread_getspecific(compressor_key);
    if (!compressor) {
        compressor = libdeflate_alloc_compressor(1);
        pthread_setspecific(compressor_key, compressor);
    }
    return compressor;
}

void answer_compress(struct answer *answer)
{
    if (answer->fd >= 0 || answer->body.size < COMPRESS_LEAST)
        return;
    struct libdeflate_compressor *compressor = take_compressor();
    size_t room = answer->body.size - 1;
    char *packed = compressor ? memory_take(answer->memory, room) : NULL;
    size_t size = packed ? libdeflate_gzip_compress(compressor, answer->body.data,
                                                    answer->body.size, packed, room)
                         : 0;
    if (size == 0)
        return;
    answer->body = (struct text){packed, size};
    add_header(answer, "Content-Encoding", "gzip");
}

void answer_end(struct answer *answer)
{
    if (answer->fd >= 0)
        close(answer->fd);
    answer->fd = -1;
}

static void go(struct request *request, const char *format, va_list arguments, const char *notice)
{
    struct answer *answer = request->answer;
    struct builder b = builder_make(request->memory, 4096);
    char path[2048];
    int size = vsnprintf(path, sizeof path, format, arguments);
    struct text target = {path, size < 0 ? 0 : (size_t)size};
    if (target.size >= sizeof path || !decode_is_local(target))
        target = (struct text)TEXT("/");
    if (notice) {
        const char *mark = memchr(target.data, '#', target.size);
        struct text whole = target;
        if (mark)
            whole.size = (size_t)(mark - target.data);
        builder_add(&b, whole);
        builder_add_char(&b, memchr(whole.data, '?', whole.size) ? '&' : '?');
        builder_add_c(&b, "done=");
        builder_add_c(&b, notice);
        builder_add_bytes(&b, target.data + whole.size, target.size - whole.size);
    } else {
        builder_add(&b, target);
    }
    if (builder_end(&b, &answer->go))
        answer->go = (struct text)TEXT("/");
}

struct text request_header(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->head_count; i++)
        if (request->heads[i].name.size == strlen(name) &&
            strncasecmp(request->heads[i].name.data, name, strlen(name)) == 0)
            return request->heads[i].value;
    return (struct text){"", 0};
}

void request_go(struct request *request, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    go(request, format, arguments, NULL);
    va_end(arguments);
}

void request_go_saying(struct request *request, const char *notice, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    go(request, format, arguments, notice);
    va_end(arguments);
}

void request_leave(struct request *request, struct text address)
{
    request->answer->go = address;
}

void request_come_again(struct request *request, struct instant at)
{
    int64_t wait = at.ms - request->now.ms;
    answer_drop(request->answer, "Retry-After");
    answer_header(request->answer, "Retry-After", "%lld",
                  (long long)(wait > SECOND ? (wait + SECOND - 1) / SECOND : 1));
}

void request_lead_out(struct request *request, struct text origin)
{
    request->answer->lead_out = origin;
}

const struct problem *request_refuse(struct request *request, const char *field, const char *rule)
{
    blame_add(&request->answer->blame,
              (struct field_error){.field = field, .fault = FIELD_REFUSED, .rule = rule});
    return &invalid_input;
}

const struct problem *request_blame(struct request *request, const char *field,
                                    const struct problem *problem)
{
    static const char *const endings[] = {".field", ".detail", ""};
    if (request->json || problem->fault != FAULT_CLIENT || problem == &not_found ||
        problem == &invalid_input)
        return problem;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct text key = text_format(request->memory, "problem.%s%s", problem->name, endings[i]);
        if (key.data && words_have(key.data))
            return request_refuse(request, field, key.data);
    }
    return problem;
}

void request_send_file(struct request *request, int fd, const char *type, struct text name,
                       int64_t keep)
{
    struct answer *answer = request->answer;
    struct stat about;
    answer_end(answer);
    if (fstat(fd, &about) != 0) {
        log_write(LOG_ERROR, "web.file_unreadable", "error=%d", errno);
        close(fd);
        answer->problem = &world_failed;
        return;
    }
    answer->file = true;
    answer->fd = fd;
    answer->first = 0;
    answer->size = (int64_t)about.st_size;
    answer->type = type;
    answer->file_name = text_copy(request->memory, name);
    answer->keep = keep;
}

void request_send_bytes(struct request *request, struct text bytes, const char *type,
                        struct text name)
{
    struct answer *answer = request->answer;
    answer_end(answer);
    answer->file = true;
    answer->body = bytes;
    answer->type = type;
    answer->file_name = text_copy(request->memory, name);
    answer->keep = 0;
}

void request_send_status(struct request *request, int status, struct text bytes, const char *type)
{
    request_send_bytes(request, bytes, type, (struct text){"", 0});
    request->answer->own_status = status;
}

void request_send_again(struct request *request, struct text bytes, const char *type,
                        struct text name)
{
    request_send_bytes(request, bytes, type, name);
    request->answer->again = true;
}

void request_send_shared(struct request *request, struct text bytes, const char *type,
                         int64_t seconds)
{
    request_send_again(request, bytes, type, (struct text){"", 0});
    request->answer->keep = seconds;
    request->answer->shared = true;
}

void request_frame_in(struct request *request, struct text origin)
{
    request->answer->frame = text_copy(request->memory, origin);
}

void request_set_session(struct request *request, struct text secret, int64_t seconds)
{
    struct answer *answer = request->answer;
    answer->session_set = true;
    answer->session = text_copy(request->memory, secret);
    answer->session_seconds = seconds;
}

struct text request_session(const struct request *request)
{
    return request->answer->old_session;
}

struct text request_browser(const struct request *request)
{
    const struct answer *answer = request->answer;
    return answer->old_session.size ? answer->old_session : answer->old_form;
}

struct text request_form_browser(const struct request *request)
{
    return request->answer->old_form;
}

void request_lead_on(struct request *request, struct text address)
{
    answer_header(request->answer, "Refresh", "0; url=%.*s", TEXT_ARGS(address));
}

void request_set_language(struct request *request, enum language language)
{
    request->language = language;
    request->answer->language_set = language;
}
