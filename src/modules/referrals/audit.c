/*
 * The module's part of the audit: one list of what each topic checks of its own.
 *
 * Must not know: what is checked. Read next: modules/referrals/clicks/audit.c,
 * modules/referrals/coupons/coupon.h, modules/referrals/personal/personal.h.
 */
#include "modules/referrals/audit.h"

#include "modules/referrals/clicks/audit.h"
#include "modules/referrals/coupons/coupon.h"
#include "modules/referrals/hours/hours.h"
#include "modules/referrals/personal/personal.h"
#include "modules/referrals/posts/post.h"

const struct problem *referrals_audit(struct database *db, struct memory *memory,
                                      const struct ledger_audit_listener *listener,
                                      int64_t *discrepancies)
{
    static audit_page *const checks[] = {clicks_audit, landings_audit, coupon_audit,
                                         hours_audit,  personal_audit, personal_fees_audit,
                                         post_audit};
    return audit_run(db, memory, ALL(checks), listener, discrepancies);
}
