/*
 * Corrections: a posting turned round, in full or part, and with it whatever shared its money on.
 *
 * Must not know: why something is taken back. Read next: ledger/post.c.
 */
#include "base/log.h"
#include "ledger/post.h"
#include "ledger/queries.h"

const struct problem ledger_is_correction = {"ledger.is_correction", 409, FAULT_CLIENT, false};
const struct problem ledger_nothing_left = {"ledger.nothing_left", 409, FAULT_CLIENT, false};
const struct problem ledger_more_than_left = {"ledger.more_than_left", 409, FAULT_CLIENT, false};

enum { DEPTH_MAX = 16 /* postings that follow each other */ };

static int64_t left_of(const struct ledger_leg_left *leg)
{
    return leg->amount.minor - leg->back_minor;
}

static bool passes_on(const struct ledger_leg_left *leg)
{
    return leg->from_purpose == ACCOUNT_SALE;
}

/* part x left / whole, rounded down; the part is at most the whole. */
static int64_t share_of(int64_t left, int64_t part, int64_t whole)
{
    return (int64_t)((__int128)left * part / whole);
}

/* How much of each leg comes back when `minor` of the first does. */
static void divide(const struct ledger_leg_left_list *legs, int64_t minor,
                   int64_t parts[POSTING_ALL])
{
    int64_t whole = left_of(&legs->items[0]);
    int64_t rest = 0; /* what came into a sale and did not leave it yet */
    for (size_t i = 0; i < legs->count; i++) {
        parts[i] = share_of(left_of(&legs->items[i]), minor, whole);
        rest += legs->items[i].to_purpose == ACCOUNT_SALE ? parts[i] : 0;
        rest -= passes_on(&legs->items[i]) ? parts[i] : 0;
    }
    for (size_t i = 1; rest > 0 && i < legs->count; i++) {
        if (passes_on(&legs->items[i]) && parts[i] < left_of(&legs->items[i])) {
            parts[i]++;
            rest--;
        }
    }
}

/* The legs turned round, the last first, so that what passed through a sale is there again. */
static size_t turn_round(const struct ledger_leg_left_list *legs, const int64_t parts[POSTING_ALL],
                         struct post_leg out[POSTING_ALL])
{
    size_t count = 0;
    for (size_t i = legs->count; i-- > 0;) {
        const struct ledger_leg_left *leg = &legs->items[i];
        if (parts[i] == 0)
            continue;
        out[count++] = (struct post_leg){
            .from = post_key(leg->to_party, leg->to_purpose, &leg->amount.currency, leg->issuer),
            .to = post_key(leg->from_party, leg->from_purpose, &leg->amount.currency, leg->issuer),
            .amount = {parts[i], leg->amount.currency},
            .reason = text_of("ledger.leg.back"),
            .corrects = {true, leg->id},
        };
    }
    return count;
}

static const struct problem *reverse_one(struct database *db, struct memory *memory,
                                         const struct ledger_reversal *reversal,
                                         const struct ledger_posting_row *posting,
                                         const struct ledger_leg_left_list *legs, int64_t minor,
                                         struct posting_id *out)
{
    int64_t parts[POSTING_ALL];
    struct post_leg turned[POSTING_ALL];
    struct post_head head = {.template = reversal->template,
                             .subject = posting->subject,
                             .corrects = {true, posting->id},
                             .how = TAKING_CORRECTS};
    divide(legs, minor, parts);
    size_t count = turn_round(legs, parts, turned);
    struct sheet *sheet = post_sheet(db, memory, reversal->at, count);
    if (!sheet)
        return &out_of_memory;
    size_t place;
    const struct problem *problem = post_open(sheet, turned, count);
    if (!problem)
        problem = post_on(sheet, &head, turned, count, &place);
    return problem ? problem : sheet_write_one(sheet, place, out);
}

/* All postings that share on what `posting` brought, by the part of `part` in `whole`. */
static const struct problem *reverse_followers(struct database *db, struct memory *memory,
                                               const struct ledger_reversal *reversal,
                                               struct posting_id posting, int64_t part,
                                               int64_t whole, int depth)
{
    struct ledger_posting_row_list followers;
    const struct problem *problem = ledger_posting_followers(db, memory, posting, &followers);
    ensure(depth < DEPTH_MAX);
    for (size_t i = 0; !problem && i < followers.count; i++) {
        const struct ledger_posting_row *follower = &followers.items[i];
        struct ledger_leg_left_list legs;
        struct posting_id made;
        problem = ledger_legs_left(db, memory, follower->id, &legs);
        if (problem || legs.count == 0)
            continue;
        int64_t left = left_of(&legs.items[0]);
        int64_t minor = share_of(left, part, whole);
        if (minor == 0)
            continue;
        problem = reverse_one(db, memory, reversal, follower, &legs, minor, &made);
        if (!problem)
            problem = reverse_followers(db, memory, reversal, follower->id, minor, left, depth + 1);
    }
    return problem;
}

const struct problem *ledger_reverse(struct database *db, struct memory *memory,
                                     const struct ledger_reversal *reversal, struct posting_id *out)
{
    struct ledger_posting_row posting;
    struct ledger_leg_left_list legs;
    const struct problem *problem = ledger_posting_find(db, memory, reversal->posting, &posting);
    if (!problem && posting.corrects.present)
        return &ledger_is_correction;
    if (!problem)
        problem = ledger_legs_left(db, memory, posting.id, &legs);
    if (problem)
        return problem;
    int64_t left = legs.count ? left_of(&legs.items[0]) : 0;
    int64_t minor = reversal->amount.minor;
    ensure(minor > 0 && legs.count <= POSTING_ALL);
    if (left == 0)
        return &ledger_nothing_left;
    if (!currency_equal(reversal->amount.currency, legs.items[0].amount.currency))
        return &ledger_wrong_currency;
    if (minor > left)
        return &ledger_more_than_left;
    problem = reverse_one(db, memory, reversal, &posting, &legs, minor, out);
    return problem ? problem : reverse_followers(db, memory, reversal, posting.id, minor, left, 0);
}

const struct problem *ledger_left(struct database *db, struct memory *memory,
                                  struct posting_id posting, struct money *out)
{
    struct ledger_leg_left_list legs;
    const struct problem *problem = ledger_legs_left(db, memory, posting, &legs);
    if (problem)
        return problem;
    if (legs.count == 0)
        return &not_found;
    *out = (struct money){left_of(&legs.items[0]), legs.items[0].amount.currency};
    return NULL;
}
