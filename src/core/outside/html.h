/*
 * What a reader sees of a page: its words, and where its links lead.
 *
 * libxml2's parser for HTML reads it, as bytes come, without building a tree. What is no part of the page for a
 * reader is left out where the markup says so by itself: comments, scripts, styles, templates, the head, the
 * attribute "hidden", and "display: none", "visibility: hidden" or a font size of nothing in an element's own style.
 * What style sheets or scripts hide is seen. Pure; nothing is fetched. Must not know: what the page is for.
 * Read next: html.c, html_test.c.
 */
#ifndef CONTRAFLOW_CORE_OUTSIDE_HTML_H
#define CONTRAFLOW_CORE_OUTSIDE_HTML_H

#include "base/text.h"

enum { OUTSIDE_LINKS = 5000 /* of one page, at most; those after them are left out */ };

struct outside_html {
    struct text words;        /* with single blanks between words, also where a block ends */
    const struct text *links; /* what stands in href of its links, as it stands there */
    size_t link_count;        /* of them */
};

/* Reads a page of at most a few MiB. `charset` as the server says; empty: what the page says, else UTF-8 where
 * it is that, else windows-1252 as browsers do. Whatever the bytes are, it reads what it can. &out_of_memory. */
const struct problem *outside_html_read(struct memory *memory, struct bytes page,
                                        struct text charset, struct outside_html *out);

#endif
