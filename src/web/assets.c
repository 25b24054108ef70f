/*
 * Styles, scripts, fonts and images out of the program itself.
 *
 * Must not know: routes, sessions. Read next: base/embedded.h.
 */
#include "web/assets.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embedded.h"
#include "web/words_parts.h"

static bool ends(struct text name, const char *suffix)
{
    size_t size = strlen(suffix);
    return name.size > size && memcmp(name.data + name.size - size, suffix, size) == 0;
}

static const char *type_of(struct text name)
{
    static const struct {
        const char *suffix;
        const char *type;
    } types[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".woff2", "font/woff2"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ends(name, types[i].suffix))
            return types[i].type;
    return "application/octet-stream";
}

static int by_name(const void *a, const void *b)
{
    const struct asset *left = a;
    const struct asset *right = b;
    return text_compare(left->name, right->name);
}

static struct asset *find(const struct assets *assets, struct text name)
{
    struct asset key = {.name = name};
    return assets->count ? bsearch(&key, assets->items, assets->count, sizeof key, by_name) : NULL;
}

/* Hangs each "NAME.gz" on its NAME; one without the other is served as it is. */
static void pair_packed(struct assets *assets)
{
    for (size_t i = 0; i < assets->count; i++) {
        struct asset *packed = &assets->items[i];
        if (!ends(packed->name, ".gz"))
            continue;
        struct asset *plain = find(assets, (struct text){packed->name.data, packed->name.size - 3});
        if (plain)
            plain->packed = packed->bytes;
    }
}

const struct problem *assets_load(struct memory *process, struct assets *out)
{
    crypto_generichash_state state;
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    *out = (struct assets){NULL, 0, ""};
    out->items = memory_take_array(process, embedded_files_count + 1, sizeof *out->items);
    if (!out->items)
        return &out_of_memory;
    for (size_t i = 0; i < embedded_files_count; i++) {
        struct text name = text_of(embedded_files[i].name);
        if (!text_starts(name, "assets/"))
            continue;
        name = (struct text){name.data + 7, name.size - 7};
        struct text bytes = {(const char *)embedded_files[i].data, embedded_files[i].size};
        crypto_generichash_update(&state, (const unsigned char *)bytes.data, bytes.size);
        out->items[out->count++] = (struct asset){name, bytes, {"", 0}, type_of(name)};
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    qsort(out->items, out->count, sizeof *out->items, by_name);
    pair_packed(out);
    memcpy(out->prefix, "/a/", 3);
    sodium_bin2hex(out->prefix + 3, 17, hash, 8);
    return NULL;
}

bool assets_have_icon(const struct assets *assets, const char *name)
{
    char mark[80];
    const struct asset *sprite = find(assets, text_of("sprite.svg"));
    snprintf(mark, sizeof mark, "id=\"%s\"", name);
    return sprite && memmem(sprite->bytes.data, sprite->bytes.size, mark, strlen(mark));
}

static void send_asset(const struct asset *asset, struct text accept_encoding, bool for_ever,
                       struct answer *answer)
{
    bool packed = asset->packed.size && decode_accepts_gzip(accept_encoding);
    answer_bytes(answer, 200, asset->type, packed ? asset->packed : asset->bytes);
    answer_header(answer, "Cache-Control",
                  for_ever ? "public, max-age=31536000, immutable" : "public, max-age=3600");
    if (asset->packed.size)
        answer_header(answer, "Vary", "Accept-Encoding");
    if (packed)
        answer_header(answer, "Content-Encoding", "gzip");
    /* Parts of /w/1.js run in pages of other websites. */
    answer->shared = text_starts(asset->name, "widget-");
}

bool assets_answer(const struct assets *assets, struct text path, struct text accept_encoding,
                   struct answer *answer)
{
    bool favicon = text_is(path, "/favicon.ico");
    bool robots = text_is(path, "/robots.txt");
    if (!favicon && !robots && !text_starts(path, "/a/"))
        return false;
    struct text name = {path.data + 1, path.size - 1};
    bool current = false;
    if (!favicon && !robots) {
        /* An address of an older build still gets today's file, but not for ever. */
        name = (struct text){path.data + 3, path.size - 3};
        struct text hash;
        if (!text_split(&name, '/', &hash))
            return false;
        current = text_is(hash, assets->prefix + 3);
    }
    const struct asset *asset = find(assets, name);
    if (!asset && favicon)
        asset = find(assets, (struct text)TEXT("mark.svg"));
    if (asset)
        send_asset(asset, accept_encoding, current, answer);
    else if (robots)
        answer_bytes(answer, 200, "text/plain; charset=utf-8",
                     (struct text)TEXT("User-agent: *\nDisallow: /me\nDisallow: /biz\n"
                                       "Disallow: /desk\nDisallow: /api\n"));
    else
        answer_bytes(answer, 404, "text/plain; charset=utf-8", (struct text)TEXT("404\n"));
    return true;
}
