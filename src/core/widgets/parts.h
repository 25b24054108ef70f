/*
 * What the files of widgets share. Private to core/widgets.
 */
#ifndef CONTRAFLOW_CORE_WIDGETS_PARTS_H
#define CONTRAFLOW_CORE_WIDGETS_PARTS_H

#include "core/widgets/rows.h"

/* A mark of the network address that something came from, another for each business. */
const struct problem *feedback_sender(struct memory *memory, struct party_id business,
                                      struct text address, struct text *out);

/* Inside the write of an answer: mails it to who began the conversation, when that may be. */
const struct problem *feedback_tell(struct database *db, struct memory *memory,
                                    const struct feedback_row *row, struct text answer,
                                    struct instant at);

struct feedback_said_list;
/* What was said in a conversation, for its pages. */
const struct problem *feedback_read(struct request *request, struct feedback_id id,
                                    struct feedback_said_list *out);

/* The .count of the shop's entry: what waits for an answer. */
const struct problem *feedback_number(struct request *request, int64_t *out);

#endif
