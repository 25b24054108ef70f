/*
 * Live pages over a socket: a stream says what waits, says it again when that changes, is silent to who
 * knows it already, and ends with its session.
 *
 * Read next: web/live.h, tests/purchase_test_bed.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/login/session.h"
#include "purchase_test_bed.h"

enum { STREAMS = 3, HEARD_MOST = 16 << 10 };

struct place {
    struct bed bed;
    struct party_id house;
    struct text buyer; /* their session, acting for the house */
    char folder[64];
};

struct stream {
    int fd;
    size_t size;
    char heard[HEARD_MOST]; /* all so far */
};

static struct stream opened(struct place *place, const char *path, struct text session,
                            const char *known)
{
    struct stream stream = {.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)server_port(place->bed.world.server)),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    char request[600];
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: a\r\nCookie: session=%.*s\r\n"
                        "Last-Event-ID: %s\r\n\r\n",
                        path, TEXT_ARGS(session), known);
    assert_int_equal(connect(stream.fd, (struct sockaddr *)(void *)&to, sizeof to), 0);
    assert_int_equal(send(stream.fd, request, (size_t)size, MSG_NOSIGNAL), size);
    return stream;
}

/* Reads until `what` was heard; false when the server closed, or said nothing for a while. */
static bool hears(struct stream *stream, const char *what, int patience)
{
    for (;;) {
        struct pollfd poll_one = {stream->fd, POLLIN, 0};
        stream->heard[stream->size] = '\0';
        if (strstr(stream->heard, what))
            return true;
        if (poll(&poll_one, 1, patience) <= 0)
            return false;
        ssize_t got =
            recv(stream->fd, stream->heard + stream->size, HEARD_MOST - 1 - stream->size, 0);
        if (got <= 0)
            return false;
        stream->size += (size_t)got;
    }
}

static void forget(struct stream *stream)
{
    stream->size = 0;
}

static void id_of(const struct stream *stream, char out[40])
{
    const char *id = strstr(stream->heard, "id: ");
    assert_non_null(id);
    (void)snprintf(out, 40, "%.16s", id + 4);
}

/* An author names another price: one thing more waits for the business. */
static void one_waits(struct place *place)
{
    struct bed *bed = &place->bed;
    struct stock_purchase purchase = {.photo = bed_photo(bed),
                                      .licence = LICENCE_STANDARD,
                                      .organisation = place->house,
                                      .person = bed->buyer,
                                      .seen = {1000, {"EUR"}},
                                      .language = text_of("en")};
    struct deal_id deal;
    assert_null(stock_offer(bed->world.store, bed->memory, &purchase, text_of("For a poster"),
                            clock_now(), &deal));
    assert_null(stock_answer(bed->world.store, bed->memory, deal, DEAL_COUNTER, BY_SUPPLIER,
                             bed->author, (struct money){1400, {"EUR"}}, text_of("so"),
                             clock_now()));
}

static void a_stream_says_what_changes(void **state)
{
    struct place *place = *state;
    char known[40];
    struct stream stream = opened(place, "/live/biz", place->buyer, "");
    assert_true(hears(&stream, "\n\n", 10000));
    assert_non_null(strstr(stream.heard, "HTTP/1.1 200"));
    assert_non_null(strstr(stream.heard, "Content-Type: text/event-stream"));
    assert_non_null(strstr(stream.heard, "event: counts\n"));
    assert_non_null(strstr(stream.heard, "\"/biz/deals\":0"));
    forget(&stream);
    one_waits(place);
    assert_true(hears(&stream, "\"/biz/deals\":1", 20000));
    id_of(&stream, known);
    /* Who knows it already is told nothing, and then what changes. */
    struct stream again = opened(place, "/live/biz", place->buyer, known);
    assert_true(hears(&again, "retry: 5000\n\n", 10000));
    assert_null(strstr(again.heard, "event: counts"));
    one_waits(place);
    assert_true(hears(&again, "\"/biz/deals\":2", 20000));
    assert_true(hears(&stream, "\"/biz/deals\":2", 20000));
    close(again.fd);
    close(stream.fd);
}

static void nobody_else_is_told(void **state)
{
    struct place *place = *state;
    static const char *const paths[] = {"/live/me", "/live/biz", "/live/desk"};
    for (size_t i = 0; i < 3; i++) {
        struct stream stream = opened(place, paths[i], text_of("nobody"), "");
        assert_true(hears(&stream, "HTTP/1.1 204", 10000));
        close(stream.fd);
    }
    struct stream stream = opened(place, "/live/desk", place->buyer, "");
    assert_true(hears(&stream, "HTTP/1.1 204", 10000));
    close(stream.fd);
    stream = opened(place, "/live/other", place->buyer, "");
    assert_true(hears(&stream, "HTTP/1.1 404", 10000));
    close(stream.fd);
}

static void it_ends_with_its_session(void **state)
{
    struct place *place = *state;
    struct bed *bed = &place->bed;
    struct text session;
    assert_null(login_session(bed->world.store, bed->memory, bed->buyer, clock_now(), &session));
    struct stream stream = opened(place, "/live/me", session, "");
    assert_true(hears(&stream, "event: counts\n", 10000));
    assert_null(session_sign_out(bed->world.store, bed->memory, session));
    one_waits(place);
    assert_true(hears(&stream, "\r\n0\r\n\r\n", 20000)); /* the end of chunks */
    close(stream.fd);
}

/* Beyond the room there is one event and no stream; room comes back with those who leave. */
static void there_are_only_so_many(void **state)
{
    struct place *place = *state;
    struct stream streams[STREAMS];
    /* Those of before are gone once the server saw it. */
    for (int i = 0; i < STREAMS; i++) {
        bool lasts = false;
        for (int turn = 0; turn < 100 && !lasts; turn++) {
            streams[i] = opened(place, "/live/biz", place->buyer, "");
            assert_true(hears(&streams[i], "\n\n", 10000));
            lasts = strstr(streams[i].heard, "chunked") != NULL;
            if (!lasts) {
                close(streams[i].fd);
                one_waits(place); /* writing to who is gone shows that they are */
                usleep(300000);
            }
        }
        assert_true(lasts);
    }
    struct stream more = opened(place, "/live/biz", place->buyer, "");
    assert_true(hears(&more, "event: counts\n", 10000));
    assert_non_null(strstr(more.heard, "Content-Length: "));
    close(more.fd);
    for (int i = 0; i < STREAMS; i++)
        close(streams[i].fd);
}

static int open_place(void **state)
{
    static struct place place;
    struct bed *bed = &place.bed;
    struct text complaint = {0};
    (void)snprintf(place.folder, sizeof place.folder, "/tmp/contraflow_live_XXXXXX");
    if (!mkdtemp(place.folder))
        return -1;
    setenv("CONTRAFLOW_WEB_RATE_LIMITS", "off", 1);
    setenv("CONTRAFLOW_WEB_STREAMS", "3", 1);
    bed_open(bed, place.folder, "");
    if (world_serve(&bed->world, 0, &complaint))
        bed_must(&our_fault, text_c(bed->memory, complaint));
    bed_people(bed);
    place.house = bed_business(bed, bed->buyer, 1000000);
    bed_must(login_session(bed->world.store, bed->memory, bed->buyer, clock_now(), &place.buyer),
             "a session");
    bed_must(session_act(bed->world.store, bed->memory, place.buyer, place.house), "acting for it");
    *state = &place;
    return 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    char command[100];
    int64_t wrong = bed_discrepancies(&place->bed);
    bed_close(&place->bed);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
    return wrong ? -1 : system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_says_what_changes),
        cmocka_unit_test(nobody_else_is_told),
        cmocka_unit_test(it_ends_with_its_session),
        cmocka_unit_test(there_are_only_so_many),
    };
    return cmocka_run_group_tests_name("live pages", tests, open_place, close_place);
}
