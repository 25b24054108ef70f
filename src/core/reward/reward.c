/*
 * Gives units, takes them for what is bought, takes a use back; ends them and tells before.
 *
 * Each is one write: what moves in the books, what was said about it, the key it was asked with, the mail.
 * Must not know: pages, how ends are kept. Read next: ledger/promise.h.
 */
#include "core/reward/reward.h"

#include <stdio.h>

#include "base/ids.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/mail/mail.h"
#include "core/people/party.h"
#include "core/reward/parts.h"
#include "core/reward/queries.h"
#include "core/reward/rows.h"

struct currency reward_unit(enum promise_kind kind)
{
    if (kind == PROMISE_POINTS)
        return currency_points;
    if (kind == PROMISE_TICKETS)
        return currency_tickets;
    return setting_currency("site.currency");
}

enum promise_kind reward_kind(struct currency unit)
{
    if (currency_equal(unit, currency_points))
        return PROMISE_POINTS;
    return currency_equal(unit, currency_tickets) ? PROMISE_TICKETS : PROMISE_CREDIT;
}

/* ---- doing ------------------------------------------------------------------------------------ */

struct promise_move reward_move(const struct reward_act *act)
{
    return (struct promise_move){
        .issuer = act->issuer,
        .party = act->party,
        .units = act->units,
        .subject = act->party.value,
        .reason = act->what == REWARD_GIVEN ? "reward.leg.given" : "reward.leg.used",
        .at = act->at,
    };
}

static const struct problem *give_or_use(struct database *db, struct memory *memory,
                                         struct reward_act *act)
{
    struct promise_move move = reward_move(act);
    act->paid.present = act->price.present;
    if (act->what == REWARD_GIVEN)
        return promise_grant(db, memory, &move, &act->posting);
    if (!act->price.present)
        return promise_use(db, memory, &move, &act->posting);
    return promise_pay(db, memory, &move, act->price.value, &act->paid.value, &act->posting);
}

/* All that is left of the use comes back to whose it was. */
static const struct problem *take_back(struct database *db, struct memory *memory,
                                       struct reward_act *act)
{
    struct reward_row use;
    struct ledger_reversal reversal = {
        .posting = act->use.value, .template = text_of("promise.returned"), .at = act->at};
    const struct problem *problem = reward_of_issuer(db, memory, act->use.value, act->issuer, &use);
    if (!problem && use.what != REWARD_USED)
        problem = &not_found;
    if (!problem)
        problem = ledger_left(db, memory, act->use.value, &reversal.amount);
    if (!problem && reversal.amount.minor == 0)
        problem = &ledger_nothing_left;
    if (problem)
        return problem;
    act->party = use.party;
    act->units = reversal.amount;
    act->price = use.price;
    act->paid = use.paid;
    return ledger_reverse(db, memory, &reversal, &act->posting);
}

static const struct problem *answer_again(struct database *db, struct memory *memory,
                                          struct reward_act *act, int64_t posting)
{
    struct reward_row row;
    act->posting.value = posting;
    const struct problem *problem = reward_of_issuer(db, memory, act->posting, act->issuer, &row);
    if (problem)
        return problem;
    act->party = row.party;
    act->units = row.units;
    act->price = row.price;
    act->paid = row.paid;
    return NULL;
}

struct text reward_fingerprint(struct memory *memory, const struct reward_act *act)
{
    return text_format(
        memory, "reward %d %lld %lld %lld %s %lld %s %lld %.*s", (int)act->what,
        (long long)act->issuer.value, (long long)act->party.value, (long long)act->units.minor,
        act->units.currency.code, (long long)(act->price.present ? act->price.value.minor : -1),
        act->price.present ? act->price.value.currency.code : "",
        (long long)(act->use.present ? act->use.value.value : 0), TEXT_ARGS(act->note));
}

const struct problem *reward_keep(struct database *db, struct memory *memory,
                                  const struct reward_act *act)
{
    struct reward_row row = {.posting = act->posting,
                             .issuer = act->issuer,
                             .party = act->party,
                             .actor = act->actor,
                             .what = act->what,
                             .units = act->units,
                             .price = act->price,
                             .paid = act->paid,
                             .note = act->note,
                             .corrects = act->use,
                             .at = act->at};
    return reward_insert(db, memory, &row);
}

/* `context` is what was asked for; what is filled goes into a copy, so that it can be run again. */
struct acting {
    const struct reward_act *asked;
    struct reward_act done;
};

static const struct problem *work(struct database *db, struct memory *memory, void *context)
{
    struct acting *acting = context;
    struct reward_act *act = &acting->done;
    int64_t before;
    *act = *acting->asked;
    struct text content = reward_fingerprint(memory, act);
    const struct problem *problem =
        content.data ? ledger_once(db, memory, act->actor, act->once, content, act->at, &before)
                     : &out_of_memory;
    if (problem || before)
        return problem ? problem : answer_again(db, memory, act, before);
    problem =
        act->what == REWARD_RETURNED ? take_back(db, memory, act) : give_or_use(db, memory, act);
    if (!problem)
        problem = reward_keep(db, memory, act);
    return problem ? problem
                   : ledger_once_result(db, memory, act->actor, act->once, act->posting.value);
}

const struct problem *reward_make(struct store *store, struct memory *memory,
                                  struct reward_act *act)
{
    const struct reward_act asked = *act;
    struct acting acting = {.asked = &asked};
    const struct problem *problem = store_write(store, memory, work, &acting);
    if (!problem)
        *act = acting.done;
    return problem;
}

/* ---- the clockwork ---------------------------------------------------------------------------- */

static const struct problem *end_units(struct database *db, struct memory *memory, void *context)
{
    return promise_end_due(db, memory, clock_now(), context);
}

/* What somebody is told, in the words of the kind. */
static const struct problem *write_to(struct database *db, struct memory *memory,
                                      const struct promise_telling *telling, struct instant at)
{
    static const char *const keys[] = {[PROMISE_POINTS] = "reward.mail.points",
                                       [PROMISE_TICKETS] = "reward.mail.tickets",
                                       [PROMISE_CREDIT] = "reward.mail.credit"};
    struct ledger_promise promise;
    struct party_row issuer;
    struct currency unit;
    struct money worth = {0};
    struct text site;
    ensure(currency_parse(telling->currency, &unit));
    const struct problem *problem = promise_find(db, memory, telling->issuer, unit, &promise);
    if (!problem)
        problem = party_find(db, memory, telling->issuer, &issuer);
    if (!problem)
        problem = mail_site(memory, &site);
    if (problem)
        return problem;
    struct text link = text_format(memory, "%.*s/me/rewards", TEXT_ARGS(site));
    if (!link.data)
        return &out_of_memory;
    (void)promise_worth(&promise, telling->units, &worth);
    const struct word_argument arguments[] = {
        {.name = "issuer", .kind = FIELD_TEXT, .text = issuer.name},
        {.name = "day", .kind = FIELD_INSTANT, .instant = reward_last_day(telling->until)},
        {.name = "link", .kind = FIELD_TEXT, .text = link},
        {.name = "count", .kind = FIELD_INTEGER, .integer = telling->units},
        {.name = "worth", .kind = FIELD_MONEY, .money = worth},
    };
    /* Tickets, the last of them left out, are worth nothing. */
    size_t count = promise.kind == PROMISE_TICKETS ? 4 : 5;
    problem = mail_send(db, memory, telling->party, keys[promise.kind], arguments, count, at);
    /* Whoever nobody can write to still has the units, and sees on the page when they end. */
    return problem == &not_found ? NULL : problem;
}

static const struct problem *tell_owners(struct database *db, struct memory *memory, void *context)
{
    struct promise_telling_list tellings;
    struct instant at = clock_now();
    int64_t *told = context;
    const struct problem *problem = promise_tell_due(db, memory, at, &tellings);
    *told = 1; /* what was marked is not due any more, even where nothing is left to tell of */
    for (size_t i = 0; !problem && i < tellings.count; i++)
        problem = write_to(db, memory, &tellings.items[i], at);
    return problem;
}

const struct problem *reward_tend(struct store *store, struct database *reader,
                                  struct memory *memory, struct instant at, int64_t *moved)
{
    bool due;
    struct reward_any to_tell;
    *moved = 0;
    const struct problem *problem = promise_any_due(reader, memory, at, &due);
    if (problem || due)
        return problem ? problem : store_write(store, memory, end_units, moved);
    problem = rewards_any_to_tell(reader, memory, at, &to_tell);
    if (problem || to_tell.number == 0)
        return problem;
    return store_write(store, memory, tell_owners, moved);
}

/* ---- the audit -------------------------------------------------------------------------------- */

static const struct problem *check_accounts(struct audit_voice *voice, struct database *db,
                                            struct memory *page, int64_t *after, size_t *count)
{
    struct reward_account_list list = {NULL, 0};
    const struct problem *problem =
        reward_odd_accounts(db, page, (struct account_id){*after}, &list);
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        audit_say(voice, "account %s: holds units (%.*s) for which nobody made rules",
                  id_text("acc", list.items[i].id.value).text, TEXT_ARGS(list.items[i].currency));
        *after = list.items[i].id.value;
    }
    return problem;
}

const struct problem *reward_audit(struct database *db, struct memory *memory,
                                   const struct ledger_audit_listener *listener,
                                   int64_t *discrepancies)
{
    static audit_page *const checks[] = {check_accounts};
    return audit_run(db, memory, ALL(checks), listener, discrepancies);
}
