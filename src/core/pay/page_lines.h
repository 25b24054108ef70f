/*
 * What the pages of businesses, people and the desk share about payments. Private to core/pay.
 */
#ifndef CONTRAFLOW_CORE_PAY_PAGE_LINES_H
#define CONTRAFLOW_CORE_PAY_PAGE_LINES_H

#include "core/pay/page_rows.h"
#include "core/pay/pages.h"

enum { PAY_SHOWN = 50 /* lines of a page; statements give one more when there are more */ };

/* A payment as pages show it; its texts are the row's. */
struct payment_line pay_payment_line(const struct payment_listed *row);
/* The first PAY_SHOWN of them. */
const struct problem *pay_payment_lines(struct request *request,
                                        const struct payment_listed_list *rows,
                                        struct payment_line_list *out);
/* What came into a party's account and went out, at most PAY_SHOWN, newest first, and the address of
 * older lines. */
const struct problem *pay_movements(struct request *request, struct party_id party,
                                    enum account_purpose purpose, struct maybe_transfer_id older,
                                    struct money_movement_list *lines, struct maybe_text *later);

/* The whole month before that of `at`. data NULL in it: no memory. */
struct period pay_last_month(struct memory *memory, struct instant at);

#endif
