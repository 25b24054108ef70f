/*
 * Lines that carry their own hash, and one hash over all of them: what a closed day and a statement
 * are as files. Written here; read and judged by core/sign/lines.h, which shares no code with this.
 *
 *     {"line":1,"hash":"<hash>","entry":{"kind":"ledger.day",...}}
 *     {"line":2,"hash":"<hash>","entry":{...}}
 *     {"line":3,"hash":"<hash>","entry":{...},"chain":"<hash>","public_key":"<hex>","signature":"<hex>"}
 *
 * A line's hash is BLAKE2b-256 (RFC 7693) of the bytes of its entry; `chain` that of all these hashes,
 * 32 bytes each, in their order. What is signed (Ed25519, RFC 8032) is the text
 * {"hash":"<chain>","kind":"<kind>"}. Hex is in small letters, there are no blanks, each line ends with
 * a line feed: so a file can be written in one way only.
 */
#ifndef CONTRAFLOW_LEDGER_LINES_H
#define CONTRAFLOW_LEDGER_LINES_H

#include <sodium.h>

#include "base/text.h"

#define LINES_HASH      65  /* bytes of a written hash or public key with its NUL */
#define LINES_SIGNATURE 129 /* bytes of a written signature with its NUL */

/* On the stack of whoever adds lines: libsodium wants its state aligned. */
struct lines {
    crypto_generichash_state all; /* over the hashes so far */
    int64_t count;                /* lines so far */
    char hash[LINES_HASH];        /* of the last one's entry */
};

void lines_begin(struct lines *lines);
/* Counts an entry in without writing it. */
void lines_add(struct lines *lines, struct text entry);
/* The same, and writes its line. */
void lines_write(struct lines *lines, struct text entry, struct builder *out);
/* The hash over all; nothing can be added afterwards. */
void lines_end(struct lines *lines, char chain[LINES_HASH]);
/* Writes the last line, whose entry was added before, with what lines_end() said and its signature. */
void lines_write_last(const struct lines *lines, struct text entry, struct text chain,
                      struct text public_key, struct text signature, struct builder *out);

#endif
