/*
 * A request's body while it arrives.
 *
 * Runs on the I/O thread: files are written to the page cache there, never synced.
 * Must not know: routes, shapes, libmicrohttpd. Read next: web/multipart.c.
 */
#include "web/body.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "web/forgery.h"

const struct problem web_bad_type = {"web.bad_type", 415, FAULT_CLIENT, false};
const struct problem web_bad_body = {"web.bad_body", 400, FAULT_CLIENT, false};

static void remove_file(void *path)
{
    unlink(path);
}

static void close_file(void *thing)
{
    struct body *body = thing;
    if (body->fd >= 0)
        close(body->fd);
    body->fd = -1;
}

static const struct problem *problem_of_error(int error)
{
    return error == ENOSPC || error == EDQUOT ? &disk_full : &world_failed;
}

/* The last part of a path in either way of writing it, cut at 200 bytes between characters. */
static struct text clean_name(struct memory *memory, struct text raw)
{
    for (size_t i = raw.size; i > 0; i--)
        if (raw.data[i - 1] == '/' || raw.data[i - 1] == '\\') {
            raw = (struct text){raw.data + i, raw.size - i};
            break;
        }
    struct text name = text_copy(memory, text_trim(decode_repair(memory, raw)));
    size_t size = name.size > 200 ? 200 : name.size;
    while (size < name.size && size > 0 && ((unsigned char)name.data[size] & 0xC0) == 0x80)
        size--;
    name.size = size;
    return name;
}

/* Opens a new file in DATA/tmp that goes away with the request. */
static bool open_file(struct body *body, struct upload *upload)
{
    char random[33];
    forgery_random(random, 16);
    upload->path = text_format(body->memory, "%.*s/upload-%s", TEXT_ARGS(body->folder), random);
    if (!upload->path.data) {
        body->problem = &out_of_memory;
        return false;
    }
    body->fd = open(upload->path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (body->fd < 0) {
        body->problem = problem_of_error(errno);
        log_write(LOG_ERROR, "web.upload_open_failed", "path=%s error=%d", upload->path.data,
                  errno);
        return false;
    }
    if (memory_on_end(body->memory, remove_file, (void *)(uintptr_t)upload->path.data) != 0) {
        body->problem = &out_of_memory;
        return false;
    }
    return true;
}

static bool part_begin(void *context, struct text name, struct text file)
{
    struct body *body = context;
    bool named = text_valid((struct bytes){(const unsigned char *)name.data, name.size});
    body->field = text_copy(body->memory, named ? name : (struct text){"", 0});
    body->file_open = file.data != NULL;
    if (body->form.count + body->file_count >= DECODE_PAIRS_MAX) {
        body->problem = &too_large;
        return false;
    }
    if (!body->file_open) {
        body->whole = builder_make(body->memory, BODY_FIELDS_MAX);
        return true;
    }
    struct body_file *slot = &body->files[body->file_count++];
    *slot = (struct body_file){.field = body->field};
    slot->upload.name = clean_name(body->memory, file);
    slot->upload.present = file.size > 0;
    slot->upload.cut = slot->upload.present;
    /* A form without a chosen file still sends its part, with an empty name. */
    return !slot->upload.present || open_file(body, &slot->upload);
}

static bool part_data(void *context, const char *data, size_t size)
{
    struct body *body = context;
    if (!body->file_open) {
        body->field_bytes += size;
        builder_add_bytes(&body->whole, data, size);
        if (body->field_bytes > BODY_FIELDS_MAX || body->whole.failed) {
            body->problem = &too_large;
            return false;
        }
        return true;
    }
    struct upload *upload = &body->files[body->file_count - 1].upload;
    while (size > 0 && body->fd >= 0) {
        ssize_t wrote = write(body->fd, data, size);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0) {
            body->problem = problem_of_error(errno);
            log_write(LOG_ERROR, "web.upload_write_failed", "error=%d", errno);
            return false;
        }
        upload->size += wrote;
        data += wrote;
        size -= (size_t)wrote;
    }
    return true;
}

static bool part_end(void *context)
{
    struct body *body = context;
    if (body->file_open) {
        body->files[body->file_count - 1].upload.cut = false;
        int fd = body->fd;
        body->fd = -1;
        if (fd >= 0 && close(fd) != 0) {
            body->problem = problem_of_error(errno);
            return false;
        }
        return true;
    }
    struct text value = {"", 0};
    if (builder_end(&body->whole, &value)) {
        body->problem = &too_large;
        return false;
    }
    if (body->field.size)
        body->form.items[body->form.count++] = (struct pair){body->field, value};
    return true;
}

static const struct multipart_sink sink = {part_begin, part_data, part_end};

static void begin_files(struct body *body, struct text boundary)
{
    body->multipart = memory_take(body->memory, sizeof *body->multipart);
    body->files = memory_take_array(body->memory, DECODE_PAIRS_MAX, sizeof *body->files);
    body->form.items = memory_take_array(body->memory, DECODE_PAIRS_MAX, sizeof *body->form.items);
    if (!body->multipart || !body->files || !body->form.items ||
        memory_on_end(body->memory, close_file, body) != 0) {
        body->problem = &out_of_memory;
        return;
    }
    multipart_begin(body->multipart, boundary, &sink, body);
}

void body_begin(struct body *body, struct memory *memory, struct text content_type,
                struct text folder, size_t limit)
{
    *body = (struct body){.memory = memory, .folder = folder, .limit = limit, .fd = -1};
    struct text boundary;
    if (decode_type_is(content_type, "application/x-www-form-urlencoded")) {
        body->kind = BODY_FORM;
    } else if (decode_type_is(content_type, "application/json")) {
        body->kind = BODY_JSON;
    } else if (decode_type_is(content_type, "multipart/form-data")) {
        body->kind = BODY_FILES;
        if (multipart_boundary(content_type, &boundary))
            begin_files(body, boundary);
        else
            body->problem = &web_bad_body;
        return;
    }
    body->whole = builder_make(memory, limit + 1);
}

void body_take(struct body *body, const char *data, size_t size)
{
    body->seen += size;
    if (body->problem || size == 0)
        return;
    if (body->kind == BODY_NONE) {
        body->problem = &web_bad_type;
        return;
    }
    if (body->seen > body->limit) {
        body->problem = &too_large;
        return;
    }
    if (body->kind == BODY_FILES) {
        if (!multipart_feed(body->multipart, data, size) && !body->problem)
            body->problem = &web_bad_body;
        return;
    }
    builder_add_bytes(&body->whole, data, size);
    if (body->whole.failed)
        body->problem = &out_of_memory;
}

void body_end(struct body *body)
{
    if (body->problem || body->kind == BODY_NONE)
        return;
    if (body->kind == BODY_FILES) {
        close_file(body);
        /* The last file may have been cut: it stays marked, and the handler names it. */
        if (!multipart_complete(body->multipart) && body->file_count == 0)
            body->problem = &web_bad_body;
        return;
    }
    body->problem = builder_end(&body->whole, &body->bytes);
    if (!body->problem && body->kind == BODY_FORM)
        body->problem = decode_pairs(body->memory, body->bytes, &body->form);
}
