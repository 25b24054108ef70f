/*
 * Guards and effects that the tables of states.c name. Private to the module.
 */
#ifndef CONTRAFLOW_STOCK_STATES_H
#define CONTRAFLOW_STOCK_STATES_H

#include "modules/stock/rows.h"
#include "modules/stock/stock.shapes.h"

/* How long an offer or counter-offer waits for its answer. */
#define STOCK_ANSWER_WITHIN (7 * DAY)
/* How long after a refusal an appeal may be made. */
#define STOCK_APPEAL_WITHIN (14 * DAY)

/* evaluate.c: photographs. The move's context is an `enum stock_reason *` for PHOTO_REFUSE. */
const struct problem *stock_guard_described(struct move *move);
const struct problem *stock_guard_reason(struct move *move);
const struct problem *stock_guard_appeal(struct move *move);
const struct problem *stock_guard_other_reviewer(struct move *move);
const struct problem *stock_effect_accept(struct move *move);
const struct problem *stock_effect_refuse(struct move *move);
const struct problem *stock_effect_hide(struct move *move);

/* evaluate.c: what an author says about a photograph, as stored. */
struct stock_photo_words stock_words_now(const struct stock_photo_row *photo);
/* Inside a write: says something else, unless it is not as `seen` any more (&web_changed) or can't be changed
 * now (&flow_no_such_move). */
const struct problem *stock_words_change(struct database *db, struct memory *memory,
                                         const struct stock_photo_words *words,
                                         struct maybe_text seen, struct instant at);
/* Inside a write that has done so: tells of it, and renews what the catalogue finds it by. */
const struct problem *stock_words_changed(struct database *db, struct memory *memory,
                                          struct stock_photo_id id, struct instant at);

/* sale.c: deals. The move's context is a `struct stock_talk *`; NULL for a timer. */
const struct problem *stock_guard_for_sale(struct move *move);
const struct problem *stock_guard_list_price(struct move *move);
const struct problem *stock_effect_hold(struct move *move);
const struct problem *stock_effect_free(struct move *move);
const struct problem *stock_effect_license(struct move *move);

/* refund.c: money that comes back. The move's context is a `struct stock_taking *`. */
const struct problem *stock_guard_refund(struct move *move);
const struct problem *stock_effect_refund(struct move *move);
/* No right of anybody else's keeps a photograph from going back to its author. */
const struct problem *stock_guard_returned(struct move *move);

#endif
