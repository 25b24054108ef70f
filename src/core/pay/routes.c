/*
 * The paths of money at the edges, and who may go there.
 */
#include "core/books/statement.h"
#include "core/pay/pages.shapes.h"
#include "core/pay/parts.h"

static const struct route routes[] = {
    {GET, "/biz/wallet", &core_wallet_show_handler, VIEWER, .page = "core/pay/pages/wallet.html",
     .api = "/api/v1/wallet", .summary = "A business's wallet: balance and what came and went"},
    {GET, "/biz/wallet/why/{posting}", &core_wallet_why_handler, VIEWER,
     .page = "core/pay/pages/wallet-why.html", .api = "/api/v1/wallet/postings/{posting}",
     .summary = "Why money of the wallet moved, transfer by transfer"},
    {GET, "/biz/wallet/statement", &core_wallet_statement_handler, VIEWER,
     .api = "/api/v1/wallet/statement", .sends = "application/jsonl", .rate = RATE_SLOW,
     .summary = "The wallet's statement of some days as a signed file"},
    {POST, "/biz/wallet/pay-in", &core_wallet_pay_in_handler, OWNER, .again = "/biz/wallet",
     .api = "/api/v1/wallet/payments", .rate = RATE_SLOW, .once = true,
     .summary = "Announces a payment into the wallet"},
    {GET, "/biz/wallet/payments/{payment}", &core_payment_show_handler, VIEWER,
     .page = "core/pay/pages/payment.html", .api = "/api/v1/wallet/payments/{payment}",
     .summary = "A payment and how to make it"},
    {POST, "/biz/wallet/payments/{payment}/cancel", &core_payment_call_off_handler, OWNER,
     .api = "/api/v1/wallet/payments/{payment}/cancel", .repeat = REPEAT_REFUSED,
     .summary = "Calls off an announced payment"},
    {GET, "/me/money", &core_money_show_handler, SIGNED_IN, .page = "core/pay/pages/money.html",
     .api = "/api/v1/me/payouts", .summary = "A person's payouts and what could be paid out"},
    {POST, "/me/money/account", &core_money_bank_handler, SIGNED_IN, .again = "/me/money",
     .api = "/api/v1/me/account", .repeat = REPEAT_SAME, .rate = RATE_SLOW, .proof = true,
     .summary = "Sets the account that a person is paid to"},
    {GET, "/me/money/lines", &core_statement_show_handler, SIGNED_IN,
     .page = "core/pay/pages/statement.html", .api = "/api/v1/me/money/lines",
     .summary = "What came and went in a person's balance, from every model"},
    {GET, "/me/money/statement", &core_statement_file_handler, SIGNED_IN,
     .api = "/api/v1/me/money/statement", .sends = "application/jsonl", .rate = RATE_SLOW,
     .summary = "The statement of some days of a person's balance as a signed file"},
    {GET, "/me/money/lines/{posting}", &core_statement_why_handler, SIGNED_IN,
     .page = "core/pay/pages/statement-why.html", .api = "/api/v1/me/money/lines/{posting}",
     .summary = "Why money of a person moved, transfer by transfer"},
    {POST, "/me/money/payouts", &core_money_ask_handler, SIGNED_IN, .again = "/me/money",
     .api = "/api/v1/me/payouts", .rate = RATE_SLOW, .once = true, .summary = "Asks for a payout"},
    {POST, "/me/money/payouts/{payout}/withdraw", &core_money_withdraw_handler, SIGNED_IN,
     .api = "/api/v1/me/payouts/{payout}/withdraw", .repeat = REPEAT_REFUSED,
     .summary = "Takes back a payout that is not approved yet"},
    {GET, "/desk/payments", &core_desk_payments_handler, FINANCE,
     .page = "core/pay/pages/desk-payments.html", .api = "/api/v1/desk/payments",
     .summary = "Announced payments that wait for their money"},
    {POST, "/desk/payments/{payment}", &core_desk_payment_decide_handler, FINANCE,
     .api = "/api/v1/desk/payments/{payment}", .repeat = REPEAT_REFUSED,
     .summary = "Says what became of an announced payment"},
    {GET, "/desk/payouts", &core_desk_payouts_handler, FINANCE,
     .page = "core/pay/pages/desk-payouts.html", .api = "/api/v1/desk/payouts",
     .summary = "Payouts of one state"},
    {POST, "/desk/payouts/{payout}", &core_desk_payout_decide_handler, FINANCE,
     .api = "/api/v1/desk/payouts/{payout}", .repeat = REPEAT_REFUSED,
     .summary = "Approves, confirms or rejects a payout"},
    {POST, "/desk/payment-file", &core_desk_payment_file_handler, FINANCE,
     .api = "/api/v1/desk/payment-file", .sends = "application/xml", .repeat = REPEAT_REFUSED,
     .summary = "The pain.001.001.09 file of approved payouts, which are then sent"},
};

static const struct route_table table = {"pay", ALL(routes)};
static const struct route_table *const tables[] = {&table};

static const struct nav_entry nav[] = {
    {PORTAL_BIZ, "pay.nav.wallet", "/biz/wallet", "wallet", 60, .count = NULL},
    {PORTAL_DESK, "pay.nav.payments", "/desk/payments", "building-bank", 60,
     .count = pay_count_payments, .who = FINANCE},
    {PORTAL_DESK, "pay.nav.payouts", "/desk/payouts", "receipt-dollar", 61,
     .count = pay_count_payouts, .who = FINANCE},
};

static const struct flow *const flows[] = {&payment_flow, &payout_flow};
static const struct posting_template *const postings[] = {
    &payment_received_posting, &payout_ask_posting, &payout_done_posting, &payout_rejected_posting,
    &payout_withdrawn_posting};
static const struct consumer *const consumers[] = {&payout_tell, &bank_tell};
static const struct problem *const problems[] = {
    &pay_bad_iban,   &pay_below_minimum, &pay_no_bank,        &pay_rail_off,     &pay_no_reason,
    &pay_own_payout, &pay_no_debtor,     &pay_other_currency, &statement_period,
};
static const struct setting settings[] = {
    {"pay.test_rail", SETTING_FLAG, "off", 0, 0, false,
     "Lets businesses pay in without money, for the demo world and tests"},
    {"pay.minimum", SETTING_INTEGER, "2500", 1, 100000000, false,
     "Smallest payout in minor units of site.currency"},
    {"pay.debtor_name", SETTING_TEXT, "", 0, 0, false,
     "Holder of the account that receives and pays out"},
    {"pay.debtor_iban", SETTING_TEXT, "", 0, 0, false,
     "IBAN of the account that receives and pays out"},
    {"pay.debtor_bic", SETTING_TEXT, "", 0, 0, false,
     "BIC of that account's bank; may be left empty within SEPA"},
};

const struct module pay_part = {
    .name = "pay",
    .routes = ALL(tables),
    .nav = ALL(nav),
    .waits = pay_waits,
    .flows = ALL(flows),
    .postings = ALL(postings),
    .consumers = ALL(consumers),
    .hooks = pay_hooks,
    .hook_count = PAY_HOOKS,
    .settings = ALL(settings),
    .problems = ALL(problems),
    .audit = pay_audit,
};
