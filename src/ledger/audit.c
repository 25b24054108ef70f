/*
 * Recomputes the books and says where they disagree with themselves.
 *
 * Everything is worked out anew from rows: neither the posting code nor its helpers are called, so
 * that a mistake there can't hide itself. Must not know: templates, why money moves.
 * Read next: ledger/audit_days.c, ledger/audit_queries.sql.
 */
#include "ledger/audit.h"

#include <sodium.h>
#include <string.h>

#include "base/ids.h"
#include "ledger/audit_parts.h"
#include "ledger/audit_queries.h"
#include "ledger/audit_rows.h"

enum { CURRENCIES = 300 /* ISO 4217 has fewer than 200 */ };

struct total {
    char code[4];     /* ISO 4217 */
    __int128 balance; /* of all accounts, minor units */
};

/* One audit while it runs. */
struct audit {
    struct audit_voice voice; /* first: a check that gets the voice knows the audit */
    struct memory *memory;    /* of the whole audit */
    struct total totals[CURRENCIES];
    size_t total_count;
    struct audit_transfer_list transfers; /* the page being read */
    size_t next;                          /* in that page */
    struct memory *page;                  /* where that page lives */
    struct posting_id last_posting;       /* of the last transfer read */
    struct transfer_id last_transfer;     /* the last transfer read */
    struct audit_reserved_list reserved;  /* accounts with open holds: the page being read */
    size_t next_reserved;                 /* in that page */
    bool reserved_end;                    /* there is no page after it */
    struct memory *reserved_page;         /* where that page lives */
};

static void add_total(struct audit *audit, struct text currency, int64_t balance)
{
    size_t i = 0;
    while (i < audit->total_count && !text_is(currency, audit->totals[i].code))
        i++;
    if (i == audit->total_count) {
        if (i == CURRENCIES || currency.size != 3) {
            audit_say(&audit->voice, "currency %.*s: not one of ISO 4217", TEXT_ARGS(currency));
            return;
        }
        memcpy(audit->totals[i].code, currency.data, 3);
        audit->total_count++;
    }
    audit->totals[i].balance += balance;
}

/* Units lie with who promised them or who has them; money with nobody's promise on it does not. */
static bool lies_well(const struct audit_account *account)
{
    bool issued = text_is(account->purpose, "issued");
    if (issued || text_is(account->purpose, "rewards"))
        return account->issuer.value != 0 &&
               (!issued || account->issuer.value == account->party.value);
    return account->issuer.value == 0 && !text_starts(account->currency, "ZZ");
}

/* What the open holds of an account add up to; accounts are asked for by ascending ids. */
static const struct problem *reserved_in(struct audit *audit, struct database *db,
                                         struct memory *memory, struct account_id account,
                                         int64_t *minor)
{
    const struct audit_reserved_list *list = &audit->reserved;
    *minor = 0;
    while (audit->next_reserved < list->count &&
           list->items[audit->next_reserved].account.value < account.value)
        audit->next_reserved++;
    if (audit->next_reserved == list->count && !audit->reserved_end) {
        memory_end(audit->reserved_page);
        audit->reserved_page = memory_scratch(memory);
        audit->next_reserved = 0;
        if (!audit->reserved_page)
            return &out_of_memory;
        const struct problem *problem = audit_reserved_after(
            db, audit->reserved_page, (struct account_id){account.value - 1}, &audit->reserved);
        if (problem)
            return problem;
        audit->reserved_end = list->count == 0;
    }
    if (audit->next_reserved < list->count &&
        list->items[audit->next_reserved].account.value == account.value)
        *minor = list->items[audit->next_reserved].minor;
    return NULL;
}

static void check_account(struct audit *audit, const struct audit_account *account,
                          int64_t reserved_minor)
{
    struct id_text id = id_text("acc", account->id.value);
    struct id_text party = id_text("pty", account->party.value);
    long long sum = 0;
    bool fits = !__builtin_sub_overflow(account->given_minor, account->taken_minor, &sum);
    if (!fits || sum != account->balance_minor)
        audit_say(&audit->voice,
                  "account %s (%.*s of %s, %.*s): balance %lld, its transfers say %lld", id.text,
                  TEXT_ARGS(account->purpose), party.text, TEXT_ARGS(account->currency),
                  (long long)account->balance_minor, sum);
    if (reserved_minor != account->held_minor)
        audit_say(&audit->voice,
                  "account %s (%.*s of %s, %.*s): held %lld, its open holds say %lld", id.text,
                  TEXT_ARGS(account->purpose), party.text, TEXT_ARGS(account->currency),
                  (long long)account->held_minor, (long long)reserved_minor);
    bool endless = text_is(account->purpose, "issued") ||
                   (account->party.value == 0 && !text_is(account->purpose, "sale"));
    int64_t free = account->balance_minor - account->held_minor;
    int64_t floor = account->floor_minor.value;
    int64_t owed = account->floor_minor.present && free < floor ? floor - free : 0;
    if (endless == account->floor_minor.present)
        audit_say(&audit->voice, "account %s: %.*s of %s may%s go below a floor", id.text,
                  TEXT_ARGS(account->purpose), party.text, endless ? " not" : "");
    if (owed != account->owed_minor)
        audit_say(&audit->voice, "account %s: owes %lld, its balance says %lld", id.text,
                  (long long)account->owed_minor, (long long)owed);
    if (!lies_well(account))
        audit_say(&audit->voice, "account %s: %.*s may not lie in %.*s of %s", id.text,
                  TEXT_ARGS(account->currency), TEXT_ARGS(account->purpose), party.text);
    if (text_is(account->purpose, "sale") && account->balance_minor != 0)
        audit_say(&audit->voice, "account %s: sales pass through it, and %lld stayed", id.text,
                  (long long)account->balance_minor);
    add_total(audit, account->currency, account->balance_minor);
}

static const struct problem *check_accounts(struct audit_voice *voice, struct database *db,
                                            struct memory *page, int64_t *after, size_t *count)
{
    struct audit *audit = (struct audit *)voice;
    struct audit_account_list list;
    const struct problem *problem = audit_accounts(db, page, (struct account_id){*after}, &list);
    if (problem)
        return problem;
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        int64_t reserved_minor;
        problem = reserved_in(audit, db, audit->memory, list.items[i].id, &reserved_minor);
        if (!problem)
            check_account(audit, &list.items[i], reserved_minor);
        *after = list.items[i].id.value;
    }
    return problem;
}

static void check_totals(struct audit *audit)
{
    for (size_t i = 0; i < audit->total_count; i++)
        if (audit->totals[i].balance != 0)
            audit_say(&audit->voice, "currency %s: all balances add up to %lld instead of 0",
                      audit->totals[i].code, (long long)audit->totals[i].balance);
}

/* The transfer that comes next by posting and id; NULL in *out behind the last. It lives until the
 * one after it is asked for. */
static const struct problem *next_transfer(struct audit *audit, struct database *db,
                                           struct memory *memory, const struct audit_transfer **out)
{
    *out = NULL;
    if (audit->next == audit->transfers.count) {
        memory_end(audit->page);
        audit->page = memory_scratch(memory);
        audit->transfers = (struct audit_transfer_list){NULL, 0};
        audit->next = 0;
        if (!audit->page)
            return &out_of_memory;
        const struct problem *problem = audit_transfers(db, audit->page, audit->last_posting,
                                                        audit->last_transfer, &audit->transfers);
        if (problem)
            return problem;
        if (audit->transfers.count == 0)
            return NULL;
    }
    *out = &audit->transfers.items[audit->next++];
    audit->last_posting = (*out)->posting;
    audit->last_transfer = (*out)->id;
    return NULL;
}

static void check_correction(struct audit *audit, const struct audit_transfer *transfer,
                             const char *id)
{
    const struct maybe_account_id *from = &transfer->corrected_from;
    const struct maybe_account_id *to = &transfer->corrected_to;
    if (transfer->corrects.present && !from->present)
        audit_say(&audit->voice, "transfer %s: what it takes back is missing", id);
    else if (transfer->corrects.present &&
             (from->value.value != transfer->to_account.value || !to->present ||
              to->value.value != transfer->from_account.value))
        audit_say(&audit->voice, "transfer %s: takes back one between other accounts", id);
    if (transfer->back_minor > transfer->amount_minor)
        audit_say(&audit->voice, "transfer %s: %lld was taken back of %lld", id,
                  (long long)transfer->back_minor, (long long)transfer->amount_minor);
}

static void check_transfer(struct audit *audit, const struct audit_transfer *transfer)
{
    struct id_text id = id_text("trf", transfer->id.value);
    if (!text_equal(transfer->from_currency, transfer->amount_currency) ||
        !text_equal(transfer->to_currency, transfer->amount_currency))
        audit_say(&audit->voice, "transfer %s: %.*s between an account of %.*s and one of %.*s",
                  id.text, TEXT_ARGS(transfer->amount_currency), TEXT_ARGS(transfer->from_currency),
                  TEXT_ARGS(transfer->to_currency));
    if (transfer->from_issuer != transfer->to_issuer)
        audit_say(&audit->voice, "transfer %s: between accounts of different issuers", id.text);
    if (transfer->amount_minor <= 0)
        audit_say(&audit->voice, "transfer %s: amount %lld", id.text,
                  (long long)transfer->amount_minor);
    int64_t later = id_time(transfer->id.value).ms - id_time(transfer->posting.value).ms;
    if (transfer->id.value <= transfer->posting.value || later >= LEDGER_TRANSFERS_WITHIN)
        audit_say(&audit->voice, "transfer %s: was not named together with its posting", id.text);
    check_correction(audit, transfer, id.text);
}

/* BLAKE2b-128 over the id, both accounts, the amount, the transfer it takes back (0: none) and the
 * instant of each transfer in turn, as 64-bit numbers of this machine, followed by the three letters
 * of its currency and its reason. */
static void digest_transfer(crypto_generichash_state *state, const struct audit_transfer *transfer)
{
    const int64_t numbers[6] = {transfer->id.value,
                                transfer->from_account.value,
                                transfer->to_account.value,
                                transfer->amount_minor,
                                transfer->corrects.present ? transfer->corrects.value.value : 0,
                                transfer->at.ms};
    unsigned char letters[3] = {0};
    if (transfer->amount_currency.size == sizeof letters)
        memcpy(letters, transfer->amount_currency.data, sizeof letters);
    crypto_generichash_update(state, (const unsigned char *)numbers, sizeof numbers);
    crypto_generichash_update(state, letters, sizeof letters);
    crypto_generichash_update(state, (const unsigned char *)transfer->reason.data,
                              transfer->reason.size);
}

static void check_head(struct audit *audit, const struct audit_posting *posting, int64_t legs,
                       crypto_generichash_state *state)
{
    struct id_text id = id_text("pst", posting->id.value);
    unsigned char digest[crypto_generichash_BYTES_MIN];
    char hex[2 * sizeof digest + 1];
    crypto_generichash_final(state, digest, sizeof digest);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    if (legs != posting->legs)
        audit_say(&audit->voice, "posting %s: has %lld transfers, was written with %lld", id.text,
                  (long long)legs, (long long)posting->legs);
    else if (!text_is(posting->digest, hex))
        audit_say(&audit->voice, "posting %s: a transfer of it was changed (digest %s, was %.*s)",
                  id.text, hex, TEXT_ARGS(posting->digest));
    if (posting->corrects.present && !posting->corrected.present)
        audit_say(&audit->voice, "posting %s: the posting that it corrects is missing", id.text);
    if (posting->corrects.present && posting->corrects.value.value >= posting->id.value)
        audit_say(&audit->voice, "posting %s: corrects a later one", id.text);
}

/* Walks one posting's transfers; *transfer is the first not yet looked at, before and after. */
static const struct problem *check_posting(struct audit *audit, struct database *db,
                                           struct memory *memory,
                                           const struct audit_posting *posting,
                                           const struct audit_transfer **transfer)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES_MIN);
    int64_t legs = 0;
    const struct problem *problem = NULL;
    while (!problem && *transfer && (*transfer)->posting.value <= posting->id.value) {
        if ((*transfer)->posting.value < posting->id.value) {
            audit_say(&audit->voice, "transfer %s: its posting is missing",
                      id_text("trf", (*transfer)->id.value).text);
        } else {
            digest_transfer(&state, *transfer);
            legs++;
        }
        check_transfer(audit, *transfer);
        problem = next_transfer(audit, db, memory, transfer);
    }
    if (!problem)
        check_head(audit, posting, legs, &state);
    return problem;
}

static const struct problem *check_postings(struct audit *audit, struct database *db,
                                            struct memory *memory)
{
    struct posting_id after = {0};
    const struct audit_transfer *transfer;
    const struct problem *problem = next_transfer(audit, db, memory, &transfer);
    for (size_t count = 1; !problem && count > 0;) {
        struct memory *page = memory_scratch(memory);
        struct audit_posting_list list = {NULL, 0};
        if (!page)
            return &out_of_memory;
        problem = audit_postings(db, page, after, &list);
        for (size_t i = 0; !problem && i < list.count; i++)
            problem = check_posting(audit, db, memory, &list.items[i], &transfer);
        count = list.count;
        if (!problem && count > 0)
            after = list.items[count - 1].id;
        memory_end(page);
    }
    while (!problem && transfer) {
        audit_say(&audit->voice, "transfer %s: its posting is missing",
                  id_text("trf", transfer->id.value).text);
        check_transfer(audit, transfer);
        problem = next_transfer(audit, db, memory, &transfer);
    }
    return problem;
}

static void check_hold(struct audit_voice *voice, const struct audit_hold *hold)
{
    struct id_text id = id_text("hld", hold->id.value);
    bool posted = text_is(hold->state, "posted");
    if (!text_equal(hold->amount_currency, hold->account_currency))
        audit_say(voice, "hold %s: %.*s in an account of %.*s", id.text,
                  TEXT_ARGS(hold->amount_currency), TEXT_ARGS(hold->account_currency));
    if (posted != hold->posting.present)
        audit_say(voice, "hold %s: is %.*s and names %s posting", id.text, TEXT_ARGS(hold->state),
                  hold->posting.present ? "a" : "no");
    if (hold->posting.present && !hold->posted.present)
        audit_say(voice, "hold %s: the posting that it became is missing", id.text);
    if (!posted && !text_is(hold->state, "open") && !text_is(hold->state, "voided") &&
        !text_is(hold->state, "expired"))
        audit_say(voice, "hold %s: %.*s is no state of a hold", id.text, TEXT_ARGS(hold->state));
}

static const struct problem *check_holds(struct audit_voice *voice, struct database *db,
                                         struct memory *page, int64_t *after, size_t *count)
{
    struct audit_hold_list list;
    const struct problem *problem = audit_holds(db, page, (struct hold_id){*after}, &list);
    if (problem)
        return problem;
    for (size_t i = 0; i < list.count; i++) {
        check_hold(voice, &list.items[i]);
        *after = list.items[i].id.value;
    }
    *count = list.count;
    return NULL;
}

/* Worked out from the rate as it stands: whole units, so that both currencies' digits count. */
static void check_rate(struct audit_voice *voice, const struct audit_rate *rate)
{
    struct id_text id = id_text("pst", rate->posting.value);
    struct currency from;
    struct currency to;
    if (!currency_parse(rate->from_currency, &from) || !currency_parse(rate->to_currency, &to) ||
        rate->numerator <= 0 || rate->denominator <= 0 || rate->source.size == 0) {
        audit_say(voice, "posting %s: its rate is none", id.text);
        return;
    }
    __int128 most = (__int128)rate->given_minor * rate->numerator;
    __int128 part = rate->denominator;
    for (int i = 0; i < currency_digits(to); i++)
        most *= 10;
    for (int i = 0; i < currency_digits(from); i++)
        part *= 10;
    if (rate->got_minor <= 0 || (int64_t)(most / part) != rate->got_minor)
        audit_say(voice, "posting %s: %lld were got for %lld, its rate says %lld", id.text,
                  (long long)rate->got_minor, (long long)rate->given_minor,
                  (long long)(most / part));
}

static const struct problem *check_rates(struct audit_voice *voice, struct database *db,
                                         struct memory *page, int64_t *after, size_t *count)
{
    struct audit_rate_list list;
    const struct problem *problem = audit_rates(db, page, (struct posting_id){*after}, &list);
    if (problem)
        return problem;
    for (size_t i = 0; i < list.count; i++) {
        check_rate(voice, &list.items[i]);
        *after = list.items[i].posting.value;
    }
    *count = list.count;
    return NULL;
}

static const struct problem *run(struct database *db, struct memory *memory, void *context)
{
    struct audit *audit = context;
    audit->memory = memory;
    const struct problem *problem = audit_pages(&audit->voice, db, memory, check_accounts);
    memory_end(audit->reserved_page);
    audit->reserved_page = NULL;
    if (!problem)
        check_totals(audit);
    if (!problem)
        problem = check_postings(audit, db, memory);
    memory_end(audit->page);
    audit->page = NULL;
    if (!problem)
        problem = audit_pages(&audit->voice, db, memory, check_rates);
    if (!problem)
        problem = audit_pages(&audit->voice, db, memory, check_holds);
    return problem ? problem : audit_days(&audit->voice, db, memory);
}

const struct problem *ledger_audit(struct database *db, struct memory *memory,
                                   const struct ledger_audit_listener *listener,
                                   int64_t *discrepancies)
{
    struct memory *own = memory_scratch(memory);
    struct audit *audit = own ? memory_take(own, sizeof *audit) : NULL;
    if (!audit) {
        memory_end(own);
        return &out_of_memory;
    }
    audit->voice.listener = listener;
    const struct problem *problem = store_read_long(db, own, run, audit);
    *discrepancies = audit->voice.discrepancies;
    memory_end(own);
    return problem;
}
