/*
 * What may go wrong, each by its name: where the "type" of a problem leads to.
 *
 * Must not know: who reports it. Read next: base/problem.h.
 */
#ifndef CONTRAFLOW_CORE_DEVELOPERS_PROBLEMS_H
#define CONTRAFLOW_CORE_DEVELOPERS_PROBLEMS_H

#include "web/request.h"

struct problem_told {         /* shape: What may go wrong */
    struct text name;         /* As in a problem's type, behind /problems/ */
    int64_t status;           /* HTTP status */
    bool retry;               /* The same call may succeed later */
    struct text title;        /* In the reader's language */
    struct maybe_text detail; /* What it means and what to do */
};
LIST_OF(problem_told);
struct problem_topic {                 /* shape: What may go wrong with one topic */
    struct text name;                  /* Up to the dot; empty: everywhere */
    struct problem_told_list problems; /* By their names */
};
LIST_OF(problem_topic);
struct problems_view {                /* shape: All that may go wrong */
    struct problem_topic_list topics; /* By their names, what may go wrong everywhere first */
};
struct problem_query {   /* shape: Asking for a problem */
    struct text problem; /* 1..100: Its name */
};

const struct problem *core_problems(struct request *request, const struct nothing *query,
                                    struct problems_view *view);
const struct problem *core_problem(struct request *request, const struct problem_query *query,
                                   struct problem_told *view);

#endif
