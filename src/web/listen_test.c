/*
 * The real listener over a raw socket: what a client library would never send.
 *
 * Read next: web/heads.c, web/listen.c.
 */
#include "web/server_test_bed.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define NOTE        "/notes/not_0000000000007"
#define NOTE_FRAMED "/framed/not_0000000000007"
#define JOINED      "HTTP/1.1 200"
#define BAD         "HTTP/1.1 400"

static struct bed bed;

static int dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)server_port(bed.server)),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval wait = {.tv_sec = 10};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    assert_int_equal(connect(fd, (struct sockaddr *)(void *)&to, sizeof to), 0);
    return fd;
}

static void say(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(fd, data, size, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        data += sent;
        size -= (size_t)sent;
    }
}

/* Everything until the server closes. */
static size_t hear_all(int fd, char *out, size_t room)
{
    size_t size = 0;
    ssize_t got;
    while (size + 1 < room && (got = recv(fd, out + size, room - size - 1, 0)) > 0)
        size += (size_t)got;
    out[size] = '\0';
    return size;
}

static size_t exchange(const char *request, char *out, size_t room)
{
    int fd = dial();
    say(fd, request, strlen(request));
    size_t size = hear_all(fd, out, room);
    close(fd);
    return size;
}

/* How many answers came on one connection that the server ended by itself. */
static int answers(const char *request, const char *status)
{
    static char heard[64 * 1024];
    exchange(request, heard, sizeof heard);
    int count = 0;
    for (const char *at = heard; (at = strstr(at, "HTTP/1.1 ")) != NULL; at += 9)
        count++;
    assert_true(strncmp(heard, status, strlen(status)) == 0);
    return count;
}

static void ambiguous_requests_are_refused_and_closed(void **state)
{
    (void)state;
#define SECOND_ONE "GET " NOTE " HTTP/1.1\r\nHost: a\r\n\r\n"
#define FIRST_ONE  "POST /files HTTP/1.1\r\nHost: a\r\n"
    static const char *const wrong[] = {
        FIRST_ONE "Content-Length: 0\r\nContent-Length: 44\r\n\r\n" SECOND_ONE,
        FIRST_ONE "Content-Length: 5\r\nContent-Length: 5\r\n\r\n12345" SECOND_ONE,
        FIRST_ONE "Content-Length : 44\r\n\r\n" SECOND_ONE,
        FIRST_ONE "Content-Length\t: 44\r\n\r\n" SECOND_ONE,
        FIRST_ONE "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" SECOND_ONE,
        FIRST_ONE "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SECOND_ONE,
        FIRST_ONE "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        FIRST_ONE "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SECOND_ONE,
        FIRST_ONE "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SECOND_ONE,
        FIRST_ONE "Host: b\r\nContent-Length: 0\r\n\r\n" SECOND_ONE,
        FIRST_ONE "content-length: 0\r\nCONTENT-LENGTH: 3\r\n\r\nabc" SECOND_ONE,
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (answers(wrong[i], BAD) != 1)
            fail_msg("case %zu was answered more than once", i);
}

/* What nobody looked at is told as every problem is: a page in the reader's language, or a document. */
static void refusals_are_pages_and_documents(void **state)
{
    (void)state;
    static char heard[64 * 1024];
    exchange("GET " NOTE " HTTP/1.1\r\nHost: a\r\nHost: b\r\nAccept: text/html\r\n"
             "Accept-Language: fr-CA, en;q=0.5\r\nAccept-Encoding: gzip\r\n\r\n",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "HTTP/1.1 400 "));
    assert_non_null(strstr(heard, "Content-Type: text/html; charset=utf-8\r\n"));
    assert_non_null(strstr(heard, "Content-Language: fr\r\n"));
    assert_non_null(strstr(heard, "Content-Security-Policy: "));
    assert_non_null(strstr(heard, "Connection: close\r\n"));
    assert_non_null(strstr(heard, "<html lang=\"fr\"><title>web.ambiguous</title>"));
    assert_non_null(strstr(heard, "<p>urn:contraflow:request:"));
    exchange("POST /api/v1" NOTE " HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", heard,
             sizeof heard);
    assert_non_null(strstr(heard, "HTTP/1.1 413 "));
    assert_non_null(strstr(heard, "Content-Type: application/problem+json\r\n"));
    assert_non_null(strstr(heard, "\"type\":\"/problems/too_large\""));
    assert_non_null(strstr(heard, "\"status\":413"));
    exchange("GET " NOTE " HTTP/1.1\r\nHost: a\r\nHost: b\r\nAccept: application/json\r\n\r\n",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "\"type\":\"/problems/web.ambiguous\""));
}

static void a_bad_length_is_never_taken(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        FIRST_ONE "Content-Length: -1\r\n\r\n" SECOND_ONE,
        FIRST_ONE "Content-Length: +5\r\n\r\n12345" SECOND_ONE,
        FIRST_ONE "Content-Length: 5, 5\r\n\r\n12345" SECOND_ONE,
        FIRST_ONE "Content-Length: 99999999999999999999999\r\n\r\n" SECOND_ONE,
    };
    static char heard[64 * 1024];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        exchange(wrong[i], heard, sizeof heard);
        if (strstr(heard, JOINED))
            fail_msg("case %zu let the second request through", i);
    }
}

static void connection_is_kept(void **state)
{
    (void)state;
    assert_int_equal(answers("GET " NOTE " HTTP/1.1\r\nHost: a\r\n\r\n"
                             "GET " NOTE " HTTP/1.1\r\nHost: a\r\n\r\n"
                             "GET " NOTE " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                             JOINED),
                     3);
}

static void security_headers_and_gzip(void **state)
{
    (void)state;
    static char heard[64 * 1024];
    exchange("GET " NOTE " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", heard, sizeof heard);
    assert_non_null(strstr(heard, "Content-Security-Policy: default-src 'none'"));
    assert_non_null(strstr(heard, "X-Content-Type-Options: nosniff"));
    assert_non_null(strstr(heard, "Content-Type: text/html; charset=utf-8"));
    assert_non_null(strstr(heard, "Set-Cookie: form="));
    assert_non_null(strstr(heard, "; HttpOnly; SameSite=Lax"));
    assert_null(strstr(heard, "Content-Encoding"));
    exchange("GET " NOTE " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n"
             "Connection: close\r\n\r\n",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "Content-Encoding: gzip"));
    assert_non_null(strstr(heard, "\r\n\r\n\x1f\x8b"));
    exchange("GET /robots.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", heard,
             sizeof heard);
    assert_non_null(strstr(heard, "User-agent: *"));
    exchange("PUT " NOTE " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"
             "Connection: close\r\n\r\n",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "HTTP/1.1 405"));
    assert_non_null(strstr(heard, "Allow: GET, HEAD, POST, OPTIONS"));
}

/* Posts a form with the given extra header lines; the status line's number. */
static int post_status(const char *path, const char *lines, const char *body)
{
    static char heard[64 * 1024];
    char request[4096];
    snprintf(request, sizeof request,
             "POST %s HTTP/1.1\r\nHost: site.example\r\nConnection: close\r\n"
             "Content-Type: %s\r\nContent-Length: %zu\r\n%s\r\n%s",
             path, *body == '{' ? "application/json" : "application/x-www-form-urlencoded",
             strlen(body), lines, body);
    exchange(request, heard, sizeof heard);
    return atoi(heard + 9);
}

static void find_token(const char *page, char *out, size_t room)
{
    const char *at = strstr(page, "name=\"token\" value=\"");
    assert_non_null(at);
    at += 20;
    size_t size = strcspn(at, "\"");
    assert_true(size > 0 && size < room);
    memcpy(out, at, size);
    out[size] = '\0';
}

static void forged_forms_are_refused(void **state)
{
    (void)state;
    static char heard[64 * 1024];
    char token[128];
    char body[512];
    const char *ana = "Cookie: session=ana\r\n";
    exchange("GET " NOTE " HTTP/1.1\r\nHost: a\r\nCookie: session=ana\r\n"
             "Connection: close\r\n\r\n",
             heard, sizeof heard);
    find_token(heard, token, sizeof token);
    snprintf(body, sizeof body, "title=a&price=1&token=%s", token);
    assert_int_equal(post_status(NOTE, ana, body), 303);
    assert_int_equal(post_status(NOTE, "Cookie: session=olga\r\n", body), 403);
    assert_int_equal(post_status(NOTE, ana, "title=a&price=1"), 403);
    assert_int_equal(
        post_status(NOTE, "Cookie: session=ana\r\nSec-Fetch-Site: cross-site\r\n", body), 403);
    assert_int_equal(post_status("/api/v1" NOTE, ana, "{\"title\":\"a\"}"), 403);
    assert_int_equal(
        post_status("/api/v1" NOTE, "Cookie: session=ana\r\nOrigin: http://site.example\r\n", "{}"),
        422);
    assert_int_equal(
        post_status("/api/v1" NOTE, "Cookie: session=ana\r\nOrigin: http://evil.example\r\n", "{}"),
        403);
    assert_int_equal(post_status("/api/v1" NOTE, "Authorization: Bearer ana\r\n", "{}"), 422);
}

static void an_open_form_needs_its_cookie(void **state)
{
    (void)state;
    static char heard[64 * 1024];
    char token[128];
    char body[512];
    char lines[512];
    exchange("GET " NOTE " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", heard, sizeof heard);
    find_token(heard, token, sizeof token);
    const char *cookie = strstr(heard, "Set-Cookie: form=") + 12;
    snprintf(body, sizeof body, "title=a&price=1&token=%s", token);
    snprintf(lines, sizeof lines, "Cookie: %.37s\r\n", cookie);
    assert_int_equal(post_status(NOTE "/open", lines, body), 303);
    assert_int_equal(post_status(NOTE "/open", "", body), 403);
    assert_int_equal(post_status(NOTE "/open", "Cookie: form=00\r\n", body), 403);
}

/* In a frame of another website there is nobody, whatever the browser sends along; so a form needs no token,
 * but comes from our own page in it. */
static void in_a_frame_nobody_is_known(void **state)
{
    (void)state;
    static char heard[64 * 1024];
    const char *framed = NOTE_FRAMED;
    const char *fine = "title=a&price=1";
    exchange("GET " NOTE_FRAMED " HTTP/1.1\r\nHost: a\r\nCookie: session=ana; form=00\r\n"
             "Connection: close\r\n\r\n",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "<h1>Nobody</h1>"));
    assert_non_null(strstr(heard, "name=\"token\" value=\"\""));
    assert_null(strstr(heard, "Set-Cookie"));
    assert_non_null(strstr(heard, "frame-ancestors https://shop.example; "));
    assert_non_null(strstr(heard, "Cross-Origin-Resource-Policy: cross-origin\r\n"));
    exchange("GET " NOTE " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", heard, sizeof heard);
    assert_non_null(strstr(heard, "frame-ancestors 'none'; "));
    assert_non_null(strstr(heard, "Cross-Origin-Resource-Policy: same-origin\r\n"));
    exchange("GET " NOTE_FRAMED " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ana\r\n"
             "Connection: close\r\n\r\n",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "<h1>Nobody</h1>"));
    assert_int_equal(post_status(framed, "", fine), 303);
    assert_int_equal(post_status(framed, "Cookie: session=ana\r\n", fine), 303);
    assert_int_equal(post_status(framed, "Origin: http://site.example\r\n", fine), 303);
    assert_int_equal(post_status(framed, "Origin: https://shop.example\r\n", fine), 403);
    assert_int_equal(post_status(framed, "Origin: null\r\n", fine), 403);
    assert_int_equal(post_status(framed, "Sec-Fetch-Site: cross-site\r\n", fine), 403);
    assert_int_equal(post_status(framed, "", "title="), 422);
}

static void bodies_out_of_bounds(void **state)
{
    (void)state;
    static char heard[64 * 1024];
    exchange("POST " NOTE " HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n"
             "Content-Type: application/x-www-form-urlencoded\r\n\r\n",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "HTTP/1.1 413"));
    /* Two gigabytes are refused by what the head says, before any of them comes. */
    exchange("POST " NOTE " HTTP/1.1\r\nHost: a\r\nContent-Length: 2147483648\r\n"
             "Content-Type: application/json\r\n\r\n",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "HTTP/1.1 413"));
    exchange("POST " NOTE " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nConnection: close\r\n"
             "Cookie: session=ana\r\nContent-Type: text/plain\r\n\r\na=b",
             heard, sizeof heard);
    assert_non_null(strstr(heard, "HTTP/1.1 415"));
}

static void a_head_of_a_megabyte_is_refused(void **state)
{
    (void)state;
    static char heard[64 * 1024];
    static char head[(1 << 20) + 200] = "GET " NOTE " HTTP/1.1\r\nHost: a\r\nX-Long: ";
    size_t begins = strlen(head);
    memset(head + begins, 'a', 1 << 20);
    snprintf(head + begins + (1 << 20), 20, "\r\n\r\n");
    exchange(head, heard, sizeof heard);
    assert_null(strstr(heard, "HTTP/1.1 200"));
    exchange("GET " NOTE " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", heard, sizeof heard);
    assert_non_null(strstr(heard, "HTTP/1.1 200"));
}

/* ---- files ------------------------------------------------------------------------------------ */

struct form {
    char *data;
    size_t size;
    size_t room;
};

static void form_add(struct form *form, const char *data, size_t size)
{
    assert_true(form->size + size < form->room);
    memcpy(form->data + form->size, data, size);
    form->size += size;
}

static void form_file(struct form *form, const char *field, const char *name, const char *data,
                      size_t size)
{
    char head[512];
    int length = snprintf(head, sizeof head,
                          "--XX\r\nContent-Disposition: form-data; name=\"%s\"; "
                          "filename=\"%s\"\r\nContent-Type: image/jpeg\r\n\r\n",
                          field, name);
    form_add(form, head, (size_t)length);
    form_add(form, data, size);
    form_add(form, "\r\n", 2);
}

static struct form form_make(size_t room)
{
    struct form form = {malloc(room), 0, room};
    assert_non_null(form.data);
    return form;
}

/* Signed in as a bearer, so that no token is needed. */
static const char *send_form(struct form *form)
{
    static char heard[64 * 1024];
    char head[512];
    int fd = dial();
    int length = snprintf(head, sizeof head,
                          "POST /files HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                          "Accept: application/json\r\nAuthorization: Bearer ana\r\n"
                          "Content-Type: multipart/form-data; boundary=XX\r\n"
                          "Content-Length: %zu\r\n\r\n",
                          form->size);
    say(fd, head, (size_t)length);
    say(fd, form->data, form->size);
    hear_all(fd, heard, sizeof heard);
    close(fd);
    free(form->data);
    return heard;
}

static int files_left(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/tmp", bed.folder);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    int count = 0;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder))
        count += strncmp(entry->d_name, "upload-", 7) == 0;
    closedir(folder);
    return count;
}

static void a_thousand_files_under_one_name(void **state)
{
    (void)state;
    struct form form = form_make(1 << 20);
    char name[32];
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "photo %d.jpg", i);
        form_file(&form, "files", name, "0123456789", 10);
    }
    form_add(&form, "--XX--\r\n", 8);
    const char *heard = send_form(&form);
    assert_non_null(strstr(heard, "\"count\":1000,\"bytes\":10000,\"cut\":0,\"cover\":false"));
    assert_non_null(strstr(heard, "\"first\":\"photo 0.jpg\""));
    /* The request may end a moment after its answer. */
    for (int i = 0; i < 400 && files_left() > 0; i++)
        usleep(5000);
    assert_int_equal(files_left(), 0);
}

static void an_upload_that_is_cut_off_is_marked(void **state)
{
    (void)state;
    struct form form = form_make(1 << 16);
    form_file(&form, "files", "..\\..\\C:/a/whole.jpg", "0123456789", 10);
    form_file(&form, "cover", "", "", 0);
    form_file(&form, "files", "half.jpg", "01234", 5);
    const char *heard = send_form(&form);
    assert_non_null(strstr(heard, "\"count\":2"));
    assert_non_null(strstr(heard, "\"cut\":1,\"cover\":false,\"first\":\"whole.jpg\""));
}

static void boundaries_inside_files(void **state)
{
    (void)state;
    static const char tricky[] = "\r\n--X\r\r\n--XY\r\n-\r\n\r\n--\r\n--X";
    struct form form = form_make(1 << 16);
    form_file(&form, "cover", "c.jpg", tricky, sizeof tricky - 1);
    form_file(&form, "files", "c.jpg", tricky, sizeof tricky - 1);
    form_add(&form, "--XX--\r\n", 8);
    char expected[64];
    snprintf(expected, sizeof expected, "\"count\":1,\"bytes\":%zu,\"cut\":0,\"cover\":true",
             sizeof tricky - 1);
    const char *heard = send_form(&form);
    assert_null(strstr(heard, "HTTP/1.1 4"));
    assert_non_null(strstr(heard, expected));
}

static void a_client_that_leaves_takes_its_files_along(void **state)
{
    (void)state;
    int fd = dial();
    static const char half[] = "POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n"
                               "Content-Type: multipart/form-data; boundary=XX\r\n\r\n"
                               "--XX\r\nContent-Disposition: form-data; name=files; "
                               "filename=a.jpg\r\n\r\n0123456789";
    say(fd, half, sizeof half - 1);
    for (int i = 0; i < 400 && files_left() == 0; i++)
        usleep(5000);
    assert_int_equal(files_left(), 1);
    close(fd);
    for (int i = 0; i < 400 && files_left() > 0; i++)
        usleep(5000);
    assert_int_equal(files_left(), 0);
}

static int start(void **state)
{
    (void)state;
    bed_start(&bed);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    bed_stop(&bed);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ambiguous_requests_are_refused_and_closed),
        cmocka_unit_test(refusals_are_pages_and_documents),
        cmocka_unit_test(a_bad_length_is_never_taken),
        cmocka_unit_test(connection_is_kept),
        cmocka_unit_test(security_headers_and_gzip),
        cmocka_unit_test(forged_forms_are_refused),
        cmocka_unit_test(an_open_form_needs_its_cookie),
        cmocka_unit_test(in_a_frame_nobody_is_known),
        cmocka_unit_test(bodies_out_of_bounds),
        cmocka_unit_test(a_head_of_a_megabyte_is_refused),
        cmocka_unit_test(a_thousand_files_under_one_name),
        cmocka_unit_test(an_upload_that_is_cut_off_is_marked),
        cmocka_unit_test(boundaries_inside_files),
        cmocka_unit_test(a_client_that_leaves_takes_its_files_along),
    };
    return cmocka_run_group_tests_name("listen", tests, start, stop);
}
