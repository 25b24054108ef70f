/*
 * Media in a bucket: what is asked for and how it is signed, and what becomes of each way in which a store
 * fails, against a server of the test's own; with TEST_S3 (an address; bucket "test", key and secret
 * "S3RVER") also against one that keeps what it gets. tests/run_s3.sh sets that. Signatures are computed
 * here anew, after the specification and without libcurl, since s3rver does not check them:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

#include "core/media/store.h"

enum { ANSWERS = 8, REQUEST = 4096 };
#define ABC_BLAKE2B                                                                                \
    "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319" /* b2sum -l 256 */
#define ABC_SHA256 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" /* FIPS 180 */

/* ---- a server that answers what it is told ---------------------------------------------------- */

static struct {
    int listener;
    int port;
    pthread_t thread;
    const char *answers[ANSWERS]; /* one a connection, then the end */
    char last[REQUEST];           /* head of the last request */
    atomic_int asked;
} server = {.listener = -1};

static void *serve(void *context)
{
    (void)context;
    for (int i = 0; i < ANSWERS && server.answers[i]; i++) {
        int connection = accept(server.listener, NULL, NULL);
        if (connection < 0)
            break;
        size_t size = 0;
        server.last[0] = '\0';
        while (size < REQUEST - 1 && !strstr(server.last, "\r\n\r\n")) {
            ssize_t got = recv(connection, server.last + size, REQUEST - 1 - size, 0);
            if (got <= 0)
                break;
            size += (size_t)got;
            server.last[size] = '\0';
        }
        atomic_fetch_add(&server.asked, 1);
        (void)!write(connection, server.answers[i], strlen(server.answers[i]));
        shutdown(connection, SHUT_WR);
        char rest[REQUEST];
        while (recv(connection, rest, sizeof rest, 0) > 0) {
        }
        close(connection);
    }
    return NULL;
}

static char folder[64];

/* Where the copies lie, and whose they are. */
static const struct problem *start_as(const char *key, const char *endpoint, const char *store,
                                      const char *secret, int64_t cache)
{
    char path[80];
    snprintf(path, sizeof path, "%s/copies", folder);
    struct media_bucket bucket = {
        .store = text_of(store),
        .endpoint = text_of(endpoint),
        .region = text_of("eu-central-1"),
        .key = text_of(key),
        .secret = text_of(secret),
        .cache = cache,
    };
    return media_store_start(path, &bucket);
}

static const struct problem *start(const char *endpoint, const char *store, const char *secret,
                                   int64_t cache)
{
    return start_as("S3RVER", endpoint, store, secret, cache);
}

/* Begins answering; the list ends with NULL. */
static void answer(const char *first, const char *second)
{
    char endpoint[60];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    server.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(server.listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server.listener, 8), 0);
    assert_int_equal(getsockname(server.listener, (struct sockaddr *)&address, &size), 0);
    memset(server.answers, 0, sizeof server.answers);
    server.answers[0] = first;
    server.answers[1] = second;
    atomic_store(&server.asked, 0);
    assert_int_equal(pthread_create(&server.thread, NULL, serve, NULL), 0);
    snprintf(endpoint, sizeof endpoint, "http://127.0.0.1:%d/", ntohs(address.sin_port));
    assert_null(start(endpoint, "s3://bucket/some/where/", "a-secret", 1 << 30));
}

/* How often it was asked. */
static int end_answering(void)
{
    media_store_stop();
    shutdown(server.listener, SHUT_RDWR);
    pthread_join(server.thread, NULL);
    close(server.listener);
    return atomic_load(&server.asked);
}

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/media_s3_test.XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    char command[100];
    (void)state;
    media_store_stop();
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* Files among the copies, drafts too. */
static int copies(int64_t *bytes)
{
    int count = 0;
    char command[160];
    snprintf(command, sizeof command, "find %s -type f -printf '%%s\\n'", folder);
    FILE *found = popen(command, "re");
    long long size;
    *bytes = 0;
    while (fscanf(found, "%lld", &size) == 1) {
        *bytes += size;
        count++;
    }
    pclose(found);
    return count;
}

static struct media_file original(void)
{
    struct media_file name = {.format = MEDIA_JPEG};
    memcpy(name.hash.hex, ABC_BLAKE2B, sizeof ABC_BLAKE2B);
    return name;
}

static const struct problem *keep_abc(void)
{
    struct media_draft draft;
    struct media_file name = original();
    assert_null(media_draft_begin(&draft));
    assert_int_equal(write(draft.file, "abc", 3), 3);
    return media_draft_keep(&draft, &name);
}

static const struct problem *open_it(struct media_file name)
{
    int file;
    char found[4] = "";
    const struct problem *problem = media_open(&name, &file, NULL);
    if (problem)
        return problem;
    assert_int_equal(pread(file, found, 3, 0), 3);
    assert_string_equal(found, "abc");
    close(file);
    return NULL;
}

/* ---- signatures ------------------------------------------------------------------------------- */

/* The value of a header of the last request, without blanks around it. */
static struct text header(const char *name)
{
    struct text rest = text_of(server.last);
    struct text line;
    size_t size = strlen(name);
    while (text_split(&rest, '\n', &line)) {
        if (line.size > size && line.data[size] == ':' && strncasecmp(line.data, name, size) == 0) {
            line.data += size + 1;
            line.size -= size + 1;
            return text_trim(line);
        }
    }
    return (struct text){"", 0};
}

/* What stands between `before` and `after` in the header Authorization. */
static struct text authorised(const char *before, char after)
{
    struct text all = header("Authorization");
    const char *found = memmem(all.data, all.size, before, strlen(before));
    assert_non_null(found);
    found += strlen(before);
    struct text rest = {found, (size_t)(all.data + all.size - found)};
    struct text part;
    assert_true(text_split(&rest, after, &part));
    return part;
}

static void hmac(unsigned char key[32], size_t key_size, struct text message)
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, key_size);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)message.data, message.size);
    crypto_auth_hmacsha256_final(&state, key);
}

static void write_canonical(char *out, size_t room)
{
    struct text rest = text_of(server.last);
    struct text method;
    struct text path;
    struct text names = authorised("SignedHeaders=", ',');
    struct text name;
    assert_true(text_split(&rest, ' ', &method) && text_split(&rest, ' ', &path));
    int size = snprintf(out, room, "%.*s\n%.*s\n\n", TEXT_ARGS(method), TEXT_ARGS(path));
    for (struct text left = names; text_split(&left, ';', &name);) {
        char wanted[60];
        snprintf(wanted, sizeof wanted, "%.*s", TEXT_ARGS(name));
        struct text value = header(wanted);
        size += snprintf(out + size, room - (size_t)size, "%s:%.*s\n", wanted, TEXT_ARGS(value));
    }
    struct text body = header("x-amz-content-sha256");
    size += snprintf(out + size, room - (size_t)size, "\n%.*s\n%.*s", TEXT_ARGS(names),
                     TEXT_ARGS(body));
    assert_true(size < (int)room);
}

/* The last request is signed by "a-secret" as the specification says. */
static void check_signature(void)
{
    char canonical[REQUEST];
    char to_sign[REQUEST];
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof digest + 1];
    unsigned char key[64] = "AWS4a-secret";
    struct text scope = authorised("Credential=S3RVER/", ',');
    struct text stamp = header("x-amz-date");
    struct text names = authorised("SignedHeaders=", ',');
    assert_non_null(memmem(names.data, names.size, "host", 4));
    assert_non_null(memmem(names.data, names.size, "x-amz-content-sha256", 20));
    assert_non_null(memmem(names.data, names.size, "x-amz-date", 10));
    write_canonical(canonical, sizeof canonical);
    crypto_hash_sha256(digest, (unsigned char *)canonical, strlen(canonical));
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    snprintf(to_sign, sizeof to_sign, "AWS4-HMAC-SHA256\n%.*s\n%.*s\n%s", TEXT_ARGS(stamp),
             TEXT_ARGS(scope), hex);
    struct text part;
    size_t size = strlen((char *)key);
    for (struct text left = scope; text_split(&left, '/', &part); size = 32)
        hmac(key, size, part);
    hmac(key, 32, text_of(to_sign));
    sodium_bin2hex(hex, sizeof hex, key, 32);
    struct text signature = authorised("Signature=", '\r');
    if (!text_is(signature, hex))
        print_message("%s\n%s\n%s\n", server.last, canonical, to_sign);
    assert_true(text_is(signature, hex));
}

/* ---- answers ---------------------------------------------------------------------------------- */

#define FINE      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"
#define OTHER     "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabd"
#define CUT       "HTTP/1.1 200 OK\r\nContent-Length: 300\r\nConnection: close\r\n\r\nabc"
#define PUT_FINE  "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#define FORBIDDEN "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
#define BUSY      "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#define NOWHERE   "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

static void a_file_is_put_under_its_name_and_signed(void **state)
{
    int64_t bytes;
    answer(PUT_FINE, NULL);
    assert_null(keep_abc());
    assert_int_equal(copies(&bytes), 1);
    assert_null(open_it(original())); /* the copy: nobody is asked */
    assert_int_equal(end_answering(), 1);
    assert_non_null(strstr(server.last,
                           "PUT /bucket/some/where/bd/dd813c634239723171ef3fee98579b9496"
                           "4e3bb1cb3e427262c8c068d52319.jpg HTTP/1.1\r\n"));
    assert_non_null(strstr(server.last, "x-amz-content-sha256: " ABC_SHA256 "\r\n"));
    assert_non_null(strstr(server.last, "Content-Length: 3\r\n"));
    assert_non_null(strstr(server.last, "Authorization: AWS4-HMAC-SHA256 Credential=S3RVER/"));
    assert_non_null(strstr(server.last, "/eu-central-1/s3/aws4_request"));
    assert_null(strstr(server.last, "a-secret"));
    check_signature();
    (void)state;
}

static void a_file_that_is_not_taken_is_not_kept(void **state)
{
    int64_t bytes;
    answer(FORBIDDEN, NULL);
    assert_ptr_equal(keep_abc(), &world_failed);
    assert_int_equal(copies(&bytes), 0);
    assert_int_equal(end_answering(), 1);
    (void)state;
}

#define EMPTY_SHA256                                                                               \
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" /* FIPS 180 */

static void a_copy_is_brought_once(void **state)
{
    answer(FINE, NULL);
    assert_null(open_it(original()));
    assert_null(open_it(original()));
    assert_int_equal(end_answering(), 1);
    assert_true(text_is(header("x-amz-content-sha256"), EMPTY_SHA256));
    check_signature();
    (void)state;
}

static void a_refusal_is_not_tried_again(void **state)
{
    int64_t bytes;
    answer(FORBIDDEN, FINE);
    assert_ptr_equal(open_it(original()), &world_failed);
    assert_int_equal(copies(&bytes), 0);
    assert_int_equal(end_answering(), 1);
    (void)state;
}

static void what_is_not_there_is_not_found(void **state)
{
    answer(NOWHERE, NOWHERE);
    struct media_file name = original();
    bool there = true;
    assert_ptr_equal(open_it(name), &not_found);
    assert_null(media_store_has(&name, &there));
    assert_false(there);
    assert_int_equal(end_answering(), 2);
    (void)state;
}

static void looking_and_deleting_are_signed_too(void **state)
{
    struct media_file name = original();
    answer(PUT_FINE, NULL);
    assert_true(media_exists(&name));
    end_answering();
    assert_int_equal(strncmp(server.last, "HEAD /bucket/some/where/bd/", 27), 0);
    check_signature();
    answer("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", NULL);
    assert_null(media_forget(&name));
    end_answering();
    assert_int_equal(strncmp(server.last, "DELETE /bucket/some/where/bd/", 29), 0);
    check_signature();
    (void)state;
}

static void a_busy_store_is_asked_again(void **state)
{
    answer(BUSY, FINE);
    assert_null(open_it(original()));
    assert_int_equal(end_answering(), 2);
    (void)state;
}

static void half_an_answer_is_none(void **state)
{
    int64_t bytes;
    answer(CUT, CUT);
    assert_ptr_equal(open_it(original()), &world_failed);
    assert_int_equal(copies(&bytes), 0);
    assert_int_equal(end_answering(), 2);
    answer(CUT, FINE);
    assert_null(open_it(original()));
    assert_int_equal(end_answering(), 2);
    (void)state;
}

static void other_bytes_than_the_name_says_are_refused(void **state)
{
    int64_t bytes;
    answer(OTHER, NULL);
    assert_ptr_equal(open_it(original()), &world_failed);
    assert_int_equal(copies(&bytes), 0);
    assert_int_equal(end_answering(), 1);
    (void)state;
}

static void a_store_that_is_away_is_left_alone_for_a_while(void **state)
{
    int64_t bytes;
    bool there;
    struct media_file name = original();
    answer("", ""); /* hangs up */
    assert_ptr_equal(open_it(name), &world_failed);
    assert_ptr_equal(open_it(name), &world_failed);
    assert_ptr_equal(keep_abc(), &world_failed);
    assert_ptr_equal(media_store_has(&name, &there), &world_failed);
    assert_int_equal(copies(&bytes), 0);
    assert_int_equal(end_answering(), 2);
    (void)state;
}

static void addresses_that_would_be_signed_otherwise_are_refused(void **state)
{
    static const char *const bad[] = {"s3://",           "s3:///",      "bucket",    "s3://a b",
                                      "s3://a?b=c",      "s3://a/../b", "s3://a//b", "s3://a/%41",
                                      "s3://a/\xc3\xa4", "s3://a#b",    "http://a/b"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_ptr_equal(start("https://s3.example.org", bad[i], "x", 1), &invalid_input);
    assert_ptr_equal(start("ftp://s3.example.org", "s3://a", "x", 1), &invalid_input);
    assert_ptr_equal(start("https://s3.example.org/?x", "s3://a", "x", 1), &invalid_input);
    assert_null(start("https://[::1]:9000", "s3://a-b.c/d_e/", "x", 1));
    (void)state;
}

/* ---- a server that keeps what it gets --------------------------------------------------------- */

static const char *real(void)
{
    const char *endpoint = getenv("TEST_S3");
    if (!endpoint) {
        print_message("skipped: TEST_S3 names no server\n");
        skip();
    }
    return endpoint;
}

/* A place in the bucket where nobody was before. */
static const char *place(void)
{
    static char store[80];
    snprintf(store, sizeof store, "s3://test/%s", folder + strlen("/tmp/"));
    return store;
}

static void drop_copies(void)
{
    char command[100];
    media_store_stop();
    snprintf(command, sizeof command, "rm -rf %s/copies", folder);
    assert_int_equal(system(command), 0);
}

static void there_and_back(void **state)
{
    struct media_file name = original();
    assert_null(start(real(), place(), "S3RVER", 1 << 30));
    assert_ptr_equal(open_it(name), &not_found);
    assert_null(keep_abc());
    assert_null(keep_abc());
    drop_copies();
    assert_null(start(real(), place(), "S3RVER", 1 << 30));
    assert_true(media_exists(&name));
    assert_null(open_it(name));
    assert_null(media_forget(&name));
    assert_null(media_forget(&name));
    assert_false(media_exists(&name));
    assert_ptr_equal(open_it(name), &not_found);
    (void)state;
}

static void a_key_nobody_knows_is_refused(void **state)
{
    assert_null(start_as("ANOTHER", real(), place(), "S3RVER", 1 << 30));
    assert_ptr_equal(keep_abc(), &world_failed);
    assert_ptr_equal(open_it(original()), &world_failed);
    (void)state;
}

static void a_missing_bucket_is_no_success(void **state)
{
    assert_null(start(real(), "s3://elsewhere", "S3RVER", 1 << 30));
    assert_ptr_equal(keep_abc(), &world_failed);
    (void)state;
}

/* A file of its own bytes; its name in *name. */
static const struct problem *keep_large(size_t blocks, unsigned seed, struct media_file *name)
{
    static unsigned char block[1 << 20];
    struct media_draft draft;
    *name = (struct media_file){.format = MEDIA_MP4};
    assert_null(media_draft_begin(&draft));
    for (size_t i = 0; i < blocks; i++) {
        for (size_t at = 0; at < sizeof block; at++)
            block[at] = (unsigned char)(at * (i + 3) + (at >> 9) + seed);
        assert_int_equal(write(draft.file, block, sizeof block), sizeof block);
    }
    assert_null(media_hash_file(draft.file, &name->hash, NULL));
    return media_draft_keep(&draft, name);
}

static void a_large_clip_is_never_held_whole(void **state)
{
    struct media_file name;
    struct rusage before;
    struct rusage after;
    int file;
    int64_t bytes;
    assert_null(start(real(), place(), "S3RVER", 1 << 30));
    getrusage(RUSAGE_SELF, &before);
    assert_null(keep_large(100, 1, &name));
    drop_copies();
    assert_null(start(real(), place(), "S3RVER", 1 << 30));
    assert_null(media_open(&name, &file, &bytes));
    getrusage(RUSAGE_SELF, &after);
    assert_int_equal(bytes, 100 << 20);
    close(file);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    assert_true(after.ru_maxrss - before.ru_maxrss < 20 << 10);
#endif
    (void)state;
}

static void copies_stay_below_their_limit(void **state)
{
    struct media_file names[6];
    int64_t bytes;
    int file;
    assert_null(start(real(), place(), "S3RVER", 3 << 20));
    for (unsigned i = 0; i < 6; i++) {
        assert_null(keep_large(1, i, &names[i]));
        copies(&bytes);
        assert_true(bytes <= 3 << 20);
    }
    for (int i = 0; i < 6; i++) {
        assert_null(media_open(&names[i], &file, &bytes));
        assert_int_equal(bytes, 1 << 20);
        close(file);
    }
    copies(&bytes);
    assert_true(bytes <= 3 << 20);
    (void)state;
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_file_is_put_under_its_name_and_signed),
        CASE(a_file_that_is_not_taken_is_not_kept),
        CASE(a_copy_is_brought_once),
        CASE(a_refusal_is_not_tried_again),
        CASE(what_is_not_there_is_not_found),
        CASE(looking_and_deleting_are_signed_too),
        CASE(a_busy_store_is_asked_again),
        CASE(half_an_answer_is_none),
        CASE(other_bytes_than_the_name_says_are_refused),
        CASE(a_store_that_is_away_is_left_alone_for_a_while),
        CASE(addresses_that_would_be_signed_otherwise_are_refused),
        CASE(there_and_back),
        CASE(a_key_nobody_knows_is_refused),
        CASE(a_missing_bucket_is_no_success),
        CASE(a_large_clip_is_never_held_whole),
        CASE(copies_stay_below_their_limit),
    };
    return cmocka_run_group_tests_name("core/media/s3", tests, NULL, NULL);
}
