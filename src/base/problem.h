/*
 * Why something did not happen, as one constant object a cause.
 *
 * A function that can fail returns `const struct problem *`: NULL says that it is done. Each folder
 * and each module declares its own problems beside the code that reports them; there is no central
 * list to edit. The HTTP status, the RFC 9457 document, the words a person reads (text key
 * "problem.<name>") and the reference page all come from this one object.
 *
 * Must not know: HTTP, SQL, languages. Read next: base/shape.h for problems that name a field.
 */
#ifndef CONTRAFLOW_BASE_PROBLEM_H
#define CONTRAFLOW_BASE_PROBLEM_H

#include <stdbool.h>

/* Whose fault it is decides what happens next: the client is told, the world is tried again, our
 * own faults are logged with a place and answered with 500. */
enum problem_fault {
    FAULT_CLIENT = 1, /* the request was wrong: 4xx */
    FAULT_WORLD,      /* a disk, a database, a network: 503, or 507 when full */
    FAULT_OURS,       /* a bug: 500 */
};

struct problem {
    const char *name;         /* dotted, stable, part of the API: "stock.photo_withdrawn" */
    int status;               /* HTTP status, 400..599 */
    enum problem_fault fault; /* whose fault it is */
    bool retry;               /* true when the same request may succeed later unchanged */
};

/* The few that every folder shares. */
extern const struct problem not_found;     /* 404: there is no such thing, or not for you */
extern const struct problem not_allowed;   /* 403: you are known, and may not */
extern const struct problem invalid_input; /* 422: fields are wrong; the form state names them */
extern const struct problem conflict;      /* 409: somebody else changed it first */
extern const struct problem out_of_memory; /* 503: a limit of memory was reached */
extern const struct problem too_large;     /* 413: input beyond its declared maximum */
extern const struct problem world_failed;  /* 503: a disk, child process or network call failed */
extern const struct problem disk_full;     /* 507: no room left to store it */
extern const struct problem our_fault;     /* 500: an assertion about ourselves did not hold */

#endif
