/*
 * The paths of money at the edges, and who may go there.
 */
#include "core/pay_pages.shapes.h"
#include "core/pay_parts.h"

static const struct route routes[] = {
    {GET, "/biz/wallet", &core_wallet_show_handler, VIEWER, .page = "core/pages/wallet.html",
     .api = "/api/v1/wallet", .summary = "A business's wallet: balance and what came and went"},
    {POST, "/biz/wallet/pay-in", &core_wallet_pay_in_handler, OWNER, .again = "/biz/wallet",
     .api = "/api/v1/wallet/payments", .rate = RATE_SLOW, .once = true,
     .summary = "Announces a payment into the wallet"},
    {GET, "/biz/wallet/payments/{payment}", &core_payment_show_handler, VIEWER,
     .page = "core/pages/payment.html", .api = "/api/v1/wallet/payments/{payment}",
     .summary = "A payment and how to make it"},
    {POST, "/biz/wallet/payments/{payment}/cancel", &core_payment_call_off_handler, OWNER,
     .api = "/api/v1/wallet/payments/{payment}/cancel",
     .summary = "Calls off an announced payment"},
    {GET, "/me/money", &core_money_show_handler, SIGNED_IN, .page = "core/pages/money.html",
     .api = "/api/v1/me/payouts", .summary = "A person's payouts and what could be paid out"},
    {POST, "/me/money/account", &core_money_bank_handler, SIGNED_IN, .again = "/me/money",
     .api = "/api/v1/me/account", .rate = RATE_SLOW,
     .summary = "Sets the account that a person is paid to"},
    {POST, "/me/money/payouts", &core_money_ask_handler, SIGNED_IN, .again = "/me/money",
     .api = "/api/v1/me/payouts", .rate = RATE_SLOW, .once = true, .summary = "Asks for a payout"},
    {GET, "/desk/payments", &core_desk_payments_handler, OPERATOR,
     .page = "core/pages/desk-payments.html", .api = "/api/v1/desk/payments",
     .summary = "Announced payments that wait for their money"},
    {POST, "/desk/payments/{payment}", &core_desk_payment_decide_handler, OPERATOR,
     .api = "/api/v1/desk/payments/{payment}",
     .summary = "Says what became of an announced payment"},
    {GET, "/desk/payouts", &core_desk_payouts_handler, OPERATOR,
     .page = "core/pages/desk-payouts.html", .api = "/api/v1/desk/payouts",
     .summary = "Payouts of one state"},
    {POST, "/desk/payouts/{payout}", &core_desk_payout_decide_handler, OPERATOR,
     .api = "/api/v1/desk/payouts/{payout}", .summary = "Approves, confirms or rejects a payout"},
    {POST, "/desk/payment-file", &core_desk_payment_file_handler, OPERATOR,
     .api = "/api/v1/desk/payment-file",
     .summary = "The pain.001.001.09 file of approved payouts, which are then sent"},
};

const struct route_table core_pay_routes = {"core", routes, sizeof routes / sizeof routes[0]};
