/*
 * PUT, GET, HEAD and DELETE of single objects, signed with AWS Signature Version 4 by libcurl.
 *
 * libcurl 7.88 signs the path as it is written and does not hash a body that is read piece by piece. So
 * names consist of characters that are written as they are (RFC 3986, unreserved), no address has a
 * query, and x-amz-content-sha256 is always given: libcurl signs what it says.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * Must not know: what is in the files. Read next: store.c.
 */
#include "core/media/s3.h"

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

#define AWAY_FOR  (5 * INT64_C(1000000000)) /* nanoseconds without asking after it was not reached */
#define PAUSE     250000                    /* microseconds before the second try */
#define HASH_SIZE (2 * crypto_hash_sha256_BYTES + 1)
enum { TRIES = 2, IDLE = 16, ADDRESS_MAX = 600, CONNECT_SECONDS = 5, STALL_SECONDS = 10 };

enum method { PUT = 1, GET, HEAD, DELETE };

/* One object asked for once. */
struct call {
    enum method method;
    const char *name;
    int file;
    int64_t size; /* of what is sent */
    int64_t at;   /* bytes through so far */
    int refused;  /* errno of the disk that did not take what came; 0: it did */
    long status;  /* HTTP, 0: none came */
};

static struct {
    bool used;
    char address[ADDRESS_MAX]; /* of the bucket with its prefix and a slash */
    char signing[100];         /* as CURLOPT_AWS_SIGV4 wants it */
    char key[200];
    char secret[200];
    pthread_mutex_t lock; /* over what follows */
    CURL *idle[IDLE];     /* with connections that are still open */
    int idle_count;
} s3 = {.lock = PTHREAD_MUTEX_INITIALIZER};
static _Atomic int64_t away_until;

/* ---- which bucket ----------------------------------------------------------------------------- */

static bool plain(struct text text, const char *others)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    strchr(others, c);
        if (!fine || c == '\0')
            return false;
    }
    return text.size > 0;
}

static bool fill(char *out, size_t room, struct text text)
{
    if (text.size >= room || memchr(text.data, '\0', text.size))
        return false;
    memcpy(out, text.data, text.size);
    out[text.size] = '\0';
    return true;
}

static bool read_bucket(const struct media_bucket *bucket)
{
    struct text path = bucket->store;
    struct text endpoint = bucket->endpoint;
    struct text region = bucket->region;
    if (!text_starts(path, "s3://"))
        return false;
    path.data += strlen("s3://");
    path.size -= strlen("s3://");
    while (path.size && path.data[path.size - 1] == '/')
        path.size--;
    while (endpoint.size && endpoint.data[endpoint.size - 1] == '/')
        endpoint.size--;
    bool fine = plain(path, "-._/") && plain(region, "-") && plain(endpoint, "-._:/[]") &&
                !memmem(path.data, path.size, "..", 2) && !memmem(path.data, path.size, "//", 2) &&
                (text_starts(endpoint, "https://") || text_starts(endpoint, "http://"));
    int size =
        snprintf(s3.address, sizeof s3.address, "%.*s/%.*s/", TEXT_ARGS(endpoint), TEXT_ARGS(path));
    int signing = snprintf(s3.signing, sizeof s3.signing, "aws:amz:%.*s:s3", TEXT_ARGS(region));
    return fine && size < ADDRESS_MAX - 128 && signing < (int)sizeof s3.signing &&
           fill(s3.key, sizeof s3.key, bucket->key) &&
           fill(s3.secret, sizeof s3.secret, bucket->secret);
}

static void begin_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

const struct problem *s3_start(const struct media_bucket *bucket)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    s3_stop();
    if (text_empty(bucket->store))
        return NULL;
    pthread_once(&once, begin_curl);
    atomic_store(&away_until, 0);
    s3.used = read_bucket(bucket);
    return s3.used ? NULL : &invalid_input;
}

void s3_stop(void)
{
    pthread_mutex_lock(&s3.lock);
    while (s3.idle_count > 0)
        curl_easy_cleanup(s3.idle[--s3.idle_count]);
    pthread_mutex_unlock(&s3.lock);
    sodium_memzero(s3.secret, sizeof s3.secret);
    s3.used = false;
}

bool s3_used(void)
{
    return s3.used;
}

/* ---- one call --------------------------------------------------------------------------------- */

/* A handle used before has its connection open still. */
static CURL *take_handle(void)
{
    CURL *curl = NULL;
    pthread_mutex_lock(&s3.lock);
    if (s3.idle_count > 0)
        curl = s3.idle[--s3.idle_count];
    pthread_mutex_unlock(&s3.lock);
    return curl ? curl : curl_easy_init();
}

static void give_handle(CURL *curl)
{
    curl_easy_reset(curl);
    pthread_mutex_lock(&s3.lock);
    bool kept = s3.idle_count < IDLE;
    if (kept)
        s3.idle[s3.idle_count++] = curl;
    pthread_mutex_unlock(&s3.lock);
    if (!kept)
        curl_easy_cleanup(curl);
}

static size_t send_some(char *out, size_t size, size_t count, void *context)
{
    struct call *call = context;
    ssize_t got = pread(call->file, out, size * count, call->at);
    if (got < 0)
        return CURL_READFUNC_ABORT;
    call->at += got;
    return (size_t)got;
}

static size_t take_some(char *data, size_t size, size_t count, void *context)
{
    struct call *call = context;
    size_t all = size * count;
    for (size_t done = 0; call->method == GET && done < all;) {
        ssize_t put = pwrite(call->file, data + done, all - done, call->at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            call->refused = errno;
            return 0;
        }
        done += (size_t)put;
        call->at += put;
    }
    return all;
}

/* libcurl winds back what it has to send again. */
static int wind_back(void *context, curl_off_t offset, int origin)
{
    struct call *call = context;
    if (origin != SEEK_SET)
        return CURL_SEEKFUNC_CANTSEEK;
    call->at = offset;
    return CURL_SEEKFUNC_OK;
}

static const struct problem *hash_of(int file, int64_t *size, char hex[HASH_SIZE])
{
    unsigned char block[65536];
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    *size = 0;
    for (ssize_t got = 1; file >= 0 && got != 0;) {
        got = pread(file, block, sizeof block, *size);
        if (got < 0 && errno != EINTR)
            return &world_failed;
        if (got > 0) {
            crypto_hash_sha256_update(&state, block, (unsigned long long)got);
            *size += got;
        }
    }
    crypto_hash_sha256_final(&state, digest);
    sodium_bin2hex(hex, HASH_SIZE, digest, sizeof digest);
    return NULL;
}

static bool set_method(CURL *curl, struct call *call)
{
    switch (call->method) {
    case PUT:
        return curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
               curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)call->size) ==
                   CURLE_OK &&
               curl_easy_setopt(curl, CURLOPT_READFUNCTION, send_some) == CURLE_OK &&
               curl_easy_setopt(curl, CURLOPT_READDATA, call) == CURLE_OK &&
               curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, wind_back) == CURLE_OK &&
               curl_easy_setopt(curl, CURLOPT_SEEKDATA, call) == CURLE_OK;
    case GET:
        return curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L) == CURLE_OK;
    case HEAD:
        return curl_easy_setopt(curl, CURLOPT_NOBODY, 1L) == CURLE_OK;
    case DELETE:
        return curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "DELETE") == CURLE_OK;
    }
    return false;
}

/* A transfer may take long, but not stand still. */
static bool set_all(CURL *curl, struct call *call, const char *address, struct curl_slist *headers)
{
    return set_method(curl, call) && curl_easy_setopt(curl, CURLOPT_URL, address) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, s3.signing) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_USERNAME, s3.key) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PASSWORD, s3.secret) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_some) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_WRITEDATA, call) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1000L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)STALL_SECONDS) == CURLE_OK;
}

static CURLcode call_once(struct call *call, const char *hash)
{
    char address[ADDRESS_MAX];
    char header[100];
    (void)snprintf(address, sizeof address, "%s%s", s3.address, call->name);
    (void)snprintf(header, sizeof header, "x-amz-content-sha256: %s", hash);
    CURL *curl = take_handle();
    struct curl_slist *headers = curl_slist_append(NULL, header);
    CURLcode code = CURLE_OUT_OF_MEMORY;
    call->at = 0;
    call->status = 0;
    call->refused = 0;
    if (curl && headers && set_all(curl, call, address, headers)) {
        code = curl_easy_perform(curl);
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &call->status);
    }
    curl_slist_free_all(headers);
    if (curl)
        give_handle(curl);
    return code;
}

static const struct problem *problem_of(const struct call *call, CURLcode code)
{
    if (code == CURLE_OK && call->status >= 200 && call->status < 300)
        return NULL;
    if (call->status == 404)
        return &not_found;
    bool full = call->refused == ENOSPC || call->refused == EDQUOT || call->refused == EFBIG;
    return full ? &disk_full : &world_failed;
}

/* Without an answer, or with one that may be another next time. */
static bool worth_another(const struct call *call, CURLcode code)
{
    bool cut = code != CURLE_OK && code != CURLE_HTTP_RETURNED_ERROR && call->refused == 0;
    return cut || call->status == 429 || call->status >= 500;
}

static const struct problem *perform(struct call *call)
{
    static const char *const names[] = {"", "put", "get", "head", "delete"};
    char hash[HASH_SIZE];
    CURLcode code = CURLE_OK;
    if (clock_ticks() < atomic_load(&away_until))
        return &world_failed;
    const struct problem *problem =
        hash_of(call->method == PUT ? call->file : -1, &call->size, hash);
    if (problem)
        return problem;
    for (int try = 0; try < TRIES; try++) {
        if (try > 0)
            usleep(PAUSE);
        if (call->method == GET && ftruncate(call->file, 0) != 0)
            return &world_failed;
        code = call_once(call, hash);
        problem = problem_of(call, code);
        if (!problem || problem == &not_found || !worth_another(call, code))
            break;
    }
    if (problem && problem != &not_found) {
        log_write(LOG_ERROR, "media.store_failed", "step=s3_%s curl=%d status=%ld reason=\"%s\"",
                  names[call->method], (int)code, call->status, curl_easy_strerror(code));
        if (call->status == 0 && call->refused == 0)
            atomic_store(&away_until, clock_ticks() + AWAY_FOR);
    }
    return problem;
}

const struct problem *s3_put(const char *name, int file)
{
    struct call call = {.method = PUT, .name = name, .file = file};
    const struct problem *problem = perform(&call);
    return problem == &not_found ? &world_failed : problem; /* there is no such bucket */
}

const struct problem *s3_get(const char *name, int file)
{
    struct call call = {.method = GET, .name = name, .file = file};
    return perform(&call);
}

const struct problem *s3_has(const char *name, bool *out)
{
    struct call call = {.method = HEAD, .name = name, .file = -1};
    const struct problem *problem = perform(&call);
    *out = !problem;
    return problem == &not_found ? NULL : problem;
}

const struct problem *s3_delete(const char *name)
{
    struct call call = {.method = DELETE, .name = name, .file = -1};
    const struct problem *problem = perform(&call);
    return problem == &not_found ? NULL : problem;
}
