/*
 * The installation's key pair on disk, and the keyed hashes that follow from it.
 *
 * Must not know: what is signed. Read next: core/sign/sign.c.
 */
#include "core/sign/sign.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

enum { PATH_SIZE = 4096, SEED_TEXT = 64 };

static bool path_of(struct text folder, const char *name, char out[PATH_SIZE])
{
    int size = snprintf(out, PATH_SIZE, "%.*s/%s", TEXT_ARGS(folder), name);
    return size > 0 && size < PATH_SIZE;
}

static const struct problem *failed(const char *path, const char *what)
{
    log_write(LOG_ERROR, "sign.key_failed", "path=%s what=%s error=%s", path, what,
              strerror(errno));
    return errno == ENOSPC ? &disk_full : &world_failed;
}


const struct problem *sign_key_read(struct text folder, struct sign_key *out)
{
    char path[PATH_SIZE];
    char seed[SEED_TEXT + 2];
    size_t size = 0;
    if (!path_of(folder, "signing.key", path))
        return &world_failed;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return errno == ENOENT ? &not_found : failed(path, "open");
    ssize_t got = read(file, seed, sizeof seed);
    close(file);
    bool fine = got >= SEED_TEXT && sodium_hex2bin(out->seed, sizeof out->seed, seed, SEED_TEXT,
                                                   NULL, &size, NULL) == 0;
    sodium_memzero(seed, sizeof seed);
    if (!fine || size != sizeof out->seed) {
        errno = EINVAL;
        return failed(path, "content");
    }
    ensure(sodium_init() >= 0);
    return NULL;
}

static bool write_seed(int file, const unsigned char seed[32])
{
    char text[SEED_TEXT + 2];
    sodium_bin2hex(text, SEED_TEXT + 1, seed, 32);
    text[SEED_TEXT] = '\n';
    bool fine = write(file, text, SEED_TEXT + 1) == SEED_TEXT + 1 && fsync(file) == 0;
    sodium_memzero(text, sizeof text);
    return fine;
}

static void sync_folder(struct text folder)
{
    char path[PATH_SIZE];
    int file = path_of(folder, ".", path) ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    if (fsync(file) != 0)
        log_write(LOG_WARNING, "sign.folder_not_synced", "path=%s", path);
    close(file);
}

/* Written whole beside its place, then linked into it: the first of several wins, nobody sees half. */
static const struct problem *make(struct text folder)
{
    char draft[PATH_SIZE];
    char path[PATH_SIZE];
    unsigned char seed[32];
    ensure(sodium_init() >= 0);
    if (!path_of(folder, "signing.key.XXXXXX", draft) || !path_of(folder, "signing.key", path))
        return &world_failed;
    int file = mkostemp(draft, O_CLOEXEC);
    if (file < 0)
        return failed(draft, "make");
    randombytes_buf(seed, sizeof seed);
    bool fine = fchmod(file, 0600) == 0 && write_seed(file, seed);
    sodium_memzero(seed, sizeof seed);
    if (close(file) != 0)
        fine = false;
    const struct problem *problem = fine ? NULL : failed(draft, "write");
    if (!problem && link(draft, path) != 0 && errno != EEXIST)
        problem = failed(path, "link");
    unlink(draft);
    sync_folder(folder);
    return problem;
}

const struct problem *sign_key_make(struct text folder, struct sign_key *out)
{
    const struct problem *problem = sign_key_read(folder, out);
    if (problem != &not_found)
        return problem;
    problem = make(folder);
    return problem ? problem : sign_key_read(folder, out);
}

void sign_key_end(struct sign_key *key)
{
    sodium_memzero(key, sizeof *key);
}

struct pair {
    unsigned char open[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
};

static void unfold(const struct sign_key *key, struct pair *out)
{
    (void)crypto_sign_seed_keypair(out->open, out->secret, key->seed);
}

void sign_key_write(const struct sign_key *key, char out[SIGN_HEX_MAX])
{
    struct pair pair;
    unfold(key, &pair);
    sodium_bin2hex(out, SIGN_HEX_MAX, pair.open, sizeof pair.open);
    sodium_memzero(&pair, sizeof pair);
}

void sign_text(const struct sign_key *key, struct text what, char out[SIGN_SIGNATURE_MAX])
{
    struct pair pair;
    unsigned char signature[crypto_sign_BYTES];
    unfold(key, &pair);
    crypto_sign_detached(signature, NULL, (const unsigned char *)what.data, what.size, pair.secret);
    sodium_bin2hex(out, SIGN_SIGNATURE_MAX, signature, sizeof signature);
    sodium_memzero(&pair, sizeof pair);
}

void sign_mark(const struct sign_key *key, const char *purpose, struct text what,
               char out[SIGN_HEX_MAX])
{
    unsigned char own[32];
    unsigned char mark[32];
    crypto_generichash(own, sizeof own, (const unsigned char *)purpose, strlen(purpose), key->seed,
                       sizeof key->seed);
    crypto_generichash(mark, sizeof mark, (const unsigned char *)what.data, what.size, own,
                       sizeof own);
    sodium_bin2hex(out, SIGN_HEX_MAX, mark, sizeof mark);
    sodium_memzero(own, sizeof own);
}

bool sign_mark_fits(const char made[SIGN_HEX_MAX], struct text brought)
{
    return brought.size == SIGN_HEX_MAX - 1 &&
           sodium_memcmp(made, brought.data, SIGN_HEX_MAX - 1) == 0;
}
