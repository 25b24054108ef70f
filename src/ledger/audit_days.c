/*
 * The audit of closed days: hashes, chain and kept balances worked out anew from the rows.
 *
 * Nothing of ledger/day*.c or ledger/lines.c is called: what is hashed is written here a second time, so
 * that a mistake there can't hide itself. Must not know: how days are closed.
 * Read next: ledger/lines.h for the format, ledger/audit_queries.sql.
 */
#include "ledger/audit_parts.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/ids.h"
#include "ledger/audit_queries.h"
#include "ledger/audit_rows.h"

enum { HEX = 64, DATE = 11, ENTRY_BYTES = 1 << 16 };

/* The days while they are looked at. */
struct days {
    struct audit_voice *voice;
    struct audit_day before;         /* the last one looked at; its texts are no more */
    char hash[HEX + 1];              /* of it, as kept */
    int64_t count;                   /* looked at so far */
    int64_t moves;                   /* accounts that moved on them, each day counted anew */
    crypto_generichash_state *chain; /* over the lines of the present one */
};

/* ---- what is hashed --------------------------------------------------------------------------- */

static void date_of(char out[DATE], int64_t day)
{
    struct civil civil = civil_of((struct instant){day * DAY});
    (void)snprintf(out, DATE, "%04u-%02u-%02u", (unsigned)civil.year % 10000U,
                   (unsigned)civil.month % 100U, (unsigned)civil.day % 100U);
}

static void put_time(struct builder *out, struct instant at)
{
    struct civil t = civil_of(at);
    builder_add_format(out, "\"at\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\"", t.year, t.month,
                       t.day, t.hour, t.minute, t.second, t.ms);
}

/* A name in quotes, or null for 0. */
static void put_id(struct builder *out, const char *member, const char *prefix, int64_t id)
{
    builder_add_format(out, id ? "\"%s\":\"%s\"," : "\"%s\":null,", member,
                       id_text(prefix, id).text);
}

static void put_words(struct builder *out, const char *member, struct text words)
{
    builder_add_format(out, "\"%s\":", member);
    builder_add_json(out, words);
}

static void put_side(struct builder *out, const char *member, struct account_id account,
                     struct text purpose, struct party_id party)
{
    builder_add_format(out, "\"%s\":{\"account\":\"%s\",", member,
                       id_text("acc", account.value).text);
    put_words(out, "purpose", purpose);
    builder_add_c(out, party.value ? ",\"party\":\"" : ",\"party\":null},");
    if (party.value)
        builder_add_format(out, "%s\"},", id_text("pty", party.value).text);
}

static void put_transfer(struct builder *out, const struct audit_day_transfer *transfer)
{
    builder_add_char(out, '{');
    put_id(out, "transfer", "trf", transfer->id.value);
    put_side(out, "from", transfer->from_account, transfer->from_purpose, transfer->from_party);
    put_side(out, "to", transfer->to_account, transfer->to_purpose, transfer->to_party);
    builder_add_format(out, "\"minor\":%lld,\"currency\":\"%.*s\",",
                       (long long)transfer->amount_minor, TEXT_ARGS(transfer->amount_currency));
    put_id(out, "issuer", "pty", transfer->issuer.value);
    put_words(out, "reason", transfer->reason);
    builder_add_char(out, ',');
    put_id(out, "corrects", "trf", transfer->corrects.present ? transfer->corrects.value.value : 0);
    put_time(out, transfer->at);
    builder_add_char(out, '}');
}

static void put_posting(struct builder *out, const struct audit_day_posting *posting,
                        const struct audit_day_transfer_list *transfers)
{
    builder_add_char(out, '{');
    put_id(out, "posting", "pst", posting->id.value);
    put_words(out, "template", posting->template);
    builder_add_format(out, ",\"subject\":\"%lld\",\"legs\":%lld,", (long long)posting->subject,
                       (long long)posting->legs);
    put_words(out, "digest", posting->digest);
    builder_add_char(out, ',');
    put_id(out, "corrects", "pst", posting->corrects.present ? posting->corrects.value.value : 0);
    put_id(out, "follows", "pst", posting->follows.present ? posting->follows.value.value : 0);
    put_time(out, posting->at);
    builder_add_c(out, ",\"transfers\":[");
    for (size_t i = 0; i < transfers->count; i++) {
        builder_add_c(out, i ? "," : "");
        put_transfer(out, &transfers->items[i]);
    }
    builder_add_c(out, "]}");
}

/* The hash of a line goes into that of the day. */
static const struct problem *chain_in(struct days *days, struct builder *out)
{
    unsigned char hash[HEX / 2];
    struct text line;
    const struct problem *problem = builder_end(out, &line);
    if (problem)
        return problem;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)line.data, line.size, NULL, 0);
    crypto_generichash_update(days->chain, hash, sizeof hash);
    return NULL;
}

/* ---- a day's postings ------------------------------------------------------------------------- */

/* How many a day turned out to have. */
struct found {
    int64_t postings;
    int64_t transfers;
};

static const struct problem *chain_posting(struct days *days, struct database *db,
                                           struct memory *memory,
                                           const struct audit_day_posting *posting,
                                           struct found *found)
{
    struct audit_day_transfer_list transfers;
    struct memory *own = memory_scratch(memory);
    if (!own)
        return &out_of_memory;
    struct builder out = builder_make(own, ENTRY_BYTES);
    const struct problem *problem = audit_transfers_of_posting(db, own, posting->id, &transfers);
    if (!problem) {
        put_posting(&out, posting, &transfers);
        found->postings++;
        found->transfers += (int64_t)transfers.count;
        problem = chain_in(days, &out);
    }
    memory_end(own);
    return problem;
}

static const struct problem *chain_postings(struct days *days, struct database *db,
                                            struct memory *memory, const struct audit_day *day,
                                            struct found *found)
{
    struct posting_id after = {day->from_posting.value - 1};
    for (;;) {
        struct memory *page = memory_scratch(memory);
        struct audit_day_posting_list list = {NULL, 0};
        if (!page)
            return &out_of_memory;
        const struct problem *problem =
            audit_postings_of_day(db, page, after, day->through_posting, &list);
        for (size_t i = 0; !problem && i < list.count; i++)
            problem = chain_posting(days, db, page, &list.items[i], found);
        size_t count = list.count;
        if (count > 0)
            after = list.items[count - 1].id;
        memory_end(page);
        if (problem || count == 0)
            return problem;
    }
}

static const struct problem *chain_day(struct days *days, struct database *db,
                                       struct memory *memory, const struct audit_day *day,
                                       char hash[HEX + 1], struct found *found)
{
    unsigned char raw[HEX / 2];
    char date[DATE];
    struct builder head = builder_make(memory, 500);
    struct builder tail = builder_make(memory, 1000);
    date_of(date, day->day);
    builder_add_format(
        &head, "{\"kind\":\"ledger.day\",\"day\":\"%s\",\"from\":\"%s\",\"through\":\"%s\"}", date,
        id_text("pst", day->from_posting.value).text,
        id_text("pst", day->through_posting.value).text);
    const struct problem *problem = chain_in(days, &head);
    if (!problem)
        problem = chain_postings(days, db, memory, day, found);
    builder_add_format(&tail, "{\"postings\":%lld,\"transfers\":%lld,", (long long)found->postings,
                       (long long)found->transfers);
    put_words(&tail, "previous", day->previous);
    builder_add_char(&tail, '}');
    if (!problem)
        problem = chain_in(days, &tail);
    crypto_generichash_final(days->chain, raw, sizeof raw);
    sodium_bin2hex(hash, HEX + 1, raw, sizeof raw);
    return problem;
}

/* ---- a day ------------------------------------------------------------------------------------ */

static bool is_signed(const struct audit_day *day)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    char text[200];
    size_t key_size = 0;
    size_t size = 0;
    int written = snprintf(text, sizeof text, "{\"hash\":\"%.*s\",\"kind\":\"ledger.day\"}",
                           TEXT_ARGS(day->hash));
    return written > 0 && (size_t)written < sizeof text &&
           sodium_hex2bin(key, sizeof key, day->public_key.data, day->public_key.size, NULL,
                          &key_size, NULL) == 0 &&
           sodium_hex2bin(signature, sizeof signature, day->signature.data, day->signature.size,
                          NULL, &size, NULL) == 0 &&
           key_size == sizeof key && size == sizeof signature &&
           crypto_sign_verify_detached(signature, (const unsigned char *)text,
                                       (unsigned long long)written, key) == 0;
}

/* Where the day stands among the others, and which ids are its own. */
static void check_place(struct days *days, const struct audit_day *day, const char *date)
{
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    bool first = days->count == 0;
    if (!first && day->day != days->before.day + 1)
        audit_say(days->voice, "day %s: the day before it is not closed", date);
    if (!text_is(day->previous, first ? zeros : days->hash))
        audit_say(days->voice, "day %s: does not follow the day before (%.*s, is %s)", date,
                  TEXT_ARGS(day->previous), first ? zeros : days->hash);
    if (day->from_posting.value != id_first_at((struct instant){day->day * DAY}) ||
        day->through_posting.value != id_first_at((struct instant){(day->day + 1) * DAY}) - 1)
        audit_say(days->voice, "day %s: its ids are not those of that day", date);
    if (!is_signed(day))
        audit_say(days->voice, "day %s: its signature does not fit its hash and key", date);
}

static const struct problem *check_moves(struct days *days, struct database *db,
                                         struct memory *memory, const struct audit_day *day,
                                         const char *date)
{
    struct account_id after = {0};
    for (;;) {
        struct memory *page = memory_scratch(memory);
        struct audit_day_move_list list = {NULL, 0};
        if (!page)
            return &out_of_memory;
        const struct problem *problem = audit_moves_of_day(db, page, day->day, day->from_posting,
                                                           day->through_posting, after, &list);
        for (size_t i = 0; i < list.count; i++) {
            const struct audit_day_move *move = &list.items[i];
            long long sum = 0;
            bool fits = !__builtin_add_overflow(move->before_minor, move->moved_minor, &sum);
            if (!fits || !move->kept_minor.present || move->kept_minor.value != sum)
                audit_say(days->voice,
                          "account %s: kept %lld at the end of %s, its transfers say %lld",
                          id_text("acc", move->account.value).text,
                          (long long)move->kept_minor.value, date, sum);
        }
        size_t count = list.count;
        days->moves += (int64_t)count;
        if (count > 0)
            after = list.items[count - 1].account;
        memory_end(page);
        if (problem || count == 0)
            return problem;
    }
}

static const struct problem *check_day(struct days *days, struct database *db,
                                       struct memory *memory, const struct audit_day *day)
{
    crypto_generichash_state chain;
    struct found found = {0};
    char hash[HEX + 1];
    char date[DATE];
    date_of(date, day->day);
    check_place(days, day, date);
    crypto_generichash_init(&chain, NULL, 0, HEX / 2);
    days->chain = &chain;
    const struct problem *problem = chain_day(days, db, memory, day, hash, &found);
    days->chain = NULL;
    if (problem)
        return problem;
    if (found.postings != day->postings || found.transfers != day->transfers)
        audit_say(days->voice,
                  "day %s: has %lld postings and %lld transfers, was closed with %lld and %lld",
                  date, (long long)found.postings, (long long)found.transfers,
                  (long long)day->postings, (long long)day->transfers);
    else if (!text_is(day->hash, hash))
        audit_say(days->voice, "day %s: what it holds was changed (hash %s, was %.*s)", date, hash,
                  TEXT_ARGS(day->hash));
    (void)snprintf(days->hash, sizeof days->hash, "%.*s", TEXT_ARGS(day->hash));
    days->before = *day;
    days->count++;
    return found.transfers > 0 ? check_moves(days, db, memory, day, date) : NULL;
}

/* ---- all of them ------------------------------------------------------------------------------ */

static const struct problem *check_before(struct days *days, struct database *db,
                                          struct memory *memory, struct posting_id first)
{
    struct audit_early_list list;
    const struct problem *problem = audit_before_days(db, memory, first, &list);
    for (size_t i = 0; !problem && i < list.count; i++)
        audit_say(days->voice, "posting %s: lies before the first closed day",
                  id_text("pst", list.items[i].id.value).text);
    return problem;
}

/* What is kept of accounts that did not move, or of days that are not closed. */
static const struct problem *check_kept(struct days *days, struct database *db,
                                        struct memory *memory)
{
    struct audit_kept last = {{0}, 0};
    int64_t kept = 0;
    for (;;) {
        struct memory *page = memory_scratch(memory);
        struct audit_kept_list list = {NULL, 0};
        if (!page)
            return &out_of_memory;
        const struct problem *problem =
            audit_kept_balances(db, page, last.account, last.day, &list);
        size_t count = list.count;
        kept += (int64_t)count;
        if (count > 0)
            last = list.items[count - 1];
        memory_end(page);
        if (problem)
            return problem;
        if (count == 0)
            break;
    }
    if (kept != days->moves)
        audit_say(days->voice, "days: %lld balances are kept, accounts moved %lld times",
                  (long long)kept, (long long)days->moves);
    return NULL;
}

const struct problem *audit_days(struct audit_voice *voice, struct database *db,
                                 struct memory *memory)
{
    struct days days = {.voice = voice};
    for (int64_t after = -1;;) {
        struct memory *page = memory_scratch(memory);
        struct audit_day_list list = {NULL, 0};
        if (!page)
            return &out_of_memory;
        const struct problem *problem = audit_closed_days(db, page, after, &list);
        if (!problem && days.count == 0 && list.count > 0)
            problem = check_before(&days, db, page, list.items[0].from_posting);
        for (size_t i = 0; !problem && i < list.count; i++)
            problem = check_day(&days, db, page, &list.items[i]);
        size_t count = list.count;
        if (count > 0)
            after = list.items[count - 1].day;
        memory_end(page);
        if (problem)
            return problem;
        if (count == 0)
            return check_kept(&days, db, memory);
    }
}
