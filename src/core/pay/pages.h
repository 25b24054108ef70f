/*
 * Pages about money at the edges: a business's wallet, a person's payouts, the desk's part in both.
 *
 * Read next: core/pay/routes.c for the paths.
 */
#ifndef CONTRAFLOW_CORE_PAY_PAGES_H
#define CONTRAFLOW_CORE_PAY_PAGES_H

#include "core/pay/pay.h"
#include "ledger/ledger.h"
#include "web/request.h"

MAYBE(payment_id);
MAYBE(payout_id);

/* ---- the wallet of a business ---- */

enum pay_rail {                /* shape: A way of paying in */
                RAIL_BANK = 1, /* bank: A transfer that the intermediary waits for */
                RAIL_TEST,     /* test: No money at all, for trying things out */
};

struct wallet_query {                /* shape: Which lines of an account to list */
    struct maybe_transfer_id before; /* Older than this one */
};
struct money_movement {          /* shape: What one posting moved in or out of an account */
    struct transfer_id transfer; /* Its first transfer there; older lines begin before it */
    struct posting_id posting;   /* Names all that happened with it */
    struct money amount;         /* Above zero what came in, below what went out, in sum */
    enum account_purpose other;  /* What the account on the other side is for */
    struct text who;             /* Whose that account is; empty the intermediary's */
    struct text reason;          /* Stable key of the sentence why */
    struct text why;             /* That sentence, in the reader's language */
    struct instant at;           /* When */
};
LIST_OF(money_movement);
struct period_query {       /* shape: Which days a statement is about */
    struct instant from;    /* The first */
    struct instant through; /* The last */
};
struct period {          /* shape: Days that a form proposes */
    struct text from;    /* The first, as 2026-06-01 */
    struct text through; /* The last, as 2026-06-30 */
};
struct payment_line {          /* shape: A payment */
    struct payment_id payment; /* Names it */
    struct text name;          /* Who pays in */
    enum pay_rail rail;        /* Which way */
    struct money amount;       /* How much */
    struct text reference;     /* What the transfer must quote */
    enum payment_state state;  /* How it stands */
    struct instant at;         /* Announced */
    struct instant moved;      /* Last changed */
};
LIST_OF(payment_line);
struct wallet_view {                  /* shape: A business's wallet */
    struct text name;                 /* Whose */
    struct money balance;             /* Posted */
    struct money held;                /* Reserved for offers that wait for an answer */
    struct money free;                /* What can be spent */
    bool may_pay_in;                  /* The reader may pay in */
    bool bank;                        /* By bank transfer */
    bool test;                        /* Without money, to try things out */
    struct payment_line_list waiting; /* ..20: Announced and not yet here, newest first */
    struct money_movement_list lines; /* ..50: What came and went, newest first */
    struct maybe_text later;          /* url: Older lines */
    struct period last_month;         /* For a statement */
};
struct money_why_query {       /* shape: One movement of an account */
    struct posting_id posting; /* All that happened with it */
};
struct money_step {                    /* shape: One transfer of a posting */
    struct transfer_id transfer;       /* Names it */
    enum account_purpose from_purpose; /* Where it came from */
    struct text from_name;             /* Whose; empty the intermediary's */
    enum account_purpose to_purpose;   /* Where it went */
    struct text to_name;               /* Whose; empty the intermediary's */
    struct money amount;               /* How much */
    struct text reason;                /* Stable key of the sentence why */
    struct text why;                   /* That sentence, in the reader's language */
};
LIST_OF(money_step);
struct money_why_view {           /* shape: Why money moved, transfer by transfer */
    struct posting_id posting;    /* Names all of it */
    struct money amount;          /* Of the first transfer */
    struct instant at;            /* When */
    struct money_step_list steps; /* ..20: In their order */
};
struct pay_in_form {     /* shape: Money to pay in */
    struct money amount; /* 1..1000000000: How much */
    enum pay_rail rail;  /* Which way */
};
struct payment_query {         /* shape: One payment */
    struct payment_id payment; /* Which */
};
struct payment_view {            /* shape: A payment and how to make it */
    struct payment_line payment; /* The payment */
    bool may_cancel;             /* The reader may call it off */
    struct text holder;          /* Name on the account to transfer to */
    struct text iban;            /* That account, in groups of four */
    struct text bic;             /* Its bank; empty within SEPA */
};

const struct problem *core_wallet_show(struct request *request, const struct wallet_query *query,
                                       struct wallet_view *view);
const struct problem *core_wallet_why(struct request *request, const struct money_why_query *query,
                                      struct money_why_view *view);
/* The signed statement of some days. */
const struct problem *core_wallet_statement(struct request *request,
                                            const struct period_query *query, struct nothing *view);
const struct problem *core_wallet_pay_in(struct request *request, const struct pay_in_form *form,
                                         struct payment_query *view);
const struct problem *core_payment_show(struct request *request, const struct payment_query *query,
                                        struct payment_view *view);
const struct problem *core_payment_call_off(struct request *request,
                                            const struct payment_query *form, struct nothing *view);

/* ---- a person's account and payouts ---- */

struct statement_view {               /* shape: What came and went in a person's balance */
    struct money_movement_list lines; /* ..50: Newest first */
    struct maybe_text later;          /* url: Older lines */
    bool later_page;                  /* These are not the newest */
    struct period last_month;         /* For a statement */
};
const struct problem *core_statement_show(struct request *request, const struct wallet_query *query,
                                          struct statement_view *view);
const struct problem *core_statement_file(struct request *request, const struct period_query *query,
                                          struct nothing *view);
const struct problem *core_statement_why(struct request *request,
                                         const struct money_why_query *query,
                                         struct money_why_view *view);

struct money_query {               /* shape: Which payouts to list */
    struct maybe_payout_id before; /* Older than this one */
};
struct payout_line {          /* shape: A payout */
    struct payout_id payout;  /* Names it */
    struct money amount;      /* How much */
    struct text to;           /* The account: country and last four characters */
    enum payout_state state;  /* How it stands */
    struct maybe_text reason; /* Why it was rejected */
    struct instant at;        /* Asked */
    struct instant moved;     /* Last changed */
};
LIST_OF(payout_line);
struct money_view {         /* shape: A person's money on its way to the bank */
    struct money free;      /* Earned and not yet taken out */
    struct money owed;      /* Came back after it was paid out; later earnings make it up */
    struct money under_way; /* Asked for and not yet confirmed by the bank */
    struct money minimum;   /* Smallest payout */
    bool enough;            /* There is as much as the smallest payout */
    bool may_ask;           /* There is an account, and enough */
    struct maybe_text to;   /* The account: country and last four characters */
    struct text holder;     /* Name on it; the person's own before one is set */
    bool rewards;           /* A business promised them units, now or before */
    struct payout_line_list payouts; /* ..50: Newest first */
    struct maybe_text later;         /* url: Older ones */
};
struct bank_form {      /* shape: Where a person wants to be paid */
    struct text holder; /* 1..70: Name on the account */
    struct text iban;   /* 5..60: International bank account number, blanks allowed */
};
struct payout_form {     /* shape: Money to take out */
    struct money amount; /* 1..1000000000: How much */
};
struct payout_made {         /* shape: A payout that was asked for */
    struct payout_id payout; /* Names it */
};
struct payout_query {        /* shape: Which payout */
    struct payout_id payout; /* Names it */
};

const struct problem *core_money_show(struct request *request, const struct money_query *query,
                                      struct money_view *view);
const struct problem *core_money_bank(struct request *request, const struct bank_form *form,
                                      struct nothing *view);
const struct problem *core_money_ask(struct request *request, const struct payout_form *form,
                                     struct payout_made *view);
const struct problem *core_money_withdraw(struct request *request, const struct payout_query *form,
                                          struct nothing *view);

/* ---- the desk ---- */

struct desk_payments_query {       /* shape: Which announced payments to list */
    struct maybe_payment_id after; /* Announced after this one */
};
struct desk_payments_view {            /* shape: Announced payments, oldest first */
    struct payment_line_list payments; /* ..50: That wait for money */
    struct maybe_text later;           /* url: Later ones */
};
struct desk_payment_form {     /* shape: What became of an announced payment */
    struct payment_id payment; /* Which */
    enum payment_event event;  /* What happened */
};
struct desk_payouts_query {       /* shape: Which payouts to list */
    struct maybe_payout_id after; /* Asked for after this one */
    struct maybe_text state;      /* ..20: asked, approved or sent; asked unless given */
};
struct desk_payout_line {    /* shape: A payout as the desk sees it */
    struct payout_id payout; /* Names it */
    struct text name;        /* Whose */
    struct money amount;     /* How much */
    struct text holder;      /* Name on the account */
    struct text iban;        /* Account */
    bool another;            /* The reader approved it, so another writes it into the file */
    struct instant at;       /* Asked */
    struct instant moved;    /* Last changed */
};
LIST_OF(desk_payout_line);
struct desk_payouts_view {                /* shape: Payouts of one state, oldest first */
    enum payout_state state;              /* Which state */
    struct desk_payout_line_list payouts; /* ..50: Of it */
    struct maybe_text later;              /* url: Later ones */
};
struct desk_payout_form {    /* shape: A decision about a payout */
    struct payout_id payout; /* Which */
    enum payout_event event; /* What happens */
    struct maybe_text note;  /* ..500: Why, for a rejection; the person reads it */
};

const struct problem *core_desk_payments(struct request *request,
                                         const struct desk_payments_query *query,
                                         struct desk_payments_view *view);
const struct problem *core_desk_payment_decide(struct request *request,
                                               const struct desk_payment_form *form,
                                               struct nothing *view);
const struct problem *core_desk_payouts(struct request *request,
                                        const struct desk_payouts_query *query,
                                        struct desk_payouts_view *view);
const struct problem *core_desk_payout_decide(struct request *request,
                                              const struct desk_payout_form *form,
                                              struct nothing *view);
/* The file for the bank, with which its payouts are marked as sent. */
const struct problem *core_desk_payment_file(struct request *request, const struct nothing *form,
                                             struct nothing *view);

#endif
