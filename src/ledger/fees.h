/*
 * Fees: a set of independent rules, read from a setting, and what they make of one price.
 *
 * A set is written as rules separated by ";" or new lines, each with its name, what it takes, its
 * least and most, and who bears it:
 *
 *     handling: 8% of share, by supplier
 *     service: 4% + 1.00 of price, min 0.50, max 20.00, by buyer
 *     payment: 0.25, by supplier
 *
 * How a rule is worked out, in this order: its percentage of what it is counted on, rounded once to a
 * minor unit, half to even; the fixed amount; then not less than its least and not more than its most.
 * No rule sees what another took. What the supplier bears comes out of their share, what the
 * intermediary bears out of its own; when either is used up, the rule that meets the end takes what is
 * left and those after it nothing, in the order in which they are written. What the buyer bears comes
 * on top of the price, is counted on the price only (a sum that both sides know when one of them names
 * it; the share may change until the other agrees), and is never cut. Of a price of zero nothing is
 * taken.
 *
 * So always, to the unit: the buyer pays = the supplier gets + the intermediary keeps.
 *
 * Pure: no clock, no database. Must not know: what is sold. Read next: ledger/ledger.h for how the
 * lines are posted; docs/decisions/0008-fees.md.
 */
#ifndef CONTRAFLOW_LEDGER_FEES_H
#define CONTRAFLOW_LEDGER_FEES_H

#include "ledger/ledger.h"

#define FEES_MAX      POSTING_FEES    /* rules in a set */
#define FEES_ROUNDING ROUND_HALF_EVEN /* of each percentage, once */

enum fee_base {                   /* shape: What a fee is counted on */
                FEE_OF_PRICE = 1, /* price: The price agreed */
                FEE_OF_SHARE,     /* share: The supplier's share of it */
};
enum fee_bearer {                      /* shape: Who bears a fee */
                  FEE_BY_BUYER = 1,    /* buyer: The buyer, on top of the price */
                  FEE_BY_SUPPLIER,     /* supplier: The supplier, out of their share */
                  FEE_BY_INTERMEDIARY, /* intermediary: The intermediary, out of its own share */
};

/* One rule. Amounts are in minor units of the set's currency. */
struct fee_rule {
    struct text name;         /* text key: "fee.handling"; also the reason of its transfer */
    int64_t rate;             /* basis points of what it is counted on, 0..10000 */
    int64_t fixed;            /* added to that */
    int64_t least;            /* takes at least this much; 0: no least */
    int64_t most;             /* takes at most this much; 0: no most */
    enum fee_base counted_on; /* what it is counted on */
    enum fee_bearer bearer;   /* who bears it */
};
struct fee_rules {
    struct fee_rule items[FEES_MAX]; /* in their order */
    int count;
    struct currency currency; /* of their amounts */
};

/* Reads a set; an empty text is a set of none. Names live in `memory`. &invalid_input: *complaint says
 * which rule and what is wrong with it, for whoever wrote the setting. */
const struct problem *fees_parse(struct memory *memory, struct text setting,
                                 struct currency currency, struct fee_rules *out,
                                 struct text *complaint);

/* A rule and what it takes of one price: all that is needed to say why. */
struct fee_line {             /* shape: One fee of a price, and why it is this much */
    struct text name;         /* Text key of its name: fee.handling */
    enum fee_bearer bearer;   /* Who bears it */
    enum fee_base counted_on; /* What it is counted on */
    struct money base;        /* How much that is */
    int64_t rate;             /* Basis points of it */
    struct money fixed;       /* Added to that */
    struct money least;       /* At least; 0: no least */
    struct money most;        /* At most; 0: no most */
    struct money amount;      /* What it takes */
    bool cut;                 /* It takes less than that: nothing more was left */
};
LIST_OF(fee_line);

/* What becomes of one price. pays = gets + keeps. */
struct fee_breakdown {
    struct fee_line lines[FEES_MAX]; /* one a rule, in their order, also those that take nothing */
    int count;
    struct money price;  /* agreed */
    struct money share;  /* the supplier's, before fees */
    struct money income; /* the intermediary's, before fees: price less share */
    struct money pays;   /* the buyer: price and the buyer's fees */
    struct money gets;   /* the supplier: share less the supplier's fees */
    struct money keeps;  /* the intermediary: income and all fees but its own, which stay with it */
};

/* `share` is what the supplier gets of `price` before fees, 0..price. &ledger_wrong_currency: price,
 * share and the amounts of the rules are not in one currency. &ledger_out_of_range: share beyond the
 * price, a sum below zero or beyond MONEY_MAX. *out is only filled when it worked. */
const struct problem *fees_apply(struct money price, struct money share,
                                 const struct fee_rules *rules, struct fee_breakdown *out);

/* What those of a bearer take altogether. */
struct money fees_sum(const struct fee_breakdown *breakdown, enum fee_bearer bearer);

/* Puts the lines beside a posting's template: from a sale that the buyer's payment came into, from the
 * earnings of posting->parties[supplier], or from the intermediary's income. The template itself must
 * bring breakdown->pays into the sale, and share and income out of it. */
void fees_post(const struct fee_breakdown *breakdown, int supplier, struct posting *posting);

#endif
