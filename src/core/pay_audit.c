/*
 * What the books must say about payments and payouts.
 *
 * Must not know: how they are posted; it compares rows. Read next: ledger/audit.c.
 */
#include <stdio.h>

#include "base/ids.h"
#include "core/pay_parts.h"
#include "core/pay_queries.h"
#include "core/pay_rows.h"

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

static const struct problem *check_payments(struct auditing *auditing, struct database *db,
                                            struct memory *page, struct payment_id *after,
                                            size_t *count)
{
    struct pay_odd_payment_list list = {NULL, 0};
    const struct problem *problem = pay_odd_payments(db, page, *after, &list);
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        char line[160];
        (void)snprintf(line, sizeof line, "payment %s: is %.*s, and its postings say otherwise",
                       id_text("pay", list.items[i].id.value).text, TEXT_ARGS(list.items[i].state));
        say(auditing, line);
        *after = list.items[i].id;
    }
    return problem;
}

static const struct problem *check_payouts(struct auditing *auditing, struct database *db,
                                           struct memory *page, struct account_id *after,
                                           size_t *count)
{
    struct pay_odd_account_list list = {NULL, 0};
    const struct problem *problem = pay_payout_accounts(db, page, *after, &list);
    *count = list.count;
    for (size_t i = 0; !problem && i < list.count; i++) {
        const struct pay_odd_account *account = &list.items[i];
        *after = account->id;
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
    struct payment_id payment = {0};
    struct account_id account = {0};
    size_t payments = 1;
    size_t accounts = 1;
    while (payments > 0 || accounts > 0) {
        struct memory *page = memory_scratch(memory);
        const struct problem *problem = page ? NULL : &out_of_memory;
        if (!problem && payments > 0)
            problem = check_payments(context, db, page, &payment, &payments);
        if (!problem && accounts > 0)
            problem = check_payouts(context, db, page, &account, &accounts);
        memory_end(page);
        if (problem)
            return problem;
    }
    return NULL;
}

const struct problem *pay_audit(struct database *db, struct memory *memory,
                                const struct ledger_audit_listener *listener,
                                int64_t *discrepancies)
{
    struct auditing auditing = {listener, discrepancies};
    *discrepancies = 0;
    return store_read(db, memory, run, &auditing);
}
