/*
 * A problem as its reader sees it: an RFC 9457 document, or the page made from the same facts.
 *
 * Must not know: sockets, routes. Read next: ui/pages/problem.html.
 */
#ifndef CONTRAFLOW_WEB_PROBLEM_PAGE_H
#define CONTRAFLOW_WEB_PROBLEM_PAGE_H

#include "base/shape.h"
#include "web/request.h"

struct problem_field {          /* shape: One field that is wrong */
    struct text field;          /* Path of the member, with dots and indexes */
    struct text fault;          /* What is wrong, as a stable word */
    struct text message;        /* The same as a sentence in the reader's language */
    struct maybe_integer limit; /* The limit that was crossed */
    struct maybe_integer found; /* What was found instead */
};
LIST_OF(problem_field);

struct problem_document {             /* shape: Why something did not happen (RFC 9457) */
    struct text type;                 /* url: Names the kind of problem, a stable address */
    struct text title;                /* One sentence in the reader's language */
    int64_t status;                   /* HTTP status */
    struct maybe_text detail;         /* What it means here and what to do */
    struct text instance;             /* Names this one occurrence in the log */
    struct maybe_text scope;          /* The scope that the key lacks */
    bool retry;                       /* The same request may succeed later unchanged */
    struct problem_field_list errors; /* Fields that are wrong, for invalid input */
};

/* The word of a fault in documents and text keys: "too_long". Empty for FIELD_FINE. */
const char *fault_name(enum field_fault fault);

/* Fills the document in the request's language. `shape` is the input that `errors` blame, or NULL. */
const struct problem *problem_describe(struct request *request, const struct problem *problem,
                                       const struct field_errors *errors, const struct shape *shape,
                                       struct text id, struct problem_document *out);

#endif
