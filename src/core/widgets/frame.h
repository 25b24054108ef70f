/*
 * What pages of ours need that stand in frames of other websites (route .framed).
 *
 * Must not know: any one widget. Read next: core/widgets/frame.c, docs/decisions/0024-widgets.md.
 */
#ifndef CONTRAFLOW_CORE_WIDGETS_FRAME_H
#define CONTRAFLOW_CORE_WIDGETS_FRAME_H

#include "core/people/party.h"
#include "web/request.h"

/* Lets pages of a website show the answer, when the business registered it; *out is its origin then, otherwise
 * empty, and the page is for no frame. */
const struct problem *widget_frame_in(struct request *request, struct party_id business,
                                      struct maybe_text origin, struct text *out);

/* Speaks the language of the page around, when it is one of ours; what colours that page has: "dark", "light",
 * or empty. None of it is trusted. */
struct text widget_surround(struct request *request, struct maybe_text language,
                            struct maybe_text theme);

#endif
