/*
 * Pages about apps: a business's own, and what people allowed those of others.
 *
 * Read next: core/apps/routes.c for the paths, core/apps/consent_pages.h for the page in between.
 */
#ifndef CONTRAFLOW_CORE_APPS_PAGES_H
#define CONTRAFLOW_CORE_APPS_PAGES_H

#include "core/apps/grant.h"

struct app_choice {           /* shape: What an app can ask for of a topic */
    struct text label;        /* In the reader's words */
    struct maybe_text reads;  /* The scope for looking; absent: there is nothing to look at */
    struct maybe_text writes; /* The scope for changing; absent: there is nothing to change */
    bool reading;             /* This app may ask to look */
    bool writing;             /* and to change */
};
LIST_OF(app_choice);
struct app_line {            /* shape: An app that a business registered */
    struct app_id app;       /* Its client_id */
    struct text name;        /* As people read it before they allow anything */
    struct text website;     /* url: A page about it */
    struct text redirects;   /* Where people may be sent back, one a line */
    struct text_list scopes; /* What it may ask for */
    bool confidential;       /* It has a secret */
    struct text tail;        /* The secret's last characters; empty: none */
    struct instant made;     /* Registered */
};
LIST_OF(app_line);
MAYBE(app_grant_id);

struct apps_query {                   /* shape: Asking for apps */
    struct maybe_app_grant_id before; /* Of those with access only those allowed before this one */
};
struct apps_view {                  /* shape: A business's apps, and those that act for it */
    struct app_line_list apps;      /* Its own, newest first */
    struct app_choice_list choices; /* What apps can ask for */
    struct app_access_list access;  /* Those that act for it, newest first */
    struct maybe_text later;        /* url: Where the list goes on */
};
struct app_form {            /* shape: Registering an app */
    struct text name;        /* 1..80: As people read it before they allow anything */
    struct text website;     /* 1..300, url: A page about it */
    struct text redirects;   /* 1..3000: Where people may be sent back, one a line; ten at most */
    struct text_list scopes; /* 1..60: What it may ask for, each as "stock.read" */
    bool confidential;       /* It runs on a server and can keep a secret */
};
struct app_made_view {        /* shape: An app's secret, shown this once */
    struct app_id app;        /* Its client_id */
    struct text name;         /* As people read it */
    struct maybe_text secret; /* for party: client_secret; absent: a public app has none */
    struct text back;         /* url: The page about apps */
};
struct app_query {     /* shape: One app */
    struct app_id app; /* Which */
};
struct app_view {                   /* shape: One app of a business */
    struct app_line app;            /* What is said of it */
    struct app_choice_list choices; /* What apps can ask for */
    struct text version;            /* To be sent back with a change, so that none is lost */
};
struct app_change_form {       /* shape: Changing an app */
    struct app_id app;         /* Which */
    struct text name;          /* 1..80: As people read it before they allow anything */
    struct text website;       /* 1..300, url: A page about it */
    struct text redirects;     /* 1..3000: Where people may be sent back, one a line; ten at most */
    struct text_list scopes;   /* 1..60: What it may ask for, each as "stock.read" */
    struct maybe_text version; /* ..40: What it was when it was read */
};
struct app_id_form {   /* shape: Which app */
    struct app_id app; /* Names it */
};

const struct problem *core_apps(struct request *request, const struct apps_query *query,
                                struct apps_view *view);
const struct problem *core_app_register(struct request *request, const struct app_form *form,
                                        struct app_made_view *view);
const struct problem *core_app(struct request *request, const struct app_query *query,
                               struct app_view *view);
const struct problem *core_app_change(struct request *request, const struct app_change_form *form,
                                      struct nothing *view);
const struct problem *core_app_renew(struct request *request, const struct app_id_form *form,
                                     struct app_made_view *view);
const struct problem *core_app_remove(struct request *request, const struct app_id_form *form,
                                      struct nothing *view);

struct access_view {               /* shape: Apps that have access by a person */
    struct app_access_list access; /* Newest first */
    struct maybe_text later;       /* url: Where the list goes on */
};
struct access_end_form {       /* shape: Ending an app's access */
    struct app_grant_id grant; /* Which permission */
};
const struct problem *core_access(struct request *request, const struct apps_query *query,
                                  struct access_view *view);
const struct problem *core_access_end_me(struct request *request,
                                         const struct access_end_form *form, struct nothing *view);
const struct problem *core_access_end_biz(struct request *request,
                                          const struct access_end_form *form, struct nothing *view);

#endif
