/*
 * Personal offers made, answered and agreed.
 *
 * Must not know: HTTP. Read next: core/deal.h, convert.c for where the rates count.
 */
#include "modules/referrals/personal/personal.h"

#include "base/ids.h"
#include "modules/referrals/personal/delivery.h"
#include "modules/referrals/personal/personal.shapes.h"
#include "modules/referrals/personal/queries.h"
#include "modules/referrals/personal/rows.h"
#include "modules/referrals/partner.h"

enum { WHOLE = 10000 /* basis points */, AUDIT_PAGE = 200 };

const struct problem personal_nothing = {"referrals.personal_nothing", 422, FAULT_CLIENT, false};
const struct problem personal_standing = {"referrals.personal_standing", 409, FAULT_CLIENT, false};
const struct problem personal_too_soon = {"referrals.personal_too_soon", 409, FAULT_CLIENT, false};
const struct problem personal_too_many = {"referrals.personal_too_many", 409, FAULT_CLIENT, true};
const struct problem personal_no_percent = {"referrals.personal_no_percent", 409, FAULT_CLIENT,
                                            false};
const struct problem personal_unwanted = {"referrals.personal_unwanted", 409, FAULT_CLIENT, false};
const struct problem personal_too_much = {"referrals.personal_too_much", 422, FAULT_CLIENT, false};
const struct problem personal_not_active = {"referrals.personal_not_active", 409, FAULT_CLIENT,
                                            false};

/* ---- the fee ---------------------------------------------------------------------------------- */

enum { BUSINESS, PERSON }; /* parties of the posting */

const struct posting_template personal_fee_posting = {
    .name = "referrals.fee",
    .parties = {"business", "partner"},
    .amounts = {"fee"},
    .legs = {{{ACCOUNT_WALLET, BUSINESS}, {ACCOUNT_SALE, LEDGER_PLATFORM}, 0, "referrals.leg.fee"},
             {{ACCOUNT_SALE, LEDGER_PLATFORM},
              {ACCOUNT_EARNINGS, PERSON},
              0,
              "referrals.leg.fee_share"}},
    .count = 2,
};

static const struct problem *set_aside(const struct move *move, struct party_id business,
                                       struct money fee, struct hold_id *out)
{
    out->value = 0;
    return fee.minor == 0 ? NULL
                          : ledger_hold(move->db, move->memory, business, ACCOUNT_WALLET, fee,
                                        move->subject, move->at, (struct instant){0}, out);
}

static const struct problem *give_back(const struct move *move, const struct personal_row *offer)
{
    return offer->hold.value ? ledger_hold_void(move->db, move->memory, offer->hold) : NULL;
}

const struct problem *personal_pay(struct database *db, struct memory *memory,
                                   const struct personal_row *offer, struct hold_id hold,
                                   struct instant at)
{
    struct posting posting = {
        .template = &personal_fee_posting, .subject = offer->deal.value, .at = at};
    struct posting_id id;
    posting.parties[BUSINESS] = offer->buyer;
    posting.parties[PERSON] = offer->supplier;
    posting.amounts[0] = offer->price;
    if (offer->price.minor == 0)
        return NULL;
    return hold.value ? ledger_hold_post(db, memory, hold, &posting, &id)
                      : ledger_post(db, memory, &posting, &id);
}

/* At once, or set aside until a post is delivered. */
static const struct problem *pay(const struct move *move, const struct personal_row *offer)
{
    struct personal_delivery delivery;
    const struct problem *problem =
        personal_delivery(move->db, move->memory, offer->deal, &delivery);
    if (!problem && !delivery.on_post)
        return personal_pay(move->db, move->memory, offer, offer->hold, move->at);
    if (!problem)
        problem = give_back(move, offer);
    return problem || offer->price.minor == 0 ? problem : personal_delivery_agree(move, offer);
}

/* ---- the states ------------------------------------------------------------------------------- */

static const struct problem *personal_of(const struct move *move, struct personal_row *out)
{
    return personal_by_id(move->db, move->memory, (struct deal_id){move->subject}, out);
}

/* Between offer and agreement partners leave and programs end. */
static const struct problem *guard_active(struct move *move)
{
    struct personal_row offer;
    struct personal_to to;
    const struct problem *problem = personal_of(move, &offer);
    if (!problem)
        problem = personal_to_partner(move->db, move->memory, offer.partner, &to);
    if (problem)
        return problem;
    return to.takes_part ? NULL : &personal_not_active;
}

static const struct problem *effect_agree(struct move *move)
{
    struct personal_row offer;
    const struct problem *problem = personal_of(move, &offer);
    struct referrals_joining_in joining = {.program = offer.program,
                                           .person = offer.supplier,
                                           .by = text_of(""),
                                           .code = text_of(""),
                                           .at = move->at};
    if (!problem)
        problem = referrals_take_up(move->db, move->memory, move->by, move->actor, &joining);
    if (!problem)
        problem = pay(move, &offer);
    if (problem || offer.levels == 0)
        return problem;
    struct agreed_row agreed = {offer.partner, offer.deal,    offer.levels,
                                offer.level_1, offer.level_2, offer.level_3};
    return personal_agreed_keep(move->db, move->memory, &agreed);
}

static const struct problem *effect_free(struct move *move)
{
    struct personal_row offer;
    const struct problem *problem = personal_of(move, &offer);
    return problem ? problem : give_back(move, &offer);
}

/* One offer waits at a time, so the invitation of whoever was invited by it ends with it. */
static const struct problem *effect_end(struct move *move)
{
    struct personal_row offer;
    const struct problem *problem = personal_of(move, &offer);
    if (!problem)
        problem = give_back(move, &offer);
    return problem ? problem
                   : referrals_end_invitation(move->db, move->memory, move->by, move->actor,
                                              offer.partner, move->at);
}

/* Nobody has promised what the partner wants, so nothing is set aside for it. */
static const struct problem *effect_counter(struct move *move)
{
    const struct personal_terms *terms = move->context;
    struct personal_wanted wanted = {{move->subject},  terms->count,     terms->levels[0],
                                     terms->levels[1], terms->levels[2], terms->words};
    struct personal_hit hit;
    const struct problem *problem = effect_free(move);
    if (!problem)
        problem = deal_price(move, terms->fee);
    return problem ? problem : personal_counter_keep(move->db, move->memory, &wanted, &hit);
}

static const struct flow_move moves[] = {
    {PERSONAL_OFFERED, PERSONAL_ACCEPT, BY_SUPPLIER, guard_active, effect_agree, PERSONAL_AGREED},
    {PERSONAL_OFFERED, PERSONAL_REFUSE, BY_SUPPLIER, NULL, effect_end, PERSONAL_REFUSED},
    {PERSONAL_OFFERED, PERSONAL_COUNTER, BY_SUPPLIER, guard_active, effect_counter,
     PERSONAL_COUNTERED},
    {PERSONAL_OFFERED, PERSONAL_WITHDRAW, BY_BUYER, NULL, effect_end, PERSONAL_WITHDRAWN},
    {PERSONAL_OFFERED, PERSONAL_LAPSE, BY_TIMER, NULL, effect_end, PERSONAL_LAPSED},
    {PERSONAL_COUNTERED, PERSONAL_TAKE, BY_BUYER, guard_active, effect_agree, PERSONAL_AGREED},
    {PERSONAL_COUNTERED, PERSONAL_DECLINE, BY_BUYER, NULL, effect_end, PERSONAL_DECLINED},
    {PERSONAL_COUNTERED, PERSONAL_REFUSE, BY_SUPPLIER, NULL, effect_end, PERSONAL_REFUSED},
    {PERSONAL_COUNTERED, PERSONAL_LAPSE, BY_TIMER, NULL, effect_end, PERSONAL_LAPSED},
};
const struct flow personal_flow = {
    .name = "referrals.offer",
    .states = &personal_state_words,
    .events = &personal_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = PERSONAL_OFFERED,
    .table = &core_deal_table,
};

/* ---- making one ------------------------------------------------------------------------------- */

/* Rates of one's own go in place of a percentage of orders, so there has to be one. */
static const struct problem *pays_percent(const struct move *move, struct program_id id)
{
    struct program_row program;
    struct program_rules rules;
    const struct problem *problem = program_find(move->db, move->memory, id, &program);
    if (!problem)
        problem = program_rules_of(move->db, move->memory, id, program.version, &rules);
    for (size_t i = 0; !problem && i < rules.rules.count; i++) {
        if (rules.rules.items[i].trigger == TRIGGER_ORDER &&
            rules.rules.items[i].benefit == BENEFIT_PERCENT)
            return NULL;
    }
    return problem ? problem : &personal_no_percent;
}

static const struct problem *check_terms(const struct move *move, struct program_id program,
                                         const struct personal_terms *terms)
{
    int64_t sum = terms->levels[0] + terms->levels[1] + terms->levels[2];
    if (terms->count == 0 && terms->fee.minor == 0)
        return &personal_nothing;
    if (sum > WHOLE)
        return &personal_too_much;
    return terms->count ? pays_percent(move, program) : NULL;
}

/* One at a time, none soon after a refusal, and not to everybody at once. */
static const struct problem *check_manners(const struct move *move,
                                           const struct personal_making *making)
{
    struct personal_count standing, refused, made;
    const struct problem *problem =
        personal_open_to(move->db, move->memory, making->partner, &standing);
    if (!problem)
        problem = personal_last_refused(move->db, move->memory, making->partner,
                                        instant_add(move->at, -PERSONAL_QUIET * DAY), &refused);
    if (!problem)
        problem = personal_made_since(move->db, move->memory, making->program,
                                      id_first_at(instant_add(move->at, -DAY)), &made);
    if (problem)
        return problem;
    if (standing.number)
        return &personal_standing;
    if (refused.number)
        return &personal_too_soon;
    return made.number >= PERSONAL_A_DAY ? &personal_too_many : NULL;
}

static const struct problem *keep(struct move *move, const struct personal_making *making,
                                  const struct personal_to *to)
{
    const struct personal_terms *terms = &making->terms;
    struct deal_id deal;
    const struct problem *problem =
        deal_begin(move, making->partner.value, (struct maybe_call_id){.present = false},
                   terms->fee, to->person, making->business, &deal);
    struct personal_new row = {.deal = deal,
                               .partner = making->partner,
                               .program = making->program,
                               .levels = terms->count,
                               .level_1 = terms->levels[0],
                               .level_2 = terms->levels[1],
                               .level_3 = terms->levels[2],
                               .message = terms->words,
                               .until = instant_add(move->at, making->days * DAY)};
    if (!problem)
        problem = set_aside(move, making->business, terms->fee, &row.hold);
    if (!problem)
        problem = personal_insert(move->db, move->memory, &row);
    if (!problem && terms->on_post)
        problem = personal_delivery_begin(move->db, move->memory, deal, making->partner);
    return problem ? problem
                   : flow_remind(move->db, move->memory, &personal_flow, deal.value, PERSONAL_LAPSE,
                                 row.until);
}

const struct problem *personal_make(struct move *move, const struct personal_making *making)
{
    struct personal_to to;
    const struct problem *problem =
        personal_to_partner(move->db, move->memory, making->partner, &to);
    if (!problem &&
        (to.business.value != making->business.value || to.program.value != making->program.value))
        problem = &not_found;
    if (!problem && !to.takes_part)
        problem = &personal_not_active;
    if (!problem && to.wants_none)
        problem = &personal_unwanted;
    if (!problem)
        problem = check_terms(move, making->program, &making->terms);
    if (!problem)
        problem = check_manners(move, making);
    return problem ? problem : keep(move, making, &to);
}

const struct problem *personal_find(struct database *db, struct memory *memory, struct deal_id deal,
                                    struct personal_row *out)
{
    return personal_by_id(db, memory, deal, out);
}

/* ---- answering -------------------------------------------------------------------------------- */

const struct problem *personal_answer(struct move *move, struct referrals_partner_id partner,
                                      struct party_id side, struct personal_terms *terms)
{
    struct personal_row offer;
    const struct problem *problem = personal_of_side(
        move->db, move->memory, (struct deal_id){move->subject}, partner, side, &offer);
    if (!problem && terms)
        problem = check_terms(move, offer.program, terms);
    if (problem)
        return problem;
    move->context = terms;
    return flow_move(move);
}

const struct problem *personal_agreed(struct database *db, struct memory *memory,
                                      struct referrals_partner_id partner,
                                      struct program_level levels[PERSONAL_LEVELS], size_t *count)
{
    struct agreed_row row;
    const struct problem *problem = personal_agreed_of(db, memory, partner, &row);
    *count = 0;
    if (problem)
        return problem == &not_found ? NULL : problem;
    *count = (size_t)row.levels;
    levels[0].part = row.level_1;
    levels[1].part = row.level_2;
    levels[2].part = row.level_3;
    return NULL;
}

/* ---- the audit -------------------------------------------------------------------------------- */

static const struct problem *compare(struct audit_voice *voice, const char *what,
                                     const struct personal_audit_row_list *rows, int64_t *after,
                                     size_t *count)
{
    *count = rows->count;
    for (size_t i = 0; i < rows->count; i++) {
        const struct personal_audit_row *row = &rows->items[i];
        audit_compare(voice, "del", row->deal.value, what, row->due_minor, row->held_minor);
        *after = row->deal.value;
    }
    return NULL;
}

const struct problem *personal_audit(struct audit_voice *voice, struct database *db,
                                     struct memory *page, int64_t *after, size_t *count)
{
    struct personal_audit_row_list rows = {NULL, 0};
    const struct problem *problem = personal_audit_rows(db, page, *after, AUDIT_PAGE, &rows);
    return problem ? problem
                   : compare(voice, "the fee set aside for an offer", &rows, after, count);
}

const struct problem *personal_fees_audit(struct audit_voice *voice, struct database *db,
                                          struct memory *page, int64_t *after, size_t *count)
{
    struct personal_audit_row_list rows = {NULL, 0};
    const struct problem *problem = personal_audit_fees(db, page, *after, AUDIT_PAGE, &rows);
    return problem ? problem : compare(voice, "the fee due with a post", &rows, after, count);
}
