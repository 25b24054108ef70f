/*
 * Fuzz target: the header values that are taken apart: cookies, languages, types, ranges, framing.
 *
 * Read next: src/web/decode.c, src/web/heads.c.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/heads.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_values(struct text header)
{
    struct text session = decode_cookie(header, "session");
    if (session.size > 200 || memchr(session.data, ';', session.size))
        abort();
    enum language language = decode_accept_language(header);
    if (language < LANGUAGE_EN || language > LANGUAGE_ZH)
        abort();
    decode_prefers_json(header);
    decode_accepts_gzip(header);
    int64_t first;
    int64_t last;
    if (decode_range(header, 1000, &first, &last) && (first < 0 || last > 999))
        abort();
    heads_client(text_of("::1"), header, text_of("::1, 10.0.0.1"));
}

/* Each line "name:value" as one field of a request head. */
static void try_head(struct text all)
{
    struct incoming incoming = {.head = false};
    struct heads heads;
    heads_begin(&heads, &incoming);
    struct text line;
    while (all.size && text_split(&all, '\n', &line)) {
        struct text name = {"", 0};
        text_split(&line, ':', &name);
        heads_take(&heads, name, line);
    }
    if (heads_end(&heads) && (heads.lengths > 1 || (heads.lengths && heads.encodings)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text all = {(const char *)data, size};
    try_values(all);
    try_head(all);
    return 0;
}
