/*
 * Money that businesses pay in.
 *
 * A payment is announced first; its money reaches the wallet when it is received, in the same write as
 * that word. Must not know: pages, what wallets are spent on. Read next: core/pay/out.c.
 */
#include <string.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/pay/parts.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"

const struct rail rail_test = {"test", "pay.rail.test", true};
const struct rail rail_bank = {"bank", "pay.rail.bank", false};

const struct problem pay_rail_off = {"pay.rail_off", 409, FAULT_CLIENT, false};

enum { ORGANISATION };

const struct posting_template payment_received_posting = {
    .name = "core.payment.received",
    .parties = {"organisation"},
    .amounts = {"amount"},
    .legs =
        {{{ACCOUNT_WORLD, LEDGER_PLATFORM}, {ACCOUNT_WALLET, ORGANISATION}, 0, "pay.leg.received"}},
    .count = 1,
};

const struct rail *rail_named(struct text name)
{
    if (text_is(name, rail_test.name))
        return &rail_test;
    return text_is(name, rail_bank.name) ? &rail_bank : NULL;
}

bool rail_open(const struct rail *rail)
{
    char iban[35];
    if (rail == &rail_test)
        return setting_flag("pay.test_rail");
    return iban_parse(setting_text("pay.debtor_iban"), iban);
}

/* Who pays in may say that the money came only where the rail itself confirms it. */
static const struct problem *guard_at_once(struct move *move)
{
    struct payment_row row;
    const struct problem *problem =
        payment_by_id(move->db, move->memory, (struct payment_id){move->subject}, &row);
    if (problem)
        return problem;
    const struct rail *rail = rail_named(row.rail);
    if (!rail || !rail->at_once)
        return &flow_not_by_you;
    return rail_open(rail) ? NULL : &pay_rail_off;
}

static const struct problem *effect_receive(struct move *move)
{
    struct payment_row row;
    const struct problem *problem =
        payment_by_id(move->db, move->memory, (struct payment_id){move->subject}, &row);
    if (problem)
        return problem;
    struct posting posting = {.template = &payment_received_posting,
                              .parties = {row.organisation},
                              .amounts = {row.amount},
                              .subject = move->subject,
                              .at = move->at};
    struct posting_id posted;
    return ledger_post(move->db, move->memory, &posting, &posted);
}

static const struct flow_move moves[] = {
    {PAYMENT_ANNOUNCED, PAYMENT_RECEIVE, BY_OPERATOR, NULL, effect_receive, PAYMENT_RECEIVED},
    {PAYMENT_ANNOUNCED, PAYMENT_RECEIVE, BY_BUYER, guard_at_once, effect_receive, PAYMENT_RECEIVED},
    {PAYMENT_ANNOUNCED, PAYMENT_CANCEL, BY_OPERATOR | BY_BUYER, NULL, NULL, PAYMENT_CANCELLED},
};

const struct flow payment_flow = {
    .name = "core.payment",
    .states = &payment_state_words,
    .events = &payment_event_words,
    .moves = moves,
    .count = sizeof moves / sizeof moves[0],
    .first = PAYMENT_ANNOUNCED,
    .table = &core_payment_table,
};

/* Short enough to be typed into a bank's form, and never the same twice. */
static struct text reference_of(struct memory *memory, struct payment_id id)
{
    char name[ID_TEXT_MAX];
    id_write(name, "CF", id.value);
    name[strlen("CF")] = '-';
    return text_copy(memory, text_of(name));
}

static const struct problem *announce(struct move *move)
{
    struct payment_row *row = move->context;
    const struct rail *rail = rail_named(row->rail);
    if (!rail_open(rail))
        return &pay_rail_off;
    row->id.value = move->subject;
    row->reference = reference_of(move->memory, row->id);
    if (!row->reference.data)
        return &out_of_memory;
    const struct problem *problem = payment_insert(move->db, move->memory, row);
    if (!problem)
        problem = flow_begin(move);
    if (!problem && rail->at_once)
        problem = flow_move(move);
    return problem;
}

const struct problem *payment_begin(struct store *store, struct memory *memory,
                                    const struct rail *rail, struct party_id organisation,
                                    struct party_id person, struct money amount, struct text once,
                                    struct instant at, struct payment_id *out)
{
    ensure(amount.minor > 0 && amount.minor <= MONEY_MAX);
    struct payment_row row = {.organisation = organisation,
                              .rail = text_of(rail->name),
                              .amount = amount,
                              .state = PAYMENT_ANNOUNCED,
                              .at = at,
                              .moved = at};
    struct move move = {.flow = &payment_flow,
                        .event = PAYMENT_RECEIVE,
                        .by = BY_BUYER,
                        .actor = person,
                        .at = at,
                        .context = &row};
    struct once key = {person, once,
                       text_format(memory, "core.payment %s %lld %lld %s", rail->name,
                                   (long long)organisation.value, (long long)amount.minor,
                                   amount.currency.code)};
    const struct problem *problem = flow_once(store, memory, &move, &key, announce);
    if (!problem)
        out->value = move.subject;
    return problem;
}
