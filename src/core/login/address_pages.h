/*
 * Pages of the mail address: confirming it, another one, and the one of before again.
 *
 * Read next: core/login/routes.c for the paths, core/login/address.h.
 */
#ifndef CONTRAFLOW_CORE_LOGIN_ADDRESS_PAGES_H
#define CONTRAFLOW_CORE_LOGIN_ADDRESS_PAGES_H

#include "core/login/pages.h"
#include "core/waiting.h"

struct address_query {  /* shape: A link about a mail address */
    struct text secret; /* 1..100: Of the link */
};
struct address_view { /* shape: What a link about a mail address does */
    struct text name; /* Whose */
    struct text mail; /* The address */
    bool other;       /* It isn't the one they sign in with now */
};
struct mail_view {     /* shape: The mail address that one signs in with */
    struct text mail;  /* It */
    bool is_confirmed; /* Mail to it is known to reach its person */
};
struct mail_form {    /* shape: Changing one's mail address */
    struct text mail; /* ..254, mail: New mail address */
};

const struct problem *core_mail_asked_page(struct request *request,
                                           const struct address_query *query,
                                           struct address_view *view);
const struct problem *core_mail_asked(struct request *request, const struct address_query *form,
                                      struct nothing *view);
const struct problem *core_mail_undo_page(struct request *request,
                                          const struct address_query *query,
                                          struct address_view *view);
const struct problem *core_mail_undo(struct request *request, const struct address_query *form,
                                     struct nothing *view);
const struct problem *core_mail_page(struct request *request, const struct nothing *query,
                                     struct mail_view *view);
const struct problem *core_mail_change(struct request *request, const struct mail_form *form,
                                       struct nothing *view);
const struct problem *core_mail_again(struct request *request, const struct nothing *form,
                                      struct nothing *view);

/* The address that waits to be confirmed, on the front page. */
const struct problem *core_mail_waits(struct request *request, enum portal portal,
                                      struct waiting_said *said);

#endif
