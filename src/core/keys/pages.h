/*
 * Pages of keys, for people and for businesses: what there is, making one, ending one, websites.
 *
 * Read next: core/keys/routes.c for the paths, core/keys/key.h.
 */
#ifndef CONTRAFLOW_CORE_KEYS_PAGES_H
#define CONTRAFLOW_CORE_KEYS_PAGES_H

#include "core/keys/key.h"

struct origin_line {      /* shape: A website whose scripts may use keys */
    struct text origin;   /* "https://shop.example" */
    struct instant since; /* Registered */
};
LIST_OF(origin_line);

MAYBE(key_id);
struct keys_query {             /* shape: Asking for keys */
    struct maybe_key_id before; /* Only those made before this one */
};
struct keys_view {                    /* shape: Keys with which programs act */
    struct key_line_list keys;        /* Newest first */
    struct maybe_text later;          /* url: Where the list goes on */
    struct scope_choice_list choices; /* What a new one can be allowed to do */
    struct origin_line_list origins;  /* Websites whose scripts may use them */
    int64_t days;                     /* A new one is good for, when nothing else is said */
};
struct key_form {              /* shape: Making a key */
    struct text name;          /* 1..80: What it is for */
    struct text_list scopes;   /* 1..60: What it may do: scopes, each as "stock.read" */
    struct maybe_integer days; /* 1..730: Days until it is over; 365 when nothing is said */
};
struct key_made_view {    /* shape: A new key, shown this once */
    struct key_id id;     /* Names it */
    struct text key;      /* for party: Goes into the header Authorization: Bearer */
    struct text name;     /* What it is for */
    struct instant until; /* Over then */
    struct text back;     /* url: The page about keys */
};
struct key_end_form { /* shape: Ending a key */
    struct key_id id; /* Which */
};
struct origin_form {    /* shape: A website whose scripts may use keys */
    struct text origin; /* 8..200: Scheme and host, as "https://shop.example" */
};

const struct problem *core_keys_me(struct request *request, const struct keys_query *query,
                                   struct keys_view *view);
const struct problem *core_key_make_me(struct request *request, const struct key_form *form,
                                       struct key_made_view *view);
const struct problem *core_key_end_me(struct request *request, const struct key_end_form *form,
                                      struct nothing *view);
const struct problem *core_origin_add_me(struct request *request, const struct origin_form *form,
                                         struct nothing *view);
const struct problem *core_origin_remove_me(struct request *request, const struct origin_form *form,
                                            struct nothing *view);

const struct problem *core_keys_biz(struct request *request, const struct keys_query *query,
                                    struct keys_view *view);
const struct problem *core_key_make_biz(struct request *request, const struct key_form *form,
                                        struct key_made_view *view);
const struct problem *core_key_end_biz(struct request *request, const struct key_end_form *form,
                                       struct nothing *view);
const struct problem *core_origin_add_biz(struct request *request, const struct origin_form *form,
                                          struct nothing *view);
const struct problem *core_origin_remove_biz(struct request *request,
                                             const struct origin_form *form, struct nothing *view);

#endif
