/*
 * Obligations and plans as pages and mails tell them. Private to core/owed/obligation*.c.
 */
#ifndef CONTRAFLOW_CORE_OWED_OBLIGATION_LINES_H
#define CONTRAFLOW_CORE_OWED_OBLIGATION_LINES_H

#include "core/owed/obligation_pages.h"
#include "core/owed/obligation_rows.h"

enum { OBLIGATIONS_SHOWN = 50 };

/* Who reads: a person or a business, and what they may do. */
struct obligation_side {
    struct party_id party; /* whose obligations; 0: the intermediary's, who sees all */
    bool may_pay;          /* may spend the party's money */
    bool may_forgive;      /* may let go what is owed to the party */
};

/* What a part is for, in words. */
struct text obligation_what(struct memory *memory, enum language language,
                            const struct obligation_listed *row);
const struct problem *obligation_line(struct request *request, const struct obligation_side *side,
                                      const struct obligation_listed *row,
                                      struct calendar_line *out);
const struct problem *obligation_lines(struct request *request, const struct obligation_side *side,
                                       const struct obligation_listed_list *rows,
                                       struct calendar_line_list *out);
const struct problem *plan_line_of(struct request *request, const struct plan_row *plan,
                                   struct plan_line *out);
const struct problem *plan_lines(struct request *request, const struct plan_listed_list *rows,
                                 struct plan_line_list *out);
/* The link under which a party's calendar can be read; absent: none is valid. */
const struct problem *calendar_link(struct request *request, struct party_id party,
                                    struct maybe_text *out);
/* What happens when a part is not paid. */
struct text plan_late_words(struct request *request, const struct plan_row *plan);

#endif
