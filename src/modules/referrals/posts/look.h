/*
 * Whether what must stand on a page stands there. Pure.
 *
 * Must not know: how the page came. Read next: look.c, look_test.c, core/outside/html.h.
 */
#ifndef CONTRAFLOW_REFERRALS_POSTS_LOOK_H
#define CONTRAFLOW_REFERRALS_POSTS_LOOK_H

#include "core/outside/html.h"
#include "core/outside/page.h"
#include "modules/referrals/posts/post.h"

/* What must stand there. */
struct post_wanted {
    struct text site;         /* this site's address, without a slash at its end */
    const struct text *codes; /* of the partner's links, as they are shown */
    size_t code_count;        /* of them */
    struct text_list words;   /* one of these says that it is an advertisement */
};

/* A link of the site with one of the codes, or such a code as a word, and one of the words of disclosure: whole, in
 * any case and with or without accents. *found: POST_ALL, POST_NO_LINK, POST_NO_DISCLOSURE or POST_NEITHER.
 * &out_of_memory. */
const struct problem *post_look(struct memory *memory, const struct outside_html *page,
                                const struct post_wanted *wanted, enum post_found *found);
/* What it means that there was no page. */
enum post_found post_fetched(const struct outside_page *page);
/* Whether a later look may find something else, although nobody changes anything. */
bool post_may_pass(enum post_found found);

#endif
