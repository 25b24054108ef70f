/*
 * Writes lines that carry their own hash.
 *
 * Must not know: what an entry says, who signs. Read next: ledger/day.c, core/sign/lines.c.
 */
#include "ledger/lines.h"

void lines_begin(struct lines *lines)
{
    crypto_generichash_init(&lines->all, NULL, 0, crypto_generichash_BYTES);
    lines->count = 0;
    lines->hash[0] = '\0';
}

void lines_add(struct lines *lines, struct text entry)
{
    unsigned char hash[crypto_generichash_BYTES];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)entry.data, entry.size, NULL, 0);
    crypto_generichash_update(&lines->all, hash, sizeof hash);
    sodium_bin2hex(lines->hash, sizeof lines->hash, hash, sizeof hash);
    lines->count++;
}

static void write_open(const struct lines *lines, struct text entry, struct builder *out)
{
    builder_add_format(out, "{\"line\":%lld,\"hash\":\"%s\",\"entry\":", (long long)lines->count,
                       lines->hash);
    builder_add(out, entry);
}

void lines_write(struct lines *lines, struct text entry, struct builder *out)
{
    lines_add(lines, entry);
    write_open(lines, entry, out);
    builder_add_c(out, "}\n");
}

void lines_end(struct lines *lines, char chain[LINES_HASH])
{
    unsigned char hash[crypto_generichash_BYTES];
    crypto_generichash_final(&lines->all, hash, sizeof hash);
    sodium_bin2hex(chain, LINES_HASH, hash, sizeof hash);
}

void lines_write_last(const struct lines *lines, struct text entry, struct text chain,
                      struct text public_key, struct text signature, struct builder *out)
{
    write_open(lines, entry, out);
    builder_add_format(out, ",\"chain\":\"%.*s\",\"public_key\":\"%.*s\",\"signature\":\"%.*s\"}\n",
                       TEXT_ARGS(chain), TEXT_ARGS(public_key), TEXT_ARGS(signature));
}
