/*
 * Posting: templates and amounts become transfers and balances, in one write.
 *
 * Balances are changed by conditional updates that check the free balance themselves, so that two
 * postings can't both spend the last cent. Must not know: why money moves. Read next: ledger/hold.c.
 */
#include "ledger/post.h"

#include <sodium.h>
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "ledger/queries.h"

const struct problem ledger_not_enough = {"ledger.not_enough", 402, FAULT_CLIENT, false};
const struct problem ledger_wrong_currency = {"ledger.wrong_currency", 409, FAULT_CLIENT, false};

const struct problem *ledger_account(struct database *db, struct memory *memory,
                                     struct party_id party, enum account_purpose purpose,
                                     struct currency currency, struct ledger_account_row *out)
{
    struct text code = text_of(currency.code);
    const struct problem *problem = ledger_account_find(db, memory, party, purpose, code, out);
    if (problem != &not_found)
        return problem;
    struct account_id id = {id_new()};
    bool overdraft = purpose == ACCOUNT_WORLD;
    problem = ledger_account_open(db, memory, id, party, purpose, code, overdraft);
    if (problem)
        return problem;
    return ledger_account_find(db, memory, party, purpose, code, out);
}

static struct party_id side_party(const struct posting *posting, struct posting_side side)
{
    if (side.party == LEDGER_PLATFORM)
        return (struct party_id){0};
    return posting->parties[side.party];
}

/* The digest covers everything a transfer says, so that the audit sees a row changed later even
 * when balances were changed to match. */
static void digest_add(crypto_generichash_state *state, const struct ledger_transfer_new *transfer)
{
    int64_t facts[] = {transfer->id.value, transfer->from_account.value, transfer->to_account.value,
                       transfer->amount.minor, transfer->at.ms};
    crypto_generichash_update(state, (const unsigned char *)facts, sizeof facts);
    crypto_generichash_update(state, (const unsigned char *)transfer->amount.currency.code, 3);
    crypto_generichash_update(state, (const unsigned char *)transfer->reason.data,
                              transfer->reason.size);
}

static const struct problem *leg_prepare(struct database *db, struct memory *memory,
                                         const struct posting *posting,
                                         const struct posting_leg *leg,
                                         struct ledger_transfer_new *out)
{
    struct money amount = posting->amounts[leg->amount];
    ensure(amount.minor >= 0 && amount.minor <= MONEY_MAX);
    struct ledger_account_row from;
    struct ledger_account_row to;
    const struct problem *problem = ledger_account(db, memory, side_party(posting, leg->from),
                                                   leg->from.purpose, amount.currency, &from);
    if (!problem)
        problem = ledger_account(db, memory, side_party(posting, leg->to), leg->to.purpose,
                                 amount.currency, &to);
    if (problem)
        return problem;
    *out = (struct ledger_transfer_new){.id = {id_new()},
                                        .from_account = from.id,
                                        .to_account = to.id,
                                        .amount = amount,
                                        .reason = text_of(leg->reason),
                                        .at = posting->at};
    return NULL;
}

static const struct problem *leg_post(struct database *db, struct memory *memory,
                                      const struct ledger_transfer_new *transfer)
{
    struct ledger_account_hit hit;
    const struct problem *problem =
        ledger_account_take(db, memory, transfer->from_account, transfer->amount.minor, &hit);
    if (problem)
        return problem == &not_found ? &ledger_not_enough : problem;
    problem = ledger_account_give(db, memory, transfer->to_account, transfer->amount.minor, &hit);
    if (problem)
        return problem;
    return ledger_transfer_insert(db, memory, transfer);
}

const struct problem *ledger_post(struct database *db, struct memory *memory,
                                  const struct posting *posting, struct posting_id *out)
{
    const struct posting_template *template = posting->template;
    struct ledger_transfer_new transfers[POSTING_LEGS];
    int count = 0;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES_MIN);
    struct posting_id id = {id_new()};
    ensure(template->count > 0 && template->count <= POSTING_LEGS);
    for (int i = 0; i < template->count; i++) {
        if (posting->amounts[template->legs[i].amount].minor == 0)
            continue;
        const struct problem *problem =
            leg_prepare(db, memory, posting, &template->legs[i], &transfers[count]);
        if (problem)
            return problem;
        transfers[count].posting = id;
        digest_add(&state, &transfers[count]);
        count++;
    }
    unsigned char digest[crypto_generichash_BYTES_MIN];
    char hex[2 * sizeof digest + 1];
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    struct ledger_posting_new head = {.id = id,
                                      .template = text_of(template->name),
                                      .subject = posting->subject,
                                      .legs = count,
                                      .digest = text_of(hex),
                                      .corrects = posting->corrects,
                                      .at = posting->at};
    const struct problem *problem = ledger_posting_insert(db, memory, &head);
    for (int i = 0; !problem && i < count; i++)
        problem = leg_post(db, memory, &transfers[i]);
    if (!problem)
        *out = id;
    return problem;
}

const struct problem *ledger_balance(struct database *db, struct memory *memory,
                                     struct party_id party, enum account_purpose purpose,
                                     struct currency currency, struct ledger_balance *out)
{
    struct ledger_account_row row = {0};
    const struct problem *problem =
        ledger_account_find(db, memory, party, purpose, text_of(currency.code), &row);
    if (problem && problem != &not_found)
        return problem;
    *out = (struct ledger_balance){.balance = {row.balance_minor, currency},
                                   .held = {row.held_minor, currency},
                                   .free = {row.balance_minor - row.held_minor, currency}};
    return NULL;
}
