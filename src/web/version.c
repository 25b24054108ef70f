/*
 * Versions by content, so that no table keeps them: a short keyed hash of the thing as JSON.
 *
 * Must not know: routes, things. Read next: web/router.c for If-Match.
 */
#include "web/version.h"

#include <sodium.h>
#include <string.h>

enum { THING_BYTES = 64 << 10 };

const struct problem web_changed = {"web.changed", 412, FAULT_CLIENT, false};

const struct problem *version_of(struct memory *memory, const struct shape *shape,
                                 const void *thing, struct text *out)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "contraflow edit";
    unsigned char hash[crypto_shorthash_BYTES];
    char hex[sizeof hash * 2 + 1];
    struct builder b = builder_make(memory, THING_BYTES);
    struct text json;
    shape_write_json(&b, shape, thing, FOR_OPERATOR);
    const struct problem *problem = builder_end(&b, &json);
    if (problem)
        return problem;
    crypto_shorthash(hash, (const unsigned char *)json.data, json.size, key);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    *out = text_copy(memory, text_of(hex));
    return out->data ? NULL : &out_of_memory;
}

const struct problem *version_check(struct memory *memory, struct maybe_text seen,
                                    const struct shape *shape, const void *now, const void *wanted)
{
    struct text is, becomes;
    if (!seen.present || seen.value.size == 0)
        return NULL;
    const struct problem *problem = version_of(memory, shape, now, &is);
    if (problem || text_equal(seen.value, is))
        return problem;
    problem = version_of(memory, shape, wanted, &becomes);
    return problem || text_equal(is, becomes) ? problem : &web_changed;
}

struct text version_in_tag(struct text if_match)
{
    const char *quote = if_match.size ? memrchr(if_match.data, '"', if_match.size) : NULL;
    const char *dash = quote ? memrchr(if_match.data, '-', (size_t)(quote - if_match.data)) : NULL;
    return dash ? (struct text){dash + 1, (size_t)(quote - dash - 1)} : (struct text){"", 0};
}
