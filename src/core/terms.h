/*
 * Terms: the exact text agreed to, kept by its hash, and who accepted it when in which language.
 */
#ifndef CONTRAFLOW_CORE_TERMS_H
#define CONTRAFLOW_CORE_TERMS_H

#include "base/shape.h"
#include "ledger/party.h"
#include "store/store.h"

struct terms_row {        /* shape: A version of some terms in one language */
    struct text hash;     /* BLAKE2b-256 of the text, hex */
    struct text name;     /* Which terms: stock.standard */
    struct text version;  /* As people cite it: 2026-03-01 */
    struct text language; /* Language of the text */
    struct text body;     /* The exact text */
    struct instant since; /* In force from */
};
LIST_OF(terms_row);

/* Keeps a text under its hash; the same text again is fine. Inside a write. */
const struct problem *terms_keep(struct database *db, struct memory *memory, struct text name,
                                 struct text version, struct text language, struct text body,
                                 struct instant since);
/* The text in force at a moment, in that language or else English. */
const struct problem *terms_now(struct database *db, struct memory *memory, struct text name,
                                struct text language, struct instant at, struct terms_row *out);
/* Notes that a party accepted a text for a subject. Inside a write. */
const struct problem *terms_accept(struct database *db, struct memory *memory,
                                   struct party_id party, struct text hash, int64_t subject,
                                   struct instant at);

#endif
