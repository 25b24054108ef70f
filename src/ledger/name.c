/*
 * Names what is about to be written.
 *
 * The ids of transfers follow that of their posting within a second, so that a day's transfers are found
 * by the range of its ids. Must not know: accounts. Read next: ledger/day.h.
 */
#include "ledger/name.h"

#include <sodium.h>

#include "base/ids.h"

/* The digest covers everything a transfer says, so that the audit sees a row changed later even
 * when balances were changed to match. */
static void digest_add(crypto_generichash_state *state, const struct ledger_transfer_new *transfer)
{
    int64_t corrects = transfer->corrects.present ? transfer->corrects.value.value : 0;
    int64_t facts[] = {transfer->id.value,
                       transfer->from_account.value,
                       transfer->to_account.value,
                       transfer->amount.minor,
                       corrects,
                       transfer->at.ms};
    crypto_generichash_update(state, (const unsigned char *)facts, sizeof facts);
    crypto_generichash_update(state, (const unsigned char *)transfer->amount.currency.code, 3);
    crypto_generichash_update(state, (const unsigned char *)transfer->reason.data,
                              transfer->reason.size);
}

static struct text digest_of(struct memory *memory, const struct ledger_transfer_new *transfers,
                             size_t count)
{
    crypto_generichash_state state;
    unsigned char digest[crypto_generichash_BYTES_MIN];
    char hex[2 * sizeof digest + 1];
    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    for (size_t i = 0; i < count; i++)
        digest_add(&state, &transfers[i]);
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    return text_copy(memory, text_of(hex));
}

static struct posting_id name_one(struct ledger_transfer_new *transfers, size_t count)
{
    struct posting_id id;
    int64_t last;
    do {
        id.value = last = id_new();
        for (size_t i = 0; i < count; i++) {
            transfers[i].id.value = last = id_new();
            transfers[i].posting = id;
        }
    } while (id_time(last).ms - id_time(id.value).ms >= SECOND);
    return id;
}

const struct problem *sheet_name(struct sheet *sheet)
{
    struct ledger_transfer_new *transfers = sheet->transfers;
    for (size_t i = 0; i < sheet->posting_count; i++) {
        struct ledger_posting_new *posting = &sheet->postings[i];
        posting->id = name_one(transfers, (size_t)posting->legs);
        posting->digest = digest_of(sheet->memory, transfers, (size_t)posting->legs);
        if (!posting->digest.data)
            return &out_of_memory;
        transfers += posting->legs;
    }
    return NULL;
}
