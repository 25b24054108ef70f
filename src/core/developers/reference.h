/*
 * The reference for who writes programs: read off the route tables, so nothing in it is out of date.
 *
 * Must not know: any one route. Read next: web/describe.c for the same as an OpenAPI document.
 */
#ifndef CONTRAFLOW_CORE_DEVELOPERS_REFERENCE_H
#define CONTRAFLOW_CORE_DEVELOPERS_REFERENCE_H

#include "core/module.h"

struct reference_topic {   /* shape: A topic of the reference */
    struct text name;      /* As in scopes: "stock" */
    struct text label;     /* In the reader's language */
    int64_t operations;    /* How many */
    struct text reference; /* url: Where they are described */
};
LIST_OF(reference_topic);
struct developers_view {                /* shape: How programs begin */
    struct reference_topic_list topics; /* All of them */
    struct text version;                /* Of the API, as in its paths */
    struct text site;                   /* Address of this installation */
    struct text document;               /* url: The OpenAPI document */
    struct text problems;               /* url: What may go wrong, by name */
    struct text open;                   /* A call that takes no key, for a shell */
    struct text first;                  /* A first call with a key */
    struct text second;                 /* A call that changes something */
    struct text asking;                 /* Where an app sends people */
    struct text exchange;               /* How it gets its tokens */
};

struct reference_field { /* shape: What goes into an operation or comes out */
    struct text name;    /* With dots and [] for what is inside */
    struct text type;    /* With its limits */
    struct text place;   /* As "path", "query", "body" or "header"; empty in an answer */
    bool required;       /* It must come, or always does */
    struct text meaning; /* One sentence */
};
LIST_OF(reference_field);
struct reference_operation {           /* shape: One operation of the API */
    struct text anchor;                /* Names it on the page */
    struct text verb;                  /* "GET" */
    struct text path;                  /* Under which address */
    struct text summary;               /* One sentence */
    struct text who;                   /* Who may, in the reader's language */
    struct maybe_text scope;           /* What a key needs; absent: not with a key */
    bool proof;                        /* Asks to prove again who one is */
    struct text repeat;                /* What sending it twice does; empty: it changes nothing */
    struct reference_field_list takes; /* What it takes */
    struct reference_field_list gives; /* What it gives */
    struct text meaning;               /* Of the whole answer */
    struct maybe_text sends;           /* Type of the file that it answers with */
    struct text call;                  /* An example for a shell */
};
LIST_OF(reference_operation);
struct reference_problem { /* shape: What may go wrong */
    struct text name;      /* As in a problem's type, behind /problems/ */
    int64_t status;        /* HTTP status */
    struct text title;     /* In the reader's language */
};
LIST_OF(reference_problem);
struct reference_query { /* shape: Asking for a topic */
    struct text topic;   /* 1..40: Its name */
};
struct reference_view {                         /* shape: All that programs can do with a topic */
    struct reference_topic topic;               /* Which */
    struct reference_operation_list operations; /* In the order of the pages */
    struct reference_problem_list problems;     /* That only this topic has */
};

const struct problem *core_developers(struct request *request, const struct nothing *query,
                                      struct developers_view *view);
const struct problem *core_reference(struct request *request, const struct reference_query *query,
                                     struct reference_view *view);
const struct problem *core_reference_file(struct request *request, const struct nothing *query,
                                          struct nothing *view);

extern const struct module developers_part;

#endif
