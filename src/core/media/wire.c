/*
 * Messages between the program and its sandboxed children: sent, received, checked.
 *
 * Must not know: what is done with them. Read next: sandbox.c, child.c.
 */
#include "core/media/wire.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct problem *const problems[] = {
    NULL,
    &media_not_an_image,
    &media_truncated,
    &media_damaged,
    &media_too_many_pixels,
    &media_too_small,
    &media_too_large_file,
    &media_trailing_data,
    &media_svg_refused,
    &media_decoder_failed,
    &disk_full,
    &out_of_memory,
    &world_failed,
};
#define PROBLEMS (int)(sizeof problems / sizeof *problems)

int wire_problem_number(const struct problem *problem)
{
    for (int i = 0; i < PROBLEMS; i++)
        if (problems[i] == problem)
            return i;
    return wire_problem_number(&media_decoder_failed);
}

const struct problem *wire_problem(int number)
{
    return number >= 0 && number < PROBLEMS ? problems[number] : &media_decoder_failed;
}

static bool text_sound(const char *c, size_t room)
{
    size_t size = strnlen(c, room);
    return size < room && text_valid((struct bytes){(const unsigned char *)c, size});
}

static bool facts_sound(const struct media_facts *facts)
{
    if (facts->format < MEDIA_JPEG || facts->format > MEDIA_WEBM)
        return false;
    if (facts->width < 0 || facts->width > 1000000 || facts->height < 0 || facts->height > 1000000)
        return false;
    if (facts->orientation < 1 || facts->orientation > 8 || facts->duration_ms < 0)
        return false;
    if (facts->duration_ms > 1000 * DAY || facts->taken.ms < 0 ||
        facts->taken.ms > 262144 * DAY * 12)
        return false;
    if (facts->colour_count < 0 || facts->colour_count > MEDIA_COLOURS_MAX)
        return false;
    for (int i = 0; i < facts->colour_count; i++)
        if (facts->colours[i] < MEDIA_RED || facts->colours[i] > MEDIA_WHITE ||
            facts->colour_percent[i] < 1 || facts->colour_percent[i] > 100)
            return false;
    return text_sound(facts->camera_make, MEDIA_CAMERA_SIZE) &&
           text_sound(facts->camera_model, MEDIA_CAMERA_SIZE);
}

bool wire_answer_sound(const struct wire_answer *answer, int count)
{
    if (answer->problem != 0)
        return true;
    for (int i = 0; i < count; i++)
        if (answer->made[i].width < 1 || answer->made[i].width > 65535 ||
            answer->made[i].height < 1 || answer->made[i].height > 65535)
            return false;
    return answer->format <= MEDIA_WEBM && facts_sound(&answer->facts);
}

bool wire_send(int socket, const void *message, size_t size, const int *files, int count)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int) * WIRE_FILES_MAX)];
    } control = {0};
    struct iovec part = {.iov_base = (void *)(uintptr_t)message, .iov_len = size};
    struct msghdr envelope = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0) {
        envelope.msg_control = control.room;
        envelope.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count);
        struct cmsghdr *head = CMSG_FIRSTHDR(&envelope);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
        memcpy(CMSG_DATA(head), files, sizeof(int) * (size_t)count);
    }
    ssize_t sent = 0;
    do
        sent = sendmsg(socket, &envelope, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size;
}

bool wire_receive(int socket, void *message, size_t size, int *files, int room, int *count)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int) * WIRE_FILES_MAX)];
    } control = {0};
    struct iovec part = {.iov_base = message, .iov_len = size};
    struct msghdr envelope = {.msg_iov = &part,
                              .msg_iovlen = 1,
                              .msg_control = control.room,
                              .msg_controllen = sizeof control.room};
    ssize_t got = 0;
    *count = 0;
    do
        got = recvmsg(socket, &envelope, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    int received[WIRE_FILES_MAX] = {0};
    int all = 0;
    for (struct cmsghdr *head = got < 0 ? NULL : CMSG_FIRSTHDR(&envelope); head;
         head = CMSG_NXTHDR(&envelope, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        all = (int)((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        memcpy(received, CMSG_DATA(head), sizeof(int) * (size_t)all);
    }
    bool fine =
        got == (ssize_t)size && all <= room && !(envelope.msg_flags & (MSG_TRUNC | MSG_CTRUNC));
    for (int i = 0; i < all; i++) {
        if (fine)
            files[i] = received[i];
        else
            close(received[i]);
    }
    *count = fine ? all : 0;
    return fine;
}

static bool fill(char *out, size_t room, struct text t)
{
    if (t.size >= room)
        return false;
    if (t.size > 0)
        memcpy(out, t.data, t.size);
    out[t.size] = 0;
    return true;
}

bool wire_notice_fill(const struct media_notice *notice, struct wire_notice *out)
{
    memset(out, 0, sizeof *out);
    return fill(out->title, sizeof out->title, notice->title) &&
           fill(out->creator, sizeof out->creator, notice->creator) &&
           fill(out->credit, sizeof out->credit, notice->credit) &&
           fill(out->copyright, sizeof out->copyright, notice->copyright) &&
           fill(out->terms, sizeof out->terms, notice->terms) &&
           fill(out->licence_url, sizeof out->licence_url, notice->licence_url) &&
           fill(out->licensor_url, sizeof out->licensor_url, notice->licensor_url);
}

struct media_notice wire_notice_texts(const struct wire_notice *notice)
{
    return (struct media_notice){.title = text_of(notice->title),
                                 .creator = text_of(notice->creator),
                                 .credit = text_of(notice->credit),
                                 .copyright = text_of(notice->copyright),
                                 .terms = text_of(notice->terms),
                                 .licence_url = text_of(notice->licence_url),
                                 .licensor_url = text_of(notice->licensor_url)};
}
