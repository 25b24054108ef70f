/*
 * People and organisations as rows: founding, finding, profiles.
 *
 * Must not know: requests, pages, how somebody signs in. Read next: core/people/member.c for who belongs where.
 */
#include "core/people/party.h"

#include <sodium.h>
#include <unicode/ucasemap.h>

#include "base/ids.h"
#include "base/log.h"
#include "core/event.h"
#include "core/people/party_queries.h"
#include "core/people/party_rows.h"

const struct problem party_link_over = {"party.link_over", 410, FAULT_CLIENT, false};

struct text party_fold(struct memory *memory, struct text typed)
{
    UErrorCode error = U_ZERO_ERROR;
    size_t room = typed.size * 3 + 1;
    char *folded = memory_take(memory, room);
    UCaseMap *map = ucasemap_open("", 0, &error);
    int32_t size = 0;
    if (folded && U_SUCCESS(error) && typed.size > 0)
        size = ucasemap_utf8ToLower(map, folded, (int32_t)room, typed.data, (int32_t)typed.size,
                                    &error);
    if (map)
        ucasemap_close(map);
    if (!folded || U_FAILURE(error))
        return (struct text){NULL, 0};
    return (struct text){folded, (size_t)size};
}

const struct problem *party_secret_make(struct memory *memory, struct text *out)
{
    ensure(sodium_init() >= 0);
    unsigned char raw[32];
    char written[sodium_base64_ENCODED_LEN(sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    randombytes_buf(raw, sizeof raw);
    sodium_bin2base64(written, sizeof written, raw, sizeof raw,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(raw, sizeof raw);
    *out = text_copy(memory, text_of(written));
    return out->data ? NULL : &out_of_memory;
}

const struct problem *party_secret_hash(struct memory *memory, struct text secret, struct text *out)
{
    unsigned char hash[32];
    char hex[sizeof hash * 2 + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)secret.data, secret.size, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    *out = text_copy(memory, text_of(hex));
    return out->data ? NULL : &out_of_memory;
}

/* ---- inside a write ---- */

const struct problem *party_insert_named(struct database *db, struct memory *memory,
                                         struct party_id id, enum party_kind kind, struct text name,
                                         struct text place, struct instant at)
{
    struct party_new party = {.id = id,
                              .kind = kind,
                              .name = name,
                              .folded = party_fold(memory, name),
                              .place = place,
                              .joined = at};
    return party.folded.data ? party_insert(db, memory, &party) : &out_of_memory;
}

const struct problem *party_insert_organisation(struct database *db, struct memory *memory,
                                                struct party_id id, struct text name,
                                                struct text place, struct party_id owner,
                                                struct instant at)
{
    const struct problem *problem =
        party_insert_named(db, memory, id, PARTY_ORGANISATION, name, place, at);
    if (!problem)
        problem = party_set_member(db, memory, id, owner, MEMBER_OWNER, at);
    if (!problem)
        problem =
            event_emit(db, memory, "core.party.founded", id.value, owner, (struct text){"", 0}, at);
    return problem;
}

/* ---- writes ---- */

struct founding {
    struct party_id id;
    struct text name, place;
    struct party_id owner;
    struct instant at;
};

static const struct problem *found_work(struct database *db, struct memory *memory, void *context)
{
    const struct founding *founding = context;
    return party_insert_organisation(db, memory, founding->id, founding->name, founding->place,
                                     founding->owner, founding->at);
}

const struct problem *party_found(struct store *store, struct memory *memory, struct text name,
                                  struct text place, struct party_id owner, struct instant at,
                                  struct party_id *out)
{
    struct founding founding = {{id_new()}, name, place, owner, at};
    const struct problem *problem = store_write(store, memory, found_work, &founding);
    if (!problem)
        *out = founding.id;
    return problem;
}

static const struct problem *describe_work(struct database *db, struct memory *memory,
                                           void *context)
{
    struct party_hit hit;
    return party_keep(db, memory, context, &hit);
}

const struct problem *party_describe(struct store *store, struct memory *memory,
                                     struct party_id party, struct text name, struct text place,
                                     struct text about, struct text website)
{
    struct party_profile profile = {party, name, party_fold(memory, name), place, about, website};
    return profile.folded.data ? store_write(store, memory, describe_work, &profile)
                               : &out_of_memory;
}

/* ---- reading ---- */

const struct problem *party_find(struct database *db, struct memory *memory, struct party_id id,
                                 struct party_row *out)
{
    return party_by_id(db, memory, id, out);
}

const struct problem *party_by_mail(struct database *db, struct memory *memory, struct text mail,
                                    struct party_row *out)
{
    struct text folded = party_fold(memory, mail);
    return folded.data ? party_by_login_mail(db, memory, folded, out) : &out_of_memory;
}
