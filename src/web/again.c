/*
 * Nothing typed is lost: forms shown again with their errors, and forms kept over a sign-in.
 *
 * When a session has ended in the middle of a form, the typed text is sealed into DATA/tmp/resume-KEY
 * and the person is sent to sign in with "?resume=KEY" in the address to come back to. The GET of
 * that address shows the form as it was. The file is bound to the form cookie of that browser.
 * Must not know: sockets, what the fields mean. Read next: web/router.c.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "web/router.h"

#define RESUME_MAX  (64 * 1024) /* bytes of a kept form */
#define RESUME_LIFE (24 * 3600) /* seconds it is kept */

/* What was typed, by field: the path's values, then the form's own. Passwords are never shown again. */
static const struct problem *typed_values(struct memory *memory, const struct shape *shape,
                                          const struct pairs *path, const struct pairs *pairs,
                                          struct form_state *out)
{
    struct form_value *values =
        memory_take_array(memory, path->count + pairs->count, sizeof *values);
    if (!values)
        return &out_of_memory;
    size_t count = 0;
    for (size_t i = 0; i < path->count; i++) {
        const struct field *field = shape_find(shape, path->items[i].name);
        if (field)
            values[count++] = (struct form_value){field->name, path->items[i].value};
    }
    for (size_t i = 0; i < pairs->count; i++) {
        struct text name = pairs->items[i].name;
        const struct field *field = shape_find(shape, name);
        const char *stable = field ? field->name : NULL;
        /* The currency of a money field has no member of its own. */
        if (!field && name.size > 9 &&
            text_is((struct text){name.data + name.size - 9, 9}, "_currency"))
            stable = text_c(memory, name);
        if (!stable || text_starts(name, "password") || pairs_find(path, stable).size)
            continue;
        values[count++] = (struct form_value){stable, decode_repair(memory, pairs->items[i].value)};
    }
    out->values = values;
    out->value_count = count;
    return NULL;
}

/* Leaves those parameters that the page's own path has, too: a form of a list has one more. */
static void keep_common(struct pairs *path, const struct endpoint *page)
{
    size_t kept = 0;
    for (size_t i = 0; i < path->count; i++)
        for (size_t j = 0; j < page->count; j++)
            if (text_equal(path->items[i].name, page->names[j]))
                path->items[kept++] = path->items[i];
    path->count = kept;
}

const struct problem *again_answer(struct passage *passage, const struct endpoint *form)
{
    const struct endpoint *page = form->again;
    struct answer *answer = passage->answer;
    struct blame blame = answer->blame;
    struct form_state state = {.errors = {blame.items, blame.count},
                               .shape = form->route->handler->takes};
    const struct problem *problem =
        typed_values(passage->request.memory, &page->form, &passage->path,
                     &passage->incoming->body.form, &state);
    keep_common(&passage->path, page);
    void *view = NULL;
    answer->blame = (struct blame){.memory = passage->request.memory};
    if (!problem)
        problem = router_run(passage, page, &passage->query, &view);
    /* The page may not be for this reader, who is sent elsewhere: then a page tells what is wrong. */
    bool elsewhere = !problem && (answer->go.size || answer->file);
    if (elsewhere)
        problem = &invalid_input;
    else if (!problem)
        problem = page_answer(passage, page, invalid_input.status, view, &state);
    answer->blame = blame;
    return problem;
}

static struct text resume_path(const struct passage *passage, struct text key)
{
    return text_format(passage->request.memory, "%.*s/resume-%.*s",
                       TEXT_ARGS(passage->server->folder), TEXT_ARGS(key));
}

/* The kept form: the cookie it belongs to, the page's path, then the pairs, as a query. */
static const struct problem *write_kept(struct passage *passage, struct text *out)
{
    struct builder b = builder_make(passage->request.memory, RESUME_MAX);
    builder_add(&b, passage->form_secret);
    builder_add_char(&b, '\n');
    builder_add_c(&b, passage->incoming->match.endpoint->again->path);
    builder_add_char(&b, '\n');
    const struct pairs *form = &passage->incoming->body.form;
    for (size_t i = 0; i < passage->path.count; i++) {
        builder_add(&b, passage->path.items[i].name);
        builder_add_char(&b, '=');
        builder_add_url(&b, passage->path.items[i].value);
        builder_add_char(&b, '&');
    }
    for (size_t i = 0; i < form->count; i++) {
        struct pair pair = form->items[i];
        if (text_starts(pair.name, "password") || text_is(pair.name, "token") ||
            text_is(pair.name, "once"))
            continue;
        builder_add_url(&b, pair.name);
        builder_add_char(&b, '=');
        builder_add_url(&b, decode_repair(passage->request.memory, pair.value));
        builder_add_char(&b, '&');
    }
    return builder_end(&b, out);
}

static bool write_file(const char *path, struct text bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool fine = write(fd, bytes.data, bytes.size) == (ssize_t)bytes.size;
    if (close(fd) != 0)
        fine = false;
    if (!fine)
        unlink(path);
    return fine;
}

bool resume_keep(struct passage *passage, char key[33])
{
    const struct endpoint *form = passage->incoming->match.endpoint;
    struct limits *limits = passage->server->limits;
    if (!form->again || passage->incoming->body.form.count == 0)
        return false;
    /* Strangers may not fill the disk with what they say they typed. */
    if (limits &&
        !limits_take(limits, RATE_SLOW, passage->request.address, 1, clock_ticks()).allowed)
        return false;
    if (passage->form_secret.size == 0) {
        char fresh[33];
        forgery_random(fresh, 16);
        passage->form_secret = text_copy(passage->request.memory, text_of(fresh));
        answer_cookie(passage->answer, FORM_COOKIE, passage->form_secret, 0,
                      passage->server->https);
    }
    struct text plain;
    struct text sealed;
    if (write_kept(passage, &plain) ||
        forgery_seal(&passage->server->forgery, passage->request.memory, plain, &sealed))
        return false;
    forgery_random(key, 16);
    struct text path = resume_path(passage, text_of(key));
    if (!path.data || !write_file(path.data, sealed)) {
        log_write(LOG_ERROR, "web.resume_failed", "error=%d", errno);
        return false;
    }
    return true;
}

static bool key_fine(struct text key)
{
    if (key.size != 32)
        return false;
    for (size_t i = 0; i < key.size; i++)
        if (!strchr("0123456789abcdef", key.data[i]))
            return false;
    return true;
}

static bool read_file(struct memory *memory, const char *path, struct text *out)
{
    char *data = memory_take(memory, RESUME_MAX + 256);
    int fd = data ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return false;
    ssize_t got = read(fd, data, RESUME_MAX + 256);
    close(fd);
    *out = (struct text){data, got > 0 ? (size_t)got : 0};
    return got > 0;
}

bool resume_find(struct passage *passage, const struct endpoint *page, struct form_state *out)
{
    struct text key = pairs_find(&passage->query, "resume");
    struct memory *memory = passage->request.memory;
    if (!page->has_form || !key_fine(key) || passage->form_secret.size == 0)
        return false;
    struct text path = resume_path(passage, key);
    struct text sealed;
    struct text rest;
    if (!path.data || !read_file(memory, path.data, &sealed) ||
        !forgery_open(&passage->server->forgery, memory, sealed, &rest))
        return false;
    struct text owner;
    struct text pattern;
    struct pairs pairs;
    if (!text_split(&rest, '\n', &owner) || !text_equal(owner, passage->form_secret) ||
        !text_split(&rest, '\n', &pattern) || !text_is(pattern, page->path) ||
        decode_pairs(memory, rest, &pairs))
        return false;
    *out = (struct form_state){.shape = &page->form};
    return typed_values(memory, &page->form, &(struct pairs){0}, &pairs, out) == NULL;
}

void resume_clean(const struct server *server)
{
    struct text name = text_copy(server->process, server->folder);
    DIR *folder = name.data ? opendir(name.data) : NULL;
    if (!folder)
        return;
    /* Files carry the system's time, whatever clock_set() says. */
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        struct stat about;
        bool ours =
            strncmp(entry->d_name, "resume-", 7) == 0 || strncmp(entry->d_name, "upload-", 7) == 0;
        if (ours && fstatat(dirfd(folder), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
            now.tv_sec - about.st_mtime > RESUME_LIFE)
            unlinkat(dirfd(folder), entry->d_name, 0);
    }
    closedir(folder);
}
