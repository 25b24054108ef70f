/*
 * The parent's side of the sandbox: children started, asked, timed, killed, started again.
 *
 * A child serves one request at a time. One that dies, answers nonsense or takes too long is killed
 * with its whole process group, its file is refused, and the next request gets a fresh child. Children
 * are also retired after a while, so that nothing that crept into one stays.
 * Must not know: what the requests mean. Read next: lockdown.c, child.c.
 */
#include "core/media/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"

#define CHILDREN_MAX  17
#define SERVED_MAX    200 /* requests after which a child is replaced */
#define START_SECONDS 30  /* a cold font cache may take that long */

struct child {
    enum wire_role role; /* what it is for */
    pid_t pid;           /* 0 when it is not running */
    int socket;          /* ours of the pair; -1 when it is not running */
    bool busy;           /* some thread is talking to it */
    int served;          /* requests since it was started */
};

/* A child that somebody waits for; on the stack of who does. */
struct birth {
    struct birth *next;
    int socket; /* the child's of the pair */
    pid_t pid;  /* filled; -1: it could not be made */
    bool done;
};

static struct {
    pthread_mutex_t lock;                /* over everything below */
    pthread_cond_t changed;              /* a child became free, or the pool is closing */
    bool open;                           /* between start and stop */
    int talking;                         /* threads inside sandbox_call() */
    struct child children[CHILDREN_MAX]; /* the launcher first */
    int count;                           /* how many of them are used */
    char executable[256];                /* "" to fork only */
    char watermark[WIRE_MARK_SIZE];      /* for the children's greeting */
    int seconds[ROLE_LAUNCHER + 1];      /* time a request may take, by role */
    pthread_t keeper;                    /* the thread that forks, as long as the pool is open */
    struct birth *births;                /* what it has to do */
} pool = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static void end_child(struct child *child)
{
    if (child->pid <= 0)
        return;
    kill(-child->pid, SIGKILL);
    kill(child->pid, SIGKILL); /* in case it had no time to found its group */
    while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    close(child->socket);
    child->pid = 0;
    child->socket = -1;
    child->served = 0;
}

/* In the new process: only calls that are safe after fork() in a program with threads, up to exec. */
static _Noreturn void become_child(int socket, int nothing, const char *executable)
{
    static char *const environment[] = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/nonexistent",
                                        "MALLOC_ARENA_MAX=2", NULL};
    char *const arguments[] = {"contraflow", "media-child", NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    dup2(nothing, STDIN_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    if (socket == MEDIA_CHILD_SOCKET)
        fcntl(socket, F_SETFD, 0);
    else
        dup2(socket, MEDIA_CHILD_SOCKET);
    close_range(MEDIA_CHILD_SOCKET + 1, ~0U, 0);
    if (executable[0] == 0)
        _exit(media_child_main(MEDIA_CHILD_SOCKET));
    execve(executable, arguments, environment);
    _exit(127);
}

/* Children ask to be killed when their parent dies, by which Linux means the thread that forked: this
 * one lives as long as the pool. (A child whose parent was a thread that had only come to decode a
 * file would die in the middle of somebody else's.) */
static void *keep(void *context)
{
    sigset_t all;
    (void)context;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL); /* signals to the program are others' */
    pthread_mutex_lock(&pool.lock);
    while (pool.open || pool.births) {
        struct birth *birth = pool.births;
        if (!birth) {
            pthread_cond_wait(&pool.changed, &pool.lock);
            continue;
        }
        pool.births = birth->next;
        pthread_mutex_unlock(&pool.lock);
        int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
        pid_t pid = nothing < 0 ? -1 : fork();
        if (pid == 0)
            become_child(birth->socket, nothing, pool.executable);
        if (nothing >= 0)
            close(nothing);
        pthread_mutex_lock(&pool.lock);
        birth->pid = pid;
        birth->done = true;
        pthread_cond_broadcast(&pool.changed);
    }
    pthread_mutex_unlock(&pool.lock);
    return NULL;
}

static pid_t give_birth(int socket)
{
    struct birth birth = {.socket = socket};
    pthread_mutex_lock(&pool.lock);
    birth.next = pool.births;
    pool.births = &birth;
    pthread_cond_broadcast(&pool.changed);
    while (!birth.done)
        pthread_cond_wait(&pool.changed, &pool.lock);
    pthread_mutex_unlock(&pool.lock);
    return birth.pid;
}

void sandbox_stop(void)
{
    pthread_mutex_lock(&pool.lock);
    bool open = pool.open;
    pool.open = false;
    pthread_cond_broadcast(&pool.changed);
    while (pool.talking > 0)
        pthread_cond_wait(&pool.changed, &pool.lock);
    for (int i = 0; i < pool.count; i++)
        end_child(&pool.children[i]);
    pool.count = 0;
    pthread_mutex_unlock(&pool.lock);
    if (open)
        pthread_join(pool.keeper, NULL);
}

const struct problem *sandbox_start(const struct media_options *options)
{
    const char *executable = options->executable ? options->executable : "";
    const char *watermark = options->watermark ? options->watermark : "";
    if (options->children < 1 || options->children >= CHILDREN_MAX ||
        strlen(executable) >= sizeof pool.executable || strlen(watermark) >= sizeof pool.watermark)
        return &invalid_input;
    sandbox_stop();
    pthread_mutex_lock(&pool.lock);
    snprintf(pool.executable, sizeof pool.executable, "%s", executable);
    snprintf(pool.watermark, sizeof pool.watermark, "%s", watermark);
    pool.seconds[ROLE_DECODER] = options->photo_seconds > 0 ? options->photo_seconds : 30;
    pool.seconds[ROLE_LAUNCHER] = options->clip_seconds > 0 ? options->clip_seconds : 90;
    pool.count = options->children + 1;
    for (int i = 0; i < pool.count; i++)
        pool.children[i] =
            (struct child){.role = i == 0 ? ROLE_LAUNCHER : ROLE_DECODER, .socket = -1};
    pool.open = pthread_create(&pool.keeper, NULL, keep, NULL) == 0;
    bool open = pool.open;
    pthread_mutex_unlock(&pool.lock);
    return open ? NULL : &out_of_memory;
}

/* Waits until the child says something. False on time-out. */
static bool wait_for(int socket, int seconds)
{
    struct pollfd watched = {.fd = socket, .events = POLLIN};
    int64_t end = clock_ticks() + seconds * INT64_C(1000000000);
    for (;;) {
        int64_t left = (end - clock_ticks()) / 1000000;
        int ready = poll(&watched, 1, left > 0 ? (int)left : 0);
        if (ready > 0)
            return true;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

static bool exchange(struct child *child, const struct wire_request *request, const int *files,
                     int file_count, int seconds, struct wire_answer *answer)
{
    int none = 0;
    if (!wire_send(child->socket, request, sizeof *request, files, file_count))
        return false;
    if (!wait_for(child->socket, seconds)) {
        log_write(LOG_WARNING, "media.child_too_slow", "pid=%d seconds=%d", (int)child->pid,
                  seconds);
        return false;
    }
    return wire_receive(child->socket, answer, sizeof *answer, NULL, 0, &none);
}

static bool start_child(struct child *child)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    pid_t pid = give_birth(pair[1]);
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return false;
    }
    child->pid = pid;
    child->socket = pair[0];
    child->served = 0;
    struct wire_request hello = {.verb = WIRE_HELLO, .role = child->role};
    struct wire_answer answer;
    memcpy(hello.watermark, pool.watermark, sizeof hello.watermark);
    if (exchange(child, &hello, NULL, 0, START_SECONDS, &answer) && answer.problem == 0)
        return true;
    log_write(LOG_ERROR, "media.child_not_started", "pid=%d executable=%s", (int)pid,
              pool.executable);
    end_child(child);
    return false;
}

/* Waits for a free child of the role; NULL when the pool is closed. */
static struct child *take_child(enum wire_role role)
{
    struct child *taken = NULL;
    pthread_mutex_lock(&pool.lock);
    while (pool.open && !taken) {
        for (int i = 0; i < pool.count; i++) {
            struct child *child = &pool.children[i];
            bool better = !taken || (taken->pid == 0 && child->pid > 0);
            if (child->role == role && !child->busy && better)
                taken = child;
        }
        if (!taken)
            pthread_cond_wait(&pool.changed, &pool.lock);
    }
    if (taken) {
        taken->busy = true;
        pool.talking++;
    }
    pthread_mutex_unlock(&pool.lock);
    return taken;
}

static void give_back(struct child *child)
{
    pthread_mutex_lock(&pool.lock);
    child->busy = false;
    pool.talking--;
    pthread_cond_broadcast(&pool.changed);
    pthread_mutex_unlock(&pool.lock);
}

/* Whether the child went away while nobody talked to it; such a one is started anew. */
static bool still_there(const struct child *child)
{
    struct pollfd watched = {.fd = child->socket, .events = POLLIN};
    return child->pid > 0 && poll(&watched, 1, 0) == 0;
}

static const struct problem *ask(struct child *child, const struct wire_request *request,
                                 const int *files, int file_count, struct wire_answer *answer)
{
    if (!still_there(child)) {
        end_child(child);
        if (!start_child(child))
            return &media_not_ready;
    }
    if (!exchange(child, request, files, file_count, pool.seconds[child->role], answer) ||
        !wire_answer_sound(answer, request->count)) {
        log_write(LOG_WARNING, "media.child_failed", "pid=%d served=%d", (int)child->pid,
                  child->served);
        end_child(child);
        return &media_decoder_failed;
    }
    if (++child->served >= SERVED_MAX)
        end_child(child);
    return wire_problem(answer->problem);
}

const struct problem *sandbox_call(enum wire_role role, const struct wire_request *request,
                                   const int *files, int file_count, struct wire_answer *answer)
{
    ensure(file_count >= 0 && file_count <= WIRE_FILES_MAX);
    struct child *child = take_child(role);
    if (!child)
        return &media_not_ready;
    const struct problem *problem = ask(child, request, files, file_count, answer);
    give_back(child);
    return problem;
}

int sandbox_decoder(long *peak_kib)
{
    int pid = 0;
    *peak_kib = 0;
    pthread_mutex_lock(&pool.lock);
    for (int i = 0; i < pool.count; i++)
        if (pool.children[i].role == ROLE_DECODER && pool.children[i].pid > 0)
            pid = pool.children[i].pid;
    pthread_mutex_unlock(&pool.lock);
    char path[64], line[128];
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *status = pid > 0 ? fopen(path, "re") : NULL;
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "VmHWM:", 6) == 0)
            *peak_kib = strtol(line + 6, NULL, 10);
    if (status)
        fclose(status);
    return pid;
}
