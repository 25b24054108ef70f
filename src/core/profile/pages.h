/*
 * What a person says about themselves.
 *
 * A business's is changed by any of its owners. Read next: core/profile/member_pages.h for businesses, core/profile/data_pages.h.
 */
#ifndef CONTRAFLOW_CORE_PROFILE_PAGES_H
#define CONTRAFLOW_CORE_PROFILE_PAGES_H

#include "core/people/party.h"

struct profile_view {       /* shape: What a person says about themselves */
    struct party_id person; /* Names them */
    struct text name;       /* How they want to be called */
    struct text mail;       /* for party: How they sign in */
    struct text place;      /* Town or country */
    struct text about;      /* A few sentences */
    struct text website;    /* url: Their own page; empty when none */
    enum language language; /* for party: Language of mail */
    struct instant joined;  /* Since */
    struct text version;    /* for party: To be sent back with a change, so that none is lost */
};
struct profile_form {          /* shape: Changing one's profile */
    struct text name;          /* 1..100: How you want to be called */
    struct maybe_text place;   /* ..100: Town or country */
    struct maybe_text about;   /* ..2000: A few sentences */
    struct maybe_text website; /* ..500, url: Your own page */
    enum language language;    /* Language of mail and pages */
    struct maybe_text
        version; /* ..40: What it was when it was read; refused when it is another now */
};

const struct problem *core_profile_page(struct request *request, const struct nothing *query,
                                        struct profile_view *view);
const struct problem *core_profile(struct request *request, const struct profile_form *form,
                                   struct nothing *view);

struct business_profile_view { /* shape: What a business says about itself */
    struct party_id business;  /* Names it */
    struct text name;          /* How it is called */
    struct text place;         /* Town or country */
    struct text about;         /* A few sentences */
    struct text website;       /* url: Its own page; empty when none */
    struct instant joined;     /* Since */
    struct text version;       /* To be sent back with a change, so that none is lost */
};
struct business_profile_form { /* shape: Changing what a business says about itself */
    struct text name;          /* 1..200: How the business is called */
    struct maybe_text place;   /* ..100: Town or country */
    struct maybe_text about;   /* ..2000: A few sentences */
    struct maybe_text website; /* ..500, url: Its own page */
    struct maybe_text
        version; /* ..40: What it was when it was read; refused when it is another now */
};
const struct problem *core_business_page(struct request *request, const struct nothing *query,
                                         struct business_profile_view *view);
const struct problem *core_business(struct request *request,
                                    const struct business_profile_form *form, struct nothing *view);

#endif
