/*
 * Texts that people agree to, by the hash of their bytes.
 *
 * Must not know: what the terms say. Read next: core/deal.h.
 */
#include "core/terms.h"

#include <sodium.h>

#include "core/terms_queries.h"
#include "core/terms_rows.h"

const struct problem *terms_keep(struct database *db, struct memory *memory, struct text name,
                                 struct text version, struct text language, struct text body,
                                 struct instant since)
{
    unsigned char hash[32];
    char hex[sizeof hash * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)body.data, body.size, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    struct terms_row row = {text_of(hex), name, version, language, body, since};
    return terms_insert(db, memory, &row);
}

const struct problem *terms_now(struct database *db, struct memory *memory, struct text name,
                                struct text language, struct instant at, struct terms_row *out)
{
    return terms_in_force(db, memory, name, language, at, out);
}

const struct problem *terms_accept(struct database *db, struct memory *memory,
                                   struct party_id party, struct text hash, int64_t subject,
                                   struct instant at)
{
    struct acceptance_new acceptance = {party, hash, subject, at};
    return acceptance_insert(db, memory, &acceptance);
}
