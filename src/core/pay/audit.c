/*
 * What the books must say about payments and payouts.
 *
 * Must not know: how they are posted; it compares rows. Read next: ledger/audit.c.
 */
#include <stdio.h>

#include "base/ids.h"
#include "core/pay/parts.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"

/* One pay_audit(). */
struct auditing {
    const struct ledger_audit_listener *listener;
    int64_t *discrepancies;
};

static void say(struct auditing *auditing, const char *line)
{
    ++*auditing->discrepancies;
    auditing->listener->hear(auditing->listener->context, line);
}

static const struct problem *check_payments(void *auditing, struct database *db,
                                            struct memory *page, int64_t *after, size_t *count)
{
    struct pay_odd_payment_list list = {NULL, 0};
    const struct problem *problem = pay_odd_payments(db, page, (struct payment_id){*after}, &list);
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        char line[160];
        (void)snprintf(line, sizeof line, "payment %s: is %.*s, and its postings say otherwise",
                       id_text("pay", list.items[i].id.value).text, TEXT_ARGS(list.items[i].state));
        say(auditing, line);
        *after = list.items[i].id.value;
    }
    return problem;
}

static const struct problem *check_payouts(void *auditing, struct database *db, struct memory *page,
                                           int64_t *after, size_t *count)
{
    struct pay_odd_account_list list = {NULL, 0};
    const struct problem *problem =
        pay_payout_accounts(db, page, (struct account_id){*after}, &list);
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        const struct pay_odd_account *account = &list.items[i];
        *after = account->id.value;
        if (account->balance_minor == account->open_minor)
            continue;
        char line[160];
        (void)snprintf(line, sizeof line,
                       "account %s (payouts): balance %lld, payouts under way say %lld",
                       id_text("acc", account->id.value).text, (long long)account->balance_minor,
                       (long long)account->open_minor);
        say(auditing, line);
    }
    return problem;
}

static const struct problem *run(struct database *db, struct memory *memory, void *context)
{
    const struct problem *problem = ledger_audit_pages(db, memory, check_payments, context);
    return problem ? problem : ledger_audit_pages(db, memory, check_payouts, context);
}

const struct problem *pay_audit(struct database *db, struct memory *memory,
                                const struct ledger_audit_listener *listener,
                                int64_t *discrepancies)
{
    struct auditing auditing = {listener, discrepancies};
    *discrepancies = 0;
    return store_read(db, memory, run, &auditing);
}
