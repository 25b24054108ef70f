/*
 * Signatures: facts that anybody can check without us.
 *
 * A signed file is one JSON object: `kind`, the `facts`, a digest of each fact, the public key and a
 * signature. What is signed (Ed25519, RFC 8032) is the canonical text of {"digests":..,"kind":..}; a
 * digest is BLAKE2b-256 (RFC 7693) of the canonical text of {"<name>":<fact>}. Canonical is JSON in
 * UTF-8 with members in byte order of their names, no blanks, and nothing escaped but the quote, the
 * backslash and control characters. So a file names the fact that was altered, not only that one was.
 * It is laid out in one way only; another layout of the same facts is told, too.
 *
 * What has more to say than fits in one object is a file of lines: ledger/lines.h.
 *
 * The key pair lies in DATA/signing.key (its seed in hex, mode 0600), made when first needed.
 * Must not know: what is certified. Read next: modules/stock/biz_licence.c.
 */
#ifndef CONTRAFLOW_CORE_SIGN_SIGN_H
#define CONTRAFLOW_CORE_SIGN_SIGN_H

#include "base/shape.h"

#define SIGN_HEX_MAX       65  /* bytes of a written key, hash or mark with its NUL */
#define SIGN_SIGNATURE_MAX 129 /* bytes of a written signature with its NUL */

/* On the stack of its user; sign_key_end() wipes it. The pair is worked out where something is signed: that takes
 * as long as a hundred marks, and most who hold a key make marks. */
struct sign_key {
    unsigned char seed[32]; /* from which all else follows */
};

/* Reads the key pair of a data folder. &not_found when none was made yet, &world_failed when the file
 * is unreadable or no key. */
const struct problem *sign_key_read(struct text folder, struct sign_key *out);
/* The same, and makes it when there is none; of several who try at once all get the same one. */
const struct problem *sign_key_make(struct text folder, struct sign_key *out);
void sign_key_end(struct sign_key *key);
/* The public half in hex. */
void sign_key_write(const struct sign_key *key, char out[SIGN_HEX_MAX]);
/* The signature (Ed25519, RFC 8032) of a text in hex. */
void sign_text(const struct sign_key *key, struct text what, char out[SIGN_SIGNATURE_MAX]);

/* A signed file about the facts of one shape, fields for every audience included. `kind` is dotted:
 * "stock.licence". Facts hold no fractions. */
const struct problem *sign_file(struct memory *memory, const struct sign_key *key, const char *kind,
                                const struct shape *shape, const void *facts, struct text *out);

/* The signature (hex) of a hash over lines (ledger/lines.h) of that kind. */
void sign_chain(const struct sign_key *key, const char *kind, struct text chain,
                char out[SIGN_SIGNATURE_MAX]);

/* A keyed hash (BLAKE2b-256, hex) that only this installation can make; for links that expire. Marks
 * of different purposes have nothing in common. Compare with sign_mark_fits(). */
void sign_mark(const struct sign_key *key, const char *purpose, struct text what,
               char out[SIGN_HEX_MAX]);
/* In time that does not depend on where they differ. */
bool sign_mark_fits(const char made[SIGN_HEX_MAX], struct text brought);

/* Words that only this installation can have written, for addresses of pages: the words, a dash and their mark
 * under the installation's key. Nothing of it is stored, and who has it may hand it on. */
const struct problem *sign_words(struct memory *memory, const char *purpose, struct text words,
                                 struct text *out);
/* Splits what sign_words() made for that purpose; *fits says whether it did, else *words is nothing. */
const struct problem *sign_words_read(const char *purpose, struct text signed_words,
                                      struct text *words, bool *fits);

/* Hides bytes from whoever has the database alone (XChaCha20-Poly1305, nonce first, hex). They are
 * bound to a purpose and to what they are about: opened for anything else they are nothing. */
const struct problem *sign_seal(struct memory *memory, const struct sign_key *key,
                                const char *purpose, int64_t about, struct bytes plain,
                                struct text *out);
/* Exactly `size` bytes as they were sealed; false when they are not ours, for something else, or altered. */
bool sign_unseal(const struct sign_key *key, const char *purpose, int64_t about, struct text sealed,
                 unsigned char *out, size_t size);

enum sign_verdict {                /* shape: What a signed file turned out to be */
                    SIGN_GOOD = 1, /* good: As it was signed */
                    SIGN_ALTERED,  /* altered: Facts are not those that were signed */
                    SIGN_BROKEN, /* broken: The signature does not belong to the digests or the key */
                    SIGN_OTHER_KEY, /* other_key: Signed by somebody else */
                    SIGN_RELAID, /* relaid: Every fact is as signed, the file around them is not as written */
                    SIGN_UNREADABLE, /* unreadable: Not a signed file */
};
enum sign_finding {                     /* shape: How a fact of a signed file stands */
                    FACT_AS_SIGNED = 1, /* as_signed: As it was signed */
                    FACT_ALTERED,       /* altered: Has another value */
                    FACT_MISSING,       /* missing: Was taken out */
                    FACT_ADDED,         /* added: Was not there when it was signed */
};
struct sign_fact {             /* shape: One fact of a signed file */
    struct text name;          /* Its name */
    struct text value;         /* Its value, for people to read */
    enum sign_finding finding; /* How it stands */
};
LIST_OF(sign_fact);
struct sign_report {             /* shape: What was found in a signed file */
    enum sign_verdict verdict;   /* The result */
    struct text kind;            /* What it is about; empty when unreadable */
    struct text key;             /* Public key that signed it, hex; empty when unreadable */
    struct sign_fact_list facts; /* In the order of the file, those taken out last */
};

/* Looks at the bytes of a file. `trusted` is the public key in hex that must have signed it; empty
 * accepts any, and whoever reads the report compares. A file that is wrong is no problem but a
 * verdict: only &out_of_memory. */
const struct problem *sign_verify(struct memory *memory, struct bytes file, struct text trusted,
                                  struct sign_report *out);
/* The same for a file on disk, of at most 1 MiB unless it is one of lines (core/sign/lines.h).
 * &not_found, &world_failed, &too_large. */
const struct problem *sign_verify_file(struct memory *memory, const char *path, struct text trusted,
                                       struct sign_report *out);

#endif
