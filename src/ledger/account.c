/*
 * What may be done to one account. Pure.
 *
 * Must not know: rows elsewhere, why money moves. Read next: ledger/sheet.c.
 */
#include "ledger/account.h"

#include "base/clock.h"
#include "base/log.h"

const struct problem ledger_not_enough = {"ledger.not_enough", 402, FAULT_CLIENT, false};
const struct problem ledger_daily_limit = {"ledger.daily_limit", 409, FAULT_CLIENT, false};
const struct problem ledger_ceiling = {"ledger.ceiling", 409, FAULT_CLIENT, false};
const struct problem ledger_out_of_range = {"ledger.out_of_range", 409, FAULT_CLIENT, false};

static int64_t free_of(const struct ledger_account_row *account)
{
    return account->balance_minor - account->held_minor;
}

int64_t account_owed(const struct ledger_account_row *account)
{
    int64_t free = free_of(account);
    bool below = account->floor_minor.present && free < account->floor_minor.value;
    return below ? account->floor_minor.value - free : 0;
}

/* Counts what leaves against the limit of its day. */
static const struct problem *count_out(struct ledger_account_row *account, int64_t minor,
                                       struct instant at)
{
    int64_t day = at.ms / DAY;
    int64_t left = day > account->out_day ? 0 : account->out_minor;
    if (!account->daily_minor.present)
        return NULL;
    if (minor > account->daily_minor.value - left)
        return &ledger_daily_limit;
    account->out_minor = left + minor;
    account->out_day = day > account->out_day ? day : account->out_day;
    return NULL;
}

const struct problem *account_take(struct ledger_account_row *account, int64_t minor,
                                   enum taking how, struct instant at)
{
    ensure(minor > 0 && minor <= MONEY_MAX);
    if (account->balance_minor - minor < -MONEY_MAX)
        return &ledger_out_of_range;
    if (how == TAKING_SPENDS) {
        if (account->floor_minor.present && free_of(account) - minor < account->floor_minor.value)
            return &ledger_not_enough;
        const struct problem *problem = count_out(account, minor, at);
        if (problem)
            return problem;
    }
    account->balance_minor -= minor;
    account->owed_minor = account_owed(account);
    return NULL;
}

const struct problem *account_give(struct ledger_account_row *account, int64_t minor,
                                   enum taking how)
{
    ensure(minor > 0 && minor <= MONEY_MAX);
    if (account->balance_minor > MONEY_MAX - minor)
        return &ledger_out_of_range;
    if (how == TAKING_SPENDS && account->ceiling_minor.present &&
        account->balance_minor + minor > account->ceiling_minor.value)
        return &ledger_ceiling;
    account->balance_minor += minor;
    account->owed_minor = account_owed(account);
    return NULL;
}

const struct problem *account_reserve(struct ledger_account_row *account, int64_t minor)
{
    ensure(minor > 0 && minor <= MONEY_MAX);
    if (account->held_minor > MONEY_MAX - minor)
        return &ledger_out_of_range;
    if (account->floor_minor.present && free_of(account) - minor < account->floor_minor.value)
        return &ledger_not_enough;
    account->held_minor += minor;
    return NULL;
}

const struct problem *account_release(struct ledger_account_row *account, int64_t minor)
{
    if (account->held_minor < minor)
        return &our_fault;
    account->held_minor -= minor;
    account->owed_minor = account_owed(account);
    return NULL;
}
