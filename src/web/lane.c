/*
 * Guests: connections that are looked at, answered, or given to libmicrohttpd.
 *
 * A guest that waits for its answer belongs to the taker until quick_resume(); its socket stays ours. Must not know:
 * what is asked. Read next: web/quick.h.
 */
#include "web/lane.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "web/heads.h"
#include "web/loop.h"
#include "web/plain.h"
#include "web/quick.h"

enum {
    HEAD_MOST = 4096,        /* bytes of a head that is looked at */
    ANSWER_MOST = 16 * 1024, /* bytes of an answer */
    GUEST_MEMORY = 1 << 20,  /* bytes that a request may take */
    EVENTS = 256,            /* looked at together */
    IN_A_ROW = 32,           /* requests answered at once, before others have their turn */
    DATE = sizeof "Sun, 06 Nov 1994 08:49:37 GMT",
};

struct guest {
    struct quick quick; /* first, so that a quick is its guest */
    struct lane *lane;
    struct guest *next;    /* among those that are free, or that have their answer */
    struct visit *visit;   /* may be NULL */
    struct memory *memory; /* of one request after the other; NULL until the first */
    bool waits;            /* for its answer */
    struct answer answer;
    struct incoming incoming;
    int fd;    /* -1: it is free */
    bool more; /* something came that was not looked at */
    socklen_t peer_size;
    struct sockaddr_storage peer;
    char address[INET6_ADDRSTRLEN];
    char head[HEAD_MOST];
};

struct lane {
    struct lane_options options;
    int epoll;
    bool held; /* the door is not looked at: the daemon is full, or there are no descriptors */
    atomic_bool closed; /* nobody is let in any more */
    struct guest *guests;
    size_t made; /* of them, that were somebody once */
    struct guest *free;
    _Atomic(struct guest *) answered; /* youngest first */
    bool gave;                        /* the daemon got a connection in this turn */
    time_t second;                    /* of the date */
    char date[DATE];
};

/* ---- coming and going ------------------------------------------------------------------------- */

static void give_back(struct guest *guest)
{
    memory_end(guest->memory);
    guest->memory = NULL;
    guest->fd = -1;
    guest->next = guest->lane->free;
    guest->lane->free = guest;
}

static void leave(struct guest *guest)
{
    visit_end(guest->lane->options.visits, guest->visit);
    close(guest->fd);
    give_back(guest);
}

static void add_to_daemon(struct lane *lane, int fd, const struct sockaddr_storage *peer,
                          socklen_t size)
{
    /* It closes what it does not take. */
    (void)MHD_add_connection(lane->options.daemon, fd, (const struct sockaddr *)(const void *)peer,
                             size);
    lane->gave = true;
}

static void hand_over(struct guest *guest)
{
    struct lane *lane = guest->lane;
    visit_end(lane->options.visits, guest->visit);
    (void)epoll_ctl(lane->epoll, EPOLL_CTL_DEL, guest->fd, NULL);
    add_to_daemon(lane, guest->fd, &guest->peer, guest->peer_size);
    give_back(guest);
}

static struct guest *take_free(struct lane *lane)
{
    struct guest *guest = lane->free;
    if (guest) {
        lane->free = guest->next;
    } else if (lane->made < LANE_MOST) {
        guest = &lane->guests[lane->made++];
        guest->lane = lane;
    }
    return guest;
}

static void write_address(struct guest *guest)
{
    const struct sockaddr_storage *peer = &guest->peer;
    const void *raw = NULL;
    if (peer->ss_family == AF_INET)
        raw = &((const struct sockaddr_in *)(const void *)peer)->sin_addr;
    else if (peer->ss_family == AF_INET6)
        raw = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
    if (!raw || !inet_ntop(peer->ss_family, raw, guest->address, sizeof guest->address))
        guest->address[0] = '\0';
}

static void let_in(struct lane *lane, int fd, const struct sockaddr_storage *peer, socklen_t size)
{
    struct guest *guest = take_free(lane);
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = guest};
    int on = 1;
    if (!guest) {
        add_to_daemon(lane, fd, peer, size);
        return;
    }
    guest->fd = fd;
    guest->peer = *peer;
    guest->peer_size = size;
    guest->memory = NULL;
    guest->waits = false;
    guest->more = false;
    guest->visit = visit_begin(lane->options.visits, fd);
    write_address(guest);
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (epoll_ctl(lane->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        hand_over(guest);
}

static void hold_door(struct lane *lane, bool held)
{
    struct epoll_event event = {.events = held ? 0 : EPOLLIN};
    lane->held = held;
    (void)epoll_ctl(lane->epoll, EPOLL_CTL_MOD, lane->options.door, &event);
}

static bool daemon_is_full(const struct lane *lane)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(lane->options.daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return info && info->num_connections >= lane->options.limit;
}

/* Whoever is not let in waits before the door, as with libmicrohttpd. */
static void open_door(struct lane *lane)
{
    struct sockaddr_storage peer;
    for (int i = 0; i < EVENTS; i++) {
        socklen_t size = sizeof peer;
        if (daemon_is_full(lane)) {
            hold_door(lane, true);
            return;
        }
        int fd = accept4(lane->options.door, (struct sockaddr *)(void *)&peer, &size,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            let_in(lane, fd, &peer, size);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
            hold_door(lane, true);
            return;
        }
    }
}

static void close_door(struct lane *lane)
{
    close(lane->options.door);
    lane->options.door = -1;
    lane->held = false;
}

/* ---- answers ---------------------------------------------------------------------------------- */

static const char *date_of(struct lane *lane)
{
    time_t now = (time_t)(clock_now().ms / SECOND);
    struct tm parts;
    if (now != lane->second && gmtime_r(&now, &parts))
        /* English, as RFC 9110 5.6.7 wants it: the program sets no locale. */
        (void)strftime(lane->date, sizeof lane->date, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    lane->second = now;
    return lane->date;
}

static bool is_line(const char *value)
{
    return value[strcspn(value, "\r\n")] == '\0';
}

/* The whole of it as it is sent. A value that would end its line early is our fault, and sent to nobody. */
static const struct problem *write_answer(struct guest *guest, struct text *out)
{
    const struct answer *answer = &guest->answer;
    struct builder b = builder_make(guest->memory, ANSWER_MOST);
    builder_expect(&b, 1024);
    builder_add_c(&b, "HTTP/1.1 ");
    builder_add_integer(&b, answer->status);
    builder_add_char(&b, ' ');
    builder_add_c(&b, MHD_get_reason_phrase_for((unsigned)answer->status));
    builder_add_c(&b, "\r\nDate: ");
    builder_add_c(&b, date_of(guest->lane));
    if (answer->status != 204) {
        builder_add_c(&b, "\r\nContent-Length: ");
        builder_add_integer(&b, (int64_t)answer->body.size);
    }
    if (answer->type) {
        builder_add_c(&b, "\r\nContent-Type: ");
        builder_add_c(&b, answer->type);
    }
    for (size_t i = 0; i < answer->header_count; i++) {
        if (!is_line(answer->headers[i].value))
            return &our_fault;
        builder_add_c(&b, "\r\n");
        builder_add_c(&b, answer->headers[i].name);
        builder_add_c(&b, ": ");
        builder_add_c(&b, answer->headers[i].value);
    }
    builder_add_c(&b, "\r\n\r\n");
    builder_add(&b, answer->body);
    return builder_end(&b, out);
}

/* False: it is gone. Whoever takes not even one short answer at a time is not waited for. */
static bool send_answer(struct guest *guest)
{
    struct text bytes;
    const struct problem *problem = write_answer(guest, &bytes);
    ssize_t sent = problem ? -1 : send(guest->fd, bytes.data, bytes.size, MSG_NOSIGNAL);
    bool whole = !problem && sent == (ssize_t)bytes.size;
    if (problem)
        log_write(LOG_ERROR, "web.answer_lost", "problem=%s", problem->name);
    answer_end(&guest->answer);
    memory_renew(guest->memory);
    guest->waits = false;
    if (whole)
        visit_enter(guest->visit, VISIT_IDLE, 0);
    else
        leave(guest);
    return whole;
}

/* ---- requests --------------------------------------------------------------------------------- */

static struct guest *guest_of(struct quick *quick)
{
    return (struct guest *)(void *)quick;
}

static void suspend(struct quick *quick)
{
    struct guest *guest = guest_of(quick);
    atomic_fetch_add(guest->lane->options.active, 1);
    visit_enter(guest->visit, VISIT_OURS, 0);
}

/* On the taker's thread. */
static void resume(struct quick *quick)
{
    struct guest *guest = guest_of(quick);
    struct lane *lane = guest->lane;
    guest->next = atomic_load(&lane->answered);
    while (!atomic_compare_exchange_weak(&lane->answered, &guest->next, guest))
        continue;
}

static enum quick_outcome take(struct guest *guest, const struct quick_route *route)
{
    struct incoming *incoming = &guest->incoming;
    size_t prefix = strlen(route->prefix);
    if (!guest->memory)
        guest->memory = memory_create(GUEST_MEMORY);
    if (!guest->memory)
        return QUICK_PASSED;
    guest->waits = true;
    answer_begin(&guest->answer, guest->memory);
    guest->quick = (struct quick){
        .memory = guest->memory,
        .answer = &guest->answer,
        .method = incoming->method,
        .rest = {incoming->raw_path.data + prefix, incoming->raw_path.size - prefix},
        .query = incoming->raw_query,
        .agent = incoming->user_agent,
        .fetch_site = incoming->fetch_site,
        .fetch_mode = incoming->fetch_mode,
        .fetch_user = incoming->fetch_user,
        .fetch_dest = incoming->fetch_dest,
        .referer = incoming->referer,
        .purpose = incoming->purpose,
        .address = heads_client(text_of(guest->address), incoming->forwarded_for,
                                guest->lane->options.server->trusted),
        .suspend = suspend,
        .resume = resume,
        .ring = loop_ring,
        .loop = guest->lane->options.server->loop,
    };
    return route->take(&guest->quick);
}

/* True: it was answered, and something more may have come. */
static bool look_once(struct guest *guest)
{
    const struct server_options *site = &guest->lane->options.server->options;
    guest->more = false;
    ssize_t got = recv(guest->fd, guest->head, sizeof guest->head, MSG_PEEK | MSG_DONTWAIT);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
            leave(guest);
        return false;
    }
    guest->incoming = (struct incoming){.method = {"", 0}};
    size_t head = plain_read((struct text){guest->head, (size_t)got}, &guest->incoming);
    const struct quick_route *route =
        head ? quick_find(site->quick, site->quick_count, guest->incoming.raw_path) : NULL;
    enum quick_outcome outcome = route ? take(guest, route) : QUICK_PASSED;
    if (outcome == QUICK_PASSED || outcome == QUICK_FULL) {
        hand_over(guest);
        return false;
    }
    /* It is taken, so its bytes are, too. */
    (void)recv(guest->fd, NULL, head, MSG_TRUNC | MSG_DONTWAIT);
    guest->more = (size_t)got > head;
    return outcome == QUICK_ANSWERED && send_answer(guest) && guest->more;
}

static void look(struct guest *guest)
{
    for (int i = 0; i < IN_A_ROW; i++)
        if (!look_once(guest))
            return;
    hand_over(guest);
}

static void send_answers(struct lane *lane)
{
    struct guest *guest = atomic_exchange(&lane->answered, NULL);
    struct guest *oldest = NULL;
    while (guest) {
        struct guest *next = guest->next;
        guest->next = oldest;
        oldest = guest;
        guest = next;
    }
    while (oldest) {
        struct guest *next = oldest->next;
        bool more = send_answer(oldest) && oldest->more;
        atomic_fetch_sub(lane->options.active, 1);
        if (more)
            look(oldest);
        oldest = next;
    }
}

bool lane_turn(struct lane *lane)
{
    struct epoll_event events[EVENTS];
    lane->gave = false;
    send_answers(lane);
    if (lane->options.door >= 0 && atomic_load(&lane->closed))
        close_door(lane);
    if (lane->held)
        hold_door(lane, false);
    int count = epoll_wait(lane->epoll, events, EVENTS, 0);
    for (int i = 0; i < count; i++) {
        struct guest *guest = events[i].data.ptr;
        if (!guest)
            open_door(lane);
        else if (guest->waits)
            guest->more = true;
        else if (guest->fd >= 0)
            look(guest);
    }
    return lane->gave;
}

/* ---- beginning and end ------------------------------------------------------------------------ */

const struct problem *lane_start(struct memory *process, const struct lane_options *options,
                                 struct lane **out)
{
    struct epoll_event event = {.events = EPOLLIN};
    struct lane *lane = memory_take(process, sizeof *lane);
    /* Not zeroed, so that those who never come take nothing of the machine's memory. */
    struct guest *guests = memory_take_room(process, LANE_MOST * sizeof *guests);
    if (!lane || !guests)
        return &out_of_memory;
    lane->options = *options;
    lane->guests = guests;
    lane->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (lane->epoll < 0)
        return &world_failed;
    if (epoll_ctl(lane->epoll, EPOLL_CTL_ADD, options->door, &event) != 0) {
        close(lane->epoll);
        return &world_failed;
    }
    *out = lane;
    return NULL;
}

int lane_bell(const struct lane *lane)
{
    return lane->epoll;
}

bool lane_is_held(const struct lane *lane)
{
    return lane->held;
}

void lane_close(struct lane *lane)
{
    atomic_store(&lane->closed, true);
    loop_ring(lane->options.server->loop);
}

void lane_end(struct lane *lane)
{
    send_answers(lane);
    for (size_t i = 0; i < lane->made; i++) {
        struct guest *guest = &lane->guests[i];
        if (guest->fd < 0)
            continue;
        leave(guest);
    }
    if (lane->options.door >= 0)
        close(lane->options.door);
    close(lane->epoll);
}
