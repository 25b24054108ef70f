/*
 * Posts made into what pages show. Private to the folder.
 */
#ifndef CONTRAFLOW_REFERRALS_POSTS_SHOW_H
#define CONTRAFLOW_REFERRALS_POSTS_SHOW_H

#include "modules/referrals/posts/pages.h"
#include "modules/referrals/posts/rows.h"

enum { POSTS_PAGE = 20 /* on a page */ };

const struct problem *posts_show(struct request *request, const struct post_shown_row_list *rows,
                                 struct post_card_list *out);
/* The rules of a program that are for posts, in words. */
const struct problem *posts_say_rules(struct request *request, struct program_id program,
                                      struct program_said_list *out);
/* The lines of which one must stand on a page, with commas between; `own` as post_words() takes it. */
const struct problem *posts_say_words(struct memory *memory, struct text own, struct text *out);

#endif
