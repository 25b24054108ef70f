/*
 * Posting: templates and amounts become transfers and balances, in one write.
 *
 * Accounts are read into a sheet, so that each is looked up and written once however many legs touch
 * it. Must not know: why money moves. Read next: ledger/sheet.c, ledger/hold.c.
 */
#include "ledger/post.h"

#include "base/log.h"
#include "ledger/grant.h"
#include "ledger/queries.h"

const struct problem ledger_wrong_currency = {"ledger.wrong_currency", 409, FAULT_CLIENT, false};

struct ledger_account_key post_key(struct party_id party, enum account_purpose purpose,
                                   const struct currency *currency, struct party_id issuer)
{
    return (struct ledger_account_key){
        .party = party, .purpose = purpose, .currency = text_of(currency->code), .issuer = issuer};
}

struct ledger_account_key post_side(const struct posting *posting, struct posting_side side,
                                    const struct currency *currency)
{
    bool own = side.party == LEDGER_PLATFORM;
    return post_key(own ? (struct party_id){0} : posting->parties[side.party], side.purpose,
                    currency, posting->issuer);
}

struct post_head post_head(const struct posting *posting)
{
    return (struct post_head){.template = text_of(posting->template->name),
                              .subject = posting->subject,
                              .corrects = posting->corrects,
                              .follows = posting->follows,
                              .how = TAKING_SPENDS};
}

static struct post_leg leg_between(const struct posting *posting, struct posting_side from,
                                   struct posting_side to, const struct money *amount,
                                   struct text reason)
{
    const struct currency *currency = &amount->currency; /* the keys point into it */
    ensure(amount->minor >= 0 && amount->minor <= MONEY_MAX);
    return (struct post_leg){
        .from = post_side(posting, from, currency),
        .to = post_side(posting, to, currency),
        .amount = *amount,
        .reason = reason,
    };
}

size_t post_legs(const struct posting *posting, struct post_leg *out)
{
    static const struct posting_side fees = {ACCOUNT_FEES, LEDGER_PLATFORM};
    const struct posting_template *template = posting->template;
    size_t count = 0;
    ensure(template->count > 0 && template->count <= POSTING_LEGS);
    ensure(posting->fee_count >= 0 && posting->fee_count <= POSTING_FEES);
    for (int i = 0; i < template->count; i++) {
        const struct posting_leg *leg = &template->legs[i];
        out[count] = leg_between(posting, leg->from, leg->to, &posting->amounts[leg->amount],
                                 text_of(leg->reason));
        count += out[count].amount.minor ? 1 : 0;
    }
    for (int i = 0; i < posting->fee_count; i++) {
        const struct posting_fee *fee = &posting->fees[i];
        out[count] = leg_between(posting, fee->from, fees, &fee->amount, fee->reason);
        count += out[count].amount.minor ? 1 : 0;
    }
    return count;
}

const struct problem *post_open(struct sheet *sheet, const struct post_leg *legs, size_t count)
{
    struct ledger_account_key keys[2 * POSTING_ALL] = {0};
    for (size_t i = 0; i < count; i++) {
        keys[2 * i] = legs[i].from;
        keys[2 * i + 1] = legs[i].to;
    }
    return sheet_open(sheet, keys, 2 * count);
}

/* What the legs before this one brought to the account it takes from, less what they took. */
static int64_t brought(struct sheet *sheet, const struct post_leg *legs, size_t before,
                       const struct ledger_account_row *account)
{
    int64_t sum = 0;
    for (size_t i = 0; i < before; i++) {
        sum += sheet_account(sheet, &legs[i].to) == account ? legs[i].amount.minor : 0;
        sum -= sheet_account(sheet, &legs[i].from) == account ? legs[i].amount.minor : 0;
    }
    return sum;
}

/* Moves one leg's amount; *out is the transfer to write, but for its name. */
static const struct problem *move_leg(struct sheet *sheet, const struct post_leg *leg,
                                      enum taking takes, enum taking gives,
                                      struct ledger_transfer_new *out)
{
    struct ledger_account_row *from = sheet_account(sheet, &leg->from);
    struct ledger_account_row *to = sheet_account(sheet, &leg->to);
    const struct problem *problem = account_take(from, leg->amount.minor, takes, sheet->at);
    if (!problem)
        problem = account_give(to, leg->amount.minor, gives);
    *out = (struct ledger_transfer_new){.from_account = from->id,
                                        .to_account = to->id,
                                        .amount = leg->amount,
                                        .reason = leg->reason,
                                        .corrects = leg->corrects,
                                        .at = sheet->at};
    return problem;
}

const struct problem *post_on(struct sheet *sheet, const struct post_head *head,
                              const struct post_leg *legs, size_t count, size_t *place)
{
    struct ledger_transfer_new *transfers = &sheet->transfers[sheet->transfer_count];
    for (size_t i = 0; i < count; i++) {
        bool passes = i > 0 && legs[i].amount.minor <=
                                   brought(sheet, legs, i, sheet_account(sheet, &legs[i].from));
        const struct problem *problem = grant_check(&legs[i]);
        if (!problem)
            problem = move_leg(sheet, &legs[i], passes ? TAKING_PASSES : head->how, head->how,
                               &transfers[i]);
        if (!problem)
            problem = grant_note(sheet, &legs[i], sheet->transfer_count + i);
        if (problem)
            return problem;
    }
    *place = sheet->posting_count;
    sheet->postings[sheet->posting_count++] = (struct ledger_posting_new){
        .template = head->template,
        .subject = head->subject,
        .legs = (int64_t)count,
        .corrects = head->corrects,
        .follows = head->follows,
        .at = sheet->at,
    };
    sheet->transfer_count += count;
    return NULL;
}

struct sheet *post_sheet(struct database *db, struct memory *memory, struct instant at, size_t legs)
{
    return sheet_begin(db, memory, at, 2 * legs + 1, 1, legs);
}

const struct problem *ledger_post(struct database *db, struct memory *memory,
                                  const struct posting *posting, struct posting_id *out)
{
    struct post_leg legs[POSTING_ALL];
    size_t count = post_legs(posting, legs);
    struct sheet *sheet = post_sheet(db, memory, posting->at, count);
    struct post_head head = post_head(posting);
    size_t place;
    if (!sheet)
        return &out_of_memory;
    const struct problem *problem = post_open(sheet, legs, count);
    if (!problem)
        problem = post_on(sheet, &head, legs, count, &place);
    return problem ? problem : sheet_write_one(sheet, place, out);
}

const struct problem *ledger_balance(struct database *db, struct memory *memory,
                                     struct party_id party, enum account_purpose purpose,
                                     struct currency currency, struct ledger_balance *out)
{
    struct ledger_account_row row = {0};
    struct ledger_account_key key = post_key(party, purpose, &currency, (struct party_id){0});
    const struct problem *problem = ledger_account_find(db, memory, &key, &row);
    if (problem && problem != &not_found)
        return problem;
    *out = (struct ledger_balance){.balance = {row.balance_minor, currency},
                                   .held = {row.held_minor, currency},
                                   .free = {row.balance_minor - row.held_minor, currency},
                                   .owed = {row.owed_minor, currency}};
    return NULL;
}

const struct problem *ledger_limit(struct database *db, struct memory *memory,
                                   struct party_id party, enum account_purpose purpose,
                                   struct currency currency, const struct ledger_limits *limits)
{
    struct ledger_account_key key = post_key(party, purpose, &currency, (struct party_id){0});
    struct sheet *sheet = sheet_begin(db, memory, (struct instant){0}, 1, 0, 0);
    ensure(party.value != 0 && limits->floor.present);
    if (!sheet)
        return &out_of_memory;
    const struct problem *problem = sheet_open(sheet, &key, 1);
    if (problem)
        return problem;
    struct ledger_account_row *account = sheet_account(sheet, &key);
    account->floor_minor = limits->floor;
    struct ledger_account_limits row = {.id = account->id,
                                        .floor_minor = limits->floor,
                                        .ceiling_minor = limits->ceiling,
                                        .daily_minor = limits->daily,
                                        .owed_minor = account_owed(account)};
    return ledger_account_limit(db, memory, &row);
}
