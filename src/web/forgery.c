/*
 * Anti-forgery tokens, and text sealed for ourselves.
 *
 * Must not know: routes, requests. Read next: web/forgery_test.c.
 */
#include "web/forgery.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

static_assert(FORGERY_KEY == crypto_secretbox_KEYBYTES, "one key size for both");

/* Writes the key to a file of its own and links it into place, so that two processes that start
 * together agree on one key and a crash leaves none half written. */
static int make_secret(const char *path, const char *fresh)
{
    unsigned char key[FORGERY_KEY];
    randombytes_buf(key, sizeof key);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    bool fine = write(fd, key, sizeof key) == (ssize_t)sizeof key && fsync(fd) == 0;
    sodium_memzero(key, sizeof key);
    int error = errno;
    if (close(fd) != 0)
        fine = false;
    if (fine && link(fresh, path) != 0 && errno != EEXIST) {
        fine = false;
        error = errno;
    }
    unlink(fresh);
    errno = error;
    return fine ? 0 : -1;
}

const struct problem *forgery_load(struct memory *memory, struct text data, struct forgery *out,
                                   struct text *complaint)
{
    if (sodium_init() < 0)
        return &world_failed;
    struct text path = text_format(memory, "%.*s/secret", TEXT_ARGS(data));
    struct text fresh = text_format(memory, "%.*s/secret.%d", TEXT_ARGS(data), (int)getpid());
    if (!path.data || !fresh.data)
        return &out_of_memory;
    int fd = open(path.data, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && make_secret(path.data, fresh.data) == 0)
        fd = open(path.data, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        *complaint = text_format(memory, "%s: %s", path.data, strerror(errno));
        return &world_failed;
    }
    ssize_t got = read(fd, out->key, sizeof out->key);
    close(fd);
    if (got != (ssize_t)sizeof out->key) {
        *complaint = text_format(memory, "%s: should hold %d bytes", path.data, FORGERY_KEY);
        return &world_failed;
    }
    static const unsigned char purpose[] = "contraflow sealed text";
    crypto_generichash(out->seal, sizeof out->seal, purpose, sizeof purpose, out->key,
                       sizeof out->key);
    return NULL;
}

enum { HASH = crypto_generichash_BYTES_MIN };
static_assert(HASH * 4 + 1 == FORGERY_TOKEN, "mask and masked hash in hexadecimal, and NUL");

static void hash_secret(const struct forgery *forgery, struct text secret, unsigned char *out)
{
    crypto_generichash(out, HASH, (const unsigned char *)(secret.data ? secret.data : ""),
                       secret.size, forgery->key, sizeof forgery->key);
}

void forgery_token(const struct forgery *forgery, struct text secret, char out[FORGERY_TOKEN])
{
    unsigned char hash[HASH];
    unsigned char token[HASH * 2];
    hash_secret(forgery, secret, hash);
    randombytes_buf(token, HASH);
    for (size_t i = 0; i < HASH; i++)
        token[HASH + i] = hash[i] ^ token[i];
    sodium_bin2hex(out, FORGERY_TOKEN, token, sizeof token);
}

bool forgery_matches(const struct forgery *forgery, struct text secret, struct text token)
{
    unsigned char hash[HASH];
    unsigned char raw[HASH * 2];
    size_t size = 0;
    if (secret.size == 0 || token.size != FORGERY_TOKEN - 1 ||
        sodium_hex2bin(raw, sizeof raw, token.data, token.size, NULL, &size, NULL) != 0 ||
        size != sizeof raw)
        return false;
    for (size_t i = 0; i < HASH; i++)
        raw[HASH + i] ^= raw[i];
    hash_secret(forgery, secret, hash);
    return sodium_memcmp(hash, raw + HASH, HASH) == 0;
}

void forgery_random(char *out, size_t bytes)
{
    unsigned char raw[32];
    ensure(bytes <= sizeof raw);
    randombytes_buf(raw, bytes);
    sodium_bin2hex(out, bytes * 2 + 1, raw, bytes);
}

const struct problem *forgery_seal(const struct forgery *forgery, struct memory *memory,
                                   struct text plain, struct text *out)
{
    size_t size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size;
    unsigned char *box = memory_take(memory, size);
    if (!box)
        return &out_of_memory;
    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const unsigned char *)plain.data,
                          plain.size, box, forgery->seal);
    *out = (struct text){(const char *)box, size};
    return NULL;
}

bool forgery_open(const struct forgery *forgery, struct memory *memory, struct text sealed,
                  struct text *plain)
{
    size_t extra = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sealed.size < extra)
        return false;
    unsigned char *opened = memory_take(memory, sealed.size - extra + 1);
    if (!opened)
        return false;
    const unsigned char *box = (const unsigned char *)sealed.data;
    if (crypto_secretbox_open_easy(opened, box + crypto_secretbox_NONCEBYTES,
                                   sealed.size - crypto_secretbox_NONCEBYTES, box,
                                   forgery->seal) != 0)
        return false;
    *plain = (struct text){(const char *)opened, sealed.size - extra};
    return true;
}
