/*
 * What the books must say about payments and payouts.
 *
 * Must not know: how they are posted; it compares rows. Read next: ledger/audit.c.
 */
#include "base/ids.h"
#include "core/pay/parts.h"
#include "core/pay/queries.h"
#include "core/pay/rows.h"

static const struct problem *check_payments(struct audit_voice *voice, struct database *db,
                                            struct memory *page, int64_t *after, size_t *count)
{
    struct pay_odd_payment_list list = {NULL, 0};
    const struct problem *problem = pay_odd_payments(db, page, (struct payment_id){*after}, &list);
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        audit_say(voice, "payment %s: is %.*s, and its postings say otherwise",
                  id_text("pay", list.items[i].id.value).text, TEXT_ARGS(list.items[i].state));
        *after = list.items[i].id.value;
    }
    return problem;
}

static const struct problem *check_payouts(struct audit_voice *voice, struct database *db,
                                           struct memory *page, int64_t *after, size_t *count)
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
        audit_say(voice, "account %s (payouts): balance %lld, payouts under way say %lld",
                  id_text("acc", account->id.value).text, (long long)account->balance_minor,
                  (long long)account->open_minor);
    }
    return problem;
}

const struct problem *pay_audit(struct database *db, struct memory *memory,
                                const struct ledger_audit_listener *listener,
                                int64_t *discrepancies)
{
    static audit_page *const checks[] = {check_payments, check_payouts};
    return audit_run(db, memory, ALL(checks), listener, discrepancies);
}
