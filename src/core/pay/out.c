/*
 * Money that people take out.
 *
 * What is asked for leaves the balance at once and lies in the person's payouts account until the bank
 * has carried it out; what is rejected, or taken back, returns by a posting that names the first as
 * corrected.
 * Must not know: pages, files for banks. Read next: core/pay/pain001.c.
 */
#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/event.h"
#include "core/pay/pain001.h"
#include "core/pay/parts.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"
#include "core/people/team.h"

const struct problem pay_bad_iban = {"pay.bad_iban", 422, FAULT_CLIENT, false};
const struct problem pay_below_minimum = {"pay.below_minimum", 422, FAULT_CLIENT, false};
const struct problem pay_no_bank = {"pay.no_bank", 409, FAULT_CLIENT, false};
const struct problem pay_no_reason = {"pay.no_reason", 422, FAULT_CLIENT, false};
const struct problem pay_own_payout = {"pay.own_payout", 409, FAULT_CLIENT, false};
const struct problem pay_other_currency = {"pay.other_currency", 422, FAULT_CLIENT, false};

enum { PERSON };

const struct posting_template payout_ask_posting = {
    .name = "core.payout.ask",
    .parties = {"person"},
    .amounts = {"amount"},
    .legs = {{{ACCOUNT_EARNINGS, PERSON}, {ACCOUNT_PAYOUTS, PERSON}, 0, "payout.leg.ask"}},
    .count = 1,
};
const struct posting_template payout_done_posting = {
    .name = "core.payout.done",
    .parties = {"person"},
    .amounts = {"amount"},
    .legs = {{{ACCOUNT_PAYOUTS, PERSON}, {ACCOUNT_WORLD, LEDGER_PLATFORM}, 0, "payout.leg.done"}},
    .count = 1,
};
const struct posting_template payout_rejected_posting = {
    .name = "core.payout.rejected",
    .parties = {"person"},
    .amounts = {"amount"},
    .legs = {{{ACCOUNT_PAYOUTS, PERSON}, {ACCOUNT_EARNINGS, PERSON}, 0, "payout.leg.rejected"}},
    .count = 1,
};
const struct posting_template payout_withdrawn_posting = {
    .name = "core.payout.withdrawn",
    .parties = {"person"},
    .amounts = {"amount"},
    .legs = {{{ACCOUNT_PAYOUTS, PERSON}, {ACCOUNT_EARNINGS, PERSON}, 0, "payout.leg.withdrawn"}},
    .count = 1,
};

static const struct problem *guard_reason(struct move *move)
{
    return text_empty(text_trim(move->note)) ? &pay_no_reason : NULL;
}

static const struct problem *post(const struct move *move, const struct payout_row *row,
                                  const struct posting_template *template,
                                  struct maybe_posting_id corrects)
{
    struct posting posting = {.template = template,
                              .parties = {row->party},
                              .amounts = {row->amount},
                              .subject = row->id.value,
                              .corrects = corrects,
                              .at = move->at};
    struct posting_id posted;
    return ledger_post(move->db, move->memory, &posting, &posted);
}

static const struct problem *effect_done(struct move *move)
{
    struct payout_row row;
    const struct problem *problem =
        payout_by_id(move->db, move->memory, (struct payout_id){move->subject}, &row);
    if (problem)
        return problem;
    return post(move, &row, &payout_done_posting, (struct maybe_posting_id){0});
}

static const struct problem *give_back(struct move *move, const struct posting_template *template)
{
    struct payout_row row;
    struct pay_posting_hit asked;
    const struct problem *problem =
        payout_by_id(move->db, move->memory, (struct payout_id){move->subject}, &row);
    if (!problem)
        problem = pay_posting_of(move->db, move->memory, move->subject,
                                 text_of(payout_ask_posting.name), &asked);
    if (problem)
        return problem == &not_found ? &our_fault : problem;
    return post(move, &row, template, (struct maybe_posting_id){true, asked.id});
}

static const struct problem *effect_reject(struct move *move)
{
    return give_back(move, &payout_rejected_posting);
}

static const struct problem *effect_withdraw(struct move *move)
{
    return give_back(move, &payout_withdrawn_posting);
}

/* Nobody decides about money for themselves. */
static const struct problem *guard_approve(struct move *move)
{
    struct payout_row row;
    const struct problem *problem =
        payout_by_id(move->db, move->memory, (struct payout_id){move->subject}, &row);
    return !problem && row.party.value == move->actor.value ? &pay_own_payout : problem;
}

static const struct flow_move moves[] = {
    {PAYOUT_ASKED, PAYOUT_APPROVE, BY_OPERATOR, guard_approve, NULL, PAYOUT_APPROVED},
    {PAYOUT_ASKED, PAYOUT_REJECT, BY_OPERATOR, guard_reason, effect_reject, PAYOUT_REJECTED},
    {PAYOUT_ASKED, PAYOUT_WITHDRAW, BY_SUPPLIER, NULL, effect_withdraw, PAYOUT_WITHDRAWN},
    {PAYOUT_APPROVED, PAYOUT_EXPORT, BY_OPERATOR, NULL, NULL, PAYOUT_SENT},
    {PAYOUT_APPROVED, PAYOUT_REJECT, BY_OPERATOR, guard_reason, effect_reject, PAYOUT_REJECTED},
    {PAYOUT_SENT, PAYOUT_CONFIRM, BY_OPERATOR, NULL, effect_done, PAYOUT_DONE},
    {PAYOUT_SENT, PAYOUT_REJECT, BY_OPERATOR, guard_reason, effect_reject, PAYOUT_REJECTED},
};

const struct flow payout_flow = {
    .name = "core.payout",
    .states = &payout_state_words,
    .events = &payout_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = PAYOUT_ASKED,
    .table = &core_payout_table,
};

const struct problem *pay_bank(struct database *db, struct memory *memory, struct party_id person,
                               struct bank_row *out)
{
    const struct problem *problem = bank_of(db, memory, person, out);
    return problem == &not_found ? &pay_no_bank : problem;
}

static const struct problem *check_amount(struct money amount)
{
    if (!text_is(setting_text("site.currency"), amount.currency.code))
        return &pay_other_currency;
    return amount.minor < setting_integer("pay.minimum") ? &pay_below_minimum : NULL;
}

static const struct problem *ask(struct move *move)
{
    struct payout_row *row = move->context;
    struct bank_row bank;
    const struct problem *problem = pay_bank(move->db, move->memory, row->party, &bank);
    if (!problem)
        problem = check_amount(row->amount);
    if (problem)
        return problem;
    row->id.value = move->subject;
    row->holder = bank.holder;
    row->iban = bank.iban;
    problem = payout_insert(move->db, move->memory, row);
    if (!problem)
        problem = post(move, row, &payout_ask_posting, (struct maybe_posting_id){0});
    return problem ? problem : flow_begin(move);
}

const struct problem *payout_begin(struct store *store, struct memory *memory,
                                   struct party_id person, struct money amount, struct text once,
                                   struct instant at, struct payout_id *out)
{
    ensure(amount.minor > 0 && amount.minor <= MONEY_MAX);
    struct payout_row row = {
        .party = person, .amount = amount, .state = PAYOUT_ASKED, .at = at, .moved = at};
    struct move move = {
        .flow = &payout_flow, .by = BY_SUPPLIER, .actor = person, .at = at, .context = &row};
    struct once key = {
        person, once,
        text_format(memory, "core.payout %lld %s", (long long)amount.minor, amount.currency.code)};
    const struct problem *problem = flow_once(store, memory, &move, &key, ask);
    if (!problem)
        out->value = move.subject;
    return problem;
}

static const struct problem *set_bank(struct database *db, struct memory *memory, void *context)
{
    const struct bank_row *bank = context;
    const struct problem *problem =
        bank_set(db, memory, bank->party, bank->holder, bank->iban, bank->at);
    if (problem)
        return problem;
    return event_emit(db, memory, "core.bank.set", bank->party.value, bank->party,
                      (struct text){"", 0}, bank->at);
}

const struct problem *payout_bank(struct store *store, struct memory *memory,
                                  struct party_id person, struct text holder, struct text iban,
                                  struct instant at)
{
    char checked[35];
    if (!iban_parse(iban, checked))
        return &pay_bad_iban;
    struct bank_row bank = {person, holder, text_of(checked), at};
    return store_write(store, memory, set_bank, &bank);
}

/* One payouts_export(). */
struct exporting {
    struct party_id actor;
    struct instant at;
    struct text *xml, *complaint;
};

/* What is written and what is marked is the same list, read in the same write. Where two see to money,
 * nobody writes what they approved themselves. */
static const struct problem *export(struct database *db, struct memory *memory, void *context)
{
    struct exporting *exporting = context;
    struct payout_row_list list;
    bool second = false;
    const struct problem *problem = team_has_second(db, memory, exporting->actor, &second);
    struct party_id besides = second ? exporting->actor : (struct party_id){0};
    if (!problem)
        problem = payouts_approved(db, memory, (struct payout_id){0}, besides, &list);
    if (problem)
        return problem;
    struct pain001 pain = pain001_begin(memory);
    for (size_t i = 0; !problem && i < list.count; i++) {
        if (!pain001_add(&pain, &list.items[i]))
            continue;
        struct move move = {.db = db,
                            .memory = memory,
                            .flow = &payout_flow,
                            .subject = list.items[i].id.value,
                            .event = PAYOUT_EXPORT,
                            .by = BY_OPERATOR,
                            .actor = exporting->actor,
                            .at = exporting->at};
        problem = flow_move(&move);
    }
    return problem ? problem
                   : pain001_end(&pain, exporting->at, exporting->xml, exporting->complaint);
}

const struct problem *payouts_export(struct store *store, struct memory *memory,
                                     struct party_id actor, struct instant at, struct text *xml,
                                     struct text *complaint)
{
    struct exporting exporting = {actor, at, xml, complaint};
    return store_write(store, memory, export, &exporting);
}
