/*
 * Writes signed files and looks at those that come back. See sign.h for the format.
 *
 * Must not know: where the key lies, what is certified. Read next: core/sign/key.c.
 */
#include "core/sign/sign.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_scan.h"
#include "base/log.h"
#include "core/sign/lines.h"

enum { FILE_MAX = 1 << 20, DIGEST_HEX = 64, SIGNATURE_HEX = 128 };

static const size_t canonical = JSON_COMPACT | JSON_SORT_KEYS;

/* {"<name>":<fact>}, hashed. False when there is no memory. */
static bool digest_of(const char *name, json_t *fact, char out[DIGEST_HEX + 1])
{
    unsigned char hash[32];
    json_t *pair = json_object();
    bool fine = pair && json_object_set(pair, name, fact) == 0;
    char *text = fine ? json_dumps(pair, canonical) : NULL;
    if (text) {
        crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL, 0);
        sodium_bin2hex(out, DIGEST_HEX + 1, hash, sizeof hash);
    }
    free(text);
    json_decref(pair);
    return text != NULL;
}

/* The text that is signed; NULL when there is no memory. For free(). */
static char *signed_text(const char *kind, json_t *digests)
{
    json_t *whole = json_object();
    bool fine = whole && json_object_set_new(whole, "kind", json_string(kind)) == 0 &&
                json_object_set(whole, "digests", digests) == 0;
    char *text = fine ? json_dumps(whole, canonical) : NULL;
    json_decref(whole);
    return text;
}

static json_t *digests_of(json_t *facts)
{
    json_t *digests = json_object();
    const char *name;
    json_t *fact;
    bool fine = digests != NULL;
    json_object_foreach(facts, name, fact)
    {
        char digest[DIGEST_HEX + 1];
        fine = fine && digest_of(name, fact, digest) &&
               json_object_set_new(digests, name, json_string(digest)) == 0;
    }
    if (fine)
        return digests;
    json_decref(digests);
    return NULL;
}

/* The finished object around the facts; NULL when there is no memory. */
static json_t *sign_facts(const struct sign_key *key, const char *kind, json_t *facts)
{
    char written[SIGN_SIGNATURE_MAX];
    char open[SIGN_HEX_MAX];
    json_t *digests = digests_of(facts);
    char *text = digests ? signed_text(kind, digests) : NULL;
    json_t *file = text ? json_object() : NULL;
    if (text) {
        sign_text(key, text_of(text), written);
        sign_key_write(key, open);
    }
    bool fine = file && json_object_set_new(file, "kind", json_string(kind)) == 0 &&
                json_object_set(file, "facts", facts) == 0 &&
                json_object_set(file, "digests", digests) == 0 &&
                json_object_set_new(file, "public_key", json_string(open)) == 0 &&
                json_object_set_new(file, "signature", json_string(written)) == 0;
    free(text);
    json_decref(digests);
    if (fine)
        return file;
    json_decref(file);
    return NULL;
}

/* The object as sign_file() writes it; NULL when there is no memory. For free(). */
static char *laid_out(json_t *file)
{
    return json_dumps(file, JSON_INDENT(2));
}

const struct problem *sign_file(struct memory *memory, const struct sign_key *key, const char *kind,
                                const struct shape *shape, const void *facts, struct text *out)
{
    struct text written;
    struct builder json = builder_make(memory, FILE_MAX / 4);
    shape_write_json(&json, shape, facts, FOR_OPERATOR);
    const struct problem *problem = builder_end(&json, &written);
    if (problem)
        return problem;
    json_t *parsed = json_loadb(written.data, written.size, JSON_REJECT_DUPLICATES, NULL);
    json_t *file = parsed ? sign_facts(key, kind, parsed) : NULL;
    char *text = file ? laid_out(file) : NULL;
    *out = text ? text_format(memory, "%s\n", text) : (struct text){0};
    free(text);
    json_decref(file);
    json_decref(parsed);
    return out->data ? NULL : &out_of_memory;
}

void sign_chain(const struct sign_key *key, const char *kind, struct text chain,
                char out[SIGN_SIGNATURE_MAX])
{
    char text[SIGN_HEX_MAX + 100];
    int size =
        snprintf(text, sizeof text, "{\"hash\":\"%.*s\",\"kind\":\"%s\"}", TEXT_ARGS(chain), kind);
    ensure(size > 0 && (size_t)size < sizeof text);
    sign_text(key, (struct text){text, (size_t)size}, out);
}

/* ---- looking at one --------------------------------------------------------------------------- */

static struct text plain(struct memory *memory, const char *text)
{
    return sign_plain(memory, text_of(text ? text : ""));
}

/* An amount as "22.00 EUR"; false when the fact is none. */
static bool amount(struct memory *memory, json_t *fact, struct text *out)
{
    struct currency currency;
    json_t *minor = json_object_get(fact, "minor");
    const char *code = json_string_value(json_object_get(fact, "currency"));
    if (!json_is_integer(minor) || json_object_size(fact) != 2 || !code ||
        !currency_parse(text_of(code), &currency))
        return false;
    int64_t units = json_integer_value(minor);
    int64_t whole = currency_unit(currency);
    int digits = currency_digits(currency);
    if (units < 0)
        return false;
    *out = digits ? text_format(memory, "%lld.%0*lld %s", (long long)(units / whole), digits,
                                (long long)(units % whole), code)
                  : text_format(memory, "%lld %s", (long long)units, code);
    return true;
}

static struct text readable(struct memory *memory, json_t *fact)
{
    struct text text;
    if (json_is_string(fact))
        return plain(memory, json_string_value(fact));
    if (amount(memory, fact, &text))
        return text;
    char *json = json_dumps(fact, canonical | JSON_ENCODE_ANY);
    text = plain(memory, json);
    free(json);
    return text;
}

static const struct problem *look_at(struct memory *memory, const char *name, json_t *fact,
                                     const char *kept, struct sign_fact *out)
{
    char made[DIGEST_HEX + 1];
    if (!digest_of(name, fact, made))
        return &out_of_memory;
    *out = (struct sign_fact){plain(memory, name), readable(memory, fact), FACT_AS_SIGNED};
    if (!kept)
        out->finding = FACT_ADDED;
    else if (strcmp(kept, made) != 0)
        out->finding = FACT_ALTERED;
    return out->name.data && out->value.data ? NULL : &out_of_memory;
}

/* The facts of the file beside their digests, then the digests that lost their fact. */
static const struct problem *compare(struct memory *memory, json_t *facts, json_t *digests,
                                     struct sign_report *out)
{
    size_t most = json_object_size(facts) + json_object_size(digests);
    struct sign_fact *items = memory_take_array(memory, most, sizeof *items);
    size_t count = 0;
    const char *name;
    json_t *value;
    if (!items)
        return &out_of_memory;
    json_object_foreach(facts, name, value)
    {
        const char *kept = json_string_value(json_object_get(digests, name));
        const struct problem *problem = look_at(memory, name, value, kept, &items[count++]);
        if (problem)
            return problem;
    }
    json_object_foreach(digests, name, value)
    {
        if (!json_object_get(facts, name))
            items[count++] = (struct sign_fact){plain(memory, name), text_of(""), FACT_MISSING};
    }
    out->facts = (struct sign_fact_list){items, count};
    return NULL;
}

static bool unhex(const char *hex, unsigned char *out, size_t size)
{
    size_t got = 0;
    return hex && strlen(hex) == size * 2 && strspn(hex, "0123456789abcdef") == size * 2 &&
           sodium_hex2bin(out, size, hex, size * 2, NULL, &got, NULL) == 0 && got == size;
}

/* Whether the signature belongs to these digests and this key. */
static bool holds(const char *kind, json_t *digests, const char *key, const char *signature)
{
    unsigned char open[crypto_sign_PUBLICKEYBYTES];
    unsigned char sign[crypto_sign_BYTES];
    if (!unhex(key, open, sizeof open) || !unhex(signature, sign, sizeof sign))
        return false;
    char *text = signed_text(kind, digests);
    bool fine = text && crypto_sign_verify_detached(sign, (const unsigned char *)text, strlen(text),
                                                    open) == 0;
    free(text);
    return fine;
}

static enum sign_verdict verdict_of(const struct sign_report *report, bool held,
                                    struct text trusted)
{
    if (!held)
        return SIGN_BROKEN;
    if (trusted.size && !text_equal(trusted, report->key))
        return SIGN_OTHER_KEY;
    for (size_t i = 0; i < report->facts.count; i++) {
        if (report->facts.items[i].finding != FACT_AS_SIGNED)
            return SIGN_ALTERED;
    }
    return SIGN_GOOD;
}

static const struct problem *verify(struct memory *memory, json_t *file, struct text trusted,
                                    struct sign_report *out)
{
    json_t *facts = json_object_get(file, "facts");
    json_t *digests = json_object_get(file, "digests");
    const char *kind = json_string_value(json_object_get(file, "kind"));
    const char *key = json_string_value(json_object_get(file, "public_key"));
    const char *signature = json_string_value(json_object_get(file, "signature"));
    if (!json_is_object(facts) || !json_is_object(digests) || !kind || !key || !signature ||
        json_object_size(file) != 5)
        return NULL;
    out->kind = plain(memory, kind);
    out->key = plain(memory, key);
    const struct problem *problem = compare(memory, facts, digests, out);
    if (!problem)
        out->verdict = verdict_of(out, holds(kind, digests, key, signature), trusted);
    return problem;
}

/* Whether these are the very bytes that sign_file() wrote. */
static const struct problem *compare_layout(json_t *parsed, struct bytes file,
                                            struct sign_report *out)
{
    char *text = laid_out(parsed);
    size_t size = text ? strlen(text) : 0;
    bool same = text && file.size == size + 1 && memcmp(file.data, text, size) == 0 &&
                file.data[size] == '\n';
    free(text);
    if (!same)
        out->verdict = SIGN_RELAID;
    return text ? NULL : &out_of_memory;
}

const struct problem *sign_verify(struct memory *memory, struct bytes file, struct text trusted,
                                  struct sign_report *out)
{
    *out = (struct sign_report){.verdict = SIGN_UNREADABLE};
    if (sodium_init() < 0)
        return &our_fault;
    if (sign_is_lines(file))
        return sign_lines_verify(memory, file, trusted, out);
    if (file.size > FILE_MAX || !text_valid(file) || !json_is_small(file, JSON_MEMBERS_MAX))
        return NULL;
    json_t *parsed = json_loadb((const char *)file.data, file.size, JSON_REJECT_DUPLICATES, NULL);
    const struct problem *problem = verify(memory, parsed, trusted, out);
    if (!problem && out->verdict == SIGN_GOOD)
        problem = compare_layout(parsed, file, out);
    json_decref(parsed);
    return problem;
}

static const struct problem *verify_open(struct memory *memory, int file, struct text trusted,
                                         struct sign_report *out)
{
    struct stat facts;
    if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode))
        return &world_failed;
    size_t size = (size_t)facts.st_size;
    *out = (struct sign_report){.verdict = SIGN_UNREADABLE};
    if (size == 0)
        return NULL;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes == MAP_FAILED)
        return &world_failed;
    struct bytes whole = {bytes, size};
    const struct problem *problem = size > FILE_MAX && !sign_is_lines(whole)
                                        ? &too_large
                                        : sign_verify(memory, whole, trusted, out);
    munmap(bytes, size);
    return problem;
}

const struct problem *sign_verify_file(struct memory *memory, const char *path, struct text trusted,
                                       struct sign_report *out)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? &not_found : &world_failed;
    const struct problem *problem = verify_open(memory, file, trusted, out);
    close(file);
    return problem;
}
