/*
 * Rows of doubts made into what pages show. Private to this folder.
 */
#ifndef CONTRAFLOW_REFERRALS_DOUBTS_SHOW_H
#define CONTRAFLOW_REFERRALS_DOUBTS_SHOW_H

#include "modules/referrals/doubts/page_rows.h"
#include "modules/referrals/doubts/pages.h"

enum { DOUBTS_PAGE = 20 /* on a page */ };

const struct problem *doubts_show(struct request *request, enum doubt_reader reader,
                                  const struct doubt_page_row_list *rows,
                                  struct doubt_shown_list *out);

#endif
