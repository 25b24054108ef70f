/*
 * Clips, by ffmpeg and ffprobe, each in a process with walls of its own.
 *
 * The launcher forks, the fork closes itself in to two files (Landlock) and becomes the program. The
 * demuxer is named, never guessed, so no playlist or other protocol is ever followed. Only video and
 * sound streams are copied: data tracks (positions, sensors), chapters and all tags stay behind.
 * Must not know: the store, the parent. Read next: lockdown.c, child.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/media/sandbox.h"

/* Where the two files are in the program's process. */
enum { INPUT = 4, OUTPUT = 5 };
#define INPUT_NAME  "/proc/self/fd/4"
#define OUTPUT_NAME "/proc/self/fd/5"
#define TAG_ROOM    3200 /* the longest comment: terms and an address */
#define OUTPUT_ROOM 8192

static const char *demuxer(enum media_format clip)
{
    return clip == MEDIA_WEBM ? "matroska" : "mov";
}

static const char *muxer(enum media_format clip)
{
    return clip == MEDIA_WEBM ? "webm" : clip == MEDIA_MOV ? "mov" : "mp4";
}

/* In the fork: files in place, walls up, then the program. Its complaints go nowhere. */
static _Noreturn void become_program(const char *program, char *const *arguments, int input,
                                     int output, int report)
{
    static char *const environment[] = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", NULL};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int kept_input = fcntl(input, F_DUPFD, 10);
    int kept_output = output < 0 ? -1 : fcntl(output, F_DUPFD, 10);
    int kept_report = fcntl(report, F_DUPFD, 10);
    int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDERR_FILENO);
    dup2(kept_report, STDOUT_FILENO);
    close(MEDIA_CHILD_SOCKET);
    dup2(kept_input, INPUT);
    if (kept_output >= 0)
        dup2(kept_output, OUTPUT);
    else
        close(OUTPUT);
    close_range(OUTPUT + 1, ~0U, 0);
    lockdown_paths(INPUT, kept_output >= 0 ? OUTPUT : -1);
    execve(program, arguments, environment);
    _exit(127);
}

/* Reads what the program prints until it closes, at most `room` - 1 bytes, at most until `end`. */
static void read_report(int report, int64_t end, char *out, size_t room)
{
    size_t size = 0;
    char rest[512];
    for (;;) {
        struct pollfd watched = {.fd = report, .events = POLLIN};
        int64_t left = (end - clock_ticks()) / 1000000;
        if (left <= 0 || poll(&watched, 1, (int)left) <= 0)
            break;
        bool full = size + 1 >= room;
        ssize_t got =
            full ? read(report, rest, sizeof rest) : read(report, out + size, room - 1 - size);
        if (got <= 0)
            break;
        size += full ? 0 : (size_t)got;
    }
    out[size] = 0;
}

/* Runs the program on the files; true when it ended well within `seconds`. */
static bool run(const char *program, char *const *arguments, int input, int output, int seconds,
                char *report, size_t room)
{
    int pipes[2];
    int64_t end = clock_ticks() + (seconds > 0 ? seconds : 60) * INT64_C(1000000000);
    if (pipe2(pipes, O_CLOEXEC) != 0)
        return false;
    pid_t pid = fork();
    if (pid == 0)
        become_program(program, arguments, input, output, pipes[1]);
    close(pipes[1]);
    if (pid > 0)
        read_report(pipes[0], end, report, room);
    close(pipes[0]);
    if (pid < 0)
        return false;
    int status = 0;
    pid_t done = 0;
    while ((done = waitpid(pid, &status, WNOHANG)) == 0 && clock_ticks() < end)
        usleep(2000);
    if (done == 0) {
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        return false;
    }
    return done == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A whole number of ffprobe's; 0 for anything else. */
static int whole(const char *value)
{
    int64_t number;
    bool fine = text_to_integer(text_of(value), &number) && number > -1000000 && number < 1000000;
    return fine ? (int)number : 0;
}

/* "key=value" lines of ffprobe; the first video stream stands before the container. */
static void read_facts(char *report, struct media_facts *facts)
{
    struct text rest = text_of(report);
    struct text part;
    int rotation = 0;
    while (text_split(&rest, '\n', &part)) {
        char *line = report + (part.data - report);
        line[part.size] = '\0';
        char *value = strchr(line, '=');
        if (!value)
            continue;
        *value++ = 0;
        if (strcmp(line, "width") == 0 && facts->width == 0)
            facts->width = whole(value);
        if (strcmp(line, "height") == 0 && facts->height == 0)
            facts->height = whole(value);
        if (strcmp(line, "rotation") == 0)
            rotation = whole(value);
        if (strcmp(line, "duration") == 0 && strtod(value, NULL) > 0 && strtod(value, NULL) < 1e6)
            facts->duration_ms = (int64_t)(strtod(value, NULL) * 1000);
        if (strcmp(line, "TAG:creation_time") == 0)
            instant_parse(text_of(value), &facts->taken);
        if (strstr(line, "location") || strstr(line, "xyz"))
            facts->had_position = true;
    }
    if (rotation % 180 != 0) {
        int width = facts->width;
        facts->width = facts->height;
        facts->height = width;
    }
}

const struct problem *clip_facts(int input, const struct wire_request *request,
                                 struct media_facts *facts)
{
    char report[OUTPUT_ROOM] = "";
    char *arguments[] = {"ffprobe",
                         "-v",
                         "quiet",
                         "-protocol_whitelist",
                         "file",
                         "-f",
                         (char *)(uintptr_t)demuxer(request->clip),
                         "-select_streams",
                         "v:0",
                         "-show_entries",
                         "stream=width,height:stream_side_data=rotation:format=duration:"
                         "format_tags=creation_time,location,com.apple.quicktime.location.ISO6709",
                         "-of",
                         "default=nw=1",
                         INPUT_NAME,
                         NULL};
    facts->format = request->clip;
    facts->orientation = 1;
    if (!run("/usr/bin/ffprobe", arguments, input, -1, request->seconds, report, sizeof report))
        return &media_damaged;
    read_facts(report, facts);
    if (facts->width < 1 || facts->height < 1 || facts->duration_ms < 1)
        return &media_damaged;
    if (facts->taken.ms < 0)
        facts->taken.ms = 0;
    return NULL;
}

const struct problem *clip_poster(int input, int output, const struct wire_request *request)
{
    char report[64] = "", moment[32];
    snprintf(moment, sizeof moment, "%.3f", (double)request->at_ms / 1000);
    char *arguments[] = {"ffmpeg",
                         "-v",
                         "quiet",
                         "-nostdin",
                         "-y",
                         "-threads",
                         "1",
                         "-protocol_whitelist",
                         "file",
                         "-f",
                         (char *)(uintptr_t)demuxer(request->clip),
                         "-ss",
                         moment,
                         "-i",
                         INPUT_NAME,
                         "-map",
                         "0:v:0",
                         "-frames:v",
                         "1",
                         "-map_metadata",
                         "-1",
                         "-pix_fmt",
                         "rgb24",
                         "-c:v",
                         "png",
                         "-f",
                         "image2",
                         "-update",
                         "1",
                         OUTPUT_NAME,
                         NULL};
    return run("/usr/bin/ffmpeg", arguments, input, output, request->seconds, report, sizeof report)
               ? NULL
               : &media_damaged;
}

const struct problem *clip_copy(int input, int output, const struct wire_request *request)
{
    char report[64] = "";
    char tags[5][TAG_ROOM];
    const struct wire_notice *notice = &request->notice;
    snprintf(tags[0], TAG_ROOM, "title=%s", notice->title);
    snprintf(tags[1], TAG_ROOM, "artist=%s", notice->creator);
    snprintf(tags[2], TAG_ROOM, "copyright=%s", notice->copyright);
    /* QuickTime has no place for a description, so that the comment says what matters */
    snprintf(tags[3], TAG_ROOM, "comment=%s%s%s", notice->terms, notice->terms[0] ? " " : "",
             notice->licence_url);
    snprintf(tags[4], TAG_ROOM, "description=%s", notice->credit);
    char *arguments[] = {"ffmpeg",
                         "-v",
                         "quiet",
                         "-nostdin",
                         "-y",
                         "-protocol_whitelist",
                         "file",
                         "-f",
                         (char *)(uintptr_t)demuxer(request->clip),
                         "-i",
                         INPUT_NAME,
                         "-map",
                         "0:v:0",
                         "-map",
                         "0:a?",
                         "-c",
                         "copy",
                         "-map_metadata",
                         "-1",
                         "-map_metadata:s",
                         "-1",
                         "-map_chapters",
                         "-1",
                         "-fflags",
                         "+bitexact",
                         "-metadata",
                         tags[0],
                         "-metadata",
                         tags[1],
                         "-metadata",
                         tags[2],
                         "-metadata",
                         tags[3],
                         "-metadata",
                         tags[4],
                         "-f",
                         (char *)(uintptr_t)muxer(request->clip),
                         OUTPUT_NAME,
                         NULL};
    return run("/usr/bin/ffmpeg", arguments, input, output, request->seconds, report, sizeof report)
               ? NULL
               : &media_damaged;
}
